"""What an act refuses besides the table of moves, in the words that are shown; a refusal leaves no trace."""

from dataclasses import replace

import pytest

from motcua.base.actors import SYSTEM
from motcua.base.errors import Refused
from motcua.dossiers import actions
from motcua.dossiers.actions.making import need_words
from motcua.dossiers.actions.submitting import files_of
from motcua.dossiers.models import Dossier, Draft
from motcua.dossiers.terms import Channel, Payment, PaymentWay
from motcua.people.terms import Role
from motcua.procedures.terms import OnlineFiling
from tests import make
from tests.make import MONDAY, at
from tests.refusing import refused


def test_a_fee_is_taken_once_by_the_counter_of_this_dossier(world: make.Province) -> None:
    dossier = make.received(world)
    taking = {"way": PaymentWay.CASH, "payer": "", "at": MONDAY}
    with refused("Việc này của cán bộ một cửa."):
        actions.take_payment(dossier, by=world.ba_to.specialist, **taking)
    with refused("Hồ sơ do cơ quan khác giải quyết."):
        actions.take_payment(dossier, by=world.tinh_khe.clerk, **taking)

    actions.take_payment(dossier, by=world.ba_to.clerk, **taking)
    with refused("Hồ sơ này không có khoản nào phải thu."):
        actions.take_payment(dossier, by=world.ba_to.clerk, **taking)


def test_nothing_is_answered_at_once_before_its_fee(world: make.Province) -> None:
    dossier = make.submitted(world, procedure=make.COPY)
    Dossier.objects.filter(pk=dossier.pk).update(payment=Payment.DUE, fee_vnd=4_000)
    answer = {"handed_to": "Nguyễn Văn Mẫu", "title": "Bản sao", "body": "", "by": world.ba_to.clerk, "at": MONDAY}
    with refused("Thu lệ phí trước khi trả kết quả."):
        actions.answer_at_once(dossier, **answer)


@pytest.mark.parametrize("score", [0, 6])
def test_a_rating_is_one_of_five(world: make.Province, score: int) -> None:
    dossier = make.signing(world)
    actions.sign(dossier, by=world.ba_to.leader, at=MONDAY)
    with refused("Chọn một mức từ 1 đến 5."):
        actions.rate(dossier, score=score, comment="", by=world.citizen, at=MONDAY)


def test_copies_are_added_by_who_has_to_do_with_an_open_dossier(world: make.Province) -> None:
    dossier = make.received(world)
    paper = dossier.paper_set.order_by("no")[0]
    with refused("Hồ sơ do cơ quan khác giải quyết."):
        actions.attach(paper, make.scan(), by=world.tinh_khe.clerk, at=MONDAY)
    early = at("2026-11-17 06:30")  # still the day before in Greenwich
    assert actions.attach(paper, make.scan(), by=world.ba_to.clerk, at=early).pk
    assert actions.attach(paper, make.scan(content=b"%PDF-1.7 hai"), by=world.citizen, at=MONDAY).pk

    actions.withdraw(dossier, reason="Đổi ý", by=world.citizen, at=MONDAY)
    with refused("Hồ sơ đã kết thúc, không đính thêm tệp được."):
        actions.attach(paper, make.scan(content=b"%PDF-1.7 ba"), by=world.ba_to.clerk, at=MONDAY)


