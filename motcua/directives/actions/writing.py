"""The rows of a task just given: what a door hands in, the narrow row, its words, its first row of days, its first entry."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from motcua.base.actors import Actor
from motcua.base.clock import day_of
from motcua.base.text import squeeze
from motcua.directives import rules
from motcua.directives.actions.making import code_of, keep_days, next_number, search_words, tell
from motcua.directives.actions.telling import tell_given
from motcua.directives.events import TaskGiven
from motcua.directives.models import Coordination, Directive, Proposal, Series, Task, TaskText
from motcua.directives.terms import Field, GivenBy, Kind, Recurrence, Status, Urgency
from motcua.organisations import queries as organisations


@dataclass(frozen=True, kw_only=True)
class TaskIn:
    """A task as it comes through a door."""

    title: str
    lead: int | None
    partners: tuple[int, ...] = ()
    kind: Kind = Kind.DATED
    due_on: date | None = None
    recurrence: Recurrence = Recurrence.NONE
    due_day: int | None = None
    until: date | None = None
    """The last day of a recurring task; None: until it is ended."""
    given_by: GivenBy = GivenBy.COMMITTEE
    given_on: date | None = None
    """Ngày giao, the day of the document; None: today. The row itself begins on the day it is written."""
    field: Field = Field.OTHER
    urgency: Urgency = Urgency.NORMAL
    follower: int | None = None
    giver_person: int | None = None
    content: str = ""
    product: str = ""
    target: str = ""
    figure_code: str = ""
    figure_target: Decimal | None = None
    partner_words: str = ""
    public: bool = False
    directive: Directive | None = None
    proposal: Proposal | None = None
    anchor: str = ""
    about: str = ""


def write_task(
    giver: int,
    wish: TaskIn,
    *,
    by: Actor,
    at: datetime,
    parent: Task | None = None,
    series: Series | None = None,
    period: rules.Period | None = None,
) -> Task:
    """The rows of a task just given, its first row of days, its first entry, and the line to the lead."""
    number, day = next_number(), day_of(at)
    task = Task(**task_columns(number, giver, wish, day, parent=parent, series=series, period=period))
    task.save(force_insert=True)
    TaskText.objects.create(task=task, **text_columns(wish))
    Coordination.objects.bulk_create(Coordination(task=task, agency_id=one) for one in wish.partners)
    keep_days(task, day)
    tell(
        task,
        TaskGiven,
        by=by,
        at=at,
        code=task.code,
        partners=wish.partners,
        parent=parent.pk if parent else None,
        series=series.pk if series else None,
        about=wish.about,
    )
    tell_given(task, at=at)
    return task


def task_columns(
    number: int,
    giver: int,
    wish: TaskIn,
    day: date,
    *,
    parent: Task | None = None,
    series: Series | None = None,
    period: rules.Period | None = None,
) -> dict[str, Any]:
    """The narrow row of a task just given."""
    assert wish.lead is not None, "checked before"
    title, code = squeeze(wish.title), code_of(number, day)
    return {
        "pk": number,
        "code": code,
        "root_id": organisations.root_of(giver),
        "status": Status.ASSIGNED,
        "kind": wish.kind,
        "urgency": wish.urgency,
        "title": title,
        "given_by": wish.given_by,
        "field": wish.field,
        "giver_id": giver,
        "giver_person_id": wish.giver_person,
        "lead_id": wish.lead,
        "follower_id": wish.follower,
        "directive_id": wish.directive.pk if wish.directive else None,
        "proposal_id": wish.proposal.pk if wish.proposal else None,
        "parent_id": parent.pk if parent else None,
        "series_id": series.pk if series else None,
        "period": period.name if period else "",
        "period_begin": period.begin if period else None,
        "about": wish.about,
        "given_on": wish.given_on or day,
        "due_on": wish.due_on,
        "first_due_on": wish.due_on,
        "public": wish.public and parent is None,
        "figure_code": squeeze(wish.figure_code)[:60],
        "search": search_words(title, code, wish.directive),
    }


def text_columns(wish: TaskIn) -> dict[str, Any]:
    """What only the task's own page reads."""
    return {
        "content": wish.content.strip(),
        "product": squeeze(wish.product)[:500],
        "target": squeeze(wish.target)[:500],
        "figure_target": wish.figure_target,
        "anchor": wish.anchor[:40],
        "partner_words": squeeze(wish.partner_words)[:1000],
    }
