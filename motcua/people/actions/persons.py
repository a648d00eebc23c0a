"""How a person or a business becomes known, and how what is known of them is corrected."""

import secrets
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.db import transaction
from django.utils.translation import gettext as _

from motcua.base import journal
from motcua.base.actors import SYSTEM, Actor
from motcua.base.clock import day_of
from motcua.base.errors import Refused
from motcua.base.text import sort_key, squeeze, unaccented
from motcua.organisations import queries as agencies
from motcua.people import queries, rules
from motcua.people.events import (
    AccountTakenBack,
    BusinessRegistered,
    IdentityChecked,
    PersonCorrected,
    PersonRegistered,
)
from motcua.people.models import Business, Person
from motcua.people.rules import Registration
from motcua.people.terms import Permission

FACTS = ("full_name", "phone", "email", "birth_on", "gender", "address", "identity_number")


def stream_of(person: Person) -> str:
    """The journal stream of a person."""
    return f"people.person:{person.pk}"


def demand(permission: Permission, by: Actor) -> None:
    """Refuse whoever lacks the permission today; the program itself (demo, import at set-up) may."""
    if by is not SYSTEM and not rules.allows(permission, by.roles):
        raise Refused(_("Cần quyền: %(permission)s.") % {"permission": permission.label})


def demand_reach(person: Person, *, by: Actor, at: datetime) -> None:
    """Nobody touches the account of an official who works outside their reach: whoever sets its mail could come in by it."""
    if by is SYSTEM or by.agency is None:
        return
    day = day_of(at)
    held = set(queries.posts_of(person, day=day).values_list("agency", flat=True))
    if held - set(agencies.subtree_ids(by.agency, day)):
        told = _(
            "%(name)s đang làm việc ở cơ quan ngoài phạm vi quản trị của bạn. Nhờ quản trị của nơi đó hoặc cấp trên."
        )
        raise Refused(told % {"name": person.full_name})


def write_new(
    wish: Registration, *, way: str, by: Actor, at: datetime, username: str = "", into: Person | None = None
) -> Person:
    """A new row with its order and search text, and its first line in the journal."""
    person = into or Person()
    if not person.password:
        person.set_unusable_password()
    person.username = (username or f"cd-{secrets.token_hex(8)}").lower()
    person.created_at = at
    put_facts(person, facts_of(wish))
    person.save(force_insert=True)
    journal.record(PersonRegistered(person=person.pk, way=way), stream=stream_of(person), by=by, at=at)
    return person


def put_facts(person: Person, facts: Mapping[str, Any]) -> list[str]:
    """Set what differs and all that follows from it; the names of the changed fields, nothing saved yet."""
    changed = [name for name, value in facts.items() if getattr(person, name) != value]
    for name in changed:
        setattr(person, name, facts[name])
    kind = rules.kind_of(person.identity_number) if person.identity_number else None
    person.identity_kind = kind.value if kind else ""
    person.sort_key = sort_key(person.full_name)
    person.search = unaccented(person.full_name)
    return changed


def facts_of(wish: Registration) -> dict[str, Any]:
    """The columns of a person that a registration fills."""
    return {
        "full_name": wish.full_name,
        "identity_number": wish.identity_number,
        "phone": wish.phone,
        "email": wish.email,
        "birth_on": wish.born_on,
        "gender": wish.gender,
        "address": wish.address,
    }


@transaction.atomic
def register_citizen(wish: Registration, *, at: datetime, password: str = "") -> Person:
    """A citizen opens an account online and has typed the code that went to `queries.code_goes_to`; its name is that address.

    Nobody has seen the card, so the identity stays unchecked until the counter. `password` is already hashed.
    """
    if objections := queries.registration_objections(wish):
        raise Refused(objections)
    name = rules.sign_in_name(queries.code_goes_to(wish))
    return write_new(wish, way="online", by=SYSTEM, at=at, username=name, into=Person(password=password))


