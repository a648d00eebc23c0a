"""What the page of a task shows beside the view of the queries: buttons in their order, icons of the story, the quotation."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from motcua.directives import queries
from motcua.directives.models import Task
from motcua.directives.queries import Option, TaskView
from motcua.directives.terms import Move, Status
from motcua.ui import moves

MAIN_MOVES: Final = (
    Move.ACCEPT,
    Move.CONFIRM,
    Move.GRANT_EXTENSION,
    Move.REPORT,
    Move.REASSIGN,
    Move.RESUME,
    Move.UPDATE,
)
"""The act that leads on, in this order; one of them is the filled button."""
HARD_MOVES: Final = (Move.REFUSE, Move.CANCEL)
ANSWERS: Final = (Move.GRANT_EXTENSION, Move.DENY_EXTENSION)
"""Shown while somebody asks."""
RARE_MOVES: Final = (Move.CORRECT, Move.PUBLISH, Move.SUSPEND, Move.CANCEL)
"""Behind "Việc khác"."""
TAGS: Final = {
    Status.ASSIGNED: ("nuoc", "inbox"),
    Status.REFUSED: ("son", "circle-x"),
    Status.DOING: ("nuoc", "circle-dot"),
    Status.SUSPENDED: ("", "circle-pause"),
    Status.REPORTED: ("cham", "hourglass"),
    Status.RETURNED: ("nghe", "undo-2"),
    Status.DONE: ("la", "circle-check"),
    Status.CANCELLED: ("", "circle-slash"),
}


@dataclass(frozen=True)
class Left:
    """What the due chip says of a day."""

    kind: str
    words: str


def chip(status: str, due_on: date | None, left: int | None, late: int, state: str = "") -> Left:
    """How a task stands, in the ink of the house: in time, near, late, standing still, done."""
    if status == Status.DONE:
        return Left("done", _("Xong trễ %(n)d ngày") % {"n": late} if late else _("Xong đúng hạn"))
    if status in (Status.SUSPENDED, Status.CANCELLED):
        return Left("paused", str(Status(status).label))
    if late:
        return Left("late", ngettext("Quá %(n)d ngày", "Quá %(n)d ngày", late) % {"n": late})
    if due_on is None or left is None:
        return Left("paused", _("Không hạn"))
    if status == Status.REPORTED:
        return Left("done", _("Báo cáo đúng hạn"))
    if left == 0:
        return Left("near", _("Hôm nay"))
    return Left("near" if left <= 3 else "in", ngettext("Còn %(n)d ngày", "Còn %(n)d ngày", left) % {"n": left})


def task_page(view: TaskView) -> dict[str, Any]:
    """The context of the page."""
    task = view.task
    buttons = _buttons([one for one in view.options if task.asking or one.move not in ANSWERS], task)
    return {
        "view": view,
        "task": task,
        "tag": TAGS[Status(task.status)],
        "chip": chip(task.status, task.due_on, view.left, view.late),
        "buttons": [one for one in buttons if one.move not in RARE_MOVES],
        "rare": [one for one in buttons if one.move in RARE_MOVES],
        "my_turn": any(one.main for one in buttons),
        "story": [(one, _ICONS.get(one.event, "circle-dot"), place == 0) for place, one in enumerate(view.history)],
        "asked": queries.open_request(task) if task.asking and view.extensions else None,
        "report": view.reports[0] if view.reports else None,
        "unseen": [one for one in view.urgings if one.acknowledged_at is None],
        "may_acknowledge": any(one.move is Move.ACKNOWLEDGE and one.open for one in view.options),
        "part_chips": [(one, chip(one.task.status, one.task.due_on, one.left, one.late)) for one in view.parts],
    }


def _buttons(options: list[Option], task: Task) -> list[moves.Button]:
    """Main first, hard last; the first open leading act is the filled one. Acknowledging has its own place."""
    known = [one for one in options if one.move is not Move.ACKNOWLEDGE]
    leading = [one for one in MAIN_MOVES if one is not Move.REASSIGN or task.status == Status.REFUSED]
    order = {move: place for place, move in enumerate(MAIN_MOVES)}
    made = moves.buttons_of(known, leading=leading, hard=HARD_MOVES)
    return sorted(made, key=lambda one: (not one.main, bool(one.objections), one.hard, order.get(one.move, 99)))


_ICONS: Final = {
    "TaskGiven": "arrow-right",
    "TaskReassigned": "arrow-right",
    "TaskAccepted": "user-check",
    "TaskRefused": "circle-x",
    "TaskAppointed": "user",
    "TaskUpdated": "pencil",
    "TaskReported": "file-check",
    "TaskConfirmed": "circle-check",
    "TaskSentBack": "undo-2",
    "ExtensionAsked": "hourglass",
    "ExtensionGranted": "calendar-days",
    "TaskUrged": "bell",
    "TaskSuspended": "circle-pause",
    "TaskCancelled": "circle-x",
    "UrgingAcknowledged": "eye",
    "TaskPublished": "globe",
}
