"""What a citizen reads when something is not as hoped: a file that lies among good ones, a late office, an end without a result."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from motcua.dossiers import actions
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.showing import answer_in_words, clock_of
from motcua.procedures.rules import forms as questions
from tests import make
from tests.dossiers.test_public_applying import PNG, begin, citizen, complete, key_of, words_of
from tests.dossiers.test_public_tracking import asked, url_of
from tests.make import at

__all__ = ["citizen"]


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: at("2026-11-17 09:42"))


def good(name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, PNG)


def liar(name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, b"MZ\x90 program")


# Files


def test_one_file_that_lies_does_not_lose_the_good_ones_sent_with_it(world: make.Province, citizen: Client):
    draft = begin(citizen)
    papers = f"/ho-so/nhap/{draft.reference}/6/"

    page = citizen.post(papers, {"files_2": [good("trang-1.png"), liar("trang-2.pdf"), good("trang-3.png")]})

    assert page.status_code == 422 and "Tệp trang-2.pdf là một chương trình" in words_of(page)
    assert "trang-1.png" in words_of(page) and "trang-3.png" in words_of(page)
    draft.refresh_from_db()
    assert len(draft.files["2"]) == 2


def test_an_answer_keeps_the_good_files_beside_one_that_lies(world: make.Province, client: Client):
    dossier = asked(world)

    page = client.post(url_of(dossier, "bo-sung/"), {"files_0": [good("don.png"), liar("don-2.pdf")], "words_1": "Có"})
    assert page.status_code == 422 and "don-2.pdf là một chương trình" in words_of(page)
    assert "don.png" in words_of(page)
    dossier.refresh_from_db()
    assert dossier.status == "need_more"


# Where it was handed in: ninety-nine one-stops share one name


def test_the_receipt_says_which_one_stop_has_it(world: make.Province, citizen: Client):
    draft = begin(citizen)
    complete(citizen, draft)
    check = f"/ho-so/nhap/{draft.reference}/xem-lai/"
    page = citizen.post(check, {"truthful": "on", "key": key_of(citizen.get(check))}, follow=True)

    assert "Trung tâm Phục vụ hành chính công xã Ba Tơ, UBND xã Ba Tơ" in words_of(page)


def test_the_path_says_at_which_one_stop(world: make.Province, client: Client):
    page = words_of(client.get(url_of(make.received(world))))

    assert "Tại quầy, Trung tâm Phục vụ hành chính công xã Ba Tơ, UBND xã Ba Tơ." in page


# Late, refused, ended


def test_who_waits_for_a_late_office_reads_what_it_owes_and_whom_to_ask(
    world: make.Province, client: Client, monkeypatch: pytest.MonkeyPatch
):
    dossier = make.processing(world)
    monkeypatch.setattr("django.utils.timezone.now", lambda: at("2026-11-24 08:00"))

    page = words_of(client.get(url_of(dossier)))
    assert "Cơ quan phải gửi thư xin lỗi, ghi lý do và ngày hẹn mới." in page
    assert f"gọi 1022, đọc mã {dossier.code}" in page


def test_a_refusal_says_why_at_the_top(world: make.Province, client: Client):
    dossier = make.submitted(world)
    actions.refuse(dossier, reason="Thửa đất nằm trong quy hoạch", by=world.ba_to.clerk, at=at("2026-11-16 10:00"))

    page = words_of(client.get(url_of(dossier)))
    assert page.index("Lý do: Thửa đất nằm trong quy hoạch.") < page.index("Đường đi của hồ sơ")


def test_what_was_stopped_is_ended_and_not_done(world: make.Province, client: Client):
    dossier = make.processing(world)
    actions.stop(
        dossier, reason="Người đề nghị đã mất", legal_basis="Điều 12", by=world.ba_to.leader, at=at("2026-11-17 09:00")
    )

    page = words_of(client.get(url_of(dossier)))
    assert "Kết thúc lúc 09:00" in page and "Xong" not in page and "Lý do: Người đề nghị đã mất." in page


# What telephones make of a code and a date


@pytest.mark.parametrize("code", ["h48.115\u2013261116\u20130001", "Ｈ48.115\u2212261116-0001", "H48.115-261116-0001 "])
def test_a_code_is_found_whatever_dashes_a_telephone_writes(world: make.Province, client: Client, code: str):
    dossier = make.received(world)

    answer = client.post("/ho-so/tra-cuu/", {"code": code, "digits": "3456"})
    assert answer.status_code == 302 and answer.headers["Location"] == url_of(dossier)


def test_a_day_that_is_in_no_calendar_is_named(world: make.Province, citizen: Client):
    draft = begin(citizen)

    page = citizen.post(f"/ho-so/nhap/{draft.reference}/1/", {"name": "Nguyễn Văn Mẫu", "birth_date": "31/02/1990"})
    assert "không có ngày 31/02/1990. Xem lại ngày, tháng." in words_of(page)


# Figures that add up, numbers as people write them


def test_the_hours_told_as_used_are_those_of_the_bars(world: make.Province):
    dossier: Dossier = make.processing(world)

    told = clock_of(dossier, at("2026-11-27 16:00"))

    assert told["used_words"] == "đã dùng 24 giờ"


@pytest.mark.parametrize(
    ("schema", "value", "words"),
    [
        ({"type": "number", "minimum": 1900, "maximum": 2100}, 1990, "1990"),
        ({"type": "number", "x-affix": "m²"}, 1284.5, "1.284,5 m²"),
        ({"type": "number"}, 12000, "12.000"),
        ({"type": "number", "minimum": 1}, 2.5, "2,5"),
    ],
)
def test_a_year_is_not_a_quantity(schema: dict[str, object], value: float, words: str):
    form = {"properties": {"who": {"properties": {"one": {"title": "Câu", **schema}}}}}
    (group,) = questions.groups(form)

    assert answer_in_words(group.fields[0], {"who": {"one": value}}) == words
