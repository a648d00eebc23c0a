"""A dossier's life in memory: the row, all that stands beside it, its lines of the journal."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from motcua.base.actors import Actor
from motcua.base.clock import day_of
from motcua.base.journal import Line
from motcua.documents import slips
from motcua.dossiers.actions.bulk.numbers import Numbers
from motcua.dossiers.actions.making import facts
from motcua.dossiers.events import (
    DossierEvent,
    DossierSubmitted,
)
from motcua.dossiers.models import (
    Application,
    Dossier,
    Extension,
    FeeReceipt,
    IssuedSlip,
    Note,
    Paper,
    Rating,
    Result,
    Scan,
    Supplement,
)
from motcua.dossiers.queries.passing import passed
from motcua.dossiers.queries.slips import Source, office_of, slip_of
from motcua.dossiers.terms import Payment, Slip
from motcua.workdays import queries as workdays
from motcua.workdays import rules as clock
from motcua.workdays.terms import AfterPause


@dataclass
class Life(Source):
    """One dossier while its history is written: the row, all that stands beside it, its lines of the journal."""

    dossier: Dossier
    sheet: Application
    registry: Numbers
    book: list[Line]
    paper_rows: list[Paper]
    scans: list[Scan]
    entries: int = 0
    supplements: list[Supplement] = field(default_factory=list)
    extension: Extension | None = None
    result: Result | None = None
    rating: Rating | None = None
    receipts: list[FeeReceipt] = field(default_factory=list)
    slips: list[IssuedSlip] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    promised: clock.Due | None = None

    # What slips ask

    def application(self) -> Application:
        return self.sheet

    def papers(self) -> list[Paper]:
        only_files = self.only_files()
        return [one for one in self.paper_rows if one.handed_in or one.pk in only_files]

    def only_files(self) -> set[int]:
        scanned = {one.paper_id for one in self.scans}
        return {one.pk for one in self.paper_rows if one.pk in scanned and not one.handed_in}

    def originals(self) -> list[Paper]:
        return [one for one in self.paper_rows if one.originals > 0]

    def due(self, application: Application) -> clock.Due:
        assert self.promised is not None, "M01 is issued at reception"
        return self.promised

    def procedure_code(self) -> str:
        return self.registry.names_of_procedure(self.dossier)[0]

    def procedure_name(self) -> str:
        return self.registry.names_of_procedure(self.dossier)[1]

    def name_of(self, person: int | None) -> str:
        return self.registry.name_of(person)

    # The five steps, without lock and check

    def submitted(self, *, by: Actor, at: datetime) -> None:
        self.tell(DossierSubmitted, by, at, {})

    def finish(
        self,
        event: type[DossierEvent],
        by: Actor,
        at: datetime,
        changes: Mapping[str, Any],
        *,
        note: str = "",
        public: bool = False,
        **more: Any,
    ) -> None:
        before = passed(self.dossier, changes, at=at, pauses=lambda _dossier: self.pauses())
        for name, value in changes.items():
            setattr(self.dossier, name, value)
        self.dossier.version += 1
        self.tell(event, by, at, before, **more)
        if self.dossier.due_at is not None:  # as the next act reads it back from the database
            self.dossier.due_at = self.dossier.due_at.astimezone(UTC)
        if note:
            row = Note(dossier_id=self.dossier.pk, entry=self.entries, text=note, by_id=by.id, at=at, public=public)
            self.notes.append(row)

    def tell(self, event: type[DossierEvent], by: Actor, at: datetime, before: Mapping[str, Any], **more: Any) -> None:
        self.entries += 1
        self.book.append(Line(self.dossier.stream, event(**facts(self.dossier), **before, **more), by, at))

    def issue(self, kind: Slip, by: Actor, at: datetime, **words: Any) -> IssuedSlip:
        dossier = self.dossier
        agency = self.registry.authority(office_of(dossier, kind), day_of(at))
        number = self.registry.slip_number(agency, kind, at)
        slip = slip_of(dossier, kind, number=number, by=by, at=at, source=self, **words)
        row = IssuedSlip(
            dossier_id=dossier.pk,
            kind=kind,
            number=number,
            agency_id=agency,
            words=slips.freeze(slip),
            at=at,
            by_id=by.id,
        )
        self.slips.append(row)
        return row

    def count_due(self) -> clock.Due:
        """The due moment with the pauses so far, by the same function as everywhere."""
        dossier, sheet = self.dossier, self.sheet
        assert dossier.received_at is not None
        extended = self.extension
        return clock.due(
            dossier.received_at,
            clock.Limit.parse(sheet.limit),
            workdays.calendar_of(dossier.deciding_id, day_of(dossier.received_at)),
            pauses=self.pauses(),
            extensions=[clock.Extension(extended.new_due_at, at=extended.at)] if extended else [],
            rules=clock.rule_set(sheet.clock_rules),
            after_pause=AfterPause(sheet.after_supplement),
        )

    def pauses(self) -> list[clock.Pause]:
        """The periods in which the clock stood still."""
        return [
            clock.Pause(one.signed_at, one.answered_at)
            for one in self.supplements
            if one.signed_at and not one.before_receipt
        ]

    def fee_after_the_end(self) -> str:
        """A fee not yet paid is owed no more when nothing will be decided."""
        return Payment.NONE if self.dossier.payment == Payment.DUE else self.dossier.payment
