"""Tasks out of a sheet: the template, a trial that writes nothing, then for good."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from motcua.base.errors import Refused
from motcua.base.filetypes import MOST_BYTES
from motcua.directives import actions
from motcua.directives.actions import SheetReport
from motcua.directives.actions.excel import COLUMNS, ONLY_OUT
from motcua.directives.desk.forms.tasks import SheetForm
from motcua.directives.desk.loading import GIVERS, sent
from motcua.directives.desk.tasks import sheet_of
from motcua.people.http import PersonRequest, desk_view

SHOWN = 200


@desk_view(*GIVERS)
def template(request: PersonRequest) -> HttpResponse:
    """The empty sheet with its headings."""
    return sheet_of(actions.template(), request.now, "mau-nhiem-vu")


@desk_view(*GIVERS)
def take_in(request: PersonRequest) -> HttpResponse:
    """Try the sheet, or give what it says; with one error nothing is written."""
    form = SheetForm(*sent(request))
    report: SheetReport | None = None
    problems: list[str] = []
    trial = "thu" in request.POST
    if request.method == "POST" and form.is_valid():
        try:
            report = _take(request, form, trial=trial)
        except Refused as refused:
            problems = refused.objections
        else:
            if report.written:
                told = _("Đã giao %(given)d nhiệm vụ từ bảng; %(same)d dòng đã có từ trước.")
                messages.success(request, told % {"given": report.given, "same": report.unchanged})
                return redirect("directives_desk:tasks")
    context = {
        "form": form,
        "problems": problems,
        "report": report,
        "errors": report.errors[:SHOWN] if report else [],
        "more": max(0, len(report.errors) - SHOWN) if report else 0,
        "columns": [head for name, head in COLUMNS.items() if name not in ONLY_OUT],
    }
    failed = bool(problems or form.errors or (report is not None and report.errors))
    return render(request, "directives/desk/take_in.html", context, status=422 if failed else 200)


def _take(request: PersonRequest, form: SheetForm, *, trial: bool) -> SheetReport:
    file = form.cleaned_data["file"]
    if (file.size or 0) > MOST_BYTES:
        raise Refused(_("Bảng lớn hơn 20 MB. Chia thành nhiều tệp."))
    return actions.import_tasks(file.read(), by=request.actor, at=request.now, dry_run=trial)
