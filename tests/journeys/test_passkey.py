"""A passkey in a real browser: added after the password once more, then it alone opens the desk."""

from typing import Any

from tests import make
from tests.journeys.driving import press, says, sign_in

KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def test_a_passkey_alone_opens_the_desk(world: make.Province, page: Any):
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    key = device.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})["authenticatorId"]
    sign_in(page, world.ba_to.clerk)

    page.goto("/tai-khoan/hai-buoc/webauthn/add/")
    page.fill("input[name=password]", make.PASSWORD)
    page.click("main form .btn--main")
    page.fill("input[name=name]", "Khóa của tôi")
    page.check("input[name=passwordless]")
    press(page, "Thêm khóa")
    page.wait_for_url("**/recovery-codes/**")

    page.context.clear_cookies()
    page.goto("/tai-khoan/dang-nhap/")
    device.send("WebAuthn.setUserVerified", {"authenticatorId": key, "isUserVerified": False})
    page.click("#passkey_login")
    page.get_by_text("Thiết bị chưa xác nhận").wait_for()
    device.send("WebAuthn.setUserVerified", {"authenticatorId": key, "isUserVerified": True})
    press(page, "Dùng khóa đăng nhập")
    page.wait_for_url("**/ban-lam-viec/")
    says(page, "Việc của tôi")

    page.context.clear_cookies()
    sign_in(page, world.ba_to.clerk)
    says(page, "Bước thứ hai", "Mã dự phòng")
    assert "Mở ứng dụng xác thực" not in page.locator("main").inner_text()
    assert not page.problems
