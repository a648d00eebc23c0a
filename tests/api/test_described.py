"""A developer has the description only: what it says of an answer is so, and what an answer may be stands in it."""

import json
from typing import Any

import jsonschema

from tests import make
from tests.api.conftest import Program, problem
from tests.api.test_door import description
from tests.dossiers.test_public_tracking import asked


def operations():
    for path, methods in description()["paths"].items():
        for method, operation in methods.items():
            yield path, method, operation


def test_every_call_that_reads_a_key_says_that_guessing_is_counted(db):
    assert [path for path, _method, one in operations() if one.get("security") and "429" not in one["responses"]] == []


def test_only_calls_that_take_a_key_of_the_try_ask_for_it(db):
    for path, _method, one in operations():
        asked = any(each["name"] == "Idempotency-Key" for each in one.get("parameters", []))
        assert ("needs-idempotency-key" in json.dumps(one["responses"])) == asked, path
        assert "409" not in one["responses"] or asked, path


def test_answers_describe_the_headers_that_the_next_call_needs(db):
    found = {one["operationId"]: one["responses"] for _path, _method, one in operations()}
    assert set(found["get_dossier"]["200"]["headers"]) == {"ETag"}
    assert set(found["submit_dossier"]["201"]["headers"]) == {"ETag", "Location", "Idempotency-Replayed"}
    assert set(found["move_receive"]["200"]["headers"]) == {"ETag", "Idempotency-Replayed"}
    assert "Retry-After" in found["track"]["429"]["headers"]
    assert "WWW-Authenticate" in found["list_dossiers"]["401"]["headers"]
    assert set(found["get_figure"]) >= {"304", "401", "403"}


def test_figures_say_that_a_key_may_come_and_need_not(db):
    found = {one["operationId"]: one for _path, _method, one in operations()}
    assert found["get_figure"]["security"] == [{}, {"KeySignIn": []}]
    assert "security" not in found["track"] and found["list_dossiers"]["security"] == [{"KeySignIn": []}]


def test_a_mark_of_no_page_is_refused_instead_of_beginning_anew(world: make.Province, key):
    clerk: Program = key(world.ba_to.clerk)
    for _one in range(2):
        make.received(world)

    first = clerk.get("/dossiers", limit=1).json()
    assert clerk.get("/dossiers", limit=1, after=first["next"]).json()["items"] != first["items"]
    for mark in ("zzz", first["next"][:-2] + "xx"):
        assert problem(clerk.get("/dossiers", after=mark), 422)["fields"][0]["field"] == "after"


def test_a_refusal_of_shape_is_a_vietnamese_sentence(world: make.Province):
    told = problem(Program().post("/track", {"code": "H48", "phone_last_digits": "12"}), 422)
    assert told["fields"] == [
        {"field": "phone_last_digits", "objection": "phone_last_digits: Chưa đúng mẫu ^[0-9]{4}$."}
    ]


def test_who_may_be_given_the_work_can_be_read(world: make.Province, key):
    dossier = make.processing(world)
    head: Program = key(world.ba_to.unit_head)

    options = {one["move"]["id"]: one for one in head.get(f"/dossiers/{dossier.reference}/options").json()}
    assert options["assign"]["choices"] == [{"id": world.ba_to.specialist.id, "name": world.ba_to.specialist.name}]
    assert head.move(dossier.reference, "assign", to=options["assign"]["choices"][0]["id"]).status_code in (200, 409)


def test_the_clerk_reads_to_which_units_a_dossier_may_go(world: make.Province, key):
    dossier = make.received(world)
    clerk: Program = key(world.ba_to.clerk)

    options = {one["move"]["id"]: one for one in clerk.get(f"/dossiers/{dossier.reference}/options").json()}
    (unit,) = options["hand_over"]["choices"]
    assert unit["name"] == "Phòng Kinh tế"
    assert clerk.move(dossier.reference, "hand_over", unit=unit["id"]).status_code == 200


