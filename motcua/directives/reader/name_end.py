"""Where one name of a body ends: at a mark, at its verb, at the next name."""

from __future__ import annotations

import re

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
    UNIT,
    UNIT_WORD,
    head_at,
    verb_at,
)
from motcua.directives.reader.words import CAPITALS as CAP
from motcua.directives.reader.words import DEFINING, FIELD

_SPACES = re.compile(r"\s*")
_WORD = re.compile(r"\S+?(?=[\s,;:.()\[\]“”\"…?!]|$)")
_FIELD_NAME = re.compile(FIELD + r"(?!\w)")
_TOWN = re.compile(r"T[Pp]\. ")
_DASH = re.compile(r"[-–] ")
_INNER_DASH = re.compile(rf"[-–] (?:[{CAP}]|xã hội|nghề nghiệp|kỹ thuật|truyền thông|hành chính)")
_HEADS_OF_GROUPS = re.compile(
    r"(?:[Tt]hủ trưởng|[Nn]gười đứng đầu) (?:các )?(?:cơ quan|đơn vị|sở|ban|ngành|địa phương|tổ chức)(?!\w)"
)
_TRADE = re.compile(
    r"((?:hoạt động|khai thác|kinh doanh|sản xuất|sử dụng|cung ứng|chế biến|vận hành)(?: [^\s,;:.]+){1,6}?)"
    r"(?= (?:thực hiện|nghiêm túc|phải|chấp hành|tuân thủ|triển khai|chủ động|khẩn trương)(?!\w))"
)
# Which of a group are meant, told by what they have.
_MEASURED = re.compile(
    r"có (?:(?:tỷ lệ|tỉ lệ|kết quả|điểm|số|chỉ số) [^,;:.]{2,60}?(?:dưới|trên|thấp hơn|cao hơn|đạt|từ) \d[\d.,]*(?: ?%)?"
    r"|(?:nhiều |các )?(?:nhiệm vụ|hồ sơ|công việc|dự án|công trình|văn bản) (?:quá hạn|chậm tiến độ|chậm|tồn đọng|chưa hoàn thành|trễ hạn))(?!\w)"
)
_RUN_BY = re.compile(r"(?:tổ chức|cá nhân|doanh nghiệp|cơ sở|hộ gia đình|hợp tác xã|chủ rừng|đơn vị) $")
_LINK = re.compile(r"(?:và|cùng|hoặc|với|do|mà|như|vì|bởi|qua|vào) ")


def name_end(text: str, at: int, kind: str, *, whole: bool) -> int:
    """The place behind the name of this kind that begins at `at`; `whole`: verbs may stand inside it."""
    if kind == "field" and (match := _FIELD_NAME.match(text, at)):
        return match.end()
    known = KNOWN.match(text, at)
    if known:
        return place_tail(text, known.end())
    return _Scan(text, at, "proper" if kind == "tail" else kind, whole=whole).end()


class _Scan:
    """Goes through the words behind the head of a name."""

    def __init__(self, text: str, at: int, kind: str, *, whole: bool) -> None:
        self.text, self.at, self.kind, self.whole = text, at, kind, whole
        self.position = _head_end(text, at)
        self.words = 1 if kind in ("group", "unit") else 0
        self.belonging = False
        self.most = MAX_WORDS * 2 if whole else MAX_WORDS
        self.group = kind in ("group", "people") or bool(_HEADS_OF_GROUPS.match(text, at))

    def end(self) -> int:
        while self.words <= self.most and self._step():
            pass
        return self.position

    def _step(self) -> bool:
        """Takes the next word into the name; False when the name has ended."""
        spaces = _SPACES.match(self.text, self.position)
        start = spaces.end() if spaces else self.position
        if start >= len(self.text) or self.text[start] in ',;:.()[]“”"…?!':
            return False
        if _TOWN.match(self.text, start):
            return self._take(start + 3)
        if _DASH.match(self.text, start) and not _INNER_DASH.match(self.text, start):
            return False
        nested = KNOWN.match(self.text, start)
        if nested:
            self.words += 1
            return self._take(place_tail(self.text, nested.end()))
        if _LINK.match(self.text, start):
            if not (self.text.startswith("và ", start) and self._joins(start + 3)):
                return False
        elif start > self.at and self._may_end(start):
            ended = self._at_word(start)
            if ended is not None:
                return ended
        return self._take_word(start)

    def _take(self, position: int) -> bool:
        self.position = position
        self.words += 1
        return True

    def _take_word(self, start: int) -> bool:
        word = _WORD.match(self.text, start)
        if not word:
            return False
        self.belonging = self.belonging or (self.kind == "group" and word[0][0].isupper())
        return self._take(word.end())

    def _may_end(self, start: int) -> bool:
        if self.whole and not _hard_stop(self.text, start):
            return False
        return self.words >= _immune(self.text, self.at, self.kind)

    def _at_word(self, start: int) -> bool | None:
        """Whether the name goes on (True) or ends (False) here; None when the word is to be taken as it is."""
        defining = _defining(self.text, start) if self.group else 0
        if defining:
            self.position, self.words = defining, self.most + 1
            return True
        if not self.whole and self.words and not self.belonging and self.text[start].islower():
            qualifier = QUALIFY.match(self.text, start)
            if qualifier and not verb_at(self.text, start):
                return self._take(qualifier.end())
            if BELONGS_TO.match(self.text, start):
                self.belonging = True
            elif self.kind in ("group", "unit") or UNIT_WORD.search(self.text[self.at : self.position]):
                return False
        return False if self._verb(start) else None

    def _verb(self, start: int) -> bool:
        proper = self.kind == "proper"
        if proper and self.text[self.at : self.position].endswith(("Quản lý", "Quỹ Đầu tư")):
            return False
        if proper and self.words <= _busy_words(self.text, self.at) and IN_NAMES.match(self.text, start):
            return False
        return verb_at(self.text, start, weak=(proper or self.kind == "person") and self.text[start - 1] == " ")

    def _joins(self, at: int) -> bool:
        """Whether the words after "và" still belong to the name ("khu chế xuất và công nghiệp Cần Thơ")."""
        if _COUPLED.match(self.text, at) and BUSY_HEAD.match(self.text, self.at):
            return True
        if head_at(self.text, at) or PEOPLE.match(self.text, at) or verb_at(self.text, at):
            return False
        return self.kind == "proper" or (self.whole and self.kind != "unit")


