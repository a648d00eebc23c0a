"""What a leader needs to see: what needs them, what is wrong now, where, and the dossiers behind each figure."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any, Final, NamedTuple
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from motcua.base.clock import day_of
from motcua.base.errors import Refused
from motcua.base.text import sort_key
from motcua.dashboards import asking, boards, comparing, index766, today, unchanged
from motcua.dashboards.ahead import Ahead, ahead_of
from motcua.dashboards.desk.frame import READERS, View, address, both, frame, own_unit, readings, view_of
from motcua.dashboards.desk.told import told
from motcua.dashboards.sheets import KINDS
from motcua.dashboards.tasks import board_address, tasks_of
from motcua.dashboards.tilemap import tile_map
from motcua.measures.queries import figures
from motcua.measures.queries import rows as listed
from motcua.measures.queries.live import Span
from motcua.measures.queries.set766 import sets_below
from motcua.measures.terms import Part
from motcua.organisations import queries as organisations
from motcua.organisations.terms import Level, Reading
from motcua.people.http import PersonRequest, desk_view
from motcua.people.terms import Role
from motcua.ui import words


@desk_view(*READERS)
@require_safe
def home(request: PersonRequest) -> HttpResponse:
    """What needs me, tiles beside another period, the course, the days ahead, the units below as a table of ink."""
    view = view_of(request)
    around = {**frame(request, view), "brief_url": address("leaders:brief", view), "files": _files(view)}
    around["readings"] = readings("dashboards_desk:home", view, request.now)
    table = Table(shares=request.GET.get("bang") == SHARES, every=request.GET.get("tat-ca") == "1")
    body = unchanged.kept(request, "home", lambda: _home(request, view, around, table), view, table)
    return render(request, "dashboards/desk/home.html", {**around, "body": body})


SHARES: Final = "ty-le"


class Table(NamedTuple):
    """How the units below are compared: by the groups of QĐ 766 or by six shares; all of them or the busiest."""

    shares: bool
    every: bool


def _home(request: PersonRequest, view: View, around: dict[str, Any], table: Table) -> str:
    codes = boards.tiles_of(view.part)
    now, then = both(request, view, dict.fromkeys((*codes, *boards.LEAGUE, *boards.HEAT)))
    untold = comparing.untold(view.other)
    ahead = ahead_of(view.unit.agency, view.part, at=request.now)
    own = view.unit.agency == own_unit(request)
    context = {
        **around,
        **_below(request, view, now, table),
        **_tasks(request, view),
        **_links(view),
        "publish_url": _publish_url(request, view),
        "needs": _needs(request, view, now, ahead) if own else [],
        "own": own,
        "tiles": [
            (
                one,
                address("dashboards_desk:rows", view, one.code),
                "" if untold else comparing.tone(now.whole[one.code], then.whole[one.code]),
            )
            for one in boards.tiles(now, None if untold else then, view.period, codes)
        ],
        "untold": untold,
        "course": boards.course(boards.months(view.unit.agency, view.period, request.now, view.part)),
        "room": view.part is Part.HOLDING,
        "ahead": ahead,
        "ahead_url": address("dashboards_desk:ahead", view),
    }
    return render_to_string("dashboards/desk/_home.html", context, request)


def _needs(request: PersonRequest, view: View, shown: figures.Figures, ahead: Ahead) -> list[today.Need]:
    """What needs the reader today, also while another period is looked at."""
    at, running = request.now, asking.running(view.period, request.now)
    now = shown
    if not running:
        view = view._replace(period=asking.this_month(at))
        now = figures.figures(asking.asked(view.unit.agency, view.period, at, view.part), ("overdue", "open"))
    late_url = address("dashboards_desk:rows", view, "overdue")
    return today.needs(request.actor, at, now=now, late_url=late_url, expected=ahead.expected)


def _files(view: View) -> list[tuple[str, str]]:
    return [(kind, address("dashboards_desk:units_file", view, kind)) for kind in KINDS]


def _links(view: View) -> dict[str, Any]:
    return {
        "set766_url": address("dashboards_desk:set766", view),
        "compare_url": address("leaders:compare", view),
        "seasons_url": address("leaders:seasons", view),
        "has_set": view.unit.level != Level.UNIT,
    }


def _publish_url(request: PersonRequest, view: View) -> str:
    """Where the figures of the province are published, for those who may."""
    may = Role.CONTROLLER in request.actor.roles and view.unit.level == Level.PROVINCE
    return reverse("dashboards_desk:published") if may else ""


def _below(request: PersonRequest, view: View, now: figures.Figures, table: Table) -> dict[str, Any]:
    """The units below: tables of ink level by level, and the map of the communes."""

    def to(agency: int, code: str) -> str:
        name, args = ("dashboards_desk:rows", (code,)) if code else ("dashboards_desk:home", ())
        return address(name, view, *args, unit=agency)

    found = boards.leagues(now, request.now, view.period)
    communes = next((one for one in found if one.level == Level.COMMUNE), None)
    until = asking.span_of(view.period, request.now).until
    drawn = tile_map(communes.all, view.unit.agency, until) if communes else None
    sets = {} if view.unit.level == Level.UNIT else sets_below(view.unit, view.period, at=request.now)
    here = address("dashboards_desk:home", view)
    shares = table.shares or not sets
    return {
        "heats": [] if shares else index766.heat_maps(sets, found, until, every=table.every),
        "leagues": [(one, boards.heat(now, one, to)) for one in found] if shares else [],
        "rooms": None if found or view.part is Part.HOLDING else _rooms(request, view),
        "below": bool(found),
        "by_groups_url": here if sets else "",
        "by_shares_url": f"{here}&bang={SHARES}",
        "shares": shares,
        "every_url": f"{here}&tat-ca=1",
        "unit_query": f"&{here.split('&', 1)[1]}",
        "map": drawn if drawn and drawn.placed else None,
        "tile_address": reverse("dashboards_desk:home"),
        "set_page": reverse("dashboards_desk:set766"),
    }


OWN: Final = "truc-tiep"
"""In an address of rows: only what lies with the unit itself, not with its rooms."""
ROOMS: Final = ("open", "overdue", "steps_late_share", "budget_used", "held_hours")


class Rooms(NamedTuple):
    """The rooms of an authority by the dossiers that lie with them and the hours they take."""

    heads: list[str]
    rows: list[tuple[str, str, list[tuple[str, str]]]]
    """Name, its own page, each figure with the page of its rows."""


def _rooms(request: PersonRequest, view: View) -> Rooms | None:
    """An authority decides by itself; inside it figures are those of where dossiers lie."""
    asked = asking.asked(view.unit.agency, view.period, request.now, Part.HOLDING, view.reading)
    found = figures.figures(asked, ROOMS)
    register, until = organisations.register(), asking.span_of(view.period, request.now).until
    rows = []
    for agency, values in found.parts.items():
        version = register.nearest(agency, until)
        if version is None or not any(one.numerator or one.denominator for one in values.values()):
            continue
        cells = [
            (asking.told(one), address("dashboards_desk:rows", view, code, unit=agency)) for code, one in values.items()
        ]
        rows.append((version.short_name or version.name, address("dashboards_desk:home", view, unit=agency), cells))
    if not rows:
        return None
    rows.sort(key=lambda row: sort_key(row[0]))
    if any(one.numerator or one.denominator for one in found.own.values()):
        name = _("%(name)s (trực tiếp)") % {"name": view.unit.short_name or view.unit.name}
        cells = [
            (asking.told(one), f"{address('dashboards_desk:rows', view, code)}&{OWN}=1")
            for code, one in found.own.items()
        ]
        rows.append((name, address("dashboards_desk:home", view), cells))
    return Rooms([str(one.measure.name) for one in found.whole.values()], rows)


def _tasks(request: PersonRequest, view: View) -> dict[str, Any]:
    """Tasks beside the dossiers; each figure opens its list on the board."""
    until = asking.span_of(view.period, request.now).until
    found = tasks_of(view.unit.agency, view.period, until=until, today=day_of(request.now))
    if found is None or not found.any:
        return {"tasks": None}
    unit = view.unit.agency
    columns = {"given": "giao", "in_time": "dung-han", "late": "xong-tre", "open": "trong-han"}
    return {
        "tasks": found,
        "tasks_url": board_address(unit, view.period, until),
        "task_urls": {name: board_address(unit, view.period, until, column) for name, column in columns.items()},
        "tasks_late_url": board_address(unit, None, until, "qua-han"),
    }


@desk_view(*READERS)
@require_safe
def rows(request: PersonRequest, code: str) -> HttpResponse:
    """The dossiers behind one figure, page by page; what they count adds up to it."""
    view = view_of(request)
    try:
        measure = figures.measure_of(code)
    except Refused as refused:
        raise Http404(" ".join(refused.objections)) from refused
    window = _window(request, view)
    whole = asking.asked(view.unit.agency, view.period, request.now, view.part, view.reading)
    if own := request.GET.get(OWN) == "1":
        whole = replace(whole, part=Part.HOLDING, own=True)
    some = _some_days(request, whole)
    asked = window or some or whole
    text = request.GET.get("sau", "")
    after = int(text) if text.lstrip("-").isdecimal() and len(text) < 20 else 0
    figure = figures.figures(asked, [code]).whole[code]
    page = listed.rows(measure, asked, after=after)
    here = address("dashboards_desk:rows", view, code) + (f"&{OWN}=1" if own else "")
    if window is not None:
        here += "&" + urlencode({name: request.GET.get(name, "") for name in ("luc", "so-ngay")})
    elif some is not None:
        here += "&" + urlencode({"tu": f"{some.span.since}", "den": f"{some.span.until}"})
    context = {
        **frame(request, view),
        **({"period_words": _window_words(window)} if window else _days_words(some) if some else {}),
        "window": window or some,
        "measure": measure,
        "validity": measure.validity_told(asked.span.since or asked.span.until, asked.span.until),
        "value": asking.told(figure),
        "behind": asking.behind(figure),
        "numerator": figure.numerator,
        "rows": told(request, page.rows),
        "more": f"{here}&sau={page.after}" if page.after else "",
        "files": []
        if window or some or own
        else [(kind, address("dashboards_desk:rows_file", view, code, kind)) for kind in KINDS],
    }
    return render(request, "dashboards/desk/rows.html", context)


def _window(request: PersonRequest, view: View) -> figures.Asked | None:
    """So many days up to a moment, as an alert counted them, instead of a period; nothing when none is asked for."""
    try:
        moment = datetime.fromisoformat(request.GET.get("luc", ""))
        days = int(request.GET.get("so-ngay", "0"))
    except ValueError:
        return None
    if moment.tzinfo is None or not (0 <= days <= 366 and moment <= request.now):
        return None
    last = day_of(moment)
    span = Span(last, last - timedelta(days=max(days, 1) - 1), moment)
    return figures.Asked(view.unit.agency, span, day_of(request.now), view.part, Reading.NOW)


def _some_days(request: PersonRequest, whole: figures.Asked) -> figures.Asked | None:
    """Some days of the period alone: those another period is held against, or a single one; nothing when none are asked for."""
    span = whole.span
    try:
        last = date.fromisoformat(request.GET.get("den", ""))
        first = date.fromisoformat(request.GET.get("tu", "") or f"{span.since}")
    except ValueError:
        return None
    if span.since is None or not span.since <= first <= last <= span.until:
        return None
    return replace(whole, span=Span(last, first, span.at if last == span.until else None))


def _days_words(asked: figures.Asked) -> dict[str, str]:
    """From which day to which."""
    first, last = asked.span.since, asked.span.until
    assert first is not None
    told = {"first": f"{first:%d/%m/%Y}", "last": f"{last:%d/%m/%Y}"}
    return {"period_words": told["last"] if first == last else _("từ %(first)s đến %(last)s") % told}


def _window_words(asked: figures.Asked) -> str:
    assert asked.span.at is not None and asked.span.since is not None
    told = {"days": (asked.span.until - asked.span.since).days + 1, "moment": words.moment(asked.span.at)}
    return _("%(days)s ngày đến %(moment)s") % told
