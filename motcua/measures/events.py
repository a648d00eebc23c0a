"""What this app announces: counts taken in, sets decided, periods published. Figures themselves are no events."""

from dataclasses import dataclass
from datetime import date

from motcua.base.events import Event


@dataclass(frozen=True, kw_only=True)
class CountsImported(Event):
    """Counts of QĐ 766 published by another system were taken in for a period."""

    period: str
    source: str
    counts: int


@dataclass(frozen=True, kw_only=True)
class SetDecided(Event):
    """The province's own index set for one level is in force from that day."""

    code: str
    level: str
    decision: str
    since: date


@dataclass(frozen=True, kw_only=True)
class PeriodPublished(Event):
    """The figures of a period were published, or corrected by a further revision; the hash is that of the signed text."""

    period: str
    revision: int
    sha256: str
    public_key: str
