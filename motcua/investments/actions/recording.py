"""A month's figures are recorded and corrected; what was believed before stays."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from django.db import transaction

from motcua.base import journal
from motcua.base.actors import Actor
from motcua.base.clock import day_of
from motcua.base.errors import Refused
from motcua.base.text import squeeze
from motcua.investments import rules
from motcua.investments.actions.planning import lock_plans
from motcua.investments.actions.projects import demand
from motcua.investments.events import DisbursementCorrected, DisbursementRecorded
from motcua.investments.models import Disbursement, PlanEntry, Project
from motcua.investments.rules import FigureNow, FigureWish
from motcua.investments.terms import Act, Basis, Capital, Source, Standing

Key = tuple[str, str]


class Written(StrEnum):
    """What became of a figure that was handed in."""

    NEW = "new"
    CORRECTED = "corrected"
    UNCHANGED = "unchanged"


class Done(NamedTuple):
    """The figure in force now, and what became of the one handed in."""

    figure: Disbursement
    written: Written
    before_vnd: int | None


@transaction.atomic
def record(project: Project, wishes: Sequence[FigureWish], *, by: Actor, at: datetime) -> list[Done]:
    """Record figures of one project and plan year, in order of their months; all of them or none.

    Where a month has the same figure already nothing changes; where it has another one, a reason makes it a correction.
    """
    for year in sorted({wish.year for wish in wishes}):
        lock_plans(year)
    project.refresh_from_db(from_queryset=Project.objects.select_for_update(of=("self",)))
    demand(Act.RECORD, by=by, at=at, project=project)
    book = _Book(project, {wish.year for wish in wishes})
    done, fresh, refused = list[Done](), list[tuple[Disbursement, Disbursement | None]](), list[str]()
    for wish in sorted(wishes, key=lambda one: (one.year, one.month)):
        clean = replace(wish, reason=squeeze(wish.reason)[:500])
        before = book.in_force.get((wish.year, wish.month, wish.source.value, wish.capital.value))
        if before is not None and _same(before, clean):
            done.append(Done(before, Written.UNCHANGED, before.disbursed_vnd))
        elif found := rules.figure_objections(clean, book.now(clean), day_of(at)):
            refused += found
        else:
            row = _row(project, clean, before, by=by, at=at)
            changed = Written.CORRECTED if before else Written.NEW
            done.append(Done(row, changed, before.disbursed_vnd if before else None))
            fresh.append((row, before))
            book.put(row)
    if refused:
        raise Refused(dict.fromkeys(refused))
    _write(project, fresh, by=by, at=at)
    return done


def correct(
    figure: Disbursement,
    *,
    disbursed_vnd: int,
    reason: str,
    by: Actor,
    at: datetime,
    as_of_on: date | None = None,
    advance_vnd: int | None = None,
    volume_vnd: int | None = None,
) -> Done:
    """Put one figure right; the version before stays readable with the moment until which it was believed."""
    wish = FigureWish(
        year=figure.year,
        month=figure.month,
        source=Source(figure.source),
        capital=Capital(figure.capital),
        disbursed_vnd=disbursed_vnd,
        as_of_on=as_of_on or figure.as_of_on,
        advance_vnd=min(figure.advance_vnd, max(disbursed_vnd, 0)) if advance_vnd is None else advance_vnd,
        volume_vnd=figure.volume_vnd if volume_vnd is None else volume_vnd,
        standing=Standing(figure.standing),
        reason=reason,
    )
    return record(figure.project, [wish], by=by, at=at)[0]


class _Book:
    """Everything that is known of one project's years, read once for all figures that are handed in together."""

    def __init__(self, project: Project, years: set[int]) -> None:
        plans = PlanEntry.objects.filter(project=project, year__in=years)
        self.plans = list(plans.values_list("year", "source", "capital", "basis", "decided_on", "change_vnd"))
        rows = Disbursement.objects.filter(project=project, year__in=years, replaced_at=None).order_by("month")
        self.in_force: dict[tuple[int, date, str, str], Disbursement] = {}
        for row in rows:
            self.put(row)

    def put(self, row: Disbursement) -> None:
        """The row is in force from here on."""
        self.in_force[row.year, row.month, row.source, row.capital] = row

    def now(self, wish: FigureWish) -> FigureNow:
        """What the figure is judged against."""
        own = (wish.year, wish.source.value, wish.capital.value)
        plan = dict.fromkeys(Basis, 0)
        for year, source, capital, basis, decided_on, change in self.plans:
            if (year, source, capital) == own and decided_on <= rules.end_of(wish.month):
                plan[Basis(basis)] += change
        earlier = [
            row
            for (year, month, source, capital), row in self.in_force.items()
            if (year, source, capital) == own and month < wish.month
        ]
        before = max(earlier, key=lambda row: row.month, default=None)
        same = self.in_force.get((wish.year, wish.month, wish.source.value, wish.capital.value))
        return FigureNow(
            plan=plan,
            month_before=before.disbursed_vnd if before else 0,
            in_force=same.disbursed_vnd if same else None,
            in_force_confirmed=same is not None and same.standing == Standing.CONFIRMED,
        )


def _same(row: Disbursement, wish: FigureWish) -> bool:
    mine = (row.disbursed_vnd, row.advance_vnd, row.volume_vnd, row.standing)
    return mine == (wish.disbursed_vnd, wish.advance_vnd, wish.volume_vnd, wish.standing.value)


def _row(project: Project, wish: FigureWish, before: Disbursement | None, *, by: Actor, at: datetime) -> Disbursement:
    return Disbursement(
        project=project,
        investor_id=project.investor_id,
        year=wish.year,
        month=wish.month,
        source=wish.source.value,
        capital=wish.capital.value,
        disbursed_vnd=wish.disbursed_vnd,
        as_of_on=wish.as_of_on,
        advance_vnd=wish.advance_vnd,
        volume_vnd=wish.volume_vnd,
        standing=wish.standing.value,
        version=before.version + 1 if before else 1,
        reason=wish.reason,
        recorded_at=at,
        recorded_by=by.id,
        recorded_by_name=str(by)[:200],
    )


def _write(
    project: Project, fresh: Sequence[tuple[Disbursement, Disbursement | None]], *, by: Actor, at: datetime
) -> None:
    """Rows together, one line in the journal for each; a row that corrects another one of the same handing in follows it."""
    for _row_after, before in fresh:
        if before is not None:
            before.replaced_at = at
            if before.pk is not None:
                before.save(update_fields=["replaced_at"])
    Disbursement.objects.bulk_create([row for row, _before in fresh])
    for row, before in fresh:
        _announce(project, row, before, by=by, at=at)


def _announce(project: Project, row: Disbursement, before: Disbursement | None, *, by: Actor, at: datetime) -> None:
    if before is None:
        event: DisbursementRecorded | DisbursementCorrected = DisbursementRecorded(
            disbursement=row.pk,
            project=project.pk,
            investor=row.investor_id,
            year=row.year,
            month=row.month,
            source=row.source,
            capital=row.capital,
            disbursed_vnd=row.disbursed_vnd,
            as_of_on=row.as_of_on,
            standing=row.standing,
        )
    else:
        event = DisbursementCorrected(
            disbursement=row.pk,
            replaces=before.pk,
            project=project.pk,
            investor=row.investor_id,
            year=row.year,
            month=row.month,
            source=row.source,
            capital=row.capital,
            before_vnd=before.disbursed_vnd,
            disbursed_vnd=row.disbursed_vnd,
            as_of_on=row.as_of_on,
            standing=row.standing,
            reason=row.reason,
        )
    journal.record(event, stream=project.stream, by=by, at=at)
