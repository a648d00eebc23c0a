"""Excel and CSV of the figures at the desk: the same numbers, adding up; nobody takes what they may not see."""

import csv
import io
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from motcua.dashboards.sheets import Sheet, answer
from motcua.measures.queries.figures import Asked, figures
from tests import make
from tests.dashboards.test_pages import month, signed_in, world

__all__ = ["world"]
pytestmark = pytest.mark.django_db


def table(answer: Any) -> list[dict[str, str]]:
    assert answer.status_code == 200
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


def test_the_units_of_the_file_add_up_to_the_figure(client: Client, world: make.Province) -> None:
    signed_in(client, world.controller)
    address = {kind: reverse("dashboards_desk:units_file", args=[kind]) for kind in ("csv", "xlsx")}
    whole, *parts = table(client.get(address["csv"], {"ky": month()}))
    received = "Hồ sơ tiếp nhận (hồ sơ)"
    assert whole["Mã"] == "H48" and whole[received] == "3"
    assert sum(int(one[received]) for one in parts) == 3
    assert len(whole) == 2 + len(figures(Asked.now(world.root, at=timezone.now())).whole)
    answer = client.get(address["xlsx"], {"ky": month()})
    sheet = load_workbook(io.BytesIO(answer.content)).active
    lines = list(sheet.iter_rows(values_only=True))
    assert "đếm tới" in lines[0][0] and lines[1][:2] == ("Mã", "Đơn vị")
    assert lines[2][lines[1].index(received)] == 3


def test_the_dossiers_of_the_file_add_up_to_the_figure(client: Client, world: make.Province) -> None:
    signed_in(client, world.ba_to.leader)
    address = reverse("dashboards_desk:rows_file", args=["open", "csv"])
    found = table(client.get(address, {"ky": month()}))
    assert sum(int(one["Hồ sơ"]) for one in found) == 3 and all(one["Mã hồ sơ"] for one in found)
    assert all(one["Đang ở"] and one["Hẹn trả"] for one in found)
    assert "Nguyễn" not in repr(found)
    elsewhere = {"ky": month(), "don-vi": world.tinh_khe.authority}
    assert client.get(address, elsewhere).status_code == 403
    assert client.get(reverse("dashboards_desk:rows_file", args=["open", "exe"])).status_code == 404
    assert client.get(reverse("dashboards_desk:rows_file", args=["khong-co", "csv"])).status_code == 404


def test_no_cell_is_run_by_a_spreadsheet() -> None:
    sheet = Sheet("A/B", ["=x"], ["h"], [["=1+1", Decimal("2.50"), None]])
    book = load_workbook(io.BytesIO(answer(sheet, "a", "xlsx").content)).active
    assert book["A1"].value == "'=x" and book["A3"].value == "'=1+1" and book["B3"].value == 2.5
    assert answer(sheet, "a", "csv").content.decode("utf-8-sig").splitlines()[1] == "'=1+1,2.50,"
