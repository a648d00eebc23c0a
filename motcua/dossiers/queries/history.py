"""The history of a dossier is its journal: read back as lines for officials, for the applicant, and for the control slip."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from django.utils.translation import pgettext_lazy

from motcua.base import prepared
from motcua.base.clock import day_of
from motcua.base.models import Entry
from motcua.base.prepared import Prepared, among
from motcua.dossiers.models import Dossier, Note
from motcua.dossiers.terms import Turn
from motcua.organisations import queries as organisations
from motcua.people.models import Person

MOST: Final = 300
"""Entries of one dossier shown at once; real ones have a dozen."""

_LINES: Final[dict[str, tuple[Any, str, bool]]] = {
    # journal name: what happened, icon, whether the applicant sees it
    "dossiers.DossierSubmitted": (pgettext_lazy("happened", "Nộp hồ sơ"), "inbox", True),
    "dossiers.DossierReceived": (pgettext_lazy("happened", "Tiếp nhận"), "user-check", True),
    "dossiers.ReceptionCorrected": (pgettext_lazy("happened", "Sửa thông tin tiếp nhận"), "pencil", False),
    "dossiers.DossierRefused": (pgettext_lazy("happened", "Không tiếp nhận"), "circle-x", True),
    "dossiers.SupplementDrafted": (pgettext_lazy("happened", "Soạn yêu cầu bổ sung"), "pencil", False),
    "dossiers.SupplementDropped": (pgettext_lazy("happened", "Lãnh đạo không ký yêu cầu bổ sung"), "undo-2", False),
    "dossiers.SupplementAsked": (pgettext_lazy("happened", "Yêu cầu bổ sung"), "circle-pause", True),
    "dossiers.SupplementAnswered": (pgettext_lazy("happened", "Đã nhận bổ sung"), "file-check", True),
    "dossiers.DossierHandedOver": (pgettext_lazy("happened", "Chuyển xử lý"), "arrow-right", True),
    "dossiers.DossierAssigned": (pgettext_lazy("happened", "Phân công"), "user", False),
    "dossiers.StepTaken": (pgettext_lazy("happened", "Chuyển bước tiếp"), "arrow-right", False),
    "dossiers.StepSentBack": (pgettext_lazy("happened", "Trả lại bước trước"), "undo-2", False),
    "dossiers.ResultSubmitted": (pgettext_lazy("happened", "Trình ký"), "pen-line", True),
    "dossiers.ResultGivenBack": (pgettext_lazy("happened", "Lãnh đạo trả lại, có ý kiến"), "undo-2", False),
    "dossiers.ResultSigned": (pgettext_lazy("happened", "Ký kết quả"), "stamp", True),
    "dossiers.DossierExtended": (pgettext_lazy("happened", "Xin lỗi và hẹn lại"), "clock-alert", True),
    "dossiers.DueMoved": (pgettext_lazy("happened", "Ngày hẹn đổi theo lịch làm việc"), "calendar-days", True),
    "dossiers.DossierTakenOver": (pgettext_lazy("happened", "Cơ quan kế thừa nhận hồ sơ"), "building-2", True),
    "dossiers.DossierWithdrawn": (pgettext_lazy("happened", "Người nộp rút hồ sơ"), "undo-2", True),
    "dossiers.DossierStopped": (pgettext_lazy("happened", "Dừng giải quyết"), "circle-x", True),
    "dossiers.DossierClosed": (pgettext_lazy("happened", "Đóng vì không bổ sung"), "circle-x", True),
    "dossiers.ResultReturned": (pgettext_lazy("happened", "Trả kết quả"), "circle-check", True),
    "dossiers.DossierRated": (pgettext_lazy("happened", "Người nộp đánh giá"), "star", False),
    "dossiers.FeePaid": (pgettext_lazy("happened", "Thu lệ phí"), "receipt", True),
    "dossiers.PaperAttached": (pgettext_lazy("happened", "Đính thêm tệp"), "paperclip", False),
}
_AT_ONCE: Final = pgettext_lazy("happened", "Tiếp nhận và trả kết quả ngay")


@dataclass(frozen=True)
class Line:
    """One thing that happened: officials read persons, the applicant reads offices."""

    name: str
    title: str
    icon: str
    when: datetime
    who: str
    office: str
    text: str
    facts: dict[str, Any]
    seq: int
    state: str = ""


def history(dossier: Dossier) -> list[Line]:
    """Everything that happened, newest first, with the words that were written: for officials. Three statements."""
    entries = _entries(dossier)
    notes = dict(_NOTES.all(dossier=dossier.pk, public=[True, False]))
    ids = {number for one in entries for number in (one.by, one.acting_for) if number}
    names = dict(_NAMES.all(people=list(ids))) if ids else {}
    return [_line(one, who=_who(one, names), text=notes.get(one.seq, "")) for one in entries]


def public_history(dossier: Dossier) -> list[Line]:
    """What the applicant may know, newest first: offices, no names, reasons they have a right to. Two statements."""
    notes = dict(_NOTES.all(dossier=dossier.pk, public=[True]))
    shown = [one for one in _entries(dossier) if one.name in _LINES and _LINES[one.name][2]]
    return [_line(one, who="", text=notes.get(one.seq, "")) for one in shown]


def _entries(dossier: Dossier) -> list[Entry]:
    return _ENTRIES.all(stream=dossier.stream)


_ENTRIES: Final = Prepared(
    lambda: (
        Entry.objects.filter(stream=prepared.text("stream"))
        .only("name", "at", "by", "acting_for", "facts", "seq")
        .order_by("-seq")[:MOST]
    )
)
_NOTES: Final = Prepared(
    lambda: (
        Note.objects.filter(among("public", prepared.flags("public")), dossier=prepared.number("dossier"))
        .order_by("pk")
        .values_list("entry", "text")
    )
)
_NAMES: Final = Prepared(
    lambda: Person.objects.filter(among("id", prepared.numbers("people"))).values_list("pk", "full_name")
)


def _line(entry: Entry, *, who: str, text: str) -> Line:
    title, icon, _shown = _LINES.get(entry.name, (entry.name, "circle-dot", False))
    if entry.facts.get("at_once"):
        title, icon = _AT_ONCE, "circle-check"
    office = organisations.name_on(int(entry.facts["holding"]), day_of(entry.at))
    return Line(entry.name, str(title), icon, entry.at, who, office, text, entry.facts, entry.seq)


def _who(entry: Entry, names: dict[int, str]) -> str:
    if entry.by is None:
        return ""
    name = names.get(entry.by, "")
    return f"{name} (thay {names.get(entry.acting_for, '')})" if entry.acting_for else name


@dataclass(frozen=True)
class Stay:
    """How long a dossier lay at one step: the line of "who has it" and of the control slip."""

    step: int
    office: int
    begin: datetime
    end: datetime | None
    given_by: str
    taken_by: str
    waited: tuple[tuple[datetime, datetime | None], ...] = ()
    """When it waited for the applicant meanwhile: nobody's working time."""


