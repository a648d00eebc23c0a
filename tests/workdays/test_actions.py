import argparse
import json
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from psycopg.types.range import DateRange

from motcua.base.actors import SYSTEM
from motcua.base.errors import Refused
from motcua.organisations import actions as organisations
from motcua.organisations import queries as agencies
from motcua.workdays import actions, console, queries, rules
from motcua.workdays.models import ClockSetting, DayRule, OfficeHours, Revision
from motcua.workdays.terms import Comparison, DayKind, DayStatus
from tests.workdays.cases import at

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 21, 2, tzinfo=UTC)
BY = {"by": SYSTEM, "at": NOW}
MONDAY = date(2026, 3, 2)
SHORT_WEEK = rules.monday_to_friday(("08:00", "12:00"), ("13:00", "17:00"))


def journalled() -> list[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT stream, name FROM journal_entry WHERE stream LIKE 'workdays.%' ORDER BY stream, seq")
        return [(str(stream), str(name)) for stream, name in cursor.fetchall()]


@pytest.fixture
def commune() -> int:
    organisations.load_fixture(**BY)
    return agencies.communes_on(MONDAY)[0].agency


def test_an_untouched_calendar_is_the_default_one() -> None:
    assert queries.calendar_of(None, MONDAY) is rules.DEFAULT


def test_seeding_writes_our_own_holidays_once() -> None:
    assert actions.seed_holidays(**BY) == DayRule.objects.count()
    assert DayRule.objects.count() == len(rules.DEFAULT.days_off) + len(rules.DEFAULT.days_worked)
    assert actions.seed_holidays(**BY) == 0
    calendar = queries.calendar_of(None, MONDAY)
    assert calendar.days_off == rules.DEFAULT.days_off
    assert calendar.days_worked == rules.DEFAULT.days_worked
    assert journalled() == [("workdays.calendar:0", "workdays.HolidaysSeeded")]


def test_a_day_decided_moves_the_next_due_moment_and_no_past_one() -> None:
    limit = rules.Limit.parse("1wd")
    before = queries.due_for(None, at("2026-03-02T10:00"), limit)
    actions.set_day(date(2026, 3, 3), kind=DayKind.HOLIDAY, name="Nghỉ bão", document="Công điện 5/CĐ", **BY)
    after = queries.due_for(None, at("2026-03-02T10:00"), limit)
    assert (before.due, after.due) == (at("2026-03-03T10:00+07:00"), at("2026-03-04T10:00+07:00"))
    assert any(step.why == "Nghỉ bão (theo Công điện 5/CĐ)" for step in after.steps)
    assert before.calendar != after.calendar
    assert not queries.calendar_of(None, MONDAY).is_working_day(date(2026, 2, 17)), "holidays are still there"


def test_a_day_removed_is_an_ordinary_day_again() -> None:
    actions.set_day(date(2026, 3, 3), kind=DayKind.HOLIDAY, name="Nghỉ bão", document="5/CĐ", **BY)
    actions.remove_day(date(2026, 3, 3), **BY)
    assert queries.calendar_of(None, MONDAY).is_working_day(date(2026, 3, 3))
    assert [name for _stream, name in journalled()][-2:] == ["workdays.DaySet", "workdays.DayRemoved"]
    with pytest.raises(Refused, match="không có trong lịch"):
        actions.remove_day(date(2026, 3, 3), **BY)


def test_deciding_a_day_again_replaces_it() -> None:
    for name in ("Nghỉ", "Nghỉ bão số 5"):
        actions.set_day(
            date(2026, 3, 3), kind=DayKind.HOLIDAY, name=name, document="5/CĐ", status=DayStatus.EXPECTED, **BY
        )
    assert DayRule.objects.get(day=date(2026, 3, 3)).name == "Nghỉ bão số 5"
    assert "dự kiến" in queries.calendar_of(None, MONDAY).days_off[date(2026, 3, 3)].why()


@pytest.mark.parametrize(("day", "kind", "name", "document", "objection"), [
    (date(2026, 3, 3), DayKind.HOLIDAY, " ", "5/CĐ", "Ghi tên"),
    (date(2026, 3, 3), DayKind.HOLIDAY, "Nghỉ", "", "văn bản"),
    (date(2026, 3, 3), DayKind.HOLIDAY, "x" * 1000, "5/CĐ", "120 ký tự"),
    (date(2026, 3, 3), DayKind.EXTRA, "Làm bù", "5/CĐ", "vốn là ngày làm việc"),
    (date(202, 3, 3), DayKind.HOLIDAY, "Nghỉ", "5/CĐ", "Năm 202"),
])  # fmt: skip
def test_a_refused_day_leaves_no_trace(day: date, kind: DayKind, name: str, document: str, objection: str) -> None:
    with pytest.raises(Refused, match=objection):
        actions.set_day(day, kind=kind, name=name, document=document, **BY)
    assert not Revision.objects.exists()
    assert journalled() == []


def test_a_commune_has_its_own_day_and_hours_and_those_under_it_inherit(commune: int) -> None:
    actions.set_office_hours(commune, since=MONDAY, week=SHORT_WEEK, document="QĐ 9/QĐ-UBND", **BY)
    actions.set_day(date(2026, 3, 3), kind=DayKind.HOLIDAY, name="Lễ hội", document="1/TB", agency=commune, **BY)
    own, province = queries.calendar_of(commune, MONDAY), queries.calendar_of(None, MONDAY)
    assert (own.is_working_day(date(2026, 3, 3)), province.is_working_day(date(2026, 3, 3))) == (False, True)
    assert own.week_on(MONDAY) == SHORT_WEEK
    assert own.week_on(date(2026, 3, 1)) == province.week_on(MONDAY) == rules.DEFAULT_WEEK
    assert own.days_off[date(2026, 2, 17)] == province.days_off[date(2026, 2, 17)]
    under = agencies.children_on(commune, MONDAY)
    assert under, "the demonstration fixture has offices under a commune"
    assert queries.calendar_of(under[0].agency, MONDAY).week_on(MONDAY) == SHORT_WEEK
    assert (f"workdays.calendar:{commune}", "workdays.OfficeHoursSet") in journalled()


def test_office_hours_follow_each_other_without_overlap() -> None:
    later, sooner = date(2026, 9, 1), date(2026, 6, 1)
    actions.set_office_hours(None, since=later, week=SHORT_WEEK, document="QĐ 1", **BY)
    actions.set_office_hours(None, since=sooner, week=rules.DEFAULT_WEEK, document="QĐ 2", **BY)
    actions.set_office_hours(None, since=sooner, week=rules.DEFAULT_WEEK, document="QĐ 3", **BY)
    found = [(one.during.lower, one.during.upper, one.document) for one in queries.hours_of(None)]
    assert found == [(later, None, "QĐ 1"), (sooner, later, "QĐ 3")]
    with pytest.raises(Refused, match="bảy ngày"):
        actions.set_office_hours(None, since=sooner, week=SHORT_WEEK[:5], document="QĐ 4", **BY)


def test_the_length_of_a_day_and_the_comparison_are_dated() -> None:
    actions.set_clock(
        date(2026, 6, 1), hours_per_day=Decimal(7), comparison=Comparison.BY_MOMENT, document="QĐ 1", **BY
    )
    calendar = queries.calendar_of(None, MONDAY)
    assert (calendar.hours_per_day(MONDAY), calendar.hours_per_day(date(2026, 6, 1))) == (8, 7)
    assert calendar.setting_on(date(2026, 7, 1)).comparison is Comparison.BY_MOMENT
    with pytest.raises(Refused):
        actions.set_clock(MONDAY, hours_per_day=Decimal(0), comparison=Comparison.BY_DATE, document="QĐ", **BY)


def test_a_calendar_costs_one_small_statement_and_none_within_a_second() -> None:
    actions.seed_holidays(**BY)
    with CaptureQueriesContext(
        connection,
    ) as statements:
        queries.calendar_of(None, MONDAY)
        queries.calendar_of(None, MONDAY)
    assert len(statements) == 1
    first = queries.calendar_of(None, MONDAY)
    queries.forget()
    assert queries.calendar_of(None, MONDAY) == first


def test_a_change_that_is_rolled_back_is_forgotten() -> None:
    actions.seed_holidays(**BY)
    with transaction.atomic():
        actions.set_day(date(2026, 3, 3), kind=DayKind.HOLIDAY, name="Nghỉ", document="5/CĐ", **BY)
        assert not queries.calendar_of(None, MONDAY).is_working_day(date(2026, 3, 3))
        transaction.set_rollback(True)
    assert queries.calendar_of(None, MONDAY).is_working_day(date(2026, 3, 3))


def test_the_database_refuses_what_must_never_be_true() -> None:
    span = DateRange(MONDAY, None)
    bad = [
        lambda: [OfficeHours.objects.create(during=span, week=[], document="x") for _turn in range(2)],
        lambda: [
            ClockSetting.objects.create(during=span, hours_per_day=8, comparison="by_date", document="x")
            for _turn in range(2)
        ],
        lambda: ClockSetting.objects.create(during=span, hours_per_day=25, comparison="by_date", document="x"),
        lambda: [
            DayRule.objects.create(day=MONDAY, kind="extra", status="decided", name="a", document="b") for _ in "12"
        ],
        lambda: DayRule.objects.create(day=MONDAY, kind="holy", status="decided", name="a", document="b"),
        lambda: DayRule.objects.create(day=MONDAY, kind="extra", status="decided", name="", document="b"),
        lambda: Revision.objects.create(pk=2, stamp="6f0d5ad4-0000-4000-8000-000000000000"),
    ]
    for attempt in bad:
        with pytest.raises(IntegrityError), transaction.atomic():
            attempt()


def test_the_command_counts_on_the_calendar_of_an_agency(commune: int, capsys: pytest.CaptureFixture[str]) -> None:
    version = agencies.version_on(commune, MONDAY)
    assert version is not None
    actions.set_office_hours(commune, since=MONDAY, week=SHORT_WEEK, document="QĐ 9/QĐ-UBND", **BY)
    parser = argparse.ArgumentParser()
    console.register(parser.add_subparsers())
    words = ["workdays", "due", "--received", "2026-03-02T16:30", "--limit", "1wh", "--json", "--agency"]
    args = parser.parse_args([*words, version.code])
    assert args.needs_database(args)
    assert args.run(args) == 0
    assert json.loads(capsys.readouterr().out)["due"] == "2026-03-03T08:30:00+07:00"
    unknown = parser.parse_args([*words, "X00"])
    assert unknown.run(unknown) == 2
    assert "Không có cơ quan nào mang mã “X00”" in capsys.readouterr().err
