"""Every figure that a page shows says how it is counted and opens into rows, and the rows add up to it: pages are walked, not picked."""

import html
import re
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from typing import Any, NamedTuple
from urllib.parse import urljoin, urlsplit

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import resolve, reverse

from motcua.base.actors import Actor
from motcua.directives import actions as directives
from motcua.directives.actions import TaskIn
from motcua.dossiers import actions as dossiers
from motcua.dossiers.terms import Channel, Delivery, PaymentWay
from motcua.measures.rules.declared import MEASURES
from motcua.people.terms import Role
from tests import make
from tests.remembered import remembered

pytestmark = pytest.mark.django_db
MONDAY, NOW = make.MONDAY, make.at("2026-12-15 10:00")
ITEMS = [{"paper": 1, "name": "Đơn", "what": "Ký lại"}]
PERIODS = ("2026-11", "2026")


class World(NamedTuple):
    """A commune with one dossier of every fate, a chairman above it, a task for it."""

    made: make.Province
    chief: Actor


@remembered
def every_fate() -> World:
    made = make.province()
    home, hour, day = made.ba_to, timedelta(hours=1), timedelta(days=1)
    chief = make.official("Trần Chủ Tịch", "chutich", made.root, Role.LEADER)
    make.submitted(made)
    dossiers.refuse(make.submitted(made), reason="Không thuộc nơi này.", by=home.clerk, at=MONDAY + hour)
    make.received(made, channel=Channel.ONLINE)
    make.processing(made, when=NOW - hour)
    done = make.signing(made)
    dossiers.sign(done, by=home.leader, at=MONDAY + 5 * hour)
    dossiers.advance(done, by=home.records, at=MONDAY + 5 * hour)
    if done.payment == "due":
        dossiers.take_payment(done, way=PaymentWay.CASH, payer="", by=home.clerk, at=MONDAY + 6 * hour)
    dossiers.return_result(done, way=Delivery.COUNTER, handed_to="Mẫu", by=home.clerk, at=MONDAY + 6 * hour)
    dossiers.rate(done, score=4, comment="", by=made.citizen, at=MONDAY + day)
    dossiers.sign(make.signing(made), by=home.leader, at=MONDAY + 9 * day)
    dossiers.sign(make.signing(made, when=NOW - 2 * hour), by=home.leader, at=NOW - hour)
    waiting, closed = make.processing(made), make.processing(made)
    for one in (waiting, closed):
        dossiers.draft_supplement(one, reason="Thiếu", items=ITEMS, by=home.specialist, at=MONDAY)
        dossiers.sign_supplement(one, by=home.leader, at=MONDAY + hour)
    for one, at in ((make.processing(made), MONDAY + day), (make.processing(made), MONDAY + 8 * day)):
        dossiers.extend(one, new_due_at=make.at("2026-12-10 10:00"), reason="Chờ ý kiến", by=home.leader, at=at)
    dossiers.withdraw(make.processing(made), reason="Đổi ý", by=made.citizen, at=MONDAY + 3 * day)
    dossiers.stop(make.processing(made), reason="Tranh chấp", legal_basis="Điều 16", by=home.leader, at=MONDAY + day)
    for lead in (home.authority, home.division, made.tinh_khe.authority):
        directives.give(TaskIn(title="Rà soát", lead=lead, due_on=NOW.date() + 3 * day), by=chief, at=NOW - day)
    return World(made, chief)


@pytest.fixture
def world(db: None, monkeypatch: pytest.MonkeyPatch) -> World:
    found = every_fate()
    cache.clear()
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    return found


