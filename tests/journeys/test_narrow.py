"""The citizen's part on a small old phone: from the search box to the signed result, with scripts and without."""

import re
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from motcua.dossiers import actions
from motcua.dossiers.models import Dossier
from motcua.dossiers.terms import Delivery, PaymentWay, Status
from tests import make
from tests.journeys.driving import (
    CLAIM,
    OWNER,
    PNG,
    SHOP,
    TAX,
    TRADE,
    elsewhere,
    enter,
    fill,
    hand_in,
    no_sideways,
    press,
    says,
)  # fmt: skip


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_a_citizen_applies_answers_and_takes_the_result_on_a_phone(world: make.Province, new_page: Any, scripts: bool):
    page = new_page(narrow=True, scripts=scripts)

    dossier = apply(page)
    the_officials_ask_for_a_paper(world, dossier)
    answer(page, dossier)
    elsewhere(lambda: the_officials_decide(world, dossier))
    take(page, dossier)

    assert page.problems == []


def go_on(page: Page, words: str) -> None:
    """Press, and the page that follows fits the screen."""
    press(page, words)
    no_sideways(page)


def apply(page: Page) -> Dossier:
    page.goto("/")
    no_sideways(page)
    page.get_by_role("searchbox").first.fill("ho kinh doanh")
    go_on(page, "Tìm thủ tục")
    go_on(page, "hộ kinh doanh")
    says(page, "Nộp bây giờ thì bao giờ có?")
    go_on(page, "Bắt đầu")
    says(page, "Đăng nhập")
    enter(page, "mau@vidu.vn")
    says(page, "Nộp cho ai?")
    fill(page, {"case": "TH1", "place": "ba to", "on_behalf": "self"})
    go_on(page, "Tiếp tục")
    for answers in (OWNER, SHOP, TRADE, TAX, CLAIM):
        if answers is TRADE:
            a_mistake_loses_nothing(page)
        fill(page, answers)
        go_on(page, "Tiếp tục")
    for _page in range(3):
        if page.url.endswith("/xem-lai/"):
            break
        go_on(page, "Tiếp tục")
    hand_in(page)
    no_sideways(page)
    return Dossier.objects.get()


def a_mistake_loses_nothing(page: Page) -> None:
    fill(page, {**TRADE, "capital": "ba mươi triệu"})
    go_on(page, "Tiếp tục")
    says(page, "cần sửa", "Những gì đã điền vẫn còn nguyên")
    expect(page.locator("main [name=capital]")).to_have_value("ba mươi triệu")
    expect(page.locator("main [name=main]")).to_have_value("Quán ăn")


def the_officials_ask_for_a_paper(world: make.Province, dossier: Dossier) -> None:
    home = world.ba_to
    actions.receive(dossier, by=home.clerk, at=timezone.now())
    actions.hand_over(dossier, by=home.clerk, at=timezone.now())
    asked = [{"paper": None, "name": "Hợp đồng thuê chỗ bán hàng", "what": "bản chụp cả hai mặt"}]
    actions.draft_supplement(
        dossier, reason="Chỗ bán hàng đứng tên người khác.", items=asked, by=home.specialist, at=timezone.now()
    )
    actions.sign_supplement(dossier, by=home.leader, at=timezone.now())


def find(page: Page, dossier: Dossier) -> None:
    """From the slip in the hand: code and four digits, on the front page."""
    page.goto("/")
    fill(page, {"code": dossier.code or "", "digits": "3456"})
    go_on(page, "Xem hồ sơ")
    expect(page).to_have_url(re.compile("/tra-cuu/.+/"))


def answer(page: Page, dossier: Dossier) -> None:
    find(page, dossier)
    says(page, "Đang chờ người nộp", "Tính lại khi bổ sung xong")
    go_on(page, "Bổ sung giấy tờ")
    says(page, "Hợp đồng thuê chỗ bán hàng", "Cần: bản chụp cả hai mặt")
    go_on(page, "Nộp bổ sung")
    says(page, "Chọn tệp của giấy này")
    page.locator("input[type=file]").set_input_files({"name": "thue.png", "mimeType": "image/png", "buffer": PNG})
    go_on(page, "Nộp bổ sung")
    says(page, "Đã nhận giấy tờ bổ sung", "trước")
    dossier.refresh_from_db()
    assert dossier.status == Status.PROCESSING


def the_officials_decide(world: make.Province, dossier: Dossier) -> None:
    home = world.ba_to
    actions.submit_result(
        dossier,
        favourable=True,
        title="Giấy chứng nhận đăng ký hộ kinh doanh",
        body="Chứng nhận.",
        by=home.specialist,
        at=timezone.now(),
    )
    actions.sign(dossier, by=home.leader, at=timezone.now())
    actions.advance(dossier, by=home.records, at=timezone.now())
    if dossier.payment == "due":
        actions.take_payment(dossier, way=PaymentWay.CASH, payer="", by=home.clerk, at=timezone.now())
    actions.return_result(dossier, way=Delivery.ONLINE, handed_to="", by=home.clerk, at=timezone.now())


def take(page: Page, dossier: Dossier) -> None:
    find(page, dossier)
    says(page, "Đã trả")
    address = page.locator("main").get_by_role("link", name="Tải kết quả đã ký").first.get_attribute("href")
    signed = page.request.get(address).body()
    assert signed.startswith(b"%PDF-")
    go_on(page, "Đánh giá việc giải quyết")
    fill(page, {"score": "4"})
    go_on(page, "Gửi đánh giá")
    says(page, "Đã đánh giá 4 trên 5")
    dossier.refresh_from_db()
    page.goto(reverse("documents:verify_document", args=[dossier.result.document.verify_token]))
    no_sideways(page)
    says(page, "Giấy chứng nhận đăng ký hộ kinh doanh", "Đinh Thị Lãnh", "toàn bộ tệp")
