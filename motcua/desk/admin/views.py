"""The start page of administration: what can be set here, and how it stands."""

from typing import Any

from django.db.models import F
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from motcua.base.clock import day_of
from motcua.base.models import Checkpoint, Entry, FailedReaction, Head
from motcua.notifications import queries as notifications
from motcua.organisations import queries as organisations
from motcua.organisations.terms import Level
from motcua.people import queries as people
from motcua.people.http import PersonRequest, desk_view
from motcua.people.rules import allows
from motcua.people.terms import Permission
from motcua.procedures import queries as procedures
from motcua.workdays import queries as workdays
from motcua.workdays.terms import DayStatus

UNSEALED_CAP = 1000
PERMISSIONS = {
    "calendar": Permission.MANAGE_CALENDAR,
    "agencies": Permission.MANAGE_ORGANISATIONS,
    "people": Permission.MANAGE_PEOPLE,
    "procedures": Permission.MANAGE_PROCEDURES,
    "parked": Permission.MANAGE_MESSAGES,
    "journal": Permission.VERIFY_JOURNAL,
}


@require_safe
@desk_view(*PERMISSIONS.values())
def admin(request: PersonRequest) -> HttpResponse:
    """One card for each thing the role may set, with one line that says how it stands today."""
    may = {name: allows(needed, request.actor.roles) for name, needed in PERMISSIONS.items()}
    facts = {name: FACTS[name](request) for name, allowed in may.items() if allowed}
    return render(request, "desk/admin/start.html", {"may": may, "facts": facts})


def _calendar_facts(request: PersonRequest) -> dict[str, Any]:
    today = day_of(request.now)
    known = workdays.calendar_of(None, today)
    special = {**known.days_off, **known.days_worked}
    coming = sorted(day for day in special if day >= today)
    unsure = [day for day in coming if special[day].status is not DayStatus.DECIDED]
    return {"next": (coming[0], special[coming[0]].name) if coming else None, "unsure": len(unsure)}


def _agencies_facts(request: PersonRequest) -> dict[str, Any]:
    levels = [node.version.level for node in organisations.tree_on(day_of(request.now))]
    return {
        "communes": levels.count(Level.COMMUNE),
        "departments": levels.count(Level.DEPARTMENT),
        "units": levels.count(Level.UNIT),
    }


def _people_facts(request: PersonRequest) -> dict[str, Any]:
    today = day_of(request.now)
    scope = organisations.subtree_ids(request.actor.agency, today) if request.actor.agency else []
    return {"count": people.officials(day=today, agencies=scope).count()}


def _procedures_facts(request: PersonRequest) -> dict[str, Any]:
    return {"published": procedures.published(day_of(request.now)).count()}


def _parked_facts(_request: PersonRequest) -> dict[str, Any]:
    counts = notifications.waiting_counts()
    return {"parked": counts.pop("parked", 0), "waiting": sum(counts.values())}


def _journal_facts(_request: PersonRequest) -> dict[str, Any]:
    unsealed = Head.objects.exclude(seq=F("sealed_seq"))[:UNSEALED_CAP].count()
    return {
        "note": Checkpoint.objects.order_by("-number").first(),
        "last": Entry.objects.order_by("-pk").only("at").first(),
        "unsealed": unsealed,
        "many": unsealed == UNSEALED_CAP,
        "failed": FailedReaction.objects.count(),
    }


FACTS = {
    "calendar": _calendar_facts,
    "agencies": _agencies_facts,
    "people": _people_facts,
    "procedures": _procedures_facts,
    "parked": _parked_facts,
    "journal": _journal_facts,
}
