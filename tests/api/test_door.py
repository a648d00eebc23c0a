"""The description, and what every address has in common."""

import json

import pytest
from django.urls import get_resolver
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from motcua.api.moves import CALLS
from motcua.api.problems import KINDS
from tests import make
from tests.api.conftest import Program, problem


def description():
    return Program().get("/openapi.json").json()


def routes():
    api = next(one for one in get_resolver().url_patterns if str(one.pattern) == "api/v1/")
    found = {str(one.pattern).replace("<", "{").replace(">", "}") for one in api.url_patterns}
    return {f"/api/v1/{one}" for one in found if one and "path:" not in one and one not in ("openapi.json", "docs")}


def test_the_description_is_openapi_3_1_and_lists_every_route(db):
    found = description()
    assert found["openapi"].startswith("3.1")
    assert set(found["paths"]) == routes() and len(found["paths"]) >= 11 + len(CALLS)


def test_every_operation_describes_its_refusals(db):
    found = description()
    assert "Problem" in found["components"]["schemas"]
    for path, operations in found["paths"].items():
        for method, operation in operations.items():
            statuses = set(operation["responses"])
            wanted = {"400", "500", "503"} | ({"401"} if operation.get("security") else set())
            wanted |= {"422"} if method == "post" else set()
            assert wanted <= statuses, (path, method)
            for status in statuses - {"200", "201", "304"}:
                content = operation["responses"][status]["content"]["application/problem+json"]
                assert content["schema"] == {"$ref": "#/components/schemas/Problem"} and content["examples"]
            assert operation["summary"] and operation["operationId"]


def test_calls_that_write_show_their_headers(db):
    found = description()["paths"]
    for path, operations in found.items():
        if "/moves/" in path:
            assert {one["name"] for one in operations["post"]["parameters"]} == {
                "reference",
                "Idempotency-Key",
                "If-Match",
            }


def test_references_in_the_description_lead_somewhere(db):
    found = description()
    text = json.dumps(found)
    for name in {one.split('"')[0] for one in text.split("#/components/schemas/")[1:]}:
        assert name in found["components"]["schemas"], name


def test_an_address_that_does_not_exist(db):
    problem(Program().get("/khong-co"), 404)
    problem(Program().post("/khong-co"), 404)
    problem(Program().get("/"), 404)


def test_a_method_that_is_not_taken(db):
    answer = Program().client.delete("/api/v1/dossiers")
    problem(answer, 405)
    assert set(answer.headers["Allow"].split(", ")) == {"GET", "POST"}


def test_every_kind_of_problem_is_known_to_the_description(db):
    kinds = description()["components"]["schemas"]["Problem"]["properties"]["type"]["enum"]
    assert kinds == [f"urn:motcua:problem:{one.name}" for one in KINDS]


CLOSED = ["/dossiers", "/dossiers/search?q=x", "/dossiers/X", "/dossiers/X/options"]


@pytest.mark.parametrize("path", CLOSED)
def test_reading_dossiers_needs_a_key(db, path):
    problem(Program().get(path), 401)


@pytest.mark.parametrize("path", ["/dossiers", "/files", *(f"/dossiers/X/moves/{move}" for move in CALLS)])
def test_writing_needs_a_key(db, path):
    problem(Program().post(path), 401)


def test_nul_in_an_address_is_refused(world, key):
    clerk = key(world.ba_to.clerk)
    problem(clerk.get("/dossiers/search", q="a\x00b"), 400)
    problem(clerk.get("/dossiers/a%00b"), 400)


def test_answers_are_kept_by_no_cache(world, key):
    assert "no-store" in key(world.ba_to.clerk).get("/dossiers").headers["Cache-Control"]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=12,
)
NAMES = st.sampled_from(
    [
        "procedure",
        "case",
        "channel",
        "agency",
        "applicant",
        "answers",
        "subject",
        "papers",
        "delivery",
        "reason",
        "items",
        "note",
        "version",
        "to",
        "way",
        "score",
        "new_due_at",
        "files",
        "on_paper",
        "title",
        "body",
        "favourable",
        "code",
        "phone_last_digits",
    ]
)
BODY = JSON | st.dictionaries(NAMES, JSON | st.sampled_from(["online", "counter", make.BIRTH, "H48.115"]), max_size=8)
FUZZ = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@pytest.mark.slow
@FUZZ
@given(body=BODY)
def test_whatever_is_handed_in_never_breaks_the_door(world, key, body):
    answer = _caller(world, key).post("/dossiers", json.dumps(body))
    assert answer.status_code < 500, body


@pytest.mark.slow
@FUZZ
@given(body=BODY, move=st.sampled_from([move.value for move in CALLS]))
def test_whatever_is_sent_with_a_move_never_breaks_the_door(world, key, body, move):
    if not hasattr(world, "_dossier"):
        object.__setattr__(world, "_dossier", make.received(world).reference)
    answer = _caller(world, key).post(f"/dossiers/{world._dossier}/moves/{move}", json.dumps(body), If_Match='"2"')
    assert answer.status_code < 500, (move, body)


@pytest.mark.slow
@FUZZ
@given(
    path=st.sampled_from(["/dossiers", "/dossiers/search", "/procedures", "/agencies", "/agencies/search"]),
    query=st.dictionaries(
        st.sampled_from(["q", "box", "status", "channel", "after", "limit", "count", "day", "root", "depth", "level"]),
        st.text(max_size=30),
        max_size=5,
    ),
)
def test_whatever_is_asked_never_breaks_the_door(world, key, path, query):
    assert _caller(world, key).get(path, **query).status_code < 500, query


@pytest.mark.slow
@FUZZ
@given(part=st.text(min_size=1, max_size=40))
def test_whatever_is_named_never_breaks_the_door(world, key, part):
    caller = _caller(world, key)
    for path in (f"/dossiers/{part}", f"/procedures/{part}", f"/procedures/{part}/offer", f"/agencies/{part}"):
        assert caller.get(path).status_code < 500, part


def _caller(world, key):
    """One key for all examples of a test."""
    if not hasattr(world, "_caller"):
        object.__setattr__(world, "_caller", key(world.ba_to.clerk))
    return world._caller
