"""What stands behind a proof that is no file of its own: found when an owner names it, told to whoever reads the answer.

Naming a task, a dossier, a document or a figure hands what this page tells, and the file of a document that was read in, to those
who check and appraise the answer; the page of the thing itself opens for nobody who may not open it otherwise. Nothing of an
applicant is told.
"""

import re
from collections.abc import Sequence
from datetime import date, datetime
from typing import Final, NamedTuple

from django.db.models import Q
from django.utils.translation import gettext as _

from motcua.base.actors import Actor
from motcua.base.clock import day_of
from motcua.base.errors import Refused
from motcua.base.models import StoredFile
from motcua.base.refs import Ref
from motcua.base.text import nfc, squeeze, unaccented
from motcua.directives import queries as directives
from motcua.directives.models import Directive, Task
from motcua.directives.terms import Status
from motcua.documents.models import Document
from motcua.dossiers import queries as dossiers
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.offices import offices_of
from motcua.indices.models import Answer, Evidence, LiveFigure
from motcua.indices.queries.rounds import definition_of_round
from motcua.indices.rules.explaining import shown
from motcua.indices.rules.numbers import NotANumber, weight
from motcua.indices.terms import Proof
from motcua.measures.queries.figures import Asked, figures
from motcua.measures.queries.live import Span
from motcua.measures.rules.declared import MEASURES
from motcua.organisations import queries as organisations

DIRECTIVE, PAPER, FIGURE = "directives.directive", "documents.document", "measures.figure"
_SHOWN: Final = 6
_DATED: Final = re.compile(r"^(?P<number>.+?),?\s+ngày\s+(?P<d>\d{1,2})[/.-](?P<m>\d{1,2})[/.-](?P<y>\d{4})$", re.I)
Facts = tuple[tuple[str, str], ...]


class Cited(NamedTuple):
    """A cited thing: how it is called, what there is to know of it, its file, and its words where there is no file."""

    name: str
    facts: Facts
    file: StoredFile | None = None
    words: str = ""
    dossier: str = ""
    """The dossier it belongs to, for whoever may open that."""


# Found by what an owner types


def place_of_proof(kind: Proof, typed: str, as_of: date | None, answer: Answer, *, by: Actor, at: datetime) -> str:
    """Where a proof is, as it is stored; refused with the reason when there is nothing of that name for this person."""
    words = squeeze(nfc(typed))
    if not words:
        raise Refused(_("Ghi mã, số ký hiệu hoặc đường dẫn của tài liệu."))
    match kind:
        case Proof.TASK:
            return _task(words, by, at)
        case Proof.DOSSIER:
            return _dossier(words, by, at)
        case Proof.DOCUMENT:
            return _document(words, by, at)
        case Proof.FIGURE:
            return _figure(words, as_of, answer, at)
        case _ if words.startswith(("https://", "http://")):
            return words
        case _:
            raise Refused(_("Đường dẫn phải bắt đầu bằng https:// hoặc http://"))


def _task(code: str, by: Actor, at: datetime) -> str:
    found = directives.task_for(code, by=by, at=at)
    if found is None:
        raise _not_found(Proof.TASK, code)
    return found.code


def _dossier(code: str, by: Actor, at: datetime) -> str:
    found = dossiers.dossier_for(code, by=by, at=at)
    if found is None:
        raise _not_found(Proof.DOSSIER, code)
    return found.label


def _not_found(kind: Proof, code: str) -> Refused:
    words = _("Không thấy %(kind)s mang mã “%(code)s” trong phần việc của cơ quan bạn.")
    return Refused(words % {"kind": kind.label, "code": code[:40]})


