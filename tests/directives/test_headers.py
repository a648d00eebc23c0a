"""Heads and feet of documents as houses of many kinds write them: who wrote what, where and when, and who signed.

Persons and numbers are invented.
"""

import pytest

from motcua.directives.reader import read_text

BODY = "\n\nSở Y tế kiểm tra chất lượng nước, báo cáo kết quả trước ngày 30/6/2026./.\n\n"
FACTS = ("kind", "number", "date", "place", "issuer", "signer", "subject")
HEADS = (
    (
        """ỦY BAN NHÂN DÂN
THÀNH PHỐ HỒ CHÍ MINH
-------
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 5823/UBND-KT
V/v chấn chỉnh công tác đấu thầu
TP. Hồ Chí Minh, ngày 05 tháng 9 năm 2024

Kính gửi: Sở Y tế.""",
        """Nơi nhận:
- Như trên;
- Lưu: VT.
KT. CHỦ TỊCH
PHÓ CHỦ TỊCH
(Đã ký)
Võ Bá Hoài""",
        ('cong_van', '5823/UBND-KT', '2024-09-05', 'TP. Hồ Chí Minh', 'UBND thành phố Hồ Chí Minh', 'Võ Bá Hoài', 'Chấn chỉnh công tác đấu thầu'),
    ),
    (
        """UBND TỈNH QUẢNG NINH        CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
  SỞ NỘI VỤ                     Độc lập - Tự do - Hạnh phúc
Số:      /SNV-CCHC           Quảng Ninh, ngày     tháng 6 năm 2026
V/v báo cáo cải cách hành chính
                 Kính gửi: Các sở, ban, ngành""",
        """Nơi nhận:                    GIÁM ĐỐC
- Như trên;
- Lưu VT.
                             Đỗ Thị Cẩm""",
        ('cong_van', None, None, 'Quảng Ninh', 'Sở Nội vụ', 'Đỗ Thị Cẩm', 'Báo cáo cải cách hành chính'),
    ),
    (
        """ỦY BAN MẶT TRẬN TỔ QUỐC VIỆT NAM
TỈNH GIA LAI
BAN THƯỜNG TRỰC
Số: 112/KH-MTTQ-BTT
Gia Lai, ngày 3 tháng 2 năm 2026

KẾ HOẠCH
Giám sát việc giải quyết thủ tục hành chính năm 2026""",
        """Nơi nhận:
- Lưu.
TM. BAN THƯỜNG TRỰC
PHÓ CHỦ TỊCH
Rơ Châm Hơn""",
        ('ke_hoach', '112/KH-MTTQ-BTT', '2026-02-03', 'Gia Lai', 'Ban Thường trực', 'Rơ Châm Hơn', 'Giám sát việc giải quyết thủ tục hành chính năm 2026'),
    ),
    (
        """THANH TRA CHÍNH PHỦ
-------
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
---------------
Số: 88/TB-TTCP
Hà Nội, ngày 20 tháng 01 năm 2026
THÔNG BÁO
Về việc phân công nhiệm vụ lãnh đạo Thanh tra Chính phủ""",
        """Nơi nhận:
- Lưu: VT.
KT. TỔNG THANH TRA
PHÓ TỔNG THANH TRA
TS. Lê Sỹ Kháng""",
        ('thong_bao', '88/TB-TTCP', '2026-01-20', 'Hà Nội', 'Thanh tra Chính phủ', 'Lê Sỹ Kháng', 'Về việc phân công nhiệm vụ lãnh đạo Thanh tra Chính phủ'),
    ),
    (
        """UBND TỈNH NGHỆ AN
BAN QUẢN LÝ KHU KINH TẾ
ĐÔNG NAM
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 640/BC-KKT
Nghệ An, ngày 11 tháng 11 năm 2025
BÁO CÁO
Tình hình thu hút đầu tư 10 tháng năm 2025 và kiến nghị""",
        """Nơi nhận:
- UBND tỉnh;
- Lưu: VT.
TRƯỞNG BAN
Lê Tiến Trụ""",
        ('bao_cao', '640/BC-KKT', '2025-11-11', 'Nghệ An', 'Ban quản lý Khu kinh tế Đông Nam', 'Lê Tiến Trụ', 'Tình hình thu hút đầu tư 10 tháng năm 2025 và kiến nghị'),
    ),
    (
        """TỈNH ỦY LẠNG SƠN
*
Số 45-CT/TU
ĐẢNG CỘNG SẢN VIỆT NAM
Lạng Sơn, ngày 30 tháng 3 năm 2026

CHỈ THỊ
CỦA BAN THƯỜNG VỤ TỈNH ỦY
về tăng cường lãnh đạo công tác chuyển đổi số""",
        """Nơi nhận:
- Lưu VPTU.
T/M BAN THƯỜNG VỤ
BÍ THƯ
Hoàng Văn Nghiệm""",
        ('chi_thi', '45-CT/TU', '2026-03-30', 'Lạng Sơn', 'Tỉnh ủy Lạng Sơn', 'Hoàng Văn Nghiệm', 'của Ban Thường vụ Tỉnh ủy về tăng cường lãnh đạo công tác chuyển đổi số'),
    ),
    (
        """|
**ỦY BAN NHÂN DÂN
XÃ TỊNH KHÊ**
-------
|
**CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
---------------**
|
|
Số: 17/QĐ-UBND
|
*Tịnh Khê, ngày 04 tháng 8 năm 2025*
|

**QUYẾT ĐỊNH**

VỀ VIỆC KIỆN TOÀN TỔ CÔNG NGHỆ SỐ CỘNG ĐỒNG""",
        """|
***Nơi nhận:***
- Như Điều 3;
- Lưu: VT.
|
**CHỦ TỊCH

Phạm Ngọc Khoát**
|""",
        ('quyet_dinh', '17/QĐ-UBND', '2025-08-04', 'Tịnh Khê', 'UBND xã Tịnh Khê', 'Phạm Ngọc Khoát', 'Về việc kiện toàn Tổ công nghệ số cộng đồng'),
    ),
    (
        """BỘ CÔNG AN
CÔNG AN TỈNH ĐẮK LẮK
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 301/KH-CAT-PC06
Đắk Lắk, ngày 7 tháng 5 năm 2026
KẾ HOẠCH
Cao điểm cấp căn cước cho công dân""",
        """Nơi nhận:
- Lưu: VT, PC06.
GIÁM ĐỐC
Thiếu tướng Vũ Hồng Quyết""",
        ('ke_hoach', '301/KH-CAT-PC06', '2026-05-07', 'Đắk Lắk', 'Công an tỉnh Đắk Lắk', 'Vũ Hồng Quyết', 'Cao điểm cấp căn cước cho công dân'),
    ),
    (
        """VĂN PHÒNG CHÍNH PHỦ
Số: 3012/VPCP-CĐS
V/v tháo gỡ vướng mắc trong cung cấp dịch vụ công trực tuyến
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Hà Nội, ngày 09 tháng 4 năm 2026
Kính gửi:
- Bộ Công an;
- UBND các tỉnh, thành phố trực thuộc Trung ương.""",
        """Nơi nhận:
- Như trên;
- Lưu: VT, CĐS (2).
KT. BỘ TRƯỞNG, CHỦ NHIỆM
PHÓ CHỦ NHIỆM
Nguyễn Sỹ Hiến""",
        ('cong_van', '3012/VPCP-CĐS', '2026-04-09', 'Hà Nội', 'Văn phòng Chính phủ', 'Nguyễn Sỹ Hiến', 'Tháo gỡ vướng mắc trong cung cấp dịch vụ công trực tuyến'),
    ),
    (
        """HỘI ĐỒNG NHÂN DÂN THÀNH PHỐ HUẾ
BAN PHÁP CHẾ
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 61/BC-BPC
Thành phố Huế, ngày 18 tháng 6 năm 2026
BÁO CÁO
Kết quả giám sát việc giải quyết kiến nghị của cử tri""",
        """Nơi nhận:
- Lưu.
TM. BAN PHÁP CHẾ
TRƯỞNG BAN
Hồ Viết Tư""",
        ('bao_cao', '61/BC-BPC', '2026-06-18', 'Huế', 'Ban Pháp chế', 'Hồ Viết Tư', 'Kết quả giám sát việc giải quyết kiến nghị của cử tri'),
    ),
)  # fmt: skip


@pytest.mark.parametrize(("head", "foot", "facts"), HEADS, ids=[facts[4] for _head, _foot, facts in HEADS])
def test_the_facts_of_head_and_foot(head: str, foot: str, facts: tuple[str | None, ...]) -> None:
    found = read_text(head + "\n" + BODY + foot).document
    read = {name: getattr(found, name) for name in FACTS}
    wanted = dict(zip(FACTS, facts, strict=True))
    for name in ("issuer", "subject"):  # capitals of a title in capitals are a guess
        read[name], wanted[name] = (read[name] or "").casefold(), (wanted[name] or "").casefold()
    assert read == wanted
