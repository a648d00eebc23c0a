"""The answer sheet of one unit: on a page, to print, out to Excel and in from it; many answers confirmed at once."""

from typing import Final

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from motcua.base import downloads
from motcua.base.clock import local
from motcua.base.errors import Refused
from motcua.base.filetypes import MOST_BYTES
from motcua.base.text import unaccented, whole_number
from motcua.indices import actions, queries
from motcua.indices.actions.sheets import SheetReport
from motcua.indices.desk.forms import SheetForm
from motcua.indices.desk.loading import OFFICIALS, sent, the_round, the_unit, today
from motcua.indices.models import Answer, JudgedUnit, Round
from motcua.indices.terms import Move, Party, Stage
from motcua.people.http import PersonRequest, desk_view

STATES: Final = (
    ("chua-cham", gettext_lazy("Chưa tự chấm")),
    ("so-lieu", gettext_lazy("Có số liệu đề xuất")),
    ("chua-kiem-chung", gettext_lazy("Chưa có tài liệu")),
    ("chua-tham-dinh", gettext_lazy("Chưa thẩm định")),
    ("thay-doi", gettext_lazy("Điểm bị thay đổi")),
    ("co-y-kien", gettext_lazy("Có ý kiến")),
)
LABELS: Final = {
    "self": gettext_lazy("Tự chấm"),
    "checked": gettext_lazy("Kiểm tra"),
    "appraised": gettext_lazy("Thẩm định"),
    "decided": gettext_lazy("Hội đồng"),
}
SHOWN_ERRORS: Final = 200


@require_safe
@desk_view(*OFFICIALS)
def sheet(request: PersonRequest, pk: int, unit: int) -> HttpResponse:
    """The rows of one unit, by owner and by what is still open."""
    found = the_round(request, pk)
    judged = the_unit(request, found, unit)
    page = queries.sheet(judged, found, request.actor, request.now, day=today(request))
    state = request.GET.get("loc", "")
    owner = whole_number(request.GET.get("phu-trach", ""))
    narrow = queries.Filter(owner, state if state in dict(STATES) else "")
    leaves = page.leaves
    owners = dict.fromkeys((one.answer.owner_id, one.owner) for one in leaves if one.answer and one.answer.owner_id)
    context = {
        "round": found,
        "unit": judged,
        "sheet": page,
        "heads": [(name, LABELS[name]) for name in page.columns],
        "lines": queries.narrowed(page.lines, narrow) if narrow != queries.Filter() else page.lines,
        "filter": narrow,
        "owners": sorted(owners, key=lambda pair: pair[1]),
        "states": [(key, label, sum(queries.Filter(owner, key).takes(one) for one in leaves)) for key, label in STATES],
        "scored": sum(not one.unanswered for one in leaves),
        "confirming": _confirming(found, request),
        "beside": _beside(found, judged, request),
        "may_import": Stage(found.stage) in (Stage.SELF_SCORING, Stage.CHECKING, Stage.APPRAISING, Stage.DECIDING),
    }
    return render(request, "indices/desk/sheet.html", context)


def _confirming(found: Round, request: PersonRequest) -> str:
    """The word for confirming many rows at once, for whoever judges at this stage."""
    seen = queries.sight(found, request.actor, request.now)
    stage = Stage(found.stage)
    if stage is Stage.CHECKING and seen.whole:
        return Move.CHECK.value
    judges = seen.whole or Party.APPRAISER in {
        Party.APPRAISER for _pk in queries.answers_seen(found, seen).filter(appraiser__in=seen.own)[:1]
    }
    return Move.APPRAISE.value if stage is Stage.APPRAISING and judges else ""


def _beside(found: Round, judged: JudgedUnit, request: PersonRequest) -> tuple[int | None, int | None]:
    """The units before and after, for J and K."""
    keys = [one.pk for one in queries.units_read(found, queries.sight(found, request.actor, request.now))]
    place = keys.index(judged.pk)
    return keys[place - 1] if place else None, keys[place + 1] if place + 1 < len(keys) else None


