"""The reception sheet between two presses: what was typed, what follows from it, what is still missing."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from motcua.base.actors import Actor
from motcua.base.clock import day_of
from motcua.base.errors import Refused
from motcua.base.models import StoredFile
from motcua.base.text import squeeze, whole_number
from motcua.dossiers.actions import Applicant, ApplicationIn, PaperIn
from motcua.dossiers.desk.forms import ReceptionForm
from motcua.dossiers.queries import counter
from motcua.dossiers.terms import Channel, Delivery
from motcua.people import queries as people
from motcua.people.models import Person
from motcua.people.rules import card_from_qr
from motcua.procedures import queries as procedures
from motcua.procedures.queries import Found, Offer
from motcua.workdays import queries as workdays
from motcua.workdays import rules as clock

TAKES = ("receive", "at_once")
"""The presses that take the dossier and its fee; the others lead to a slip that says why not."""

_CODE = re.compile(r"\d\.\d{6}")
"""A national code at the beginning decides, whatever name stands behind it."""


@dataclass
class PaperLine:
    """One line of the list of papers, as typed."""

    no: int
    need: int
    name: str
    hint: str
    required: bool
    handed_in: bool
    originals: int
    certified: int
    copies: int
    kept: list[StoredFile] = field(default_factory=list)
    sealed: str = ""
    """The kept files as the page carries them to the next press."""


@dataclass
class Sheet:
    """Everything the page shows, derived anew from the typed text each time."""

    form: ReceptionForm
    known: list[Person]
    procedures: list[Found]
    offer: Offer | None
    offices: counter.Offices | None
    papers: list[PaperLine]
    due: clock.Due | None
    cells: list[clock.DayCell]
    sentence: str
    problems: list[str]
    focus: str

    @property
    def apart(self) -> bool:
        """Whether somebody else, an organisation or another portal has to do with it: what was typed stays in sight."""
        names = ("proxy_name", "proxy_paper", "business_name", "tax_code", "outside_code", "by_post")
        return any(self.form[name].value() or (self.form.is_bound and self.form[name].errors) for name in names)

    @property
    def given(self) -> int:
        """How many of the papers lie on the counter."""
        return sum(1 for one in self.papers if one.handed_in)


def read_sheet(data: Any, *, by: Actor, at: datetime, checked: bool = False) -> Sheet:
    """Read the typed sheet; a scanned card, a known number and a chosen procedure fill in what follows from them."""
    typed = data.copy() if data is not None else None
    known: list[Person] = []
    problems: list[str] = []
    if typed is not None:
        known = _fill_applicant(typed)
    found, offer, problem = _choose_procedure(typed, day_of(at))
    if problem:
        problems.append(problem)
    if typed is not None and not _same_list(typed, offer):
        typed["amount"] = ""  # reckoned for another procedure
    form = ReceptionForm(typed, today=day_of(at)) if checked else ReceptionForm(initial=_as_typed(typed))
    if offer is not None and offer.answered_at_once:
        form.paid_now()
    if offer is not None:
        form.priced(offer, taking=typed is not None and typed.get("act") in TAKES)
    offices = due = None
    cells: list[clock.DayCell] = []
    sentence = ""
    if offer is not None and by.agency is not None:
        chosen = str(typed.get("deciding", "")) if typed is not None else ""
        offices = counter.offices_for(offer, receiving=by.agency, day=day_of(at), deciding=whole_number(chosen))
        if offices.deciding is not None and not offer.answered_at_once:
            due = counter.promise(offer, deciding=offices.deciding, at=at)
            cells = clock.day_cells(due, workdays.calendar_of(offices.deciding, day_of(at)), now=at, whole_weeks=True)
            sentence = clock.sentence(due)
    papers = _papers(offer, typed)
    return Sheet(
        form, known, found, offer, offices, papers, due, cells, sentence, problems, _focus(typed, offer, found)
    )


def _as_typed(typed: Any) -> dict[str, Any]:
    """What stands in the fields while nobody has asked to check them: no field complains before that."""
    return (
        {name: value for name, value in typed.items() if name in ReceptionForm.base_fields} if typed is not None else {}
    )


def _fill_applicant(typed: Any) -> list[Person]:
    """From a scanned card or a typed number: the values of the card, else of the one person known by it."""
    scan = typed.get("scan", "").strip()
    if not scan:
        return []
    card = card_from_qr(scan)
    if card is not None:
        typed["identity_number"], typed["name"] = card.identity_number, card.full_name
        typed["address"] = card.address
        typed["birth_on"] = f"{card.born_on:%d/%m/%Y}" if card.born_on else ""
    known = people.find_citizen(card.identity_number if card else scan)
    _forget_another(typed, known, card is not None)
    if len(known) == 1:
        person = known[0]
        typed["person"] = str(person.pk)
        checked = person.identity_checked_at is not None
        for name, value in (
            ("name", person.full_name),
            ("identity_number", person.identity_number),
            ("phone", person.phone if checked else ""),  # anybody could have typed them into an account of this number
            ("email", person.email if checked else ""),
            ("address", person.address),
            ("birth_on", f"{person.birth_on:%d/%m/%Y}" if person.birth_on else ""),
        ):
            if not typed.get(name, "").strip():
                typed[name] = value
    elif card is None and not known and scan.isascii() and scan.replace(" ", "").isdigit():
        field_name = (
            "phone"
            if len(scan.replace(" ", "")) <= 11 and scan.startswith("0") and len(scan.replace(" ", "")) == 10
            else "identity_number"
        )
        if not typed.get(field_name, "").strip():
            typed[field_name] = scan
    typed["scan"] = ""
    return known


def _forget_another(typed: Any, known: list[Person], by_card: bool) -> None:
    """Whoever was scanned before on this sheet is not the one who stands here now: nothing of theirs stays."""
    before = typed.get("person", "")
    typed["person"] = ""
    if before and before not in [str(one.pk) for one in known]:
        for name in (
            ("phone", "email") if by_card else ("name", "identity_number", "phone", "email", "address", "birth_on")
        ):
            typed[name] = ""


def _choose_procedure(typed: Any, day: date) -> tuple[list[Found], Offer | None, str]:
    text = squeeze(typed.get("procedure", "")) if typed is not None else ""
    if not text:
        return [], None, ""
    code = text.split(" ", 1)[0]
    found = procedures.search(code if _CODE.fullmatch(code) else text, day=day, limit=8)
    exact = [one for one in found if one.code == code or one.name == text]
    if exact:
        found = exact[:1]
    if len(found) != 1:
        sentence = (
            ""
            if found
            else _("Không thấy thủ tục “%(text)s”. Thử vài chữ trong tên, hoặc mã như 1.001193.") % {"text": text}
        )
        return found, None, sentence
    chosen = found[0]
    typed["procedure"] = f"{chosen.code} {chosen.name}"
    channel = Channel.POST if typed.get("by_post") else Channel.COUNTER
    try:
        offer = procedures.offer(chosen.code, case=typed.get("case") or None, channel=channel, day=day)
    except Refused as refused:
        if channel is Channel.COUNTER and typed.get("case"):
            typed["case"] = ""
        return found, None, " ".join(refused.objections)
    return found, offer, ""


def _papers(offer: Offer | None, typed: Any) -> list[PaperLine]:
    if offer is None:
        return []
    fresh = not _same_list(typed, offer)
    lines = []
    for need in offer.papers:
        originals, certified, copies, handed = need.originals, 0, need.copies, need.required or bool(need.form)
        if not fresh:
            handed = bool(typed.get(f"in_{need.no}"))
            originals, certified, copies = (
                _small(typed.get(f"{kind}_{need.no}")) for kind in ("originals", "certified", "copies")
            )
        hint = " · ".join(part for part in (need.form, need.condition) if part)
        lines.append(PaperLine(need.no, need.id, need.name, hint, need.required, handed, originals, certified, copies))
    return lines


def _same_list(typed: Any, offer: Offer | None) -> bool:
    """Whether the sheet was typed with the list of papers of this very offer before one's eyes."""
    return typed is not None and offer is not None and typed.get("papers_of") == papers_mark(offer)


