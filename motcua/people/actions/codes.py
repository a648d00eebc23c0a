"""One-time codes: a citizen without an account signs in to apply."""

import itertools
import secrets
import uuid
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.template.loader import render_to_string
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from motcua.base.actors import SYSTEM
from motcua.base.attempts import demand_attempt
from motcua.base.clock import day_of
from motcua.base.errors import Refused
from motcua.base.text import squeeze
from motcua.people import postman, queries, rules
from motcua.people.actions.persons import register_citizen, write_new
from motcua.people.models import OneTimeCode, Person
from motcua.people.rules import Registration

LASTS: Final = timedelta(minutes=10)
TRIES: Final = 5
LONGEST_ADDRESS: Final = 140
"""An account opened online is named by the address that its code went to."""


class AskedCode(NamedTuple):
    """What the page needs: the number of the asking, and the plain code for the demonstration only."""

    id: uuid.UUID
    shown: str


def ask_code(*, full_name: str, identity_number: str, address: str, at: datetime) -> AskedCode:
    """Send six digits to a telephone or e-mail. Whether the papers are known is not told: the answer is always the same.

    For somebody already known the code goes out only when the address is theirs; officials and citizens with a second
    factor sign in by their own way.
    """
    number, to = rules.compact_number(identity_number), _address_of(address)
    objections = rules.identity_objections(number)
    name = rules.name_of(full_name)
    if objections:
        raise Refused(objections)
    demand_attempt(f"code:to:{to}", limit=5, minutes=60, at=at)
    demand_attempt(f"code:id:{number}", limit=5, minutes=60, at=at)
    return _write_code(name, number, to, at=at)


def _address_of(text: str) -> str:
    """A telephone or an e-mail that a code can reach from here."""
    if "@" in text:
        address = squeeze(text).lower()
        try:
            validate_email(address)
        except ValidationError:
            raise Refused(_("Địa chỉ thư chưa đúng. Ví dụ đúng: ten@example.vn")) from None
        if len(address) > LONGEST_ADDRESS:
            raise Refused(_("Địa chỉ thư chưa đúng. Ví dụ đúng: ten@example.vn"))
        return address
    telephone = rules.normal_phone(text)
    if not settings.SMS_GATEWAY and not settings.MOTCUA_DEMO:
        raise Refused(_("Nơi này chưa gửi được tin nhắn. Ghi địa chỉ thư điện tử để nhận mã."))
    return telephone


@transaction.atomic
def _write_code(name: str, number: str, to: str, *, at: datetime) -> AskedCode:
    plain, ident = f"{secrets.randbelow(1_000_000):06d}", uuid.uuid4()
    reaches = _reaches(number, to, at=at)
    OneTimeCode.objects.create(
        id=ident,
        code_hash=_hash(ident, plain),
        full_name=name,
        identity_number=number,
        address=to if reaches else "",
        created_at=at,
        expires_at=at + LASTS,
    )
    if reaches:
        body = render_to_string("people/messages/code.txt", {"code": plain, "province": settings.MOTCUA_PROVINCE})
        postman.send_to(to, subject=_("Mã một lần để nộp hồ sơ"), body=body, template="people/code", at=at)
    return AskedCode(ident, plain if settings.MOTCUA_DEMO and reaches else "")


def _reaches(number: str, to: str, *, at: datetime) -> bool:
    person = Person.objects.filter(identity_number=number).first()
    if person is None:
        return True
    return (
        queries.opens(person, to)
        and person.is_active
        and not queries.is_official(person, day=day_of(at))
        and not Authenticator.objects.filter(user=person).exists()
    )


def _hash(ident: uuid.UUID, code: str) -> str:
    return salted_hmac("people.code", f"{ident}:{code}", algorithm="sha256").hexdigest()


def enter_code(
    ident: uuid.UUID, code: str, *, wish: Registration | None = None, password: str = "", at: datetime
) -> Person:
    """The person who may come in with this code; a new citizen becomes known now. A wrong try counts even though refused.

    Who opens an account brings their registration and the hash of the password: written only with the right code.
    """
    person = _try(ident, "".join(one for one in code if one.isdigit()), wish, password, at=at)
    if person is None:
        raise Refused(
            _("Mã không đúng hoặc đã hết hạn. Mỗi mã dùng được 10 phút và thử được 5 lần; có thể xin mã mới.")
        )
    return person


@transaction.atomic
def _try(ident: uuid.UUID, code: str, wish: Registration | None, password: str, *, at: datetime) -> Person | None:
    row = OneTimeCode.objects.select_for_update(of=("self",)).filter(pk=ident).first()
    if row is None or row.used_at is not None or row.expires_at <= at or row.tries >= TRIES:
        return None
    if wish and (row.identity_number, row.address) != (wish.identity_number, queries.code_goes_to(wish)):
        return None
    row.tries += 1
    right = constant_time_compare(row.code_hash, _hash(ident, code)) and bool(row.address)
    row.used_at = at if right else None
    row.save(update_fields=["tries", "used_at"])
    if not right:
        return None
    if wish:
        return register_citizen(wish, password=password, at=at)
    person = Person.objects.select_for_update(of=("self",)).filter(identity_number=row.identity_number).first()
    if person is None:
        by_mail = "@" in row.address
        wish = rules.registration_of(
            full_name=row.full_name,
            identity_number=row.identity_number,
            email=row.address if by_mail else "",
            phone="" if by_mail else row.address,
            today=day_of(at),
        )
        return write_new(wish, way="code", by=SYSTEM, at=at, username=_free_name(row.address))
    return person if _reaches(row.identity_number, row.address, at=at) else None


def _free_name(address: str) -> str:
    """The address that the code went to, numbered: a family may share one telephone."""
    names = (rules.sign_in_name(address, nth) for nth in itertools.count(1))
    return next(name for name in names if not Person.objects.filter(username=name).exists())


@transaction.atomic
def sweep_codes(*, at: datetime) -> int:
    """Forget codes a day after they expired, with the names in them."""
    return OneTimeCode.objects.filter(expires_at__lt=at - timedelta(days=1)).delete()[0]