def _busy_words(text: str, at: int) -> int:
    """Up to which word behind the head a verb may belong to the name."""
    if re.match(r"(?:Ban (?:[Cc]hỉ đạo|[Qq]uản lý)|BCĐ|BQL|Tổ (?:công tác|Công tác))", text[at:]):
        return 7
    return 1 if BUSY_HEAD.match(text, at) else -1


_COUPLED = re.compile(r"(?:chuyển đổi số|nâng cao|phát triển|hội nhập|tìm kiếm|cứu nạn|phòng|đổi mới)")


def _head_end(text: str, at: int) -> int:
    """The place behind the head word (and the article before it)."""
    for pattern in (PERSON, PROPER, ARTICLE, PLACE, UNIT, GROUP):
        match = pattern.match(text, at)
        if match and match.end() > at:
            end = match.end()
            if pattern is ARTICLE:
                inner = re.match(r"\s*", text[end:])
                return _head_end(text, end + (inner.end() if inner else 0))
            return end
    return at


def place_tail(text: str, at: int) -> int:
    """After a known name: "tỉnh", "thành phố Cần Thơ", "Việt Nam", "Trung ương"."""
    match = re.match(
        r"(?:(?: Việt Nam)? (?:các |cấp )?(?:tỉnh|thành phố|Thành phố|Tỉnh|huyện|quận|xã|phường|đặc khu)(?:,? (?:thành phố|xã|phường|tỉnh)(?!\w))*(?: trực thuộc [Tt]rung ương)?"
        rf"(?: (?:[{CAP}][\w-]*)(?: (?:-|[{CAP}][\w-]*))*)?| Việt Nam| [Tt]rung ương| (?:{PLACES}))(?!\w)",
        text[at:],
    )
    return at + match.end() if match else at


def _immune(text: str, at: int, kind: str) -> int:
    """How many words after the head cannot be its verb ("Trung tâm phục vụ hành chính công")."""
    if kind != "proper":
        return 0
    head = re.match(r"Trung tâm |Tổ |Quỹ |Ban [Qq]uản lý |Đội |Đoàn |Công ty |Tổng [Cc]ông ty ", text[at:])
    return 1 if head and not re.match(r"\S+ \d", text[at + head.end() :]) else 0


def _hard_stop(text: str, at: int) -> bool:
    return bool(
        re.match(r"(?:có trách nhiệm|có nhiệm vụ|chịu trách nhiệm|phải|cần|căn cứ|theo chức năng)(?!\w)", text[at:])
    )


def _defining(text: str, at: int) -> int:
    """The end of a clause that says which group is meant, or 0 ("cơ quan được giao chủ trì các chỉ tiêu …")."""
    burdened = re.match(
        r"((?:[^\s,;:.]+ ){1,9}?)(?:có trách nhiệm|có quyền|chịu trách nhiệm|có nhiệm vụ)(?!\w)", text[at:]
    )
    if burdened and not re.search(
        r"(?:^|\s)(?:và|phải|cần|để|nhằm|trên địa bàn|theo|được) ?$|^(?:có|phải|cần|chịu|đã|căn cứ|theo|được) ",
        burdened[1],
    ):
        return at + burdened.end(1) - 1
    trade = _TRADE.match(text, at)
    if trade and _RUN_BY.search(text[:at]):
        return trade.end(1)
    special = re.match(
        "(" + "|".join(DEFINING) + r")(?= (?:có |phải|cần|chịu|chủ động|thực hiện|giải quyết|thẩm định))", text[at:]
    )
    if special and re.search(r"(?:cơ quan|đơn vị)\s*$", text[:at], re.IGNORECASE):
        return at + special.end()
    measured = _MEASURED.match(text, at)
    if measured:
        return measured.end()
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
