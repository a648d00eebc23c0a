"""A known citizen stands at the counter: scanned card, procedure, receipt, with nothing but the keyboard."""

import re
from typing import Any

from django.urls import reverse
from playwright.sync_api import Page, Request, expect

from motcua.base.verify import verify_journal
from motcua.dossiers.models import Dossier
from motcua.dossiers.terms import Status
from tests import make
from tests.journeys.driving import press, says, sign_in

CARD = "051085000114|212345678|Nguyễn Văn Mẫu|05111985|Nam|Tổ 3, thôn Nam Hoàn Đồn, xã Ba Tơ, Quảng Ngãi|10052021"
"""What a scanner types for the citizen's card."""
MOST_PRESSES, MOST_SERVER_MS = 25, 3_000


class Keys:
    """The clerk's hands on the keyboard: presses are counted, typed values are not."""

    def __init__(self, page: Page) -> None:
        self.page, self.presses = page, 0

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)
        self.presses += 1

    def press_through(self, key: str) -> None:
        """A press that leads to the next page."""
        with self.page.expect_navigation():
            self.press(key)

    def type(self, words: str) -> None:
        self.page.keyboard.insert_text(words)


def on(page: Page, name: str) -> None:
    """The cursor stands in the field of this name by itself."""
    expect(page.locator(f"main [name={name}]")).to_be_focused()


def test_a_known_citizen_is_received_by_keyboard_alone(world: make.Province, page: Page):
    sign_in(page, world.ba_to.clerk)
    page.goto(reverse("desk:inbox"))
    asked = server_time(page)
    keys = Keys(page)

    keys.press_through("n")
    on(page, "scan")
    keys.type(CARD)
    keys.press_through("Enter")
    expect(page.locator("[name=name]")).to_have_value("Nguyễn Văn Mẫu")
    expect(page.locator("[name=phone]")).to_have_value("0905123456")
    on(page, "procedure")
    keys.type("thanh lap ho kinh doanh")
    keys.press_through("Enter")
    says(page, "Hẹn trả kết quả", "Đăng ký thành lập hộ kinh doanh")
    expect(page.locator("main input:focus")).to_have_attribute("name", re.compile("^in_"))
    expect(page.locator("main input:focus")).to_be_checked()  # the application form itself lies on the counter
    keys.press_through("Control+Enter")

    dossier = Dossier.objects.get()
    says(page, "Đã tiếp nhận hồ sơ", dossier.code or "", "In giấy hẹn M01")
    assert dossier.status == Status.RECEIVED and dossier.applicant_id == world.citizen.id
    slip = page.locator("main a:focus")
    expect(slip).to_contain_text("In giấy hẹn M01")
    assert page.request.get(slip.get_attribute("href") or "").body().startswith(b"%PDF-")
    keys.press_through("n")
    on(page, "scan")
    expect(page.locator("[name=name]")).to_have_value("")
    page.fill("[name=name]", "Người bỏ về")
    press(page, "Người khác")
    expect(page.locator("[name=name]")).to_have_value("")

    assert keys.presses <= MOST_PRESSES
    assert sum(asked.values()) <= MOST_SERVER_MS, asked
    assert verify_journal().ok and page.problems == []  # type: ignore[attr-defined]


def test_what_is_missing_is_told_and_mended_by_keyboard(world: make.Province, page: Page):
    sign_in(page, world.ba_to.clerk)
    page.goto(reverse("dossiers_desk:reception"))
    keys = Keys(page)

    keys.press_through("Control+Enter")
    says(page, "Ghi họ và tên người nộp.", "Chọn một thủ tục trong danh sách.")
    assert not Dossier.objects.exists()
    page.locator("[name=scan]").focus()
    keys.type("051085000114")
    keys.press_through("Enter")
    on(page, "procedure")
    keys.type(make.BUSINESS)
    keys.press_through("Enter")
    keys.press_through("Control+Enter")

    says(page, "Đã tiếp nhận hồ sơ", Dossier.objects.get().code or "")


def server_time(page: Page) -> dict[str, float]:
    """The milliseconds each page and answer of the server took until its first byte, style and scripts left out."""
    took: dict[str, float] = {}

    def note(request: Request) -> None:
        if request.resource_type in ("document", "xhr", "fetch"):
            moments: Any = request.timing
            took[f"{len(took)} {request.method} {request.url}"] = moments["responseStart"] - moments["requestStart"]

    page.on("requestfinished", note)
    return took
