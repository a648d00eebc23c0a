"""A concept is written at the desk: words, departments, papers, questions; then published, and final."""

import html
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from motcua.base.actors import SYSTEM
from motcua.base.errors import Refused
from motcua.base.models import Entry
from motcua.dossiers.queries import counter
from motcua.organisations import actions as organisations
from motcua.organisations.models import Agency
from motcua.organisations.rules import New
from motcua.organisations.terms import Kind as AgencyKind
from motcua.procedures import actions, queries
from motcua.procedures.actions.editing import PaperRow
from motcua.procedures.models import ProcedureVersion, ResponsibleAgency
from motcua.procedures.rules.editing import QuestionRow, row_objections, with_group
from motcua.procedures.rules.forms import Kind, groups
from motcua.procedures.rules.limits import from_words
from tests import make

pytestmark = pytest.mark.django_db
WHO = {"by": SYSTEM, "at": make.MONDAY}
DECEMBER = date(2026, 12, 1)
LAND = "1.012783"


@pytest.fixture
def world() -> make.Province:
    queries.forget_offers()
    return make.province()


@pytest.fixture
def concept(world: make.Province) -> ProcedureVersion:
    return actions.draft_next(ProcedureVersion.objects.get(procedure__code=make.BIRTH), **WHO)


@pytest.fixture
def desk(world: make.Province) -> Client:
    client = Client()
    client.force_login(make.person_of(world.controller))
    return client


def typed(answer: Any) -> dict[str, Any]:
    """The page's forms as a browser would send them back."""
    sent: dict[str, Any] = {}
    formsets = [answer.context[name] for name in ("rows", "terms", "fees") if name in answer.context]
    forms = [form for rows in formsets for form in (rows.management_form, *rows)]
    for form in [answer.context["form"], *forms]:
        for field in form:
            value = field.value()
            if value is None or value is False or value == "":
                continue
            sent[field.html_name] = [str(one) for one in value] if isinstance(value, list) else str(value)
    return sent


# The form


def test_questions_keep_their_keys_and_what_the_table_does_not_show() -> None:
    schema = {
        "properties": {
            "child": {
                "title": "Người con",
                "properties": {
                    "name": {"type": "string", "title": "Tên", "x-autofill": "person.name"},
                    "sex": {"type": "string", "title": "Giới tính", "enum": ["m", "f"], "enumNames": ["Nam", "Nữ"]},
                },
                "required": ["name"],
            }
        }
    }
    rows = [
        QuestionRow("Giới tính", Kind.CHOICE, "sex", True, choices=("Nữ", "Nam", "Chưa xác định")),
        QuestionRow("Họ, chữ đệm và tên", Kind.TEXT, "name"),
        QuestionRow("Nơi sinh", Kind.LONG),
    ]
    made = with_group(schema, "child", title="Con", hint="Như giấy chứng sinh", rows=rows)
    (group,) = groups(made)
    assert [(one.name, one.kind, one.required) for one in group.fields] == [
        ("sex", Kind.CHOICE, True),
        ("name", Kind.TEXT, False),
        ("noi_sinh", Kind.LONG, False),
    ]
    assert group.fields[0].choices == (("f", "Nữ"), ("m", "Nam"), ("chua_xac_dinh", "Chưa xác định"))
    assert group.fields[1].autofill == "person.name" and group.title == "Con"
    assert with_group(made, "child", title="Con", hint="", rows=[]) == {}


@pytest.mark.parametrize("kind", list(Kind))
def test_a_question_may_become_one_of_any_kind_and_reads_back_as_that(kind: Kind) -> None:
    choices = ("Một", "Hai") if kind in (Kind.CHOICE, Kind.CHOICES) else ()
    for before in Kind:
        old = ("A", "B") if before in (Kind.CHOICE, Kind.CHOICES) else ()
        schema = with_group({}, "", title="Nhóm", hint="", rows=[QuestionRow("Câu", before, choices=old)])
        row = QuestionRow("Câu", kind, "cau", True, "gợi ý", "ví dụ", choices)
        (group,) = groups(with_group(schema, "nhom", title="Nhóm", hint="", rows=[row]))
        assert QuestionRow.of(group.fields[0]) == row


def test_a_question_nobody_can_answer_is_refused() -> None:
    rows = [QuestionRow("Chọn", Kind.CHOICE, choices=("Một",)), QuestionRow("chọn ", Kind.TEXT)]
    assert len(row_objections(rows)) == 3


# The actions


