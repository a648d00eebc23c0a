"""The page of a task and its moves: load what the person may see, validate, make one action, answer."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from motcua.base import downloads
from motcua.base.clock import day_of
from motcua.base.errors import Conflict, Refused
from motcua.base.text import whole_number
from motcua.directives import actions, queries
from motcua.directives.desk.forms.parts import AGENCIES
from motcua.directives.desk.forms.tasks import GiveForm
from motcua.directives.desk.giving import give_from
from motcua.directives.desk.loading import GIVERS, OFFICIALS, followers, me_among, sent, the_task
from motcua.directives.desk.moves import PAGES
from motcua.directives.desk.page import task_page
from motcua.directives.desk.parties import names_to_choose
from motcua.directives.models import Evidence, Urging
from motcua.directives.terms import Move, Part
from motcua.organisations import queries as organisations
from motcua.people.http import PersonRequest, desk_view


@desk_view(*OFFICIALS)
def task(request: PersonRequest, code: str) -> HttpResponse:
    """What, from which sentence, who, until when, what was done, what can be done now."""
    one = the_task(request, code)
    view = queries.task_view(one, by=request.actor, at=request.now)
    return render(request, "directives/desk/task.html", task_page(view))


@desk_view(*OFFICIALS)
def move(request: PersonRequest, code: str, verb: str) -> HttpResponse:
    """The page of one move; a refusal is shown beside what was typed, which stays."""
    one = the_task(request, code)
    if verb not in Move.values or Move(verb) not in PAGES:
        raise Http404
    page = PAGES[Move(verb)]
    problems = queries.objections_to(Move(verb), one, by=request.actor, at=request.now)
    closed = bool(problems) and request.method == "GET"
    form = page.form(request, one) if page.form and not closed else forms.Form(sent(request)[0])
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            values = dict(form.cleaned_data)
            try:
                page.make(one, values, {"by": request.actor, "at": request.now, "seen": _seen(request)})
            except Refused as refused:
                problems, status = refused.objections, 409 if isinstance(refused, Conflict) else 422
            else:
                messages.success(request, page.done % {"code": one.code})
                return redirect(one)
    context = {
        "task": one,
        "form": form,
        "page": page,
        "move": Move(verb),
        "problems": problems,
        "closed": closed,
        "lead_name": organisations.name_on(one.lead_id, day_of(request.now)),
        "request_open": queries.open_request(one) if one.asking else None,
        "agency_names": names_to_choose(one.root_id, day_of(request.now)) if verb == Move.REASSIGN else [],
        "agency_list": AGENCIES,
    }
    return render(request, "directives/desk/move.html", context, status=status)


def _seen(request: PersonRequest) -> int | None:
    """The version of the task that the form was made from."""
    return whole_number(request.POST.get("version", ""))


@desk_view(*GIVERS)
def give(request: PersonRequest) -> HttpResponse:
    """A task by hand."""
    desk = queries.desk_of(request.actor, request.now)
    if desk is None:
        raise Http404
    choices = followers(desk.house, request.now)
    initial = {"follower": me_among(request.actor, choices)}
    form = GiveForm(sent(request)[0], people=choices, initial=initial)
    problems: list[str] = []
    if request.method == "POST" and form.is_valid():
        try:
            made = give_from(form.cleaned_data, desk, by=request.actor, at=request.now)
        except Refused as refused:
            problems = refused.objections
        else:
            messages.success(request, _("Đã giao nhiệm vụ %(code)s.") % {"code": made.code})
            return redirect(made)
    context = {
        "form": form,
        "problems": problems,
        "house": organisations.name_on(desk.house, day_of(request.now)),
        "agency_names": names_to_choose(desk.root, day_of(request.now)),
        "agency_list": AGENCIES,
    }
    return render(request, "directives/desk/give.html", context, status=422 if request.method == "POST" else 200)


@desk_view(*OFFICIALS)
def evidence(request: PersonRequest, code: str, pk: int) -> HttpResponse:
    """A file that shows what a report says."""
    one = the_task(request, code)
    if Part.WORK not in queries.parts_seen(one, by=request.actor, at=request.now):
        raise Http404
    found = get_object_or_404(Evidence.objects.select_related("file"), pk=pk, report__task=one)
    return downloads.stored(found.file)


@desk_view(*OFFICIALS)
@require_POST
def acknowledge(request: PersonRequest, code: str, pk: int) -> HttpResponse:
    """The lead has seen a line of urging."""
    one = the_task(request, code)
    urging = get_object_or_404(Urging.objects.select_related("task"), pk=pk, task=one)
    actions.acknowledge(urging, by=request.actor, at=request.now)
    messages.success(request, _("Đã ghi là đã xem."))
    return redirect(one)
