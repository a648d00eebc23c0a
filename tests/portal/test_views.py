"""The front door: search first, the dossier in the door, figures from the database, whether the house stands."""

import json
import re

import pytest
from django.core.cache import cache
from django.db import OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from motcua.dossiers import actions
from motcua.dossiers.queries.figures import served
from motcua.portal import health
from motcua.portal.figures import lines
from tests import make
from tests.make import at

NOW = at("2026-11-17 09:42")


@pytest.fixture(autouse=True)
def _fresh(monkeypatch: pytest.MonkeyPatch):
    """Nothing is remembered, and every request comes on the same Tuesday morning."""
    cache.clear()
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


@pytest.fixture
def world(db: None) -> make.Province:
    return make.province()


def words_of(response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def signed(world: make.Province, *, when: str, score: int | None = None):
    dossier = make.signing(world)
    actions.sign(dossier, by=world.ba_to.leader, at=at(when))
    if score is not None:
        actions.rate(dossier, score=score, comment="", by=world.citizen, at=at(when))
    return dossier


def test_search_comes_first_and_needs_no_account(world: make.Province, client: Client):
    page = client.get("/")

    text = page.content.decode()
    assert 'action="/thu-tuc/"' in text and 'name="q"' in text
    assert (
        text.index("Cần làm giấy tờ gì?") < text.index("Hồ sơ của tôi tới đâu rồi?") < text.index("Sinh con, nuôi con")
    )
    assert 'href="/thu-tuc/?viec=birth"' in text
    assert "Tất cả 5 thủ tục" in words_of(page) and "Xem 2 nơi tiếp nhận" in words_of(page)


def test_the_slip_in_the_door_finds_a_dossier(world: make.Province, client: Client):
    dossier = make.received(world)
    page = client.get("/").content.decode()
    assert 'action="/ho-so/tra-cuu/"' in page and 'name="code"' in page and 'name="digits"' in page

    assert client.post("/ho-so/tra-cuu/", {"code": dossier.code, "digits": "3456"}).status_code == 302


def test_a_house_without_dossiers_says_so_instead_of_a_hundred_per_cent(world: make.Province, client: Client):
    text = words_of(client.get("/"))
    assert (
        "Trả đúng hẹn chưa có" in text and "%" not in text.split("Tỉnh đang phục vụ thế nào")[1].split("Cách tính")[0]
    )


def test_the_figures_are_counted_from_what_happened(world: make.Province):
    signed(world, when="2026-11-17 14:00", score=5)
    signed(world, when="2026-11-19 16:00", score=4)  # due 09:00 that day: the same day is in time
    signed(world, when="2026-11-23 08:00")  # late
    make.processing(world)  # due 19/11 and not signed: late now
    make.submitted(world)  # nothing promised yet

    now = served(at("2026-11-24 09:00"))

    assert (now.signed, now.on_time, now.open, now.late, now.judged) == (3, 2, 1, 1, 4)
    assert now.share_on_time == 50 and (now.rated, now.mean_score) == (2, 4.5)
    assert now.median_hours == 79, "from Monday 09:00 to Thursday 16:00"
    assert lines(now)[0] == ("Trả đúng hẹn", "50%", "2 trong 4 hồ sơ có kết quả hoặc đã quá hẹn")
    assert lines(now)[1][1] == "3,3 ngày"


def test_what_is_older_than_the_period_no_longer_counts(world: make.Province):
    signed(world, when="2026-11-17 14:00", score=5)
    later = served(at("2026-12-25 09:00"))
    assert (later.signed, later.rated, later.share_on_time) == (0, 0, None)


def test_the_front_page_counts_at_most_once_a_minute(world: make.Province, client: Client):
    with CaptureQueriesContext(connection) as first:
        client.get("/")
    with CaptureQueriesContext(connection) as second:
        client.get("/")
    assert len(first) <= 5 and not [one for one in second if "journal_entry" in one["sql"]]
    assert len(second) <= 2


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("/noi-tiep-nhan/", "Trung tâm Phục vụ hành chính công xã Ba Tơ"),
        ("/tro-giup/", "Mất giấy hẹn thì đến quầy nào"),
        ("/gioi-thieu/", "Cách tính các con số ở trang đầu"),
        ("/du-lieu-ca-nhan/", "Luật Bảo vệ dữ liệu cá nhân"),
        ("/nguoi-khuyet-tat/", "chỉ bằng bàn phím"),
    ],
)
def test_pages_of_words_need_no_account(world: make.Province, client: Client, path: str, sentence: str):
    page = client.get(path)
    assert page.status_code == 200 and sentence in words_of(page)
    assert path in client.get("/").content.decode() or path in ("/tro-giup/",), "the foot or the page leads there"


def test_search_engines_keep_out_of_what_is_somebodys(client: Client, db: None):
    text = client.get("/robots.txt").content.decode()
    assert "Disallow: /ho-so/" in text and "Disallow: /ban-lam-viec/" in text


def test_weaknesses_have_an_address_that_is_not_out_of_date(client: Client, db: None):
    text = client.get("/.well-known/security.txt").content.decode()
    expires = re.search(r"Expires: (\S+)", text)
    assert text.startswith("Contact: ") and expires
    assert timezone.datetime.fromisoformat(expires[1]) > timezone.now()


def test_ready_means_that_a_real_write_works(client: Client, db: None, monkeypatch: pytest.MonkeyPatch):
    good = client.get("/healthz")
    assert good.status_code == 200 and json.loads(good.content) == {"ready": True, "troubles": []}

    def broken(*_args, **_more):
        raise OperationalError("read-only transaction")

    monkeypatch.setattr(health, "count_attempt", broken)
    bad = client.get("/healthz")
    assert bad.status_code == 503 and json.loads(bad.content)["troubles"] == ["database"]


def test_a_file_store_that_takes_nothing_is_not_ready(client: Client, db: None, settings, tmp_path):
    blocked = tmp_path / "a-file-in-the-way"
    blocked.write_text("")
    settings.FILES_ROOT = blocked
    assert json.loads(client.get("/healthz").content)["troubles"] == ["files"]


def test_a_citizen_reads_what_was_told_once_as_new(world: make.Province, client: Client):
    make.received(world)
    client.force_login(make.person_of(world.citizen))
    assert 'href="/tin-nhan-duoc/"' in client.get("/").content.decode(), "the menu leads there"

    first, second = (words_of(client.get("/tin-nhan-duoc/")) for _time in range(2))

    assert "Đã tiếp nhận hồ sơ H48.115" in first and " Mới " in first
    assert "Đã tiếp nhận hồ sơ H48.115" in second and " Mới " not in second


def test_nobody_reads_what_was_told_to_another(world: make.Province, client: Client):
    make.received(world)
    client.force_login(make.person_of(world.ba_to.clerk))
    assert "H48.115" not in words_of(client.get("/tin-nhan-duoc/"))
    assert client.get("/tin-nhan-duoc/").status_code == 200
