"""Which offices belong together: an authority, its one-stop and its units."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from motcua.base.actors import Actor
from motcua.organisations import queries as organisations
from motcua.organisations.terms import Level
from motcua.people.terms import Role


def authority_of(agency: int, day: date) -> int:
    """The authority an office belongs to: the commune, department or province itself, never a unit of it."""
    for version in (organisations.version_on(agency, day), *organisations.ancestors(agency, day)):
        if version is not None and version.level != Level.UNIT:
            return version.agency_id
    return agency


OVERSEERS: Final = frozenset({Role.LEADER.value, Role.CONTROLLER.value})
"""They answer for the authorities under theirs too: a leader of the province for its communes."""


def offices_of(by: Actor, day: date) -> frozenset[int]:
    """The offices whose dossiers the person may see by their post: the authority they serve with its units.

    An administrator keeps accounts and works on no dossier, so as such sees none.
    """
    if by.agency is None or by.roles <= {Role.ADMINISTRATOR.value, Role.CITIZEN.value}:
        return frozenset()
    authority = authority_of(by.agency, day)
    if OVERSEERS & by.roles:
        return frozenset(organisations.subtree_ids(authority, day))
    return frozenset(_with_units(authority, day))


def _with_units(office: int, day: date) -> Iterator[int]:
    """The office and the units under it, not the authorities under it."""
    yield office
    for one in organisations.children_on(office, day):
        if one.level is Level.UNIT:
            yield from _with_units(one.agency, day)


def code_of(agency: int, day: date) -> str:
    """The code that dossiers of the authority bear; `""` when it has none on that day."""
    version = organisations.version_on(authority_of(agency, day), day)
    return version.code if version else ""
