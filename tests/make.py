"""A small province for tests: built through the real actions, so that what a test starts from could really be."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from motcua.base.actors import SYSTEM, Actor
from motcua.base.clock import VIET_NAM
from motcua.base.files import keep
from motcua.base.models import StoredFile
from motcua.dossiers import actions as dossiers
from motcua.dossiers.models import Dossier, Supplement
from motcua.dossiers.queries import counter
from motcua.dossiers.terms import Channel, Delivery
from motcua.organisations import actions as organisations
from motcua.organisations.rules import New, office_of
from motcua.organisations.terms import Kind
from motcua.people import actions as people
from motcua.people.models import Person
from motcua.people.rules import Registration
from motcua.people.terms import Role
from motcua.procedures import actions as procedures
from motcua.procedures import queries as catalogue
from tests.remembered import remembered

START = date(2020, 1, 1)
SETUP = datetime(2026, 1, 5, 8, 0, tzinfo=VIET_NAM)
PASSWORD = "mot-cua-2026-thu"
BIRTH, HOUSE, BUSINESS, COPY, ALLOWANCE = "1.001193", "1.013225", "1.001612", "2.000815", "1.001776"


def at(text: str) -> datetime:
    """`at("2026-11-16 09:00")`: a moment on a clock in Viet Nam."""
    return datetime.fromisoformat(text).replace(tzinfo=VIET_NAM)


MONDAY = at("2026-11-16 09:00")


@dataclass(frozen=True)
class Commune:
    """A commune with its one-stop, a division and one official of each role."""

    authority: int
    one_stop: int
    division: int
    clerk: Actor
    specialist: Actor
    unit_head: Actor
    leader: Actor
    records: Actor


@dataclass(frozen=True)
class Province:
    """The province, its two communes, a department."""

    root: int
    ba_to: Commune
    tinh_khe: Commune
    citizen: Actor
    administrator: Actor
    controller: Actor


@remembered
def province() -> Province:
    """Two communes and the real fixture of procedures."""
    procedures.load_fixture(by=SYSTEM, at=SETUP, codes=(BIRTH, HOUSE, BUSINESS, COPY, ALLOWANCE))
    root = office(Kind.PROVINCE, "Quảng Ngãi", None, "H48")
    administrator = official("Quản Trị", "quantri", root, Role.ADMINISTRATOR)
    controller = official("Kiểm Soát", "kiemsoat", root, Role.CONTROLLER)
    person = people.find_or_register(
        full_name="Nguyễn Văn Mẫu",
        identity_number="051085000114",
        phone="0905123456",
        email="mau@vidu.vn",
        born_on=date(1985, 11, 5),
        address="Tổ 3, thôn Nam Hoàn Đồn, xã Ba Tơ",
        by=SYSTEM,
        at=SETUP,
    )
    people.set_password(person, PASSWORD, by=SYSTEM, at=SETUP)
    return Province(
        root,
        _commune(root, "Ba Tơ", "H48.115", "bt"),
        _commune(root, "Tịnh Khê", "H48.116", "tk"),
        person.actor(),
        administrator,
        controller,
    )


def office(kind: Kind, place: str, parent: int | None, code: str) -> int:
    """An office of that kind at that place, since 2020."""
    name, short = office_of(kind, place)
    new = New(name=name, short_name=short, kind=kind, parent=parent, code=code, place=place)
    return organisations.open_agency(new, by=SYSTEM, at=SETUP, on=START, decision="QĐ 1").pk


def unit(kind: Kind, name: str, parent: int) -> int:
    """A room or branch of an office."""
    new = New(name=name, short_name=name, kind=kind, parent=parent)
    return organisations.open_agency(new, by=SYSTEM, at=SETUP, on=START, decision="QĐ 1").pk


def _commune(root: int, place: str, code: str, mark: str) -> Commune:
    authority = office(Kind.COMMUNE, place, root, code)
    one_stop = unit(Kind.SERVICE_CENTRE, f"Trung tâm Phục vụ hành chính công xã {place}", authority)
    division = unit(Kind.DIVISION, "Phòng Kinh tế", authority)
    return Commune(
        authority,
        one_stop,
        division,
        clerk=official("Lê Minh Hoạ", f"motcua.{mark}", one_stop, Role.CLERK),
        specialist=official("Phạm Thị Thử", f"chuyenvien.{mark}", division, Role.SPECIALIST),
        unit_head=official("Bùi Văn Trưởng", f"truongphong.{mark}", division, Role.UNIT_HEAD),
        leader=official("Đinh Thị Lãnh", f"lanhdao.{mark}", authority, Role.LEADER),
        records=official("Hồ Văn Thư", f"vanthu.{mark}", authority, Role.RECORDS),
    )


def official(name: str, username: str, agency: int, role: Role) -> Actor:
    """Somebody with a password who holds that role there, since 2020."""
    made = people.register_official(
        Registration(name, "", "", f"{username}@vidu.vn"), username=username, by=SYSTEM, at=SETUP
    )
    people.set_password(made, PASSWORD, by=SYSTEM, at=SETUP)
    people.appoint(made, agency=agency, role=role, since=START, by=SYSTEM, at=SETUP)
    return made.actor(agency=agency, roles=frozenset({role.value}))


def person_of(actor: Actor) -> Person:
    """The account behind an actor, for signing in."""
    return Person.objects.get(pk=actor.id)


def application(
    world: Province,
    *,
    procedure: str = BUSINESS,
    channel: Channel = Channel.COUNTER,
    commune: Commune | None = None,
    when: datetime = MONDAY,
    applicant: dossiers.Applicant | None = None,
    missing: tuple[int, ...] = (),
    files: dict[int, tuple[int, ...]] | None = None,
    **more: Any,
) -> dossiers.ApplicationIn:
    """A complete application at a commune; `missing` papers are not handed in."""
    home = commune or world.ba_to
    offer = catalogue.offer(procedure, channel=channel, day=when.date())
    offices = counter.offices_for(offer, receiving=home.one_stop, day=when.date(), deciding=home.authority)
    assert offices.deciding is not None and offices.unit is not None
    given = files or {}
    papers = tuple(
        dossiers.PaperIn(
            no=one.no,
            need=one.id,
            name=one.name,
            required=one.required,
            originals=one.originals,
            copies=one.copies,
            handed_in=one.no not in missing and channel is not Channel.ONLINE,
            files=given.get(one.no, ()),
        )
        for one in offer.papers
    )
    who = applicant or dossiers.Applicant(
        name="Nguyễn Văn Mẫu",
        person=world.citizen.id,
        identity_number="051085000114",
        phone="0905123456",
        email="mau@vidu.vn",
        address="Tổ 3, thôn Nam Hoàn Đồn, xã Ba Tơ",
    )
    values: dict[str, Any] = {"subject": offer.name, "delivery": Delivery.COUNTER, **more}
    return dossiers.ApplicationIn(
        offer=offer,
        channel=channel,
        receiving=home.one_stop,
        deciding=offices.deciding,
        unit=home.division,
        applicant=who,
        papers=papers,
        **values,
    )


def submitted(world: Province, *, when: datetime = MONDAY, **more: Any) -> Dossier:
    """Handed in at the counter, not yet received."""
    return dossiers.submit(application(world, when=when, **more), by=world.ba_to.clerk, at=when)


def received(world: Province, *, when: datetime = MONDAY, **more: Any) -> Dossier:
    """Received, with its code and due moment."""
    dossier = submitted(world, when=when, **more)
    dossiers.receive(dossier, by=world.ba_to.clerk, at=when)
    return dossier


def processing(world: Province, *, when: datetime = MONDAY, **more: Any) -> Dossier:
    """Handed over to the division; at the step of the specialist where the route has no head before."""
    dossier = received(world, when=when, **more)
    dossiers.hand_over(dossier, by=world.ba_to.clerk, at=when)
    return dossier


def signing(world: Province, *, when: datetime = MONDAY, favourable: bool = True, **more: Any) -> Dossier:
    """A drafted result before the leader."""
    dossier = processing(world, when=when, **more)
    dossiers.submit_result(
        dossier, favourable=favourable, title="Giấy chứng nhận", body="Chứng nhận.", by=world.ba_to.specialist, at=when
    )
    return dossier


def answered(dossier: Dossier, *, by: Actor, when: datetime) -> None:
    """What an M02 asked for has come: a word for each paper."""
    asked = Supplement.objects.get(dossier=dossier, signed_at__isnull=False, answered_at__isnull=True)
    words = {one["paper"]: "đã sửa" for one in asked.items}
    channel = Channel.ONLINE if by.id == dossier.applicant_id else Channel.COUNTER
    dossiers.answer_supplement(dossier, words=words, channel=channel, by=by, at=when)


def scan(name: str = "giay.pdf", content: bytes = b"%PDF-1.7 mau", when: datetime = MONDAY) -> StoredFile:
    """A stored file."""
    return keep(content, name=name, media_type="application/pdf", at=when)
