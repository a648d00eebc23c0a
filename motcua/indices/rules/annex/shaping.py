"""What an annex leaves to its numbers and its layout is said: codes, parents, rules. The rows take the plain form."""

import re
from collections.abc import Sequence
from typing import Final, TypeAlias

from motcua.base.text import squeeze
from motcua.indices.rules.annex.layout import LISTS
from motcua.indices.rules.tables import Report
from motcua.indices.rules.wording import BadRule, read_words
from motcua.indices.rules.yamlfile import Node
from motcua.indices.terms import Kind

Row: TypeAlias = "dict[str, Node]"
_ROMAN: Final = re.compile(r"[IVXLC]{1,6}")


def shape(rows: Sequence[Row], report: Report) -> None:
    """Codes, parents and rules that an annex leaves to its numbers are said."""
    with_parents = any("parents" in row for row in rows)
    area: str = ""
    for row in rows:
        line, cell = row["name"].line, row["name"].cell
        number = str(row["number"].value).rstrip(".") if "number" in row else ""
        if "number" in row:
            row["number"] = Node(number, line, row["number"].cell)
        if "code" not in row:
            row["code"] = Node(number, line, cell)
        if not with_parents and number:
            above = number.rpartition(".")[0]
            if _ROMAN.fullmatch(number):
                area = number
            elif not above and area:
                above = area
            if above:
                row["parents"] = Node(above, line, cell)
        _split(row)
    parents = {code for row in rows if "parents" in row for code in row["parents"].entries}
    parents |= {str(row["parent"].value) for row in rows if "parent" in row} | {"TONG"}
    for row in rows:
        _say_rule(row, str(row["code"].value) in parents, report)


def _split(row: Row) -> None:
    """Lists and pairs of one cell, as the plain form has them."""
    for key in LISTS:
        if key in row:
            parts = [squeeze(part) for part in str(row[key].value).split(";")]
            row[key] = Node(
                [Node(part, row[key].line, row[key].cell) for part in parts if part], row[key].line, row[key].cell
            )
    if "certainty" in row and ":" in str(row["certainty"].value):
        row["certainty"] = pairs(row["certainty"])
    if "parents" in row:
        node = row.pop("parents")
        names = [squeeze(part) for part in str(node.value).split(";") if part.strip()]
        weights = [squeeze(part) for part in str(row.pop("weight").value).split(";")] if "weight" in row else []
        weights = [part.replace(",", ".") if ";" in str(node.value) else part for part in weights]
        if len(names) == 1:
            row["parent"] = Node(names[0], node.line, node.cell)
            if weights:
                row["weight"] = Node(weights[0], node.line, node.cell)
        else:
            several = {
                name: Node(weights[at] if at < len(weights) else "1", node.line, node.cell)
                for at, name in enumerate(names)
            }
            row["parents"] = Node(several, node.line, node.cell)


def pairs(node: Node) -> Node:
    """`name: V; max: M` as a mapping."""
    found: dict[str, Node] = {}
    for part in str(node.value).split(";"):
        name, _colon, text = part.partition(":")
        found[squeeze(name)] = Node(squeeze(text), node.line, node.cell)
    return Node(found, node.line, node.cell)


def _say_rule(row: Row, has_children: bool, report: Report) -> None:
    how = row.pop("how", None)
    if "rule" in row:
        return
    line, cell = row["name"].line, row["name"].cell
    if how is None:
        row["gather" if has_children else "rule"] = Node("sum" if has_children else Kind.GIVEN.value, line, cell)
        if not has_children and "unit" not in row:
            row["unit"] = Node("điểm", line, cell)
        return
    try:
        kind, settings = read_words(str(how.value))
    except BadRule as reason:
        report.fault(how.place, str(reason))
        row["gather" if has_children else "rule"] = Node("sum" if has_children else Kind.GIVEN.value, line, cell)
        return
    key = "rule" if isinstance(kind, Kind) else "gather"
    entries = {"kind": Node(kind.value, how.line, how.cell)}
    entries |= {name: Node(text, how.line, how.cell) for name, text in settings.items()}
    row[key] = Node(entries if settings else kind.value, how.line, how.cell)
