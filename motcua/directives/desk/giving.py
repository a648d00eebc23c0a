"""A task given by hand, and recurring tasks: from what was typed to one action."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from motcua.base.actors import Actor
from motcua.base.clock import day_of
from motcua.base.errors import Refused
from motcua.directives import actions, queries
from motcua.directives.actions import TaskIn
from motcua.directives.desk.loading import GIVERS, OFFICIALS
from motcua.directives.desk.parties import agencies_in
from motcua.directives.models import Task
from motcua.directives.queries import Desk
from motcua.directives.terms import Duty, Field, GivenBy, Kind, Recurrence, Urgency
from motcua.organisations import queries as organisations
from motcua.people.http import PersonRequest, desk_view


def give_from(values: dict[str, Any], desk: Desk, *, by: Actor, at: datetime) -> Task:
    """The task as typed; names of agencies are looked up today, each unknown one with its own sentence."""
    today = day_of(at)
    lead, unknown = agencies_in(values["lead"], root=desk.root, days=(today,))
    partners, strange = agencies_in(values["partners"], root=desk.root, days=(today,))
    found = [*unknown, *strange]
    if len(lead) > 1:
        found.append(_("Ghi một cơ quan chủ trì. Giao nhiều cơ quan thì giao nhiều nhiệm vụ."))
    if found:
        raise Refused(found)
    wish = TaskIn(
        title=values["title"],
        lead=lead[0] if lead else None,
        partners=tuple(one for one in partners if one not in lead),
        kind=Kind(values["kind"]),
        due_on=values["due_on"],
        recurrence=Recurrence(values["recurrence"] or Recurrence.NONE),
        due_day=values["due_day"],
        until=values["until"],
        given_by=GivenBy(values["given_by"]),
        field=Field(values["field"]),
        urgency=Urgency(values["urgency"]),
        follower=values["follower"],
        product=values["product"],
        target=values["target"],
        figure_code=values["figure_code"],
        public=values["public"],
    )
    return actions.give(wish, by=by, at=at)


@desk_view(*OFFICIALS)
def series(request: PersonRequest) -> HttpResponse:
    """Recurring tasks: who owes what how often, until when; those that wait for a person first."""
    by, at = request.actor, request.now
    day = day_of(at)
    rows = list(queries.series_seen(by, at)[:200])
    desk = queries.desk_of(by, at)
    stuck = {one.pk for one in queries.stuck_series(desk.root, day)} if desk is not None else set()
    names = organisations.names_on({one.lead_id for one in rows}, day, short=True)
    lines = [
        {
            "series": one,
            "lead": names[one.lead_id],
            "stuck": one.pk in stuck,
            "ended": one.until is not None and one.until < day,
            "mine": desk is not None and one.giver_id in desk.gives and desk.may(Duty.GIVE),
            "last": one.opened_until,
        }
        for one in rows
    ]
    context = {"lines": lines, "may_give": queries.may(Duty.GIVE, by=by, at=at)}
    return render(request, "directives/desk/series.html", context)


@desk_view(*GIVERS)
@require_POST
def end_series(request: PersonRequest, pk: int) -> HttpResponse:
    """No further round."""
    one = get_object_or_404(queries.series_seen(request.actor, request.now), pk=pk)
    actions.end_series(one, by=request.actor, at=request.now)
    messages.success(request, _("Đã dừng nhiệm vụ định kỳ; các kỳ đã giao vẫn còn."))
    return redirect("directives_desk:series")
