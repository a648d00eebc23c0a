"""The lists of the desk: what a sheet of Excel holds of a list that is too long for it, and what the page says of it."""

import html
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from motcua.base import counts
from motcua.desk import excel
from motcua.dossiers import queries
from tests import make

pytestmark = pytest.mark.django_db

PERIOD = {"tu": "2026-11-01", "den": "2026-11-30"}


@pytest.fixture
def clerk(client: Client) -> Client:
    world = make.province()
    for _n in range(3):
        make.received(world)
    client.force_login(make.person_of(world.ba_to.clerk))
    return client


@pytest.mark.parametrize(
    ("address", "query"), [("desk:dossiers", {"excel": "1"}), ("desk:book_excel", PERIOD)], ids=["list", "book"]
)
def test_a_sheet_that_is_cut_says_so_at_its_top(
    clerk: Client, monkeypatch: pytest.MonkeyPatch, address: str, query: dict[str, str]
) -> None:
    def sheet() -> list[tuple[object, ...]]:
        return list(load_workbook(BytesIO(clerk.get(reverse(address), query).content)).active.values)

    whole = sheet()
    assert len(whole) == 4 and whole[0][0] == "Mã hồ sơ"
    monkeypatch.setattr(excel, "MOST", 2)
    told, *rows = sheet()
    assert str(told[0]).startswith("Danh sách dài hơn 2 hồ sơ: tệp này chỉ có 2 hồ sơ đầu danh sách.")
    assert rows == whole[:3]


@pytest.mark.parametrize(("address", "query"), [("desk:dossiers", {}), ("desk:book", PERIOD)], ids=["list", "book"])
def test_the_page_of_a_long_list_says_how_much_a_sheet_holds(
    clerk: Client, monkeypatch: pytest.MonkeyPatch, address: str, query: dict[str, str]
) -> None:
    words = "tệp Excel ghi tối đa 20.000 hồ sơ"
    assert words not in html.unescape(clerk.get(reverse(address), query).content.decode())
    for where in (queries, counts):
        monkeypatch.setattr(where, "CAP", 2)
    assert words in html.unescape(clerk.get(reverse(address), query).content.decode())
