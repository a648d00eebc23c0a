"""Charts that set one unit beside all others: what is drawn is computed here, every length becomes an SVG attribute."""

import itertools
from collections.abc import Callable, Collection, Sequence
from typing import Any, Final

from motcua.ui import words
from motcua.ui.charts import scale

WIDTH: Final = 460
EDGE: Final = 10
"""Room at both ends of a track."""
TRACK: Final = 42
BINS: Final = 26
DOT: Final = 13
LABEL: Final = 42
"""Letters of a name above a track, so that it does not meet the figure on a phone."""
PATHS_RIGHT: Final = 318
PATHS_BOTTOM: Final = 222


def _text(value: float | None, unit: str = "") -> str:
    if value is None:
        return "–"
    return words.decimal_words(round(float(value), 2)) + (unit if unit == "%" else f" {unit}" if unit else "")


def rank_paths(
    title: str,
    years: Sequence[int],
    lines: Sequence[Sequence[Any]],
    among: Sequence[int],
    breaks: Collection[int] = (),
) -> dict[str, Any]:
    """Places over the years, the first on top; `lines` are (name, a place or None for each year, ours), cut at breaks."""
    last = max([*among, 2])
    span = max(len(years) - 1, 1)

    def x(place: int) -> float:
        return round(40 + (PATHS_RIGHT - 40) * place / span, 1)

    def y(rank: float) -> float:
        return round(16 + (PATHS_BOTTOM - 32) * (float(rank) - 1) / (last - 1), 1)

    drawn = [_rank_path(name, ranks, ours, [year in breaks for year in years], x, y) for name, ranks, ours in lines]
    drawn.sort(key=lambda one: bool(one["ours"]))
    _apart([one["end"] for one in drawn if one["end"]])
    every = max(round(span / 4), 1)
    return {
        "title": title,
        "lines": drawn,
        "label_x": PATHS_RIGHT + 12,
        "ticks": [{"y": y(rank), "text_y": y(rank) + 4, "text": rank} for rank in _places(last)],
        "right": PATHS_RIGHT,
        "years": [
            {"x": x(place), "text": year}
            for place, year in enumerate(years)
            if place % every == 0 or (place == len(years) - 1 and place % every > every / 2)
        ],
        "cuts": [
            {"x": round((x(place) + x(place - 1)) / 2, 1)}
            for place, year in enumerate(years)
            if year in breaks and place
        ],
        "heads": [name for name, _ranks, _ours in lines],
        "rows": [
            {"label": year, "cells": [_text(ranks[place]) for _name, ranks, _ours in lines]}
            for place, year in enumerate(years)
        ],
    }


def _rank_path(
    name: Any,
    ranks: Sequence[Any],
    ours: Any,
    broken: Sequence[bool],
    x: Callable[[int], float],
    y: Callable[[float], float],
) -> dict[str, Any]:
    """One line: its pieces between breaks and years without a place, a spot for each place, its name at the end."""
    pieces: list[list[str]] = [[]]
    for place, rank in enumerate(ranks):
        if rank is None or broken[place]:
            pieces.append([])
        if rank is not None:
            pieces[-1].append(f"{x(place)},{y(rank)}")
    end = next((rank for rank in reversed(ranks) if rank is not None), None)
    return {
        "name": name,
        "ours": bool(ours),
        "pieces": [" ".join(one) for one in pieces if len(one) > 1],
        "spots": [{"x": x(place), "y": y(rank)} for place, rank in enumerate(ranks) if rank is not None],
        "end": None if end is None else {"y": y(end), "text": f"{_text(end)}  {_short(name)}"},
    }


def _short(name: Any, most: int = 15) -> str:
    """A name too long for the drawing is whole in the table."""
    text = str(name)
    return text if len(text) <= most else f"{text[: most - 1]}…"


