"""The workbook to fill in: three sheets with their heads, the words that may be used, the investor's own projects ready."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from io import BytesIO
from typing import Any, Final

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from motcua.base.clock import day_of
from motcua.base.excel import safe
from motcua.base.language import in_vietnamese
from motcua.investments import queries
from motcua.investments.actions.workbook.model import COLUMNS, WHOLE_PROVINCE, Sheet
from motcua.investments.rules import Period, end_of
from motcua.investments.terms import Basis, Capital, Decided, Field, Group, Source, Standing

SEEN: Final = ("Tên dự án", "Vốn được giao", "Lũy kế tháng trước")
"""Columns of the prepared sheet that are only to be read."""
MOST_PROJECTS: Final = 1000
_GREY: Final = PatternFill("solid", fgColor="F0EEE8")


@in_vietnamese()
def template(*, at: datetime, investors: Sequence[int] | None = None, full: bool = True) -> bytes:
    """The workbook. `investors`: whose projects stand ready in it (None: everybody's); `full`: projects and plans too."""
    book = Workbook()
    book.remove(book.active)
    today = day_of(at)
    month = (today.replace(day=1) - timedelta(days=1)).replace(day=1)
    _figures(book.create_sheet(Sheet.FIGURES.value), month, investors, today)
    if full:
        _heads(book.create_sheet(Sheet.PLANS.value), _own(Sheet.PLANS))
        _heads(book.create_sheet(Sheet.PROJECTS.value), _own(Sheet.PROJECTS))
    _words(book.create_sheet("Danh mục"))
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _own(kind: Sheet) -> list[str]:
    unit = {True: " (đồng)", False: ""}
    return [column.heads[0] + unit[column.money] for column in COLUMNS[kind].values()]


def _heads(sheet: Worksheet, heads: Sequence[str]) -> None:
    sheet.append(list(heads))
    for number, cell in enumerate(sheet[1], start=1):
        cell.font, cell.alignment = Font(bold=True), Alignment(wrap_text=True, vertical="top")
        sheet.column_dimensions[get_column_letter(number)].width = 44 if cell.value == "Tên dự án" else 20
    sheet.freeze_panes = "B2"


def _figures(sheet: Worksheet, month: date, investors: Sequence[int] | None, today: date) -> None:
    """One row per capital of each project: only the figure and its day are left to fill in."""
    own = _own(Sheet.FIGURES)
    _heads(sheet, [own[0], SEEN[0], *own[1:5], *SEEN[1:], *own[5:]])
    at = Period(month.year, month)
    for project in queries.projects_for_figures(at.year, investors)[:MOST_PROJECTS]:
        for line in queries.lines_of(project, at):
            sheet.append(
                [
                    project.code,
                    safe(project.name),
                    at.year,
                    f"{at.month:%m/%Y}",
                    str(line.plan.source.label),
                    str(line.plan.capital.label),
                    line.plan.limit,
                    line.figure.disbursed_vnd if line.figure else 0,
                    None,
                    None,
                    None,
                    min(end_of(month), today),
                ]
            )
    for row in sheet.iter_rows(min_row=2):
        for cell in row:
            if cell.column in (2, 7, 8):
                cell.fill = _GREY
            if cell.column in range(7, 12):
                cell.number_format = "#,##0"
            if cell.column == 12:
                cell.number_format = "dd/mm/yyyy"


def _words(sheet: Worksheet) -> None:
    """The words that cells may hold."""
    kinds: tuple[tuple[str, Any], ...] = (
        ("Nguồn vốn", Source),
        ("Loại vốn", Capital),
        ("Kế hoạch do ai giao", Basis),
        ("Giao hay điều chỉnh", Decided),
        ("Mức tin cậy", Standing),
        ("Nhóm dự án", Group),
        ("Lĩnh vực", Field),
    )
    _heads(sheet, [title for title, _choices in kinds])
    lists = [[str(label) for label in choices.labels] for _title, choices in kinds]
    for number in range(max(len(one) for one in lists)):
        sheet.append([one[number] if number < len(one) else None for one in lists])
    sheet.append([])
    sheet.append([f"Ở cột Mã dự án của bảng Kế hoạch vốn, ghi “{WHOLE_PROVINCE}” cho tổng vốn giao cả tỉnh."])
    for number in range(1, len(kinds) + 1):
        sheet.column_dimensions[get_column_letter(number)].width = 34
