"""The reading desk in the hands of an official: nothing becomes a task without a yes, the sentence stays linked, mistakes cost nothing."""

import re
from io import BytesIO
from typing import Any

import pypdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document

from motcua.directives import actions
from motcua.directives.models import Directive, Proposal, Task
from motcua.directives.terms import ProposalState, Reading, Recurrence, Status
from tests import make
from tests.directives import make_tasks
from tests.directives.make_tasks import NOTICE, World
from tests.directives.pages import DESK, TODAY, Clock, at_desk, says, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> World:
    Clock(monkeypatch)
    return make_tasks.world()


@pytest.fixture
def notice(world: World) -> Directive:
    return make_tasks.read(world)


def rows(one: Directive) -> list[Proposal]:
    return list(Proposal.objects.filter(directive=one).order_by("start", "no", "pk"))


def send(client: Any, proposal: Proposal, verb: str, **values: Any) -> Any:
    return client.post(f"{DESK}de-xuat/{proposal.pk}/{verb}/", values, follow=True)


YES = {"field": "finance", "urgency": "normal"}


def test_a_pasted_notice_is_shown_with_its_sentences_marked_and_nothing_is_given(world: World) -> None:
    client = at_desk(world.office.specialist)
    answer = client.post(f"{DESK}van-ban/doc/", {"text": NOTICE}, follow=True)
    one = Directive.objects.get()
    says(answer, "Đọc được 4 nhiệm vụ đề xuất", "512/TB-VPUBND", "28/09/2026", "Đã duyệt 0 trong 4")
    page = answer.content.decode()
    for proposal in rows(one):  # linked both ways
        assert f'id="cau-{proposal.pk}"' in page and f'href="#cau-{proposal.pk}"' in page
        assert f'id="nv-{proposal.pk}"' in page and f"#nv-{proposal.pk}" in page
    marked = "".join(re.findall(r'<mark class="on">(.*?)</mark>', page, re.DOTALL))
    assert "Giao Sở Tài chính chủ trì" in re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", marked))
    assert re.search(r"<u>[^<]*ngày 31/10/2026", page), "the words that decided the day are underlined"
    assert not Task.objects.exists()


def test_every_word_of_the_document_stands_on_the_page_once(world: World, notice: Directive) -> None:
    page = at_desk(world.office.specialist).get(notice.get_absolute_url()).content.decode()
    paper = page[page.index('<article class="paper"') : page.index("</article>")]
    shown = re.sub(r"<a class=\"ref\".*?</a>", "", paper, flags=re.DOTALL)
    plain = re.sub(r"\s+", "", re.sub(r"<[^>]+>", "", shown)).replace("&amp;", "&")
    assert plain == re.sub(r"\s+", "", notice.text)


def test_a_word_file_is_read_and_stays_at_hand(world: World) -> None:
    client, out = at_desk(world.office.records), BytesIO()
    document = Document()
    for line in NOTICE.splitlines():
        document.add_paragraph(line)
    document.save(out)
    file = SimpleUploadedFile("thong-bao.docx", out.getvalue())
    says(client.post(f"{DESK}van-ban/doc/", {"file": file}, follow=True), "Tệp gốc", "Sở Tài chính")
    got = client.get(f"{DESK}van-ban/{Directive.objects.get().pk}/tep/")
    assert b"".join(got.streaming_content) == out.getvalue()
    assert got["Content-Security-Policy"].startswith("sandbox")


def test_a_scan_without_text_is_refused_with_what_to_do_and_the_number_stays(world: World) -> None:
    writer, out = pypdf.PdfWriter(), BytesIO()
    writer.add_blank_page(width=595, height=842)
    writer.write(out)
    sent = {"file": SimpleUploadedFile("quet.pdf", out.getvalue()), "number": "77/TB-VPUBND"}
    answer = at_desk(world.office.specialist).post(f"{DESK}van-ban/doc/", sent)
    assert answer.status_code == 422 and not Directive.objects.exists()
    says(answer, "quet.pdf", "Những gì đã điền vẫn còn nguyên")
    assert "77/TB-VPUBND" in answer.content.decode()
    assert "nhận dạng" in words(answer).lower(), "says to run text recognition"


