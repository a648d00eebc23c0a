"""Figures for other programs: open to everybody, exact, adding up, small counts withheld; dossiers only for who may see them."""

import html
import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.utils import timezone

from motcua.api import figures as api_figures
from motcua.base.actors import SYSTEM
from motcua.dossiers import actions as dossiers
from motcua.measures import actions
from motcua.measures.queries import publications
from motcua.measures.rules.declared import MEASURES
from motcua.measures.rules.periods import Period
from motcua.measures.rules.publishing import figures_hash, hash_of
from motcua.organisations import queries as organisations
from motcua.organisations.actions import abolish, merge, open_agency
from motcua.organisations.models import Agency
from motcua.organisations.rules import New
from motcua.organisations.terms import Kind
from tests import make
from tests.api.conftest import Program, problem

NOW = timezone.localtime


@pytest.fixture
def busy(world: make.Province) -> make.Province:
    """Two dossiers at one commune, one at the other, of this moment."""
    when = timezone.now() - timedelta(minutes=5)
    make.received(world, when=when)
    done = make.signing(world, when=when)
    dossiers.sign(done, by=world.ba_to.leader, at=when)
    other = make.application(world, when=when, commune=world.tinh_khe)
    dossiers.receive(dossiers.submit(other, by=world.tinh_khe.clerk, at=when), by=world.tinh_khe.clerk, at=when)
    return world


def test_every_declared_measure_is_listed_with_how_it_is_counted(world):
    answer = Program().get("/figures")
    assert [one["code"] for one in answer.json()] == list(MEASURES)
    share = next(one for one in answer.json() if one["code"] == "handled_in_time_share")
    assert share["numerator"] == {"early": 1, "on_time": 1} and share["sentence"].endswith(".") and share["source"]
    assert answer.headers["Cache-Control"] == "public, max-age=3600"


def test_the_parts_of_every_figure_add_up_to_it(busy):
    """With what is withheld of amounts: hours and money of few are not told by unit, and the answer says how much that is."""
    withheld = set()
    for code, measure in MEASURES.items():
        found = Program().get(f"/figures/{code}").json()
        rest = found["withheld"]
        for side in ("numerator", "denominator"):
            parts = sum(one[side] or 0 for one in found["parts"])
            assert parts + ((rest[side] or 0) if rest else 0) == (found[side] or 0), (code, side)
        assert rest is None or measure.amounts, "a count is told of every unit"
        withheld |= {code} if rest else set()
    assert withheld, "two dossiers of this morning took minutes that point at two persons"


def test_with_a_key_the_parts_of_an_amount_add_up_by_themselves(busy, key):
    found = key(busy.controller).get("/figures/average_hours").json()
    assert found["denominator"] == sum(one["denominator"] for one in found["parts"]) == 1
    assert found["withheld"] is None and found["parts_until"] == found["until"]


def test_a_definition_that_does_not_hold_in_the_period_says_so(busy, monkeypatch):
    today = NOW().date()
    later, over = today.replace(year=today.year + 1, day=1), today.replace(day=1)
    for since, until, said in ((later, None, "chưa áp dụng"), (None, over, "không áp dụng"), (None, None, "")):
        changed = {**MEASURES, "received": replace(MEASURES["received"], since=since, until=until)}
        monkeypatch.setattr(api_figures, "MEASURES", changed)
        told = Program().get("/figures/received").json()
        assert said in told["validity"] and bool(told["validity"]) is bool(said)
        declared = next(one for one in Program().get("/figures").json() if one["code"] == "received")
        assert declared["since"] == (since and since.isoformat()) and declared["until"] == (until and until.isoformat())


def test_one_figure_of_anybody_in_any_period(busy):
    received = Program().get("/figures/received").json()
    assert (received["value"], received["numerator"], received["denominator"]) == ("3", 3, None)
    assert [(one["agency"]["code"], one["numerator"]) for one in received["parts"]] == [("H48.115", 2), ("H48.116", 1)]
    one = Program().get("/figures/received", agency="H48.115", period=f"{NOW():%Y}").json()
    assert one["numerator"] == 2 and one["parts"][0]["own"] is True
    yesterday = (NOW() - timedelta(days=1)).date()
    if yesterday.month == NOW().month:
        assert Program().get("/figures/received", as_of=yesterday.isoformat()).json()["numerator"] == 0
    share = Program().get("/figures/handled_in_time_share", agency="H48.116").json()
    assert share["value"] is None and share["denominator"] == 0, "nothing to take a share of is not 0"
    assert Program().get("/figures/open", reading="now").json()["reading"] == "now"


def test_what_cannot_be_asked_is_refused(busy):
    problem(Program().get("/figures/khong-co"), 404)
    problem(Program().get("/figures/open", agency="KHONG"), 404)
    problem(Program().get("/figures/open", period="thang-chin"), 422)
    problem(Program().get("/figures/open", period="2199"), 422)
    problem(Program().get("/figures/open", as_of="2026-01-01", period="2025"), 422)
    problem(Program().get("/figures/open", as_of="2199-01-01"), 422)
    problem(Program().get("/figures/open", reading="sometimes"), 422)


def test_units_of_an_agency_are_for_its_people(busy, key):
    division = str(busy.ba_to.division)
    problem(Program().get("/figures/open", agency=division), 404)
    problem(Program().get("/figures/open", part="holding"), 403)
    problem(key(busy.tinh_khe.leader).get("/figures/open", agency=division), 404)
    mine = key(busy.ba_to.leader).get("/figures/open", agency=division)
    assert mine.json()["part"]["id"] == "holding" and mine.headers["Cache-Control"].startswith("private")
    problem(Program("motcua_sai").get("/figures/open", agency=division), 401)


