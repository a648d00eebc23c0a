"""What the pages show, from the figures: tiles, comparison of units, months; plain values, ready to be kept or drawn."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any, Final, NamedTuple

from django.utils.translation import gettext as _

from motcua.base.text import sort_key
from motcua.dashboards import asking
from motcua.measures.queries import boards as measures
from motcua.measures.queries.figures import Figures
from motcua.measures.rules.fairness import Interval, interval
from motcua.measures.rules.periods import Period
from motcua.measures.rules.scoring import ranks
from motcua.measures.terms import Part
from motcua.organisations import queries as organisations
from motcua.organisations.rules import Version
from motcua.organisations.terms import Level
from motcua.ui import words
from motcua.ui.charts import heat_class

TILES: Final = (
    *("received", "handled", "handled_in_time_share", "open", "overdue", "apologies", "online_share"),
    *("digitised_share", "electronic_share", "satisfied_share", "stars", "average_hours"),
)
ROOM_TILES: Final = ("open", "overdue", "paused", "steps_late_share", "budget_used", "held_hours")
"""Of a room: it receives and decides nothing by itself, dossiers lie there and take hours."""
LEAGUE: Final = ("received", "handled", "handled_late", "handled_in_time_share", "open", "overdue")
HEAT: Final = (
    *("handled_in_time_share", "in_time_share", "online_share", "digitised_share", "electronic_share"),
    "satisfied_share",
)
MONTHS: Final = 13
ENOUGH: Final = 30
"""Fewer results than this are shown but not ranked: one late dossier would move the share by more than three points."""


class Tile(NamedTuple):
    """One figure of the top: what it is called, how much, out of what, and how it moved."""

    code: str
    name: str
    value: str
    behind: str
    moved: str
    sentence: str
    validity: str = ""
    """What must be said of it where its definition does not hold in all of the period."""


@dataclass(frozen=True)
class Line:
    """One unit in the comparison."""

    agency: int
    name: str
    received: int
    handled: int
    late: int
    overdue: int
    open: int
    share: Decimal | None
    range: Interval | None
    rank: int | None = None

    @property
    def told(self) -> str:
        """The share in time, with one decimal as everywhere."""
        return "–" if self.share is None else f"{words.decimal_words(self.share, 1)}%"

    @property
    def shade(self) -> str:
        """The ink of its tile: more lost, more ink."""
        return heat_class(float(self.share)) if self.share is not None else ""


@dataclass(frozen=True)
class League:
    """Units of one level: those with enough cases to be compared, and the others."""

    title: str
    ranked: list[Line]
    few: list[Line]
    level: str = ""

    @property
    def all(self) -> list[Line]:
        """All of them in the order of names, for the map."""
        return sorted((*self.ranked, *self.few), key=lambda one: sort_key(one.name))


def tiles(now: Figures, then: Figures | None, period: Period, codes: Sequence[str] = TILES) -> list[Tile]:
    """The figures of the whole in a period, beside those of the period before."""
    found = []
    for code in codes:
        figure, old = now.whole[code], then.whole[code] if then else None
        found.append(
            Tile(
                code,
                str(figure.measure.name),
                asking.told(figure),
                asking.behind(figure),
                asking.moved(figure.value, old.value if old else None),
                str(figure.measure.sentence),
                figure.measure.validity_told(period.first, period.last),
            )
        )
    return found


def tiles_of(part: Part) -> tuple[str, ...]:
    """Which figures stand on top: of a room those of what lies there."""
    return ROOM_TILES if part is Part.HOLDING else TILES


def leagues(found: Figures, at: datetime, period: Period) -> list[League]:
    """The units directly below, level by level: communes, departments, units; only those that had anything to do."""
    day = asking.span_of(period, at).until
    register = organisations.register()
    by_level: dict[str, list[Line]] = {}
    for agency, values in found.parts.items():
        version = register.nearest(agency, day)
        if version is None or not any(values[code].numerator for code in ("received", "handled", "open")):
            continue
        share = values["handled_in_time_share"]
        line = Line(
            agency,
            called(version),
            values["received"].numerator,
            values["handled"].numerator,
            values["handled_late"].numerator,
            values["overdue"].numerator,
            values["open"].numerator,
            share.value,
            interval(share.numerator, share.denominator or 0),
        )
        by_level.setdefault(version.level, []).append(line)
    titles = {
        Level.COMMUNE.value: _("Xã, phường, đặc khu"),
        Level.DEPARTMENT.value: _("Sở, ban, ngành"),
        Level.DISTRICT.value: _("Huyện, thị xã, thành phố (trước 1/7/2025)"),
        Level.UNIT.value: _("Phòng, bộ phận"),
        Level.PROVINCE.value: _("Cấp tỉnh"),
    }
    return [_league(title, by_level[level], level) for level, title in titles.items() if level in by_level]


def called(version: Version) -> str:
    """The place a citizen knows: Xã Ba Tơ rather than UBND xã Ba Tơ."""
    name = (version.short_name or version.name).removeprefix("UBND ")
    return name[:1].upper() + name[1:]


def _league(title: str, lines: list[Line], level: str = "") -> League:
    """Ranked by the low end of the range: a good share that many cases prove, not three lucky dossiers."""
    lines.sort(key=lambda one: sort_key(one.name))
    enough = [one for one in lines if one.range is not None and one.handled >= ENOUGH]
    places = ranks([one.range.low if one.range else None for one in enough])
    placed = sorted(
        (replace(one, rank=place) for one, place in zip(enough, places, strict=True)), key=lambda one: one.rank or 0
    )
    return League(title, placed, [one for one in lines if one not in enough], level)


class Month(NamedTuple):
    """One month of the course."""

    text: str
    label: str
    received: int
    handled: int
    share: Decimal | None


def months(top: int, period: Period, at: datetime, part: Part = Part.DECIDING) -> list[Month]:
    """The course of a year up to the period, under the tree of today."""
    first = asking.months_until(period, MONTHS)[0].first
    points = measures.trend(top, ("received", "handled", "handled_in_time_share"), first=first, at=at, part=part)
    return [
        Month(
            f"{one.month:%Y-%m}",
            f"{one.month.month}/{one.month.year % 100:02}",
            one.figures["received"].numerator,
            one.figures["handled"].numerator,
            one.figures["handled_in_time_share"].value,
        )
        for one in points
        if one.month <= period.last
    ]


def course(found: Sequence[Month]) -> dict[str, Any]:
    """The course drawn: its title says what is to be seen in it."""
    points = [(one.label, float(round(one.share, 1))) for one in found if one.share is not None]
    if len(points) < 2:
        return {"title": "", "points": [], "loads": []}
    low = min(points, key=lambda one: one[1])
    said = {
        "first": _per_cent(points[0][1]),
        "last": _per_cent(points[-1][1]),
        "low": _per_cent(low[1]),
        "when": low[0],
    }
    title = _("Tỷ lệ đúng hạn từ %(first)s đến %(last)s; thấp nhất %(low)s vào tháng %(when)s") % said
    return {"title": title, "points": points, "loads": [(one.label, one.received) for one in found]}


def _per_cent(value: float) -> str:
    return f"{words.decimal_words(value, 1)}%"


def heat(found: Figures, league: League, address: Any) -> dict[str, Any]:
    """Units by groups of figures; `address(agency, code)` is where a cell leads."""
    heads = [str(found.whole[code].measure.name).removeprefix("Tỷ lệ ").capitalize() for code in HEAT]
    rows = [
        (
            line.name,
            address(line.agency, ""),
            [(found.parts[line.agency][code].value, address(line.agency, code)) for code in HEAT],
        )
        for line in sorted(league.all, key=lambda one: -one.received)
    ]
    return {"label": league.title, "heads": heads, "rows": rows}
