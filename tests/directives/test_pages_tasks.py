"""Tasks in the hands of those who give, lead, help and follow: lists by urgency, the page with its moves, what everybody sees."""

import re
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook

from motcua.base.actors import SYSTEM
from motcua.directives import actions
from motcua.directives.models import Coordination, Evidence, Series, Task, Urging
from motcua.directives.terms import Field, Kind, Move, Recurrence, Status
from tests.directives import make_tasks
from tests.directives.make_tasks import World
from tests.directives.pages import DESK, TODAY, Clock, at_desk, says, words
from tests.permissions.world import a_pdf

pytestmark = pytest.mark.django_db
PDF = a_pdf()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


@pytest.fixture
def world(clock: Clock) -> World:
    return make_tasks.world()


def move(client: Client, task: Task, verb: Move, **values: Any) -> Any:
    """Send the form of a move as the page shows it now."""
    url = f"{task.get_absolute_url()}viec/{verb}/"
    version = re.search(r'name="version" value="(\d+)"', client.get(url).content.decode())
    return client.post(url, {"version": version.group(1) if version else "", **values}, follow=True)


def due(days: int) -> date:
    return TODAY.date() + timedelta(days=days)


def test_a_line_of_the_list_shows_plain_text_the_day_and_how_far_it_is(world: World) -> None:
    title = "Rà soát <i>A & B</i>" + " việc" * 40
    task = make_tasks.given(world, title=title, due_on=due(5), when=TODAY - timedelta(days=9))
    Task.objects.filter(pk=task.pk).update(status=Status.DOING, progress=40, extensions=2)
    desk = at_desk(world.finance.leader)
    page = desk.get(f"{DESK}?o=can-lam").content.decode()
    assert "Rà soát &lt;i&gt;A &amp; B&lt;/i&gt; việc" in page and "…</a>" in page and "<i>A" not in page
    assert f'<span class="due-sub">{due(5):%d/%m/%Y} · gia hạn 2 lần</span>' in page
    assert "<small>tiến độ 40%</small>" in page and f'href="{task.get_absolute_url()}"' in page
    Task.objects.filter(pk=task.pk).update(asking=True, assignee=None, follower=None)
    page = desk.get(f"{DESK}?o=can-lam").content.decode()
    assert "<small>đang xin gia hạn</small>" in page and "tiến độ 40%" not in page


# Lists


def test_my_tasks_stand_by_urgency_and_the_tile_says_how_many_are_late(world: World) -> None:
    for title, days in (("Việc trễ", -2), ("Việc hôm nay", 0), ("Việc sắp tới", 4), ("Việc còn xa", 40)):
        make_tasks.given(world, title=title, due_on=due(days))
    make_tasks.given(world, title="Việc của Nội vụ", lead=world.interior, due_on=due(4))
    page = at_desk(world.finance.leader).get(DESK)
    told = words(page)
    places = [told.index(one) for one in ("Việc trễ", "Việc hôm nay", "Việc sắp tới", "Việc còn xa")]
    assert places == sorted(places) and "Việc của Nội vụ" not in told
    says(
        page, "Quá hạn", "Đến hạn hôm nay", "Trong 7 ngày tới", "1 quá hạn, 2 trong 7 ngày", "Quá 2 ngày", "Còn 4 ngày"
    )
    assert page.content.decode().index("Quá 2 ngày") < page.content.decode().index("Hôm nay")


def test_words_without_accents_the_filters_and_the_sheet_narrow_alike(world: World) -> None:
    make_tasks.given(world, title="Rà soát đất công", due_on=due(-3), field=Field.LAND)
    other = make_tasks.given(world, title="Báo cáo thu ngân sách", due_on=due(9), field=Field.FINANCE)
    client = at_desk(world.finance.leader)
    for query in ("q=ra+soat+dat", "linh-vuc=land", "qua-han=1", "q=nothing&o=can-lam"):
        page = client.get(f"{DESK}?o=can-lam&{query}")
        assert other.code not in words(page)
    says(page, "Không thấy nhiệm vụ nào", "Bỏ bộ lọc")
    says(client.get(f"{DESK}?q={other.code.lower()}"), "Báo cáo thu ngân sách")
    sheet = load_workbook(BytesIO(client.get(f"{DESK}?o=can-lam&q=dat&excel=1").content)).active
    assert [row[1] for row in sheet.iter_rows(min_row=2, values_only=True)] == ["Rà soát đất công"]


