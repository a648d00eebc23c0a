"""Tasks out to a sheet and in from one, by one template: columns are found by their heading, all rows are written or none."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from motcua.base.actors import Actor
from motcua.base.clock import day_of
from motcua.base.errors import Refused
from motcua.base.excel import RowError, as_file, day_in, filled_rows, safe, sheet_to_fill_in, text_in
from motcua.base.language import in_vietnamese
from motcua.base.text import squeeze, unaccented
from motcua.directives import rules
from motcua.directives.actions.giving import give, giver_of
from motcua.directives.actions.writing import TaskIn
from motcua.directives.models import Coordination, Directive, Task, TaskText
from motcua.directives.queries.places import desk_of
from motcua.directives.queries.resolving import resolve
from motcua.directives.terms import Duty, Field, GivenBy, Kind, Recurrence
from motcua.organisations import queries as organisations
from motcua.people.models import Person

MOST_ROWS: Final = 2000
MOST_OUT: Final = 20_000
COLUMNS: Final[Mapping[str, str]] = {
    "code": "Mã nhiệm vụ",
    "title": "Nội dung nhiệm vụ",
    "lead": "Cơ quan chủ trì",
    "partners": "Cơ quan phối hợp",
    "given_on": "Ngày giao",
    "due_on": "Thời hạn",
    "recurrence": "Chu kỳ",
    "given_by": "Cấp giao",
    "field": "Lĩnh vực",
    "number": "Số văn bản",
    "issued_on": "Ngày văn bản",
    "product": "Sản phẩm",
    "follower": "Người theo dõi",
    "state": "Tình trạng",
    "progress": "Tiến độ (%)",
    "reported_on": "Ngày báo cáo",
}
NEEDED: Final = ("title", "lead")
ONLY_OUT: Final = ("state", "progress", "reported_on")


@in_vietnamese()
def _words(choices: Iterable[Any]) -> Mapping[str, Any]:
    """The words of a sheet are Vietnamese, whoever's page loads this module first."""
    return {unaccented(str(one.label)): one for one in choices}


_SAID: Final[Mapping[str, Mapping[str, Any]]] = {
    "recurrence": _words(Recurrence),
    "given_by": _words(GivenBy),
    "field": _words(Field),
}


@dataclass
class SheetReport:
    """What the sheet did, or would do in a trial."""

    rows: int = 0
    given: int = 0
    unchanged: int = 0
    errors: list[RowError] = field(default_factory=list)
    written: bool = False


@in_vietnamese()
def template() -> bytes:
    """An empty sheet with the headings and one example, ready to fill."""
    example = ["", "Rà soát hồ sơ quá hạn, báo cáo kết quả", "Sở Tài chính", "Sở Nội vụ; Sở Tư pháp", "01/10/2026"]
    example += ["31/12/2026", "", "Chủ tịch", "Tài chính, đầu tư", "12/TB-VPUBND", "01/10/2026", "Báo cáo", ""]
    book = sheet_to_fill_in("Nhiệm vụ", [COLUMNS[name] for name in COLUMNS if name not in ONLY_OUT], example)
    notes = book.create_sheet("Các giá trị")
    notes.append([COLUMNS["recurrence"], COLUMNS["given_by"], COLUMNS["field"]])
    for at in range(max(len(Field), len(GivenBy), len(Recurrence))):
        lists = (tuple(Recurrence), tuple(GivenBy), tuple(Field))
        notes.append([str(one[at].label) if at < len(one) else "" for one in lists])
    return as_file(book)


