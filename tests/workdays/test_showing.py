from datetime import date

import pytest

from motcua.workdays.rules import (
    DEFAULT,
    ND297,
    ClockSetting,
    Due,
    Extension,
    Limit,
    OfficeCalendar,
    Pause,
    day_cells,
    due,
    remaining,
    sentence,
)
from motcua.workdays.terms import AfterPause, Comparison, DayLook, Urgency
from tests.workdays.cases import at

DRAWINGS = Pause(at("2026-11-13T10:00"), at("2026-11-18T14:00"), "Chờ bổ sung bản vẽ")


def permit(*pauses: Pause, **more: object) -> Due:
    """Ten working days from 9 November 2026, 09:15."""
    return due(at("2026-11-09T09:15"), Limit.parse("10wd"), DEFAULT, pauses=pauses, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(("now", "kind", "words"), [
    ("2026-11-20T09:43", Urgency.IN, "Còn 4 ngày"),
    ("2026-11-26T09:15", Urgency.IN, "Còn 1 ngày"),
    ("2026-11-26T16:15", Urgency.NEAR, "Còn 5 giờ"),
    ("2026-11-27T09:27", Urgency.NEAR, "Còn 1 giờ 48"),
    ("2026-11-27T10:50", Urgency.NEAR, "Còn 25 phút"),
    ("2026-11-27T15:15", Urgency.NEAR, "Hẹn hôm nay"),
    ("2026-11-28T09:00", Urgency.LATE, "Trễ 1 ngày"),
    ("2026-12-02T00:15", Urgency.LATE, "Trễ 3 ngày"),
])  # fmt: skip
def test_the_chip_speaks_in_working_time(now: str, kind: Urgency, words: str) -> None:
    assert remaining(at(now), permit(DRAWINGS).due, DEFAULT)[:2] == (kind, words)


@pytest.mark.parametrize(("finished", "words"), [
    ("2026-11-26T16:00", "Xong sớm 1 ngày"),
    ("2026-11-27T16:45", "Xong đúng hẹn"),
    ("2026-12-01T07:05", "Xong trễ 2 ngày"),
])  # fmt: skip
def test_the_chip_of_a_finished_dossier(finished: str, words: str) -> None:
    chip = remaining(at("2026-12-20T08:00"), permit(DRAWINGS).due, DEFAULT, finished=at(finished))
    assert chip[:2] == (Urgency.DONE, words)


def test_the_chip_of_a_clock_that_stands_still() -> None:
    answer = permit(Pause(at("2026-11-13T10:00")))
    assert remaining(at("2026-11-16T08:00"), answer.due, DEFAULT)[:2] == (Urgency.PAUSED, "Đồng hồ dừng")


def test_two_sentences_say_why() -> None:
    assert sentence(permit(DRAWINGS)) == (
        "Thời hạn 10 ngày làm việc. Đồng hồ đã dừng 3 ngày 2 giờ trong lúc chờ bổ sung bản vẽ, "
        "nên ngày hẹn dời từ 23/11 sang 27/11."
    )
    assert sentence(permit(Pause(at("2026-11-13T10:00"), reason="Thiếu bản vẽ."))) == (
        "Thời hạn 10 ngày làm việc. Đồng hồ đang dừng từ 10:00, thứ Sáu 13/11/2026 vì thiếu bản vẽ; "
        "ngày hẹn sẽ tính lại khi đồng hồ chạy tiếp."
    )
    assert "tính lại từ đầu từ 14:00, thứ Tư 18/11/2026" in sentence(permit(DRAWINGS, after_pause=AfterPause.RESTART))
    new_date = Extension(at("2026-11-25T16:00"), at("2026-11-20T08:00"), "chờ ý kiến Phòng Nông nghiệp")
    assert sentence(permit(extensions=[new_date])).endswith(
        "dời từ 23/11 sang 25/11 theo phiếu xin lỗi: chờ ý kiến Phòng Nông nghiệp."
    )
    assert "không tính cuối tuần và nghỉ Tết Nguyên đán" in sentence(
        due(at("2026-02-13T16:30"), Limit.parse("5wd"), DEFAULT)
    )


def test_the_sentence_names_the_make_up_days_that_were_counted() -> None:
    summer = due(at("2026-08-21T10:00"), Limit.parse("3wd"), DEFAULT)
    assert ", không tính cuối tuần, có tính ngày làm bù 22/08, nên hẹn trả 10:00, thứ Ba 25/08/2026." in sentence(
        summer
    )
    assert "từ 10:00, thứ Sáu 21/08/2026, có tính ngày làm bù 22/08, nên" in sentence(
        due(at("2026-08-21T10:00"), Limit.parse("1wd"), DEFAULT)
    )


def test_the_sentence_begins_where_a_cut_off_lets_the_count_begin() -> None:
    late = due(at("2026-11-16T16:59"), Limit.parse("1wd"), DEFAULT, rules=ND297)
    assert "Tính từ 07:00, thứ Ba 17/11/2026, nên hẹn trả 17:00, thứ Ba 17/11/2026." in sentence(late)


def test_a_clock_stopped_when_it_was_late_already_keeps_its_date() -> None:
    stopped = permit(Pause(at("2026-11-25T08:00")))
    assert sentence(stopped).endswith(
        "Đồng hồ đang dừng từ 08:00, thứ Tư 25/11/2026 trong lúc chờ bổ sung hồ sơ. "
        "Lúc đó đã tính đủ thời hạn, nên ngày hẹn vẫn là 09:15, thứ Hai 23/11/2026."
    )


def test_a_result_of_the_due_day_is_late_where_minutes_are_compared() -> None:
    strict = OfficeCalendar("phút", DEFAULT.hours, settings=(ClockSetting(date.min, comparison=Comparison.BY_MOMENT),))
    due_at, done = at("2026-11-27T10:00"), at("2026-11-27T10:01")
    told = remaining(done, due_at, strict, finished=done, received=at("2026-11-20T10:00"))
    assert told[:2] == (Urgency.DONE, "Xong trễ, cùng ngày hẹn")


def test_the_day_calendar_shows_what_was_used_waited_and_is_left() -> None:
    cells = {
        cell.date: cell for cell in day_cells(permit(DRAWINGS), DEFAULT, now=at("2026-11-20T09:43"), whole_weeks=True)
    }
    assert (min(cells), max(cells)) == (date(2026, 11, 9), date(2026, 11, 29))

    def bar(day: int) -> list[tuple[str, int, int]]:
        return [(part.kind.value, part.x, part.width) for part in cells[date(2026, 11, day)].segments]

    assert bar(9) == [("none", 0, 28), ("used", 28, 72)]
    assert bar(13) == [("used", 0, 38), ("wait", 38, 62)]
    assert bar(18) == [("wait", 0, 62), ("used", 62, 38)]
    assert bar(20) == [("used", 0, 34), ("rest", 34, 66)]
    assert bar(27) == [("rest", 0, 53), ("none", 53, 47)]
    assert bar(24) == []
    assert [cells[date(2026, 11, day)].note for day in (9, 20, 27)] == ["nhận", "hôm nay", "hẹn trả"]
    holiday = cells[date(2026, 11, 24)]
    assert (holiday.kind, holiday.off_word, holiday.weekday_word) == (DayLook.HOLIDAY, "lễ", "T3")
    assert (cells[date(2026, 11, 28)].off_word, cells[date(2026, 11, 27)].is_due) == ("nghỉ", True)


def test_a_make_up_saturday_and_tet_are_named() -> None:
    summer = day_cells(due(at("2026-08-21T10:00"), Limit.parse("2wd"), DEFAULT), DEFAULT, now=at("2026-08-21T10:00"))
    assert [(cell.kind, cell.note) for cell in summer][1] == (DayLook.EXTRA, "làm bù")
    tet = day_cells(due(at("2026-02-13T10:00"), Limit.parse("2wd"), DEFAULT), DEFAULT, now=at("2026-02-13T10:00"))
    assert tet[3].off_word == "Tết"


def test_while_the_clock_stands_the_calendar_reaches_today() -> None:
    cells = day_cells(permit(Pause(at("2026-11-13T10:00"))), DEFAULT, now=at("2026-11-17T17:30"))
    assert cells[-1].date == date(2026, 11, 17)
    assert [(part.kind.value, part.width) for part in cells[-1].segments] == [("wait", 100)]
