"""Internal routes: their hours sum to the limit."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.procedures.rules.limits import hours_of
from motcua.procedures.rules.routes import StepPlan, route_objections, standard_route
from motcua.procedures.terms import DecidingLevel


def step(no: int, hours: str, role: str = "specialist", name: str = "Thẩm định") -> StepPlan:
    return StepPlan(no, name, role, Decimal(hours))


HA_NOI = [step(no, hours) for no, hours in enumerate(["4", "4", "8", "8", "128", "8", "8", "56", "16"], start=1)]
VINH_LONG = [step(no, hours) for no, hours in enumerate(["2", "2", "8", "8", "2", "2"], start=1)]


@pytest.mark.parametrize(("limit", "steps"), [("30wd", HA_NOI), ("3wd", VINH_LONG)])
def test_routes_of_real_provinces_sum_to_their_limits(limit, steps):
    assert route_objections(limit, steps) == []


@pytest.mark.parametrize(
    ("limit", "steps", "objection"),
    [
        ("3wd", [], "chưa có bước"),
        ("3wd", [step(1, "20")], "cộng lại 20 giờ, thời hạn 3 ngày làm việc là 24 giờ"),
        ("1wd", [step(2, "8")], "đánh số liền nhau"),
        ("1wd", [step(1, "-1"), step(2, "9")], "không thể âm"),
        ("1wd", [step(1, "8", role="king")], "chọn người thực hiện"),
        ("1wd", [step(1, "8", name=" ")], "ghi tên bước"),
    ],
)
def test_a_wrong_route_says_what_to_mend(limit, steps, objection):
    assert any(objection in one for one in route_objections(limit, steps))


@given(
    st.lists(st.tuples(st.integers(1, 400), st.sampled_from(["wd", "wh", "cd"])), min_size=1, max_size=4),
    st.sampled_from(DecidingLevel.values),
)
def test_the_plain_route_always_sums_to_the_limit(parts, level):
    limit = "+".join(f"{amount}{unit}" for amount, unit in parts)

    assert route_objections(limit, standard_route(limit, level)) == []


@pytest.mark.parametrize(
    ("limit", "hours"), [("5wd", 40), ("0.25wd", 2), ("40wh", 40), ("10cd", 80), ("20cd+10cd", 240)]
)
def test_hours_of_a_limit(limit, hours):
    assert hours_of(limit) == hours
