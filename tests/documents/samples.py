"""One well-filled example of each slip; people and dossiers are invented, offices and procedures are real."""

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
ONE_STOP = "Trung tâm Phục vụ hành chính công xã Ba Tơ"
CITIZEN = Party(
    name="Phạm Thị Đoan Nguyệt",
    identity="051 ••• ••• 114",
    address="Thôn Đồng Dâu, xã Ba Tơ, tỉnh Quảng Ngãi",
    phone="0905 123 456",
    email="doannguyet@thu.example",
)
PROXY = Proxy(
    name="Đinh Văn Ững", identity="051 ••• ••• 902", address="Thôn Gò Re", phone="0914 222 333",
    email="ung@thu.example", paper="Giấy ủy quyền số 12/2026",
)
REQUEST = "Cấp giấy phép xây dựng mới đối với nhà ở riêng lẻ"
PAPERS = (
    Paper(name="Đơn đề nghị cấp giấy phép xây dựng", originals=1),
    Paper(name="Giấy tờ chứng minh quyền sử dụng đất", certified=1),
    Paper(name="Bản vẽ thiết kế xây dựng", originals=2, copies=1, note="mặt bằng, mặt đứng, mặt cắt, móng"),
)
CLERK = Signatory(name="Lê Minh Hoạ", position="Công chức tiếp nhận")
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
EVERY: list[Slip] = [ACKNOWLEDGEMENT]
