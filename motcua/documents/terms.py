"""Words of slips, results and signatures."""

from enum import StrEnum
from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _

TRIAL_MARK: Final = "CHỮ KÝ THỬ NGHIỆM"
"""Stands in every certificate of a trial (organizational unit) and in the drawing on the paper."""


class Kind(models.TextChoices):
    """What a paper that leaves the office is; the number of its form is dated data (`rules.form`)."""

    ACKNOWLEDGEMENT = "acknowledgement", _("Giấy tiếp nhận hồ sơ và hẹn trả kết quả")
    SUPPLEMENT_REQUEST = "supplement_request", _("Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ")
    REFUSAL = "refusal", _("Phiếu từ chối tiếp nhận giải quyết hồ sơ")
    APOLOGY = "apology", _("Văn bản xin lỗi và đề nghị gia hạn thời gian giải quyết")
    STOP_NOTICE = "stop_notice", _("Thông báo dừng giải quyết hồ sơ")
    CONTROL_SHEET = "control_sheet", _("Phiếu kiểm soát quá trình giải quyết hồ sơ")
    REGISTER = "register", _("Sổ theo dõi hồ sơ")
    FEE_RECEIPT = "fee_receipt", _("Biên lai thu phí, lệ phí")
    RESULT = "result", _("Kết quả giải quyết thủ tục hành chính")


class Sheet(StrEnum):
    """The paper a slip is laid out for."""

    A5 = "a5"
    A4 = "a4"


class Copy(StrEnum):
    """The counterpart (liên) of a slip: who keeps this sheet."""

    OFFICE = "Liên 1: Lưu"
    APPLICANT = "Liên 2: Giao người nộp hồ sơ"
    COLLECTOR = "Liên 1: Lưu cơ quan thu"
    PAYER = "Liên 2: Giao người nộp tiền"
    LEDGER = "Liên 3: Lưu nội bộ"
    ONLY = ""


class Outcome(models.TextChoices):
    """What the control sheet says of one hand-over; the receiving side writes it."""

    EARLY = "early", _("trước hạn")
    ON_TIME = "on_time", _("đúng hạn")
    LATE = "late", _("quá hạn")


class Finding(models.TextChoices):
    """What the check of a signed file found, from good to bad."""

    VALID = "valid", _("Chữ ký hợp lệ, văn bản không bị sửa đổi")
    UNTRUSTED = "untrusted", _("Chữ ký nguyên vẹn nhưng không do tổ chức được tin cậy chứng thực")
    EXPIRED = "expired", _("Chứng thư số đã hết hạn")
    CHANGED = "changed", _("Văn bản đã bị sửa đổi sau khi ký")
    UNSIGNED = "unsigned", _("Tệp này không có chữ ký số")
    UNREADABLE = "unreadable", _("Không đọc được tệp này như một văn bản PDF")
    TOO_BIG = "too_big", _("Tệp lớn hơn mức kiểm tra được")
