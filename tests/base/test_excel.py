"""What people fill in with Excel, as it comes: titles above, columns in any order, files that lie about themselves."""

import re
from datetime import date, datetime
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import Workbook

from motcua.base.errors import Refused
from motcua.base.excel import as_file, day_in, filled_rows, safe, sheet_to_fill_in, text_in

COLUMNS = {"name": "Họ và tên", "day": "Ngày sinh", "note": "Ghi chú"}


def file_of(*rows: list[Any]) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    return as_file(book)


def read(content: bytes, most: int = 10) -> list[tuple[int, dict[str, Any]]]:
    return list(filled_rows(content, COLUMNS, needed=("name", "day"), most=most))


def test_headings_stand_in_any_order_and_below_a_title() -> None:
    content = file_of(
        ["DANH SÁCH"], [], ["NGAY SINH", "Số", "họ và tên"], ["05/09/1990", 1, "Lan"], [], ["06/09/1990", 2, "Bình"]
    )
    assert read(content) == [(4, {"name": "Lan", "day": "05/09/1990"}), (6, {"name": "Bình", "day": "06/09/1990"})]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"name,day\nLan,1990", "Tệp này không phải bảng Excel (.xlsx)"),
        (b"PK\x03\x04 no zip", "Tệp này không phải bảng Excel"),
        (file_of(["Họ và tên", "Ghi chú"], ["Lan", ""]), "Thiếu cột: Họ và tên, Ngày sinh"),
        (file_of(["Họ và tên", "Ngày sinh", "Họ và tên"]), r"Cột “Họ và tên” có hai lần \(A, C\)"),
        (file_of(["Họ và tên", "Ngày sinh"], *[["Lan", "1"]] * 11), "Bảng dài quá 10 dòng"),
    ],
)
def test_what_cannot_be_read_is_refused_with_what_to_do(content: bytes, sentence: str) -> None:
    with pytest.raises(Refused) as refused:
        read(content)
    assert re.search(sentence.replace("(.xlsx)", r"\(.xlsx\)"), refused.value.objections[0])


def test_the_size_a_file_claims_is_not_believed() -> None:
    claimed, out = file_of(["Họ và tên", "Ngày sinh"], ["Lan", "05/09/1990"]), BytesIO()
    with ZipFile(BytesIO(claimed)) as source, ZipFile(out, "w") as target:
        for name in source.namelist():
            part = source.read(name)
            target.writestr(name, re.sub(rb'<dimension ref="[^"]+"', b'<dimension ref="A1:XFD1048576"', part))
    assert [cells["name"] for _number, cells in read(out.getvalue())] == ["Lan"]


@pytest.mark.parametrize(
    ("value", "text", "day"),
    [
        (datetime(1990, 9, 5), "05/09/1990", date(1990, 9, 5)),
        ("5-9-1990", "5-9-1990", date(1990, 9, 5)),
        ("31/02/1990", "31/02/1990", None),
        (905123456.0, "905123456", None),
        (0.5, "0.5", None),
        ("'=1+1 ", "=1+1", None),
        (None, "", None),
    ],
)
def test_a_cell_as_text_and_as_a_day(value: Any, text: str, day: date | None) -> None:
    assert (text_in(value), day_in(value)) == (text, day)


def test_text_never_becomes_a_formula_and_is_read_back_as_it_was() -> None:
    for text in ("=HYPERLINK(1)", "+84", "-1", "@SUM", "\tx"):
        assert safe(text) == f"'{text}"
        assert text_in(safe(text)) == text.strip() or text.startswith("\t")
    assert (safe("Lan"), safe(-5)) == ("Lan", -5)


def test_the_sheet_to_fill_in_is_understood_by_the_reader() -> None:
    sheet = sheet_to_fill_in("Danh sách", list(COLUMNS.values()), ["Lan", "05/09/1990", ""])
    assert read(as_file(sheet)) == [(2, {"name": "Lan", "day": "05/09/1990", "note": None})]
    assert sheet.active["A2"].number_format == "@"
