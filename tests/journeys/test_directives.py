"""From the text of a conclusion notice to tasks that are followed: yes by one key, a refusal, a later day, a late task in the brief.

Each class of page is looked at in both widths: axe finds nothing, nothing lies sideways.
"""

import re
from datetime import timedelta
from io import BytesIO
from typing import Any

import pypdf
import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from motcua.base.actors import Actor
from motcua.base.clock import day_of
from motcua.base.verify import verify_journal
from motcua.directives.models import Proposal, Task
from motcua.directives.terms import Field, ProposalState, Status
from motcua.people.models import Person
from tests.directives import make_tasks
from tests.directives.make_tasks import World
from tests.journeys.driving import no_sideways, press, says
from tests.journeys.test_accessible import Eyes


@pytest.fixture
def offices(db: None) -> World:
    return make_tasks.world()


def come_in(page: Page, who: Actor, site: str) -> Page:
    """Signed in as this official; the sign-in itself is told by other journeys."""
    client = Client()
    client.force_login(Person.objects.get(pk=who.id))
    session = client.session
    session["begun_at"] = session["seen_at"] = int(timezone.now().timestamp())
    session.save()
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": str(session.session_key), "url": site}])
    return page


def notice() -> str:
    """A conclusion of four weeks ago, with one task whose day has passed."""
    today = day_of(timezone.now())
    given, late, soon = (today + timedelta(days=days) for days in (-28, -6, 20))
    place = f"Quảng Ngãi, ngày {given.day} tháng {given.month} năm {given.year}"
    return f"""UBND TỈNH QUẢNG NGÃI          CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
VĂN PHÒNG                       Độc lập - Tự do - Hạnh phúc

Số: 512/TB-VPUBND          {place}

THÔNG BÁO
Kết luận của Phó Chủ tịch UBND tỉnh tại cuộc họp giao ban

Phó Chủ tịch UBND tỉnh kết luận như sau:

1. Giao Sở Tài chính chủ trì, phối hợp với Sở Nội vụ rà soát toàn bộ hồ sơ quá hạn, báo cáo UBND tỉnh trước ngày {late:%d/%m/%Y}.

2. Sở KH&ĐT tham mưu kế hoạch hỗ trợ doanh nghiệp, trình UBND tỉnh trước ngày {soon:%d/%m/%Y}.

3. UBND các xã, phường công khai danh sách hồ sơ quá hạn tại bộ phận một cửa trước ngày {soon:%d/%m/%Y}.

4. Sở Nội vụ tổng hợp kết quả, báo cáo UBND tỉnh trước ngày {soon:%d/%m/%Y}.

Văn phòng UBND tỉnh thông báo để các cơ quan, đơn vị biết, thực hiện./.
"""


def key(page: Page, letter: str) -> None:
    """Press one key of the desk and wait for the page that follows."""
    with page.expect_navigation():
        page.keyboard.press(letter)


def test_from_the_words_of_a_notice_to_the_brief(offices: World, new_page: Any, site: str, accessible: Any):
    office = come_in(new_page(), offices.office.specialist, site)
    eyes = Eyes(office, accessible)
    office.goto(reverse("directives_desk:documents"))
    read_it(office, eyes)
    decide_by_keys(office, eyes)

    late = Task.objects.get(title__startswith="Rà soát toàn bộ hồ sơ")
    moved = Task.objects.get(title__startswith="Tổng hợp kết quả")
    refuse_and_give_to_another(new_page, site, offices, office, moved)
    ask_and_grant(new_page, site, offices, moved)
    see_the_late_one(office, eyes, late)
    assert not eyes.found, "\n".join(eyes.found)
    assert office.problems == []  # type: ignore[attr-defined]
    assert verify_journal().ok


def read_it(page: Page, eyes: Eyes) -> None:
    """The words are pasted; nothing is given yet."""
    press(page, "Đọc văn bản mới")
    press(page, "Đọc văn bản", within=page.locator("main form"))
    eyes.look("read in, in error")
    page.get_by_label("Hoặc dán toàn văn vào đây").fill(notice())
    press(page, "Đọc văn bản", within=page.locator("main form"))
    says(page, "Đọc được 4 nhiệm vụ đề xuất", "Đã duyệt 0 trong 4")
    assert not Task.objects.exists()
    eyes.look("reading desk")
    page.set_viewport_size({"width": 1280, "height": 900})
    expect(page.locator("mark.on").first).to_be_in_viewport()


def decide_by_keys(page: Page, eyes: Eyes) -> None:
    """A accept, E edit with the heir of an old agency, J next, X reject, Z take it back; the group becomes one task each."""
    key(page, "j")
    key(page, "k")
    expect(page.locator(".tk.on h3")).to_contain_text("Rà soát toàn bộ hồ sơ")
    key(page, "a")
    says(page, "Đã duyệt 1 trong 4", "nay là Sở Tài chính")
    key(page, "e")
    eyes.look("reading desk, edit")
    expect(page.get_by_label("Cơ quan chủ trì")).to_have_value("Sở Tài chính")
    page.get_by_label("Chỉ tiêu").fill("01 kế hoạch")
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")
    key(page, "a")
    says(page, "Đã duyệt 2 trong 4")
    key(page, "x")
    press(page, "Bỏ đề xuất này")
    says(page, "Đã duyệt 3 trong 4")
    key(page, "z")
    says(page, "Đã lấy lại; đề xuất chờ xem như trước", "Đã duyệt 2 trong 4")
    eyes.look("reading desk, taken back")
    page.set_viewport_size({"width": 1280, "height": 900})
    key(page, "x")
    press(page, "Bỏ đề xuất này")
    key(page, "a")
    says(page, "Đã duyệt 4 trong 4", "Đã xem hết văn bản này")
    states = list(Proposal.objects.order_by("start").values_list("state", flat=True))
    yes, no = ProposalState.ACCEPTED, ProposalState.REJECTED
    assert states == [yes, yes, no, yes] and Task.objects.count() == 3


