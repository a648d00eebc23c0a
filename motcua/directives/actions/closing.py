"""The giver's side: give it to another, answer, confirm or send back, put off, take back, put right, publish, urge."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.base.actors import Actor
from motcua.base.clock import day_of
from motcua.base.errors import Refused
from motcua.base.text import squeeze
from motcua.directives import rules
from motcua.directives.actions.making import begin, finish, need_words, search_words
from motcua.directives.actions.telling import tell_given, tell_giver, tell_lead
from motcua.directives.events import (
    ExtensionDenied,
    ExtensionGranted,
    TaskCancelled,
    TaskConfirmed,
    TaskCorrected,
    TaskPublished,
    TaskReassigned,
    TaskResumed,
    TaskSentBack,
    TaskSuspended,
    TaskUrged,
    UrgingAcknowledged,
)
from motcua.directives.models import Coordination, Extension, Report, Series, Task, TaskText, Urging
from motcua.directives.queries.receivers import heads_of
from motcua.directives.terms import Answer, Field, GivenBy, Kind, Move, Rung, Urgency
from motcua.organisations import queries as organisations


@transaction.atomic
def reassign(
    task: Task,
    *,
    lead: int,
    partners: Collection[int] | None = None,
    due_on: date | None = None,
    reason: str,
    by: Actor,
    at: datetime,
    seen: int | None = None,
) -> None:
    """Give the task to another lead, after a refusal or because the work moved; `due_on` None keeps the day."""
    target = begin(Move.REASSIGN, task, by=by, at=at, seen=seen)
    reason = need_words(reason, _("lý do giao lại"))
    helping = tuple(dict.fromkeys(partners)) if partners is not None else _partners_of(task, but=lead)
    if found := _reassigning_objections(task, lead, helping, due_on, day_of(at)):
        raise Refused(found)
    before = task.lead_id
    _set_partners(task, helping)
    _drop_requests(task, at=at)
    changes = {
        "status": target,
        "lead_id": lead,
        "assignee_id": None,
        "due_on": due_on or task.due_on,
        "asking": False,
        "reported_on": None,
    }
    finish(
        task, TaskReassigned, by=by, at=at, changes=changes, note=reason, talk=True, from_lead=before, partners=helping
    )
    if task.series_id is not None:  # the next rounds go to whoever does this one
        Series.objects.filter(pk=task.series_id, lead=before).update(lead=lead)
    tell_given(task, at=at)


def _reassigning_objections(
    task: Task, lead: int, helping: tuple[int, ...], due_on: date | None, day: date
) -> list[str]:
    """Every reason why this lead cannot take the task over by that day."""
    found = rules.giving_objections(
        rules.Wish(
            title=task.title,
            given_on=task.given_on,
            lead=lead,
            lead_name=organisations.name_on(lead, day),
            lead_stands=organisations.version_on(lead, day) is not None,
            partners=helping,
            kind=Kind.OPEN_ENDED,
        )
    )
    if due_on is not None and due_on < day:
        found.append(_("Hạn mới đã qua."))
    if due_on is not None and task.due_on is None:
        found.append(_("Nhiệm vụ này không có thời hạn."))
    if task.parent_id is not None and lead not in organisations.subtree_ids(task.giver_id, day):
        found.append(_("Nhiệm vụ con chỉ giao cho đơn vị thuộc cơ quan chủ trì."))
    return found


def _partners_of(task: Task, *, but: int | None = None) -> tuple[int, ...]:
    found = Coordination.objects.filter(task=task).order_by("pk").values_list("agency", flat=True)
    return tuple(one for one in found if one != but)


def _set_partners(task: Task, agencies: Collection[int]) -> None:
    Coordination.objects.filter(task=task).exclude(agency__in=agencies).delete()
    known = set(Coordination.objects.filter(task=task).values_list("agency", flat=True))
    Coordination.objects.bulk_create(Coordination(task=task, agency_id=one) for one in agencies if one not in known)


def _drop_requests(task: Task, *, at: datetime) -> None:
    """A request for a later day needs no answer any more."""
    Extension.objects.filter(task=task, answer=Answer.OPEN).update(answer=Answer.DROPPED, answered_at=at)


@transaction.atomic
def confirm(task: Task, *, opinion: str = "", by: Actor, at: datetime, seen: int | None = None) -> None:
    """The giver agrees: finished. Whether in time is told by the day of the report."""
    target = begin(Move.CONFIRM, task, by=by, at=at, seen=seen)
    opinion = opinion.strip()
    _current_report(task).update(confirmed_by=by.id, confirmed_at=at, opinion=opinion)
    changes = {"status": target, "closed_on": day_of(at)}
    finish(task, TaskConfirmed, by=by, at=at, changes=changes, note=opinion)
    subject = f"Nhiệm vụ {task.code} đã được xác nhận hoàn thành"
    tell_lead(task, subject, body=opinion, template="directives.confirmed", at=at)


def _current_report(task: Task) -> Any:
    return Report.objects.filter(task=task, confirmed_at__isnull=True, sent_back_at__isnull=True)


@transaction.atomic
def send_back(task: Task, *, reason: str, by: Actor, at: datetime, seen: int | None = None) -> None:
    """Not finished yet: the giver says what is missing; the day stays as it was."""
    target = begin(Move.SEND_BACK, task, by=by, at=at, seen=seen)
    reason = need_words(reason, _("lý do trả lại"))
    _current_report(task).update(sent_back_by=by.id, sent_back_at=at, opinion=reason)
    changes = {"status": target, "reported_on": None, "returns": task.returns + 1}
    finish(task, TaskSentBack, by=by, at=at, changes=changes, note=reason, talk=True, times=task.returns + 1)
    subject = f"Nhiệm vụ {task.code} được trả lại để làm tiếp"
    tell_lead(task, subject, body=reason, template="directives.sent_back", at=at)


@transaction.atomic
def grant_extension(
    task: Task, *, new_due_on: date | None = None, opinion: str = "", by: Actor, at: datetime, seen: int | None = None
) -> None:
    """Agree to the day that was asked for, or to another later one; the count is kept."""
    begin(Move.GRANT_EXTENSION, task, by=by, at=at, seen=seen)
    asked = Extension.objects.select_for_update(of=("self",)).get(task=task, answer=Answer.OPEN)
    day = new_due_on or asked.wanted_on
    if found := rules.extension_objections(task.due_on, day, day_of(at)):
        raise Refused(found)
    asked.answer, asked.new_due_on, asked.opinion = Answer.GRANTED, day, opinion.strip()
    asked.answered_by_id, asked.answered_at = by.id, at
    asked.save(update_fields=["answer", "new_due_on", "opinion", "answered_by", "answered_at"])
    old, times = task.due_on, task.extensions + 1
    changes = {"due_on": day, "asking": False, "extensions": times}
    finish(
        task,
        ExtensionGranted,
        by=by,
        at=at,
        changes=changes,
        note=opinion.strip(),
        talk=True,
        extension=asked.pk,
        old_due_on=old,
        times=times,
    )
    subject = f"Nhiệm vụ {task.code} được gia hạn đến {day:%d/%m/%Y}"
    tell_lead(task, subject, body=opinion, template="directives.extension_granted", at=at)


@transaction.atomic
def deny_extension(task: Task, *, reason: str, by: Actor, at: datetime, seen: int | None = None) -> None:
    """The day stays as it is, and why."""
    begin(Move.DENY_EXTENSION, task, by=by, at=at, seen=seen)
    reason = need_words(reason, _("lý do không đồng ý gia hạn"))
    asked = Extension.objects.select_for_update(of=("self",)).get(task=task, answer=Answer.OPEN)
    asked.answer, asked.opinion, asked.answered_by_id, asked.answered_at = Answer.DENIED, reason, by.id, at
    asked.save(update_fields=["answer", "opinion", "answered_by", "answered_at"])
    finish(task, ExtensionDenied, by=by, at=at, changes={"asking": False}, note=reason, talk=True, extension=asked.pk)
    subject = f"Nhiệm vụ {task.code} không được gia hạn"
    tell_lead(task, subject, body=reason, template="directives.extension_denied", at=at)


@transaction.atomic
def suspend(task: Task, *, reason: str, by: Actor, at: datetime, seen: int | None = None) -> None:
    """Put it off; while it rests no day counts and nobody is reminded."""
    target = begin(Move.SUSPEND, task, by=by, at=at, seen=seen)
    reason = need_words(reason, _("lý do tạm hoãn"))
    _drop_requests(task, at=at)
    changes = {"status": target, "held_due_on": task.due_on, "due_on": None, "asking": False}
    finish(task, TaskSuspended, by=by, at=at, changes=changes, note=reason, talk=True)
    subject = f"Nhiệm vụ {task.code} tạm hoãn"
    tell_lead(task, subject, body=reason, template="directives.suspended", at=at)


@transaction.atomic
def resume(task: Task, *, due_on: date | None = None, by: Actor, at: datetime, seen: int | None = None) -> None:
    """It goes on, by a new day or, while it has not passed, by the old one."""
    target = begin(Move.RESUME, task, by=by, at=at, seen=seen)
    day = due_on or task.held_due_on
    if day is not None and day < day_of(at):
        raise Refused(_("Hạn %(day)s đã qua. Ghi hạn mới.") % {"day": f"{day:%d/%m/%Y}"})
    changes = {"status": target, "due_on": day, "held_due_on": None}
    finish(task, TaskResumed, by=by, at=at, changes=changes)
    until = f", hạn {day:%d/%m/%Y}" if day else ""
    subject = f"Nhiệm vụ {task.code} tiếp tục{until}"
    tell_lead(task, subject, body="", template="directives.resumed", at=at)


@transaction.atomic
def cancel(task: Task, *, reason: str, by: Actor, at: datetime, seen: int | None = None) -> None:
    """Take the task back; it stays in the book with its reason and counts no more."""
    target = begin(Move.CANCEL, task, by=by, at=at, seen=seen)
    reason = need_words(reason, _("lý do thu hồi"))
    _drop_requests(task, at=at)
    _current_report(task).update(sent_back_by=by.id, sent_back_at=at, opinion=reason)
    changes = {"status": target, "closed_on": day_of(at), "asking": False}
    finish(task, TaskCancelled, by=by, at=at, changes=changes, note=reason, talk=True)
    subject = f"Nhiệm vụ {task.code} đã thu hồi"
    tell_lead(task, subject, body=reason, template="directives.cancelled", at=at)


@transaction.atomic
def correct(
    task: Task,
    *,
    title: str | None = None,
    field: Field | None = None,
    given_by: GivenBy | None = None,
    urgency: Urgency | None = None,
    follower: int | None = None,
    content: str | None = None,
    product: str | None = None,
    target: str | None = None,
    partners: Collection[int] | None = None,
    reason: str,
    by: Actor,
    at: datetime,
    seen: int | None = None,
) -> None:
    """Put right what was written down wrongly; lead and day change by their own moves. None leaves a field as it is."""
    begin(Move.CORRECT, task, by=by, at=at, seen=seen)
    reason = need_words(reason, _("lý do sửa"))
    narrow: dict[str, Any] = {"field": field, "given_by": given_by, "urgency": urgency, "follower_id": follower}
    if title is not None:
        narrow["title"] = squeeze(need_words(title, _("nội dung nhiệm vụ")))
        narrow["search"] = search_words(narrow["title"], task.code, task.directive)
    changes = {name: value for name, value in narrow.items() if value is not None and getattr(task, name) != value}
    wide = _changed_words(task, {"content": content, "product": product, "target": target})
    names = [name.removesuffix("_id") for name in changes if name != "search"] + list(wide)
    if partners is not None and set(partners) != set(_partners_of(task)):
        if task.lead_id in partners:
            raise Refused(_("Cơ quan chủ trì không đồng thời là cơ quan phối hợp."))
        _set_partners(task, tuple(dict.fromkeys(partners)))
        names.append("partners")
    if not names:
        raise Refused(_("Không có gì thay đổi."))
    if wide:
        TaskText.objects.filter(task=task).update(**wide)
    if "title" in changes:
        reason = f"{reason} Nội dung cũ: {task.title}"
    finish(task, TaskCorrected, by=by, at=at, changes=changes, note=reason, fields=tuple(names))


def _changed_words(task: Task, words: Mapping[str, str | None]) -> dict[str, str]:
    known = TaskText.objects.filter(task=task).values(*words).get()
    longest = {"content": 100_000, "product": 500, "target": 500}
    return {
        name: value.strip()[: longest[name]]
        for name, value in words.items()
        if value is not None and known[name] != value.strip()
    }


@transaction.atomic
def publish(task: Task, *, public: bool, by: Actor, at: datetime, seen: int | None = None) -> None:
    """Let everybody see what was promised, by whom, by when, done or not; or no longer."""
    begin(Move.PUBLISH, task, by=by, at=at, seen=seen)
    if task.public == public:
        raise Refused(_("Nhiệm vụ đã công khai.") if public else _("Nhiệm vụ chưa công khai."))
    finish(task, TaskPublished, by=by, at=at, changes={"public": public}, public=public)


@transaction.atomic
def urge(task: Task, *, text: str, letter_number: str = "", by: Actor, at: datetime, seen: int | None = None) -> Urging:
    """Công văn đôn đốc: a word from the giver or the task force to the heads of the lead, kept with the task."""
    begin(Move.URGE, task, by=by, at=at, seen=seen)
    text, day = need_words(text, _("nội dung đôn đốc")), day_of(at)
    days = (day - task.due_on).days if task.due_on else 0
    made = Urging.objects.create(
        task=task,
        rung=Rung.LETTER,
        days=max(-365, min(days, 9999)),
        due_on=task.due_on,
        sent_on=day,
        sent_at=at,
        sent_by_id=by.id,
        lead_id=task.lead_id,
        receivers=len(heads_of(task.lead_id, day)),
        letter_number=squeeze(letter_number)[:60],
        text=text,
    )
    finish(task, TaskUrged, by=by, at=at, changes={}, rung=str(Rung.LETTER), days=made.days, urging=made.pk)
    subject = f"Đôn đốc nhiệm vụ {task.code}"
    tell_lead(task, subject, body=text, template="directives.urged", at=at)
    return made


@transaction.atomic
def acknowledge(urging: Urging, *, by: Actor, at: datetime) -> None:
    """The lead has seen a line of urging; said once."""
    task = urging.task
    begin(Move.ACKNOWLEDGE, task, by=by, at=at)
    locked = Urging.objects.select_for_update(of=("self",)).get(pk=urging.pk)
    if locked.acknowledged_at is not None:
        raise Refused(_("Đã có người xác nhận đã xem đôn đốc này."))
    locked.acknowledged_by_id, locked.acknowledged_at = by.id, at
    locked.save(update_fields=["acknowledged_by", "acknowledged_at"])
    urging.acknowledged_by_id, urging.acknowledged_at = by.id, at
    finish(task, UrgingAcknowledged, by=by, at=at, changes={}, urging=urging.pk)
    if locked.rung == Rung.LETTER:
        subject = f"{task.code}: cơ quan chủ trì đã xem công văn đôn đốc"
        tell_giver(task, subject, body="", template="directives.acknowledged", at=at)
