"""What a name of a body looks like: its head words, what may follow them, and the verbs that end it."""

from __future__ import annotations

import re

from motcua.directives.reader.words import CAPITALS as CAP
from motcua.directives.reader.words import CITIES, FIELD, PROVINCES, STRONG, WEAK, rx

_UNIT = r"(?:[Tt]ỉnh|[Tt]hành phố|TP\.?|[Hh]uyện|[Qq]uận|[Tt]hị xã|[Tt]hị trấn|[Xx]ã|[Pp]hường|[Đđ]ặc khu)"
_PERSON = (
    r"(?:[Tt]hủ trưởng|[Nn]gười đứng đầu|(?:[Pp]hó )?[Cc]hủ tịch|Phó Thủ tướng(?: Chính phủ)?|(?:[Tt]ổng |[Pp]hó )?[Gg]iám đốc|[Cc]hánh [Vv]ăn phòng"
    r"|[Cc]hánh [Tt]hanh tra|(?:Thứ|Bộ|Cục|Viện|Chi cục) trưởng|(?:các )?Bộ trưởng|(?:[Pp]hó )?[Bb]í thư"
    r"|[Tt]rưởng (?:các (?=[Bb]an|[Pp]hòng|thôn|ấp|bản|khóm|buôn|khu|tổ)|[Bb]an|[Pp]hòng|[Cc]ông an|[Đđ]oàn|thôn|ấp|bản|khóm|buôn|khu phố|khu dân cư|tổ dân phố)|[Tt]ổ trưởng (?=[Tt]ổ|các|dân)|[Cc]hủ nhiệm|[Tt]hống đốc|Tổng Thanh tra|[Cc]hỉ huy trưởng"
    r"|[Tt]hành viên|(?:[Đđ]ồng chí|[Đđ]/c|[Ôô]ng|[Bb]à) (?=[{A}]))"
)
_PROPER = (
    r"(?:Sở (?=[{A}&])|Bộ (?:Chỉ huy|Tư lệnh|Chính trị|CHQS|Tham mưu)|Bộ (?={FIELD})"
    r"|(?:UBND|[ỦU]ỷ ban|Ủy ban|HĐND|Hội đồng|UBMTTQ\w*|MTTQ|Mặt trận Tổ quốc)(?![\w])"
    r"|Văn phòng(?! phẩm)|Ban (?:[Qq]uản lý|[Cc]án sự|[Cc]hỉ đạo|[Cc]hỉ huy|[Gg]iám đốc|[Tt]hường (?:vụ|trực)|QLDA)"
    r"|Ban (?=[{A}])|BCĐ|BQL|(?:Tổng cục|Chi cục|Cục|Vụ|Viện|Học viện|Phòng|Chi nhánh|Trường|Khoa) (?=[{A}])"
    r"|Công an|Thanh tra (?=[{A}]|tỉnh|thành phố|các|sở|bộ|huyện)|Thuế (?=tỉnh|thành|[{A}])|Kho bạc|Bảo hiểm [Xx]ã hội|BHXH|Ngân hàng|Bưu điện|Báo (?=và|[{A}])"
    r"|Đài (?=[{A}])|Trung tâm|Cổng [Tt]hông tin|Tổng [Cc]ông ty|Tập đoàn|Công ty|Liên minh|Liên đoàn|Hiệp hội"
    r"|Tòa án|Toà án|Viện [Kk]iểm sát|Quỹ(?! đất)|Điện lực|Viễn thông (?=[{A}])|Hải quan|Kiểm toán (?=[Nn]hà nước|khu vực)|Quân khu|Thông tấn xã"
    r"|Đại học|Bệnh viện|Trạm (?=[{A}])|Hội (?!nghị|thảo|trường|đồng)(?=[{A}])|Đoàn (?=[{A}]|thanh niên|kiểm tra|công tác)"
    r"|Tỉnh đoàn|Thành đoàn|(?:Tỉnh|Thành|Huyện|Thị|Quận|Đảng) [ủu][yỷ]|Tỉnh uỷ|Thành uỷ|Thường trực (?=[{A}])"
    r"|Tổ (?:[Cc]ông tác|[Gg]iúp việc|[Tt]hư ký|[Cc]ông nghệ|[Bb]iên tập)|Chính phủ|Thủ tướng|Quốc hội|Đảng bộ"
    r"|Bộ phận (?!Một cửa)(?=[{A}])|Cơ quan [Tt]hường trực|Đội |Hạt [Kk]iểm lâm|Vườn [Qq]uốc gia|VNPT|Viettel|EVN|VCCI|MobiFone|Tổ [Đđ]ại biểu|[Đđ]ại biểu (?=Hội đồng nhân dân|HĐND|Quốc hội))"
)
_GROUP = (
    r"(?:(?!ban hành|báo cáo|báo hiệu|báo động|trường hợp|tổ chức (?:triển|thực|rà|kiểm|họp|hội nghị|các|lớp|tập|tuyên|đánh|lấy|thẩm|quán|giám|theo|sơ|tổng)"
    r"|hội nghị|hội thảo|bộ phận|bộ chỉ số|bộ tiêu chí|bộ máy|đội ngũ|quỹ đất|khối lượng|trung tâm của|đài thọ|cục bộ|vụ việc|vụ án|vụ mùa|cấp (?:phát|kinh|giấy|bổ)"
    r"|phòng,? chống|phòng ngừa|viện trợ|báo chí|hộ khẩu|hộ nghèo|tổ quốc|ngành nghề|ngành hàng|văn phòng phẩm|hội nhập)"
    r"(?:cơ quan|đơn vị|địa phương|sở|ban|ngành|bộ|đoàn thể|hội|cấp|cấp ủy|cấp uỷ|chính quyền|tổ chức|doanh nghiệp"
    r"|lực lượng|thành viên|đồng chí|tập đoàn|tổng công ty|công ty|ngân hàng|trường|chủ đầu tư|ban quản lý|trung tâm|phòng"
    r"|bệnh viện|trạm y tế|đại học|trường học|cục|vụ|viện|hợp tác xã|hiệp hội|đảng ủy|đảng bộ|chi bộ|hội đồng|ủy ban|nhà thầu|quý cơ quan|tổ công tác|ban chỉ đạo"
    r"|mặt trận|toàn hệ thống chính trị|hệ thống chính trị|toàn ngành|người đứng đầu|thủ trưởng|chủ tịch|giám đốc"
    r"|cơ sở giáo dục|cơ sở y tế|cơ sở khám|nhà trường|cộng đồng doanh nghiệp|sàn|chi cục|tổng cục|công an|văn phòng"
    r"|chủ rừng|tư vấn giám sát|đơn vị thi công|khu|báo|đài|học viện|quỹ|liên minh|hộ|khối|đội|tổ|cơ sở đào tạo|ban ngành|chủ hồ))(?![\w])"
)
_ARTICLE = r"(?:[Cc]ác|[Tt]ất cả các|[Tt]oàn thể|[Tt]oàn bộ|[Mm]ọi|[Tt]ừng|[Mm]ột số|[Nn]hững|[Tt]oàn)"
PERSON = rx(_PERSON)
PROPER = rx(_PROPER.replace("{FIELD}", FIELD))
GROUP = re.compile(_GROUP, re.IGNORECASE)
UNIT = re.compile(_UNIT + r"(?!\w)")
PLACE = rx(r"(?:[Tt]ỉnh|[Tt]hành phố|TP\.?|[Hh]uyện|[Qq]uận|[Tt]hị xã|[Xx]ã|[Pp]hường)(?= [{A}])")
ARTICLE = re.compile(_ARTICLE + r"(?= )")
KNOWN = re.compile(
    rf"(?:(?:[Cc]ác )?[Ss]ở|(?:[Cc]ác )?Bộ|Bộ trưởng Bộ|Giám đốc Sở) {FIELD}(?![\w])"
    r"|Báo và [Pp]hát thanh,? (?:và )?[Tt]ruyền hình|Báo và Đài [Pp]hát thanh(?:,| và| -) [Tt]ruyền hình"
    r"|Đài [Pp]hát thanh(?: và|,| -| –) [Tt]ruyền hình|Báo,? Đài [Pp]hát thanh(?: và|,) [Tt]ruyền hình"
    r"|Hội đồng nhân dân và (?:Ủy|Uỷ) ban nhân dân|HĐND và UBND|HĐND, UBND"
    r"|(?:Ủy|Uỷ) ban (?:Trung ương )?(?:Mặt trận Tổ quốc|MTTQ)(?: Việt Nam)?"
    r"|Văn phòng (?:HĐND|Đoàn ĐBQH|Đoàn đại biểu Quốc hội)(?:,| và) (?:Đoàn ĐBQH và )?HĐND"
    r"|Ban [Qq]uản lý (?:các )?[Kk]hu (?:chế xuất và công nghiệp|công nghiệp và chế xuất|kinh tế và các khu công nghiệp)"
    rf"(?: [{CAP}]\w+)*"
    r"|Phòng Thương mại và Công nghiệp|(?:Văn phòng|Chi nhánh Văn phòng|Phòng) [Đđ]ăng ký (?:đất đai|kinh doanh|quyền sử dụng đất)"
)
PLACES = "|".join(re.escape(name) for name in (*CITIES, *PROVINCES))
PEOPLE = re.compile(
    r"(?:cán bộ|công chức|viên chức|người lao động|đảng viên|nhân dân|người dân|cá nhân|hộ gia đình|chuyên viên|nhà đầu tư)",
    re.IGNORECASE,
)
_VERB = re.compile("(?:" + "|".join(re.escape(word) for word in STRONG) + r")(?!\w)")
_WEAK_VERB = re.compile("(?:" + "|".join(WEAK) + r")(?!\w)")
_NOUN_USE = re.compile(
    r"tổ chức(?=\s*(?:$|[,;.:)]|và |chính trị|đảng|xã hội|liên quan|có liên quan|đoàn thể|thành viên|tín dụng|hội"
    r"|cá nhân|trên|khoa học|kinh tế|sự nghiệp|quốc tế|hành nghề|công đoàn|cơ sở|khác|quần chúng|tôn giáo|nước ngoài"
    r"|quản lý|được|có |phát hành))"
    r"|trực(?= thuộc)|cấp(?= (?:tỉnh|huyện|xã|thành phố|cơ sở|trên|dưới|ủy|uỷ|thẩm quyền|có thẩm|sở|bộ|trung ương|quận))"
    r"|giao(?= thông)|xem(?= truyền)|lập(?= pháp)|bảo vệ(?= thực vật| môi trường)|công tác(?= xã hội)|đăng ký(?= đất đai| kinh doanh)"
    r"|ứng dụng(?= [Cc]ông nghệ cao)|thu(?= (?:phí|thuế))|chi(?= nhánh| cục| bộ)|đầu tư(?= (?:xây dựng|và xúc|phát triển|công))"
    r"|thông tin(?= điện tử| đại chúng| báo chí)|truyền thông(?= đại chúng)|công tác(?= (?:của|liên|số|cải|phi|triển|Đề|Chỉ))"
)
SEPARATOR = re.compile(r"\s*(?:[,;]\s*(?:và\s+|cùng\s+)?|\s(?:và|cùng|hoặc|/)\s+)")
QUALIFY = re.compile(
    r"(?:(?:có )?liên quan(?: khác)?|có tên(?: (?:nêu|nói) trên| trong danh sách(?: kèm theo)?| tại [Pp]hụ lục(?: kèm theo)?)|khu vực|chức năng|chuyên môn|trực thuộc(?: [Tt]rung ương)?|khác|(?:nêu|nói) trên|[Tt]rung ương|địa phương|cấp (?:tỉnh|huyện|xã|thành phố|cơ sở"
    r"|trên|dưới|ủy|uỷ|sở|bộ|phòng)|các cấp|ngang [Bb]ộ|[Nn]hà nước|quản lý nhà nước|hành chính(?: nhà nước)?|sự nghiệp|công lập|[Đđ]ảng|chính quyền"
    r"|chính trị(?: -)?(?: xã hội)?|xã hội(?: - nghề nghiệp)?|thương mại|thông tấn(?:, báo chí)?|báo chí|chi nhánh|viễn thông|bưu chính|tín dụng|kinh tế|thành viên|ven biển|miền núi"
    r"|tuyến (?:tỉnh|huyện|xã)|tư nhân|nhỏ và vừa|[Kk]iểm lâm|vũ trang|y tế|giáo dục|chủ quản|thường trực|đầu mối|phổ thông|mầm non|doanh nghiệp"
    r"|điện lực|cấp nước(?: sạch)?|xăng dầu|đoàn thể|ủy|uỷ|ban|ngành hàng|ngành nghề|ngành|trọng điểm|[Cc]ông an|quân đội|tư pháp|nội chính|tham mưu(?:, giúp việc)?|giúp việc|chuyên trách"
    r"|cơ sở|dân cử|biên phòng|nước ngoài|khoa học|công nghệ(?: thông tin)?|số|vận tải|du lịch|tỉnh|thành phố|xã|phường|huyện|đặc khu|hệ thống|chính sách"
    r"|có (?:dự án|công trình|rừng|tuyến|mỏ|biển|tàu cá)(?: đi qua)?|chuyên ngành|quần chúng|tôn giáo|môi trường|văn hóa|thể thao|nông nghiệp|nông thôn|thủy lợi|đường sắt|hàng không|thuế|hải quan|kho bạc|dự án|rừng"
    r"|đội|nhân dân|[Nn]hân dân|lực lượng|sản xuất|đô thị|trong tỉnh|quản lý (?:dự án|đầu tư|quy hoạch|chuyên ngành|thuế|thị trường))(?!\w)"
)
BELONGS_TO = re.compile(
    r"(?:của|thuộc|trên địa bàn|ở|đóng trên địa bàn|đứng chân trên địa bàn|tại địa phương|trong)(?!\w)"
)
# These verbs may stand inside a name behind such heads ("Ban Chỉ đạo cải cách hành chính").
BUSY_HEAD = re.compile(
    r"(?:Ban (?:[Cc]hỉ đạo|[Qq]uản lý|[Cc]hỉ huy)|BCĐ|BQL|Tổ (?:công tác|Công tác|giúp việc|Giúp việc)|Văn phòng [Đđ]iều phối|Trung tâm|Quỹ|Hội đồng"
    r"|(?:Chi cục|Cục|Phòng|Vụ) (?=[A-ZĐ])|Đoàn |Công ty|Tổng công ty)"
)
IN_NAMES = re.compile(
    r"(?:cải cách|chuyển|nâng cao|triển khai|điều phối|xúc tiến|đầu tư|xây dựng|giải phóng|phát triển|quản lý|khai thác|kiểm soát|ứng dụng|hỗ trợ|đào tạo|bồi dưỡng"
    r"|bảo vệ|bảo đảm|kiểm định|chỉ đạo|điều hành|cung cấp|cấp|phòng|giám sát|thu|thẩm định|tổ chức|đăng ký|kiểm tra|đổi mới|thực hiện|huy động)(?!\w)"
)
UNIT_WORD = re.compile(
    r"(?:Việt Nam|[Nn]hà nước|tỉnh|thành phố|huyện|quận|thị xã|thị trấn|xã|phường|đặc khu|cấp tỉnh|cấp xã|cấp huyện|"
    + "|".join((*CITIES, *PROVINCES))
    + r")\s*$"
)
MAX_WORDS = 16


