"""The main job: one dossier from the citizen's table to the signed result in their hand, and every official between."""

from typing import Any

from django.urls import reverse
from playwright.sync_api import Page, expect

from motcua.base.models import Entry
from motcua.base.verify import verify_journal
from motcua.dossiers.models import Dossier
from motcua.dossiers.terms import Status
from tests import make
from tests.journeys.driving import PNG, fill, hand_in, press, says, sign_in, to_check_page

STORY = [
    f"dossiers.{name}"
    for name in (
        "DossierSubmitted", "DossierReceived", "DossierHandedOver", "SupplementDrafted", "SupplementAsked",
        "SupplementAnswered", "ResultSubmitted", "ResultSigned", "StepTaken", "FeePaid", "ResultReturned", "DossierRated",
    )
]  # fmt: skip
"""What the journal must tell afterwards: its history and nothing else."""


def test_one_dossier_from_door_to_door(world: make.Province, new_page: Any):
    home = world.ba_to
    citizen, clerk, specialist, leader, records = (new_page() for _one in range(5))
    for page, who in (
        (citizen, "mau@vidu.vn"),
        (clerk, home.clerk),
        (specialist, home.specialist),
        (leader, home.leader),
        (records, home.records),
    ):
        sign_in(page, who)

    dossier = apply_online(citizen)
    receive(clerk, dossier)
    hand_over(clerk, dossier)
    ask_for_a_paper(specialist, dossier)
    sign_the_request(leader, dossier)
    answer(citizen, dossier)
    draft_result(specialist, dossier)
    sign_from_the_queue(leader, dossier)
    pass_on(records, dossier)
    give_out(clerk, dossier)
    take_and_verify(citizen, dossier)
    rate(citizen, dossier)

    told = Entry.objects.filter(stream=dossier.stream)
    assert list(told.order_by("seq").values_list("name", flat=True)) == STORY
    assert verify_journal().ok
    for page in (citizen, clerk, specialist, leader, records):
        assert page.problems == []


def at_desk(page: Page, dossier: Dossier) -> None:
    page.goto(reverse("dossiers_desk:detail", args=[dossier.reference]))


def from_inbox(page: Page, act: str) -> None:
    """Whoever's turn it is finds the dossier in their inbox, with the next act beside it."""
    page.goto(reverse("desk:inbox"))
    says(page, "hộ kinh doanh", "Nguyễn Văn Mẫu")
    press(page, act, within=page.locator("main table"))


def track(page: Page, dossier: Dossier) -> None:
    """The citizen opens the dossier among their own."""
    page.goto(reverse("dossiers:mine"))
    row = page.locator("main li", has_text=dossier.label)
    with page.expect_navigation():
        row.get_by_role("link").first.click()


def pdf(page: Page, words: str) -> bytes:
    """What a link opens, fetched with the person's own sign-in."""
    address = page.locator("main").get_by_role("link", name=words).first.get_attribute("href")
    answer = page.request.get(address)
    assert answer.status == 200 and answer.headers["content-type"] == "application/pdf"
    assert answer.body().startswith(b"%PDF-")
    return answer.body()


def apply_online(page: Page) -> Dossier:
    to_check_page(page)
    says(page, "Hộ kinh doanh Mì Quảng Ví Dụ", "30.000.000", "Nộp bây giờ mà đủ giấy tờ, hẹn trả")
    hand_in(page)
    dossier = Dossier.objects.get()
    says(page, dossier.reference)
    assert dossier.status == Status.SUBMITTED and dossier.code is None
    return dossier


def receive(page: Page, dossier: Dossier) -> None:
    from_inbox(page, "Kiểm tra")
    press(page, "Tiếp nhận và in giấy hẹn")
    press(page, "Tiếp nhận và in giấy hẹn")
    dossier.refresh_from_db()
    assert dossier.status == Status.RECEIVED and dossier.code and dossier.due_at
    says(page, f"Đã tiếp nhận hồ sơ {dossier.code}", "Cách tính ngày hẹn")
    press(page, "Phiếu đã phát hành")
    says(page, "Giấy tiếp nhận hồ sơ và hẹn trả kết quả")
    pdf(page, "Mở, in")


def hand_over(page: Page, dossier: Dossier) -> None:
    from_inbox(page, "Chuyển xử lý")
    press(page, "Chuyển xử lý")
    says(page, f"Đã chuyển hồ sơ {dossier.code}")


def ask_for_a_paper(page: Page, dossier: Dossier) -> None:
    from_inbox(page, "Xem và quyết")
    press(page, "Soạn yêu cầu bổ sung")
    page.get_by_label("Văn bản ủy quyền").fill("Thiếu chữ ký của vợ chủ hộ")
    page.get_by_label("Giấy tờ khác").fill("Hợp đồng thuê chỗ bán hàng")
    page.get_by_label("Lý do").fill("Chỗ bán hàng đứng tên người khác.")
    press(page, "Soạn yêu cầu bổ sung")
    says(page, "Phiếu yêu cầu bổ sung đang chờ lãnh đạo ký")
    dossier.refresh_from_db()
    assert dossier.due_at is not None, "the clock runs until the leader signs"


