"""The instructions of the demonstration: our own sentences in the manner of conclusion notices; nothing in them happened."""

from typing import Final, NamedTuple

from motcua.directives.terms import Field

FINANCE, FARMING, BUILDING = "Sở Tài chính", "Sở Nông nghiệp và Môi trường", "Sở Xây dựng"
JUSTICE, INTERIOR, OFFICE = "Sở Tư pháp", "Sở Nội vụ", "Văn phòng UBND tỉnh"
BA_TO, KON_TUM = "UBND xã Ba Tơ", "UBND phường Kon Tum"


class Instruction(NamedTuple):
    """One thing that is asked for: of whom, in what field, helped by whom; the day is added by the notice."""

    lead: str
    field: Field
    words: str
    partners: tuple[str, ...] = ()
    product: str = "Báo cáo"


POOL: Final = (
    Instruction(
        FINANCE,
        Field.FINANCE,
        "rà soát các dự án giải ngân dưới mức bình quân chung, đề xuất điều chuyển vốn",
        (BUILDING,),
    ),
    Instruction(FINANCE, Field.FINANCE, "tổng hợp nhu cầu vốn đầu tư công năm sau của các chủ đầu tư", (), "Tờ trình"),
    Instruction(
        FINANCE, Field.BUSINESS, "xây dựng kế hoạch đối thoại với doanh nghiệp nhỏ và vừa", (OFFICE,), "Kế hoạch"
    ),
    Instruction(
        FINANCE, Field.BUSINESS, "lập danh sách hộ kinh doanh đủ điều kiện chuyển đổi thành doanh nghiệp", (INTERIOR,)
    ),
    Instruction(
        FINANCE,
        Field.FINANCE,
        "kiểm tra việc sắp xếp, xử lý trụ sở dôi dư sau khi sắp xếp đơn vị hành chính",
        (BUILDING, JUSTICE),
    ),
    Instruction(
        FINANCE,
        Field.BUSINESS,
        "rút ngắn thời gian giải quyết thủ tục đăng ký kinh doanh xuống còn 02 ngày làm việc",
        (),
        "Quyết định",
    ),
    Instruction(
        FARMING, Field.LAND, "giải quyết dứt điểm hồ sơ cấp giấy chứng nhận quyền sử dụng đất đã quá hạn", (JUSTICE,)
    ),
    Instruction(FARMING, Field.LAND, "hoàn thành việc làm sạch dữ liệu đất đai của các xã miền núi", (INTERIOR,)),
    Instruction(
        FARMING,
        Field.FARMING,
        "xây dựng phương án phòng, chống thiên tai và tìm kiếm cứu nạn",
        (BUILDING,),
        "Phương án",
    ),
    Instruction(FARMING, Field.FARMING, "kiểm tra an toàn hồ chứa nước trước mùa mưa lũ", (BUILDING, BA_TO)),
    Instruction(
        FARMING, Field.LAND, "rà soát các điểm khai thác khoáng sản trái phép, đề xuất biện pháp xử lý", (JUSTICE,)
    ),
    Instruction(FARMING, Field.FARMING, "tham mưu kế hoạch trồng rừng thay thế", (FINANCE,), "Kế hoạch"),
    Instruction(BUILDING, Field.BUILDING, "thẩm định hồ sơ thiết kế các cầu yếu trên đường tỉnh", (FINANCE,)),
    Instruction(
        BUILDING,
        Field.BUILDING,
        "công bố quy hoạch chung đô thị, cắm mốc giới ngoài thực địa",
        (FARMING,),
        "Hồ sơ mốc giới",
    ),
    Instruction(
        BUILDING, Field.BUILDING, "kiểm tra việc cấp giấy phép xây dựng nhà ở riêng lẻ tại các xã, phường", (JUSTICE,)
    ),
    Instruction(
        BUILDING, Field.BUILDING, "khắc phục các điểm đen về tai nạn giao thông trên các tuyến đường tỉnh", (FINANCE,)
    ),
    Instruction(BUILDING, Field.SOCIAL, "lập danh sách quỹ đất làm nhà ở xã hội", (FARMING, FINANCE), "Danh mục"),
    Instruction(
        JUSTICE,
        Field.JUSTICE,
        "rà soát văn bản quy phạm pháp luật không còn phù hợp với chính quyền địa phương hai cấp",
        (INTERIOR,),
    ),
    Instruction(
        JUSTICE, Field.JUSTICE, "tập huấn nghiệp vụ hộ tịch, chứng thực cho công chức cấp xã", (INTERIOR,), "Kế hoạch"
    ),
    Instruction(JUSTICE, Field.JUSTICE, "số hóa sổ hộ tịch giai đoạn trước năm 2016", (FINANCE,)),
    Instruction(
        JUSTICE,
        Field.JUSTICE,
        "đánh giá việc liên thông đăng ký khai sinh, đăng ký thường trú, cấp thẻ bảo hiểm y tế",
        (OFFICE,),
    ),
    Instruction(
        INTERIOR,
        Field.REFORM,
        "tham mưu phương án bố trí công chức chuyên môn cho các xã còn thiếu",
        (FINANCE,),
        "Phương án",
    ),
    Instruction(
        INTERIOR,
        Field.REFORM,
        "xây dựng kế hoạch cải cách hành chính và nâng cao chỉ số hài lòng của người dân",
        (OFFICE,),
        "Kế hoạch",
    ),
    Instruction(
        INTERIOR,
        Field.SOCIAL,
        "rà soát đối tượng hưởng trợ cấp xã hội hằng tháng, không để bỏ sót, trùng lặp",
        (FINANCE,),
    ),
    Instruction(
        INTERIOR, Field.REFORM, "kiểm tra kỷ luật, kỷ cương hành chính tại các cơ quan, đơn vị", (OFFICE, JUSTICE)
    ),
    Instruction(
        INTERIOR, Field.SOCIAL, "tổ chức phiên giao dịch việc làm cho lao động các xã miền núi", (BA_TO,), "Kế hoạch"
    ),
    Instruction(
        OFFICE,
        Field.REFORM,
        "theo dõi, đôn đốc các cơ quan có hồ sơ thủ tục hành chính quá hạn, công khai danh sách",
        (INTERIOR,),
    ),
    Instruction(
        OFFICE, Field.REFORM, "tổng hợp phản ánh, kiến nghị của người dân, doanh nghiệp chưa được trả lời", (JUSTICE,)
    ),
    Instruction(
        OFFICE, Field.DIGITAL, "rà soát việc ký số, gửi nhận văn bản điện tử liên thông giữa các cấp", (INTERIOR,)
    ),
    Instruction(
        OFFICE,
        Field.REFORM,
        "chuẩn bị nội dung hội nghị đánh giá ba tháng vận hành chính quyền địa phương hai cấp",
        (INTERIOR,),
        "Tài liệu",
    ),
    Instruction(BA_TO, Field.REFORM, "bố trí đủ máy quét, người hướng dẫn tại bộ phận một cửa", (), "Báo cáo"),
    Instruction(BA_TO, Field.LAND, "hoàn thành kiểm kê đất rừng giao cho hộ gia đình", (FARMING,)),
    Instruction(BA_TO, Field.SOCIAL, "rà soát hộ nghèo, hộ cận nghèo theo chuẩn mới", (INTERIOR,), "Danh sách"),
    Instruction(BA_TO, Field.BUILDING, "bàn giao mặt bằng đoạn đường liên xã qua địa bàn", (BUILDING,), "Biên bản"),
    Instruction(KON_TUM, Field.REFORM, "xử lý dứt điểm hồ sơ một cửa tồn đọng sau sắp xếp", (INTERIOR,)),
    Instruction(
        KON_TUM, Field.BUSINESS, "sắp xếp lại chợ trung tâm, bảo đảm an toàn phòng cháy", (BUILDING,), "Phương án"
    ),
    Instruction(KON_TUM, Field.LAND, "giải phóng mặt bằng dự án kè sông", (FARMING, FINANCE), "Biên bản"),
    Instruction(KON_TUM, Field.CULTURE, "chỉnh trang các tuyến phố phục vụ khách du lịch", (), "Báo cáo"),
)