def refuse_and_give_to_another(new_page: Any, site: str, one: World, office: Page, task: Task) -> None:
    """The lead says why it is not theirs; the giver names another, who takes it."""
    interior = come_in(new_page(), one.interior.leader, site)
    interior.goto(reverse("desk:inbox"))
    press(interior, "Cơ quan cần làm")
    press(interior, task.title)
    press(interior, "Từ chối nhận")
    interior.get_by_label("Lý do").fill("Việc thuộc Sở Tài chính.")
    press(interior, "Từ chối nhận", within=interior.locator("main form"))
    says(interior, "Đã từ chối nhận")
    office.goto(f"{reverse('directives_desk:tasks')}?o=tu-choi")
    press(office, task.title)
    says(office, "Việc thuộc Sở Tài chính.")
    key(office, "t")
    office.get_by_label("Cơ quan chủ trì mới").fill("so tai chinh")
    office.get_by_label("Lý do giao lại").fill("Đúng thẩm quyền.")
    press(office, "Giao lại", within=office.locator("main form"))
    task.refresh_from_db()
    assert (task.lead_id, task.status) == (one.finance.agency, Status.ASSIGNED)


def ask_and_grant(new_page: Any, site: str, one: World, task: Task) -> None:
    """The new lead takes it and asks for ten days more; the chairman agrees."""
    finance = come_in(new_page(), one.finance.leader, site)
    finance.goto(task.get_absolute_url())
    for move in ("Tiếp nhận", "Xin gia hạn"):
        press(finance, move)
        if move == "Xin gia hạn":
            wanted = day_of(timezone.now()) + timedelta(days=30)
            finance.get_by_label("Xin đến hết ngày").fill(f"{wanted:%d/%m/%Y}")
            finance.get_by_label("Lý do").fill("Chờ số liệu của các xã.")
        press(finance, move, within=finance.locator("main form"))
    chairman = come_in(new_page(), one.chairman, site)
    chairman.goto(reverse("desk:inbox"))
    press(chairman, "Xin gia hạn")
    press(chairman, task.title)
    says(chairman, "Chờ số liệu của các xã.")
    press(chairman, "Đồng ý gia hạn")
    press(chairman, "Đồng ý gia hạn", within=chairman.locator("main form"))
    says(chairman, "Đã đồng ý gia hạn")
    task.refresh_from_db()
    assert task.extensions == 1 and task.due_on == day_of(timezone.now()) + timedelta(days=30)


def see_the_late_one(page: Page, eyes: Eyes, late: Task) -> None:
    """The board counts it, the list behind the figure holds it, the meeting shows it, the brief prints it."""
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(reverse("directives_desk:board"))
    press(page, "Đang làm, quá hạn")
    says(page, late.code, "Quá 6 ngày")
    page.goto(reverse("directives_desk:board"))
    key(page, "h")
    says(page, "Quá hạn 6 ngày", late.title)
    eyes.look("meeting")
    address = page.get_by_role("link", name="Bản tin 1 trang").get_attribute("href")
    answer = page.request.get(str(address))
    text = " ".join(pypdf.PdfReader(BytesIO(answer.body())).pages[0].extract_text().split())
    assert late.code in text and re.search(r"6 ngày", text)


def test_each_class_of_page(offices: World, new_page: Any, site: str, accessible: Any):
    """Filled, empty and in error; the reading desk and its meeting are looked at on the journey."""
    now = timezone.now()
    directive = make_tasks.read(offices, notice(), when=now)
    first = Proposal.objects.filter(directive=directive).order_by("start")[0]
    late = make_tasks.doing(
        offices, when=now - timedelta(days=30), due_on=day_of(now) - timedelta(days=3), public=True, field=Field.LAND
    )
    eyes = Eyes(come_in(new_page(), offices.office.specialist, site), accessible)
    for state, verb in (("split", "tach"), ("merge", "gop"), ("reject", "bo")):
        eyes.go(f"reading desk, {state}", "directives_desk:decide", first.pk, verb)
    eyes.go("documents", "directives_desk:documents")
    eyes.go("tasks", "directives_desk:tasks", query="?o=da-giao")
    eyes.go("task", "directives_desk:task", late.code)
    eyes.page.goto(reverse("directives_desk:move", args=[late.code, "urge"]))
    eyes.press("move, in error", "Đôn đốc")
    eyes.page.goto(reverse("directives_desk:give"))
    eyes.press("give, in error", "Giao nhiệm vụ")
    eyes.go("recurring, none", "directives_desk:series")
    eyes.go("sheet in", "directives_desk:take_in")
    eyes.go("board", "directives_desk:board")
    eyes.go("list behind a figure", "directives_desk:board_list", query="?cot=qua-han")
    eyes.go("public", "directives:promises")
    eyes.go("one promise", "directives:promise", late.code)
    assert not eyes.found, "\n".join(eyes.found)


def test_the_desk_works_without_scripts(offices: World, new_page: Any, site: str):
    page = come_in(new_page(scripts=False, narrow=True), offices.office.specialist, site)
    page.goto(reverse("directives_desk:read_in"))
    page.get_by_label("Hoặc dán toàn văn vào đây").fill(notice())
    press(page, "Đọc văn bản", within=page.locator("main form"))
    press(page, "Nhận", within=page.locator(".tk.on"))
    says(page, "Đã duyệt 1 trong 4")
    no_sideways(page)
    assert Task.objects.get().lead_id == offices.finance.agency
