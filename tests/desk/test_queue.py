"""The clerk's queue and the sheet of reception: what is offered next, where the cursor stands, what is called missing."""

import html
import json
import re
from dataclasses import replace
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from motcua.desk.rows import rows_of
from motcua.dossiers import queries
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries import lists
from motcua.dossiers.terms import Move, Status, Turn
from motcua.notifications import actions as notifications
from motcua.people.terms import Role
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> make.Province:
    return make.province()


@pytest.fixture
def clerk(client: Client, world: make.Province) -> Client:
    client.force_login(make.person_of(world.ba_to.clerk))
    return client


def sent(clerk: Client, **typed: str) -> str:
    answer = clerk.post(reverse("dossiers_desk:reception"), {"name": "Nguyễn Văn Mẫu", **typed})
    return html.unescape(answer.content.decode())


def test_a_head_is_offered_to_assign_only_what_goes_to_a_specialist(world: make.Province) -> None:
    dossier = make.processing(world)
    dossier.status, dossier.turn = Status.PROCESSING, Turn.UNIT_HEAD
    dossier.application.route = [{"name": "Bước", "role": one} for one in ("unit_head", "specialist", "unit_head")]
    by = replace(world.ba_to.specialist, roles=frozenset({Role.UNIT_HEAD}))
    for step, act in ((1, "Phân công"), (2, "Xem và quyết"), (3, "Xem và quyết")):
        dossier.step = step
        (row,) = rows_of([dossier], make.MONDAY, by)
        assert row.act == act
        assert row.act_url == reverse("dossiers_desk:move", args=[dossier.reference, Move.ASSIGN]) or step > 1
        assert (row.act_url == row.url) is (step > 1)


def test_the_page_that_everybody_opens_is_the_first_of_its_list(world: make.Province, monkeypatch: Any) -> None:
    monkeypatch.setattr(lists, "PAGE", 2)
    monkeypatch.setattr(lists, "_first_of", lists._first_of.__wrapped__)
    for _n in range(3):
        make.processing(world)
    lines = {"worklist": queries.worklist, "waiting": queries.waiting_for_applicant, "elsewhere": queries.elsewhere}
    for by, box, many in (
        (world.ba_to.specialist, "worklist", 2),
        (world.ba_to.specialist, "waiting", 0),
        (world.ba_to.clerk, "elsewhere", 2),
    ):
        first = queries.first_page(box, by=by, at=make.MONDAY)
        same = queries.page_by_due(lines[box](by, make.MONDAY), size=2)
        assert first.rows == same.rows and len(first.rows) == many
        assert bool(first.older) is bool(same.older) is (many > 0)
    assert queries.first_page("given_back", by=world.ba_to.specialist, at=make.MONDAY).rows == []
    assert queries.first_page("worklist", by=world.citizen, at=make.MONDAY).rows == []


def test_what_people_write_is_text_in_a_list_and_never_a_part_of_the_page(clerk: Client, world: make.Province) -> None:
    dossier = make.received(world)
    Dossier.objects.filter(pk=dossier.pk).update(applicant_name="Mẫu & <b onclick='x'>con</b>")
    page = clerk.get(reverse("desk:inbox")).content.decode()
    assert ">Mẫu &amp; &lt;b onclick=&#x27;x&#x27;&gt;con&lt;/b&gt;</td>" in page and "<b onclick" not in page


def test_whoever_is_not_known_yet_is_asked_for_the_name_at_once(clerk: Client) -> None:
    page = sent(clerk, act="look", scan="051190000999", name="")
    assert 'name="identity_number" value="051190000999"' in page
    (field,) = re.findall(r"<input[^>]*autofocus[^>]*>", page)
    assert 'name="name"' in field and "Chưa có ai mang số này" in page


def test_of_several_procedures_the_first_waits_for_enter(clerk: Client) -> None:
    page = sent(clerk, act="look", procedure="dang ky")
    choices = re.findall(r'<button class="pick pick--button"[^>]*>', page)
    assert len(choices) > 1
    assert ["autofocus" in one for one in choices] == [True] + [False] * (len(choices) - 1)
    assert page.count("autofocus") == 1


