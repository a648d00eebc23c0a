"""What the catalogue announces."""

from dataclasses import dataclass
from datetime import date

from motcua.base.events import Event


@dataclass(frozen=True, kw_only=True)
class ProcedurePublished(Event):
    """A version came into force; the version before, if any, ends on that day."""

    procedure: int
    version: int
    number: int
    decision: str
    since: date


@dataclass(frozen=True, kw_only=True)
class ProcedureWithdrawn(Event):
    """A version is no longer offered from that day."""

    procedure: int
    version: int
    number: int
    decision: str
    since: date


@dataclass(frozen=True, kw_only=True)
class SettingChanged(Event):
    """A dated setting of a procedure got a new value."""

    procedure: int
    setting: str
    value: str
    since: date


@dataclass(frozen=True, kw_only=True)
class RouteIssued(Event):
    """An internal route was issued for a version, for one agency or for all."""

    procedure: int
    version: int
    route: int
    agency: int | None
    since: date


@dataclass(frozen=True, kw_only=True)
class CatalogueImported(Event):
    """Files of the national list were read in."""

    files: int
    imported: int
    unchanged: int
    refused: int


@dataclass(frozen=True, kw_only=True)
class ConceptBegun(Event):
    """A concept of the next version was begun as a copy of another version."""

    procedure: int
    version: int
    number: int
    copied_from: int


@dataclass(frozen=True, kw_only=True)
class ConceptChanged(Event):
    """A part of a concept was written anew: words, terms, papers, form, responsible agencies."""

    procedure: int
    version: int
    number: int
    part: str
