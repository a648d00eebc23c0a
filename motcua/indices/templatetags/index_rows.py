"""The rows of a sheet and of the overview: drawn here and not by a template (decision 7), for a page has hundreds of cells."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from html import escape
from typing import Any, Final

from django import template
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from motcua.indices.queries import Cell, Line, Sheet, Table
from motcua.indices.queries.overview import Standing
from motcua.indices.templatetags.indices import points
from motcua.ui.tags.pieces import meter, tag

register = template.Library()
_NOTHING: Final = '<span class="mut">–</span>'


@register.simple_tag
def unit_rows(table: Table) -> SafeString:
    """Units of the overview: one cell for each round, or one line of words where there is one round only."""
    if len(table.rounds) == 1:
        return mark_safe("".join(_one_round(name, cell) for name, cells in table.rows for cell in cells if cell))
    addresses = [_sheets_of(one) for one in table.rounds]
    shown = cache(points)
    return mark_safe("".join(_many_rounds(name, cells, addresses, shown) for name, cells in table.rows))


def _sheets_of(one: Standing) -> tuple[str, str]:
    """The address of a sheet of this round, before and after the number of the unit."""
    before, _zero, after = reverse("indices:sheet", args=[one.round.pk, 0]).rpartition("0")
    return escape(before), escape(after)


def _many_rounds(name: str, cells: Sequence[Cell | None], addresses: Sequence[tuple[str, str]], shown: Any) -> str:
    plain = escape(name)
    found = [f'<tr><th scope="row">{plain}</th>']
    for cell, (before, after) in zip(cells, addresses, strict=True):
        if cell is None:
            found.append(f'<td class="r">{_NOTHING}</td>')
            continue
        then = "" if cell.before is None else f" · {shown(cell.before)}"
        found.append(
            f'<td class="r"><a class="main" href="{before}{cell.unit}{after}">{shown(cell.points)}'
            f'<span class="sr">, {plain}</span></a><small>{cell.scored}/{cell.criteria}{then}</small></td>'
        )
    return "".join([*found, "</tr>"])


def _one_round(name: str, cell: Cell) -> str:
    address = escape(reverse("indices:sheet", args=[cell.round, cell.unit]))
    now, before, said = escape(_("Điểm đến nay:")), escape(_("Năm trước:")), escape(_("Đã tự chấm:"))
    return (
        f'<tr role="row"><td role="cell"><a class="main" href="{address}">{escape(name)}</a></td>'
        f'<td class="r" role="cell"><span class="only-phone">{now} </span><b>{points(cell.points)}</b></td>'
        f'<td class="r mut" role="cell"><span class="only-phone">{before} </span>{points(cell.before)}</td>'
        f'<td class="r" role="cell"><span class="only-phone">{said} </span>{cell.scored}/{cell.criteria}'
        f"{meter(cell.share)}</td></tr>"
    )


@register.simple_tag
def sheet_rows(
    sheet: Sheet, lines: Iterable[Line], heads: Sequence[tuple[str, Any]], owners: int, confirming: str
) -> SafeString:
    """Areas and criteria of one unit with every judgement, the year before, what proves them and what is open."""
    rows = _Rows(sheet, heads, whose=owners > 1, confirming=bool(confirming))
    return mark_safe("".join(map(rows.line, lines)))


class _Rows:
    """What the rows of one sheet have in common, looked for once: addresses, signs, words in the reader's language."""

    def __init__(self, sheet: Sheet, heads: Sequence[tuple[str, Any]], *, whose: bool, confirming: bool) -> None:
        self.heads = [(name, escape(str(label))) for name, label in heads]
        self.year = sheet.before_year
        self.whose, self.confirming = whose, confirming
        before, _zero, after = reverse("indices:answer", args=[0]).rpartition("0")
        self.before, self.after = escape(before), escape(after)
        self.points = cache(points)
        self.sign: Any = cache(lambda key: f" {tag(*_SIGNS[key], str(_WORDS[key]()))}")

    def line(self, line: Line) -> str:
        """One row of the annex."""
        level = "lv0" if line.answer is None else "lv2" if line.depth > 1 else "lv1"
        return (
            f'<tr role="row" class="{level}"><td role="rowheader"><span class="nm">{self._check(line)}'
            f'<span class="cd mut">{escape(line.criterion.number)}</span><span>{self._name(line)}{self._phone(line)}'
            f"</span></span></td>{self._cells(line)}</tr>"
        )

    def _check(self, line: Line) -> str:
        if not self.confirming or line.answer is None:
            return ""
        if line.latest is None and not (line.criterion.is_compared and line.answer.self_at is not None):
            return ""
        label = escape(_("Xác nhận %(code)s") % {"code": line.criterion.code})
        return (
            f'<input class="check" type="checkbox" form="xn" name="chon" value="{line.answer.pk}:{line.answer.version}"'
            f' aria-label="{label}">'
        )

    def _name(self, line: Line) -> str:
        name = escape(line.criterion.name)
        if line.answer is None:
            return f"<b>{name}</b>"
        signs = [key for key, there in _signs(line).items() if there]
        return (
            f'<a class="main" href="{self.before}{line.answer.pk}{self.after}">{name}</a>'
            f"{''.join(map(self.sign, signs))}{_beside(line)}"
        )

    def _phone(self, line: Line) -> str:
        parts = [f"{label} <b>{self.points(line.points.get(name))}</b>" for name, label in self.heads]
        told = f"{' · '.join(parts)} / {self._most(line)}"
        if self.year:
            told += f" · {self.year}: {self.points(line.before)}"
        if self.whose and line.owner:
            told += f" · {escape(line.owner)}"
        return f'<small class="only-phone">{told}</small>'

    def _most(self, line: Line) -> str:
        return str(self.points(line.criterion.most))

    def _cells(self, line: Line) -> str:
        found = [f'<td class="r not-phone" role="cell">{self._most(line)}</td>']
        found += [
            f'<td class="r not-phone" role="cell">{self.points(line.points.get(name))}</td>' for name, _l in self.heads
        ]
        if self.year:
            found.append(f'<td class="r mut not-phone" role="cell">{self.points(line.before)}</td>')
        if self.whose:
            found.append(f'<td class="not-phone" role="cell">{escape(line.owner)}</td>')
        return "".join(found)


def _signs(line: Line) -> dict[str, bool]:
    """What is open or changed in a row."""
    return {
        "unanswered": line.unanswered,
        "changed": line.changed,
        "replied": line.objected and line.replied,
        "objected": line.objected and not line.replied,
        "proposed": line.proposed is not None,
    }


_SIGNS: Final = {
    "unanswered": ("", "circle"),
    "changed": ("nghe", "pencil"),
    "replied": ("la", "message-square"),
    "objected": ("nghe", "message-square"),
    "proposed": ("la", "link"),
}
_WORDS: Final[Mapping[str, Any]] = {
    "unanswered": lambda: _("chưa chấm"),
    "changed": lambda: _("điểm thay đổi"),
    "replied": lambda: _("đã trả lời ý kiến"),
    "objected": lambda: _("có ý kiến"),
    "proposed": lambda: _("có số liệu"),
}


def _beside(line: Line) -> str:
    """How many papers and words stand behind a row."""
    told = []
    if line.proofs:
        told.append(ngettext("%(n)s tài liệu", "%(n)s tài liệu", line.proofs) % {"n": line.proofs})
    if line.remarks:
        told.append(ngettext("%(n)s trao đổi", "%(n)s trao đổi", line.remarks) % {"n": line.remarks})
    return f"<small>{escape(' · '.join(told))}</small>" if told else ""