def _document(words: str, by: Actor, at: datetime) -> str:
    """A document that was read in, or a paper that the office has issued, by its number; by its day too where two bear it."""
    number, day = words, None
    if (dated := _DATED.match(words)) is not None:
        try:
            day = date(int(dated["y"]), int(dated["m"]), int(dated["d"]))
        except ValueError:
            raise Refused(_("Ngày của văn bản không có trên lịch.")) from None
        number = dated["number"]
    read_in = directives.directives_seen(by, at).filter(number__iexact=number).order_by("-issued_on", "-pk")
    issued = Document.objects.filter(agency__in=offices_of(by, day_of(at)), number__iexact=number)
    found = [
        *((str(one.ref), one.issued_on, one.label) for one in read_in[:_SHOWN]),
        *(
            (str(Ref(PAPER, str(one.pk))), day_of(one.issued_at), _label(one))
            for one in issued.order_by("-issued_at", "-pk")[:_SHOWN]
        ),
    ]
    chosen = [one for one in found if day is None or one[1] == day]
    if not chosen:
        raise Refused(
            _(
                "Không thấy văn bản số “%s” trong văn bản cơ quan bạn đã đọc vào hoặc đã ban hành ở đây; hãy tải tệp lên."
            )
            % words[:60]
        )
    if len(chosen) > 1:
        labels = "; ".join(dict.fromkeys(label for _place, _day, label in chosen))
        raise Refused(_("Có nhiều văn bản cùng số: %s. Hãy ghi cả ngày, hoặc tải tệp lên.") % labels)
    return chosen[0][0]


def _label(paper: Document) -> str:
    return _("%(number)s ngày %(day)s") % {"number": paper.number, "day": f"{day_of(paper.issued_at):%d/%m/%Y}"}


def _figure(words: str, as_of: date | None, answer: Answer, at: datetime) -> str:
    """A declared measure of the judged unit, by its name or code, from the first day of the year to the day asked for."""
    if as_of is None:
        raise Refused(_("Ghi ngày của số liệu vào ô “Tính đến ngày”."))
    if as_of > day_of(at):
        raise Refused(_("Ngày của số liệu còn ở phía trước."))
    key = unaccented(words)
    names = {code: unaccented(str(one.name)) for code, one in MEASURES.items()}
    same = [code for code, name in names.items() if key in (name, code)]
    found = same or [code for code, name in names.items() if key in name]
    if len(found) != 1:
        raise Refused(_which_figure(words, found))
    return f"{FIGURE}:{found[0]}:{answer.unit.agency_id}:{date(as_of.year, 1, 1)}:{as_of}"


def _which_figure(words: str, found: Sequence[str]) -> str:
    if not found:
        return _("Không có số liệu tên “%s”; xem tên ở trang Số liệu.") % words[:60]
    names = "; ".join(str(MEASURES[code].name) for code in found[:_SHOWN])
    return _("Có nhiều số liệu như vậy, hãy ghi một tên: %s.") % names


# Told to whoever reads the answer


def name_of_proof(proof: Evidence) -> str:
    """How a proof is called on a page."""
    if proof.file is not None:
        return proof.file.name
    if proof.kind == Proof.FIGURE.value:
        parts = proof.target.split(":")
        return name_of_figure(parts[1] if parts[0] == FIGURE and len(parts) > 1 else proof.note or proof.target)
    if proof.kind == Proof.DOCUMENT.value and (found := _of_document(proof.target, day_of(proof.added_at))):
        return found.name
    return proof.target


def name_of_figure(code: str) -> str:
    """A measure by its name."""
    return str(MEASURES[code].name) if code in MEASURES else code


def cited(proof: Evidence, answer: Answer, *, at: datetime) -> Cited | None:
    """What a proof points to; nothing for a file, for a page of the web, and where the place was only written down."""
    match proof.kind:
        case Proof.TASK.value:
            return _of_task(proof.target, day_of(at))
        case Proof.DOSSIER.value:
            return _of_dossier(proof.target, day_of(at))
        case Proof.DOCUMENT.value:
            return _of_document(proof.target, day_of(at))
        case Proof.FIGURE.value:
            return _of_figure(proof, answer, at)
        case _:
            return None


def _of_task(code: str, day: date) -> Cited | None:
    task = Task.objects.filter(code=code).first()
    if task is None:
        return None
    facts = [
        (_("Nội dung"), task.title),
        (_("Chủ trì"), organisations.name_on(task.lead_id, day)),
        (_("Giao ngày"), _day(task.given_on)),
        (_("Hạn"), _day(task.due_on)),
        (_("Tình trạng"), str(Status(task.status).label)),
        (_("Báo cáo xong ngày"), _day(task.reported_on)),
        (_("Kết thúc ngày"), _day(task.closed_on)),
    ]
    return Cited(_("Nhiệm vụ %s") % task.code, _known(facts))


