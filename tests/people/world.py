"""A small world for the tests of people: one province, two communes, officials made by the real actions."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from motcua.base.actors import SYSTEM, Actor
from motcua.organisations import actions as organisations
from motcua.organisations.rules import New
from motcua.organisations.terms import Kind
from motcua.people import actions, queries
from motcua.people.models import Person, Post
from motcua.people.rules import Registration
from motcua.people.terms import Role

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
TODAY = date(2026, 11, 20)
PASSWORD = "mot-cua-2026-thu"
CARD = "051190000114"


def agency(
    name: str = "Ủy ban nhân dân xã Ba Tơ", *, kind: Kind = Kind.PROVINCE, under: int | None = None, code: str = ""
) -> int:
    short = name.removeprefix("Ủy ban nhân dân ")
    new = New(name=name, short_name=short, kind=kind, parent=under, code=code, code_is_ours=True)
    return organisations.open_agency(new, by=SYSTEM, at=NOW, on=date(2020, 1, 1), decision="QĐ 1").pk


def person(name: str = "Phạm Thị Thử", *, username: str = "thu", email: str = "", number: str = "") -> Person:
    wish = Registration(name, number, "", email)
    made = actions.register_official(wish, username=username, by=SYSTEM, at=NOW)
    actions.set_password(made, PASSWORD, by=SYSTEM, at=NOW)
    return made


def post(
    who: Person, where: int, role: Role = Role.CLERK, since: date = date(2026, 1, 1), until: date | None = None
) -> Post:
    return actions.appoint(who, agency=where, role=role, since=since, until=until, by=SYSTEM, at=NOW)


def clerk(where: int) -> Actor:
    return Actor(1, "Cán bộ", agency=where, roles=frozenset({Role.CLERK.value}))


def administrator(where: int) -> Actor:
    return Actor(2, "Quản trị", agency=where, roles=frozenset({Role.ADMINISTRATOR.value}))


def acting_for(who: Person, day: date) -> list[int]:
    """The colleagues for whom a person may act on that day."""
    return [one.acting_for for one in queries.places_of(who.pk, day=day) if one.acting_for is not None]
