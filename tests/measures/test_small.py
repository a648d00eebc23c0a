"""Whoever subtracts what is published from its sum learns no small count, even knowing the rule by which cells are withheld."""

from collections import defaultdict
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.measures.rules import small
from motcua.measures.rules.fairness import FEWEST


@pytest.mark.parametrize(
    "counts",
    [
        [1, 1, 1, 1, 1, 40, 50],  # five withheld that add up to five
        [4, 4, 40, 50],  # two that add up to eight
        [4, 4, 4, 5, 40],  # three fours beside a five that is told
        [1, 5, 40],  # the other one withheld is at least five
        [2, 3, 3, 3, 30, 31],
    ],
)
def test_each_small_count_could_be_any_other(counts: list[int]) -> None:
    shown = small.published(dict(enumerate(counts)))
    hidden = [one for one, told in shown.items() if told is None]
    assert {one for one, count in enumerate(counts) if count < FEWEST} <= set(hidden)
    assert all(told in (None, counts[one]) for one, told in shown.items())
    sum_of_hidden = sum(counts) - sum(told or 0 for told in shown.values())
    told_least = min((told for told in shown.values() if told), default=sum(counts))
    small_ones = [one for one in hidden if counts[one] < FEWEST]
    for one in small_ones:
        others = [(1, 4) if counts[each] < FEWEST else (FEWEST, told_least) for each in hidden if each != one]
        could_be = range(
            sum_of_hidden - sum(most for _, most in others), sum_of_hidden - sum(low for low, _ in others) + 1
        )
        assert {1, 2, 3, 4} <= set(could_be), (counts, shown)


@pytest.mark.parametrize(("places", "most"), [(1, 12), (2, 14), (3, 11), (4, 8), (5, 6)])
def test_nobody_who_knows_the_rule_can_work_a_small_count_out(places: int, most: int) -> None:
    """Every table that would be published just so, with the same sum, is held beside every other."""
    possible: dict[object, dict[int, set[int]]] = defaultdict(lambda: defaultdict(set))
    for counts in product(range(1, most + 1), repeat=places):
        cells = dict(enumerate(counts))
        if small.sum_may_be_told(cells):
            shown = small.published(cells)
            for place, told in shown.items():
                if told is None:
                    possible[(*shown.values(), sum(counts))][place].add(counts[place])
    told_for_sure = [(seen, values) for seen, each in possible.items() for values in each.values() if len(values) == 1]
    assert [one for one in told_for_sure if min(one[1]) < FEWEST] == []


def test_a_lone_small_count_is_its_own_sum() -> None:
    assert not small.sum_may_be_told({"a": 3})
    assert not small.sum_may_be_told({"a": 1, "b": 2, "c": 1})
    assert small.sum_may_be_told({"a": 7}) and small.sum_may_be_told({})


@given(st.lists(st.integers(0, 40), max_size=24))
def test_stretches_are_large_enough_and_join_without_gaps(counts: list[int]) -> None:
    found, behind = small.stretches(counts), 0
    for first, last in found:
        assert first == behind and sum(counts[first : last + 1]) >= FEWEST > sum(counts[first:last])
        behind = last + 1
    assert sum(counts[behind:]) < FEWEST
    # What comes later changes nothing that was told before.
    assert small.stretches([*counts, 3])[: len(found)] == found
