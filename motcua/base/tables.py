"""Tables to take along, as a workbook and as CSV; no text in them is taken for a formula."""

import csv
from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from io import StringIO
from typing import Any, Final

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from motcua.base.clock import local
from motcua.base.excel import as_file, safe

CSV: Final = "text/csv; charset=utf-8"
_BOM: Final = "\ufeff"
"""Excel reads Vietnamese in a CSV only with it."""


def workbook(title: str, heads: Sequence[str], rows: Iterable[Sequence[Any]], *, about: Sequence[str] = ()) -> bytes:
    """One sheet: lines that say what it is of, bold headings, the rows, with moments as clocks in Viet Nam show them."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("".join(" " if one in "[]:*?/\\" else one for one in title)[:31])  # as Excel allows
    for line in about:
        sheet.append([safe(line)])
    bold = [WriteOnlyCell(sheet, value=str(head)) for head in heads]
    for cell in bold:
        cell.font = Font(bold=True)
    sheet.append(bold)
    for row in rows:
        sheet.append([local(one).replace(tzinfo=None) if isinstance(one, datetime) else safe(one) for one in row])
    return as_file(book)


def csv_text(heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """Only headings and rows: programs read this one."""
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow(heads)
    writer.writerows([_written(one) for one in row] for row in rows)
    return _BOM + out.getvalue()


def _written(value: Any) -> Any:
    match value:
        case None:
            return ""
        case datetime():
            return local(value).isoformat(timespec="minutes")
        case Decimal():
            return f"{value:f}"
        case _:
            return safe(value)
