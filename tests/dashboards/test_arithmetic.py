"""Fair comparison, small cells, the days ahead: pure arithmetic that pages rest on."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.dashboards.fair import interval, ranked
from motcua.dashboards.forecast import expected_late
from motcua.dashboards.small import LEAST, published, sum_may_be_told


def test_wilson_by_a_published_example() -> None:
    # Newcombe 1998, Statistics in Medicine 17, table I: 81 of 263 → 0.2553 to 0.3662
    found = interval(81, 263)
    assert found == (Decimal("30.8"), Decimal("25.5"), Decimal("36.6"))
    assert interval(0, 0) is None


@given(st.integers(1, 100_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_share_lies_in_its_range(pair: tuple[int, int]) -> None:
    found = interval(*pair)
    assert found is not None and 0 <= found.low <= found.share <= found.high <= 100


def test_three_lucky_dossiers_do_not_lead() -> None:
    rows = [("lucky", interval(3, 3), 3), ("large", interval(950, 1000), 1000), ("worse", interval(28, 32), 32)]
    assert ranked(rows) == (["large", "worse"], ["lucky"])


@given(st.dictionaries(st.integers(), st.integers(0, 60), max_size=8))
def test_no_withheld_count_follows_from_the_sum(cells: dict[int, int]) -> None:
    shown = published(cells)
    hidden = [cells[key] for key, value in shown.items() if value is None]
    assert all(value is None or value == 0 or value >= LEAST for value in shown.values())
    assert all(shown[key] in (None, count) for key, count in cells.items())
    if hidden and sum_may_be_told(cells):
        assert len(hidden) >= 2 and sum(hidden) >= LEAST


@pytest.mark.parametrize(("due", "late", "handled"), [(0, 3, 100), (40, 0, 50), (40, 50, 50), (500, 37, 2000)])
def test_the_days_ahead_lie_in_their_range(due: int, late: int, handled: int) -> None:
    found = expected_late(due, late, handled)
    assert found is not None and 0 <= found.low <= found.number <= found.high <= due


def test_without_a_past_nothing_is_foretold() -> None:
    assert expected_late(40, 0, 0) is None
    sure, unsure = expected_late(100, 100, 1000), expected_late(100, 1, 10)
    assert sure and unsure and sure.number == unsure.number == 10 and sure.high < unsure.high
