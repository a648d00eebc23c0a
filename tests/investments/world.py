"""A small province that invests: a steward, two investors, a commune; everything through the real actions."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from motcua.base.actors import SYSTEM, Actor
from motcua.investments import actions
from motcua.investments.models import PlanEntry, Project
from motcua.investments.rules import FigureWish, PlanWish, ProjectWish
from motcua.investments.terms import Basis, Capital, Decided, Field, Group, Source
from motcua.organisations.terms import Kind
from motcua.people.terms import Role
from tests import make
from tests.remembered import remembered

NOW = make.at("2026-11-16 09:00")
TODAY = NOW.date()
BILLION = 10**9


@dataclass(frozen=True)
class World:
    """Agencies and the people who act for them."""

    root: int
    finance: int
    building: int
    education: int
    ba_to: int
    steward: Actor
    builder: Actor
    builder_clerk: Actor
    teacher: Actor
    administrator: Actor


@remembered
def world(*, steward: bool = True) -> World:
    """The province; Sở Tài chính is named steward unless told otherwise."""
    root = make.office(Kind.PROVINCE, "Quảng Ngãi", None, "H48")
    finance = department("Sở Tài chính", "H48.009", root)
    building = department("Sở Xây dựng", "H48.012", root)
    education = department("Sở Giáo dục và Đào tạo", "H48.004", root)
    ba_to = make.office(Kind.COMMUNE, "Ba Tơ", root, "H48.115")
    if steward:
        actions.name_steward(finance, since=date(2026, 1, 1), decision="QĐ 1/QĐ-UBND", by=SYSTEM, at=NOW)
    return World(
        root,
        finance,
        building,
        education,
        ba_to,
        make.official("Lê Thị Tài", "ld.stc", finance, Role.LEADER),
        make.official("Trần Văn Xây", "cv.sxd", building, Role.SPECIALIST),
        make.official("Hồ Thị Văn", "vt.sxd", building, Role.RECORDS),
        make.official("Phạm Thị Dạy", "cv.gd", education, Role.SPECIALIST),
        make.official("Quản Trị", "qt.tinh", root, Role.ADMINISTRATOR),
    )


def department(name: str, code: str, root: int) -> int:
    """A department of the province."""
    new = make.New(name=name, short_name=name, kind=Kind.DEPARTMENT, parent=root, code=code)
    return make.organisations.open_agency(new, by=SYSTEM, at=make.SETUP, on=make.START, decision="QĐ 1").pk


def project(here: World, code: str = "7900001", name: str = "Cầu Nước Ren", **more: Any) -> Project:
    """A project of Sở Xây dựng at Ba Tơ."""
    values: dict[str, Any] = {
        "investor": here.building,
        "locality": here.ba_to,
        "group": Group.C,
        "field": Field.TRANSPORT,
        "total_vnd": 90 * BILLION,
        "decision": "QĐ 77/QĐ-UBND",
        "decided_on": date(2025, 3, 1),
        "first_year": 2025,
        "last_year": 2027,
    }
    return actions.add_project(ProjectWish(code=code, name=name, **{**values, **more}), by=SYSTEM, at=NOW)


def plan(
    one: Project | None,
    amount: int,
    *,
    basis: Basis = Basis.COUNCIL,
    source: Source = Source.BALANCE,
    capital: Capital = Capital.YEAR,
    kind: Decided = Decided.ASSIGNED,
    on: date = date(2025, 12, 20),
    year: int = 2026,
    decision: str = "NQ 1/NQ-HĐND",
    by: Actor = SYSTEM,
    at: datetime = NOW,
) -> PlanEntry:
    """One line of a decision about capital."""
    wish = PlanWish(
        year=year,
        source=source,
        capital=capital,
        basis=basis,
        kind=kind,
        change_vnd=amount,
        decided_on=on,
        decision=decision,
    )
    return actions.decide_plan(one, wish, by=by, at=at)


def figure(month: int, amount: int, **more: Any) -> FigureWish:
    """Lũy kế to the end of a month of 2026."""
    values: dict[str, Any] = {
        "year": 2026,
        "month": date(2026, month, 1),
        "source": Source.BALANCE,
        "capital": Capital.YEAR,
        "as_of_on": min(date(2026, month, 28), TODAY),
    }
    return FigureWish(disbursed_vnd=amount, **{**values, **more})


def red_line(since: date = date(2026, 1, 1), *, share: str = "80", floor: str | None = None) -> None:
    """Thresholds on the Prime Minister's plan."""
    actions.declare_red_line(
        since,
        basis=Basis.PRIME_MINISTER,
        share_of_mean=Decimal(share),
        floor=Decimal(floor) if floor else None,
        decision="Công văn 5/UBND",
        by=SYSTEM,
        at=NOW,
    )
