"""Open data: the same figures as on the pages, as tables, with small cells withheld."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, Final, NamedTuple

from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from motcua.base import downloads
from motcua.base.clock import day_of, local
from motcua.base.tables import CSV, csv_text
from motcua.dashboards import asking
from motcua.measures.queries import figures
from motcua.measures.queries.cells import published_cells
from motcua.measures.queries.told import told_by_unit, told_figures
from motcua.measures.rules.declared import MEASURES
from motcua.measures.rules.periods import Period
from motcua.organisations import queries as organisations
from motcua.organisations.rules import Version

LICENCE: Final = "CC BY 4.0"
LICENCE_URL: Final = "https://creativecommons.org/licenses/by/4.0/"


class Table(NamedTuple):
    """Columns and rows of plain values."""

    columns: list[str]
    rows: list[list[Any]]


@dataclass(frozen=True)
class Dataset:
    """One table that anybody may take along."""

    title: Any
    sentence: Any
    rows: Callable[[Version, Period, datetime], Table]


def by_agency(top: Version, period: Period, at: datetime) -> Table:
    """Every declared measure of the province, of what stands with it alone, and of every unit directly under it.

    Amounts of a unit only where they may be told of it; nothing where a definition holds on no day of the period.
    """
    found = figures.figures(asking.asked(top.agency, period, at))
    register = organisations.register()
    day = asking.span_of(period, at).until
    columns = ["period", "agency_code", "agency_name", *MEASURES]
    amounts, today = [one for one in MEASURES.values() if one.amounts], day_of(at)
    told = told_by_unit(top.agency, period, today=today)
    ended = told_figures(top.agency, period, told, amounts, today=today)
    rows = [_of_agency(period, top, found.whole)]
    if any(one.numerator or one.denominator for one in found.own.values()):
        of_top = ended.own if ended else {}
        named = {one.code: of_top.get(one.code) if told.of(top.agency, one) else None for one in amounts}
        rows.append(_of_agency(period, top, {**found.own, **named}, own=True))
    for agency, values in sorted(found.parts.items()):
        version = register.nearest(agency, day)
        if version is not None:
            of_unit = ended.parts.get(agency, {}) if ended else {}
            named = {one.code: of_unit.get(one.code) if told.of(agency, one) else None for one in amounts}
            rows.append(_of_agency(period, version, {**values, **named}))
    return Table(columns, rows)


def _of_agency(
    period: Period, version: Version, values: Mapping[str, figures.Figure | None], *, own: bool = False
) -> list[Any]:
    plain = [
        None if (one := values[code]) is None or not measure.holds_in(period.first, period.last) else _plain(one.value)
        for code, measure in MEASURES.items()
    ]
    name = _("%(name)s (trực tiếp)") % {"name": version.name} if own else version.name
    return [period.text, version.code, name, *plain]


def by_procedure(top: Version, period: Period, at: datetime) -> Table:
    """Dossiers received per deciding agency and procedure; counts that would point at persons are withheld.

    Only whole months that have ended, each by itself, whatever period is asked for.
    """
    months = [one for one in asking.months_of(period) if one.last < day_of(at)]
    rows = [row for month in months for row in _of_month(top, month)]
    return Table(["period", "agency_code", "agency_name", "procedure_code", "received"], rows)


def _of_month(top: Version, month: Period) -> list[list[Any]]:
    register = organisations.register()
    return [
        [month.text, version.code, version.name, procedure, count]
        for agency, counts in published_cells(top.agency, month).items()
        if (version := register.nearest(agency, month.last)) is not None
        for procedure, count in counts.items()
    ]


def _plain(value: Decimal | None) -> int | float | None:
    """A count as a whole number, a share or an average with its decimals."""
    if value is None:
        return None
    return int(value) if value.as_tuple().exponent == 0 else float(value)


class Column(NamedTuple):
    """What a column that is no figure means."""

    code: str
    name: Any
    sentence: Any


COLUMNS: Final = (
    Column("period", _("Kỳ"), _("Tháng 2026-10, quý 2026-Q3 hoặc năm 2026.")),
    Column(
        "agency_code",
        _("Mã cơ quan"),
        _(
            "Mã định danh của cơ quan giải quyết, ví dụ H48.115; mã tỉnh là cả tỉnh, hoặc phần của riêng cấp tỉnh khi tên ghi (trực tiếp)."
        ),
    ),
    Column("agency_name", _("Tên cơ quan"), _("Tên cơ quan trong kỳ ấy.")),
    Column("procedure_code", _("Mã thủ tục"), _("Mã thủ tục hành chính trên Cơ sở dữ liệu quốc gia, ví dụ 1.001193.")),
)
"""The columns beside the figures."""

ALL: Final = {
    "don-vi": Dataset(
        _("Số liệu theo cơ quan"),
        _(
            "Dòng đầu là cả tỉnh, mỗi dòng sau là một cơ quan trực thuộc tỉnh trong kỳ, mỗi cột là một số liệu; kỳ chưa hết thì đếm tới lúc tải. Số đếm trên mọi thủ tục của một cơ quan công bố đủ, kể cả số nhỏ: đó là việc cơ quan đã làm, không chỉ ra ai. Số tiền, số giờ, thời gian dùng so với quy trình, điểm đánh giá của một cơ quan chỉ tính các tháng đã hết, và để trống khi có tháng chỉ từ 1 đến 4 lượt hoặc lấy tổng trừ đi thì biết được tháng ấy, vì của ít người thì lộ ra từng người."
        ),
        by_agency,
    ),
    "thu-tuc": Dataset(
        _("Hồ sơ tiếp nhận theo cơ quan và thủ tục"),
        _(
            "Mỗi dòng là một cơ quan, một thủ tục, một tháng đã hết trong kỳ. Ô để trống là số từ 1 đến 4, hoặc số mà có nó thì lấy tổng trừ đi biết được số nhỏ: không công bố, để không ai bị nhận ra."
        ),
        by_procedure,
    ),
}


def answer(table: Table, name: str, period: Period, kind: str, at: datetime) -> HttpResponse:
    """The table as a file that says under which licence it may be used; JSON also until when it counts and what does not hold."""
    file = f"motcua-{name}-{period.text}.{kind}"
    if kind == "json":
        body = {
            "licence": LICENCE,
            "licence_url": LICENCE_URL,
            "period": period.text,
            "counted_at": local(at),
            "columns": table.columns,
            "notes": notes(table.columns, period),
            "rows": [dict(zip(table.columns, row, strict=True)) for row in table.rows],
        }
        text = json.dumps(body, ensure_ascii=False, cls=DjangoJSONEncoder)
        found = downloads.saved(text, file, kind="application/json")
    else:
        found = downloads.saved(csv_text(table.columns, table.rows), file, kind=CSV)
    found.headers["Link"] = f'<{LICENCE_URL}>; rel="license"'
    return found


def notes(columns: Sequence[str], period: Period) -> dict[str, str]:
    """The columns whose definitions do not hold in all of the period, and that they do not."""
    told = {one: MEASURES[one].validity_told(period.first, period.last) for one in columns if one in MEASURES}
    return {code: said for code, said in told.items() if said}
