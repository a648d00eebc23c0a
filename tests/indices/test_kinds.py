"""Every kind of rule, its bounds, and the laws each must keep whatever the figures."""

from collections.abc import Sequence
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.indices.rules.definition import Criterion, Gathering, IndexSet, Link, Ranking
from motcua.indices.rules.kinds import (
    Counted,
    Deduction,
    Frame,
    Given,
    Option,
    Options,
    Points,
    Ratio,
    Relative,
    Rule,
    Scaled,
    Survey,
    Tier,
    Tiers,
)
from motcua.indices.rules.numbers import decimal_text, exact_text, half_up, weight
from motcua.indices.rules.ranking import ranks
from motcua.indices.rules.scoring import Figures, score
from motcua.indices.rules.shipped import shipped
from motcua.indices.rules.tables import read_figures
from motcua.indices.terms import Empty, Goalposts, Missing, Tie, Together, UnitKind
from tests.indices import reference as ref

F = Fraction
UP, DOWN = Frame(F(2), F(0), 1), Frame(F(2), F(0), -1)


def points(rule: Rule, *values: F | int | str | None, frame: Frame = UP) -> list[Points]:
    return rule.points([F(v) if isinstance(v, int) else v for v in values], frame)


def test_each_kind_by_example():
    assert points(Given(), F("1.5"), None) == [F("1.5"), None]
    assert points(Options((Option("Đạt", F(2)), Option("Không", F(0)))), "đạt", None) == [2, None]
    tiers = Tiers((Tier(F(90), inclusive=False, points=F(2)), Tier(F(70), inclusive=True, points=F(1))))
    assert points(tiers, 91, 90, 70, 69, None) == [2, 1, 1, 0, None]
    assert points(Ratio(full_at=F("0.8"), percent=True), 40, 80, 95, 0) == [1, 2, 2, 0]
    assert points(Ratio(floor=F("0.95"), percent=True), 95, 94) == [F("1.9"), 0]
    assert points(Relative(), 10, 5, None) == [2, 1, None]
    assert points(Relative(), 10, 5, frame=DOWN) == [1, 2]
    assert points(Counted(F("0.5")), 3, 9) == [F("1.5"), 2]
    assert points(Deduction(F("0.5"), F("1.5")), 0, 1, 9) == [2, F("1.5"), F("0.5")]
    assert points(Scaled(), 0, 5, 10) == [1, F("5.5"), 10]
    assert points(Scaled(), 0, 5, 10, frame=DOWN) == [10, F("5.5"), 1]
    assert points(Scaled(), 7, 7) == [None, None]
    assert points(Scaled(Goalposts.CUMULATIVE, F(0), F(20)), 5, 10) == [F("3.25"), F("5.5")]
    assert points(Scaled(Goalposts.FIXED, F(0), F(10), clamp=True), -5, 20) == [1, 10]
    assert points(Survey(F(1), F(5)), 3, 5) == [1, 2]


@pytest.mark.parametrize(("empty", "wanted"), [(Empty.NONE, None), (Empty.ZERO, 0), (Empty.FULL, 2)])
def test_a_denominator_of_zero_gives_what_the_rule_says(empty: Empty, wanted: int | None):
    assert Ratio(empty=empty).of_pairs([F(0), None], [F(0), None], UP) == [wanted, None]


def test_half_up_and_texts():
    assert [half_up(F(x), 2) for x in ("0.125", "0.124999", "-0.125", "2.675")] == [
        F("0.13"),
        F("0.12"),
        F("-0.13"),
        F("2.68"),
    ]
    assert [decimal_text(F(x)) for x in ("0", "12.70", "-0.05", "100")] == ["0", "12.7", "-0.05", "100"]
    assert decimal_text(F(1, 3)) == "0." + "3" * 30
    assert decimal_text(F(200, 3)) == "66." + "6" * 27 + "7"
    assert exact_text(F(1, 7)) == "1/7"


