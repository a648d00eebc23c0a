"""For those who lead: two periods beside each other, what comes again with the seasons, one page to take along."""

from datetime import date

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from motcua.base import downloads
from motcua.base.clock import day_of
from motcua.base.errors import Refused
from motcua.dashboards import comparing, paper, seasons
from motcua.dashboards.desk.frame import READERS, address, both, frame, readings, rows_beside, view_of
from motcua.measures.queries import boards as measures
from motcua.measures.queries import tree
from motcua.measures.queries.figures import measure_of
from motcua.measures.queries.seasons import day_sums
from motcua.measures.rules.declared import MEASURES
from motcua.organisations.terms import Reading
from motcua.people.http import PersonRequest, desk_view

SEASONAL = ("received", "handled", "handled_in_time_share", "online_share", "overdue", "open")
"""What is shown by seasons; the first when nothing else is asked for."""
WEEKDAY_YEARS = 2


@desk_view(*READERS)
@require_safe
def compare(request: PersonRequest) -> HttpResponse:
    """Every figure of a unit in two periods, and one figure of every unit below it."""
    view = view_of(request)
    chosen = request.GET.get("con-so", "handled_in_time_share")
    try:
        measure = measure_of(chosen)
    except Refused as refused:
        raise Http404(" ".join(refused.objections)) from refused
    now, then = both(request, view, tuple(MEASURES))
    units = comparing.units_moved(chosen, now, then, request.now)
    lines = comparing.measures_moved(now, then)
    if untold := comparing.untold(view.other):
        lines = [one.still for one in lines]
        units = [one._replace(moved=one.moved.still) for one in units]
    context = {
        **frame(request, view),
        "readings": readings("leaders:compare", view, request.now),
        "untold": untold,
        "measure": measure,
        "measures": MEASURES.values(),
        "moved": [
            (one, address("dashboards_desk:rows", view, one.measure.code), rows_beside(request, view, one.measure.code))
            for one in lines
        ],
        "units": [
            (
                one,
                address("leaders:compare", view, unit=one.agency),
                address("dashboards_desk:rows", view, chosen, unit=one.agency),
                rows_beside(request, view, chosen, unit=one.agency),
            )
            for one in units
        ],
    }
    return render(request, "dashboards/desk/compare.html", context)


@desk_view(*READERS)
@require_safe
def by_seasons(request: PersonRequest) -> HttpResponse:
    """The same months of earlier years beside each other; weekdays by months."""
    view, today = view_of(request), day_of(request.now)
    code = request.GET.get("con-so", "")
    code = code if code in SEASONAL else SEASONAL[0]
    first = date(today.year - seasons.YEARS + 1, 1, 1)
    months = measures.trend(view.unit.agency, [code], first=first, at=request.now, part=view.part)
    begun = next((place for place, one in enumerate(months) if one.figures[code].numerator), len(months))
    below = tree.members(view.unit.agency, today, reading=Reading.NOW, today=today)
    since = date(today.year - WEEKDAY_YEARS, today.month, 1)
    days = day_sums(below, view.part, first=since, last=today, at=request.now, columns=["received"])
    received = {day: each["received"] for day, each in days.items()}
    # Months and days are read under the tree of today, and so are the rows behind them.
    unit = f"don-vi={view.unit.agency}&nhin={Reading.NOW.value}"
    chosen = seasons.Weekday.parse(request.GET.get("thu-thang", ""))
    shown = chosen.days_of(received) if chosen else []
    context = {
        **frame(request, view),
        "measure": MEASURES[code],
        "measures": [MEASURES[one] for one in SEASONAL],
        "years": seasons.by_years(months[begun:], code, f"{reverse('dashboards_desk:rows', args=[code])}?{unit}&ky="),
        "weekdays": seasons.by_weekdays(received, f"?don-vi={view.unit.agency}&con-so={code}&thu-thang="),
        "chosen": chosen,
        "chosen_days": shown,
        "chosen_sum": sum(n for _day, n in shown),
        "day_url": f"{reverse('dashboards_desk:rows', args=['received'])}?{unit}",
        "since": since,
    }
    return render(request, "dashboards/desk/seasons.html", context)


@desk_view(*READERS)
@require_safe
def brief(request: PersonRequest) -> HttpResponse:
    """The leaders' page on one sheet of A4."""
    view = view_of(request)
    found = paper.made(view.unit, view.period, view.other, view.part, at=request.now, reading=view.reading)
    return downloads.shown(found, paper.file_name(view.unit, view.period))
