"""Small cells, the days ahead: pure arithmetic that pages rest on."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.dashboards import asking, behind
from motcua.dashboards.forecast import expected_late
from motcua.measures.queries.figures import figure
from motcua.measures.queries.live import Span
from motcua.measures.rules.declared import MEASURES
from motcua.measures.rules.fairness import FEWEST
from motcua.measures.rules.periods import Period
from motcua.measures.rules.small import published, sum_may_be_told
from tests import make


@given(st.dictionaries(st.integers(), st.integers(0, 60), max_size=8))
def test_no_withheld_count_follows_from_the_sum(cells: dict[int, int]) -> None:
    shown = published(cells)
    hidden = [cells[key] for key, value in shown.items() if value is None]
    assert all(value is None or value == 0 or value >= FEWEST for value in shown.values())
    assert all(shown[key] in (None, count) for key, count in cells.items())
    if hidden and sum_may_be_told(cells):
        assert len(hidden) >= 2 and sum(hidden) >= FEWEST


def test_both_sides_of_a_share_of_time_are_hours() -> None:
    sums = {"held_minutes": 55_722, "given_minutes": 151_140, "early": 3, "late": 1}
    assert asking.behind(figure(MEASURES["budget_used"], sums)) == "928,7 trong 2.519 giờ"
    assert asking.behind(figure(MEASURES["handled_in_time_share"], sums)) == "3 trong 4"
    assert behind.counted(MEASURES["budget_used"]) == behind.counted(MEASURES["held_hours"]) == "Phút làm việc"


@pytest.mark.parametrize(("due", "late", "handled"), [(0, 3, 100), (40, 0, 50), (40, 50, 50), (500, 37, 2000)])
def test_the_days_ahead_lie_in_their_range(due: int, late: int, handled: int) -> None:
    found = expected_late(due, late, handled)
    assert found is not None and 0 <= found.low <= found.number <= found.high <= due


def test_without_a_past_nothing_is_foretold() -> None:
    assert expected_late(40, 0, 0) is None
    sure, unsure = expected_late(100, 100, 1000), expected_late(100, 1, 10)
    assert sure and unsure and sure.number == unsure.number == 10 and sure.high < unsure.high


def test_a_running_period_is_held_against_as_many_days_of_the_other() -> None:
    now, november = make.at("2026-11-21 15:00"), Period.parse("2026-11")
    october, year = Period.parse("2026-10"), Period.parse("2025")
    assert asking.asked_beside(1, october, november, now).span == Span(date(2026, 10, 21), date(2026, 10, 1))
    assert asking.label_beside(october, november, now) == "tháng 10/2026 (đến 21/10)"
    later = make.at("2026-12-02 09:00")
    assert asking.asked_beside(1, october, november, later).span.until == date(2026, 10, 31)
    assert asking.label_beside(october, november, later) == "tháng 10/2026"
    assert asking.asked_beside(1, year, Period.parse("2026"), now).span.until == date(2025, 11, 21)
    march = make.at("2026-03-31 15:00")
    assert asking.beside(Period.parse("2026-02"), Period.parse("2026-03"), march) == date(2026, 2, 28)