def _places(last: int) -> list[int]:
    """Some places for the axis, the first and the last among them."""
    step = max(round(last / 4 / 5) * 5, 1) if last > 12 else max(last // 4, 1)
    inner = [one for one in range(step, last, step) if one > 1 and last - one > step / 2]
    return [1, *inner, last]


def _apart(ends: list[dict[str, Any]], gap: float = 17) -> None:
    """Words at the ends of lines do not lie upon one another."""
    ends.sort(key=lambda one: float(one["y"]))
    for one, after in itertools.pairwise(ends):
        after["y"] = max(after["y"], one["y"] + gap)
    over = max((ends[-1]["y"] - PATHS_BOTTOM if ends else 0), 0)
    for one in ends:
        one["y"] = round(one["y"] - over + 4, 1)


def distribution(
    title: str, values: Sequence[float], ours: float | None, name: str = "", unit: str = ""
) -> dict[str, Any]:
    """One dot for each unit, stacked where they lie close; ours is marked; the table says how they spread."""
    numbers = sorted(float(value) for value in values)
    low, high, step = scale(min(numbers, default=0), max(numbers, default=1))
    dots = _stacked(numbers, ours, low, high)
    base = 30 + max((dot["level"] for dot in dots), default=1) * DOT
    for dot in dots:
        dot["y"] = base - round((dot["level"] - 0.5) * DOT, 1)
    mine = next((dot for dot in dots if dot["ours"]), None)
    ticks = [low + step * one for one in range(round((high - low) / step) + 1)]
    return {
        "title": title,
        "dots": dots,
        "mine": mine and {**mine, "text": f"{name} {_text(ours, unit)}".strip(), "anchor": _anchor(mine["x"])},
        "base": base,
        "height": base + 26,
        "label_y": base + 18,
        "ticks": [
            {
                "x": round(EDGE + (WIDTH - 2 * EDGE) * (tick - low) / (high - low), 1),
                "text": _text(tick, unit),
                "anchor": "start" if tick == ticks[0] else "end" if tick == ticks[-1] else "middle",
            }
            for tick in ticks
        ],
        "numbers": {
            "least": _text(_at(numbers, 0), unit),
            "quarter": _text(_at(numbers, 0.25), unit),
            "middle": _text(_at(numbers, 0.5), unit),
            "upper": _text(_at(numbers, 0.75), unit),
            "most": _text(_at(numbers, 1), unit),
            "ours": _text(ours, unit),
        },
        "name": name,
    }


def _stacked(numbers: Sequence[float], ours: float | None, low: float, high: float) -> list[dict[str, Any]]:
    """A dot for each number, the first that is ours marked; those of one bin lie one above the other."""
    width = (WIDTH - 2 * EDGE) / BINS
    heights: dict[int, int] = {}
    dots: list[dict[str, Any]] = []
    marked = False
    for value in numbers:
        place = min(int((value - low) / (high - low) * BINS), BINS - 1)
        heights[place] = heights.get(place, 0) + 1
        own = ours is not None and not marked and abs(value - float(ours)) < 1e-9
        marked = marked or own
        dots.append({"x": round(EDGE + width * (place + 0.5), 1), "level": heights[place], "ours": own})
    return dots


def _anchor(x: float) -> str:
    return "start" if x < WIDTH / 3 else "end" if x > 2 * WIDTH / 3 else "middle"


def _at(numbers: Sequence[float], share: float) -> float | None:
    """The value below which that share of them lies, between two neighbours in proportion."""
    if not numbers:
        return None
    place = share * (len(numbers) - 1)
    below = int(place)
    above = min(below + 1, len(numbers) - 1)
    return numbers[below] + (numbers[above] - numbers[below]) * (place - below)


def waterfall(
    title: str, start: Sequence[Any], steps: Sequence[Sequence[Any]], end: Sequence[Any], unit: str = ""
) -> dict[str, Any]:
    """From one sum to another: `start` and `end` are (label, value), each step (label, change[, url]) hangs where the last ended."""
    running = float(start[1])
    reached = [running]
    for step in steps:
        running += float(step[1])
        reached.append(running)
    low, high, tick = scale(min([*reached, float(end[1])]), max([*reached, float(end[1])]))
    low = max(low - tick, 0) if min(reached) >= 0 else low - tick

    def x(value: float) -> float:
        return round(EDGE + (WIDTH - 2 * EDGE) * (value - low) / (high - low), 1)

    rows = [_fall_row(start[0], low, float(start[1]), x, _text(start[1], unit), "bar-1")]
    for step, before in zip(steps, reached, strict=False):
        change = float(step[1])
        sign = "+" if change > 0 else "−" if change < 0 else ""
        row = _fall_row(
            step[0], before, before + change, x, sign + _text(abs(change), unit), "bar-2" if change < 0 else "bar-3"
        )
        rows.append({**row, "url": step[2] if len(step) > 2 else ""})
    rows.append(_fall_row(end[0], low, float(end[1]), x, _text(end[1], unit), "bar-1"))
    for place, row in enumerate(rows):
        row["text_y"], row["y"] = place * TRACK + 15, place * TRACK + 21
    return {
        "title": title,
        "rows": rows,
        "width": WIDTH,
        "height": len(rows) * TRACK + 22,
        "label_y": len(rows) * TRACK + 16,
        "low": _text(low, unit),
        "high": _text(high, unit),
        "from_zero": low == 0,
    }


def _fall_row(label: Any, begin: float, stop: float, x: Any, text: str, ink: str) -> dict[str, Any]:
    left, right = sorted((x(begin), x(stop)))
    return {
        "label": label,
        "name": _short(label, LABEL),
        "x": left,
        "width": round(max(right - left, 1.5), 1),
        "text": text,
        "ink": ink,
        "url": "",
    }


def dot_plot(title: str, rows: Sequence[Sequence[Any]], unit: str = "") -> dict[str, Any]:
    """Each part on one common track: rows are (label, ours, least, middle, most[, url]); all parts share the scale."""
    known = [float(value) for row in rows for value in row[1:5] if value is not None]
    low, high, _step = scale(min(known, default=0), max(known, default=1))

    def x(value: float | None) -> float | None:
        return None if value is None else round(EDGE + (WIDTH - 2 * EDGE) * (float(value) - low) / (high - low), 1)

    shown = []
    for place, row in enumerate(rows):
        label, ours, least, middle, most = row[:5]
        shown.append(
            {
                "label": label,
                "name": _short(label, LABEL),
                "url": row[5] if len(row) > 5 else "",
                "ours": x(ours),
                "least": x(least),
                "middle": x(middle),
                "most": x(most),
                "text": _text(ours, unit),
                "text_y": place * TRACK + 15,
                "y": place * TRACK + 29,
                "tick_top": place * TRACK + 22,
                "tick_end": place * TRACK + 36,
                "cells": [_text(value, unit) for value in (ours, least, middle, most)],
            }
        )
    return {
        "title": title,
        "rows": shown,
        "width": WIDTH,
        "height": len(shown) * TRACK + 22,
        "label_y": len(shown) * TRACK + 16,
        "low": _text(low, unit),
        "high": _text(high, unit),
    }
