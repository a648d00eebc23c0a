"""Agencies over time: the tree as it stood on any day, and one agency with all that decisions did to it."""

from datetime import date
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from motcua.base.clock import day_of
from motcua.desk.admin import scope
from motcua.desk.admin.decisions import DEEDS
from motcua.organisations import queries
from motcua.organisations.queries import Event
from motcua.organisations.rules import Version
from motcua.organisations.terms import Change, Level, Reading
from motcua.people.http import PersonRequest, desk_view
from motcua.people.terms import Permission
from motcua.ui.fields import DayField

keepers = desk_view(Permission.MANAGE_ORGANISATIONS)
MOST = 400
ICONS = {
    Change.OPEN: "plus",
    Change.RENAME: "pen-line",
    Change.SPLIT: "split",
    Change.MERGE: "merge",
    Change.ABOLISH: "circle-x",
    Change.TRANSFER: "arrow-right",
}


class Line(NamedTuple):
    """One agency of the tree, with how many stand under it, and who it is read under today."""

    version: Version
    below: int
    now: list[Version]


class Group(NamedTuple):
    """An agency of today with those of that day that it follows; None where nobody followed."""

    heir: Version | None
    then: list[Version]


class Link(NamedTuple):
    """Another agency that a decision names."""

    url: str
    name: str


class Told(NamedTuple):
    """One decision, as the page of an agency tells it."""

    title: str
    when: date
    icon: str
    decision: str
    note: str
    before: list[Link]
    after: list[Link]


@require_safe
@keepers
def agencies(request: PersonRequest) -> HttpResponse:
    """The tree of any day, one level at a time, as then or as now; and a search that knows old names."""
    today = day_of(request.now)
    text, q = request.GET.get("ngay", "").strip(), request.GET.get("q", "").strip()[:300]
    day = day_typed(text) or today
    reading = Reading.NOW if request.GET.get("nhin") == Reading.NOW.value else Reading.THEN
    top = _top(request.GET.get("goc", ""), day)
    lines = _lines(top.agency if top else None, day, today)
    context = {
        "q": q,
        "day": day,
        "reading": reading,
        "readings": Reading.choices,
        "top": top,
        "bad_day": bool(text) and day_typed(text) is None,
        "typed_day": text or f"{today:%d/%m/%Y}",
        "found": queries.find(q, today, limit=50) if q else [],
        "above": list(reversed(queries.ancestors(top.agency, day))) if top else [],
        "lines": lines[:MOST],
        "cut": len(lines) > MOST,
        "groups": _groups(top, day, today) if reading is Reading.NOW else [],
    }
    return render(request, "desk/admin/agencies.html", context)


def day_typed(text: str) -> date | None:
    """A day in an address, as people type it."""
    try:
        found: date | None = DayField(required=False).clean(text)
    except ValidationError:
        return None
    return found


def _top(text: str, day: date) -> Version | None:
    """The agency whose units are shown; without one, the only province of that day."""
    if text.isdecimal() and len(text) < 10 and (found := queries.version_on(int(text), day)):
        return found
    roots = queries.children_on(None, day)
    return roots[0] if len(roots) == 1 else None


def _lines(top: int | None, day: date, today: date) -> list[Line]:
    register = queries.register()
    found = []
    for version in register.children(top, day):
        heirs = [one for pk in register.as_now(version.agency, today) if (one := register.on(pk, today))]
        gone = [one for one in heirs if one.agency != version.agency or one.name != version.name]
        found.append(Line(version, len(register.children(version.agency, day)), gone))
    return found


def _groups(top: Version | None, day: date, today: date) -> list[Group]:
    """Everything but units under the top on that day, put under those that took over."""
    register = queries.register()
    nodes = register.tree(day, top.agency if top else None)
    then = [one.version for one in nodes if one.version.level is not Level.UNIT and one.version != top]
    heirs = queries.read_as([one.agency for one in then], reading=Reading.NOW, today=today)
    found: dict[int, list[Version]] = {}
    for version in then:
        for heir in heirs[version.agency] or (0,):
            found.setdefault(heir, []).append(version)
    groups = [Group(register.on(heir, today), those) for heir, those in found.items()]
    return sorted(groups, key=lambda one: (one.heir is None, one.heir.sort_key if one.heir else b""))[:MOST]


def version_or_404(pk: int, day: date) -> Version:
    """How the agency stands today, or stood last."""
    version = queries.register().nearest(pk, day)
    if version is None:
        raise Http404(_("Không có cơ quan này."))
    return version


@require_safe
@keepers
def agency(request: PersonRequest, pk: int) -> HttpResponse:
    """One agency: how it is called when, which decisions, who came before and after, what may be decided now."""
    today = day_of(request.now)
    version = version_or_404(pk, today)
    children = queries.children_on(pk, today)
    context: dict[str, Any] = {
        "version": version,
        "stands": version.holds_on(today),
        "above": list(reversed(queries.ancestors(pk, today))),
        "versions": list(reversed(queries.history(pk))),
        "decisions": [_told(one, pk) for one in queries.events_of(pk)[:100]],
        "before": _links(queries.predecessors(pk, today)[:100], today),
        "after": _links(queries.successors(pk, today)[:100], today),
        "children": children[:MOST],
        "deeds": [(one, one.objections(version, request.actor, today)) for one in DEEDS.values()],
        "correct_objections": scope.change_objections(pk, request.actor, today),
    }
    return render(request, "desk/admin/agency.html", context)


def _links(ids: tuple[int, ...], day: date) -> list[Link]:
    names = queries.full_names_on(ids, day, short=True)
    return [Link(reverse("desk:agency", args=[one]), names[one]) for one in ids]


def _told(event: Event, pk: int) -> Told:
    """The decision as seen from this agency: it may only have taken over when another one ended."""
    takes_over = event.kind is Change.ABOLISH and pk in event.successors
    return Told(
        _("Nhận việc của cơ quan kết thúc hoạt động") if takes_over else event.kind.label.capitalize(),
        event.on,
        "arrow-right" if takes_over else ICONS[event.kind],
        event.decision,
        event.note,
        _links(event.predecessors, event.on),
        _links(event.successors, event.on),
    )
