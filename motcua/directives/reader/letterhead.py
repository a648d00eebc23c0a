"""The letterhead: which body issued the document, and how its name is written in a sentence."""

from __future__ import annotations

import re

from motcua.directives.reader.text import squeeze
from motcua.directives.reader.words import CITIES, FIELDS, PROVINCES, rx

KINDS = {
    "THÔNG BÁO KẾT LUẬN": "thong_bao", "THÔNG BÁO": "thong_bao", "BÁO CÁO": "bao_cao", "KẾ HOẠCH": "ke_hoach",
    "CHỈ THỊ": "chi_thi", "QUYẾT ĐỊNH": "quyet_dinh", "NGHỊ QUYẾT": "nghi_quyet", "CÔNG ĐIỆN": "khac",
    "CÔNG ĐIỆN KHẨN": "khac", "CHƯƠNG TRÌNH": "khac", "CHƯƠNG TRÌNH HÀNH ĐỘNG": "khac", "TỜ TRÌNH": "khac",
    "HƯỚNG DẪN": "khac", "KẾT LUẬN": "khac", "BIÊN BẢN": "khac", "ĐỀ ÁN": "khac", "PHƯƠNG ÁN": "khac", "QUY CHẾ": "khac",
    "CÔNG VĂN": "cong_van", "LUẬT": "khac", "PHIẾU CHUYỂN": "khac", "PHIẾU GIAO VIỆC": "khac", "PHIẾU TRÌNH": "khac", "THƯ": "khac",
    "LỆNH": "khac", "QUY ĐỊNH": "khac", "CÔNG ĐIỆN HỎA TỐC": "khac", "NGHỊ ĐỊNH": "khac", "THÔNG TƯ": "khac", "GIẤY MỜI": "khac",
}  # fmt: skip
MOTTO = re.compile(
    r"C[ỘO]NG H[ÒO]A\s+X[ÃA] H[ỘO]I\s+CH[ỦU]\s+NGH[ĨI]A\s+VI[ỆE]T\s+NAM|ĐẢNG\s+CỘNG\s+SẢN\s+VIỆT\s+NAM"
    r"|[Đđ][ộộ]c\s+lập\s*[-–.]?\s*[Tt]ự\s+do\s*[-–.]?\s*[Hh]ạnh\s+phúc|CỘNG HOÀ\s+XÃ HỘI\s+CHỦ NGHĨA\s+VIỆT NAM"
)
DATELINE = rx(
    r"(?<![-/\w])(?P<place>(?:(?:TP|Tp)\.?\s*)?[{A}][{a}]+(?:\s+(?:-\s+)?[{A}][{a}]+){0,4})\s*,\s*ngày\s*(?P<d>\d{0,2}|[….]+)\s*tháng\s*(?P<m>\d{0,2}|[….]+)"
    r"\s*năm\s*(?P<y>\d{4})"
)
BODY_HEAD = re.compile(
    r"^(?:ỦY BAN|UỶ BAN|UBND|HỘI ĐỒNG|HĐND|SỞ|BỘ|VĂN PHÒNG|BAN|BCĐ|TỔNG CỤC|CỤC|CHI CỤC|TỈNH ỦY|TỈNH UỶ|THÀNH ỦY|HUYỆN ỦY|THỊ ỦY|QUẬN ỦY"
    r"|ĐẢNG ỦY|ĐẢNG BỘ|CHÍNH PHỦ|THỦ TƯỚNG|THANH TRA|TRUNG TÂM|TỔ CÔNG TÁC|CÔNG AN|BẢO HIỂM|NGÂN HÀNG|KHO BẠC|PHÒNG|VIỆN|TRƯỜNG"
    r"|TÒA ÁN|MẶT TRẬN|ỦY BAN MẶT TRẬN|HỘI|LIÊN ĐOÀN|ĐOÀN|CHỦ TỊCH|THƯỜNG TRỰC|BAN CHẤP HÀNH)(?!\w)"
)
_NATION = " CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM "
NOISE = re.compile(
    r"^(?:ĐẾN|CÔNG$|VĂN$|Ngày\s*:|Giờ\s*:|Chuyển|Lưu hồ sơ|HỎA TỐC|KHẨN|MẬT|BẢN SAO|DỰ THẢO)\b|\.{4,}|C[ÔO]NG BÁO"
)


def issuer_of(lines: list[str], end: int, number: str | None, place: str | None, body_end: int) -> str | None:
    """The lowest body of the letterhead; without one, what number, signature and closing words tell."""
    bodies = _letterhead(lines, end)
    if bodies:
        return _issuer_name(bodies, place)
    tail = " ".join(lines[body_end : body_end + 40])
    closing = " ".join(lines[max(0, body_end - 12) : body_end])
    where = place or _province(" ".join(lines))
    area = f"{'thành phố' if where in CITIES else 'tỉnh'} {where}" if where else "tỉnh"
    code = re.sub(r"^.*[-/]", "", number or "").upper() if number else ""
    if code.startswith("VP") and "VPCP" in code:
        return "Văn phòng Chính phủ"
    if code.startswith("VP"):
        return f"Văn phòng UBND {area}"
    if code == "TU":
        return f"{'Thành' if where in CITIES else 'Tỉnh'} ủy {where}" if where else None
    if code.startswith("UBND") or re.search(r"T[ML]\. (?:ỦY BAN NHÂN DÂN|UBND|CHỦ TỊCH)", tail):
        return f"UBND {area}"
    match = re.search(
        r"((?:Văn phòng )?(?:UBND|Ủy ban nhân dân) (?:tỉnh|thành phố))(?: [A-ZĐ]\w+ [A-ZĐ]\w+)? (?:xin )?(?:thông báo|kính báo cáo|báo cáo|yêu cầu|đề nghị)",
        closing,
    )
    if match and where:
        return (
            re.sub(r"Ủy ban nhân dân", "UBND", match[1]).rsplit(" ", 1)[0] + f" {area}"
            if "tỉnh" in match[1]
            else f"{match[1]} {where}"
        )
    return None


