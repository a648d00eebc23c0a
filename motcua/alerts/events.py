"""What this app announces: a threshold was crossed, somebody has seen it, it is over, a threshold was set."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from motcua.base.events import Event


@dataclass(frozen=True, kw_only=True)
class AlertRaised(Event):
    """A figure of a unit crossed its threshold."""

    alert: int
    threshold: str
    agency: int
    value: Decimal
    limit: Decimal


@dataclass(frozen=True, kw_only=True)
class AlertAcknowledged(Event):
    """Somebody who answers for the unit has seen it."""

    alert: int
    agency: int


@dataclass(frozen=True, kw_only=True)
class AlertAnswered(Event):
    """A task was asked of the unit because of it."""

    alert: int
    agency: int
    task: int


@dataclass(frozen=True, kw_only=True)
class AlertEnded(Event):
    """The figure is back on the good side of its threshold."""

    alert: int
    agency: int


@dataclass(frozen=True, kw_only=True)
class ThresholdSet(Event):
    """From a day on a threshold has this value, or is not looked at."""

    threshold: str
    watched: bool
    limit: Decimal
    since: date
    decision: str
