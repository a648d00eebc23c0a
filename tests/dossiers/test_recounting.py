"""A changed calendar reaches the dossiers still open: later where the law says so, never before what stands in writing."""

from datetime import date

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from motcua.base.actors import SYSTEM
from motcua.base.events import read_back
from motcua.base.models import Entry
from motcua.base.reactions import answers_to
from motcua.base.verify import verify_journal
from motcua.dossiers import actions, jobs, queries
from motcua.dossiers.actions.later import CARRY_CALENDAR, TAKE_OVER, later
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries import recounting
from motcua.notifications.models import Message
from motcua.workdays import actions as workdays
from motcua.workdays import rules as clock
from motcua.workdays.rules import composing
from motcua.workdays.terms import DayKind
from tests import make
from tests.make import at

BY = {"by": SYSTEM, "at": make.MONDAY}
WEDNESDAY = date(2026, 11, 18)
STORM = {"kind": DayKind.HOLIDAY, "name": "Nghỉ bão số 14", "document": "Công điện 5/CĐ-UBND", **BY}


def carry(since: date = WEDNESDAY, agency: int | None = None) -> int:
    moved = jobs.carry_calendar_at(since, agency=agency, document="Công điện 5/CĐ-UBND", at=at("2026-11-17 08:00"))
    assert jobs.carry_calendar_at(since, agency=agency, document="", at=at("2026-11-17 08:01")) == 0, (
        "safe to run twice"
    )
    return moved


def test_a_day_off_moves_what_is_open_and_says_why_to_everybody(world: make.Province) -> None:
    dossier = make.processing(world)
    first = dossier.due_at
    assert first == at("2026-11-19 09:00")
    workdays.set_day(WEDNESDAY, **STORM)
    assert carry() == 1
    dossier.refresh_from_db()
    assert (dossier.due_at, dossier.first_due_at) == (at("2026-11-20 09:00"), first)
    entry = Entry.objects.filter(stream=dossier.stream).latest("seq")
    assert entry.name == "dossiers.DueMoved" and entry.facts["document"] == "Công điện 5/CĐ-UBND"
    assert entry.facts["was_due_at"].startswith("2026-11-19T02:00") and verify_journal().ok
    line = queries.public_history(dossier)[0]
    assert line.title == "Ngày hẹn đổi theo lịch làm việc"
    assert line.text == "Hẹn trả đổi từ 09:00 19/11/2026 thành 09:00 20/11/2026, theo Công điện 5/CĐ-UBND."
    due = queries.due_of(dossier, dossier.application)
    assert due.due == dossier.due_at
    assert any(one.why == "Nghỉ bão số 14 (theo Công điện 5/CĐ-UBND)" for one in due.steps)
    letter = Message.objects.filter(template="dossiers.moved", channel="mail").first()
    assert letter is not None and "Công điện 5/CĐ-UBND" in letter.body and "09:00, 20/11/2026" in letter.body


def test_what_was_promised_in_writing_is_never_brought_forward(world: make.Province) -> None:
    workdays.set_day(WEDNESDAY, **STORM)
    dossier = make.processing(world)
    assert dossier.due_at == at("2026-11-20 09:00")
    workdays.remove_day(WEDNESDAY, **BY)
    assert carry() == 0
    due = queries.due_of(dossier, dossier.application)
    assert due.kept and due.due == at("2026-11-20 09:00")
    assert "vẫn giữ ngày hẹn" in due.steps[-1].why and sum(one.counted_hours for one in due.steps) == 24
    assert "ngày hẹn ghi trên giấy vẫn giữ: 09:00, thứ Sáu 20/11/2026" in clock.sentence(due)


def test_a_day_off_and_its_make_up_day_cancel_each_other(world: make.Province) -> None:
    dossier = make.processing(world)
    workdays.set_day(WEDNESDAY, **STORM)
    assert carry() == 1
    workdays.set_day(date(2026, 11, 17), **{**STORM, "name": "Nghỉ thêm"})
    assert carry(date(2026, 11, 17)) == 1
    workdays.remove_day(date(2026, 11, 17), **BY)
    workdays.remove_day(WEDNESDAY, **BY)
    assert carry(date(2026, 11, 17)) == 1
    dossier.refresh_from_db()
    assert dossier.due_at == dossier.first_due_at


