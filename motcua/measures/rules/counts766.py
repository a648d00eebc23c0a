"""Counts of QĐ 766 in the forms the portal publishes, known by their columns; each row becomes a score or none."""

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from types import MappingProxyType
from typing import Final, NamedTuple

from motcua.base.errors import Refused
from motcua.measures.rules.scoring import Component, Group, IndexSet, ranks

Row = Mapping[str, str]


class Counted(NamedTuple):
    """What one row says of one component: counts, or only a share, or nothing."""

    component: Component
    numerator: Fraction | None
    denominator: Fraction | None
    ratio: Fraction | None = None

    @property
    def score(self) -> Decimal | None:
        """From the counts; without counts from the share; without both there is none."""
        if self.numerator is not None and self.denominator is not None:
            return self.component.score(self.numerator, self.denominator)
        return None if self.ratio is None else self.component.score_of(self.ratio)


class Scored(NamedTuple):
    """One row of the answer."""

    row: int
    unit_code: str
    metric: str
    score: Decimal | None
    parts: tuple[Counted, ...] = ()
    rank: int | None = None
    ranks: Mapping[str, int | None] = MappingProxyType({})
    """Of a table of totals: the rank in each group, by the name of its column."""


class Form(NamedTuple):
    """A form: the columns by which it is known, and how a row is read."""

    name: str
    columns: frozenset[str]
    read: Callable[[Row, IndexSet], tuple[str, list[Counted]]]


def read_counts(lines: Iterable[str], index: IndexSet) -> list[Scored]:
    """Score every row in order. A header of no known form, or a number that is none, is refused with a sentence."""
    reader = csv.DictReader(lines)
    header = [(name or "").strip() for name in reader.fieldnames or ()]
    reader.fieldnames = header
    rows = [
        {str(name): (value or "").strip() for name, value in row.items() if isinstance(value, str)} for row in reader
    ]
    if set(header) >= _TOTALS:
        return _totals(rows, index)
    form = next((one for one in FORMS if one.columns <= set(header)), None)
    if form is None:
        known = "; ".join(f"{one.name}: {', '.join(sorted(one.columns))}" for one in FORMS)
        raise Refused(f"Không nhận ra biểu mẫu qua tên cột. Các biểu mẫu đã biết: {known}.")
    return list(_scored(rows, form, index))


def _scored(rows: Iterable[Row], form: Form, index: IndexSet) -> Iterator[Scored]:
    for number, row in enumerate(rows, start=1):
        try:
            metric, parts = form.read(row, index)
        except ValueError as wrong:
            raise Refused(f"Dòng {number}: {wrong}.") from None
        scores = [one.score for one in parts]
        known = [one for one in scores if one is not None]
        yield Scored(number, row.get("unit_code", ""), metric, sum(known, Decimal(0)) if known else None, tuple(parts))


def _number(row: Row, name: str) -> Fraction | None:
    """The count in that column; an empty field is no data, never 0."""
    text = row.get(name, "")
    if not text:
        return None
    try:
        value = Decimal(text)
    except InvalidOperation:
        raise ValueError(f"cột {name} ghi “{text[:40]}”, không phải số") from None
    if not value.is_finite() or value < 0:
        raise ValueError(f"cột {name} ghi “{text[:40]}”, không phải số đếm")
    return Fraction(value)


def _share(row: Row) -> Fraction | None:
    """The published share, in per cent."""
    found = _number(row, "ratio")
    return None if found is None else found / 100


def _one(row: Row, index: IndexSet, code: str, numerator: str, denominator: str) -> Counted:
    component = index.component(code)
    assert component is not None, code
    return Counted(component, _number(row, numerator), _number(row, denominator))


def _progress(row: Row, index: IndexSet) -> tuple[str, list[Counted]]:
    counted = _one(row, index, "ON_TIME", "on_time", "received")
    return "ON_TIME", [counted._replace(ratio=_share(row))]


