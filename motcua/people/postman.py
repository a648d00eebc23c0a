"""The way out for letters and codes: a slot that the app of notifications fills (settings.PEOPLE_POSTMAN)."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from motcua.people.models import Person
from motcua.people.rules import is_phone


def send_mail(
    address: str, *, subject: str, body: str, at: datetime, person: Person | None = None, template: str = ""
) -> None:
    """Queue a letter; nothing is sent before the transaction is committed."""
    _queue("mail", to=address, subject=subject, body=body, at=at, person=person, template=template, about=None)


def send_to(address: str, *, subject: str, body: str, at: datetime, template: str = "") -> None:
    """Queue a letter or a telephone message, by the look of the address."""
    channel = "sms" if is_phone(address) else "mail"
    _queue(channel, to=address, subject=subject, body=body, at=at, person=None, template=template, about=None)


def _queue(channel: str, **letter: Any) -> None:
    queue: Callable[..., object] = import_string(settings.PEOPLE_POSTMAN)
    queue(channel, **letter)
