"""Rates, ranks, the red list, and what can be true of plans and figures: no database."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.investments import rules
from motcua.investments.rules import FigureNow, FigureWish, Line, PlanNow, PlanWish, Position, Situation
from motcua.investments.terms import Act, Basis, Capital, Decided, Source, Standing
from motcua.people.terms import Role

TODAY = date(2026, 11, 16)
VND = st.integers(0, 10**16)


@given(part=VND, whole=st.integers(1, 10**16))
def test_a_rate_is_the_exact_quotient_rounded_half_up(part: int, whole: int) -> None:
    found = rules.rate(part, whole)
    assert found is not None and found.as_tuple().exponent == -2
    exact = Fraction(100 * part, whole)
    assert abs(Fraction(found) - exact) <= Fraction(1, 200)
    assert Fraction(found) != exact - Fraction(1, 200), "a half goes up"


@pytest.mark.parametrize(
    ("part", "whole", "expected"),
    [(5243, 10000, "52.43"), (1, 800, "0.13"), (1, 3, "33.33"), (2, 3, "66.67"), (0, 7, "0.00"), (7, 7, "100.00")],
)
def test_rates_by_hand(part: int, whole: int, expected: str) -> None:
    assert str(rules.rate(part, whole)) == expected


def test_nothing_planned_is_no_rate_and_not_zero() -> None:
    assert rules.rate(0, 0) is None and rules.rate(5, 0) is None


@given(st.lists(st.tuples(VND, st.integers(0, 10**12)), max_size=8), VND)
def test_the_two_denominators_and_the_two_capitals_never_mix(rows: list[tuple[int, int]], carried: int) -> None:
    parts = [Position(projects=1, prime_minister=whole, council=2 * whole, disbursed=part) for part, whole in rows]
    total = sum(parts, rules.NOTHING)
    assert total.projects == len(rows)
    assert total.rate_prime_minister == rules.rate(sum(part for part, _w in rows), sum(whole for _p, whole in rows))
    more = total + Position(carried_council=carried, carried_disbursed=carried)
    assert more.rate_council == total.rate_council and more.rate_prime_minister == total.rate_prime_minister
    assert more.rate_carried == (Decimal("100.00") if carried else None)


@given(st.lists(st.one_of(st.none(), st.decimals(0, 120, places=2)), max_size=30))
def test_ranks_are_competition_ranks(rates: list[Decimal | None]) -> None:
    found = rules.ranked(enumerate(rates))
    for key, own in enumerate(rates):
        better = sum(1 for one in rates if own is not None and one is not None and one > own)
        assert found[key] == (None if own is None else better + 1)


@given(st.dictionaries(st.sampled_from(Source.values), VND), st.dictionaries(st.sampled_from(Source.values), VND))
def test_the_provinces_denominator_counts_what_is_not_allotted_yet(
    assigned: dict[str, int], allotted: dict[str, int]
) -> None:
    expected = sum(assigned.values()) + sum(one for key, one in allotted.items() if key not in assigned)
    assert rules.denominator(assigned, allotted) == expected


LINE = Line(Basis.PRIME_MINISTER, Decimal(80), None, date(2026, 1, 1), "Công văn 5/UBND")


@given(st.integers(0, 200), st.decimals(0, 100, places=2))
def test_below_the_line_is_below_a_share_of_the_mean_to_two_places(paid: int, mean: Decimal) -> None:
    one = Position(prime_minister=200, disbursed=paid)
    bar = (mean * 80 / 100).quantize(Decimal("0.01"), ROUND_HALF_UP)
    assert rules.below(one, LINE, mean) == (Decimal(paid) / 2 < bar)
    assert bool(rules.red_reasons(one, LINE, mean)) == rules.below(one, LINE, mean)


def test_a_floor_and_a_share_each_give_their_reason() -> None:
    line = Line(Basis.COUNCIL, Decimal(50), Decimal(30), date(2026, 1, 1), "CV 5")
    one = Position(council=100, disbursed=20)
    assert rules.bar_of(line, Decimal(70)) == Decimal("35.00") and rules.bar_of(line, Decimal(40)) == Decimal(30)
    reasons = rules.red_reasons(one, line, Decimal(70))
    assert len(reasons) == 2 and "30%" in reasons[0] and "35%" in reasons[1]
    assert rules.red_reasons(Position(disbursed=0), line, Decimal(70)) == [], "nothing planned, nothing asked"


def test_the_plan_year_ends_with_january() -> None:
    months = rules.months_of(2026)
    assert len(months) == 13 and months[-1] == date(2027, 1, 1)
    assert rules.end_of(date(2028, 2, 1)) == date(2028, 2, 29)
    january = rules.period(2026, date(2027, 1, 15))
    assert january is not None and january.day == date(2027, 1, 31) and "2026" in january.words
    assert rules.period(2026, date(2027, 2, 1)) is None


def wish(change: int, on: date = date(2026, 6, 1), kind: Decided = Decided.ADJUSTED) -> PlanWish:
    return PlanWish(2026, Source.BALANCE, Capital.YEAR, Basis.COUNCIL, kind, change, on, "QĐ 9")


def test_a_decision_that_can_be_true_meets_no_objection() -> None:
    assert rules.plan_objections(wish(5, kind=Decided.ASSIGNED), PlanNow(), TODAY) == []
    assert rules.plan_objections(wish(-5), PlanNow(entries=[(date(2026, 1, 1), 5)]), TODAY) == []


@pytest.mark.parametrize(
    ("asked", "now", "word"),
    [
        (wish(0), PlanNow(), "khác 0"),
        (wish(-1, kind=Decided.ASSIGNED), PlanNow(entries=[(date(2026, 1, 1), 5)]), "số dương"),
        (wish(1, on=date(2026, 12, 1)), PlanNow(), "sau hôm nay"),
        (wish(1, on=date(2024, 12, 1)), PlanNow(), "không thể giao vốn"),
        (wish(-6), PlanNow(entries=[(date(2026, 1, 1), 5)]), "Giảm nhiều hơn"),
        (wish(-5), PlanNow(entries=[(date(2026, 7, 1), 5)]), "Giảm nhiều hơn"),
        (wish(-3), PlanNow(entries=[(date(2026, 1, 1), 5)], disbursed=3), "đã giải ngân"),
        (wish(9), PlanNow(room=8), "Vượt tổng vốn"),
        (wish(-3), PlanNow(entries=[(date(2026, 1, 1), 9)], allotted=7), "đã phân bổ"),
    ],
)
def test_a_plan_that_cannot_be_true_says_why(asked: PlanWish, now: PlanNow, word: str) -> None:
    found = rules.plan_objections(asked, now, TODAY)
    assert len(found) == 1 and word in found[0]


@given(st.lists(st.tuples(st.dates(date(2025, 12, 1), TODAY), st.integers(-9, 9)), max_size=6))
def test_accepted_decisions_never_leave_a_negative_plan_on_any_day(lines: list[tuple[date, int]]) -> None:
    kept: list[tuple[date, int]] = []
    for on, change in lines:
        if change and not rules.plan_objections(wish(change, on), PlanNow(entries=kept), TODAY):
            kept.append((on, change))
    for day in {on for on, _change in kept}:
        assert sum(change for on, change in kept if on <= day) >= 0


def paid(amount: int, month: date = date(2026, 10, 1), **more: object) -> FigureWish:
    values = {"as_of_on": max(date(2026, 10, 31), month), **more}
    return FigureWish(2026, month, Source.BALANCE, Capital.YEAR, amount, **values)  # type: ignore[arg-type]


PLANNED = FigureNow(plan={Basis.COUNCIL: 100, Basis.PRIME_MINISTER: 80}, month_before=40)


@pytest.mark.parametrize(
    ("asked", "now", "word"),
    [
        (paid(50), PLANNED, ""),
        (paid(100), PLANNED, ""),
        (paid(101), PLANNED, "vượt vốn được giao"),
        (paid(-1), FigureNow(plan=PLANNED.plan), "không âm"),
        (paid(10**17), FigureNow(plan=dict.fromkeys(PLANNED.plan, 10**18)), "không quá 10.000.000.000.000.000 đồng"),
        (paid(1), FigureNow(), "chưa được giao vốn"),
        (paid(0), FigureNow(), ""),
        (paid(39), PLANNED, "ít hơn tháng trước"),
        (paid(39, reason="Thu hồi tạm ứng"), PLANNED, ""),
        (paid(50, advance_vnd=51), PLANNED, "Tạm ứng"),
        (paid(50, volume_vnd=-1), PLANNED, "khối lượng"),
        (paid(50, date(2026, 12, 1)), PLANNED, "chưa đến"),
        (paid(50, date(2027, 2, 1)), PLANNED, "Năm kế hoạch"),
        (paid(50, as_of_on=date(2026, 11, 17)), PLANNED, "Ngày chốt"),
        (paid(50, as_of_on=date(2026, 9, 30)), PLANNED, "Ngày chốt"),
        (paid(50), FigureNow(plan=PLANNED.plan, in_force=49), "ghi lý do"),
        (paid(50, reason="Nhập nhầm"), FigureNow(plan=PLANNED.plan, in_force=49), ""),
        (
            paid(50, reason="Ước lại", standing=Standing.ESTIMATED),
            FigureNow(plan=PLANNED.plan, in_force=49, in_force_confirmed=True),
            "số ước",
        ),
    ],
)
def test_a_months_figure(asked: FigureWish, now: FigureNow, word: str) -> None:
    found = rules.figure_objections(asked, now, TODAY)
    assert (len(found) == 1 and word in found[0]) if word else found == []


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("act", list(Act))
def test_who_may_do_what(role: Role, act: Act) -> None:
    roles = frozenset({role.value})
    steward = not rules.objections(act, Situation(roles, of_province=False, of_steward=True))
    province = not rules.objections(act, Situation(roles, of_province=True, of_steward=False))
    investor = not rules.objections(act, Situation(roles, of_province=False, of_steward=False, of_investor=True))
    assert steward == (role in (Role.LEADER, Role.CONTROLLER))
    assert province == (role in (Role.ADMINISTRATOR, Role.CONTROLLER))
    assert investor == (act is Act.RECORD and role in (Role.LEADER, Role.UNIT_HEAD, Role.SPECIALIST))
    assert rules.objections(act, Situation(roles, of_province=False, of_steward=False))
