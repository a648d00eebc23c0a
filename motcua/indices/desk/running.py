"""One round for whoever runs it: stage and steps, who is late, what was told, owners, the ranking."""

from typing import Any, Final, NamedTuple

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from motcua.base.errors import Conflict, Refused
from motcua.base.text import whole_number
from motcua.indices import actions, queries
from motcua.indices.desk.forms import ExtendForm
from motcua.indices.desk.loading import OFFICIALS, sent, the_round, today
from motcua.indices.desk.ranking import ranking_of
from motcua.indices.models import Answer, JudgedUnit, Round
from motcua.indices.queries.rounds import last_day_field
from motcua.indices.rules.rounds import PATHS
from motcua.indices.rules.validating import publication_objections
from motcua.indices.terms import Move, Stage
from motcua.organisations import queries as organisations
from motcua.people.http import PersonRequest, desk_view

STEPS: Final = {one.value: one for one in queries.ROUND_MOVES}
DONE: Final = {
    Move.OPEN: gettext_lazy("Đã mở đợt. Các đơn vị thấy phiếu của mình từ bây giờ."),
    Move.EXTEND: gettext_lazy("Đã gia hạn."),
    Move.PUBLISH: gettext_lazy("Đã công bố và khóa kết quả."),
}
LEADS: Final = {
    Move.OPEN: gettext_lazy("Các đơn vị phụ trách thấy phiếu và bắt đầu tự chấm."),
    Move.END_SELF_SCORING: gettext_lazy(
        "Các đơn vị không sửa phiếu được nữa. Có thể cho tự chấm lại trong bước kiểm tra."
    ),
    Move.REOPEN: gettext_lazy("Các đơn vị lại sửa được phiếu, đến hết ngày cuối của bước tự chấm."),
    Move.END_CHECKING: gettext_lazy("Cơ quan thẩm định bắt đầu cho điểm."),
    Move.SEND_RESULTS: gettext_lazy("Các đơn vị đọc được điểm thẩm định cùng lý do, và nêu được ý kiến."),
    Move.END_OBJECTIONS: gettext_lazy("Không nhận thêm ý kiến; hội đồng xem xét các ý kiến đã nêu."),
    Move.PUBLISH: gettext_lazy(
        "Không lấy lại được. Điểm và thứ hạng được khóa cùng mã băm SHA-256 dưới tên người công bố; mọi người trong các cơ quan đọc được."
    ),
    Move.EXTEND: gettext_lazy(
        "Ngày cuối của bước đang diễn ra dời sang ngày mới; lý do được lưu và hiện trên trang này."
    ),
}


class StageLine(NamedTuple):
    """One stage of the round as a line of its path."""

    label: str
    last_day: Any
    state: str


@require_safe
@desk_view(*OFFICIALS)
def round_page(request: PersonRequest, pk: int) -> HttpResponse:
    """Where the round stands, what may be done, how complete it is by owner and area, who is late."""
    found = the_round(request, pk)
    by, at, day = request.actor, request.now, today(request)
    seen = queries.sight(found, by, at)
    (standing,) = queries.standings([found], by, at)
    owners = queries.by_owner(found, seen, day=day)
    steps = queries.steps_of(found, by, at)
    units = queries.units_read(found, seen)
    context = {
        "round": found,
        "standing": standing,
        "stages": _path(found),
        "steps": [(move, why, place == 0) for place, (move, why) in enumerate(steps.items())],
        "seen": seen,
        "organiser": organisations.full_names_on([found.organiser_id], day)[found.organiser_id],
        "owners": _with_sheets(owners, found, units),
        "late": [one for one in owners if one.missing] if _is_over(found, day) else [],
        "areas": queries.by_area(found, seen),
        "units": [one for one in units if str(one.agency_id) not in {o.key for o in owners}],
        "told": queries.reminders_of(found),
        "proven": queries.proven(found),
        "extensions": [(one, Stage(one.stage).label) for one in queries.extensions_of(found)],
        "objections": _objections(found, seen),
        "example": publication_objections(queries.definition_of_round(found)) if found.set_version.example else [],
        "may_assign": seen.whole and Stage(found.stage) in PATHS[Move.ASSIGN_JUDGE].sources,
        "may_propose": seen.whole and Stage(found.stage) in PATHS[Move.PROPOSE].sources,
        "may_rank": seen.whole or found.stage == Stage.PUBLISHED.value,
    }
    return render(request, "indices/desk/round.html", context)