def test_a_clock_that_stands_still_is_counted_when_it_goes_on(world: make.Province) -> None:
    home, dossier = world.ba_to, make.processing(world)
    items = [{"paper": 1, "name": "Giấy đề nghị", "what": "thiếu chữ ký"}]
    actions.draft_supplement(dossier, reason="Thiếu", items=items, by=home.specialist, at=at("2026-11-16 14:00"))
    actions.sign_supplement(dossier, by=home.leader, at=at("2026-11-16 15:00"))
    workdays.set_day(date(2026, 11, 19), **STORM)
    assert carry(date(2026, 11, 19)) == 0
    make.answered(dossier, by=world.citizen, when=at("2026-11-18 15:00"))
    assert dossier.due_at == at("2026-11-25 09:00"), "two days of waiting, one of storm, a weekend and 24/11"


def test_the_new_date_of_an_apology_never_lies_on_a_day_on_which_nobody_works(world: make.Province) -> None:
    home, dossier = world.ba_to, make.processing(world)
    new = at("2026-11-25 16:00")
    actions.extend(dossier, new_due_at=new, reason="Chờ ý kiến", by=home.leader, at=at("2026-11-17 08:00"))
    workdays.set_day(date(2026, 11, 20), **STORM)
    assert carry(date(2026, 11, 20)) == 0, "the apology gave a date, not a number of days"
    workdays.set_day(date(2026, 11, 25), **STORM)
    assert carry(date(2026, 11, 25)) == 1
    dossier.refresh_from_db()
    assert dossier.due_at == at("2026-11-26 07:00")


def test_an_agency_of_its_own_moves_its_own_only_and_batches_are_bounded(
    world: make.Province, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = [make.processing(world) for _one in range(3)]
    there = actions.submit(make.application(world, commune=world.tinh_khe), by=world.tinh_khe.clerk, at=make.MONDAY)
    actions.receive(there, by=world.tinh_khe.clerk, at=make.MONDAY)
    workdays.set_day(WEDNESDAY, **STORM, agency=world.ba_to.authority)
    monkeypatch.setattr(recounting, "BATCH", 2)
    found = recounting.batches(WEDNESDAY, agency=world.ba_to.authority, at=make.MONDAY)
    assert [len(one) for one in found] == [2, 1]
    assert carry(agency=world.ba_to.authority) == 3
    due = dict(Dossier.objects.values_list("pk", "due_at"))
    assert due == {one.pk: at("2026-11-20 09:00") for one in here} | {there.pk: at("2026-11-19 09:00")}


def test_what_is_finished_stays_as_it_was(world: make.Province) -> None:
    dossier = make.signing(world)
    actions.sign(dossier, by=world.ba_to.leader, at=at("2026-11-17 08:00"))
    promised = dossier.due_at
    workdays.set_day(WEDNESDAY, **STORM)
    assert carry() == 0
    dossier.refresh_from_db()
    assert dossier.due_at == promised


@pytest.mark.django_db
def test_each_change_of_the_calendar_wakes_the_job_once(monkeypatch: pytest.MonkeyPatch) -> None:
    woken: list[dict[str, object]] = []

    class Task:
        def defer(self, **given: object) -> None:
            woken.append(given)

    def configured(name: str) -> Task:
        assert name == jobs.carry_calendar.name, "the name by which the reaction wakes the job"
        return Task()

    monkeypatch.setattr("motcua.dossiers.actions.later.app.configure_task", configured, raising=False)
    workdays.set_day(WEDNESDAY, **STORM)
    workdays.remove_day(WEDNESDAY, **BY)
    week = composing.read_week([[["08:00", "11:30"]]] * 5 + [[], []])
    workdays.set_office_hours(None, since=WEDNESDAY, week=week, document="QĐ 9", **BY)
    for entry in Entry.objects.filter(stream="workdays.calendar:0").order_by("seq"):
        for answer in answers_to(entry.name):
            answer(read_back(entry.name, entry.facts), entry)
    assert [(one["since"], one["agency"], one["document"]) for one in woken] == [
        ("2026-11-18", None, "Công điện 5/CĐ-UBND"),
        ("2026-11-18", None, "Công điện 5/CĐ-UBND"),
        ("2026-11-18", None, "QĐ 9"),
    ]


@pytest.mark.django_db
def test_work_for_later_is_a_job_that_the_worker_knows() -> None:
    later(CARRY_CALENDAR, since="2026-11-18", agency=None, document="5/CĐ")
    later(TAKE_OVER)
    jobs_waiting = ProcrastinateJob.objects.filter(task_name__startswith="motcua.dossiers").order_by("id")
    assert [one.task_name for one in jobs_waiting] == [jobs.carry_calendar.name, jobs.take_over.name]
    assert (
        jobs.carry_calendar.func(**jobs_waiting[0].args) is None and jobs.take_over.func(**jobs_waiting[1].args) is None
    )
