"""The rows behind times, days ahead and totals add up to them, and no two published numbers differ by a small one."""

import html
import re
from collections import Counter
from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from motcua.base.actors import SYSTEM
from motcua.base.clock import day_of
from motcua.dashboards import ahead, lateness, times
from motcua.dashboards.times import Stretch
from motcua.dossiers.actions.bulk.sketched import sketch
from motcua.dossiers.models import Dossier
from motcua.measures import actions
from motcua.measures.queries import boards
from motcua.measures.queries.late import due_ahead
from motcua.measures.rules.fairness import FEWEST
from motcua.measures.rules.periods import Period
from motcua.measures.terms import Part
from motcua.organisations import queries as organisations
from motcua.organisations.models import Agency
from motcua.organisations.rules import New
from motcua.organisations.terms import Kind
from motcua.people.terms import Role
from motcua.procedures import queries as catalogue
from tests import make
from tests.measures.test_sketched import NOW, kinds_of

PERIODS = ["2026", *(f"2026-Q{n}" for n in range(1, 5)), *(f"2026-{n:02}" for n in range(1, 12))]


@pytest.fixture
def half_a_year(db: None, monkeypatch: pytest.MonkeyPatch) -> make.Province:
    """Few dossiers of three procedures in six months, so that many months have too few results."""
    cache.clear()
    monkeypatch.setattr("motcua.measures.actions.folding.BOUND", "true")
    catalogue.forget_offers()
    home = make.province()
    sketch(120, kinds=kinds_of(home), first=date(2026, 6, 1), last=date(2026, 11, 20), now=NOW)
    actions.fold_all(at=NOW)
    return home


def within(one: str, other: str) -> bool:
    """Whether one period lies within the other, so that one number may be taken from the other."""
    a, b = Period.parse(one), Period.parse(other)
    return b.first <= a.first and a.last <= b.last


def results_of(home: make.Province, code: str, text: str, at: Any = NOW) -> int:
    found = times.of_procedure(home.root, Period.parse(text), code, at)
    return found[0].results if found else 0


def test_the_rows_behind_the_time_of_a_procedure_add_up_to_its_results(half_a_year: make.Province) -> None:
    seen = 0
    for text in PERIODS:
        period = Period.parse(text)
        for line in times.lines(half_a_year.root, period, NOW):
            found = times.of_procedure(half_a_year.root, period, line.taken.procedure, NOW)
            assert found is not None and found[0] == line.taken
            assert sum(row.results for row in found[1]) == line.taken.results >= FEWEST
            assert all(row.results >= FEWEST for row in found[1])
            seen += 1
    assert seen > 5


def test_no_period_less_another_tells_a_few_results(half_a_year: make.Province) -> None:
    months = boards.hours_by_month(half_a_year.root, first=date(2026, 1, 1), at=NOW)
    assert any(0 < sum(hours.values()) < FEWEST for each in months.values() for hours in each.values()), (
        "few in a month"
    )
    later = [NOW, NOW + timedelta(days=12), NOW + timedelta(days=45)]  # also as the pages were seen on other days
    for code in months:
        told = {(text, at): results_of(half_a_year, code, text, at) for text in PERIODS for at in later}
        for (one, seen), (other, seen_later) in product(told, repeat=2):
            if within(one, other) and seen <= seen_later:
                less = told[other, seen_later] - told[one, seen]
                assert less == 0 or less >= FEWEST, (code, one, other, less)
        by_parts = sum(results_of(half_a_year, code, one) for one in PERIODS if len(one) == 7 and "Q" not in one)
        left = results_of(half_a_year, code, "2026") - by_parts
        assert left == 0 or left >= FEWEST


@given(st.dictionaries(st.integers(0, 400), st.integers(1, 9), min_size=1, max_size=40))
def test_every_row_of_a_stretch_counts_enough(hours: dict[int, int]) -> None:
    first = date(2026, 3, 1)
    if sum(hours.values()) >= FEWEST:
        rows = times.rows_of(Stretch(first, first, hours))
        assert sum(one.results for one in rows) == sum(hours.values())
        assert all(one.results >= FEWEST for one in rows)


def test_everybody_opens_the_rows_of_a_procedure(client: Client, half_a_year: make.Province, monkeypatch: Any) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    page = html.unescape(client.get(reverse("dashboards:procedures"), {"ky": "2026"}).content.decode())
    (line, *_others) = times.lines(half_a_year.root, Period.parse("2026"), NOW)
    where = reverse("dashboards:procedure_rows", args=[line.taken.procedure])
    assert f'href="{where}?ky=2026">{line.taken.results}<' in page
    rows = html.unescape(client.get(where, {"ky": "2026"}).content.decode())
    counts = [int(one) for one in re.findall(r'<td class="r num">(\d+)</td></tr>', rows)]
    assert sum(counts) == line.taken.results and f"<b>{line.taken.results}</b>" in rows
    assert "Chưa có gì để hiện" in html.unescape(client.get(where, {"ky": "2026-11"}).content.decode()), "under way"
    assert client.get(reverse("dashboards:procedure_rows", args=["9.999999"])).status_code == 404


