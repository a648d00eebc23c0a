"""Each move's page: the form it needs, and the one action it makes. Views stay the same for all."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.base.clock import day_of, local
from motcua.base.errors import Refused
from motcua.base.text import whole_number
from motcua.dossiers import actions, queries
from motcua.dossiers.desk import forms as desk_forms
from motcua.dossiers.desk.correcting import CorrectForm
from motcua.dossiers.desk.kept import Kept
from motcua.dossiers.desk.page import paper_lines
from motcua.dossiers.models import Dossier, Result, Supplement
from motcua.dossiers.terms import Channel, Delivery, Move, PaymentWay
from motcua.organisations import queries as organisations
from motcua.organisations.terms import Level
from motcua.people import queries as people
from motcua.people.http import PersonRequest
from motcua.people.terms import Role
from motcua.workdays import queries as workdays
from motcua.workdays import rules as clock

MOST_SHEETS = 999

Make = Callable[[Dossier, dict[str, Any], dict[str, Any]], object]
"""Call the action with the dossier, the cleaned values, and who/when/which version was seen."""


@dataclass(frozen=True)
class MovePage:
    """What the page of a move says and does."""

    done: Any
    make: Make
    form: Callable[[PersonRequest, Dossier], forms.Form] | None = None
    template: str = "dossiers/desk/move.html"
    hard: bool = False
    lead: Any = ""
    preview: Callable[[PersonRequest, Dossier], dict[str, Any]] | None = None
    """What the page shows of what the move will do, while it is open."""
    shows: str = ""
    """Where the page shows personal data in full: what for, as the register of reads says it."""


def _plain(form: type[forms.Form], **initial: Any) -> Callable[[PersonRequest, Dossier], forms.Form]:
    return lambda request, dossier: form(request.POST or None, initial=initial)


def _assign_form(request: PersonRequest, dossier: Dossier) -> forms.Form:
    office = dossier.unit_id if dossier.turn == Role.UNIT_HEAD else dossier.holding_id
    route = dossier.application.route
    following = route[dossier.step]["role"] if dossier.step < len(route) else ""
    on = dossier.turn == Role.UNIT_HEAD and following == Role.SPECIALIST  # it goes on to the specialist's step
    role = Role(dossier.turn) if dossier.turn in Role.values and not on else Role.SPECIALIST
    loads = queries.loads_of(office)
    choices = [
        (one.pk, _("%(name)s\nđang giữ %(count)s hồ sơ") % {"name": one.full_name, "count": loads.get(one.pk, 0)})
        for one in people.holders(agency=office, roles=[role], day=day_of(request.now))[:200]
    ]
    return desk_forms.AssignForm(request.POST or None, people=choices)


def _hand_over_form(request: PersonRequest, dossier: Dossier) -> forms.Form:
    day = day_of(request.now)
    units = [one for one in organisations.children_on(dossier.deciding_id, day) if one.level is Level.UNIT]
    choices = [(one.agency, one.name) for one in units if one.agency != dossier.receiving_id] or [
        (dossier.deciding_id, organisations.name_on(dossier.deciding_id, day))
    ]
    return desk_forms.HandOverForm(request.POST or None, units=choices, initial={"unit": dossier.unit_id})


def _supplement_form(request: PersonRequest, dossier: Dossier) -> forms.Form:
    papers = list(dossier.paper_set.order_by("no", "pk").values_list("no", "name"))
    return desk_forms.SupplementForm(request.POST or None, papers=papers)


def _result_form(request: PersonRequest, dossier: Dossier) -> forms.Form:
    draft = Result.objects.filter(dossier=dossier).first()
    initial = {"title": dossier.procedure_version.result_name or dossier.procedure_version.name}
    if draft is not None:
        initial = {"favourable": "yes" if draft.favourable else "no", "title": draft.title, "body": draft.body}
    return desk_forms.ResultForm(request.POST or None, initial=initial)


def _return_form(request: PersonRequest, dossier: Dossier) -> forms.Form:
    name = dossier.application.representative or dossier.applicant_name
    return desk_forms.ReturnForm(request.POST or None, initial={"way": dossier.delivery, "handed_to": name})


def _correct_form(request: PersonRequest, dossier: Dossier) -> forms.Form:
    papers = list(dossier.paper_set.order_by("no", "pk"))
    initial = {name: _now(dossier, name) for name in CorrectForm.base_fields if name != "reason"}
    return CorrectForm(request.POST or None, initial=initial, papers=papers, today=day_of(request.now))


def _correct(dossier: Dossier, values: dict[str, Any], who: dict[str, Any]) -> None:
    reason, papers = values.pop("reason"), values.pop("papers")
    changed = {name: value for name, value in values.items() if value != _now(dossier, name)}
    if papers:
        changed["papers"] = papers
    actions.correct_reception(dossier, reason=reason, **changed, **who)


def _now(dossier: Dossier, name: str) -> Any:
    if name == "applicant_name":  # the person at the counter, also where the dossier goes under an organisation's name
        return dossier.application.representative or dossier.applicant_name
    return getattr(dossier, name) if hasattr(dossier, name) else getattr(dossier.application, name)


def _at_once_form(request: PersonRequest, dossier: Dossier) -> forms.Form:
    title = dossier.procedure_version.result_name or dossier.procedure_version.name
    name = dossier.application.representative or dossier.applicant_name
    return desk_forms.AtOnceForm(request.POST or None, initial={"handed_to": name, "title": title})


def _promise(request: PersonRequest, dossier: Dossier) -> dict[str, Any]:
    """The date that M01 would promise if it were received now, and how it is counted."""
    at = request.now
    due = queries.due_of(dossier, dossier.application, received_at=at, pauses=[])
    cells = clock.day_cells(due, workdays.calendar_of(dossier.deciding_id, day_of(at)), now=at, whole_weeks=True)
    return {"due": due, "sentence": clock.sentence(due), "cells": cells, "papers": paper_lines(dossier)}


def _to_sign(request: PersonRequest, dossier: Dossier) -> dict[str, Any]:
    """What the leader puts their name to: the request for papers, or the drafted result."""
    if not dossier.supplement_drafted:
        return {"asked": None, "result": Result.objects.filter(dossier=dossier).first()}
    drafted = Supplement.objects.select_related("drafted_by").filter(dossier=dossier, signed_at__isnull=True)
    return {"asked": drafted.order_by("-pk").first(), "result": None}


def _extend(dossier: Dossier, values: dict[str, Any], who: dict[str, Any]) -> None:
    actions.extend(dossier, new_due_at=local(values["new_due_at"]), reason=values["reason"], **who)


PAGES: dict[Move, MovePage] = {
    Move.RECEIVE: MovePage(
        gettext_lazy("Đã tiếp nhận hồ sơ %(code)s."),
        lambda one, values, who: actions.receive(one, **who),
        template="dossiers/desk/receive.html",
        preview=_promise,
    ),
    Move.ASK_BEFORE: MovePage(
        gettext_lazy("Đã gửi phiếu yêu cầu bổ sung."),
        lambda one, values, who: actions.ask_before_receipt(one, reason=values["reason"], items=values["items"], **who),
        _supplement_form,
        "dossiers/desk/supplement.html",
        lead=gettext_lazy("Chỉ được yêu cầu một lần, đủ mọi giấy tờ. Phiếu M02 in cho người nộp và gửi qua thư."),
    ),
    Move.REFUSE: MovePage(
        gettext_lazy("Đã từ chối tiếp nhận và lập phiếu."),
        lambda one, values, who: actions.refuse(one, reason=values["reason"], **who),
        _plain(desk_forms.ReasonForm),
        hard=True,
        lead=gettext_lazy("Phiếu M03 nêu lý do bằng văn bản. Viết rõ vì sao, và khi nào có thể nộp lại."),
    ),
    Move.ANSWER_AT_ONCE: MovePage(
        gettext_lazy("Đã trả kết quả hồ sơ %(code)s."),
        lambda one, values, who: actions.answer_at_once(one, body="", **values, **who),
        _at_once_form,
    ),
    Move.CORRECT: MovePage(
        gettext_lazy("Đã sửa và in lại giấy hẹn; bản cũ được giữ."),
        _correct,
        _correct_form,
        "dossiers/desk/correct.html",
        lead=gettext_lazy("Mã hồ sơ và giờ tiếp nhận giữ nguyên. Bản trước khi sửa được lưu cùng lý do."),
        shows="sửa tiếp nhận",
    ),
    Move.HAND_OVER: MovePage(
        gettext_lazy("Đã chuyển hồ sơ %(code)s."),
        lambda one, values, who: actions.hand_over(one, unit=values["unit"], **who),
        _hand_over_form,
    ),
    Move.ASSIGN: MovePage(
        gettext_lazy("Đã phân công."),
        lambda one, values, who: actions.assign(one, to=values["to"], note=values["note"], **who),
        _assign_form,
    ),
    Move.ADVANCE: MovePage(
        gettext_lazy("Đã chuyển bước tiếp."),
        lambda one, values, who: actions.advance(one, note=values["note"], **who),
        _plain(desk_forms.NoteForm),
    ),
    Move.SEND_BACK: MovePage(
        gettext_lazy("Đã trả lại bước trước."),
        lambda one, values, who: actions.send_back(one, reason=values["reason"], **who),
        _plain(desk_forms.ReasonForm),
    ),
    Move.DRAFT_SUPPLEMENT: MovePage(
        gettext_lazy("Đã trình lãnh đạo ký phiếu yêu cầu bổ sung."),
        lambda one, values, who: actions.draft_supplement(one, reason=values["reason"], items=values["items"], **who),
        _supplement_form,
        "dossiers/desk/supplement.html",
        lead=gettext_lazy("Mỗi hồ sơ chỉ được yêu cầu một lần. Đồng hồ dừng từ lúc lãnh đạo ký phiếu."),
    ),
    Move.SIGN_SUPPLEMENT: MovePage(
        gettext_lazy("Đã ký phiếu yêu cầu bổ sung; đồng hồ dừng."),
        lambda one, values, who: actions.sign_supplement(one, **who),
        template="dossiers/desk/sign.html",
        lead=gettext_lazy("Ký thì phiếu M02 gửi cho người nộp và đồng hồ dừng từ lúc ấy."),
        preview=_to_sign,
    ),
    Move.DROP_SUPPLEMENT: MovePage(
        gettext_lazy("Đã trả lại phiếu yêu cầu bổ sung."),
        lambda one, values, who: actions.drop_supplement(one, reason=values["reason"], **who),
        _plain(desk_forms.ReasonForm),
        "dossiers/desk/sign.html",
        preview=_to_sign,
    ),
    Move.SUBMIT_RESULT: MovePage(
        gettext_lazy("Đã trình ký."),
        lambda one, values, who: actions.submit_result(one, **values, **who),
        _result_form,
    ),
    Move.GIVE_BACK: MovePage(
        gettext_lazy("Đã trả lại kèm ý kiến."),
        lambda one, values, who: actions.give_back(one, reason=values["reason"], **who),
        _plain(desk_forms.ReasonForm),
    ),
    Move.SIGN: MovePage(
        gettext_lazy("Đã ký hồ sơ %(code)s."),
        lambda one, values, who: actions.sign(one, **who),
        template="dossiers/desk/sign.html",
        preview=_to_sign,
    ),
    Move.EXTEND: MovePage(
        gettext_lazy("Đã gửi thư xin lỗi và ngày hẹn mới."),
        _extend,
        _plain(desk_forms.ExtendForm),
        "dossiers/desk/extend.html",
        lead=gettext_lazy(
            "Chỉ được hẹn lại một lần. Thư xin lỗi M04 gửi cho người nộp; muộn nhất là ngày trước ngày hẹn."
        ),
    ),
    Move.WITHDRAW: MovePage(
        gettext_lazy("Đã rút hồ sơ theo đề nghị của người nộp."),
        lambda one, values, who: actions.withdraw(one, reason=values["reason"], **who),
        _plain(desk_forms.ReasonForm),
        hard=True,
    ),
    Move.STOP: MovePage(
        gettext_lazy("Đã dừng giải quyết và lập thông báo."),
        lambda one, values, who: actions.stop(one, **values, **who),
        _plain(desk_forms.StopForm),
        hard=True,
    ),
    Move.RETURN_RESULT: MovePage(
        gettext_lazy("Đã trả kết quả hồ sơ %(code)s."),
        lambda one, values, who: actions.return_result(
            one, way=Delivery(values["way"]), handed_to=values["taker"], **who
        ),
        _return_form,
    ),
}


def kept_for(request: PersonRequest, asked: Supplement) -> Kept:
    """The scans of this and of earlier presses."""
    return Kept(request, f"m02:{asked.pk}", [one["paper"] for one in asked.items])


def answer_at_counter(request: PersonRequest, dossier: Dossier, asked: Supplement, kept: Kept) -> None:
    """Take at the counter what an M02 asked for: counts of paper, and files where they were scanned."""
    if kept.problems:
        raise Refused(kept.problems)
    files: dict[int, list[int]] = {}
    on_paper: dict[int, tuple[int, int]] = {}
    for item in asked.items:
        no = item["paper"]
        if came := [one.pk for one in kept.files(no)]:
            files[no] = came
        counts = (_count(request.POST.get(f"originals_{no}", "")), _count(request.POST.get(f"copies_{no}", "")))
        if any(counts):
            on_paper[no] = counts
    actions.answer_supplement(
        dossier,
        by=request.actor,
        at=request.now,
        channel=Channel.COUNTER,
        files=files,
        on_paper=on_paper,
        note=request.POST.get("note", ""),
        seen=seen_version(request),
    )


def _count(text: str) -> int:
    number = whole_number(text.strip() or "0")
    if number is None or number > MOST_SHEETS:
        told = {"text": text.strip()[:20], "most": MOST_SHEETS}
        raise Refused(_("“%(text)s” không phải số bản. Ghi một số từ 0 đến %(most)s.") % told)
    return number


def answer_lines(request: PersonRequest, asked: Supplement, kept: Kept | None) -> list[dict[str, Any]]:
    """The papers asked for, each with the counts as typed, so that a mistake in one line loses none."""
    typed = request.POST
    return [
        {
            "item": one,
            "originals": typed.get(f"originals_{one['paper']}", "0")[:20],
            "copies": typed.get(f"copies_{one['paper']}", "0")[:20],
            "kept": kept.files(one["paper"]) if kept else [],
            "sealed": kept.sealed(one["paper"]) if kept else "",
        }
        for one in asked.items
    ]


def pay(request: PersonRequest, dossier: Dossier, values: dict[str, Any]) -> None:
    """Take the fee at the counter."""
    actions.take_payment(
        dossier, way=PaymentWay(values["way"]), payer=values["payer"], by=request.actor, at=request.now
    )


def seen_version(request: PersonRequest) -> int | None:
    """The version of the dossier that the form was made from."""
    return whole_number(request.POST.get("version", ""))
