"""Pages of the yearly round: who sees what of it, and what happens when two people type at once."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook

from motcua.indices import actions, queries
from motcua.indices.models import Answer, Evidence
from motcua.indices.terms import Move, UnitKind
from tests import make
from tests.indices.test_rounds import World

pytestmark = pytest.mark.django_db
HERE = "/ban-lam-viec/chi-so/"


@pytest.fixture
def world(db: None, settings: object) -> World:
    found = World()
    found.go(Move.OPEN)
    return found


def at_desk(actor: object) -> Client:
    client = Client()
    client.force_login(make.person_of(actor))
    return client


def test_the_pages_open(world: World):
    client = at_desk(world.chief)
    answer = world.answer("KH")
    for path in (
        "", "viec-cua-toi/", "lap-dot/", f"dot/{world.round.pk}/", f"dot/{world.round.pk}/giao/",
        f"dot/{world.round.pk}/xep-hang/", f"dot/{world.round.pk}/buoc/extend/", f"dot/{world.round.pk}/phieu/{answer.unit_id}/",
        f"dot/{world.round.pk}/phieu/{answer.unit_id}/in/", f"dot/{world.round.pk}/phieu/{answer.unit_id}/nhap/", f"tieu-chi/{answer.pk}/",
    ):  # fmt: skip
        assert client.get(HERE + path).status_code == 200, path