def test_neither_file_nor_words_and_a_picture_are_told_beside_the_field(world: World) -> None:
    client = at_desk(world.office.specialist)
    says(client.post(f"{DESK}van-ban/doc/", {}), "Chọn tệp văn bản, hoặc dán toàn văn vào ô bên dưới")
    picture = SimpleUploadedFile("anh.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 40)
    assert client.post(f"{DESK}van-ban/doc/", {"file": picture}).status_code == 422
    assert not Directive.objects.exists()


def test_two_documents_in_one_file_and_a_day_that_is_none_are_said_with_their_place(world: World) -> None:
    second = NOTICE.replace("512/TB", "513/TB")
    text = NOTICE.replace("31/10/2026", "31/11/2026") + "\n\n" + second
    answer = at_desk(world.office.specialist).post(f"{DESK}van-ban/doc/", {"text": text}, follow=True)
    says(answer, "Cần xem trong văn bản")
    one = Directive.objects.get()
    lines = [each["line"] for each in one.remarks if each["line"]]
    assert len(lines) >= 2
    page = answer.content.decode()
    for line in lines:
        place = re.search(rf'href="#(d-\d+)">Đến dòng {line}<', page)
        assert place and f'id="{place.group(1)}"' in page


def test_yes_gives_the_task_that_leads_back_to_its_sentence(world: World, notice: Directive) -> None:
    client, first = at_desk(world.office.specialist), rows(notice)[0]
    answer = send(client, first, "nhan", **YES, follower=world.office.specialist.id, public="on")
    task = Task.objects.get()
    says(answer, f"Đã giao {task.code} cho Sở Tài chính", "Đã duyệt 1 trong 4")
    assert (task.lead_id, task.proposal_id, task.public) == (world.finance.agency, first.pk, True)
    assert f"o={rows(notice)[1].pk}" in answer.redirect_chain[-1][0], "the next one opens"
    page = client.get(task.get_absolute_url())
    assert f"{notice.get_absolute_url()}?o={first.pk}#cau-{first.pk}" in page.content.decode()
    says(page, "rà soát toàn bộ hồ sơ", "Câu trong 512/TB-VPUBND")


def test_a_group_becomes_one_task_for_each_of_its_members(world: World, notice: Directive) -> None:
    client, group = at_desk(world.office.specialist), rows(notice)[2]
    says(client.get(f"{notice.get_absolute_url()}?o={group.pk}"), "→ 2 cơ quan", "UBND xã Ba Tơ")
    says(send(client, group, "nhan", **YES), "Đã giao 2 nhiệm vụ")
    assert set(Task.objects.values_list("lead", flat=True)) == {world.ba_to.agency, world.tinh_khe.agency}


def test_an_agency_that_ended_is_told_with_its_heir_and_yes_stays_closed_until_chosen(
    world: World, notice: Directive
) -> None:
    client, old = at_desk(world.office.specialist), rows(notice)[1]
    page = client.get(f"{notice.get_absolute_url()}?o={old.pk}")
    says(page, "nay là Sở Tài chính", "Chưa rõ “Sở KH&ĐT” là cơ quan nào")
    assert 'data-key="A"' not in page.content.decode()
    says(send(client, old, "nhan", **YES), "không còn từ ngày 01/03/2025")  # pressed all the same
    assert not Task.objects.exists()
    form = client.get(f"{DESK}de-xuat/{old.pk}/sua/")
    assert 'value="Sở Tài chính"' in form.content.decode(), "the heir stands in the field"
    sent = {"title": old.title, "lead": "so tai chinh", "partners": "", "due_on": "15/11/2026", "recurrence": "none"}
    says(send(client, old, "sua", **sent), "Đã sửa, chờ xác nhận")
    send(client, old, "nhan", **YES)
    assert Task.objects.get().lead_id == world.finance.agency


def test_a_mistake_in_an_edit_keeps_what_was_typed(world: World, notice: Directive) -> None:
    client, one = at_desk(world.office.specialist), rows(notice)[0]
    sent = {
        "title": "Việc viết lại",
        "lead": "Sở Không Có",
        "partners": "",
        "due_on": "31/02/2027",
        "recurrence": "none",
    }
    answer = client.post(f"{DESK}de-xuat/{one.pk}/sua/", sent)
    assert answer.status_code == 422
    says(answer, "Việc viết lại", "Ngày này không đọc được")
    sent["due_on"] = "28/02/2027"
    answer = client.post(f"{DESK}de-xuat/{one.pk}/sua/", sent)
    says(answer, "Không thấy “Sở Không Có” trong danh sách cơ quan")
    assert 'value="Sở Không Có"' in answer.content.decode()
    one.refresh_from_db()
    assert one.state == ProposalState.PROPOSED


def test_split_merge_reject_and_add(world: World, notice: Directive) -> None:
    client = at_desk(world.office.specialist)
    first, _second, third, fourth = rows(notice)
    form = client.get(f"{DESK}de-xuat/{first.pk}/tach/")
    says(form, "Nhiệm vụ 1", "Nhiệm vụ 2")
    frame = {"p-TOTAL_FORMS": "3", "p-INITIAL_FORMS": "3", "p-2-title": ""}
    parts = {"p-0-title": "Rà soát hồ sơ quá hạn", "p-1-title": "Báo cáo UBND tỉnh", "p-1-due_on": "31/10/2026"}
    says(send(client, first, "tach", **frame, **{**parts, "p-1-title": ""}), "Tách thành ít nhất hai nhiệm vụ")
    says(send(client, first, "tach", **frame, **parts), "Đã tách thành 2 nhiệm vụ đề xuất", "trong 5")
    halves = list(Proposal.objects.filter(origin=first).order_by("no"))
    says(send(client, halves[0], "gop"), "Chọn ít nhất một nhiệm vụ đề xuất")
    says(send(client, halves[0], "gop", others=[halves[1].pk]), "Đã gộp 2 nhiệm vụ đề xuất thành một", "trong 4")
    says(send(client, third, "bo", why="other"), "Ghi lý do bỏ")
    says(send(client, third, "bo", why="done", reason="Công văn 9"), "Đã bỏ một nhiệm vụ đề xuất", "Đã duyệt 1 trong 4")
    third.refresh_from_db()
    assert third.reason == "Đã giao ở văn bản khác. Công văn 9."
    add = f"{DESK}van-ban/{notice.pk}/them/"
    sent = {"quote": "không có trong văn bản", "lead": "Sở Nội vụ", "recurrence": Recurrence.NONE}
    says(client.post(add, sent), "Không thấy đoạn này trong văn bản")
    sent["quote"] = "Văn phòng UBND tỉnh thông báo để các cơ quan"
    says(client.post(add, sent, follow=True), "Đã thêm một nhiệm vụ đề xuất")
    assert Proposal.objects.filter(directive=notice, title__startswith="Văn phòng UBND tỉnh thông báo").exists()
    assert fourth.recurrence == Recurrence.MONTHLY and not Task.objects.exists()


def back(client: Any, proposal: Proposal) -> Any:
    return client.post(f"{DESK}de-xuat/{proposal.pk}/lay-lai/", follow=True)


def test_each_decision_is_taken_back_until_the_document_is_finished(world: World, notice: Directive) -> None:
    client = at_desk(world.office.specialist)
    first, _second, group, fourth = rows(notice)
    as_read = {name: getattr(first, name) for name in ("title", "lead", "partners", "due_on", "state", "flags")}

    def stands_as_read() -> bool:
        first.refresh_from_db()
        return {name: getattr(first, name) for name in as_read} == as_read

    refused = back(client, first)
    says(refused, "Không có việc nào để lấy lại")
    sent = {"title": "Việc viết lại", "lead": "", "partners": "", "due_on": "", "recurrence": "none"}
    answer = send(client, first, "sua", **sent)
    assert f'action="{DESK}de-xuat/{first.pk}/lay-lai/"' in answer.content.decode()
    says(answer, "Lấy lại bản trước khi sửa")
    says(back(client, first), "Đã lấy lại; đề xuất chờ xem như trước")
    assert stands_as_read()

    frame = {"p-TOTAL_FORMS": "2", "p-INITIAL_FORMS": "2", "p-0-title": "Một", "p-1-title": "Hai"}
    send(client, first, "tach", **frame)
    half, other = Proposal.objects.filter(origin=first).order_by("no")
    send(client, other, "bo", why="info")
    says(back(client, half), "Một nhiệm vụ tách ra đã được quyết định")
    back(client, other)
    says(back(client, half), "trong 4")
    assert stands_as_read() and not Proposal.objects.filter(origin=first).exists()

    send(client, first, "gop", others=[fourth.pk])
    made = Proposal.objects.get(merged_from=first)
    says(client.get(f"{notice.get_absolute_url()}?o={made.pk}"), "Lấy lại như trước khi gộp")
    back(client, made)
    assert stands_as_read() and len(rows(notice)) == 4

    send(client, first, "bo", why="info")
    page = client.get(f"{notice.get_absolute_url()}?o={first.pk}")
    says(page, "Lấy lại, chưa bỏ")
    back(client, first)
    assert stands_as_read() and first.reason == ""

    send(client, group, "nhan", **YES)
    given = list(Task.objects.order_by("pk"))
    assert len(given) == 2
    says(back(client, group), "Đã lấy lại")
    assert {one.status for one in Task.objects.all()} == {Status.CANCELLED}
    waiting = client.get(f"{notice.get_absolute_url()}?o={group.pk}").content.decode()
    assert not any(one.code in waiting for one in given), "a proposal that waits again leads to no task"
    board = client.get(f"{DESK}bang/").content.decode()
    assert "UBND xã Ba Tơ" not in board, "nobody has a line of noughts for what was taken back"
    send(client, group, "nhan", **YES)
    fresh = Task.objects.filter(status=Status.ASSIGNED).first()
    assert fresh is not None
    commune = world.ba_to if fresh.lead_id == world.ba_to.agency else world.tinh_khe
    actions.accept(fresh, by=commune.leader, at=TODAY)
    says(back(client, group), f"đã nhận nhiệm vụ {fresh.code}. Thu hồi ở trang của nhiệm vụ")
    assert Task.objects.filter(status=Status.ASSIGNED).count() == 1, "a refusal takes nothing back by halves"


def test_the_last_decision_is_taken_back_too_and_earlier_ones_of_a_finished_document_are_not(
    world: World, notice: Directive, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, clock = at_desk(world.office.specialist), Clock(monkeypatch)
    chosen = rows(notice)
    for minute, one in enumerate(chosen):
        clock.move(make.at(f"2026-10-12 09:{minute:02}"))
        send(client, one, "bo", why="info")
    notice.refresh_from_db()
    assert notice.state == Reading.READ
    says(back(client, chosen[0]), "Văn bản đã xem hết")
    says(back(client, chosen[-1]), "Đã duyệt 3 trong 4")
    notice.refresh_from_db()
    assert (notice.state, notice.undecided, notice.finished_at) == (Reading.READING, 1, None)
    says(back(client, chosen[0]), "Đã duyệt 2 trong 4")


def test_editing_shows_the_printed_names_beside_what_they_mean(world: World, notice: Directive) -> None:
    client = at_desk(world.office.specialist)
    first, old = rows(notice)[0], rows(notice)[1]
    page = client.get(f"{DESK}de-xuat/{first.pk}/sua/")
    says(page, "Tên trong văn bản là cơ quan nào")
    for party in first.partners:
        says(page, party["printed"])
    says(client.get(f"{DESK}de-xuat/{old.pk}/sua/"), "“Sở KH&ĐT”", "nay là Sở Tài chính")


def test_the_last_decision_closes_the_document_and_says_so(world: World, notice: Directive) -> None:
    client = at_desk(world.office.specialist)
    for one in rows(notice):
        answer = send(client, one, "bo", why="info")
    says(answer, "Đã duyệt 4 trong 4", "Đã xem hết văn bản này")
    says(client.get(f"{DESK}van-ban/"), "Đã xem hết")
    says(client.get(f"{DESK}van-ban/?cho=1"), "Không thấy văn bản nào")
    says(client.get(f"{DESK}van-ban/?q=giao+ban+thang+9"), "512/TB-VPUBND")


def test_the_second_of_two_officials_is_told_who_was_quicker(world: World, notice: Directive) -> None:
    first = rows(notice)[0]
    send(at_desk(world.office.head), first, "bo", why="info")
    answer = send(at_desk(world.office.specialist), first, "nhan", **YES)
    assert answer.status_code == 409 and not Task.objects.exists()
    says(answer, "Trưởng Phòng vp đã quyết định nhiệm vụ đề xuất này")


def test_a_document_without_number_asks_for_it_before_a_yes(world: World) -> None:
    one = make_tasks.read(world, NOTICE.replace("Số: 512/TB-VPUBND          Quảng Ngãi, ngày 28 tháng 9 năm 2026", ""))
    client = at_desk(world.office.specialist)
    says(client.get(one.get_absolute_url()), "Văn bản chưa có số hoặc ngày ban hành")
    sent = {"number": "1/TB-VPUBND", "issued_on": "28/09/2026", "issuer_name": "", "title": "", "given_by": "chair"}
    says(client.post(f"{DESK}van-ban/{one.pk}/thong-tin/", {**sent, "number": ""}), "Ghi số văn bản")
    says(
        client.post(f"{DESK}van-ban/{one.pk}/thong-tin/", sent, follow=True), "Đã sửa thông tin văn bản", "1/TB-VPUBND"
    )


def test_a_department_neither_sees_nor_decides_about_the_office_s_document(world: World, notice: Directive) -> None:
    client = at_desk(world.finance.leader)
    assert client.get(notice.get_absolute_url()).status_code == 404
    assert send(client, rows(notice)[0], "nhan", **YES).status_code == 404
    says(client.get(f"{DESK}van-ban/"), "Chưa có văn bản nào")


def test_statements_of_the_desk_do_not_grow_with_its_proposals(
    world: World, notice: Directive, django_assert_max_num_queries: Any
) -> None:
    many = NOTICE.replace("512/", "600/") + "".join(
        f"\n\n{n}. Sở Nội vụ báo cáo việc số {n} trước ngày 30/11/2026." for n in range(5, 45)
    )
    long = make_tasks.read(
        world, many.replace("Văn phòng UBND tỉnh thông báo", "Ghi chú"), when=make.at("2026-10-02 09:00")
    )
    client = at_desk(world.office.specialist)
    client.get(notice.get_absolute_url())
    for one in (notice, long):
        with django_assert_max_num_queries(22):
            assert client.get(one.get_absolute_url()).status_code == 200
    assert len(rows(long)) > len(rows(notice))
