"""A workbook opened with care, and the cells of one sheet as text: merged cells and formulas seen through or told."""

import io
import zipfile
from fractions import Fraction
from typing import Any, Final

from openpyxl import Workbook, load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet

from motcua.base.errors import Refused
from motcua.base.text import squeeze, unaccented
from motcua.indices.rules.annex.layout import COLUMNS, KEPT_APART
from motcua.indices.rules.tables import Report
from motcua.indices.rules.yamlfile import Node
from motcua.indices.terms import _

MOST_BYTES: Final = 10_000_000
MOST_UNPACKED: Final = 100_000_000


def open_book(content: bytes) -> tuple[Workbook, Workbook]:
    """The values and the formulas of a workbook."""
    if len(content) > MOST_BYTES:
        raise Refused(_("Tệp lớn hơn %d MB.") % (MOST_BYTES // 1_000_000))
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(each.file_size for each in archive.infolist()) > MOST_UNPACKED:
                raise Refused(_("Tệp Excel bung ra quá lớn."))
        return load_workbook(io.BytesIO(content), data_only=True), load_workbook(io.BytesIO(content))
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, OSError):
        raise Refused(_("Không đọc được tệp Excel (.xlsx).")) from None


class Cells:
    """The cells of one sheet as text, merged cells and formulas seen through or told."""

    def __init__(self, values: Worksheet, formulas: Worksheet, report: Report) -> None:
        self.values, self.formulas, self.report = values, formulas, report
        self.merged: dict[tuple[int, int], Any] = {}
        for area in values.merged_cells.ranges:
            for row in range(area.min_row, area.max_row + 1):
                for column in range(area.min_col, area.max_col + 1):
                    self.merged[row, column] = area

    def header(self) -> tuple[int, dict[str, int]]:
        """The row of the titles and the column of each."""
        by_title = {unaccented(title): key for key, (title, _width) in COLUMNS.items()}
        by_title |= {"tieu chi": "name", "noi dung": "name", "linh vuc/tieu chi": "name", "diem chuan": "max"}
        for row in range(1, min(self.values.max_row, 30) + 1):
            found: dict[str, int] = {}
            for column in range(1, min(self.values.max_column, 60) + 1):
                key = by_title.get(unaccented(self.text(row, column)))
                if key:
                    found.setdefault(key, column)
            if {"number", "name", "max"} <= found.keys():
                return row, found
        self.report.fault(_("Trang %s") % self.values.title, _("không thấy dòng tiêu đề có STT, Tiêu chí, Điểm tối đa"))
        return 0, {}

    def node(self, row: int, column: int, key: str) -> Node | None:
        """The value of one cell; what cannot be used is told."""
        place = f"{get_column_letter(column)}{row}"
        area = self.merged.get((row, column))
        if area is not None and area.max_row > area.min_row:
            if key in KEPT_APART:
                if (row, column) == (area.min_row, area.min_col):
                    self.report.fault(_("Ô %s") % area.coord, _("ô gộp nhiều dòng; hãy tách ra và ghi ở từng dòng"))
                return None
            text = self.text(area.min_row, area.min_col)
            return Node(text, row, place) if text else None
        formula = self.formulas.cell(row, column).value
        text = self.text(row, column)
        if (
            isinstance(formula, str)
            and formula.startswith("=")
            and self.formulas.cell(row, column).data_type == "f"
            and not text
        ):
            self.report.fault(
                _("Ô %s") % place, _("công thức chưa có giá trị; hãy mở bằng Excel và lưu lại, hoặc ghi số")
            )
        return Node(text, row, place) if text else None

    def text(self, row: int, column: int) -> str:
        """The text of a cell, a number as it is written in full."""
        value = self.values.cell(row, column).value
        if value is None:
            return ""
        if isinstance(value, bool):
            return "true" if value else "false"
        if isinstance(value, float):
            return str(int(value)) if value.is_integer() else _decimal(value)
        return squeeze(str(value))


def _decimal(value: float) -> str:
    text = repr(value)
    return text if "e" not in text else f"{Fraction(text).numerator}/{Fraction(text).denominator}"
