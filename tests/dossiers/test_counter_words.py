"""What the counter writes down and finds again: who stands for whom, which copies are certified, what was handed over."""

import html
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from motcua.base.actors import SYSTEM
from motcua.base.clock import VIET_NAM
from motcua.desk.excel import register_of
from motcua.desk.rows import by_urgency, rows_of
from motcua.dossiers import actions, queries
from motcua.dossiers.models import Dossier, IssuedSlip
from motcua.dossiers.terms import Move, PaymentWay, Slip, Status
from motcua.people.models import Post
from motcua.workdays import actions as workdays
from motcua.workdays.terms import DayKind
from tests import make
from tests.make import at

pytestmark = pytest.mark.django_db
SHOP = "Hộ kinh doanh Sông Liên"


@pytest.fixture
def world() -> make.Province:
    return make.province()


@pytest.fixture
def clerk(world: make.Province, client: Client) -> Client:
    client.force_login(make.person_of(world.ba_to.clerk))
    return client


def received_at_counter(clerk: Client, **typed: str) -> Dossier:
    sent = {"name": "Lê Văn Đại Diện", "procedure": make.BUSINESS, "delivery": "counter", "key": "k", **typed}
    answer = clerk.post(reverse("dossiers_desk:reception"), {**sent, "act": "receive"})
    assert answer.status_code == 302, html.unescape(answer.content.decode())
    return Dossier.objects.latest("pk")


def page(client: Client, dossier: Dossier, part: str = "giay-to") -> str:
    return html.unescape(client.get(dossier.get_absolute_url(), {"phan": part}).content.decode())


def printed(dossier: Dossier, kind: Slip = Slip.M01) -> dict[str, Any]:
    return IssuedSlip.objects.filter(dossier=dossier, kind=kind).latest("pk").words["values"]


def test_who_stands_for_an_organisation_is_on_the_page_on_the_slip_and_found_also_after_a_correction(
    clerk: Client, world: make.Province
) -> None:
    dossier = received_at_counter(
        clerk, business_name=SHOP, proxy_name="Phạm Thị Thay", proxy_paper="Giấy 12", identity_number="051085000114"
    )
    assert dossier.applicant_name == SHOP
    assert "Lê Văn Đại Diện" in page(clerk, dossier, "to-khai")
    assert printed(dossier)["submitter"]["representative"] == "Lê Văn Đại Diện"
    by, now = world.ba_to.clerk, make.MONDAY
    for words in ("le van dai dien", "pham thi thay", "song lien"):
        assert [one.pk for one in queries.search(words, by=by, at=now)] == [dossier.pk], words

    actions.correct_reception(dossier, reason="Gõ nhầm", applicant_name="Lê Văn Đại", by=by, at=now)
    assert (dossier.applicant_name, printed(dossier)["submitter"]["representative"]) == (SHOP, "Lê Văn Đại")
    assert dossier.kept_receptions.get().before["representative"] == "Lê Văn Đại Diện"
    assert [one.pk for one in queries.search("pham thi thay", by=by, at=now)] == [dossier.pk]
    actions.correct_reception(dossier, reason="Không phải hộ", business_name="", by=by, at=now)
    assert (dossier.applicant_name, printed(dossier)["submitter"]["representative"]) == ("Lê Văn Đại", "")


def test_certified_copies_are_counted_apart_on_the_sheet_the_page_and_m01(clerk: Client) -> None:
    look = clerk.post(reverse("dossiers_desk:reception"), {"procedure": make.BUSINESS, "act": "look"})
    mark = look.context["papers_of"]
    dossier = received_at_counter(clerk, papers_of=mark, in_1="on", originals_1="1", certified_1="2", copies_1="3")
    paper = dossier.paper_set.get(no=1)
    assert (paper.originals, paper.certified, paper.copies) == (1, 2, 3)
    assert "1 chính, 2 sao chứng thực, 3 sao" in page(clerk, dossier)
    line = printed(dossier)["papers"][0]
    assert (line["originals"], line["certified"], line["copies"]) == (1, 2, 3)

    place = reverse("dossiers_desk:move", args=[dossier.reference, Move.CORRECT])
    assert 'name="certified_1" value="2"' in clerk.get(place).content.decode()
    sent = {"applicant_name": dossier.applicant_name, "delivery": "counter", "reason": "Đếm nhầm", "certified_1": "4"}
    assert clerk.post(place, sent).status_code == 302
    assert dossier.paper_set.get(no=1).certified == 4 and dossier.paper_set.get(no=1).originals == 1


def test_what_was_answered_at_once_shows_no_promise_and_asks_for_no_scan(clerk: Client, world: make.Province) -> None:
    dossier = make.submitted(world, procedure=make.COPY)
    actions.answer_at_once(
        dossier, handed_to="A", title="Bản sao", body="", fee=PaymentWay.CASH, by=world.ba_to.clerk, at=make.MONDAY
    )
    told = page(clerk, dossier)
    assert "Tiếp nhận và trả kết quả ngay" in told
    for words in ("Cách tính ngày hẹn", "Thiếu bản điện tử", "Thêm tệp", "Ai giữ hồ sơ"):
        assert words not in told, words


def test_a_dossier_that_ended_without_a_result_is_neither_early_nor_late(clerk: Client, world: make.Province) -> None:
    dossier = make.received(world)
    actions.withdraw(dossier, reason="không cần nữa", by=world.citizen, at=at("2026-11-16 15:00"))
    assert "Xong" not in page(clerk, dossier)
    (row,) = rows_of(queries.with_names(Dossier.objects.all()), at("2026-11-16 16:00"), world.ba_to.clerk)
    assert row.remaining is None


