"""The board: each figure opens a list of exactly so many tasks, on any day; the meeting, the one page, the sheet."""

import re
from datetime import date, datetime, timedelta
from io import BytesIO
from typing import Any

import pypdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import Workbook, load_workbook

from motcua.directives import actions
from motcua.directives.models import Task
from motcua.directives.terms import Field, GivenBy
from tests.directives import make_tasks
from tests.directives.make_tasks import World
from tests.directives.pages import DESK, TODAY, Clock, at_desk, says, words
from tests.remembered import remembered

pytestmark = pytest.mark.django_db

EARLIER = TODAY - timedelta(days=40)
BOARD = f"{DESK}bang/"


def due(days: int) -> date:
    return TODAY.date() + timedelta(days=days)


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> World:
    Clock(monkeypatch)
    return busy()


@remembered
def busy() -> World:
    """Tasks of every standing, given forty days ago, of several agencies, fields and givers."""
    one = make_tasks.world()
    follower = one.office.specialist.id
    for number in range(3):
        make_tasks.given(one, when=EARLIER, title=f"Trễ {number}", due_on=due(-20 + number), follower=follower)
    for days, title in ((-30, "Xong trễ"), (5, "Xong đúng hạn")):
        task = make_tasks.doing(one, when=EARLIER, title=title, due_on=due(days), field=Field.LAND)
        when = TODAY - timedelta(days=2)
        actions.report(task, text="Xong", result_number="1/BC", by=one.finance.specialist, at=when)
        actions.confirm(task, by=one.office.specialist, at=when)
    make_tasks.given(one, when=EARLIER, title="Của Nội vụ", lead=one.interior, due_on=due(3), given_by=GivenBy.CHAIR)
    cancelled = make_tasks.given(one, when=EARLIER, title="Thu hồi", lead=one.interior, due_on=due(3))
    actions.cancel(cancelled, reason="Trùng", by=one.chairman, at=TODAY)
    return one


def every_link(page: Any) -> list[tuple[int, str]]:
    """The figures of the board, each with the list behind it."""
    text = page.content.decode()
    table = text[text.index("<table") : text.index("</table>")]
    tiles = re.findall(r'<a class="kpi[^"]*" href="([^"]+)"[^>]*><span class="v[^"]*">([\d.]+)</span>', text)
    cells = re.findall(r'<td role="cell" class="r"[^>]*><a href="([^"]+)"[^>]*>([\d.]+)</a>', table)
    return [(int(figure.replace(".", "")), url.replace("&amp;", "&")) for url, figure in [*tiles, *cells]]


def listed(client: Client, url: str) -> int:
    """How many tasks the list shows, all its pages together, and that its own figure says the same."""
    page = client.get(url)
    told = re.search(r"<b>([\d.]+)</b> nhiệm vụ, tính đến", page.content.decode())
    found: set[str] = set()
    while True:
        found |= set(re.findall(r"<small>(NV26-\d{6})", page.content.decode()))
        following = re.search(r'href="(\?[^"]*sau=[^"]*)"', page.content.decode())
        if not following:
            break
        page = client.get(url.split("?")[0] + following.group(1).replace("&amp;", "&"))
    assert told and int(told.group(1)) == len(found), url
    return len(found)


@pytest.mark.parametrize("by", ["co-quan", "linh-vuc", "cap-giao", "van-ban", "theo-doi", "thuc-hien"])
@pytest.mark.parametrize("day", ["", f"{TODAY - timedelta(days=10):%d/%m/%Y}"])
def test_every_figure_equals_the_list_it_opens(world: World, by: str, day: str) -> None:
    client = at_desk(world.office.specialist)
    page = client.get(f"{BOARD}?theo={by}&ngay={day}")
    links = every_link(page)
    assert len(links) >= 5
    for figure, url in links:
        assert listed(client, url) == figure, f"{by} {day}: {url}"


def test_the_report_adds_up_and_an_older_day_shows_older_figures(world: World) -> None:
    client = at_desk(world.office.specialist)
    now = words(client.get(BOARD))
    assert re.search(r"Cộng 6 1 1 1 3 ", now), now
    before = words(client.get(f"{BOARD}?ngay={TODAY - timedelta(days=10):%d/%m/%Y}"))
    assert re.search(r"Cộng 7 0 0 3 4 ", before), "nothing was finished or taken back then"
    says(client.get(f"{BOARD}?ngay=31/12/2026"), "chưa tới; bảng này tính đến hôm nay")


def test_filters_stand_in_the_address(world: World) -> None:
    client = at_desk(world.office.specialist)
    assert re.search(r"Cộng 2 ", words(client.get(f"{BOARD}?linh-vuc=land")))
    assert re.search(r"Cộng 1 ", words(client.get(f"{BOARD}?cap=chair")))
    says(client.get(f"{BOARD}?tu=01/10/2026"), "Chưa có nhiệm vụ nào trong phạm vi này")


def test_a_department_sees_its_own_lines_and_of_others_only_sums(world: World) -> None:
    client = at_desk(world.interior.leader)
    page = client.get(BOARD)
    says(page, "phần việc của cơ quan bạn", "Các cơ quan khác", "Sở Tài chính")
    text = page.content.decode()
    assert "danh-sach" not in text[text.index('id="ck"') :], "no lists of others"
    lists = client.get(f"{BOARD}danh-sach/?cot=giao&theo=co-quan&khoa={world.finance.agency}")
    assert "Trễ 0" not in words(lists)
    says(client.get(f"{BOARD}danh-sach/?cot=giao"), "Của Nội vụ")


