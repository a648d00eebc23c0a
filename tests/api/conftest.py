"""A small province, keys of its people, and a client that speaks JSON with them."""

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from motcua.api import actions
from motcua.base.actors import SYSTEM, Actor
from motcua.organisations import queries as organisations
from motcua.procedures import queries as procedures
from tests import make

PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\n"
    b"xref\n0 4\n0000000000 65535 f \n0000000009 00000 n \n0000000052 00000 n \n0000000101 00000 n \n"
    b"trailer<</Size 4/Root 1 0 R>>\nstartxref\n164\n%%EOF\n"
)


class Program:
    """Another system, with or without a key."""

    def __init__(self, secret: str = "") -> None:
        self.client = Client()
        self.headers = {"Authorization": f"Bearer {secret}"} if secret else {}

    def get(self, path: str, **query: Any) -> HttpResponse:
        return self.client.get(f"/api/v1{path}", query, headers=self.headers)

    def post(self, path: str, body: Any = None, *, key: str | None = "", **headers: str) -> HttpResponse:
        more = {name.replace("_", "-"): value for name, value in headers.items()}
        if key is not None:
            more["Idempotency-Key"] = key or uuid4().hex
        text = body if isinstance(body, str | bytes) else json.dumps(body if body is not None else {})
        return self.client.post(
            f"/api/v1{path}", text, content_type="application/json", headers={**self.headers, **more}
        )

    def send(self, content: bytes = PDF, name: str = "giay.pdf") -> HttpResponse:
        return self.client.post("/api/v1/files", {"file": SimpleUploadedFile(name, content)}, headers=self.headers)

    def move(self, reference: str, move: str, version: int | None = None, **words: Any) -> HttpResponse:
        """Read the version, then move."""
        if version is None:
            version = self.get(f"/dossiers/{reference}").json()["version"]
        return self.post(f"/dossiers/{reference}/moves/{move}", words, If_Match=f'"{version}"')


def problem(response: HttpResponse, status: int) -> dict[str, Any]:
    """The refusal in its one shape."""
    assert response.status_code == status, response.content.decode()
    assert response.headers["Content-Type"] == "application/problem+json"
    found = response.json()
    assert found["status"] == status and found["type"].startswith("urn:motcua:problem:") and found["title"]
    assert isinstance(found["objections"], list) and found["detail"] == " ".join(found["objections"])
    return found


@pytest.fixture(autouse=True)
def _fresh_memories() -> None:
    procedures.forget_offers()
    organisations.forget()


@pytest.fixture
def world(db: None) -> make.Province:
    return make.province()


@pytest.fixture
def key(world: make.Province) -> Callable[..., Program]:
    """`key(world.ba_to.clerk)`: a program acting for that person."""

    def made(actor: Actor, *, days: int = 30, at: datetime | None = None) -> Program:
        issued = actions.issue_token(
            make.person_of(actor), name="kiểm thử", days=days, by=SYSTEM, at=at or timezone.now()
        )
        return Program(issued.secret)

    return made
