"""The bench itself: what it judges, what it counts, what it refuses to be run on."""

import json
from contextlib import nullcontext
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection, transaction

from bench import bare, report, stage, told
from bench.counting import counted
from bench.folding import Folded
from bench.raw import _changed
from bench.results import AtSize, Results, earlier
from bench.scenes import ALL, Ground, Turn, tasks
from bench.sketches import Written
from bench.wire import parsed
from bench.wrk import Figure
from motcua.base import prepared
from motcua.base.errors import Refused
from motcua.directives.models import Task
from motcua.directives.terms import Status

GOOD = Figure(
    1000, per_second=500.0, p50_ms=5.0, p95_ms=9.0, max_ms=20.0, refused=0, broken=0, cores_busy=0.95, cores=2
)
HERE = {"worklist", "search", "dossier", "track", "submit", "move"}


def results_of(figure: Figure, statements: int = 5, rest: float | None = 1.0) -> Results:
    sizes = {
        size: AtSize(
            figures={clients: {one.name: figure for one in ALL} for clients in (1, 8)},
            statements={one.name: statements for one in ALL},
            worker_seconds=rest,
        )
        for size in (10, 100)
    }
    plan: Any = SimpleNamespace(scenes=ALL)
    return Results(plan, server={}, machine={}, sizes=sizes)


def missed(results: Results) -> set[str]:
    return {one.what.split(",")[0].split(":")[0] for one in report.lines(results) if not one.met}


def test_every_scene_says_what_it_does_and_what_is_asked_of_it():
    names = [one.name for one in ALL]
    assert len(set(names)) == len(names)
    assert set(names) >= HERE
    for one in ALL:
        assert one.note, one.name
        assert one.rate or one.p95 or one.statements, one.name
    assert [one.writes for one in ALL] == sorted(one.writes for one in ALL)


def test_targets_are_judged():
    assert not missed(results_of(GOOD))
    slow = replace(GOOD, per_second=100.0, p95_ms=200.0)
    assert missed(results_of(slow)) >= HERE
    assert missed(results_of(GOOD, statements=15)) == {"worklist", "search", "dossier", "move"}
    assert missed(results_of(GOOD, rest=None)) == {"the worker has nothing left to do"}


def test_a_quick_refusal_is_no_success():
    refusing = results_of(replace(GOOD, refused=1))
    assert missed(refusing) >= HERE
    assert any("1 refused" in one.why for one in report.lines(refusing))


def test_lists_may_not_grow_with_the_table():
    results = results_of(GOOD)
    for figures in results.sizes[100].figures.values():
        figures["search"] = replace(GOOD, p50_ms=8.0)
    assert [one.figure for one in report.lines(results) if not one.met] == ["1.60 ×", "1.60 ×"]


def test_what_is_written_down_can_be_judged_again(tmp_path):
    results = results_of(GOOD)
    results.plan.seconds = 1
    report.write(results, tmp_path / "latest.json")
    assert earlier(tmp_path / "latest.json") == results.sizes


def test_the_page_of_figures_says_what_was_measured():
    page = told.PAGE.read_text(encoding="utf-8")
    assert told.PLACE.search(page) and told.filled(page) == page
    assert told.filled("<!-- figures of latest.json -->\nold\n<!-- end of figures -->").count("| **no** |") == sum(
        not one["met"] for one in json.loads(report.LATEST.read_text(encoding="utf-8"))["targets"]
    )


def test_each_request_has_a_key_of_its_own_and_the_version_of_its_turn():
    text = 'POST /x HTTP/1.1\r\nIdempotency-Key: @KEY@\r\nIf-Match: "@V@"\r\nContent-Length: 2\r\n\r\n{}'
    method, path, headers, body = parsed(Turn(7, text, ""))
    assert (method, path, body) == ("POST", "/x", "{}")
    assert headers["If-Match"] == '"7"'
    assert headers["Idempotency-Key"] != parsed(text)[2]["Idempotency-Key"]


