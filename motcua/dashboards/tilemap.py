"""A map in which each commune is a tile of the same size, about where it lies: small places are seen as well as large ones."""

import json
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Final, NamedTuple

from motcua.dashboards.boards import Line, called
from motcua.organisations import queries as organisations
from motcua.organisations.rules import Version
from motcua.ui import words

FILE: Final = Path(__file__).parent / "fixtures" / "tilemap.json"
MOST_UNPLACED: Final = 4
"""With more communes than this that have no place, the map would mislead: names in their order are shown instead."""


class Tile(NamedTuple):
    """One commune: its name without its kind, its share in words, and the line it stands for."""

    place: str
    told: str
    line: Line


class TileMap(NamedTuple):
    """Tiles row by row, nothing where there is no commune; `placed` False: in the order of names, without a place."""

    tiles: list[Tile | None]
    placed: bool


@lru_cache(maxsize=1)
def rows() -> list[list[str]]:
    """The codes of communes from north to south, from west to east; an empty text is no commune."""
    found: list[list[str]] = json.loads(FILE.read_text(encoding="utf-8"))["rows"]
    return found


def tile_map(lines: Sequence[Line], top: int, day: date) -> TileMap:
    """The communes of a province on the map, those that had nothing to do as well; what the map does not know follows."""
    register = organisations.register()
    by_code = {one.code: _nothing(one) for one in organisations.communes_on(day, top)}
    for one in lines:
        version = register.nearest(one.agency, day)
        by_code[version.code if version else f"?{one.agency}"] = one
    known = {code for row in rows() for code in row}
    unplaced = [one for code, one in by_code.items() if code not in known]
    if len(unplaced) > MOST_UNPLACED or len(by_code) < 2 * MOST_UNPLACED:
        return TileMap([_tile(one) for one in lines], placed=False)
    placed = [by_code.get(code) for row in rows() for code in row]
    return TileMap([_tile(one) if one else None for one in (*placed, *unplaced)], placed=True)


def _nothing(version: Version) -> Line:
    return Line(version.agency, called(version), 0, 0, 0, 0, 0, None, None)


def _tile(line: Line) -> Tile:
    kind = next((one for one in ("Xã ", "Phường ", "Đặc khu ") if line.name.startswith(one)), "")
    told = "–" if line.share is None else f"{words.decimal_words(line.share, 1)}%"
    return Tile(line.name.removeprefix(kind), told, line)
