"""The five steps of every move: lock, check, change, log, announce. The only writer of a task's row and of its days."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final

from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _

from motcua.base import journal
from motcua.base.actors import Actor
from motcua.base.clock import day_of, local
from motcua.base.errors import Conflict, Refused
from motcua.base.models import Entry
from motcua.base.text import nfc, unaccented
from motcua.directives import rules
from motcua.directives.actions.tallying import CLOSED, count_closed
from motcua.directives.events import TaskEvent
from motcua.directives.models import Directive, Note, Task, TaskSpan
from motcua.directives.queries.seeing import situation
from motcua.directives.terms import Move, Status
from motcua.people.models import Person

LONGEST: Final = 5000
SPAN_COLUMNS: Final = (
    *("root_id", "giver_id", "lead_id", "follower_id", "assignee_id", "directive_id"),
    *("given_by", "field", "status", "given_on", "due_on", "reported_on"),
)
"""The columns of a task that its days keep; a change of any of them begins a new row of days."""


def begin(move: Move, task: Task, *, by: Actor, at: datetime, seen: int | None = None) -> Status:
    """Lock the row, see whether somebody was quicker, ask the rules; the status the move leads to, or `Refused`."""
    locked = Task.objects.select_for_update(of=("self",)).get(pk=task.pk)
    task.__dict__.update(locked.__dict__)  # the caller's object is the row as it is under the lock
    if seen is not None and seen != task.version:
        raise Conflict(who_was_quicker(task))
    return rules.check(move, situation(task, by=by, at=at, move=move))


def who_was_quicker(task: Task) -> str:
    """The sentence for the second of two officials: who moved it, and when."""
    last = Entry.objects.filter(stream=task.stream).order_by("-seq").first()
    if last is None:
        return _("Nhiệm vụ vừa có thay đổi. Tải lại trang để xem.")
    name = Person.objects.filter(pk=last.by or 0).values_list("full_name", flat=True).first() or _("Hệ thống")
    known = {"name": name, "time": f"{local(last.at):%H:%M}"}
    return _("%(name)s vừa cập nhật nhiệm vụ này lúc %(time)s. Xem lại rồi gửi nếu vẫn cần.") % known


def finish(
    task: Task,
    event: type[TaskEvent],
    *,
    by: Actor,
    at: datetime,
    changes: Mapping[str, Any],
    note: str = "",
    talk: bool = False,
    **more: Any,
) -> int:
    """Write the changed columns, the row of days and one journal entry; returns the entry's number."""
    before = {name: getattr(task, name) for name in SPAN_COLUMNS}
    for name, value in changes.items():
        setattr(task, name, value)
    task.version += 1
    task.save(update_fields=[*changes, "version"])
    if any(getattr(task, name) != value for name, value in before.items()):
        keep_days(task, day_of(at))
    if task.status in CLOSED and before["status"] not in CLOSED and task.parent_id is None:
        count_closed([task])
    return tell(task, event, by=by, at=at, note=note, talk=talk, **more)


def keep_days(task: Task, day: date) -> None:
    """From this day on the task stands as it is now; of several changes on one day the last counts."""
    current = TaskSpan.objects.filter(task=task, during__endswith__isnull=True).first()
    if current is None:
        TaskSpan.objects.create(task=task, during=DateRange(day, None), **span_columns(task))
    elif current.during.lower >= day:
        TaskSpan.objects.filter(pk=current.pk).update(**span_columns(task))
    else:
        TaskSpan.objects.filter(pk=current.pk).update(during=DateRange(current.during.lower, day))
        TaskSpan.objects.create(task=task, during=DateRange(day, None), **span_columns(task))


def span_columns(task: Task) -> dict[str, Any]:
    """The facts of a row of days."""
    return {**{name: getattr(task, name) for name in SPAN_COLUMNS}, "top": task.parent_id is None}


def tell(
    task: Task, event: type[TaskEvent], *, by: Actor, at: datetime, note: str = "", talk: bool = False, **more: Any
) -> int:
    """One entry in the task's stream, with the facts that figures are counted from."""
    entry = journal.record(event(**facts(task), **more), stream=task.stream, by=by, at=at)
    if note:
        Note.objects.create(task=task, entry=entry, text=note, by_id=by.id, at=at, talk=talk)
    return entry


def facts(task: Task) -> dict[str, Any]:
    """The plain values every event of a task carries; no personal value among them."""
    return {
        "task": task.pk,
        "root": task.root_id,
        "giver": task.giver_id,
        "lead": task.lead_id,
        "given_by": str(task.given_by),
        "field": str(task.field),
        "status": str(task.status),
        "given_on": task.given_on,
        "due_on": task.due_on,
        "reported_on": task.reported_on,
        "directive": task.directive_id,
        "follower": task.follower_id,
        "assignee": task.assignee_id,
        "top": task.parent_id is None,
    }


def next_number() -> int:
    """The next key of a task, taken before the row is written because the code holds it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('directives_task', 'id'))")
        return int(cursor.fetchone()[0])


def code_of(number: int, given_on: date) -> str:
    """Mã nhiệm vụ: the year and a running number."""
    return f"NV{given_on:%y}-{number:06d}"


def search_words(title: str, code: str, directive: Directive | None) -> str:
    """What a search compares: code, words, number of the document."""
    return unaccented(" ".join(one for one in (code, title, directive.number if directive else "") if one))[:2500]


def need_words(text: str, what: str) -> str:
    """The text without outer spaces, or `Refused` when nothing was written."""
    cleaned = nfc(text).strip()
    if not cleaned:
        raise Refused(_("Ghi %(what)s.") % {"what": what})
    if len(cleaned) > LONGEST:
        raise Refused(_("Phần %(what)s dài quá 5.000 chữ. Viết gọn lại.") % {"what": what})
    return cleaned
