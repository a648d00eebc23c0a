"""From score to action: what is lost, what a change brings, the cheapest way to a rank."""

from fractions import Fraction
from itertools import combinations

import pytest

from motcua.base.errors import Refused
from motcua.indices.rules.gaps import carried_over, chance_of_rank, cheapest_way, lost_points, what_if
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
    assert after.totals[row] == scores.totals[row] + 2 * (10 - scores.parts["labor"][row])  # type: ignore[operator]
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


def test_the_cheapest_way_is_as_cheap_as_trying_all(scores: Scores):
    unit, target = "Quảng Bình", 5
    efforts = {code: Fraction(cost) for code, cost in zip(ref.PCI_2013, (3, 2, 9, 4, 6, 3, 2, 8, 9, 3), strict=True)}
    way = cheapest_way(scores, unit, target, efforts)
    assert way is not None and way.rank <= target
    row = scores.units.index(unit)
    costs = []
    for size in range(len(efforts) + 1):
        for chosen in combinations(efforts, size):
            rank = what_if(scores, {(unit, code): Fraction(10) for code in chosen}).ranks[row] if size < 3 else None
            if rank is not None and rank <= target:
                costs.append(sum(efforts[code] for code in chosen))
    assert way.effort <= min(costs)
    assert cheapest_way(scores, unit, target, {"time": Fraction(1)}) is None
    already = cheapest_way(scores, "Đà Nẵng", 3, efforts)
    assert already is not None and already.codes == () and already.effort == 0


def test_the_chance_of_a_rank_and_merged_units():
    assert chance_of_rank(60.0, [50.0, 55.0, 70.0], 2, spread=0.1) == 1.0
    assert 0.4 < chance_of_rank(60.0, [60.0], 1, spread=1.0) < 0.6
    scores = {"Quảng Ngãi": Fraction(60), "Kon Tum": Fraction(50), "Mới": None}
    weights = {"Quảng Ngãi": Fraction(3), "Kon Tum": Fraction(1), "Mới": Fraction(1)}
    found = carried_over(scores, weights, {"Quảng Ngãi mới": ["Quảng Ngãi", "Kon Tum"], "Khác": ["Kon Tum", "Mới"]})
    assert found == {"Quảng Ngãi mới": Fraction("57.5"), "Khác": None}