def test_each_part_is_journalled_and_a_published_version_refuses_all(concept: ProcedureVersion) -> None:
    case = concept.cases.order_by("no").first()
    actions.change_papers(concept, case, [PaperRow("Tờ khai", originals=1), PaperRow(" ")], name="", **WHO)
    assert [(one.no, one.name, one.originals) for one in case.papers.all()] == [(1, "Tờ khai", 1)]
    actions.publish(concept, decision="12/QĐ-UBND", since=DECEMBER, **WHO)
    told = Entry.objects.filter(name="procedures.ConceptChanged")
    assert [one.facts["part"] for one in told] == ["papers"]
    offer = queries.offer(make.BIRTH, channel="counter", day=DECEMBER)
    assert [one.name for one in offer.papers] == ["Tờ khai"]
    for change in (
        lambda: actions.change_papers(concept, case, [], **WHO),
        lambda: actions.add_case(concept, name="Nữa", **WHO),
        lambda: actions.change_form(concept, "", title="Nhóm", hint="", rows=[], **WHO),
        lambda: actions.change_responsible(concept, [], **WHO),
        lambda: actions.change_words(concept, {}, **WHO),
    ):
        with pytest.raises(Refused, match="không sửa được"):
            change()


def test_a_department_that_is_named_decides_and_its_heir_after_it(world: make.Province) -> None:
    def department(name: str) -> int:
        new = New(name=name, short_name=name, kind=AgencyKind.DEPARTMENT, parent=world.root)
        return organisations.open_agency(new, by=SYSTEM, at=make.SETUP, on=make.START, decision="QĐ").pk

    land, justice = department("Sở Nông nghiệp và Môi trường"), department("Sở Tư pháp")
    actions.load_fixture(**WHO, codes=[LAND])
    assert list(ResponsibleAgency.objects.values_list("agency", flat=True)) == [land], "our own fixture names it"
    offer = queries.offer(LAND, channel="counter", day=make.MONDAY.date())
    assert [one for one, _name in counter.deciders(offer, near=world.root, day=make.MONDAY.date())] == [land]

    concept = actions.draft_next(ProcedureVersion.objects.get(procedure__code=LAND), **WHO)
    with pytest.raises(Refused, match="Chọn sở, ngành đang hoạt động"):
        actions.change_responsible(concept, [world.ba_to.authority], **WHO)
    actions.change_responsible(concept, [justice], **WHO)
    actions.publish(concept, decision="12/QĐ-UBND", since=DECEMBER, **WHO)
    offer = queries.offer(LAND, channel="counter", day=DECEMBER)
    assert [one for one, _name in counter.deciders(offer, near=world.root, day=DECEMBER)] == [justice]
    with pytest.raises(IntegrityError), transaction.atomic():
        ResponsibleAgency.objects.filter(version=concept).update(agency=land)

    gone, stays = Agency.objects.get(pk=justice), Agency.objects.get(pk=land)
    organisations.merge([gone], into=stays, by=SYSTEM, at=make.MONDAY, on=date(2027, 1, 4), decision="NQ")
    assert [one for one, _name in counter.deciders(offer, near=world.root, day=date(2027, 1, 4))] == [land]


# The pages


def test_the_controller_writes_words_papers_and_questions_and_publishes(
    concept: ProcedureVersion, desk: Client
) -> None:
    args = [make.BIRTH, concept.number]
    url = reverse("procedures_desk:words", args=args)
    sent = typed(desk.get(url)) | {"plain_name": "Khai sinh cho con", "conditions": "Không có"}
    assert desk.post(url, sent).status_code == 302
    assert concept.pk in [one.pk for one in queries.administered("khai sinh cho con")]

    url = reverse("procedures_desk:papers", args=args)
    page = desk.get(url)
    sent = typed(page)
    first, last = "giay-0-name", len(page.context["rows"]) - 1
    dropped = sent.pop(first)
    sent |= {f"giay-{last}-name": "Ảnh của trẻ", f"giay-{last}-copies": "2"}
    assert desk.post(url, sent).status_code == 302
    names = list(concept.cases.order_by("no").first().papers.order_by("no").values_list("name", flat=True))
    assert dropped not in names and names[-1] == "Ảnh của trẻ"

    url = reverse("procedures_desk:question_group", args=[*args, "nhom-moi"])
    sent = typed(desk.get(url)) | {"title": "Liên hệ", "cau-0-label": "Gọi lúc nào", "cau-0-kind": "choice"}
    refused = desk.post(url, sent)
    assert refused.status_code == 422 and "cần ít nhất hai mục để chọn" in refused.content.decode()
    assert "Gọi lúc nào" in refused.content.decode(), "nothing typed is lost"
    assert desk.post(url, sent | {"cau-0-choices": "Sáng\nChiều"}).status_code == 302
    assert "Gọi lúc nào" in desk.get(reverse("procedures_desk:questions", args=args)).content.decode()

    sent = {"decision": "12/QĐ-UBND", "since": "01/12/2206"}
    url = reverse("procedures_desk:publish", args=args)
    assert "Ghi đủ bốn chữ số của năm" in desk.post(url, sent).content.decode()
    concept.refresh_from_db()
    assert groups(concept.form_schema)[-1].title == "Liên hệ"


