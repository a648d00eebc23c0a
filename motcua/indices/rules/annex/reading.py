"""An annex read into a definition: the whole of it, or every fault with its cell."""

import re
from collections.abc import Mapping
from fractions import Fraction
from typing import Final

from openpyxl import Workbook

from motcua.base.errors import Refused
from motcua.base.text import squeeze, unaccented
from motcua.indices.rules.annex.cells import Cells, open_book
from motcua.indices.rules.annex.layout import HEAD, HEAD_WORDS, SHEET, UNIT_WORDS
from motcua.indices.rules.annex.shaping import Row, pairs, shape
from motcua.indices.rules.definition import IndexSet
from motcua.indices.rules.reading import read_definition
from motcua.indices.rules.tables import Report
from motcua.indices.rules.validating import validate
from motcua.indices.rules.wording import LABELS, BadRule, condition_of
from motcua.indices.rules.yamlfile import Node
from motcua.indices.terms import Kind, _

MOST_ROWS: Final = 5_000
_TOTAL: Final = re.compile(r"tong( so)?( diem| cong)*( toi da)?:?")
_UNITS: Final = {unaccented(label): value for value, label in UNIT_WORDS.items()}


def from_annex(content: bytes, head: Mapping[str, str] | None = None) -> IndexSet:
    """The definition of an annex; `head` says what its sheet `Bộ chỉ số` would (code, name, years …)."""
    values, formulas = open_book(content)
    report = Report()
    sheet = values[SHEET] if SHEET in values.sheetnames else values.worksheets[0]
    beside = formulas[sheet.title]
    if sheet.max_row > MOST_ROWS:
        raise Refused(_("Phụ lục có hơn %d dòng.") % MOST_ROWS)
    cells = Cells(sheet, beside, report)
    start, columns = cells.header()
    report.refuse()
    rows = _criteria(cells, start, columns, report)
    entries = _read_head(values, report) if head is None else {key: Node(text, 0) for key, text in head.items()}
    entries = _nested(entries)
    _find_root(entries, rows)
    entries["criteria"] = Node([Node(dict(row), row["name"].line, row["name"].cell) for row in rows], start)
    definition = read_definition(Node(entries, 1), report)
    report.refuse()
    validate(definition, report)
    report.refuse()
    return definition


def _criteria(cells: Cells, start: int, columns: Mapping[str, int], report: Report) -> list[Row]:
    rows: list[Row] = []
    levels: dict[str, Node] = {}
    for row in range(start + 1, cells.values.max_row + 1):
        found = {key: node for key, column in columns.items() if (node := cells.node(row, column, key)) is not None}
        if not found:
            continue
        if "number" not in found and "code" not in found and "name" in found:
            if _TOTAL.fullmatch(unaccented(str(found["name"].value))):
                rows.append(_total(found))
            elif rows:
                _add_level(rows[-1], levels, found)
            else:
                report.fault(found["name"].place, _("dòng này không có STT và không thuộc tiêu chí nào"))
            continue
        if "name" not in found:
            report.fault(next(iter(found.values())).place, _("dòng này thiếu tên tiêu chí"))
            continue
        _close(rows, levels, report)
        levels = {}
        rows.append(found)
    _close(rows, levels, report)
    shape(rows, report)
    return rows


def _total(found: Row) -> Row:
    return {**found, "code": Node("TONG", found["name"].line, found["name"].cell)}


def _add_level(row: Row, levels: dict[str, Node], found: Row) -> None:
    name = str(found["name"].value).rstrip(":").strip()
    if "max" in found:
        levels[name] = found["max"]
        return
    words = [str(row["note"].value)] if "note" in row else []
    row["note"] = Node(" ".join([*words, name]), found["name"].line, found["name"].cell)


def _close(rows: list[Row], levels: Mapping[str, Node], report: Report) -> None:
    if not rows or not levels:
        return
    row = rows[-1]
    line, cell = row["name"].line, row["name"].cell
    how = unaccented(str(row["how"].value)) if "how" in row else ""
    try:
        conditions = {name: condition_of(name) for name in levels}
    except BadRule as reason:
        report.fault(row["name"].place, str(reason))
        return
    tiered = how == unaccented(LABELS[Kind.TIERS]) or (
        not how and all(each is not None for each in conditions.values())
    )
    if tiered:
        named = {_condition(name, conditions[name]): node for name, node in levels.items()}
        kind, inner = Kind.TIERS, "tiers"
    else:
        named, kind, inner = dict(levels), Kind.OPTIONS, "options"
    row["rule"] = Node({"kind": Node(kind.value, line, cell), inner: Node(named, line, cell)}, line, cell)
    row.setdefault("unit", Node("giá trị" if tiered else "mức", line, cell))
    row.pop("how", None)


def _condition(name: str, found: "tuple[Fraction, bool] | str | None") -> str:
    if isinstance(found, tuple):
        bound, inclusive = found
        return f"{'>=' if inclusive else '>'} {bound.numerator}/{bound.denominator}"
    return name.lower()


def _read_head(book: Workbook, report: Report) -> Row:
    if HEAD not in book.sheetnames:
        report.fault(_("Tệp Excel"), _("thiếu trang “%s” nói mã, tên, năm áp dụng của bộ này") % HEAD)
        return {}
    sheet = book[HEAD]
    back = {unaccented(title): key for key, title in HEAD_WORDS.items()}
    cells = Cells(sheet, sheet, report)
    found: Row = {}
    for row in range(1, min(sheet.max_row, 200) + 1):
        title = cells.text(row, 1)
        key = back.get(unaccented(title))
        if title and key is None:
            report.fault(
                _("Trang %(sheet)s, ô A%(row)d") % {"sheet": HEAD, "row": row}, _("không có mục “%s”") % title[:40]
            )
        elif key and (text := cells.text(row, 2)):
            found[key] = Node(text, row, f"B{row}")
    return found


def _nested(entries: Row) -> Row:
    found: Row = {}
    inner: dict[str, dict[str, Node]] = {}
    for key, node in entries.items():
        outer, dot, rest = key.partition(".")
        if dot:
            inner.setdefault(outer, {})[rest] = node
        elif key == "certainty" and ":" in str(node.value):
            found[key] = pairs(node)
        elif key == "units":
            parts = [squeeze(part) for part in str(node.value).split(";") if part.strip()]
            kinds = [_UNITS.get(unaccented(part), part) for part in parts]
            found[key] = Node([Node(part, node.line, node.cell) for part in kinds], node.line, node.cell)
        else:
            found[key] = node
    for outer, inside in inner.items():
        found[outer] = Node(inside, next(iter(inside.values())).line)
    return found


def _find_root(entries: Row, rows: list[Row]) -> None:
    """An annex seldom has a row for the index itself: the areas are then gathered under a total."""
    if "root" in entries:
        return
    loose = [row for row in rows if "parent" not in row and "parents" not in row and row["code"].value != "TONG"]
    total = next((row for row in rows if row["code"].value == "TONG"), None)
    if total is None and len(loose) == 1:
        entries["root"] = Node(str(loose[0]["code"].value), 1)
        return
    for row in loose:
        row["parent"] = Node("TONG", row["name"].line, row["name"].cell)
    if total is None:
        total = {"code": Node("TONG", 1), "name": Node("Tổng điểm", 1), "gather": Node("sum", 1)}
        rows.insert(0, total)
    entries["root"] = Node("TONG", 1)
