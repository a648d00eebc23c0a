"""What a leader needs to see: what is wrong now, where, and the dossiers behind each figure."""

from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from motcua.base.clock import day_of
from motcua.base.errors import Refused
from motcua.dashboards import asking, boards, forecast
from motcua.dossiers import queries as dossiers
from motcua.dossiers.queries.offices import authority_of, offices_of
from motcua.measures.queries import figures, live, tree
from motcua.measures.queries import rows as listed
from motcua.measures.queries.set766 import set_for
from motcua.measures.rules.periods import Period
from motcua.measures.terms import Part
from motcua.organisations import queries as organisations
from motcua.organisations.rules import Version
from motcua.organisations.terms import Level, Reading
from motcua.people.http import PersonRequest, desk_view
from motcua.people.terms import Role

PACE_DAYS: Final = 90
"""The days behind from which the pace is read."""


class View(NamedTuple):
    """What is looked at: the unit, the period, in which part units are counted."""

    unit: Version
    period: Period
    part: Part


def _view(request: PersonRequest) -> View:
    """The unit in the address, if it is among those the person may see; else the person's own."""
    day = day_of(request.now)
    own = request.actor.agency
    if own is None:
        raise PermissionDenied
    leads = not request.actor.roles.isdisjoint({Role.LEADER, Role.CONTROLLER})
    own_top = authority_of(own, day) if leads else own
    text = request.GET.get("don-vi", "")
    top = int(text) if text.isdecimal() and len(text) < 12 else own_top
    if top not in offices_of(request.actor, day) | {own_top}:
        raise PermissionDenied
    unit = organisations.version_on(top, day)
    if unit is None:
        raise Http404
    part = Part.HOLDING if unit.level == Level.UNIT else Part.DECIDING
    return View(unit, asking.period_of(request.GET.get("ky", ""), request.now), part)


def _address(name: str, view: View, *args: str, unit: int | None = None) -> str:
    query = urlencode({"don-vi": unit or view.unit.agency, "ky": view.period.text})
    return f"{reverse(f'dashboards_desk:{name}', args=args)}?{query}"


def _frame(request: PersonRequest, view: View) -> dict[str, Any]:
    day = day_of(request.now)
    may_see = offices_of(request.actor, day)
    above = [one for one in organisations.ancestors(view.unit.agency, day) if one.agency in may_see]
    return {
        "unit": view.unit,
        "above": [(one.short_name or one.name, _address("home", view, unit=one.agency)) for one in reversed(above)],
        "period": view.period,
        "period_words": asking.label(view.period),
        "choices": asking.choices(view.period, request.now),
        "now": request.now,
        "so_far": day <= view.period.last,
        "until": asking.span_of(view.period, request.now).until,
    }


@desk_view(Role.LEADER, Role.UNIT_HEAD, Role.CONTROLLER)
@require_safe
def home(request: PersonRequest) -> HttpResponse:
    """Tiles beside the period before, the course, the days ahead, the units below as a table of ink: each opens."""
    view = _view(request)
    codes = dict.fromkeys((*boards.TILES, *boards.LEAGUE, *boards.HEAT))
    now = figures.figures(asking.asked(view.unit.agency, view.period, request.now, view.part), codes)
    then = figures.figures(asking.asked(view.unit.agency, asking.before(view.period), request.now, view.part), codes)

    def address(agency: int, code: str) -> str:
        return _address("rows", view, code, unit=agency) if code else _address("home", view, unit=agency)

    found = boards.leagues(now, request.now, view.period)
    context = {
        **_frame(request, view),
        "tiles": [(one, _address("rows", view, one.code)) for one in boards.tiles(now, then)],
        "leagues": [(one, boards.heat(now, one, address)) for one in found],
        "course": boards.course(boards.months(view.unit.agency, view.period, request.now, view.part)),
        "ahead": _ahead(request, view),
        "set766_url": _address("set766", view),
        "has_set": view.unit.level != Level.UNIT,
    }
    return render(request, "dashboards/desk/home.html", context)


def _ahead(request: PersonRequest, view: View) -> dict[str, Any]:
    """What falls due in the next days, and how much of it will be late at the pace of the days behind."""
    today = day_of(request.now)
    below = tree.members(view.unit.agency, today, reading=Reading.THEN, today=today)
    due = live.due_in_days(view.part, list(below), today, today + timedelta(days=forecast.AHEAD))
    span = live.Span.now(request.now, today - timedelta(days=PACE_DAYS))
    asked = figures.Asked(view.unit.agency, span, today, view.part)
    pace = figures.figures(asked, ("handled_late", "handled")).whole
    expected = forecast.expected_late(sum(due.values()), pace["handled_late"].numerator, pace["handled"].numerator)
    return {"days": sorted(due.items()), "due": sum(due.values()), "expected": expected, "pace_days": PACE_DAYS}


@desk_view(Role.LEADER, Role.UNIT_HEAD, Role.CONTROLLER)
@require_safe
def rows(request: PersonRequest, code: str) -> HttpResponse:
    """The dossiers behind one figure, page by page; what they count adds up to it."""
    view = _view(request)
    try:
        measure = figures.measure_of(code)
    except Refused as refused:
        raise Http404(" ".join(refused.objections)) from refused
    asked = asking.asked(view.unit.agency, view.period, request.now, view.part)
    text = request.GET.get("sau", "")
    after = int(text) if text.lstrip("-").isdecimal() and len(text) < 20 else 0
    figure = figures.figures(asked, [code]).whole[code]
    page = listed.rows(measure, asked, after=after)
    context = {
        **_frame(request, view),
        "measure": measure,
        "value": asking.told(figure),
        "behind": asking.behind(figure),
        "numerator": figure.numerator,
        "rows": _told(request, page.rows),
        "back": _address("home", view),
        "more": f"{_address('rows', view, code)}&sau={page.after}" if page.after else "",
    }
    return render(request, "dashboards/desk/rows.html", context)


class Told(NamedTuple):
    """One dossier behind a figure, with what tells it from the others; no person is named."""

    row: listed.Row
    procedure: str
    holder: str
    due_at: datetime | None


def _told(request: PersonRequest, found: list[listed.Row]) -> list[Told]:
    mine = dossiers.seen_by(request.actor, request.now).filter(reference__in=[one.reference for one in found])
    known = {one.reference: one for one in mine.select_related("procedure_version")}
    names = organisations.names_on({one.holding_id for one in known.values()}, day_of(request.now), short=True)
    told = []
    for row in found:
        one = known.get(row.reference)
        version = one.procedure_version if one else None
        told.append(
            Told(
                row,
                (version.plain_name or version.name) if version else "",
                names.get(one.holding_id, "") if one else "",
                one.due_at if one else None,
            )
        )
    return told


@desk_view(Role.LEADER, Role.UNIT_HEAD, Role.CONTROLLER)
@require_safe
def set766(request: PersonRequest) -> HttpResponse:
    """The unit by QĐ 766: counted, not measured, and why."""
    view = _view(request)
    try:
        answer, why = set_for(view.unit.code, view.period, at=request.now), ""
    except Refused as refused:
        answer, why = None, " ".join(refused.objections)
    context = {**_frame(request, view), "answer": answer, "why": why, "back": _address("home", view)}
    return render(request, "dashboards/desk/set766.html", context)
