"""A small province for tests, made by the real actions."""

from datetime import UTC, date, datetime
from typing import Any

from motcua.base.actors import SYSTEM
from motcua.organisations import actions
from motcua.organisations.models import Agency
from motcua.organisations.rules import New, office_of
from motcua.organisations.terms import Kind

AT = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)
START = date(2020, 1, 1)
CHANGE = date(2025, 7, 1)
TODAY = date(2026, 11, 21)
DECIDED: dict[str, Any] = {"by": SYSTEM, "at": AT, "on": CHANGE, "decision": "Nghị quyết số 01"}


def territory(kind: Kind, place: str, parent: Agency | None = None, **values: Any) -> New:
    """An office that governs a place, not yet opened."""
    name, short_name = office_of(kind, place)
    place = f"{short_name.removeprefix('UBND ')}"
    above = None if parent is None else parent.pk
    return New(name=name, short_name=short_name, kind=kind, place=place, parent=above, **values)


def opened(new: New, on: date = START) -> Agency:
    """The agency, opened by the action."""
    return actions.open_agency(new, by=SYSTEM, at=AT, on=on, decision="Quyết định số 1")


def province(place: str = "Mẫu", **values: Any) -> Agency:
    return opened(territory(Kind.PROVINCE, place, **values))


def commune(place: str, parent: Agency, **values: Any) -> Agency:
    return opened(territory(Kind.COMMUNE, place, parent, **values))


def division(name: str, parent: Agency) -> Agency:
    return opened(New(name=name, short_name=name, kind=Kind.DIVISION, parent=parent.pk))
