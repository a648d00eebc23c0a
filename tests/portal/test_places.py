"""Where to hand in: by the commune that people know, by its old name, and a way on when nothing is found."""

from datetime import datetime

import pytest
from django.test import Client

from motcua.base.actors import SYSTEM
from motcua.organisations import actions as organisations
from motcua.organisations.models import Agency
from motcua.organisations.terms import Kind
from motcua.portal.places import one_stops
from tests import make
from tests.portal.test_views import words_of

NOW: datetime = make.at("2026-11-17 09:42")


@pytest.fixture
def world(db: None) -> make.Province:
    found = make.province()
    for authority in (found.ba_to.authority, found.tinh_khe.authority):  # as in life, one-stops bear one name
        make.unit(Kind.SERVICE_CENTRE, "Trung tâm", authority)
    return found


def test_one_stops_of_one_name_are_told_apart_by_their_commune(world: make.Province):
    rows, _told = one_stops("", NOW)

    assert ("UBND xã Ba Tơ", "Trung tâm", "") in rows
    assert len({one.name for one in rows}) == len(rows)


def test_a_commune_is_found_without_accents(world: make.Province, client: Client, monkeypatch: pytest.MonkeyPatch):
    rows, told = one_stops("ba to", NOW)

    assert rows and all("Ba Tơ" in f"{one.name} {one.detail}" for one in rows) and told == []
    assert "UBND xã Ba Tơ" in words_of(client.get("/noi-tiep-nhan/?q=ba%20to"))


def test_an_old_name_is_answered_with_who_stands_there_today(world: make.Province):
    commune = make.office(Kind.COMMUNE, "Núi Cao", world.root, "H48.300")
    make.unit(Kind.SERVICE_CENTRE, "Trung tâm", commune)
    organisations.rename(
        Agency.objects.get(pk=commune), name="Ủy ban nhân dân xã Ba Mới", short_name="UBND xã Ba Mới", place="Ba Mới",
        by=SYSTEM, at=NOW, on=NOW.date(), decision="NQ 5",
    )  # fmt: skip

    rows, told = one_stops("xa nui cao", NOW)

    assert [one.name for one in rows] == ["UBND xã Ba Mới"]
    assert told and "nay là" in told[0]


def test_nothing_found_says_so_and_leads_on(world: make.Province, client: Client):
    page = client.get("/noi-tiep-nhan/", {"q": "Cà Mau <b>"})

    assert "Không thấy xã, phường nào như vậy trong tỉnh" in words_of(page)
    assert 'href="/noi-tiep-nhan/"' in page.content.decode()
