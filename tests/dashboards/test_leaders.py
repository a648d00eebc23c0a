"""For those who lead: what needs them, two periods, seasons, one sheet, the letter of Mondays, the wall screen, one's own work."""

import html
import io
import re
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from motcua.alerts import actions as alerts
from motcua.base.actors import Actor
from motcua.base.clock import VIET_NAM
from motcua.dashboards import comparing, jobs, seasons, tilemap
from motcua.dashboards.boards import Line
from motcua.dashboards.tasks import lines_of, tasks_of
from motcua.directives import actions as directives
from motcua.directives.actions import TaskIn
from motcua.dossiers import actions as dossiers
from motcua.measures import actions as measures
from motcua.measures.queries.persons import ASKED, work_of
from motcua.measures.rules.periods import Period
from motcua.notifications.jobs import deliver
from motcua.notifications.models import Message
from motcua.people.models import Person
from motcua.people.terms import Role
from tests import make
from tests.remembered import remembered


@pytest.fixture(autouse=True)
def told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Figures were told for years before this morning: one period may be held against another."""
    monkeypatch.setattr(comparing, "told_since", lambda: date(2020, 1, 1))


class World:
    """Ba Tơ with three dossiers of this morning, one before its leader; the chairman gave Ba Tơ a task."""

    def __init__(self) -> None:
        cache.clear()
        self.made = make.province()
        self.chief = make.official("Trần Chủ Tịch", "chutich", self.made.root, Role.LEADER)
        self.now = timezone.now() - timedelta(minutes=5)
        make.received(self.made, when=self.now)
        make.processing(self.made, when=self.now)
        self.signing = make.signing(self.made, when=self.now)
        due = self.now.date() + timedelta(days=3)
        task = TaskIn(title="Rà soát hồ sơ tồn", lead=self.made.ba_to.authority, due_on=due)
        directives.give(task, by=self.chief, at=self.now)


@pytest.fixture
def world(db: None) -> World:
    return remembered(World)()


def opened(client: Client, who: Actor, name: str, *args: Any, **query: Any) -> str:
    client.force_login(make.person_of(who))
    answer = client.get(reverse(name, args=args), query)
    assert answer.status_code == 200, (name, answer.status_code)
    return html.unescape(answer.content.decode())


def test_the_home_says_what_needs_the_leader_and_shows_tasks_beside_dossiers(client: Client, world: World) -> None:
    page = opened(client, world.made.ba_to.leader, "dashboards_desk:home", ky=f"{timezone.localtime():%Y-%m}")
    assert "Cần quyết hôm nay" in page and "1 hồ sơ chờ tôi ký" in page and reverse("desk:signing") in page
    assert "Nhiệm vụ được giao trong kỳ" in page and "giao kỳ này và các kỳ trước" in page
    whole = opened(client, world.chief, "dashboards_desk:home", ky=f"{timezone.localtime():%Y-%m}")
    assert "chờ tôi ký" not in whole and "Nhiệm vụ được giao trong kỳ" in whole
    beside = opened(client, world.chief, "dashboards_desk:home", **{"don-vi": world.made.ba_to.authority})
    assert "Cần quyết hôm nay" not in beside, "what needs a person stands on their own page alone"


def test_what_needs_a_leader_today_is_of_today_whatever_period_is_looked_at(client: Client, world: World) -> None:
    long_ago = world.now - timedelta(days=60)
    make.processing(world.made, when=long_ago)
    this, old = (f"{day:%Y-%m}" for day in (timezone.localtime(), timezone.localtime(world.now - timedelta(days=400))))
    for ky in (this, old):
        page = opened(client, world.chief, "dashboards_desk:home", ky=ky)
        assert "1 hồ sơ đang trễ hẹn" in page, ky
        assert f"{reverse('dashboards_desk:rows', args=['overdue'])}?don-vi={world.made.root}&ky={this}" in page, ky


def test_two_periods_stand_beside_each_other(client: Client, world: World) -> None:
    this = f"{timezone.localtime():%Y-%m}"
    year = comparing.a_year_before(Period.parse(this))
    page = opened(client, world.chief, "leaders:compare", ky=this, **{"so-voi": year.text, "con-so": "received"})
    assert f"so với tháng {year.first.month}/{year.first.year}" in page and "Từng đơn vị" in page and "+3" in page
    assert client.get(reverse("leaders:compare"), {"con-so": "khong-co"}).status_code == 404
    assert comparing.other_of("2031-01", Period.parse("2026-11"), make.MONDAY).text == "2026-10"
    assert comparing.other_of("2026-11", Period.parse("2026-11"), make.MONDAY).text == "2026-10"
    assert comparing.a_year_before(Period.parse("2026-Q3")).text == "2025-Q3"


def test_seasons_count_what_the_days_count(client: Client, world: World) -> None:
    page = opened(client, world.chief, "leaders:seasons", **{"con-so": "received"})
    assert "Cùng tháng các năm" in page and str(timezone.localtime().year) in page
    days = {date(2026, 9, day): 10 if date(2026, 9, day).weekday() == 0 else 2 for day in range(1, 31)}
    days |= {date(2026, 10, day): 10 if date(2026, 10, day).weekday() == 0 else 2 for day in range(1, 32)}
    found = seasons.by_weekdays(days)
    assert found.finding.startswith("Đông nhất thứ Hai (trung bình 10")
    assert [cell.text for cell in found.rows[0][1]][8:10] == ["10", "10"] and found.rows[0][1][8].shade == "h4"
    assert seasons.ink(Decimal(5), Decimal(5), Decimal(5)) == "h0"


def test_the_brief_is_one_page_and_names_what_stands(client: Client, world: World) -> None:
    client.force_login(make.person_of(world.chief))
    answer = client.get(reverse("leaders:brief"), {"ky": f"{timezone.localtime():%Y-%m}"})
    assert answer["Content-Type"] == "application/pdf"
    pages = PdfReader(io.BytesIO(answer.content)).pages
    words = " ".join(pages[0].extract_text().split())
    assert len(pages) == 1
    assert "Phục vụ người dân, doanh nghiệp" in words and "Mọi con số trong ngưỡng" in words and "đã giao" in words


def test_each_monday_one_letter_and_none_to_who_said_no(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    chief, leader = make.person_of(world.chief), make.person_of(world.made.ba_to.leader)
    beside = world.made.tinh_khe.leader.id
    Person.objects.filter(pk=beside).update(email="")
    today = timezone.localtime(world.now).date()
    monday = today + timedelta(days=7 - today.weekday())
    clock = {"at": timezone.datetime(monday.year, monday.month, monday.day, 7, 20, tzinfo=VIET_NAM)}
    monkeypatch.setattr("motcua.dashboards.jobs.timezone.now", lambda: clock["at"])
    alerts.want_letter(leader, False, at=world.now)
    measures.fold_all(at=clock["at"])
    jobs.letters.func(0)
    jobs.letters.func(0)
    letter = Message.objects.get(template="alerts.letter")
    assert letter.person_id == chief.pk and letter.channel == "mail"
    assert "Hồ sơ tiếp nhận" in letter.body and "/ban-lam-viec/so-lieu/ban-tin/" in letter.body
    assert "Không muốn nhận thư này" in letter.body
    assert deliver(clock=lambda: clock["at"])
    ((name, page, media),) = [file for sent in mail.outbox for file in sent.attachments]
    assert (name, media) == (f"ban-tin-so-lieu-H48-{clock['at']:%Y-%m}.pdf", "application/pdf") or clock["at"].day < 8
    assert "Phục vụ người dân, doanh nghiệp" in PdfReader(io.BytesIO(page)).pages[0].extract_text()
    clock["at"] += timedelta(days=1)
    jobs.letters.func(0)
    alerts.want_letter(leader, True, at=clock["at"])
    clock["at"] += timedelta(days=6)
    jobs.letters.func(0)
    letters = Message.objects.filter(template="alerts.letter")
    assert letters.count() == 3 and len(set(letters.values_list("file", flat=True))) == 3, "one page for each authority"


def test_the_wall_screen_shows_figures_and_nobody(client: Client, world: World) -> None:
    page = html.unescape(client.get(reverse("wall:screen")).content.decode())
    assert 'http-equiv="refresh"' in page and 'hx-trigger="every 60s"' in page
    for person in ("Nguyễn Văn Mẫu", "Phạm Thị Thử", "H48.115-"):
        assert person not in page
    stopped = client.get(reverse("wall:screen"), {"dung": "1"}).content.decode()
    assert "hx-trigger" not in stopped and "refresh" not in stopped


def test_the_wall_screen_has_tables_for_its_drawings_in_either_state(client: Client, world: World) -> None:
    at = reverse("wall:screen")
    drawn = html.unescape(client.get(at).content.decode())
    assert f'href="{at}?bang=1"' in drawn and "tilemap" in drawn and "<table" not in drawn
    tables = html.unescape(client.get(at, {"bang": "1"}).content.decode())
    assert f'hx-get="{at}?bang=1"' in tables, "it goes on looking, as tables"
    assert re.search(r'<tr><th scope="row">Xã Ba Tơ</th>(<td class="r num">[^<]+</td>){3}</tr>', tables)
    assert "tilemap" not in tables and f'href="{at}?dung=1&bang=1"' in tables and f'href="{at}"' in tables
    both = html.unescape(client.get(at, {"bang": "1", "dung": "1"}).content.decode())
    assert "<table" in both and "hx-trigger" not in both and f'href="{at}?dung=1"' in both


def test_the_map_has_a_place_for_each_commune_and_leaves_out_none() -> None:
    codes = [code for row in tilemap.rows() for code in row if code]
    assert len(codes) == len(set(codes)) == 96
    assert {len(row) for row in tilemap.rows()} == {17}


@pytest.mark.django_db
def test_few_communes_are_shown_in_the_order_of_names(world: World) -> None:
    lines = [Line(world.made.ba_to.authority, "Xã Ba Tơ", 1, 1, 0, 0, 0, Decimal(100), None)]
    found = tilemap.tile_map(lines, world.made.root, world.now.date())
    assert not found.placed and [one.place for one in found.tiles if one] == ["Ba Tơ"]


def test_work_against_the_norm_is_seen_by_oneself_and_ones_head_alone(client: Client, world: World) -> None:
    home = world.made.ba_to
    dossiers.sign(world.signing, by=home.leader, at=timezone.now())
    page = opened(client, home.specialist, "leaders:mine", ky=f"{timezone.localtime():%Y-%m}")
    assert "Việc của tôi so với quy trình" in page and "Trình ký" in page and "1</b> bước" in page
    who = {"nguoi": home.specialist.id}
    for head in (home.unit_head, home.leader):
        assert "Việc của Phạm Thị Thử so với quy trình" in opened(client, head, "leaders:mine", **who)
    for other in (home.clerk, world.chief, world.made.tinh_khe.leader, world.made.controller):
        client.force_login(make.person_of(other))
        assert client.get(reverse("leaders:mine"), who).status_code == 404
    assert home.specialist.id is not None
    begin, end = world.now - timedelta(days=1), timezone.now() + timedelta(hours=1)
    work = work_of(home.specialist.id, {home.division}, begin=begin, end=end)
    assert [one.kind for one in work.kinds] == ["ResultSubmitted"] and len(work.steps) == 1
    assert work.kinds[0].unit_minutes is None, "of one person no median of a unit is told"


def test_work_of_one_person_is_found_by_the_people_however_long_the_journal_is(db: None) -> None:
    """On an empty table any way is cheap, so the two ways that read all of it are switched off."""
    values = {"people": [1], "begin": make.MONDAY, "end": make.MONDAY, "names": ["x"], "person": 1, "offices": [1]}
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_bitmapscan = off")
        cursor.execute(f"EXPLAIN {ASKED}", values)
        assert "journal_entry_by" in " ".join(row[0] for row in cursor.fetchall())


def test_everybody_sees_the_authorities_behind_the_figures_of_tasks(client: Client, world: World) -> None:
    today = timezone.localtime(world.now).date()
    for agency in (world.made.tinh_khe.authority, world.made.ba_to.division):
        wish = TaskIn(title="Rà soát", lead=agency, due_on=today + timedelta(days=9))
        directives.give(wish, by=world.chief, at=world.now)
    period = Period.parse(f"{today.year}")
    whole = tasks_of(world.made.root, period, until=today, today=today)
    lines = lines_of(world.made.root, period, until=today, today=today)
    assert whole is not None and sum(one.sums.given for one in lines) == whole.sums.given == 3
    page = opened(client, world.chief, "dashboards:tasks", ky=period.text)
    assert "UBND xã Ba Tơ" in page.replace("Ủy ban nhân dân", "UBND") and "Rà soát" not in page
    assert reverse("dashboards:tasks") in opened(client, world.chief, "dashboards:glance", ky=period.text)
