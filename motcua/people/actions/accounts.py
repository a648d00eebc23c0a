"""The account of a person: password, invitation, closing, preferences."""

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from motcua.base import journal
from motcua.base.actors import SYSTEM, Actor
from motcua.base.errors import Refused
from motcua.base.language import in_language
from motcua.people import postman
from motcua.people.actions.persons import demand, demand_reach, stream_of
from motcua.people.events import PasswordSet, PersonInvited, PersonLocked
from motcua.people.models import Invitation, Person
from motcua.people.terms import Permission

INVITATION_LASTS: Final = timedelta(days=7)


def token_hash(token: str) -> str:
    """What is kept of a link: enough to recognise it, not to make it."""
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def invite(person: Person, *, by: Actor, at: datetime) -> Invitation:
    """Queue a letter with a link by which the person sets the first password; earlier links end."""
    demand(Permission.MANAGE_PEOPLE, by)
    if not person.email:
        raise Refused(_("%(name)s chưa có địa chỉ thư.") % {"name": person.full_name})
    Invitation.objects.filter(person=person, accepted_at__isnull=True, expires_at__gt=at).update(expires_at=at)
    token = secrets.token_urlsafe(32)
    made = Invitation.objects.create(
        person=person, email=person.email, token_hash=token_hash(token), created_at=at, expires_at=at + INVITATION_LASTS
    )
    link = settings.SITE_URL + reverse("people:invitation", args=[token])
    values = {"person": person, "link": link, "until": made.expires_at, "province": settings.MOTCUA_PROVINCE}
    with in_language(person.language):
        subject, body = (
            _("Mở tài khoản làm việc trên Một Cửa"),
            render_to_string("people/messages/invitation.txt", values),
        )
    postman.send_mail(
        person.email,
        subject=subject,
        body=body,
        person=person,
        template="people/invitation",
        at=at,
    )
    journal.record(PersonInvited(person=person.pk), stream=stream_of(person), by=by, at=at)
    return made


@transaction.atomic
def accept_invitation(token: str, *, password: str, at: datetime) -> Person:
    """The invited person sets the first password; the link works once."""
    found = Invitation.objects.select_for_update(of=("self",)).select_related("person")
    invitation = found.filter(token_hash=token_hash(token), accepted_at__isnull=True, expires_at__gt=at).first()
    if invitation is None or not invitation.person.is_active:
        raise Refused(_("Đường dẫn này đã dùng hoặc đã hết hạn. Nhờ người quản trị gửi lại lời mời."))
    _put_password(invitation.person, password, way="invitation", by=invitation.person.actor(), at=at)
    invitation.accepted_at = at
    invitation.save(update_fields=["accepted_at"])
    return invitation.person


@transaction.atomic
def set_password(person: Person, password: str, *, by: Actor, at: datetime) -> None:
    """Set a password for somebody: the administrator, or the program at set-up."""
    demand(Permission.MANAGE_PEOPLE, by)
    demand_reach(person, by=by, at=at)
    _put_password(person, password, way="administrator", by=by, at=at)


def _put_password(person: Person, password: str, *, way: str, by: Actor, at: datetime) -> None:
    try:
        validate_password(password, person)
    except ValidationError as weak:
        raise Refused(weak.messages) from None
    person.set_password(password)
    person.save(update_fields=["password"])
    journal.record(PasswordSet(person=person.pk, way=way), stream=stream_of(person), by=by, at=at)


@transaction.atomic
def close_account(person: Person, *, by: Actor, at: datetime) -> None:
    """The person can no longer sign in; open sessions end with their next request. Everything they did stays."""
    if by.id == person.pk:
        raise Refused(_("Không thể tự khóa tài khoản của mình."))
    _switch(person, active=False, by=by, at=at)


@transaction.atomic
def open_account(person: Person, *, by: Actor, at: datetime) -> None:
    """A closed account is opened again."""
    _switch(person, active=True, by=by, at=at)


def _switch(person: Person, *, active: bool, by: Actor, at: datetime) -> None:
    demand(Permission.MANAGE_PEOPLE, by)
    demand_reach(person, by=by, at=at)
    row = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    if row.is_active is not active:
        row.is_active = active
        row.save(update_fields=["is_active"])
        journal.record(PersonLocked(person=row.pk, locked=not active), stream=stream_of(row), by=by, at=at)
    person.refresh_from_db()


@transaction.atomic
def set_preferences(person: Person, *, language: str, single_keys_off: bool, by: Actor) -> None:
    """Language of the pages, and whether single letters act at the desk; no line in the journal, it concerns nobody else."""
    if by is not SYSTEM and by.id != person.pk:
        raise Refused(_("Chỉ chính người đó đặt được lựa chọn này."))
    if language not in dict(settings.LANGUAGES):
        raise Refused(_("Chọn tiếng Việt hoặc tiếng Anh."))
    person.language, person.single_keys_off = language, single_keys_off
    person.save(update_fields=["language", "single_keys_off"])


@transaction.atomic
def sweep_sessions(*, at: datetime) -> int:
    """Forget sessions that can no longer be gone on with, and what was typed into them."""
    return Session.objects.filter(expire_date__lt=at).delete()[0]
