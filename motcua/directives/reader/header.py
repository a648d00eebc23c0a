"""The facts of the letterhead, the title, the dateline and the signature."""

from __future__ import annotations

import re
from dataclasses import dataclass

from motcua.directives.reader.deadlines import iso
from motcua.directives.reader.letterhead import BODY_HEAD, DATELINE, KINDS, MOTTO, NOISE, issuer_of
from motcua.directives.reader.model import Header, Reference
from motcua.directives.reader.text import MARKER, squeeze, strip_marks
from motcua.directives.reader.words import CITIES, PROVINCES, rx

_CODES = {
    "TB": "thong_bao", "TBKL": "thong_bao", "BC": "bao_cao", "KH": "ke_hoach", "CT": "chi_thi", "QĐ": "quyet_dinh",
    "NQ": "nghi_quyet", "CĐ": "khac", "CV": "cong_van", "TTR": "khac", "KL": "khac", "HD": "khac", "BB": "khac", "PC": "khac", "CTR": "khac",
}  # fmt: skip
_NUMBER = re.compile(
    r"S[ốố]\s*:?\s*(?P<n>\d{1,5}[A-Za-z]?)\s*(?P<rest>(?:/\s*\d{4}\s*)?[-/]\s*(?:\d{4}\s*/\s*)?[A-ZĐ][A-ZĐa-zđƯưƠơÔôÂâ&.\d]*"
    r"(?:\s?[-/–.]\s?[A-ZĐ][A-ZĐa-zđƯưƠơÔôÂâ&.\d]*)*)"
)
_TYPE = (
    r"(?:Nghị quyết|Quyết định|Chỉ thị|Kế hoạch|Thông báo|Công văn|Công điện|Nghị định|Thông tư(?: liên tịch)?|Kết luận|Báo cáo"
    r"|Tờ trình|Chương trình|Hướng dẫn|Luật|Quy định|Văn bản|Pháp lệnh|Đề án|Quy chế|Thông tri)"
)
_CITED = re.compile(
    r"(?<![\w/.-])(?P<n>\d{1,5}[A-Za-z]?(?:\s?/\s?\d{4})?\s?(?:/|-)\s?[A-ZĐ][A-ZĐa-zđƯưƠơ&.\d]*(?:\s?[-/]\s?[A-ZĐ][A-ZĐƯƠa-zđ&.\d]*)*)"
    r"(?P<date>[,)]?\s*(?:ngày\s+)?(?:(?P<d>\d{1,2})\s*[/.\-]\s*(?P<m>\d{1,2})\s*[/.\-]\s*(?P<y>\d{4})"
    r"|(?P<d2>\d{1,2})\s+tháng\s+(?P<m2>\d{1,2})\s+năm\s+(?P<y2>\d{4})))?"
)
_ROLE = re.compile(
    r"^(?:(?:KT|TM|TL|TUQ|T/M|T/L|K/T|Q)\.|(?:PHÓ |QUYỀN |Q\. )?(?:CHỦ TỊCH|GIÁM ĐỐC|BÍ THƯ|CHÁNH VĂN PHÒNG|CHÁNH THANH TRA|BỘ TRƯỞNG"
    r"|CHỦ TỌA|CHỦ TOẠ|CHỦ TRÌ|THƯ KÝ|THỨ TRƯỞNG|THỦ TƯỚNG|TRƯỞNG BAN|CỤC TRƯỞNG|CHỦ NHIỆM|TỔNG GIÁM ĐỐC|VIỆN TRƯỞNG|HIỆU TRƯỞNG|THỐNG ĐỐC|TRƯỞNG PHÒNG|PHÓ VĂN PHÒNG))"
)
_CHAIR = re.compile(r"CHỦ T[OỌ][ẠA]|CHỦ TRÌ|CHỦ TRÌ CUỘC HỌP|CHỦ TỊCH|ĐẠI DIỆN LÃNH ĐẠO")
SIGNATURE_LINES = 12
LONGEST_ROLE = 60
_NAME = rx(
    r"^(?:(?:TS|ThS|GS|PGS|BS|Ths|Ts)\.?\s*|(?:Đại|Thượng|Trung|Thiếu) (?:tướng|tá)\s+)*(?P<name>[{A}][{a}'’]*(?:\s+[{A}][{a}'’]*){1,5})$"
)
_NAMED = rx(r"(?<!\w)(?!Tỉnh |Huyện |Xã |Phường |Thành )[{A}][{a}]+(?: [{A}][{a}]+){1,4}(?!\w)")
_COLUMN = re.compile(r"\s{3,}")
_FAMILIES = frozenset(
    [
        "NGUYỄN",
        "TRẦN",
        "LÊ",
        "PHẠM",
        "HOÀNG",
        "HUỲNH",
        "PHAN",
        "VŨ",
        "VÕ",
        "ĐẶNG",
        "BÙI",
        "ĐỖ",
        "HỒ",
        "NGÔ",
        "DƯƠNG",
        "LÝ",
        "TRƯƠNG",
        "ĐINH",
        "LÂM",
        "MAI",
        "TRỊNH",
        "ĐÀO",
        "ĐOÀN",
        "HÀ",
        "CAO",
        "TÔ",
        "CHÂU",
        "LƯƠNG",
        "THÁI",
        "TẠ",
        "PHÙNG",
        "VĂN",
        "NÔNG",
        "LÒ",
        "HỨA",
        "VI",
        "QUÁCH",
        "TỐNG",
        "LỤC",
        "KIỀU",
        "NGỌC",
        "CHU",
        "THẠCH",
        "SƠN",
        "DANH",
        "GIÀNG",
        "LA",
        "ĐIỂU",
        "TĂNG",
        "VƯƠNG",
        "DOÃN",
        "ĐỒNG",
        "KHUẤT",
        "MẠC",
        "LƯU",
        "TRIỆU",
        "HỦY",
    ]
)


