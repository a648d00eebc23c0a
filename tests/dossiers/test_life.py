"""The legal life of a dossier, each act through its action, on a real database."""

from dataclasses import replace

import pytest
from django.db import IntegrityError, transaction

from motcua.base import files
from motcua.base.errors import Conflict, Refused
from motcua.base.models import Entry
from motcua.base.verify import verify_journal
from motcua.dossiers import actions, queries
from motcua.dossiers.models import Dossier, IssuedSlip, Rating, Supplement
from motcua.dossiers.terms import Channel, Delivery, Payment, PaymentWay, Slip, Status
from tests import make
from tests.make import at


def names_of(dossier: Dossier) -> list[str]:
    return [one.name.removeprefix("dossiers.") for one in Entry.objects.filter(stream=dossier.stream).order_by("seq")]


def test_a_dossier_goes_from_door_to_door(world: make.Province) -> None:
    home = world.ba_to
    dossier = actions.submit(make.application(world), by=home.clerk, at=make.MONDAY)
    assert dossier.code is None and len(dossier.reference) == 16

    actions.receive(dossier, by=home.clerk, at=make.MONDAY)
    assert dossier.code == "H48.115-261116-0001"
    assert dossier.due_at == at("2026-11-19 09:00")

    actions.take_payment(dossier, way=PaymentWay.CASH, payer="", by=home.clerk, at=make.MONDAY)
    actions.hand_over(dossier, by=home.clerk, at=at("2026-11-16 10:00"))
    assert (dossier.status, dossier.holding_id, dossier.turn) == (Status.PROCESSING, home.division, "specialist")

    actions.submit_result(
        dossier,
        favourable=True,
        title="Giấy chứng nhận",
        body="Chứng nhận.",
        by=home.specialist,
        at=at("2026-11-17 09:00"),
    )
    assert (dossier.status, dossier.holding_id, dossier.turn) == (Status.SIGNING, home.authority, "leader")

    actions.sign(dossier, by=home.leader, at=at("2026-11-17 14:00"))
    assert (dossier.status, dossier.turn, dossier.finished_at) == (Status.DONE, "records", at("2026-11-17 14:00"))

    actions.advance(dossier, by=home.records, at=at("2026-11-17 15:00"))
    assert (dossier.turn, dossier.holding_id) == ("clerk", home.one_stop)

    actions.return_result(
        dossier, way=Delivery.COUNTER, handed_to="Nguyễn Văn Mẫu", by=home.clerk, at=at("2026-11-18 08:00")
    )
    actions.rate(dossier, score=5, comment="Nhanh", by=world.citizen, at=at("2026-11-18 09:00"))

    assert dossier.status == Status.RETURNED and Rating.objects.get().score == 5
    assert names_of(dossier) == [
        "DossierSubmitted",
        "DossierReceived",
        "FeePaid",
        "DossierHandedOver",
        "ResultSubmitted",
        "ResultSigned",
        "StepTaken",
        "ResultReturned",
        "DossierRated",
    ]
    assert verify_journal().ok


def test_a_supplement_stops_the_clock_until_it_is_answered(world: make.Province) -> None:
    home, dossier = world.ba_to, make.processing(world)
    items = [{"paper": 1, "name": "Giấy đề nghị", "what": "thiếu chữ ký"}]
    actions.draft_supplement(dossier, reason="Thiếu chữ ký", items=items, by=home.specialist, at=at("2026-11-16 14:00"))
    assert dossier.due_at == at("2026-11-19 09:00"), "a draft does not stop the clock"

    actions.sign_supplement(dossier, by=home.leader, at=at("2026-11-16 15:00"))
    assert dossier.status == Status.NEED_MORE and dossier.due_at is None
    asked = Supplement.objects.get(dossier=dossier)
    assert asked.number.endswith("/PBS-TTPVHCC") and str(asked.answer_by) == "2026-12-08"

    make.answered(dossier, by=world.citizen, when=at("2026-11-18 15:00"))
    assert dossier.status == Status.PROCESSING
    assert dossier.due_at == at("2026-11-23 09:00"), "two working days of waiting are not counted"
    assert dossier.assignee_id == home.specialist.id

    with pytest.raises(Refused, match="chỉ được yêu cầu một lần"):
        actions.draft_supplement(dossier, reason="Nữa", items=items, by=home.specialist, at=at("2026-11-19 09:00"))