@in_vietnamese()
def export_tasks(tasks: Iterable[Task], *, at: datetime) -> bytes:
    """Tasks in the columns of the template, with how they stand today; at most 20,000."""
    day = day_of(at)
    rows = [one for _number, one in zip(range(MOST_OUT), tasks, strict=False)]
    keys = [one.pk for one in rows]
    helping: dict[int, list[int]] = {}
    for task, agency in Coordination.objects.filter(task__in=keys).order_by("pk").values_list("task", "agency"):
        helping.setdefault(task, []).append(agency)
    products = dict(TaskText.objects.filter(task__in=keys).values_list("task", "product"))
    documents = Directive.objects.only("number", "issued_on").in_bulk(
        {one.directive_id for one in rows if one.directive_id}
    )
    people = dict(Person.objects.filter(pk__in={one.follower_id for one in rows}).values_list("pk", "username"))
    wanted = {one.lead_id for one in rows} | {pk for each in helping.values() for pk in each}
    names = organisations.names_on(wanted, day)
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Nhiệm vụ")
    heads = [WriteOnlyCell(sheet, value=head) for head in COLUMNS.values()]
    for head in heads:
        head.font = Font(bold=True)
    sheet.append(heads)
    for one in rows:
        document = documents.get(one.directive_id or 0)
        recurring = Recurrence(one.series.recurrence).label if one.series_id and one.series else ""
        cells = {
            "code": one.code,
            "title": one.title,
            "lead": names[one.lead_id],
            "partners": "; ".join(names[each] for each in helping.get(one.pk, ())),
            "given_on": _shown(one.given_on),
            "due_on": _shown(one.due_on),
            "recurrence": str(recurring),
            "given_by": str(GivenBy(one.given_by).label),
            "field": str(Field(one.field).label),
            "number": document.number if document else "",
            "issued_on": _shown(document.issued_on if document else None),
            "product": products.get(one.pk, ""),
            "follower": people.get(one.follower_id or 0, ""),
            "state": rules.state_words(one.status, one.due_on, one.reported_on, day),
            "progress": str(one.progress),
            "reported_on": _shown(one.reported_on),
        }
        sheet.append([safe(cells[name]) for name in COLUMNS])
    return as_file(book)