def page(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, (url, answer.status_code)
    return html.unescape(answer.content.decode())


def number(text: str) -> Decimal | None:
    """The number that a text begins with, as Vietnamese writes it."""
    found = re.match(r"\s*(\d[\d.]*)(?:,(\d+))?", re.sub(r'<span class="sr">.*?</span>|<[^>]*>', "", text, flags=re.S))
    return Decimal(f"{found[1].replace('.', '')}.{found[2] or 0}") if found else None


def heading(body: str) -> str:
    found = re.search(r"<h1[^>]*>(.*?)</h1>", body, re.S)
    assert found is not None
    return found[1]


def columns(body: str) -> tuple[list[Decimal], list[Decimal]]:
    """The first numbers of the rows of the first table, and those of its last row, which is their sum."""
    found = re.search(r"<tbody>(.*?)</tbody>", body, re.S)
    assert found is not None
    rows = [re.findall(r"<td[^>]*>(.*?)</td>", row, re.S) for row in re.findall(r"<tr>(.*?)</tr>", found[1], re.S)]
    firsts = [one for row in rows if (one := number(row[0])) is not None]
    return firsts[:-1], [one for cell in rows[-1] if (one := number(cell)) is not None]


@pytest.mark.parametrize("period", [*PERIODS, "hom-nay"])
def test_every_declared_figure_opens_for_everybody_into_units_that_add_up(
    client: Client, world: World, period: str
) -> None:
    definitions, some = page(client, reverse("dashboards:definitions")), 0
    for code in MEASURES:
        body = page(client, f"{reverse('dashboards:rows', args=[code])}?ky={period}")
        assert f"{reverse('dashboards:definitions')}#{code}" in body and f'id="{code}"' in definitions
        if "Không có gì để đếm" in body:
            continue
        rows, (whole, *_more) = columns(body)
        assert sum(rows) == whole, (code, period)
        some += bool(whole)
    assert some > (5 if period == "hom-nay" else 25)


def links(body: str, *names: str) -> Iterator[tuple[str, str]]:
    """The addresses on a page that lead to rows, with what is written on them."""
    for url, text in re.findall(r'<a[^>]*href="(/[^"]+)"[^>]*>(.*?)</a>', body, re.S):
        path = urlsplit(url).path
        if "/so-lieu/" in path and resolve(path).view_name in names:
            yield url, text


def added(client: Client, url: str) -> tuple[Decimal, Decimal]:
    """What the rows of all pages of a list add up to, and to what they should."""
    rows, whole, next_url = Decimal(0), Decimal(0), url
    while next_url:
        body = page(client, next_url)
        if "Con số này là 0" in body:
            return Decimal(0), Decimal(0)
        told = re.search(r"Cộng vào ([^<]*)<", body)
        assert told is not None, url
        whole = number(told[1]) or Decimal(0)
        rows += sum(number(one) or 0 for one in re.findall(r'<td class="r num">([^<]*)</td></tr>', body))
        following = re.search(r'<a class="btn" href="([^"]+)" rel="next"', body)
        next_url = urljoin(next_url, following[1]) if following else ""
    return rows, whole


ROWS = ("dashboards_desk:rows", "dashboards_desk:set766_rows")


def desk_pages(unit: int) -> list[str]:
    asked = [f"don-vi={unit}&ky={period}" for period in PERIODS]
    home, compare = reverse("dashboards_desk:home"), reverse("leaders:compare")
    found = [
        f"{home}?{asked[1]}",
        f"{home}?{asked[0]}&bang=ty-le",
        f"{compare}?don-vi={unit}&ky=2026-12&con-so=received",
    ]
    return [*found, f"{reverse('leaders:seasons')}?don-vi={unit}", f"{reverse('dashboards_desk:set766')}?{asked[0]}"]


@pytest.mark.slow
@pytest.mark.parametrize("who", ["chief", "leader", "head"])
def test_every_figure_at_the_desk_opens_into_rows_that_add_up(client: Client, world: World, who: str) -> None:
    home = world.made.ba_to
    person, unit = {
        "chief": (world.chief, world.made.root),
        "leader": (home.leader, home.authority),
        "head": (home.unit_head, home.division),
    }[who]
    client.force_login(make.person_of(person))
    seen: set[str] = set()
    for url in desk_pages(unit):
        if who == "head" and "/766/" in url:
            continue
        for to, text in links(page(client, url), *ROWS):
            to = to.split("#")[0]
            body = page(client, to)
            shown, said = number(text), number(heading(body).rsplit(": ", 1)[-1])
            assert shown in (None, said) or "/AVG_TIME/" in to, (url, to, text)
            if to in seen:
                continue
            seen.add(to)
            of_procedures = "thủ tục" in body and "Cộng vào" not in body
            if not of_procedures:
                rows, whole = added(client, to)
                assert rows == whole, (url, to)
            assert f"{reverse('dashboards:definitions')}#" in body or "/766/" in to
    assert len(seen) > 20


def test_tasks_beside_the_dossiers_open_into_their_list_for_every_unit(client: Client, world: World) -> None:
    home = world.made.ba_to
    for person, unit in (
        (world.chief, world.made.root),
        (world.chief, home.authority),
        (home.leader, home.authority),
        (home.leader, home.division),
    ):
        client.force_login(make.person_of(person))
        body = page(client, f"{reverse('dashboards_desk:home')}?don-vi={unit}&ky=2026-12")
        found = [
            (url, number(re.search(r'class="v">(.*?)<', text)[1]))
            for url, text in re.findall(r'<a class="kpi[^"]*" href="([^"]+)">(.*?)</a>', body, re.S)
            if url.startswith(reverse("directives_desk:board_list"))
        ]
        assert len(found) == 5 and found[0][1], "given, done in time, done late, open in time, late"
        for url, told in found:
            listed = re.search(r"<b>(\d+)</b> nhiệm vụ, tính đến", page(client, url))
            assert listed is not None and Decimal(listed[1]) == told, (unit, url)


def test_every_figure_of_the_public_pages_leads_to_its_rows(client: Client, world: World) -> None:
    asked = "?ky=2026-11"
    glance = page(client, f"{reverse('dashboards:glance')}{asked}")
    tiles = re.findall(r"<div><dt>(.*?)</dt><dd><b>(.*?)</b>(.*?)</dd></div>", glance, re.S)
    declared = [one for one in tiles if "/so-lieu/so/" in one[2]]
    assert len(declared) == 12
    for name, value, around in declared:
        [(url, _text)] = links(around, "dashboards:rows")
        assert heading(page(client, url)) == f"{name}: {value}" and "/cach-dem/#" in around
    wall = page(client, reverse("wall:screen"))
    figures = re.findall(r"<dd>(.*?)</dd><dt>(.*?)</dt>", wall, re.S)
    for value, label in figures:
        for url, _text in links(label, "dashboards:rows"):
            assert heading(page(client, url)).endswith(f": {value}")
    assert len([one for one in figures if "<a " in one[1]]) == 5 and reverse("dashboards:tasks") in wall
    set766 = page(client, f"{reverse('dashboards:set766')}{asked}")
    for url, text in links(set766, "dashboards:set766_rows"):
        answer = client.get(url)
        if "AVG_TIME" in url:
            assert answer.status_code == 302 and reverse("dashboards:procedures") in answer["Location"]
            continue
        body = page(client, url)
        if "Cộng" in body:
            rows, (whole, *_more) = columns(body)
            assert sum(rows) == whole == number(text), url


def test_what_a_weekday_is_the_mean_of_opens_into_its_days_and_these_into_dossiers(
    client: Client, world: World
) -> None:
    client.force_login(make.person_of(world.chief))
    where = reverse("leaders:seasons")
    body = page(client, where)
    [(url, shown)] = re.findall(r'<a href="(\?[^"]*thu-thang=0-11)#cac-ngay">(.*?)</a>', body)
    days = page(client, urljoin(where, url))
    assert "Các ngày sau con số: thứ Hai, tháng 11" in days
    [(rows_url, count)] = re.findall(r'<td class="r num"><a href="([^"]+)">(\d+)<', days)
    assert number(shown) == Decimal(count)
    assert added(client, rows_url) == (Decimal(count), Decimal(count))


def test_amounts_of_single_units_are_told_of_five_or_more_and_of_months_that_have_ended(
    client: Client, world: World
) -> None:
    body: Any = page(client, f"{reverse('dashboards:rows', args=['average_hours'])}?ky=2026")
    assert "Xã Ba Tơ" not in body and "Không nêu riêng" in body and "mọi" not in heading(body)
    table = client.get(reverse("dashboards:dataset", args=["don-vi", "json"]), {"ky": "2026-11"}).json()["rows"]
    [unit] = [one for one in table if one["agency_code"] == "H48.115"]
    assert unit["received"] and unit["handled"] == 2
    assert {unit[code] for code, one in MEASURES.items() if one.amounts} == {None}
    asked = {"agency": "H48.115", "period": "2026-11"}
    assert client.get("/api/v1/figures/average_hours", asked).status_code == 403
    assert client.get("/api/v1/figures/received", asked).status_code == 200
    whole = client.get("/api/v1/figures/average_hours", {"period": "2026-11"}).json()
    assert whole["numerator"] and whole["parts"] == []
    for n in range(4):
        more = make.signing(world.made, when=MONDAY + timedelta(hours=n))
        dossiers.sign(more, by=world.made.ba_to.leader, at=MONDAY + timedelta(days=1, hours=n))
    cache.clear()
    body = page(client, f"{reverse('dashboards:rows', args=['average_hours'])}?ky=2026")
    assert "Xã Ba Tơ" in body and "Không nêu riêng" in body, "of the running month nothing is told by unit"
    assert client.get("/api/v1/figures/average_hours", asked).status_code == 200