def test_the_history_names_the_office_with_its_authority(world: make.Province, key):
    dossier = make.processing(world)

    history = key(world.ba_to.specialist).get(f"/dossiers/{dossier.reference}").json()["history"]
    assert history[0]["office"] == "Phòng Kinh tế, UBND xã Ba Tơ"


def test_words_of_the_description_keep_to_what_is_so(db):
    about = description()["info"]["description"]
    assert "trừ gửi tệp và tra cứu" in about


# Answers measured by their own description


def fits(answer: Any, schema: dict[str, Any], whole: dict[str, Any]) -> None:
    checker = jsonschema.Draft202012Validator(
        {**schema, "components": whole["components"]}, format_checker=jsonschema.FormatChecker()
    )
    assert [f"{one.json_path}: {one.message}" for one in checker.iter_errors(answer)] == []


READ = [
    ("list_dossiers", "/dossiers", "clerk", {"count": "true"}),
    ("list_dossiers", "/dossiers", "leader", {"box": "signing"}),
    ("search_dossiers", "/dossiers/search", "clerk", {"q": "mau"}),
    ("get_dossier", "/dossiers/{reference}", "specialist", {}),
    ("get_dossier", "/dossiers/{reference}", "specialist", {"unmasked": "true"}),
    ("dossier_options", "/dossiers/{reference}/options", "specialist", {}),
    ("search_procedures", "/procedures", "", {"q": "khai sinh"}),
    ("get_procedure", "/procedures/1.001193", "", {}),
    ("get_offer", "/procedures/1.001193/offer", "", {"agency": "H48.115"}),
    ("agency_tree", "/agencies", "", {}),
    ("find_agencies", "/agencies/search", "", {"q": "ba to"}),
    ("get_agency", "/agencies/H48.115", "", {}),
    ("list_figures", "/figures", "", {}),
    ("get_figure", "/figures/received", "", {}),
    ("published_periods", "/published-periods", "", {}),
    ("get_dossier", "/dossiers/KHONGCO", "specialist", {}),
    ("list_dossiers", "/dossiers", "", {}),
    ("list_dossiers", "/dossiers", "clerk", {"limit": "0"}),
    ("get_offer", "/procedures/1.001193/offer", "", {"agency": "H48.999"}),
]


def test_every_answer_fits_its_description(world: make.Province, key):
    dossier, whole = asked(world), description()
    described = {one["operationId"]: one["responses"] for _path, _method, one in operations()}
    for name, path, who, query in READ:
        program: Program = key(getattr(world.ba_to, who)) if who else Program()
        answer = program.get(path.format(reference=dossier.reference), **query)
        told = described[name][str(answer.status_code)]
        (content,) = told["content"].values()
        fits(answer.json(), content["schema"], whole)
        assert {one for one in told.get("headers", {}) if one != "Retry-After"} <= set(answer.headers), path


def test_what_is_tracked_and_moved_fits_its_description(world: make.Province, key):
    dossier, whole = asked(world), description()
    shape = {one["operationId"]: one["responses"]["200"]["content"]["application/json"]["schema"] for _p, _m, one in
             operations() if "200" in one["responses"]}  # fmt: skip

    tracked = Program().post("/track", {"code": dossier.code, "phone_last_digits": dossier.phone[-4:]}, key=None)
    fits(tracked.json(), shape["track"], whole)
    other = make.received(world)
    moved = key(world.ba_to.clerk).move(other.reference, "hand_over")
    fits(moved.json(), shape["move_hand_over"], whole)


def test_the_examples_of_the_description_fit_it(db):
    whole = description()
    for name, one in whole["components"]["schemas"].items():
        for field, schema in one.get("properties", {}).items():
            for example in schema.get("examples", []):
                assert example is not None, (name, field)
                fits(example, schema, whole)
    for _path, _method, one in operations():
        for answer in one["responses"].values():
            for content in answer.get("content", {}).values():
                for example in content.get("examples", {}).values():
                    fits(example["value"], content["schema"], whole)
