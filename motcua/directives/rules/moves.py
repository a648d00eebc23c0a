"""Who may do what with a task, and why not: one table and one function for buttons, guards, API and tests."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final

from django.utils.translation import gettext as _

from motcua.base.errors import Refused
from motcua.directives.terms import OPEN, Move, Side, Status
from motcua.people.terms import Role


@dataclass(frozen=True)
class Path:
    """One line of the table: from where, to where (None: the status stays), by which side, in which role."""

    sources: frozenset[Status]
    target: Status | None
    sides: frozenset[Side]
    roles: frozenset[Role]


def _path(
    sources: Collection[Status], *, to: Status | None = None, side: Collection[Side], by: Collection[Role]
) -> Path:
    return Path(frozenset(sources), to, frozenset(side), frozenset(by))


_GIVER: Final = (Side.GIVER, Side.FOLLOWER)
_LEAD: Final = (Side.LEAD, Side.ASSIGNEE)
_ANY: Final = (Role.LEADER, Role.UNIT_HEAD, Role.SPECIALIST)
_HEADS: Final = (Role.LEADER, Role.UNIT_HEAD)
_LEADER: Final = (Role.LEADER,)
_WORKING: Final = (Status.DOING, Status.RETURNED)

PATHS: Final[Mapping[Move, Path]] = MappingProxyType(
    {
        Move.ACCEPT: _path((Status.ASSIGNED,), to=Status.DOING, side=_LEAD, by=(*_HEADS, Role.RECORDS)),
        Move.REFUSE: _path((Status.ASSIGNED,), to=Status.REFUSED, side=_LEAD, by=_LEADER),
        Move.REASSIGN: _path((Status.ASSIGNED, Status.REFUSED, *_WORKING), to=Status.ASSIGNED, side=_GIVER, by=_ANY),
        Move.APPOINT: _path((Status.ASSIGNED, *_WORKING), side=_LEAD, by=_HEADS),
        Move.UPDATE: _path(_WORKING, side=_LEAD, by=_ANY),
        Move.REPORT: _path(_WORKING, to=Status.REPORTED, side=_LEAD, by=_ANY),
        Move.CONFIRM: _path((Status.REPORTED,), to=Status.DONE, side=_GIVER, by=_ANY),
        Move.SEND_BACK: _path((Status.REPORTED,), to=Status.RETURNED, side=_GIVER, by=_ANY),
        Move.ASK_EXTENSION: _path(_WORKING, side=_LEAD, by=_LEADER),
        Move.GRANT_EXTENSION: _path(_WORKING, side=(Side.GIVER,), by=_LEADER),
        Move.DENY_EXTENSION: _path(_WORKING, side=(Side.GIVER,), by=_LEADER),
        Move.SUSPEND: _path((Status.ASSIGNED, *_WORKING), to=Status.SUSPENDED, side=(Side.GIVER,), by=_LEADER),
        Move.RESUME: _path((Status.SUSPENDED,), to=Status.DOING, side=(Side.GIVER,), by=_LEADER),
        Move.CANCEL: _path(OPEN, to=Status.CANCELLED, side=(Side.GIVER,), by=_LEADER),
        Move.CORRECT: _path(OPEN, side=_GIVER, by=_ANY),
        Move.DIVIDE: _path(_WORKING, side=_LEAD, by=_HEADS),
        Move.URGE: _path((Status.ASSIGNED, Status.REFUSED, *_WORKING), side=(*_GIVER, Side.TASK_FORCE), by=_ANY),
        Move.ACKNOWLEDGE: _path(tuple(Status), side=_LEAD, by=(*_ANY, Role.RECORDS)),
        Move.PUBLISH: _path((*OPEN, Status.DONE), side=(Side.GIVER,), by=_LEADER),
    }
)
"""The flow of a task, readable aloud: given → accepted or refused → worked on → reported → confirmed or returned."""


@dataclass(frozen=True, kw_only=True)
class Situation:
    """All that the rules need to know about one task and the person before it."""

    status: Status
    today: date
    sides: Collection[Side] = ()
    roles: Collection[str] = ()
    due_on: date | None = None
    by_system: bool = False
    asking: bool = False
    """A request for a later day waits for an answer."""
    open_parts: int = 0
    """Tasks given on below this one that are not finished."""
    own_report: bool = False
    """The person made the report that waits for confirmation."""
    parent_open: bool = True
    urged_today: bool = False
    is_part: bool = False
    """It was given on by the lead of another task."""


def objections(move: Move, now: Situation) -> list[str]:
    """Every reason against this move; empty when it may be made."""
    return [*_who(move, now), *_state(move, now), *_why(move, now)]


def relevant(move: Move, now: Situation) -> bool:
    """Whether the move concerns this person at all: a button that shows its objections, or no button."""
    path = PATHS[move]
    return not _who(move, now) and (now.status in path.sources or (path.target is None and now.status in OPEN))


def check(move: Move, now: Situation) -> Status:
    """The status the move leads to, or `Refused` with all objections."""
    if found := objections(move, now):
        raise Refused(found)
    return PATHS[move].target or now.status


def _who(move: Move, now: Situation) -> list[str]:
    if now.by_system:
        return []
    path, found = PATHS[move], []
    if path.sides.isdisjoint(now.sides):
        sides = ", ".join(str(side.label) for side in Side if side in path.sides)
        found.append(_("Việc này của %(sides)s.") % {"sides": sides})
    if path.roles.isdisjoint(now.roles):
        roles = ", ".join(str(role.label).lower() for role in Role if role in path.roles)
        found.append(_("Chỉ %(roles)s được thực hiện.") % {"roles": roles})
    return found


def _state(move: Move, now: Situation) -> list[str]:
    if now.status in PATHS[move].sources:
        return []
    return [_("Nhiệm vụ đang ở tình trạng “%(status)s”.") % {"status": now.status.label}]


def _why(move: Move, now: Situation) -> list[str]:
    """Reasons that lie in the task itself."""
    match move:
        case Move.REPORT if now.open_parts:
            return [_("Còn %(count)d nhiệm vụ con chưa xong.") % {"count": now.open_parts}]
        case Move.REPORT if now.asking:
            return [_("Đang xin gia hạn, chờ cơ quan giao trả lời.")]
        case Move.CONFIRM | Move.SEND_BACK if now.own_report:
            return [_("Người báo cáo không tự xác nhận báo cáo của mình.")]
        case Move.ASK_EXTENSION:
            return _why_not_ask(now)
        case Move.GRANT_EXTENSION | Move.DENY_EXTENSION if not now.asking:
            return [_("Không có đề nghị gia hạn nào đang chờ.")]
        case Move.CANCEL if now.open_parts:
            return [
                _("Còn %(count)d nhiệm vụ con chưa xong; thu hồi các nhiệm vụ con trước.") % {"count": now.open_parts}
            ]
        case Move.RESUME | Move.REASSIGN if not now.parent_open:
            return [_("Nhiệm vụ cấp trên của nhiệm vụ này đã kết thúc.")]
        case Move.URGE if now.urged_today:
            return [_("Hôm nay đã có công văn đôn đốc nhiệm vụ này.")]
        case Move.PUBLISH if now.is_part:
            return [_("Nhiệm vụ con là việc trong nội bộ, không công khai.")]
        case _:
            return []


def _why_not_ask(now: Situation) -> list[str]:
    if now.due_on is None:
        return [_("Nhiệm vụ này không có thời hạn để gia hạn.")]
    if now.asking:
        return [_("Đã có một đề nghị gia hạn đang chờ trả lời.")]
    if now.today > now.due_on:
        day = f"{now.due_on:%d/%m/%Y}"
        return [_("Đã quá hạn ngày %(day)s. Chỉ được xin gia hạn khi chưa hết hạn.") % {"day": day}]
    return []
