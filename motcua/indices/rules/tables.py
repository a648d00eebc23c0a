"""Tables of figures and of published scores: read wholly or refused wholly, each fault with its place and its reason."""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Final

from motcua.base.errors import Refused
from motcua.base.text import squeeze, unaccented
from motcua.indices.rules.definition import Criterion, IndexSet
from motcua.indices.rules.kinds import Counted, Deduction, Given, Options, Ratio, Survey, Value, option_key
from motcua.indices.rules.numbers import NotANumber, decimal_text, number
from motcua.indices.rules.scoring import Figures
from motcua.indices.terms import _

MOST_BYTES: Final = 20_000_000
MOST_UNITS: Final = 20_000
MOST_FAULTS: Final = 200
_SUMMARY: Final = re.compile(
    r"(diem )?(cao|thap|lon|nho) nhat|trung (binh|vi)|tong( cong| so)?|ca nuoc|toan quoc|max|min|mean|median|average|total|sum"
)
_NOT_CODE: Final = re.compile(r"[^0-9a-z.]+")
_CLOSE: Final = Fraction(1, 1000)


@dataclass
class Report:
    """What is wrong, each with its place; what is worth knowing."""

    faults: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    def fault(self, place: str, reason: str) -> None:
        """Add one; very long lists end early, for a person has to read them."""
        if len(self.faults) == MOST_FAULTS:
            self.faults.append(_("Còn nhiều lỗi nữa, chưa liệt kê hết."))
        if len(self.faults) < MOST_FAULTS:
            self.faults.append(f"{place}: {reason}." if place else f"{reason}.")

    def refuse(self) -> None:
        """Stop here if anything is wrong: nothing is done by halves."""
        if self.faults:
            raise Refused(self.faults)


@dataclass(frozen=True)
class Table:
    """Figures that may be scored, and what was noticed on the way."""

    figures: Figures
    remarks: tuple[str, ...]


@dataclass(frozen=True)
class Line:
    """One row of a table with its number in the file."""

    number: int
    unit: str
    cells: Mapping[str, str]


def read_figures(content: bytes, definition: IndexSet) -> Table:
    """The figures of one table: first column `unit`, then one column for each component criterion."""
    report = Report()
    header, lines = read_lines(content, report)
    before = len(report.faults)
    chosen = _columns(header, definition, report)
    if len(report.faults) > before or not lines:
        report.refuse()
    options = {each.code: each for each in definition.leaves if isinstance(each.rule, Options)}
    columns: dict[str, list[Value]] = {column: [] for column in chosen}
    for line in lines:
        for column, name in chosen.items():
            place = _("Dòng %(line)d (%(unit)s), cột %(column)s") % {
                "line": line.number,
                "unit": line.unit,
                "column": name,
            }
            text = line.cells[name].strip()
            if not text:
                columns[column].append(None)
            elif column in options:
                columns[column].append(_answer(text, options[column], place, report))
            else:
                columns[column].append(_figure(text, place, report))
    figures = Figures(tuple(line.unit for line in lines), columns)
    if not report.faults:
        _check_values(figures, definition, lines, chosen, report)
    report.refuse()
    _remark(figures, definition, report)
    return Table(figures, tuple(report.remarks))


def read_lines(content: bytes, report: Report) -> tuple[list[str], list[Line]]:
    """Rows of a CSV file as text, after the checks that hold for every table."""
    text = _text(content)
    if text.lstrip()[:1] == "":
        raise Refused(_("Tệp trống, không có dòng nào."))
    try:
        rows = [(reader_line, row) for reader_line, row in _rows(text)]
    except csv.Error as reason:
        raise Refused(_("Không đọc được tệp CSV: %s.") % reason) from None
    header = [squeeze(name) for name in rows[0][1]]
    if len(header) == 1 and (";" in header[0] or "\t" in header[0]):
        raise Refused(_("Dòng 1: các cột phải cách nhau bằng dấu phẩy, tệp này dùng dấu chấm phẩy hoặc tab."))
    if header[0].casefold() != "unit":
        report.fault(_("Dòng 1"), _("cột đầu tiên phải là “unit” (đơn vị), đang là “%s”") % header[0][:40])
    for name in sorted({name for name in header if header.count(name) > 1}):
        report.fault(_("Dòng 1"), _("cột “%s” có hai lần") % name[:60])
    lines = list(_lines(header, rows[1:], report))
    if not lines and not report.faults:
        report.fault("", _("Tệp chỉ có dòng tiêu đề, không có đơn vị nào"))
    return header, lines


