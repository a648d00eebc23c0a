"""Following a dossier: who gets in, what the page says, answering, withdrawing, rating."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from motcua.base import uploads
from motcua.base.models import PersonalRead
from motcua.dossiers import actions, queries
from motcua.dossiers.models import Dossier, Rating, Scan, Supplement
from motcua.dossiers.public.tracking import track_page
from motcua.dossiers.terms import Delivery, PaymentWay, Status
from tests import make
from tests.dossiers.test_public_applying import PNG, words_of
from tests.make import at

TUESDAY, FRIDAY = at("2026-11-17 09:42"), at("2026-11-20 09:42")


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Requests come on the Tuesday after the Monday of reception, unless a test says otherwise."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: TUESDAY)


@pytest.fixture
def dossier(world: make.Province) -> Dossier:
    return make.received(world)


def url_of(dossier: Dossier, more: str = "") -> str:
    return f"/ho-so/tra-cuu/{queries.track_token(dossier)}/{more}"


def asked(world: make.Province) -> Dossier:
    """A dossier whose clock stands still because two papers are asked for."""
    dossier = make.processing(world)
    items = [
        {"paper": 1, "name": "Giấy đề nghị", "what": "thiếu chữ ký"},
        {"paper": 2, "name": "Văn bản ủy quyền", "what": "chưa chứng thực"},
    ]
    actions.draft_supplement(
        dossier, reason="Giấy đề nghị thiếu chữ ký", items=items, by=world.ba_to.specialist, at=at("2026-11-16 10:00")
    )
    actions.sign_supplement(dossier, by=world.ba_to.leader, at=at("2026-11-16 11:00"))
    return dossier


def test_an_office_that_asked_late_does_not_hide_behind_the_stopped_clock(
    world: make.Province, client: Client, monkeypatch: pytest.MonkeyPatch
):
    dossier = make.processing(world)
    items = [{"paper": 1, "name": "Giấy đề nghị", "what": "thiếu chữ ký"}]
    when = at("2026-11-23 10:00")
    actions.draft_supplement(dossier, reason="Thiếu", items=items, by=world.ba_to.specialist, at=when)
    actions.sign_supplement(dossier, by=world.ba_to.leader, at=when)

    monkeypatch.setattr("django.utils.timezone.now", lambda: at("2026-11-24 08:00"))
    words = words_of(client.get(url_of(dossier)))
    assert "Cơ quan trễ hẹn, và cần thêm giấy tờ để làm tiếp" in words
    assert "trước 09:00, thứ Năm 19/11/2026" in words and "Trễ 2 ngày" in words
    assert "Tính lại khi bổ sung xong" not in words and "ngày hẹn vẫn là" in words


def done(world: make.Province, *, delivery: Delivery = Delivery.COUNTER) -> Dossier:
    """Signed, and back at the counter; the fee is paid."""
    dossier = make.signing(world, delivery=delivery)
    actions.take_payment(dossier, way=PaymentWay.CASH, payer="", by=world.ba_to.clerk, at=make.MONDAY)
    actions.sign(dossier, by=world.ba_to.leader, at=at("2026-11-17 14:00"))
    actions.advance(dossier, by=world.ba_to.records, at=at("2026-11-17 15:00"))
    return dossier


# Getting in


def test_code_and_last_digits_open_the_page_without_an_account(dossier: Dossier, client: Client):
    response = client.post("/ho-so/tra-cuu/", {"code": " h48.115-261116-0001 ", "digits": "3456"}, follow=True)

    assert response.redirect_chain == [(url_of(dossier), 302)]
    assert "Đã tiếp nhận, chưa phải làm gì thêm" in words_of(response)


@pytest.mark.parametrize("digits", ["3456", "0905 123 456", "...3456"])
def test_a_whole_number_does_as_well_as_its_end(dossier: Dossier, client: Client, digits: str):
    assert client.post("/ho-so/tra-cuu/", {"code": dossier.code, "digits": digits}).status_code == 302


def test_a_wrong_number_and_an_unknown_code_get_the_same_answer(dossier: Dossier, client: Client):
    wrong = client.post("/ho-so/tra-cuu/", {"code": dossier.code, "digits": "0000"})
    unknown = client.post("/ho-so/tra-cuu/", {"code": "H48.115-261116-9999", "digits": "0000"})

    def answer(response) -> str:
        text = re.sub(r'csrfmiddlewaretoken" value="[^"]+"', "", response.content.decode())
        return text.replace("H48.115-261116-9999", dossier.code)

    assert wrong.status_code == unknown.status_code == 422
    assert answer(wrong) == answer(unknown)
    assert "Xem lại dòng dưới mã QR trên giấy hẹn" in words_of(wrong)


def test_after_five_tries_the_door_stays_shut_for_that_code_even_to_the_right_digits(dossier: Dossier, client: Client):
    for _n in range(5):
        assert client.post("/ho-so/tra-cuu/", {"code": dossier.code, "digits": "0000"}).status_code == 422

    shut = client.post("/ho-so/tra-cuu/", {"code": dossier.code, "digits": "3456"})

    assert shut.status_code == 429 and "Đã thử quá nhiều lần" in words_of(shut)


def test_all_names_of_a_dossier_share_its_five_tries(dossier: Dossier, client: Client):
    Dossier.objects.filter(pk=dossier.pk).update(outside_code="000.00.53.H48-7")
    names = (dossier.code, dossier.reference, "000.00.53.h48-7", dossier.code, dossier.reference)
    tries = [(one, "0000") for one in names] + [(names[2], "3456")]
    answers = [client.post("/ho-so/tra-cuu/", {"code": one, "digits": four}).status_code for one, four in tries]
    assert answers == [422] * 5 + [429]


def test_an_unknown_code_is_shut_after_five_tries_too(world: make.Province, client: Client):
    tries = [client.post("/ho-so/tra-cuu/", {"code": "H48.1", "digits": "0000"}).status_code for _n in range(6)]
    assert tries == [422] * 5 + [429]


def test_after_thirty_tries_from_one_address_every_code_is_shut(dossier: Dossier, client: Client):
    for number in range(30):
        client.post("/ho-so/tra-cuu/", {"code": f"H48.115-261116-{number + 100}", "digits": "0000"})

    assert client.post("/ho-so/tra-cuu/", {"code": dossier.code, "digits": "3456"}).status_code == 429
    elsewhere = client.post("/ho-so/tra-cuu/", {"code": dossier.code, "digits": "3456"}, REMOTE_ADDR="10.0.0.9")
    assert elsewhere.status_code == 302


def test_the_code_of_the_national_portal_is_found(world: make.Province, client: Client):
    dossier = make.submitted(world, outside_code="G22.99.10-261116-000123")

    response = client.post("/ho-so/tra-cuu/", {"code": "g22.99.10-261116-000123", "digits": "3456"})

    assert response["Location"] == url_of(dossier)


@pytest.mark.parametrize(
    ("code", "digits", "sentence"),
    [
        ("", "", "Ghi mã hồ sơ"),
        ("H48", "12", "Ghi đủ 4 số cuối"),
        ("x" * 1000, "1234", "Mã hồ sơ ngắn hơn nhiều"),
        ("' OR 1=1 --", "1234", "Không thấy hồ sơ mã"),
        ("<script>alert(1)</script>", "1234", "Không thấy hồ sơ mã"),
    ],
)
def test_bad_input_gets_a_sentence(world: make.Province, client: Client, code: str, digits: str, sentence: str):
    response = client.post("/ho-so/tra-cuu/", {"code": code, "digits": digits})

    assert response.status_code == 422 and sentence in words_of(response)
    assert "<script>alert" not in response.content.decode()


def test_a_changed_link_leads_nowhere(dossier: Dossier, client: Client):
    token = queries.track_token(dossier)
    for wrong in (token[:-1] + ("A" if token[-1] != "A" else "B"), dossier.reference, f"{dossier.reference}.", "x.y"):
        for more in ("", "ket-qua/", "rut/", "danh-gia/", "bo-sung/", "phieu/1/"):
            assert client.get(f"/ho-so/tra-cuu/{wrong}/{more}").status_code == 404


# What the page says


def test_the_page_says_when_who_and_why(dossier: Dossier, client: Client):
    page = client.get(url_of(dossier))

    text = words_of(page)
    assert "trước 09:00, thứ Năm 19/11/2026" in text
    assert "Trung tâm Phục vụ hành chính công xã Ba Tơ" in text
    assert "Vì sao hẹn ngày này?" in text and "Thời hạn 3 ngày làm việc" in text
    assert "Xem cách tính từng dòng" in text and 'class="cal"' in page.content.decode()


def test_names_are_masked_for_whoever_holds_the_link_and_plain_for_the_applicant(
    world: make.Province, dossier: Dossier, client: Client
):
    assert "N••• V•• Mẫu" in words_of(client.get(url_of(dossier)))
    assert "Nguyễn Văn Mẫu" not in client.get(url_of(dossier)).content.decode()

    client.force_login(make.person_of(world.citizen))
    assert "Nguyễn Văn Mẫu" in words_of(client.get(url_of(dossier)))


def test_the_path_names_offices_and_never_officials(world: make.Province, client: Client):
    dossier = done(world)

    text = words_of(client.get(url_of(dossier)))

    assert "Phòng Kinh tế" in text and "Ký kết quả" in text
    for official in ("Lê Minh Hoạ", "Phạm Thị Thử", "Đinh Thị Lãnh", "Hồ Văn Thư"):
        assert official not in text


def test_an_open_request_stands_first_with_its_button(world: make.Province, client: Client):
    dossier = asked(world)

    page = client.get(url_of(dossier))

    text = words_of(page)
    assert "Cần bổ sung giấy tờ, đồng hồ đang dừng" in text and "Giấy đề nghị thiếu chữ ký" in text
    assert url_of(dossier, "bo-sung/") in page.content.decode()
    assert "Yêu cầu bổ sung 11:00, thứ Hai 16/11/2026 Giấy đề nghị thiếu chữ ký. Đồng hồ dừng." in text
    assert "Đang chờ người nộp" in text and "Tính lại khi bổ sung xong" in text


def test_a_broken_promise_is_said_plainly(world: make.Province, client: Client, monkeypatch: pytest.MonkeyPatch):
    dossier = make.processing(world)
    assert "thư xin lỗi và ngày hẹn mới chậm nhất thứ Tư 18/11/2026" in words_of(client.get(url_of(dossier)))

    monkeypatch.setattr("django.utils.timezone.now", lambda: FRIDAY)
    text = words_of(client.get(url_of(dossier)))
    assert "Cơ quan trễ hẹn" in text and "Trễ 1 ngày" in text


def test_the_page_costs_the_same_for_a_short_and_a_long_life(world: make.Province, client: Client):
    def cost(dossier: Dossier) -> int:
        client.get(url_of(dossier))
        with CaptureQueriesContext(connection) as seen:
            assert client.get(url_of(dossier)).status_code == 200
        return len(seen)

    assert cost(make.received(world)) <= 14
    assert cost(done(world)) <= 14
    assert cost(asked(world)) <= 14


def test_every_status_has_a_title(world: make.Province, rf):
    dossier = make.received(world)
    request = rf.get("/")
    request.now, request.user = make.MONDAY, make.person_of(world.ba_to.clerk)
    dossier.finished_at = make.MONDAY
    for status in Status:
        if status is not Status.DRAFT:
            dossier.status = status
            assert track_page(request, dossier, "token")["title"]


# Slips and the result


def test_slips_are_taken_by_the_link_and_the_reading_is_noted(dossier: Dossier, client: Client):
    slip = dossier.slips.get()

    response = client.get(url_of(dossier, f"phieu/{slip.pk}/"))

    assert response["Content-Type"] == "application/pdf" and response.content.startswith(b"%PDF")
    note = PersonalRead.objects.get()
    assert note.ids == [dossier.pk] and note.by is None


def test_a_link_opens_no_slip_of_another_dossier(world: make.Province, dossier: Dossier, client: Client):
    other = make.received(world)
    assert client.get(url_of(dossier, f"phieu/{other.slips.get().pk}/")).status_code == 404


def test_the_result_is_closed_until_it_is_the_applicants(world: make.Province, client: Client):
    dossier = make.signing(world)
    assert client.get(url_of(dossier, "ket-qua/")).status_code == 404
    actions.sign(dossier, by=world.ba_to.leader, at=at("2026-11-17 14:00"))
    actions.advance(dossier, by=world.ba_to.records, at=at("2026-11-17 15:00"))
    assert client.get(url_of(dossier, "ket-qua/")).status_code == 404, "the fee is not paid"

    actions.take_payment(dossier, way=PaymentWay.CASH, payer="", by=world.ba_to.clerk, at=at("2026-11-17 15:30"))
    response = client.get(url_of(dossier, "ket-qua/"))
    assert response.status_code == 200 and response.content.startswith(b"%PDF")


# Answering


def test_papers_asked_for_are_brought_by_the_link(world: make.Province, client: Client):
    dossier = asked(world)
    page = words_of(client.get(url_of(dossier, "bo-sung/")))
    assert "thiếu chữ ký" in page and "chưa chứng thực" in page

    sent = {"files_0": [SimpleUploadedFile("don.png", PNG)], "words_1": "Tôi tự nộp, không ủy quyền"}
    response = client.post(url_of(dossier, "bo-sung/"), sent, follow=True)

    assert "Đã nhận giấy tờ bổ sung" in words_of(response)
    dossier.refresh_from_db()
    assert dossier.status == Status.PROCESSING and dossier.due_at is not None
    request = Supplement.objects.get(dossier=dossier)
    assert request.answered_note == "Văn bản ủy quyền: Tôi tự nộp, không ủy quyền"
    assert Scan.objects.get(paper__dossier=dossier).file.name == "don.png"


def test_a_file_sent_once_is_not_asked_for_again_when_another_is_missing(world: make.Province, client: Client):
    dossier = asked(world)

    page = client.post(url_of(dossier, "bo-sung/"), {"files_0": [SimpleUploadedFile("don.png", PNG)]})
    assert page.status_code == 422 and "don.png" in words_of(page) and "Chọn tệp của giấy này" in words_of(page)
    sealed = re.search(r'name="kept_0" value="([^"]+)"', page.content.decode())
    assert sealed

    response = client.post(url_of(dossier, "bo-sung/"), {"kept_0": sealed[1], "words_1": "Không ủy quyền"})
    assert response.status_code == 302
    assert Scan.objects.filter(paper__dossier=dossier).count() == 1


def test_a_link_that_has_carried_too_much_says_so_and_loses_no_word(world: make.Province, client: Client):
    dossier = asked(world)
    full = uploads.MOST_OF_LINK
    uploads.demand_room(f"link:{dossier.pk}", full * 2**20, at=TUESDAY, most=full)

    typed = {"files_0": [SimpleUploadedFile("don.png", PNG)], "words_1": "Tôi tự nộp"}
    page = client.post(url_of(dossier, "bo-sung/"), typed)

    assert page.status_code == 422 and "quá 200 MB tệp" in words_of(page) and "Tôi tự nộp" in words_of(page)
    assert Supplement.objects.get(dossier=dossier).answered_at is None


def test_a_forged_seal_brings_no_file(world: make.Province, client: Client):
    dossier = asked(world)
    stranger = make.scan("cua-nguoi-khac.pdf")

    client.post(url_of(dossier, "bo-sung/"), {"kept_0": f"[{stranger.pk}]", "words_0": "x", "words_1": "y"})

    assert not Scan.objects.filter(file=stranger).exists()


def test_a_file_that_lies_is_told_and_nothing_is_answered(world: make.Province, client: Client):
    dossier = asked(world)
    page = client.post(
        url_of(dossier, "bo-sung/"), {"files_0": [SimpleUploadedFile("don.pdf", b"MZ\x90")], "words_1": "không"}
    )

    assert page.status_code == 422 and "là một chương trình" in words_of(page)
    dossier.refresh_from_db()
    assert dossier.status == Status.NEED_MORE


def test_an_answered_request_is_not_answered_twice(world: make.Province, client: Client):
    dossier = asked(world)
    make.answered(dossier, by=world.ba_to.clerk, when=at("2026-11-17 08:00"))

    response = client.post(url_of(dossier, "bo-sung/"), {"words_0": "a", "words_1": "b"}, follow=True)

    assert "không chờ bổ sung gì nữa" in words_of(response)


# Withdrawing and rating


def test_withdrawing_asks_for_reason_and_for_the_digits_of_the_phone(dossier: Dossier, client: Client):
    page = words_of(client.get(url_of(dossier, "rut/")))
    assert "Rút hồ sơ này?" in page and "mẫu M05" in page

    assert client.post(url_of(dossier, "rut/"), {"reason": "Đổi ý", "digits": "0000"}).status_code == 422
    dossier.refresh_from_db()
    assert dossier.status == Status.RECEIVED

    assert client.post(url_of(dossier, "rut/"), {"reason": "Đổi ý", "digits": "3456"}).status_code == 302
    dossier.refresh_from_db()
    assert dossier.status == Status.WITHDRAWN
    assert "Đã rút theo đề nghị của người nộp" in words_of(client.get(url_of(dossier)))


def test_guessing_the_digits_to_withdraw_is_counted(dossier: Dossier, client: Client):
    for _n in range(5):
        client.post(url_of(dossier, "rut/"), {"reason": "Phá", "digits": "0000"})
    assert "Đã thử quá nhiều lần" in words_of(client.post(url_of(dossier, "rut/"), {"reason": "Phá", "digits": "3456"}))
    dossier.refresh_from_db()
    assert dossier.status == Status.RECEIVED


def test_the_signed_in_applicant_is_not_asked_for_digits(world: make.Province, dossier: Dossier, client: Client):
    client.force_login(make.person_of(world.citizen))
    assert client.post(url_of(dossier, "rut/"), {"reason": "Đổi ý"}).status_code == 302


def test_after_the_decision_withdrawing_is_closed_and_says_why(world: make.Province, client: Client):
    dossier = done(world)
    page = client.post(url_of(dossier, "rut/"), {"reason": "Muộn", "digits": "3456"})
    assert page.status_code == 422 and "Đã có kết quả" in words_of(page)


def test_rating_is_open_once_there_is_a_result_and_once_only(world: make.Province, client: Client):
    dossier = done(world)
    page = client.get(url_of(dossier))
    assert url_of(dossier, "danh-gia/") in page.content.decode()

    assert "Chọn một mức" in words_of(client.post(url_of(dossier, "danh-gia/"), {"comment": "x"}))
    assert client.post(url_of(dossier, "danh-gia/"), {"score": "4", "comment": "Nhanh"}).status_code == 302
    assert (Rating.objects.get().score, Rating.objects.get().comment) == (4, "Nhanh")

    assert "đã được đánh giá" in words_of(client.post(url_of(dossier, "danh-gia/"), {"score": "1"}))
    assert "Đã đánh giá 4 trên 5" in words_of(client.get(url_of(dossier)))


def test_an_unfinished_dossier_is_not_rated(dossier: Dossier, client: Client):
    assert client.post(url_of(dossier, "danh-gia/"), {"score": "5"}).status_code == 422
    assert not Rating.objects.exists()
