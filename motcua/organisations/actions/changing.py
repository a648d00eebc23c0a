"""One decision at a time: lock, check, change, log, announce."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.db import transaction

from motcua.base import journal
from motcua.base.actors import Actor
from motcua.base.clock import day_of
from motcua.base.errors import Refused
from motcua.base.text import squeeze
from motcua.organisations import queries, rules
from motcua.organisations.actions import writing
from motcua.organisations.events import AgencyCorrected
from motcua.organisations.models import Agency
from motcua.organisations.rules import New, Outcome, Step
from motcua.organisations.terms import Kind


def open_agency(new: New, *, by: Actor, at: datetime, on: date, decision: str, note: str = "") -> Agency:
    """A new agency begins to work on that day."""
    outcome = carry_out(rules.opening(tidy(new), on=on, decision=decision, note=note), by=by, at=at)
    return Agency.objects.get(pk=outcome.opened[0])


def rename(
    agency: Agency, *, by: Actor, at: datetime, on: date, decision: str, note: str = "", **values: str | bool
) -> None:
    """From that day another name, short_name, code, code_is_ours, place, address or phone; the agency stays."""
    carry_out(rules.renaming(agency.pk, on=on, decision=decision, note=note, **_tidied(values)), by=by, at=at)


def merge(
    agencies: list[Agency], *, into: Agency | New, by: Actor, at: datetime, on: date, decision: str, note: str = ""
) -> Agency:
    """Several agencies become a new one or go up in one that stays; the one that follows is given back."""
    refs = tuple(one.pk for one in agencies)
    step = rules.merging(refs, into=_ref(into), on=on, decision=decision, note=note)
    outcome = carry_out(step, by=by, at=at)
    return Agency.objects.get(pk=next(one.successor for one in outcome.follows if one.successor is not None))


def split(
    agency: Agency,
    *,
    into: list[Agency | New],
    by: Actor,
    at: datetime,
    on: date,
    decision: str,
    note: str = "",
) -> list[Agency]:
    """One agency is divided (chia); if it is itself among `into` it stays and gives a part away (tách)."""
    step = rules.splitting(agency.pk, into=tuple(_ref(one) for one in into), on=on, decision=decision, note=note)
    outcome = carry_out(step, by=by, at=at)
    found = Agency.objects.in_bulk([one.successor for one in outcome.follows])
    return [found[one.successor] for one in outcome.follows if one.successor is not None]


def abolish(
    agency: Agency,
    *,
    by: Actor,
    at: datetime,
    on: date,
    decision: str,
    successors: tuple[Agency, ...] = (),
    note: str = "",
) -> None:
    """The agency ends on that day, with the units inside it; the successors take over its files and unfinished work."""
    refs = tuple(one.pk for one in successors)
    carry_out(rules.abolishing(agency.pk, successors=refs, on=on, decision=decision, note=note), by=by, at=at)


def transfer(
    agency: Agency,
    *,
    to: Agency,
    by: Actor,
    at: datetime,
    on: date,
    decision: str,
    note: str = "",
    **values: str | bool,
) -> None:
    """From that day the agency stands under another, with all that stands under it."""
    step = rules.transferring(agency.pk, to=to.pk, on=on, decision=decision, note=note, **_tidied(values))
    carry_out(step, by=by, at=at)


@transaction.atomic
def carry_out(step: Step, *, by: Actor, at: datetime) -> Outcome:
    """Make one decision true. Decisions about agencies are made one after the other, never two at once."""
    writing.lock()
    register = queries.load_register()
    rules.check(step, register, today=day_of(at))
    outcome = rules.apply(step, register, writing.numbers())
    writing.write(outcome, register, at=at)
    for agency, event in writing.events_of(outcome, register):
        journal.record(event, stream=writing.stream_of(agency), by=by, at=at)
    return outcome


@transaction.atomic
def correct(agency: Agency, *, day: date, reason: str, by: Actor, at: datetime, **values: str | bool) -> None:
    """Mend what was written wrongly in the version of that day; the journal keeps what stood there, and the reason."""
    writing.lock()
    register = queries.load_register()
    version = register.on(agency.pk, day)
    tidied = _tidied(values)
    if found := rules.correction_objections(version, tidied, reason=reason, register=register):
        raise Refused(found)
    if version is None:  # an objection above
        raise AssertionError(day)
    if "kind" in tidied:
        tidied["kind"] = Kind(tidied["kind"])
    fresh = rules.renewed(version, tidied)
    writing.version_row(fresh).save(force_update=True)
    writing.mark()
    for name in sorted(tidied):
        was, now = getattr(version, name), getattr(fresh, name)
        if was != now:
            event = AgencyCorrected(
                agency=agency.pk, version=version.id, field=name, was=str(was), now=str(now), reason=squeeze(reason)
            )
            journal.record(event, stream=writing.stream_of(agency.pk), by=by, at=at)


def tidy(new: New) -> New:
    """The new agency with its texts in one spelling; a parent may be given as a row."""
    texts: dict[str, Any] = {
        name: squeeze(getattr(new, name))
        for name in ("name", "short_name", "code", "place", "place_code", "address", "phone")
    }
    return replace(new, **texts)


def _tidied(values: dict[str, str | bool]) -> dict[str, Any]:
    return {name: squeeze(value) if isinstance(value, str) else value for name, value in values.items()}


def _ref(one: Agency | New) -> int | New:
    return tidy(one) if isinstance(one, New) else one.pk
