"""Pages of directives as an official of the small world sees them, on a day that the test chooses."""

import html
import re
from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from motcua.base.actors import Actor
from motcua.people.models import Person
from tests import make

TODAY = make.at("2026-10-12 09:00")
DESK = "/ban-lam-viec/nhiem-vu/"


class Clock:
    """The moment of every request; moved by hand."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = TODAY
        monkeypatch.setattr("django.utils.timezone.now", lambda: self.now)

    def move(self, to: datetime) -> None:
        self.now = to


def at_desk(who: Actor) -> Client:
    """Signed in as this official."""
    client = Client()
    client.force_login(Person.objects.get(pk=who.id))
    return client


def words(answer: Any) -> str:
    """What a person reads, without the marks of the page."""
    text = re.sub(r"<(script|style|svg)\b.*?</\1>", " ", answer.content.decode(), flags=re.DOTALL)
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", text)))


def says(answer: Any, *sentences: str) -> None:
    """All of these stand on the page."""
    told = words(answer)
    missing = [one for one in sentences if re.sub(r"\s+", " ", one) not in told]
    assert not missing, f"{missing} not on {answer.request['PATH_INFO']} ({answer.status_code}): {told[:3000]}"
