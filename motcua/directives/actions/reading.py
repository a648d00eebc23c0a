"""A document is read in: its text, its header, its proposed tasks. Nothing becomes a task here."""

import re
import tempfile
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.base import apart, files, journal
from motcua.base.actors import Actor
from motcua.base.clock import day_of
from motcua.base.errors import Refused
from motcua.base.language import in_vietnamese
from motcua.base.models import StoredFile
from motcua.base.text import squeeze, unaccented
from motcua.directives.events import DirectiveHeaderCorrected, DirectiveReadIn
from motcua.directives.models import Directive, Proposal
from motcua.directives.queries.places import Desk, desk_of
from motcua.directives.queries.resolving import resolve
from motcua.directives.reader import read_text
from motcua.directives.reader.model import Reading as Read
from motcua.directives.reader.model import Remark, Unreadable
from motcua.directives.reader.model import Task as ReadTask
from motcua.directives.reader.text import normalise
from motcua.directives.rules.locating import Span, find_words, line_at, line_starts
from motcua.directives.rules.naming import given_by_of
from motcua.directives.terms import UNDECIDED, Duty, GivenBy, ProposalState, Reading, Recurrence

MOST_LETTERS = 1_000_000
_READER, _READER_SECONDS = "motcua.directives.reader.files:text_or_reason", 30
_OFTEN = re.compile(r"(?:hằng|hàng|mỗi) (?P<unit>tuần|ngày)(?!\w)")


def read_in(
    *,
    file: StoredFile | None = None,
    text: str = "",
    number: str = "",
    issued_on: date | None = None,
    issuer_name: str = "",
    given_by: GivenBy | None = None,
    by: Actor,
    at: datetime,
) -> Directive:
    """Read a stored file, or a text that was pasted, into a document with proposed tasks.

    What the caller says of number, day and issuer goes before what the reader saw. A scan without text, a damaged file, a
    document that was read in before: refused in a sentence, nothing is written.
    """
    desk = reading_desk(by, at)
    words = _words_of(file) if file is not None else text
    if len(words) > MOST_LETTERS:
        raise Refused(_("Văn bản dài quá 1.000.000 chữ. Tách thành nhiều tệp."))
    try:
        reading = read_text(words)
    except Unreadable as reason:
        raise Refused(str(reason)) from None
    header = reading.document
    day = issued_on or (date.fromisoformat(header.date) if header.date else None)
    issuer = squeeze(issuer_name or header.issuer or "")[:300]
    number = squeeze(number or header.number or "")[:60]
    if day is not None and day > day_of(at):
        raise Refused(_("Ngày văn bản %(day)s chưa tới. Xem lại ngày ban hành.") % {"day": f"{day:%d/%m/%Y}"})
    title = squeeze(header.subject or "")
    row = Directive(
        root_id=desk.root,
        holder_id=desk.house,
        kind=header.kind[:20],
        number=number,
        issued_on=day,
        issuer_name=issuer,
        signer=squeeze(header.signer or "")[:200],
        title=title,
        given_by=given_by or given_by_of(issuer, title),
        text=normalise(words),
        remarks=[_remark(one) for one in [*reading.warnings, *_header_remarks(number, day)]],
        file=file,
        read_in_at=at,
        read_in_by_id=by.id,
        search=_search(number, title, issuer),
    )
    return _write(row, reading, by=by, at=at)


@transaction.atomic
def _write(row: Directive, reading: Read, *, by: Actor, at: datetime) -> Directive:
    _must_be_new(row)
    found = resolve(row.issuer_name, day=row.issued_on or day_of(at), root=row.root_id) if row.issuer_name else None
    row.issuer_id = found.agencies[0] if found and len(found.agencies) == 1 else None
    row.undecided = len(reading.tasks)
    if not reading.tasks:
        row.state, row.finished_at = Reading.READ, at
    row.save(force_insert=True)
    Proposal.objects.bulk_create(_proposals(row, reading.tasks, at))
    event = DirectiveReadIn(
        directive=row.pk,
        holder=row.holder_id,
        number=row.number,
        issued_on=row.issued_on,
        proposals=len(reading.tasks),
    )
    journal.record(event, stream=row.stream, by=by, at=at)
    return row


def reading_desk(by: Actor, at: datetime) -> Desk:
    """Where the actor reads documents in, or `Refused`."""
    desk = desk_of(by, at)
    if desk is None or not desk.may(Duty.READ_IN):
        raise Refused(_("Chỉ lãnh đạo, trưởng phòng, chuyên viên, văn thư được nhập văn bản chỉ đạo."))
    return desk


