"""The people of the demonstration: who works where, in which role, and the sign-ins that are printed."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from random import Random
from typing import Final

from django.conf import settings

from motcua.base.actors import SYSTEM, Actor
from motcua.base.text import unaccented
from motcua.demo import names
from motcua.documents.signing import software
from motcua.organisations import actions as agency_actions
from motcua.organisations import queries as agencies
from motcua.organisations.rules import New
from motcua.organisations.terms import Kind
from motcua.people import actions as people
from motcua.people.models import Person
from motcua.people.rules import Registration
from motcua.people.terms import Role

SINCE: Final = date(2025, 7, 1)
"""The first day of the two-level government."""
MAIN, SECOND, DEPARTMENT = "H48.115", "H48.105", "H48.009"
"""Xã Ba Tơ, phường Kon Tum, Sở Tài chính: their people have printed sign-ins."""
OFFICE, ECONOMY, CULTURE, ONE_STOP = "01", "02", "03", "04"
"""The units of a commune, by the last part of their codes."""

COMMUNES: Final = (
    *(MAIN, SECOND, "H48.101", "H48.106", "H48.104", "H48.109", "H48.102", "H48.103", "H48.107", "H48.108"),
    *("H48.196", "H48.186", "H48.191", "H48.121", "H48.180", "H48.157", "H48.160", "H48.187", "H48.171", "H48.155"),
    *("H48.116", "H48.112", "H48.118", "H48.111", "H48.114", "H48.192", "H48.150", "H48.110", "H48.193", "H48.176"),
    *("H48.125", "H48.136", "H48.153", "H48.149", "H48.170", "H48.190", "H48.161", "H48.122", "H48.147", "H48.145"),
    *("H48.183", "H48.182", "H48.139", "H48.165"),
)
"""Communes, wards and the special zone that work with the program in the demonstration; the first two are the liveliest."""
DEPARTMENTS: Final = {
    "H48.009": ("Phòng Đăng ký kinh doanh", Kind.DIVISION, "stc"),
    "H48.008": ("Văn phòng Đăng ký đất đai", Kind.OFFICE, "snnmt"),
    "H48.012": ("Phòng Quản lý hoạt động xây dựng", Kind.DIVISION, "sxd"),
    "H48.010": ("Phòng Hành chính tư pháp", Kind.DIVISION, "stp"),
    "H48.007": ("Phòng Lao động, việc làm và bảo hiểm xã hội", Kind.DIVISION, "snv"),
}
CENTRE: Final = "H48.001.01"
HEAD, GENERAL = "H48.001", "Phòng Tổng hợp"
LOWLAND: Final = (
    "Cẩm Thành",
    "Nghĩa",
    "Đức Phổ",
    "Sa Huỳnh",
    "Trà Câu",
    "Trương Quang",
    "Tịnh Khê",
    "Tư Nghĩa",
    "Bình",
)
LOWLANDS: Final = (*LOWLAND, "Mộ Đức", "Vạn Tường", "Lân Phong", "An Phú", "Vệ Giang", "Lý Sơn", "Nguyễn Nghiêm")
WORDS: Final = {
    Role.CLERK: "motcua",
    Role.SPECIALIST: "chuyenvien",
    Role.UNIT_HEAD: "truongphong",
    Role.LEADER: "lanhdao",
    Role.RECORDS: "vanthu",
}
TITLES: Final = {
    Role.CLERK: "Công chức Trung tâm Phục vụ hành chính công",
    Role.SPECIALIST: "Chuyên viên",
    Role.UNIT_HEAD: "Trưởng phòng",
    Role.LEADER: "Phó Chủ tịch Ủy ban nhân dân xã",
    Role.RECORDS: "Văn thư",
}


@dataclass
class Office:
    """One authority with its units and the people in them."""

    code: str
    authority: int
    one_stop: int
    place: str
    highland: bool
    units: dict[str, int] = field(default_factory=dict)
    posts: dict[tuple[Role, int], list[Actor]] = field(default_factory=dict)

    def people(self, role: Role, office: int) -> list[Actor]:
        """Who holds the role in that part of the authority."""
        return self.posts[role, office]


@dataclass
class Cast:
    """Everybody who acts in the demonstration."""

    communes: list[Office]
    departments: list[Office]
    centre: Office
    citizens: list[Person]
    head: Office
    """Văn phòng UBND tỉnh, which follows what the province asks."""
    province_leaders: tuple[Actor, Actor]
    """The chairman and a deputy."""

    @property
    def offices(self) -> list[Office]:
        """Every authority that decides."""
        return [*self.communes, *self.departments]

    def of(self, code: str) -> Office:
        """The office of that code."""
        return next(one for one in self.offices if one.code == code)


class Casting:
    """Registers officials and citizens one by one, through the actions an administrator uses."""

    def __init__(self, random: Random, *, today: date, at: datetime) -> None:
        self.random, self.today, self.at = random, today, at
        self.taken: set[str] = set()

    def everybody(self, communes: Sequence[str] = COMMUNES) -> Cast:
        """The people of all agencies; the printed sign-ins first, so that the sign-in page shows them."""
        software.create_authority(at=self.at)
        root = agencies.by_code("H48", self.today)
        assert root is not None, "the fixture of agencies is loaded"
        first = self._commune(MAIN, "")
        self._official("kiemsoat", Role.CONTROLLER, root.agency, "Cán bộ kiểm soát thủ tục hành chính")
        self._official("quantri", Role.ADMINISTRATOR, root.agency, "Quản trị hệ thống")
        citizens = self._citizens()
        second = self._commune(SECOND, ".kontum")
        centre = self._centre()
        departments = [self._department(code, *how, centre=centre) for code, how in DEPARTMENTS.items()]
        others = [self._commune(code, None) for code in communes if code not in (MAIN, SECOND)]
        chairman = self._official("chutich", Role.LEADER, root.agency, "Chủ tịch Ủy ban nhân dân tỉnh")
        deputy = self._official("phochutich", Role.LEADER, root.agency, "Phó Chủ tịch Ủy ban nhân dân tỉnh")
        head = self._head()
        return Cast([first, second, *others], departments, centre, citizens, head, (chairman, deputy))

    def _commune(self, code: str, mark: str | None) -> Office:
        version = agencies.by_code(code, self.today)
        assert version is not None, f"no commune {code}"
        units = {one.code.rsplit(".", 1)[1]: one.agency for one in agencies.children_on(version.agency, self.today)}
        highland = not version.place.split(" ", 1)[-1].startswith(LOWLANDS)
        office = Office(code, version.agency, units[ONE_STOP], _place(version.place), highland, units)
        known = mark is not None
        mark = f".{unaccented(version.short_name).split(' ', 1)[-1].replace(' ', '')}" if mark is None else mark
        self._staff(office, Role.CLERK, office.one_stop, [mark, f"2{mark}"] if known else [mark])
        for unit, word in ((ECONOMY, ""), (CULTURE, ".vhxh"), (OFFICE, ".hotich")):
            if unit in units:
                marks = [f"{word}{mark}", f"2{word}{mark}"] if known and unit == ECONOMY else [f"{word}{mark}"]
                self._staff(office, Role.SPECIALIST, units[unit], marks)
                self._staff(office, Role.UNIT_HEAD, units[unit], [f"{word}{mark}"])
        self._staff(office, Role.LEADER, office.authority, [mark])
        self._staff(office, Role.RECORDS, office.authority, [mark])
        return office

    def _department(self, code: str, unit_name: str, kind: Kind, mark: str, *, centre: Office) -> Office:
        version = agencies.by_code(code, self.today)
        assert version is not None, f"no department {code}"
        new = New(
            name=unit_name, short_name=unit_name, kind=kind, parent=version.agency, code=f"{code}.01", code_is_ours=True
        )
        made = agency_actions.open_agency(
            new, by=SYSTEM, at=self.at, on=SINCE, decision="Đơn vị mẫu của bản trình diễn"
        )
        office = Office(code, version.agency, centre.one_stop, "tỉnh Quảng Ngãi", False, {ECONOMY: made.pk})
        office.posts[Role.CLERK, centre.one_stop] = centre.posts[Role.CLERK, centre.one_stop]
        self._staff(office, Role.SPECIALIST, made.pk, [f".{mark}", f"2.{mark}"])
        self._staff(office, Role.UNIT_HEAD, made.pk, [f".{mark}"])
        self._staff(office, Role.LEADER, office.authority, [f".{mark}"], title="Phó Giám đốc Sở")
        self._staff(office, Role.RECORDS, office.authority, [f".{mark}"])
        return office

    def _head(self) -> Office:
        version = agencies.by_code(HEAD, self.today)
        assert version is not None, "no office of the province"
        new = New(name=GENERAL, short_name=GENERAL, kind=Kind.DIVISION, parent=version.agency)
        made = agency_actions.open_agency(
            new, by=SYSTEM, at=self.at, on=SINCE, decision="Đơn vị mẫu của bản trình diễn"
        )
        office = Office(HEAD, version.agency, made.pk, "tỉnh Quảng Ngãi", False, {ECONOMY: made.pk})
        self._staff(office, Role.SPECIALIST, made.pk, [".vp", "2.vp"], title="Chuyên viên theo dõi")
        self._staff(office, Role.UNIT_HEAD, made.pk, [".vp"])
        self._staff(office, Role.LEADER, office.authority, [".vp"], title="Phó Chánh Văn phòng")
        return office

    def _centre(self) -> Office:
        version = agencies.by_code(CENTRE, self.today)
        assert version is not None, "no provincial centre"
        office = Office(CENTRE, version.agency, version.agency, "tỉnh Quảng Ngãi", False)
        self._staff(office, Role.CLERK, version.agency, [".tinh", "2.tinh"])
        return office

    def _staff(self, office: Office, role: Role, agency: int, marks: list[str], title: str = "") -> None:
        held = [self._official(f"{WORDS[role]}{mark}", role, agency, title or TITLES[role]) for mark in marks]
        office.posts[role, agency] = held

    def _official(self, username: str, role: Role, agency: int, title: str) -> Actor:
        name = self._free_name()
        wish = Registration(name, email=f"{username}@vidu.vn")
        person = people.register_official(wish, username=username, by=SYSTEM, at=self.at)
        people.appoint(person, agency=agency, role=role, since=SINCE, title=title, by=SYSTEM, at=self.at)
        if username in SIGN_INS:
            people.set_password(person, settings.DEMO_PASSWORD, by=SYSTEM, at=self.at)
        if role is Role.LEADER:
            software.enrol(person.pk, name, agencies.name_on(agency, self.today), at=self.at)
        return person.actor(agency=agency, roles=frozenset({role.value}))

    def _free_name(self) -> str:
        """A name no other official bears: two of the same name at one desk confuse whoever looks on."""
        while True:
            woman = self.random.random() < 0.5
            name = names.full_name(self.random, woman=woman, highland=self.random.random() < 0.25)
            if name not in self.taken:
                self.taken.add(name)
                return name

    def _citizens(self) -> list[Person]:
        """Some people with an account of their own; the first is the printed one."""
        found = []
        for number in range(1, 31):
            one = names.invented(self.random, number, place="xã Ba Tơ, tỉnh Quảng Ngãi", highland=True, year=1984)
            wish = Registration(one.name, one.identity, one.phone, address=one.address)
            if number == 1:
                found.append(self._printed_citizen(one))
            else:
                found.append(
                    people.find_or_register(
                        full_name=wish.full_name,
                        identity_number=wish.identity_number,
                        phone=wish.phone,
                        address=wish.address,
                        by=SYSTEM,
                        at=self.at,
                    )
                )
        return found

    def _printed_citizen(self, one: names.Invented) -> Person:
        """The citizen whose sign-in is printed: a short word instead of a telephone number."""
        card = names.identity_number(1, woman=True, born=1984)
        wish = Registration("Đinh Thị Mẫu", card, one.phone, "nguoidan@vidu.vn", address=one.address)
        person = people.register_official(wish, username="nguoidan", by=SYSTEM, at=self.at)
        people.set_password(person, settings.DEMO_PASSWORD, by=SYSTEM, at=self.at)
        return person


def _place(name: str) -> str:
    """ "Xã Ba Tơ" as it stands within an address."""
    return f"{name[:1].lower()}{name[1:]}, tỉnh Quảng Ngãi"


SIGN_INS: Final = {
    "nguoidan": "người dân",
    "motcua": "một cửa, xã Ba Tơ",
    "chuyenvien": "chuyên viên Phòng Kinh tế, xã Ba Tơ",
    "truongphong": "trưởng Phòng Kinh tế, xã Ba Tơ",
    "lanhdao": "lãnh đạo, xã Ba Tơ",
    "vanthu": "văn thư, xã Ba Tơ",
    "chuyenvien.hotich": "tư pháp – hộ tịch, xã Ba Tơ",
    "chuyenvien.vhxh": "chuyên viên Phòng Văn hóa – Xã hội, xã Ba Tơ",
    "truongphong.vhxh": "trưởng Phòng Văn hóa – Xã hội, xã Ba Tơ",
    "kiemsoat": "kiểm soát thủ tục hành chính, tỉnh",
    "quantri": "quản trị, tỉnh",
    "motcua.kontum": "một cửa, phường Kon Tum",
    "chuyenvien.kontum": "chuyên viên, phường Kon Tum",
    "truongphong.kontum": "trưởng phòng, phường Kon Tum",
    "lanhdao.kontum": "lãnh đạo, phường Kon Tum",
    "vanthu.kontum": "văn thư, phường Kon Tum",
    "motcua.tinh": "một cửa, Trung tâm Phục vụ hành chính công tỉnh",
    "chuyenvien.stc": "chuyên viên Phòng Đăng ký kinh doanh, Sở Tài chính",
    "truongphong.stc": "trưởng phòng, Sở Tài chính",
    "lanhdao.stc": "lãnh đạo, Sở Tài chính",
    "vanthu.stc": "văn thư, Sở Tài chính",
    "lanhdao.snv": "lãnh đạo Sở Nội vụ, chủ trì đánh giá bộ chỉ số",
    "chuyenvien.snv": "chuyên viên thẩm định bộ chỉ số, Sở Nội vụ",
    "chutich": "Chủ tịch UBND tỉnh",
    "lanhdao.vp": "lãnh đạo Văn phòng UBND tỉnh",
    "chuyenvien.vp": "chuyên viên theo dõi nhiệm vụ, Văn phòng UBND tỉnh",
}
"""The printed sign-ins and who they are; all with the password of the demonstration."""
