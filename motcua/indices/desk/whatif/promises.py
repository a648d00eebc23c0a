"""Targets of a year: what was promised, where one stands after each quarter."""

from typing import NamedTuple

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from motcua.base.clock import day_of, local
from motcua.base.errors import Refused
from motcua.indices import actions
from motcua.indices.actions.next_point import seen_targets_of
from motcua.indices.desk.loading import OFFICIALS
from motcua.indices.desk.whatif.forms import QuarterForm, TargetForm
from motcua.indices.models import QuarterCheck, Target
from motcua.indices.queries.targets import index_names, progress, targets_of
from motcua.organisations import queries as organisations
from motcua.people.http import PersonRequest, desk_view
from motcua.people.terms import Role


class Line(NamedTuple):
    """A target with its four quarters."""

    target: Target
    agency: str
    quarters: tuple[QuarterCheck | None, ...]
    reached: bool | None


def _lines(targets: list[Target], request: PersonRequest) -> list[Line]:
    names = organisations.full_names_on({one.agency_id for one in targets}, day_of(request.now), short=True)
    found = []
    for one in targets:
        checks = {each.quarter: each for each in one.checks.all()}
        done = progress(one, [checks[quarter] for quarter in sorted(checks)])
        quarters = tuple(checks.get(quarter) for quarter in (1, 2, 3, 4))
        found.append(Line(one, names[one.agency_id], quarters, done.reached))
    return found


@require_safe
@desk_view(*OFFICIALS)
def targets(request: PersonRequest) -> HttpResponse:
    """All targets of one's own house, the newest year first."""
    lines = _lines(targets_of(seen_targets_of(request.actor, request.now)), request)
    context = {"lines": lines, "may_set": Role.LEADER in request.actor.roles, "tab": "targets"}
    return render(request, "indices/desk/targets.html", context)


@desk_view(Role.LEADER)
def set_target(request: PersonRequest) -> HttpResponse:
    """Promise a score or a band of ranks."""
    house = seen_targets_of(request.actor, request.now)
    if not house:
        raise Http404
    initial = {"year": local(request.now).year, "index": request.GET.get("chi-so", "")}
    form = TargetForm(request.POST or None, indices=index_names(), initial=initial)
    problems: list[str] = []
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.set_target(agency=house[0], by=request.actor, at=request.now, **form.cleaned_data)
        except Refused as refused:
            problems = refused.objections
        else:
            messages.success(request, _("Đã ghi mục tiêu %(index)s năm %(year)d.") % vars(made))
            return redirect("indices:target", made.pk)
    name = organisations.name_on(house[0], day_of(request.now))
    context = {"form": form, "problems": problems, "house": name}
    return render(request, "indices/desk/set_target.html", context, status=422 if request.method == "POST" else 200)


@desk_view(*OFFICIALS)
def quarter(request: PersonRequest, target: int) -> HttpResponse:
    """One target: its quarters so far, and where one stands now."""
    found = [one for one in targets_of(seen_targets_of(request.actor, request.now)) if one.pk == target]
    if not found:
        raise Http404(_("Không thấy mục tiêu này ở cơ quan của bạn."))
    now = local(request.now)
    current = (now.month + 2) // 3 if now.year == found[0].year else 4
    form = QuarterForm(request.POST or None, initial={"quarter": current})
    problems: list[str] = []
    if request.method == "POST" and form.is_valid():
        try:
            actions.check_quarter(found[0], by=request.actor, at=request.now, **form.cleaned_data)
        except Refused as refused:
            problems = refused.objections
        else:
            messages.success(request, _("Đã ghi quý %d.") % form.cleaned_data["quarter"])
            return redirect("indices:target", target)
    context = {"line": _lines(found, request)[0], "form": form, "problems": problems}
    return render(request, "indices/desk/target.html", context, status=422 if request.method == "POST" else 200)