@pytest.mark.parametrize("limit", ["5 ngày mai", "wd", "-3wd", "0wd", "5wd 9999999cd", "<script>", "٣wd", "9" * 90])
def test_a_limit_that_cannot_be_read_is_told_beside_its_field(
    concept: ProcedureVersion, desk: Client, limit: str
) -> None:
    url = reverse("procedures_desk:edit", args=[make.BIRTH, concept.number])
    term = concept.terms.order_by("no").first()
    answer = desk.post(url, typed(desk.get(url)) | {"han-0-limit": limit, "phi-0-note": "giữ lời này"})
    assert answer.status_code == 422 and answer.context["terms"][0].errors["limit"]
    page = html.unescape(answer.content.decode())
    assert limit in page and "giữ lời này" in page and "<script>" not in answer.content.decode().split("<main")[1]
    assert concept.terms.get(pk=term.pk).limit == term.limit


def test_lines_of_limits_and_fees_are_added_and_taken_away(concept: ProcedureVersion, desk: Client) -> None:
    url = reverse("procedures_desk:edit", args=[make.BIRTH, concept.number])
    terms, fees = concept.terms.order_by("no"), concept.fees.order_by("no")
    before, kept = list(terms), list(fees.values_list("text", flat=True))
    sent = typed(desk.get(url)) | {
        "han-0-away": "on",
        f"han-{len(before)}-channel": "post",
        f"han-{len(before)}-limit": "7wd",
        f"phi-{len(kept)}-channel": "counter",
        f"phi-{len(kept)}-amount_vnd": "30.000 đồng",
        f"phi-{len(kept)}-since": "01/01/2027",
        f"phi-{len(kept)}-until": "31/12/2027",
    }
    assert desk.post(url, sent).status_code == 302
    assert [one.pk for one in terms.all()][:-1] == [one.pk for one in before][1:]
    assert [(one.no, one.channel, one.limit) for one in terms.all()][-1] == (len(before), "post", "7wd")
    made = fees.last()
    assert made is not None and (made.amount_vnd, made.kind, made.currency) == (30_000, "amount", "VND")
    assert (made.valid_during.lower, made.valid_during.upper) == (date(2027, 1, 1), date(2028, 1, 1))
    assert list(fees.values_list("text", flat=True))[:-1] == kept
    assert Entry.objects.filter(name="procedures.ConceptChanged", facts__part="terms").count() == 1

    again = typed(desk.get(url))
    assert desk.post(url, again | {f"phi-{len(kept)}-until": "31/12/2026"}).status_code == 422
    answer = desk.post(url, again | {f"han-{len(before)}-channel": "", f"han-{len(before)}-limit": "9wd"})
    assert "Chọn cách nộp" in html.unescape(answer.content.decode()) and terms.last().limit == "7wd"
    theirs = ProcedureVersion.objects.exclude(pk=concept.pk).filter(terms__isnull=False).first()
    answer = desk.post(url, again | {"han-0-row": theirs.terms.first().pk})
    assert answer.status_code == 422 and "Mở lại trang" in html.unescape(answer.content.decode())
    assert terms.count() == len(before)


def test_what_an_act_refuses_is_told_on_the_page_with_all_that_was_typed(
    concept: ProcedureVersion, desk: Client
) -> None:
    url = reverse("procedures_desk:route", args=[make.BIRTH, concept.number])
    sent = {"steps": "1 | Chuyên viên | Làm một giờ | Phòng", "since": "01/12/2026", "decision": "5/QĐ"}
    answer = desk.post(url, sent)
    page = html.unescape(answer.content.decode())
    assert answer.status_code == 422 and "cộng lại 1 giờ" in page and "Làm một giờ" in page and "5/QĐ" in page
    url = reverse("procedures_desk:publish", args=[make.BIRTH, concept.number])
    answer = desk.post(url, {"decision": "77/QĐ-UBND", "since": "01/07/2025"})
    assert answer.status_code == 422 and "77/QĐ-UBND" in answer.content.decode()


def test_a_case_is_added_with_the_papers_of_the_first(concept: ProcedureVersion, desk: Client) -> None:
    url = reverse("procedures_desk:papers", args=[make.BIRTH, concept.number])
    before = concept.cases.count()
    answer = desk.post(url, {"name": " ", "them": "1"})
    assert answer.status_code == 422 and "Ghi tên trường hợp" in answer.content.decode()
    answer = desk.post(url, {"name": "Trẻ sinh ở nước ngoài", "them": "1"}, follow=True)
    assert answer.status_code == 200 and concept.cases.count() == before + 1
    first, made = concept.cases.order_by("no").first(), concept.cases.order_by("no").last()
    assert [one.name for one in made.papers.order_by("no")] == [one.name for one in first.papers.order_by("no")]


def test_what_is_published_has_no_page_for_writing(world: make.Province, desk: Client) -> None:
    for name in ("words", "papers", "questions"):
        assert desk.get(reverse(f"procedures_desk:{name}", args=[make.BIRTH, 1])).status_code == 404


@pytest.mark.parametrize(
    ("said", "kept"),
    [("5 ngày làm việc", "5wd"), ("20 ngày + 10 ngày", "20cd+10cd"), ("8 giờ làm việc", "8wh"), ("7wd", "7wd")],
)
def test_a_limit_is_written_as_one_says_it(said: str, kept: str) -> None:
    assert from_words(said) == kept and from_words("5 ngày mai") == "5 ngày mai"