@dataclass(frozen=True)
class Parts:
    """The places of the header's parts, in lines of the source (counted from 0)."""

    header: Header
    title_end: int
    body_end: int


def read_header(text: str) -> Parts:
    """Header facts of a normalised text, and where its body begins and ends."""
    lines = [strip_marks(re.sub(r"<br\s*/?>", "   ", line)).strip(" |").strip() for line in text.split("\n")]
    top_end = _top_end(lines)
    kind_line, kind = _kind_line(lines, top_end)
    top = "\n".join(lines[: (kind_line if kind_line is not None else top_end) + 8])
    number = _number(top)
    place, date = _dateline(lines, top_end)
    subject, title_end = _subject(lines, kind_line, top_end)
    body_end = _body_end(lines, title_end)
    if kind is None:
        kind = _kind_of_number(number) or (
            "cong_van" if re.search(r"Kính gửi|V/v", "\n".join(lines[: top_end + 10])) else "khac"
        )
    signer = _signer(lines, body_end)
    issuer = issuer_of(lines, top_end if kind_line is None else kind_line, number, place, body_end)
    header = Header(
        kind=kind,
        number=number,
        date=date,
        place=place,
        issuer=issuer,
        signer=signer,
        subject=_in_sentence_case(subject, text) if subject else None,
        references=references(text, number),
    )
    return Parts(header, title_end, body_end)


def _top_end(lines: list[str]) -> int:
    """The last line that may belong to the head of the document."""
    for at, line in enumerate(lines[:90]):
        if (
            re.match(r"(?:Kính gửi|Căn cứ|Thực hiện|Ngày \d|Sáng ngày|Chiều ngày|Thời gian qua|Trong thời gian)", line)
            or len(line) > 260
        ):
            return max(at, 1)
    return min(len(lines), 45)


