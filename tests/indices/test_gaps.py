"""From score to action: what is lost, what a change brings, the cheapest way to a rank."""

from fractions import Fraction
from itertools import combinations

import pytest

from motcua.base.errors import Refused
from motcua.indices.models import Round
from motcua.indices.queries.published import Outcome, Row, worst_criteria
from motcua.indices.rules.gaps import (
    carried_over,
    chance_of_rank,
    cheapest_to,
    gain_by,
    goal_for,
    lost_points,
    parts_of,
    tops_of,
    what_if,
)
from motcua.indices.rules.scoring import Scores, score
from motcua.indices.rules.shipped import shipped
from motcua.indices.rules.tables import read_figures
from tests.indices import reference as ref

PCI = shipped("pci-2013")


@pytest.fixture(scope="module")
def scores() -> Scores:
    return score(PCI, read_figures(ref.pci_table(2013), PCI).figures)


def test_what_if_moves_score_and_rank_exactly(scores: Scores):
    row = scores.units.index("Quảng Ngãi")
    after = what_if(scores, {("Quảng Ngãi", "labor"): Fraction(10)})
    assert after.totals[row] == scores.totals[row] + 2 * (10 - scores.parts["labor"][row])
    assert after.ranks[row] == 1 and scores.ranks[row] == 7
    assert what_if(scores, {}).totals == scores.totals
    with pytest.raises(Refused) as found:
        what_if(scores, {("Quảng Ngãi", "labor"): Fraction(11), ("Hà Tây", "land"): Fraction(5)})
    assert len(found.value.objections) == 2


def test_lost_points_add_up_to_what_is_left(scores: Scores):
    row = scores.units.index("Hà Nội")
    lost = lost_points(scores, "Hà Nội")
    total = scores.totals[row]
    assert total is not None
    assert sum((one.gain for one in lost), total) == 100
    assert [one.gain for one in lost] == sorted((one.gain for one in lost), reverse=True)


def test_what_a_part_keeps_from_the_score_is_counted_in_points_of_the_index(scores: Scores):
    """One point of labour (weight 20) is four of entry (weight 5): as points of the index they can be added."""
    row = scores.units.index("Hà Nội")
    total, parts = scores.totals[row], parts_of(scores, "Hà Nội")
    assert total is not None
    gains = {code: gain_by(PCI, parts, total, code, Fraction(10)) for code in ref.PCI_2013}
    assert gains["labor"] == 2 * (10 - (parts["labor"] or 0)) and gains["entry"] == (10 - (parts["entry"] or 0)) / 2
    assert gains == {one.code: one.gain for one in lost_points(scores, "Hà Nội")}
    assert gain_by(PCI, parts, None, "labor", Fraction(10)) is None


def rank_by(scores: Scores, unit: str, codes: list[str]) -> Fraction:
    """The rank of a unit that brings these criteria to their most points, the others standing still."""
    after = what_if(scores, {(unit, code): top for code, top in tops_of(scores, codes).items()})
    rank = after.ranks[after.units.index(unit)]
    assert rank is not None
    return rank


def cheapest(scores: Scores, unit: str, rank: int, efforts: dict[str, Fraction]) -> list[str] | None:
    """As the page asks: the score that is enough for the rank, then the criteria that reach it."""
    row = scores.units.index(unit)
    total = scores.totals[row]
    assert total is not None
    others = [one for at, one in enumerate(scores.totals) if one is not None and at != row]
    return cheapest_to(scores, unit, goal_for(rank, others, total), efforts)


def test_the_cheapest_way_is_as_cheap_as_trying_all(scores: Scores):
    unit, target = "Quảng Bình", 5
    efforts = {code: Fraction(cost) for code, cost in zip(ref.PCI_2013, (3, 2, 9, 4, 6, 3, 2, 8, 9, 3), strict=True)}
    way = cheapest(scores, unit, target, efforts)
    assert way is not None and rank_by(scores, unit, way) <= target
    row = scores.units.index(unit)
    costs = []
    for size in range(len(efforts) + 1):
        for chosen in combinations(efforts, size):
            rank = what_if(scores, {(unit, code): Fraction(10) for code in chosen}).ranks[row] if size < 3 else None
            if rank is not None and rank <= target:
                costs.append(sum(efforts[code] for code in chosen))
    assert sum(efforts[code] for code in way) <= min(costs)
    assert cheapest(scores, unit, target, {"time": Fraction(1)}) is None
    assert cheapest(scores, "Đà Nẵng", 3, efforts) == []


def test_the_chance_of_a_rank_and_merged_units():
    assert chance_of_rank(60.0, [50.0, 55.0, 70.0], 2, spread=0.1) == 1.0
    assert 0.4 < chance_of_rank(60.0, [60.0], 1, spread=1.0) < 0.6
    scores = {"Quảng Ngãi": Fraction(60), "Kon Tum": Fraction(50), "Mới": None}
    weights = {"Quảng Ngãi": Fraction(3), "Kon Tum": Fraction(1), "Mới": Fraction(1)}
    found = carried_over(scores, weights, {"Quảng Ngãi mới": ["Quảng Ngãi", "Kon Tum"], "Khác": ["Kon Tum", "Mới"]})
    assert found == {"Quảng Ngãi mới": Fraction("57.5"), "Khác": None}


def test_losses_of_a_weighted_index_are_ranked_by_what_the_index_loses(scores: Scores):
    """Nine points of land (weight 5) are less than five of labour (weight 20)."""
    rows = tuple(
        Row(unit, None, scores.totals[at], None, parts_of(scores, unit), None) for at, unit in enumerate(scores.units)
    )
    worst = worst_criteria(Outcome(Round(), PCI, rows, True), 10)
    means = {code: sum(scores.parts[code], Fraction(0)) / 63 for code in ref.PCI_2013}
    weights = {child.code: weight for child, weight in PCI.children["pci"]}
    assert {one.code: one.lost for one in worst} == {
        code: (10 - mean) * weights[code] / 10 for code, mean in means.items()
    }
    assert [one.lost for one in worst] == sorted((one.lost for one in worst), reverse=True)
    assert worst[0].code in ("support", "labor")
