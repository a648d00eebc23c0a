import pytest

from motcua.directives.reader.agencies import names_in, phrase_at
from motcua.directives.reader.leads import lead_of, lead_of_heading, lead_of_list, partners_in

LISTS = [
    (
        "Sở Tài chính, Cục Thuế tỉnh và các cơ quan, địa phương tích cực hỗ trợ",
        ("Sở Tài chính", "Cục Thuế tỉnh", "các cơ quan, địa phương"),
    ),
    ("các cấp, các ngành, toàn hệ thống chính trị tỉnh cần", ("các cấp", "các ngành", "toàn hệ thống chính trị tỉnh")),
    (
        "Người đứng đầu các sở, ngành, địa phương và các cơ quan, đơn vị phải",
        ("Người đứng đầu các sở, ngành, địa phương và các cơ quan, đơn vị",),
    ),
    (
        "Các sở: Nội vụ, Kế hoạch và Đầu tư, Thông tin và Truyền thông tham mưu",
        ("Sở Nội vụ", "Sở Kế hoạch và Đầu tư", "Sở Thông tin và Truyền thông"),
    ),
    ("các Bộ: Công an, Quốc phòng, Y tế rà soát", ("Bộ Công an", "Bộ Quốc phòng", "Bộ Y tế")),
    (
        "Sở Nội vụ, Tài chính, Y tế và UBND các xã, phường rà soát",
        ("Sở Nội vụ", "Sở Tài chính", "Sở Y tế", "UBND các xã, phường"),
    ),
    (
        "các cơ quan, đơn vị được kiểm tra, thanh tra liên quan đến đất đai phải",
        ("các cơ quan, đơn vị được kiểm tra, thanh tra",),
    ),
    ("Tổ công tác của Chủ tịch UBND tỉnh được thành lập tại Quyết định", ("Tổ công tác của Chủ tịch UBND tỉnh",)),
    ("các sở, ban, ngành, tổ chức thực hiện nghiêm", ("các sở, ban, ngành",)),
    (
        "UBND thành phố Hà Nội, thành phố Hải Phòng và tỉnh Quảng Ninh hỗ trợ",
        ("UBND thành phố Hà Nội", "UBND thành phố Hải Phòng", "UBND tỉnh Quảng Ninh"),
    ),
    ("các tổ chức, cá nhân liên quan chấp hành", ("các tổ chức, cá nhân liên quan",)),
    ("các cơ quan, đơn vị và cán bộ, công chức trực tiếp tham mưu", ("các cơ quan, đơn vị",)),
    (
        "Trung tâm Xúc tiến Đầu tư, Thương mại và Du lịch, Sở Công Thương mời",
        ("Trung tâm Xúc tiến Đầu tư, Thương mại và Du lịch", "Sở Công Thương"),
    ),
    (
        "Ban Chỉ đạo cải cách hành chính và chuyển đổi số tỉnh chủ động",
        ("Ban Chỉ đạo cải cách hành chính và chuyển đổi số tỉnh",),
    ),
    ("Cục Cảnh sát giao thông cung cấp dữ liệu", ("Cục Cảnh sát giao thông",)),
    ("Công an cấp xã xác minh thông tin", ("Công an cấp xã",)),
    ("UBND TP. Thủ Đức lập danh sách", ("UBND TP. Thủ Đức",)),
]


@pytest.mark.parametrize(("text", "names"), LISTS, ids=[text[:30] for text, _ in LISTS])
def test_a_list_of_bodies_ends_at_its_verb(text: str, names: tuple[str, ...]) -> None:
    phrase = phrase_at(text, 0)
    assert phrase is not None
    assert phrase.names == names


@pytest.mark.parametrize(
    "text",
    [
        "Bộ phận Một cửa",
        "Báo cáo kết quả",
        "Ban hành quy chế",
        "Tổ chức hội nghị",
        "Hội nghị tổng kết",
        "Trường hợp vướng mắc",
        "Trong tháng 9",
    ],
)
def test_words_that_only_look_like_a_body_are_none(text: str) -> None:
    assert phrase_at(text, 0) is None


def test_brackets_between_names_are_skipped() -> None:
    assert names_in("Sở Y tế (cơ quan thường trực), Công an tỉnh") == ("Sở Y tế", "Công an tỉnh")


def test_a_field_keeps_a_body_of_a_kind_not_known() -> None:
    assert names_in("Nhà máy nước Tân Hiệp; Sở Xây dựng") == ("Nhà máy nước Tân Hiệp", "Sở Xây dựng")


