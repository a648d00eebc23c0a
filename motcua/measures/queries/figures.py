"""The value of any declared measure, for any unit, period and moment, and the rows behind it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Final, NamedTuple

from django.utils.translation import gettext as _

from motcua.base.clock import day_of
from motcua.base.errors import Refused
from motcua.measures.queries import tree
from motcua.measures.queries.live import Span
from motcua.measures.rules.declared import MEASURES, Measure
from motcua.measures.terms import Part
from motcua.organisations.terms import Reading

PUBLISHED: Final = tuple(MEASURES)


@dataclass(frozen=True)
class Asked:
    """What a figure is asked of: a unit in one part, a span of days, and how the past is read."""

    top: int
    span: Span
    today: date
    part: Part = Part.DECIDING
    reading: Reading = Reading.THEN
    own: bool = False
    """What stands with the unit itself, without what stands with units below it."""

    @classmethod
    def now(cls, top: int, *, at: datetime, since: date | None = None, part: Part = Part.DECIDING) -> "Asked":
        """Of a unit, from a day up to this moment."""
        return cls(top, Span.now(at, since), day_of(at), part)


class Figure(NamedTuple):
    """One figure: its definition, the value, and both sides of a share."""

    measure: Measure
    value: Decimal | None
    numerator: int
    denominator: int | None


def measure_of(code: str) -> Measure:
    """The declared measure of that code, or `Refused`."""
    if (found := MEASURES.get(code)) is None:
        raise Refused(_("Không có số liệu mã “%(code)s”.") % {"code": code[:60]})
    return found


def figure(measure: Measure, sums: Mapping[str, int]) -> Figure:
    """The figure from the columns it is made of."""
    return Figure(measure, measure.value(sums), measure.numerator(sums), measure.denominator(sums))


class Figures(NamedTuple):
    """Several measures of one unit, its own and that of each unit directly under it."""

    whole: dict[str, Figure]
    own: dict[str, Figure]
    parts: dict[int, dict[str, Figure]]


def figures(asked: Asked, codes: Iterable[str] = PUBLISHED) -> Figures:
    """All these measures at once, for the unit and its parts: one statement for each tree the span has seen."""
    chosen = [measure_of(code) for code in codes]
    columns = dict.fromkeys(column for one in chosen for column in one.columns)
    sums = tree.tree_sums(
        asked.top, asked.span, today=asked.today, part=asked.part, reading=asked.reading, columns=columns
    )

    def of(values: Mapping[str, int]) -> dict[str, Figure]:
        return {one.code: figure(one, values) for one in chosen}

    if asked.own:
        return Figures(of(sums.own), of(sums.own), {})
    return Figures(of(sums.whole), of(sums.own), {agency: of(values) for agency, values in sums.parts.items()})


def figures_of_each(asked: Asked, codes: Iterable[str]) -> dict[int, dict[str, Figure]]:
    """These measures of every unit under one, at any depth, each with everything under it."""
    chosen = [measure_of(code) for code in codes]
    columns = dict.fromkeys(column for one in chosen for column in one.columns)
    sums = tree.sums_of_each(
        asked.top, asked.span, today=asked.today, part=asked.part, reading=asked.reading, columns=columns
    )
    return {agency: {one.code: figure(one, values) for one in chosen} for agency, values in sums.items()}