@given(st.fractions(-(10**20), 10**20, max_denominator=10**6))
def test_exact_text_is_read_back(value: F):
    assert weight(exact_text(abs(value))) == abs(value)


def one_set(rules: Sequence[tuple[Rule, F]], gathering: Gathering, ranking: Ranking | None = None) -> IndexSet:
    children = [
        Criterion(code=f"c{i}", name="c", rule=rule, links=(Link("top", heavy),), most=F(10), unit="x")
        for i, (rule, heavy) in enumerate(rules)
    ]
    top = Criterion(code="top", name="top", rule=gathering)
    return IndexSet(
        code="x",
        version="1",
        index="x",
        name="x",
        root="top",
        criteria=(top, *children),
        year_from=2024,
        units=(UnitKind.PROVINCE,),
        ranking=ranking or Ranking(),
    )


@pytest.mark.parametrize(
    ("together", "wanted"),
    [
        (Together.SUM, F(14)),
        (Together.MEAN, F(14, 3)),
        (Together.HARMONIC, F(3) / (F(1) / 2 + F(2) / 6)),
        (Together.MEDIAN, F(4)),
        (Together.LOWEST, F(2)),
        (Together.SHARE, F(1400, 30)),
    ],
)
def test_gathering_two_children(together: Together, wanted: F):
    found = score(one_set([(Given(), F(1)), (Given(), F(2))], Gathering(together)), figures([[2, 6]]))
    assert found.totals == [wanted]


def test_the_geometric_mean_is_exact_to_many_digits():
    found = score(one_set([(Given(), F(1)), (Given(), F(1))], Gathering(Together.GEOMETRIC)), figures([[4, 9], [0, 9]]))
    assert found.totals[0] is not None and abs(found.totals[0] - 6) < F(1, 10**40)
    assert found.totals[1] is None


def figures(table: Sequence[Sequence[int | F | None]]) -> Figures:
    columns = list(zip(*table, strict=True))
    values = {f"c{i}": [None if v is None else F(v) for v in column] for i, column in enumerate(columns)}
    return Figures(tuple(f"u{i}" for i in range(len(table))), values)


@pytest.mark.parametrize(
    ("gathering", "wanted"),
    [
        (Gathering(), None),
        (Gathering(missing=Missing.SKIP), 2),
        (Gathering(missing=Missing.RESCALE), 6),
        (Gathering(missing=Missing.RESCALE, enough=F(3, 4)), None),
        (Gathering(Together.MEAN, missing=Missing.SKIP), 2),
    ],
)
def test_a_missing_part_does_what_the_definition_says(gathering: Gathering, wanted: int | None):
    found = score(one_set([(Given(), F(1)), (Given(), F(2))], gathering), figures([[2, None]]))
    assert found.totals == [wanted]


def test_an_answer_that_is_not_there_may_count_as_nothing_or_full():
    for absent, wanted in ((Empty.ZERO, 0), (Empty.FULL, 10), (Empty.NONE, None)):
        leaf = Criterion(code="a", name="a", rule=Given(), links=(Link("t"),), most=F(10), unit="x", absent=absent)
        top = Criterion(code="t", name="t", rule=Gathering())
        one = IndexSet(code="x", version="1", index="x", name="x", root="t", criteria=(top, leaf), year_from=2024)
        assert score(one, Figures(("u",), {"a": [None]})).totals == [wanted]


@pytest.mark.parametrize(
    ("how", "wanted"),
    [
        (Ranking(), [2, 1, 2, 4, None]),
        (Ranking(ties=Tie.DENSE), [2, 1, 2, 3, None]),
        (Ranking(ties=Tie.AVERAGE), [F(5, 2), 1, F(5, 2), 4, None]),
        (Ranking(high_first=False), [2, 4, 2, 1, None]),
    ],
)
def test_ties(how: Ranking, wanted: list[F | None]):
    assert ranks([F(5), F(6), F(5), F(4), None], how) == wanted


