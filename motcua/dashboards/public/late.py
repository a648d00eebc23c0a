"""What is late now, what falls due next, the apologies published, the units behind a figure and behind tasks."""

from typing import Any, Final

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from motcua.base.clock import day_of
from motcua.base.errors import Refused
from motcua.base.text import whole_number
from motcua.dashboards import asking, behind, lateness
from motcua.dashboards.ahead import ahead_of, units_ahead
from motcua.dashboards.public.frame import frame, kept, top_of
from motcua.dashboards.tasks import lines_of, tasks_of
from motcua.measures.queries import figures
from motcua.measures.queries.figures import Asked
from motcua.measures.queries.late import late_now
from motcua.measures.terms import Part


@login_not_required
@require_safe
def late(request: HttpRequest) -> HttpResponse:
    """How many dossiers are past their day at this moment, where, by how many days; and the latest letters of apology."""
    top, today = top_of(request), day_of(request.now)
    period = asking.period_of(f"{today:%Y-%m}", request.now)

    def make() -> dict[str, Any]:
        found = late_now(top.agency, at=request.now)
        asked = asking.asked(top.agency, period, request.now)
        return {
            "overdue": found.overdue.numerator,
            "open": found.open.numerator,
            "share": asking.told(found.share),
            "bands": list(zip(lateness.band_words(), lateness.in_bands(found.days), strict=True)),
            "longest": max(found.days, default=0),
            "lines": lateness.lines(found, today),
            "apologies": figures.figures(asked, ["apologies"]).whole["apologies"].numerator,
            "letters": lateness.letters(period, day=today, limit=5).letters,
            "at": request.now,
        }

    context = {**frame(request, period), **kept(f"dashboards.late.{request.LANGUAGE_CODE}", make), "unit": top}
    return render(request, "dashboards/public/late.html", context)


@login_not_required
@require_safe
def ahead(request: HttpRequest) -> HttpResponse:
    """What falls due in the next days, unit by unit, and how much of it will be late at the present pace."""
    top, now = top_of(request), request.now

    def make() -> dict[str, Any]:
        found = ahead_of(top.agency, Part.DECIDING, at=now)
        lines = lateness.due_lines(units_ahead(top.agency, at=now), top, day_of(now), [day for day, _n in found.days])
        return {"ahead": found, "lines": lines, "at": now}

    found = kept(f"dashboards.ahead.{request.LANGUAGE_CODE}", make)
    return render(request, "dashboards/public/ahead.html", {**found, "unit": top})


@login_not_required
@require_safe
def apologies(request: HttpRequest) -> HttpResponse:
    """The letters of apology of a period: number, day, office, old and new day; nobody is named."""
    top, now = top_of(request), request.now
    period = asking.period_of(request.GET.get("ky", ""), now)
    found = lateness.letters(period, day=day_of(now), after=whole_number(request.GET.get("sau", "")) or 0)
    count = figures.figures(asking.asked(top.agency, period, now), ["apologies"]).whole["apologies"].numerator
    context = {**frame(request, period), "count": count, "letters": found.letters, "after": found.after, "unit": top}
    return render(request, "dashboards/public/apologies.html", context)


TODAY: Final = "hom-nay"
"""In place of a period: this day alone, as the wall screen shows it."""


@login_not_required
@require_safe
def rows(request: HttpRequest, code: str) -> HttpResponse:
    """The units behind a figure of the province: what they count adds up to it."""
    top, now = top_of(request), request.now
    try:
        measure = figures.measure_of(code)
    except Refused as refused:
        raise Http404(" ".join(refused.objections)) from refused
    of_today = request.GET.get("ky") == TODAY
    period = asking.this_month(now) if of_today else asking.period_of(request.GET.get("ky", ""), now, whole_year=True)
    words = {"period_words": _("hôm nay")} if of_today else {}

    def make() -> dict[str, Any]:
        whole = asking.asked(top.agency, period, now)
        found = figures.figures(Asked.now(top.agency, at=now, since=day_of(now)) if of_today else whole, [code])
        figure = found.whole[code]
        return {
            "value": asking.told(figure),
            "numerator": figure.numerator,
            "denominator": figure.denominator,
            "lines": behind.told_units(top, figure, None if of_today else period, day_of(now))
            if measure.amounts
            else behind.units(top, found, code, day_of(now)),
            "at": now,
        }

    first = day_of(now) if of_today else period.first
    found = kept(f"dashboards.rows.{code}.{TODAY if of_today else period.text}.{request.LANGUAGE_CODE}", make)
    told = {"measure": measure, "counted": behind.counted(measure), "unit": top}
    told["validity"] = measure.validity_told(first, day_of(now) if of_today else period.last)
    context = {**frame(request, period), **words, **found, **told}
    return render(request, "dashboards/public/rows.html", context)


@login_not_required
@require_safe
def tasks(request: HttpRequest) -> HttpResponse:
    """The tasks given in a period by the authorities that lead them: the lines add up to the figures of the province."""
    top, now = top_of(request), request.now
    period = asking.period_of(request.GET.get("ky", ""), now, whole_year=True)
    until, today = asking.span_of(period, now).until, day_of(now)

    def make() -> dict[str, Any]:
        return {
            "tasks": tasks_of(top.agency, period, until=until, today=today),
            "lines": lines_of(top.agency, period, until=until, today=today),
            "at": now,
        }

    found = kept(f"dashboards.tasks.{period.text}.{request.LANGUAGE_CODE}", make)
    return render(request, "dashboards/public/tasks.html", {**frame(request, period), **found, "unit": top})
