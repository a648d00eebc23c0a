"""The line people know a proposal by: what is to be done, wherever in the sentence its lead stands."""

import pytest

from motcua.directives.reader import read_text

LETTER = """UBND TỈNH QUẢNG NGÃI
Số: 77/UBND-TH
Quảng Ngãi, ngày 02 tháng 11 năm 2026

Kính gửi: Các sở, ban, ngành.

Chủ tịch UBND tỉnh yêu cầu các sở, ban, ngành thực hiện các nội dung sau:

1. {item}

Nơi nhận:
- Như trên.
"""


@pytest.mark.parametrize(
    ("item", "title"),
    [
        (
            "Nghiên cứu điều chuyển vốn từ các dự án chậm, trình UBND tỉnh trước ngày 10/12/2026, giao Sở Tài chính chủ trì thực hiện.",
            "Nghiên cứu điều chuyển vốn từ các dự án chậm, trình UBND tỉnh trước ngày 10/12/2026",
        ),
        (
            "Việc di dời đường điện 110kV do Công ty Điện lực Quảng Ngãi thực hiện; phối hợp với Sở Xây dựng để không ảnh hưởng thi công.",
            "Di dời đường điện 110kV",
        ),
        ("Sở Nội vụ được giao tham mưu xử lý trách nhiệm người đứng đầu.", "Tham mưu xử lý trách nhiệm người đứng đầu"),
        (
            "Đối với 38 hộ dân chưa nhận tiền bồi thường: UBND xã Bình Sơn tiếp tục vận động.",
            "Đối với 38 hộ dân chưa nhận tiền bồi thường: tiếp tục vận động",
        ),
        ("Sở Y tế chủ trì, phối hợp với Công an tỉnh kiểm tra các cơ sở.", "Kiểm tra các cơ sở"),
    ],
)
def test_the_line_says_what_is_to_be_done(item: str, title: str) -> None:
    [task] = read_text(LETTER.format(item=item)).tasks
    assert task.action == title


def test_a_number_that_tells_who_is_meant_is_no_target() -> None:
    item = "Yêu cầu các chủ đầu tư có tỷ lệ giải ngân dưới 30% kiểm điểm trách nhiệm trước ngày 20/12/2026."
    [task] = read_text(LETTER.format(item=item)).tasks
    assert task.lead == ("các chủ đầu tư có tỷ lệ giải ngân dưới 30%",)
    assert task.target is None