def test_the_leader_reads_on_the_page_of_signing_what_is_signed(client: Client, world: make.Province) -> None:
    dossier = make.processing(world)
    items = [{"paper": 1, "name": "Giấy đề nghị", "what": "Thiếu chữ ký chủ hộ"}]
    actions.draft_supplement(dossier, reason="Chưa đủ", items=items, by=world.ba_to.specialist, at=make.MONDAY)
    client.force_login(make.person_of(world.ba_to.leader))
    for move in (Move.SIGN_SUPPLEMENT, Move.DROP_SUPPLEMENT):
        told = html.unescape(client.get(reverse("dossiers_desk:move", args=[dossier.reference, move])).content.decode())
        assert "Thiếu chữ ký chủ hộ" in told and "Chưa đủ" in told, move
    ready = make.signing(world, favourable=False)
    told = client.get(reverse("dossiers_desk:move", args=[ready.reference, Move.SIGN])).content.decode()
    assert ready.result.title in html.unescape(told) and "Không đủ điều kiện" in html.unescape(told)


def test_by_post_the_waybill_is_asked_for_never_a_name(clerk: Client, world: make.Province) -> None:
    dossier = make.signing(world)
    actions.sign(dossier, by=world.ba_to.leader, at=at("2026-11-18 09:00"))
    Dossier.objects.filter(pk=dossier.pk).update(payment="none", turn="clerk", holding=dossier.receiving_id)
    place = reverse("dossiers_desk:move", args=[dossier.reference, Move.RETURN_RESULT])
    wrong = html.unescape(clerk.post(place, {"way": "post", "handed_to": dossier.applicant_name}).content.decode())
    assert "Ghi số vận đơn bưu điện" in wrong
    assert clerk.post(place, {"way": "post", "waybill": "EB123456789VN"}).status_code == 302
    dossier.refresh_from_db()
    assert (dossier.status, dossier.result.handed_to) == (Status.RETURNED, "EB123456789VN")
    assert "EB123456789VN" in page(clerk, dossier)


def test_a_deputy_signs_in_the_place_of_the_head(world: make.Province) -> None:
    home, dossier = world.ba_to, make.received(world)
    Post.objects.filter(person=home.leader.id).update(title="Phó Chủ tịch Ủy ban nhân dân xã")
    actions.extend(
        dossier, new_due_at=at("2026-11-27 16:00"), reason="Chờ ý kiến", by=home.leader, at=at("2026-11-17 09:00")
    )
    signer = printed(dossier, Slip.M04)["signer"]
    assert (signer["authority"], signer["position"]) == ("KT. Chủ tịch", "Phó Chủ tịch")


def test_the_book_leaves_room_for_its_number_and_the_inbox_tells_new_from_ready(world: make.Province) -> None:
    home = world.ba_to
    new, ready = make.submitted(world), make.signing(world)
    actions.sign(ready, by=home.leader, at=at("2026-11-18 09:00"))
    rows = list(queries.with_names(Dossier.objects.order_by("pk")))
    book = register_of(rows, home.clerk, at("2026-11-30 08:00"), (date(2026, 11, 1), date(2026, 11, 30)))
    assert book.head.number == "......../STD-TTPVHCC"
    groups = by_urgency(rows_of(rows, at("2026-11-18 10:00"), home.clerk), at("2026-11-18 10:00"))
    assert [(one.title, one.rows[0].dossier.pk) for one in groups] == [
        ("Mới nộp, chờ kiểm tra", new.pk),
        ("Có kết quả, chờ trả", ready.pk),
    ]


def test_a_head_assigns_first_and_at_the_review_sends_the_draft_on(client: Client, world: make.Province) -> None:
    home, dossier = world.ba_to, make.processing(world, procedure=make.HOUSE)
    client.force_login(make.person_of(home.unit_head))

    def main() -> Move:
        (found,) = [one.move for one in client.get(dossier.get_absolute_url()).context["buttons"] if one.main]
        return Move(found)

    assert main() is Move.ASSIGN
    assert home.specialist.id
    actions.assign(dossier, to=home.specialist.id, note="", by=home.unit_head, at=make.MONDAY)
    actions.advance(dossier, note="", by=home.specialist, at=make.MONDAY)
    assert dossier.turn == "unit_head" and main() is Move.SUBMIT_RESULT
    offered = client.get(reverse("dossiers_desk:move", args=[dossier.reference, Move.ASSIGN])).context["form"]
    assert [who for who, _words in offered.fields["to"].choices] == [home.unit_head.id], "only whom the act would take"


def test_a_calendar_changed_after_the_end_tells_nobody_another_date(clerk: Client, world: make.Province) -> None:
    dossier = make.signing(world)
    actions.sign(dossier, by=world.ba_to.leader, at=at("2026-11-16 15:00"))
    assert dossier.due_at and f"nên hẹn trả {dossier.due_at.astimezone(VIET_NAM):%H:%M}" in page(clerk, dossier)
    storm = {"kind": DayKind.HOLIDAY, "name": "Nghỉ bão", "document": "Công điện 88"}
    workdays.set_day(date(2026, 11, 17), **storm, by=SYSTEM, at=at("2026-11-16 16:00"))
    assert "Cách tính ngày hẹn" not in page(clerk, dossier)