def _kind_line(lines: list[str], top_end: int) -> tuple[int | None, str | None]:
    for at, line in enumerate(lines[: min(len(lines), top_end + 12)]):
        bare = re.sub(r"\s+", " ", line).strip(" .:-*")
        spaced = re.sub(r"(?<=\b\w) (?=\w\b)", "", bare)
        for form in (bare, spaced):
            if form.upper() == form and form in KINDS:
                return at, KINDS[form]
        if bare in ("Thông báo", "Kế hoạch", "Chỉ thị", "Quyết định", "Báo cáo", "Công điện", "Nghị quyết"):
            return at, KINDS[bare.upper()]
        match = re.match(r"(THÔNG BÁO|KẾ HOẠCH|CHỈ THỊ|BÁO CÁO|CÔNG ĐIỆN)\s+\S", bare)
        if (
            match
            and len(bare) < 150
            and (
                bare.isupper()
                or re.match(r"(?:THÔNG BÁO|KẾ HOẠCH|CHỈ THỊ|BÁO CÁO|CÔNG ĐIỆN) (?:[Kk]ết luận|[Vv]ề)", bare)
            )
        ):
            return at, KINDS[match[1]]
    return None, None


def _number(top: str) -> str | None:
    for match in _NUMBER.finditer(top):
        found = re.sub(r"\s+", "", match["n"] + match["rest"]).rstrip(".-")
        before = top[max(0, match.start() - 25) : match.start()]
        if re.search(rf"{_TYPE}\s*$|\bĐẾN\s*$|theo\s*$", before):
            continue
        if re.search(r"\d[-/](?:\d{4}/)?[A-ZĐ]", found) and not re.search(r"/\d{1,2}/\d{2,4}", found):
            return found
    return None


def _kind_of_number(number: str | None) -> str | None:
    if not number:
        return None
    code = re.match(r"\d+[A-Za-z]?(?:/\d{4})?[-/]([A-ZĐa-z]+)", number)
    return _CODES.get(code[1].upper(), "cong_van") if code else None


def _dateline(lines: list[str], top_end: int) -> tuple[str | None, str | None]:
    joined = "\n".join(lines[: top_end + 8])
    flat = re.sub(r"(?<=\w)\n(?=(?:tháng|năm|\d))|(?<=ngày)\n|(?<=tháng)\n|(?<=năm)\n", " ", joined)
    for match in DATELINE.finditer(flat):
        line_start = flat.rfind("\n", 0, match.start()) + 1
        if match.start() - line_start > 90 or flat[line_start : match.start()].strip().endswith(","):
            continue
        day, month, year = match["d"], match["m"], match["y"]
        date = iso(int(day), int(month), int(year)) if day.isdigit() and month.isdigit() else None
        place = re.sub(r"\s+", " ", re.sub(r"^.*\n", "", match["place"], flags=re.DOTALL)).strip()
        return re.sub(r"^(?:TP\.?|Thành phố|Tỉnh)\s+(?!Hồ)", "", place), date
    return None, None


def _subject(lines: list[str], kind_line: int | None, top_end: int) -> tuple[str | None, int]:
    if kind_line is None:
        return _regarding(lines, top_end)
    first = re.sub(r"^(?:THÔNG BÁO|KẾ HOẠCH|CHỈ THỊ|BÁO CÁO|CÔNG ĐIỆN)\s+(?=\S)", "", lines[kind_line])
    parts = [first] if first != lines[kind_line] and lines[kind_line] not in KINDS else []
    at = kind_line + 1
    while at < len(lines) and at < kind_line + 24:
        line = lines[at]
        if not line or re.fullmatch(r"[-_=*~.\s]+", line):
            if parts and (re.fullmatch(r"[-_=*~.\s]{3,}", line or "") or not _title_goes_on(lines, at, parts)):
                break
        elif parts and _opens_body(line) and not parts[-1].endswith((",", " và", " của")):
            break
        elif not NOISE.search(line) and not DATELINE.search(line) and not re.match(r"S[ốố]\s*:", line):
            parts.append(line)
        at += 1
    subject = squeeze(" ".join(parts)) or None
    return subject, at


