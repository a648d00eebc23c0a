"""The province at a glance, how all is counted, open data."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from motcua.base.clock import day_of
from motcua.dashboards import asking, boards, comparing, datasets
from motcua.dashboards.public.frame import frame, kept, top_of
from motcua.dashboards.tasks import tasks_of
from motcua.dashboards.tilemap import tile_map
from motcua.measures.queries import figures
from motcua.measures.rules.declared import MEASURES
from motcua.organisations.terms import Level


@login_not_required
@require_safe
def glance(request: HttpRequest) -> HttpResponse:
    """How the province serves: tiles, the course of a year, units compared fairly, a tile for each commune."""
    top, period = top_of(request), asking.period_of(request.GET.get("ky", ""), request.now, whole_year=True)

    def make() -> dict[str, Any]:
        codes = dict.fromkeys((*boards.TILES, *boards.LEAGUE))
        now = figures.figures(asking.asked(top.agency, period, request.now), codes)
        other = asking.before(period)
        # Half a year that was told is not to be held against a whole one.
        beside = None if comparing.untold(other) else asking.asked_beside(top.agency, other, period, request.now)
        found = boards.leagues(now, request.now, period)
        until = asking.span_of(period, request.now).until
        return {
            "tiles": boards.tiles(now, figures.figures(beside, codes) if beside else None, period),
            "other_words": asking.label_beside(other, period, request.now) if beside else "",
            "tasks": tasks_of(top.agency, period, until=until, today=day_of(request.now)),
            "leagues": found,
            "map": tile_map(
                [one for each in found if each.level == Level.COMMUNE for one in each.all], top.agency, until
            ),
            "course": boards.course(boards.months(top.agency, period, request.now)),
            "at": request.now,
        }

    found = kept(f"dashboards.glance.{period.text}.{request.LANGUAGE_CODE}", make)
    return render(request, "dashboards/public/glance.html", {**frame(request, period), **found, "unit": top})


@login_not_required
@require_safe
def definitions(request: HttpRequest) -> HttpResponse:
    """How each figure is counted: the definitions themselves, also those that held once or will hold."""
    return render(request, "dashboards/public/definitions.html", {"measures": MEASURES.values()})


@login_not_required
@require_safe
def open_data(request: HttpRequest) -> HttpResponse:
    """What may be taken along, under which licence, and what its columns mean."""
    period = asking.period_of(request.GET.get("ky", ""), request.now)
    context = {
        **frame(request, period),
        "datasets": datasets.ALL,
        "keys": datasets.COLUMNS,
        "columns": MEASURES.values(),
    }
    return render(request, "dashboards/public/open_data.html", context)


@login_not_required
@require_safe
def dataset(request: HttpRequest, name: str, kind: str) -> HttpResponse:
    """One data set as CSV or JSON."""
    if name not in datasets.ALL or kind not in ("csv", "json"):
        raise Http404
    top, period = top_of(request), asking.period_of(request.GET.get("ky", ""), request.now)
    table = datasets.ALL[name].rows(top, period, request.now)
    return datasets.answer(table, name, period, kind, request.now)
