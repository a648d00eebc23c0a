"""What kind of part a paragraph is: a heading, a part without tasks, a closing formula, a consent."""

from __future__ import annotations

import re

_EXCLUDED = re.compile(
    r"(?:về )?(?:đánh giá|nhận xét|kết quả|một số kết quả|những kết quả|tình hình|mục đích|quan điểm|mục tiêu|phạm vi|đối tượng|nguyên nhân|tồn tại"
    r"|những tồn tại|hạn chế|những hạn chế|một số hạn chế|khó khăn|thực trạng|sự cần thiết|căn cứ|bối cảnh|kinh phí|nguồn kinh phí|chỉ tiêu|khái quát"
    r"|thời gian|thành phần|nguyên tắc|phương châm|tổng quan|ưu điểm|cơ sở|đặc điểm|dự báo|bài học|nguồn lực|kết luận chung|tài liệu|phần mở đầu|các chỉ tiêu|nội dung (?:các )?báo cáo"
    r"|(?:các )?ý kiến (?:thảo luận|phát biểu|tham gia|trao đổi|của các)|(?:phần )?thảo luận|phát biểu|diễn biến)"
    r"(?!\w)",
    re.IGNORECASE,
)
_DEMANDS = re.compile(r"yêu cầu(?: chung)?(?:,? (?:quan điểm|mục tiêu))?\s*[:.]?$", re.IGNORECASE)
_CLOSING = re.compile(
    r"(?:Trên đây là|Nay (?:xin )?(?:thông báo|báo cáo)|Căn cứ ý kiến kết luận|Nhận được (?:Công văn|Công điện|Chỉ thị|Kế hoạch|văn bản|Thông báo)"
    r"|(?:Chỉ thị|Kế hoạch|Quyết định|Nghị quyết|Thông báo|Công văn|Công điện|Kết luận|Hướng dẫn|Chương trình(?: hành động)?) này (?:có hiệu lực|thay thế|được)"
    r"|(?:Trong )?[Qq]uá trình (?:triển khai|tổ chức|thực hiện)|Rất mong|Trân trọng|Xin trân trọng|Nếu có (?:khó khăn|vướng mắc|vấn đề)"
    r"|(?:(?:Thừa lệnh|Theo (?:chỉ đạo|ý kiến) của) [^,]{3,60}, )?(?:Văn phòng|UBND|[ỦU]ỷ ban nhân dân|Ủy ban nhân dân|Thường trực|Ban Chỉ đạo|Tỉnh ủy|Chủ tịch)[^,.;:]{0,60}"
    r"(?:xin |kính |trân trọng )*(?:thông báo|kính báo cáo|báo cáo Chủ tịch|báo cáo UBND|báo cáo đến)"
    r"|Thông báo (?:này )?(?:để|đến) )"
)
_OBEY = re.compile(
    r"(?:nghiêm túc|nghiêm|tổ chức)?\s*(?:tổ chức\s+)?(?:triển khai|thực hiện|triển khai thực hiện|tổ chức thực hiện)?\s*(?:nghiêm túc|nghiêm|tốt|có hiệu quả)?\s*(?:các )?"
    r"(?:nội dung|Chỉ thị|Kế hoạch|Công điện|Thông báo|Nghị quyết|Công văn|Quyết định|văn bản|ý kiến|kết luận)(?: chỉ đạo| kết luận)?(?: này| trên| nêu trên| nói trên)"
    r"(?:\s*(?:của|theo|đảm bảo|bảo đảm)[^.;]{0,60})?\s*[./]*$"
)
_OBEY_ALL = re.compile(
    r"(?:[^,.;:]{0,60} )?(?:[Yy]êu cầu|[Đđ]ề nghị) .{4,200} (?:nghiêm túc|khẩn trương|tổ chức|triển khai)"
    r"(?:,? tổ chức|,? triển khai)*,? thực hiện(?: nghiêm túc| nghiêm)?[./]*$"
)
_WATCHES = re.compile(r"(?:giám sát|đôn đốc|kiểm tra|theo dõi|tuyên truyền|phổ biến)[^.;]{0,40}(?:thực hiện|nội dung)")
_STOP = re.compile(r"(?<=\w\.)\s+(?=[A-ZĐ])")
_CARRIES_OUT = re.compile(
    r"[\s,]*(?:(?:theo|căn cứ) chức năng,? nhiệm vụ(?: được giao)?,?\s*)?(?:có trách nhiệm\s*)?(?:nghiêm túc\s*)?(?:tổ chức|triển khai)?,?\s*thực hiện"
    r"(?: nghiêm túc| nghiêm| có hiệu quả)?(?: các nội dung)?(?: của| tại)?\s*(?:Chỉ thị|Kế hoạch|Quyết định|Nghị quyết|Thông báo|Công văn|Công điện) này\s*\.?"
)
_RECITAL = re.compile(
    r"(?:Căn cứ |Theo đề nghị |Xét (?:đề nghị|Tờ trình)|Xét thấy|Trên cơ sở ý kiến biểu quyết)[^:]*[;.]?$"
)
_CONSENT = re.compile(
    r"(?:Cơ bản )?(?:[Tt]hống nhất|[Đđ]ồng ý|[Nn]hất trí)(?: (?:với|chủ trương|theo|nội dung|đề xuất|phương án|về chủ trương|về nguyên tắc|cho|điều chỉnh|danh mục|bổ sung|dừng))"
    r"|(?:Không|Chưa) (?:đồng ý|thống nhất|xem xét|chấp thuận|bố trí)|Ghi nhận|Biểu dương|Đánh giá cao|Hoan nghênh|Chấp thuận|Phê bình|Kết luận|Khuyến khích"
)
_TROUBLE = re.compile(
    r"(?:khó khăn|vướng mắc|phát sinh|vấn đề)[^.]*(?:phản ánh|báo cáo|gửi|đề xuất|liên hệ|thông tin|kiến nghị)"
)


