"""What an event says of the state it ends: from which status, office and due moment, and what time was spent there.

An entry of the journal is thereby complete: figures are counted from it alone, without a look at the entry before.
"""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from motcua.base.clock import day_of
from motcua.dossiers.models import Dossier
from motcua.dossiers.terms import Turn
from motcua.workdays import queries as workdays
from motcua.workdays import rules as clock


def passed(
    dossier: Dossier, changes: Mapping[str, Any], *, at: datetime, pauses: Callable[[Dossier], list[clock.Pause]]
) -> dict[str, Any]:
    """The facts of the state before these changes are written; `pauses` is asked only at the end of a dossier."""
    found = unmoved(dossier)
    if "held_since" in changes or changes.get("turn") == Turn.NOBODY:
        found |= _stay(dossier, at)
    if changes.get("finished_at") is not None and dossier.received_at is not None:
        found["took_minutes"] = _net(dossier, at, pauses(dossier))
    return found


def in_utc(moment: datetime | None) -> datetime | None:
    """The moment as the database gives it back, so that the same fact has the same text however it was written."""
    return None if moment is None else moment.astimezone(UTC)


def unmoved(dossier: Dossier) -> dict[str, Any]:
    """The state as it is: what stands before an event that moves nothing."""
    return {
        "was_status": str(dossier.status),
        "was_holding": dossier.holding_id,
        "was_due_at": in_utc(dossier.due_at),
    }


def _stay(dossier: Dossier, at: datetime) -> dict[str, int]:
    """Working minutes the office had it, and the minutes its step of the route gives; the applicant's time is not counted."""
    if dossier.turn in (Turn.APPLICANT, Turn.NOBODY):
        return {}
    calendar = workdays.calendar_of(dossier.deciding_id, day_of(dossier.held_since))
    route, step = dossier.application.route, dossier.step
    given = Decimal(str(route[step - 1]["hours"])) if 0 < step <= len(route) else Decimal(0)
    return {"held_minutes": clock.minutes_between(dossier.held_since, at, calendar), "given_minutes": int(given * 60)}


def _net(dossier: Dossier, at: datetime, pauses: list[clock.Pause]) -> int:
    """Working minutes from receipt to now, less the time in which the applicant's papers were awaited."""
    assert dossier.received_at is not None
    calendar = workdays.calendar_of(dossier.deciding_id, day_of(dossier.received_at))
    waited = sum(clock.minutes_between(one.start, one.end or at, calendar) for one in pauses)
    return max(0, clock.minutes_between(dossier.received_at, at, calendar) - waited)
