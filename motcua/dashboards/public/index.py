"""QĐ 766 for everybody: the province by groups and components, and the units or procedures behind each count."""

from typing import NamedTuple

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from motcua.base.errors import Refused
from motcua.base.text import sort_key
from motcua.dashboards import asking, index766
from motcua.dashboards.boards import called
from motcua.dashboards.public.frame import frame, kept, top_of
from motcua.measures.queries.set766 import Answer, counted_below, set_for
from motcua.measures.rules.scoring import ratio_in_per_cent
from motcua.organisations import queries as organisations
from motcua.organisations.rules import Version


@login_not_required
@require_safe
def set766(request: HttpRequest) -> HttpResponse:
    """The province by QĐ 766: what is measured, what is not, and the sum over what is."""
    top, period = top_of(request), asking.period_of(request.GET.get("ky", ""), request.now)
    try:
        answer = set_for(top.code, period, at=request.now)
    except Refused as refused:
        raise Http404(" ".join(refused.objections)) from refused

    def to(code: str) -> str:
        return f"{reverse('dashboards:set766_rows', args=[code])}?ky={period.text}"

    groups = index766.groups(answer.scored, to)
    context = {**frame(request, period), "answer": answer, "groups": groups, **index766.sums(groups)}
    return render(request, "dashboards/public/set766.html", context)


class Line(NamedTuple):
    """What one unit adds to a count."""

    name: str
    numerator: int
    denominator: int
    ratio: object


@login_not_required
@require_safe
def rows(request: HttpRequest, code: str) -> HttpResponse:
    """The units behind a count of dossiers, or the procedures behind a count of procedures: they add up to it."""
    top, period = top_of(request), asking.period_of(request.GET.get("ky", ""), request.now)
    answer, one = index766.component_of(top.code, period, code, at=request.now)
    if one.component.counted == "average_time":
        # The decision names it procedure by procedure; the minutes of a unit would tell of single dossiers.
        return redirect(f"{reverse('dashboards:procedures')}?ky={period.text}")
    of_procedures = one.component.counted in index766.OF_PROCEDURES
    lost = of_procedures and request.GET.get("thieu") == "1"
    context = {**frame(request, period), "one": one, "answer": answer, "lost": lost, "of_procedures": of_procedures}
    context["here"] = f"{reverse('dashboards:set766_rows', args=[code])}?ky={period.text}"
    if of_procedures:
        context |= index766.procedures(answer, one, lost=lost, page=request.GET.get("trang"), at=request.now)
    else:
        key = f"dashboards.rows766.{code}.{period.text}.{request.LANGUAGE_CODE}"
        context["lines"] = kept(key, lambda: _lines(top, answer, one.component.counted, request))
    return render(request, "dashboards/public/rows766.html", context)


def _lines(top: Version, answer: Answer, counted: str, request: HttpRequest) -> list[Line]:
    """Every unit that counts anything, the most first; what stands directly under the province is a row too."""
    register, found = organisations.register(), []
    for agency, counts in counted_below(top, answer.period, at=request.now).items():
        version, one = register.nearest(agency, answer.until), counts[counted]
        if version is None or not one.denominator:
            continue
        own = _("%(name)s (trực tiếp)") % {"name": called(top)}
        name = own if agency == top.agency else called(version)
        found.append(
            Line(name, one.numerator or 0, one.denominator, ratio_in_per_cent(one.numerator or 0, one.denominator))
        )
    return sorted(found, key=lambda one: (-one.denominator, sort_key(one.name)))