def _letterhead(lines: list[str], end: int) -> list[str]:
    """The bodies of the letterhead, highest first, in capitals."""
    bodies: list[str] = []
    for line in lines[:end]:
        for part in re.split(r"\s{3,}|\s*\|\s*", MOTTO.sub("   ", line)):
            part = squeeze(part).strip(" *-")
            if re.match(r"S[ốố]\b", part) or DATELINE.search(part) or re.match(r"(?:V/v|Về )", part):
                if bodies:
                    break
                continue
            if (
                not part
                or part.upper() != part
                or not any(one.isalpha() for one in part)
                or NOISE.search(part)
                or "&" in part[:14]
            ):
                continue
            if (
                f" {part.replace('OÀ', 'ÒA')} " in _NATION
                or part in KINDS
                or re.match(r"(?:TT|TRUNG TÂM) (?:CÔNG BÁO|HÀNH CHÍNH CÔNG)", part)
            ):
                continue
            if (
                BODY_HEAD.match(part)
                and not (bodies and re.search(r"(?:\bVÀ|CỦA|,)$", bodies[-1]))
                and not _half(bodies, part)
            ):
                bodies.append(part)
            elif bodies:
                bodies[-1] = f"{bodies[-1]} {part}"
    return bodies


def _half(bodies: list[str], part: str) -> bool:
    """ "VĂN PHÒNG CHÍNH / PHỦ", "VĂN PHÒNG / ỦY BAN NHÂN DÂN": one body on two lines."""
    return (
        bool(bodies)
        and bool(re.fullmatch(r"VĂN PHÒNG|BAN CHỈ ĐẠO|THƯỜNG TRỰC|BAN CHẤP HÀNH|CHỦ TỊCH", bodies[-1]))
        and len(bodies) == 1
    )


def _issuer_name(bodies: list[str], place: str | None) -> str:
    lowest = bodies[-1]
    above = bodies[0] if len(bodies) > 1 else ""
    name = proper_case(lowest)
    province = _province(proper_case(" ".join(bodies))) or place
    area = f"{'thành phố' if province in CITIES else 'tỉnh'} {province}" if province else ""
    if re.fullmatch(r"(?:UBND|HĐND)", name) and area:
        return f"{name} {area}"
    if re.fullmatch(r"Văn phòng", name):
        return f"Văn phòng {proper_case(above)}" if above else name
    if re.search(r" (?:tỉnh|thành phố)$", name) and province:
        return name.rsplit(" ", 1)[0] + f" {area}" if name.endswith("tỉnh") else f"{name} {province}"
    return name


def _province(text: str) -> str | None:
    """The province or city the text speaks of most; an own place after "tỉnh" counts more."""
    folded = text.casefold()
    best, weight = None, 0
    for name in (*CITIES, *PROVINCES):
        low = name.casefold()
        count = folded.count(low) + 2 * len(
            re.findall(rf"(?:chi nhánh|tỉnh|thành phố|ngãi)\s+{re.escape(low)}", folded)
        )
        if count > weight:
            best, weight = name, count
    return best


def proper_case(text: str) -> str:
    """A name in capitals as it is written in a sentence: "UBND tỉnh Đắk Lắk", "Sở Nội vụ"."""
    return evened(re.sub(r"^(?:ỦY BAN NHÂN DÂN|UỶ BAN NHÂN DÂN)", "UBND", text))


def evened(text: str) -> str:
    """The same letters, none added and none lost: capitals only where a sentence has them."""
    if not text.isupper():
        return text
    low = text.lower()
    for field in FIELDS:
        low = re.sub(rf"(?<!\w){re.escape(field.lower())}(?!\w)", field, low)
    for name in (*CITIES, *PROVINCES, "Chính phủ", "Việt Nam", "Mặt trận Tổ quốc"):
        low = re.sub(rf"(?<!\w){re.escape(name.lower())}(?!\w)", name, low)
    for name in ("UBND", "HĐND", "BCĐ", "UBMTTQ"):
        low = re.sub(rf"(?<!\w){name.lower()}(?!\w)", name, low)
    low = re.sub(
        r"(?<!\w)(tỉnh|thành phố|huyện|xã|phường|thị xã|quận)((?: (?!ủy|đoàn|và|số|về)\w+){1,3})$",
        lambda match: match[1] + match[2].title() if match.start() else match[0],
        low,
    )
    return low[0].upper() + low[1:]
