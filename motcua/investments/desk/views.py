"""The desk of public investment: lists by any dimension, the red list, one project, what is entered."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from motcua.base.clock import day_of
from motcua.base.errors import Refused
from motcua.investments import actions, queries
from motcua.investments.desk.asking import agency_choices, guard, may
from motcua.investments.desk.forms import AmendForm, MonthForm, PlanForm, ProjectForm
from motcua.investments.desk.sheets import projects_sheet
from motcua.investments.models import Project
from motcua.investments.queries import Asked
from motcua.investments.rules import Period, ProjectWish, months_of
from motcua.investments.terms import Act, Capital, Decided, Field, Group, Standing
from motcua.organisations import queries as agencies
from motcua.people.http import PersonRequest, desk_view

BREAKDOWNS = {
    "chu-dau-tu": (gettext_lazy("Chủ đầu tư"), gettext_lazy("Giải ngân theo chủ đầu tư")),
    "dia-ban": (gettext_lazy("Địa bàn"), gettext_lazy("Giải ngân theo địa bàn")),
    "nguon-von": (gettext_lazy("Nguồn vốn"), gettext_lazy("Giải ngân theo nguồn vốn")),
    "linh-vuc": (gettext_lazy("Lĩnh vực"), gettext_lazy("Giải ngân theo lĩnh vực")),
}


def _asked(request: PersonRequest) -> Asked:
    return queries.asked(request.GET.dict(), day_of(request.now))


def _frame(request: PersonRequest, asked: Asked) -> dict[str, Any]:
    """What every list shows above its table: the province or the part that was asked for, and what may be done."""
    keeping = may(request, Act.KEEP)
    own = queries.investors_for(request.actor, asked.today) if keeping else []
    frame = {**queries.choices(asked), "at": asked.at, "keeping": keeping, "importing": not keeping or bool(own)}
    if asked.at is not None:
        frame["whole"] = queries.province(asked.at)
        frame["carried_url"] = "" if asked.narrowed else f"{reverse('investments:totals')}?ky={asked.key}#keo-dai"
        frame["figures"] = queries.figures_of(asked.at, asked.only) if asked.narrowed else frame["whole"].figures
    return frame


@require_safe
@desk_view()
def projects(request: PersonRequest) -> HttpResponse:
    """Projects by name at the end of a month, with filters."""
    asked = _asked(request)
    frame = _frame(request, asked)
    if asked.at is not None:
        frame["page"] = queries.page_of(asked.at, asked.only, asked.today, after=request.GET.get("sau", ""))
    return render(request, "investments/desk/projects.html", {"tab": "projects", **frame})


@require_safe
@desk_view()
def breakdown(request: PersonRequest, slug: str) -> HttpResponse:
    """The same by investor, locality, source or field."""
    dimension = queries.DIMENSIONS.get(slug)
    if dimension is None:
        raise Http404
    asked = _asked(request)
    head, heading = BREAKDOWNS[slug]
    frame = {"tab": slug, "head": head, "heading": heading, **_frame(request, asked)}
    if asked.at is not None:
        lines = queries.parts(dimension, asked.at, asked.only, asked.today, asked.chosen)
        frame |= {"lines": lines, "bars": queries.bars(lines), "finding": queries.finding(lines)}
    return render(request, "investments/desk/breakdown.html", frame)


@require_safe
@desk_view()
def red(request: PersonRequest) -> HttpResponse:
    """Who is below the declared thresholds."""
    asked = _asked(request)
    frame = _frame(request, asked)
    if asked.at is not None:
        frame["red"] = queries.red_list(asked.at, asked.today, asked.only)
    return render(request, "investments/desk/red.html", {"tab": "red", **frame})


@require_safe
@desk_view()
def export(request: PersonRequest) -> HttpResponse:
    """The list as a sheet."""
    asked = _asked(request)
    if asked.at is None:
        raise Http404
    return projects_sheet(queries.for_sheet(asked.at, asked.only, asked.today), asked.at, request.now)


def _project(code: str) -> Project:
    found = queries.project_for(code)
    if found is None:
        raise Http404
    return found


@require_safe
@desk_view()
def project(request: PersonRequest, code: str) -> HttpResponse:
    """One project: where it stands, its plan with every decision, its figures with every version."""
    one, asked = _project(code), _asked(request)
    if asked.newer:  # of one project the newest month is the right one, however few others have told it
        asked = replace(asked, at=asked.newer.at)
    at = asked.at or Period(asked.today.year, asked.today.replace(day=1))
    context = {
        "project": one,
        "at": at,
        "periods": queries.choices(asked)["periods"],
        "keeping": may(request, Act.KEEP),
        "recording": may(request, Act.RECORD, one),
        **_standing(one, at, asked),
    }
    return render(request, "investments/desk/project.html", context)


def _standing(one: Project, at: Period, asked: Asked) -> dict[str, Any]:
    """Everything that is known of the project at the end of the period."""
    told = queries.months_told(one, at.year)
    months = [month for month in months_of(at.year) if month <= at.month and month in told]
    trend = queries.rates_of(one, at.year, months)
    where = queries.place_names([one.locality_id] if one.locality_id else [], asked.today)
    return {
        "investor": agencies.name_on(one.investor_id, asked.today),
        "locality": where.get(one.locality_id or 0, ""),
        "lines": queries.lines_of(one, at),
        "reasons": queries.reasons_of(one, at, asked.today),
        "position": queries.by("project", at, queries.Filter(projects=(one.pk,))).get(one.pk),
        "points": [(f"{month:%m/%Y}", rate) for month, rate in trend],
        "points_last": trend[-1][1] if trend else None,
        "plan": queries.plan_of(one, at.year),
        "versions": queries.versions_of(one, at.year),
    }


@desk_view()
def add(request: PersonRequest) -> HttpResponse:
    """Enter a project."""
    guard(request, Act.KEEP)
    investors, localities = agency_choices(day_of(request.now))
    form = ProjectForm(request.POST or None, investors=investors, localities=localities)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.add_project(_wish(form.cleaned_data), by=request.actor, at=request.now)
        except Refused as refused:
            refused.onto(form)
        else:
            messages.success(request, _("Đã thêm dự án. Tiếp theo, nhập kế hoạch vốn."))
            return redirect(made)
    context = {"form": form, "project": None, "title": _("Thêm dự án")}
    return render(request, "investments/desk/project_form.html", context, status=400 if form.errors else 200)


@desk_view()
def amend(request: PersonRequest, code: str) -> HttpResponse:
    """Change facts of a project by a document."""
    one = _project(code)
    guard(request, Act.KEEP)
    investors, localities = agency_choices(day_of(request.now))
    first = {name: getattr(one, name) for name in ("name", "group", "field", "total_vnd", "first_year", "last_year")}
    first |= {"investor": one.investor_id, "locality": one.locality_id or ""}
    form = AmendForm(request.POST or None, investors=investors, localities=localities, initial=first)
    if request.method == "POST" and form.is_valid():
        given = {**form.cleaned_data, "code": one.code, "decision": one.decision, "decided_on": one.decided_on}
        try:
            actions.amend_project(one, _wish(given), document=given["document"], by=request.actor, at=request.now)
        except Refused as refused:
            refused.onto(form)
        else:
            messages.success(request, _("Đã sửa thông tin dự án."))
            return redirect(one)
    context = {"form": form, "project": one, "title": _("Sửa thông tin dự án")}
    return render(request, "investments/desk/project_form.html", context, status=400 if form.errors else 200)


def _wish(given: dict[str, Any]) -> ProjectWish:
    return ProjectWish(
        code=given["code"],
        name=given["name"],
        investor=int(given["investor"]),
        locality=int(given["locality"]) if given["locality"] else None,
        group=Group(given["group"]),
        field=Field(given["field"]),
        total_vnd=given["total_vnd"],
        decision=given["decision"],
        decided_on=given["decided_on"],
        first_year=given["first_year"],
        last_year=given["last_year"],
    )


@desk_view()
def plan(request: PersonRequest, code: str) -> HttpResponse:
    """One decision about the capital of a project."""
    one = _project(code)
    guard(request, Act.KEEP)
    year = queries.year_asked(request.GET.get("nam", ""), day_of(request.now))
    form = PlanForm(request.POST or None, initial=_plan_first(year))
    if request.method == "POST" and form.is_valid():
        try:
            actions.decide_plan(one, form.wish(), by=request.actor, at=request.now)
        except Refused as refused:
            refused.onto(form)
        else:
            messages.success(request, _("Đã ghi kế hoạch vốn."))
            return redirect(one)
    context = {"form": form, "project": one, "lines": queries.plan_on(queries.plan_of(one, year), day_of(request.now))}
    return render(request, "investments/desk/plan.html", {**context, "year": year}, status=400 if form.errors else 200)


@desk_view()
def province_plan(request: PersonRequest) -> HttpResponse:
    """The totals assigned to the province, and one more decision about them."""
    year = queries.year_asked(request.GET.get("nam", ""), day_of(request.now))
    objections = may(request, Act.KEEP)
    form = PlanForm(request.POST or None, initial=_plan_first(year))
    if request.method == "POST":
        guard(request, Act.KEEP)
    if request.method == "POST" and form.is_valid():
        try:
            actions.decide_plan(None, form.wish(), by=request.actor, at=request.now)
        except Refused as refused:
            refused.onto(form)
        else:
            messages.success(request, _("Đã ghi tổng vốn giao tỉnh."))
            return redirect("investments_desk:province_plan")
    entries = queries.province_entries(year)
    context = {"form": form, "objections": objections, "entries": entries, "year": year}
    context |= {"lines": queries.plan_on(entries, day_of(request.now)), "years": range(year + 1, year - 3, -1)}
    return render(request, "investments/desk/province_plan.html", context, status=400 if form.errors else 200)


def _plan_first(year: int) -> dict[str, Any]:
    return {"year": year, "capital": Capital.YEAR.value, "kind": Decided.ASSIGNED.value}


@desk_view()
def record(request: PersonRequest, code: str) -> HttpResponse:
    """The figures of one month: the month is chosen first, then each capital of the project has its row."""
    one = _project(code)
    guard(request, Act.RECORD, one)
    today = day_of(request.now)
    at = queries.month_asked(request.GET.get("ky", ""), one, today)
    lines = queries.lines_of(one, at)
    first = {"as_of_on": f"{min(at.day, today):%d/%m/%Y}", "standing": Standing.CONFIRMED.value}
    form = MonthForm(request.POST or None, lines=lines, initial={**first, **_told(lines, at)})
    if request.method == "POST" and form.is_valid():
        try:
            actions.record(one, form.wishes(at.year, at.month), by=request.actor, at=request.now)
        except Refused as refused:
            refused.onto(form)
        else:
            messages.success(request, _("Đã ghi số giải ngân đến hết %(month)s.") % {"month": at.words})
            return redirect(f"{one.get_absolute_url()}?ky={queries.key_of(at)}")
    months = [(queries.key_of(each), each.words, each == at) for each in queries.months_open(today)]
    context = {"form": form, "project": one, "at": at, "months": months, "ky": queries.key_of(at)}
    return render(request, "investments/desk/record.html", context, status=400 if form.errors else 200)


def _told(lines: list[queries.MonthLine], at: Period) -> dict[str, Any]:
    """What is known of this very month stands in the fields, ready to be put right."""
    found = {}
    for number, line in enumerate(lines):
        if line.figure is not None and line.figure.month == at.month:
            found[f"paid_{number}"] = line.figure.disbursed_vnd
            found[f"advance_{number}"] = line.figure.advance_vnd
            found[f"volume_{number}"] = line.figure.volume_vnd
    return found
