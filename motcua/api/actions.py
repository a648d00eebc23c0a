"""Making and withdrawing keys; the only writers of `ApiToken`."""

import secrets
from datetime import date, datetime, timedelta
from typing import Final, NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.api.events import TokenIssued, TokenRevoked
from motcua.api.models import ApiToken
from motcua.api.rules import MARK, hash_of
from motcua.base import journal
from motcua.base.actors import Actor
from motcua.base.clock import day_of
from motcua.base.errors import Refused
from motcua.base.text import squeeze
from motcua.people.models import Person

LONGEST_DAYS: Final = 730
USED_EVERY: Final = timedelta(minutes=15)


class IssuedToken(NamedTuple):
    """A new key with its secret, which is known at this moment only."""

    token: ApiToken
    secret: str


@transaction.atomic
def issue_token(
    person: Person, *, name: str, days: int, by: Actor, at: datetime, agency: int | None = None
) -> IssuedToken:
    """Make a key for a program that acts for this person until that day."""
    name = squeeze(name)
    if not 0 < len(name) <= 100:
        raise Refused(_("Ghi tên cho khóa, nhiều nhất 100 chữ: hệ thống nào dùng, để làm gì."))
    if not 1 <= days <= LONGEST_DAYS:
        raise Refused(_("Khóa có hạn từ 1 đến %(most)s ngày.") % {"most": LONGEST_DAYS})
    if not person.is_active:
        raise Refused(_("Tài khoản này đã khóa."))
    secret = MARK + secrets.token_urlsafe(32)
    last: date = day_of(at) + timedelta(days=days)
    token = ApiToken.objects.create(
        person=person, agency_id=agency, name=name, secret_hash=hash_of(secret), created_at=at, expires_on=last
    )
    event = TokenIssued(token=token.pk, person=person.pk, agency=agency, expires_on=last)
    journal.record(event, stream=f"api.token:{token.pk}", by=by, at=at)
    return IssuedToken(token, secret)


@transaction.atomic
def revoke_token(token: ApiToken, *, by: Actor, at: datetime) -> None:
    """Close the door for this key at once; doing it twice is the same."""
    token.refresh_from_db(from_queryset=ApiToken.objects.select_for_update(of=("self",)))
    if token.revoked_at is not None:
        return
    token.revoked_at = at
    token.save(update_fields=["revoked_at"])
    journal.record(TokenRevoked(token=token.pk, person=token.person_id), stream=f"api.token:{token.pk}", by=by, at=at)


def note_use(token: int, last: datetime | None, *, at: datetime) -> None:
    """Remember that the key is in use, to the quarter of an hour: not a statement for every request."""
    if last is None or at - last > USED_EVERY:
        ApiToken.objects.filter(pk=token).update(last_used_at=at)
