"""The units behind a figure: for everybody the rows are units, and they add up to the figure."""

from datetime import date
from typing import NamedTuple

from django.utils.translation import gettext as _

from motcua.base.text import sort_key
from motcua.dashboards import asking
from motcua.dashboards.boards import called
from motcua.measures.queries.figures import Figure, Figures
from motcua.measures.queries.told import Told, told_by_unit, told_figures
from motcua.measures.rules.declared import Measure
from motcua.measures.rules.periods import Period
from motcua.measures.terms import Unit
from motcua.organisations import queries as organisations
from motcua.organisations.rules import Version


class Line(NamedTuple):
    """What one unit counts in the figure, out of how many, and its own value."""

    name: str
    numerator: int
    denominator: int | None
    value: str


def units(top: Version, found: Figures, code: str, day: date) -> list[Line]:
    """Every unit that counts anything, the most first; what stands directly under the province is a row too."""
    register = organisations.register()
    made = [
        _line(called(version), values[code])
        for agency, values in found.parts.items()
        if (version := register.nearest(agency, day)) is not None
    ]
    own = _line(_own_name(top), found.own[code])
    counted = [one for one in (*made, own) if one.numerator or one.denominator]
    return sorted(counted, key=lambda one: (-one.numerator, sort_key(one.name)))


def told_units(top: Version, whole: Figure, period: Period | None, day: date) -> list[Line]:
    """The same of an amount: units with enough cases in every month that has ended, and a last row with all else.

    Of a single day, where there is no period, all is in that row.
    """
    measure = whole.measure
    told = told_by_unit(top.agency, period, today=day) if period else Told()
    found = told_figures(top.agency, period, told, [measure], today=day) if period else None
    lines = []
    if found is not None and told.until is not None:
        named = {unit: values for unit, values in found.parts.items() if told.of(unit, measure)}
        lines = units(top, found._replace(parts=named), measure.code, told.until)
        if not told.of(top.agency, measure):
            lines = [one for one in lines if one.name != _own_name(top)]
    left = whole.numerator - sum(one.numerator for one in lines)
    below = None if whole.denominator is None else whole.denominator - sum(one.denominator or 0 for one in lines)
    if left or below:
        lines.append(Line(_("Không nêu riêng"), left, below, "–"))
    return lines


def _own_name(top: Version) -> str:
    return _("%(name)s (trực tiếp)") % {"name": called(top)}


def _line(name: str, figure: Figure) -> Line:
    return Line(name, figure.numerator, figure.denominator, asking.told(figure))


def counted(measure: Measure) -> str:
    """What the numbers of the rows are: they add up before the figure is divided or turned into hours."""
    if measure.of_minutes:
        return _("Phút làm việc")
    return {
        Unit.STARS: _("Tổng điểm"),
        Unit.VND: _("Đồng"),
        Unit.DOSSIERS: _("Hồ sơ"),
    }.get(measure.unit, _("Đếm được"))