def test_what_is_late_stays_late_while_papers_asked_for_too_late_are_awaited(world: make.Province) -> None:
    home = world.ba_to
    asked_in_time, asked_late, answered = (make.processing(world) for _n in range(3))
    items = [{"paper": 1, "name": "Giấy đề nghị", "what": "thiếu chữ ký"}]
    for dossier, day in ((asked_in_time, 19), (asked_late, 20), (answered, 20)):
        when = at(f"2026-11-{day} 10:00")
        actions.draft_supplement(dossier, reason="Thiếu chữ ký", items=items, by=home.specialist, at=when)
        actions.sign_supplement(dossier, by=home.leader, at=when)
    assert asked_in_time.due_at is None, "on the due day nothing is late yet"
    assert asked_late.due_at == answered.due_at == at("2026-11-19 09:00")
    assert [one.pk for one in queries.late(Dossier.objects.all(), at("2026-11-24 08:00"))] == [
        asked_late.pk,
        answered.pk,
    ]
    make.answered(answered, by=world.citizen, when=at("2026-11-24 09:00"))
    assert answered.due_at == at("2026-11-19 09:00")

    end = at("2027-01-11 22:00")
    for dossier in (asked_in_time, asked_late):
        actions.close_unanswered(dossier, at=end)
    told = Entry.objects.filter(name="dossiers.DossierClosed").order_by("pk").values_list("facts__outcome", flat=True)
    assert list(told) == ["on_time", "late"]


def test_papers_that_no_list_names_keep_the_names_they_were_asked_under(world: make.Province) -> None:
    home, dossier = world.ba_to, make.processing(world)
    last = max(one.no for one in dossier.paper_set.all())
    items = [
        {"paper": None, "name": "Hợp đồng thuê nhà", "what": "bản sao"},
        {"paper": None, "name": "Sơ đồ vị trí", "what": "ghi rõ số nhà"},
        {"paper": 998, "name": "Cam kết", "what": ""},
    ]
    actions.draft_supplement(dossier, reason="Thiếu", items=items, by=home.specialist, at=at("2026-11-16 14:00"))
    actions.sign_supplement(dossier, by=home.leader, at=at("2026-11-16 15:00"))
    asked = Supplement.objects.get(dossier=dossier)
    assert [one["paper"] for one in asked.items] == [last + 1, last + 2, last + 3]
    file = files.keep(b"%PDF-1.7 %%EOF", name="hop-dong.pdf", media_type="application/pdf", at=make.MONDAY)
    told = {"by": home.clerk, "at": at("2026-11-17 08:00"), "channel": Channel.COUNTER}
    with pytest.raises(Refused, match="Chưa có gì cho: Cam kết"):
        actions.answer_supplement(dossier, files={last + 1: [file.pk]}, on_paper={last + 2: (1, 0)}, **told)
    told["note"] = "Cam kết: luật mới không cần nữa."
    with pytest.raises(Refused, match="không có giấy tờ số 77"):
        actions.answer_supplement(dossier, files={77: [file.pk]}, **told)
    actions.answer_supplement(dossier, files={last + 1: [file.pk]}, on_paper={last + 2: (1, 0)}, **told)
    found = {one.name: one for one in dossier.paper_set.filter(no__gt=last)}
    assert set(found) == {"Hợp đồng thuê nhà", "Sơ đồ vị trí"}, "what did not come is not on the list"
    assert found["Hợp đồng thuê nhà"].scans.get().supplement == asked and found["Sơ đồ vị trí"].handed_in


