"""Tables to take along: what stands in them is read back as it was, and nothing in them is run."""

from datetime import datetime
from decimal import Decimal
from io import BytesIO

from openpyxl import load_workbook

from motcua.base.clock import VIET_NAM
from motcua.base.tables import csv_text, workbook

MOMENT = datetime(2026, 11, 16, 9, 30, tzinfo=VIET_NAM)
ROWS = [["=1+1", MOMENT, Decimal("2.50")], ["＝cmd", None, -2]]


def test_a_workbook_has_its_lines_heads_and_moments_and_no_formula() -> None:
    book = load_workbook(BytesIO(workbook("Số liệu: 1/2", ["Mã", "Lúc", "Số"], ROWS, about=["+ tháng 11"])))
    sheet = book.worksheets[0]
    assert sheet.title == "Số liệu  1 2"
    assert [list(one) for one in sheet.values] == [
        ["'+ tháng 11", None, None],
        ["Mã", "Lúc", "Số"],
        ["'=1+1", MOMENT.replace(tzinfo=None), 2.5],
        ["'＝cmd", None, -2],
    ]
    assert sheet["A2"].font.bold


def test_a_text_for_programs_has_heads_and_rows_only() -> None:
    lines = csv_text(["Mã", "Lúc", "Số"], ROWS).splitlines()
    assert lines == ["\ufeffMã,Lúc,Số", "'=1+1,2026-11-16T09:30+07:00,2.50", "'＝cmd,,-2"]
