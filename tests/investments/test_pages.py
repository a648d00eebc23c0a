"""The pages: what they say, what they do, who gets in; and that nobody is shut out by a narrow screen or a reader."""

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook

from motcua.base.actors import Actor
from motcua.base.models import StoredFile
from motcua.investments import actions, queries
from motcua.investments.models import Disbursement, PlanEntry, Project, RedLine, Steward
from motcua.investments.terms import Basis, Capital, Decided, Source, Standing
from tests import make
from tests.investments.test_workbook import FIGURES, book
from tests.investments.world import BILLION, NOW, World, figure, plan, project, red_line, world
from tests.ui.browser import SITE, page_of

pytestmark = pytest.mark.django_db
LIST, PUBLIC = "/ban-lam-viec/dau-tu-cong/", "/dau-tu-cong/"


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> World:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    return world()


@pytest.fixture
def filled(here: World) -> World:
    """Two projects with both plans, capital carried over, a silent month and a correction."""
    bridge = project(here)
    school = project(here, "7900002", "Trường Tiểu học Nước Ren", investor=here.education, locality=None)
    for one in (bridge, school):
        plan(one, 10 * BILLION)
        plan(one, 8 * BILLION, basis=Basis.PRIME_MINISTER)
    plan(bridge, BILLION, capital=Capital.CARRIED)
    actions.record(bridge, [figure(9, 4 * BILLION), figure(10, 5 * BILLION)], by=here.builder, at=NOW)
    actions.record(bridge, [figure(10, BILLION // 4, capital=Capital.CARRIED)], by=here.builder, at=NOW)
    actions.record(school, [figure(9, BILLION, standing=Standing.ESTIMATED)], by=here.teacher, at=NOW)
    row = Disbursement.objects.get(project=bridge, month=date(2026, 10, 1), capital=Capital.YEAR)
    actions.correct(row, disbursed_vnd=6 * BILLION, reason="Đối chiếu lại", by=here.builder, at=NOW)
    red_line()
    return here


def signed_in(client: Client, actor: Actor) -> Client:
    client.force_login(make.person_of(actor))
    return client


def text_of(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def test_the_public_page_names_both_denominators_the_day_and_who_is_silent(client: Client, filled: World) -> None:
    said = text_of(client.get(PUBLIC))

    assert "7 tỷ đồng</b>: 43,75% kế hoạch Thủ tướng giao, 35% kế hoạch địa phương giao" in said
    assert "chốt đến thứ Tư 28/10/2026" in said and "1 trong 2 dự án chưa báo cáo tháng này" in said
    assert "Vì sao có hai tỷ lệ?" in said and "Vốn kéo dài từ năm trước, tính riêng" in said
    assert "Sở Xây dựng cao nhất 75%, Sở Giáo dục và Đào tạo thấp nhất 12,5% kế hoạch Thủ tướng giao" in said
    assert "xã Ba Tơ" in said or "Ba Tơ" in said
    september = text_of(client.get(f"{PUBLIC}?ky=2026-2026-09"))
    assert "5 tỷ đồng</b>: 31,25% kế hoạch Thủ tướng giao" in september and "1 số là ước thực hiện" in september


def test_a_month_that_few_have_told_is_not_opened_by_itself_and_can_be_reached(client: Client, filled: World) -> None:
    """The first to tell November do not stand for the province; whoever looks at their project sees November."""
    for n in range(3):
        road = project(filled, f"790010{n}", f"Đường số {n}")
        plan(road, 2 * BILLION)
        actions.record(road, [figure(10, BILLION)], by=filled.builder, at=NOW)
    bridge = Project.objects.get(code="7900001")
    actions.record(bridge, [figure(11, 8 * BILLION, standing=Standing.ESTIMATED)], by=filled.builder, at=NOW)
    said = text_of(client.get(PUBLIC))
    assert "Đến hết tháng 10/2026" in said and "tháng 11/2026 mới có 1 trong 5." in said
    assert 'href="?ky=2026-2026-11">Xem tháng 11/2026' in said
    november = text_of(client.get(PUBLIC, {"ky": "2026-2026-11"}))
    assert "Đến hết tháng 11/2026" in november and "mới có" not in november
    signed_in(client, filled.builder)
    assert "ky=2026-2026-11" in text_of(client.get(LIST, {"linh-vuc": "transport"}))
    assert 'value="2026-2026-11" selected' in text_of(client.get(f"{LIST}du-an/7900001/"))


def test_every_figure_of_the_public_page_opens_its_projects(client: Client, filled: World) -> None:
    address = f"{PUBLIC}du-an/?ky=2026-2026-10&co-quan={filled.building}"
    assert address.replace("&", "&amp;") in client.get(PUBLIC).content.decode()
    said = text_of(client.get(address))
    assert "1 dự án, đã giải ngân 6 tỷ đồng" in said and "Cầu Nước Ren" in said and "Trường Tiểu học" not in said


def test_the_rows_behind_the_totals_add_up_to_them(client: Client, filled: World) -> None:
    """Sources and decisions to both plans of the province, projects to what was carried over and to what is paid out."""
    plan(None, 25 * BILLION, basis=Basis.PRIME_MINISTER, on=date(2025, 12, 1))
    plan(
        None, 3 * BILLION, basis=Basis.PRIME_MINISTER, source=Source.LAND, on=date(2026, 11, 10), kind=Decided.ASSIGNED
    )
    october, today = queries.asked({"ky": "2026-2026-10"}, NOW.date()), NOW.date()
    assert october.at is not None
    whole = queries.province(october.at)
    rows = queries.totals_behind(whole, october.at, today)
    assert sum(one.prime_minister for one in rows.sources) == whole.of_prime_minister == 25 * BILLION
    assert sum(one.council for one in rows.sources) == whole.of_council == 20 * BILLION
    assert [one.added_up for one in rows.sources] == [True], "no total of the council's plan was entered"
    assert sum(one.change_vnd for one in rows.decisions) == whole.of_prime_minister, "later decisions are not counted"
    assert sum(one.position.carried_council for one in rows.carried) == whole.position.carried_council == BILLION
    assert sum(one.position.carried_disbursed for one in rows.carried) == whole.position.carried_disbursed
    page = client.get(PUBLIC, {"ky": "2026-2026-10"}).content.decode()
    totals, projects = f"{PUBLIC}ca-tinh/?ky=2026-2026-10", f"{PUBLIC}du-an/?ky=2026-2026-10"
    for address in (f"{totals}#nguon", f"{totals}#keo-dai", projects):
        assert f'href="{address}"' in page
    said = text_of(client.get(totals))
    assert "25.000.000.000" in said and "20.000.000.000" in said and "1.000.000.000" in said
    assert "Cộng cả 2 dự án" in text_of(client.get(projects)) and "<b>7.000</b>" in text_of(client.get(projects))


@pytest.mark.parametrize(
    "path", [PUBLIC, f"{PUBLIC}du-an/", f"{PUBLIC}ca-tinh/", LIST, f"{LIST}danh-sach-do/", f"{LIST}theo/dia-ban/"]
)
def test_before_the_first_figure_a_page_says_so_and_shows_a_way_on(client: Client, here: World, path: str) -> None:
    answer = signed_in(client, here.steward).get(path)
    assert answer.status_code == 200 and 'class="panel empty"' in answer.content.decode()


@pytest.mark.parametrize(
    "asked",
    ["?ky=9999-99", "?ky=%00", "?co-quan=khong-co", "?dia-ban=99999999999999999999", "?nguon=x&sau=abc", "?q=%27%25"],
)
def test_strange_addresses_find_nothing_or_the_newest_month(client: Client, filled: World, asked: str) -> None:
    for path in (PUBLIC, f"{PUBLIC}du-an/", LIST, f"{LIST}xuat-excel/"):
        assert signed_in(client, filled.builder).get(f"{path}{asked}").status_code in (200, 400)


def test_lists_ask_a_bounded_number_of_questions(
    client: Client, filled: World, django_assert_max_num_queries: Any
) -> None:
    signed_in(client, filled.builder).get(LIST)
    for path in (LIST, f"{LIST}theo/nguon-von/", f"{LIST}danh-sach-do/", PUBLIC):
        with django_assert_max_num_queries(26):
            client.get(path)


def test_the_investor_enters_a_month_and_mends_it_with_a_reason(client: Client, filled: World) -> None:
    page = f"{LIST}du-an/7900001/giai-ngan/?ky=2026-2026-11"
    signed_in(client, filled.builder)
    given = {"paid_0": "7.000.000.000", "as_of_on": "15/11/2026", "standing": "estimated", "reason": ""}

    assert client.post(page, given).status_code == 302
    row = Disbursement.objects.get(month=date(2026, 11, 1))
    assert (row.disbursed_vnd, row.capital, row.standing) == (7 * BILLION, "year", "estimated")
    again = client.post(page, {**given, "paid_0": "7.100.000.000"})
    assert again.status_code == 400 and "Muốn sửa, ghi lý do" in again.content.decode()
    assert again.content.decode().split("<title>")[1].startswith("Lỗi: ")
    assert client.post(page, {**given, "paid_0": "7.100.000.000", "reason": "Bổ sung chứng từ"}).status_code == 302
    assert Disbursement.objects.filter(month=date(2026, 11, 1)).count() == 2
    nothing = client.post(page, {**given, "paid_0": ""})
    assert "ít nhất một nguồn vốn" in nothing.content.decode()


def test_a_stranger_finds_the_doors_closed_and_the_page_says_why(client: Client, filled: World) -> None:
    signed_in(client, filled.teacher)
    said = text_of(client.get(f"{LIST}du-an/7900001/"))
    assert "Nhập số giải ngân</b>, đang đóng:" in said and "do chủ đầu tư của dự án nhập" in said
    for name in ("giai-ngan", "ke-hoach", "sua"):
        assert client.get(f"{LIST}du-an/7900001/{name}/").status_code == 403
    assert client.post(f"{LIST}ke-hoach-tinh/", {"year": "2026"}).status_code == 403
    assert client.get(f"{LIST}du-an/khong-co/").status_code == 404


def test_the_steward_adds_a_project_gives_it_capital_and_amends_it(client: Client, here: World) -> None:
    signed_in(client, here.steward)
    given = {
        "code": "7912345", "name": "Cầu Sông Liên", "investor": here.building, "locality": here.ba_to, "group": "c",
        "field": "transport", "total_vnd": "90.000.000.000", "decision": "QĐ 5", "decided_on": "01/03/2026",
        "first_year": "2026", "last_year": "2027",
    }  # fmt: skip
    bad = client.post(f"{LIST}them/", {**given, "last_year": "2025", "code": "?"})
    assert bad.status_code == 400 and "Mã dự án gồm" in text_of(bad) and "trước năm khởi công" in text_of(bad)
    assert client.post(f"{LIST}them/", given).status_code == 302
    one = Project.objects.get()
    capital = {
        "basis": "council", "year": "2026", "source": "balance", "capital": "year", "kind": "assigned",
        "change_vnd": "5.000.000.000", "decision": "NQ 2", "decided_on": "10/03/2026", "note": "",
    }  # fmt: skip
    assert client.post(f"{LIST}du-an/7912345/ke-hoach/", capital).status_code == 302
    less = {**capital, "kind": "adjusted", "change_vnd": "-1.000.000.000", "decided_on": "10/05/2026"}
    assert client.post(f"{LIST}du-an/7912345/ke-hoach/", less).status_code == 302
    too_much = client.post(f"{LIST}du-an/7912345/ke-hoach/", {**less, "change_vnd": "-9.000.000.000"})
    assert too_much.status_code == 400 and "Giảm nhiều hơn số vốn đang có" in text_of(too_much)
    assert client.post(f"{LIST}ke-hoach-tinh/", {**capital, "change_vnd": "20.000.000.000"}).status_code == 302
    assert list(PlanEntry.objects.order_by("pk").values_list("project", "change_vnd", "kind")) == [
        (one.pk, 5 * BILLION, Decided.ASSIGNED), (one.pk, -BILLION, Decided.ADJUSTED), (None, 20 * BILLION, Decided.ASSIGNED),
    ]  # fmt: skip
    amended = {**given, "name": "Cầu Sông Liên 2", "locality": "", "document": "QĐ 6"}
    assert client.post(f"{LIST}du-an/7912345/sua/", amended).status_code == 302
    one.refresh_from_db()
    assert (one.name, one.locality_id) == ("Cầu Sông Liên 2", None)


def test_thresholds_and_the_steward_are_set_with_their_documents(client: Client, here: World) -> None:
    signed_in(client, here.administrator)
    line = {"since": "16/11/2026", "basis": "council", "share_of_mean": "80", "floor": "", "decision": "CV 9"}
    assert client.post(f"{LIST}quy-uoc/", {**line, "share_of_mean": ""}).status_code == 400
    assert client.post(f"{LIST}quy-uoc/", line).status_code == 302
    assert RedLine.objects.get().basis == Basis.COUNCIL
    named = {"agency": here.education, "since": "01/12/2026", "decision": "QĐ 7"}
    assert client.post(f"{LIST}quy-uoc/co-quan-tong-hop/", named).status_code == 302
    assert Steward.objects.count() == 2
    assert "CV 9" in text_of(client.get(f"{LIST}quy-uoc/"))


def test_a_workbook_is_looked_at_before_it_is_written(client: Client, filled: World) -> None:
    signed_in(client, filled.builder)
    sent = lambda rows: {"sheet": SimpleUploadedFile("so.xlsx", book(S=[FIGURES, *rows]))}  # noqa: E731
    before = Disbursement.objects.count()

    wrong = client.post(f"{LIST}nhap-excel/", sent([("15/11/2026", "99.000.000.000", "11/2026", "Cân đối", "7900001")]))
    assert wrong.status_code == 400 and 'scope="row" class="num">B2</th>' in wrong.content.decode()
    assert "token" not in wrong.content.decode().split("<main")[1].split("csrfmiddlewaretoken")[0]

    looked = client.post(f"{LIST}nhap-excel/", sent([("15/11/2026", 7 * BILLION, "11/2026", "Cân đối", "7900001")]))
    assert looked.status_code == 200 and "Ghi 1 dòng này" in text_of(looked)
    assert Disbursement.objects.count() == before and StoredFile.objects.count() == 1
    token = looked.context["token"]
    stranger = signed_in(Client(), filled.teacher)
    assert stranger.post(f"{LIST}nhap-excel/ghi/", {"token": token}).status_code == 403
    assert client.post(f"{LIST}nhap-excel/ghi/", {"token": token + "x"}).status_code == 400
    assert client.post(f"{LIST}nhap-excel/ghi/", {"token": token}).status_code == 302
    assert Disbursement.objects.count() == before + 1
    assert signed_in(client, filled.builder_clerk).get(f"{LIST}nhap-excel/").status_code == 403


def test_sheets_come_out_with_both_denominators_and_without_formulas(client: Client, filled: World) -> None:
    project(filled, "7900003", "=CMD()")
    plan(Project.objects.get(code="7900003"), 5, source=Source.LAND)
    answer = signed_in(client, filled.builder).get(f"{LIST}xuat-excel/?ky=2026-2026-10")
    rows = list(load_workbook(BytesIO(answer.content)).active.iter_rows(values_only=True))
    heads = [str(one) for one in rows[1]]
    assert "Tỷ lệ (%) trên Kế hoạch Thủ tướng giao" in heads and "Tỷ lệ (%) trên Kế hoạch địa phương giao" in heads
    found = {row[0]: row for row in rows[2:]}
    assert found["7900001"][6:11] == (8 * BILLION, 10 * BILLION, 6 * BILLION, 75, 60)
    assert found["7900003"][1] == "'=CMD()"
    blank = client.get(f"{LIST}nhap-excel/bang-mau/")
    codes = [
        row[0] for row in load_workbook(BytesIO(blank.content))["Giải ngân"].iter_rows(min_row=2, values_only=True)
    ]
    assert set(codes) == {"7900001", "7900003"}, "the investor's own projects"


@pytest.mark.slow
def test_the_pages_have_no_barrier_and_no_sideways_scroll(client: Client, filled: World) -> None:
    one = f"{LIST}du-an/7900001/"
    paths = [
        f"{PUBLIC}ca-tinh/",
        PUBLIC, f"{PUBLIC}du-an/", LIST, f"{LIST}theo/chu-dau-tu/", f"{LIST}danh-sach-do/", one, f"{one}giai-ngan/",
        f"{one}ke-hoach/", f"{LIST}ke-hoach-tinh/", f"{LIST}quy-uoc/", f"{LIST}nhap-excel/", f"{LIST}them/",
    ]  # fmt: skip
    signed_in(client, filled.steward)
    pages = {path: client.get(path).content.decode() for path in paths}
    pages["/sai/"] = client.post(f"{one}giai-ngan/", {"paid_0": "x"}).content.decode()
    pages["/xem/"] = client.post(
        f"{LIST}nhap-excel/",
        {
            "sheet": SimpleUploadedFile(
                "s.xlsx", book(S=[FIGURES, ("15/11/2026", 7, "11/2026", "Cân đối", "7900002", "Sửa")])
            )
        },
    ).content.decode()
    looked = {
        1280: (PUBLIC, one),
        360: (PUBLIC, LIST, f"{LIST}danh-sach-do/", one, f"{LIST}ke-hoach-tinh/", "/sai/", "/xem/"),
    }
    found = []
    for width in (1280, 360):
        with page_of(pages, viewport={"width": width, "height": 900}) as page:
            for path in pages:
                page.goto(f"{SITE}{path}")
                if path in looked[width]:
                    found += [f"{path} {width}: {each['id']}" for each in Axe().run(page).response["violations"]]
                if page.evaluate("document.documentElement.scrollWidth") > width:
                    found.append(f"{path} {width}: sideways")
    assert not found, "\n".join(found)


def test_workbooks_kept_for_a_second_look_count_against_the_hours_room(
    client: Client, filled: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("motcua.base.uploads.demand_room.__kwdefaults__", {"most": 1})
    signed_in(client, filled.builder)
    rows = [FIGURES, ("15/11/2026", 7 * BILLION, "11/2026", "Cân đối", "7900001")]
    first, full = (
        client.post(f"{LIST}nhap-excel/", {"sheet": SimpleUploadedFile("so.xlsx", book(S=rows))}) for _n in range(2)
    )

    assert first.status_code == 200
    assert full.status_code == 400 and "Trong giờ này đã gửi quá 1 MB tệp" in text_of(full)
    assert StoredFile.objects.count() == 1