def _of_dossier(code: str, day: date) -> Cited | None:
    rows = Dossier.objects.select_related("procedure_version")
    dossier = rows.filter(Q(code=code) | Q(reference=code)).first()
    if dossier is None:
        return None
    facts = [
        (_("Thủ tục"), dossier.procedure_version.name),
        (_("Cơ quan giải quyết"), organisations.name_on(dossier.deciding_id, day)),
        (_("Tiếp nhận"), _day(dossier.received_at)),
        (_("Hẹn trả"), _day(dossier.due_at)),
        (_("Giải quyết xong"), _day(dossier.finished_at)),
        (_("Trả kết quả"), _day(dossier.returned_at)),
        (_("Tình trạng"), str(dossier.state.label)),
    ]
    return Cited(_("Hồ sơ %s") % dossier.label, _known(facts), dossier=dossier.label)


def _of_document(place: str, day: date) -> Cited | None:
    kind, _colon, key = place.partition(":")
    if not key.isdecimal():
        return None
    if kind == DIRECTIVE:
        return _of_directive(Directive.objects.select_related("file").filter(pk=int(key)).first())
    return _of_paper(Document.objects.filter(pk=int(key)).first(), day) if kind == PAPER else None


def _of_directive(found: Directive | None) -> Cited | None:
    if found is None:
        return None
    facts = [
        (_("Trích yếu"), found.title),
        (_("Cơ quan ban hành"), found.issuer_name),
        (_("Ngày ban hành"), _day(found.issued_on)),
        (_("Người ký"), found.signer),
    ]
    return Cited(found.label, _known(facts), found.file, "" if found.file else found.text)


def _of_paper(found: Document | None, day: date) -> Cited | None:
    if found is None:
        return None
    state = _("còn giá trị") if found.valid else _("đã thu hồi: %s") % found.withdrawn_why
    facts = [
        (_("Loại"), str(found.get_kind_display())),
        (_("Cơ quan ban hành"), organisations.name_on(found.agency_id, day)),
        (_("Ngày ban hành"), _day(found.issued_at)),
        (_("Ký số"), _day(found.signed_at) or _("chưa ký số")),
        (_("Tình trạng"), state),
    ]
    kind, _colon, key = found.about.partition(":")
    return Cited(_label(found), _known(facts), dossier=key if kind == "dossiers.dossier" else "")


def _of_figure(proof: Evidence, answer: Answer, at: datetime) -> Cited | None:
    parts = proof.target.split(":")
    if len(parts) != 5 or parts[0] != FIGURE or not parts[2].isdecimal():
        return None
    _kind, code, agency, first, last = parts
    criterion = definition_of_round(answer.round).by_code[answer.criterion]
    name = str(MEASURES[code].name) if code in MEASURES else criterion.name
    value = _kept(answer, code, proof.as_of) or _counted(code, int(agency), first, last, at)
    span = _("từ %(first)s đến %(last)s") % {
        "first": _day(date.fromisoformat(first)),
        "last": _day(date.fromisoformat(last)),
    }
    facts = [
        (_("Đơn vị"), organisations.name_on(int(agency), day_of(at))),
        (_("Thời gian"), span),
        (_("Số liệu"), value),
    ]
    return Cited(name, _known(facts))


def _kept(answer: Answer, code: str, as_of: date | None) -> str:
    """The figure as it was laid beside the answer."""
    found = LiveFigure.objects.filter(answer=answer, measure=code, as_of=as_of).first() if as_of else None
    if found is None:
        return ""
    return f"{_plain(found.value)} / {_plain(found.below)}" if found.below else _plain(found.value)


def _counted(code: str, agency: int, first: str, last: str, at: datetime) -> str:
    """The figure as the journal counts it for those days."""
    if code not in MEASURES:
        return ""
    until = date.fromisoformat(last)
    span = Span(until, date.fromisoformat(first), at if until == day_of(at) else None)
    found = figures(Asked(agency, span, day_of(at)), [code]).whole[code]
    if found.denominator is not None:
        share = "" if found.value is None else f" = {shown(weight(str(found.value)))} {found.measure.unit.label}"
        return f"{found.numerator} / {found.denominator}{share}"
    return "" if found.value is None else f"{_plain(str(found.value))} {found.measure.unit.label}"


def _plain(text: str) -> str:
    try:
        return shown(weight(text))
    except NotANumber:
        return text


def _day(moment: date | datetime | None) -> str:
    if moment is None:
        return ""
    return f"{day_of(moment) if isinstance(moment, datetime) else moment:%d/%m/%Y}"


def _known(facts: Sequence[tuple[str, str]]) -> Facts:
    return tuple((name, value) for name, value in facts if value)