def excluded(heading: str) -> bool:
    """A part that tells aims, results or money, and gives no tasks."""
    text = heading.strip(" :.")
    return bool(_EXCLUDED.match(text) or _DEMANDS.match(text))


def about_money(heading: str) -> bool:
    """A part on funding: a named department may still be told to provide it."""
    return bool(re.match(r"(?:về )?(?:nguồn )?(?:kinh phí|nguồn lực)", heading.strip(), re.IGNORECASE))


def closing(text: str, *, marked: bool, listed: bool = False) -> bool:
    """A closing formula ("Trên đây là …", "Yêu cầu … thực hiện nghiêm túc Chỉ thị này")."""
    if not marked and (_CLOSING.match(text) or (_RECITAL.match(text) and not listed and len(text) < 400)):
        return True
    if re.search(
        r"(?:chịu trách nhiệm |có trách nhiệm )?thi hành (?:Quyết định|Nghị quyết|Chỉ thị) này", text
    ) or re.match(r"(?:Quyết định|Nghị quyết) này|(?:Chỉ thị|Kế hoạch|Công điện) này (?:có hiệu lực|thay thế)", text):
        return True
    if re.match(
        r"(?:Trong )?[Qq]uá trình (?:triển khai|tổ chức|thực hiện)|Nếu (?:có )?(?:khó khăn|vướng mắc|phát sinh)", text
    ) and _TROUBLE.search(text):
        return True
    if _only_obey(text) or (not marked and len(text) < 250 and _OBEY_ALL.match(text)):
        return True
    if not marked and len(parts := _STOP.split(text)) > 1 and all(closing(part, marked=False) for part in parts):
        return True
    return (
        len(text) < (330 if not marked else 230)
        and bool(_OBEY.search(text))
        and not _WATCHES.search(text)
        and bool(re.match(r"(?:[^,.;:]{0,60} )?(?:[Yy]êu cầu|[Đđ]ề nghị)|Căn cứ", text))
    )


def _only_obey(text: str) -> bool:
    """A request to carry out the document, with the standing request to report difficulties behind it."""
    kept = [part for part in re.split(r"[;.]\s+", text) if not (part[:1] and trouble(part[:1].upper() + part[1:]))]
    if len(kept) != 1 or len(text) <= len(kept[0]) + 2:
        return False
    asks = re.match(r"(?:[^,.;:]{0,60} )?(?:[Yy]êu cầu|[Đđ]ề nghị)", kept[0])
    return bool(_OBEY_ALL.match(kept[0]) or (asks and _OBEY.search(kept[0])))


def granted(text: str) -> bool:
    """A consent to what was proposed, whoever the list addresses."""
    return bool(_GRANTED.match(text))


_GRANTED = re.compile(
    r"(?:Cơ bản )?(?:[Tt]hống nhất|[Đđ]ồng ý|[Nn]hất trí) (?:về )?(?:chủ trương|với (?:đề xuất|đề nghị|kiến nghị|nội dung|ý kiến))"
)


def consent(text: str) -> bool:
    """A consent, a refusal or a praise: nobody is told to act."""
    return bool(_CONSENT.match(text))


def carries_out(rest: str) -> bool:
    """Whether all that a name is told is to carry out the document it stands in."""
    return bool(_CARRIES_OUT.fullmatch(rest))


def permission(text: str) -> bool:
    """What may be done, and need not be."""
    return bool(re.match(r"Được (?:phép|quyền)(?!\w)", text))


def detail(text: str) -> bool:
    """A paragraph that only says how or by when what stands before it is done ("Việc giảm lãi suất áp dụng đối với …")."""
    return bool(re.match(r"Việc \w", text))


def trouble(sentence: str) -> bool:
    """The standing request to report difficulties."""
    return bool(re.match(r"(?:Trong )?[Qq]uá trình|Nếu ", sentence) and _TROUBLE.search(sentence))
