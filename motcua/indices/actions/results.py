"""Official results as published, so that a province sees itself among all."""

import csv
import hashlib
import io
from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from fractions import Fraction

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.base import journal
from motcua.base.actors import Actor
from motcua.base.clock import day_of
from motcua.base.errors import Refused
from motcua.base.text import squeeze, unaccented
from motcua.indices.events import ResultsImported
from motcua.indices.models import OfficialResult
from motcua.indices.rules.annex.cells import Cells, open_book
from motcua.indices.rules.numbers import decimal_text, half_up
from motcua.indices.rules.official import canonical, head_of
from motcua.indices.rules.shipped import codes, index_of
from motcua.indices.rules.tables import Report
from motcua.indices.rules.verifying import read_published
from motcua.organisations import queries as organisations
from motcua.organisations.terms import Level

_ADMITTED = frozenset({"leader", "controller", "administrator"})
_PLACES = frozenset({Level.PROVINCE.value, Level.DEPARTMENT.value})
_SCORE_DIGITS = 18
_MOST_COLUMNS = 60
_YEARS = range(1990, 2101)


@transaction.atomic
def import_results(
    content: bytes,
    *,
    index: str,
    year: int,
    source: str,
    name: str = "",
    least: Fraction = Fraction(0),
    by: Actor,
    at: datetime,
) -> int:
    """`unit,score[,rank]` of one index and year, other columns are parts: all rows or none, in place of an earlier import.

    A CSV file, or the first sheet of an Excel file (.xlsx) with the publisher's own titles.
    """
    if found := importing_objections(by, at):
        raise Refused(found)
    index = _known(index)
    _check(index, year, source)
    table = _sheet(content) if name.lower().endswith(".xlsx") else content
    published = read_published(table, least, with_parts=True)
    names = _names(published.scores)
    sha = hashlib.sha256(content).hexdigest()
    OfficialResult.objects.filter(index=index, year=year).delete()
    OfficialResult.objects.bulk_create(
        [
            OfficialResult(
                index=index,
                year=year,
                unit=names[unit],
                unit_key=unaccented(names[unit]),
                score=None if score is None else Decimal(decimal_text(half_up(score, _SCORE_DIGITS))),
                rank=None if unit not in published.ranks else Decimal(decimal_text(published.ranks[unit])),
                parts={code: decimal_text(points) for code, points in published.parts.get(unit, {}).items()},
                source=squeeze(source)[:300],
                sha256=sha,
                imported_by_id=by.id,
                imported_at=at,
            )
            for unit, score in published.scores.items()
        ]
    )
    event = ResultsImported(index=index, year=year, units=len(published.scores), sha256=sha)
    journal.record(event, stream=f"indices.results:{unaccented(index).replace(' ', '-')}-{year}", by=by, at=at)
    return len(published.scores)


def importing_objections(by: Actor, at: datetime) -> list[str]:
    """Why this person may not take in results of the whole country; empty when they may: those of province and departments."""
    if by.id is None:
        return []
    if not _ADMITTED & {str(role) for role in by.roles}:
        return [_("Việc này của lãnh đạo, cán bộ kiểm soát thủ tục hành chính hoặc quản trị.")]
    place = None if by.agency is None else organisations.version_on(by.agency, day_of(at))
    if place is None or place.level not in _PLACES:
        return [_("Kết quả của cả nước do cơ quan cấp tỉnh hoặc sở, ban, ngành nhập.")]
    return []


def _known(index: str) -> str:
    """The index as it is called already: "pci" is PCI."""
    asked = squeeze(index)
    names = {
        *OfficialResult.objects.values_list("index", flat=True).distinct(),
        *map(index_of, codes()),
    }
    return next((name for name in sorted(names) if name.casefold() == asked.casefold()), asked)


def _check(index: str, year: int, source: str) -> None:
    found = []
    if not index.strip():
        found.append(_("Hãy ghi tên chỉ số."))
    if year not in _YEARS:
        found.append(_("Năm %d không dùng được.") % year)
    if not source.strip():
        found.append(_("Hãy ghi nguồn của số liệu."))
    if found:
        raise Refused(found)


def _names(units: Iterable[str]) -> dict[str, str]:
    """Each unit of the file by its one spelling; two spellings of one province are told."""
    found: dict[str, str] = {}
    first: dict[str, str] = {}
    faults = []
    for unit in units:
        name = found[unit] = canonical(unit)
        if name in first:
            faults.append(
                _("“%(one)s” và “%(other)s” là cùng một đơn vị (%(name)s).")
                % {"one": first[name], "other": unit, "name": name}
            )
        first[name] = unit
    if faults:
        raise Refused(faults)
    return found


def _sheet(content: bytes) -> bytes:
    """The first sheet of a workbook as the table we read; the titles of publishers are understood."""
    values, formulas = open_book(content)
    cells = Cells(values.worksheets[0], formulas.worksheets[0], Report())
    width = min(cells.values.max_column, _MOST_COLUMNS)
    rows = [[cells.text(row, column) for column in range(1, width + 1)] for row in range(1, cells.values.max_row + 1)]
    for number, row in enumerate(rows):
        heads = [head_of(title) for title in row]
        if "unit" in heads and "score" in heads:
            return _as_csv(heads, rows[number + 1 :])
    raise Refused(_("Trang %s: không thấy dòng tiêu đề có Đơn vị và Điểm.") % cells.values.title)


def _as_csv(heads: list[str], rows: list[list[str]]) -> bytes:
    unit = heads.index("unit")
    kept = [unit, *(place for place, head in enumerate(heads) if head and place != unit and head.lower() != "stt")]
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([heads[place] for place in kept])
    writer.writerows([[row[place] for place in kept] for row in rows if any(row)])
    return text.getvalue().encode("utf-8")
