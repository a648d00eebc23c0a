"""Handing in through the interface."""

import threading

import pytest
from django.db import connection
from django.utils import timezone

from motcua.api import actions
from motcua.base import uploads
from motcua.base.actors import SYSTEM
from motcua.base.models import Entry
from motcua.dossiers.actions.uploads import sender_of
from motcua.dossiers.models import Dossier, Scan
from motcua.dossiers.terms import Channel
from tests import make
from tests.api.conftest import PDF, Program, problem

APPLICANT = {"name": "Nguyễn Văn Mẫu", "phone": "0905 123 456", "identity_number": "051085000114"}
AT_COUNTER = {"procedure": make.BUSINESS, "channel": "counter", "applicant": APPLICANT}


def test_a_clerk_hands_in_and_finds_it_again(world, key):
    clerk = key(world.ba_to.clerk)
    answer = clerk.post("/dossiers", AT_COUNTER)
    assert answer.status_code == 201, answer.content
    receipt = answer.json()
    assert answer.headers["Location"].endswith(receipt["reference"]) and answer.headers["ETag"] == '"1"'
    dossier = Dossier.objects.get(reference=receipt["reference"])
    assert dossier.channel == Channel.COUNTER and dossier.phone == "0905123456"
    assert dossier.receiving_id == world.ba_to.one_stop and dossier.deciding_id == world.ba_to.authority
    assert [one["reference"] for one in clerk.get("/dossiers", box="worklist").json()["items"]] == [dossier.reference]


def test_the_same_key_and_words_give_the_same_receipt_and_one_dossier(world, key):
    clerk = key(world.ba_to.clerk)
    first = clerk.post("/dossiers", AT_COUNTER, key="lan-gui-0001")
    again = clerk.post("/dossiers", AT_COUNTER, key="lan-gui-0001")
    assert again.status_code == 201 and again.json() == first.json()
    assert again.headers["Idempotency-Replayed"] == "true" and "Idempotency-Replayed" not in first.headers
    assert Dossier.objects.count() == 1 and Entry.objects.filter(name="dossiers.DossierSubmitted").count() == 1


@pytest.mark.parametrize(
    "other",
    [
        {"subject": "khác"},
        {"delivery": "post", "delivery_address": "Ba Tơ"},
        {"applicant": {**APPLICANT, "address": "nơi khác"}},
        {"papers": [{"no": 1, "handed_in": True, "copies": 2}]},
    ],
)
def test_the_same_key_with_other_words_is_refused(world, key, other):
    clerk = key(world.ba_to.clerk)
    clerk.post("/dossiers", AT_COUNTER, key="lan-gui-0001")
    problem(clerk.post("/dossiers", {**AT_COUNTER, **other}, key="lan-gui-0001"), 422)
    assert Dossier.objects.count() == 1


def test_a_key_belongs_to_its_person(world, key):
    key(world.ba_to.clerk).post("/dossiers", AT_COUNTER, key="lan-gui-0001")
    answer = key(world.tinh_khe.clerk).post("/dossiers", AT_COUNTER, key="lan-gui-0001")
    assert answer.status_code == 201 and Dossier.objects.count() == 2


@pytest.mark.parametrize("text", [None, "ngan", "có-dấu-không-được", "x" * 81])
def test_a_call_that_writes_needs_a_key(world, key, text):
    problem(key(world.ba_to.clerk).post("/dossiers", AT_COUNTER, key=text), 400)


def test_a_citizen_cannot_hand_in_at_the_counter(world, key):
    problem(key(world.citizen).post("/dossiers", AT_COUNTER), 403)


def test_a_citizen_is_sent_to_the_national_portal_where_own_filing_is_off(world, key):
    body = {"procedure": make.BUSINESS, "agency": "H48.115"}
    found = problem(key(world.citizen).post("/dossiers", body), 422)
    assert found["objections"]


def test_every_mistake_is_told_at_once_beside_its_field(world, key):
    body = {
        **AT_COUNTER,
        "applicant": {**APPLICANT, "phone": "12", "email": "@", "identity_number": "77", "birth_on": "0085-11-05"},
        "papers": [{"no": 998}, {"no": 998}],
    }
    found = problem(key(world.ba_to.clerk).post("/dossiers", body), 422)
    assert {"applicant.phone", "applicant.email", "applicant.identity_number", "applicant.birth_on", "papers.0.no"} <= {
        one["field"] for one in found["fields"]
    }
    assert not Dossier.objects.exists()


def test_answers_are_checked_by_the_form(world, key):
    body = {**AT_COUNTER, "procedure": make.BIRTH, "answers": {"khong": {"co": 1}}}
    found = problem(key(world.ba_to.clerk).post("/dossiers", body), 422)
    assert any(one["field"].startswith("answers.khong") for one in found["fields"])
    assert len(found["fields"]) > 3, "and every question that was left open"


