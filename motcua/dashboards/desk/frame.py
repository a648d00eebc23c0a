"""What every page of figures at the desk begins with: the unit, the period, the part units are counted in, the addresses."""

from datetime import datetime
from typing import Any, Final, NamedTuple
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.urls import reverse

from motcua.base.clock import day_of
from motcua.dashboards import asking, comparing
from motcua.dossiers.queries.offices import authority_of, offices_of
from motcua.measures.queries import tree
from motcua.measures.queries.figures import Figures, figures
from motcua.measures.rules.periods import Period
from motcua.measures.terms import Part
from motcua.organisations import queries as organisations
from motcua.organisations.rules import Version
from motcua.organisations.terms import Level, Reading
from motcua.people.http import PersonRequest
from motcua.people.terms import Role

READERS: Final = (Role.LEADER, Role.UNIT_HEAD, Role.CONTROLLER)


class View(NamedTuple):
    """What is looked at: the unit, the period, the one it is held against, in which part units are counted, whether the
    past is read under the agencies of that time or under those that took over from them."""

    unit: Version
    period: Period
    other: Period
    part: Part
    reading: Reading = Reading.THEN


def own_unit(request: PersonRequest) -> int:
    """What is shown when nothing else is asked for: the authority of those who lead or control, else the own unit."""
    own = request.actor.agency
    if own is None:
        raise PermissionDenied
    leads = not request.actor.roles.isdisjoint({Role.LEADER, Role.CONTROLLER})
    return authority_of(own, day_of(request.now)) if leads else own


def view_of(request: PersonRequest) -> View:
    """The unit in the address, if it is among those the person may see; else the person's own."""
    day, own_top = day_of(request.now), own_unit(request)
    text = request.GET.get("don-vi", "")
    top = int(text) if text.isdecimal() and len(text) < 12 else own_top
    if not tree.seen_with(top, offices_of(request.actor, day) | {own_top}, day):
        raise PermissionDenied
    # One that has ended is still looked at in the periods in which it stood, by its last name.
    unit = organisations.register().nearest(top, day)
    if unit is None:
        raise Http404
    part = Part.HOLDING if unit.level == Level.UNIT else Part.DECIDING
    period = asking.period_of(request.GET.get("ky", ""), request.now)
    other = comparing.other_of(request.GET.get("so-voi", ""), period, request.now)
    reading = Reading.NOW if request.GET.get("nhin") == Reading.NOW.value else Reading.THEN
    return View(unit, period, other, part, reading)


def address(name: str, view: View, *args: str, unit: int | None = None) -> str:
    """A page about the same unit (or another) and the same periods."""
    asked = {"don-vi": str(unit or view.unit.agency), "ky": view.period.text}
    if view.other != asking.before(view.period):
        asked["so-voi"] = view.other.text
    if view.reading is Reading.NOW:
        asked["nhin"] = Reading.NOW.value
    return f"{reverse(name, args=args)}?{urlencode(asked)}"


def rows_beside(request: PersonRequest, view: View, code: str, *, unit: int | None = None) -> str:
    """The rows behind a figure of the other period: of as many days as are held against the first."""
    other, at = view.other, request.now
    there = address("dashboards_desk:rows", view._replace(period=other, other=asking.before(other)), code, unit=unit)
    last = asking.beside(other, view.period, at)
    return there if last == min(other.last, day_of(at)) else f"{there}&den={last}"


def both(request: PersonRequest, view: View, codes: Any) -> tuple[Figures, Figures]:
    """The figures of the period and of the one it is held against."""
    unit, at = view.unit.agency, request.now
    now = figures(asking.asked(unit, view.period, at, view.part, view.reading), codes)
    return now, figures(asking.asked_beside(unit, view.other, view.period, at, view.part, view.reading), codes)


def readings(name: str, view: View, at: datetime) -> list[tuple[Any, str, bool]]:
    """Both ways of reading the past, where agencies have changed since; the chosen one is marked."""
    since, today = min(view.period.first, view.other.first), day_of(at)
    if not any(since < one.since <= today for one in organisations.register().versions.values()):
        return []
    return [(one.label, address(name, view._replace(reading=one)), one is view.reading) for one in Reading]


def frame(request: PersonRequest, view: View) -> dict[str, Any]:
    """What the templates of these pages show around their content."""
    day = day_of(request.now)
    may_see = offices_of(request.actor, day)
    above = [one for one in organisations.ancestors(view.unit.agency, day) if one.agency in may_see]
    links = [
        (one.short_name or one.name, address("dashboards_desk:home", view, unit=one.agency)) for one in reversed(above)
    ]
    return {
        "unit": view.unit,
        "ended": view.unit.until if view.unit.until is not None and view.unit.until <= day else None,
        "above": links,
        "period": view.period,
        "other": view.other,
        "period_words": asking.label(view.period),
        "other_words": asking.label_beside(view.other, view.period, request.now),
        "reading": view.reading.value if view.reading is Reading.NOW else "",
        "choices": asking.choices(view.period, request.now),
        "others": comparing.choices(view.period, view.other, request.now),
        "now": request.now,
        "so_far": day <= view.period.last,
        "until": asking.span_of(view.period, request.now).until,
        "back": address("dashboards_desk:home", view),
    }
