import itertools
from datetime import date, datetime, timedelta
from decimal import Decimal
from timeit import repeat

import pytest

from motcua.base.clock import VIET_NAM, local
from motcua.base.errors import Refused
from motcua.workdays.rules import (
    DEFAULT,
    ND297,
    ClockSetting,
    Due,
    Extension,
    Limit,
    OfficeCalendar,
    OfficeHours,
    Pause,
    add_working_days,
    clock_start,
    due,
    late_before,
    latest_apology,
    minutes_between,
    monday_to_friday,
    outcome,
    outcome_of,
    rule_set,
    windows,
)
from motcua.workdays.terms import AfterPause, Comparison, Outcome
from tests.workdays.cases import CALENDAR, ND297_STARTS, STANDARD_CASES, Case, at


def words(answer: Due) -> list[str]:
    return [step.why for step in answer.steps]


def moment(text: str) -> datetime:
    return at(text).replace(tzinfo=VIET_NAM)


@pytest.mark.parametrize("case", STANDARD_CASES, ids=lambda case: case.name)
def test_the_worked_examples(case: Case) -> None:
    pauses = [Pause(at(case.pause[0]), at(case.pause[1]))] if case.pause else []
    mode = AfterPause.RESTART if case.restart else AfterPause.CONTINUE

    answer = due(at(case.received), Limit.parse(case.limit), CALENDAR, pauses=pauses, after_pause=mode)

    assert answer.due == moment(case.due)
    assert answer.due.isoformat().endswith("+07:00")
    hours = answer.limit.hours(Decimal(8))
    if hours is not None:
        assert sum(step.counted_hours for step in answer.steps) == hours == answer.counted_hours
    assert answer.steps[0].start == answer.received
    assert answer.steps[-1].end == answer.due
    for before, after in zip(answer.steps, answer.steps[1:], strict=False):
        assert before.end == after.start


@pytest.mark.parametrize(("received", "start"), ND297_STARTS)
def test_nd297_cuts_off_the_evening_the_day_off_and_the_last_hour(received: str, start: str) -> None:
    assert clock_start(at(received), CALENDAR, ND297) == moment(start)
    answer = due(at(received), Limit.parse("0.5wh"), CALENDAR, rules=ND297)
    assert answer.due == moment(start) + timedelta(minutes=30)


def test_nd297_starts_afresh_after_a_supplement_and_names_the_decree() -> None:
    pause = Pause(at("2026-08-26T15:00"), at("2026-08-31T16:30"))
    answer = due(at("2026-08-24T17:01"), Limit.parse("5wd"), CALENDAR, pauses=[pause], rules=rule_set("nd297"))
    assert answer.due == moment("2026-09-09T17:00")
    assert any("297/2025/NĐ-CP" in why for why in words(answer))
    assert sum(step.counted_hours for step in answer.steps) == 40
    going_on = due(at("2026-08-24T10:00"), Limit.parse("1wd"), CALENDAR, rules=ND297, after_pause=AfterPause.CONTINUE)
    assert going_on.after_pause is AfterPause.CONTINUE


def test_a_supplement_uses_what_was_counted_before() -> None:
    before = minutes_between(at("2026-08-24T10:00"), at("2026-08-26T15:00"), CALENDAR)
    assert before == 19 * 60
    open_pause = due(at("2026-08-24T10:00"), Limit.parse("5wd"), CALENDAR, pauses=[Pause(at("2026-08-26T15:00"))])
    assert (open_pause.due, open_pause.counted_hours) == (None, Decimal(19))
    assert open_pause.steps[-1].end is None
    assert open_pause.original == moment("2026-08-31T10:00")


@pytest.mark.parametrize("limit", ["5wd", "10cd", "1mo", "1wh 1cd"])
@pytest.mark.parametrize("mode", list(AfterPause))
def test_an_open_pause_has_no_due_moment(limit: str, mode: AfterPause) -> None:
    pauses = [Pause(at("2026-08-24T10:30"))]
    answer = due(at("2026-08-24T10:00"), Limit.parse(limit), CALENDAR, pauses=pauses, after_pause=mode)
    assert answer.due is None
    assert answer.steps[-1].why == "Chờ bổ sung hồ sơ"


