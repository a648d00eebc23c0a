"""What the counter needs before there is a dossier: who decides, which unit works on it, when it would be due."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from motcua.base.clock import day_of
from motcua.base.errors import Refused
from motcua.base.text import unaccented
from motcua.dossiers.queries.offices import authority_of
from motcua.organisations import queries as organisations
from motcua.organisations.rules import Version
from motcua.organisations.terms import Kind, Level
from motcua.people.terms import Role
from motcua.procedures.queries import Offer
from motcua.procedures.terms import DecidingLevel
from motcua.workdays import queries as workdays
from motcua.workdays import rules as clock
from motcua.workdays.terms import AfterPause


@dataclass(frozen=True)
class Offices:
    """Where an application goes: who received it, who decides, which unit works on it; `choices` if it must be chosen."""

    receiving: int
    deciding: int | None
    unit: int | None
    choices: tuple[tuple[int, str], ...]


def offices_for(offer: Offer, *, receiving: int, day: date, deciding: int | None = None) -> Offices:
    """Reception does not depend on boundaries: any one-stop of the province may receive what another authority decides."""
    authority = authority_of(receiving, day)
    candidates = deciders(offer, near=authority, day=day)
    own = next((one for one, _name in candidates if one == authority), None)
    chosen = deciding if deciding in dict(candidates) else own
    if chosen is None and len(candidates) == 1:
        chosen = candidates[0][0]
    unit = unit_for(offer, chosen, day) if chosen is not None else None
    return Offices(receiving, chosen, unit, tuple(candidates))


def deciders(offer: Offer, *, near: int, day: date) -> list[tuple[int, str]]:
    """The authorities of this province that may decide on the procedure on that day, in the order of the tree."""
    root = organisations.root_of(near)
    standing = [node.version for node in organisations.tree_on(day, root)]
    match offer.deciding_level:
        case DecidingLevel.PROVINCE:
            found = [one for one in standing if one.level is Level.PROVINCE]
        case DecidingLevel.DEPARTMENT:
            found = _named(offer, [one for one in standing if one.level is Level.DEPARTMENT], day)
        case _:
            found = [one for one in standing if one.level is Level.COMMUNE]
    return [(one.agency, one.short_name or one.name) for one in found]


def _named(offer: Offer, departments: list[Version], day: date) -> list[Version]:
    """Those that the procedure names, or that took the place of one it names; all where it names none that stands."""
    named = {one for heirs in organisations.as_now(offer.deciders, day).values() for one in heirs}
    return [one for one in departments if one.agency in named] or departments


def unit_for(offer: Offer, deciding: int, day: date) -> int:
    """The unit named by the route, else the first division; the authority itself where it has no units."""
    units = [one for one in organisations.children_on(deciding, day) if one.level is Level.UNIT]
    wanted = [
        unaccented(step.unit) for step in offer.route if step.unit and step.role in (Role.SPECIALIST, Role.UNIT_HEAD)
    ]
    for words in wanted:
        for one in units:
            if words in unaccented(one.name) or unaccented(one.short_name) in words:
                return one.agency
    for kind in (Kind.DIVISION, Kind.OFFICE):
        for one in units:
            if one.kind is kind:
                return one.agency
    return deciding


def one_stop_of(authority: int, day: date) -> int:
    """The one-stop of an authority: its Trung tâm Phục vụ hành chính công; for a department that of the province."""
    for place in (authority, organisations.root_of(authority)):
        if place is None:
            continue
        for one in organisations.tree_on(day, place):
            version = one.version
            if version.kind is Kind.SERVICE_CENTRE and _belongs(version.agency, place, day):
                return version.agency
    raise Refused(_("Chưa có bộ phận một cửa nào nhận hồ sơ cho cơ quan này."))


def book_of(office: int, day: date) -> tuple[int, int | None]:
    """Whose book of dossiers an office reads: its own if it is a one-stop, else that of its authority's one-stop.

    Where that one-stop receives for others too (a department's dossiers at the province's centre), only what the authority
    decides; the second number names it.
    """
    version = organisations.version_on(office, day)
    if version is None or version.kind is Kind.SERVICE_CENTRE:
        return office, None
    authority = authority_of(office, day)
    receiving = one_stop_of(authority, day)
    return receiving, None if authority_of(receiving, day) == authority else authority


def _belongs(centre: int, authority: int, day: date) -> bool:
    above = organisations.ancestors(centre, day)
    nearest = next((one.agency for one in above if one.level is not Level.UNIT), None)
    return nearest == authority or any(one.agency == authority and one.level is Level.PROVINCE for one in above[:2])


def promise(offer: Offer, *, deciding: int, at: datetime) -> clock.Due:
    """When an application received at that moment would be due, with the lines of the count."""
    return clock.due(
        at,
        clock.Limit.parse(offer.limit),
        workdays.calendar_of(deciding, day_of(at)),
        rules=clock.rule_set(offer.rule_set),
        after_pause=AfterPause(offer.after_supplement),
    )