def test_without_a_procedure_only_the_procedure_is_missing(clerk: Client) -> None:
    page = sent(clerk, act="receive", procedure="dang ky")
    assert "Chọn một thủ tục trong danh sách." in page and "Nhận kết quả:" not in page
    assert "Còn 1 chỗ cần sửa" in page


def test_the_book_takes_days_as_people_write_them(clerk: Client) -> None:
    page = clerk.get(reverse("desk:book"), {"tu": "05/11/2026", "den": "2026-11-06"}).content.decode()
    assert 'value="05/11/2026"' in page and 'value="06/11/2026"' in page


def test_a_paper_certified_at_the_counter_is_received_paid_and_returned_by_one_press(clerk: Client) -> None:
    page = sent(clerk, act="look", procedure=make.COPY)
    assert "thu khi trả kết quả" not in page, "there is no later moment to take the fee"
    mark = re.search(r'name="papers_of" value="([^"]*)"', page)
    assert mark
    typed = {"name": "Nguyễn Văn Mẫu", "procedure": make.COPY, "papers_of": mark[1], "in_1": "on", "originals_1": "1"}
    place = reverse("dossiers_desk:reception")
    uncounted = html.unescape(
        clerk.post(place, {**typed, "act": "at_once", "fee": "cash", "key": "once"}).content.decode()
    )
    assert "Ghi số tiền thu của hồ sơ này" in uncounted and "2.000 đồng một trang" in uncounted, "the fee goes by pages"
    typed |= {"amount": "25.000"}
    answer = clerk.post(place, {**typed, "act": "at_once", "fee": "cash", "key": "once"}, follow=True)
    dossier = Dossier.objects.get()
    assert dossier.fee_vnd == dossier.receipts.get().amount_vnd == 25_000, "what the counter reckoned"
    assert dossier.status == Status.RETURNED and dossier.code and dossier.payment == "paid"
    assert dossier.result.handed_to == "Nguyễn Văn Mẫu"
    receipt = dossier.slips.get()
    assert receipt.kind == "receipt" and dossier.code in json.dumps(receipt.words)
    page = html.unescape(answer.content.decode())
    assert "Đã nhận và trả kết quả" in page and "In biên lai" in page and "Chuyển xử lý" not in page
    clerk.post(place, {**typed, "act": "at_once", "fee": "cash", "key": "once"})
    assert Dossier.objects.count() == 1, "pressed twice, it is still one"


def test_who_is_asked_for_more_or_refused_pays_nothing_yet(clerk: Client) -> None:
    clerk.post(
        reverse("dossiers_desk:reception"),
        {"name": "Nguyễn Văn Mẫu", "procedure": make.COPY, "act": "refuse", "fee": "cash", "key": "k"},
    )
    assert Dossier.objects.get().payment == "due"


def test_a_wrong_reception_is_put_right_on_the_page_also_the_counts_of_papers(
    clerk: Client, world: make.Province
) -> None:
    dossier = make.received(world)
    place = reverse("dossiers_desk:move", args=[dossier.reference, Move.CORRECT])
    page = clerk.get(place).content.decode()
    sent = dict(re.findall(r'<input[^>]*name="(\w+)"[^>]*value="([^"]*)"', page))
    sent = {name: html.unescape(value) for name, value in sent.items() if name != "q"}
    sent |= {"delivery": "counter", "reason": "Gõ nhầm"}
    wrong = clerk.post(place, {**sent, "identity_number": "12", "phone": "so 5"})
    told = html.unescape(wrong.content.decode())
    assert (
        wrong.status_code == 422
        and "Số giấy tờ có 12 số" in told
        and "không gọi được" in told
        and 'value="so 5"' in told
    )
    nothing = clerk.post(place, sent)
    assert nothing.status_code == 422 and "Chưa có mục nào được sửa." in html.unescape(nothing.content.decode())
    paper = dossier.paper_set.order_by("no").first()
    right = {**sent, f"copies_{paper.no}": str(paper.copies + 2), "phone": "0905 123 457", "proxy_name": "Lê Văn Thay"}
    assert clerk.post(place, right).status_code == 422, "a proxy needs a paper"
    assert clerk.post(place, {**right, "proxy_paper": "Giấy ủy quyền số 5"}).status_code == 302
    dossier.refresh_from_db()
    kept = dossier.kept_receptions.get().before
    assert dossier.phone == "0905123457" and dossier.application.proxy_name == "Lê Văn Thay"
    assert dossier.paper_set.get(pk=paper.pk).copies == paper.copies + 2
    assert kept["phone"] == "0905123456" and kept["papers"][0]["copies"] == paper.copies


