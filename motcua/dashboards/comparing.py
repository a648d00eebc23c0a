"""Two periods beside each other: which may be chosen, and how much each figure moved, for better or for worse."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from django.utils.translation import gettext as _

from motcua.base.clock import day_of
from motcua.base.errors import Refused
from motcua.base.text import sort_key
from motcua.dashboards import asking
from motcua.dashboards.asking import Choice
from motcua.dashboards.boards import called
from motcua.measures.queries.figures import Figure, Figures, figure
from motcua.measures.queries.seasons import told_since
from motcua.measures.rules.declared import MEASURES, Measure
from motcua.measures.rules.periods import Period
from motcua.measures.terms import Better
from motcua.organisations import queries as organisations


def a_year_before(period: Period) -> Period:
    """The same month, quarter or year of the year before."""
    return Period.of(f"{int(period.text[:4]) - 1}{period.text[4:]}")


def other_of(text: str, period: Period, at: datetime) -> Period:
    """The period in the address that the first is held against; unreadable or the same: the one before it."""
    try:
        other = Period.parse(text)
    except Refused:
        return asking.before(period)
    return asking.before(period) if other == period or other.first > day_of(at) else other


def choices(period: Period, other: Period, at: datetime) -> list[Choice]:
    """What may be held against a period: the one before, the same of the year before, and every other of its kind."""
    before, year = asking.before(period), a_year_before(period)
    found = {before.text: _("kỳ trước: %(period)s"), year.text: _("cùng kỳ: %(period)s")}
    if before == year:
        found[year.text] = _("năm trước: %(period)s")
    offered = [*found, *(one.text for one in asking.choices(period, at) if len(one.text) == len(period.text))]
    if other.text not in offered:
        offered.append(other.text)
    return [
        Choice(one, found.get(one, "%(period)s") % {"period": asking.label(Period.of(one))}, one == other.text)
        for one in dict.fromkeys(offered)
        if one != period.text
    ]


def untold(other: Period) -> str:
    """Why nothing is held against that period: figures begin within it or after it; empty where they cover it."""
    since = told_since()
    if since is not None and since <= other.first:
        return ""
    if since is None:
        return _("Chưa có số liệu để so với %(other)s.") % {"other": asking.label(other)}
    told = {"since": asking.label(Period.parse(f"{since:%Y-%m}")), "other": asking.label(other)}
    return _("Số liệu có từ %(since)s: chưa đủ để so với %(other)s.") % told


class Moved(NamedTuple):
    """One figure in both periods."""

    measure: Measure
    now: str
    now_behind: str
    then: str
    then_behind: str
    change: str
    tone: str
    """`la` for better, `son` for worse, nothing where neither is good or nothing moved."""

    @property
    def still(self) -> "Moved":
        """Both values without the difference: the other period was not told in full."""
        return self._replace(change="", tone="")


def measures_moved(now: Figures, then: Figures, codes: Sequence[str] = tuple(MEASURES)) -> list[Moved]:
    """Every figure of the whole in both periods."""
    return [_moved(now.whole[code], then.whole[code]) for code in codes]


def _moved(now: Figure, then: Figure) -> Moved:
    return Moved(
        now.measure,
        asking.told(now),
        asking.behind(now),
        asking.told(then),
        asking.behind(then),
        asking.moved(now.value, then.value),
        tone(now, then),
    )


def tone(now: Figure, then: Figure) -> str:
    """Whether the figure moved for better or for worse."""
    if (
        now.value is None
        or then.value is None
        or round(now.value - then.value, 1) == 0
        or now.measure.better is Better.NEITHER
    ):
        return ""
    return "la" if (now.value > then.value) is (now.measure.better is Better.HIGHER) else "son"


class UnitMoved(NamedTuple):
    """One unit in both periods."""

    agency: int
    name: str
    moved: Moved
    change: Decimal


def units_moved(code: str, now: Figures, then: Figures, at: datetime) -> list[UnitMoved]:
    """The units directly below, those that moved most for the worse first; units that had nothing in one period last."""
    register, day = organisations.register(), day_of(at)
    found = []
    nothing = figure(MEASURES[code], dict.fromkeys(MEASURES[code].columns, 0))
    for agency in sorted(now.parts.keys() | then.parts.keys()):
        version = register.nearest(agency, day)
        if version is None:
            continue
        a, b = (each.parts[agency][code] if agency in each.parts else nothing for each in (now, then))
        if (a.value is None and b.value is None) or not (a.numerator or b.numerator or a.denominator or b.denominator):
            continue
        change = (a.value or Decimal(0)) - (b.value or Decimal(0)) if None not in (a.value, b.value) else None
        found.append((agency, called(version), _moved(a, b), change))
    sign = 1 if MEASURES[code].better is Better.HIGHER else -1
    found.sort(key=lambda row: (row[3] is None, (row[3] or 0) * sign, sort_key(row[1])))
    return [UnitMoved(agency, name, moved, change or Decimal(0)) for agency, name, moved, change in found]
