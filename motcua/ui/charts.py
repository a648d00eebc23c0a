"""Charts as figures on paper: what is drawn is computed here, every length becomes an SVG attribute."""

from collections.abc import Sequence
from typing import Any

from motcua.ui import words

HEAT = ((90, "h0"), (80, "h1"), (65, "h2"), (50, "h3"))
WIDTH = 460
LEFT, RIGHT, TOP, BOTTOM = 54, 378, 14, 196
ROW, LONGEST = 50, 48
BESIDE, SHORT = 26, 6


def heat_class(share: float) -> str:
    """More lost, more ink."""
    return next((name for least, name in HEAT if share >= least), "h4")


def heat(rows: Sequence[Any]) -> list[dict[str, Any]]:
    """Rows of the heat table with the ink of every cell."""
    return [
        {
            "name": name,
            "url": url,
            "cells": [
                {"text": words.decimal_words(value, 1), "url": link, "shade": heat_class(float(value))}
                if value is not None
                else {"text": "–", "url": "", "shade": ""}
                for value, link in cells
            ],
        }
        for name, url, cells in rows
    ]


def _row(row: Sequence[Any], unit: str) -> dict[str, Any]:
    label, value = row[0], row[1]
    text = words.decimal_words(value) + (f"{unit}" if unit == "%" else f" {unit}" if unit else "")
    return {"label": label, "value": float(value), "text": text, "url": row[2] if len(row) > 2 else ""}


def bars(title: str, rows: Sequence[Sequence[Any]], unit: str = "") -> dict[str, Any]:
    """Lying bars from 0, the name above each and the figure at its end: on a phone too both are whole and large enough.

    A name longer than the drawing is wide is whole in the table.
    """
    shown = [_row(row, unit) for row in rows]
    if shown and max(len(str(row["label"])) for row in shown) <= SHORT:
        return _bars_beside(title, shown)
    most = max((row["value"] for row in shown), default=0) or 1
    room = WIDTH - 16 - 10 * max((len(row["text"]) for row in shown), default=0)
    for place, row in enumerate(shown):
        label = str(row["label"])
        row["name"] = label if len(label) <= LONGEST else f"{label[: LONGEST - 1]}…"
        row["name_y"], row["y"], row["text_y"] = place * ROW + 16, place * ROW + 22, place * ROW + 36
        row["x"], row["width"] = 0, round(room * max(row["value"], 0) / most, 1)
        row["end"] = round(row["width"] + 8, 1)
    return {"title": title, "rows": shown, "height": len(shown) * ROW}


def _bars_beside(title: str, shown: list[dict[str, Any]]) -> dict[str, Any]:
    """Names as short as a month stand before their bars: half as high, and the year is seen at once."""
    left = 16 + 11 * max(len(str(row["label"])) for row in shown)
    most = max((row["value"] for row in shown), default=0) or 1
    room = WIDTH - left - 16 - 10 * max(len(row["text"]) for row in shown)
    for place, row in enumerate(shown):
        row["name"] = str(row["label"])
        row["name_y"], row["y"], row["text_y"] = place * BESIDE + 17, place * BESIDE + 4, place * BESIDE + 17
        row["x"], row["width"] = left, round(room * max(row["value"], 0) / most, 1)
        row["end"] = round(left + row["width"] + 8, 1)
    return {"title": title, "rows": shown, "height": len(shown) * BESIDE}


def line(title: str, points: Sequence[Sequence[Any]], unit: str = "", forecast: Sequence[Any] = ()) -> dict[str, Any]:
    """A line over time; its axis need not begin at 0, and says so by its figures."""
    shown = [_row(point, unit) for point in points]
    values = [point["value"] for point in shown] + [float(one) for one in forecast[1:]]
    low, high, step = scale(min(values, default=0), max(values, default=1))
    count = len(shown) + (1 if forecast else 0)

    def x(place: int) -> float:
        return round(LEFT + (RIGHT - LEFT) * place / max(count - 1, 1), 1)

    def y(value: float) -> float:
        return round(BOTTOM - (BOTTOM - TOP) * (value - low) / (high - low), 1)

    for place, point in enumerate(shown):
        point["x"], point["y"] = x(place), y(point["value"])
    ticks = [low + step * one for one in range(round((high - low) / step) + 1)]
    suffix = unit if unit == "%" else ""
    drawing: dict[str, Any] = {
        "title": title,
        "points": shown,
        "path": " ".join(f"{point['x']},{point['y']}" for point in shown),
        "ticks": [{"y": y(tick), "text_y": y(tick) + 4, "text": words.decimal_words(tick) + suffix} for tick in ticks],
        "last": shown[-1] if shown else None,
        "labels": _labels(shown),
        "forecast": None,
        "left": LEFT,
        "right": RIGHT,
        "tick_x": LEFT - 8,
    }
    if forecast and shown:
        drawing["forecast"] = _forecast(forecast, shown[-1], x(count - 1), y, unit)
    return drawing


def _labels(shown: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """At most five words below the axis, fewer when they are long: on a phone none touches the next."""
    if not shown:
        return []
    fits = max((RIGHT - LEFT) // (12 * max(len(str(point["label"])) for point in shown)), 1)
    every = max(-(-(len(shown) - 1) // fits), round((len(shown) - 1) / 4), 1)
    return [point for place, point in enumerate(shown) if place % every == 0]


def _forecast(forecast: Sequence[Any], last: dict[str, Any], x: float, y: Any, unit: str) -> dict[str, Any]:
    label, value, low, high = forecast
    return {
        "label": label,
        "text": _row((label, value), unit)["text"],
        "x": x,
        "y": y(float(value)),
        "belt": f"{last['x']},{last['y']} {x},{y(float(high))} {x},{y(float(low))}",
        "text_x": x + 10,
        "text_y": y(float(value)) - 4,
        "label_y": y(float(value)) + 13,
    }


def scale(low: float, high: float) -> tuple[float, float, float]:
    """Round ends and a round step for an axis of about four parts."""
    span = (high - low) or abs(high) or 1
    rough = span / 4
    power = 10.0 ** _exponent(rough)
    step = next(one * power for one in (1, 2, 2.5, 5, 10) if one * power >= rough)
    bottom = step * (low // step)
    top = bottom
    while top < high:
        top += step
    return round(bottom, 6), round(top if top > bottom else bottom + step, 6), round(step, 6)


def _exponent(value: float) -> int:
    """The power of ten at or below the value."""
    power = 0
    while value >= 10:
        value, power = value / 10, power + 1
    while value < 1:
        value, power = value * 10, power - 1
    return power
