"""The public check: anybody may bring a file or scan a code; the true copy is for who holds the link."""

from dataclasses import replace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from motcua.documents import actions, queries
from motcua.documents.models import Document
from motcua.documents.public import views

from . import samples
from .conftest import NOW, Office, Trial, paper

PAGE = "/xac-minh/"


@pytest.fixture
def document(office: Office) -> Document:
    draft = replace(samples.RESULT, head=replace(samples.COMMUNE, number=""))
    return actions.issue_signed(
        draft,
        title="Cấp giấy phép xây dựng",
        agency=office.agency,
        about="dossiers.dossier:X",
        by=office.leader,
        at=NOW,
    )


def bring(client: Client, content: bytes, name: str = "ketqua.pdf") -> Any:
    return client.post(PAGE, {"file": SimpleUploadedFile(name, content, "application/pdf")})


def page(response: Any) -> str:
    return str(response.content.decode())


def test_the_page_asks_for_a_file_and_needs_no_account(client: Client, db: None) -> None:
    response = client.get(PAGE)
    assert response.status_code == 200
    assert "Văn bản này có thật không?" in page(response)


def test_our_own_signed_file(client: Client, document: Document) -> None:
    response = bring(client, queries.true_copy(document))
    text = page(response)
    assert response.status_code == 200
    for words in (
        "Chữ ký hợp lệ",
        "không có giá trị pháp lý",
        "Võ Thị Kim Ngân",
        document.number,
        "toàn bộ tệp",
        "Ủy ban nhân dân xã Ba Tơ",
    ):
        assert words in text


def test_a_changed_file(client: Client, document: Document) -> None:
    pdf = queries.true_copy(document)
    at = pdf.index(b"stream") + 40
    text = page(bring(client, pdf[:at] + bytes([pdf[at] ^ 1]) + pdf[at + 1 :]))
    assert "Văn bản đã bị sửa đổi sau khi ký" in text
    assert document.number not in text


def test_an_unsigned_file_and_a_stranger_signature(client: Client, db: None, trial: Trial) -> None:
    assert "không có chữ ký số" in page(bring(client, paper()))
    assert "Chưa xác nhận được người ký" in page(bring(client, trial.signed))


@pytest.mark.parametrize(("content", "says"), [
    (b"", "rỗng"), (b"GIF89a" + b"\0" * 100, "không phải PDF"), (b"<script>alert(1)</script>", "không phải PDF"),
])  # fmt: skip
def test_what_is_no_pdf_is_refused_beside_the_field(client: Client, db: None, content: bytes, says: str) -> None:
    response = bring(client, content, "<img src=x onerror=alert(1)>.pdf")
    assert response.status_code == 422
    assert says in page(response)
    assert "<img src=x" not in page(response)


def test_too_big_and_nothing_chosen(client: Client, db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("motcua.documents.public.forms.MOST_BYTES", 1000)
    assert "lớn hơn 20 MB" in page(bring(client, b"%PDF-1.7" + b"\0" * 2000))
    assert "Chọn tệp PDF cần kiểm tra" in page(client.post(PAGE))


def test_one_address_checks_a_limited_number_of_files(
    client: Client, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "CHECKS", 2)
    answers = [bring(client, b"nothing").status_code for _ in range(3)]
    assert answers == [422, 422, 429]
    monkeypatch.setattr(views, "CHECKS", 3)
    statuses = [client.get(f"{PAGE}{n:022d}/").status_code for n in range(3)]
    assert statuses == [404, 400, 400] or statuses == [400, 400, 400]


def test_the_page_behind_the_code_and_the_true_copy(client: Client, document: Document) -> None:
    assert actions.verify_url(document.verify_token).endswith(f"{PAGE}{document.verify_token}/")
    text = page(client.get(reverse("documents:verify_document", args=[document.verify_token])))
    assert "Chữ ký hợp lệ" in text
    assert document.title in text
    response = client.get(reverse("documents:true_copy", args=[document.verify_token]))
    assert response.content == queries.true_copy(document)
    assert response["Content-Disposition"] == "attachment; filename*=utf-8''01-Q%C4%90-UBND.pdf"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Type"] == "application/pdf"


def test_a_withdrawn_paper_says_so(client: Client, document: Document, office: Office) -> None:
    actions.withdraw(document, why="Cấp nhầm thửa đất", by=office.leader, at=NOW)
    for text in (page(client.get(f"{PAGE}{document.verify_token}/")), page(bring(client, queries.true_copy(document)))):
        assert "Văn bản đã bị thu hồi" in text
        assert "Cấp nhầm thửa đất" in text


@pytest.mark.parametrize("token", ["x", "a" * 22, "../../etc/passwd", "%00" * 22, "a" * 500])
def test_a_wrong_link_is_not_found(client: Client, db: None, token: str) -> None:
    assert client.get(f"{PAGE}{token}/").status_code in {400, 404}
    assert client.get(f"{PAGE}{token}/ban-goc/").status_code in {400, 404}