def _words_of(file: StoredFile) -> str:
    """The text of a stored file, read in a process of its own; the reader knows kinds of files by their name."""
    with tempfile.TemporaryDirectory() as folder:
        suffix = Path(file.name).suffix.lower() or ".txt"
        copy = Path(folder) / f"van-ban{suffix}"
        copy.write_bytes(files.read_stored(file))
        found = apart.ask(_READER, b"", str(copy), seconds=_READER_SECONDS)
    if found is None:
        told = _("Tệp %(file)s làm máy đọc quá lâu hoặc tốn quá nhiều bộ nhớ nên không nhận. Dán chữ của văn bản.")
        raise Refused(told % {"file": file.name})
    if "why" in found:
        raise Refused(found["why"].replace(copy.name, file.name))
    return str(found["text"])


def _remark(one: Remark) -> dict[str, Any]:
    return {"message": one.message, "line": one.line}


@in_vietnamese()
def _header_remarks(number: str, day: date | None) -> list[Remark]:
    found = []
    if not number:
        found.append(Remark(_("Không thấy số văn bản. Ghi số trước khi xác nhận nhiệm vụ.")))
    if day is None:
        found.append(Remark(_("Không thấy ngày văn bản. Ghi ngày trước khi xác nhận nhiệm vụ.")))
    return found


def _search(number: str, title: str, issuer: str) -> str:
    return unaccented(f"{number} {title} {issuer}")[:2500]


def _must_be_new(row: Directive) -> None:
    if not row.number or row.issued_on is None:
        return
    known = Directive.objects.filter(holder=row.holder_id, number=row.number, issued_on=row.issued_on)
    if same := known.exclude(pk=row.pk).first():
        told = {"label": same.label, "day": f"{day_of(same.read_in_at):%d/%m/%Y}"}
        raise Refused(_("Văn bản %(label)s đã được nhập ngày %(day)s.") % told)


# Proposals as the reader saw them


def _proposals(row: Directive, tasks: Sequence[ReadTask], at: datetime) -> list[Proposal]:
    starts = line_starts(row.text)
    known: dict[str, dict[str, Any]] = {}
    found = []
    for number, one in enumerate(tasks, start=1):
        begin = starts[min(max(one.line - 1, 0), len(starts) - 1)]
        stretch = find_words(row.text, one.text, begin) or _line(row.text, starts, one.line)
        due_on = date.fromisoformat(one.deadline) if one.deadline else None
        proposal = Proposal(
            directive=row,
            no=number * 100,
            anchor=one.id[:40],
            title=squeeze(one.action),
            start=stretch.start,
            end=stretch.end,
            lead_words=list(one.lead),
            partner_words=list(one.coordinate),
            due_words=squeeze(one.deadline_text or "")[:300],
            due_on=due_on,
            recurrence=_recurrence(one),
            target=squeeze(one.target or "")[:500],
            why=_why(row.text, one, stretch),
        )
        _resolve_into(proposal, row, at, known)
        found.append(proposal)
    return found


def _line(text: str, starts: Sequence[int], line: int) -> Span:
    begin = starts[min(max(line - 1, 0), len(starts) - 1)]
    end = text.find("\n", begin)
    return Span(begin, len(text) if end < 0 else end)


def _recurrence(one: ReadTask) -> Recurrence:
    """How often, as the reader says; it has no word for weeks and days, the book of tasks has."""
    words = (one.deadline_text or "").casefold()
    if one.recurrence == Recurrence.NONE and one.deadline is None and (often := _OFTEN.search(words)):
        return Recurrence.WEEKLY if often["unit"] == "tuần" else Recurrence.DAILY
    return Recurrence(one.recurrence)


def _why(text: str, one: ReadTask, stretch: Span) -> dict[str, Any]:
    """Where the words stand that decided; a lead told by a heading stands above the task itself."""
    found: dict[str, Any] = {}
    for name, words in (("lead", one.why.lead), ("coordinate", one.why.coordinate), ("deadline", one.why.deadline)):
        if not words:
            continue
        place = find_words(text, words, stretch.start, stretch.end) or _above(text, words, stretch.start)
        found[name] = {"words": words, "start": place.start if place else None, "end": place.end if place else None}
    return found


def _above(text: str, words: str, end: int) -> Span | None:
    """The last place before the task that spells the words."""
    found, start = None, 0
    while (place := find_words(text, words, start, end)) is not None:
        found, start = place, place.start + 1
    return found


