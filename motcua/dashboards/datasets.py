"""Open data: the same figures as on the pages, as tables, with small cells withheld."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, NamedTuple

from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from motcua.base import downloads
from motcua.base.clock import day_of
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
    """Every declared measure of every unit directly under the province; amounts only where they may be told of it."""
    found = figures.figures(asking.asked(top.agency, period, at))
    register = organisations.register()
    day = asking.span_of(period, at).until
    columns = ["period", "agency_code", "agency_name", *MEASURES]
    amounts, today = [one for one in MEASURES.values() if one.amounts], day_of(at)
    told = told_by_unit(top.agency, period, today=today)
    ended = told_figures(top.agency, period, told, amounts, today=today)
    rows = [_of_agency(period, top, found.whole)]
    for agency, values in sorted(found.parts.items()):
        version = register.nearest(agency, day)
        if version is not None:
            of_unit = ended.parts.get(agency, {}) if ended else {}
            named = {one.code: of_unit.get(one.code) if told.of(agency, one) else None for one in amounts}
            rows.append(_of_agency(period, version, {**values, **named}))
    return Table(columns, rows)


def _of_agency(period: Period, version: Version, values: Mapping[str, figures.Figure | None]) -> list[Any]:
    plain = [None if (one := values[code]) is None else _plain(one.value) for code in MEASURES]
    return [period.text, version.code, version.name, *plain]


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


def _plain(value: Any) -> Any:
    return None if value is None else float(value)


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
        _("Mã định danh của cơ quan giải quyết, ví dụ H48.115; dòng mã tỉnh là cả tỉnh."),
    ),
    Column("agency_name", _("Tên cơ quan"), _("Tên cơ quan trong kỳ ấy.")),
    Column("procedure_code", _("Mã thủ tục"), _("Mã thủ tục hành chính trên Cơ sở dữ liệu quốc gia, ví dụ 1.001193.")),
)
"""The columns beside the figures."""

ALL: Final = {
    "don-vi": Dataset(
        _("Số liệu theo cơ quan"),
        _(
            "Mỗi dòng là một cơ quan trực thuộc tỉnh trong kỳ, mỗi cột là một số liệu. Số đếm trên mọi thủ tục của một cơ quan công bố đủ, kể cả số nhỏ: đó là việc cơ quan đã làm, không chỉ ra ai. Số tiền, số giờ, điểm đánh giá của một cơ quan chỉ tính các tháng đã hết và để trống khi có tháng chưa đủ 5 lượt, vì của ít người thì lộ ra từng người."
        ),
        by_agency,
    ),
    "thu-tuc": Dataset(
        _("Hồ sơ tiếp nhận theo cơ quan và thủ tục"),
        _("Từng tháng đã hết. Ô để trống là số nhỏ không công bố, để không ai bị nhận ra."),
        by_procedure,
    ),
}


def answer(table: Table, name: str, period: Period, kind: str) -> HttpResponse:
    """The table as a file that says under which licence it may be used."""
    file = f"motcua-{name}-{period.text}.{kind}"
    if kind == "json":
        rows = [dict(zip(table.columns, row, strict=True)) for row in table.rows]
        body = {"licence": LICENCE, "period": period.text, "columns": table.columns, "rows": rows}
        text = json.dumps(body, ensure_ascii=False, cls=DjangoJSONEncoder)
        found = downloads.saved(text, file, kind="application/json")
    else:
        found = downloads.saved(csv_text(table.columns, table.rows), file, kind=CSV)
    found.headers["Link"] = f'<{LICENCE_URL}>; rel="license"'
    return found
