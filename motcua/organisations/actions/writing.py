"""How outcomes become rows and journal entries; used alike by single decisions and by plans in bulk."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.db import connection
from django.db.models import Model
from psycopg.types.range import DateRange

from motcua.base.events import Event
from motcua.organisations import queries
from motcua.organisations.events import AgencyDivided, AgencyEnded, AgencyOpened, AgencyRenamed, AgencyTransferred
from motcua.organisations.models import Agency, AgencyVersion, ChangeEvent, Revision, Succession
from motcua.organisations.rules import Numbers, Outcome, Register, Step, Version
from motcua.organisations.terms import Change


def stream_of(agency: int) -> str:
    """The journal's stream of one agency."""
    return f"organisations.agency:{agency}"


def lock() -> None:
    """Wait until nobody else changes agencies; then nobody else does until the end of the transaction."""
    Revision.objects.bulk_create([Revision(pk=Revision.ONLY, stamp=uuid4())], ignore_conflicts=True)
    Revision.objects.select_for_update(of=("self",)).get(pk=Revision.ONLY)


def mark() -> None:
    """Tell every reader that the register is another."""
    Revision.objects.filter(pk=Revision.ONLY).update(stamp=uuid4())
    queries.forget()


def numbers(at_once: int = 1) -> Numbers:
    """New row numbers from the database's own sequences, `at_once` in one statement."""
    return Numbers(
        agency=_numbers_of(Agency, at_once).__next__,
        version=_numbers_of(AgencyVersion, at_once).__next__,
        event=_numbers_of(ChangeEvent, at_once).__next__,
    )


def _numbers_of(model: type[Model], at_once: int) -> Iterator[int]:
    table = model._meta.db_table
    while True:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [table, at_once]
            )
            found = [int(row[0]) for row in cursor.fetchall()]
        yield from found


def event_row(event: int, step: Step, at: datetime) -> ChangeEvent:
    """The row of the decision itself."""
    return ChangeEvent(pk=event, kind=step.change, on=step.on, decision=step.decision, note=step.note, recorded_at=at)


def agency_rows(opened: Iterable[int], register: Register, at: datetime) -> list[Agency]:
    """Rows of agencies that begin."""
    return [Agency(pk=one, root_id=register.roots[one], created_at=at) for one in opened]


def version_row(version: Version) -> AgencyVersion:
    """The row of one version."""
    values: dict[str, Any] = {name: getattr(version, name) for name in Version.__slots__}
    during = DateRange(values.pop("since"), values.pop("until"), "[)")
    keys = {f"{name}_id": values.pop(name) for name in ("agency", "change", "parent")}
    return AgencyVersion(**values, **keys, during=during)


def follow_rows(outcome: Outcome) -> list[Succession]:
    """Rows of who follows whom."""
    return [
        Succession(event_id=one.event, predecessor_id=one.predecessor, successor_id=one.successor)
        for one in outcome.follows
    ]


def write(outcome: Outcome, register: Register, *, at: datetime) -> None:
    """Write one outcome: what ends is closed before what begins, for the database refuses any overlap."""
    event_row(outcome.event, outcome.step, at).save(force_insert=True)
    Agency.objects.bulk_create(agency_rows(outcome.opened, register, at))
    for version in outcome.changed:
        row = version_row(version)
        row.save(force_update=True)
    AgencyVersion.objects.bulk_create([version_row(one) for one in outcome.added])
    Succession.objects.bulk_create(follow_rows(outcome))
    for root in set(outcome.roots.values()):
        moved = [one for one, its in outcome.roots.items() if its == root and one not in outcome.opened]
        if moved:
            Agency.objects.filter(pk__in=moved).update(root=root)
    mark()


def events_of(outcome: Outcome, register: Register) -> Iterator[tuple[int, Event]]:
    """What the outcome announces, each event with the agency in whose stream it lies."""
    step, change = outcome.step, outcome.event
    for agency in outcome.opened:
        version = register.history(agency)[0]
        yield (
            agency,
            AgencyOpened(
                agency=agency,
                change=change,
                on=step.on,
                decision=step.decision,
                name=version.name,
                kind=version.kind,
                parent=version.parent,
                code=version.code,
            ),
        )
    match step.change:
        case Change.RENAME | Change.TRANSFER:
            yield from _renewals(outcome)
        case Change.MERGE | Change.SPLIT | Change.ABOLISH:
            yield from _endings(outcome)
        case Change.OPEN:
            pass


def _renewals(outcome: Outcome) -> Iterator[tuple[int, Event]]:
    step, change = outcome.step, outcome.event
    for version in [*outcome.changed, *outcome.added]:
        if version.change != change:
            continue
        if step.change is Change.RENAME:
            yield (
                version.agency,
                AgencyRenamed(
                    agency=version.agency,
                    change=change,
                    on=step.on,
                    decision=step.decision,
                    name=version.name,
                    code=version.code,
                ),
            )
        elif version.parent is not None:
            yield (
                version.agency,
                AgencyTransferred(
                    agency=version.agency,
                    change=change,
                    on=step.on,
                    decision=step.decision,
                    parent=version.parent,
                    code=version.code,
                ),
            )


def _endings(outcome: Outcome) -> Iterator[tuple[int, Event]]:
    step, change = outcome.step, outcome.event
    heirs: dict[int, list[int]] = {}
    for follow in outcome.follows:
        heirs.setdefault(follow.predecessor, [])
        if follow.successor is not None:
            heirs[follow.predecessor].append(follow.successor)
    for agency in outcome.ended:
        yield (
            agency,
            AgencyEnded(
                agency=agency,
                change=change,
                kind=step.change,
                on=step.on,
                decision=step.decision,
                successors=tuple(heirs.get(agency, ())),
            ),
        )
    for agency in heirs.keys() - set(outcome.ended):
        yield (
            agency,
            AgencyDivided(
                agency=agency, change=change, on=step.on, decision=step.decision, successors=tuple(heirs[agency])
            ),
        )