def test_the_one_stop_asks_once_before_receipt(world: make.Province) -> None:
    home, dossier = world.ba_to, make.submitted(world, procedure=make.HOUSE, missing=(1, 2, 3, 4))
    with pytest.raises(Refused, match="Còn thiếu"):
        actions.receive(dossier, by=home.clerk, at=make.MONDAY)
    actions.ask_before_receipt(
        dossier,
        reason="Thiếu đơn",
        items=[{"paper": 1, "name": "Đơn", "what": "nộp bản chính"}],
        by=home.clerk,
        at=make.MONDAY,
    )
    assert dossier.status == Status.NEED_MORE_PRE and dossier.code is None
    actions.answer_supplement(
        dossier,
        by=home.clerk,
        at=at("2026-11-17 09:00"),
        channel=Channel.COUNTER,
        on_paper=dict.fromkeys((1, 2, 3, 4), (1, 0)),
    )
    actions.receive(dossier, by=home.clerk, at=at("2026-11-17 09:05"))
    assert dossier.due_at == at("2026-12-02 09:05")


def test_a_refusal_before_receipt_is_written(world: make.Province) -> None:
    dossier = make.submitted(world)
    with pytest.raises(Refused, match="Ghi lý do từ chối"):
        actions.refuse(dossier, reason="  ", by=world.ba_to.clerk, at=make.MONDAY)
    actions.refuse(dossier, reason="Không thuộc thẩm quyền của xã.", by=world.ba_to.clerk, at=make.MONDAY)
    slip = IssuedSlip.objects.get(dossier=dossier)
    assert slip.kind == Slip.M03 and "Không thuộc thẩm quyền" in str(slip.words)
    assert dossier.status == Status.REFUSED and dossier.payment == Payment.NONE


def test_an_extension_apologises_once_and_knows_whether_it_came_too_late(world: make.Province) -> None:
    home, dossier = world.ba_to, make.processing(world)
    actions.extend(
        dossier, new_due_at=at("2026-11-25 16:00"), reason="Chờ ý kiến", by=home.leader, at=at("2026-11-19 08:00")
    )
    assert dossier.due_at == at("2026-11-25 16:00") and dossier.first_due_at == at("2026-11-19 09:00")
    assert dossier.extension.late, "M04 is due at the latest the day before"
    with pytest.raises(Refused, match="một lần"):
        actions.extend(
            dossier, new_due_at=at("2026-11-26 16:00"), reason="Nữa", by=home.leader, at=at("2026-11-19 09:00")
        )


@pytest.mark.parametrize("moment", ["2026-11-21 09:00", "2026-11-24 09:00", "2026-11-18 09:00"])
def test_an_extension_goes_to_a_working_day_to_come(world: make.Province, moment: str) -> None:
    dossier = make.processing(world)
    with pytest.raises(Refused):
        actions.extend(dossier, new_due_at=at(moment), reason="Chờ", by=world.ba_to.leader, at=at("2026-11-17 08:00"))


def test_withdrawn_and_stopped_dossiers_are_over(world: make.Province) -> None:
    home = world.ba_to
    mine, theirs = make.processing(world), make.processing(world)
    actions.withdraw(mine, reason="Đổi ý", by=world.citizen, at=make.MONDAY)
    actions.stop(theirs, reason="Có đơn tranh chấp", legal_basis="Luật Đất đai", by=home.leader, at=make.MONDAY)
    notice = theirs.slips.get(kind=Slip.M05).words["values"]
    assert notice["signer"]["name"] == "" and notice["signer"]["position"] == notice["one_stop"]
    assert notice["decided_by"].startswith("Đinh Thị Lãnh, ")
    assert (mine.status, theirs.status) == (Status.WITHDRAWN, Status.STOPPED)
    for over in (mine, theirs):
        with pytest.raises(Refused, match="trạng thái"):
            actions.submit_result(over, favourable=True, title="x", body="y", by=home.specialist, at=make.MONDAY)


