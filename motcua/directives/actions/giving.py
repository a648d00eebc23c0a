"""Giving: a task by hand, from a proposal, for an app above, as a part of another, or for each period."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.base.actors import Actor
from motcua.base.clock import day_of
from motcua.base.errors import Refused
from motcua.base.refs import Ref
from motcua.directives import rules
from motcua.directives.actions.making import begin
from motcua.directives.actions.rounds import begin_series
from motcua.directives.actions.writing import TaskIn, write_task
from motcua.directives.models import Task
from motcua.directives.queries.places import authority_of, desk_of
from motcua.directives.rules import Wish
from motcua.directives.terms import Duty, Field, GivenBy, Kind, Move
from motcua.organisations import queries as organisations


@transaction.atomic
def give(task: TaskIn, *, by: Actor, at: datetime) -> Task:
    """Give a task in the name of the actor's house; a recurring one begins its series and gives the first period's."""
    giver = giver_of(by, at)
    return give_for(giver, task, by=by, at=at)


@transaction.atomic
def propose(
    *,
    about: Ref,
    owner: int,
    due: date | None,
    title: str,
    giver: int | None = None,
    content: str = "",
    product: str = "",
    field: Field = Field.OTHER,
    given_by: GivenBy = GivenBy.COMMITTEE,
    figure_code: str = "",
    figure_target: Decimal | None = None,
    by: Actor,
    at: datetime,
) -> Task:
    """What an app above asks of an agency; it begins as a task that the owner accepts or refuses like any other.

    Asked again about the same thing of the same owner while the first is open, the first is the answer.
    """
    same = Task.objects.filter(about=str(about), lead=owner).open().order_by("pk").first()
    if same is not None:
        return same
    house = giver if giver is not None else _asking_house(owner, by, at)
    wish = TaskIn(
        title=title,
        lead=owner,
        kind=Kind.DATED if due else Kind.OPEN_ENDED,
        due_on=due,
        content=content,
        product=product,
        field=field,
        given_by=given_by,
        figure_code=figure_code,
        figure_target=figure_target,
        about=str(about),
    )
    return give_for(house, wish, by=by, at=at)


def giver_of(by: Actor, at: datetime) -> int:
    """In whose name this actor gives, or `Refused`."""
    desk = desk_of(by, at)
    if desk is None or not desk.may(Duty.GIVE):
        raise Refused(_("Chỉ lãnh đạo, trưởng phòng, chuyên viên của cơ quan giao được giao nhiệm vụ."))
    return desk.house


def _asking_house(owner: int, by: Actor, at: datetime) -> int:
    desk = desk_of(by, at)
    if desk is not None:
        return desk.house
    root = organisations.root_of(owner)
    if root is None:
        raise Refused(_("Cơ quan được giao không có trong danh sách cơ quan."))
    return root


def give_for(giver: int, wish: TaskIn, *, by: Actor, at: datetime) -> Task:
    """The task, or the series with its first task, in the name of that giver; within the caller's transaction."""
    _check(wish, giver, at)
    if wish.kind is Kind.RECURRING:
        return begin_series(giver, wish, by=by, at=at)
    return write_task(giver, wish, by=by, at=at)


def _check(wish: TaskIn, giver: int, at: datetime, *, parent: Task | None = None) -> None:
    day = day_of(at)
    lead = organisations.version_on(wish.lead, day) if wish.lead is not None else None
    below = True
    if parent is not None and wish.lead is not None:
        below = wish.lead != parent.lead_id and wish.lead in organisations.subtree_ids(parent.lead_id, day)
    found = rules.giving_objections(
        Wish(
            title=wish.title,
            given_on=wish.given_on or day,
            lead=wish.lead,
            lead_name=organisations.name_on(wish.lead, day) if wish.lead is not None else "",
            lead_stands=lead is not None or wish.lead is None,
            partners=wish.partners,
            kind=wish.kind,
            due_on=wish.due_on,
            recurrence=wish.recurrence,
            parent_due_on=parent.due_on if parent else None,
            below_lead=below,
        )
    )
    if wish.given_on is not None and wish.given_on > day:
        found.append(_("Ngày giao chưa tới."))
    if wish.lead is not None and organisations.root_of(wish.lead) != organisations.root_of(giver):
        found.append(_("Cơ quan chủ trì thuộc tỉnh khác."))
    if found:
        raise Refused(found)


@transaction.atomic
def divide(
    task: Task,
    *,
    title: str,
    lead: int,
    due_on: date | None,
    content: str = "",
    by: Actor,
    at: datetime,
    seen: int | None = None,
) -> Task:
    """Give a part of a task to a unit of the lead's own house."""
    begin(Move.DIVIDE, task, by=by, at=at, seen=seen)
    giver = authority_of(task.lead_id, day_of(at))
    wish = TaskIn(
        title=title,
        lead=lead,
        kind=Kind.DATED if due_on else Kind.OPEN_ENDED,
        due_on=due_on,
        content=content,
        given_by=GivenBy.AGENCY,
        field=Field(task.field),
        follower=task.assignee_id,
        directive=task.directive,
    )
    _check(wish, giver, at, parent=task)
    return write_task(giver, wish, by=by, at=at, parent=task)


def living(agencies: Collection[int], day: date) -> list[int]:
    """Those standing today in place of agencies of an older document; each once, in order."""
    now = organisations.as_now(agencies, day)
    return list(dict.fromkeys(one for agency in agencies for one in now[agency]))


def leads_of(parties: Sequence[dict[str, Any]], day: date) -> list[int]:
    """All agencies that printed names resolved to, as they stand today."""
    return living([one for party in parties for one in party["agencies"]], day)
