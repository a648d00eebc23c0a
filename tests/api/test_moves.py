"""Moving a dossier through the interface: the same rules, the same sentences."""

from datetime import timedelta

import pytest
from django.utils import timezone

from motcua.api.moves import CALLS
from motcua.base.models import Entry
from motcua.dossiers import queries
from motcua.dossiers.models import Dossier, Submission, Supplement
from motcua.dossiers.terms import Move, Status
from tests import make
from tests.api.conftest import problem


def test_every_move_of_a_person_has_its_call():
    assert set(Move) - set(CALLS) == {Move.SUBMIT, Move.CLOSE_UNANSWERED}


def test_a_dossier_goes_from_door_to_door(world, key):
    """The life of one dossier, every hand with its own key."""
    home = world.ba_to
    clerk, leader, records = (key(one) for one in (home.clerk, home.leader, home.records))
    dossier = make.submitted(world, when=timezone.now())
    ref = dossier.reference
    received = clerk.move(ref, "receive")
    assert received.status_code == 200, received.content
    assert received.json()["code"].startswith("H48.115-") and received.json()["due_at"]
    assert clerk.move(ref, "hand_over").status_code == 200
    assert _walk(ref, key, home) is Status.SIGNING
    assert leader.move(ref, "sign").status_code == 200
    if Dossier.objects.get(reference=ref).turn == "records":
        assert records.move(ref, "advance").status_code == 200
    returned = clerk.move(ref, "return_result", way="counter", handed_to="Nguyễn Văn Mẫu")
    if Dossier.objects.get(reference=ref).payment == "due":
        assert "lệ phí" in problem(returned, 409)["detail"]
    else:
        assert returned.json()["status"]["id"] == "returned"


def _walk(ref, key, home) -> Status:
    """Along the route until it lies before the leader."""
    hands = {"specialist": key(home.specialist), "unit_head": key(home.unit_head)}
    for _step in range(12):
        dossier = Dossier.objects.get(reference=ref)
        if dossier.status == Status.SIGNING:
            break
        hand = hands[dossier.turn]
        options = {one["move"]["id"]: one for one in hand.get(f"/dossiers/{ref}/options").json()}
        if options["submit_result"]["open"]:
            answer = hand.move(ref, "submit_result", favourable=True, title="Giấy chứng nhận", body="Chứng nhận.")
        elif dossier.turn == "unit_head":
            answer = hand.move(ref, "assign", to=home.specialist.id)
        else:
            answer = hand.move(ref, "advance", note="đã kiểm")
        assert answer.status_code == 200, answer.content
    return Dossier.objects.get(reference=ref).state


def test_the_same_key_moves_once_and_answers_the_same(world, key):
    clerk = key(world.ba_to.clerk)
    dossier = make.submitted(world, when=timezone.now())
    path = f"/dossiers/{dossier.reference}/moves/receive"
    first = clerk.post(path, key="nhan-00001", If_Match='"1"')
    clerk.move(dossier.reference, "hand_over")
    again = clerk.post(path, key="nhan-00001", If_Match='"1"')
    assert first.status_code == again.status_code == 200, again.content
    assert again.json() == first.json() and again.headers["Idempotency-Replayed"] == "true"
    assert (first.headers["ETag"], again.headers["ETag"]) == ('"2"', '"3"'), "the version to go on from"
    assert Entry.objects.filter(name="dossiers.DossierReceived").count() == 1


def test_a_key_used_for_another_move_is_refused(world, key):
    clerk = key(world.ba_to.clerk)
    dossier = make.received(world, when=timezone.now())
    path = f"/dossiers/{dossier.reference}/moves/"
    assert clerk.post(path + "hand_over", key="chuyen-001", If_Match=f'"{dossier.version}"').status_code == 200
    problem(clerk.post(path + "withdraw", {"reason": "x"}, key="chuyen-001", If_Match='"9"'), 422)


def test_a_closed_move_tells_the_objections_of_the_button_and_leaves_no_trace(world, key):
    dossier = make.submitted(world, when=timezone.now())
    specialist, now = key(world.ba_to.specialist), timezone.now()
    found = problem(specialist.move(dossier.reference, "hand_over"), 409)
    fresh = Dossier.objects.select_related("application").get(pk=dossier.pk)
    assert found["objections"] == queries.objections_to(Move.HAND_OVER, fresh, by=world.ba_to.specialist, at=now)
    assert fresh.version == dossier.version and not Submission.objects.filter(move="hand_over").exists()


def test_who_was_quicker_is_told(world, key):
    clerk = key(world.ba_to.clerk)
    dossier = make.received(world, when=timezone.now())
    found = problem(clerk.move(dossier.reference, "hand_over", version=1), 409)
    assert found["type"].endswith("conflict") and "Lê Minh Hoạ" in found["detail"]


