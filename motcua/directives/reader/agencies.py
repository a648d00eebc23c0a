"""The grammar of agency names: where a list of bodies ends, and where one name ends and the next begins.

"Sở Tài chính, Cục Thuế tỉnh và các cơ quan, địa phương tích cực hỗ trợ" gives three names and stops at "tích cực".
Names stay as the text writes them; only shared head words are written out ("Các sở: Nội vụ, Y tế").
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from motcua.directives.reader.names import (
    ARTICLE,
    BELONGS_TO,
    BUSY_HEAD,
    GROUP,
    IN_NAMES,
    KNOWN,
    MAX_WORDS,
    PEOPLE,
    PERSON,
    PLACE,
    PLACES,
    PROPER,
    QUALIFY,
    SEPARATOR,
    UNIT,
    UNIT_WORD,
    head_at,
    verb_at,
)
from motcua.directives.reader.words import CAPITALS as CAP
from motcua.directives.reader.words import DEFINING, FIELD


@dataclass
class _Entry:
    text: str
    kind: str
    head: str = ""


@dataclass(frozen=True)
class Phrase:
    """A list of names in a text: where it stands, the names, and whether a verb follows it."""

    start: int
    end: int
    names: tuple[str, ...]
    kinds: tuple[str, ...] = field(default=())

    @property
    def proper(self) -> bool:
        return bool(self.kinds) and self.kinds[0] in ("proper", "person", "place")


def phrase_at(text: str, at: int, *, whole: bool = False) -> Phrase | None:
    """The list of names that begins at `at`; with `whole` the text is a heading and verbs may stand inside a name."""
    pieces: list[tuple[str, str, str]] = []
    position, separator, listing = at, "", False
    while position < len(text):
        if pieces and PEOPLE.match(text, position) and not _in_group(pieces):
            break
        kind = head_at(text, position)
        if listing and re.match(FIELD + r"(?!\w)|Điện lực|Bưu chính|Viễn thông|Than |Hóa chất", text[position:]):
            kind = "field"
        if not kind and pieces and re.match(FIELD + r"(?!\w)", text[position:]) and _shares(pieces[0][1]):
            kind = "field"
        if not kind and pieces and PEOPLE.match(text, position):
            kind = "people"
        if not kind and listing and re.match(f"[{CAP}]", text[position:]):
            kind = "field"
        if not kind and separator.strip() in (",", "-") and pieces and _inside_name(text, position, pieces[-1]):
            kind = "tail"
        if not kind:
            break
        end = _piece_end(text, position, kind, whole=whole, first=not pieces)
        if end <= position:
            break
        pieces.append((separator, text[position:end].rstrip(), kind))
        position = _skip_brackets(text, end)
        gap = SEPARATOR.match(text, position)
        colon = re.match(r":\s+", text[position:])
        if len(pieces) == 1 and colon and _opens_list(pieces[0][1]):
            separator, position, listing = ": ", position + colon.end(), True
            continue
        if not gap:
            break
        following = gap.end()
        if verb_at(text, following) and not head_at(text, following):
            break
        if listing and re.match(f"[{CAP}]", text[following:]):
            separator, position = gap[0], following
            continue
        if _inside_name(text, following, pieces[-1]) and gap[0].strip() == ",":
            separator, position = gap[0], following
            continue
        if not (
            head_at(text, following)
            or _people_in_group(text, following, pieces)
            or _field_follows(text, following, pieces)
        ):
            break
        separator, position = gap[0], following
    if not pieces:
        return None
    entries = _entries(pieces)
    names = tuple(dict.fromkeys(name for name in (_trim(entry.text) for entry in entries) if name))
    if not names:
        return None
    end = min(_end_of(text, at, pieces), len(text))
    return Phrase(at, end, names, tuple(entry.kind for entry in entries))


def _inside_name(text: str, at: int, before: tuple[str, str, str]) -> bool:
    """Whether a capital after a comma goes on with a name ("Trung tâm Xúc tiến Đầu tư, Thương mại và Du lịch")."""
    if before[2] not in ("proper", "tail") or head_at(text, at) or not re.match(f"[{CAP}]", text[at:]):
        return False
    return bool(
        re.match(
            r"(?:Trung tâm|Cục|Chi cục|Ban|Vụ|Phòng|Viện|Hội|Hiệp hội|Trường|Báo|Đài|Văn hóa|Thương mại)(?!\w)",
            before[1],
        )
    )


def _end_of(text: str, at: int, pieces: list[tuple[str, str, str]]) -> int:
    position = at
    for _, piece, _ in pieces:
        position = text.index(piece, position) + len(piece)
    return _skip_brackets(text, position)


def _in_group(pieces: list[tuple[str, str, str]]) -> bool:
    return pieces[-1][2] in ("group", "people") and "tổ chức" in pieces[-1][1].lower()


def _people_in_group(text: str, at: int, pieces: list[tuple[str, str, str]]) -> bool:
    return bool(PEOPLE.match(text, at)) and _in_group(pieces)


def _field_follows(text: str, at: int, pieces: list[tuple[str, str, str]]) -> bool:
    return _shares(pieces[0][1]) and bool(re.match(FIELD + r"(?!\w)", text[at:]))


def _shares(first: str) -> bool:
    return bool(
        re.match(r"(?:(?:[Cc]ác )?(?:[Ss]ở|[Bb]ộ)|Giám đốc (?:các )?[Ss]ở|Bộ trưởng (?:các )?Bộ)(?:\s|$)", first)
    )


def _opens_list(first: str) -> bool:
    """ "Các sở", "Sở", "các tập đoàn" before a colon: the names follow without their head word."""
    return bool(
        re.fullmatch(
            r"(?:[Cc]ác )?(?:[Ss]ở|[Bb]ộ|[Tt]ập đoàn|[Tt]ổng công ty|[Tt]ập đoàn, tổng công ty|ngân hàng|[Cc]ục"
            r"|Giám đốc (?:các )?[Ss]ở|Bộ trưởng (?:các )?Bộ|[Bb]ộ, ngành|[Ss]ở, ngành|[Ss]ở, ban, ngành|(?:Chủ tịch )?(?:UBND|Ủy ban nhân dân) các (?:xã|phường|huyện|xã, phường|tỉnh|thành phố|tỉnh, thành phố))",
            first,
        )
    )


def _skip_brackets(text: str, at: int) -> int:
    match = re.match(r"\s*\([^()]{0,300}\)", text[at:])
    return at + match.end() if match else at


def _piece_end(text: str, at: int, kind: str, *, whole: bool, first: bool) -> int:
    """Where the single name that begins at `at` ends."""
    if kind == "field":
        match = re.match(FIELD + r"(?!\w)", text[at:])
        if match:
            return at + match.end()
    known = KNOWN.match(text, at)
    if known:
        return _place_tail(text, known.end())
    position = _head_end(text, at, kind)
    words, belonging = (1 if kind in ("group", "unit") else 0), False
    while position < len(text):
        spaces = re.match(r"\s*", text[position:])
        start = position + (spaces.end() if spaces else 0)
        if start >= len(text) or text[start] in ',;:.()[]“”"…?!':
            break
        if re.match(r"T[Pp]\. ", text[start:]):
            position, words = start + 3, words + 1
            continue
        if re.match(r"[-–] ", text[start:]) and not re.match(
            r"[-–] (?:[%s]|xã hội|nghề nghiệp|kỹ thuật|truyền thông|hành chính)" % CAP, text[start:]
        ):
            break
        nested = KNOWN.match(text, start)
        if nested:
            position = _place_tail(text, nested.end())
            words += 2
            continue
        if re.match(r"(?:và|cùng|hoặc|với|do|mà|như|vì|bởi|qua|vào) ", text[start:]):
            if not (text.startswith("và ", start) and _joins_inside(text, at, start + 3, kind, whole=whole)):
                break
        elif (
            start > at
            and not (whole and words >= 0 and not _hard_stop(text, start))
            and words >= _immune(text, at, kind)
        ):
            defining = _defining(text, start, kind)
            if defining:
                return defining
            if not whole and words and not belonging and text[start].islower():
                qualifier = QUALIFY.match(text, start)
                if qualifier and not verb_at(text, start):
                    position = qualifier.end()
                    words += 1
                    continue
                if BELONGS_TO.match(text, start):
                    belonging = True
                elif kind in ("group", "unit") or UNIT_WORD.search(text[at:position]):
                    break
            busy = kind == "proper" and words <= 7 and IN_NAMES.match(text, start) and BUSY_HEAD.match(text, at)
            if not busy and verb_at(text, start, weak=kind in ("proper", "person") and text[start - 1] == " "):
                break
        word = re.match(r"\S+?(?=[\s,;:.()\[\]“”\"…?!]|$)", text[start:])
        if not word:
            break
        belonging = belonging or (kind == "group" and word[0][0].isupper())
        position = start + word.end()
        words += 1
        if words > (MAX_WORDS * 2 if whole else MAX_WORDS):
            break
    return position


def _head_end(text: str, at: int, kind: str) -> int:
    for pattern in (PERSON, PROPER, ARTICLE, PLACE, UNIT, GROUP):
        match = pattern.match(text, at)
        if match and match.end() > at:
            end = match.end()
            if pattern is ARTICLE:
                inner = re.match(r"\s*", text[end:])
                return _head_end(text, end + (inner.end() if inner else 0), "")
            return end
    return at


def _place_tail(text: str, at: int) -> int:
    """After a known name: "tỉnh", "thành phố Cần Thơ", "Việt Nam", "Trung ương"."""
    match = re.match(
        r"(?: (?:các |cấp )?(?:tỉnh|thành phố|Thành phố|Tỉnh|huyện|xã)(?:,? (?:thành phố|xã|phường|tỉnh)(?!\w))*"
        rf"(?: (?:[{CAP}][\w-]*)(?: (?:-|[{CAP}][\w-]*))*)?| Việt Nam| [Tt]rung ương| (?:{PLACES}))(?!\w)",
        text[at:],
    )
    return at + match.end() if match else at


def _joins_inside(text: str, start: int, at: int, kind: str, *, whole: bool) -> bool:
    """Whether the words after "và" still belong to the same name ("khu chế xuất và công nghiệp Cần Thơ")."""
    if re.match(
        r"(?:chuyển đổi số|nâng cao|phát triển|hội nhập|tìm kiếm|cứu nạn|phòng|đổi mới)", text[at:]
    ) and BUSY_HEAD.match(text, start):
        return True
    if head_at(text, at) or PEOPLE.match(text, at) or verb_at(text, at):
        return False
    return kind == "proper" or (whole and kind != "unit")


def _immune(text: str, at: int, kind: str) -> int:
    """How many words after the head cannot be its verb ("Trung tâm phục vụ hành chính công")."""
    if kind != "proper":
        return 0
    return 1 if re.match(r"Trung tâm |Tổ |Quỹ |Ban [Qq]uản lý |Đội |Đoàn |Công ty |Tổng [Cc]ông ty ", text[at:]) else 0


def _hard_stop(text: str, at: int) -> bool:
    return bool(
        re.match(r"(?:có trách nhiệm|có nhiệm vụ|chịu trách nhiệm|phải|cần|căn cứ|theo chức năng)(?!\w)", text[at:])
    )


def _defining(text: str, at: int, kind: str) -> int:
    """The end of a clause that says which group is meant, or 0 ("cơ quan được giao chủ trì các chỉ tiêu …")."""
    if kind != "group":
        return 0
    burdened = re.match(
        r"((?:[^\s,;:.]+ ){1,9}?)(?:có trách nhiệm|có quyền|chịu trách nhiệm|có nhiệm vụ)(?!\w)", text[at:]
    )
    if burdened and not re.search(
        r"(?:^|\s)(?:và|phải|cần|để|nhằm|trên địa bàn|theo|được) ?$|^(?:có|phải|cần|chịu|đã|căn cứ|theo|được) ",
        burdened[1],
    ):
        return at + burdened.end(1) - 1
    special = re.match(
        "(" + "|".join(DEFINING) + r")(?= (?:có |phải|cần|chịu|chủ động|thực hiện|giải quyết|thẩm định))", text[at:]
    )
    if special and re.search(r"(?:cơ quan|đơn vị)\s*$", text[:at], re.IGNORECASE):
        return at + special.end()
    passive = re.match(
        r"(?:được|bị) (?:giao|phân công|ủy quyền|kiểm tra|thanh tra|lấy ý kiến|yêu cầu|đề nghị|phối hợp|cấp phép|hỗ trợ|đánh giá"
        r"|giám sát|phân cấp|chọn|thụ hưởng|ảnh hưởng)"
        r"(?:(?:, | và | )(?:kiểm tra|thanh tra|giám sát|đánh giá|nhiệm vụ|vốn|chủ trì|phối hợp|quản lý|làm chủ đầu tư)){0,3}",
        text[at:],
    )
    if not passive:
        return 0
    end = at + passive.end()
    while passive[0].endswith(("chủ trì", "quản lý")) and not verb_at(text, end + 1):
        word = re.match(r" [^\s,;.:]+", text[end:])
        if not word:
            break
        end += word.end()
    return end


def _entries(pieces: list[tuple[str, str, str]]) -> list[_Entry]:
    """Pieces put together to names by the rules of the annotation guide."""
    entries: list[_Entry] = []
    head = ""
    for separator, text, kind in pieces:
        before = entries[-1] if entries else None
        if before is None:
            entries.append(_Entry(text, kind, head))
            head = _list_head(text)
            continue
        if separator == ": " or (kind == "field" and head):
            written = head or _list_head(before.text)
            if separator == ": " and _opens_list(before.text):
                entries.pop()
            entries.append(_Entry(f"{written} {text}".strip() if kind == "field" else text, "proper", written))
            head = written
            continue
        if _belongs(before, text, kind, separator):
            before.text = f"{before.text}{_even(separator)}{text}"
        elif (
            kind == "place"
            and before.kind == "proper"
            and re.match(r"(?:UBND|[ỦU]ỷ ban nhân dân|Ủy ban nhân dân) ", before.text)
        ):
            shared = re.match(r"\S+(?: ban nhân dân)?", before.text)
            entries.append(_Entry(f"{shared[0] if shared else ''} {text}".strip(), "proper"))
        else:
            entries.append(_Entry(text, kind))
            head = _list_head(text) if _shares(text) else head
    return entries


def _even(separator: str) -> str:
    return (
        ", "
        if separator.strip() in (",", ";")
        else f" {separator.strip()} "
        if separator.strip()[0] not in ",;"
        else (separator.strip()[0] + " " + separator.strip()[1:].strip() + " ")
    )


def _list_head(text: str) -> str:
    unit = re.match(r"((?:Chủ tịch )?(?:UBND|Ủy ban nhân dân)) (?:các )?(xã|phường|huyện|tỉnh|thành phố)", text)
    if unit:
        return f"{unit[1]} {unit[2]}"
    match = re.match(r"(?:[Cc]ác )?([Ss]ở|[Bb]ộ|[Tt]ập đoàn|[Tt]ổng công ty|[Cc]ục|Giám đốc (?:các )?[Ss]ở|UBND)", text)
    if not match:
        return ""
    word = match[1].replace("các ", "").replace("sở", "Sở")
    return word[0].upper() + word[1:]


def _belongs(before: _Entry, text: str, kind: str, separator: str) -> bool:
    """Whether a piece stays in the entry before it."""
    if kind in ("people", "tail"):
        return True
    article = bool(ARTICLE.match(text))
    governing = re.match(r"(?:[Cc]ác )?(?:(?:Tổng )?[Gg]iám đốc, )?(?:[Nn]gười đứng đầu|[Tt]hủ trưởng)", before.text)
    if before.kind == "person" and re.fullmatch(r"(?:Tổng )?Giám đốc|[Tt]hủ trưởng|Phó Chủ tịch", before.text):
        return True
    if governing and kind in ("group", "unit"):
        return not re.match(r"(?:[Nn]gười đứng đầu|[Tt]hủ trưởng|[Cc]hủ tịch)", text)
    if article or kind in ("proper", "person"):
        return False
    if kind == "place":
        return before.kind in ("unit", "place") and False
    if kind == "unit":
        return bool(UNIT.search(before.text)) or before.kind in ("group", "unit")
    if kind == "group":
        if before.kind != "group":
            return False
        return ";" not in separator
    return before.kind == "group"


def _trim(name: str) -> str:
    name = re.sub(r"\s+", " ", name).strip(" .,:;-–")
    name = re.sub(r" (?:trong tỉnh|theo quy định|sau đây|dưới đây|sau)$", "", name)
    return name


def names_in(text: str) -> tuple[str, ...]:
    """All names of a field or table cell ("Sở Y tế; các sở, ngành liên quan"), whatever stands between them."""
    text = re.sub(r"\s*\n\s*(?:[-+•]\s*)?", "; ", text.strip().strip("-+• ")).strip(" .;")
    found: list[str] = []
    at = 0
    while at < len(text):
        phrase = phrase_at(text, at, whole=True) if head_at(text, at) else None
        if phrase:
            found.extend(phrase.names)
            at = max(phrase.end, at + 1)
        else:
            piece = re.match(r"[^,;:.]+?(?=\s*[,;:.]|\s+và\s|$)", text[at:])
            fresh = not at or text[:at].rstrip()[-1:] == ";"
            if piece and fresh and 1 < len(piece[0].split()) <= 12 and text[at].isalpha() and not verb_at(text, at):
                found.append(_trim(piece[0]))
                at += piece.end()
            following = re.search(r"[,;]\s*|\svà\s+|:\s*|\.\s+|\n|\s", text[at:])
            if not following:
                break
            at += following.end()
    return tuple(dict.fromkeys(found))