SUBJECTS: Final = (
    "tại cuộc họp giao ban tháng {month} năm {year}",
    "tại buổi làm việc về tình hình giải ngân vốn đầu tư công",
    "tại cuộc họp Tổ công tác kiểm tra việc thực hiện nhiệm vụ được giao",
    "tại hội nghị đối thoại với doanh nghiệp",
    "tại cuộc họp về cải cách thủ tục hành chính",
    "tại buổi kiểm tra bộ phận một cửa các xã, phường",
)

ROUND: Final = (
    Instruction(
        INTERIOR, Field.REFORM, "định kỳ hằng tháng tổng hợp kết quả giải quyết thủ tục hành chính, báo cáo UBND tỉnh"
    ),
    Instruction(FINANCE, Field.FINANCE, "định kỳ hằng tháng báo cáo UBND tỉnh kết quả giải ngân vốn đầu tư công"),
    Instruction(JUSTICE, Field.JUSTICE, "định kỳ hằng quý báo cáo UBND tỉnh tình hình đăng ký hộ tịch, chứng thực"),
    Instruction(
        FARMING, Field.LAND, "định kỳ hằng quý báo cáo UBND tỉnh tiến độ cấp giấy chứng nhận quyền sử dụng đất"
    ),
)

DONE: Final = (
    "Đã thực hiện xong, kèm báo cáo.",
    "Đã hoàn thành theo yêu cầu, số liệu trong phụ lục.",
    "Đã tổ chức thực hiện và báo cáo kết quả.",
)
UNDER_WAY: Final = (
    "Đã họp phân công, đang thu thập số liệu.",
    "Đã có dự thảo, đang lấy ý kiến.",
    "Đã làm việc với các cơ quan phối hợp.",
)
LATER: Final = (
    "Cần thêm thời gian lấy ý kiến các cơ quan.",
    "Khối lượng hồ sơ phát sinh lớn hơn dự kiến.",
    "Chờ hướng dẫn của bộ quản lý ngành.",
)
NOT_OURS: Final = ("Nội dung thuộc thẩm quyền của cơ quan khác.", "Không đúng chức năng, nhiệm vụ được giao.")
NOT_YET: Final = ("Báo cáo chưa nêu rõ kết quả từng địa bàn.", "Chưa có minh chứng kèm theo.")

