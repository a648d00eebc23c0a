"""Whom an act tells of it: the applicant by mail and in the app at each turn, a colleague when a dossier becomes theirs."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest

from motcua.dossiers import actions
from motcua.dossiers.models import Dossier
from motcua.dossiers.terms import Channel, Delivery
from motcua.notifications.models import Message
from tests import make
from tests.make import MONDAY, at

ITEMS = [{"paper": 1, "name": "Giấy đề nghị", "what": "thiếu chữ ký"}]


@contextmanager
def told(what: str, *words: str) -> Iterator[None]:
    """A letter to the applicant's address with these words, and a line in the app."""
    known = set(Message.objects.values_list("pk", flat=True))
    yield
    news = {one.channel: one for one in Message.objects.exclude(pk__in=known)}
    assert {one.template for one in news.values()} == {f"dossiers.{what}"} and set(news) == {"mail", "in_app"}
    assert news["mail"].address == "mau@vidu.vn" and news["in_app"].address == ""
    text = f"{news['mail'].subject} {news['mail'].body}"
    assert not [one for one in words if one not in text] and ".." not in text


def test_the_applicant_is_told_at_each_turn(world: make.Province) -> None:
    home = world.ba_to
    dossier = actions.submit(make.application(world), by=home.clerk, at=MONDAY)
    assert not Message.objects.exists(), "whoever hands in at the counter has the clerk before them"
    with told("received", "H48.115-261116-0001", "09:00, 19/11/2026"):
        actions.receive(dossier, by=home.clerk, at=MONDAY)
    actions.hand_over(dossier, by=home.clerk, at=MONDAY)
    actions.draft_supplement(dossier, reason="Thiếu chữ ký.", items=ITEMS, by=home.specialist, at=MONDAY)
    with told("supplement", "Lý do: Thiếu chữ ký. Trong lúc chờ"):
        actions.sign_supplement(dossier, by=home.leader, at=MONDAY)
    make.answered(dossier, by=home.clerk, when=MONDAY)
    with told("extended", "09:00, 23/11/2026", "Lý do: Mất điện. Ngày hẹn mới"):
        actions.extend(
            dossier, new_due_at=at("2026-11-23 09:00"), reason="Mất điện", by=home.leader, at=at("2026-11-17 09:00")
        )
    result = {"favourable": True, "title": "Giấy chứng nhận", "body": "Chứng nhận."}
    actions.submit_result(dossier, **result, by=home.specialist, at=at("2026-11-17 10:00"))
    with told("done"):
        actions.sign(dossier, by=home.leader, at=at("2026-11-17 11:00"))
    actions.take_payment(dossier, way="cash", payer="", by=home.clerk, at=at("2026-11-17 11:00"))
    actions.advance(dossier, by=home.records, at=at("2026-11-17 12:00"))
    with told("returned", "đánh giá"):
        actions.return_result(
            dossier, way=Delivery.COUNTER, handed_to="Nguyễn Văn Mẫu", by=home.clerk, at=at("2026-11-17 14:00")
        )


def asked_before(world: make.Province) -> Dossier:
    dossier = make.submitted(world)
    actions.ask_before_receipt(dossier, reason="Thiếu", items=ITEMS, by=world.ba_to.clerk, at=MONDAY)
    return dossier


@pytest.mark.parametrize(
    ("make_one", "act", "what", "words"),
    [
        (
            make.submitted,
            lambda one, world: actions.refuse(one, reason="Không thuộc xã", by=world.ba_to.clerk, at=MONDAY),
            "refused",
            "Lý do: Không thuộc xã.",
        ),
        (
            make.received,
            lambda one, world: actions.withdraw(one, reason="Đổi ý", by=world.citizen, at=MONDAY),
            "withdrawn",
            "theo đề nghị của ông/bà",
        ),
        (
            make.processing,
            lambda one, world: actions.stop(
                one, reason="Có tranh chấp.", legal_basis="Điều 5", by=world.ba_to.leader, at=MONDAY
            ),
            "stopped",
            "Lý do: Có tranh chấp.",
        ),
        (
            asked_before,
            lambda one, world: actions.close_unanswered(one, at=at("2027-03-01 08:00")),
            "closed",
            "theo phiếu yêu cầu. Ông/bà có thể nộp hồ sơ mới.",
        ),
    ],
)
def test_the_applicant_is_told_why_it_ended(
    world: make.Province,
    make_one: Callable[[make.Province], Dossier],
    act: Callable[[Dossier, make.Province], None],
    what: str,
    words: str,
) -> None:
    dossier = make_one(world)
    with told(what, words):
        act(dossier, world)


def test_who_left_no_address_and_has_no_account_is_written_nothing(world: make.Province) -> None:
    wish = make.application(world)
    stranger = replace(wish.applicant, person=None, email="", identity_number="")
    dossier = actions.submit(replace(wish, applicant=stranger), by=world.ba_to.clerk, at=MONDAY)
    actions.receive(dossier, by=world.ba_to.clerk, at=MONDAY)
    assert not Message.objects.exists()


def test_an_application_from_afar_is_confirmed(world: make.Province) -> None:
    wish = make.application(world, channel=Channel.ONLINE)
    handed_in = replace(wish, papers=tuple(replace(one, required=False) for one in wish.papers))
    with told("submitted", "bộ phận một cửa kiểm tra"):
        actions.submit(handed_in, by=world.citizen, at=MONDAY)


def test_a_colleague_is_told_what_was_given_to_them_and_nobody_what_they_did_themself(world: make.Province) -> None:
    home, dossier = world.ba_to, make.processing(world)
    Message.objects.all().delete()
    actions.assign(dossier, to=home.specialist.id or 0, by=home.unit_head, at=MONDAY)
    line = Message.objects.get()
    assert (line.person_id, line.channel) == (home.specialist.id, "in_app")
    assert line.subject == f"Bùi Văn Trưởng phân công hồ sơ {dossier.label} cho bạn"