@require_POST
@desk_view(*OFFICIALS)
def confirm(request: PersonRequest, pk: int, unit: int) -> HttpResponse:
    """Confirm the chosen rows as they stand: all of them or none."""
    found = the_round(request, pk)
    judged = the_unit(request, found, unit)
    seen = {}
    for text in request.POST.getlist("chon"):
        answer, _colon, version = text.partition(":")
        if (key := whole_number(answer)) is not None:
            seen[key] = whole_number(version)
    answers = Answer.objects.filter(unit=judged, pk__in=list(seen)).select_related("unit", "round__set_version")
    move = Move.CHECK if found.stage == Stage.CHECKING else Move.APPRAISE
    try:
        if not seen:
            raise Refused(_("Chọn ít nhất một tiêu chí để xác nhận."))
        count = actions.confirm_many(move, {one: seen[one.pk] for one in answers}, by=request.actor, at=request.now)
    except Refused as refused:
        messages.error(request, " ".join(refused.objections))
    else:
        messages.success(request, _("Đã xác nhận %d tiêu chí.") % count)
    return redirect("indices:sheet", pk, unit)


@require_safe
@desk_view(*OFFICIALS)
def print_page(request: PersonRequest, pk: int, unit: int) -> HttpResponse:
    """The sheet on A4, with what proves each answer and why points changed."""
    found = the_round(request, pk)
    judged = the_unit(request, found, unit)
    page = queries.sheet(judged, found, request.actor, request.now, day=today(request))
    heads = [(name, LABELS[name]) for name in page.columns]
    return render(
        request,
        "indices/desk/print.html",
        {"round": found, "unit": judged, "sheet": page, "heads": heads, "now": request.now},
    )


@require_safe
@desk_view(*OFFICIALS)
def export(request: PersonRequest, pk: int, unit: int) -> HttpResponse:
    """The sheet as Excel."""
    found = the_round(request, pk)
    judged = the_unit(request, found, unit)
    content = actions.export_sheet(judged, found, by=request.actor, at=request.now)
    name = "-".join(unaccented(judged.name).split())[:60]
    return downloads.saved(content, f"phieu-cham-{found.year}-{name}-{local(request.now):%Y%m%d-%H%M}.xlsx")


@desk_view(*OFFICIALS)
def take_in(request: PersonRequest, pk: int, unit: int) -> HttpResponse:
    """A filled sheet: first tried, then written; with one error nothing is written."""
    found = the_round(request, pk)
    judged = the_unit(request, found, unit)
    form = SheetForm(*sent(request))
    report: SheetReport | None = None
    problems: list[str] = []
    trial = "thu" in request.POST
    if request.method == "POST" and form.is_valid():
        try:
            report = _take(request, form, judged, found, trial=trial)
        except Refused as refused:
            problems = refused.objections
        else:
            if report.written:
                messages.success(request, _("Đã ghi %d tiêu chí từ bảng.") % len(report.changed))
                return redirect("indices:sheet", pk, unit)
    context = {
        "round": found,
        "unit": judged,
        "form": form,
        "problems": problems,
        "report": report,
        "errors": report.errors[:SHOWN_ERRORS] if report else [],
        "more": max(0, len(report.errors) - SHOWN_ERRORS) if report else 0,
        "scoring": found.stage == Stage.SELF_SCORING,
    }
    failed = bool(problems or form.errors or (report is not None and report.errors))
    return render(request, "indices/desk/take_in.html", context, status=422 if failed else 200)


def _take(request: PersonRequest, form: SheetForm, judged: JudgedUnit, found: Round, *, trial: bool) -> SheetReport:
    file = form.cleaned_data["file"]
    if (file.size or 0) > MOST_BYTES:
        raise Refused(_("Bảng lớn hơn 20 MB."))
    return actions.import_sheet(file.read(), judged, found, by=request.actor, at=request.now, dry_run=trial)