def papers_mark(offer: Offer) -> str:
    """Which list the numbers of the papers belong to: that of a version and a case."""
    return f"{offer.version_id}:{offer.case_id}"


def _small(text: Any) -> int:
    return min(whole_number(str(text or "")) or 0, 999)


def _focus(typed: Any, offer: Offer | None, found: list[Found]) -> str:
    """Where the cursor stands after the page was made anew: the next thing one would say at the counter."""
    if typed is None:
        return "scan"
    if not typed.get("name", "").strip():
        return "name" if typed.get("identity_number", "").strip() or typed.get("phone", "").strip() else "scan"
    if len(found) > 1:
        return "found"
    if not typed.get("procedure", "").strip() or offer is None:
        return "procedure"
    return "papers"


def _account_of(values: dict[str, Any]) -> int | None:
    """The account that follows the dossier: one whose identity was checked, under the very number on the sheet.

    An account that anybody may have opened under this number or telephone would let them read the dossier and take its result.
    """
    found = Person.objects.active().filter(pk=values["person"] or 0, identity_checked_at__isnull=False).first()
    return found.pk if found is not None and found.identity_number == values["identity_number"] else None


def application_of(sheet: Sheet) -> ApplicationIn:
    """The valid sheet as what the action takes."""
    assert sheet.offer is not None and sheet.offices is not None
    if sheet.offices.deciding is None or sheet.offices.unit is None:
        raise Refused(_("Chọn cơ quan giải quyết."))
    values = sheet.form.cleaned_data
    return ApplicationIn(
        offer=sheet.offer,
        channel=Channel.POST if values["by_post"] else Channel.COUNTER,
        receiving=sheet.offices.receiving,
        deciding=sheet.offices.deciding,
        unit=sheet.offices.unit,
        applicant=Applicant(
            name=values["name"],
            person=_account_of(values),
            identity_number=values["identity_number"],
            birth_on=values["birth_on"],
            phone=values["phone"],
            email=values["email"],
            address=values["address"],
            business_name=values["business_name"],
            tax_code=values["tax_code"],
            proxy_name=values["proxy_name"],
            proxy_identity=values["proxy_identity"],
            proxy_phone=values["proxy_phone"],
            proxy_email=values["proxy_email"],
            proxy_address=values["proxy_address"],
            proxy_paper=values["proxy_paper"],
        ),
        subject=values["subject"],
        outside_code=values["outside_code"],
        fee_vnd=values["amount"] if sheet.offer.fee_counted else None,
        papers=tuple(
            PaperIn(
                no=one.no,
                need=one.need,
                name=one.name,
                required=one.required,
                handed_in=one.handed_in,
                originals=one.originals if one.handed_in else 0,
                certified=one.certified if one.handed_in else 0,
                copies=one.copies if one.handed_in else 0,
                files=tuple(file.pk for file in one.kept),
                contents=tuple(file.sha256 for file in one.kept),
            )
            for one in sheet.papers
        ),
        delivery=Delivery(values["delivery"]),
        delivery_address=values["delivery_address"] or values["address"],
    )
