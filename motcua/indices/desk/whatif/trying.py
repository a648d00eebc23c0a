"""Points that are tried: read from the address, put into the tree, told as score, rank and steps."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache
from typing import Final

from django.http import QueryDict
from django.utils.translation import gettext as _

from motcua.indices.models import Answer
from motcua.indices.queries.next_point import Outcome, span
from motcua.indices.queries.standing import Standing
from motcua.indices.rules.definition import Criterion, IndexSet
from motcua.indices.rules.gaps import contributions, most_of, parts_of, total_if
from motcua.indices.rules.kinds import Points
from motcua.indices.rules.numbers import NotANumber, as_read, exact_text, half_up, marked
from motcua.indices.rules.numbers import points as read_points
from motcua.indices.rules.scoring import again, stands_alone

PREFIX: Final = "d."


@dataclass(frozen=True)
class Tried:
    """What was typed: points that differ from those of now, and sentences about what cannot be."""

    points: Mapping[str, Fraction] = field(default_factory=dict)
    faults: Mapping[str, str] = field(default_factory=dict)
    typed: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Row:
    """One row of the tree with what is tried."""

    place: int
    code: str
    number: str
    name: str
    level: int
    leaf: bool
    most: Fraction | None
    now: Points
    tried: Points
    shown: str
    fault: str
    owner: str
    small: str
    task: Outcome | None
    lost: bool

    @property
    def added(self) -> Fraction | None:
        """What the try adds; nothing where it adds nothing."""
        if self.now is None or self.tried is None or self.now == self.tried:
            return None
        return self.tried - self.now


@dataclass(frozen=True)
class Result:
    """Score and rank now and as tried, and the steps between."""

    before: Points
    after: Points
    rank_before: int | None
    rank_after: int | None
    among: int
    span: tuple[int, int] | None
    steps: tuple[tuple[str, Fraction], ...]
    changed: int


def read_tried(asked: QueryDict, where: Standing) -> Tried:
    """The points of the address, each looked at; one that cannot be is told and left as it is."""
    points: dict[str, Fraction] = {}
    faults: dict[str, str] = {}
    typed: dict[str, str] = {}
    now = parts_of(where.scores, where.unit.name)
    by_code = where.scores.definition.by_code
    for key in asked:
        code = key.removeprefix(PREFIX)
        if key == code or code not in by_code or not by_code[code].is_leaf:
            continue
        text = str(asked[key]).strip()
        if not text or text == _shown(now.get(code)):
            continue
        typed[code] = text[:20]
        try:
            value = read_points(text)
        except NotANumber as reason:
            faults[code] = str(reason)
            continue
        if fault := _outside(by_code[code], value):
            faults[code] = fault
        elif value != now.get(code):
            points[code] = value
    return Tried(points, faults, typed)


def _outside(one: Criterion, value: Fraction) -> str:
    top = most_of(one)
    if value < one.least or (top is not None and value > top):
        ends = {"least": as_read(one.least), "most": as_read(top) if top is not None else "…"}
        return _("Ghi từ %(least)s đến %(most)s.") % ends
    return ""


def result_of(where: Standing, tried: Tried) -> Result:
    """Score and rank if all that was typed came true."""
    before = where.total
    after = total_if(where.scores, where.unit.name, tried.points) if tried.points else before
    names = where.scores.definition.by_code
    steps = contributions(where.scores, where.unit.name, tried.points) if tried.points else []
    return Result(
        before,
        after,
        where.rank_of(before),
        where.rank_of(after),
        where.field,
        span(where, after),
        tuple((names[code].name, gain) for code, gain in steps),
        len(tried.points),
    )


def tree_rows(
    where: Standing,
    tried: Tried,
    answers: Mapping[str, Answer],
    owners: Mapping[int, str],
    tasks: Mapping[str, Outcome],
    only: Collection[str] | None = None,
) -> list[Row]:
    """The tree in the order of the annex with points now and as tried; only some criteria and what gathers them, where asked."""
    definition = where.scores.definition
    wanted = None if only is None else {*only, definition.root, *_gatherers(definition, only)}
    now = parts_of(where.scores, where.unit.name)
    after = again(definition, now, tried.points) if stands_alone(definition) and tried.points else now
    rows = []
    for place, (one, level, _weight) in enumerate(definition.tree):
        if not one.is_scored or (wanted is not None and one.code not in wanted):
            continue
        answer = answers.get(one.code)
        top = most_of(one)
        points = now.get(one.code)
        rows.append(
            Row(
                place=place,
                code=one.code,
                number=one.number,
                name=one.name,
                level=min(max(level - 1, 0), 2),
                leaf=one.is_leaf,
                most=top,
                now=points,
                tried=after.get(one.code),
                shown=tried.typed.get(one.code) or _shown(tried.points.get(one.code, points)),
                fault=tried.faults.get(one.code, ""),
                owner=owners.get(answer.owner_id or 0, one.owner) if answer is not None else one.owner,
                small=_small(answer, where.as_said) if answer is not None else "",
                task=tasks.get(one.code),
                lost=points is not None and top is not None and points < top,
            )
        )
    return rows


def _gatherers(definition: IndexSet, codes: Collection[str]) -> set[str]:
    """What stands above these criteria: nothing else moves with them."""
    return {node.code for code in codes for node in definition.above.get(code, ())}


def _shown(value: Points) -> str:
    """A number as it stands in its field: two decimals at most, no idle zeros."""
    return "" if value is None else marked(_two_decimals(value))


@lru_cache(maxsize=4096)
def _two_decimals(value: Fraction) -> str:
    return exact_text(half_up(value, 2))


def _small(answer: Answer, as_said: bool) -> str:
    """Why the points are what they are, where somebody lowered them."""
    if answer.self_at is None:
        return _("chưa tự chấm")
    judged = [
        (answer.decided_at, answer.decided_points, _("hội đồng")),
        (answer.appraised_at, answer.appraised_points, _("thẩm định")),
        (answer.checked_at, answer.checked_points, _("kiểm tra")),
    ]
    for at, points, who in [] if as_said else judged:
        if at is not None and points is not None and answer.self_points is not None and points != answer.self_points:
            told = {"self": _two(answer.self_points), "who": who, "points": _two(points)}
            return _("tự chấm %(self)s, %(who)s %(points)s") % told
    return ""


def _two(value: object) -> str:
    return marked(f"{float(str(value)):.2f}")
