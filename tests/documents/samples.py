"""One well-filled example of each slip; people and dossiers are invented, offices and procedures are real."""

from dataclasses import replace
from datetime import date, datetime

from motcua.base.clock import VIET_NAM
from motcua.documents.slips import (
    Acknowledgement,
    Apology,
    Article,
    ControlSheet,
    Correction,
    Fact,
    FeeLine,
    FeeReceipt,
    HandOver,
    Letterhead,
    Paper,
    Party,
    Proxy,
    Refusal,
    Register,
    RegisterRow,
    ResultPaper,
    Signatory,
    Slip,
    Stage,
    StopNotice,
    SupplementRequest,
)
from motcua.documents.terms import Copy, Outcome, Sheet


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=VIET_NAM)


CODE = "H48.115-261119-0031"
LINK = "https://motcua.quangngai.example/theo-doi/H48.115-261119-0031/kX3vQe9sT1mB7aZ0/"
HEAD = Letterhead(
    parent="Ủy ban nhân dân xã Ba Tơ",
    agency="Trung tâm Phục vụ hành chính công",
    place="Ba Tơ",
    issued_on=date(2026, 11, 19),
    number="0031/TTPVHCC",
    address="Tổ dân phố 2, xã Ba Tơ, tỉnh Quảng Ngãi",
    phone="1022 nhánh 3",
    website="motcua.quangngai.example",
)
COMMUNE = Letterhead(
    parent="", agency="Ủy ban nhân dân xã Ba Tơ", place="Ba Tơ", issued_on=date(2026, 11, 19), number="214/GPXD-UBND"
)
INSIDE = replace(HEAD, address="", phone="", website="")
ONE_STOP = "Trung tâm Phục vụ hành chính công xã Ba Tơ"
CITIZEN = Party(
    name="Phạm Thị Đoan Nguyệt",
    identity="051 ••• ••• 114",
    address="Thôn Đồng Dâu, xã Ba Tơ, tỉnh Quảng Ngãi",
    phone="0905 123 456",
    email="doannguyet@thu.example",
)
PROXY = Proxy(
    name="Đinh Văn Ững",
    identity="051 ••• ••• 902",
    address="Thôn Gò Re",
    phone="0914 222 333",
    email="ung@thu.example",
    paper="Giấy ủy quyền số 12/2026",
)
REQUEST = "Cấp giấy phép xây dựng mới đối với nhà ở riêng lẻ"
PAPERS = (
    Paper(name="Đơn đề nghị cấp giấy phép xây dựng", originals=1),
    Paper(name="Giấy tờ chứng minh quyền sử dụng đất", certified=1),
    Paper(name="Bản vẽ thiết kế xây dựng", originals=2, copies=1, note="mặt bằng, mặt đứng, mặt cắt, móng"),
)
CLERK = Signatory(name="Lê Minh Hoạ")
LEADER = Signatory(name="Võ Thị Kim Ngân", position="Phó Chủ tịch", authority="KT. Chủ tịch")
WHY = (
    "Hạn 7 ngày làm việc = 56 giờ làm việc, tính từ 09:42 ngày 19/11/2026.",
    "Không tính thứ Bảy 21/11, Chủ nhật 22/11, thứ Bảy 28/11, Chủ nhật 29/11 (ngày nghỉ hằng tuần).",
)

ACKNOWLEDGEMENT = Acknowledgement(
    head=HEAD, qr_url=LINK, qr_text="motcua.quangngai.example", dossier_code=CODE, one_stop=ONE_STOP, submitter=CITIZEN,
    request=REQUEST, procedure_code="1.009994", papers=PAPERS, limit="7 ngày làm việc", received_at=at("2026-11-19 09:42"),
    due_at=at("2026-11-30 09:42"), due_why=WHY, return_at="Trung tâm Phục vụ hành chính công xã Ba Tơ (nhận tại quầy)",
    channel="Trực tiếp", fee_vnd=50_000, fee_note="đã nộp, biên lai số 0000127", book="02/2026", entry="0418", receiver=CLERK,
    copies=(Copy.OFFICE, Copy.APPLICANT),
)  # fmt: skip
RESULT = ResultPaper(
    head=COMMUNE, qr_url="https://motcua.quangngai.example/xac-minh/Zk3Vw81nP0sYtQe5LrXa2b/", qr_text=CODE,
    type_name="Quyết định", subject="Về việc cấp giấy phép xây dựng nhà ở riêng lẻ", dossier_code=CODE,
    issuer="Chủ tịch Ủy ban nhân dân xã Ba Tơ",
    grounds=(
        "Căn cứ Luật Tổ chức chính quyền địa phương số 72/2025/QH15",
        "Căn cứ Luật Xây dựng số 50/2014/QH13 và Luật số 62/2020/QH14",
        "Xét đơn đề nghị cấp giấy phép xây dựng của bà Phạm Thị Đoan Nguyệt nộp ngày 19 tháng 11 năm 2026",
    ),
    facts=(Fact(label="Chủ đầu tư", value="Phạm Thị Đoan Nguyệt"), Fact(label="Địa điểm", value="Thôn Đồng Dâu, xã Ba Tơ")),
    articles=(
        Article(heading="Điều 1", text="Cho phép bà Phạm Thị Đoan Nguyệt xây dựng nhà ở riêng lẻ 02 tầng, diện tích 96 m²."),
        Article(heading="Điều 2", text="Giấy phép có hiệu lực khởi công trong 12 tháng kể từ ngày ký."),
        Article(heading="Điều 3", text="Quyết định này có hiệu lực kể từ ngày ký. Chánh Văn phòng, Trưởng phòng Kinh tế và bà "
                "Phạm Thị Đoan Nguyệt chịu trách nhiệm thi hành."),
    ),
    recipients=("Như Điều 3", "Trung tâm PVHCC xã", "Lưu: VT, hồ sơ"), signer=LEADER,
)  # fmt: skip

