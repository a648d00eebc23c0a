"""Each class of page, empty, filled and in error: axe finds nothing on a phone and on a wide screen, nothing lies sideways."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page

from motcua.dossiers import actions, queries
from motcua.dossiers.models import Dossier
from motcua.dossiers.terms import Delivery, PaymentWay
from tests import make
from tests.journeys.conftest import NARROW, WIDE
from tests.journeys.driving import (
    CLAIM,
    OWNER,
    SHOP,
    TAX,
    TRADE,
    elsewhere,
    fill,
    hand_in,
    no_sideways,
    press,
    sign_in,
)

ASKED = [
    {"paper": 1, "name": "Giấy đề nghị đăng ký hộ kinh doanh", "what": "thiếu chữ ký"},
    {"paper": None, "name": "Hợp đồng thuê chỗ bán hàng", "what": ""},
]


class Eyes:
    """Looks at one page after the other in both widths and tells everything found at the end."""

    def __init__(self, page: Page, accessible: Callable[[Page], None]) -> None:
        self.page, self.accessible, self.found = page, accessible, []  # type: ignore[var-annotated]

    def look(self, state: str) -> None:
        """The page as it stands now; one that found a mistake says so in its title."""
        if state.endswith("in error") and not self.page.title().startswith("Lỗi"):
            self.found.append(f"{state}: the title is “{self.page.title()}” at {self.page.url}")
        for size in (NARROW, WIDE):
            self.page.set_viewport_size(size)  # type: ignore[arg-type]
            for check in (no_sideways, self.accessible):
                try:
                    check(self.page)
                except AssertionError as failed:
                    self.found.append(f"{state} at {size['width']} px, {self.page.url}:\n  {failed}")

    def go(self, state: str, name: str, *args: Any, query: str = "", status: int = 200) -> None:
        """Open the page of this URL name and look at it."""
        answer = self.page.goto(reverse(name, args=args) + query)
        told = self.page.locator("body").inner_text()[:200] if answer else ""
        if answer is None or answer.status != status:
            self.found.append(f"{state}: {answer and answer.status} at {self.page.url}: {told}")
        else:
            self.look(state)

    def press(self, state: str, words: str) -> None:
        """Press what says this, and look at what follows."""
        press(self.page, words)
        self.look(state)

    def send(self, state: str) -> None:
        """Send the page's form as it stands, and look at what follows."""
        with self.page.expect_navigation():
            self.page.locator("main form button:not([type=button])").last.click()
        self.look(state)


@pytest.fixture
def eyes(new_page: Any, accessible: Any) -> Iterator[Eyes]:
    eyes = Eyes(new_page(), accessible)
    yield eyes
    told = "\n".join(eyes.found)
    assert not eyes.found, f"{len(eyes.found)} findings\n{told}"


def today(hour: int = 0) -> datetime:
    """A moment of the last day, in order."""
    return timezone.now() - timedelta(hours=24 - hour)


def test_pages_of_strangers(world: make.Province, eyes: Eyes):
    eyes.go("home", "portal:home")
    for name in ("places", "help", "about", "privacy", "accessibility"):
        eyes.go(name, f"portal:{name}")
    eyes.go("procedures", "procedures:list")
    eyes.go("procedures found", "procedures:list", query="?q=ho+kinh+doanh")
    eyes.go("procedures not found", "procedures:list", query="?q=zzzz")
    for code in (make.BUSINESS, make.HOUSE, make.COPY):
        eyes.go("procedure", "procedures:detail", code)
    eyes.go("no such procedure", "procedures:detail", "9.999999", status=404)
    eyes.go("track", "dossiers:track")
    eyes.press("track, in error", "Xem hồ sơ")
    fill(eyes.page, {"code": "H48.115-261109-9999", "digits": "0000"})
    eyes.press("track, not found", "Xem hồ sơ")
    eyes.go("verify", "documents:verify")
    eyes.press("verify, in error", "Kiểm tra")
    eyes.go("sign-in", "account_login")
    eyes.press("sign-in, in error", "Đăng nhập")
    eyes.go("sign-up", "account_signup")
    eyes.go("forgotten password", "account_reset_password")
    eyes.go("one-time code", "people:ask_code")
    eyes.go("roles", "people:roles")
    eyes.go("gallery", "ui:gallery")
    for name in ("glance", "procedures", "set766", "definitions", "open_data"):
        eyes.go("figures", f"dashboards:{name}")


