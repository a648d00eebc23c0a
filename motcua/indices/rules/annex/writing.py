"""A definition written as the annex of a decision: a person opens it and sees the layout of the ministry."""

import io
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import save_workbook

from motcua.indices.rules.annex.layout import COLUMNS, HEAD, HEAD_WORDS, SHEET, UNIT_WORDS
from motcua.indices.rules.definition import Criterion, IndexSet
from motcua.indices.rules.kinds import Options, Tiers
from motcua.indices.rules.numbers import as_read
from motcua.indices.rules.validating import publication_objections
from motcua.indices.rules.wording import in_words
from motcua.indices.rules.writing import plain_of
from motcua.indices.terms import as_written


def to_annex(definition: IndexSet) -> bytes:
    """The workbook: the annex itself, and a sheet with what a decision says outside its table."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = SHEET
    with as_written():
        top = [definition.name.upper(), definition.legal_basis, *publication_objections(definition)]
    for place, text in enumerate(top, start=1):
        _put(sheet.cell(place, 1), text, bold=place != 2)
        sheet.merge_cells(start_row=place, start_column=1, end_row=place, end_column=10)
    at = len(top) + 1
    for column, (title, width) in enumerate(COLUMNS.values(), start=1):
        _put(sheet.cell(at, column), title, bold=True)
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = sheet.cell(at + 1, 3)
    plain = plain_of(definition)
    for one, row in zip(definition.criteria, plain["criteria"], strict=True):
        at += 1
        for column, key in enumerate(COLUMNS, start=1):
            _put(sheet.cell(at, column), _shown(key, one, row), bold=not one.is_leaf and column <= 3)
        for name, points in _levels(one):
            at += 1
            _put(sheet.cell(at, 2), name)
            _put(sheet.cell(at, 3), points)
    _write_head(book.create_sheet(HEAD), plain)
    out = io.BytesIO()
    save_workbook(book, out)
    return out.getvalue()


def _put(cell: "Cell | MergedCell", value: Any, *, bold: bool = False) -> None:
    if isinstance(cell, MergedCell):
        return
    if isinstance(value, Fraction):
        near = float(value)
        value = (int(value) if value.denominator == 1 else near) if Fraction(repr(near)) == value else as_read(value)
    cell.value = value or None if isinstance(value, str) else value
    if isinstance(value, str) and value:
        cell.data_type = "s"  # a text that begins with = stays a text
    cell.font = Font(name="Times New Roman", bold=bold)
    cell.alignment = Alignment(wrap_text=True, vertical="top")


def _levels(one: Criterion) -> list[tuple[str, Fraction]]:
    if isinstance(one.rule, Options):
        return [(each.name, each.points) for each in one.rule.options]
    if isinstance(one.rule, Tiers):
        tiers = [(_tier_words(each.inclusive, each.bound), each.points) for each in one.rule.tiers]
        return [*tiers, ("Còn lại", one.rule.otherwise)]
    return []


def _tier_words(inclusive: bool, bound: Fraction) -> str:
    return f"Từ {as_read(bound)} trở lên" if inclusive else f"Trên {as_read(bound)}"


def _shown(key: str, one: Criterion, row: Mapping[str, Any]) -> Any:
    if key == "how":
        return in_words(one.rule)
    if key == "max":
        return one.most
    if key == "min":
        return one.least or None
    if key == "parents":
        return "; ".join(link.parent for link in one.links)
    if key == "weight":
        if len(one.links) == 1:
            return None if one.links[0].weight == 1 else one.links[0].weight
        return "; ".join(as_read(link.weight) for link in one.links) if any(k.weight != 1 for k in one.links) else None
    value = row.get(key)
    if isinstance(value, list):
        return "; ".join(value)
    if isinstance(value, dict):
        return "; ".join(f"{name}: {text}" for name, text in value.items())
    return value


def _write_head(sheet: Worksheet, plain: Mapping[str, Any]) -> None:
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 32, 90
    for at, (key, title) in enumerate(HEAD_WORDS.items(), start=1):
        outer, _dot, inner = key.partition(".")
        value = plain.get(outer)
        if inner:
            value = value.get(inner) if isinstance(value, dict) else None
        elif isinstance(value, dict):
            value = "; ".join(f"{name}: {text}" for name, text in value.items())
        elif isinstance(value, list):
            value = "; ".join(UNIT_WORDS.get(each, each) for each in value)
        _put(sheet.cell(at, 1), title, bold=True)
        _put(sheet.cell(at, 2), value)
