"""Who takes the place of an office that no longer stands: its people, its files, its unfinished work."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from motcua.base.text import unaccented
from motcua.organisations.rules.register import Register, Version
from motcua.organisations.terms import Kind, Level

ONE_OF_ITS_KIND: Final = frozenset({Kind.SERVICE_CENTRE})
"""An office has one Trung tâm Phục vụ hành chính công: it is the same one, whatever place its name tells of."""


def heirs(agency: int, register: Register, day: date) -> tuple[int, ...]:
    """Those that take its place on that day: itself while it stands; for a unit, the like units of what its office became.

    A unit that ended with its office has no successor of its own (the decision speaks of offices): its work goes to the
    unit of the same kind and name; where there is none, or more than one, somebody must choose.
    """
    standing = register.as_now(agency, day)
    if standing == (agency,):
        return standing
    last = register.nearest(agency, day)
    if last is None or last.level is not Level.UNIT:
        return standing
    found = []
    for one in standing:
        version = register.on(one, day)
        if version is not None and version.level is Level.UNIT:
            found.append(one)
        else:
            found += [unit.agency for unit in _units(one, register, day) if _alike(last, unit)]
    return tuple(dict.fromkeys(found))


def heir(agency: int, register: Register, day: date) -> int | None:
    """The only one that can take its place; None where nobody does, or where somebody must choose."""
    found = heirs(agency, register, day)
    return found[0] if len(found) == 1 and len(register.as_now(agency, day)) == 1 else None


def places(agency: int, register: Register, day: date) -> tuple[int, ...]:
    """All offices among which somebody chooses: those that took over, and the units inside them."""
    found: list[int] = []
    for one in register.as_now(agency, day):
        found += [one, *(unit.agency for unit in _units(one, register, day))]
    return tuple(dict.fromkeys(found))


def ended(register: Register) -> dict[int, date]:
    """Every agency with a last day behind or before it, and the first day on which it stands no more."""
    last = {one: register.history(one)[-1].until for one in register.agencies()}
    return {one: until for one, until in last.items() if until is not None}


def _units(office: int, register: Register, day: date) -> Iterator[Version]:
    for one in register.children(office, day):
        if one.level is Level.UNIT:
            yield one
            yield from _units(one.agency, register, day)


def _alike(before: Version, after: Version) -> bool:
    if before.kind is not after.kind:
        return False
    return before.kind in ONE_OF_ITS_KIND or unaccented(before.short_name) == unaccented(after.short_name)
