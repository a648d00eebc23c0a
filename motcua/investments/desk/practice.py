"""Workbooks in and out, and the dated practice: thresholds of the red list, the steward."""

from typing import Any

from django.contrib import messages
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from motcua.base import downloads, files
from motcua.base.clock import day_of
from motcua.base.errors import Refused
from motcua.base.filetypes import FileKind
from motcua.base.uploads import demand_room
from motcua.investments import actions, queries
from motcua.investments.actions.workbook.model import MOST_BYTES
from motcua.investments.desk.asking import agency_choices, guard, may
from motcua.investments.desk.forms import ImportForm, RedLineForm, StewardForm
from motcua.investments.terms import Act, Basis
from motcua.organisations import queries as agencies
from motcua.people.http import PersonRequest, desk_view

SALT = "investments.import"
SHOWN = 200
VALID_FOR = 3600


@desk_view()
def import_sheet(request: PersonRequest) -> HttpResponse:
    """A workbook: first what it would change, with every mistake at its cell; a second press writes it."""
    _may_record_something(request)
    form, report, token = ImportForm(request.POST or None, request.FILES or None), None, ""
    if request.method == "POST" and form.is_valid():
        sheet = form.cleaned_data["sheet"]
        try:
            if sheet.size > MOST_BYTES:
                raise Refused(_("Tệp lớn hơn 5 MB. Chia thành nhiều tệp."))
            content = sheet.read()
            report = actions.import_workbook(content, by=request.actor, at=request.now, dry_run=True)
            if not report.errors and report.changes:
                token = _kept(request, content, sheet.name)
        except Refused as refused:
            refused.onto(form)
    bad = bool(form.errors or (report and report.errors))
    context = {"form": form, "report": report, "token": token, "changes": report.changes[:SHOWN] if report else []}
    return render(request, "investments/desk/import.html", context, status=400 if bad else 200)


def _kept(request: PersonRequest, content: bytes, name: str) -> str:
    """The workbook as it was looked at, and a seal that lets this person write just this one within an hour."""
    demand_room(f"person:{request.user.pk}", len(content), at=request.now)
    stored = files.keep(content, name=name, media_type=FileKind.XLSX, at=request.now)
    return signing.dumps([stored.pk, request.user.pk], salt=SALT)


@require_POST
@desk_view()
def import_kept(request: PersonRequest) -> HttpResponse:
    """Write the workbook that was looked at: all of it or nothing."""
    _may_record_something(request)
    try:
        number, owner = signing.loads(request.POST.get("token", ""), salt=SALT, max_age=VALID_FOR)
    except signing.BadSignature:
        raise Refused(_("Bảng đã xem quá một giờ trước. Chọn lại tệp.")) from None
    if owner != request.user.pk:
        raise PermissionDenied
    content = files.read_stored(files.by_id(number))
    report = actions.import_workbook(content, by=request.actor, at=request.now)
    if report.errors:
        raise Refused(_("Số liệu đã đổi từ lúc xem. Chọn lại tệp để kiểm tra lại."))
    done = len(report.changes)
    messages.success(request, ngettext("Đã ghi %(n)d dòng.", "Đã ghi %(n)d dòng.", done) % {"n": done})
    return redirect("investments_desk:projects")


def _may_record_something(request: PersonRequest) -> None:
    """Whoever keeps plans, or works for an agency that invests."""
    if may(request, Act.KEEP) and not _own_investors(request):
        guard(request, Act.RECORD)


def _own_investors(request: PersonRequest) -> list[int]:
    """The agencies for which this person may enter figures."""
    return queries.investors_for(request.actor, day_of(request.now))


@require_safe
@desk_view()
def template(request: PersonRequest) -> HttpResponse:
    """The workbook to fill in, with the projects of this person's agency, or all of them for the steward."""
    _may_record_something(request)
    keeps = not may(request, Act.KEEP)
    content = actions.template(at=request.now, investors=None if keeps else _own_investors(request), full=keeps)
    return downloads.saved(content, "bang-mau-giai-ngan.xlsx")


@desk_view()
def practice(request: PersonRequest) -> HttpResponse:
    """Thresholds of the red list through time; whoever may draws the next."""
    objections = may(request, Act.DECLARE)
    first = {"basis": Basis.PRIME_MINISTER.value, "since": f"{day_of(request.now):%d/%m/%Y}"}
    form = RedLineForm(request.POST or None, initial=first)
    if request.method == "POST":
        guard(request, Act.DECLARE)
        if form.is_valid() and _declared(form, request):
            messages.success(request, _("Đã đặt ngưỡng danh sách đỏ."))
            return redirect("investments_desk:practice")
    context = {
        "form": form,
        "objections": objections,
        "lines": queries.red_lines()[:50],
        "stewards": _stewards(request),
    }
    return render(request, "investments/desk/practice.html", context, status=400 if form.errors else 200)


def _declared(form: RedLineForm, request: PersonRequest) -> bool:
    """Whether the thresholds were declared; what was said against them stands above the form."""
    given: dict[str, Any] = dict(form.cleaned_data)
    since, basis = given.pop("since"), Basis(given.pop("basis"))
    try:
        actions.declare_red_line(since, basis=basis, **given, by=request.actor, at=request.now)
    except Refused as refused:
        refused.onto(form)
        return False
    return True


def _stewards(request: PersonRequest) -> list[tuple[Any, str]]:
    """Who kept the plans when, by name."""
    found = list(queries.stewards()[:20])
    names = agencies.names_on([one.agency_id for one in found], day_of(request.now))
    return [(one, names[one.agency_id]) for one in found]


@desk_view()
def steward(request: PersonRequest) -> HttpResponse:
    """Name the agency that keeps the plans for the province."""
    guard(request, Act.DECLARE)
    first = {"since": f"{day_of(request.now):%d/%m/%Y}"}
    form = StewardForm(request.POST or None, agencies=agency_choices(day_of(request.now))[0], initial=first)
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        try:
            actions.name_steward(int(given.pop("agency")), **given, by=request.actor, at=request.now)
        except Refused as refused:
            refused.onto(form)
        else:
            messages.success(request, _("Đã giao cơ quan tổng hợp."))
            return redirect("investments_desk:practice")
    return render(request, "investments/desk/steward.html", {"form": form}, status=400 if form.errors else 200)
