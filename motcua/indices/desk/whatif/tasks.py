"""A lost point becomes a task of its owner."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from motcua.base.clock import day_of
from motcua.base.errors import Refused
from motcua.indices import actions
from motcua.indices.actions.next_point import proposing_objections
from motcua.indices.desk.loading import OFFICIALS, the_answer
from motcua.indices.desk.whatif.forms import TaskForm
from motcua.indices.desk.whatif.loading import Place, digits_of, the_place
from motcua.indices.queries.next_point import LostRow, lost_rows, outcomes_of
from motcua.indices.queries.seeing import sight
from motcua.indices.queries.standing import hides_judgements
from motcua.indices.rules.numbers import as_read, half_up
from motcua.indices.terms import as_written
from motcua.people.http import PersonRequest, desk_view


@desk_view(*OFFICIALS)
def propose(request: PersonRequest, pk: int, answer: int) -> HttpResponse:
    """Say what is to be done by when; the owner accepts or refuses it like any other task."""
    place = the_place(request, pk, unit_of=answer)
    row = _the_row(request, place, answer)
    problems = proposing_objections(place.round, request.actor, request.now)
    form = TaskForm(request.POST or None, initial=_suggested(request, place, row))
    form.today = day_of(request.now)
    back = f"{reverse('indices:lost', args=[pk])}?dv={place.unit.pk}"
    if request.method == "POST" and form.is_valid():
        try:
            kept = actions.propose_task(
                row.answer,
                points_before=_decimal(row, "points"),
                most=_decimal(row, "most"),
                by=request.actor,
                at=request.now,
                **form.cleaned_data,
            )
        except Refused as refused:
            problems = refused.objections
        else:
            messages.success(request, _("Đã giao nhiệm vụ %s cho đơn vị phụ trách.") % kept.task.code)
            return redirect(f"{back}#{row.lost.code}")
    context = {"unit": place.unit, "row": row, "form": form, "problems": problems, "back": back}
    context["digits"] = digits_of(place.standing.scores.definition)
    context["closed"] = bool(problems) and request.method == "GET"
    return render(request, "indices/desk/propose_task.html", context, status=422 if request.method == "POST" else 200)


@require_safe
@desk_view(*OFFICIALS)
def of_point(request: PersonRequest, pk: int) -> HttpResponse:
    """A part of the criterion's page: tasks for its lost points and whether they helped."""
    answer = the_answer(request, pk)
    seen = sight(answer.round, request.actor, request.now)
    as_said = hides_judgements(answer.round, seen)
    context = {
        "answer": answer,
        "outcomes": outcomes_of([answer], as_said=as_said).get(answer.pk, []),
        "may_propose": not proposing_objections(answer.round, request.actor, request.now),
    }
    return render(request, "indices/desk/point_tasks.html", context)


def _the_row(request: PersonRequest, place: Place, answer: int) -> LostRow:
    found = next((row for row in lost_rows(place.standing, request.now) if row.answer.pk == answer), None)
    if found is None:
        raise Http404(_("Tiêu chí này không còn mất điểm, hoặc không thuộc đơn vị đang xem."))
    return found


def _suggested(request: PersonRequest, place: Place, row: LostRow) -> dict[str, Any]:
    """A title from the criterion, and a day a month from now. The title becomes the task's, so it is Vietnamese for all."""
    with as_written():
        now, most = as_read(half_up(row.lost.points, 2)), as_read(half_up(row.lost.most, 2))
    index = f"{place.round.set_version.index} {place.round.year}"
    title = f"{index}: nâng điểm “{row.lost.name}” từ {now} lên {most} điểm"
    return {"title": title[:500], "due": day_of(request.now) + timedelta(days=30)}


def _decimal(row: LostRow, which: str) -> Decimal:
    value = half_up(getattr(row.lost, which), 10)
    return Decimal(value.numerator) / Decimal(value.denominator)
