"""Figures to take along from the desk: the unit with its parts, and the dossiers behind one figure."""

from typing import Any, Final

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from motcua.base.clock import day_of
from motcua.base.errors import Refused
from motcua.dashboards import asking, behind
from motcua.dashboards.desk.frame import READERS, View, view_of
from motcua.dashboards.desk.told import all_told
from motcua.dashboards.sheets import KINDS, Sheet, answer
from motcua.measures.queries import figures
from motcua.measures.rules.declared import MEASURES, Measure
from motcua.organisations import queries as organisations
from motcua.people.http import PersonRequest, desk_view
from motcua.ui import words

MOST: Final = 20_000
"""Dossiers of one file; a longer list is taken by shorter periods or by unit."""


@desk_view(*READERS)
@require_safe
def units(request: PersonRequest, kind: str) -> HttpResponse:
    """Every declared measure of the unit and of each unit directly below it."""
    view = _wanted(request, kind)
    asked = asking.asked(view.unit.agency, view.period, request.now, view.part, view.reading)
    found, register = figures.figures(asked), organisations.register()
    day = asked.span.until
    outside = {one.code: said for one in MEASURES.values() if (said := _validity(one, view))}
    lines: list[list[Any]] = [[view.unit.code, view.unit.name, *_values(found.whole)]]
    for agency, values in sorted(found.parts.items()):
        if (version := register.nearest(agency, day)) is not None:
            lines.append([version.code, version.name, *_values(values)])
    if any(one.numerator for one in found.own.values()):
        lines.append([view.unit.code, _("%(name)s (trực tiếp)") % {"name": view.unit.name}, *_values(found.own)])
    heads = [_("Mã"), _("Đơn vị"), *(_head(one, outside.get(one.code, "")) for one in MEASURES.values())]
    sheet = Sheet(_("Số liệu"), _about(request, view), heads, lines)
    return answer(sheet, f"so-lieu-{view.unit.code or view.unit.agency}-{view.period.text}", kind)


def _head(measure: Measure, validity: str) -> str:
    """The name and the unit and, where the definition does not hold in all of the period, that it does not."""
    return f"{measure.name} ({measure.unit.label})" + (f". {validity}" if validity else "")


def _validity(measure: Measure, view: View) -> str:
    return measure.validity_told(view.period.first, view.period.last)


def _values(values: dict[str, figures.Figure]) -> list[Any]:
    return [values[code].value for code in MEASURES]


@desk_view(*READERS)
@require_safe
def rows(request: PersonRequest, code: str, kind: str) -> HttpResponse:
    """The dossiers behind one figure; the last column adds up to it."""
    view = _wanted(request, kind)
    try:
        measure = figures.measure_of(code)
    except Refused as refused:
        raise Http404(" ".join(refused.objections)) from refused
    asked = asking.asked(view.unit.agency, view.period, request.now, view.part, view.reading)
    figure = figures.figures(asked, [code]).whole[code]
    lines = [
        [one.row.code or one.row.reference, one.procedure, one.holder, one.row.at, one.due_at, one.row.counts]
        for one in all_told(request, measure, asked, most=MOST)
    ]
    about = [f"{measure.name}: {asking.told(figure)}", str(measure.sentence), *_about(request, view)]
    if validity := _validity(measure, view):
        about.append(validity)
    if len(lines) == MOST:
        about.append(_("Chỉ %(n)s dòng đầu; lấy kỳ ngắn hơn để có đủ.") % {"n": words.whole(MOST)})
    heads = [_("Mã hồ sơ"), _("Thủ tục"), _("Đang ở"), _("Lúc"), _("Hẹn trả"), behind.counted(measure)]
    return answer(Sheet(str(measure.name), about, heads, lines), f"ho-so-{code}-{view.period.text}", kind)


def _wanted(request: PersonRequest, kind: str) -> View:
    if kind not in KINDS:
        raise Http404
    return view_of(request)


def _about(request: PersonRequest, view: View) -> list[str]:
    until = words.moment(request.now) if day_of(request.now) <= view.period.last else words.day(view.period.last)
    pair = {"name": view.unit.name, "period": asking.label(view.period), "until": until}
    return [_("%(name)s, %(period)s, đếm tới %(until)s") % pair]