def test_pages_of_an_application(world: make.Province, eyes: Eyes):
    page = eyes.page
    sign_in(page, "mau@vidu.vn")
    eyes.go("my dossiers, none", "dossiers:mine")
    eyes.go("my account", "people:me")
    eyes.go("who has read", "people:reads")
    eyes.go("apply", "dossiers:apply", make.BUSINESS)
    fill(page, {"place": "Hà Nội"})
    eyes.press("apply, in error", "Tiếp tục")
    fill(page, {"case": "TH1", "place": "xã Ba Tơ", "on_behalf": "self"})
    press(page, "Tiếp tục")
    for number, answers in enumerate((OWNER, SHOP, TRADE, TAX, CLAIM), start=1):
        eyes.look(f"question {number}")
        if number > 1:
            eyes.press(f"question {number}, in error", "Tiếp tục")
        fill(page, answers)
        press(page, "Tiếp tục")
    eyes.look("papers")
    press(page, "Tiếp tục")
    eyes.look("contact")
    fill(page, {"phone": "12"})
    eyes.press("contact, in error", "Tiếp tục")
    fill(page, {"phone": "0905 123 456"})
    eyes.press("look over", "Tiếp tục")
    eyes.press("look over, in error", "Nộp hồ sơ")
    hand_in(page)
    eyes.look("confirmation")
    eyes.go("my dossiers", "dossiers:mine")


def test_pages_of_following(world: make.Province, eyes: Eyes):
    home, page = world.ba_to, eyes.page
    dossier = make.processing(world, when=today(1))
    token = queries.track_token(dossier)
    eyes.go("track page, in processing", "dossiers:tracked", token)
    eyes.go("withdraw", "dossiers:withdraw", token)
    eyes.press("withdraw, in error", "Rút hồ sơ")
    actions.draft_supplement(dossier, reason="Chưa đủ.", items=ASKED, by=home.specialist, at=today(2))
    actions.sign_supplement(dossier, by=home.leader, at=today(3))
    eyes.go("track page, papers asked", "dossiers:tracked", token)
    eyes.go("answer", "dossiers:answer", token)
    eyes.press("answer, in error", "Nộp bổ sung")
    for one in page.get_by_label("Hoặc trả lời bằng chữ").all():
        one.fill("Đã nộp ở hồ sơ trước.")
    eyes.press("track page, answered", "Nộp bổ sung")
    elsewhere(lambda: finished(world, dossier))
    eyes.go("track page, returned", "dossiers:tracked", token)
    eyes.go("rate", "dossiers:rate", token)
    eyes.press("rate, in error", "Gửi đánh giá")
    dossier.refresh_from_db()
    eyes.go("verified paper", "documents:verify_document", dossier.result.document.verify_token)


def finished(world: make.Province, dossier: Dossier) -> None:
    home, now = world.ba_to, timezone.now
    actions.submit_result(dossier, favourable=True, title="Giấy", body="Chứng nhận.", by=home.specialist, at=now())
    actions.sign(dossier, by=home.leader, at=now())
    actions.advance(dossier, by=home.records, at=now())
    actions.take_payment(dossier, way=PaymentWay.CASH, payer="", by=home.clerk, at=now())
    actions.return_result(dossier, way=Delivery.COUNTER, handed_to="Nguyễn Văn Mẫu", by=home.clerk, at=now())


def test_pages_of_the_counter(world: make.Province, eyes: Eyes):
    page = eyes.page
    sign_in(page, world.ba_to.clerk)
    eyes.go("inbox, empty", "desk:inbox")
    eyes.go("book, empty", "desk:book")
    eyes.go("search, empty", "desk:search")
    eyes.go("messages, none", "desk:messages")
    eyes.go("reception", "dossiers_desk:reception")
    eyes.press("reception, in error", "Tiếp nhận và in giấy hẹn")
    fill(page, {"scan": "051085000114", "procedure": "kinh doanh"})
    eyes.press("reception, person known", "Điền từ thẻ")
    fill(page, {"procedure": make.BUSINESS})
    eyes.press("reception, filled", "Điền từ thẻ")
    fill(page, {"phone": "12"})
    eyes.press("reception, filled and in error", "Tiếp nhận và in giấy hẹn")
    fill(page, {"phone": "0905123456"})
    eyes.press("received", "Tiếp nhận và in giấy hẹn")
    dossier = Dossier.objects.get()
    waiting = make.submitted(world, when=today(1), procedure=make.HOUSE)
    for part in ("giay-to", "to-khai", "phieu", "tin"):
        eyes.go(f"dossier, {part}", "dossiers_desk:detail", dossier.reference, query=f"?phan={part}")
    eyes.go("payment", "dossiers_desk:payment", dossier.reference)
    for one, verb in ((dossier, "hand_over"), (dossier, "correct"), (waiting, "receive"), (waiting, "ask_before")):
        eyes.go(f"move {verb}", "dossiers_desk:move", one.reference, verb)
    eyes.press("move, in error", "Yêu cầu bổ sung trước khi nhận")
    eyes.go("refuse", "dossiers_desk:move", waiting.reference, "refuse")
    actions.ask_before_receipt(waiting, reason="Chưa đủ.", items=ASKED, by=world.ba_to.clerk, at=today(2))
    eyes.go("answer at the counter", "dossiers_desk:answer", waiting.reference)
    eyes.go("inbox", "desk:inbox")
    eyes.go("book", "desk:book")
    eyes.go("all dossiers", "desk:dossiers")
    eyes.go("search, found", "desk:search", query="?q=nguyen+van+mau")
    eyes.go("search, not found", "desk:search", query="?q=zzzz")
    eyes.go("no such dossier", "dossiers_desk:detail", "KHONGCO", status=404)