def test_a_made_up_line_is_told(world: World) -> None:
    answer = at_desk(world.office.specialist).get(f"{BOARD}danh-sach/?cot=giao&theo=co-quan&khoa=ba-to")
    assert answer.status_code == 400
    says(answer, "Không có dòng này trong báo cáo")


def test_the_meeting_walks_through_late_tasks_by_two_keys(world: World) -> None:
    client = at_desk(world.office.leader)
    first = client.get(f"{BOARD}hop/")
    says(first, "1 trong 3", "Quá hạn 20 ngày", "Trễ 0", "Sở Tài chính")
    text = first.content.decode()
    assert 'rel="next" data-key="J"' in text and 'rel="prev"' not in text
    following = re.search(r'rel="next" data-key="J" href="([^"]+)"', text)
    assert following
    says(client.get(f"{BOARD}hop/{following.group(1)}"), "2 trong 3", "Trễ 1")
    says(client.get(f"{BOARD}hop/?so=99"), "3 trong 3", "Trễ 2")
    says(at_desk(world.ba_to.leader).get(f"{BOARD}hop/"), "Không có nhiệm vụ quá hạn")


def test_the_brief_is_one_page_whatever_there_is_to_say(world: World) -> None:
    long = "Rà soát toàn bộ hồ sơ quá hạn của các lĩnh vực đất đai, xây dựng, kinh doanh; báo cáo nguyên nhân " * 3
    for number in range(12):
        lead = (world.finance, world.interior, world.ba_to, world.tinh_khe)[number % 4]
        make_tasks.given(world, when=EARLIER, title=f"{long} {number}", lead=lead, due_on=due(-25 + number))
        make_tasks.given(world, when=EARLIER, title=f"{long} {number}", lead=lead, due_on=due(1))
        late = make_tasks.doing(world, when=EARLIER, title=f"{long} {number}", due_on=due(30))
        actions.report(late, text="Xong", result_number="2/BC", by=world.finance.specialist, at=TODAY)
    answer = at_desk(world.office.specialist).get(f"{BOARD}ban-tin/")
    assert answer["Content-Type"] == "application/pdf"
    book = pypdf.PdfReader(BytesIO(answer.content))
    assert len(book.pages) == 1
    text = " ".join(book.pages[0].extract_text().split())
    latest = Task.objects.filter(due_on=due(-25)).get()
    for one in ("tính đến ngày 12/10/2026", latest.code, "25 ngày", "Sở Tài chính", "đã giao"):
        assert one in text, text


def test_the_sheet_of_a_list_holds_its_tasks(world: World) -> None:
    answer = at_desk(world.office.specialist).get(f"{BOARD}danh-sach/?cot=qua-han&excel=1")
    rows = list(load_workbook(BytesIO(answer.content)).active.iter_rows(min_row=2, values_only=True))
    assert [row[1] for row in rows] == ["Trễ 0", "Trễ 1", "Trễ 2"]


# The sheet in


def sheet(
    *rows: tuple[Any, ...], heads: tuple[str, ...] = ("Thời hạn", "Cơ quan chủ trì", "Nội dung nhiệm vụ")
) -> bytes:
    book, out = Workbook(), BytesIO()
    book.active.append(heads)
    for row in rows:
        book.active.append(row)
    book.save(out)
    return out.getvalue()


def take(client: Client, content: bytes, act: str) -> Any:
    file = SimpleUploadedFile("bang.xlsx", content)
    return client.post(f"{DESK}nhap-bang/", {"file": file, act: "1"}, follow=True)


def test_a_trial_writes_nothing_and_tells_each_wrong_cell(world: World) -> None:
    client, before = at_desk(world.office.specialist), Task.objects.count()
    wrong = sheet(("31/02/2027", "Sở Tài chính", "Việc một"), (datetime(2026, 12, 1), "Sở Không Có", "Việc hai"))
    answer = take(client, wrong, "ghi")
    assert answer.status_code == 422 and Task.objects.count() == before
    says(answer, "Đã đọc 2 dòng, có 2 ô sai. Chưa ghi gì.", "2 Thời hạn", "3 Cơ quan chủ trì", "Sở Không Có")
    right = sheet(("01/12/2026", "so tai chinh", "Việc một"), ("02/12/2026", "Sở Nội vụ", "Việc hai"))
    says(take(client, right, "thu"), "Chạy thử 2 dòng: 2 nhiệm vụ mới, 0 dòng đã có. Chưa ghi gì.")
    assert Task.objects.count() == before
    says(take(client, right, "ghi"), "Đã giao 2 nhiệm vụ từ bảng")
    assert Task.objects.count() == before + 2
    says(take(client, right, "thu"), "0 nhiệm vụ mới, 2 dòng đã có")


def test_a_sheet_with_lost_columns_and_no_sheet_at_all_are_told(world: World) -> None:
    client = at_desk(world.office.specialist)
    says(take(client, sheet(("x", "y"), heads=("Cột lạ", "Nội dung nhiệm vụ")), "thu"), "Thiếu cột")
    says(client.post(f"{DESK}nhap-bang/", {"thu": "1"}), "Chọn bảng Excel")
    says(take(client, b"%PDF-1.4", "thu"), "Tệp này không phải bảng Excel")
    heads = next(load_workbook(BytesIO(client.get(f"{DESK}nhap-bang/mau/").content)).active.iter_rows(values_only=True))
    assert {"Nội dung nhiệm vụ", "Cơ quan chủ trì", "Thời hạn"} <= set(heads)
    assert at_desk(world.controller).get(f"{DESK}nhap-bang/").status_code == 403