def _resolve_into(proposal: Proposal, row: Directive, at: datetime, known: dict[str, dict[str, Any]]) -> None:
    """What the printed names mean on the day of the document, and what a person should look at."""
    day = row.issued_on or day_of(at)

    def meaning(name: str) -> dict[str, Any]:
        if name not in known:
            known[name] = resolve(name, day=day, root=row.root_id).as_json()
        return known[name]

    proposal.lead = [meaning(name) for name in proposal.lead_words]
    proposal.partners = [meaning(name) for name in proposal.partner_words]
    proposal.flags = flags_of(proposal, row)


@in_vietnamese()
def flags_of(proposal: Proposal, row: Directive) -> list[str]:
    """Sentences for the person who decides, each about this one proposal."""
    found = []
    if not proposal.lead:
        found.append(_("Chưa rõ cơ quan chủ trì."))
    found += [party["sentence"] for party in proposal.lead if party["sentence"]]
    found += [
        _("Phối hợp: %(sentence)s") % {"sentence": party["sentence"]}
        for party in proposal.partners
        if party["sentence"]
    ]
    if proposal.due_on is not None and row.issued_on is not None and proposal.due_on < row.issued_on:
        found.append(_("Hạn %(day)s trước ngày văn bản.") % {"day": f"{proposal.due_on:%d/%m/%Y}"})
    if proposal.due_words and proposal.due_on is None and proposal.recurrence == Recurrence.NONE:
        found.append(
            _("Không tính được ngày từ “%(words)s”. Ghi ngày đến hạn, hoặc để không thời hạn.")
            % {"words": proposal.due_words}
        )
    starts = line_starts(row.text)
    first, last = line_at(starts, proposal.start), line_at(starts, proposal.end)
    found += [
        str(one["message"])
        for one in row.remarks
        if one.get("line") and first <= one["line"] <= last and "không có trong lịch" in one["message"]
    ]
    return found


@transaction.atomic
def correct_header(
    directive: Directive,
    *,
    number: str,
    issued_on: date,
    issuer_name: str,
    title: str,
    given_by: GivenBy,
    by: Actor,
    at: datetime,
) -> None:
    """Put the header right; names of proposals nobody has decided about are looked up anew on the right day."""
    row = lock(directive, by=by, at=at)
    number, issuer_name, title = squeeze(number)[:60], squeeze(issuer_name)[:300], squeeze(title)
    found = []
    if not number:
        found.append(_("Ghi số văn bản."))
    if issued_on > day_of(at):
        found.append(_("Ngày văn bản chưa tới."))
    if found:
        raise Refused(found)
    day_changed = row.issued_on != issued_on
    row.number, row.issued_on, row.issuer_name, row.title, row.given_by = (
        number,
        issued_on,
        issuer_name,
        title,
        given_by,
    )
    _must_be_new(row)
    issuer = resolve(issuer_name, day=issued_on, root=row.root_id) if issuer_name else None
    row.issuer_id = issuer.agencies[0] if issuer and len(issuer.agencies) == 1 else None
    missing = {one.message for one in _header_remarks("", None)}
    row.remarks = [one for one in row.remarks if one["message"] not in missing]
    row.search = _search(number, title, issuer_name)
    row.save(update_fields=["number", "issued_on", "issuer_name", "title", "given_by", "issuer", "remarks", "search"])
    if day_changed:
        known: dict[str, dict[str, Any]] = {}
        untouched = list(Proposal.objects.filter(directive=row, state=ProposalState.PROPOSED).order_by("no", "pk"))
        for one in untouched:
            _resolve_into(one, row, at, known)
        Proposal.objects.bulk_update(untouched, ["lead", "partners", "flags"])
    directive.__dict__.update(row.__dict__)
    event = DirectiveHeaderCorrected(directive=row.pk, number=row.number, issued_on=row.issued_on)
    journal.record(event, stream=row.stream, by=by, at=at)


def lock(directive: Directive, *, by: Actor, at: datetime) -> Directive:
    """The row of the document under a lock, for somebody of the house that reads it; else `Refused`."""
    desk = reading_desk(by, at)
    row = Directive.objects.select_for_update(of=("self",)).get(pk=directive.pk)
    if row.holder_id not in desk.gives:
        raise Refused(_("Văn bản do cơ quan khác nhập."))
    return row


def undecided_of(row: Directive) -> int:
    """How many proposals wait for a person."""
    return Proposal.objects.filter(directive=row, state__in=UNDECIDED).count()
