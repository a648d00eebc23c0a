"""The reading desk: a document comes in, a person says yes or no to each task that was read out of it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from motcua.base import downloads
from motcua.base.errors import Conflict, Refused
from motcua.directives import actions, queries
from motcua.directives.desk import deciding
from motcua.directives.desk.forms.reading import AddForm, HeaderForm, ReadInForm
from motcua.directives.desk.loading import OFFICIALS, READERS, number, sent, the_directive, the_proposal
from motcua.directives.desk.reader_page import next_to_decide, reader_page
from motcua.directives.desk.uploads import keep_document
from motcua.directives.models import Directive, Proposal
from motcua.directives.terms import Duty, GivenBy
from motcua.people.http import PersonRequest, desk_view


@desk_view(*OFFICIALS)
def documents(request: PersonRequest) -> HttpResponse:
    """The documents read in, newest first, with how their tasks stand."""
    text, waiting = request.GET.get("q", "")[:200], bool(request.GET.get("cho"))
    before = number(request.GET.get("truoc"))
    rows, older = queries.directives_page(request.actor, request.now, text=text, unread_only=waiting, before=before)
    context = {
        "rows": rows,
        "older": older,
        "q": text,
        "waiting": waiting,
        "may_read": not queries.duty_objections(Duty.READ_IN, by=request.actor, at=request.now),
    }
    return render(request, "directives/desk/documents.html", context)


@desk_view(*READERS)
def read_in(request: PersonRequest) -> HttpResponse:
    """Take a document in: a file or pasted words. A scan without text is refused with what to do; nothing typed is lost."""
    form = ReadInForm(*sent(request))
    problems: list[str] = []
    if request.method == "POST" and form.is_valid():
        try:
            made = _read(request, form.cleaned_data)
        except Refused as refused:
            problems = refused.objections
        else:
            told = ngettext("Đọc được %(n)d nhiệm vụ đề xuất.", "Đọc được %(n)d nhiệm vụ đề xuất.", made.undecided)
            messages.success(request, told % {"n": made.undecided})
            return redirect(made)
    context = {"form": form, "problems": problems}
    return render(request, "directives/desk/read_in.html", context, status=422 if request.method == "POST" else 200)


def _read(request: PersonRequest, values: dict[str, Any]) -> Directive:
    file = keep_document(values["file"], by=request.actor, at=request.now) if values["file"] else None
    return actions.read_in(
        file=file,
        text="" if file else values["text"],
        number=values["number"],
        issued_on=values["issued_on"],
        by=request.actor,
        at=request.now,
    )


@desk_view(*OFFICIALS)
def directive(request: PersonRequest, pk: int) -> HttpResponse:
    """Document left, proposals right, the deciding words underlined."""
    one = the_directive(request, pk)
    context = reader_page(one, by=request.actor, at=request.now, chosen=number(request.GET.get("o")))
    return render(request, "directives/desk/reader.html", {**context, "mode": ""})


@desk_view(*OFFICIALS)
def original(request: PersonRequest, pk: int) -> HttpResponse:
    """The file as it came in."""
    one = the_directive(request, pk)
    if one.file is None:
        raise Http404
    return downloads.stored(one.file)


@desk_view(*READERS)
def header(request: PersonRequest, pk: int) -> HttpResponse:
    """Put number, day and issuer right; names are looked up anew on the right day."""
    one = the_directive(request, pk)
    initial = {name: getattr(one, name) for name in ("number", "issued_on", "issuer_name", "title", "given_by")}
    form = HeaderForm(sent(request)[0], initial=initial)
    problems: list[str] = []
    if request.method == "POST" and form.is_valid():
        values = {**form.cleaned_data, "given_by": GivenBy(form.cleaned_data["given_by"])}
        try:
            actions.correct_header(one, **values, by=request.actor, at=request.now)
        except Refused as refused:
            problems = refused.objections
        else:
            messages.success(request, _("Đã sửa thông tin văn bản."))
            return redirect(one)
    context = {"directive": one, "form": form, "problems": problems}
    return render(request, "directives/desk/header.html", context, status=422 if request.method == "POST" else 200)


@desk_view(*READERS)
def add(request: PersonRequest, pk: int) -> HttpResponse:
    """A task that the reader did not see, by the words of the document."""
    one = the_directive(request, pk)
    form = AddForm(sent(request)[0], initial={"quote": request.GET.get("doan", "")[:5000]})
    problems: list[str] = []
    if request.method == "POST" and form.is_valid():
        try:
            made = deciding.add(one, form.cleaned_data, by=request.actor, at=request.now)
        except Refused as refused:
            problems = refused.objections
        else:
            messages.success(request, _("Đã thêm một nhiệm vụ đề xuất."), extra_tags=undo_of(made))
            return redirect(at_card(one, made))
    context = reader_page(one, by=request.actor, at=request.now)
    page = {**context, "mode": "them", "form": form, "problems": problems, "active": None, "active_open": False}
    return render(request, "directives/desk/reader.html", page, status=422 if request.method == "POST" else 200)


@desk_view(*READERS)
def decide(request: PersonRequest, pk: int, verb: str) -> HttpResponse:
    """Yes, change, split, merge, no: the form opens in the card; a refusal stands beside what was typed."""
    proposal = the_proposal(request, pk)
    if verb not in deciding.WAYS:
        raise Http404
    way, one = deciding.WAYS[verb], proposal.directive
    form = way.form(request, one, proposal)
    problems: list[str] = []
    status = 200
    if request.method == "POST":
        status = 422
        if way.is_valid(form):
            try:
                told, after = way.make(proposal, form, by=request.actor, at=request.now)
            except Refused as refused:
                problems, status = refused.objections, 409 if isinstance(refused, Conflict) else 422
            else:
                messages.success(request, told, extra_tags=undo_of(after or proposal))
                return redirect(at_card(one, after or next_to_decide(one, proposal)))
    accept = form if verb == "nhan" else None
    context = reader_page(one, by=request.actor, at=request.now, chosen=proposal.pk, accept=accept)
    mode = "" if verb == "nhan" else verb
    return render(
        request,
        "directives/desk/reader.html",
        {**context, "mode": mode, "form": form, "problems": problems},
        status=status,
    )


@desk_view(*READERS)
@require_POST
def take_back(request: PersonRequest, pk: int) -> HttpResponse:
    """The last step of this proposal holds no more; the card that waits again opens."""
    proposal = the_proposal(request, pk)
    one = proposal.directive
    after = actions.take_back(proposal, by=request.actor, at=request.now)
    messages.success(request, _("Đã lấy lại; đề xuất chờ xem như trước."))
    return redirect(at_card(one, after))


def undo_of(proposal: Proposal) -> str:
    """The mark of a message that offers to take the step back."""
    return f"undo:{reverse('directives_desk:take_back', args=[proposal.pk])}"


def at_card(one: Directive, proposal: Proposal | None) -> str:
    """The address of the desk with that card open; without one, the desk as it opens by itself."""
    url = reverse("directives_desk:directive", args=[one.pk])
    return url if proposal is None else f"{url}?o={proposal.pk}#nv-{proposal.pk}"
