"""What happened to a task, read back from the journal in sentences, with the words that go with each entry."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from motcua.base.clock import day_of
from motcua.base.models import Entry
from motcua.directives.models import Note, Task
from motcua.directives.rules import names_of_step
from motcua.directives.terms import Rung
from motcua.organisations import queries as organisations
from motcua.people.models import Person


@dataclass(frozen=True)
class Happening:
    """One line of the story."""

    event: str
    """Its name in the journal, without the app: `TaskGiven`."""
    at: datetime
    who: str
    acting_for: str
    words: str
    note: str
    talk: bool


def story(task: Task, *, talk: bool) -> list[Happening]:
    """The story, the latest first; `talk` False leaves out what is between giver and lead only."""
    entries = list(Entry.objects.filter(stream=task.stream).order_by("-seq")[:300])
    notes = {one.entry: one for one in Note.objects.filter(task=task).order_by("pk")}
    persons = {pk for one in entries for pk in (one.by, one.acting_for, one.facts.get("assignee")) if pk}
    names: dict[int, str] = dict(Person.objects.filter(pk__in=persons).values_list("pk", "full_name"))
    found = []
    for one in entries:
        note = notes.get(one.seq)
        if note is not None and note.talk and not talk:
            note = None
        found.append(
            Happening(
                event=(event := one.name.rsplit(".", 1)[-1]),
                at=one.at,
                who=names.get(one.by or 0, _("Hệ thống")),
                acting_for=names.get(one.acting_for or 0, ""),
                words=_words(event, one.facts, names, day_of(one.at)),
                note=note.text if note else "",
                talk=bool(note and note.talk),
            )
        )
    return found


def _words(name: str, facts: Mapping[str, Any], names: Mapping[int, str], day: date) -> str:
    """One entry as a sentence without its subject."""
    known = {
        "lead": organisations.name_on(facts["lead"], day, short=True),
        "due": _day(facts.get("due_on")),
        "name": names.get(facts.get("assignee") or 0, _("người thực hiện")),
        "share": str(facts.get("progress", "")),
        "day": _day(facts.get("wanted_on")),
        "step": names_of_step(int(facts.get("days", 0))),
    }
    return _sentence(name, facts) % known


def _sentence(name: str, facts: Mapping[str, Any]) -> str:
    match name:
        case "TaskGiven":
            return _("Giao %(lead)s, hạn %(due)s") if facts.get("due_on") else _("Giao %(lead)s")
        case "TaskResumed":
            return _("Tiếp tục, hạn %(due)s") if facts.get("due_on") else _("Tiếp tục")
        case "TaskUrged":
            return _("Đôn đốc bằng công văn") if facts["rung"] == Rung.LETTER else _("Nhắc: %(step)s")
        case "TaskPublished":
            return _("Công khai") if facts["public"] else _("Thôi công khai")
        case _:
            return str(_SENTENCES.get(name, name))


_SENTENCES: Final = {
    "TaskReassigned": _lazy("Giao lại cho %(lead)s"),
    "TaskAccepted": _lazy("%(lead)s tiếp nhận"),
    "TaskRefused": _lazy("%(lead)s từ chối nhận"),
    "TaskAppointed": _lazy("Phân công %(name)s"),
    "TaskUpdated": _lazy("Cập nhật tiến độ %(share)s%%"),
    "TaskReported": _lazy("Báo cáo hoàn thành"),
    "TaskConfirmed": _lazy("Xác nhận hoàn thành"),
    "TaskSentBack": _lazy("Trả lại, yêu cầu làm tiếp"),
    "ExtensionAsked": _lazy("Xin gia hạn đến %(day)s"),
    "ExtensionGranted": _lazy("Gia hạn đến %(due)s"),
    "ExtensionDenied": _lazy("Không đồng ý gia hạn"),
    "TaskSuspended": _lazy("Tạm hoãn"),
    "TaskCancelled": _lazy("Thu hồi"),
    "TaskCorrected": _lazy("Sửa thông tin nhiệm vụ"),
    "UrgingAcknowledged": _lazy("Đã xem đôn đốc"),
}


def _day(iso: str | None) -> str:
    return f"{date.fromisoformat(iso):%d/%m/%Y}" if iso else ""