def _shown(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""


# In


def import_tasks(content: bytes, *, by: Actor, at: datetime, dry_run: bool = False) -> SheetReport:
    """Read the sheet; with one error nothing is written. Rows of known tasks are left alone: the same sheet changes nothing."""
    desk = desk_of(by, at)
    if desk is None or not desk.may(Duty.IMPORT):
        raise Refused(_("Chỉ lãnh đạo, trưởng phòng, chuyên viên của cơ quan giao được nhập nhiệm vụ từ Excel."))
    giver = giver_of(by, at)
    report = SheetReport()
    with transaction.atomic():
        for number, cells in filled_rows(content, COLUMNS, needed=NEEDED, most=MOST_ROWS):
            report.rows += 1
            _take(number, cells, report, giver=giver, root=desk.root, by=by, at=at)
        if not report.rows:
            raise Refused(_("Bảng chưa có dòng nào dưới dòng tiêu đề."))
        report.written = not (dry_run or report.errors)
        if not report.written:
            transaction.set_rollback(True)
    return report


def _take(
    number: int, cells: Mapping[str, Any], report: SheetReport, *, giver: int, root: int, by: Actor, at: datetime
) -> None:
    """One row as a task; what is wrong becomes errors of its cells."""
    if code := text_in(cells.get("code")):
        if Task.objects.filter(code=code.upper(), giver=giver).exists():
            report.unchanged += 1
        else:
            report.errors.append(
                RowError(number, COLUMNS["code"], _("Không có nhiệm vụ mang mã này do cơ quan bạn giao."))
            )
        return
    wish, errors = _wish(number, cells, giver=giver, root=root, day=day_of(at))
    report.errors += errors
    if wish is None:
        return
    if _known(wish, giver):
        report.unchanged += 1
        return
    try:
        with transaction.atomic():
            give(wish, by=by, at=at)
    except Refused as refused:
        report.errors += [RowError(number, COLUMNS["title"], reason) for reason in refused.objections]
    else:
        report.given += 1


def _known(wish: TaskIn, giver: int) -> bool:
    """The same words to the same lead from the same document: this row was read before."""
    same = Task.objects.filter(giver=giver, lead=wish.lead, directive=wish.directive)
    if wish.kind is Kind.RECURRING:
        return same.filter(series__title=squeeze(wish.title)).exists()
    return same.filter(title=squeeze(wish.title), first_due_on=wish.due_on).exists()


Fault = tuple[str, str]
"""A column and what is wrong in its cell."""


def _wish(
    number: int, cells: Mapping[str, Any], *, giver: int, root: int, day: date
) -> tuple[TaskIn | None, list[RowError]]:
    """What a row asks for, or what is wrong in which of its cells."""
    texts = {name: text_in(cells.get(name)) for name in COLUMNS}
    days = {name: day_in(cells.get(name)) for name in ("given_on", "due_on", "issued_on")}
    said, faults = _said(texts)
    found = [(name, _("Ô này còn trống.")) for name in NEEDED if not texts[name]]
    found += [
        (name, _("Không có ngày này. Ghi theo thứ tự ngày/tháng/năm: 05/09/2026"))
        for name, value in days.items()
        if texts[name] and value is None
    ]
    found += faults
    lead, sentence = _one_agency(texts["lead"], root, day) if texts["lead"] else (None, "")
    if sentence:
        found.append(("lead", sentence))
    partners, faults = _partners(texts["partners"], root, day)
    found += faults
    directive, sentence = _document(texts["number"], days["issued_on"], giver)
    if sentence:
        found.append(("number", sentence))
    follower = Person.objects.filter(username=texts["follower"].lower()).first() if texts["follower"] else None
    if texts["follower"] and follower is None:
        found.append(("follower", _("Không có cán bộ mang tên đăng nhập này.")))
    if found:
        return None, [RowError(number, COLUMNS[name], reason) for name, reason in found]
    return _task_in(texts, days, said, lead, partners, directive, follower), []


def _said(texts: Mapping[str, str]) -> tuple[dict[str, Any], list[Fault]]:
    """The words of the cells that take one of a few."""
    said: dict[str, Any] = {}
    faults = []
    for name, known in _SAID.items():
        said[name] = known.get(unaccented(texts[name]))
        if texts[name] and said[name] is None:
            with in_vietnamese():  # the words that are taken
                labels = ", ".join(str(one.label) for one in known.values())
            faults.append((name, _("Không có giá trị này. Các giá trị: %(labels)s.") % {"labels": labels}))
    return said, faults


def _partners(text: str, root: int, day: date) -> tuple[tuple[int, ...], list[Fault]]:
    """The agencies that help the lead, each once."""
    partners, faults = [], []
    for name in [one.strip() for one in text.split(";") if one.strip()]:
        partner, sentence = _one_agency(name, root, day)
        if partner is None:
            faults.append(("partners", sentence))
        else:
            partners.append(partner)
    return tuple(dict.fromkeys(partners)), faults


def _task_in(
    texts: Mapping[str, str],
    days: Mapping[str, date | None],
    said: Mapping[str, Any],
    lead: int | None,
    partners: tuple[int, ...],
    directive: Directive | None,
    follower: Person | None,
) -> TaskIn:
    """A row without faults, as the action takes it; what it leaves open follows from its document."""
    recurrence = said["recurrence"] or Recurrence.NONE
    kind = Kind.RECURRING if recurrence is not Recurrence.NONE else Kind.DATED if days["due_on"] else Kind.OPEN_ENDED
    return TaskIn(
        title=texts["title"],
        lead=lead,
        partners=partners,
        kind=kind,
        given_on=days["given_on"] or (directive.issued_on if directive else None),
        due_on=days["due_on"] if kind is Kind.DATED else None,
        recurrence=recurrence,
        given_by=said["given_by"] or (GivenBy(directive.given_by) if directive else GivenBy.COMMITTEE),
        field=said["field"] or Field.OTHER,
        product=texts["product"],
        follower=follower.pk if follower else None,
        directive=directive,
    )


def _one_agency(name: str, root: int, day: date) -> tuple[int | None, str]:
    """The agency of today behind a name or a code; else a sentence."""
    by_code = organisations.by_code(name, day)
    if by_code is not None:
        return by_code.agency, ""
    found = resolve(name, day=day, root=root)
    if len(found.agencies) == 1:
        return found.agencies[0], ""
    return None, found.sentence or _("“%(name)s” là nhiều cơ quan. Mỗi dòng một cơ quan.") % {"name": name}


def _document(number: str, issued_on: date | None, giver: int) -> tuple[Directive | None, str]:
    if not number:
        return None, ""
    rows = Directive.objects.filter(holder=giver, number=number)
    rows = rows.filter(issued_on=issued_on) if issued_on else rows
    found = list(rows.order_by("-pk")[:2])
    if len(found) == 1:
        return found[0], ""
    if found:
        return None, _("Có nhiều văn bản mang số này. Ghi thêm ngày văn bản.")
    return None, _("Văn bản này chưa được nhập. Nhập văn bản trước, hoặc để trống ô này.")
