"""Tables that people fill in with Excel: read row by row by their headings; written so that no text becomes a formula."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from typing import Any, Final
from zipfile import BadZipFile, is_zipfile

from django.utils.translation import gettext as _
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from motcua.base.errors import Refused
from motcua.base.filetypes import MOST_BYTES, check_file
from motcua.base.text import squeeze, unaccented

HEADS_WITHIN: Final = 20
"""Rows at the top of a sheet among which the headings may stand, below a title."""
MOST_COLUMNS: Final = 60
_DAYS: Final = ("%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d")
_BEGINS_A_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


@dataclass(frozen=True, slots=True)
class RowError:
    """What is wrong in one cell, with the row number as Excel shows it."""

    row: int
    column: str
    reason: str


def open_book(content: bytes, *, most_bytes: int = MOST_BYTES) -> Any:
    """The workbook behind an uploaded file, with values instead of formulas."""
    sentence = _("Tệp này không phải bảng Excel (.xlsx). Lưu lại bằng Excel rồi chọn lần nữa.")
    if not is_zipfile(BytesIO(content)):
        raise Refused(sentence)
    check_file(content, name="bang.xlsx", most_bytes=most_bytes, editable=True)
    try:
        return load_workbook(BytesIO(content), read_only=True, data_only=True)
    except (InvalidFileException, BadZipFile, KeyError, ValueError, OSError, IndexError, SyntaxError, TypeError):
        raise Refused(sentence) from None


def rows_in(sheet: Any) -> Iterator[tuple[Any, ...]]:
    """The rows of a sheet from its first; the size that a file claims for itself is not believed."""
    sheet.reset_dimensions()
    yield from sheet.iter_rows(values_only=True, max_col=MOST_COLUMNS)


def filled_rows(
    content: bytes, columns: Mapping[str, str], *, needed: Sequence[str], most: int, missing: str = ""
) -> Iterator[tuple[int, dict[str, Any]]]:
    """The filled rows of the first sheet as values by column, with their numbers as Excel shows them.

    Headings may stand in any order and below a title; `missing` is said where the needed ones are not found.
    """
    sheets = open_book(content).worksheets
    places: dict[str, int] = {}
    seen = 0
    for number, cells in enumerate(rows_in(sheets[0]) if sheets else (), start=1):
        if not places:
            places = _places(cells, columns, needed)
            if not places and number >= HEADS_WITHIN:
                break
            continue
        if all(one in (None, "") for one in cells):
            continue
        seen += 1
        if seen > most:
            raise too_long(most)
        yield number, {name: cells[at] if at < len(cells) else None for name, at in places.items()}
    if not places:
        told = _("Thiếu cột: %(columns)s. Tải bảng mẫu để so.")
        raise Refused(missing or told % {"columns": ", ".join(columns[name] for name in needed)})


def too_long(most: int) -> Refused:
    """The table has more rows than one import takes."""
    return Refused(_("Bảng dài quá %(most)d dòng. Chia thành nhiều tệp.") % {"most": most})


def _places(cells: Sequence[Any], columns: Mapping[str, str], needed: Sequence[str]) -> dict[str, int]:
    """Where each column stands, if this row holds the needed headings; a heading twice is refused with its place."""
    heads = [unaccented(str(one or "")) for one in cells]
    known = {name: [at for at, one in enumerate(heads) if one == unaccented(head)] for name, head in columns.items()}
    if not all(known[name] for name in needed):
        return {}
    for name, at in known.items():
        if len(at) > 1:
            letters = ", ".join(get_column_letter(one + 1) for one in at)
            told = _("Cột “%(head)s” có hai lần (%(letters)s). Giữ một cột.")
            raise Refused(told % {"head": columns[name], "letters": letters})
    return {name: at[0] for name, at in known.items() if at}


def text_in(value: Any) -> str:
    """What stands in a cell as one line of text: a day day first, a whole number without its decimals."""
    if isinstance(value, datetime | date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else squeeze(str(value)).removeprefix("'")


def day_in(value: Any) -> date | None:
    """A day, as a date of Excel or typed day first."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    for shape in _DAYS:
        try:
            return datetime.strptime(text_in(value), shape).date()  # noqa: DTZ007  a day has no zone
        except ValueError:
            continue
    return None


def safe(value: Any) -> Any:
    """The same, with text so that no spreadsheet takes it for a formula."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_BEGINS_A_FORMULA) else value


def sheet_to_fill_in(title: str, heads: Sequence[str], example: Sequence[str]) -> Workbook:
    """A workbook whose first sheet has the headings and one example; what is typed into it stays text."""
    book = Workbook()
    sheet = book.active
    sheet.title = title
    sheet.append(list(heads))
    sheet.append(list(example))
    for number, cell in enumerate(sheet[1], start=1):
        cell.font, cell.alignment = Font(bold=True), Alignment(wrap_text=True)
        sheet.column_dimensions[get_column_letter(number)].width = 22
    for cells in sheet.iter_rows(min_row=2, max_row=500):
        for cell in cells:
            cell.number_format = "@"
    sheet.freeze_panes = "A2"
    return book


def as_file(book: Workbook) -> bytes:
    """The workbook as the bytes of a file."""
    out = BytesIO()
    book.save(out)
    return out.getvalue()