def stays(lines: Iterable[Line]) -> list[Stay]:
    """The steps the dossier went through, oldest first, read from its lines (newest first)."""
    found: list[Stay] = []
    for line in reversed(list(lines)):
        step, office = int(line.facts["step"]), int(line.facts["holding"])
        if found and found[-1].end is None:
            last = found[-1]
            if last.step == step and last.office == office:
                continue
            found[-1] = Stay(last.step, last.office, last.begin, line.when, last.given_by, line.who)
        found.append(Stay(step, office, line.when, None, line.who, ""))
    if found and lines_ended(lines):
        last = found[-1]
        handed = next((one.who for one in lines if one.name == "dossiers.ResultReturned"), "")
        found[-1] = Stay(last.step, last.office, last.begin, last.begin, last.given_by, last.taken_by or handed)
    waits = _waits(lines)
    return [replace(one, waited=waits) for one in found] if waits else found


def _waits(lines: Iterable[Line]) -> tuple[tuple[datetime, datetime | None], ...]:
    """From each request for papers to its answer, oldest first; what still waits has no end."""
    found: list[tuple[datetime, datetime | None]] = []
    for line in reversed(list(lines)):
        waits = line.facts.get("turn") == Turn.APPLICANT
        if waits and not (found and found[-1][1] is None):
            found.append((line.when, None))
        elif not waits and found and found[-1][1] is None:
            found[-1] = found[-1][0], line.when
    return tuple(found)


def lines_ended(lines: Iterable[Line]) -> bool:
    """Whether the newest line says that nobody has to act any more."""
    newest = next(iter(lines), None)
    return newest is not None and newest.facts.get("turn") == "nobody"
