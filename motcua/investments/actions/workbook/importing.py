"""The rows of a workbook carried out as actions, in one transaction; with one error nothing is written."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.base import journal
from motcua.base.actors import Actor
from motcua.base.clock import day_of
from motcua.base.errors import Refused
from motcua.base.text import squeeze, unaccented
from motcua.investments.actions.planning import PROVINCE_STREAM, decide_plan
from motcua.investments.actions.projects import add_project
from motcua.investments.actions.recording import Done, Written, record
from motcua.investments.actions.workbook import wording
from motcua.investments.actions.workbook.model import COLUMNS, WHOLE_PROVINCE, Change, Report, RowError, Sheet
from motcua.investments.actions.workbook.reading import Cells, tables_of
from motcua.investments.events import WorkbookImported
from motcua.investments.models import PlanEntry, Project
from motcua.investments.rules import FigureWish, PlanWish, ProjectWish, month_words
from motcua.investments.terms import BASIS_SHORT, Basis, Capital, Decided, Field, Group, Source, Standing
from motcua.ui.words import money

Found = list[tuple[str, str]]


def import_workbook(content: bytes, *, by: Actor, at: datetime, dry_run: bool = False) -> Report:
    """Read all known tables; with one error nothing is written. The same workbook again changes nothing."""
    report = Report()
    tables = tables_of(content)
    if not any(rows for _table, rows in tables):
        raise Refused(_("Bảng chưa có dòng nào dưới dòng tiêu đề."))
    with transaction.atomic():
        book = _Book(report, by, at)
        for table, rows in tables:
            report.rows += len(rows)
            book.take(table.kind, rows)
        report.written = not (dry_run or report.errors)
        if report.written:
            digest = hashlib.sha256(content).hexdigest()
            counts = {
                name: getattr(report, name) for name in ("projects", "plans", "figures", "corrections", "unchanged")
            }
            journal.record(WorkbookImported(sha256=digest, **counts), stream=PROVINCE_STREAM, by=by, at=at)
        else:
            transaction.set_rollback(True)
    report.errors.sort(key=lambda one: ([table.title for table, _rows in tables].index(one.sheet), one.row, one.cell))
    return report


@dataclass(frozen=True, slots=True)
class _Figure:
    """A row of figures, ready to be recorded."""

    cells: Cells
    project: Project
    wish: FigureWish


class _Book:
    """One import: what it knows, what it finds wrong, what it does."""

    def __init__(self, report: Report, by: Actor, at: datetime) -> None:
        self.report, self.by, self.at, self.today = report, by, at, day_of(at)
        self.projects: dict[str, Project] = {}
        self.refused: set[str] = set()
        """Codes of this workbook's own projects that have a mistake: told once, not again."""

    def take(self, kind: Sheet, rows: Sequence[Cells]) -> None:
        """Carry out the rows of one table."""
        codes = {cells.text("code") for cells in rows}
        self.projects |= {one.code: one for one in Project.objects.filter(code__in=codes)}
        match kind:
            case Sheet.PROJECTS:
                for cells in rows:
                    self._project(cells)
            case Sheet.PLANS:
                for cells in rows:
                    self._plan(cells)
            case Sheet.FIGURES:
                self._figures([one for cells in rows if (one := self._figure(cells))])

    # Projects

    def _project(self, cells: Cells) -> None:
        found = _missing(cells)
        chosen = _chosen(cells, found, {"group": wording.GROUPS, "field": wording.FIELDS})
        investor = self._agency(cells, "investor", found)
        place = cells.text("locality")
        wide = unaccented(place) in ("", "toan tinh", "nhieu xa", "lien xa")
        locality = None if wide else self._agency(cells, "locality", found)
        total, day = _amount(cells, "total_vnd", found), _day(cells, "decided_on", found)
        first, last = _year(cells, "first_year", found), _year(cells, "last_year", found)
        if found or None in (investor, total, day, first, last):
            return self._wrong(cells, found)
        wish = ProjectWish(
            code=cells.text("code"),
            name=cells.text("name"),
            investor=investor or 0,
            locality=locality,
            group=Group(chosen["group"]),
            field=Field(chosen["field"]),
            total_vnd=total or 0,
            decision=cells.text("decision"),
            decided_on=day or date.min,
            first_year=first or 0,
            last_year=last or 0,
        )
        known = self.projects.get(wish.code)
        if known is None:
            return self._try(cells, "code", lambda: self._add(cells, wish))
        if _differs(known, wish):
            told = _("Đã có dự án mang mã này với thông tin khác (%(name)s). Sửa trên trang của dự án.")
            return self._wrong(cells, [("code", told % {"name": known.name})])
        self.report.done["unchanged"] += 1
        return None

    def _add(self, cells: Cells, wish: ProjectWish) -> None:
        self.projects[wish.code] = add_project(wish, by=self.by, at=self.at)
        self._did(cells, "project", f"{wish.code} · {wish.name}", "", money(wish.total_vnd))

    # Plans

    def _plan(self, cells: Cells) -> None:
        found = _missing(cells)
        whole = unaccented(cells.text("code")) == unaccented(WHOLE_PROVINCE)
        project = None if whole else self._known(cells, found)
        change, day, year = (
            _amount(cells, "change_vnd", found),
            _day(cells, "decided_on", found),
            _year(cells, "year", found),
        )
        words = {"source": wording.SOURCES, "capital": wording.CAPITALS, "basis": wording.BASES}
        if cells.text("kind"):
            words["kind"] = wording.DECIDED
        chosen = _chosen(cells, found, words)
        if found or change is None or day is None or year is None:
            return self._wrong(cells, found)
        usual = Decided.ASSIGNED if change > 0 else Decided.ADJUSTED
        wish = PlanWish(
            year=year,
            source=Source(chosen["source"]),
            capital=Capital(chosen["capital"]),
            basis=Basis(chosen["basis"]),
            kind=Decided(chosen.get("kind", usual)),
            change_vnd=change,
            decided_on=day,
            decision=cells.text("decision"),
            note=cells.text("note"),
        )
        if _plan_known(project, wish):
            self.report.done["unchanged"] += 1
            return None
        return self._try(cells, "change_vnd", lambda: self._decide(cells, project, wish))

    def _decide(self, cells: Cells, project: Project | None, wish: PlanWish) -> None:
        decide_plan(project, wish, by=self.by, at=self.at)
        what = f"{project.name if project else _('Toàn tỉnh')} · {wish.year} · {wish.source.label} · {BASIS_SHORT[wish.basis]}"
        self._did(cells, "plan", what, "", money(wish.change_vnd))

    # Figures

    def _figure(self, cells: Cells) -> _Figure | None:
        if not cells.text("disbursed_vnd"):
            self.report.done["skipped"] += 1
            return None
        found = _missing(cells)
        project = self._known(cells, found)
        paid, day, month = _amount(cells, "disbursed_vnd", found), _day(cells, "as_of_on", found), cells.month("month")
        if cells.text("month") and month is None:
            found.append(("month", _("Ghi tháng như 10/2026.")))
        advance = _amount(cells, "advance_vnd", found) if cells.text("advance_vnd") else 0
        volume = _amount(cells, "volume_vnd", found) if cells.text("volume_vnd") else None
        year = _year(cells, "year", found) if cells.text("year") else (month.year if month else None)
        words = {"source": wording.SOURCES, "capital": wording.CAPITALS, "standing": wording.STANDINGS}
        chosen = _chosen(cells, found, words)
        if found or project is None or paid is None or day is None or month is None or year is None:
            self._wrong(cells, found)
            return None
        wish = FigureWish(
            year=year,
            month=month,
            source=Source(chosen["source"]),
            capital=Capital(chosen["capital"]),
            disbursed_vnd=paid,
            as_of_on=day,
            advance_vnd=advance or 0,
            volume_vnd=volume,
            standing=Standing(chosen["standing"]),
            reason=cells.text("reason"),
        )
        return _Figure(cells, project, wish)

    def _figures(self, figures: Sequence[_Figure]) -> None:
        """A project's rows together; where they are refused, one by one in order of the months, to name the cell."""
        of_project: dict[int, list[_Figure]] = {}
        for one in figures:
            of_project.setdefault(one.project.pk, []).append(one)
        for group in of_project.values():
            group.sort(key=lambda one: (one.wish.year, one.wish.month))
            try:
                with transaction.atomic():
                    done = record(group[0].project, [one.wish for one in group], by=self.by, at=self.at)
            except Refused:
                for one in group:
                    self._try(one.cells, "disbursed_vnd", lambda one=one: self._record(one))  # type: ignore[misc]
            else:
                for one, what in zip(group, done, strict=True):
                    self._recorded(one, what)

    def _record(self, one: _Figure) -> None:
        self._recorded(one, record(one.project, [one.wish], by=self.by, at=self.at)[0])

    def _recorded(self, one: _Figure, done: Done) -> None:
        if done.written is Written.UNCHANGED:
            self.report.done["unchanged"] += 1
            return
        what = f"{one.project.name} · {month_words(one.wish.year, one.wish.month)} · {one.wish.source.label}"
        if one.wish.capital is Capital.CARRIED:
            what += f" · {one.wish.capital.label.lower()}"
        before = "" if done.before_vnd is None else money(done.before_vnd)
        self._did(one.cells, done.written.value, what, before, money(one.wish.disbursed_vnd))

    # What all have in common

    def _agency(self, cells: Cells, name: str, found: Found) -> int | None:
        text = cells.text(name)
        version = wording.agency_of(text, self.today) if text else None
        if text and version is None:
            found.append((name, _("Không có cơ quan mang mã hoặc tên “%(text)s” hôm nay.") % {"text": text[:80]}))
        return version.agency if version else None

    def _known(self, cells: Cells, found: Found) -> Project | None:
        code = cells.text("code")
        project = self.projects.get(code)
        if code in self.refused:
            found.append(("code", ""))
        elif code and project is None:
            found.append(("code", _("Chưa có dự án mang mã %(code)s.") % {"code": code[:40]}))
        return project

    def _try(self, cells: Cells, name: str, act: Any) -> None:
        """One row in its own savepoint; what the action refuses becomes an error of its cell."""
        try:
            with transaction.atomic():
                act()
        except Refused as refused:
            self._wrong(cells, [(name, sentence) for sentence in refused.objections])

    def _wrong(self, cells: Cells, found: Found) -> None:
        columns = COLUMNS[cells.table.kind]
        if cells.table.kind is Sheet.PROJECTS:
            self.refused.add(cells.text("code"))
        self.report.errors += [
            RowError(cells.table.title, cells.row, cells.table.cell(cells.row, name), columns[name].heads[0], reason)
            for name, reason in found
            if reason
        ]

    def _did(self, cells: Cells, kind: str, what: str, before: str, after: str) -> None:
        self.report.done[kind] += 1
        self.report.changes.append(Change(cells.table.title, cells.row, what, before, after))


