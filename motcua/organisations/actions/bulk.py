"""A whole plan of decisions at once, for fixtures and imports: same rules, rows and journal as one at a time."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from django.db import transaction

from motcua.base import journal
from motcua.base.actors import Actor
from motcua.base.clock import day_of
from motcua.base.events import Event
from motcua.organisations import queries, rules
from motcua.organisations.actions import writing
from motcua.organisations.models import Agency, AgencyVersion, ChangeEvent, Succession
from motcua.organisations.rules import New, Outcome, Register, Step


class Made(NamedTuple):
    """What a plan made: the numbers of agencies by the keys of the plan, and how many decisions."""

    agencies: dict[str, int]
    decisions: int


@transaction.atomic
def make(steps: Iterable[Step], *, by: Actor, at: datetime) -> Made:
    """Carry out the plan in its order. It may change only agencies it opens itself: their journals begin with it."""
    writing.lock()
    register = queries.load_register()
    known = set(register.agencies())
    outcomes, told, keys = _carried_out(steps, register, at)
    touched = {version.agency for outcome in outcomes for version in outcome.changed} | {
        agency for outcome in outcomes for agency in outcome.roots
    }
    if touched & known:
        raise ValueError(f"a plan changes only agencies it opens itself: {sorted(touched & known)[:5]}")
    _write(outcomes, register, at)
    journal.record_new_streams(journal.Line(writing.stream_of(agency), event, by, at) for agency, event in told)
    writing.mark()
    return Made(keys, len(outcomes))


def resolved(step: Step, keys: dict[str, int]) -> Step:
    """The step with the keys of its plan replaced by the numbers the agencies were given."""

    def number(ref: int | str) -> int:
        return keys[ref] if isinstance(ref, str) else ref

    def target(one: int | str | New) -> int | New:
        if isinstance(one, New):
            return one if one.parent is None else replace(one, parent=number(one.parent))
        return number(one)

    return replace(
        step,
        agencies=tuple(number(one) for one in step.agencies),
        into=tuple(target(one) for one in step.into),
        parent=None if step.parent is None else number(step.parent),
    )


def keys_opened(step: Step, opened: list[int]) -> dict[str, int]:
    """The keys a step gave to the agencies it opened."""
    new = [one for one in step.into if isinstance(one, New)]
    return {one.key: agency for one, agency in zip(new, opened, strict=True) if one.key}


def _carried_out(
    steps: Iterable[Step], register: Register, at: datetime
) -> tuple[list[Outcome], list[tuple[int, Event]], dict[str, int]]:
    numbers, today = writing.numbers(at_once=500), day_of(at)
    outcomes: list[Outcome] = []
    told: list[tuple[int, Event]] = []
    keys: dict[str, int] = {}
    for planned in steps:
        step = resolved(planned, keys)
        rules.check(step, register, today=today)
        outcome = rules.apply(step, register, numbers)
        keys |= keys_opened(step, outcome.opened)
        outcomes.append(outcome)
        told += writing.events_of(outcome, register)
    return outcomes, told, keys


def _write(outcomes: list[Outcome], register: Register, at: datetime) -> None:
    """Rows as they stand at the end of the plan; nothing is written twice."""
    opened = [agency for outcome in outcomes for agency in outcome.opened]
    versions = dict.fromkeys(version.id for outcome in outcomes for version in outcome.added)
    ChangeEvent.objects.bulk_create([writing.event_row(one.event, one.step, at) for one in outcomes])
    Agency.objects.bulk_create(writing.agency_rows(opened, register, at))
    AgencyVersion.objects.bulk_create([writing.version_row(register.versions[one]) for one in versions])
    Succession.objects.bulk_create([row for one in outcomes for row in writing.follow_rows(one)])