def test_the_rows_of_the_days_ahead_add_up_to_them(client: Client, db: None) -> None:
    cache.clear()
    home, now = make.province(), timezone.now()
    chief = make.official("Trần Chủ Tịch", "chutich", home.root, Role.LEADER)
    for n in range(7):
        make.processing(home, when=now - timedelta(days=n, minutes=5))
    today, last = ahead.days_ahead(now)
    due = Counter(day_of(one.due_at) for one in Dossier.objects.filter(due_at__isnull=False))
    expected = {day: n for day, n in due.items() if today <= day <= last}
    found = ahead.ahead_of(home.root, Part.DECIDING, at=now)
    assert dict(found.days) == expected and found.due == sum(expected.values()) > 0
    units = due_ahead(home.root, today, last, at=now)
    assert sum(one.due for one in units) == found.due
    top = organisations.version_on(home.root, today)
    assert top is not None
    lines = lateness.due_lines(units, top, today, [day for day, _n in found.days])
    assert [sum(column) for column in zip(*(one.days for one in lines), strict=True)] == [n for _d, n in found.days]

    client.force_login(make.person_of(chief))
    board = html.unescape(client.get(reverse("dashboards_desk:home")).content.decode())
    for part, who in ((Part.DECIDING, home.root), (Part.DECIDING, home.ba_to.authority)):
        for day, n in ahead.ahead_of(who, part, at=now).days:
            page = client.get(reverse("dashboards_desk:ahead"), {"don-vi": who, "ngay": f"{day}"})
            assert page.content.decode().count("/ban-lam-viec/ho-so/") >= n
            assert f"Cộng vào {n}" in html.unescape(page.content.decode())
            rows = ahead.rows_ahead(who, part, day, at=now, after=0).rows
            assert len(rows) == n and {day_of(one.at) for one in rows} == {day}
            assert who != home.root or f"&ngay={day}" in board, "each day of the leaders' page opens"
    public = html.unescape(client.get(reverse("dashboards:ahead")).content.decode())
    assert f"{found.due} hồ sơ đến hạn trong 5 ngày tới" in public and "Xã Ba Tơ" in public and "H48.115" not in public


def test_where_agencies_changed_a_leader_reads_the_past_either_way(client: Client, db: None) -> None:
    """Two communes became one today: what Ba Tơ did stands with Ba Tơ as then, with the new one as now."""
    cache.clear()
    home, now = make.province(), timezone.now()
    chief = make.official("Trần Chủ Tịch", "chutich", home.root, Role.LEADER)
    client.force_login(make.person_of(chief))
    dossier = make.received(home, when=now - timedelta(days=70))
    asked = {"ky": f"{now - timedelta(days=70):%Y-%m}"}
    where = reverse("dashboards_desk:home")
    assert "Đọc theo cơ quan" not in client.get(where, asked).content.decode(), "nothing has changed yet"
    heir = New(name="UBND xã Mới", short_name="UBND xã Mới", kind=Kind.COMMUNE, parent=home.root, code="H48.199")
    both = [Agency.objects.get(pk=one) for one in (home.ba_to.authority, home.tinh_khe.authority)]
    make.organisations.merge(both, into=heir, by=SYSTEM, at=now, on=day_of(now), decision="NQ 1")
    then = html.unescape(client.get(where, asked).content.decode())
    assert "Đọc theo cơ quan" in then and "Xã Ba Tơ" in then and "Xã Mới" not in then
    as_now = html.unescape(client.get(where, {**asked, "nhin": "now"}).content.decode())
    assert "Xã Mới" in as_now and "Xã Ba Tơ" not in as_now and "nhin=now" in as_now
    # The commune that ended opens as any other, down to its dossier; not for who sees another commune.
    old = {**asked, "don-vi": home.ba_to.authority}
    assert f"don-vi={home.ba_to.authority}&" in then
    said = f"Cơ quan này đã thôi hoạt động từ {day_of(now):%d/%m/%Y}."
    for path in (where, reverse("leaders:compare"), reverse("dashboards_desk:rows", args=["received"])):
        opened = html.unescape(client.get(path, old).content.decode())
        assert "Ba Tơ" in opened and said in opened, path
    assert said not in then
    behind = html.unescape(client.get(reverse("dashboards_desk:rows", args=["received"]), old).content.decode())
    assert "Cộng vào 1" in behind and reverse("dossiers_desk:detail", args=[dossier.reference]) in behind
    for name, args in (("dashboards_desk:set766", []), ("leaders:compare", []), ("dashboards_desk:ahead", [])):
        assert client.get(reverse(name, args=args), old).status_code == 200, name
    for path in (reverse("leaders:brief"), reverse("dashboards_desk:units_file", args=["csv"])):
        assert client.get(path, old).status_code == 200, path
    client.force_login(make.person_of(make.official("Lê Thị Nơi Khác", "noikhac", home.root, Role.UNIT_HEAD)))
    assert client.get(where, old).status_code == 403
