"""The page of one answer and every act on it: a refusal is shown beside what was typed, which stays."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from motcua.base.errors import Conflict, Refused
from motcua.base.text import whole_number
from motcua.indices import actions, queries
from motcua.indices.desk import proofs
from motcua.indices.desk.forms import CommentForm, EvidenceForm, JudgeForm, ObjectForm, ReplyForm, SelfScoreForm
from motcua.indices.desk.loading import OFFICIALS, the_answer
from motcua.indices.desk.uploads import keep_proof
from motcua.indices.models import Answer, Evidence, LiveFigure
from motcua.indices.queries import AnswerView
from motcua.indices.rules.explaining import worked
from motcua.indices.rules.kinds import Ratio
from motcua.indices.rules.numbers import marked
from motcua.indices.rules.rounds import points_of, read_value
from motcua.indices.terms import Move, Proof
from motcua.people.http import PersonRequest, desk_view

Who = dict[str, Any]
Values = dict[str, Any]
TAKE: Final = "take_figure"
JUDGING: Final = (Move.CHECK, Move.APPRAISE, Move.DECIDE)


@dataclass(frozen=True)
class Act:
    """What one form of the page does, and what is said when it is done."""

    move: Move
    done: Any
    make: Callable[[Answer, Values, Who], object]
    form: Callable[..., forms.Form] | None = None


def _self_score(answer: Answer, values: Values, who: Who) -> None:
    actions.self_score(answer, **values, **who)


def _add_evidence(answer: Answer, values: Values, who: Who) -> None:
    by, at = who["by"], who["at"]
    more = {"note": values["note"], "as_of": values["as_of"], "by": by, "at": at}
    if not values["file"] and not values["kind"]:
        raise Refused(_("Chọn một tệp, hoặc chọn nơi dẫn tới và ghi mã của tài liệu."))
    if values["kind"]:  # looked at before the file is kept: both come in or neither
        queries.place_of_proof(Proof(values["kind"]), values["target"], values["as_of"], answer, by=by, at=at)
    if values["file"]:
        file = keep_proof(values["file"], by=by, at=at)
        actions.add_evidence(answer, kind=Proof.FILE, file=file, **more)
    if values["kind"]:
        actions.add_evidence(answer, kind=Proof(values["kind"]), target=values["target"], **more)


def _remove_evidence(answer: Answer, values: Values, who: Who) -> None:
    proof = get_object_or_404(Evidence, pk=values["evidence"], answer=answer)
    actions.remove_evidence(proof, by=who["by"], at=who["at"])


def _take_figure(answer: Answer, values: Values, who: Who) -> None:
    figure = get_object_or_404(LiveFigure.objects.select_related("answer"), pk=values["figure"], answer=answer)
    actions.take_figure(figure, **who)


def _reply(answer: Answer, values: Values, who: Who) -> None:
    found = queries.answer_view(answer, who["by"], who["at"]).objection
    if found is None:
        raise Refused(_("Không có ý kiến nào chờ trả lời."))
    actions.reply(found, **values, by=who["by"], at=who["at"])


def _said(answer: Answer, values: Values, who: Who, act: Callable[..., object]) -> None:
    act(answer, **values, by=who["by"], at=who["at"])


class _Removing(forms.Form):
    evidence = forms.IntegerField(widget=forms.HiddenInput)


class _Taking(forms.Form):
    figure = forms.IntegerField(widget=forms.HiddenInput)


ACTS: Final[dict[str, Act]] = {
    Move.SELF_SCORE: Act(Move.SELF_SCORE, _("Đã ghi điểm tự chấm."), _self_score, SelfScoreForm),
    TAKE: Act(Move.SELF_SCORE, _("Đã lấy số liệu đề xuất làm điểm tự chấm."), _take_figure, _Taking),
    Move.CHECK: Act(Move.CHECK, _("Đã ghi kết quả kiểm tra."), lambda a, v, w: actions.check(a, **v, **w), JudgeForm),
    Move.APPRAISE: Act(
        Move.APPRAISE, _("Đã ghi điểm thẩm định."), lambda a, v, w: actions.appraise(a, **v, **w), JudgeForm
    ),
    Move.DECIDE: Act(
        Move.DECIDE, _("Đã ghi quyết định của hội đồng."), lambda a, v, w: actions.decide(a, **v, **w), JudgeForm
    ),
    Move.OBJECT: Act(
        Move.OBJECT,
        _("Đã gửi ý kiến về điểm thẩm định."),
        lambda a, v, w: _said(a, v, w, actions.object_to),
        ObjectForm,
    ),
    Move.REPLY: Act(Move.REPLY, _("Đã trả lời ý kiến."), _reply, ReplyForm),
    Move.COMMENT: Act(Move.COMMENT, _("Đã gửi."), lambda a, v, w: _said(a, v, w, actions.comment), CommentForm),
    Move.ADD_EVIDENCE: Act(Move.ADD_EVIDENCE, _("Đã thêm tài liệu."), _add_evidence, EvidenceForm),
    Move.REMOVE_EVIDENCE: Act(Move.REMOVE_EVIDENCE, _("Đã bỏ tài liệu."), _remove_evidence, _Removing),
}


@require_safe
@desk_view(*OFFICIALS)
def answer(request: PersonRequest, pk: int) -> HttpResponse:
    """The rule, what was said, what proves it, who judged, and what can be done now."""
    return _page(request, the_answer(request, pk))


@require_POST
@desk_view(*OFFICIALS)
def act(request: PersonRequest, pk: int, verb: str) -> HttpResponse:
    """Do one thing; whoever was quicker is named, and nothing typed is lost."""
    found = the_answer(request, pk)
    if verb not in ACTS:
        raise Http404
    known = ACTS[verb]
    form = _form(verb, found, request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, found, verb, form, status=422)
    who = {"by": request.actor, "at": request.now, "seen": whole_number(request.POST.get("version", ""))}
    try:
        known.make(found, dict(form.cleaned_data), who)
    except Refused as refused:
        fresh = the_answer(request, pk)
        status = 409 if isinstance(refused, Conflict) else 422
        return _page(request, fresh, verb, form, refused.objections, status=status)
    messages.success(request, known.done)
    following = whole_number(request.POST.get("next", "")) if "on" in request.POST else None
    return redirect("indices:answer", following or pk)


def _form(verb: str, found: Answer, data: Any = None, files: Any = None) -> forms.Form:
    criterion = queries.definition_of_round(found.round).by_code[found.criterion]
    made = ACTS[verb].form
    assert made is not None
    more: dict[str, Any] = {"criterion": criterion} if made in (SelfScoreForm, JudgeForm) else {}
    return made(data, files, prefix=verb, initial=_initial(verb, found, criterion), **more)


def _initial(verb: str, found: Answer, criterion: Any) -> dict[str, Any]:
    if verb == Move.SELF_SCORE and found.self_at is not None:
        pair = isinstance(criterion.rule, Ratio) and not criterion.rule.percent
        said = {"numerator": found.value, "denominator": found.below} if pair else {"value": found.value}
        return {**{name: marked(text) for name, text in said.items()}, "note": found.self_note}
    if verb in JUDGING:
        points = queries.points_now(found)
        return {"points": "" if points is None else marked(f"{points.normalize():f}")}
    return {}


def _page(
    request: PersonRequest,
    found: Answer,
    verb: str = "",
    form: forms.Form | None = None,
    problems: list[str] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    by, at = request.actor, request.now
    view = queries.answer_view(found, by, at)
    may_take = Move.SELF_SCORE in view.options and not view.options[Move.SELF_SCORE]
    taken = _is_taken(view)
    context = {
        "view": view,
        "answer": found,
        "criterion": view.criterion,
        "forms": _forms(view, verb, form),
        "closed": {move: why for move, why in view.options.items() if why},
        "doing": verb,
        "bad": form,
        "problems": problems or [],
        "proofs": [proofs.shown(one, found, by, at) for one in view.evidence],
        "figure_name": _name_of_figure(view),
        "figure_rows": proofs.rows_of(view.figure.rows, by, at) if view.figure else "",
        "figure_taken": taken,
        "may_take": may_take,
        "offers_figure": may_take and bool(view.figure) and not taken and found.self_at is None,
        "may_remove": Move.REMOVE_EVIDENCE in view.options and not view.options[Move.REMOVE_EVIDENCE],
    }
    return render(request, "indices/desk/answer.html", context, status=status)


def _name_of_figure(view: AnswerView) -> str:
    """The measure by its name; a component of QĐ 766 bears that of the criterion."""
    if view.figure is None:
        return ""
    own = view.figure.measure == view.answer.criterion
    return view.criterion.name if own else queries.name_of_figure(view.figure.measure)


def _is_taken(view: AnswerView) -> bool:
    figure, said = view.figure, view.answer
    if figure is None or said.self_at is None:
        return False
    return (figure.value, figure.below) == (said.value, said.below)


def _forms(view: AnswerView, verb: str, bad: forms.Form | None) -> dict[str, forms.Form]:
    """A form for each act that is open now; the one that was refused as it was sent."""
    found = {
        move.value: _form(move.value, view.answer)
        for move, why in view.options.items()
        if not why and move is not Move.REMOVE_EVIDENCE
    }
    if bad is not None and verb in {move.value for move in view.options}:
        found[verb] = bad
    return found


@require_safe
@desk_view(*OFFICIALS)
def reckon(request: PersonRequest, pk: int) -> HttpResponse:
    """The points that what is typed would give; nothing is written."""
    found = the_answer(request, pk)
    criterion = queries.definition_of_round(found.round).by_code[found.criterion]
    typed = {name: request.GET.get(f"{Move.SELF_SCORE}-{name}", "") for name in ("value", "numerator", "denominator")}
    words, wrong = "", False
    if any(typed.values()):
        try:
            above, below = read_value(criterion, typed["value"], typed["numerator"], typed["denominator"])
            words = worked(criterion, above, below, points_of(criterion, above, below))
        except Refused as refused:
            words, wrong = " ".join(refused.objections), True
    return render(request, "indices/desk/_reckoned.html", {"words": words, "wrong": wrong})