SUPPLEMENT_REQUEST = SupplementRequest(
    head=replace(HEAD, number="05/PBS-TTPVHCC"), qr_url=LINK, one_stop=ONE_STOP, dossier_code=CODE, submitter=CITIZEN,
    request=REQUEST,
    corrections=(
        Correction(name="Bản vẽ thiết kế xây dựng", what="Cần thêm bản vẽ mặt đứng phía đường liên thôn, tỷ lệ 1/50 – 1/200"),
        Correction(name="Giấy tờ chứng minh quyền sử dụng đất", what="Bản sao chưa chứng thực; nộp bản sao chứng thực"),
    ),
    reason="Thành phần hồ sơ chưa đủ theo Điều 95 Luật Xây dựng", answer_until=date(2026, 12, 4),
    clock="Trong lúc chờ, thời hạn giải quyết dừng lại.",
    contact="Nguyễn Thị Bích Hường", contact_phone="0255 386 1234", signer=LEADER,
)  # fmt: skip

REFUSAL = Refusal(
    head=replace(HEAD, number="03/PTC-TTPVHCC"), qr_url=LINK, one_stop=ONE_STOP, dossier_code=CODE, submitter=CITIZEN,
    request=REQUEST, submitted_at=at("2026-11-18 20:15"),
    reasons=(
        "Thửa đất số 214, tờ bản đồ 12 nằm trong quy hoạch đường tránh đã được phê duyệt.",
        "Diện tích đất ở trên giấy chứng nhận nhỏ hơn diện tích xây dựng đề nghị.",
    ),
    advice="Ông/bà có thể nộp lại sau khi quy hoạch được điều chỉnh; hỏi Phòng Kinh tế, 1022 nhánh 3.", signer=CLERK,
)  # fmt: skip

APOLOGY = Apology(
    head=replace(COMMUNE, number="02/PXL"), qr_url=LINK, addressee="Bà Phạm Thị Đoan Nguyệt", identity="051 ••• ••• 114",
    dossier_code=CODE, received_at=at("2026-11-19 09:42"), receiving_agency=ONE_STOP,
    procedure="Cấp giấy phép xây dựng mới đối với công trình cấp đặc biệt, cấp I, cấp II và nhà ở riêng lẻ", request=REQUEST,
    old_due_at=at("2026-11-30 09:42"), late_agency="Phòng Kinh tế xã Ba Tơ",
    reason="chờ ý kiến của Phòng Nông nghiệp và Môi trường về hành lang thoát lũ, nhận được chậm 02 ngày làm việc.",
    new_due_at=at("2026-12-02 16:00"), recipients=("Như trên", ONE_STOP, "Lưu: VT"), signer=LEADER,
)  # fmt: skip

STOP_NOTICE = StopNotice(
    head=replace(HEAD, number="07/TB-TTPVHCC"), qr_url=LINK, one_stop=ONE_STOP, applicant=CITIZEN, dossier_code=CODE,
    procedure=REQUEST, received_at=at("2026-11-19 09:42"), reason="ông/bà có đơn xin rút hồ sơ ngày 23/11/2026",
    legal_basis="Điều 21 Nghị định số 118/2025/NĐ-CP", stopped_at=at("2026-11-23 08:05"), papers_returned=PAPERS,
    recipients=("Như trên", "Lưu: hồ sơ"), signer=LEADER,
)  # fmt: skip

