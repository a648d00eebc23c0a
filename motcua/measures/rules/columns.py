"""The counted columns of a fact, each with one meaning. A flow is what happened; a stock is what is there at a moment."""

from types import MappingProxyType
from typing import Final

FLOWS: Final = MappingProxyType(
    {
        "submitted": "Hồ sơ nộp vào.",
        "received": "Hồ sơ được tiếp nhận, có mã và ngày hẹn trả; kể cả hồ sơ trả kết quả ngay.",
        "online": "Trong số tiếp nhận: nộp trên mạng.",
        "post": "Trong số tiếp nhận: gửi qua bưu điện.",
        "digitised": "Trong số tiếp nhận: mọi giấy tờ có bản điện tử ngay khi tiếp nhận.",
        "with_fee": "Trong số tiếp nhận: phải nộp phí, lệ phí.",
        "supplemented_before": "Phiếu yêu cầu bổ sung trước khi tiếp nhận (M02).",
        "supplemented": "Phiếu yêu cầu bổ sung trong khi giải quyết (M02).",
        "extended": "Văn bản xin lỗi và hẹn lại (M04) gửi trước ngày hẹn.",
        "apologised_late": "Văn bản xin lỗi và hẹn lại (M04) gửi khi đã đến hoặc đã quá ngày hẹn.",
        "early": "Hồ sơ có kết quả trước ngày hẹn.",
        "on_time": "Hồ sơ có kết quả đúng ngày hẹn, kể cả trả ngay.",
        "late": "Hồ sơ có kết quả sau ngày hẹn.",
        "unfavourable": "Trong số có kết quả: không đủ điều kiện, trả lời bằng văn bản.",
        "electronic": "Trong số có kết quả: kết quả được ký số.",
        "refused": "Hồ sơ không được tiếp nhận (M03).",
        "withdrawn": "Hồ sơ người nộp rút.",
        "stopped": "Hồ sơ cơ quan dừng giải quyết.",
        "closed": "Hồ sơ đóng vì người nộp không bổ sung.",
        "ended": "Trong số rút, dừng, đóng: đã tiếp nhận trước đó.",
        "ended_late": "Trong số ấy: kết thúc sau ngày hẹn.",
        "returned": "Kết quả đã đến tay người nộp, kể cả trả ngay.",
        "rated": "Lượt đánh giá của người nộp.",
        "rated_low": "Trong số đánh giá: dưới 3 trên 5.",
        "stars": "Tổng điểm đánh giá, mỗi lượt từ 1 đến 5.",
        "paid": "Lượt nộp phí, lệ phí.",
        "paid_vnd": "Số tiền phí, lệ phí đã thu, đồng.",
        "took_minutes": "Phút làm việc từ tiếp nhận đến kết quả của hồ sơ có kết quả, không kể lúc chờ người nộp.",
        "held_minutes": "Phút làm việc hồ sơ nằm ở cơ quan, tính khi chuyển đi.",
        "given_minutes": "Phút làm việc quy trình cho các bước ấy.",
        "passed_on": "Lượt chuyển hồ sơ đi sau khi giữ.",
        "passed_on_late": "Trong số ấy: giữ lâu hơn quy trình cho.",
    }
)
"""What happened on a day."""

STOCKS: Final = MappingProxyType(
    {
        "waiting": "Hồ sơ đã nộp, chưa tiếp nhận hoặc từ chối.",
        "open": "Hồ sơ đã tiếp nhận, chưa có kết quả, chưa kết thúc.",
        "paused": "Trong số đang giải quyết: đồng hồ dừng vì chờ người nộp bổ sung.",
        "overdue": "Trong số đang giải quyết: đã quá ngày hẹn; hết ngày hẹn vẫn tính là đúng hạn.",
        "ready": "Hồ sơ đã có kết quả, chờ trả.",
    }
)
"""What is there at a moment."""

COLUMNS: Final = (*FLOWS, *STOCKS)

AMOUNTS: Final = frozenset({"paid_vnd", "took_minutes", "held_minutes", "given_minutes"})
"""Minutes and đồng: what may grow beyond two thousand million."""
