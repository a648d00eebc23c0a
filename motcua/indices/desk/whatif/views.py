"""Pages of one unit in one round: try points, see what is lost, the cheapest way up, the years."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from motcua.base.text import whole_number
from motcua.indices import actions
from motcua.indices.actions.next_point import proposing_objections
from motcua.indices.desk.loading import OFFICIALS
from motcua.indices.desk.whatif import drawing
from motcua.indices.desk.whatif.forms import effort_form
from motcua.indices.desk.whatif.loading import Place, digits_of, the_place
from motcua.indices.desk.whatif.trying import Result, Row, Tried, read_tried, result_of, tree_rows
from motcua.indices.models import Answer
from motcua.indices.queries.next_point import (
    LostRow,
    Outcome,
    answers_by_criterion,
    by_owner,
    lost_rows,
    outcomes_of,
    owner_names,
    road_to,
    safe_road_to,
    span,
    tasks_by_criterion,
)
from motcua.indices.queries.standing import Standing
from motcua.indices.queries.targets import series, target_for
from motcua.people.http import PersonRequest, desk_view


@require_safe
@desk_view(*OFFICIALS)
def try_points(request: PersonRequest, pk: int) -> HttpResponse:
    """The tree with a field beside each criterion; score and rank as they would be. All of it stands in the address."""
    place = the_place(request, pk)
    where = place.standing
    tried = read_tried(request.GET, where)
    if request.headers.get("HX-Request"):
        return _what_moves(request, where, tried)
    rows = tree_rows(where, tried, *_beside(where, request.now))
    result = result_of(where, tried)
    lost_only = request.GET.get("con-mat") == "1"
    context = _common(place, where, "try") | {
        "rows": _shown(rows, tried, lost_only),
        "root": rows[0] if rows else None,
        "lost_only": lost_only,
        "easy": easiest(lost_rows(where, request.now)),
        **_told(where, tried, result),
    }
    return render(request, "indices/desk/try_points.html", context)


def _what_moves(request: PersonRequest, where: Standing, tried: Tried) -> HttpResponse:
    """The part that may differ from what stands on the page: the result, sums, what is tried now or was before."""
    moving = {*request.GET.get("da-thu", "").split(), *tried.typed}
    rows = tree_rows(where, tried, {}, {}, {}, moving)
    context = {
        "rows": rows,
        "digits": digits_of(where.scores.definition),
        **_told(where, tried, result_of(where, tried)),
    }
    return render(request, "indices/desk/_tried.html", context)


def _told(where: Standing, tried: Tried, result: Result) -> dict[str, Any]:
    """What the result says: score, rank, the others as dots, the steps of the change."""
    typed = " ".join(tried.typed)
    return {"where": where, "typed": typed, "result": result, **_drawn(where, result)}


def _shown(rows: list[Row], tried: Tried, lost_only: bool) -> list[Row]:
    """All rows, or those that still have points to win; what was typed is never hidden."""
    return [row for row in rows if not lost_only or row.lost or not row.leaf or row.code in tried.typed]


def _beside(where: Standing, at: datetime) -> tuple[dict[str, Answer], dict[int, str], dict[str, Outcome]]:
    """What stands beside the points: the answers, who answers for them, which task is about them."""
    answers = answers_by_criterion(where.unit)
    outcomes = outcomes_of(list(answers.values()), as_said=where.as_said)
    return answers, owner_names(answers.values(), at), tasks_by_criterion(outcomes, answers)


def easiest(rows: Sequence[LostRow], most: int = 3) -> list[LostRow]:
    """The points that cost the fewest days each."""
    worth = [row for row in rows if row.lost.gain > 0 and row.open_task is None]
    return sorted(worth, key=lambda row: (-(row.lost.gain / max(row.days, Fraction(1, 100))), row.lost.code))[:most]


def _drawn(where: Standing, result: Result) -> dict[str, Any]:
    """The others as dots, and the steps of the change."""
    steps = None
    if result.changed and result.before is not None and result.after is not None:
        steps = drawing.waterfall((_("Hiện nay"), result.before), result.steps, (_("Nếu đạt"), result.after))
    return {"dots": drawing.dots(where, result.after), "steps": steps}


@require_safe
@desk_view(*OFFICIALS)
def lost(request: PersonRequest, pk: int) -> HttpResponse:
    """What is lost, by whoever answers for it and by criterion, with what is being done about each."""
    place = the_place(request, pk)
    where = place.standing
    rows = lost_rows(where, request.now)
    context = _common(place, where, "lost") | {
        "rows": rows,
        "owners": by_owner(rows),
        "all_lost": sum((row.lost.gain for row in rows), start=0),
        "under_way": sum(1 for row in rows if row.open_task),
        "helped": sum(1 for row in rows for one in row.outcomes if one.gained is not None and one.gained > 0),
        "objections": proposing_objections(place.round, request.actor, request.now),
        "areas": _areas(where),
    }
    return render(request, "indices/desk/lost.html", context)


def _areas(where: Standing) -> dict[str, Any] | None:
    """From the most points to ours: what each area keeps back, where points are simply added up."""
    definition = where.scores.definition
    top = definition.top
    children = [(one, weight) for one, weight in definition.children[definition.root] if one.most is not None]
    if top.most is None or where.total is None or not children:
        return None
    factor = getattr(top.rule, "factor", 1)
    steps = []
    for one, weight in children:
        points = where.scores.parts[one.code][where.row]
        if points is not None and one.most is not None and points != one.most:
            steps.append((one.name, (points - one.most) * weight * factor))
    if top.most + sum(gain for _name, gain in steps) != where.total:
        return None
    return drawing.waterfall((_("Tối đa"), top.most), steps, (_("Hiện nay"), where.total))


@desk_view(*OFFICIALS)
def road(request: PersonRequest, pk: int) -> HttpResponse:
    """The cheapest set of criteria to a rank; what each costs is said here by those who do the work."""
    place = the_place(request, pk)
    where = place.standing
    rows = lost_rows(where, request.now)
    form = effort_form(request, rows)
    if request.method == "POST" and form.is_valid():
        days: dict[str, Decimal | None] = form.days()
        actions.say_efforts(place.unit, days, by=request.actor, at=request.now)
        messages.success(request, _("Đã ghi công sức ước tính."))
        return redirect(f"{reverse('indices:road', args=[pk])}?dv={place.unit.pk}&hang={request.POST.get('hang', '')}")
    rank = _rank_asked(request, where, place)
    context = _common(place, where, "road") | {
        "form": form,
        "fields": [(row, form[f"e.{row.lost.code}"]) for row in rows],
        "rank": rank,
        "ranks": range(1, where.field + 1),
        "road": road_to(where, rows, rank),
        "safe": safe_road_to(where, rows, rank),
        "rank_now": where.rank_of(where.total),
        "span_now": span(where, where.total),
    }
    return render(request, "indices/desk/road.html", context, status=422 if request.method == "POST" else 200)


def _rank_asked(request: PersonRequest, where: Standing, place: Place) -> int:
    """The rank of the address; else the one that was promised, else five places up."""
    asked = whole_number(request.GET.get("hang") or request.POST.get("hang") or "")
    if asked is None:
        target = target_for(place.round.set_version.index, place.round.year, place.unit.agency_id)
        now = where.rank_of(where.total) or where.field
        asked = (target.worst_rank if target is not None else None) or max(1, now - 5)
    return min(max(asked, 1), max(where.field, 1))


@require_safe
@desk_view(*OFFICIALS)
def years(request: PersonRequest, pk: int) -> HttpResponse:
    """The unit over the years; what may not be compared is not joined, and the page says why."""
    place = the_place(request, pk)
    where = place.standing
    points = series(place.round.set_version.index, place.unit)
    context = _common(place, where, "years") | {
        "points": list(reversed(points)),
        "chart": drawing.years_chart(points),
    }
    return render(request, "indices/desk/years.html", context)


def _common(place: Place, where: Standing, tab: str) -> dict[str, Any]:
    """What stands on each of these pages: the round, the unit, the tabs."""
    return {
        "round": place.round,
        "definition": where.scores.definition,
        "unit": place.unit,
        "units": place.units,
        "where": where,
        "digits": digits_of(where.scores.definition),
        "rank_now": where.rank_of(where.total),
        "target": target_for(place.round.set_version.index, place.round.year, place.unit.agency_id),
        "tab": tab,
    }