CONTROL_SHEET = ControlSheet(
    head=replace(INSIDE, number="31/PKS-TTPVHCC"), qr_url=LINK, dossier_code=CODE, owner="Phạm Thị Đoan Nguyệt", procedure=REQUEST,
    deciding_agency="Ủy ban nhân dân xã Ba Tơ", partners=("Phòng Nông nghiệp và Môi trường",), book="02/2026", entry="0418",
    received_at=at("2026-11-19 09:42"), due_at=at("2026-11-30 09:42"),
    handovers=(
        HandOver(giver=ONE_STOP, given_by="Lê Minh Hoạ", taker="Phòng Kinh tế", taken_by="Nguyễn Thị Bích Hường",
                 given_at=at("2026-11-19 10:30"), taken_at=at("2026-11-19 13:35"), outcome=Outcome.EARLY, note="đủ 03 giấy tờ"),
        HandOver(giver="Phòng Kinh tế", given_by="Nguyễn Thị Bích Hường", taker="Lãnh đạo Ủy ban nhân dân xã",
                 taken_by="Võ Thị Kim Ngân", given_at=at("2026-11-26 15:00"), taken_at=at("2026-11-26 15:20"),
                 outcome=Outcome.ON_TIME),
        HandOver(giver="Lãnh đạo Ủy ban nhân dân xã", given_by="Võ Thị Kim Ngân", taker=ONE_STOP,
                 given_at=at("2026-11-30 10:00"), outcome=Outcome.LATE, note="chờ ý kiến phối hợp"),
    ),
)  # fmt: skip

REGISTER = Register(
    head=replace(INSIDE, number="02/STD-TTPVHCC"), field="Hoạt động xây dựng", book="02/2026", first_on=date(2026, 11, 1),
    last_on=date(2026, 11, 30),
    rows=[
        RegisterRow(
            number=n, dossier_code=f"H48.115-2611{n:02d}-{n:04d}", subject=REQUEST, owner=name, address="Thôn Đồng Dâu, xã Ba Tơ",
            phone=f"0905 123 {n:03d}", agency="UBND xã Ba Tơ", received_at=at(f"2026-11-{n:02d} 09:42"),
            due_at=at(f"2026-11-{n + 9:02d} 09:42"), returned_at=at(f"2026-11-{n + 8:02d} 15:10") if n % 3 else None,
            return_by="Tại quầy" if n % 2 else "Bưu chính", received_by=name.split()[-1] if n % 3 else "",
            note="" if n % 4 else "gia hạn 01 lần",
        )
        for n, name in enumerate(
            ["Phạm Thị Đoan Nguyệt", "Đinh Văn Ững", "Hồ Thị Xuyến", "Công ty TNHH Xây dựng Trường Thịnh", "Nguyễn Hữu Khuê"] * 4, 1
        )
    ],
)  # fmt: skip

FEE_RECEIPT = FeeReceipt(
    head=replace(COMMUNE, number=""), qr_url=LINK, collector_tax_code="4300123456", form_serial="01BLP-001", symbol="QN-26E",
    receipt_number="0000127", payer=CITIZEN, payer_tax_code="8001234567", procedure=REQUEST, dossier_code=CODE,
    lines=(
        FeeLine(name="Lệ phí cấp giấy phép xây dựng nhà ở riêng lẻ", amount_vnd=50_000, is_charge=True),
        FeeLine(name="Phí thẩm định bản vẽ", amount_vnd=125_000, is_charge=False, note="giảm 50 % theo Nghị quyết của HĐND tỉnh"),
    ),
    way="Tiền mặt", paid_at=at("2026-11-19 09:45"), collector=CLERK, copies=(Copy.COLLECTOR, Copy.PAYER, Copy.LEDGER),
)  # fmt: skip

STAGED = replace(
    ACKNOWLEDGEMENT, proxy=PROXY, owner=Party(name="Phạm Văn Tấn", identity="051 ••• ••• 333", address="Thôn Nước Lầy, xã Ba Tơ"),
    stages=(
        Stage(name="Giai đoạn 1: thẩm định", limit="20 ngày", received_at=at("2026-11-19 09:42"), due_at=at("2026-12-09 09:42")),
        Stage(name="Giai đoạn 2: cấp giấy chứng nhận", limit="10 ngày"),
    ),
    tax_notice_at="Thuế cơ sở 3 tỉnh Quảng Ngãi", submitter_signs=False, copies=(Copy.APPLICANT,),
    receiver=replace(CLERK, signed_at=at("2026-11-19 09:44")),
)  # fmt: skip

CERTIFICATION = replace(
    ACKNOWLEDGEMENT, certification=True, request="Chứng thực bản sao từ bản chính", copies=(Copy.APPLICANT,), sheet=Sheet.A4,
    papers=(Paper(name="Giấy khai sinh", pages=1, certified=3), Paper(name="Bằng tốt nghiệp", pages=2, certified=2, electronic=1)),
)  # fmt: skip

EVERY: list[Slip] = [
    ACKNOWLEDGEMENT, SUPPLEMENT_REQUEST, REFUSAL, APOLOGY, STOP_NOTICE, CONTROL_SHEET, REGISTER, FEE_RECEIPT, RESULT,
]  # fmt: skip

COUNTED = Paper(name="Đơn đề nghị", originals=1, copies=2)
PLAIN: list[Slip] = [
    replace(ACKNOWLEDGEMENT, papers=(COUNTED,), copies=(Copy.APPLICANT,)), replace(STOP_NOTICE, papers_returned=(COUNTED,)),
]  # fmt: skip
"""Where nobody told certified copies from plain ones."""

VARIANTS: list[Slip] = [STAGED, CERTIFICATION, *PLAIN]
