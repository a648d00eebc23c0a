"""Drawings of this door: others as dots with us marked, steps of a change as a waterfall, years with their breaks."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final

from motcua.indices.queries.standing import Standing
from motcua.indices.queries.targets import YearPoint, segments
from motcua.indices.rules.numbers import marked
from motcua.ui.charts import scale

LEFT, RIGHT, GROUND = 14.0, 316.0, 84.0
ROOM: Final = 20.0
"""What a word beside a line takes."""
_BINS: Final = 34
_MOST_STACKED: Final = 5


@dataclass(frozen=True)
class Dot:
    """One other unit."""

    x: float
    y: float


def dots(where: Standing, after: Fraction | None) -> dict[str, Any] | None:
    """All others by their score, ours now and as tried."""
    if not where.peers.scores or where.total is None:
        return None
    now = float(where.total)
    then = float(after) if after is not None else now
    low, high, step = scale(min(*where.peers.plain, now, then), max(*where.peers.plain, now, then))

    def x(value: float) -> float:
        return round(LEFT + (RIGHT - LEFT) * (value - low) / (high - low), 1)

    stacked: dict[int, int] = {}
    found = []
    for value in sorted(where.peers.plain):
        bin_ = round((value - low) / (high - low) * _BINS)
        level = stacked.get(bin_, 0)
        stacked[bin_] = level + 1
        shown = LEFT + (RIGHT - LEFT) * bin_ / _BINS
        found.append(Dot(round(shown, 1), GROUND - 10 - 10 * min(level, _MOST_STACKED)))
    ticks = [low + step * place for place in range(round((high - low) / step) + 1)]
    down = x(then) < x(now)  # each word stands on the far side of the other line, where there is room
    return {
        "dots": found,
        "now": x(now),
        "then": x(then),
        "moved": after is not None and after != where.total,
        "now_end": x(now) > RIGHT - ROOM or (not down and x(now) > LEFT + ROOM),
        "then_end": x(then) > RIGHT - ROOM or (down and x(then) > LEFT + ROOM),
        "ticks": [{"x": x(tick), "text": _plain(tick)} for tick in ticks],
    }


def _plain(value: float) -> str:
    return marked(f"{value:.6g}")


@dataclass(frozen=True)
class Step:
    """One bar of a waterfall."""

    name: str
    value: Fraction
    x: float
    width: float
    y: int
    bar_y: int
    kind: str
    end: float


WIDE, FIGURE, BAR = 330.0, 58.0, 40
LONGEST: Final = 34


def waterfall(
    first: tuple[str, Fraction], steps: Sequence[tuple[str, Fraction]], last: tuple[str, Fraction]
) -> dict[str, Any]:
    """From one sum over its steps to the other; the axis begins near the lowest of them, and says so by its figures."""
    levels = [first[1]]
    for _name, gain in steps:
        levels.append(levels[-1] + gain)
    lowest, highest = min([*levels, last[1]]), max([*levels, last[1]])
    floor = min(lowest - (highest - lowest) / 4 - Fraction(1, 100), lowest)
    span = (highest - floor) or Fraction(1)

    def x(value: Fraction) -> float:
        return round(float((value - floor) / span) * (WIDE - FIGURE), 1)

    bars = [_bar(first[0], first[1], x(floor), x(first[1]), 0, "all")]
    for place, (name, gain) in enumerate(steps):
        start, end = sorted((levels[place], levels[place + 1]))
        bars.append(_bar(name, gain, x(start), x(end), place + 1, "up" if gain >= 0 else "down"))
    bars.append(_bar(last[0], last[1], x(floor), x(last[1]), len(bars), "all"))
    return {"bars": bars, "height": len(bars) * BAR + 6}


def _bar(name: str, value: Fraction, start: float, end: float, place: int, kind: str) -> Step:
    shown = name if len(name) <= LONGEST else f"{name[: LONGEST - 1]}…"
    return Step(
        shown,
        value,
        start,
        round(max(end - start, 1.5), 1),
        place * BAR + 2,
        place * BAR + 18,
        kind,
        round(max(end, start + 1.5) + 6, 1),
    )


def years_chart(points: Sequence[YearPoint]) -> dict[str, Any] | None:
    """The years as pieces of a line that are only joined where they may be compared."""
    if not points:
        return None
    low, high, step = scale(float(min(one.score for one in points)), float(max(one.score for one in points)))
    first, last = points[0].year, points[-1].year

    def x(year: float) -> float:
        return round(44 + (306 - 44) * (year - first) / max(last - first, 1), 1)

    def y(value: float) -> float:
        return round(196 - (196 - 22) * (value - low) / (high - low), 1)

    pieces = [" ".join(f"{x(one.year)},{y(float(one.score))}" for one in piece) for piece in segments(points)]
    ticks = [low + step * place for place in range(round((high - low) / step) + 1)]
    every = max(round((last - first) / 4), 1)
    return {
        "pieces": pieces,
        "spots": [{"x": x(one.year), "y": y(float(one.score)), "year": one.year} for one in points],
        "breaks": [x(one.year - 0.5) for one in points if one.breaks],
        "ticks": [{"y": y(tick), "text": _plain(tick)} for tick in ticks],
        "labels": [{"x": x(one.year), "text": one.year} for one in points if (one.year - last) % every == 0],
        "last": {"x": x(last), "y": y(float(points[-1].score))},
    }
