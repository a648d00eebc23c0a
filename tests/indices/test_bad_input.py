"""The list “Bad input”, one by one, at the console and at the desk: a report with places and reasons, nothing half-imported."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl.worksheet.worksheet import Worksheet

from motcua.base.models import Entry
from motcua.indices import actions
from motcua.indices.models import Answer, OfficialResult, SetVersion
from motcua.indices.rules.annex import to_annex
from motcua.indices.rules.shipped import from_yaml
from motcua.indices.terms import Move
from motcua.people.terms import Role
from tests import make
from tests.indices.test_console import ask
from tests.indices.test_desk_next_point import signed_in
from tests.indices.test_rounds import World

pytestmark = pytest.mark.django_db
BODY = """
code: ccch-xa
version: 1
index: CCHC XÃ
name: Cải cách hành chính cấp xã
years: {from: 2025}
units: [commune]
certainty: V
root: T
criteria:
- {code: T, name: Tổng, gather: sum, max: 10, certainty: V}
- {code: A, number: I, name: Điều hành, parent: T, gather: sum, max: 4}
- {code: KH, number: 1, name: Kế hoạch, parent: A, max: 4, unit: mức, owner: Sở Nội vụ, rule: {kind: options, options: {kịp thời: 4, không: 0}}}
- {code: DH, number: 2, name: Đúng hạn, parent: T, max: 6, unit: hồ sơ, rule: ratio}
"""
Change = Callable[[Worksheet, dict[str, int], dict[str, int]], object]


def annex(change: Change) -> bytes:
    """The annex of a sound set with one thing changed: the sheet, the row of each code, the column of each heading."""
    book = openpyxl.load_workbook(io.BytesIO(to_annex(from_yaml(BODY.encode()))))
    sheet = book["Phụ lục"]
    head = next(row for row in sheet.iter_rows() if row[0].value == "STT")
    columns = {str(cell.value): cell.column for cell in head}
    code = columns["Mã"]
    rows = {
        str(row[code - 1].value): row[0].row for row in sheet.iter_rows(min_row=head[0].row + 1) if row[code - 1].value
    }
    change(sheet, rows, columns)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def put(row: str, column: str, value: object) -> Change:
    """One cell changed."""

    def change(sheet: Worksheet, rows: dict[str, int], columns: dict[str, int]) -> None:
        sheet.cell(rows[row], columns[column]).value = value

    return change


def merged(sheet: Worksheet, rows: dict[str, int], columns: dict[str, int]) -> None:
    sheet.merge_cells(start_row=rows["KH"], end_row=rows["DH"], start_column=columns["Điểm tối đa"],
                      end_column=columns["Điểm tối đa"])  # fmt: skip


def above_most(sheet: Worksheet, rows: dict[str, int], columns: dict[str, int]) -> None:
    sheet.cell(rows["KH"] + 1, columns["Điểm tối đa"], 5)


FAULTS: list[tuple[str, Change, str, str]] = [
    ("wrong sums", put("DH", "Điểm tối đa", 7), "Tiêu chí T", "các mục con cộng lại 11"),
    ("merged cells", merged, "Ô C", "ô gộp"),
    ("comma decimals", put("DH", "Điểm tối đa", "6,0"), "Ô C", "dấu phẩy thập phân; hãy viết dấu chấm: 6.0"),
    ("missing units", put("DH", "Đơn vị tính", None), "Tiêu chí DH", "thiếu đơn vị tính"),
    ("circular references", put("A", "Thuộc mục", "A"), "Tiêu chí A", "tham chiếu vòng: A → A"),
    ("score above max", above_most, "Tiêu chí KH", "ngoài khoảng 0–4"),
    ("text in numbers", put("DH", "Điểm tối đa", "sáu điểm"), "Ô C", "là chữ, cần một số"),
]


@pytest.fixture
def chief(db: None) -> Any:
    world = make.province()
    return make.official("Trần Chủ Tịch", "chutich", world.root, Role.LEADER)


def sent(by: Any, content: bytes, file: str) -> tuple[int, str]:
    answer = signed_in(by).post(reverse("indices:set_look"), {"file": SimpleUploadedFile(file, content)})
    return answer.status_code, " ".join(answer.content.decode().split())


@pytest.mark.parametrize(("change", "place", "reason"), [one[1:] for one in FAULTS], ids=[one[0] for one in FAULTS])
def test_an_annex_with_a_fault_is_told_its_place_at_both_doors_and_nothing_comes_in(
    chief: Any, capsys: pytest.CaptureFixture[str], tmp_path: Path, change: Change, place: str, reason: str
):
    content = annex(change)
    (tmp_path / "phuluc.xlsx").write_bytes(content)
    code, out, err = ask(capsys, "check", str(tmp_path / "phuluc.xlsx"))
    assert (code, out) == (2, "")
    assert any(place in line and reason in line for line in err.splitlines()), err
    assert ask(capsys, "convert", str(tmp_path / "phuluc.xlsx"), str(tmp_path / "bo.yaml"))[0] == 2
    assert not (tmp_path / "bo.yaml").exists()

    before = Entry.objects.count()
    status, page = sent(chief, content, "phuluc.xlsx")
    assert status == 422 and "Chưa ghi gì" in page and place in page and reason in page
    assert not SetVersion.objects.exists() and Entry.objects.count() == before


def test_the_sound_annex_is_taken_at_both_doors(chief: Any, capsys: pytest.CaptureFixture[str], tmp_path: Path):
    content = annex(lambda *_all: None)
    (tmp_path / "phuluc.xlsx").write_bytes(content)
    assert ask(capsys, "check", str(tmp_path / "phuluc.xlsx"))[0] == 0
    assert sent(chief, content, "phuluc.xlsx")[0] == 200


def test_all_faults_of_an_annex_are_told_at_once(chief: Any):
    def change(sheet: Worksheet, rows: dict[str, int], columns: dict[str, int]) -> None:
        for one in (put("DH", "Đơn vị tính", None), put("A", "Điểm tối đa", 9), above_most):
            one(sheet, rows, columns)

    _status, page = sent(chief, annex(change), "phuluc.xlsx")
    for reason in ("thiếu đơn vị tính", "các mục con cộng lại", "ngoài khoảng 0–4"):
        assert reason in page, reason


def test_an_owner_that_no_longer_exists_is_named_with_its_criteria_before_anything_comes_in(chief: Any):
    """The console has no register of agencies; the desk has, and who imports is told. The unit itself then answers."""
    status, page = sent(chief, annex(put("KH", "Cơ quan chủ trì", "Sở Mộng Mơ")), "phuluc.xlsx")
    assert status == 200 and "Nên xem trước khi nhập" in page and "Sở Mộng Mơ" in page and "Tiêu chí 1." in page
    assert not SetVersion.objects.exists()


FIGURES = {
    "score above max": ("unit,KH,DH.n,DH.d\nA,5,1,2\n", "cột KH"),
    "text in numbers": ("unit,KH,DH.n,DH.d\nA,4,hai,2\n", "cột DH.n"),
    "comma decimals": ('unit,KH,DH.n,DH.d\nA,4,"1,5",2\n', "cột DH.n"),
    "missing units": ("unit,KH,DH.n,DH.d\nA,4,1,2\n,4,1,2\n", "Dòng 3"),
}


@pytest.mark.parametrize("name", FIGURES)
def test_figures_with_a_fault_give_no_score_at_all(name: str, capsys: pytest.CaptureFixture[str], tmp_path: Path):
    text, place = FIGURES[name]
    (tmp_path / "bo.yaml").write_text(BODY, encoding="utf-8")
    (tmp_path / "so.csv").write_text(text, encoding="utf-8")
    record = tmp_path / "record.json"
    words = ["--set", str(tmp_path / "bo.yaml"), "--data", str(tmp_path / "so.csv"), "--record", str(record)]
    for verb in ("score", "uncertainty", "analyse"):
        code, out, err = ask(capsys, verb, *words)
        assert (code, out) == (2, "") and place in err and not record.exists()


def test_official_results_with_a_fault_leave_those_before_untouched(chief: Any):
    known = {"index": "PCI", "year": 2013, "source": "VCCI", "by": chief, "at": make.MONDAY}
    actions.import_results(b"unit,score\nA,1\nB,2\n", **known)
    client = signed_in(chief)
    for text, reason in (("unit,score\nA,5\nB,cao\n", "là chữ"), ("unit,score\nA,5\n,2\n", "thiếu tên"),
                         ('unit,score\nA,"5,5"\n', "dấu phẩy")):  # fmt: skip
        file = SimpleUploadedFile("pci.csv", text.encode())
        answer = client.post(
            reverse("indices:results"), {"index": "PCI", "year": "2013", "source": "VCCI", "file": file}
        )
        assert answer.status_code == 422 and reason in answer.content.decode()
    assert {one.unit: one.score for one in OfficialResult.objects.all()} == {"A": 1, "B": 2}


def test_a_sheet_with_one_fault_writes_no_row_and_says_where(db: None):
    """Score above the most, text in a number, and an answer that somebody has changed meanwhile, in one file."""
    world = World()
    world.go(Move.OPEN)
    unit, by = world.answer("KH").unit, world.ba_to.specialist
    book = openpyxl.load_workbook(io.BytesIO(actions.export_sheet(unit, world.round, by=by, at=make.MONDAY)))
    page = book.active
    assert page is not None
    heads = [cell.value for cell in page[3]]
    for row, head, value in ((4, "Giá trị", "không"), (5, "Tử số", "chín"), (5, "Mẫu số", 10), (6, "Giá trị", "3")):
        page.cell(row, heads.index(head) + 1).value = value
    kept = io.BytesIO()
    book.save(kept)
    world.score("SK", world.ba_to, value="1")
    client = signed_in(by)
    address = reverse("indices:take_in", args=[world.round.pk, unit.pk])
    answer = client.post(address, {"file": SimpleUploadedFile("phieu.xlsx", kept.getvalue()), "ghi": "1"})
    told = answer.content.decode()
    assert "là chữ" in told or "Không đọc được" in told
    assert "Phạm Thị Thử vừa sửa tiêu chí SK" in told and "Chưa ghi gì" in told
    assert [one.criterion for one in Answer.objects.filter(self_at__isnull=False)] == ["SK"]
    assert world.answer("SK").value == "1"