def test_before_the_merger_the_province_is_still_the_one_of_today(busy):
    """Another province stood beside it then; without a code ours is meant, not the first of the list."""
    at, today = timezone.now(), NOW().date()
    other = New(name="UBND tỉnh An Thử", short_name="UBND tỉnh An Thử", kind=Kind.PROVINCE, parent=None, code="H01")
    agency = open_agency(other, by=SYSTEM, at=at, on=date(2021, 1, 1), decision="NQ 1")
    abolish(agency, by=SYSTEM, at=at, on=today, decision="NQ 2")
    for period in (f"{NOW():%Y-%m}", "2022-05"):
        assert Program().get("/figures/received", period=period).json()["agency"]["id"] == busy.root, period


def test_the_part_of_an_agency_that_ended_within_the_period_bears_its_code(busy):
    """What Tịnh Khê received before today's merger stands with Tịnh Khê, code and all; its heir has a part of its own."""
    at, both = timezone.now(), [Agency.objects.get(pk=one.authority) for one in (busy.ba_to, busy.tinh_khe)]
    make.received(busy, when=at - timedelta(days=400))
    heir = New(name="UBND xã Mới", short_name="UBND xã Mới", kind=Kind.COMMUNE, parent=busy.root, code="H48.199")
    merge(both, into=heir, by=SYSTEM, at=at, on=NOW().date(), decision="NQ 1")
    year = f"{(at - timedelta(days=400)).year}"
    found = Program().get("/figures/received", period=year).json()
    assert [one["agency"]["code"] for one in found["parts"]] == ["H48.115"]
    running = Program().get("/figures/received").json()
    assert sum(one["numerator"] for one in running["parts"]) == 3 and all(
        one["agency"]["code"] for one in running["parts"]
    )
    as_now = Program().get("/figures/received", period=year, reading="now").json()
    assert [one["agency"]["code"] for one in as_now["parts"]] == ["H48.199"]


def test_an_unchanged_answer_is_not_sent_again(busy):
    first = Program().get("/figures/received")
    assert first.headers["Cache-Control"] == "public, max-age=60"
    again = Program().client.get("/api/v1/figures/received", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304 and again.content == b""
    make.received(busy, when=timezone.now())
    changed = Program().client.get("/api/v1/figures/received", headers={"If-None-Match": first.headers["ETag"]})
    assert changed.status_code == 200 and changed.json()["numerator"] == 4


def test_the_dossiers_behind_a_figure_add_up_page_by_page(busy, key):
    leader = key(busy.ba_to.leader)
    problem(Program().get("/figures/received/dossiers"), 401)
    problem(key(busy.ba_to.clerk).get("/figures/received/dossiers"), 403)
    problem(leader.get("/figures/received/dossiers", agency="H48.116"), 404)
    seen, after = [], 0
    for _ in range(2):
        page = leader.get("/figures/received/dossiers", agency="H48.115", limit=1, after=after).json()
        seen += page["items"]
        after = page["next"]
    assert after is None and sum(one["counts"] for one in seen) == 2
    assert all(set(one) == {"reference", "code", "at", "counts"} for one in seen)
    whole = key(busy.controller).get("/figures/received/dossiers", agency="H48").json()
    assert len(whole["items"]) == 3


def test_small_counts_of_a_procedure_are_withheld_and_no_difference_tells_them(world):
    for count, procedure in ((7, make.BUSINESS), (2, make.BIRTH)):
        for _ in range(count):
            make.received(world, when=make.at("2026-10-05 09:00"), procedure=procedure)
    found = Program().get("/figures/received/procedures", agency="H48.115", period="2026-10").json()
    assert found["total"] == 9 and {one["count"] for one in found["procedures"]} == {None}, "7 alone would tell 2"
    shown = sum(one["count"] or 0 for one in found["procedures"])
    assert shown + found["withheld"] == found["total"]
    for bad in ({"period": "2026"}, {"period": "2026-Q3"}, {"period": f"{NOW():%Y-%m}"}, {"period": "x"}):
        problem(Program().get("/figures/received/procedures", agency="H48.115", **bad), 422)
    problem(Program().get("/figures/handled/procedures", agency="H48.115", period="2026-10"), 422)


def test_a_published_period_is_given_word_for_word(world):
    make.received(world, when=make.at("2026-09-07 09:00"))
    at, period = timezone.now(), Period.parse("2026-09")
    top = organisations.version_on(world.root, NOW().date())
    seen = figures_hash(publications.content_of(top, period, at=at))
    kept = actions.publish(period, top=top, seen=seen, by=world.controller, at=at)
    (line,) = Program().get("/published-periods").json()
    assert (line["period"], line["revision"], line["sha256"]) == ("2026-09", 1, hash_of(kept.content))
    whole = Program().get("/published-periods/2026-09").json()
    assert whole["content"]["province"]["figures"]["received"]["numerator"] == 1
    assert whole["finding"]["id"] == "genuine" and len(whole["signature"]) == 128
    problem(Program().get("/published-periods/2026-09", revision=2), 404)
    problem(Program().get("/published-periods/2026-08"), 404)


def test_the_interface_can_be_read_by_people(world, client):
    described = Program().get("/openapi.json").json()
    page = html.unescape(client.get("/api/v1/docs").content.decode())
    for path, operations in described["paths"].items():
        for operation in operations.values():
            assert f'id="{operation["operationId"]}"' in page and operation["summary"] in page, path
            assert path in page
    assert all(f'id="s-{name}"' in page for name in described["components"]["schemas"])
    links = set(re.findall(r'href="#([^"]+)"', page))
    assert links <= set(re.findall(r'id="([^"]+)"', page)), "every link within the page leads somewhere"
    assert '<script src="http' not in page and "**" not in page
