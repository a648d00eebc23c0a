"""What investments announces. Amounts in whole đồng; rows by their numbers."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from motcua.base.events import Event


@dataclass(frozen=True, kw_only=True)
class ProjectAdded(Event):
    """A project became known."""

    project: int
    code: str
    investor: int
    locality: int | None
    group: str
    field: str
    total_vnd: int
    decision: str


@dataclass(frozen=True, kw_only=True)
class ProjectAmended(Event):
    """Facts of a project changed by a document: `fields` names which; a new investor is told besides."""

    project: int
    fields: tuple[str, ...]
    investor: int
    document: str


@dataclass(frozen=True, kw_only=True)
class PlanDecided(Event):
    """Capital was assigned, adjusted or put right; without a project it is the total given to the province."""

    entry: int
    project: int | None
    year: int
    source: str
    capital: str
    basis: str
    kind: str
    change_vnd: int
    decided_on: date
    decision: str


@dataclass(frozen=True, kw_only=True)
class DisbursementRecorded(Event):
    """What was paid out from the begin of the plan year to the end of a month."""

    disbursement: int
    project: int
    investor: int
    year: int
    month: date
    source: str
    capital: str
    disbursed_vnd: int
    as_of_on: date
    standing: str


@dataclass(frozen=True, kw_only=True)
class DisbursementCorrected(Event):
    """A month's figure was replaced; the version before stays readable."""

    disbursement: int
    replaces: int
    project: int
    investor: int
    year: int
    month: date
    source: str
    capital: str
    before_vnd: int
    disbursed_vnd: int
    as_of_on: date
    standing: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class RedLineDeclared(Event):
    """From a day on, who falls below these lines stands on the red list."""

    since: date
    basis: str
    share_of_mean: Decimal | None
    floor: Decimal | None
    decision: str


@dataclass(frozen=True, kw_only=True)
class StewardNamed(Event):
    """From a day on this agency keeps projects, plans and thresholds for the province."""

    agency: int
    since: date
    decision: str


@dataclass(frozen=True, kw_only=True)
class WorkbookImported(Event):
    """A workbook was taken in as a whole."""

    projects: int
    plans: int
    figures: int
    corrections: int
    unchanged: int
    sha256: str