@pytest.mark.parametrize("mode", list(AfterPause))
def test_a_pause_that_begins_after_the_count_was_reached_leaves_late_late(mode: AfterPause) -> None:
    receipt, reached = at("2026-08-24T10:00"), moment("2026-08-25T10:00")
    for begun in ("2026-08-25T10:00", "2026-08-27T09:00"):
        still_open = [Pause(at(begun))]
        answer = due(receipt, Limit.parse("1wd"), CALENDAR, pauses=still_open, after_pause=mode)
        assert (answer.due, answer.passed, answer.counted_hours) == (None, reached, 8), (
            "no pause that is open has a date"
        )
        assert (answer.steps[-1].start, answer.steps[-1].end) == (moment(begun), None)
        over = [Pause(at(begun), at("2026-08-28T09:00"))]
        assert due(receipt, Limit.parse("1wd"), CALENDAR, pauses=over, after_pause=mode).due == reached


def test_pauses_that_overlap_are_counted_once() -> None:
    pauses = [
        Pause(at("2026-08-25T07:00"), at("2026-08-25T11:30")),
        Pause(at("2026-08-25T09:00"), at("2026-08-25T17:00")),
    ]
    answer = due(at("2026-08-24T10:00"), Limit.parse("1wd"), CALENDAR, pauses=reversed(pauses))
    assert answer.due == moment("2026-08-26T10:00")
    assert answer.paused_minutes == 480


def test_a_pause_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(Refused, match="phải sau lúc dừng"):
        due(
            at("2026-08-24T10:00"),
            Limit.parse("1wd"),
            CALENDAR,
            pauses=[Pause(at("2026-08-25T10:00"), at("2026-08-25T09:00"))],
        )


def test_every_line_says_why_and_by_which_document() -> None:
    answer = due(
        at("2026-08-21T16:00"),
        Limit.parse("8wd"),
        CALENDAR,
        pauses=[Pause(at("2026-08-25T08:00"), at("2026-08-26T08:00"), "Chờ bản vẽ", "12/PBS")],
    )
    assert words(answer) == [
        "Giờ làm việc",
        "Ngoài giờ làm việc",
        "Làm bù (theo Thông báo 2/TB) (trừ nghỉ trưa)",
        "Cuối tuần",
        "Giờ làm việc (trừ nghỉ trưa và ngoài giờ)",
        "Chờ bản vẽ (theo 12/PBS)",
        "Giờ làm việc (trừ nghỉ trưa và ngoài giờ)",
        "Cuối tuần",
        "Giờ làm việc (trừ nghỉ trưa)",
        "Nghỉ lễ Quốc khánh (theo Quyết định 1/QĐ)",
        "Giờ làm việc (trừ nghỉ trưa và ngoài giờ); đủ 64 giờ",
    ]
    assert [(step.from_words, step.to_words) for step in answer.steps if step.days_off] == [
        ("23/08", "23/08"),
        ("29/08", "30/08"),
        ("01/09", "02/09"),
    ]


def test_within_one_day_the_lunch_break_is_a_line() -> None:
    answer = due(at("2026-08-24T10:30"), Limit.parse("0.25wd"), CALENDAR)
    assert [(step.why, str(step.counted_hours)) for step in answer.steps] == [
        ("Giờ làm việc", "1.0000"),
        ("Nghỉ trưa", "0.0000"),
        ("Giờ làm việc; đủ 2 giờ", "1.0000"),
    ]


def test_tet_2026_is_explained_from_our_own_holidays() -> None:
    answer = due(at("2026-02-13T16:30"), Limit.parse("5wd"), DEFAULT)
    assert answer.due == moment("2026-02-27T16:30")
    assert words(answer)[2] == "Nghỉ Tết Nguyên đán (theo Điều 112 Bộ luật Lao động 2019)"
    assert DEFAULT.is_working_day(date(2026, 1, 10))
    assert not DEFAULT.is_working_day(date(2026, 1, 2))
    assert "cần kiểm tra" in DEFAULT.days_off[date(2026, 1, 2)].why()
    assert "dự kiến" in DEFAULT.days_off[date(2027, 11, 24)].why()


