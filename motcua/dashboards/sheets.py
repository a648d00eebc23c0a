"""Tables to take along: Excel and CSV of what a page of figures shows; nothing in a cell is run by a spreadsheet."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, Final, NamedTuple

from django.http import HttpResponse
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from motcua.base.clock import local

KINDS: Final = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}
_BOM: Final = "\ufeff"


class Sheet(NamedTuple):
    """A title, what it is of, the heads of its columns, its rows."""

    title: str
    about: Sequence[str]
    heads: Sequence[str]
    rows: Iterable[Sequence[Any]]


def answer(sheet: Sheet, name: str, kind: str) -> HttpResponse:
    """The table as a file of that kind."""
    body = _book(sheet) if kind == "xlsx" else _text(sheet)
    headers = {"Content-Disposition": f'attachment; filename="{name}.{kind}"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(body, content_type=KINDS[kind], headers=headers)


def _book(sheet: Sheet) -> bytes:
    book = Workbook(write_only=True)
    page = book.create_sheet(_title(sheet.title))
    for line in sheet.about:
        page.append([safe(line)])
    bold = []
    for head in sheet.heads:
        cell = WriteOnlyCell(page, value=head)
        cell.font = Font(bold=True)
        bold.append(cell)
    page.append(bold)
    for row in sheet.rows:
        page.append([_cell(one) for one in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _text(sheet: Sheet) -> str:
    """Only heads and rows: programs read this one."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(sheet.heads)
    for row in sheet.rows:
        writer.writerow([_written(one) for one in row])
    return _BOM + out.getvalue()


def _title(text: str) -> str:
    """Excel allows 31 letters, none of them these."""
    return "".join(" " if one in "[]:*?/\\" else one for one in text)[:31]


def _cell(value: Any) -> Any:
    match value:
        case datetime():
            return local(value).replace(tzinfo=None)
        case str():
            return safe(value)
        case _:
            return value


def _written(value: Any) -> Any:
    match value:
        case None:
            return ""
        case datetime():
            return local(value).isoformat(timespec="minutes")
        case Decimal():
            return f"{value:f}"
        case str():
            return safe(value)
        case _:
            return value


def safe(text: str) -> str:
    """Text that no spreadsheet takes for a formula."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠") else text
