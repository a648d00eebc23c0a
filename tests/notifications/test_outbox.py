"""The outbox: what is queued leaves once, in the end, or waits for a person."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import override_settings
from pytest_django.plugin import DjangoDbBlocker

from motcua.base.actors import SYSTEM, Actor
from motcua.base.errors import Refused
from motcua.base.models import Entry
from motcua.base.refs import Ref
from motcua.notifications import actions, jobs, queries, rules
from motcua.notifications.models import Message
from motcua.notifications.rules import Verdict
from motcua.notifications.terms import State
from tests.fakes.smtp import Post, mail_server
from tests.people.world import NOW, person

DOSSIER = Ref("dossiers.dossier", "H48.115-261120-0031")
SMTP = "django.core.mail.backends.smtp.EmailBackend"


@pytest.fixture
def post() -> Any:
    with (
        mail_server() as running,
        override_settings(EMAIL_BACKEND=SMTP, EMAIL_HOST="127.0.0.1", EMAIL_PORT=running.port, EMAIL_TIMEOUT=2),
    ):
        yield running


def letter(to: str = "mau@example.vn", **values: Any) -> Message:
    return actions.queue("mail", to=to, subject="Hẹn trả", body="09:42, thứ Năm", about=DOSSIER, at=NOW, **values)


def deliver(after: timedelta = timedelta(0)) -> int:
    return jobs.deliver(clock=lambda: NOW + after)


@pytest.mark.parametrize(("attempt", "minutes"), [(1, 0.5), (2, 1), (5, 8), (7, 32), (8, 60), (50, 60)])
def test_the_wait_doubles_up_to_an_hour(attempt: int, minutes: float) -> None:
    assert rules.wait_before(attempt) == timedelta(minutes=minutes)


@pytest.mark.parametrize(
    ("verdict", "attempt", "state"),
    [
        (Verdict.TAKEN, 1, State.SENT),
        (Verdict.LATER, 1, State.WAITING),
        (Verdict.UNKNOWN, 1, State.UNKNOWN),
        (Verdict.NEVER, 1, State.PARKED),
        (Verdict.LATER, rules.MOST_TRIES, State.PARKED),
        (Verdict.UNKNOWN, rules.MOST_TRIES, State.PARKED),
    ],
)
def test_what_becomes_of_a_message(verdict: Verdict, attempt: int, state: State) -> None:
    assert rules.after(verdict, attempt=attempt, at=NOW).state is state


@pytest.mark.django_db
def test_a_letter_arrives_with_our_id_and_vietnamese_text(post: Post) -> None:
    queued = letter()

    assert deliver() == 1

    queued.refresh_from_db()
    assert queued.state == State.SENT
    assert post.recipients == [["mau@example.vn"]]
    assert str(queued.pk) in post.letters[0]["Message-ID"]
    assert "thứ Năm" in post.letters[0].get_content()
    assert deliver(timedelta(days=1)) == 0


@pytest.mark.django_db
def test_a_message_of_a_rolled_back_change_does_not_exist() -> None:
    with transaction.atomic():
        letter()
        transaction.set_rollback(True)

    assert not Message.objects.exists()


@pytest.mark.django_db
def test_a_busy_server_is_tried_again_later(post: Post) -> None:
    queued = letter()
    post.refuse = ["451 busy"]

    deliver()
    queued.refresh_from_db()
    assert (queued.state, queued.attempt) == (State.WAITING, 1)
    assert queued.next_attempt_at == NOW + timedelta(seconds=30)
    assert deliver(timedelta(seconds=29)) == 0
    assert deliver(timedelta(seconds=31)) == 1

    queued.refresh_from_db()
    assert queued.state == State.SENT
    assert len(post.letters) == 1


@pytest.mark.django_db
def test_an_address_that_does_not_exist_is_parked_and_the_next_letter_goes(post: Post) -> None:
    wrong, right = letter("khong-co@example.vn"), letter()
    post.refuse_recipient = ["550 no such user"]

    deliver()

    wrong.refresh_from_db()
    right.refresh_from_db()
    assert {wrong.state, right.state} == {State.PARKED, State.SENT}
    assert next(one.error for one in queries.parked()).startswith("{")


@pytest.mark.django_db
def test_a_line_cut_after_the_letter_makes_the_repeat_visible(post: Post) -> None:
    queued = letter()
    post.refuse = ["drop"]

    deliver()
    queued.refresh_from_db()
    assert queued.state == State.UNKNOWN
    deliver(timedelta(minutes=1))

    queued.refresh_from_db()
    assert queued.state == State.SENT
    assert queued.maybe_twice
    assert post.letters[0]["Message-ID"] == post.letters[1]["Message-ID"]


@pytest.mark.django_db
def test_a_day_without_a_server_loses_nothing() -> None:
    queued = letter()
    with override_settings(EMAIL_BACKEND=SMTP, EMAIL_HOST="127.0.0.1", EMAIL_PORT=1, EMAIL_TIMEOUT=1):
        for hour in range(24):
            deliver(timedelta(hours=hour))
    queued.refresh_from_db()
    assert (queued.state, queued.attempt) == (State.WAITING, 24)

    with mail_server() as post, override_settings(EMAIL_BACKEND=SMTP, EMAIL_HOST="127.0.0.1", EMAIL_PORT=post.port):
        deliver(timedelta(hours=25))

    assert len(post.letters) == 1


@pytest.mark.django_db
def test_the_word_of_a_worker_past_its_lease_counts_no_more() -> None:
    queued = letter()
    (slow,) = actions.lease(most=10, at=NOW)
    assert actions.lease(most=10, at=NOW + timedelta(seconds=10)) == []
    (quick,) = actions.lease(most=10, at=NOW + timedelta(seconds=61))

    assert quick.fencing == slow.fencing + 1
    assert actions.renew(slow, at=NOW + timedelta(seconds=62)) is False
    assert actions.settle(slow, Verdict.NEVER, at=NOW + timedelta(seconds=62), error="trễ") is False, "still being sent"
    assert actions.settle(quick, Verdict.TAKEN, at=NOW + timedelta(seconds=62)) is True
    assert actions.settle(slow, Verdict.LATER, at=NOW + timedelta(seconds=63), error="trễ") is False

    queued.refresh_from_db()
    assert (queued.state, queued.error, queued.maybe_twice) == (State.SENT, "", True)


@pytest.fixture
def committed(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """A test that commits and cleans up after itself; the journal cannot be flushed, so Django's own way is closed."""
    with django_db_blocker.unblock():
        yield
        Message.objects.all().delete()
        connection.close()


