"""From rows to what is given: names of agencies come from memory, so a list costs no statement per line."""

from collections import Counter
from datetime import date, datetime
from typing import Any

from motcua.api.schemas import (
    AgencyRef,
    ApplicantOut,
    Asked,
    Choice,
    DossierLine,
    DossierOut,
    DueLine,
    Happening,
    OptionOut,
    PaperOut,
    ProcedureRef,
    Term,
)
from motcua.base.clock import day_of, local
from motcua.base.masking import mask_identity, mask_phone
from motcua.dossiers import queries
from motcua.dossiers.models import Dossier, Paper, Scan, Supplement
from motcua.dossiers.queries.history import Line
from motcua.dossiers.terms import NATIONAL, Move, Status
from motcua.organisations import queries as organisations
from motcua.workdays import rules as clock


def agency(number: int, day: date) -> AgencyRef:
    """An agency by the name and code of that day; one that did not stand then, by those it had nearest to it."""
    version = organisations.register().nearest(number, day)
    name = organisations.full_names_on([number], day)[number]
    return AgencyRef(id=number, code=version.code if version else "", name=name)


def term(word: Any) -> Term:
    """A stored word with its label."""
    return Term(id=str(word.value), label=str(word.label))


def procedure(dossier: Dossier) -> ProcedureRef:
    """The procedure of a dossier by the name of its version."""
    version = dossier.procedure_version
    return ProcedureRef(code=dossier.procedure.code, name=version.plain_name or version.name)


def line(dossier: Dossier, at: datetime) -> DossierLine:
    """A dossier in a list."""
    return DossierLine(**columns(dossier, at))


def columns(dossier: Dossier, at: datetime) -> dict[str, Any]:
    """What a list shows of a dossier."""
    day = day_of(at)
    return {
        "reference": dossier.reference,
        "code": dossier.code,
        "status": term(dossier.state),
        "national_status": NATIONAL[dossier.state],
        "channel": dossier.channel,
        "procedure": procedure(dossier),
        "applicant": dossier.applicant_name,
        "receiving": agency(dossier.receiving_id, day),
        "deciding": agency(dossier.deciding_id, day),
        "holding": agency(dossier.holding_id, day),
        "turn": dossier.turn,
        "step": dossier.step,
        "version": dossier.version,
        **{name: moment(getattr(dossier, name)) for name in _MOMENTS},
    }


_MOMENTS = ("submitted_at", "received_at", "due_at", "finished_at", "returned_at")


def moment(value: datetime | None) -> datetime | None:
    """A moment on a clock in Viet Nam, so that `+07:00` stands behind it."""
    return local(value) if value is not None else None


def whole(dossier: Dossier, at: datetime, *, own: bool, unmasked: bool) -> DossierOut:
    """A dossier with everything: the history of officials, or of the applicant's own eyes."""
    sheet = dossier.application
    lines = queries.public_history(dossier) if own else queries.history(dossier)
    due = due_lines(dossier)
    details = ApplicantOut(
        name=dossier.applicant_name,
        identity_number=sheet.identity_number if unmasked else mask_identity(sheet.identity_number),
        phone=dossier.phone if unmasked else mask_phone(dossier.phone),
        email=sheet.email if unmasked else "",
        address=sheet.address if unmasked else "",
        tax_code=sheet.tax_code,
        proxy_name=sheet.proxy_name,
    )
    return DossierOut(
        **columns(dossier, at),
        applicant_details=details,
        subject=sheet.subject,
        delivery=dossier.delivery,
        fee_vnd=dossier.fee_vnd,
        payment=dossier.payment,
        answers=sheet.answers if unmasked else {},
        papers=papers(dossier),
        due_lines=due[1],
        history=[happening(one) for one in lines],
        asked=asked(dossier),
    )


def papers(dossier: Dossier) -> list[PaperOut]:
    """The papers with the number of their electronic copies; two statements."""
    scans = Counter(Scan.objects.filter(paper__dossier=dossier).values_list("paper_id", flat=True))
    return [
        PaperOut(
            no=one.no,
            name=one.name,
            required=one.required,
            handed_in=one.handed_in,
            originals=one.originals,
            copies=one.copies,
            files=scans[one.pk],
        )
        for one in Paper.objects.filter(dossier=dossier).order_by("no", "pk")[:200]
    ]


def due_lines(dossier: Dossier) -> tuple[str, list[DueLine]]:
    """Why this due moment: in a sentence, and line by line; nothing before receipt."""
    if dossier.received_at is None or not dossier.application.limit:
        return "", []
    due = queries.due_of(dossier, dossier.application)
    found = [
        DueLine(begin=local(one.start), end=moment(one.end), counted_hours=f"{one.counted_hours:f}", why=one.why)
        for one in due.steps
    ]
    return clock.sentence(due), found


def happening(one: Line) -> Happening:
    """One line of a history."""
    return Happening(
        name=one.name.removeprefix("dossiers."),
        title=one.title,
        at=local(one.when),
        office=agency(int(one.facts["holding"]), day_of(one.when)).name,
        who=one.who,
        text=one.text,
    )


def asked(dossier: Dossier) -> Asked | None:
    """The request for papers that still waits for its answer; no statement when nothing was ever asked."""
    if dossier.status not in (Status.NEED_MORE, Status.NEED_MORE_PRE):
        return None
    one = Supplement.objects.filter(dossier=dossier, signed_at__isnull=False, answered_at__isnull=True).first()
    return one and Asked(number=one.number, reason=one.reason, items=one.items, answer_by=one.answer_by)


def option(move: Move, objections: list[str], choices: list[Choice]) -> OptionOut:
    """A move as an open or a closed button."""
    return OptionOut(move=term(move), open=not objections, objections=objections, choices=choices)