LETTER: Final = """UBND TỈNH QUẢNG NGÃI          CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
VĂN PHÒNG                       Độc lập - Tự do - Hạnh phúc

Số: {number}/TB-VPUBND          Quảng Ngãi, ngày {day:02d} tháng {month:02d} năm {year}

THÔNG BÁO
Kết luận của {giver} UBND tỉnh
{subject}

{giver} UBND tỉnh đã chủ trì cuộc họp. Sau khi nghe các cơ quan báo cáo và ý kiến của
các thành viên dự họp, {giver} UBND tỉnh kết luận như sau:

{items}

Văn phòng UBND tỉnh thông báo để các cơ quan, đơn vị biết, thực hiện./.

Nơi nhận:
- Chủ tịch, các Phó Chủ tịch UBND tỉnh;
- Các cơ quan có tên trên;
- Lưu: VT, TH.
                              KT. CHÁNH VĂN PHÒNG
                              PHÓ CHÁNH VĂN PHÒNG

                              {signer}
"""

UNREAD: Final = """1. Giao Sở Kế hoạch và Đầu tư chủ trì, phối hợp với Sở Nội vụ tham mưu kế hoạch hỗ trợ doanh nghiệp nhỏ
và vừa, trình UBND tỉnh trước ngày {soon:%d/%m/%Y}.

2. UBND các xã, phường, đặc khu công khai danh sách hồ sơ quá hạn tại bộ phận một cửa, hoàn thành trước
ngày {soon:%d/%m/%Y}.

3. Sở Tài chính chủ trì, phối hợp với Công an tỉnh, Thuế tỉnh kiểm tra việc chấp hành nghĩa vụ thuế của các
dự án chậm tiến độ, báo cáo UBND tỉnh trước ngày 31/11/{soon:%Y}.

4. Sở Nội vụ định kỳ hằng quý báo cáo UBND tỉnh kết quả sắp xếp, bố trí cán bộ, công chức cấp xã.

5. Các sở, ban, ngành rà soát thủ tục hành chính nội bộ, đề xuất cắt giảm ít nhất 20% thời gian giải quyết,
gửi Sở Nội vụ tổng hợp trước ngày {later:%d/%m/%Y}."""
