"""The controller writes a concept: its words, who decides, its papers, the questions of its form."""

from typing import Any

from django.contrib import messages
from django.forms import formset_factory
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from motcua.base.clock import day_of
from motcua.base.errors import Refused
from motcua.organisations import queries as organisations
from motcua.organisations.terms import Level
from motcua.people.http import PersonRequest, desk_view
from motcua.people.terms import Permission
from motcua.procedures import actions
from motcua.procedures.actions.editing import CHOSEN, LINES, MOST_PAPERS, TEXTS, PaperRow
from motcua.procedures.desk.editing_forms import CaseForm, GroupForm, PaperForm, QuestionForm, WordsForm
from motcua.procedures.models import Case, ProcedureVersion
from motcua.procedures.rules.editing import QuestionRow
from motcua.procedures.rules.forms import Group, groups
from motcua.procedures.terms import DecidingLevel, VersionState

controllers = desk_view(Permission.MANAGE_PROCEDURES)
MOST_QUESTIONS = 60
SPARE = 3
"""Empty lines below a list, for what is added."""


def _concept(code: str, number: int) -> ProcedureVersion:
    rows = ProcedureVersion.objects.select_related("procedure").filter(state=VersionState.CONCEPT)
    return get_object_or_404(rows, procedure__code=code, number=number)


@controllers
def words(request: PersonRequest, code: str, number: int) -> HttpResponse:
    """Name, course, conditions, result, and who decides."""
    version = _concept(code, number)
    first = {name: getattr(version, name) for name in (*LINES, *TEXTS, *CHOSEN)}
    first["responsible"] = list(version.responsible.values_list("agency_id", flat=True))
    form = WordsForm(request.POST or None, initial=first, agencies=_departments(request))
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        chosen = values.pop("responsible") if values["deciding_level"] == DecidingLevel.DEPARTMENT else []
        try:
            actions.change_words(version, values, by=request.actor, at=request.now)
            actions.change_responsible(version, chosen, by=request.actor, at=request.now)
        except Refused as refused:
            refused.onto(form)
        else:
            messages.success(request, _("Đã lưu bản thảo."))
            return redirect("procedures_desk:detail", code=code)
    context = {"form": form, "version": version}
    return render(request, "procedures/desk/words.html", context, status=422 if form.errors else 200)


def _departments(request: PersonRequest) -> list[tuple[int, str]]:
    nodes = (node.version for node in organisations.tree_on(day_of(request.now)))
    return [(one.agency, one.short_name) for one in nodes if one.level is Level.DEPARTMENT]


@controllers
def papers(request: PersonRequest, code: str, number: int) -> HttpResponse:
    """The papers of one case, a line each; empty lines at the end take more, an emptied name takes one away."""
    version = _concept(code, number)
    cases = list(version.cases.order_by("no", "pk"))
    case = next((one for one in cases if one.code == request.GET.get("truong-hop")), cases[0] if cases else None)
    form = CaseForm(request.POST or None, initial={"name": case.name if case else ""})
    if request.method == "POST" and (case is None or "them" in request.POST):
        return _new_case(request, version, form) or _papers_page(request, version, case, form, _paper_rows(case))
    rows = _paper_rows(case, request.POST or None)
    if case is not None and request.method == "POST" and form.is_valid() and rows.is_valid():
        made = [PaperRow(**one) for one in (line.cleaned_data for line in rows) if one.get("name")]
        try:
            actions.change_papers(version, case, made, name=form.cleaned_data["name"], by=request.actor, at=request.now)
        except Refused as refused:
            refused.onto(form)
        else:
            messages.success(request, _("Đã lưu danh mục giấy tờ."))
            return redirect("procedures_desk:detail", code=code)
    return _papers_page(request, version, case, form, rows)


def _papers_page(
    request: PersonRequest, version: ProcedureVersion, case: Case | None, form: Any, rows: Any
) -> HttpResponse:
    context = {
        "version": version,
        "cases": version.cases.order_by("no", "pk"),
        "case": case,
        "form": form,
        "rows": rows,
    }
    bad = bool(form.errors) or any(rows.errors)
    return render(request, "procedures/desk/papers.html", context, status=422 if bad else 200)


def _new_case(request: PersonRequest, version: ProcedureVersion, form: CaseForm) -> HttpResponse | None:
    """One more case under the typed name; None when it was refused, with the reason in the form."""
    form.full_clean()
    try:
        made = actions.add_case(version, name=form.cleaned_data.get("name", ""), by=request.actor, at=request.now)
    except Refused as refused:
        refused.onto(form)
        return None
    messages.success(request, _("Đã thêm trường hợp, bắt đầu với giấy tờ của trường hợp đầu."))
    url = reverse("procedures_desk:papers", args=[version.procedure.code, version.number])
    return redirect(f"{url}?truong-hop={made.code}")


def _paper_rows(case: Case | None, typed: Any = None) -> Any:
    columns = ("name", "originals", "copies", "required", "form", "condition")
    first: list[Any] = list(case.papers.order_by("no", "pk").values(*columns)) if case else []
    return _PAPERS(typed, prefix="giay", initial=first)


_PAPERS = formset_factory(PaperForm, extra=SPARE, max_num=MOST_PAPERS, absolute_max=MOST_PAPERS + SPARE)
_QUESTIONS = formset_factory(QuestionForm, extra=SPARE, max_num=MOST_QUESTIONS, absolute_max=MOST_QUESTIONS + SPARE)


@controllers
def questions(request: PersonRequest, code: str, number: int) -> HttpResponse:
    """The groups of the application form: one page of the application each."""
    version = _concept(code, number)
    return render(
        request, "procedures/desk/questions.html", {"version": version, "groups": groups(version.form_schema)}
    )


@controllers
def question_group(request: PersonRequest, code: str, number: int, key: str) -> HttpResponse:
    """The questions of one group, a line each, in the order of their numbers."""
    version = _concept(code, number)
    group = _group(version, key)
    form = GroupForm(request.POST or None, initial={"title": group.title, "hint": group.hint})
    rows = _QUESTIONS(request.POST or None, prefix="cau", initial=[_question_row(one) for one in group.fields])
    if request.method == "POST" and form.is_valid() and rows.is_valid():
        try:
            made = [line.row() for line in rows if line.cleaned_data.get("label")]
            wishes = {**form.cleaned_data, "rows": made, "by": request.actor, "at": request.now}
            actions.change_form(version, "" if key == NEW else key, **wishes)
        except Refused as refused:
            refused.onto(form)
        else:
            messages.success(request, _("Đã lưu tờ khai."))
            return redirect("procedures_desk:questions", code=code, number=number)
    context = {"version": version, "group": group, "form": form, "rows": rows}
    bad = bool(form.errors) or any(rows.errors)
    return render(request, "procedures/desk/question_group.html", context, status=422 if bad else 200)


NEW = "nhom-moi"


def _group(version: ProcedureVersion, key: str) -> Group:
    if key == NEW:
        return Group("", "", "", ())
    found = next((one for one in groups(version.form_schema) if one.key == key), None)
    if found is None:
        raise Http404(_("Tờ khai không có nhóm câu hỏi này."))
    return found


def _question_row(one: Any) -> dict[str, Any]:
    row = QuestionRow.of(one)
    return {
        "name": row.name,
        "label": row.label,
        "kind": row.kind.value,
        "required": row.required,
        "hint": row.hint,
        "example": row.example,
        "choices": "\n".join(row.choices),
    }
