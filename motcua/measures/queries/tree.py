"""Figures of any level of the tree, as it was then or as it is now; parts always add up to the whole."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Final, NamedTuple

from motcua.measures.queries import live
from motcua.measures.queries.live import Span
from motcua.measures.rules.columns import COLUMNS, FLOWS
from motcua.measures.terms import Part
from motcua.organisations import queries as organisations
from motcua.organisations.rules import Register
from motcua.organisations.terms import Reading

Path = tuple[int, ...]
"""From the top of the tree down to where something stands."""


class Sums(NamedTuple):
    """One unit: the whole, what is its own, and the part of each unit directly under it."""

    whole: dict[str, int]
    own: dict[str, int]
    parts: dict[int, dict[str, int]]


def path_then(register: Register, agency: int, day: date) -> Path:
    """Where an agency stood on that day; one that had ended stands where it stood last, so that nothing is lost."""
    found = [agency]
    version = register.nearest(agency, day)
    while version is not None and version.parent is not None and version.parent not in found:
        found.append(version.parent)
        version = register.nearest(version.parent, day)
    return tuple(reversed(found))


def path_now(register: Register, agency: int, today: date) -> Path:
    """Where that which took over from an agency stands today.

    What was divided between several cannot be told apart afterwards: it stands under the nearest unit above all of them.
    """
    paths = [path_then(register, heir, today) for heir in register.as_now(agency, today)]
    if not paths:
        return path_then(register, agency, today)
    common: list[int] = []
    for level in zip(*paths, strict=False):
        if len(set(level)) > 1:
            break
        common.append(level[0])
    return tuple(common) or path_then(register, agency, today)


def seen_with(agency: int, offices: Collection[int], today: date) -> bool:
    """Whether who sees these offices sees an agency: one of them, or one that ended and whose work all went to them.

    What ended and left nobody is seen by who sees all that stands where it stood.
    """
    register = organisations.register()
    if agency in offices or agency not in register or register.on(agency, today) is not None:
        return agency in offices
    heirs = register.as_now(agency, today)
    last = register.nearest(agency, today)
    if not heirs and last is not None and last.parent is not None:
        heirs = tuple(organisations.subtree_ids(last.parent, today))
    return bool(heirs) and all(one in offices for one in heirs)


_Key = tuple[int, date, Reading, date]
_kept: tuple[Register | None, dict[_Key, dict[int, Path]]] = (None, {})
_MOST_KEPT: Final = 2_000


def members(top: int, day: date, *, reading: Reading, today: date) -> dict[int, Path]:
    """The agencies whose figures stand under `top`, with the rest of their path below it. Not to be changed.

    Asked on every page for the same few units and days, so it is kept until the register itself is another one.
    """
    global _kept
    register, key = organisations.register(), (top, day, reading, today)
    if _kept[0] is not register or len(_kept[1]) > _MOST_KEPT:
        _kept = (register, {})
    kept = _kept[1]
    if key not in kept:
        kept[key] = _members(register, top, day, reading, today)
    return kept[key]


def _members(register: Register, top: int, day: date, reading: Reading, today: date) -> dict[int, Path]:
    found: dict[int, Path] = {}
    for agency in register.agencies():
        path = path_now(register, agency, today) if reading is Reading.NOW else path_then(register, agency, day)
        if top in path:
            found[agency] = path[path.index(top) + 1 :]
    return found


def spans_of(span: Span, *, reading: Reading) -> list[Span]:
    """The span cut at the days on which the tree changed, so that each day is read under its own tree."""
    if reading is Reading.NOW:
        return [span]
    register = organisations.register()
    first = span.since or date.min
    changes = {one.since for one in register.versions.values() if first < one.since <= span.until}
    begins = [first, *sorted(changes)]
    ends = [*(one - timedelta(days=1) for one in sorted(changes)), span.until]
    return [
        replace(span, since=None if begin == date.min else begin, until=end)
        for begin, end in zip(begins, ends, strict=True)
    ]


def tree_sums(
    top: int,
    span: Span,
    *,
    today: date,
    part: Part = Part.DECIDING,
    reading: Reading = Reading.THEN,
    columns: Iterable[str] = COLUMNS,
) -> Sums:
    """The columns of a unit and of each unit directly under it. Flows are read under the tree of their days, stocks under
    that of the last day; as now, everything is read under the tree of today."""
    wanted = tuple(dict.fromkeys(columns))
    flows = tuple(one for one in wanted if one in FLOWS)
    found = Sums(dict.fromkeys(wanted, 0), dict.fromkeys(wanted, 0), defaultdict(lambda: dict.fromkeys(wanted, 0)))
    pieces = spans_of(span, reading=reading)
    for piece in pieces:
        asked = wanted if piece is pieces[-1] else flows
        if asked:
            below = members(top, piece.until, reading=reading, today=today)
            _add(found, live.agency_sums(piece, part, below, asked), below)
    return Sums(found.whole, found.own, dict(found.parts))


def sums_of_each(
    top: int,
    span: Span,
    *,
    today: date,
    part: Part = Part.DECIDING,
    reading: Reading = Reading.NOW,
    columns: Iterable[str] = COLUMNS,
) -> dict[int, dict[str, int]]:
    """The columns of every unit under one, however deep, each with everything under it: one statement for each tree."""
    wanted = tuple(dict.fromkeys(columns))
    flows = tuple(one for one in wanted if one in FLOWS)
    found: dict[int, dict[str, int]] = defaultdict(lambda: dict.fromkeys(wanted, 0))
    pieces = spans_of(span, reading=reading)
    for piece in pieces:
        asked = wanted if piece is pieces[-1] else flows
        below = members(top, piece.until, reading=reading, today=today)
        for agency, values in (live.agency_sums(piece, part, below, asked) if asked else {}).items():
            for node in below[agency]:
                for column, value in values.items():
                    found[node][column] += value
    return dict(found)


def _add(found: Sums, sums: Mapping[int, Mapping[str, int]], below: Mapping[int, Path]) -> None:
    for agency, values in sums.items():
        rest = below[agency]
        into = found.parts[rest[0]] if rest else found.own
        for column, value in values.items():
            into[column] += value
            found.whole[column] += value