def _payment(row: Row, index: IndexSet) -> tuple[str, list[Counted]]:
    return "TTTT", [
        _one(row, index, "PAID_ONLINE", "paid_dossiers", "obliged_dossiers"),
        _one(row, index, "TTHC_WITH_PAYMENT", "tthc_with_online_payment", "fee_tthc"),
        _one(row, index, "TTHC_PAYABLE", "fee_tthc_on_dvcqg", "fee_tthc"),
    ]


def _online(row: Row, index: IndexSet) -> tuple[str, list[Counted]]:
    provided = _one(row, index, "ONLINE_PROVIDED", "partial_tthc", "authority_tthc")
    full = _number(row, "full_tthc")
    both = None if provided.numerator is None or full is None else provided.numerator + full
    return "DVCTT", [
        provided._replace(numerator=both),
        _one(row, index, "ONLINE_WITH_DOSSIER", "services_with_online_dossier", "online_services"),
        _one(row, index, "ONLINE_DOSSIER", "online_dossiers", "total_dossiers"),
    ]


def _by_metric(row: Row, index: IndexSet) -> tuple[str, list[Counted]]:
    code = row.get("metric", "")
    component = index.component(code)
    if component is None:
        raise ValueError(f"không có chỉ số “{code[:60]}” trong {index.name}")
    return code, [Counted(component, _number(row, "numerator"), _number(row, "denominator"), _share(row))]


FORMS: Final = (
    Form("tiến độ giải quyết", frozenset({"received", "on_time"}), _progress),
    Form(
        "thanh toán trực tuyến",
        frozenset({"paid_dossiers", "obliged_dossiers", "tthc_with_online_payment", "fee_tthc_on_dvcqg", "fee_tthc"}),
        _payment,
    ),
    Form(
        "dịch vụ công trực tuyến",
        frozenset(
            {
                *("authority_tthc", "partial_tthc", "full_tthc", "services_with_online_dossier", "online_services"),
                *("online_dossiers", "total_dossiers"),
            }
        ),
        _online,
    ),
    Form("theo chỉ số thành phần", frozenset({"metric", "numerator", "denominator"}), _by_metric),
)
_TOTALS: Final = frozenset({"department_code", "CKMB", "TDGQ", "MDSH", "MDHL", "TTTT"})
"""The table of provinces: the groups are given, their sum and the ranks are to be found."""


def _totals(rows: list[dict[str, str]], index: IndexSet) -> list[Scored]:
    """One row per unit: the sum of its groups, and its ranks among the rows of the table, by the sum and by each group."""
    groups = {name: column for group in index.groups for name, column in _column_of(rows, group)}
    sums = [_sum_of_groups(one) for one in zip(*groups.values(), strict=True)]
    placed = {name: ranks(column) for name, column in groups.items()}
    return [
        Scored(
            number,
            row["department_code"],
            "TOTAL",
            total,
            rank=rank,
            ranks={name: places[number - 1] for name, places in placed.items()},
        )
        for number, (row, total, rank) in enumerate(zip(rows, sums, ranks(sums), strict=True), start=1)
    ]


def _column_of(rows: list[dict[str, str]], group: Group) -> Iterator[tuple[str, list[Decimal | None]]]:
    """The published scores of a group, under the name it bears in this table."""
    name = next((one for one in (group.code, *group.aliases) if any(row.get(one) for row in rows)), group.code)
    column = []
    for number, row in enumerate(rows, start=1):
        try:
            column.append(group_score(row, group))
        except ValueError as wrong:
            raise Refused(f"Dòng {number}: {wrong}.") from None
    yield name, column


def _sum_of_groups(scores: Iterable[Decimal | None]) -> Decimal | None:
    known = [one for one in scores if one is not None]
    return sum(known, Decimal(0)) if known else None


def group_score(row: Row, group: Group) -> Decimal | None:
    """The published score of a group, under any of its names."""
    for name in (group.code, *group.aliases):
        if (found := _number(row, name)) is not None:
            return Decimal(found.numerator) / Decimal(found.denominator)
    return None