def test_the_raw_limit_changes_what_differs_from_one_time_to_the_next():
    known = {41: 1041, "H48KEY": "H48NEW"}
    values = [41, "dossiers.dossier:41", '{"dossier": 41, "papers": 4}', {"key": "H48KEY"}, None, True]
    wanted = [1041, "dossiers.dossier:1041", '{"dossier": 1041, "papers": 4}', {"key": "H48NEW"}, None, True]
    assert _changed(values, known) == wanted


@pytest.mark.django_db(transaction=True)
def test_every_statement_is_counted_with_the_ends_of_transactions():
    with counted() as ran:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        with transaction.atomic(), prepared.cursor() as cursor:
            cursor.execute("SELECT 2")
    assert [(sql, inside) for sql, _values, inside in ran.statements] == [("SELECT 1", False), ("SELECT 2", True)]
    assert ran.number == 4


@pytest.mark.django_db
def test_a_server_that_may_lose_data_is_refused():
    with pytest.raises(Refused, match="fsync"):
        stage.demand_promises()


@pytest.mark.slow
@pytest.mark.django_db
def test_scenes_of_tasks_ask_for_pages_that_show_tasks(client, monkeypatch):
    for name, number in (("TASKS", 60), ("LATEST", 20), ("SAMPLES", 15)):
        monkeypatch.setattr(tasks, name, number)
    monkeypatch.setattr(bare, "tables", lambda _names: nullcontext())  # indexes stay: all of a test is one transaction
    monkeypatch.setattr(tasks, "connection", SimpleNamespace(close=lambda: None))
    load = stage.province(stage.now())
    said: list[str] = []
    tasks.load(load, said.append)
    tasks.load(load, said.append)
    assert [one.rsplit(" in ")[0] for one in said] == ["  40 tasks copied", "  60 tasks"] and Task.objects.count() == 60
    assert {Status.DONE, Status.DOING} <= set(Task.objects.values_list("status", flat=True))
    ground, codes = Ground(load), list(Task.objects.values_list("code", flat=True))
    for one in tasks.SCENES:
        named = 0
        for request in one.requests(ground):
            _method, path, headers, _body = parsed(request)
            answer = client.get(path, headers=headers)
            assert answer.status_code == 200, path
            named += any(one in answer.content.decode() for one in [*codes, "bang/danh-sach/?"])
        assert named > 1, one.name


def test_the_load_and_the_fold_are_judged():
    results, quick = results_of(GOOD), Folded(500.0, 900, 3.0, 40.0, True, 99_000, 60_000.0, 99_000, 60_000.0, 300)
    for here in results.sizes.values():
        here.folded, here.loaded = quick, Written(30_000, 99_000, 1.5, 0.5)
    assert not missed(results)
    results.sizes[100].folded = replace(quick, next_request=False, settled_seconds=None, rebuilt_per_second=49_999.0)
    results.sizes[10].folded = replace(quick, written_per_second=300.0, peak_mib=4000)
    results.sizes[10].loaded = Written(30_000, 99_000, 3.0, 0.5)
    assert [one.what.rsplit(",", 1)[0] for one in report.lines(results) if not one.met] == [
        *("load", "memory of the fold", "the fold keeps up"),
        *("rebuild", "a dossier is in the next request", "the fold keeps up"),
    ]


@pytest.mark.django_db(transaction=True)
def test_bare_tables_are_as_they_were_when_they_have_been_filled():
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bare_above (id int PRIMARY KEY)")
        cursor.execute("CREATE TABLE bare_one (id int PRIMARY KEY, above int REFERENCES bare_above, word text UNIQUE)")
        cursor.execute("CREATE INDEX bare_word ON bare_one (above, word) WHERE word <> ''")
    try:
        before = bare._parts(["bare_one"])
        assert len(before) == 4
        with bare.tables(["bare_one"]) as told:
            assert not bare._parts(["bare_one"])
        assert bare._parts(["bare_one"]) == before
        assert told["indexes"] > 0
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE bare_one, bare_above")
