"""Which offices belong together: an authority, its one-stop and its units."""

from datetime import date

from motcua.base.actors import Actor
from motcua.organisations import queries as organisations
from motcua.organisations.terms import Level


def authority_of(agency: int, day: date) -> int:
    """The authority an office belongs to: the commune, department or province itself, never a unit of it."""
    for version in (organisations.version_on(agency, day), *organisations.ancestors(agency, day)):
        if version is not None and version.level != Level.UNIT:
            return version.agency_id
    return agency


def offices_of(by: Actor, day: date) -> frozenset[int]:
    """The offices whose dossiers the person may see by their post: the whole authority they serve."""
    if by.agency is None:
        return frozenset()
    return frozenset(organisations.subtree_ids(authority_of(by.agency, day), day))


def code_of(agency: int, day: date) -> str:
    """The code that dossiers of the authority bear; `""` when it has none on that day."""
    version = organisations.version_on(authority_of(agency, day), day)
    return version.code if version else ""