class OwnerLine(NamedTuple):
    """An owner with the way to its rows."""

    share: queries.Share
    url: str


def _with_sheets(owners: list[queries.Share], found: Round, units: list[JudgedUnit]) -> list[OwnerLine]:
    """Owners, each with its own sheet, or with its rows in the one sheet of the round."""
    own = {str(one.agency_id): reverse("indices:sheet", args=[found.pk, one.pk]) for one in units}
    only = reverse("indices:sheet", args=[found.pk, units[0].pk]) if len(units) == 1 else ""
    return [
        OwnerLine(one, own.get(one.key) or (f"{only}?phu-trach={one.key}" if only and one.key else ""))
        for one in owners
    ]


def _path(found: Round) -> list[StageLine]:
    order = list(Stage)
    here = order.index(Stage(found.stage))
    lines = []
    for place, stage in enumerate(order):
        field = last_day_field(stage)
        state = (
            "done" if place < here or stage is Stage.PUBLISHED is Stage(found.stage) else "at" if place == here else ""
        )
        words = stage.label
        lines.append(StageLine(words[:1].upper() + words[1:], getattr(found, field) if field else None, state))
    return lines


def _is_over(found: Round, day: Any) -> bool:
    return found.stage == Stage.SELF_SCORING and found.self_until is not None and day > found.self_until


def _objections(found: Round, seen: queries.Sight) -> list[Answer]:
    answers = queries.answers_seen(found, seen).filter(objection__isnull=False)
    return list(
        answers.select_related("objection", "unit").order_by("objection__replied_at", "unit__sort_key", "place")[:60]
    )


@desk_view(*OFFICIALS)
def step(request: PersonRequest, pk: int, verb: str) -> HttpResponse:
    """One step of the round: what will follow from it, then done."""
    found = the_round(request, pk)
    if verb not in STEPS:
        raise Http404
    move = STEPS[verb]
    steps = queries.steps_of(found, request.actor, request.now)
    problems = steps.get(move, [_("Việc này của cơ quan chủ trì, ở bước khác của đợt đánh giá.")])
    closed = bool(problems) and request.method != "POST"
    form = ExtendForm(sent(request)[0]) if move is Move.EXTEND and not closed else None
    status = 200
    if request.method == "POST":
        status = 422
        if form is None or form.is_valid():
            try:
                _go(move, found, form.cleaned_data if form else {}, request)
            except Refused as refused:
                problems, status = refused.objections, 409 if isinstance(refused, Conflict) else 422
            else:
                messages.success(request, DONE.get(move) or _("Đã chuyển bước: %s.") % Stage(found.stage).label)
                return redirect("indices:round", pk)
    context = {
        "round": found,
        "move": move,
        "lead": LEADS[move],
        "form": form,
        "problems": problems,
        "closed": closed,
        "hard": move is Move.PUBLISH,
        "ranking": ranking_of(found).rows[:10] if move is Move.PUBLISH and not closed else [],
    }
    return render(request, "indices/desk/step.html", context, status=status)


def _go(move: Move, found: Round, values: dict[str, Any], request: PersonRequest) -> None:
    who: dict[str, Any] = {
        "by": request.actor,
        "at": request.now,
        "seen": whole_number(request.POST.get("version", "")),
    }
    if move is Move.EXTEND:
        actions.extend(found, **values, **who)
    elif move is Move.PUBLISH:
        actions.publish(found, **who)
    else:
        actions.move(move, found, **who)


@require_POST
@desk_view(*OFFICIALS)
def propose(request: PersonRequest, pk: int) -> HttpResponse:
    """Lay today's figures beside the answers that have a measure."""
    found = the_round(request, pk)
    try:
        count = actions.propose_from_measures(found, as_of=today(request), by=request.actor, at=request.now)
    except Refused as refused:
        messages.error(request, " ".join(refused.objections))
    else:
        told = _("Đã đặt số liệu hôm nay cạnh %d tiêu chí; đơn vị phụ trách quyết định có lấy hay không.")
        messages.success(
            request, told % count if count else _("Không tiêu chí nào của đợt này gắn với số liệu có sẵn.")
        )
    return redirect("indices:round", pk)