def _title_goes_on(lines: list[str], at: int, parts: list[str]) -> bool:
    following = next((line for line in lines[at : at + 3] if line), "")
    together = " ".join(parts)
    if not following or _opens_body(following) or MARKER.match(following) or NOISE.search(following):
        return False
    if together.isupper():
        return following.isupper() and not BODY_HEAD.match(following)
    return len(following) < 120 and following[0].islower() and following[-1] not in ".:;"


def _opens_body(line: str) -> bool:
    return bool(
        re.match(
            r"(?:Căn cứ|Thực hiện|Ngày \d|Ngày, |Sáng|Chiều|Thời gian|Trong |Kính gửi|Để |Nhằm |Vừa qua|Hiện nay|Xét |Theo |Trên cơ sở"
            r"|Tiếp theo|Qua |Sau khi|Từ ngày|Từ đầu|Triển khai|Phát huy|Chủ tịch|UBND|Ủy ban|ỦY BAN|CHỦ TỊCH|CHÍNH PHỦ|THỦ TƯỚNG|điện:|Hồi |Vào)",
            line,
        )
        and (len(line) > 40 or line.isupper() or line.startswith("Kính"))
    )


def _regarding(lines: list[str], top_end: int) -> tuple[str | None, int]:
    """The "V/v" line of a công văn, or a line that begins with "Về"."""
    for at, line in enumerate(lines[: top_end + 1]):
        match = re.search(r"(?:V/v|v/v|Về việc|^Về)\s*:?\s*", line)
        if not match or (match.start() > 3 and line[match.start()] not in "Vv"):
            continue
        text = line[match.start() if line.startswith("Về", match.start()) else match.end() :]
        parts = [MOTTO.sub("", text)]
        end = at + 1
        while end < len(lines) and lines[end] and len(parts) < 8:
            following = lines[end]
            if (
                MOTTO.search(following)
                or DATELINE.search(following)
                or re.match(r"Kính gửi|S[ốố]\s*:", following)
                or NOISE.search(following)
            ):
                break
            parts.append(following)
            end += 1
        return squeeze(" ".join(parts)), end
    return None, min(top_end, len(lines))


def _body_end(lines: list[str], start: int) -> int:
    last = len(lines)
    for at in range(start, len(lines)):
        if re.match(r"(?:[-+]\s*)?N[ơo]i\s+nh[ậa]n\s*[:.]?", lines[at]) and len(_COLUMN.split(lines[at])[0]) < 60:
            above = range(max(start, at - SIGNATURE_LINES), at)
            return next((one for one in above if _signs(lines[one])), at)
    for at in range(max(start, int(len(lines) * 0.4)), len(lines)):
        if _signs(lines[at]):
            return at
    return last


def _signs(line: str) -> bool:
    """Whether a line says in what capacity somebody signs."""
    return bool(_ROLE.match(line)) and line.isupper() and len(line) < LONGEST_ROLE


def _signer(lines: list[str], body_end: int) -> str | None:
    if chair := _chair(lines[body_end:]):
        return chair
    tail = [part for line in lines[body_end:] for part in _COLUMN.split(line)]
    roles = [at for at, line in enumerate(tail) if _ROLE.match(line) and len(line) < 70]
    if roles:
        first_annex = next(
            (at for at, line in enumerate(tail) if at > roles[0] and re.match(r"(?:PHỤ LỤC|DANH MỤC|BIỂU)", line)),
            len(tail),
        )
        inside = [at for at in roles if at < first_annex] or roles[:1]
        for line in tail[inside[-1] + 1 : inside[-1] + 25]:
            if found := _name(line):
                return found
    annex = next((at for at, line in enumerate(tail) if re.match(r"(?:PHỤ LỤC|DANH MỤC|BIỂU)", line)), len(tail))
    for line in reversed(tail[1:annex]):
        if line and (found := _name(line)):
            return found
    return None


