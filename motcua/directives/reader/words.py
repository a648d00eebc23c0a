"""The reader's own dictionaries: fields of departments and ministries, heads of names, verbs, places."""

from __future__ import annotations

import re

CAPITALS = "A-ZĐÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ"
SMALL = "a-z" + CAPITALS[3:].lower()


def rx(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """A compiled pattern in which "{A}" stands for the capital and "{a}" for the small letters of Vietnamese."""
    return re.compile(pattern.replace("{A}", CAPITALS).replace("{a}", SMALL), flags)


FIELDS = [
    "Nội vụ",
    "Tư pháp",
    "Tài chính",
    "Kế hoạch và Đầu tư",
    "Kế hoạch & Đầu tư",
    "Công Thương",
    "Công thương",
    "Nông nghiệp và Phát triển nông thôn",
    "Nông nghiệp và PTNT",
    "Nông nghiệp & PTNT",
    "Nông nghiệp và Môi trường",
    "Giao thông vận tải",
    "Giao thông Vận tải",
    "Giao thông - Vận tải",
    "Giao thông công chính",
    "Xây dựng",
    "Tài nguyên và Môi trường",
    "Tài nguyên & Môi trường",
    "Thông tin và Truyền thông",
    "Thông tin & Truyền thông",
    "Lao động - Thương binh và Xã hội",
    "Lao động, Thương binh và Xã hội",
    "Lao động Thương binh và Xã hội",
    "Lao động – Thương binh và Xã hội",
    "Văn hóa, Thể thao và Du lịch",
    "Văn hoá, Thể thao và Du lịch",
    "Văn hóa - Thể thao và Du lịch",
    "Văn hóa và Thể thao",
    "Văn hoá và Thể thao",
    "Văn hóa, Thể thao",
    "Văn hóa",
    "Du lịch",
    "Khoa học và Công nghệ",
    "Khoa học & Công nghệ",
    "Khoa học, Công nghệ và Môi trường",
    "Giáo dục và Đào tạo",
    "Giáo dục & Đào tạo",
    "Y tế",
    "Ngoại vụ",
    "Dân tộc và Tôn giáo",
    "Quy hoạch - Kiến trúc",
    "Quy hoạch và Kiến trúc",
    "An toàn thực phẩm",
    "Quốc phòng",
    "Công an",
    "Ngoại giao",
    "Dân tộc",
    "Thương mại",
    "Công nghiệp",
    "Thủy sản",
    "KH&ĐT",
    "KHĐT",
    "TT&TT",
    "TTTT",
    "TN&MT",
    "TNMT",
    "NN&PTNT",
    "NNPTNT",
    "NN&MT",
    "NNMT",
    "LĐ-TB&XH",
    "LĐTB&XH",
    "LĐTBXH",
    "VH,TT&DL",
    "VHTT&DL",
    "VHTTDL",
    "VH&TT",
    "KH&CN",
    "KHCN",
    "GD&ĐT",
    "GDĐT",
    "GTVT",
    "TC",
    "XD",
    "NV",
    "YT",
    "DT&TG",
    "DTTG",
    "NgV",
    "GT-VT",
]
FIELDS.sort(key=len, reverse=True)
FIELD = "(?:" + "|".join(re.escape(field) for field in FIELDS) + ")"

CITIES = ("Hà Nội", "Hồ Chí Minh", "Hải Phòng", "Đà Nẵng", "Cần Thơ", "Huế")
PROVINCES = [
    "An Giang",
    "Bà Rịa - Vũng Tàu",
    "Bạc Liêu",
    "Bắc Giang",
    "Bắc Kạn",
    "Bắc Ninh",
    "Bến Tre",
    "Bình Dương",
    "Bình Định",
    "Bình Phước",
    "Bình Thuận",
    "Cà Mau",
    "Cao Bằng",
    "Đắk Lắk",
    "Đắk Nông",
    "Điện Biên",
    "Đồng Nai",
    "Đồng Tháp",
    "Gia Lai",
    "Hà Giang",
    "Hà Nam",
    "Hà Tĩnh",
    "Hải Dương",
    "Hậu Giang",
    "Hòa Bình",
    "Hưng Yên",
    "Khánh Hòa",
    "Kiên Giang",
    "Kon Tum",
    "Lai Châu",
    "Lạng Sơn",
    "Lào Cai",
    "Lâm Đồng",
    "Long An",
    "Nam Định",
    "Nghệ An",
    "Ninh Bình",
    "Ninh Thuận",
    "Phú Thọ",
    "Phú Yên",
    "Quảng Bình",
    "Quảng Nam",
    "Quảng Ngãi",
    "Quảng Ninh",
    "Quảng Trị",
    "Sóc Trăng",
    "Sơn La",
    "Tây Ninh",
    "Thái Bình",
    "Thái Nguyên",
    "Thanh Hóa",
    "Thừa Thiên Huế",
    "Tiền Giang",
    "Trà Vinh",
    "Tuyên Quang",
    "Vĩnh Long",
    "Vĩnh Phúc",
    "Yên Bái",
]

# Verbs and other words that end a name of a body and begin what it has to do.
_STRONG = """chủ trì|chủ động|phối hợp|chịu|có trách nhiệm|có nhiệm vụ|có kế hoạch|có văn bản|có ý kiến|có giải pháp
|có biện pháp|có phương án|có báo cáo|có quyền|có hình thức|có hướng dẫn|có thể|tham mưu|tiếp tục|tiếp nhận|thực hiện
|triển khai|xây dựng|rà soát|chỉ đạo|căn cứ|theo|khẩn trương|nghiên cứu|đẩy mạnh|đẩy nhanh|tăng cường|tập trung
|thường xuyên|hướng dẫn|kiểm tra|giám sát|đôn đốc|theo dõi|tổng hợp|báo cáo|trình|ban hành|đề xuất|bố trí|cân đối
|cung cấp|cập nhật|công bố|công khai|đăng tải|đăng|tuyên truyền|phổ biến|quán triệt|thông báo|định kỳ|kịp thời
|nghiêm túc|quan tâm|phát huy|nâng cao|nâng cấp|hoàn thiện|hoàn thành|hoàn chỉnh|củng cố|kiện toàn|giải quyết|xử lý
|phê duyệt|thẩm định|duy trì|đảm bảo|bảo đảm|hỗ trợ|tạo điều kiện|tạo mọi|phải|cần|sẽ|được|đã|đang|không|chưa|là
|thì|trong quá trình|trong thời|trong tháng|trong quý|trong năm|trong phạm vi|trên cơ sở|trước ngày|trước khi|từ ngày
|từ nay|tại|khi|nếu|để|nhằm|vào cuộc|chuẩn bị|đánh giá|phân công|phân bổ|phân tích|lập|cử|giao|yêu cầu|kiến nghị
|đề nghị|trực tiếp|quyết liệt|sớm|ưu tiên|huy động|vận động|phát động|lồng ghép|đưa|gửi|gắn|lấy|xem xét|xem
|xác định|thống kê|thống nhất|thành lập|tham gia|xuất cấp|điều chỉnh|điều phối|chấn chỉnh|chấp hành|thực thi|nắm
|làm tốt|làm việc|làm rõ|khắc phục|khôi phục|nhanh chóng|tích cực|nỗ lực|quyết tâm|ký kết|ký|tiến hành|thu hút|thu thập
|bàn giao|hình thành|chia sẻ|số hóa|kết nối|tích hợp|chuẩn hóa|khảo sát|điều tra|niêm yết|lắng nghe|giữ vững|tham vấn
|trả lời|lãnh đạo|quyết định|chậm nhất|hằng năm|hàng năm|hằng quý|hàng quý|hằng tháng|hàng tháng|hàng tuần|hằng tuần
|mở rộng|mở|chú trọng|động viên|tính toán|bám sát|sắp xếp|bổ sung|đối chiếu|đối thoại|tháo gỡ|thúc đẩy|khuyến khích
|kiên quyết|tự|đồng thời|cương quyết|siết chặt|hạn chế|ngăn chặn|phòng ngừa|lựa chọn|chọn|tạm dừng|dừng|thu hồi|rút
|chuyển|hoàn tất|nhân rộng|sơ kết|tổng kết|xúc tiến|xin|mời|ứng trực|trực|sẵn sàng|di dời|sơ tán|khoanh vùng
|đấu tranh|truy quét|xóa|cải thiện|cải tạo|cải tiến|cải cách|đơn giản|cắt giảm|khơi thông|giảm|tăng|bảo vệ|vận hành
|rút kinh nghiệm|kiểm điểm|kiểm soát|kiểm kê|soát xét|tiếp thu|giải trình|góp ý|tham khảo|tổ chức|hoạt động|cam kết
|nhận thức|đổi mới|điều hành|sử dụng|khai thác|ứng dụng|đầu tư|đào tạo|bồi dưỡng|tập huấn|quy định|công tác|cùng với
|vận dụng|cấp phát|cấp kinh phí|cấp bổ sung|mua sắm|tiếp cận|tiếp xúc|tiếp công dân|thí điểm|thanh toán|giải ngân
|quyết toán|đền bù|bồi thường|giải phóng mặt bằng|thông tin|truyền thông|in ấn|phát hành|phát hiện|phát triển
|đăng ký|đấu mối|làm đầu mối|làm cơ quan|hợp tác|chấm dứt|chấm điểm|nghiêm cấm|dự thảo|soạn thảo|tự giác|gương mẫu
|cảnh báo|khoanh nuôi|đấu thầu|thẩm tra|nhắc nhở|khởi công|giám định|phân cấp|ủy quyền|phản ánh|phản hồi|kê khai|kết hợp
|bình ổn|điều tiết|dự trữ|dự báo|khen thưởng|tôn vinh|xử phạt|truy cứu|đình chỉ|giải thể|sáp nhập|hợp nhất|gia hạn|bổ nhiệm
|luân chuyển|tuyển dụng|tinh giản|học tập|tìm kiếm|cứu hộ|cứu trợ|đón tiếp|khử khuẩn|xét nghiệm|tiêm|khám|điều trị|quan trắc
|cắm mốc|thu gom|vận chuyển|lưu trữ|lưu giữ|bảo quản|bảo dưỡng|bảo trì|chốt|kiến tạo|thả|gieo|nạo vét|khơi|tưới|tích nước
|xả lũ|đình hoãn|tạm hoãn|miễn giảm|cung ứng|niêm phong|tịch thu|tiêu hủy|giới thiệu|quảng bá|trưng bày|biên soạn|biên tập
|in|dịch|ghi nhận đầy đủ|tra cứu|xác nhận|chứng thực|công chứng|cấp phép|cấp giấy|cấp mới|cấp đổi|sao lưu|phục hồi|khóa|mở khóa
|hoãn|đối soát|xác minh|đánh số|tuần tra|canh gác|giao nộp|kêu gọi|cho học sinh|cho phép|chi trả|miễn|nhập|tích cực
|tiếp thu|xem|giải đáp|rút ngắn|cắt giảm|quyên góp|vệ sinh|khoanh|phân loại|phân luồng|tổng rà soát|đồng bộ|liên thông|tái cấu trúc
|tạo thuận lợi|tạo lập|tạo nguồn|tạo sự|tạo bước|tạo chuyển biến|tạo môi trường|tạo quỹ|cụ thể hóa|cụ thể hoá|thể chế hóa|ra quân
|trang bị|lắp đặt|thiết lập|đề ra|đề cao|trích lập|tuân thủ|ứng phó|xác lập|xếp loại|xét duyệt|nghiệm thu|nhận diện|ngăn ngừa|phúc tra
|tháo dỡ|tổng kiểm tra|tổng điều tra|triệt để|tạm ứng|thăm hỏi|chăm lo|viết|chấp thuận|khử trùng|truy xuất|truy vết|đóng góp|đề cử|vinh danh
|khuyến cáo|kích hoạt|quản lý chặt|quản lý tốt|cắt tỉa|hoàn trả|thể hiện|rút gọn|áp dụng|bám nắm|bài trừ|mua|trồng mới|tái lập|xây lắp
|ra soát|chỉnh lý|trao đổi|liên hệ|hiệp đồng|bố cục|thay thế|sửa chữa|tu sửa|gia cố|trồng|phủ sóng|khánh thành"""
STRONG = tuple(sorted({word.strip() for word in _STRONG.replace("\n", "").split("|")}, key=len, reverse=True))
# Verbs that may also describe a group ("các đơn vị quản lý …"): they end only a proper name.
WEAK = ("quản lý", "kinh doanh", "cấp", "thanh tra", "nộp", "thu", "chi", "bán", "đi", "dự", "họp", "giúp", "thuê")
DEFINING = frozenset(
    ["chủ trì", "phối hợp", "đầu mối", "chủ quản", "thường trực", "tham mưu", "chủ đầu tư", "thanh tra", "kiểm tra"]
)
# After a name these words tell what is, not what must be done.
NOT_DIRECTIVE = re.compile(
    r"(?:đã|chưa|vẫn|còn|là cơ sở|ghi nhận|đánh giá cao|biểu dương|thống nhất|đồng ý|cơ bản|nhất trí|kết luận|nhận thấy"
    r"|cũng|và|của|như|bước đầu|thông báo|ban hành Kế hoạch|ban hành Chỉ thị|kính báo cáo|xin|trân trọng báo cáo"
    r"|họp định kỳ|họp thường kỳ|trân trọng thông báo|không đồng ý|chưa đồng ý|không thống nhất|hoan nghênh|chia sẻ với)\b"
)
TRIGGER = (
    r"(?:(?:[Kk]ính |[Tt]rân trọng |[Tt]hống nhất |[Đđ]ồng ý |[Tt]hống nhất chủ trương |[Tt]iếp tục |[Xx]in )?"
    r"(?:[Gg]iao(?: trách nhiệm| nhiệm vụ)?(?: cho)?|[Yy]êu cầu(?: đối với)?|[Đđ]ề nghị(?: với)?|[Kk]iến nghị(?: với)?"
    r"|[Pp]hân công|[Uu]ỷ quyền cho|[Ủủ]y quyền cho|[Nn]hắc nhở|[Cc]hỉ định|chỉ thị(?: cho)?|[Gg]iao cho|[Đđ]ôn đốc"
    r"|Chuyển(?: đến| cho)?(?=\s[^.;:]{4,160}?(?:chủ trì|nghiên cứu|xem xét|tham mưu|giải quyết|xử lý))))\s+"
)
PREPOSITIONS = [
    "Trên cơ sở",
    "Đối với",
    "Về",
    "Để",
    "Nhằm",
    "Căn cứ",
    "Trước",
    "Trong",
    "Chậm nhất",
    "Từ",
    "Sau",
    "Theo",
    "Đồng thời",
    "Ngoài ra",
    "Riêng",
    "Bên cạnh",
    "Do đó",
    "Do vậy",
    "Vì vậy",
    "Khi",
    "Trường hợp",
    "(?:Tiếp tục )?(?:Thực hiện",
    "Triển khai) (?:chỉ đạo",
    "ý kiến",
    "Kế hoạch",
    "Quyết định",
    "Nghị quyết",
    "Công văn",
    "Chỉ thị",
    "Kết luận",
    "Thông báo)",
    "Xét",
    "Qua",
    "Cùng với",
    "(?:Định kỳ )?(?:Hằng",
    "Hàng)",
    "Định kỳ,",
    "Đến",
    "Vào",
    "Ngay",
    "Tiếp theo",
    "Với",
    "Nếu",
    "Trong đó",
    "Tại",
    "Hiện nay",
    "Mặt khác",
    "Thời gian tới",
    "Tiếp thu",
    "Nay",
    "Liên quan",
    "Do",
    "Như vậy",
    "Kể từ",
]
PREPOSITION = re.compile(r"(?:" + "|".join(PREPOSITIONS) + r")\b", re.IGNORECASE)