def test_a_long_list_goes_on_by_keys_and_costs_the_same(world: World, django_assert_max_num_queries: Any) -> None:
    made = [make_tasks.given(world, title=f"Việc số {n}", due_on=due(n % 5)) for n in range(60)]
    client, seen = at_desk(world.finance.leader), set()
    client.get(DESK)
    url = f"{DESK}?o=can-lam"
    for _page in range(2):
        with django_assert_max_num_queries(16):
            told = client.get(url).content.decode()
        seen |= set(re.findall(r"NV26-\d{6}", told))
        following = re.search(r'href="\?([^"]*sau=[^"]*)"', told)
        url = f"{DESK}?{following.group(1).replace('&amp;', '&')}" if following else url
    assert seen == {one.code for one in made}


def test_whom_nothing_waits_for_is_told_so(world: World) -> None:
    says(at_desk(world.ba_to.leader).get(DESK), "Hết việc ở đây")
    says(at_desk(world.office.leader).get(f"{DESK}dinh-ky/"), "Chưa có nhiệm vụ định kỳ")


def test_the_first_page_of_officials_names_their_tasks(world: World) -> None:
    make_tasks.given(world, due_on=due(-1))
    page = at_desk(world.finance.leader).get("/ban-lam-viec/")
    says(page, "Nhiệm vụ được giao", "1 quá hạn")
    assert f'href="{DESK}?o=can-lam"' in page.content.decode()
    assert "Nhiệm vụ được giao" not in words(at_desk(world.ba_to.leader).get("/ban-lam-viec/"))


# One task


