"""When a message is tried again, and when people must look at it."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, NamedTuple

from motcua.notifications.terms import State

LEASE: Final = timedelta(seconds=60)
"""How long a worker may hold a message in silence; longer than the time-out of one delivery."""
FIRST_WAIT: Final = timedelta(seconds=30)
LONGEST_WAIT: Final = timedelta(hours=1)
MOST_TRIES: Final = 55
"""About two days of failures; then a person must look. Nothing is thrown away."""


class Verdict(StrEnum):
    """What the world said to one try."""

    TAKEN = "taken"
    LATER = "later"
    """Busy, unreachable, or a passing refusal."""
    NEVER = "never"
    """The address does not exist, the message cannot be delivered: trying again would not help."""
    UNKNOWN = "unknown"
    """The line broke after the message was handed over: it may have arrived."""


class Next(NamedTuple):
    """What becomes of the message."""

    state: State
    next_attempt_at: datetime


def wait_before(attempt: int) -> timedelta:
    """Doubling from half a minute to an hour."""
    doublings = min(max(attempt - 1, 0), 12)
    return min(FIRST_WAIT * (1 << doublings), LONGEST_WAIT)


def after(verdict: Verdict, *, attempt: int, at: datetime) -> Next:
    """Where a message stands after try number `attempt`."""
    if verdict is Verdict.TAKEN:
        return Next(State.SENT, at)
    if verdict is Verdict.NEVER or attempt >= MOST_TRIES:
        return Next(State.PARKED, at)
    return Next(State.UNKNOWN if verdict is Verdict.UNKNOWN else State.WAITING, at + wait_before(attempt))
