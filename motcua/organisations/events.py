"""What this app announces. Each event lies in the stream of the agency it speaks of: "organisations.agency:<id>"."""

from dataclasses import dataclass
from datetime import date

from motcua.base.events import Event


@dataclass(frozen=True, kw_only=True)
class AgencyOpened(Event):
    """The agency begins to work on that day."""

    agency: int
    change: int
    on: date
    decision: str
    name: str
    kind: str
    parent: int | None
    code: str


@dataclass(frozen=True, kw_only=True)
class AgencyRenamed(Event):
    """The agency bears another name, code or address from that day."""

    agency: int
    change: int
    on: date
    decision: str
    name: str
    code: str


@dataclass(frozen=True, kw_only=True)
class AgencyTransferred(Event):
    """The agency stands under another from that day."""

    agency: int
    change: int
    on: date
    decision: str
    parent: int
    code: str


@dataclass(frozen=True, kw_only=True)
class AgencyEnded(Event):
    """The agency no longer works from that day: merged, divided or abolished; `successors` took over."""

    agency: int
    change: int
    kind: str
    on: date
    decision: str
    successors: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class AgencyDivided(Event):
    """A part of the agency went to others from that day; the agency itself stays."""

    agency: int
    change: int
    on: date
    decision: str
    successors: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class AgencyCorrected(Event):
    """One thing that was written wrongly about the agency was mended, with the reason; `was` keeps what stood there."""

    agency: int
    version: int
    field: str
    was: str
    now: str
    reason: str