def sign_the_request(page: Page, dossier: Dossier) -> None:
    from_inbox(page, "Xem")
    press(page, "Ký yêu cầu bổ sung")
    press(page, "Ký yêu cầu bổ sung")
    says(page, "đồng hồ dừng", "Chờ bổ sung")
    dossier.refresh_from_db()
    assert dossier.status == Status.NEED_MORE and dossier.due_at is None


def answer(page: Page, dossier: Dossier) -> None:
    track(page, dossier)
    says(page, "Đang chờ người nộp", "Tính lại khi bổ sung xong")
    press(page, "Bổ sung giấy tờ")
    says(
        page, "Văn bản ủy quyền", "Cần: Thiếu chữ ký của vợ chủ hộ", "Hợp đồng thuê chỗ bán hàng", "đứng tên người khác"
    )
    page.get_by_label("Hoặc trả lời bằng chữ").last.fill("Chỗ bán hàng là nhà của mẹ tôi, không thuê.")
    page.locator("input[type=file]").first.set_input_files(
        {"name": "da-ky.png", "mimeType": "image/png", "buffer": PNG}
    )
    press(page, "Nộp bổ sung")
    says(page, "Đã nhận giấy tờ bổ sung", "Hẹn trả kết quả")
    dossier.refresh_from_db()
    assert dossier.status == Status.PROCESSING and dossier.due_at


def draft_result(page: Page, dossier: Dossier) -> None:
    from_inbox(page, "Xem và quyết")
    says(page, "Người nộp trả lời", "Chỗ bán hàng là nhà của mẹ tôi")
    expect(page.get_by_label("Xem da-ky.png")).to_be_visible()
    press(page, "Trình ký")
    fill(page, {"favourable": "yes", "title": "Giấy chứng nhận đăng ký hộ kinh doanh"})
    page.get_by_label("Nội dung").fill("Chứng nhận Hộ kinh doanh Mì Quảng Ví Dụ.\nNgành nghề: quán ăn.")
    press(page, "Trình ký")
    says(page, "Đã trình ký", "Chờ ký")


def sign_from_the_queue(page: Page, dossier: Dossier) -> None:
    page.goto(reverse("desk:signing"))
    press(page, "Đọc và ký")
    says(page, "Chứng nhận Hộ kinh doanh Mì Quảng Ví Dụ.")
    press(page, "Ký và sang hồ sơ sau")
    says(page, f"Đã ký hồ sơ {dossier.code}", "Không có gì chờ ký")


def pass_on(page: Page, dossier: Dossier) -> None:
    from_inbox(page, "Vào sổ")
    press(page, "Chuyển bước tiếp")
    says(page, "Đã chuyển bước tiếp")


def give_out(page: Page, dossier: Dossier) -> None:
    at_desk(page, dossier)
    dossier.refresh_from_db()
    if dossier.payment == "due":
        press(page, "Thu lệ phí")
        fill(page, {"way": "cash"})
        press(page, "Đã nhận tiền, lập biên lai")
        says(page, "Đã thu lệ phí và lập biên lai")
    from_inbox(page, "Trả")
    press(page, "Trả kết quả")
    says(page, f"Đã trả kết quả hồ sơ {dossier.code}")
    dossier.refresh_from_db()
    assert dossier.status == Status.RETURNED


def take_and_verify(page: Page, dossier: Dossier) -> None:
    track(page, dossier)
    says(page, "Tải kết quả đã ký")
    signed = pdf(page, "Tải kết quả đã ký")
    page.goto(reverse("documents:verify"))
    page.locator("input[type=file]").set_input_files(
        {"name": "ket-qua.pdf", "mimeType": "application/pdf", "buffer": signed}
    )
    press(page, "Kiểm tra", within=page.locator("main form"))
    says(page, "ket-qua.pdf", "Đinh Thị Lãnh", "toàn bộ tệp")
    page.locator("input[type=file]").set_input_files(
        {"name": "da-sua.pdf", "mimeType": "application/pdf", "buffer": signed.replace(b"/Type", b"/Tipe", 1)}
    )
    press(page, "Kiểm tra", within=page.locator("main form"))
    says(page, "da-sua.pdf")
    expect(page.locator("main")).not_to_contain_text("Chữ ký hợp lệ")


def rate(page: Page, dossier: Dossier) -> None:
    track(page, dossier)
    press(page, "Đánh giá việc giải quyết")
    fill(page, {"score": "5"})
    press(page, "Gửi đánh giá")
    says(page, "Đã ghi lời đánh giá", "Đã đánh giá 5 trên 5")
