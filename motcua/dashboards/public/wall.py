"""The wall screen of a hall or a meeting room: large figures of the province, dark and calm, no personal data."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from motcua.base.clock import day_of
from motcua.base.text import sort_key
from motcua.dashboards import asking, boards
from motcua.dashboards.ahead import ahead_of
from motcua.dashboards.tasks import tasks_of
from motcua.dashboards.tilemap import tile_map
from motcua.measures.queries.figures import Asked, figures
from motcua.measures.rules.periods import Period
from motcua.measures.terms import Part
from motcua.organisations.terms import Level

EVERY = 60
"""Seconds after which the screen looks again; as long the same figures are shown to all strangers."""


@login_not_required
@require_safe
def wall(request: HttpRequest) -> HttpResponse:
    """It looks again by itself every minute, with scripts or without, until somebody stops it; `bang=1`: tables for the drawings."""
    now: datetime = request.now
    key = f"dashboards.wall.{request.LANGUAGE_CODE}"
    found = cache.get(key)
    if found is None:
        found = _figures(now)
        cache.set(key, found, EVERY)
    stopped, tables = (request.GET.get(name) == "1" for name in ("dung", "bang"))
    context = {**found, "stopped": stopped, "tables": tables, "every": EVERY, "here": address(stopped, tables)}
    others = {
        "go_on": address(False, tables),
        "stop": address(True, tables),
        "other_form": address(stopped, not tables),
    }
    return render(request, "dashboards/public/wall.html", {**context, **others})


def address(stopped: bool, tables: bool) -> str:
    """The screen standing still or looking again, with its drawings or with tables in their place."""
    asked = {name: "1" for name, wanted in (("dung", stopped), ("bang", tables)) if wanted}
    return reverse("wall:screen") + (f"?{urlencode(asked)}" if asked else "")


def _figures(now: datetime) -> dict[str, Any]:
    today = day_of(now)
    top = asking.province(today)
    if top is None:
        raise Http404
    period = Period.parse(f"{today:%Y-%m}")
    codes = dict.fromkeys((*boards.LEAGUE, "handled_in_time_share"))
    month = figures(asking.asked(top.agency, period, now), codes)
    day = figures(Asked.now(top.agency, at=now, since=today), ("received", "handled")).whole
    communes = next((one for one in boards.leagues(month, now, period) if one.level == Level.COMMUNE), None)
    drawn = tile_map(communes.all if communes else [], top.agency, today)
    ahead = ahead_of(top.agency, Part.DECIDING, at=now)
    return {
        "unit": top,
        "at": now,
        "period": period,
        "received": day["received"].numerator,
        "handled": day["handled"].numerator,
        "share": month.whole["handled_in_time_share"].value,
        "share_told": asking.told(month.whole["handled_in_time_share"]),
        "share_behind": asking.behind(month.whole["handled_in_time_share"]),
        "open": month.whole["open"].numerator,
        "overdue": month.whole["overdue"].numerator,
        "map": drawn,
        "communes": sorted((one for one in drawn.tiles if one), key=lambda one: sort_key(one.line.name)),
        "course": boards.course(boards.months(top.agency, period, now)),
        "due": ahead.due,
        "expected": ahead.expected,
        "tasks": tasks_of(top.agency, Period.parse(f"{today.year}"), until=today, today=today),
    }
