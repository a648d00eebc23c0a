"""My dossiers: what needs me first, at the same cost however many there are."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from motcua.dossiers import actions
from motcua.dossiers.models import Draft
from motcua.procedures.queries import forget_offers
from tests import make
from tests.dossiers.test_public_applying import begin, words_of


@pytest.fixture
def world(db: None) -> make.Province:
    forget_offers()
    return make.province()


@pytest.fixture
def citizen(world: make.Province, monkeypatch: pytest.MonkeyPatch) -> Client:
    monkeypatch.setattr("django.utils.timezone.now", lambda: make.at("2026-11-17 09:42"))
    client = Client()
    client.force_login(make.person_of(world.citizen))
    return client


def test_my_dossiers_show_first_what_needs_me(world: make.Province, citizen: Client):
    make.received(world, when=make.at("2026-11-16 08:00"))
    asked = make.submitted(world)
    actions.ask_before_receipt(
        asked, reason="Thiếu", items=[{"paper": 1, "name": "Đơn", "what": "nộp"}], by=world.ba_to.clerk, at=make.MONDAY
    )

    page = citizen.get("/ho-so/cua-toi/")

    text = words_of(page)
    assert "Có 1 hồ sơ đang chờ bổ sung" in text
    assert text.index(asked.reference) < text.index("H48.115-261116-0001")


def test_the_list_of_my_dossiers_costs_the_same_for_one_and_for_ten(world: make.Province, citizen: Client):
    def cost() -> int:
        with CaptureQueriesContext(connection) as seen:
            citizen.get("/ho-so/cua-toi/")
        return len(seen)

    make.received(world)
    cost()
    one = cost()
    for _n in range(9):
        make.received(world)
    assert cost() == one <= 8


def test_a_draft_is_thrown_away_only_after_asking(world: make.Province, citizen: Client):
    draft = begin(citizen)
    assert "Bỏ bản nháp này?" in words_of(citizen.get(f"/ho-so/nhap/{draft.reference}/bo/"))
    assert Draft.objects.exists()
    citizen.post(f"/ho-so/nhap/{draft.reference}/bo/")
    assert not Draft.objects.exists()