def test_ranks_on_the_rounded_or_the_unrounded_score():
    close = [F("60.004"), F("60.0041"), F("59.996")]
    assert ranks(close, Ranking()) == [2, 1, 3]
    assert ranks(close, Ranking(digits=2)) == [1, 1, 1]


def test_bias_2013_with_the_posts_of_the_year():
    weights = {"h4_new soe_ap soe_contract soe_credit soe_land soe_mining": F("0.34"), "h25_new h5_new": F("0.33")}
    weights["fie_ap fie_land fie_operation fie_tax h27_new h3_new"] = F("0.33")
    criteria = [Criterion(code="bias", name="b", rule=Gathering())]
    for codes, whole in weights.items():
        each = codes.split()
        criteria += [
            Criterion(code=c, name=c, rule=Scaled(), direction=-1, links=(Link("bias", whole / len(each)),), unit="%")
            for c in each
        ]
    one = IndexSet(code="x", version="1", index="x", name="x", root="bias", criteria=tuple(criteria), year_from=2013)
    raw: dict[str, dict[str, str]] = {}
    for row in ref.rows("pci/pci_2013_bias_raw.csv"):
        raw.setdefault(row["province_code"], {})[row["code"]] = row["value"]
    columns = [each.code for each in one.leaves]
    content = ref.table(["unit", *columns], [[unit, *(cells[c] for c in columns)] for unit, cells in raw.items()])
    found = score(one, read_figures(content, one).figures)
    published = {row["province_code"]: float(row["bias"]) for row in ref.pci(2013)}
    assert len(found.units) == 63
    for unit, total in zip(found.units, found.totals, strict=True):
        assert total is not None and abs(float(total) - published[unit]) < 2e-6
    assert set(found.posts) == set(columns)


VALUES = st.integers(0, 1000).map(lambda n: F(n, 10))
RULES = [
    Given(),
    Tiers((Tier(F(90), inclusive=False, points=F(2)), Tier(F(70), inclusive=True, points=F(1)))),
    Ratio(full_at=F("0.8"), percent=True),
    Ratio(floor=F("0.3"), percent=True),
    Counted(F("0.1")),
    Scaled(Goalposts.FIXED, F(0), F(100)),
    Survey(),
]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: type(rule).__name__)
@given(a=VALUES, b=VALUES)
def test_more_is_never_worse(rule: Rule, a: F, b: F):
    low, high = sorted((a, b))
    first, second = rule.points([low, high], UP)
    assert first is not None and second is not None and first <= second


@given(a=VALUES, b=VALUES)
def test_a_deduction_never_gives_more_for_more(a: F, b: F):
    low, high = sorted((a, b))
    first, second = Deduction(F("0.1"), F(1)).points([low, high], UP)
    assert first is not None and second is not None and first >= second


@given(st.lists(VALUES, min_size=2, max_size=8, unique=True), st.fractions(F(1, 100), 100), VALUES)
def test_min_max_does_not_feel_scale_or_shift(values: list[F], factor: F, shift: F):
    moved = [value * factor + shift for value in values]
    assert Scaled().points(values, UP) == Scaled().points(moved, UP)


@settings(deadline=None, max_examples=30)
@given(st.permutations(range(12)))
def test_the_order_of_units_and_columns_does_not_matter(order: list[int]):
    lines = ref.pci_table(2013).decode("utf-8").splitlines()[:13]
    definition = shipped("pci-2013")
    first = score(definition, read_figures("\n".join(lines).encode(), definition).figures)
    mixed = [lines[0], *(lines[1 + at] for at in order)]
    second = score(definition, read_figures("\n".join(mixed).encode(), definition).figures)
    one, other = (dict(zip(s.units, zip(s.totals, s.ranks, strict=True), strict=True)) for s in (first, second))
    assert one == other


@given(st.lists(st.integers(0, 5).map(F), min_size=1, max_size=20))
def test_ranks_count_who_is_better(values: list[F]):
    found = ranks(list(values), Ranking())
    assert found == [1 + sum(other > value for other in values) for value in values]