def read_groups(content: bytes, name: str) -> list[str]:
    """The group of each unit, from a column of the table of figures that is no criterion; nobody without one."""
    report = Report()
    header, lines = read_lines(content, report)
    report.refuse()
    found = next((one for one in header[1:] if column_key(one) == column_key(name)), None)
    if found is None:
        raise Refused(_("Dòng 1: không có cột nhóm “%s”.") % name[:60])
    for line in lines:
        if not line.cells[found].strip():
            place = _("Dòng %(line)d (%(unit)s), cột %(column)s") % {
                "line": line.number,
                "unit": line.unit,
                "column": found,
            }
            report.fault(place, _("chưa ghi nhóm"))
    report.refuse()
    return [squeeze(line.cells[found]) for line in lines]


def _text(content: bytes) -> str:
    if len(content) > MOST_BYTES:
        raise Refused(_("Tệp lớn hơn %d MB.") % (MOST_BYTES // 1_000_000))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = content[: fault.start].count(b"\n") + 1
        raise Refused(_("Dòng %d: tệp không phải UTF-8; hãy lưu lại là CSV UTF-8.") % line) from None
    if "\0" in text:
        raise Refused(_("Tệp có ký tự NUL, không phải CSV."))
    return text


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text), strict=True)
    for row in reader:
        if any(cell.strip() for cell in row):
            yield reader.line_num, row


def _lines(header: Sequence[str], rows: Sequence[tuple[int, list[str]]], report: Report) -> Iterator[Line]:
    first: dict[str, int] = {}
    if len(rows) > MOST_UNITS:
        raise Refused(_("Tệp có hơn %d đơn vị.") % MOST_UNITS)
    for line, row in rows:
        place = _("Dòng %d") % line
        if len(row) != len(header):
            words = _("có %(there)d ô, cần %(wanted)d")
            if len(row) > len(header):
                words = _("có %(there)d ô, cần %(wanted)d; số thập phân phải viết bằng dấu chấm")
            report.fault(place, words % {"there": len(row), "wanted": len(header)})
            continue
        unit = squeeze(row[0])
        if not unit:
            report.fault(place, _("thiếu tên hoặc mã đơn vị"))
            continue
        if _SUMMARY.fullmatch(unaccented(unit).rstrip(":")):
            report.fault(place, _("“%s” là dòng tổng hợp, không phải đơn vị; hãy xóa dòng này") % unit)
            continue
        key = unit.casefold()
        if key in first:
            report.fault(place, _("đơn vị “%(unit)s” đã có ở dòng %(line)d") % {"unit": unit[:60], "line": first[key]})
            continue
        first[key] = line
        yield Line(line, unit, dict(zip(header, row, strict=True)))


def column_key(name: str) -> str:
    """Columns are matched without regard to capitals and to what separates the parts of a code."""
    return _NOT_CODE.sub(".", unaccented(name)).strip(".")


def _columns(header: Sequence[str], definition: IndexSet, report: Report) -> dict[str, str]:
    """For each column the definition wants, the name it has in the file."""
    names: dict[str, str] = {}
    for name in header[1:]:
        names.setdefault(column_key(name), name)
    chosen: dict[str, str] = {}
    lacking: list[tuple[Criterion, list[str]]] = []
    for each in definition.leaves:
        absent = []
        for column in each.columns:
            end = column[len(each.code) :]
            wanted = [column, *(alias + end for alias in each.aliases)]
            found = next((names[key] for key in map(column_key, wanted) if key in names), None)
            if found is None:
                absent.append(column)
            else:
                chosen[column] = found
        if absent:
            lacking.append((each, absent))
    for each, absent in lacking:
        whole = len(absent) == len(each.columns)
        if not (whole and (definition.partial_data or each.absent != "none")):
            for column in absent:
                report.fault(
                    _("Dòng 1"), _("thiếu cột “%(column)s” (%(name)s)") % {"column": column, "name": each.name}
                )
        else:
            report.remarks.append(_("Không có cột của %(code)s (%(name)s).") % {"code": each.code, "name": each.name})
    if definition.partial_data and not chosen and not report.faults:
        report.fault(_("Dòng 1"), _("không có cột nào của bộ chỉ số %s") % definition.code)
    shown_only = {column_key(each.code) for each in definition.criteria if not each.is_scored}
    used = set(chosen.values())
    unknown = [name for name in header[1:] if name not in used and column_key(name) not in shown_only]
    if unknown:
        report.remarks.append(_("Cột không dùng đến: %s.") % ", ".join(one[:40] for one in unknown[:20]))
    return chosen


def _figure(text: str, place: str, report: Report) -> Value:
    try:
        return number(text)
    except NotANumber as reason:
        report.fault(place, str(reason))
        return None


