"""A province with a head, its office, departments and communes: what tasks are given in."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from motcua.base.actors import SYSTEM, Actor
from motcua.directives import actions
from motcua.directives.actions import TaskIn
from motcua.directives.models import Directive, Task
from motcua.organisations import actions as organisations
from motcua.organisations.models import Agency
from motcua.organisations.rules import New, office_of
from motcua.organisations.terms import Kind
from motcua.people import actions as people
from motcua.people.rules import Registration
from motcua.people.terms import Role
from tests import make
from tests.remembered import remembered

DAY = make.at("2026-10-01 09:00")


@dataclass(frozen=True)
class Office:
    """An authority with a leader, a head and a specialist of its division."""

    agency: int
    division: int
    leader: Actor
    head: Actor
    specialist: Actor
    records: Actor


@dataclass(frozen=True)
class World:
    """The province, its office, two departments, two communes; a department that ended before October 2026."""

    root: int
    chairman: Actor
    controller: Actor
    office: Office
    finance: Office
    interior: Office
    ba_to: Office
    tinh_khe: Office
    planning: int


@remembered
def world() -> World:
    """Opened and staffed by the real actions."""
    name, short = office_of(Kind.PROVINCE, "Quảng Ngãi")
    root = _open(name, short, Kind.PROVINCE, None, "H48", place="tỉnh Quảng Ngãi")
    planning = _open("Sở Kế hoạch và Đầu tư", "Sở KH&ĐT", Kind.DEPARTMENT, root, "H48.099")
    office = _office("Văn phòng Ủy ban nhân dân tỉnh", "VP UBND tỉnh", Kind.PROVINCE_OFFICE, root, "H48.001", "vp")
    finance = _office("Sở Tài chính", "Sở Tài chính", Kind.DEPARTMENT, root, "H48.009", "stc")
    interior = _office("Sở Nội vụ", "Sở Nội vụ", Kind.DEPARTMENT, root, "H48.007", "snv")
    communes = []
    for place, code, mark in (("Ba Tơ", "H48.115", "bt"), ("Tịnh Khê", "H48.116", "tk")):
        name, short = office_of(Kind.COMMUNE, place)
        communes.append(_office(name, short, Kind.COMMUNE, root, code, mark, place=f"xã {place}"))
    organisations.merge(
        Agency.objects.filter(pk=planning),
        into=Agency.objects.get(pk=finance.agency),
        by=SYSTEM,
        at=make.SETUP,
        on=date(2025, 3, 1),
        decision="NQ 1",
    )
    return World(
        root,
        official("Chủ Tịch Mẫu", "chutich", root, Role.LEADER),
        official("Kiểm Soát Mẫu", "kiemsoat", root, Role.CONTROLLER),
        office,
        finance,
        interior,
        *communes,
        planning,
    )


def _open(name: str, short: str, kind: Kind, parent: int | None, code: str, place: str = "") -> int:
    new = New(name=name, short_name=short, kind=kind, parent=parent, code=code, place=place)
    return organisations.open_agency(new, by=SYSTEM, at=make.SETUP, on=make.START, decision="QĐ 1").pk


def _office(name: str, short: str, kind: Kind, parent: int, code: str, mark: str, place: str = "") -> Office:
    agency = _open(name, short, kind, parent, code, place)
    division = _open(f"Phòng Tổng hợp {mark}", f"Phòng Tổng hợp {mark}", Kind.DIVISION, agency, "")
    return Office(
        agency,
        division,
        official(f"Lãnh Đạo {mark}", f"lanhdao.{mark}", agency, Role.LEADER),
        official(f"Trưởng Phòng {mark}", f"truongphong.{mark}", division, Role.UNIT_HEAD),
        official(f"Chuyên Viên {mark}", f"chuyenvien.{mark}", division, Role.SPECIALIST),
        official(f"Văn Thư {mark}", f"vanthu.{mark}", agency, Role.RECORDS),
    )


def official(name: str, username: str, agency: int, role: Role) -> Actor:
    """Somebody with a post."""
    made = people.register_official(
        Registration(name, "", "", f"{username}@vidu.vn"), username=username, by=SYSTEM, at=make.SETUP
    )
    people.appoint(made, agency=agency, role=role, since=make.START, by=SYSTEM, at=make.SETUP)
    return made.actor(agency=agency, roles=frozenset({role.value}))


def given(
    one: World, *, when: datetime = DAY, lead: Office | None = None, by: Actor | None = None, **more: Any
) -> Task:
    """A task given by the province's office to a department."""
    values: dict[str, Any] = {"title": "Rà soát hồ sơ quá hạn", "due_on": date(2026, 10, 31), **more}
    if "kind" not in values and values["due_on"] is None:
        raise AssertionError("name the kind of a task without a day")
    wish = TaskIn(lead=(lead or one.finance).agency, **values)
    return actions.give(wish, by=by or one.office.specialist, at=when)


def doing(one: World, *, when: datetime = DAY, **more: Any) -> Task:
    """Given and accepted."""
    task = given(one, when=when, **more)
    actions.accept(task, by=one.finance.leader, at=when)
    return task


def reported(one: World, *, when: datetime = DAY, **more: Any) -> Task:
    """Reported as done, with the number of a document."""
    task = doing(one, when=when, **more)
    actions.report(task, text="Đã xong.", result_number="12/BC-STC", by=one.finance.specialist, at=when)
    return task


NOTICE = """UBND TỈNH QUẢNG NGÃI          CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
VĂN PHÒNG                       Độc lập - Tự do - Hạnh phúc

Số: 512/TB-VPUBND          Quảng Ngãi, ngày 28 tháng 9 năm 2026

THÔNG BÁO
Kết luận của Phó Chủ tịch UBND tỉnh tại cuộc họp giao ban tháng 9 năm 2026

Ngày 25/9/2026, Phó Chủ tịch UBND tỉnh chủ trì họp giao ban. Sau khi nghe báo cáo,
Phó Chủ tịch UBND tỉnh kết luận như sau:

1. Giao Sở Tài chính chủ trì, phối hợp với Sở Nội vụ, Công an tỉnh rà soát toàn bộ hồ sơ
quá hạn, báo cáo UBND tỉnh trước ngày 31/10/2026.

2. Sở KH&ĐT tham mưu kế hoạch hỗ trợ doanh nghiệp, trình UBND tỉnh trước ngày 15/11/2026.

3. UBND các xã, phường công khai danh sách hồ sơ quá hạn tại bộ phận một cửa trước ngày 20/10/2026.

4. Sở Nội vụ định kỳ hằng tháng tổng hợp kết quả, báo cáo UBND tỉnh.

Văn phòng UBND tỉnh thông báo để các cơ quan, đơn vị biết, thực hiện./.

Nơi nhận:
- Các sở, ban, ngành;
- Lưu: VT.
                              KT. CHÁNH VĂN PHÒNG
                              PHÓ CHÁNH VĂN PHÒNG

                              Trần Văn Mẫu
"""


def read(one: World, text: str = NOTICE, *, when: datetime = DAY, **more: Any) -> Directive:
    """A notice read in by the office of the province."""
    return actions.read_in(text=text, by=one.office.specialist, at=when, **more)


def another_commune(one: World, place: str) -> int:
    """One more commune, without people."""
    name, short = office_of(Kind.COMMUNE, place)
    return _open(name, short, Kind.COMMUNE, one.root, "", f"xã {place}")