def test_a_paper_has_a_bounded_number_of_copies(world: make.Province, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("motcua.dossiers.actions.papers.MOST_SCANS", 1)
    paper = make.received(world).paper_set.order_by("no")[0]
    actions.attach(paper, make.scan(), by=world.ba_to.clerk, at=MONDAY)
    with refused("Giấy tờ này đã có 1 tệp. Gộp các trang vào một tệp PDF."):
        actions.attach(paper, make.scan(content=b"%PDF-1.7 hai"), by=world.ba_to.clerk, at=MONDAY)


def test_only_who_holds_the_role_where_it_lies_is_assigned(world: make.Province) -> None:
    home, dossier = world.ba_to, make.processing(world)
    for other in (world.tinh_khe.specialist, home.records):
        with refused("Người được phân công không giữ vai trò chuyên viên thụ lý ở nơi đang giữ hồ sơ."):
            actions.assign(dossier, to=other.id or 0, by=home.unit_head, at=MONDAY)


def test_a_file_is_handed_over_within_the_deciding_authority(world: make.Province) -> None:
    dossier = make.received(world)
    with refused("Phòng nhận hồ sơ không thuộc cơ quan giải quyết."):
        actions.hand_over(dossier, unit=world.tinh_khe.division, by=world.ba_to.clerk, at=MONDAY)


def test_a_reception_is_put_right_in_what_may_be_put_right(world: make.Province) -> None:
    dossier, facts = make.received(world), {"reason": "Gõ nhầm", "by": world.ba_to.clerk, "at": MONDAY}
    with refused("Chưa có mục nào được sửa."):
        actions.correct_reception(dossier, **facts)
    with refused("Không sửa được mục code, fee_vnd ở bước này."):
        actions.correct_reception(dossier, code="H48-1", fee_vnd=0, **facts)
    with pytest.raises(Refused, match="Số giấy tờ có 12 số"):
        actions.correct_reception(dossier, identity_number="0510850001", **facts)
    line = {"no": 99, "originals": 1, "copies": 0, "handed_in": True}
    with refused("Không có giấy tờ số 99 trong hồ sơ này."):
        actions.correct_reception(dossier, papers=[line], **facts)
    dossier.refresh_from_db()
    assert dossier.code == "H48.115-261116-0001" and dossier.application.identity_number == "051085000114"


def test_papers_are_asked_for_by_name(world: make.Province) -> None:
    dossier = make.processing(world)
    for items in ([], [{"paper": 1, "name": " ", "what": ""}]):
        with refused("Chọn ít nhất một giấy tờ cần bổ sung hoặc sửa."):
            actions.draft_supplement(dossier, reason="Thiếu", items=items, by=world.ba_to.specialist, at=MONDAY)


def test_words_are_written_and_not_too_many() -> None:
    assert need_words("  đủ ", "lý do") == "đủ"
    with pytest.raises(Refused, match=r"Ghi lý do\."):
        need_words(" \n", "lý do")
    with pytest.raises(Refused, match=r"dài quá 5\.000 chữ"):
        need_words("a" * 5_001, "lý do")


def test_every_door_asks_the_same_of_an_application(world: make.Province) -> None:
    wish = make.application(world)
    nobody = replace(wish.applicant, name=" ", proxy_name="Lê Văn Thay")
    with refused(
        "Ghi họ và tên người nộp, hoặc tên tổ chức.",
        "Người nộp thay cần giấy ủy quyền: ghi số hoặc loại giấy.",
    ):
        actions.submit(replace(wish, applicant=nobody), by=world.ba_to.clerk, at=MONDAY)
    endless = replace(wish.applicant, name="a" * 301)
    with refused("Tên người nộp dài quá 300 chữ. Kiểm tra lại."):
        actions.submit(replace(wish, applicant=endless), by=world.ba_to.clerk, at=MONDAY)


def test_online_papers_come_with_the_application_and_only_where_it_is_handed_in(world: make.Province) -> None:
    wish = make.application(world, channel=Channel.ONLINE)
    wish = replace(wish, papers=tuple(replace(one, required=one.no == 1) for one in wish.papers))
    elsewhere = replace(wish, offer=replace(wish.offer, online_filing=OnlineFiling.NATIONAL))
    here = replace(wish, offer=replace(wish.offer, online_filing=OnlineFiling.OWN))
    lacking = f"Còn thiếu: {wish.papers[0].name}."
    with refused("Thủ tục này nộp trực tuyến tại Cổng Dịch vụ công quốc gia, không nộp tại đây.", lacking):
        actions.submit(elsewhere, by=world.citizen, at=MONDAY)
    with refused(lacking):
        actions.submit(here, by=world.citizen, at=MONDAY)


def test_a_draft_is_its_owners_until_it_is_handed_in(world: make.Province) -> None:
    mine = {"person": world.citizen.id or 0, "procedure_code": make.BUSINESS, "case_code": "", "agency": None}
    draft = actions.save_draft(None, **mine, at=MONDAY)
    with refused("Không bỏ được bản nháp này."):
        actions.discard_draft(draft, by=world.ba_to.clerk)
    draft.dossier = make.submitted(world)
    with refused("Hồ sơ này đã nộp, không sửa được nữa."):
        actions.save_draft(draft, **mine, at=MONDAY)
    with refused("Không bỏ được bản nháp này."):
        actions.discard_draft(draft, by=world.citizen)
    assert Draft.objects.filter(pk=draft.pk).exists()


def test_files_that_nobody_stored_belong_to_nothing(world: make.Province) -> None:
    known = make.scan()
    assert files_of((known.pk,)) == [known]
    with pytest.raises(Refused):
        files_of((known.pk, known.pk + 1_000))


def test_an_heir_is_chosen_by_the_administrator_above_it(world: make.Province) -> None:
    with refused("Chỉ quản trị được chọn cơ quan kế thừa."):
        actions.choose_heir(world.ba_to.authority, to=world.tinh_khe.authority, by=world.ba_to.leader, at=MONDAY)
    with refused("Chỉ quản trị được chọn cơ quan kế thừa."):
        actions.choose_heir(world.ba_to.authority, to=world.tinh_khe.authority, by=SYSTEM, at=MONDAY)
    for standing in (world.ba_to.authority, 1_000_000):
        with refused("Chọn một cơ quan, đơn vị kế thừa trong danh sách."):
            actions.choose_heir(standing, to=world.tinh_khe.authority, by=world.administrator, at=MONDAY)


def test_acts_that_only_a_person_can_do_are_not_done_by_the_program(world: make.Province) -> None:
    dossier = make.received(world)
    with pytest.raises(Refused):
        actions.extend(dossier, new_due_at=at("2026-11-23 09:00"), reason="Chậm", by=SYSTEM, at=MONDAY)
    assert Role.CLERK.value in world.ba_to.clerk.roles
    dossier.refresh_from_db()
    assert dossier.due_at == at("2026-11-19 09:00")