def test_attaching_nothing_is_said(clerk: Client, world: make.Province) -> None:
    dossier = make.received(world)
    no = dossier.paper_set.order_by("no").first().no
    answer = clerk.post(reverse("dossiers_desk:attach", args=[dossier.reference, no]), {}, follow=True)
    assert "Chọn tệp của giấy này rồi bấm lại." in html.unescape(answer.content.decode())


def test_what_was_not_chosen_is_asked_for_in_its_own_words(client: Client, world: make.Province) -> None:
    def told(who: str, dossier: Dossier, move: Move) -> str:
        client.force_login(make.person_of(getattr(world.ba_to, who)))
        answer = client.post(reverse("dossiers_desk:move", args=[dossier.reference, move]), {"body": ""})
        assert answer.status_code == 422
        return html.unescape(answer.content.decode())

    assert "Chọn phòng nhận hồ sơ." in told("clerk", make.received(world), Move.HAND_OVER)
    assert "Chọn người nhận việc." in told("unit_head", make.processing(world), Move.ASSIGN)
    assert "Chọn đủ hay không đủ điều kiện." in told("specialist", make.processing(world), Move.SUBMIT_RESULT)


def test_what_colleagues_told_stands_above_the_work_until_it_is_read(client: Client, world: make.Province) -> None:
    dossier = make.processing(world)
    specialist = make.person_of(world.ba_to.specialist)
    told = {
        "subject": "Bùi Văn Trưởng phân công hồ sơ cho bạn",
        "url": dossier.get_absolute_url(),
        "at": timezone.now(),
    }
    notifications.queue("in_app", to=specialist, **told)
    client.force_login(specialist)

    page = client.get(reverse("desk:inbox")).content.decode()
    assert "1 tin mới" in page and told["subject"] in page and reverse("desk:messages") in page
    assert told["url"] in client.get(reverse("desk:messages")).content.decode()
    assert "tin mới" not in client.get(reverse("desk:inbox")).content.decode()


def test_a_name_of_a_thousand_letters_is_told_in_our_words(clerk: Client) -> None:
    page = sent(clerk, name="A" * 1000, act="receive", procedure=make.BUSINESS)
    assert "nhiều nhất 300 chữ cái, đang có 1000: viết gọn lại" in page, "how much fits and what to do"


def test_the_book_is_kept_field_by_field_on_the_page_and_in_the_sheet(clerk: Client, world: make.Province) -> None:
    shop, child = make.received(world), make.received(world, procedure=make.BIRTH)
    period = {"tu": "01/11/2026", "den": "30/11/2026"}
    page = clerk.get(reverse("desk:book"), period)
    fields = page.context["book"].fields
    assert len(fields) == 2 and shop.code in page.content.decode() and child.code in page.content.decode()
    of_child = child.procedure_version.field
    page = clerk.get(reverse("desk:book"), {**period, "linh-vuc": of_child})
    told = html.unescape(page.content.decode())
    assert child.code in told and shop.code not in told and f"linh-vuc={quote(of_child)}" in told
    assert clerk.get(reverse("desk:book_pdf"), {**period, "linh-vuc": of_child}).content.startswith(b"%PDF-")


def test_the_box_takes_a_card_a_telephone_from_abroad_and_the_end_of_a_code(
    clerk: Client, world: make.Province
) -> None:
    dossier = make.received(world)
    place, there = reverse("desk:search"), dossier.get_absolute_url()
    card = "051085000114|212345678|Nguyễn Văn Mẫu|05111985|Nam|Tổ 3, Ba Tơ|10052022"
    answer = clerk.get(place, {"q": card})
    assert answer["Location"] == f"{place}?q=051085000114", "name and address of the card leave the address at once"
    for text in ("051085000114", "+84 905 123 456", "84905123456"):
        assert there in clerk.get(place, {"q": text}).content.decode(), text
    assert dossier.code and clerk.get(place, {"q": dossier.code[-11:]})["Location"] == there
