"""Small cells, the days ahead: pure arithmetic that pages rest on."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.dashboards.forecast import expected_late
from motcua.measures.rules.fairness import FEWEST
from motcua.measures.rules.small import published, sum_may_be_told


@given(st.dictionaries(st.integers(), st.integers(0, 60), max_size=8))
def test_no_withheld_count_follows_from_the_sum(cells: dict[int, int]) -> None:
    shown = published(cells)
    hidden = [cells[key] for key, value in shown.items() if value is None]
    assert all(value is None or value == 0 or value >= FEWEST for value in shown.values())
    assert all(shown[key] in (None, count) for key, count in cells.items())
    if hidden and sum_may_be_told(cells):
        assert len(hidden) >= 2 and sum(hidden) >= FEWEST


@pytest.mark.parametrize(("due", "late", "handled"), [(0, 3, 100), (40, 0, 50), (40, 50, 50), (500, 37, 2000)])
def test_the_days_ahead_lie_in_their_range(due: int, late: int, handled: int) -> None:
    found = expected_late(due, late, handled)
    assert found is not None and 0 <= found.low <= found.number <= found.high <= due


def test_without_a_past_nothing_is_foretold() -> None:
    assert expected_late(40, 0, 0) is None
    sure, unsure = expected_late(100, 100, 1000), expected_late(100, 1, 10)
    assert sure and unsure and sure.number == unsure.number == 10 and sure.high < unsure.high