def _missing(cells: Cells) -> Found:
    columns = COLUMNS[cells.table.kind]
    return [(name, _("Ô này còn trống.")) for name, one in columns.items() if one.needed and not cells.text(name)]


def _chosen(cells: Cells, found: Found, words: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    """The values the words of these cells stand for."""
    chosen = {}
    for name, known in words.items():
        text = cells.text(name)
        if (value := known.get(unaccented(text))) is not None:
            chosen[name] = value
        elif text:
            told = _("Không hiểu “%(text)s”. Xem các từ dùng được ở trang “Danh mục” của bảng mẫu.")
            found.append((name, told % {"text": text[:60]}))
        else:
            chosen[name] = ""
    return chosen


def _amount(cells: Cells, name: str, found: Found) -> int | None:
    amount = cells.money(name)
    if amount is None and cells.text(name):
        found.append((name, _("Ghi số tiền chỉ gồm chữ số, tròn đồng. Ví dụ: 12.500.000.000")))
    return amount


def _day(cells: Cells, name: str, found: Found) -> date | None:
    day = cells.day(name)
    if day is None and cells.text(name):
        found.append((name, _("Ghi ngày theo thứ tự ngày/tháng/năm: 05/09/2026")))
    return day


def _year(cells: Cells, name: str, found: Found) -> int | None:
    year = cells.year(name)
    if year is None and cells.text(name):
        found.append((name, _("Ghi năm bằng bốn chữ số: 2026")))
    return year


def _differs(known: Project, wish: ProjectWish) -> bool:
    mine = (known.name, known.investor_id, known.locality_id, known.group, known.field, known.total_vnd)
    asked = (squeeze(wish.name), wish.investor, wish.locality, wish.group.value, wish.field.value, wish.total_vnd)
    return mine != asked


def _plan_known(project: Project | None, wish: PlanWish) -> bool:
    return PlanEntry.objects.filter(
        project=project,
        year=wish.year,
        source=wish.source.value,
        capital=wish.capital.value,
        basis=wish.basis.value,
        kind=wish.kind.value,
        change_vnd=wish.change_vnd,
        decided_on=wish.decided_on,
        decision=squeeze(wish.decision)[:200],
    ).exists()
