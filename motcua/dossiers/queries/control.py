"""Phiếu kiểm soát quá trình giải quyết hồ sơ (M06): each hand-over with its two sides, read from the journal."""

import re
from datetime import datetime
from decimal import Decimal
from typing import Final

from motcua.base.clock import day_of
from motcua.base.language import in_vietnamese
from motcua.documents import queries as documents
from motcua.documents import slips
from motcua.documents.rules import written_number
from motcua.documents.terms import Kind, Outcome
from motcua.dossiers.models import Application, Dossier, IssuedSlip
from motcua.dossiers.queries.history import Stay, history, stays
from motcua.dossiers.queries.slips import letterhead, track_url
from motcua.dossiers.terms import Slip
from motcua.organisations import queries as organisations
from motcua.procedures.models import ProcedureVersion
from motcua.workdays import queries as workdays
from motcua.workdays import rules as clock

_RUNNING: Final = re.compile(r"\d+")


def hours_in(stay: Stay, dossier: Dossier, at: datetime) -> Decimal:
    """Working hours the dossier lay at a step, up to now if it lies there still; the applicant's time is not the office's."""
    calendar = workdays.calendar_of(dossier.deciding_id, day_of(stay.begin))
    until = stay.end or at
    waited = sum(
        clock.minutes_between(max(begin, stay.begin), min(end or until, until), calendar) for begin, end in stay.waited
    )
    return Decimal(clock.minutes_between(stay.begin, until, calendar) - waited) / 60


def partners_of(text: str) -> list[str]:
    """The agencies that take part, as the procedure names them, one on a line."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def _number(dossier: Dossier, at: datetime) -> str:
    """It goes with M01 from the first day on, and runs under the same number of the one-stop; without M01 it has none."""
    issued = IssuedSlip.objects.filter(dossier=dossier, kind=Slip.M01).order_by("pk").first()
    running = issued and _RUNNING.match(issued.number)
    if not issued or not running:
        return ""
    form = documents.form_for(issued.agency_id, Kind.CONTROL_SHEET, day_of(at))
    return written_number(int(running[0]), form.numbering)


@in_vietnamese()
def control_sheet(dossier: Dossier, *, at: datetime) -> slips.ControlSheet:
    """The slip as of now."""
    route = Application.objects.values_list("route", flat=True).get(pk=dossier.pk)
    passed = stays(history(dossier))
    lines = []
    for one, following in zip(passed, [*passed[1:], None], strict=True):
        if following is None:
            continue
        given = Decimal(str(route[one.step - 1]["hours"])) if 0 < one.step <= len(route) else Decimal(0)
        used = hours_in(one, dossier, at)
        outcome = Outcome.EARLY if used < given else Outcome.ON_TIME if used == given else Outcome.LATE
        lines.append(
            slips.HandOver(
                giver=organisations.name_on(one.office, day_of(one.begin)),
                given_by=one.taken_by,
                taker=organisations.name_on(following.office, day_of(following.begin)),
                taken_by=following.taken_by,
                given_at=following.begin,
                taken_at=following.begin,
                outcome=outcome,
                note=str(route[one.step - 1]["name"]) if 0 < one.step <= len(route) else "",
            )
        )
    version = ProcedureVersion.objects.only("name", "coordinating_authority").get(pk=dossier.procedure_version_id)
    return slips.ControlSheet(
        head=letterhead(dossier.receiving_id, day_of(at), number=_number(dossier, at)),
        qr_url=track_url(dossier),
        qr_text=dossier.label,
        dossier_code=dossier.label,
        owner=dossier.applicant_name,
        procedure=version.name,
        deciding_agency=organisations.name_on(dossier.deciding_id, day_of(at)),
        partners=partners_of(version.coordinating_authority),
        received_at=dossier.received_at or dossier.submitted_at,
        due_at=dossier.due_at,
        handovers=lines,
    )