def test_the_story_of_a_task_from_refusal_to_confirmation(world: World, clock: Clock) -> None:
    task = make_tasks.given(world, when=TODAY, due_on=due(10), follower=world.office.specialist.id)
    giver, finance, interior = (
        at_desk(one) for one in (world.office.specialist, world.finance.leader, world.interior.leader)
    )
    says(finance.get(task.get_absolute_url()), "Việc của bạn", "Tiếp nhận", "Từ chối nhận", "Còn 10 ngày")
    says(move(finance, task, Move.REFUSE, reason="  "), "Ghi lý do.")
    says(move(finance, task, Move.REFUSE, reason="Không đúng thẩm quyền."), "Đã từ chối nhận")
    answer = move(giver, task, Move.REASSIGN, lead="Sở Không Có", reason="Đúng thẩm quyền")
    says(answer, "Không thấy “Sở Không Có”")
    assert "Sở Không Có" in answer.content.decode() and answer.status_code == 422
    says(move(giver, task, Move.REASSIGN, lead="so noi vu", reason="Đúng thẩm quyền"), "Đã giao lại")
    assert finance.get(task.get_absolute_url()).status_code == 404, "no longer theirs"
    says(move(interior, task, Move.ACCEPT, assignee=world.interior.specialist.id), "Đã tiếp nhận nhiệm vụ")
    doer = at_desk(world.interior.specialist)
    says(doer.get(f"{DESK}?o=toi-lam"), task.title)
    says(move(doer, task, Move.UPDATE, progress="30", text="Đã họp các phòng."), "Đã cập nhật tiến độ")
    says(
        move(interior, task, Move.ASK_EXTENSION, wanted_on=f"{due(5):%d/%m/%Y}", reason="Chờ ý kiến"),
        "Hạn mới phải sau hạn",
    )
    move(interior, task, Move.ASK_EXTENSION, wanted_on=f"{due(20):%d/%m/%Y}", reason="Chờ ý kiến Bộ Nội vụ")
    chairman = at_desk(world.chairman)
    says(chairman.get(f"{DESK}?o=xin-gia-han"), task.code)
    page = chairman.get(f"{task.get_absolute_url()}viec/grant_extension/")
    says(page, "Chờ ý kiến Bộ Nội vụ", f"đến {due(20):%d/%m/%Y}")
    says(
        move(chairman, task, Move.GRANT_EXTENSION, new_due_on=f"{due(15):%d/%m/%Y}"),
        "Đã đồng ý gia hạn",
        "gia hạn 1 lần",
    )
    clock.move(TODAY + timedelta(days=12))
    giver, finance, doer = (
        at_desk(one) for one in (world.office.specialist, world.finance.leader, world.interior.specialist)
    )
    says(move(doer, task, Move.REPORT, text="Đã xong."), "Đính kèm minh chứng, hoặc ghi số văn bản kết quả", "Đã xong.")
    proof = SimpleUploadedFile("ket-qua.pdf", PDF, "application/pdf")
    says(move(doer, task, Move.REPORT, text="Đã xong.", proofs=proof), "Đã báo cáo hoàn thành", "ket-qua.pdf")
    says(move(giver, task, Move.SEND_BACK, reason="Thiếu danh sách"), "Đã trả lại để làm tiếp", "Thiếu danh sách")
    move(doer, task, Move.REPORT, text="Đã bổ sung.", result_number="9/BC-SNV")
    says(move(giver, task, Move.CONFIRM, opinion="Tốt"), "Đã xác nhận hoàn thành", "Xong đúng hạn", "9/BC-SNV")
    task.refresh_from_db()
    assert (task.status, task.extensions, task.returns, task.lead_id) == (Status.DONE, 1, 1, world.interior.agency)
    story = words(giver.get(task.get_absolute_url()))
    for line in (
        "từ chối nhận",
        "Giao lại cho Sở Nội vụ",
        "Cập nhật tiến độ 30%",
        "Gia hạn đến",
        "Trả lại, yêu cầu làm tiếp",
    ):
        assert line in story
    evidence = Evidence.objects.get()
    url = f"{task.get_absolute_url()}minh-chung/{evidence.pk}/"
    assert b"".join(giver.get(url).streaming_content) == PDF
    assert finance.get(url).status_code == 404


def test_a_closed_button_says_every_reason(world: World) -> None:
    task = make_tasks.doing(world, due_on=due(-5))
    actions.divide(
        task, title="Phần của phòng", lead=world.finance.division, due_on=None, by=world.finance.leader, at=TODAY
    )
    page = at_desk(world.finance.leader).get(task.get_absolute_url())
    says(page, "Báo cáo hoàn thành , đang đóng: Còn 1 nhiệm vụ con chưa xong", "Chỉ được xin gia hạn khi chưa hết hạn")
    says(page, "Nhiệm vụ con", "Phần của phòng")
    assert 'aria-disabled="true"' in page.content.decode()
    closed = at_desk(world.finance.leader).get(f"{task.get_absolute_url()}viec/report/")
    says(closed, "Bây giờ chưa làm được việc này", "Còn 1 nhiệm vụ con chưa xong")


def test_who_was_quicker_is_told_and_what_was_typed_stays(world: World) -> None:
    task = make_tasks.doing(world, due_on=due(5))
    client = at_desk(world.finance.specialist)
    actions.update_progress(task, progress=10, text="Đã họp", by=world.finance.head, at=TODAY)
    sent = {"version": "1", "progress": "60", "text": "Đã làm gần xong"}
    answer = client.post(f"{task.get_absolute_url()}viec/update/", sent)
    assert answer.status_code == 409
    says(answer, "Trưởng Phòng stc vừa cập nhật nhiệm vụ này lúc 09:00", "Đã làm gần xong")