def test_the_new_date_of_the_apology_slip_replaces_the_due_moment() -> None:
    extension = Extension(at("2026-08-31T16:00"), at("2026-08-26T09:00"), "chờ ý kiến Phòng Nông nghiệp")
    answer = due(at("2026-08-24T10:00"), Limit.parse("3wd"), CALENDAR, extensions=[extension])
    assert (answer.due, answer.original) == (moment("2026-08-31T16:00"), moment("2026-08-27T10:00"))
    assert answer.steps[-1].why == "Hẹn lại theo phiếu xin lỗi: chờ ý kiến Phòng Nông nghiệp"
    assert answer.counted_hours == 24


def test_a_pause_after_the_new_date_was_set_moves_it_by_working_time() -> None:
    extension = Extension(at("2026-08-31T16:00"), at("2026-08-26T09:00"))
    pause = Pause(at("2026-08-28T13:30"), at("2026-08-31T07:00"))
    answer = due(at("2026-08-24T10:00"), Limit.parse("3wd"), CALENDAR, extensions=[extension], pauses=[pause])
    assert answer.due == moment("2026-09-03T09:30")
    still_open = due(
        at("2026-08-24T10:00"),
        Limit.parse("3wd"),
        CALENDAR,
        extensions=[extension],
        pauses=[Pause(at("2026-08-28T13:30"))],
    )
    assert still_open.due is None


def test_a_supplement_that_restarts_puts_an_older_new_date_out_of_force() -> None:
    extension = Extension(at("2026-08-31T16:00"), at("2026-08-26T09:00"))
    pause = Pause(at("2026-08-28T13:30"), at("2026-08-31T07:00"))
    answer = due(
        at("2026-08-24T10:00"),
        Limit.parse("3wd"),
        CALENDAR,
        extensions=[extension],
        pauses=[pause],
        after_pause=AfterPause.RESTART,
    )
    assert answer.due == moment("2026-09-04T17:00")
    assert answer.extension is None


def test_office_hours_and_the_length_of_a_day_are_dated() -> None:
    later = monday_to_friday(("08:00", "12:00"), ("13:00", "16:00"))
    calendar = OfficeCalendar(
        "hai kỳ",
        (OfficeHours(date.min, CALENDAR.hours[0].week), OfficeHours(date(2026, 8, 26), later)),
        settings=(ClockSetting(date.min), ClockSetting(date(2026, 8, 26), Decimal(7))),
    )
    assert due(at("2026-08-25T16:00"), Limit.parse("1wd"), calendar).due == moment("2026-08-26T16:00")
    assert due(at("2026-08-26T08:00"), Limit.parse("1wd"), calendar).due == moment("2026-08-26T16:00")
    assert due(at("2026-08-26T08:00"), Limit.parse("1wd"), calendar).counted_hours == 7


@pytest.mark.parametrize(("limit", "text", "hours", "spoken"), [
    ("5wd", "5wd", 40, "5 ngày làm việc"),
    (" 0,25WD ", "0.25wd", 2, "0,25 ngày làm việc"),
    ("40wh", "40wh", 40, "40 giờ làm việc"),
    ("10cd", "10cd", None, "10 ngày"),
    ("2mo", "2mo", None, "2 tháng"),
    ("3wd+3wd 10.0wd", "3wd 3wd 10wd", 128, "3 ngày làm việc + 3 ngày làm việc + 10 ngày làm việc"),
])  # fmt: skip
def test_limits_are_read_and_spoken(limit: str, text: str, hours: int | None, spoken: str) -> None:
    read = Limit.parse(limit)
    assert (str(read), read.hours(Decimal(8)), read.in_words()) == (text, hours, spoken)
    assert Limit.parse(str(read)) == read


