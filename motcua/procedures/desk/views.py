"""The controller's pages: the list with validity, two versions side by side, publishing, filing and routes."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.base.clock import day_of
from motcua.base.errors import Refused
from motcua.people.http import PersonRequest, desk_view
from motcua.people.terms import Permission
from motcua.procedures import actions, queries
from motcua.procedures.desk.forms import DecisionForm, FilingForm, ListForm, RouteForm, as_lines
from motcua.procedures.models import Procedure, ProcedureVersion
from motcua.procedures.rules.limits import in_words
from motcua.procedures.rules.routes import standard_route
from motcua.procedures.terms import SettingName, VersionState

SHOWN = 100


def _version(code: str, number: int, *states: str) -> ProcedureVersion:
    rows = ProcedureVersion.objects.select_related("procedure").filter(procedure__code=code, number=number)
    return get_object_or_404(rows.filter(state__in=states) if states else rows)


def _done(form: Form, act: Callable[..., Any], subject: Any, request: PersonRequest) -> bool:
    """Whether the act was made with what was typed; else every reason stands in the form, and nothing typed is lost."""
    if not form.is_valid():
        return False
    try:
        act(subject, **form.cleaned_data, by=request.actor, at=request.now)
    except Refused as refused:
        refused.onto(form)
        return False
    return True


def _status(form: Form) -> int:
    return 422 if form.errors else 200


@desk_view(Permission.MANAGE_PROCEDURES)
@require_safe
def catalogue(request: PersonRequest) -> HttpResponse:
    """The list with search, state and validity."""
    form = ListForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    found = queries.administered(asked.get("q", ""), state=asked.get("tinh_trang", ""), limit=SHOWN + 1)
    context = {"form": form, "found": found[:SHOWN], "more": len(found) > SHOWN, "states": VersionState}
    return render(request, "procedures/desk/list.html", context)


@desk_view(Permission.MANAGE_PROCEDURES)
@require_safe
def procedure(request: PersonRequest, code: str) -> HttpResponse:
    """One procedure: its versions, and the chosen one beside the one before."""
    versions, day = queries.versions_of(code), day_of(request.now)
    number = request.GET.get("ban", "")
    version = next((one for one in versions if str(one.number) == number), versions[0] if versions else None)
    version = version or get_object_or_404(ProcedureVersion, procedure__code=code)
    before = queries.version_before(version, day)
    context = {
        "version": version,
        "versions": versions,
        "before": before,
        "differences": queries.differences(before, version, day),
        "routes": [
            (one, in_words(one.limit)) for one in version.routes.prefetch_related("steps").order_by("limit", "pk")
        ],
    }
    return render(request, "procedures/desk/detail.html", context)


@desk_view(Permission.MANAGE_PROCEDURES)
@require_POST
def draft(request: PersonRequest, code: str) -> HttpResponse:
    """Start the next version as a copy of the newest."""
    newest = queries.versions_of(code)
    concept = actions.draft_next(newest[0] if newest else _version(code, 1), by=request.actor, at=request.now)
    messages.success(request, _("Đã có bản thảo số %(number)s.") % {"number": concept.number})
    return redirect("procedures_desk:edit", code=code, number=concept.number)


@desk_view(Permission.MANAGE_PROCEDURES)
@require_http_methods(["GET", "POST"])
def publish(request: PersonRequest, code: str, number: int) -> HttpResponse:
    """Publish a concept by a decision, from a day on."""
    version = _version(code, number)
    form = DecisionForm(request.POST or None, initial={"since": day_of(request.now)})
    if request.method == "POST" and _done(form, actions.publish, version, request):
        messages.success(request, _("Đã công bố bản %(number)s.") % {"number": number})
        return redirect("procedures_desk:detail", code=code)
    context = {"form": form, "version": version, "verb": _("Công bố"), "hard": False}
    return render(request, "procedures/desk/decide.html", context, status=_status(form))


@desk_view(Permission.MANAGE_PROCEDURES)
@require_http_methods(["GET", "POST"])
def withdraw(request: PersonRequest, code: str, number: int) -> HttpResponse:
    """Offer the procedure no longer from a day on."""
    version = _version(code, number, VersionState.PUBLISHED)
    form = DecisionForm(request.POST or None, initial={"since": day_of(request.now)})
    if request.method == "POST" and _done(form, actions.withdraw, version, request):
        messages.success(request, _("Đã ghi ngày bãi bỏ."))
        return redirect("procedures_desk:detail", code=code)
    context = {"form": form, "version": version, "verb": _("Bãi bỏ"), "hard": True}
    return render(request, "procedures/desk/decide.html", context, status=_status(form))


@desk_view(Permission.MANAGE_PROCEDURES)
@require_http_methods(["GET", "POST"])
def route(request: PersonRequest, code: str, number: int) -> HttpResponse:
    """Issue an internal route for one limit; its hours must sum to it."""
    version = _version(code, number)
    limits = list(dict.fromkeys(one.limit for one in version.terms.order_by("no", "pk") if one.limit))
    limit = next((one for one in limits if one == request.GET.get("han")), limits[0] if limits else "")
    now = version.routes.filter(limit=limit).order_by("-pk").first()
    steps = queries.steps_of(now) if now else standard_route(limit, version.deciding_level) if limit else ()
    form = RouteForm(request.POST or None, initial={"since": day_of(request.now), "steps": as_lines(steps)})
    if request.method == "POST" and _done(form, partial(actions.issue_route, limit=limit), version, request):
        messages.success(request, _("Đã ban hành quy trình nội bộ."))
        return redirect("procedures_desk:detail", code=code)
    told = {"limit": in_words(limit), "limits": [(one, in_words(one), one == limit) for one in limits]}
    context = {"form": form, "version": version, **told}
    return render(request, "procedures/desk/route.html", context, status=_status(form))


@desk_view(Permission.MANAGE_PROCEDURES)
@require_http_methods(["GET", "POST"])
def filing(request: PersonRequest, code: str) -> HttpResponse:
    """Where citizens file online from a day on."""
    procedure_row = get_object_or_404(Procedure, code=code)
    form = FilingForm(request.POST or None, initial={"since": day_of(request.now)})
    act = partial(actions.change_setting, name=SettingName.ONLINE_FILING)
    if request.method == "POST" and _done(form, act, procedure_row, request):
        messages.success(request, _("Đã đổi nơi nộp trực tuyến."))
        return redirect("procedures_desk:detail", code=code)
    context = {"form": form, "procedure": procedure_row}
    return render(request, "procedures/desk/filing.html", context, status=_status(form))