def test_without_a_version_nothing_is_moved(world, key):
    dossier = make.received(world, when=timezone.now())
    problem(key(world.ba_to.clerk).post(f"/dossiers/{dossier.reference}/moves/hand_over"), 428)


def test_the_version_may_stand_in_the_body(world, key):
    dossier = make.received(world, when=timezone.now())
    path = f"/dossiers/{dossier.reference}/moves/hand_over"
    assert key(world.ba_to.clerk).post(path, {"version": dossier.version}).status_code == 200


def test_what_is_missing_in_the_words_is_422_not_409(world, key):
    dossier = make.submitted(world, when=timezone.now())
    clerk = key(world.ba_to.clerk)
    problem(clerk.move(dossier.reference, "refuse", reason="  "), 422)
    problem(clerk.move(dossier.reference, "refuse"), 422)
    problem(clerk.move(dossier.reference, "ask_before", reason="thiếu", items=[]), 422)
    assert Dossier.objects.get(pk=dossier.pk).status == Status.SUBMITTED


@pytest.mark.parametrize("when", ["9999-12-31T23:59:59Z", "0001-01-01T00:00:00Z", "2020-01-01T00:00:00+07:00"])
def test_a_new_date_in_the_wrong_year_is_told(world, key, when):
    dossier = make.processing(world, when=timezone.now())
    problem(key(world.ba_to.leader).move(dossier.reference, "extend", reason="chậm", new_due_at=when), 422)


def test_strangers_and_the_unknown_get_the_same_answer(world, key):
    dossier = make.submitted(world, when=timezone.now())
    other = key(world.tinh_khe.clerk)
    hidden = other.post(f"/dossiers/{dossier.reference}/moves/receive", If_Match='"1"')
    unknown = other.post("/dossiers/KHONGCO234567892/moves/receive", If_Match='"1"')
    assert problem(hidden, 404) == problem(unknown, 404)
    problem(other.post(f"/dossiers/{dossier.reference}/moves/khong_co", If_Match='"1"'), 404)


def test_a_citizen_withdraws_their_own_dossier_only(world, key):
    when = timezone.now()
    own = make.received(world, when=when)
    citizen = key(world.citizen)
    options = {one["move"]["id"] for one in citizen.get(f"/dossiers/{own.reference}/options").json()}
    assert options == {"withdraw", "answer_supplement", "rate"}
    problem(citizen.move(own.reference, "sign"), 409)
    assert citizen.move(own.reference, "withdraw", reason="không cần nữa").status_code == 200
    assert Dossier.objects.get(pk=own.pk).status == Status.WITHDRAWN


def test_a_request_for_papers_is_asked_and_answered(world, key):
    when = timezone.now() - timedelta(hours=1)
    dossier = make.submitted(world, when=when)
    clerk, citizen = key(world.ba_to.clerk), key(world.citizen)
    items = [{"paper": 1, "name": "Giấy đề nghị", "what": "Ký lại"}]
    assert clerk.move(dossier.reference, "ask_before", reason="Chưa ký", items=items).status_code == 200
    asked = citizen.get(f"/dossiers/{dossier.reference}").json()["asked"]
    assert asked["items"][0]["what"] == "Ký lại"
    file = citizen.send().json()["file"]
    problem(citizen.move(dossier.reference, "answer_supplement", on_paper={"1": [1, 0]}), 422)
    empty = problem(citizen.move(dossier.reference, "answer_supplement", note="đã ký"), 422)
    assert "Chưa có gì cho" in empty["objections"][0], "words beside the papers are no paper"
    answer = citizen.move(dossier.reference, "answer_supplement", files={"1": [file]}, note="đã ký")
    assert answer.status_code == 200, answer.content
    assert answer.json()["status"]["id"] == "submitted"


def test_a_paper_asked_for_may_be_answered_in_words(world, key):
    dossier = make.submitted(world, when=timezone.now() - timedelta(hours=1))
    clerk, citizen = key(world.ba_to.clerk), key(world.citizen)
    items = [{"paper": 1, "name": "Giấy đề nghị", "what": "Ký lại"}, {"name": "Sổ đỏ", "what": "bản sao"}]
    assert clerk.move(dossier.reference, "ask_before", reason="Thiếu", items=items).status_code == 200
    papers = [one["paper"] for one in Supplement.objects.get(dossier=dossier).items]
    half = problem(citizen.move(dossier.reference, "answer_supplement", words={papers[0]: "đã ký"}), 422)
    assert "Sổ đỏ" in half["objections"][0] and "Giấy đề nghị" not in half["objections"][0]
    words = {papers[0]: "đã ký", papers[1]: "đất chưa có sổ"}
    assert citizen.move(dossier.reference, "answer_supplement", words=words).status_code == 200
    told = Supplement.objects.get(dossier=dossier).answered_note
    assert told == "Giấy đề nghị: đã ký\nSổ đỏ: đất chưa có sổ"
