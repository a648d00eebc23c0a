"""The words of a dossier's life. Stored values are contracts: change them by migration only."""

from datetime import date
from types import MappingProxyType
from typing import Final, NamedTuple

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from motcua.people.terms import Role


class Status(models.TextChoices):
    """Where a dossier stands in its legal life (NĐ 118/2025/NĐ-CP). Payment, delivery and digitisation are other columns."""

    DRAFT = "draft", _("Bản nháp")
    SUBMITTED = "submitted", _("Mới nộp")
    NEED_MORE_PRE = "need_more_pre", _("Chờ bổ sung trước tiếp nhận")
    REFUSED = "refused", _("Không tiếp nhận")
    RECEIVED = "received", _("Đã tiếp nhận")
    PROCESSING = "processing", _("Đang xử lý")
    NEED_MORE = "need_more", _("Chờ bổ sung")
    SIGNING = "signing", _("Chờ ký")
    DONE = "done", _("Đã có kết quả")
    RETURNED = "returned", _("Đã trả")
    WITHDRAWN = "withdrawn", _("Đã rút")
    STOPPED = "stopped", _("Dừng giải quyết")
    CLOSED_NO_RESPONSE = "closed_no_response", _("Dừng vì không bổ sung")


OPEN: Final = frozenset(
    {Status.SUBMITTED, Status.NEED_MORE_PRE, Status.RECEIVED, Status.PROCESSING, Status.NEED_MORE, Status.SIGNING}
)
"""Still to be decided."""

WITHOUT_RESULT: Final = frozenset({Status.REFUSED, Status.WITHDRAWN, Status.STOPPED, Status.CLOSED_NO_RESPONSE})
"""Ended, but nothing was decided: neither early nor late."""

UNDER_CLOCK: Final = frozenset({Status.RECEIVED, Status.PROCESSING, Status.SIGNING})
"""The clock of the limit runs."""

NATIONAL: Final = MappingProxyType(
    {
        Status.DRAFT: None,
        Status.SUBMITTED: 1,
        Status.RECEIVED: 2,
        Status.REFUSED: 3,
        Status.PROCESSING: 4,
        Status.SIGNING: 4,
        Status.NEED_MORE_PRE: 5,
        Status.NEED_MORE: 5,
        Status.WITHDRAWN: 7,
        Status.STOPPED: 8,
        Status.CLOSED_NO_RESPONSE: 8,
        Status.DONE: 9,
        Status.RETURNED: 10,
    }
)
"""The national portal's ten codes; total, so that no status is ever sent under another's number (6 comes with payments)."""


class Move(models.TextChoices):
    """What somebody does with a dossier; verbs, where `Status` holds states."""

    SUBMIT = "submit", _("Nộp hồ sơ")
    RECEIVE = "receive", _("Tiếp nhận và in giấy hẹn")
    ASK_BEFORE = "ask_before", _("Yêu cầu bổ sung trước khi nhận")
    REFUSE = "refuse", _("Từ chối tiếp nhận")
    CORRECT = "correct", _("Sửa tiếp nhận")
    ANSWER_AT_ONCE = "answer_at_once", _("Trả kết quả ngay")
    HAND_OVER = "hand_over", _("Chuyển xử lý")
    ASSIGN = "assign", _("Phân công")
    ADVANCE = "advance", _("Chuyển bước tiếp")
    SEND_BACK = "send_back", _("Trả lại bước trước")
    DRAFT_SUPPLEMENT = "draft_supplement", _("Soạn yêu cầu bổ sung")
    SIGN_SUPPLEMENT = "sign_supplement", _("Ký yêu cầu bổ sung")
    DROP_SUPPLEMENT = "drop_supplement", _("Không ký, trả lại")
    ANSWER_SUPPLEMENT = "answer_supplement", _("Nhận bổ sung")
    SUBMIT_RESULT = "submit_result", _("Trình ký")
    GIVE_BACK = "give_back", _("Trả lại, ghi ý kiến")
    SIGN = "sign", _("Ký kết quả")
    EXTEND = "extend", _("Xin lỗi và hẹn lại")
    WITHDRAW = "withdraw", _("Rút hồ sơ")
    STOP = "stop", pgettext_lazy("move", "Dừng giải quyết")
    CLOSE_UNANSWERED = "close_unanswered", _("Đóng vì không bổ sung")
    RETURN_RESULT = "return_result", _("Trả kết quả")
    RATE = "rate", _("Đánh giá")


class Channel(models.TextChoices):
    """How a dossier came; the national portal's codes are 1, 2 and 3 in this order."""

    COUNTER = "counter", _("tại quầy")
    ONLINE = "online", _("trên mạng")
    POST = "post", _("bưu điện")


class Payment(models.TextChoices):
    """Where the fee stands; free dossiers stay `none`."""

    NONE = "none", _("không thu")
    DUE = "due", _("chưa nộp")
    PAID = "paid", _("đã nộp")
    REFUNDED = "refunded", _("đã hoàn")


class PaymentWay(models.TextChoices):
    """How the fee was paid."""

    CASH = "cash", _("tiền mặt")
    TRANSFER = "transfer", _("chuyển khoản")


class Delivery(models.TextChoices):
    """How the applicant wants the result."""

    COUNTER = "counter", _("nhận tại quầy")
    POST = "post", _("gửi bưu điện")
    ONLINE = "online", _("nhận bản điện tử")


class Slip(models.TextChoices):
    """The forms of TT 03/2025/TT-VPCP, by the numbers of 2025; what is printed as number and title is dated data."""

    M01 = "M01", _("Giấy tiếp nhận hồ sơ và hẹn trả kết quả")
    M02 = "M02", _("Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ")
    M03 = "M03", _("Phiếu từ chối tiếp nhận giải quyết hồ sơ")
    M04 = "M04", _("Văn bản xin lỗi và đề nghị gia hạn thời gian giải quyết")
    M05 = "M05", _("Thông báo dừng giải quyết hồ sơ")
    M06 = "M06", _("Phiếu kiểm soát quá trình giải quyết hồ sơ")
    RECEIPT = "receipt", _("Biên lai thu phí, lệ phí")


class Turn(models.TextChoices):
    """Who must act now: a role at the desk, the applicant, or nobody."""

    CLERK = Role.CLERK.value, _("Một cửa")
    SPECIALIST = Role.SPECIALIST.value, _("Chuyên viên")
    UNIT_HEAD = Role.UNIT_HEAD.value, _("Trưởng phòng")
    LEADER = Role.LEADER.value, _("Lãnh đạo")
    RECORDS = Role.RECORDS.value, _("Văn thư")
    APPLICANT = "applicant", _("Người nộp")
    NOBODY = "nobody", _("Không ai")


class DaysToAnswer(NamedTuple):
    """From a day on: how many working days the applicant has to answer an M02."""

    since: date
    days: int


DAYS_TO_ANSWER: Final = (DaysToAnswer(date.min, days=15),)
"""NĐ 297/2025/NĐ-CP art. 6.4a, and local rules alike before it; a change adds a line."""


class DraftKeeping(NamedTuple):
    """From a day on: how many days an untouched draft is kept, and how many days before its end the owner is told."""

    since: date
    days: int
    notice: int


DRAFTS_KEPT: Final = (DraftKeeping(date.min, days=90, notice=14),)
"""Personal data that nobody handed in are kept no longer than they are needed (Luật 91/2025/QH15); a change adds a line."""