@transaction.atomic
def register_official(wish: Registration, *, username: str, by: Actor, at: datetime) -> Person:
    """An administrator enters a person who is to work here; known by identity number, or new."""
    demand(Permission.MANAGE_PEOPLE, by)
    name = squeeze(username).lower()
    if objections := rules.username_objections(name):
        raise Refused(objections)
    known = Person.objects.filter(identity_number=wish.identity_number).first() if wish.identity_number else None
    taken = Person.objects.filter(username=name).first()
    if taken is not None and taken != known:
        raise Refused(_("Tên đăng nhập %(name)s đã có người dùng.") % {"name": name})
    if known is None:
        return write_new(wish, way="office", by=by, at=at, username=name)
    demand_reach(known, by=by, at=at)
    locked = _locked(known)
    locked.username = name
    locked.save(update_fields=["username"])
    _correct(locked, {key: value for key, value in facts_of(wish).items() if value}, by=by, at=at)
    return locked


@transaction.atomic
def find_or_register(
    *,
    full_name: str,
    identity_number: str = "",
    phone: str = "",
    email: str = "",
    born_on: date | None = None,
    gender: str = "",
    address: str = "",
    by: Actor,
    at: datetime,
) -> Person:
    """The person before the counter: found by the identity paper in the official's hand and brought up to date, or new.

    Without an identity number somebody is the same only with the same name and telephone. If an account was opened with
    this number online, and its code went to another telephone or e-mail, it loses its way in (the paper decides).
    """
    demand(Permission.RECEIVE, by)
    wish = rules.registration_of(
        full_name=full_name,
        identity_number=identity_number,
        phone=phone,
        email=email,
        born_on=born_on,
        gender=gender,
        address=address,
        today=day_of(at),
    )
    person = _known(wish)
    if person is None:
        person = write_new(wish, way="counter", by=by, at=at)
        if wish.identity_number:
            _note_check(person, by=by, at=at)
        return person
    if wish.identity_number and not _reached_by(person, wish):
        _take_back(person, wish, by=by, at=at)
    facts = {key: value for key, value in facts_of(wish).items() if value}
    if queries.is_official(person, day=day_of(at)):
        facts.pop("email", None)  # a forgotten password is sent there: the counter does not set it for an official
    _correct(person, facts, by=by, at=at)
    if wish.identity_number and person.identity_checked_at is None:
        _note_check(person, by=by, at=at)
    return person


def _known(wish: Registration) -> Person | None:
    rows = Person.objects.select_for_update(of=("self",))
    if wish.identity_number:
        return rows.filter(identity_number=wish.identity_number).first()
    if not wish.phone:
        return None
    same = rows.filter(phone=wish.phone, search=unaccented(wish.full_name)).order_by("pk")
    return next(
        (one for one in same if queries.opens(one, wish.phone)), None
    )  # never one that a stranger typed it into


def _note_check(person: Person, *, by: Actor, at: datetime) -> None:
    person.identity_checked_at = at
    person.save(update_fields=["identity_checked_at"])
    journal.record(IdentityChecked(person=person.pk), stream=stream_of(person), by=by, at=at)


def _reached_by(person: Person, wish: Registration) -> bool:
    """Whether the person gives a telephone or e-mail by which alone the account can be opened."""
    return any(address and queries.opens(person, address) for address in (wish.phone, wish.email))


def _take_back(person: Person, wish: Registration, *, by: Actor, at: datetime) -> bool:
    """An account opened under a number that nobody had checked loses every way in that its owner has not given now."""
    way_in = person.has_usable_password() or person.phone or person.email
    if person.identity_checked_at is not None or not way_in or not rules.opened_by_citizen(person.username):
        return False
    for keys in (EmailAddress, Authenticator, SocialAccount):
        keys.objects.filter(user=person).delete()
    person.set_unusable_password()  # ends the open sessions too
    person.phone = person.phone if person.phone == wish.phone else ""
    person.email = person.email if person.email.lower() == wish.email else ""
    person.username = f"cd-{secrets.token_hex(8)}"
    person.save(update_fields=["password", "phone", "email", "username"])
    journal.record(AccountTakenBack(person=person.pk), stream=stream_of(person), by=by, at=at)
    return True


