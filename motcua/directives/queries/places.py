"""Where an official stands: the agency they act in, the authority it belongs to, the house in whose name tasks are given."""

from dataclasses import dataclass
from datetime import date, datetime

from motcua.base.actors import Actor
from motcua.base.clock import day_of
from motcua.directives.models import Coordination, Task
from motcua.directives.terms import DUTIES, TASK_FORCE_ROLES, Duty, Side
from motcua.organisations import queries as organisations
from motcua.organisations.terms import Kind, Level


@dataclass(frozen=True)
class Desk:
    """An official at work on a day. `own`: agencies whose tasks are theirs to do; `gives`: those in whose name they give."""

    person: int | None
    acting_for: int | None
    agency: int
    authority: int
    house: int
    root: int
    own: frozenset[int]
    gives: frozenset[int]
    roles: frozenset[str]
    task_force: bool

    def may(self, duty: Duty) -> bool:
        """Whether a role held here has that duty."""
        return not DUTIES[duty].isdisjoint(self.roles)

    @property
    def persons(self) -> frozenset[int]:
        """Whose tasks they see as their own: themself, and whom they act for."""
        return frozenset(one for one in (self.person, self.acting_for) if one is not None)


def desk_of(by: Actor, at: datetime) -> Desk | None:
    """Where the actor stands; None for citizens and for posts in agencies that have ended."""
    if by.agency is None:
        return None
    day = day_of(at)
    authority = authority_of(by.agency, day)
    root = organisations.root_of(authority)
    if root is None:
        return None
    house = house_of(authority, day)
    own = {by.agency, authority}
    if by.agency == authority:
        own |= {one.agency for one in organisations.children_on(authority, day) if one.level is Level.UNIT}
    return Desk(
        person=by.id,
        acting_for=by.acting_for,
        agency=by.agency,
        authority=authority,
        house=house,
        root=root,
        own=frozenset(own),
        gives=frozenset({authority, house, *(own if by.agency == authority else ())}),
        roles=frozenset(by.roles),
        task_force=house == root and not TASK_FORCE_ROLES.isdisjoint(by.roles),
    )


def authority_of(agency: int, day: date) -> int:
    """The authority a unit belongs to; an authority itself."""
    version = organisations.version_on(agency, day)
    if version is None or version.level is not Level.UNIT:
        return agency
    return next((one.agency for one in organisations.ancestors(agency, day) if one.level is not Level.UNIT), agency)


def house_of(authority: int, day: date) -> int:
    """In whose name an authority gives tasks: Văn phòng UBND tỉnh works for the committee of the province."""
    version = organisations.version_on(authority, day)
    if version is not None and version.kind is Kind.PROVINCE_OFFICE and version.parent is not None:
        return version.parent
    return authority


def offices_of(house: int, day: date) -> list[int]:
    """The office of a giver: Văn phòng UBND tỉnh, Văn phòng HĐND và UBND of a commune."""
    offices = (Kind.PROVINCE_OFFICE, Kind.OFFICE)
    return [one.agency for one in organisations.children_on(house, day) if one.kind in offices]


def sides_of(task: Task, desk: Desk | None) -> frozenset[Side]:
    """All that an official is to a task; `other` when nothing else."""
    if desk is None:
        return frozenset({Side.OTHER})
    found = set[Side]()
    if task.giver_id in desk.gives:
        found.add(Side.GIVER)
    if task.follower_id in desk.persons:
        found.add(Side.FOLLOWER)
    if task.lead_id in desk.own:
        found.add(Side.LEAD)
    if task.assignee_id in desk.persons:
        found.add(Side.ASSIGNEE)
    if desk.task_force and task.root_id == desk.root:
        found.add(Side.TASK_FORCE)
    if not found and Coordination.objects.filter(task=task, agency__in=desk.own).exists():
        found.add(Side.PARTNER)
    return frozenset(found or {Side.OTHER})
