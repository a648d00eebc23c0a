"""Officials and their posts from an Excel sheet: every row is checked, then all are written or none."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from motcua.base.actors import Actor
from motcua.base.clock import day_of
from motcua.base.errors import Refused
from motcua.base.excel import RowError, as_file, day_in, filled_rows, sheet_to_fill_in, text_in
from motcua.base.language import in_vietnamese
from motcua.base.text import unaccented
from motcua.organisations import queries as agencies
from motcua.people import rules
from motcua.people.actions.accounts import invite
from motcua.people.actions.persons import demand, register_official
from motcua.people.actions.posts import appoint
from motcua.people.models import Person, Post
from motcua.people.terms import OFFICIALS, Permission, Role

MOST_ROWS: Final = 5000
YEARS: Final = (1900, 2100)
COLUMNS: Final[Mapping[str, str]] = {
    "full_name": "Họ và tên",
    "username": "Tên đăng nhập",
    "email": "Thư điện tử",
    "phone": "Điện thoại",
    "identity_number": "Số căn cước",
    "born_on": "Ngày sinh",
    "agency": "Mã cơ quan",
    "role": "Vai trò",
    "title": "Chức danh",
    "unit": "Phòng, bộ phận",
    "since": "Từ ngày",
    "until": "Đến ngày",
    "decision": "Quyết định",
}
NEEDED: Final = ("full_name", "username", "agency", "role", "since")


@in_vietnamese()
def _roles() -> dict[str, Role]:
    """The roles as a sheet names them: in Vietnamese, whoever's page loads this module first, or by their code."""
    return {unaccented(str(role.label)): role for role in OFFICIALS} | {role.value: role for role in OFFICIALS}


_ROLES: Final = _roles()


