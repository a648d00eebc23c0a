"""All rounds at a glance, what of them waits for me, and a new one."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from motcua.base.errors import Refused
from motcua.base.text import whole_number
from motcua.indices import actions, queries
from motcua.indices.actions.running import DEADLINES
from motcua.indices.desk.forms import PrepareForm
from motcua.indices.desk.loading import OFFICIALS, my_rounds, sent, today, units_of_kind
from motcua.indices.models import SetVersion
from motcua.indices.terms import Stage, UnitKind
from motcua.organisations import queries as organisations
from motcua.people.http import PersonRequest, desk_view
from motcua.people.terms import Role

KINDS = (UnitKind.DEPARTMENT, UnitKind.COMMUNE, UnitKind.PROVINCE, UnitKind.DISTRICT)


@require_safe
@desk_view(*OFFICIALS)
def rounds(request: PersonRequest) -> HttpResponse:
    """Rounds of a year: how far each has come, and for each index and unit answers, points, the year before."""
    every = my_rounds(request)
    years = sorted(set(every.order_by().values_list("year", flat=True)), reverse=True)
    asked = whole_number(request.GET.get("nam", ""))
    year = asked if asked in years else (years[0] if years else today(request).year)
    found = list(every.filter(year=year).defer("results").order_by("pk"))
    tables = queries.tables(found, request.actor, request.now)
    context = {
        "year": year,
        "years": years,
        "standings": [one for table in tables for one in table.rounds],
        "tables": [(table, UnitKind(table.kind).label) for table in tables if table.rows],
        "may_prepare": Role.LEADER.value in request.actor.roles,
    }
    return render(request, "indices/desk/rounds.html", context)


@require_safe
@desk_view(*OFFICIALS)
def mine(request: PersonRequest) -> HttpResponse:
    """What waits for me over all rounds: to answer, to appraise, to reply to."""
    opened = my_rounds(request).defer("results").exclude(stage__in=[Stage.PREPARING.value, Stage.PUBLISHED.value])
    found = queries.mine(list(opened), request.actor, request.now)
    context = {
        "waiting": [one for one in found if one.left],
        "done": [one for one in found if not one.left],
        "now": request.now,
    }
    return render(request, "indices/desk/mine.html", context)


@desk_view(Role.LEADER)
def prepare(request: PersonRequest) -> HttpResponse:
    """A new round: the definition, the year, the units, the last days."""
    day = today(request)
    root = organisations.root_of(request.actor.agency or 0)
    versions = list(SetVersion.objects.order_by("index", "code", "-version"))
    choices = [(one.pk, _version_words(one)) for one in versions]
    kinds = [(one.value, one.label) for one in KINDS]
    form = PrepareForm(
        sent(request)[0], versions=choices, kinds=kinds, initial={"year": day.year, "kind": UnitKind.DEPARTMENT.value}
    )
    units = {kind: units_of_kind(kind, day, root) if root else [] for kind in KINDS}
    problems: list[str] = []
    if request.method == "POST" and form.is_valid():
        try:
            made = _prepare(request, form.cleaned_data, units)
        except Refused as refused:
            problems = refused.objections
        else:
            messages.success(request, _("Đã lập đợt đánh giá. Giao đơn vị phụ trách rồi mở đợt."))
            return redirect("indices:round", made.pk)
    context = {
        "form": form,
        "problems": problems,
        "units": [(kind.value, kind.label, rows) for kind, rows in units.items() if rows],
        "chosen": {whole_number(one) for one in request.POST.getlist("don-vi")},
    }
    return render(request, "indices/desk/prepare.html", context, status=422 if request.method == "POST" else 200)


def _version_words(one: SetVersion) -> str:
    state = _("ví dụ") if one.example else _("đã ký") if one.signed_at else _("chưa ký")
    return f"{one.index} · {one.name} ({one.code}, {_('bản')} {one.version}, {state})"


def _prepare(request: PersonRequest, values: dict[str, Any], units: Mapping[UnitKind, list[tuple[int, str]]]) -> Any:
    """Of the ticked units those of the kind that is judged: departments are ticked from the start."""
    version = SetVersion.objects.get(pk=values["version"])
    kind = UnitKind(values["kind"])
    ticked = {whole_number(one) for one in request.POST.getlist("don-vi")}
    chosen = [pk for pk, _name in units[kind] if pk in ticked]
    own = queries.agencies_of(request.actor, today(request))
    return actions.prepare(
        version,
        year=values["year"],
        kind=kind,
        organiser=own[-1] if own else 0,
        units=chosen,
        title=values["title"],
        deadlines={name: values[name] for name in DEADLINES if values[name]},
        by=request.actor,
        at=request.now,
    )
