"""What people do with their hands on a page: sign in, fill in, press, read."""

import re
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor

from django.db import connection
from django.urls import reverse
from playwright.sync_api import Locator, Page, expect

from motcua.base.actors import Actor
from tests import make

PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"
    b"\x00\x00\x00\rIDATx\x9cc\xf8\xcf\xc0\xf0\x1f\x00\x05\x00\x01\xff\xa7\xd2\xe4\x86\x00\x00\x00\x00IEND\xaeB`\x82"
)
OWNER = {
    "name": "Nguyễn Văn Mẫu",
    "birth_date": "05/11/1985",
    "sex": "male",
    "identity": "051085000114",
    "contact_address": "Tổ 3, thôn Nam Hoàn Đồn",
    "phone": "0905 123 456",
}
SHOP = {
    "name": "Hộ kinh doanh Mì Quảng Ví Dụ",
    "house_number": "Tổ 3",
    "commune": "Xã Ba Tơ",
    "province": "Quảng Ngãi",
}
TRADE = {"main": "Quán ăn", "main_code": "5610", "capital": "30.000.000", "workers": "2", "conditional": "no"}
TAX = {"method": "declare", "social_insurance": "no"}
CLAIM = {"kind": "person", "promise": "true"}
"""The pages of questions of a household business, as a person answers them."""


def sign_in(page: Page, who: Actor | str) -> None:
    """Sign in as an official of the small province, or under a name."""
    page.goto(reverse("account_login"))
    enter(page, who)


def enter(page: Page, who: Actor | str) -> None:
    """On the page of signing in: the name, the password."""
    name = who if isinstance(who, str) else make.person_of(who).username
    page.fill("input[name=login]", str(name))
    page.fill("input[name=password]", make.PASSWORD)
    press(page, "Đăng nhập")


def press(page: Page, words: str, *, within: Locator | None = None) -> None:
    """Press the first button or link of the page's own part that says this, and wait for the page that follows."""
    place = within or page.locator("main")
    named = place.get_by_role("button", name=words).or_(place.get_by_role("link", name=words))
    named = named.and_(page.locator(":not(input)"))  # the control for files is a button too, but opens no page
    assert named.count(), f"nothing to press says “{words}” on {page.url}: {place.first.inner_text()[:2000]}"
    with page.expect_navigation():
        named.first.click()


def fill(page: Page, values: Mapping[str, str]) -> None:
    """Write values into the fields of these names; choices are chosen; what the state holds already is left."""
    for name, value in values.items():
        fields = page.locator(f"main [name={name}]")
        if fields.count() == 0:
            continue
        match fields.first.evaluate("one => one.type"):
            case "radio" | "checkbox":
                page.locator(f"main [name={name}][value='{value}']").check()
            case "select-one":
                fields.first.select_option(value)
            case _:
                fields.first.fill(value)


def says(page: Page, *sentences: str) -> None:
    """All these words stand on the page; if not, the failure shows what does."""
    for words in sentences:
        try:
            expect(page.locator("body")).to_contain_text(words)
        except AssertionError:
            told = page.locator("main").inner_text()
            raise AssertionError(f"“{words}” is not on {page.url}, which says:\n{told[:2000]}") from None


def elsewhere(do: Callable[[], object]) -> None:
    """Let others work meanwhile, in a thread of their own: this one has the browser's event loop, signing starts another."""

    def work() -> None:
        do()
        connection.close()

    with ThreadPoolExecutor(1) as others:
        others.submit(work).result()


def no_sideways(page: Page) -> None:
    """Nothing of the page lies outside the screen to the right."""
    wide, shown = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    assert wide <= shown, f"{page.url}: {wide} pixels on a screen of {shown}"


def to_check_page(page: Page, *, first: bool = True) -> None:
    """From the procedure in the catalogue to the page of looking over, as a citizen who opens a small restaurant."""
    page.goto(reverse("procedures:detail", args=[make.BUSINESS]))
    press(page, "Bắt đầu")
    fill(page, {"case": "TH1", "place": "xã Ba Tơ", "on_behalf": "self"})
    press(page, "Tiếp tục")
    for answers in (OWNER, SHOP, TRADE, TAX, CLAIM):
        fill(page, answers)
        press(page, "Tiếp tục")
    for _page in range(3):
        if page.url.endswith("/xem-lai/"):
            break
        press(page, "Tiếp tục")
    expect(page).to_have_url(re.compile(r"/xem-lai/$"))


def hand_in(page: Page) -> None:
    """Declare that all is true and hand in."""
    page.locator("main [name=truthful]").check()
    press(page, "Nộp hồ sơ")
    says(page, "Đã nộp hồ sơ", "Mã để tra cứu")