def test_the_leader_gives_back_with_an_opinion(world: make.Province) -> None:
    home, dossier = world.ba_to, make.signing(world)
    actions.give_back(dossier, reason="Sửa tên đường", by=home.leader, at=make.MONDAY)
    assert dossier.status == Status.PROCESSING and dossier.assignee_id == home.specialist.id
    assert queries.given_back(home.specialist, make.MONDAY).get().pk == dossier.pk


def test_a_written_refusal_is_a_signed_result(world: make.Province) -> None:
    home, dossier = world.ba_to, make.signing(world, favourable=False)
    actions.sign(dossier, by=home.leader, at=make.MONDAY)
    dossier.refresh_from_db()
    assert dossier.favourable is False and dossier.result.document is not None
    content = queries.result_pdf(dossier)
    assert content is not None and content.startswith(b"%PDF")


def test_the_slip_lists_what_came_as_files_too(world: make.Province) -> None:
    """An online dossier lays no paper on the counter; its slip M01 names every component that was sent."""
    asked = make.application(world, channel=Channel.COUNTER)
    online = [replace(one, handed_in=False, originals=0, copies=0, files=(make.scan().pk,)) for one in asked.papers]
    dossier = actions.submit(replace(asked, papers=tuple(online)), by=world.ba_to.clerk, at=make.MONDAY)
    actions.receive(dossier, by=world.ba_to.clerk, at=make.MONDAY)
    listed = dossier.slips.get(kind=Slip.M01).words["values"]["papers"]
    assert [one["name"] for one in listed] == [one.name for one in asked.papers]
    assert all(one["electronic"] == 1 and not one["originals"] for one in listed)
    on_paper = make.received(world).slips.get(kind=Slip.M01).words["values"]["papers"]
    assert on_paper and all(one["electronic"] == 0 for one in on_paper)


def test_procedures_answered_at_once_are_received_and_returned_in_one_act(world: make.Province) -> None:
    home, dossier = world.ba_to, make.submitted(world, procedure=make.COPY)
    with pytest.raises(Refused, match="trả kết quả ngay"):
        actions.receive(dossier, by=home.clerk, at=make.MONDAY)
    actions.take_payment(dossier, way=PaymentWay.CASH, payer="", by=home.clerk, at=make.MONDAY)
    actions.answer_at_once(
        dossier, handed_to="Nguyễn Văn Mẫu", title="Bản sao chứng thực", body="", by=home.clerk, at=make.MONDAY
    )
    assert dossier.status == Status.RETURNED and dossier.code is not None
    assert not IssuedSlip.objects.filter(dossier=dossier, kind=Slip.M01).exists()


def test_a_wrong_reception_is_put_right_before_hand_over_and_the_old_version_kept(world: make.Province) -> None:
    home, dossier = world.ba_to, make.received(world)
    actions.correct_reception(
        dossier, reason="Gõ nhầm tên", applicant_name="Nguyễn Văn Mẩu", address="Thôn 2", by=home.clerk, at=make.MONDAY
    )
    kept = dossier.kept_receptions.get()
    assert kept.before == {"applicant_name": "Nguyễn Văn Mẫu", "address": "Tổ 3, thôn Nam Hoàn Đồn, xã Ba Tơ"}
    assert dossier.applicant_name == "Nguyễn Văn Mẩu"
    first, second = dossier.slips.filter(kind=Slip.M01).order_by("pk").values_list("number", flat=True)
    assert first == "01/TTPVHCC" and second == "01/TTPVHCC (bản 2)"
    actions.hand_over(dossier, by=home.clerk, at=make.MONDAY)
    with pytest.raises(Refused):
        actions.correct_reception(dossier, reason="Muộn", applicant_name="X", by=home.clerk, at=make.MONDAY)


def test_the_nightly_job_closes_what_nobody_answered(world: make.Province) -> None:
    from motcua.dossiers import jobs

    home, dossier = world.ba_to, make.submitted(world)
    actions.ask_before_receipt(
        dossier, reason="Thiếu", items=[{"paper": 1, "name": "Đơn", "what": ""}], by=home.clerk, at=make.MONDAY
    )
    last = Supplement.objects.get(dossier=dossier).answer_by
    assert jobs.close_unanswered_at(at(f"{last} 23:00")) == 0
    assert jobs.close_unanswered_at(at("2026-12-31 00:15")) == 1
    dossier.refresh_from_db()
    assert dossier.status == Status.CLOSED_NO_RESPONSE


