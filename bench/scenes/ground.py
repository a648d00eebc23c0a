"""What scenes stand on: the province of the bench, its people, their sessions and keys, and how a request is written."""

import json
from functools import cached_property
from random import Random

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from bench.load import Load
from motcua.api import actions as keys
from motcua.base.actors import SYSTEM
from motcua.people.models import Person
from motcua.people.terms import Role

HOST = "Host: 127.0.0.1\r\n"


def get(path: str, cookie: str = "") -> str:
    """A page asked for by a browser."""
    return f"GET {path} HTTP/1.1\r\n{HOST}Accept: text/html\r\n" + (f"Cookie: {cookie}\r\n" if cookie else "") + "\r\n"


def post(path: str, body: object, secret: str, *more: str) -> str:
    """A call of a program that writes."""
    text = json.dumps(body)  # ASCII, so that characters are bytes
    head = [
        f"POST {path} HTTP/1.1",
        HOST.strip(),
        f"Authorization: Bearer {secret}",
        "Content-Type: application/json",
        "Idempotency-Key: @KEY@",
        *more,
        f"Content-Length: {len(text)}",
    ]
    return "\r\n".join(head) + "\r\n\r\n" + text


class Ground:
    """The commune whose desks are measured, and the hands that work there."""

    def __init__(self, load: Load) -> None:
        self.load, self.office, self.random = load, load.office, Random(7)
        self._cookies: dict[int, str] = {}
        self._secrets: dict[int, str] = {}

    @cached_property
    def specialist(self) -> Person:
        """Who works on the applications of the unit."""
        return self._person(Role.SPECIALIST, self.office.units["02"])

    @cached_property
    def head(self) -> Person:
        """Who reviews them."""
        return self._person(Role.UNIT_HEAD, self.office.units["02"])

    @cached_property
    def clerk(self) -> Person:
        """Who sits at the counter."""
        return self._person(Role.CLERK, self.office.one_stop)

    def _person(self, role: Role, agency: int) -> Person:
        return Person.objects.get(pk=self.office.people(role, agency)[0].id)

    def cookie(self, person: Person) -> str:
        """The session of a browser that has signed in and seen the first page."""
        if person.pk in self._cookies:
            return self._cookies[person.pk]
        browser = Client()
        browser.force_login(person)
        browser.get("/ban-lam-viec/")
        self._cookies[person.pk] = "; ".join(f"{name}={one.value}" for name, one in browser.cookies.items())
        return self._cookies[person.pk]

    def secret(self, person: int) -> str:
        """A key for a program that acts for this person."""
        if person not in self._secrets:
            owner = Person.objects.get(pk=person)
            token = keys.issue_token(owner, name="bench", days=2, by=SYSTEM, at=timezone.now())
            self._secrets[person] = token.secret
        return self._secrets[person]

    def send(self, secret: str, name: str, pdf: bytes) -> str:
        """Upload a file; the word under which it can be handed in."""
        answer = Client().post(
            "/api/v1/files", {"file": SimpleUploadedFile(name, pdf)}, headers={"Authorization": f"Bearer {secret}"}
        )
        assert answer.status_code == 201, answer.content
        return str(answer.json()["file"])