@pytest.mark.parametrize(
    "bad",
    [
        "",
        "5",
        "wd",
        "-1wd",
        "0wd",
        "1.5cd",
        "0.5mo",
        "5 wd",
        "năm ngày",
        "1e3wd",
        "99999wd",
        "٥wd",
        "1wd " * 21,
        "5wd;drop",
    ],
)
def test_an_unreadable_limit_is_refused_in_one_sentence(bad: str) -> None:
    with pytest.raises(Refused) as refused:
        Limit.parse(bad)
    assert len(refused.value.objections) == 1
    assert refused.value.objections[0].endswith(".")


@pytest.mark.parametrize(("finished", "expected"), [
    ("2026-08-26T16:00", Outcome.EARLY),
    ("2026-08-27T16:45", Outcome.ON_TIME),
    ("2026-08-28T07:05", Outcome.LATE),
])  # fmt: skip
def test_early_on_time_and_late_compare_dates_in_viet_nam(finished: str, expected: Outcome) -> None:
    assert outcome(at(finished), at("2026-08-27T10:00")) is expected
    assert expected.label in ("trước hạn", "đúng hạn", "quá hạn")


def test_the_comparison_is_a_parameter_and_days_are_vietnamese() -> None:
    assert outcome(at("2026-08-27T10:01"), at("2026-08-27T10:00"), Comparison.BY_MOMENT) is Outcome.LATE
    assert outcome(at("2026-08-27T18:30:00+00:00"), at("2026-08-27T10:00")) is Outcome.LATE
    strict = (ClockSetting(date.min), ClockSetting(date(2026, 8, 20), comparison=Comparison.BY_MOMENT))
    calendar = OfficeCalendar("hai kỳ", CALENDAR.hours, settings=strict)
    told = {
        received: outcome_of(at("2026-08-27T10:01"), at("2026-08-27T10:00"), calendar, received=at(received))
        for received in ("2026-08-19T23:00", "2026-08-20T07:00")
    }
    assert list(told.values()) == [Outcome.ON_TIME, Outcome.LATE], "as was decided for the day of receipt"


def test_what_is_open_is_late_when_its_end_would_be() -> None:
    """Lists and figures ask for what was due before a moment; that is the same question as `outcome` of an end now."""
    moments = [
        at(f"2026-08-{day}T{clock}") for day in (26, 27, 28) for clock in ("00:00", "07:00", "16:59:59", "23:59")
    ]
    for now, promised in itertools.product(moments, moments):
        assert (local(promised) < late_before(now)) == (outcome(now, promised) is Outcome.LATE)


def test_days_counted_forwards_and_backwards() -> None:
    assert add_working_days(date(2026, 8, 24), 15, CALENDAR) == date(2026, 9, 16)
    assert add_working_days(date(2026, 8, 24), -1, CALENDAR) == date(2026, 8, 22)
    assert latest_apology(at("2026-08-27T10:00")) == date(2026, 8, 26)


@pytest.mark.parametrize("received", ["0026-02-13T16:30", "9999-12-31T10:00", "1900-01-01T00:00"])
def test_a_date_in_the_wrong_year_is_refused(received: str) -> None:
    with pytest.raises(Refused, match="Năm"):
        due(at(received), Limit.parse("5wd"), DEFAULT)


def test_a_calendar_that_never_opens_is_refused_and_not_counted_for_ever() -> None:
    never = OfficeCalendar("đóng", (OfficeHours(date.min, ((),) * 7),))
    for limit in ("1wh", "1cd"):
        with pytest.raises(Refused, match="giờ mở cửa"):
            due(at("2026-08-24T10:00"), Limit.parse(limit), never)
    with pytest.raises(Refused):
        windows(("13:00", "12:00"))
    with pytest.raises(Refused):
        windows(("07:00", "12:00"), ("11:00", "13:00"))


@pytest.mark.slow
def test_a_due_moment_costs_about_a_millisecond() -> None:
    limit, received = Limit.parse("10wd"), at("2026-02-13T16:30")
    pause = Pause(at("2026-02-24T09:00"), at("2026-02-26T09:00"))
    assert min(repeat(lambda: due(received, limit, DEFAULT, pauses=[pause]), number=100, repeat=5)) / 100 < 0.003