def test_a_file_is_sent_first_and_belongs_to_its_sender(world, key):
    clerk, other = key(world.ba_to.clerk), key(world.tinh_khe.clerk)
    sent = clerk.send()
    assert sent.status_code == 201, sent.content
    file = sent.json()
    assert file["media_type"] == "application/pdf" and file["pages"] == 1 and file["size"] == len(PDF)
    body = {**AT_COUNTER, "papers": [{"no": 1, "files": [file["file"]], "handed_in": True, "originals": 1}]}
    problem(other.post("/dossiers", body), 422)
    answer = clerk.post("/dossiers", body)
    assert answer.status_code == 201 and Scan.objects.count() == 1
    assert clerk.get(f"/dossiers/{answer.json()['reference']}").json()["papers"][0]["files"] == 1


def test_a_file_that_lies_about_its_type_is_refused(world, key):
    found = problem(key(world.ba_to.clerk).send(b"MZ chuong trinh", "giay.pdf"), 422)
    assert "chương trình" in found["detail"]
    problem(key(world.ba_to.clerk).send(b"", "giay.pdf"), 422)


def test_a_file_that_was_left_out_is_named(world, key):
    clerk = key(world.ba_to.clerk)
    sent = clerk.client.post("/api/v1/files", {}, headers=clerk.headers)
    assert problem(sent, 422)["fields"] == [{"field": "file", "objection": "file: Thiếu mục này."}]


def test_what_is_far_too_large_is_refused_unread_and_in_the_form_of_all_refusals(world, key):
    clerk = key(world.ba_to.clerk)
    sent = clerk.client.post("/api/v1/files", headers=clerk.headers, CONTENT_LENGTH=str(50 * 2**20))
    assert "20 MB" in problem(sent, 413)["detail"]
    problem(clerk.client.post("/api/v1/dossiers", headers=clerk.headers, CONTENT_LENGTH=str(500 * 2**20)), 413)


def test_who_sends_a_flood_is_told_when_there_is_room_again(world, key):
    by = world.ba_to.clerk
    uploads.demand_room(sender_of(by), uploads.MOST_OF_PERSON * 2**20, at=timezone.now())
    answer = key(by).send()
    assert "2.000 MB" in problem(answer, 429)["detail"] and 0 < int(answer.headers["Retry-After"]) <= 3600
    assert key(world.citizen).send().status_code == 201, "one sender's flood closes nobody else's door"


def test_a_seal_that_somebody_made_up_opens_nothing(world, key):
    body = {**AT_COUNTER, "papers": [{"no": 1, "files": ["1"]}]}
    problem(key(world.ba_to.clerk).post("/dossiers", body), 422)


def test_an_unknown_name_in_the_body_is_told(world, key):
    found = problem(key(world.ba_to.clerk).post("/dossiers", {**AT_COUNTER, "aplicant": {}}), 422)
    assert found["fields"][0]["field"] == "aplicant"


@pytest.mark.parametrize(
    "text", ["{", "[]", "null", '"x"', b"\xff\xfe", '{"procedure": "\\u0000"}', '{"a": NaN}', "[" * 5000]
)
def test_what_cannot_be_read_is_said_so(world, key, text):
    answer = key(world.ba_to.clerk).post("/dossiers", text)
    assert answer.status_code in (400, 422)
    found = problem(answer, answer.status_code)
    assert answer.status_code == 422 or "không phải JSON hợp lệ" in found["detail"]


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_eight_tries_at_once_make_one_dossier(transactional_db):
    world = make.province()
    connection.close()
    secret = actions.issue_token(
        make.person_of(world.ba_to.clerk), name="x", days=2, by=SYSTEM, at=timezone.now()
    ).secret
    found = []

    def call() -> None:
        answer = Program(secret).post("/dossiers", AT_COUNTER, key="lan-gui-0001")
        found.append((answer.status_code, answer.json().get("reference")))
        connection.close()

    callers = [threading.Thread(target=call) for _ in range(8)]
    for one in callers:
        one.start()
    for one in callers:
        one.join()
    assert len(found) == 8 and len(set(found)) == 1 and found[0][0] == 201
    assert Dossier.objects.count() == 1


def test_only_an_official_names_a_dossier_by_a_code_given_elsewhere(world, key):
    """A dossier is found by that code: a stranger's would stand before the one it was taken from."""
    for by, channel in ((world.citizen, "online"), (world.ba_to.specialist, "online")):
        told = problem(key(by).post("/dossiers", {**AT_COUNTER, "channel": channel, "outside_code": "H48.1"}), 422)
        assert "do cán bộ một cửa ghi" in str(told)
    assert key(world.ba_to.clerk).post("/dossiers", {**AT_COUNTER, "outside_code": "G22.1"}).status_code == 201
    assert [one.outside_code for one in Dossier.objects.all()] == ["G22.1"]