def test_a_partner_reads_the_work_and_not_the_talk(world: World) -> None:
    task = make_tasks.doing(world, due_on=due(5), partners=(world.interior.agency,))
    actions.ask_extension(task, wanted_on=due(9), reason="Lý do riêng", by=world.finance.leader, at=TODAY)
    page = at_desk(world.interior.specialist).get(task.get_absolute_url())
    says(page, "Phối hợp", "Sở Nội vụ", "Sở Tài chính tiếp nhận")
    assert "Lý do riêng" not in words(page) and "/viec/" not in page.content.decode()
    assert at_desk(world.ba_to.leader).get(task.get_absolute_url()).status_code == 404


def test_urging_by_hand_is_acknowledged_once(world: World) -> None:
    task = make_tasks.doing(world, due_on=due(-1))
    says(
        move(at_desk(world.office.specialist), task, Move.URGE, text="Báo cáo ngay.", letter_number="34/VP"),
        "Đã gửi đôn đốc",
    )
    lead, urging = at_desk(world.finance.leader), Urging.objects.get()
    says(lead.get(DESK), "Đôn đốc chưa ai ghi là đã xem")
    says(lead.get(task.get_absolute_url()), "34/VP", "Báo cáo ngay.")
    url = f"{task.get_absolute_url()}don-doc/{urging.pk}/"
    says(lead.post(url, follow=True), "Đã ghi là đã xem", "Lãnh Đạo stc đã xem")
    answer = lead.post(url, follow=True, HTTP_REFERER=f"http://testserver{task.get_absolute_url()}")
    says(answer, "Đã có người xác nhận đã xem đôn đốc này")


def test_putting_right_taking_back_and_making_public(world: World) -> None:
    task = make_tasks.doing(world, due_on=due(5), partners=(world.interior.agency,))
    chairman, page = at_desk(world.chairman), f"{task.get_absolute_url()}viec/correct/"
    form = chairman.get(page).content.decode()
    assert "Sở Nội vụ</textarea>" in form
    sent = {
        "title": "Rà soát lại",
        "partners": "ubnd xa ba to",
        "field": "land",
        "given_by": "chair",
        "urgency": "urgent",
    }
    says(move(chairman, task, Move.CORRECT, **sent), "Ghi lý do sửa", "Rà soát lại")
    says(
        move(chairman, task, Move.CORRECT, **sent, reason="Ghi nhầm"),
        "Đã sửa",
        "Rà soát lại",
        "Khẩn",
        "Ủy ban nhân dân xã Ba Tơ",
    )
    assert list(Coordination.objects.values_list("agency", flat=True)) == [world.ba_to.agency]
    says(
        chairman.get(f"{task.get_absolute_url()}viec/publish/"),
        "Công khai nhiệm vụ này?",
        "Tên cán bộ, lý do, báo cáo không hiện",
    )
    says(move(chairman, task, Move.PUBLISH), "có, xem trang công khai")
    says(move(chairman, task, Move.CANCEL, reason="Trùng việc"), "Đã thu hồi nhiệm vụ")
    assert Client().get(f"/nhiem-vu/{task.code}/").status_code == 404


# By hand


def test_a_task_by_hand_and_a_mistake_that_keeps_all(world: World) -> None:
    client = at_desk(world.office.specialist)
    sent = {
        "title": "Kiểm tra một cửa",
        "lead": "Sở KHĐT",
        "kind": "dated",
        "due_on": "",
        "given_by": "chair",
        "field": "reform",
        "urgency": "normal",
        "partners": "các xã, phường",
    }
    answer = client.post(f"{DESK}giao/", sent)
    says(answer, "Ghi ngày đến hạn, hoặc chọn loại khác", "Kiểm tra một cửa")
    sent["due_on"] = f"{due(30):%d/%m/%Y}"
    says(client.post(f"{DESK}giao/", sent), "nay là Sở Tài chính")
    says(
        client.post(f"{DESK}giao/", {**sent, "lead": "sở tài chính"}, follow=True),
        "Đã giao nhiệm vụ",
        "Ủy ban nhân dân xã Tịnh Khê",
    )
    task = Task.objects.get()
    assert (task.lead_id, task.due_on, task.coordinations.count()) == (world.finance.agency, due(30), 2)
    assert client.post(f"{DESK}giao/", {}).status_code == 422