def test_who_goes_along_is_not_who_is_told() -> None:
    assert lead_of("Cùng với Sở Tài chính, Kho bạc Nhà nước khu vực XV rà soát khối lượng") is None


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Giao Sở Nội vụ tham mưu kế hoạch", ("Sở Nội vụ",)),
        (
            "Chủ tịch UBND tỉnh chỉ thị Giám đốc các sở, Trưởng các ban, ngành cấp tỉnh thực hiện",
            ("Giám đốc các sở", "Trưởng các ban, ngành cấp tỉnh"),
        ),
        (
            "Các tổ chức, cá nhân khai thác khoáng sản có trách nhiệm lắp đặt trạm cân",
            ("Các tổ chức, cá nhân khai thác khoáng sản",),
        ),
        (
            "Chủ tịch Ủy ban nhân dân các tỉnh, thành phố trực thuộc Trung ương theo chức năng, nhiệm vụ triển khai",
            ("Chủ tịch Ủy ban nhân dân các tỉnh, thành phố trực thuộc Trung ương",),
        ),
        ("Trưởng khu phố phối hợp Tổ công nghệ số cộng đồng tuyên truyền", ("Trưởng khu phố",)),
        (
            "Chậm nhất đến ngày 31/12/2018, các sở, ban ngành và địa phương phải chấm dứt",
            ("các sở, ban ngành và địa phương",),
        ),
        ("Trên cơ sở đó, giao Sở Nội vụ đánh giá", ("Sở Nội vụ",)),
        ("Về kiến nghị bổ sung vốn: Bộ Tài chính nghiên cứu", ("Bộ Tài chính",)),
        ("Chính phủ trân trọng đề nghị Hội Chữ thập đỏ Việt Nam vận động", ("Hội Chữ thập đỏ Việt Nam",)),
        ("Đồng ý chủ trương tổ chức Hội nghị, giao Sở Tài chính tham mưu", ("Sở Tài chính",)),
        (
            "Chủ tịch UBND các phường Trương Quang Trọng, Nghĩa Lộ và xã Tịnh Khê chịu trách nhiệm bàn giao mặt bằng",
            ("Chủ tịch UBND phường Trương Quang Trọng", "Chủ tịch UBND phường Nghĩa Lộ", "Chủ tịch UBND xã Tịnh Khê"),
        ),
        ("UBND các xã Tịnh Khê, Ba Tơ khẩn trương bàn giao", ("UBND xã Tịnh Khê", "UBND xã Ba Tơ")),
    ],
)
def test_the_addressee_of_a_sentence(text: str, names: tuple[str, ...]) -> None:
    lead = lead_of(text)
    assert lead is not None
    assert lead.names == names


@pytest.mark.parametrize(
    "text",
    [
        "UBND tỉnh đã thống nhất tiếp tục thực hiện mô hình",
        "Không đồng ý đề xuất của Sở Tài chính",
        "Đổi mới cách thức hoạt động của Ban Chỉ đạo, các ngành",
        "Sở Tư pháp nhận thấy nhiều hồ sơ sai lệch",
    ],
)
def test_a_statement_or_refusal_has_no_addressee(text: str) -> None:
    assert lead_of(text) is None


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Sở Nông nghiệp và Môi trường", ("Sở Nông nghiệp và Môi trường",)),
        ("Đề nghị Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh", ("Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh",)),
        (
            "Các đơn vị cấp nước sạch trên địa bàn thành phố có trách nhiệm",
            ("Các đơn vị cấp nước sạch trên địa bàn thành phố",),
        ),
        ("Đối với Cục Đường bộ Việt Nam:", ("Cục Đường bộ Việt Nam",)),
        (
            "SỞ CÔNG THƯƠNG CÁC TỈNH, THÀNH PHỐ TRỰC THUỘC TRUNG ƯƠNG",
            ("Sở Công Thương các tỉnh, thành phố trực thuộc trung ương",),
        ),
        ("NHIỆM VỤ CỦA BAN QUẢN LÝ KHU KINH TẾ", ("ban quản lý khu kinh tế",)),
        (
            "Đề nghị Ủy ban Mặt trận Tổ quốc Việt Nam phường và các đoàn thể:",
            ("Ủy ban Mặt trận Tổ quốc Việt Nam phường", "các đoàn thể"),
        ),
        (
            "Thủ trưởng các cơ quan được giao chủ trì tại Điều 1:",
            ("Thủ trưởng các cơ quan được giao chủ trì",),
        ),
        ("Cơ quan chủ trì giải quyết thủ tục đầu tư dự án", ("Cơ quan chủ trì giải quyết thủ tục đầu tư dự án",)),
    ],
)
def test_the_agency_of_a_heading(text: str, names: tuple[str, ...]) -> None:
    lead = lead_of_heading(text)
    assert lead is not None
    assert lead.names == names


def test_a_sentence_that_only_announces_the_document_addresses_nobody() -> None:
    assert lead_of_heading("UBND tỉnh ban hành Kế hoạch như sau:") is None
    assert lead_of_list("Thực hiện Nghị quyết số 1, UBND tỉnh ban hành Kế hoạch như sau:") is None


def test_the_addressee_of_a_list_is_the_one_told_last() -> None:
    lead = lead_of_list(
        "Sau khi nghe Sở Nội vụ, Sở Y tế báo cáo, Thường trực Tỉnh ủy yêu cầu các cấp, các ngành thực hiện:"
    )
    assert lead is not None
    assert lead.names == ("các cấp", "các ngành")


def test_partners_are_named_with_phoi_hop_only() -> None:
    assert partners_in("chủ trì, phối hợp với Sở Y tế, Công an tỉnh rà soát")[0] == ("Sở Y tế", "Công an tỉnh")
    assert partners_in("chỉ đạo các đơn vị phối hợp với UBND các xã dọn dẹp")[0] == ()
    assert partners_in("thống nhất với Sở Tài chính, báo cáo UBND tỉnh")[0] == ()
    assert partners_in("phối hợp hỗ trợ các đơn vị triển khai")[0] == ()
