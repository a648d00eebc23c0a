"""Whom to remind when: reminders before the day, the day itself, the ladder after it. Practice, so it is dated data."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.utils.translation import gettext as _

from motcua.directives.terms import Receiver, Rung


@dataclass(frozen=True)
class Step:
    """One rung: so many days after the deadline (before it when negative), and to whom."""

    days: int
    to: tuple[Receiver, ...]

    @property
    def rung(self) -> Rung:
        """What kind of line it is."""
        return Rung.AHEAD if self.days < 0 else Rung.TODAY if self.days == 0 else Rung.LATE


DEFAULT_LADDER: Final[tuple[Step, ...]] = (
    Step(-7, (Receiver.DOER,)),
    Step(-3, (Receiver.DOER,)),
    Step(-1, (Receiver.DOER, Receiver.LEAD_HEADS)),
    Step(0, (Receiver.DOER, Receiver.LEAD_HEADS, Receiver.FOLLOWER)),
    Step(1, (Receiver.DOER, Receiver.LEAD_HEADS, Receiver.FOLLOWER)),
    Step(7, (Receiver.LEAD_HEADS, Receiver.FOLLOWER, Receiver.OFFICE_HEADS)),
    Step(15, (Receiver.LEAD_HEADS, Receiver.FOLLOWER, Receiver.OFFICE_HEADS, Receiver.GIVER)),
)
"""Used until a ladder of the province's own is in force."""


def step_due(ladder: Sequence[Step], due_on: date, today: date) -> Step | None:
    """The rung reached today: the last one that has come. A program that slept sends the newest word, not all it missed."""
    reached = [one for one in ladder if due_on + timedelta(days=one.days) <= today]
    return max(reached, key=lambda one: one.days) if reached else None


def ladder_objections(ladder: Sequence[Step]) -> list[str]:
    """Every reason why this cannot be a ladder."""
    found = []
    days = [one.days for one in ladder]
    if not ladder:
        found.append(_("Thang đôn đốc phải có ít nhất một nấc."))
    if len(set(days)) != len(days):
        found.append(_("Mỗi ngày chỉ một nấc đôn đốc."))
    found += [
        _("Nấc %(step)s chưa ghi gửi cho ai.") % {"step": names_of_step(one.days)} for one in ladder if not one.to
    ]
    if any(abs(one) > 365 for one in days):
        found.append(_("Nấc đôn đốc cách hạn không quá 365 ngày."))
    return found


def names_of_step(days: int) -> str:
    """The rung in words: "trước hạn 3 ngày"."""
    if days < 0:
        return _("trước hạn %(days)d ngày") % {"days": -days}
    return _("đến hạn hôm nay") if days == 0 else _("quá hạn %(days)d ngày") % {"days": days}


def subject_of(code: str, days_from_due: int) -> str:
    """The line people read, in Vietnamese whoever reads it: how far the day is from today, not from the rung."""
    if days_from_due < 0:
        return f"Nhiệm vụ {code} còn {-days_from_due} ngày đến hạn"
    if days_from_due == 0:
        return f"Nhiệm vụ {code} đến hạn hôm nay"
    return f"Nhiệm vụ {code} quá hạn {days_from_due} ngày"


def monday_of(day: date) -> date:
    """The Monday of the week, by which weekly lists are known."""
    return day - timedelta(days=day.weekday())
