"""The dossier's page and its moves: load what the person may see, validate, make one action, answer."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from motcua.base import downloads, files
from motcua.base.clock import day_of
from motcua.base.errors import Conflict, Refused
from motcua.base.masking import mask_name
from motcua.base.reads import note_read
from motcua.dossiers import actions, queries
from motcua.dossiers.actions.uploads import keep_all, sender_of
from motcua.dossiers.desk.forms import PayForm
from motcua.dossiers.desk.kept import Kept
from motcua.dossiers.desk.moves import PAGES, answer_at_counter, answer_lines, kept_for, pay, seen_version
from motcua.dossiers.desk.page import dossier_page, may_unmask
from motcua.dossiers.models import Dossier, IssuedSlip, Paper, Scan, Supplement
from motcua.dossiers.terms import Move
from motcua.organisations import queries as organisations
from motcua.people.http import PersonRequest, desk_view
from motcua.people.terms import Role

WORKERS = (Role.CLERK, Role.SPECIALIST, Role.UNIT_HEAD, Role.LEADER, Role.RECORDS)


def _dossier(request: PersonRequest, reference: str) -> Dossier:
    """The dossier the person may see; one they may not see does not exist for them."""
    dossier = queries.dossier_for(reference, by=request.actor, at=request.now)
    if dossier is None:
        raise Http404(_("Không thấy hồ sơ này ở cơ quan của bạn."))
    return dossier


def _note(request: PersonRequest, dossier: Dossier, purpose: str) -> None:
    note_read(by=request.actor, at=request.now, purpose=purpose, subject="dossiers.dossier", ids=[dossier.pk])


@desk_view(*WORKERS, Role.CONTROLLER)
def detail(request: PersonRequest, reference: str) -> HttpResponse:
    """Everything on one page: time, my step, papers, who has it, what happened."""
    dossier = _dossier(request, reference)
    part = request.GET.get("phan", "giay-to")
    unmasked = request.GET.get("xem") == "du" and may_unmask(request.actor)
    if part == "to-khai":  # the answers hold addresses and numbers that no mask knows
        _note(request, dossier, "thụ lý hồ sơ, xem đủ" if unmasked else "thụ lý hồ sơ, xem tờ khai")
    context = dossier_page(dossier, request.actor, request.now, part=part)
    return render(request, "dossiers/desk/detail.html", {**context, "unmasked": unmasked})


@desk_view(*WORKERS)
def move(request: PersonRequest, reference: str, verb: str) -> HttpResponse:
    """The page of one move; a refusal is shown beside what was typed, which stays."""
    dossier = _dossier(request, reference)
    if verb not in Move.values or Move(verb) not in PAGES:
        raise Http404
    page = PAGES[Move(verb)]
    form = page.form(request, dossier) if page.form else forms.Form(request.POST or None)
    problems: list[str] = []
    if request.method == "POST" and form.is_valid():
        who = {"by": request.actor, "at": request.now, "seen": seen_version(request)}
        try:
            page.make(dossier, dict(form.cleaned_data), who)
        except Refused as refused:
            problems, status = refused.objections, 409 if isinstance(refused, Conflict) else 422
        else:
            messages.success(request, page.done % {"code": dossier.label})
            return redirect(request.POST.get("next_url") if _is_own(request.POST.get("next_url")) else dossier)
    else:
        status = 422 if request.method == "POST" else 200
        problems = queries.objections_to(Move(verb), dossier, by=request.actor, at=request.now) if status == 200 else []
    if page.shows:
        _note(request, dossier, page.shows)
    context = {
        "dossier": dossier,
        "form": form,
        "page": page,
        "move": Move(verb),
        "problems": problems,
        "closed": problems if request.method != "POST" else [],
        "back": request.GET.get("ve", ""),
        "preview": page.preview(request, dossier) if page.preview and not problems else None,
    }
    return render(request, page.template, context, status=status)


def _is_own(url: str | None) -> bool:
    return bool(url) and str(url).startswith("/ban-lam-viec/") and "//" not in str(url)


@desk_view(Role.CLERK)
def answer(request: PersonRequest, reference: str) -> HttpResponse:
    """Take the papers an M02 asked for, at any counter of the province; another counter reads the name masked."""
    own = queries.dossier_for(reference, by=request.actor, at=request.now)
    dossier = own or queries.asked_anywhere(reference, by=request.actor)
    if dossier is None:
        raise Http404(_("Không thấy hồ sơ nào mang mã này đang chờ bổ sung."))
    asked = get_object_or_404(Supplement, dossier=dossier, signed_at__isnull=False, answered_at__isnull=True)
    problems: list[str] = []
    status = 200
    kept: Kept | None = None
    if request.method == "POST":
        kept = kept_for(request, asked)
        try:
            answer_at_counter(request, dossier, asked, kept)
        except Refused as refused:
            problems, status = refused.objections, 409 if isinstance(refused, Conflict) else 422
        else:
            done = (
                _("Đã nhận bổ sung.") if own else _("Đã nhận bổ sung hồ sơ %(code)s. Chuyển giấy tờ về nơi giữ hồ sơ.")
            )
            messages.success(request, done % {"code": dossier.label})
            return redirect(dossier if own else "desk:inbox")
    context = {"dossier": dossier, "asked": asked, "lines": answer_lines(request, asked, kept), "problems": problems}
    names = organisations.full_names_on([dossier.holding_id], day_of(request.now))
    office = "" if own else names[dossier.holding_id]
    applicant = dossier.applicant_name if own else mask_name(dossier.applicant_name)
    context |= {"note": request.POST.get("note", ""), "office": office, "applicant": applicant}
    return render(request, "dossiers/desk/answer.html", context, status=status)


@desk_view(Role.CLERK)
def payment(request: PersonRequest, reference: str) -> HttpResponse:
    """Take the fee and print the receipt."""
    dossier = _dossier(request, reference)
    form = PayForm(request.POST or None, initial={"payer": dossier.applicant_name})
    if request.method == "POST" and form.is_valid():
        try:
            pay(request, dossier, form.cleaned_data)
        except Refused as refused:
            form.add_error(None, forms.ValidationError(refused.objections))
        else:
            messages.success(request, _("Đã thu lệ phí và lập biên lai."))
            return redirect(dossier)
    context = {"dossier": dossier, "form": form}
    return render(request, "dossiers/desk/payment.html", context, status=422 if form.errors else 200)


@desk_view(*WORKERS)
@require_POST
def attach(request: PersonRequest, reference: str, no: int) -> HttpResponse:
    """Add scans to one paper."""
    dossier = _dossier(request, reference)
    paper = get_object_or_404(Paper, dossier=dossier, no=no)
    kept = keep_all(request.FILES.getlist("files"), sender=sender_of(request.actor), at=request.now)
    if not kept:
        raise Refused(_("Chọn tệp của giấy này rồi bấm lại."))
    for one in kept:
        actions.attach(paper, files.by_id(one), by=request.actor, at=request.now)
    messages.success(request, _("Đã đính tệp vào “%(name)s”.") % {"name": paper.name[:80]})
    return redirect(dossier)


@desk_view(*WORKERS, Role.CONTROLLER)
def slip(request: PersonRequest, reference: str, number: int) -> HttpResponse:
    """A slip as PDF; the first opening makes it."""
    dossier = _dossier(request, reference)
    one = get_object_or_404(IssuedSlip.objects.select_related("file", "dossier"), dossier=dossier, pk=number)
    _note(request, dossier, "mở phiếu")
    return downloads.shown(actions.pdf_of(one, at=request.now), f"{one.kind}-{dossier.label}.pdf")


@desk_view(*WORKERS, Role.CONTROLLER)
def control(request: PersonRequest, reference: str) -> HttpResponse:
    """The control slip M06 as of now."""
    dossier = _dossier(request, reference)
    _note(request, dossier, "mở phiếu kiểm soát")
    return downloads.shown(actions.control_sheet_pdf(dossier, at=request.now), f"M06-{dossier.label}.pdf")


@desk_view(*WORKERS)
def scan(request: PersonRequest, reference: str, number: int) -> HttpResponse:
    """One electronic copy."""
    dossier = _dossier(request, reference)
    one = get_object_or_404(Scan.objects.select_related("file"), paper__dossier=dossier, pk=number)
    _note(request, dossier, "xem giấy tờ")
    return downloads.stored(one.file)


@desk_view(*WORKERS, Role.CONTROLLER)
def result(request: PersonRequest, reference: str) -> HttpResponse:
    """The signed result."""
    dossier = _dossier(request, reference)
    content = queries.result_pdf(dossier)
    if content is None:
        raise Http404
    _note(request, dossier, "mở kết quả")
    return downloads.shown(content, f"ket-qua-{dossier.label}.pdf")