@pytest.mark.usefixtures("committed")
def test_two_workers_never_take_the_same_message() -> None:
    for _ in range(20):
        letter()

    def take(_: int) -> list[object]:
        try:
            return [one.message.pk for one in actions.lease(most=10, at=NOW)]
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        taken = [pk for part in pool.map(take, range(2)) for pk in part]
    while more := actions.lease(most=10, at=NOW):
        taken += [one.message.pk for one in more]

    assert len(taken) == len(set(taken)) == 20


@pytest.mark.django_db
def test_a_code_is_wiped_when_sent_and_never_shown(post: Post) -> None:
    queued = letter(template="people/code")
    assert queries.sent_about(DOSSIER)[0].body == ""

    deliver()

    queued.refresh_from_db()
    assert queued.body == ""
    assert "thứ Năm" in post.letters[0].get_content()


@pytest.mark.django_db
def test_a_telephone_message_without_a_gateway_waits_for_a_person() -> None:
    actions.queue("sms", to="0905123456", subject="Mã", body="123456", at=NOW)

    deliver()

    assert queries.waiting_counts() == {"parked": 1}


@pytest.mark.django_db
def test_only_the_administrator_sends_parked_messages_again(post: Post) -> None:
    queued = letter()
    post.refuse_recipient = ["550 no"]
    deliver()

    with pytest.raises(Refused, match="Cần quyền"):
        actions.replay([queued.pk], by=Actor(1, "Cán bộ", roles=frozenset({"clerk"})), at=NOW)
    assert actions.replay([queued.pk], by=SYSTEM, at=NOW) == 1
    assert actions.replay([queued.pk], by=SYSTEM, at=NOW) == 0
    assert Entry.objects.get(name="notifications.MessagesReplayed").facts == {"messages": [str(queued.pk)]}
    deliver()

    queued.refresh_from_db()
    assert queued.state == State.SENT


@pytest.mark.django_db
def test_a_line_in_the_app_stands_at_once_until_it_is_read() -> None:
    who = person(email="thu@example.vn")

    actions.tell(who, subject="Hồ sơ mới", about=DOSSIER, at=NOW, url="/x/")

    assert [one.subject for one in queries.inbox(who)] == ["Hồ sơ mới"]
    assert [one.subject for one in queries.news(who.pk, at=NOW)] == ["Hồ sơ mới"]
    assert actions.mark_read(who, at=NOW) == 1
    assert queries.news(who.pk, at=NOW) == []


@pytest.mark.django_db
def test_what_was_sent_about_a_dossier_masks_the_address() -> None:
    letter("nguyen@example.vn")

    (sent,) = queries.sent_about(DOSSIER)

    assert sent.receiver == "n•••@example.vn"


@pytest.mark.django_db
def test_a_message_with_two_lines_in_its_subject_cannot_add_headers(post: Post) -> None:
    actions.queue("mail", to="a@example.vn", subject="Chào\r\nBcc: x@example.vn", body="", at=NOW)

    deliver()

    assert post.recipients == [["a@example.vn"]]
    assert post.letters[0]["Bcc"] is None


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("has_a_receiver", {"channel": "in_app"}),
        ("has_a_receiver", {"channel": "mail"}),
        ("sent_has_its_moment", {"channel": "mail", "address": "a@b.vn", "state": "sent"}),
        ("leased_until", {"channel": "mail", "address": "a@b.vn", "state": "leased"}),
        ("state_known", {"channel": "mail", "address": "a@b.vn", "state": "lost"}),
        ("channel_known", {"channel": "dove", "address": "a@b.vn"}),
    ],
)
def test_the_database_refuses(name: str, values: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError, match=f"notifications_message_{name}"):
        Message.objects.create(subject="x", created_at=NOW, next_attempt_at=NOW, **values)