def test_pages_of_processing(world: make.Province, eyes: Eyes):
    home, page = world.ba_to, eyes.page
    dossier = make.processing(world, when=today(1))
    late = make.processing(world, when=timezone.now() - timedelta(days=30))
    asked = make.processing(world, when=today(1))
    actions.draft_supplement(asked, reason="Chưa đủ.", items=ASKED, by=home.specialist, at=today(2))
    sign_in(page, home.specialist)
    eyes.go("inbox", "desk:inbox")
    for one in (dossier, late, asked):
        eyes.go("dossier", "dossiers_desk:detail", one.reference)
    for verb, words in (("submit_result", "Trình ký"), ("draft_supplement", "Soạn yêu cầu bổ sung"), ("send_back", "")):
        eyes.go(f"move {verb}", "dossiers_desk:move", dossier.reference, verb)
        if words:
            eyes.press(f"move {verb}, in error", words)
    eyes.go("delegation", "people_desk:delegations")


def test_pages_of_the_leader(world: make.Province, eyes: Eyes):
    home, page = world.ba_to, eyes.page
    sign_in(page, home.leader)
    eyes.go("signing queue, empty", "desk:signing")
    first = make.signing(world, when=today(1))
    make.signing(world, when=today(1), favourable=False)
    asked = make.processing(world, when=today(1))
    actions.draft_supplement(asked, reason="Chưa đủ.", items=ASKED, by=home.specialist, at=today(2))
    eyes.go("signing queue", "desk:signing")
    eyes.go("read and sign", "desk:sign_one", first.reference)
    eyes.press("give back, in error", "Trả lại, ghi ý kiến")
    eyes.go("sign a request", "dossiers_desk:move", asked.reference, "sign_supplement")
    eyes.go("team", "desk:team")
    eyes.go("book", "desk:book")


def test_pages_of_the_administrator(world: make.Province, eyes: Eyes):
    sign_in(eyes.page, world.administrator)
    eyes.go("administration", "desk:admin")
    for name in ("calendar", "agencies", "parked"):
        eyes.go(name, f"desk:{name}")
    for name in ("calendar_new_day", "calendar_hours", "calendar_clock"):
        eyes.go(name, f"desk:{name}")
        eyes.send(f"{name}, in error")
    eyes.go("agency", "desk:agency", world.ba_to.authority)
    for name in ("officials", "delegations"):
        eyes.go(name, f"people_desk:{name}")
    for name in ("new", "import", "delegate"):
        eyes.go(name, f"people_desk:{name}")
        eyes.send(f"{name}, in error")
    eyes.go("official", "people_desk:person", world.ba_to.clerk.id)


def test_pages_of_the_controller(world: make.Province, eyes: Eyes):
    sign_in(eyes.page, world.controller)
    eyes.go("catalogue", "procedures_desk:list")
    eyes.go("procedure", "procedures_desk:detail", make.BUSINESS)
    eyes.send("next version")
    eyes.go("filing", "procedures_desk:filing", make.BUSINESS)
    eyes.send("filing, in error")
    for name, emptied in (("route", "steps"), ("withdraw", "since")):
        eyes.go(name, f"procedures_desk:{name}", make.BUSINESS, 1)
        fill(eyes.page, {emptied: ""})
        eyes.send(f"{name}, in error")


def test_pages_of_figures(world: make.Province, eyes: Eyes):
    elsewhere(lambda: (make.received(world, when=today()), make.signing(world, when=today())))
    sign_in(eyes.page, world.ba_to.leader)
    for query in ("", "?ky=2020-01"):
        eyes.go("figures of a commune", "dashboards_desk:home", query=query)
        eyes.go("dossiers behind a figure", "dashboards_desk:rows", "open", query=query)
        eyes.go("a commune by QĐ 766", "dashboards_desk:set766", query=query)
