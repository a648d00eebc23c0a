"""Procedures by the working time they really took, and the rows behind each of them."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from motcua.base.clock import day_of
from motcua.dashboards import asking, times
from motcua.dashboards.public.frame import frame, kept, top_of
from motcua.procedures import queries as catalogue


@login_not_required
@require_safe
def procedures(request: HttpRequest) -> HttpResponse:
    """Procedures by the working time they really took, net of waiting for the citizen, over months that have ended."""
    top, period = top_of(request), asking.period_of(request.GET.get("ky", ""), request.now, whole_year=True)

    def make() -> list[dict[str, Any]]:
        names = _names(request)
        found = times.lines(top.agency, period, request.now)
        return [
            {"name": names.get(one.taken.procedure, one.taken.procedure), "months": one.months, **one.taken._asdict()}
            for one in found
        ]

    rows = kept(f"dashboards.procedures.{period.text}.{request.LANGUAGE_CODE}", make)
    context = {**frame(request, period), "rows": rows, "results": sum(one["results"] for one in rows)}
    return render(request, "dashboards/public/procedures.html", context)


@login_not_required
@require_safe
def rows(request: HttpRequest, code: str) -> HttpResponse:
    """The results behind the times of one procedure: by months and by the hours they took, never fewer than five."""
    top, period = top_of(request), asking.period_of(request.GET.get("ky", ""), request.now, whole_year=True)
    name = _names(request).get(code)
    if name is None:
        raise Http404
    key = f"dashboards.procedure.{code}.{period.text}.{request.LANGUAGE_CODE}"
    found = kept(key, lambda: {"told": times.of_procedure(top.agency, period, code, request.now)})["told"]
    taken, told = found or (None, [])
    context = {
        **frame(request, period),
        "code": code,
        "name": name,
        "taken": taken,
        "rows": told,
        "half": times.place_of(taken.results, 5) if taken else 0,
        "nine": times.place_of(taken.results, 9) if taken else 0,
    }
    return render(request, "dashboards/public/procedure_rows.html", context)


def _names(request: HttpRequest) -> dict[str, str]:
    published = catalogue.published(day_of(request.now))
    return {one.procedure.code: one.plain_name or one.name for one in published}