@transaction.atomic
def correct_person(person: Person, *, by: Actor, at: datetime, **facts: Any) -> None:
    """Set facts of a person right; the person themself, the counter or the administrator may."""
    if (
        by is not SYSTEM
        and by.id != person.pk
        and not (rules.allows(Permission.MANAGE_PEOPLE, by.roles) or rules.allows(Permission.RECEIVE, by.roles))
    ):
        raise Refused(_("Chỉ chính người đó, cán bộ một cửa hoặc quản trị được sửa."))
    if unknown := set(facts) - set(FACTS):
        raise TypeError(f"no such facts of a person: {', '.join(sorted(unknown))}")
    if by.id == person.pk and person.identity_checked_at and {"identity_number", "full_name", "birth_on"} & set(facts):
        raise Refused(_("Họ tên, ngày sinh và số giấy tờ đã kiểm tra ở quầy: mang giấy tờ đến quầy để sửa."))
    row = _locked(person)
    _correct(row, _tidy(row, facts, today=day_of(at)), by=by, at=at)
    person.refresh_from_db()


def _tidy(person: Person, facts: Mapping[str, Any], *, today: date) -> dict[str, Any]:
    """The new facts in the shape in which they are kept."""
    full = {name: getattr(person, name) for name in FACTS} | dict(facts)
    wish = rules.registration_of(
        full_name=full["full_name"],
        identity_number=full["identity_number"],
        phone=full["phone"],
        email=full["email"],
        born_on=full["birth_on"],
        gender=full["gender"],
        address=full["address"],
        today=today,
    )
    return {name: value for name, value in facts_of(wish).items() if name in facts}


def _correct(person: Person, facts: Mapping[str, Any], *, by: Actor, at: datetime) -> None:
    other = facts.get("identity_number")
    if other and Person.objects.filter(identity_number=other).exclude(pk=person.pk).exists():
        raise Refused(_("Số giấy tờ này đang thuộc một người khác trong sổ."))
    if changed := put_facts(person, facts):
        person.save(update_fields=[*changed, "identity_kind", "sort_key", "search"])
        if "email" in changed:  # the address given up opens nothing any more
            EmailAddress.objects.filter(user=person).exclude(email__iexact=person.email).delete()
        event = PersonCorrected(person=person.pk, fields=tuple(changed))
        journal.record(event, stream=stream_of(person), by=by, at=at)


def _locked(person: Person) -> Person:
    return Person.objects.select_for_update(of=("self",)).get(pk=person.pk)


@transaction.atomic
def person_from_provider(claims: Mapping[str, Any], *, at: datetime) -> Person | None:
    """The person an identity provider vouches for: by identity number; None when the claims lack number or name.

    An account that somebody had opened under this number unchecked becomes the owner's, and nobody else's.
    """
    number = rules.compact_number(str(claims.get("identity_number") or claims.get("citizen_id") or ""))
    name, phone = squeeze(str(claims.get("name") or "")), str(claims.get("phone_number") or "")
    if not name or not number or rules.identity_objections(number):
        return None
    wish = rules.registration_of(
        full_name=name,
        identity_number=number,
        email=str(claims.get("email") or ""),
        phone=phone if rules.is_phone(phone) else "",
        today=day_of(at),
    )
    person = Person.objects.select_for_update(of=("self",)).filter(identity_number=number).first()
    if person is None:
        person = write_new(wish, way="provider", by=SYSTEM, at=at)
    elif person.identity_checked_at is None and _take_back(person, wish, by=SYSTEM, at=at):
        _correct(person, {key: value for key, value in facts_of(wish).items() if value}, by=SYSTEM, at=at)
    if person.identity_checked_at is None:
        _note_check(person, by=SYSTEM, at=at)
    return person


@transaction.atomic
def register_business(
    *,
    tax_code: str,
    name: str,
    representative: Person | None = None,
    address: str = "",
    phone: str = "",
    email: str = "",
    by: Actor,
    at: datetime,
) -> Business:
    """The business with this tax code, made known or brought up to date."""
    code = rules.tax_code_of(tax_code)
    title = squeeze(name)
    if not title or len(title) > 300:
        raise Refused(_("Ghi tên doanh nghiệp như trên giấy đăng ký, tối đa 300 chữ."))
    found, made = Business.objects.select_for_update(of=("self",)).get_or_create(
        tax_code=code, defaults={"name": title, "created_at": at}
    )
    found.name, found.search = title, unaccented(f"{title} {code}")
    found.representative = representative or found.representative
    found.address = squeeze(address)[:300] or found.address
    found.phone = rules.normal_phone(phone) if phone.strip() else found.phone
    found.email = squeeze(email).lower() or found.email
    found.save()
    if made:
        journal.record(BusinessRegistered(business=found.pk), stream=f"people.business:{found.pk}", by=by, at=at)
    return found