def _answer(text: str, criterion: Criterion, place: str, report: Report) -> Value:
    assert isinstance(criterion.rule, Options)
    for option in criterion.rule.options:
        if option_key(option.name) == option_key(text):
            return option.name
    try:
        value = number(text)
    except NotANumber:
        value = None
    same = [option.name for option in criterion.rule.options if option.points == value]
    if same:
        return same[0]
    names = "; ".join(option.name for option in criterion.rule.options)
    report.fault(
        place, _("“%(text)s” không phải một mức của tiêu chí này (%(names)s)") % {"text": text[:40], "names": names}
    )
    return None


def _check_values(
    figures: Figures, definition: IndexSet, lines: Sequence[Line], chosen: Mapping[str, str], report: Report
) -> None:
    for each in definition.leaves:
        for column in each.columns:
            if column not in chosen:
                continue
            for line, value in zip(lines, figures.of(column), strict=True):
                if isinstance(value, Fraction) and (reason := _beyond(each, value)):
                    place = _("Dòng %(line)d (%(unit)s), cột %(column)s") % {
                        "line": line.number,
                        "unit": line.unit,
                        "column": chosen[column],
                    }
                    report.fault(place, reason)
    _check_pairs(figures, definition, lines, report)


def _check_pairs(figures: Figures, definition: IndexSet, lines: Sequence[Line], report: Report) -> None:
    for each in definition.leaves:
        if not (isinstance(each.rule, Ratio) and not each.rule.percent):
            continue
        above, below = figures.of(f"{each.code}.n"), figures.of(f"{each.code}.d")
        for line, n, d in zip(lines, above, below, strict=True):
            place = _("Dòng %(line)d (%(unit)s), tiêu chí %(code)s") % {
                "line": line.number,
                "unit": line.unit,
                "code": each.code,
            }
            if (n is None) != (d is None):
                report.fault(place, _("có tử số thì phải có mẫu số, và ngược lại"))
            elif d == 0 and n != 0:
                report.fault(place, _("mẫu số bằng 0 mà tử số lớn hơn 0"))


def _beyond(criterion: Criterion, value: Fraction) -> str:
    """Why a value cannot be, by the limits of its criterion; empty when it can."""
    rule, shown = criterion.rule, decimal_text(value)
    if isinstance(rule, Given):
        most, least = criterion.most, criterion.least
        if most is not None and value > most + _CLOSE * (most.denominator > 1000 or 1000 % most.denominator != 0):
            return _("%(value)s lớn hơn điểm tối đa %(most)s") % {"value": shown, "most": _short(most)}
        if value == 0 and least > 0:
            return _("0 nằm ngoài thang điểm (từ %s); nếu không có số liệu, hãy để trống ô") % _short(least)
        if value < least - _CLOSE * (1000 % least.denominator != 0):
            return _("%(value)s nhỏ hơn điểm tối thiểu %(least)s") % {"value": shown, "least": _short(least)}
    elif isinstance(rule, Ratio) and rule.percent and not 0 <= value <= 100:
        return _("%s nằm ngoài 0–100 %%") % shown
    elif isinstance(rule, Ratio | Counted | Deduction) and value < 0:
        return _("%s nhỏ hơn 0") % shown
    elif isinstance(rule, Survey) and not rule.low <= value <= rule.high:
        return _("%(value)s nằm ngoài thang %(low)s–%(high)s") % {
            "value": shown,
            "low": _short(rule.low),
            "high": _short(rule.high),
        }
    return ""


def _short(value: Fraction) -> str:
    return f"{float(value):.6g}"


def _remark(figures: Figures, definition: IndexSet, report: Report) -> None:
    if definition.unit_count and len(figures.units) != definition.unit_count:
        report.remarks.append(
            _("Có %(there)d đơn vị; bộ này công bố cho %(all)d đơn vị.")
            % {"there": len(figures.units), "all": definition.unit_count}
        )
    for each in definition.leaves:
        if not (isinstance(each.rule, Ratio) and not each.rule.percent):
            continue
        above, below = figures.of(f"{each.code}.n"), figures.of(f"{each.code}.d")
        for unit, n, d in zip(figures.units, above, below, strict=True):
            if isinstance(n, Fraction) and isinstance(d, Fraction) and n > d:
                report.remarks.append(
                    _("%(unit)s, %(code)s: tử số %(n)s lớn hơn mẫu số %(d)s; tính điểm tối đa.")
                    % {"unit": unit, "code": each.code, "n": decimal_text(n), "d": decimal_text(d)}
                )
