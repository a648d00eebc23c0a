"""Capital is assigned and adjusted, each time by a dated decision."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet, Sum

from motcua.base import journal
from motcua.base.actors import Actor
from motcua.base.clock import day_of
from motcua.base.errors import Refused
from motcua.base.text import squeeze
from motcua.investments import rules
from motcua.investments.actions.projects import demand
from motcua.investments.events import PlanDecided
from motcua.investments.models import Disbursement, PlanEntry, Project
from motcua.investments.rules import PlanNow, PlanWish
from motcua.investments.terms import Act

PROVINCE_STREAM = "investments.province:1"


@transaction.atomic
def decide_plan(project: Project | None, wish: PlanWish, *, by: Actor, at: datetime) -> PlanEntry:
    """Assign, adjust or put right the capital of a project; without a project the total assigned to the province."""
    lock_plans(wish.year)
    demand(Act.KEEP, by=by, at=at)
    wish = replace(wish, decision=squeeze(wish.decision)[:200], note=squeeze(wish.note)[:500])
    now = _now(project, wish)
    if found := rules.plan_objections(wish, now, day_of(at)):
        raise Refused(found)
    entry = PlanEntry.objects.create(
        project=project,
        year=wish.year,
        source=wish.source.value,
        capital=wish.capital.value,
        basis=wish.basis.value,
        kind=wish.kind.value,
        change_vnd=wish.change_vnd,
        decided_on=wish.decided_on,
        decision=wish.decision,
        note=wish.note,
        recorded_at=at,
        recorded_by=by.id,
        recorded_by_name=str(by)[:200],
    )
    event = PlanDecided(
        entry=entry.pk,
        project=project.pk if project else None,
        year=wish.year,
        source=wish.source.value,
        capital=wish.capital.value,
        basis=wish.basis.value,
        kind=wish.kind.value,
        change_vnd=wish.change_vnd,
        decided_on=wish.decided_on,
        decision=wish.decision,
    )
    journal.record(event, stream=project.stream if project else PROVINCE_STREAM, by=by, at=at)
    return entry


def lock_plans(year: int) -> None:
    """One writer of a year's plans and payments at a time, until the end of the transaction: sums must stay true."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('investments.plan'), %s)", [year])


def _now(project: Project | None, wish: PlanWish) -> PlanNow:
    """What the new line is judged against."""
    same: dict[str, Any] = {"year": wish.year, "source": wish.source.value, "capital": wish.capital.value}
    rows = PlanEntry.objects.filter(**same)
    ours = rows.filter(project=project)
    entries = list(ours.filter(basis=wish.basis.value).values_list("decided_on", "change_vnd"))
    of_basis = rows.filter(basis=wish.basis.value)
    if project is None:
        return PlanNow(entries=entries, allotted=_sum(of_basis.exclude(project=None)))
    totals = of_basis.filter(project=None)
    paid = Disbursement.objects.filter(project=project, replaced_at=None, **same).order_by("-month").first()
    return PlanNow(
        entries=entries,
        other_basis=_sum(ours.exclude(basis=wish.basis.value)),
        disbursed=paid.disbursed_vnd if paid else 0,
        room=_sum(totals) - _sum(of_basis.exclude(project=None)) if totals.exists() else None,
    )


def _sum(rows: QuerySet[PlanEntry]) -> int:
    return int(rows.aggregate(total=Sum("change_vnd"))["total"] or 0)
