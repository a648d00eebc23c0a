"""Reception: a known citizen in ninety seconds by keyboard; the slip is previewed while one types."""

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _

from motcua.base.errors import Refused
from motcua.base.reads import note_read
from motcua.dossiers import actions, queries
from motcua.dossiers.desk.kept import Kept
from motcua.dossiers.desk.sheet import TAKES, Sheet, application_of, papers_mark, read_sheet
from motcua.dossiers.models import Dossier
from motcua.dossiers.terms import PaymentWay, Slip
from motcua.people.http import PersonRequest, desk_view
from motcua.people.terms import Role


@desk_view(Role.CLERK)
def reception(request: PersonRequest) -> HttpResponse:
    """The sheet; each press of a button sends all of it, so that nothing typed is ever lost."""
    if request.method != "POST":
        return _show(request, read_sheet(None, by=request.actor, at=request.now))
    act = request.POST.get("act", "look")
    sheet = read_sheet(request.POST, by=request.actor, at=request.now, checked=act != "look")
    _keep_files(request, sheet)
    if act == "look" or not sheet.form.is_valid() or sheet.offer is None or sheet.problems:
        return _show(request, sheet, checked=act != "look")
    try:
        dossier = _take_in(request, sheet)
    except Refused as refused:
        sheet.problems += refused.objections
        return _show(request, sheet, checked=True)
    if act in TAKES:
        return redirect("dossiers_desk:received", dossier.reference)
    names = {"ask": "ask_before", "refuse": "refuse"}
    return redirect("dossiers_desk:move", dossier.reference, names.get(act, "receive"))


def _keep_files(request: PersonRequest, sheet: Sheet) -> None:
    """Scans are chosen once, whatever else must be mended; those for papers of another procedure are left out."""
    if sheet.offer is None or request.POST.get("papers_of") != papers_mark(sheet.offer):
        return
    kept = Kept(request, papers_mark(sheet.offer), [one.no for one in sheet.papers])
    for one in sheet.papers:
        one.kept, one.sealed = kept.files(one.no), kept.sealed(one.no)
    sheet.problems += kept.problems


@transaction.atomic
def _take_in(request: PersonRequest, sheet: Sheet) -> Dossier:
    """One press, one transaction: handed in and, where everything is there, received and paid, or answered at once."""
    at, by, act = request.now, request.actor, request.POST.get("act")
    key = request.POST.get("key", "")[:60]
    dossier = actions.submit(application_of(sheet), by=by, at=at, owner=str(by.id), key=key)
    if act == "receive" and dossier.code is None:
        actions.receive(dossier, by=by, at=at)
    chosen = request.POST.get("fee")
    fee = PaymentWay(chosen) if act in TAKES and chosen in PaymentWay.values else None
    if act == "at_once" and dossier.code is None:
        assert sheet.offer is not None
        taker = sheet.form.cleaned_data["proxy_name"] or sheet.form.cleaned_data["name"]
        title = sheet.offer.result_name or sheet.offer.name
        actions.answer_at_once(dossier, handed_to=taker, title=title, body="", fee=fee, by=by, at=at)
    elif fee is not None and dossier.payment == "due":
        actions.take_payment(dossier, way=fee, payer="", by=by, at=at)
    return dossier


def _show(request: PersonRequest, sheet: Sheet, *, checked: bool = False) -> HttpResponse:
    problems = list(sheet.problems)
    if checked and sheet.offer is None and not problems:
        problems.append(_("Chọn một thủ tục trong danh sách."))
    if sheet.known:
        ids = [one.pk for one in sheet.known]
        note_read(by=request.actor, at=request.now, purpose="tiếp nhận hồ sơ", subject="people.person", ids=ids)
    if sheet.focus == "name":
        sheet.form.fields["name"].widget.attrs["autofocus"] = True
    context = {
        "sheet": sheet,
        "form": sheet.form,
        "checked": checked,
        "problems": problems,
        "key": request.POST.get("key") or get_random_string(24),
        "papers_of": papers_mark(sheet.offer) if sheet.offer else "",
        "cases": _cases(sheet),
        "now": request.now,
    }
    template = "dossiers/desk/reception.html"
    return render(request, template, context, status=422 if checked and (problems or sheet.form.errors) else 200)


def _cases(sheet: Sheet) -> list[tuple[str, str]]:
    return queries.cases_of(sheet.offer.version_id) if sheet.offer else []


@desk_view(Role.CLERK)
def received(request: PersonRequest, reference: str) -> HttpResponse:
    """Shown only after the commit: code, date, slip to print, the next person."""
    dossier = get_object_or_404(
        queries.seen_by(request.actor, request.now).select_related("application"), reference=reference
    )
    note_read(by=request.actor, at=request.now, purpose="in giấy hẹn", subject="dossiers.dossier", ids=[dossier.pk])
    slip = dossier.slips.filter(kind=Slip.M01).order_by("-pk").first()
    receipt = dossier.slips.filter(kind=Slip.RECEIPT).order_by("-pk").first()
    runs = dossier.received_at and not dossier.returned_at
    due = queries.due_of(dossier, dossier.application) if runs else None
    context = {"dossier": dossier, "slip": slip, "receipt": receipt, "due": due}
    return render(request, "dossiers/desk/received.html", context)