def test_a_recurring_task_begins_and_ends(world: World) -> None:
    client = at_desk(world.office.specialist)
    sent = {
        "title": "Báo cáo tháng",
        "lead": "Sở Tài chính",
        "kind": "recurring",
        "recurrence": "none",
        "given_by": "committee",
        "field": "finance",
        "urgency": "normal",
    }
    says(client.post(f"{DESK}giao/", sent), "Chọn chu kỳ của nhiệm vụ định kỳ")
    says(
        client.post(f"{DESK}giao/", {**sent, "recurrence": "monthly", "due_day": "20"}, follow=True),
        "Báo cáo tháng (tháng 10/2026)",
    )
    one = Series.objects.get()
    assert one.recurrence == Recurrence.MONTHLY and Task.objects.get().kind == Kind.RECURRING
    says(client.get(f"{DESK}dinh-ky/"), "Hằng tháng", "Sở Tài chính", "Dừng")
    says(client.post(f"{DESK}dinh-ky/{one.pk}/dung/", follow=True), "Đã dừng nhiệm vụ định kỳ")
    assert at_desk(world.ba_to.leader).post(f"{DESK}dinh-ky/{one.pk}/dung/").status_code == 404


def test_a_figure_shows_its_value_and_its_day(world: World) -> None:
    task = make_tasks.doing(world, due_on=due(50), figure_code="doanh-nghiep.moi", figure_target=200)
    client = at_desk(world.finance.leader)
    says(client.get(task.get_absolute_url()), "chưa có số liệu mang mã doanh-nghiep.moi")
    actions.record_figure("doanh-nghiep.moi", value=Decimal(123), as_of=due(-1), by=SYSTEM, at=TODAY)
    says(client.get(task.get_absolute_url()), "123 / 200", f"tính đến {due(-1):%d/%m/%Y}", "tự cập nhật")


# Everybody


def test_everybody_sees_what_is_public_and_nobody_s_name(world: World) -> None:
    shown = make_tasks.doing(
        world, title="Sửa đường liên xã", due_on=due(-3), public=True, follower=world.office.specialist.id
    )
    hidden = make_tasks.given(world, title="Việc nội bộ", due_on=due(9))
    done = make_tasks.reported(world, title="Mở bộ phận một cửa", due_on=due(9), public=True)
    actions.confirm(done, by=world.office.specialist, at=TODAY)
    client = Client()
    page = client.get("/nhiem-vu/")
    says(page, "Sửa đường liên xã", "Trễ 3 ngày", "Mở bộ phận một cửa", "Đã xong", "Sở Tài chính")
    assert "Việc nội bộ" not in words(page) and client.get(f"/nhiem-vu/{hidden.code}/").status_code == 404
    assert words(client.get("/nhiem-vu/?q=duong+lien+xa")).count("NV26") == words(
        client.get("/nhiem-vu/?q=khong")
    ).count("NV26")
    says(client.get("/nhiem-vu/?q=khong-co"), "Không thấy việc nào")
    one = client.get(f"/nhiem-vu/{shown.code}/")
    says(one, "Cơ quan làm", "Sở Tài chính", "Hẹn xong", f"{due(-3):%d/%m/%Y}", "Ủy ban nhân dân tỉnh Quảng Ngãi")
    for answer in (page, one):
        assert not re.search(r"(Lãnh Đạo|Chuyên Viên|Trưởng Phòng|Chủ Tịch Mẫu)", words(answer))


def test_nothing_public_yet_is_said_kindly(world: World) -> None:
    says(Client().get("/nhiem-vu/"), "Chưa có nhiệm vụ công khai")