def _chair(lines: list[str]) -> str | None:
    """The name below "CHỦ TỌA" where who took the minutes signs beside."""
    for at, line in enumerate(lines):
        parts = _COLUMN.split(line)
        place = next((number for number, part in enumerate(parts) if _CHAIR.fullmatch(part)), 0)
        if not place:
            continue
        for below in lines[at + 1 : at + SIGNATURE_LINES]:
            names = _COLUMN.split(below)
            if len(names) == len(parts) and (found := _name(names[place])):
                return found
    return None


def _name(line: str) -> str | None:
    line = re.sub(
        r"\s+", " ", re.sub(r"^\(?(?:[Đđ]ã ký|signed)\)?\s*:?|\((?:[Đđ]ã ký|Handwritten[^)]*)\)", "", line)
    ).strip(" |.")
    match = _NAME.match(line)
    if match and not re.match(r"(?:Nơi|Lưu|Như|Sở|Văn|Phòng|Công an|Ban|Trung tâm|Phụ lục|Chủ tịch|Phó)\b", line):
        return match["name"]
    words = line.split()
    if line.isupper() and 2 <= len(words) <= 5 and words[0] in _FAMILIES and all(word.isalpha() for word in words):
        return " ".join(word.capitalize() for word in words)
    return None


def _in_sentence_case(subject: str, text: str) -> str:
    """The title in sentence case, with the capitals that the body gives to the same words."""
    subject = re.sub(r"^(?:V/v|v/v)\s*:?\s*", "", subject).strip(" -–")
    letters = [letter for letter in subject if letter.isalpha()]
    if sum(letter.isupper() for letter in letters) < 0.7 * max(1, len(letters)):
        return subject[0].upper() + subject[1:] if subject else subject
    seen = set(re.findall(r"\w+", strip_marks(text)))
    low = " ".join(re.sub(r"\w+", lambda match: _usual(match[0], seen), word) for word in subject.split())
    named = dict.fromkeys(_NAMED.findall(strip_marks(text)))  # persons, places, bodies as the body spells them
    for name in (*CITIES, *PROVINCES, "Chính phủ", "Thủ tướng", *named):
        low = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", name, low, flags=re.IGNORECASE)
    return low[0].upper() + low[1:]


def _usual(word: str, seen: set[str]) -> str:
    """The small form when the text uses it anywhere, else the capitalised one, else the word as it is."""
    for form in (word.lower(), word.capitalize()):
        if form in seen:
            return form
    return word if word.isdigit() or len(word) > 5 or len(word) == 1 else word.lower()


def references(text: str, own: str | None) -> tuple[Reference, ...]:
    """Documents cited by number, once each, in order, with the first date the text gives."""
    flat = re.sub(r"\s+", " ", strip_marks(text.replace("\n", " ")))
    dates: dict[str, str | None] = {}
    names: dict[str, str] = {}
    for match in _CITED.finditer(flat):
        number = re.sub(r"\s+", "", match["n"]).rstrip(".-,")
        before = flat[max(0, match.start() - 30) : match.start()]
        if not re.search(rf"(?:[Ss]ố|{_TYPE})\s*:?\s*$", before) and not re.search(
            r"\d/\d{4}/|-(?:TW|TU|TTg|CP|UBND|HĐND|BCĐ)", number
        ):
            continue
        code = re.search(r"[A-ZĐ].*", number)
        if not code or len(code[0]) < 3 or number == own or re.match(r"(?:TCVN|ISO|QCVN)", code[0]):
            continue
        day, month, year = match["d"] or match["d2"], match["m"] or match["m2"], match["y"] or match["y2"]
        date = iso(int(day), int(month), int(year)) if day else None
        key = number.casefold()
        names.setdefault(key, number)
        dates[key] = dates.get(key) or date
    return tuple(Reference(names[key], dates[key]) for key in names)
