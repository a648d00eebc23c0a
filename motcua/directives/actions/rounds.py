"""Recurring tasks: a series gives one task for each period, until it is ended."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.base import journal
from motcua.base.actors import SYSTEM, Actor
from motcua.base.clock import day_of
from motcua.base.errors import Refused
from motcua.base.text import squeeze
from motcua.directives import rules
from motcua.directives.actions.writing import TaskIn, write_task
from motcua.directives.events import SeriesBegun, SeriesEnded
from motcua.directives.models import Series, Task
from motcua.directives.queries.places import desk_of
from motcua.directives.terms import Duty, Field, GivenBy, Kind, Recurrence, Urgency
from motcua.organisations import queries as organisations


def begin_series(giver: int, wish: TaskIn, *, by: Actor, at: datetime) -> Task:
    """The series and the task of its first period; within the caller's transaction."""
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
