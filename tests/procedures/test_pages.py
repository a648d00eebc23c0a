"""The doors: the catalogue for everybody, the administration for the controller."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from motcua.base.actors import SYSTEM
from motcua.procedures import actions, queries
from motcua.procedures.models import ProcedureVersion
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    queries.forget_offers()
    return make.province()


@pytest.fixture
def desk(world):
    client = Client()
    client.force_login(make.person_of(world.controller))
    return client


def test_the_list_begins_with_search_and_finds_without_accents(world, client):
    page = client.get("/thu-tuc/", {"q": "ho kinh doanh"}).content.decode()

    assert 'href="/thu-tuc/1.001612/"' in page
    assert 'type="search"' in page


def test_a_whole_code_leads_straight_to_its_page(world, client):
    assert client.get("/thu-tuc/", {"q": "1.001612"})["Location"] == "/thu-tuc/1.001612/"


def test_nothing_found_offers_a_way_on(world, client):
    assert "Không thấy thủ tục nào như vậy" in client.get("/thu-tuc/", {"q": "zzzz"}).content.decode()


def test_the_page_of_a_procedure_answers_the_five_questions(world, client):
    page = client.get("/thu-tuc/1.001612/").content.decode()

    for words in (
        "3 ngày làm việc",
        "100.000 đồng",
        "50.000 đồng",
        "Giấy chứng nhận đăng ký hộ kinh doanh",
        "Cần mang gì",
        "Nộp bây giờ thì bao giờ có?",
        "Hồ sơ đi qua những ai",
        "168/2025/NĐ-CP",
    ):
        assert words in page


def test_a_case_has_its_own_papers(world, client):
    page = client.get("/thu-tuc/1.001193/", {"truong-hop": "TH3"}).content.decode()

    assert "Biên bản về việc trẻ bị bỏ rơi" in page
    assert "Giấy chứng sinh" not in page


def test_the_page_leads_to_the_national_portal_when_the_setting_says_so(world, client):
    version = ProcedureVersion.objects.get(procedure__code=make.BUSINESS)
    link = "https://dichvucong.gov.vn/thu-tuc/1.001612"
    actions.change_setting(
        version.procedure,
        name="online_filing",
        value="national",
        link=link,
        since=timezone.localdate(),
        by=SYSTEM,
        at=timezone.now(),
    )

    page = client.get("/thu-tuc/1.001612/").content.decode()
    assert link in page
    assert "Sang Cổng quốc gia" in page


@pytest.mark.parametrize("code", ["1.999999", "abc", "1.0016120", "1.001612'--"])
def test_a_code_that_does_not_exist_is_not_found(world, client, code):
    assert client.get(f"/thu-tuc/{code}/").status_code == 404


def test_pages_run_a_bounded_number_of_statements(world, client):
    client.get("/thu-tuc/1.001193/")
    for url, most in (("/thu-tuc/1.001193/", 14), ("/thu-tuc/?q=dang+ky", 4)):
        with CaptureQueriesContext(connection) as found:
            client.get(url)
        assert len(found) <= most, url


def test_strangers_and_clerks_have_no_business_in_the_administration(world, client):
    assert client.get("/ban-lam-viec/thu-tuc/").status_code == 302
    client.force_login(make.person_of(world.ba_to.clerk))
    assert client.get("/ban-lam-viec/thu-tuc/").status_code == 403


def test_the_controller_drafts_edits_and_publishes(desk):
    version = ProcedureVersion.objects.get(procedure__code=make.BUSINESS)
    desk.post("/ban-lam-viec/thu-tuc/1.001612/ban-moi/")
    concept = ProcedureVersion.objects.get(procedure__code=make.BUSINESS, number=2)
    term = concept.terms.get(channel="counter")
    url = "/ban-lam-viec/thu-tuc/1.001612/2/sua/"
    page = desk.get(url).context
    data = {}
    for form in (f for rows in (page["terms"], page["fees"]) for f in (rows.management_form, *rows)):
        for field in form:
            if field.value() not in (None, False, ""):
                data[field.html_name] = (
                    "2wd" if form.initial.get("row") == term.pk and field.name == "limit" else field.value()
                )

    assert desk.post(url, data).status_code == 302
    page = desk.get("/ban-lam-viec/thu-tuc/1.001612/").content.decode()
    assert "Trực tiếp: 3 ngày làm việc" in page
    assert "Trực tiếp: 2 ngày làm việc" in page

    tomorrow = timezone.localdate() + timedelta(1)
    answer = desk.post("/ban-lam-viec/thu-tuc/1.001612/2/cong-bo/", {"decision": "12/QĐ-UBND", "since": tomorrow})
    assert answer.status_code == 302
    version.refresh_from_db()
    assert version.in_force_during.upper == tomorrow
    assert queries.offer(make.BUSINESS, channel="counter", day=tomorrow).limit == "2wd"


def test_publishing_asks_for_the_decision_and_the_day(desk):
    desk.post("/ban-lam-viec/thu-tuc/1.001612/ban-moi/")
    page = desk.post(
        "/ban-lam-viec/thu-tuc/1.001612/2/cong-bo/", {"decision": "", "since": "32/13/2026"}
    ).content.decode()

    assert "Ghi số quyết định, ví dụ 1628/QĐ-UBND." in page
    assert "Ghi ngày, tháng, năm, ví dụ 01/12/2026." in page


def test_a_route_is_issued_line_by_line(desk):
    tomorrow = timezone.localdate() + timedelta(1)
    steps = [
        "8 | Bộ phận Một cửa | Tiếp nhận | Trung tâm",
        "12 | Chuyên viên | Thẩm định | Phòng",
        "4 | Lãnh đạo cơ quan | Ký |",
    ]
    lines = "\n".join(steps)
    answer = desk.post("/ban-lam-viec/thu-tuc/1.001612/1/quy-trinh/", {"steps": lines, "since": tomorrow})

    assert answer.status_code == 302
    route = queries.offer(make.BUSINESS, channel="counter", day=tomorrow).route
    assert [(one.role, one.hours) for one in route] == [("clerk", 8), ("specialist", 12), ("leader", 4)]
    page = desk.get("/ban-lam-viec/thu-tuc/1.001612/").content.decode()
    assert "3 ngày làm việc · " in page and "3wd" not in page


def test_a_route_line_that_cannot_be_read_is_named(desk):
    page = desk.post("/ban-lam-viec/thu-tuc/1.001612/1/quy-trinh/", {"steps": "tám giờ", "since": "2026-12-01"})

    assert "Dòng 1 chưa đủ" in page.content.decode()


@pytest.mark.parametrize(
    "path", ["", "1.001612/", "1.001612/1/quy-trinh/", "1.001612/1/bai-bo/", "1.001612/nop-truc-tuyen/"]
)
def test_every_page_of_the_administration_opens(desk, path):
    assert desk.get(f"/ban-lam-viec/thu-tuc/{path}").status_code == 200


def test_the_menu_marks_the_place_one_stands_in(desk):
    page = desk.get("/ban-lam-viec/thu-tuc/").content.decode()
    marked = re.findall(r'<a[^>]*aria-current="page"[^>]*>\s*([^<]*)', page.split("<main")[0])
    assert marked and set(marked) == {"Quản trị"}
