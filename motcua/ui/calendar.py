"""The signature piece: the days between receipt and due date, ready to be drawn."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

DRAWN = {"used": "used", "wait": "wait", "left": "rest", "rest": "rest", "none": "none"}
CLOSED = ("off", "holiday")
CROWDED = 21
"""More days than this in one row leave no room for a word below each."""


class Stretch(NamedTuple):
    """A part of a day's bar, in hundredths of the working hours."""

    shade: str
    x: float
    width: float


@dataclass(frozen=True)
class Day:
    """One day as it is drawn."""

    on: date
    number: str
    weekday: str
    off: bool
    out: bool
    word: str
    stretches: tuple[Stretch, ...]
    is_today: bool
    is_due: bool

    @property
    def classes(self) -> str:
        extra = {"off": self.off, "out": self.out and not self.off, "today": self.is_today, "due": self.is_due}
        return " ".join(["day", *(f"day--{name}" for name, on in extra.items() if on)])


def days(cells: Sequence[Any], *, strip: bool = False) -> list[Day]:
    """The cells of `workdays.rules` as days to draw; where many stand in one row, only the words that matter."""
    drawn = [_day(cell) for cell in cells]
    return [_brief(day) for day in drawn] if strip and len(drawn) > CROWDED else drawn


def _brief(day: Day) -> Day:
    """A weekend is told by its weekday and its missing bar, a new month below its first day."""
    word = "" if day.on.weekday() >= 5 and not (day.is_today or day.is_due) else day.word
    if day.on.day == 1:
        word = word or _("tháng %(month)s") % {"month": day.on.month}
    return replace(day, number=str(day.on.day), word=word)


def _day(cell: Any) -> Day:
    off, out = str(cell.kind) in CLOSED, str(cell.kind) == "out"
    note = str(cell.note or "")
    if not note and cell.is_due:
        note = _("hẹn trả")
    elif not note and cell.is_today:
        note = _("hôm nay")
    return Day(
        on=cell.date,
        number=f"{cell.date.day}/{cell.date.month}" if cell.date.day == 1 else str(cell.date.day),
        weekday=str(cell.weekday_word),
        off=off,
        out=out,
        word=note or str(cell.off_word or ""),
        stretches=() if off or out else tuple(_stretch(one) for one in cell.segments),
        is_today=bool(cell.is_today),
        is_due=bool(cell.is_due),
    )


def _stretch(segment: Any) -> Stretch:
    kind, x, width = segment if isinstance(segment, tuple) else (segment.kind, segment.x, segment.width)
    return Stretch(DRAWN[str(kind)], round(float(x), 2), round(float(width), 2))


def blanks(drawn: Sequence[Day]) -> range:
    """Empty places before the first day, so that Monday stands first."""
    return range(drawn[0].on.weekday() if drawn else 0)


def marks(drawn: Sequence[Day]) -> set[str]:
    """Which shades occur: the key explains these and no others."""
    found = {stretch.shade for day in drawn for stretch in day.stretches if stretch.width}
    return found | ({"due"} if any(day.is_due for day in drawn) else set())


def label(cells: Sequence[Any]) -> str:
    """The name of the list for those who hear it."""
    if not cells:
        return _("Lịch tính hạn")
    first, last = cells[0].date, cells[-1].date
    return _("Lịch tính hạn từ %(first)s đến %(last)s") % {
        "first": f"{first.day}/{first.month}",
        "last": f"{last:%d/%m/%Y}",
    }
