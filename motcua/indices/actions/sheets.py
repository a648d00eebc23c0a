"""A unit's sheet out to Excel and in from it: a trial writes nothing, and with one error nothing is written."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from motcua.base.actors import Actor
from motcua.base.clock import day_of
from motcua.base.errors import Refused
from motcua.base.excel import RowError, as_file, filled_rows, safe, text_in
from motcua.base.text import squeeze
from motcua.indices.actions.answering import self_score
from motcua.indices.actions.judging import appraise, check, decide
from motcua.indices.models import Answer, JudgedUnit, Round
from motcua.indices.queries import Line, answers_seen, definition_of_round, sheet, sight
from motcua.indices.rules.kinds import Ratio
from motcua.indices.rules.numbers import NotANumber, decimal_text, half_up
from motcua.indices.rules.numbers import points as read_points
from motcua.indices.rules.wording import in_words
from motcua.indices.terms import Stage

MOST_ROWS: Final = 1000
HEADS: Final[Mapping[str, str]] = {
    "code": "Mã",
    "number": "STT",
    "name": "Tiêu chí, tiêu chí thành phần",
    "most": "Điểm tối đa",
    "rule": "Cách tính",
    "value": "Giá trị",
    "numerator": "Tử số",
    "denominator": "Mẫu số",
    "note": "Giải trình",
    "self": "Điểm tự chấm",
    "checked": "Điểm kiểm tra",
    "appraised": "Điểm thẩm định",
    "decided": "Điểm hội đồng",
    "reason": "Lý do thay đổi điểm",
    "before": "Năm trước",
    "owner": "Đơn vị phụ trách",
    "proofs": "Số tài liệu",
    "version": "Lần sửa",
}
_WIDTHS: Final = {"name": 60, "rule": 34, "note": 40, "reason": 40, "owner": 28, "value": 22}
_SAYING: Final = ("value", "numerator", "denominator", "note")
_JUDGING: Final = {
    Stage.CHECKING: ("checked", check),
    Stage.APPRAISING: ("appraised", appraise),
    Stage.DECIDING: ("decided", decide),
}


@dataclass
class SheetReport:
    """What a sheet did, or would do in a trial."""

    rows: int = 0
    changed: list[str] = field(default_factory=list)
    same: int = 0
    errors: list[RowError] = field(default_factory=list)
    written: bool = False


def export_sheet(unit: JudgedUnit, round_: Round, *, by: Actor, at: datetime) -> bytes:
    """The sheet as the person may read it, in the layout of the annex."""
    found = sheet(unit, round_, by, at, day=day_of(at))
    book = Workbook()
    page = book.active
    page.title = "Phiếu chấm"
    page.append([f"{round_.title} · {unit.name}"])
    note = "" if not round_.set_version.example else "Bộ ví dụ, không phải văn bản chính thức. "
    page.append([f"{note}{found.round.set_version.name}. Mã kiểm tra định nghĩa: {round_.set_version.sha256[:16]}"])
    page.append(list(HEADS.values()))
    for line in found.lines:
        page.append([safe(value) for value in _cells(line)])
        if line.answer is None:
            for cell in page[page.max_row]:
                cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="EFEDE6")
    if found.adds_up:
        sums = [found.totals.get(name) for name in ("self", "checked", "appraised", "decided")]
        page.append(["", "", "Tổng", _number(found.most), "", "", "", "", "", *sums, "", found.before_total])
        for cell in page[page.max_row]:
            cell.font = Font(bold=True)
    for number, name in enumerate(HEADS, start=1):
        page.column_dimensions[get_column_letter(number)].width = _WIDTHS.get(name, 13)
        page.cell(3, number).font = Font(bold=True)
        page.cell(3, number).alignment = Alignment(wrap_text=True, vertical="top")
    page["A1"].font = Font(bold=True, size=14)
    page.freeze_panes = "D4"
    return as_file(book)


def _cells(line: Line) -> list[Any]:
    criterion, answer = line.criterion, line.answer
    pair = answer is not None and isinstance(criterion.rule, Ratio) and not criterion.rule.percent
    said = "" if answer is None or answer.self_at is None else answer.value
    below = "" if answer is None or answer.self_at is None else answer.below
    reasons = [] if answer is None else [getattr(answer, f"{one}_note") for one in ("checked", "appraised", "decided")]
    shown = [
        why for one, why in zip(("checked", "appraised", "decided"), reasons, strict=False) if line.points.get(one)
    ]
    return [
        criterion.code,
        criterion.number,
        criterion.name,
        _number(criterion.most),
        in_words(criterion.rule),
        "" if pair else said,
        said if pair else "",
        below,
        "" if answer is None else answer.self_note,
        *(_given(line, one) for one in ("self", "checked", "appraised", "decided")),
        next((why for why in reversed(shown) if why), ""),
        line.before,
        line.owner,
        "" if answer is None else line.proofs,
        "" if answer is None else answer.version,
    ]


def _given(line: Line, column: str) -> Any:
    """Points that somebody gave: what the rule counts by comparing units is not to come back as if typed."""
    counted = line.criterion.is_compared and getattr(line.answer, f"{column}_points", None) is None
    return None if counted else line.points.get(column)


def _number(value: Any) -> Any:
    return None if value is None else float(decimal_text(half_up(value, 6)))


# In


def import_sheet(
    content: bytes, unit: JudgedUnit, round_: Round, *, by: Actor, at: datetime, dry_run: bool = False
) -> SheetReport:
    """Values while units score themselves, points of the stage while others judge; rows that say the same are left alone."""
    stage = Stage(round_.stage)
    if stage is not Stage.SELF_SCORING and stage not in _JUDGING:
        raise Refused(_("Đợt đánh giá đang ở bước “%s” nên không nhập điểm từ bảng.") % stage.label)
    report = SheetReport()
    with transaction.atomic():
        mine = answers_seen(round_, sight(round_, by, at)).filter(unit=unit).select_related("unit")
        answers = {one.criterion.casefold(): one for one in mine}
        definition = definition_of_round(round_)
        seen: set[str] = set()
        missing = _("Không thấy dòng tiêu đề có cột “Mã”. Tải phiếu từ trang này rồi điền vào đó.")
        for number, cells in filled_rows(content, HEADS, needed=("code",), most=MOST_ROWS, missing=missing):
            code = text_in(cells.get("code"))
            if not code or (code in definition.by_code and not definition.by_code[code].is_leaf):
                continue
            report.rows += 1
            answer = answers.get(code.casefold())
            if answer is None:
                report.errors.append(RowError(number, HEADS["code"], _("Không có tiêu chí mang mã này trong phiếu.")))
            elif code.casefold() in seen:
                report.errors.append(RowError(number, HEADS["code"], _("Mã này có hai lần trong bảng.")))
            else:
                seen.add(code.casefold())
                _take(number, cells, answer, stage, report, by=by, at=at)
        if not report.rows:
            raise Refused(_("Bảng chưa có dòng nào dưới dòng tiêu đề."))
        report.written = bool(report.changed) and not (dry_run or report.errors)
        if not report.written:
            transaction.set_rollback(True)
    return report


def _take(
    number: int, cells: Mapping[str, Any], answer: Answer, stage: Stage, report: SheetReport, *, by: Actor, at: datetime
) -> None:
    column = _changed_column(cells, answer, stage)
    if not column:
        report.same += 1
        return
    version = text_in(cells.get("version"))
    if version and not version.isdecimal():
        report.errors.append(RowError(number, HEADS["version"], _("“Lần sửa” phải là số có sẵn trong bảng tải về.")))
        return
    seen = int(version) if version else None
    try:
        with transaction.atomic():
            if stage is Stage.SELF_SCORING:
                value, above, below, note = (text_in(cells.get(name)) for name in _SAYING)
                self_score(answer, value=value, numerator=above, denominator=below, note=note, by=by, at=at, seen=seen)
            else:
                _column, act = _JUDGING[stage]
                act(
                    answer,
                    points=text_in(cells.get(column)),
                    reason=text_in(cells.get("reason")),
                    by=by,
                    at=at,
                    seen=seen,
                )
    except Refused as refused:
        report.errors += [RowError(number, HEADS[column], reason) for reason in refused.objections]
    else:
        report.changed.append(answer.criterion)


def _changed_column(cells: Mapping[str, Any], answer: Answer, stage: Stage) -> str:
    """The first column of the row that says something else than what is kept; empty where nothing does."""
    if stage is not Stage.SELF_SCORING:
        column = _JUDGING[stage][0]
        text, kept = text_in(cells.get(column)), getattr(answer, f"{column}_points")
        return column if text and not _same(text, "" if kept is None else str(kept)) else ""
    pair = bool(answer.below)
    kept = {
        "value": "" if pair else answer.value,
        "numerator": answer.value if pair else "",
        "denominator": answer.below,
        "note": answer.self_note,
    }
    if answer.self_at is None:
        return next((name for name in _SAYING[:3] if text_in(cells.get(name))), "")
    said = {name: text_in(cells.get(name)) for name in _SAYING}
    if not any(said[name] for name in _SAYING[:3]):
        return ""
    return next((name for name in _SAYING if not _same(said[name], squeeze(kept[name]))), "")


def _same(one: str, other: str) -> bool:
    if one == other:
        return True
    try:
        return read_points(one) == read_points(other)
    except NotANumber:
        return False
