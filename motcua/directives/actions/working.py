"""The lead's side: take it or not, name who works on it, tell how it goes, report it done, ask for a later day."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.base.actors import Actor
from motcua.base.clock import day_of
from motcua.base.errors import Refused
from motcua.base.models import StoredFile
from motcua.base.text import squeeze
from motcua.directives import rules
from motcua.directives.actions.making import begin, finish, need_words
from motcua.directives.actions.telling import tell_giver, tell_person
from motcua.directives.events import (
    ExtensionAsked,
    TaskAccepted,
    TaskAppointed,
    TaskRefused,
    TaskReported,
    TaskUpdated,
)
from motcua.directives.models import Evidence, Extension, Report, Task, TaskText
from motcua.directives.queries.places import authority_of
from motcua.directives.terms import Move
from motcua.organisations import queries as organisations
from motcua.people import queries as people
from motcua.people.terms import Role

MOST_FILES = 20


@transaction.atomic
def accept(task: Task, *, assignee: int | None = None, by: Actor, at: datetime, seen: int | None = None) -> None:
    """The lead takes the task; it may name at once who works on it."""
    target = begin(Move.ACCEPT, task, by=by, at=at, seen=seen)
    changes: dict[str, object] = {"status": target}
    if assignee is not None:
        _must_work_there(task, assignee, day_of(at))
        changes["assignee_id"] = assignee
    finish(task, TaskAccepted, by=by, at=at, changes=changes)
    if assignee is not None and assignee != by.id:
        tell_person(task, assignee, _appointed(task), template="directives.appointed", at=at)


@transaction.atomic
def refuse(task: Task, *, reason: str, by: Actor, at: datetime, seen: int | None = None) -> None:
    """Not ours: the head of the lead says why, and the giver gives it to somebody else."""
    target = begin(Move.REFUSE, task, by=by, at=at, seen=seen)
    reason = need_words(reason, _("lý do từ chối nhận"))
    finish(task, TaskRefused, by=by, at=at, changes={"status": target}, note=reason, talk=True)
    subject = f"Nhiệm vụ {task.code} bị từ chối nhận"
    tell_giver(task, subject, body=reason, template="directives.refused", at=at)


@transaction.atomic
def appoint(task: Task, *, to: int, by: Actor, at: datetime, note: str = "", seen: int | None = None) -> None:
    """Name the person of the lead's house who works on it."""
    begin(Move.APPOINT, task, by=by, at=at, seen=seen)
    _must_work_there(task, to, day_of(at))
    finish(task, TaskAppointed, by=by, at=at, changes={"assignee_id": to}, note=note.strip())
    if to != by.id:
        tell_person(task, to, _appointed(task), template="directives.appointed", at=at)


def _appointed(task: Task) -> str:
    return f"Bạn được phân công thực hiện nhiệm vụ {task.code}"


def _must_work_there(task: Task, person: int, day: date) -> None:
    house = organisations.subtree_ids(authority_of(task.lead_id, day), day)
    roles = [Role.SPECIALIST, Role.UNIT_HEAD, Role.LEADER]
    if not people.posts_on(day).filter(person=person, agency__in=house, role__in=roles).exists():
        raise Refused(_("Người được phân công không làm việc ở cơ quan chủ trì."))


@transaction.atomic
def update_progress(task: Task, *, progress: int, text: str, by: Actor, at: datetime, seen: int | None = None) -> None:
    """A word on how it goes, with the share that is done."""
    begin(Move.UPDATE, task, by=by, at=at, seen=seen)
    if not 0 <= progress <= 100:
        raise Refused(_("Tiến độ ghi từ 0 đến 100 phần trăm."))
    text = need_words(text, _("việc đã làm"))
    finish(task, TaskUpdated, by=by, at=at, changes={"progress": progress}, note=text, progress=progress)


@transaction.atomic
def report(
    task: Task,
    *,
    text: str,
    files: Sequence[StoredFile] = (),
    result_number: str = "",
    result_on: date | None = None,
    by: Actor,
    at: datetime,
    seen: int | None = None,
) -> Report:
    """Say that it is done and show it: files, or the number of the document that came out of it."""
    target = begin(Move.REPORT, task, by=by, at=at, seen=seen)
    text, number = need_words(text, _("kết quả thực hiện")), squeeze(result_number)[:60]
    found = []
    if not files and not number:
        found.append(_("Đính kèm minh chứng, hoặc ghi số văn bản kết quả."))
    if len(files) > MOST_FILES:
        found.append(_("Đính kèm tối đa %(most)d tệp.") % {"most": MOST_FILES})
    if result_on is not None and result_on > day_of(at):
        found.append(_("Ngày văn bản kết quả chưa tới."))
    if found:
        raise Refused(found)
    made = Report.objects.create(
        task=task, text=text, result_number=number, result_on=result_on, made_by_id=by.id, made_at=at
    )
    Evidence.objects.bulk_create(Evidence(report=made, file=one) for one in {file.pk: file for file in files}.values())
    if number:
        TaskText.objects.filter(task=task).update(result_number=number, result_on=result_on)
    changes = {"status": target, "reported_on": day_of(at), "progress": 100}
    finish(task, TaskReported, by=by, at=at, changes=changes, report=made.pk, files=len(files))
    subject = f"Nhiệm vụ {task.code} đã báo cáo hoàn thành, chờ xác nhận"
    tell_giver(task, subject, body=text, template="directives.reported", at=at)
    return made


@transaction.atomic
def ask_extension(
    task: Task, *, wanted_on: date, reason: str, by: Actor, at: datetime, seen: int | None = None
) -> Extension:
    """Ask for a later day, before the day has passed, with a reason."""
    begin(Move.ASK_EXTENSION, task, by=by, at=at, seen=seen)
    if found := rules.extension_objections(task.due_on, wanted_on, day_of(at)):
        raise Refused(found)
    assert task.due_on is not None, "the rules asked for it"
    reason = need_words(reason, _("lý do xin gia hạn"))
    asked = Extension.objects.create(
        task=task, old_due_on=task.due_on, wanted_on=wanted_on, reason=reason, asked_by_id=by.id, asked_at=at
    )
    finish(
        task,
        ExtensionAsked,
        by=by,
        at=at,
        changes={"asking": True},
        note=reason,
        talk=True,
        extension=asked.pk,
        wanted_on=wanted_on,
    )
    subject = f"Nhiệm vụ {task.code} xin gia hạn đến {wanted_on:%d/%m/%Y}"
    tell_giver(task, subject, body=reason, template="directives.extension_asked", at=at)
    return asked
