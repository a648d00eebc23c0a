"""Reading: who sees what, page by page."""

import pytest
from django.utils import timezone

from motcua.base.models import PersonalRead
from motcua.dossiers.models import Dossier
from tests import make
from tests.api.conftest import Program, problem


def test_each_sees_their_own(world, key):
    dossier = make.received(world, when=timezone.now())
    for actor, seen in [
        (world.ba_to.clerk, True),
        (world.ba_to.leader, True),
        (world.citizen, True),
        (world.tinh_khe.clerk, False),
    ]:
        program = key(actor)
        listed = [one["reference"] for one in program.get("/dossiers").json()["items"]]
        assert listed == ([dossier.reference] if seen else [])
        assert program.get(f"/dossiers/{dossier.reference}").status_code == (200 if seen else 404)
        assert program.get(f"/dossiers/{dossier.code}").status_code == (200 if seen else 404)


def test_numbers_are_masked_until_asked_for_and_the_reading_is_recorded(world, key):
    dossier = make.received(world, when=timezone.now())
    clerk = key(world.ba_to.clerk)
    masked = clerk.get(f"/dossiers/{dossier.reference}").content.decode()
    assert "051085000114" not in masked and "0905123456" not in masked
    assert not PersonalRead.objects.exists()
    whole = clerk.get(f"/dossiers/{dossier.reference}", unmasked="true").json()
    assert whole["applicant_details"]["identity_number"] == "051085000114"
    read = PersonalRead.objects.get()
    assert read.by == world.ba_to.clerk.id and read.ids == [dossier.pk]


def test_numbers_are_whole_only_for_the_roles_of_the_table(world, key):
    dossier = make.received(world, when=timezone.now())
    for who in (world.ba_to.records, world.controller):
        problem(key(who).get(f"/dossiers/{dossier.reference}", unmasked="true"), 403)
        assert key(who).get(f"/dossiers/{dossier.reference}").status_code == 200
    assert not PersonalRead.objects.exists()


def test_ones_own_data_is_whole_and_not_recorded(world, key):
    dossier = make.received(world, when=timezone.now())
    found = key(world.citizen).get(f"/dossiers/{dossier.reference}").json()
    assert found["applicant_details"]["identity_number"] == "051085000114"
    assert not PersonalRead.objects.exists()
    assert all(line["who"] == "" for line in found["history"]), "the applicant reads offices, no names"


def test_a_due_date_explains_itself(world, key):
    dossier = make.received(world, when=timezone.now())
    found = key(world.ba_to.clerk).get(f"/dossiers/{dossier.reference}").json()
    assert found["due_at"].endswith("+07:00") and found["due_lines"]
    assert {"from", "to", "counted_hours", "why"} == set(found["due_lines"][0])


def test_pages_follow_each_other_without_gap(world, key):
    for _ in range(5):
        make.submitted(world, when=timezone.now())
    clerk, seen, after = key(world.ba_to.clerk), [], ""
    for _ in range(3):
        page = clerk.get("/dossiers", box="worklist", limit=2, after=after, count="true").json()
        seen += [one["reference"] for one in page["items"]]
        assert page["count"] == {"number": 5, "more": False}
        after = page["next"] or ""
    assert not after and sorted(seen) == sorted(Dossier.objects.values_list("reference", flat=True))


def test_filters(world, key):
    make.submitted(world, when=timezone.now())
    clerk = key(world.ba_to.clerk)
    assert clerk.get("/dossiers", status="received").json()["items"] == []
    assert len(clerk.get("/dossiers", procedure=make.BUSINESS, channel="counter").json()["items"]) == 1
    problem(clerk.get("/dossiers", status="khong-co"), 422)
    problem(clerk.get("/dossiers", box="khong-co"), 422)
    problem(clerk.get("/dossiers", limit=101), 422)


@pytest.mark.parametrize("box", ["worklist", "waiting", "elsewhere", "signing"])
def test_boxes_of_the_office_are_closed_to_citizens(world, key, box):
    problem(key(world.citizen).get("/dossiers", box=box), 403)
    assert key(world.ba_to.leader).get("/dossiers", box=box).status_code == 200


def test_search(world, key):
    dossier = make.received(world, when=timezone.now())
    clerk = key(world.ba_to.clerk)
    for words in (dossier.code, "nguyen van mau", "Mẫu", "0905123456", "051085000114"):
        assert [one["reference"] for one in clerk.get("/dossiers/search", q=words).json()["items"]] == [
            dossier.reference
        ]
    assert key(world.tinh_khe.clerk).get("/dossiers/search", q="mau").json()["items"] == []
    problem(key(world.citizen).get("/dossiers/search", q="mau"), 403)


def test_anybody_follows_with_code_and_phone(world):
    dossier = make.received(world, when=timezone.now())
    answer = Program().post("/track", {"code": dossier.code, "phone_last_digits": "3456"}, key=None)
    assert answer.status_code == 200, answer.content
    text = answer.content.decode()
    assert answer.json()["status"]["id"] == "received" and answer.json()["due_lines"]
    assert "051085000114" not in text and "Mẫu" not in text and "0905" not in text


def test_wrong_and_unknown_are_the_same_answer_and_tries_are_few(world):
    dossier = make.received(world, when=timezone.now())
    wrong = Program().post("/track", {"code": dossier.code, "phone_last_digits": "0000"}, key=None)
    unknown = Program().post("/track", {"code": "H48.115-990101-0001", "phone_last_digits": "3456"}, key=None)
    assert problem(wrong, 404) == problem(unknown, 404)
    for _ in range(4):
        Program().post("/track", {"code": dossier.code, "phone_last_digits": "0000"}, key=None)
    problem(Program().post("/track", {"code": dossier.code, "phone_last_digits": "3456"}, key=None), 429)


def test_the_catalogue_is_open(world):
    found = Program().get("/procedures", q="ho kinh doanh").json()
    assert make.BUSINESS in [one["code"] for one in found]
    whole = Program().get(f"/procedures/{make.BIRTH}").json()
    assert whole["cases"] and whole["cases"][0]["papers"] and whole["limits"] and whole["form_schema"]
    offer = Program().get(f"/procedures/{make.BUSINESS}/offer", channel="counter", agency="H48.115").json()
    assert offer["limit"] and offer["papers"] and offer["route"]


def test_what_the_catalogue_has_not(world):
    problem(Program().get("/procedures/9.999999"), 404)
    problem(Program().get("/procedures/9.999999/offer"), 422)
    problem(Program().get(f"/procedures/{make.BUSINESS}", day="1000-01-01"), 422)
    problem(Program().get(f"/procedures/{make.BUSINESS}", day="2026-13-01"), 422)
    problem(Program().get(f"/procedures/{make.BUSINESS}/offer", agency="KHONG"), 404)


def test_agencies_of_a_day(world):
    tree = Program().get("/agencies", root="H48").json()
    assert tree[0]["code"] == "H48" and {one["code"] for one in tree} >= {"H48.115", "H48.116"}
    assert len(Program().get("/agencies", depth=0).json()) == 1
    assert Program().get("/agencies", day="2019-01-01").json() == []
    one = Program().get("/agencies/H48.115").json()
    assert one["id"] == world.ba_to.authority and one["history"] and one["decisions"] and one["successors"] == []
    assert Program().get(f"/agencies/{world.ba_to.division}").json()["now"]["level"]["id"] == "unit"
    assert Program().get("/agencies/search", q="ba to").json()[0]["agency"]["code"] == "H48.115"
    problem(Program().get("/agencies/KHONG"), 404)
    problem(Program().get("/agencies", root="KHONG"), 404)