def verb_at(text: str, at: int, *, weak: bool = False) -> bool:
    """Whether a verb of duty stands at this place (the noun "tổ chức" is not one)."""
    if text.startswith("trình", at) and re.search(
        r"(?:công|chương|quy|lộ|quá|truyền) $", text[max(0, at - 8) : at].lower()
    ):
        return False
    if _NOUN_USE.match(text, at) or (text.startswith("thông tin", at) and text[:at].endswith("ông nghệ ")):
        return False
    return bool(_VERB.match(text, at) or (weak and _WEAK_VERB.match(text, at)))


def head_at(text: str, at: int) -> str:
    """The kind of name that begins here: proper, person, group, unit, place or nothing."""
    if KNOWN.match(text, at) or PROPER.match(text, at):
        return "proper"
    if PERSON.match(text, at) and not re.match(r"[Cc]hủ tịch nước", text[at : at + 14]):
        return "person"
    article = ARTICLE.match(text, at)
    if article:
        inner = article.end() + 1
        kind = head_at(text, inner) if inner < len(text) else ""
        return {"person": "person", "proper": "group", "group": "group", "unit": "group", "place": "group"}.get(
            kind, ""
        )
    if PLACE.match(text, at):
        return "place"
    if UNIT.match(text, at):
        return "unit"
    group = GROUP.match(text, at)
    if group and not (group[0].lower() == "tổ chức" and not _NOUN_USE.match(text[at : at + 60].lower())):
        return "group"
    return ""
