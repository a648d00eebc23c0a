"""Cells as people fill them in: a table somewhere on the sheet, its heads in any order, money in any unit."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from django.utils.translation import gettext as _
from openpyxl.utils import get_column_letter

from motcua.base.errors import Refused
from motcua.base.excel import HEADS_WITHIN, day_in, open_book, rows_in, text_in, too_long
from motcua.base.text import squeeze, unaccented
from motcua.investments.actions.workbook.model import COLUMNS, MOST_BYTES, MOST_ROWS, Sheet

UNITS: Final = {"ty dong": 10**9, "trieu dong": 10**6, "nghin dong": 10**3, "ngan dong": 10**3, "dong": 1, "vnd": 1}
_UNIT: Final = re.compile(r"\b(ty|trieu|nghin|ngan)?\s*(dong|vnd)\b")
_IN_BRACKETS: Final = re.compile(r"\(([^)]*)\)")
_MONTH: Final = re.compile(r"(?:thang\s*)?(\d{1,2})\s*[/\-.]\s*(\d{4})")


@dataclass(frozen=True, slots=True)
class Table:
    """Where the columns of a sheet stand, and in which unit each amount is written."""

    kind: Sheet
    title: str
    places: Mapping[str, int]
    units: Mapping[str, int]
    head_row: int

    def cell(self, row: int, name: str) -> str:
        """The place of a cell as Excel shows it."""
        return f"{get_column_letter(self.places[name] + 1)}{row}" if name in self.places else f"A{row}"


@dataclass(frozen=True, slots=True)
class Cells:
    """One row of a table, asked by the names of its columns."""

    table: Table
    row: int
    values: Mapping[str, Any]

    def text(self, name: str) -> str:
        """What stands there as one line of text."""
        return text_in(self.values.get(name))

    def money(self, name: str) -> int | None:
        """Whole đồng, from the unit of the column; None if it cannot be read."""
        amount = number_of(self.values.get(name))
        if amount is None or not amount.is_finite() or abs(amount) > 10**18:
            return None
        vnd = amount * self.table.units.get(name, 1)
        return int(vnd) if vnd == vnd.to_integral_value() else None

    def day(self, name: str) -> date | None:
        """A day, day first."""
        return day_in(self.values.get(name))

    def month(self, name: str) -> date | None:
        """The first day of a month: 10/2026, tháng 10/2026, or any day of it."""
        if found := _MONTH.fullmatch(unaccented(self.text(name))):
            number, year = int(found[1]), int(found[2])
            return date(year, number, 1) if 1 <= number <= 12 and year else None
        day = self.day(name)
        return day.replace(day=1) if day else None

    def year(self, name: str) -> int | None:
        """A year of four digits."""
        text = self.text(name)
        return int(text) if re.fullmatch(r"[12]\d{3}", text) else None


def tables_of(content: bytes) -> list[tuple[Table, list[Cells]]]:
    """Every table of the workbook that we know by its heads, in the order projects, plans, figures."""
    found, nearest = list[tuple[Table, list[Cells]]](), list[str]()
    for sheet in open_book(content, most_bytes=MOST_BYTES).worksheets:
        rows = _rows(sheet)
        table = _table_of(str(sheet.title), rows)
        if isinstance(table, Table):
            found.append((table, list(_cells(table, rows))))
        elif table and (not nearest or len(table) < len(nearest)):
            nearest = table
    if not found:
        told = _("Không thấy bảng nào đọc được. Thiếu cột: %(columns)s. Tải bảng mẫu để so.")
        raise Refused(told % {"columns": ", ".join(nearest or [_("Mã dự án")])})
    return sorted(found, key=lambda one: list(Sheet).index(one[0].kind))


def _rows(sheet: Any) -> list[tuple[Any, ...]]:
    """All rows, at most what one import may hold."""
    found = []
    for row in rows_in(sheet):
        found.append(tuple(row))
        if len(found) > MOST_ROWS + HEADS_WITHIN:
            raise too_long(MOST_ROWS)
    return found


def _table_of(title: str, rows: Sequence[tuple[Any, ...]]) -> Table | list[str]:
    """The table of a sheet, or the heads that are missing for the kind it is nearest to (empty: nothing alike)."""
    nearest: list[str] = []
    most_alike = 0
    for number, row in enumerate(rows[:HEADS_WITHIN], start=1):
        heads = [_plain_head(one) for one in row]
        for kind, columns in COLUMNS.items():
            places = {
                name: heads.index(head)
                for name, column in columns.items()
                if (head := next((one for one in map(_plain_head, column.heads) if one in heads), None))
            }
            missing = [column.heads[0] for name, column in columns.items() if column.needed and name not in places]
            if not missing:
                return Table(kind, title, places, _units(kind, places, row, rows[: number - 1]), number)
            if len(places) > most_alike and "code" in places:
                nearest, most_alike = missing, len(places)
    return nearest


def _plain_head(value: Any) -> str:
    """A head without accents, capitals, stars and what stands in brackets."""
    return unaccented(_IN_BRACKETS.sub("", squeeze(str(value or ""))).strip(" *:."))


def _units(
    kind: Sheet, places: Mapping[str, int], heads: Sequence[Any], above: Sequence[Sequence[Any]]
) -> dict[str, int]:
    """The unit of each amount: in brackets behind its head, else as a line above the table says, else đồng."""
    whole = next((unit for row in above for one in row if one and (unit := _unit_in(str(one), spoken=True))), 1)
    found = {}
    for name, column in COLUMNS[kind].items():
        if column.money and name in places:
            inside = _IN_BRACKETS.findall(str(heads[places[name]]))
            found[name] = next((unit for one in inside if (unit := _unit_in(one))), whole)
    return found


def _unit_in(text: str, *, spoken: bool = False) -> int | None:
    """The unit a text names; above a table only where it says that it is one (ĐVT: triệu đồng)."""
    plain = unaccented(text)
    if spoken and not re.match(r"\(?(dvt|don vi)", plain):
        return None
    match = _UNIT.search(plain)
    return UNITS[" ".join(part for part in match.groups() if part)] if match else None


def _cells(table: Table, rows: Sequence[tuple[Any, ...]]) -> Iterator[Cells]:
    """The rows below the heads; empty ones, column numbers and sums are no rows."""
    for number, row in enumerate(rows[table.head_row :], start=table.head_row + 1):
        filled = [one for one in row if one not in (None, "")]
        if not filled or _numbers_of_columns(filled, number - table.head_row):
            continue
        values = {name: row[at] if at < len(row) else None for name, at in table.places.items()}
        if values.get("code") in (None, "") and any(
            unaccented(str(one)).startswith(("tong", "cong")) for one in filled
        ):
            continue
        yield Cells(table, number, values)


def _numbers_of_columns(filled: Sequence[Any], distance: int) -> bool:
    """A row (1) (2) (3) directly under the heads."""
    digits = [re.sub(r"\D", "", str(one)) for one in filled]
    return distance == 1 and len(digits) > 2 and digits == [str(one) for one in range(1, len(digits) + 1)]


def number_of(value: Any) -> Decimal | None:
    """A number as it was meant: Excel keeps 15 digits; text is read with dots for thousands and a comma for tenths."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return Decimal(value)
    if isinstance(value, float):
        return Decimal(f"{value:.15g}")
    text = re.sub(r"[\s\u00a0]|(đồng|đ|vnđ|vnd)$", "", squeeze(str(value or "")).lower())
    if re.fullmatch(r"[-−]?\d{1,3}(\.\d{3})+(,\d+)?", text) or re.fullmatch(r"[-−]?\d+(,\d+)?", text):
        text = text.replace(".", "").replace(",", ".").replace("−", "-")
    try:
        return Decimal(text)
    except InvalidOperation:
        return None
