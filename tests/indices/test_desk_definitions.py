"""Pages of definitions: the list, the tree, in from a file and out again, beside the version before, signed."""

import io
import re
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from motcua.base.actors import SYSTEM
from motcua.base.models import StoredFile
from motcua.indices import actions
from motcua.indices.models import SetVersion
from motcua.indices.rules.annex import from_annex
from motcua.indices.rules.comparing import compare
from motcua.indices.rules.shipped import codes, from_yaml, shipped, to_yaml
from motcua.people.terms import Role
from tests import make
from tests.indices.test_desk_next_point import signed_in

pytestmark = pytest.mark.django_db

BODY = """
code: ccch-xa
version: {version}
index: CCHC XÃ
name: Cải cách hành chính cấp xã
years: {{from: {year}}}
units: [commune]
certainty: V
root: T
criteria:
- {{code: T, name: Tổng, gather: sum, max: 10, certainty: V}}
- {{code: KH, number: 1, name: Kế hoạch, parent: T, max: {most}, unit: mức, owner: Sở Nội vụ, rule: {{kind: options, options: {{kịp thời: {most}, không: 0}}}}}}
- {{code: DH, number: 2, name: Đúng hạn, parent: T, max: {rest}, unit: hồ sơ, rule: ratio}}
"""


def body(version: int = 1, year: int = 2025, most: int = 4) -> bytes:
    return BODY.format(version=version, year=year, most=most, rest=10 - most).encode()


@pytest.fixture
def chief(db: None) -> Any:
    world = make.province()
    return make.official("Trần Chủ Tịch", "chutich", world.root, Role.LEADER)


def sent(client: Client, content: bytes, file: str = "bo.yaml", **more: str) -> Any:
    return client.post(reverse("indices:set_look"), {"file": SimpleUploadedFile(file, content), **more})


def words(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def test_the_list_says_which_are_examples_and_which_are_in_force(chief: Any):
    kept = actions.import_set(body(), name="bo.yaml", by=chief, at=make.MONDAY)
    actions.sign_off(kept, by=chief, at=make.MONDAY)
    page = words(signed_in(chief).get(reverse("indices:sets")))
    assert "Cải cách hành chính cấp xã" in page and "đang dùng" in page and "bộ ví dụ" in page
    assert all(shipped(code).name in page.replace("&amp;", "&") for code in codes())


@pytest.mark.parametrize("code", ["dti-922", "par-2022", "qd766-province", "par-camau-2013", "pci-2013"])
def test_one_set_as_a_tree_says_rules_in_words_and_how_sure_each_fact_is(chief: Any, code: str):
    page = words(signed_in(chief).get(reverse("indices:set", args=[code])))
    definition = shipped(code)
    assert "Cộng điểm các mục con" in page or "Trung bình các mục con" in page
    assert definition.criteria[-1].name.split("&")[0] in page
    assert ("Bộ ví dụ" in page) == definition.is_example
    if code == "dti-922":
        assert "Cũng tính trong" in page  # the base counts in several pillars


def test_a_file_is_looked_at_first_and_comes_in_whole_when_confirmed(chief: Any):
    client = signed_in(chief)
    answer = sent(client, body())
    assert answer.status_code == 200 and not SetVersion.objects.exists()
    page = words(answer)
    assert "Nhập bộ này" in page and "3 dòng, 2 tiêu chí tính điểm" in page
    token = re.search(r'name="token" value="([^"]+)"', page)
    assert token is not None
    assert client.post(reverse("indices:set_take_in"), {"token": token[1], "go": "1"}).status_code == 302
    kept = SetVersion.objects.get()
    assert from_yaml(kept.body.encode()) == from_yaml(body()) and not kept.example


def test_faults_are_told_with_their_places_and_nothing_comes_in(chief: Any):
    wrong = (
        body().replace(b"max: 6", b"max: 7").replace(b"rule: ratio", b"rule: la lung").replace(b"root: T", b"root: X")
    )
    page = words(sent(signed_in(chief), wrong))
    assert "Chưa ghi gì" in page and "Dòng 13" in page and not SetVersion.objects.exists()
    wrong = body().replace(b"max: 6", b"max: 7")
    assert "các mục con cộng lại 11" in words(sent(signed_in(chief), wrong))
    bad = sent(signed_in(chief), b"x", file="bo.pdf")
    assert bad.status_code == 422 and "Chọn tệp .xlsx" in words(bad)


def test_an_annex_without_its_sheet_of_facts_takes_them_from_the_form_to_the_end(chief: Any):
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ["STT", "Tiêu chí", "Điểm tối đa", "Đơn vị tính"],
        [1, "Kế hoạch", 4],
        ["1.1", "Ban hành", 2.5, "điểm"],
        ["1.2", "Kết quả", 1.5, "điểm"],
    ):
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    client = signed_in(chief)
    assert "Bộ chỉ số" in words(sent(client, out.getvalue(), file="phu-luc.xlsx"))
    head = {
        "code": "tinh-1",
        "version": "1",
        "index": "NỘI BỘ",
        "name": "Bộ của tỉnh",
        "first": "2026",
        "units": "department",
    }
    page = words(sent(client, out.getvalue(), file="phu-luc.xlsx", **head))
    token = re.search(r'name="token" value="([^"]+)"', page)
    assert token is not None, page[-3000:]
    client.post(reverse("indices:set_take_in"), {"token": token[1], "go": "1"})
    assert SetVersion.objects.get().code == "tinh-1"


