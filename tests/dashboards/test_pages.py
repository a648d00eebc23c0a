"""The pages of figures: what they say is what happened, each figure opens into its dossiers, nobody looks beside."""

import csv
import html
import io
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from motcua.base.actors import Actor
from motcua.dashboards import comparing, unchanged
from motcua.dossiers.models import Dossier
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> make.Province:
    """Three dossiers of this morning at Ba Tơ: one signed, one in work, one only received."""
    cache.clear()
    made = make.province()
    when = timezone.now() - timedelta(minutes=5)
    make.received(made, when=when)
    make.processing(made, when=when)
    make.signing(made, when=when)
    return made


def signed_in(client: Client, who: Actor) -> Client:
    client.force_login(make.person_of(who))
    return client


def text_of(answer: Any) -> str:
    assert answer.status_code == 200, answer.status_code
    return html.unescape(answer.content.decode())


def month() -> str:
    return f"{timezone.localtime():%Y-%m}"


def test_everybody_sees_the_province_and_its_definitions(client: Client, world: make.Province) -> None:
    page = text_of(client.get(reverse("dashboards:glance"), {"ky": month()}))
    assert "Tỉnh đang phục vụ thế nào" in page and "Ba Tơ" in page
    assert "1 đơn vị ít hồ sơ, chưa so sánh" in page
    definitions = text_of(client.get(reverse("dashboards:definitions")))
    assert 'id="handled_in_time_share"' in definitions
    assert "chưa đo" in text_of(client.get(reverse("dashboards:set766"), {"ky": month()}))


def test_a_period_before_anything_was_told_is_held_against_nothing(
    client: Client, world: make.Province, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "Số có dấu cộng" not in text_of(client.get(reverse("dashboards:glance"), {"ky": month()}))
    cache.clear()
    monkeypatch.setattr(comparing, "told_since", lambda: date(2020, 1, 1))
    assert "Số có dấu cộng, trừ: so với tháng" in text_of(client.get(reverse("dashboards:glance"), {"ky": month()}))
    signed_in(client, world.ba_to.leader)
    for since, compared in ((date(2020, 1, 1), True), (timezone.localdate().replace(day=1), False)):
        unchanged.forget()
        monkeypatch.setattr(comparing, "told_since", lambda since=since: since)
        for name, says in (("dashboards_desk:home", "+3"), ("leaders:compare", "+3<")):
            page = text_of(client.get(reverse(name), {"ky": month()}))
            assert (says in page) is compared, (name, since)
            assert ("chưa đủ để so với" in page) is not compared, (name, since)


@pytest.mark.parametrize(
    "period",
    ["", "2031-01", "abc", "2026-13", "1999", "2025-Q4", "9999", "9999-12", "0000", "2000", "2000-01", "２０２６"],
)
def test_any_period_in_the_address_gives_a_page(client: Client, world: make.Province, period: str) -> None:
    for name in ("glance", "procedures", "open_data"):
        assert client.get(reverse(f"dashboards:{name}"), {"ky": period}).status_code == 200
    before_the_decision = period.startswith("2000")
    assert client.get(reverse("dashboards:set766"), {"ky": period}).status_code == (404 if before_the_decision else 200)
    signed_in(client, world.ba_to.leader)
    for name in ("dashboards_desk:home", "leaders:compare", "dashboards_desk:set766"):
        for asked in ({"ky": period}, {"ky": month(), "so-voi": period}):
            assert client.get(reverse(name), asked).status_code == 200, (name, asked)


def test_open_data_withholds_what_points_at_persons(client: Client, world: make.Province) -> None:
    answer = client.get(reverse("dashboards:dataset", args=["thu-tuc", "csv"]), {"ky": month()})
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows == [], "three dossiers of one procedure: the agency's sum would tell the count"
    body = client.get(reverse("dashboards:dataset", args=["don-vi", "json"]), {"ky": month()}).json()
    assert "creativecommons.org/licenses/by/4.0" in answer["Link"], "a table of text says its licence too"
    described = text_of(client.get(reverse("dashboards:open_data")))
    assert all(f'class="code">{one}<' in described for one in {*body["columns"], "procedure_code"}), "the dictionary"
    assert body["licence"] == "CC BY 4.0" and body["rows"][0]["received"] == 3.0
    assert client.get(reverse("dashboards:dataset", args=["don-vi", "exe"])).status_code == 404


def test_a_leader_opens_a_figure_into_its_dossiers(client: Client, world: make.Province) -> None:
    signed_in(client, world.ba_to.leader)
    page = text_of(client.get(reverse("dashboards_desk:home"), {"ky": month()}))
    rows = reverse("dashboards_desk:rows", args=["open"])
    assert f"{rows}?don-vi={world.ba_to.authority}&ky={month()}" in page
    listed = text_of(client.get(rows, {"ky": month()}))
    assert "Hồ sơ đang giải quyết: 3" in listed
    for dossier in Dossier.objects.all():
        assert reverse("dossiers_desk:detail", args=[dossier.reference]) in listed


def test_a_head_sees_the_own_unit_and_nobody_looks_beside(client: Client, world: make.Province) -> None:
    signed_in(client, world.ba_to.unit_head)
    room = text_of(client.get(reverse("dashboards_desk:home"), {"ky": month()}))
    assert "<h1>Phòng" in room
    tiles = room.split('class="kpis')[1].split("</div>")[0]
    assert "Một năm qua" not in room, "nor has it results to draw"
    assert "Giờ giữ hồ sơ" in tiles and "Hồ sơ tiếp nhận" not in tiles, "a room receives nothing: dossiers lie there"
    signed_in(client, world.ba_to.leader)
    for name, args in (("home", []), ("rows", ["open"]), ("set766", [])):
        address = reverse(f"dashboards_desk:{name}", args=args)
        assert client.get(address, {"don-vi": world.tinh_khe.authority}).status_code == 403
        assert client.get(address, {"don-vi": "99999999999"}).status_code == 403
    assert client.get(reverse("dashboards_desk:rows", args=["khong-co"])).status_code == 404


def test_the_province_reaches_a_dossier_in_three_clicks(client: Client, world: make.Province) -> None:
    signed_in(client, world.controller)
    home = reverse("dashboards_desk:home")
    province = text_of(client.get(home, {"ky": month()}))
    commune = f"?don-vi={world.ba_to.authority}&ky={month()}"
    assert f"{home}{commune}" in province  # first click: the commune
    below = text_of(client.get(f"{home}{commune}"))
    rows = reverse("dashboards_desk:rows", args=["received"])
    assert f"{rows}{commune}" in below  # second: the figure
    listed = text_of(client.get(f"{rows}{commune}"))
    assert reverse("dossiers_desk:detail", args=[Dossier.objects.all()[0].reference]) in listed  # third: the dossier
