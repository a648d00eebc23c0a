"""An annex as a province has it: numbers and levels only, or with faults of every kind."""

import io
from collections.abc import Callable
from fractions import Fraction

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from motcua.base.errors import Refused
from motcua.indices.rules.annex import from_annex, to_annex
from motcua.indices.rules.definition import Gathering, IndexSet
from motcua.indices.rules.kinds import Given, Options, Tiers
from motcua.indices.rules.shipped import shipped

HEAD = {
    "code": "par-thu",
    "version": "1",
    "index": "PAR INDEX",
    "name": "Chỉ số cải cách hành chính của tỉnh",
    "years.from": "2025",
    "units": "sở, ban, ngành; xã, phường, đặc khu",
    "certainty": "V",
}
ROWS: list[tuple[object, ...]] = [
    ("PHỤ LỤC",),
    ("Bộ tiêu chí đánh giá cải cách hành chính",),
    ("STT", "Lĩnh vực/Tiêu chí/Tiêu chí thành phần", "Điểm tối đa", "Ghi chú"),
    (1, "CÔNG TÁC CHỈ ĐẠO, ĐIỀU HÀNH", 4),
    ("1.1", "Kế hoạch năm", 3),
    ("1.1.1", "Ban hành kế hoạch năm", 1),
    (None, "Kịp thời:", 1),
    (None, "Không kịp thời:", 0.5),
    (None, "Không ban hành:", 0),
    ("1.1.2", "Mức độ hoàn thành kế hoạch (%)", 2),
    (None, "Trên 90%", 2),
    (None, "Từ 70% trở lên", 1),
    (None, "Còn lại", 0),
    ("1.2", "Sáng kiến", 1),
    (None, "Sáng kiến phải được công nhận."),
    (2, "CẢI CÁCH THỦ TỤC HÀNH CHÍNH", 2.5),
    ("2.1", "Công khai thủ tục", 2.5),
    (None, "Tổng điểm", 6.5),
]


def annex(rows: list[tuple[object, ...]], change: Callable[[Worksheet], None] = lambda _sheet: None) -> bytes:
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    for row in rows:
        sheet.append(row)
    change(sheet)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def read(change: Callable[[Worksheet], None] = lambda _sheet: None) -> IndexSet:
    return from_annex(annex(ROWS, change), HEAD)


def refused(change: Callable[[Worksheet], None]) -> list[str]:
    with pytest.raises(Refused) as found:
        read(change)
    return found.value.objections


def test_numbers_and_levels_are_enough():
    found = read()
    assert [kind.value for kind in found.units] == ["department", "commune"]
    assert found.top.most == Fraction("6.5")
    assert [each.code for each, _w in found.children["TONG"]] == ["1", "2"]
    assert [each.code for each, _w in found.children["1.1"]] == ["1.1.1", "1.1.2"]
    options = found.by_code["1.1.1"].rule
    assert isinstance(options, Options) and [one.points for one in options.options] == [1, Fraction(1, 2), 0]
    tiers = found.by_code["1.1.2"].rule
    assert isinstance(tiers, Tiers)
    assert [tiers.of(Fraction(x)) for x in (91, 90, 70, 69)] == [2, 1, 1, 0]
    assert isinstance(found.by_code["1.2"].rule, Given)
    assert found.by_code["1.2"].note == "Sáng kiến phải được công nhận."
    assert isinstance(found.by_code["1"].rule, Gathering)
    assert not found.is_example


def test_what_was_imported_can_be_written_and_read_again():
    found = read()
    assert from_annex(to_annex(found)) == found


@pytest.mark.parametrize(
    ("change", "place", "reason"),
    [
        (lambda s: s.__setitem__("C5", 4), "Tiêu chí 1", "các mục con cộng lại"),
        (lambda s: s.__setitem__("C6", "1,0"), "Ô C6", "dấu phẩy thập phân"),
        (lambda s: s.__setitem__("C17", "hai điểm"), "Ô C17", "là chữ, cần một số"),
        (lambda s: s.merge_cells("C6:C8"), "Ô C6:C8", "ô gộp"),
        (lambda s: s.__setitem__("C7", 2), "Tiêu chí 1.1.1", "ngoài khoảng"),
        (lambda s: s.__setitem__("A17", "3.1"), "Tiêu chí 3.1", "không có trong bộ này"),
        (lambda s: s.__setitem__("A17", "1.2"), "Tiêu chí 1.2", "dùng 2 lần"),
        (lambda s: s.__setitem__("C14", "=1+0"), "Ô C14", "công thức chưa có giá trị"),
        (lambda s: s.__setitem__("C3", "Điểm"), "Trang", "không thấy dòng tiêu đề"),
        (lambda s: s.__setitem__("B14", None), "Ô A14", "thiếu tên tiêu chí"),
        (lambda s: s.__setitem__("C17", None), "Tiêu chí 2.1", "thiếu điểm tối đa"),
    ],
)
def test_faults_of_an_annex_name_the_cell_or_the_criterion(
    change: Callable[[Worksheet], None], place: str, reason: str
):
    found = refused(change)
    assert any(place in each and reason in each for each in found), found


def test_what_is_no_workbook_is_refused():
    for content in (b"", b"PK\x03\x04", b"STT,Ten\n"):
        with pytest.raises(Refused, match="Excel"):
            from_annex(content)


def test_an_example_says_so_on_its_annex_and_keeps_the_official_columns():
    book = load_workbook(io.BytesIO(to_annex(shipped("par-camau-2013"))))
    sheet = book["Phụ lục"]
    lines = [[cell.value for cell in row[:3]] for row in sheet.iter_rows()]
    assert "ví dụ" in str(lines[2][0])
    assert lines[3] == ["STT", "Lĩnh vực/Tiêu chí/Tiêu chí thành phần", "Điểm tối đa"]
    assert [None, "không kịp thời", 0.5] in lines and [None, "Trên 90", 2] in lines


def test_an_annex_is_vietnamese_in_whatever_language_the_page_is_read(monkeypatch: pytest.MonkeyPatch):
    here = to_annex(shipped("qd766-province"))
    with monkeypatch.context() as english:
        english.setattr("django.utils.translation.gettext", lambda text: "in English")
        abroad = to_annex(shipped("qd766-province"))
    assert from_annex(abroad) == from_annex(here) == shipped("qd766-province")
    assert "tỷ lệ; mẫu số bằng 0: 0 điểm" in [cell.value for cell in load_workbook(io.BytesIO(abroad))["Phụ lục"]["D"]]


def test_a_name_that_looks_like_a_formula_stays_a_name():
    def change(sheet: Worksheet) -> None:
        sheet["B14"] = "=Sáng kiến"
        sheet["B14"].data_type = "s"

    found = read(change)
    again = from_annex(to_annex(found))
    assert again.by_code["1.2"].name == "=Sáng kiến"
