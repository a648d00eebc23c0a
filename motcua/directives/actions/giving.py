"""Giving: a task by hand, from a proposal, for an app above, as a part of another, or for each period."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.base import journal
from motcua.base.actors import SYSTEM, Actor
from motcua.base.clock import day_of
from motcua.base.errors import Refused
from motcua.base.refs import Ref
from motcua.base.text import squeeze
from motcua.directives import rules
from motcua.directives.actions.making import begin, code_of, keep_days, next_number, search_words, tell
from motcua.directives.actions.telling import tell_given
from motcua.directives.events import SeriesBegun, SeriesEnded, TaskGiven
from motcua.directives.models import Coordination, Directive, Proposal, Series, Task, TaskText
from motcua.directives.queries.places import authority_of, desk_of
from motcua.directives.rules import Wish
from motcua.directives.terms import Duty, Field, GivenBy, Kind, Move, Recurrence, Status, Urgency
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
        return _begin_series(giver, wish, by=by, at=at)
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


# Recurring tasks ------------------------------------------------------------------------------------------------------


def _begin_series(giver: int, wish: TaskIn, *, by: Actor, at: datetime) -> Task:
    day = day_of(at)
    if wish.until is not None and wish.until < day:
        raise Refused(_("Ngày kết thúc định kỳ đã qua."))
    series = Series.objects.create(**series_columns(giver, wish, day))
    journal.record(
        SeriesBegun(
            series=series.pk,
            giver=giver,
            lead=series.lead_id,
            recurrence=str(wish.recurrence),
            since=day,
            until=wish.until,
        ),
        stream=series.stream,
        by=by,
        at=at,
    )
    period = rules.period_of(wish.recurrence, day, wish.due_day)
    if period.due_on < day:  # this round's day has passed before the task was given: begin with the next
        period = rules.period_of(wish.recurrence, period.end + timedelta(days=1), wish.due_day)
    return _give_period(series, period, by=by, at=at)


def series_columns(giver: int, wish: TaskIn, day: date) -> dict[str, Any]:
    """The row of a series just begun."""
    return {
        "root_id": organisations.root_of(giver),
        "giver_id": giver,
        "lead_id": wish.lead,
        "follower_id": wish.follower,
        "giver_person_id": wish.giver_person,
        "directive_id": wish.directive.pk if wish.directive else None,
        "proposal_id": wish.proposal.pk if wish.proposal else None,
        "title": squeeze(wish.title),
        "wording": {
            "partners": list(wish.partners),
            "content": wish.content,
            "product": wish.product,
            "target": wish.target,
            "figure_code": wish.figure_code,
            "partner_words": wish.partner_words,
            "anchor": wish.anchor,
            "urgency": str(wish.urgency),
            "public": wish.public,
        },
        "recurrence": wish.recurrence,
        "due_day": wish.due_day,
        "since": day,
        "until": wish.until,
        "given_by": wish.given_by,
        "field": wish.field,
    }


def wish_of(series: Series, period: rules.Period) -> TaskIn:
    """What is given for one period."""
    words = series.wording
    return TaskIn(
        title=f"{series.title} ({period.name})",
        lead=series.lead_id,
        partners=tuple(words.get("partners", ())),
        kind=Kind.RECURRING,
        due_on=period.due_on,
        given_by=GivenBy(series.given_by),
        field=Field(series.field),
        urgency=Urgency(words.get("urgency", Urgency.NORMAL)),
        follower=series.follower_id,
        giver_person=series.giver_person_id,
        content=words.get("content", ""),
        product=words.get("product", ""),
        target=words.get("target", ""),
        figure_code=words.get("figure_code", ""),
        partner_words=words.get("partner_words", ""),
        public=bool(words.get("public")),
        directive=series.directive,
        proposal=series.proposal,
        anchor=words.get("anchor", ""),
    )


def _give_period(series: Series, period: rules.Period, *, by: Actor, at: datetime) -> Task:
    wish = wish_of(series, period)
    day = day_of(at)
    if wish.due_on is not None and wish.due_on < day:
        wish = replace(wish, due_on=day)  # nobody can be late on the day of being told
    task = write_task(series.giver_id, wish, by=by, at=at, series=series, period=period)
    series.opened_until = period.end
    series.save(update_fields=["opened_until"])
    return task


@transaction.atomic
def open_next_period(series: Series, *, at: datetime) -> Task | None:
    """Give the task of the period in which the moment lies, if it has none yet; rounds missed while asleep are not made up.

    The lead of the series may have been merged since: then those that took over get nothing in silence, and the series waits
    for a person (`queries.stuck_series`).
    """
    locked = Series.objects.select_for_update(of=("self",)).get(pk=series.pk)
    day = day_of(at)
    if locked.until is not None and locked.until < day:
        return None
    period = rules.period_of(Recurrence(locked.recurrence), day, locked.due_day)
    if locked.opened_until is not None and locked.opened_until >= period.end:
        return None
    heirs = organisations.as_now([locked.lead_id], day)[locked.lead_id]
    if len(heirs) != 1:
        return None
    if heirs[0] != locked.lead_id:
        locked.lead_id = heirs[0]
        locked.save(update_fields=["lead"])
    return _give_period(locked, period, by=SYSTEM, at=at)


@transaction.atomic
def end_series(series: Series, *, by: Actor, at: datetime) -> None:
    """No further round of a recurring task; those already given stay."""
    desk = desk_of(by, at)
    if by is not SYSTEM and (desk is None or series.giver_id not in desk.gives or not desk.may(Duty.GIVE)):
        raise Refused(_("Chỉ cơ quan giao được dừng nhiệm vụ định kỳ."))
    locked = Series.objects.select_for_update(of=("self",)).get(pk=series.pk)
    day = day_of(at)
    if locked.until is not None and locked.until <= day:
        raise Refused(_("Nhiệm vụ định kỳ này đã dừng từ trước."))
    locked.until = max(day, locked.since)
    locked.save(update_fields=["until"])
    series.until = locked.until
    journal.record(SeriesEnded(series=series.pk, until=locked.until), stream=series.stream, by=by, at=at)


def living(agencies: Collection[int], day: date) -> list[int]:
    """Those standing today in place of agencies of an older document; each once, in order."""
    now = organisations.as_now(agencies, day)
    return list(dict.fromkeys(one for agency in agencies for one in now[agency]))


def leads_of(parties: Sequence[dict[str, Any]], day: date) -> list[int]:
    """All agencies that printed names resolved to, as they stand today."""
    return living([one for party in parties for one in party["agencies"]], day)