@dataclass
class Report:
    """What the sheet did, or would do in a trial."""

    rows: int = 0
    new_people: int = 0
    new_posts: int = 0
    unchanged: int = 0
    invited: int = 0
    errors: list[RowError] = field(default_factory=list)
    written: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One row as values."""

    row: int
    wish: rules.Registration
    username: str
    agency: int
    role: Role
    since: date
    until: date | None
    title: str
    unit: str
    decision: str


@in_vietnamese()
def template() -> bytes:
    """An empty sheet with the headings and one example, ready to fill."""
    example = ["Nguyễn Văn Mẫu", "mau.nv", "mau.nv@example.vn", "0905123456", "", "05/09/1990", "", "Cán bộ một cửa"]
    example += ["Công chức", "Trung tâm Phục vụ hành chính công", "01/01/2026", "", "QĐ 12/QĐ-UBND"]
    book = sheet_to_fill_in("Cán bộ", list(COLUMNS.values()), example)
    notes = book.create_sheet("Vai trò")
    for role in OFFICIALS:
        notes.append([str(role.label)])
    return as_file(book)


def import_officials(
    content: bytes, *, by: Actor, at: datetime, dry_run: bool = False, send_invitations: bool = False
) -> Report:
    """Read the sheet; with one error nothing is written. The same sheet again changes nothing."""
    demand(Permission.MANAGE_PEOPLE, by)
    report = Report()
    lines = _lines(content, report, today=day_of(at))
    with transaction.atomic():
        for line in lines:
            _write(line, report, by=by, at=at, send_invitations=send_invitations)
        report.written = not (dry_run or report.errors)
        if not report.written:
            transaction.set_rollback(True)
    return report


def _lines(content: bytes, report: Report, *, today: date) -> list[Line]:
    lines = []
    for number, cells in filled_rows(content, COLUMNS, needed=NEEDED, most=MOST_ROWS):
        report.rows += 1
        line, errors = _line(number, cells, today=today)
        report.errors += errors
        if line is not None:
            lines.append(line)
    if not report.rows:
        raise Refused(_("Bảng chưa có dòng nào dưới dòng tiêu đề."))
    return lines


def _line(number: int, cells: Mapping[str, Any], *, today: date) -> tuple[Line | None, list[RowError]]:
    """The row as values, or what is wrong in which of its cells."""
    texts = {name: text_in(cells.get(name)) for name in COLUMNS}
    days = {name: _day_meant(cells.get(name)) for name in ("since", "until")}
    days["born_on"] = day_in(cells.get("born_on"))  # a year of birth has a rule of its own
    role = _ROLES.get(unaccented(texts["role"]))
    since = days["since"]
    agency = agencies.by_code(texts["agency"], since or today) if texts["agency"] else None
    found = [(name, _("Ô này còn trống.")) for name in NEEDED if not texts[name]]
    found += [
        (name, _("Ghi ngày theo thứ tự ngày/tháng/năm: 05/09/2026")) for name in days if texts[name] and not days[name]
    ]
    if born_on := days["born_on"]:
        found += [("born_on", reason) for reason in rules.birth_objections(born_on, today=today)]
    if texts["role"] and role is None:
        with in_vietnamese():  # the words that are taken
            known = ", ".join(str(one.label) for one in OFFICIALS)
        found.append(("role", _("Không có vai trò này. Các vai trò: %(roles)s.") % {"roles": known}))
    if texts["agency"] and agency is None:
        found.append(("agency", _("Không có cơ quan mang mã %(code)s vào ngày ấy.") % {"code": texts["agency"]}))
    found += [(name, reason) for name, check in _CHECKS.items() if texts[name] for reason in check(texts[name])]
    if found or role is None or agency is None or since is None:
        return None, [RowError(number, COLUMNS[name], reason) for name, reason in found]
    wish = rules.registration_of(
        full_name=texts["full_name"],
        identity_number=texts["identity_number"],
        phone=texts["phone"],
        email=texts["email"],
        born_on=born_on,
        today=today,
    )
    rest = texts["title"], texts["unit"], texts["decision"]
    return Line(number, wish, texts["username"].lower(), agency.agency, role, since, days["until"], *rest), []


def _day_meant(cell: Any) -> date | None:
    """The day in a cell; a year such as 26 or 20266 is a slip of the finger, and no day."""
    day = day_in(cell)
    return day if day is not None and YEARS[0] <= day.year <= YEARS[1] else None


def _refusals(attempt: Callable[[str], object]) -> Callable[[str], list[str]]:
    """A rule that refuses, as a question for its reasons."""

    def reasons(text: str) -> list[str]:
        try:
            attempt(text)
        except Refused as refused:
            return refused.objections
        return []

    return reasons


def _mail_objections(text: str) -> list[str]:
    try:
        validate_email(text)
    except ValidationError:
        return [_("Địa chỉ thư chưa đúng. Ví dụ đúng: ten@example.vn")]
    return []


_CHECKS: Final[Mapping[str, Callable[[str], list[str]]]] = {
    "full_name": _refusals(rules.name_of),
    "username": lambda text: rules.username_objections(text.lower()),
    "email": _mail_objections,
    "phone": _refusals(rules.normal_phone),
    "identity_number": lambda text: rules.identity_objections(rules.compact_number(text)),
}


def _write(line: Line, report: Report, *, by: Actor, at: datetime, send_invitations: bool) -> None:
    """One row as actions; what they refuse becomes an error of the row."""
    known = Person.objects.filter(username=line.username).first()
    try:
        if known is not None and not _same(known, line.wish):
            raise Refused(_("Tên đăng nhập %(name)s đã có người khác dùng.") % {"name": line.username})
        with transaction.atomic():
            person = known or register_official(line.wish, username=line.username, by=by, at=at)
            if _held(person, line):
                report.unchanged += 1
                return
            appoint(
                person,
                agency=line.agency,
                role=line.role,
                since=line.since,
                until=line.until,
                title=line.title,
                unit=line.unit,
                decision=line.decision,
                by=by,
                at=at,
            )
    except Refused as refused:
        column = COLUMNS["username"] if known is not None and not _same(known, line.wish) else COLUMNS["role"]
        report.errors += [RowError(line.row, column, reason) for reason in refused.objections]
        return
    report.new_people += known is None
    report.new_posts += 1
    if send_invitations and known is None and person.email:
        invite(person, by=by, at=at)
        report.invited += 1


def _same(person: Person, wish: rules.Registration) -> bool:
    """A row speaks of a known person when name or paper agree."""
    if wish.identity_number and person.identity_number:
        return wish.identity_number == person.identity_number
    return unaccented(person.full_name) == unaccented(wish.full_name)


def _held(person: Person, line: Line) -> bool:
    held = Post.objects.filter(person=person, agency=line.agency, role=line.role.value)
    return held.filter(during__contains=line.since).exists()