def test_a_report_of_somebody_else_or_a_forged_one_brings_nothing_in(chief: Any):
    page = words(sent(signed_in(chief), body()))
    token = re.search(r'name="token" value="([^"]+)"', page)
    assert token is not None
    other = make.official("Lê Khác", "khac", chief.agency, Role.LEADER)
    for by, text in ((other, token[1]), (chief, token[1] + "x"), (chief, "")):
        signed_in(by).post(reverse("indices:set_take_in"), {"token": text, "go": "1"})
    assert not SetVersion.objects.exists()


def test_owners_that_are_no_agency_today_are_named_before_anything_comes_in(chief: Any):
    page = words(sent(signed_in(chief), body().replace("Sở Nội vụ".encode(), "Sở Mộng Mơ".encode())))
    assert "Sở Mộng Mơ" in page and "Nên xem trước khi nhập" in page and "Tiêu chí 1." in page


def test_out_and_in_again_both_ways_is_the_same(chief: Any):
    client = signed_in(chief)
    sheet = client.get(reverse("indices:set_export", args=["qd766-province", "xlsx"]))
    plain = client.get(reverse("indices:set_export", args=["qd766-province", "yaml"]))
    assert from_annex(sheet.content) == from_yaml(plain.content) == shipped("qd766-province")
    assert 'filename="qd766-province-1.xlsx"' in sheet.headers["Content-Disposition"]
    example = openpyxl.load_workbook(
        io.BytesIO(client.get(reverse("indices:set_export", args=["par-2022", "xlsx"])).content)
    )
    assert any("bộ ví dụ" in str(cell.value) for row in example.worksheets[0].iter_rows(max_row=4) for cell in row)


def test_the_version_before_is_found_and_every_changed_word_told(chief: Any):
    actions.import_set(body(), name="bo.yaml", by=chief, at=make.MONDAY)
    second = actions.import_set(body(version=2, year=2026, most=3), name="bo.yaml", by=chief, at=make.MONDAY)
    page = words(signed_in(chief).get(reverse("indices:set_difference", args=[second.pk])))
    assert "<b>3</b>" in page and "<b>7</b>" in page and "Áp dụng từ năm" in page
    found = compare(from_yaml(body()), from_yaml(body(version=2, year=2026, most=3)))
    assert {(one.code, one.column) for one in found} == {
        ("", "Bản"),
        ("", "Áp dụng từ năm"),
        ("KH", "Điểm tối đa"),
        ("KH", "Cách tính điểm"),
        ("DH", "Điểm tối đa"),
    }
    assert compare(shipped("papi-2021"), shipped("papi-2021")) == []


def test_a_leader_signs_and_an_example_is_refused_with_the_reason(chief: Any):
    kept = actions.import_set(body(), name="bo.yaml", by=chief, at=make.MONDAY)
    client = signed_in(chief)
    assert client.post(reverse("indices:set_sign", args=[kept.pk])).status_code == 302
    kept.refresh_from_db()
    assert kept.signed_by_name == "Trần Chủ Tịch"
    client.post(reverse("indices:set_use", args=["par-2022"]))
    example = SetVersion.objects.get(code="par-2022")
    page = words(client.get(reverse("indices:set_sign", args=[example.pk])))
    assert "chỉ theo trí nhớ" in page and "aria-disabled" in page
    client.post(reverse("indices:set_sign", args=[example.pk]))
    example.refresh_from_db()
    assert example.signed_at is None


def test_the_same_version_with_other_content_is_closed_in_the_report(chief: Any):
    actions.import_set(body(), name="bo.yaml", by=SYSTEM, at=make.MONDAY)
    page = words(sent(signed_in(chief), body(most=5)))
    assert "đã có với nội dung khác" in page and "aria-disabled" in page
    assert to_yaml(from_yaml(body())) == SetVersion.objects.get().body.encode()


def test_files_kept_for_a_second_look_count_against_the_hours_room(chief: Any, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("motcua.base.uploads.demand_room.__kwdefaults__", {"most": 1})
    assert sent(signed_in(chief), body()).status_code == 200

    full = sent(signed_in(chief), body())

    assert "Trong giờ này đã gửi quá 1 MB tệp" in words(full)
    assert StoredFile.objects.count() == 1
