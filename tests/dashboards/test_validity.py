"""A figure whose definition does not hold in the period says so wherever it is shown: pages, files, open data, what is published."""

import csv
import html
import io
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from motcua.dashboards import paper
from motcua.measures.queries import publications
from motcua.measures.rules.declared import MEASURES
from motcua.measures.rules.documented import as_page
from motcua.measures.rules.periods import Period
from motcua.organisations import queries as organisations
from tests import make

pytestmark = pytest.mark.django_db
SAID = "hết áp dụng từ 01/01/2020, không áp dụng trong kỳ này"


@pytest.fixture
def ended() -> Iterator[None]:
    """The number of dossiers received is counted so only until the end of 2019."""
    cache.clear()
    measure = MEASURES["received"]
    object.__setattr__(measure, "until", date(2020, 1, 1))
    yield
    object.__setattr__(measure, "until", None)


@pytest.fixture
def world(ended: None) -> make.Province:
    made = make.province()
    make.received(made, when=timezone.now() - timedelta(minutes=5))
    return made


def text_of(answer: Any) -> str:
    assert answer.status_code == 200, answer.status_code
    return html.unescape(answer.content.decode())


def test_every_page_that_shows_it_says_so(client: Client, world: make.Province) -> None:
    month = {"ky": f"{timezone.localtime():%Y-%m}"}
    for name, args in (("glance", []), ("rows", ["received"])):
        assert SAID in text_of(client.get(reverse(f"dashboards:{name}", args=args), month)), name
    assert "Hồ sơ tiếp nhận" in text_of(client.get(reverse("dashboards:definitions"))), (
        "a link to it leads to its words"
    )
    for name in ("definitions", "open_data"):
        assert "ết áp dụng từ 01/01/2020" in text_of(client.get(reverse(f"dashboards:{name}"))), name
    client.force_login(make.person_of(world.ba_to.leader))
    for name, args in (("home", []), ("rows", ["received"])):
        assert SAID in text_of(client.get(reverse(f"dashboards_desk:{name}", args=args), month)), name
    assert SAID not in text_of(client.get(reverse("dashboards_desk:rows", args=["open"]), month))


def test_files_and_open_data_say_so_and_give_no_number(client: Client, world: make.Province) -> None:
    month = {"ky": f"{timezone.localtime():%Y-%m}"}
    body = client.get(reverse("dashboards:dataset", args=["don-vi", "json"]), month).json()
    assert SAID in body["notes"]["received"] and list(body["notes"]) == ["received"]
    assert {row["received"] for row in body["rows"]} == {None}
    assert {row["open"] for row in body["rows"]} == {1}, "a count is a whole number"
    plain = client.get(reverse("dashboards:dataset", args=["don-vi", "csv"]), month).content.decode("utf-8-sig")
    assert {row["received"] for row in csv.DictReader(io.StringIO(plain))} == {""}
    client.force_login(make.person_of(world.ba_to.leader))
    table = client.get(reverse("dashboards_desk:units_file", args=["csv"]), month).content.decode("utf-8-sig")
    assert sum(SAID in head for head in next(csv.reader(io.StringIO(table)))) == 1


def test_nothing_is_published_of_it_and_the_sheet_says_so(
    world: make.Province, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = timezone.now()
    top = organisations.version_on(world.root, timezone.localdate())
    assert top is not None
    said = publications.content_of(top, Period.parse("2026-09"), at=at)
    assert "received" not in said["province"]["figures"] and "handled" in said["province"]["figures"]
    object.__setattr__(MEASURES["received"], "until", date(2026, 9, 15))
    figure = publications.content_of(top, Period.parse("2026-09"), at=at)["province"]["figures"]["received"]
    assert figure["validity"] == "Cách đếm này hết áp dụng từ 15/09/2026, trước ngày cuối kỳ."
    drawn: list[paper.Brief] = []
    monkeypatch.setattr(paper, "render", lambda brief: drawn.append(brief) or b"")
    period = Period.parse("2026-09")
    paper.made(top, period, Period.parse("2026-08"), paper.Part.DECIDING, at=at)
    assert figure["validity"] in next(one["behind"] for one in drawn[0].tiles if one["name"] == "Hồ sơ tiếp nhận")
    assert "Nghị định 118/2025/NĐ-CP, hết áp dụng từ 15/09/2026 |" in as_page()