def test_the_second_of_two_officials_is_told_who_was_quicker(world: make.Province) -> None:
    home, dossier = world.ba_to, make.signing(world)
    seen = dossier.version
    actions.give_back(dossier, reason="Xem lại", by=home.leader, at=at("2026-11-16 09:40"), seen=seen)
    with pytest.raises(Conflict, match="Đinh Thị Lãnh vừa chuyển hồ sơ này lúc 09:40"):
        actions.sign(Dossier.objects.get(pk=dossier.pk), by=home.leader, at=at("2026-11-16 09:41"), seen=seen)


def test_strangers_are_refused(world: make.Province) -> None:
    dossier, other = make.signing(world), world.tinh_khe
    with pytest.raises(Refused, match="cơ quan khác"):
        actions.sign(dossier, by=other.leader, at=make.MONDAY)
    with pytest.raises(Refused, match="lãnh đạo"):
        actions.sign(dossier, by=world.ba_to.specialist, at=make.MONDAY)
    assert queries.dossier_for(dossier.reference, by=other.clerk, at=make.MONDAY) is None


def test_the_same_key_gives_the_same_dossier(world: make.Province) -> None:
    by = world.ba_to.clerk
    first = actions.submit(make.application(world), by=by, at=make.MONDAY, owner="1", key="k1")
    again = actions.submit(make.application(world), by=by, at=at("2026-11-16 09:01"), owner="1", key="k1")
    assert again.pk == first.pk and Dossier.objects.count() == 1
    with pytest.raises(Refused, match="nội dung khác"):
        actions.submit(make.application(world, procedure=make.BIRTH), by=by, at=make.MONDAY, owner="1", key="k1")


def test_codes_have_no_gap_after_a_rollback(world: make.Province) -> None:
    first = make.received(world)
    second = make.submitted(world)
    with transaction.atomic():
        actions.receive(second, by=world.ba_to.clerk, at=make.MONDAY)
        transaction.set_rollback(True)
    third = make.received(world)
    assert (first.code, third.code) == ("H48.115-261116-0001", "H48.115-261116-0002")


def test_a_refused_move_leaves_no_trace(world: make.Province) -> None:
    dossier = make.received(world)
    before = Entry.objects.count(), dossier.version
    with pytest.raises(Refused):
        actions.sign(dossier, by=world.ba_to.leader, at=make.MONDAY)
    dossier.refresh_from_db()
    assert (Entry.objects.count(), dossier.version) == before


@pytest.mark.parametrize(
    ("constraint", "broken"),
    [
        ("dossiers_status_known", {"status": "lost"}),
        ("dossiers_turn_known", {"turn": "anyone"}),
        ("dossiers_received_has_code_and_moment", {"code": None}),
        ("dossiers_running_clock_has_a_due_moment", {"due_at": None}),
        ("dossiers_paused_has_no_due_to_come", {"status": "need_more"}),
        ("dossiers_done_has_an_end", {"status": "done"}),
        ("dossiers_fee_not_negative", {"fee_vnd": -1}),
        ("dossiers_has_an_applicant", {"applicant_name": ""}),
    ],
)
def test_the_database_refuses_what_must_never_be_true(
    world: make.Province, constraint: str, broken: dict[str, object]
) -> None:
    dossier = make.received(world)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Dossier.objects.filter(pk=dossier.pk).update(**broken)


def test_events_hold_no_personal_value(world: make.Province) -> None:
    dossier = make.signing(world)
    text = " ".join(str(one.facts) for one in Entry.objects.filter(stream=dossier.stream))
    for personal in ("Nguyễn", "051085000114", "0905123456", "mau@vidu.vn", "Nam Hoàn"):
        assert personal not in text
