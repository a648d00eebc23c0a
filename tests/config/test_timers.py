"""Every declared timer does its work when its moment has come: the clock is moved, the job is called as the worker calls it."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core import mail
from procrastinate.contrib.django import app

from motcua.alerts.models import Alert
from motcua.base import dispatch, files
from motcua.base.actors import SYSTEM
from motcua.base.attempts import count_attempt
from motcua.base.models import Attempt, Checkpoint, Cursor, Entry, StoredFile
from motcua.base.refs import Ref
from motcua.directives import actions as directives
from motcua.directives import queries as tasks
from motcua.directives.actions import TaskIn
from motcua.directives.models import TaskText, Urging
from motcua.dossiers import actions as dossiers
from motcua.dossiers.models import Dossier, Draft
from motcua.dossiers.terms import Status
from motcua.indices.terms import Move
from motcua.measures.models import Folding
from motcua.notifications import actions as notifications
from motcua.notifications.models import Message
from motcua.organisations.models import Agency
from motcua.people import actions as people
from motcua.people.models import OneTimeCode
from motcua.people.terms import Role
from motcua.workdays import actions as workdays
from motcua.workdays.terms import DayKind
from tests import make
from tests.indices.test_rounds import World as Rounds

MONDAY = make.MONDAY
At = Callable[[datetime], None]
"""Moves the clock to that moment and lets the timer go off."""


def unanswered(go_off: At) -> None:
    world = make.province()
    dossier = make.submitted(world)
    items = [{"paper": 1, "name": "Đơn", "what": ""}]
    dossiers.ask_before_receipt(dossier, reason="Thiếu", items=items, by=world.ba_to.clerk, at=MONDAY)
    go_off(MONDAY + timedelta(days=1))
    assert Dossier.objects.get().status != Status.CLOSED_NO_RESPONSE
    go_off(MONDAY + timedelta(days=60))
    assert Dossier.objects.get().status == Status.CLOSED_NO_RESPONSE


def calendar(go_off: At) -> None:
    dossier = make.processing(make.province())
    storm = {"kind": DayKind.HOLIDAY, "name": "Nghỉ bão", "document": "CĐ 5", "by": SYSTEM, "at": MONDAY}
    workdays.set_day(date(2026, 11, 18), **storm)
    first = dossier.due_at
    go_off(MONDAY + timedelta(hours=20))
    dossier.refresh_from_db()
    assert first is not None and dossier.due_at == first + timedelta(days=1)


def taken_over(go_off: At) -> None:
    world = make.province()
    dossier = dossiers.submit(make.application(world, commune=world.tinh_khe), by=world.tinh_khe.clerk, at=MONDAY)
    dossiers.receive(dossier, by=world.tinh_khe.clerk, at=MONDAY)
    both = [Agency.objects.get(pk=one.authority) for one in (world.tinh_khe, world.ba_to)]
    since = MONDAY.date() + timedelta(days=2)
    make.organisations.merge(both[:1], into=both[1], by=SYSTEM, at=MONDAY, on=since, decision="NQ 9")
    go_off(MONDAY + timedelta(days=1))
    assert Dossier.objects.get().deciding_id == world.tinh_khe.authority, "not yet in force"
    go_off(MONDAY + timedelta(days=3))
    assert Dossier.objects.get().deciding_id == world.ba_to.authority


def drafts(go_off: At) -> None:
    world = make.province()
    dossiers.save_draft(
        None,
        person=world.citizen.id or 0,
        procedure_code=make.BUSINESS,
        case_code="TH1",
        agency=None,
        at=MONDAY,
        answers={"a": {"b": "đang gõ"}},
    )
    for days in range(70, 130):
        go_off(MONDAY + timedelta(days=days))
        if not Draft.objects.exists():
            break
    assert not Draft.objects.exists() and Message.objects.filter(person=world.citizen.id).exists(), "told, then gone"


def folded(go_off: At) -> None:
    make.received(make.province())
    go_off(MONDAY + timedelta(minutes=1))
    assert Folding.objects.get(live=True).entries > 0


def handed_down(go_off: At) -> None:
    world = make.province()
    signed = make.signing(world)
    dossiers.sign(signed, by=world.ba_to.leader, at=MONDAY + timedelta(hours=1))
    task = directives.propose(
        about=Ref("measures.figure", "handled"),
        owner=world.ba_to.authority,
        due=date(2026, 12, 31),
        title="Giải quyết dứt điểm hồ sơ tồn",
        giver=world.root,
        figure_code="handled",
        by=SYSTEM,
        at=MONDAY,
    )
    go_off(MONDAY + timedelta(days=1))
    shown = tasks.figure_of(task, TaskText.objects.get(pk=task.pk), MONDAY.date() + timedelta(days=1))
    assert (shown.value, shown.as_of) == (1, MONDAY.date())


def urged(go_off: At) -> None:
    world = make.province()
    chief = make.official("Trần Chủ Tịch", "chutich", world.root, Role.LEADER)
    due = MONDAY.date() + timedelta(days=14)
    directives.give(TaskIn(title="Rà soát", lead=world.ba_to.authority, due_on=due), by=chief, at=MONDAY)
    go_off(MONDAY + timedelta(minutes=30))
    assert not Urging.objects.exists()
    go_off(MONDAY + timedelta(days=15))
    assert Urging.objects.exists()


def delivered(go_off: At) -> None:
    notifications.queue("mail", to="mau@example.vn", subject="Hẹn trả", body="09:42", about=None, at=MONDAY)
    go_off(MONDAY + timedelta(minutes=1))
    assert [one.subject for one in mail.outbox] == ["Hẹn trả"]


def codes(go_off: At) -> None:
    make.province()
    people.ask_code(full_name="Nguyễn Văn Mẫu", identity_number="051085000114", address="mau@vidu.vn", at=MONDAY)
    assert OneTimeCode.objects.count() == 1
    go_off(MONDAY + timedelta(hours=1))
    assert OneTimeCode.objects.count() == 1
    typed = Session.objects.create(session_key="a", session_data="", expire_date=MONDAY + timedelta(days=3))
    go_off(MONDAY + timedelta(days=2))
    assert not OneTimeCode.objects.exists()
    assert Session.objects.filter(pk=typed.pk).exists()
    go_off(MONDAY + timedelta(days=4))
    assert not Session.objects.exists()


def attempts(go_off: At) -> None:
    count_attempt("code:to:0905123456", limit=5, minutes=60, at=MONDAY)
    go_off(MONDAY + timedelta(hours=2))
    assert Attempt.objects.count() == 1
    go_off(MONDAY + timedelta(days=2))
    assert not Attempt.objects.exists()


def monday_letter(go_off: At) -> None:
    world = make.province()
    make.official("Trần Chủ Tịch", "chutich", world.root, Role.LEADER)
    go_off(MONDAY)
    assert Message.objects.filter(template="alerts.letter").exists()


def signed_note(go_off: At) -> None:
    make.received(make.province())
    before = Checkpoint.objects.count()
    go_off(MONDAY + timedelta(minutes=1))
    assert Checkpoint.objects.count() == before + 1


def answered(go_off: At) -> None:
    make.received(make.province())
    assert not Cursor.objects.filter(name=dispatch.READER, entry__gt=0).exists()
    go_off(MONDAY + timedelta(minutes=1))
    assert Cursor.objects.get(name=dispatch.READER).entry == Entry.objects.latest("pk").pk, "everything has been read"


def swept_files(go_off: At) -> None:
    files.keep(b"%PDF-1.7 mau", name="giay.pdf", media_type="application/pdf", at=MONDAY)
    go_off(MONDAY + timedelta(days=6))
    assert StoredFile.objects.count() == 1
    go_off(MONDAY + timedelta(days=8))
    assert not StoredFile.objects.exists()


def reminded(go_off: At) -> None:
    world = Rounds()
    world.go(Move.OPEN)
    told = Message.objects.filter(subject__contains="chưa tự chấm")
    go_off(MONDAY + timedelta(days=1))
    assert not told.exists()
    go_off(MONDAY + timedelta(days=7))
    assert told.exists()


def alerted(go_off: At) -> None:
    world = make.province()
    for _each in range(20):
        lying = make.processing(world)
    go_off(MONDAY + timedelta(days=1))
    assert not Alert.objects.exists()
    assert lying.due_at is not None
    go_off(lying.due_at + timedelta(days=1))
    raised = set(Alert.objects.values_list("threshold", flat=True))
    assert "tre-han" in raised
    go_off(lying.due_at + timedelta(days=2))
    assert Alert.objects.count() == len(set(Alert.objects.values_list("threshold", "agency_id"))), "once"


TIMERS: dict[str, Callable[[At], None]] = {
    "motcua.dossiers.jobs.close_unanswered": unanswered,
    "motcua.dossiers.jobs.carry_calendar_nightly": calendar,
    "motcua.dossiers.jobs.take_over_nightly": taken_over,
    "motcua.dossiers.jobs.sweep_drafts": drafts,
    "motcua.measures.jobs.fold_news": folded,
    "motcua.measures.jobs.hand_down": handed_down,
    "motcua.directives.jobs.morning": urged,
    "motcua.notifications.jobs.deliver_due": delivered,
    "motcua.people.jobs.sweep": codes,
    "motcua.dashboards.jobs.letters": monday_letter,
    "motcua.base.jobs.sign_checkpoint": signed_note,
    "motcua.base.jobs.answer_events": answered,
    "motcua.base.jobs.sweep_attempts": attempts,
    "motcua.base.jobs.sweep_files": swept_files,
    "motcua.indices.jobs.morning": reminded,
    "motcua.alerts.jobs.look": alerted,
}


@pytest.fixture(autouse=True)
def _alone(db: None, settings: Any, tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Within one transaction nothing counts as committed: the bound of the fold is lifted, and that of the reactions."""
    settings.FILES_ROOT = tmp_path
    monkeypatch.setattr("motcua.measures.actions.folding.BOUND", "true")
    bound = " AND xact < pg_snapshot_xmin(pg_current_snapshot())"
    assert bound in dispatch._NEWS
    monkeypatch.setattr(dispatch, "_NEWS", dispatch._NEWS.replace(bound, ""))
    yield


@pytest.mark.parametrize("name", sorted(TIMERS))
def test_a_timer_goes_off_when_its_moment_has_come(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    [timer] = [one.task for one in app.periodic_registry.periodic_tasks.values() if one.task.name == name]

    def go_off(at: datetime) -> None:
        monkeypatch.setattr("django.utils.timezone.now", lambda: at)
        timer.func(int(at.timestamp()))

    TIMERS[name](go_off)


def test_no_timer_is_declared_without_such_a_test() -> None:
    assert {one.task.name for one in app.periodic_registry.periodic_tasks.values()} == set(TIMERS)
