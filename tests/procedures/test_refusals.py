"""What changes of the catalogue refuse, in the words that are shown; a refusal leaves no trace."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from motcua.base.actors import SYSTEM
from motcua.procedures import actions, queries
from motcua.procedures.actions.editing import CHOSEN, LINES, TEXTS, PaperRow
from motcua.procedures.actions.pricing import TermRow
from motcua.procedures.models import Case, ProcedureVersion
from motcua.procedures.rules.editing import QuestionRow, row_objections
from motcua.procedures.rules.forms import Kind, schema_objections
from motcua.procedures.rules.limits import span_of
from motcua.procedures.rules.routes import StepPlan
from tests.make import ALLOWANCE, BUSINESS, at
from tests.refusing import refused_with as refused

NOW = at("2026-11-16 09:00")
WHO: dict[str, Any] = {"by": SYSTEM, "at": NOW}
DECEMBER, NEW_YEAR = date(2026, 12, 1), date(2027, 1, 1)


@pytest.fixture
def version(db: None) -> ProcedureVersion:
    queries.forget_offers()
    actions.load_fixture(**WHO, codes=[BUSINESS])
    return ProcedureVersion.objects.get()


@pytest.fixture
def concept(version: ProcedureVersion) -> ProcedureVersion:
    return actions.draft_next(version, **WHO)


def test_a_version_is_repealed_after_it_began_by_a_decision(
    version: ProcedureVersion, concept: ProcedureVersion
) -> None:
    with refused("Chỉ bãi bỏ được bản đang công bố"):
        actions.withdraw(concept, decision="99/QĐ-UBND", since=DECEMBER, **WHO)
    with refused("phải sau ngày bắt đầu áp dụng, 01/07/2025"):
        actions.withdraw(version, decision="99/QĐ-UBND", since=date(2025, 7, 1), **WHO)
    with refused("Ghi số quyết định bãi bỏ"):
        actions.withdraw(version, decision=" ", since=DECEMBER, **WHO)


def test_the_next_version_begins_when_the_repealed_one_has_ended(
    version: ProcedureVersion, concept: ProcedureVersion
) -> None:
    actions.withdraw(version, decision="99/QĐ-UBND", since=NEW_YEAR, **WHO)
    with refused("còn áp dụng đến 01/01/2027"):
        actions.publish(concept, decision="12/QĐ-UBND", since=DECEMBER, **WHO)
    actions.publish(concept, decision="12/QĐ-UBND", since=NEW_YEAR, **WHO)
    assert queries.offer(BUSINESS, channel="counter", day=NEW_YEAR).version_number == 2


def test_what_is_dated_goes_on_from_its_newest_day(version: ProcedureVersion) -> None:
    setting: dict[str, Any] = {"name": "after_supplement", "value": "restart"}
    actions.change_setting(version.procedure, **setting, since=NEW_YEAR, **WHO)
    with refused("Đã có thay đổi từ một ngày sau ngày 01/12/2026"):
        actions.change_setting(version.procedure, **setting, since=DECEMBER, **WHO)

    steps = [StepPlan(1, "Tiếp nhận", "clerk", Decimal(8)), StepPlan(2, "Ký", "leader", Decimal(16))]
    actions.issue_route(version, limit="3wd", steps=steps, since=NEW_YEAR, **WHO)
    for day in (DECEMBER, NEW_YEAR):
        with refused("Đã có quy trình áp dụng từ 01/01/2027"):
            actions.issue_route(version, limit="3wd", steps=steps, since=day, **WHO)


def words_of(version: ProcedureVersion, **others: Any) -> dict[str, Any]:
    return {name: getattr(version, name) for name in (*LINES, *TEXTS, *CHOSEN)} | others


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda one: actions.change_words(one, words_of(one, name=" "), **WHO), "Ghi tên thủ tục"),
        (lambda one: actions.change_responsible(one, [1], **WHO), "cho thủ tục của sở, ngành"),
        (lambda one: actions.add_case(one, name=" ", **WHO), "Ghi tên trường hợp"),
        (
            lambda one: actions.change_papers(one, one.cases.first(), [PaperRow("Đơn")] * 101, **WHO),
            "nhiều nhất 100 giấy tờ",
        ),
        (
            lambda one: actions.change_papers(
                one, Case.objects.exclude(version=one).order_by("pk")[0], [PaperRow("Đơn")], **WHO
            ),
            "không thuộc bản đang sửa",
        ),
        (
            lambda one: actions.change_form(one, "", title=" ", hint="", rows=[QuestionRow("Tên", Kind.TEXT)], **WHO),
            "Ghi tên nhóm câu hỏi",
        ),
        (
            lambda one: actions.change_limits_and_fees(one, [TermRow("counter", "3wd")] * 1_000, [], **WHO),
            "dòng thời hạn",
        ),
    ],
)
def test_a_concept_is_written_within_bounds(
    concept: ProcedureVersion, change: Callable[[ProcedureVersion], object], sentence: str
) -> None:
    with refused(sentence):
        change(concept)


def test_a_choice_is_not_written_twice() -> None:
    row = QuestionRow("Loại", kind=Kind.CHOICE, choices=("Mới", "Cũ"))
    assert row_objections([row]) == []
    assert row_objections([replace(row, choices=("Mới", "Cũ", "Mới"))]) == ["Câu hỏi “Loại” có mục ghi hai lần."]


def test_a_form_asks_only_what_can_be_answered() -> None:
    def schema(**question: Any) -> dict[str, Any]:
        return {"properties": {"nhom": {"title": "Nhóm", "properties": {"a": {"type": "string", **question}}}}}

    assert schema_objections(schema()) == []
    assert schema_objections(schema(**{"x-when": {"field": "nhom.b", "is": ["x"]}})) == [
        "Câu hỏi nhom.a phụ thuộc câu nhom.b không có trong mẫu."
    ]
    assert schema_objections(schema(enum=[])) == ["Câu hỏi nhom.a chưa có mục để chọn."]


@pytest.mark.parametrize(("number", "unit", "known"), [("3", "ngày làm việc", True), ("3", "mùa", False)])
def test_a_span_is_said_in_units_of_ours(number: str, unit: str, *, known: bool) -> None:
    assert (span_of(number, unit) is not None) is known


def test_another_procedure_is_not_touched_by_any_of_it(version: ProcedureVersion) -> None:
    actions.load_fixture(**WHO, codes=[ALLOWANCE])
    assert queries.offer(ALLOWANCE, channel="counter", day=DECEMBER).version_number == 1
    actions.withdraw(version, decision="99/QĐ-UBND", since=DECEMBER, **WHO)
    assert queries.offer(ALLOWANCE, channel="counter", day=DECEMBER).version_number == 1
