"""Who is told to do it: the addressee of a sentence, of a heading, of a list; and the partners named beside it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from motcua.directives.reader.agencies import Phrase, names_in, phrase_at
from motcua.directives.reader.letterhead import evened
from motcua.directives.reader.names import head_at, verb_at
from motcua.directives.reader.words import NOT_DIRECTIVE, PREPOSITION, TRIGGER, rx

_SENTENCE = rx(r"(?<=[.!?])(?<!\.\.)\s+(?=[{A}])")
_TRIGGER = re.compile(TRIGGER)
_CONNECTOR = re.compile(
    r"(?:Đồng thời|Ngoài ra|Bên cạnh đó|Riêng|Trước mắt|Cụ thể|Do đó|Vì vậy|Trong đó|Tiếp theo|Mặt khác|Hơn nữa)\s*[,:]?\s+(?:đối với\s+)?"
)
_GIVER = re.compile(
    r"(?:UBND|[ỦU]ỷ ban nhân dân|Ủy ban nhân dân|(?:Phó )?Chủ tịch|Chính phủ|(?:Phó )?Thủ tướng|Thường trực|Ban Thường vụ|Ban Chỉ đạo|BCĐ"
    r"|Văn phòng|Tỉnh ủy|Thành ủy|Trưởng [Bb]an|Bộ trưởng|Đồng chí|đồng chí|HĐND|Hội đồng nhân dân|Bí thư|Phó Bí thư|Ban Cán sự)"
)
_PARTNER = re.compile(
    r"(?<![\w])[Pp]hối hợp(?: chặt chẽ| tốt| đồng bộ| thường xuyên| kịp thời| hiệu quả| tích cực)*"
    r"(?:,? cùng)?(?:,? với)?(?: đại diện| lãnh đạo)?\s+"
)
_HELPED_BY = re.compile(r"\s(?:cùng )?phối hợp(?: thực hiện)?(?=\s*(?:[.;]|$))")
_SAID = re.compile(
    r"(?:đã )?(?:có ý kiến|có bút phê|chỉ đạo|kết luận)(?: chỉ đạo| kết luận)?(?: tại [^:;.]{3,120})?(?: như sau)?\s*:\s*[“\"']?\s*"
)
_NOT_PARTNER = re.compile(
    r"(?:công tác|quy chế|sự|cơ chế|cơ quan|đơn vị|việc|chương trình|thời gian|quan hệ|các bên|kế hoạch|nội dung|tinh thần|không)\s*$",
    re.IGNORECASE,
)
_LEADS_OTHERS = re.compile(
    r"(?:chỉ đạo|đôn đốc|hướng dẫn|yêu cầu|đề nghị|tham mưu|vận động|giao|phân công|huy động|khuyến khích)\s+(?:cho\s+)?(?!phối hợp)(\S.*)$",
    re.IGNORECASE,
)
_DEFINED = re.compile(
    r"\s+(?:đăng ký|chủ trì|quản lý|cung cấp|cấp|kinh doanh|khai thác|sử dụng|sản xuất|hoạt động|tham gia|đầu tư|vận hành|có chức năng|là chủ)(?!\w)"
)
_BURDEN = re.compile(r"(?:có trách nhiệm|có nhiệm vụ|chịu trách nhiệm)(?!\w)")
_REPORTS = re.compile(rf"(?:{NOT_DIRECTIVE.pattern}|ban hành|báo cáo|thông báo|nhận thấy|kết luận|yêu cầu|đề nghị)")
_HEADING_OPENS = re.compile(
    rf"(?:{TRIGGER}|(?:Đối với|Trách nhiệm của|Nhiệm vụ của|Trách nhiệm|Phân công|Về phía|Riêng)\s+)"
)
_DONE_BY = re.compile(r"(?:Việc|Công tác|Phần việc|Nội dung) (?:(?! đã )[^,.;:]){3,140}? do (?=\S)")
_DOES = re.compile(r"\s*,?\s*(?:chủ trì|thực hiện|đảm nhận|đảm nhiệm|phụ trách|chịu trách nhiệm|làm chủ đầu tư)(?!\w)")
LONGEST_HEADING = 220
_DUTY = re.compile(
    r"(?:cần|phải|tập trung|có trách nhiệm|khẩn trương|triển khai|thực hiện|chủ động|nghiêm túc|tiếp tục|theo chức năng|căn cứ|quan tâm|tăng cường|quán triệt)(?!\w)"
)


@dataclass(frozen=True)
class Lead:
    """Names told to act, the words that say so, and where they end in the text."""

    names: tuple[str, ...]
    words: str
    start: int
    end: int
    proper: bool = False
    triggered: bool = False


def same(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two leads name the same bodies."""
    return {name.casefold() for name in one} == {name.casefold() for name in other}


def _words(text: str, start: int, end: int) -> str:
    following = re.match(r"\s*,?(?:\s+\S+){0,3}", text[end:])
    return text[start : end + (following.end() if following else 0)].strip(" ,")


def _triggered(text: str, at: int) -> Lead | None:
    trigger = _TRIGGER.match(text, at)
    if not trigger:
        return None
    phrase = phrase_at(text, trigger.end())
    if phrase is None:
        return None
    return Lead(phrase.names, _words(text, at, phrase.end), at, phrase.end, phrase.proper, triggered=True)


def lead_of(text: str, *, issuer: str = "", inner: bool = False) -> Lead | None:
    """The addressee a sentence or clause opens with; `inner` says that it follows other clauses of its paragraph."""
    at = 0
    connector = _CONNECTOR.match(text)
    if connector:
        at = connector.end()
    if by := _DONE_BY.match(text, at):
        return _done_by(text, by.end())
    first = _at(text, at, issuer, inner=inner)
    if first is not None or (head_at(text, at) and phrase_at(text, at)):
        return first
    if not PREPOSITION.match(text, at) and not connector:
        return None if inner else _given_later(text)
    for start in _after_adverbial(text, _behind_companions(text, at)):
        found = _at(text, start, issuer, inner=inner)
        if found is not None:
            return found
    return None


def _done_by(text: str, at: int) -> Lead | None:
    """ "Việc di dời đường điện do Công ty Điện lực thực hiện": the one behind "do" does it."""
    phrase = phrase_at(text, at) if head_at(text, at) else None
    if phrase is None or not _DOES.match(text, phrase.end):
        return None
    return Lead(phrase.names, _words(text, at, phrase.end), at, phrase.end, phrase.proper)


def _given_later(text: str) -> Lead | None:
    """ "Đồng ý chủ trương …, giao Sở X …": the order behind an opening without an addressee."""
    for match in re.finditer(r",\s+(?=(?:đồng thời )?(?:giao|yêu cầu|đề nghị) )", text):
        found = _triggered(text, match.end())
        if found and found.proper and text.startswith("giao", match.end()):
            return found
    return None


def _behind_companions(text: str, at: int) -> int:
    """ "Cùng với Sở Tài chính, Kho bạc rà soát …": who goes along is not who is told."""
    along = re.match(r"[Cc]ùng(?: với)?\s+", text[at:])
    phrase = phrase_at(text, at + along.end()) if along and head_at(text, at + along.end()) else None
    return phrase.end if phrase else at


def _after_adverbial(text: str, at: int) -> list[int]:
    """The places behind the commas and colons of an adverbial opening; behind the colon of "Về …:" only."""
    if re.match(r"(?:Về|Đối với|Liên quan)\b", text[at:], re.IGNORECASE):
        colon = re.search(r":\s+", text[at:])
        if colon:
            return [at + colon.end()]
    return [at + match.end() for match in re.finditer(r",\s+|:\s+|\sthì\s+", text[at:])][:14]


def _at(text: str, at: int, issuer: str, *, inner: bool) -> Lead | None:
    found = _triggered(text, at)
    if found:
        return found
    towards = re.match(r"(?:Đối với|Về phía|Riêng)\s+", text[at:])
    if towards:
        phrase = phrase_at(text, at + towards.end())
        if phrase and re.match(r"\s*:|\s*$", text[phrase.end :]):
            return Lead(phrase.names, _words(text, at, phrase.end), at, phrase.end, phrase.proper, triggered=True)
    if not head_at(text, at) or (at and _bare(text, at)):
        return None
    phrase = phrase_at(text, at)
    if phrase is None:
        return None
    rest_at = phrase.end + _skip(text, phrase.end)
    given = _triggered(text, rest_at)
    if given and (_GIVER.match(phrase.names[0]) or phrase.names[0].casefold() == issuer.casefold()):
        return given
    said = _SAID.match(text, rest_at)
    if said and _GIVER.match(phrase.names[0]):
        return _at(text, said.end(), issuer, inner=inner)
    return _subject(text, phrase, rest_at, inner=inner)


def helps_only(text: str, at: int) -> bool:
    """Whether what stands behind a name is only that it helps ("các Sở Tài chính, Nội vụ phối hợp")."""
    match = _HELPED_BY.match(text, at)
    return bool(match) and not text[match.end() if match else 0 :].strip(" .;")


def _bare(text: str, at: int) -> bool:
    """A common noun without "các" inside a sentence is an object more often than an addressee."""
    return (
        text[at].islower()
        and head_at(text, at) in ("group", "unit")
        and not re.match(r"các |toàn |mọi |từng |tất cả |cơ quan |đơn vị |người đứng đầu|chính quyền|cấp ủy", text[at:])
    )


def _skip(text: str, at: int) -> int:
    match = re.match(r"[\s,]*(?:[-–]\s)?", text[at:])
    return match.end() if match else 0


def _subject(text: str, phrase: Phrase, rest_at: int, *, inner: bool) -> Lead | None:
    """The phrase as the subject of a duty, unless it only tells what has been done."""
    rest = text[rest_at:]
    if not rest or NOT_DIRECTIVE.match(rest):
        return None
    if re.match(r"(?:yêu cầu|đề nghị|kiến nghị)(?!\w)", rest) and _GIVER.match(phrase.names[0]):
        return None
    verb = verb_at(text, rest_at, weak=True) or bool(PREPOSITION.match(text, rest_at) and rest[0].islower())
    if not verb and not (phrase.proper and rest[0].islower()) and rest[0] != ":":
        return None
    if inner and not phrase.proper and not _DUTY.match(rest) and not verb_at(text, rest_at):
        return None
    return Lead(phrase.names, _words(text, phrase.start, phrase.end), phrase.start, phrase.end, phrase.proper)


def lead_of_heading(text: str) -> Lead | None:
    """The agency a heading names: "4. Sở Y tế", "Đề nghị Ủy ban Mặt trận …", "Các đơn vị cấp nước có trách nhiệm"."""
    shown = text.strip()
    if shown.isupper() and (found := lead_of_heading(evened(shown))):
        return replace(found, words=shown[found.start : found.end])
    opening = _HEADING_OPENS.match(shown)
    at = opening.end() if opening and head_at(shown, opening.end()) else 0
    if not head_at(shown, at) or re.fullmatch(r"[Cc]ấp (?:tỉnh|thành phố|huyện|xã|trung ương|cơ sở)\s*:?", shown):
        return None
    phrase = phrase_at(shown, at)
    if phrase and not (_DEFINED.match(shown[phrase.end :]) and not phrase.proper):
        if given := _triggered(shown, phrase.end + _skip(shown, phrase.end)):
            return given
        if _REPORTS.match(shown[phrase.end :].lstrip(" .")):
            return None
        if found := _plain_heading(shown, phrase):
            return found
    return _defined_heading(shown, at, phrase) or _whole_heading(shown, at)


def _plain_heading(shown: str, phrase: Phrase) -> Lead | None:
    """Names, and behind them nothing, a colon, or a duty that opens a list."""
    rest = shown[phrase.end :].strip(" .")
    if not rest or rest[0] == ":" or _BURDEN.match(rest):
        return _heading_lead(phrase, shown.rstrip(":"))
    duty = verb_at(shown, phrase.end + _skip(shown, phrase.end)) or _DUTY.match(rest.lstrip(", "))
    return _heading_lead(phrase, _words(shown, 0, phrase.end)) if shown.endswith(":") and duty else None


def _defined_heading(shown: str, at: int, phrase: Phrase | None) -> Lead | None:
    """A group told by what it does: "Các sở, ngành chủ trì, tham gia thực hiện các dự án"."""
    if phrase is None or phrase.proper or shown.endswith((".", ":")) or len(shown) > LONGEST_HEADING:
        return None
    if not _DEFINED.match(shown[phrase.end :]):
        return None
    names = phrase.names if re.match(r"\s+hoạt động", shown[phrase.end :]) else (shown[at:],)
    return Lead(names, shown, at, len(shown), triggered=at > 0)


def _whole_heading(shown: str, at: int) -> Lead | None:
    whole = phrase_at(shown, at, whole=True)
    if whole is None:
        return None
    rest = shown[whole.end :].strip(" .:")
    if (not rest and len(shown) < LONGEST_HEADING + 40) or _BURDEN.match(rest) or rest.startswith("thực hiện"):
        return _heading_lead(whole, shown.rstrip(":"))
    return None


def _heading_lead(phrase: Phrase, words: str) -> Lead:
    return Lead(phrase.names, words, phrase.start, phrase.end, phrase.proper, triggered=phrase.start > 0)


def lead_of_list(text: str) -> Lead | None:
    """The addressee of a sentence that introduces a list: the last one told to do something."""
    sentence = _SENTENCE.split(text)[-1]
    found: Lead | None = None
    for match in re.finditer(rf"(?<![\w])(?={TRIGGER})", sentence):
        found = _triggered(sentence, match.start()) or found
    if found:
        return found
    covered = -1
    starts = [0, *(match.end() for match in re.finditer(r"[,;:.]\s+|\sthì\s+", sentence))]
    for start in starts:
        if start < covered or not head_at(sentence, start) or (start and _bare(sentence, start)):
            continue
        phrase = phrase_at(sentence, start)
        if phrase is None:
            continue
        covered = phrase.end
        rest = sentence[phrase.end :].lstrip(" ,")
        if _DUTY.match(rest) and not re.match(r"(?:thực hiện|triển khai) (?:xong|tốt|được)", rest):
            found = Lead(phrase.names, _words(sentence, start, phrase.end), start, phrase.end, phrase.proper)
    return found


def partners_in(text: str) -> tuple[tuple[str, ...], str]:
    """The partners named with "phối hợp", and the words that name them."""
    names: list[str] = []
    words = ""
    for match in _PARTNER.finditer(text):
        before = text[: match.start()]
        if _NOT_PARTNER.search(before[-24:]):
            continue
        clause = re.split(r"[;.:]\s|,\s(?=phối|chủ)", before + " ")[-1].strip() if before else ""
        others = _LEADS_OTHERS.search(clause)
        if (
            others
            and head_at(others[1], 0)
            and not re.search(r",\s*$", before.rstrip() + ("," if before.rstrip().endswith(",") else ""))
        ):
            continue
        if not head_at(text, match.end()):
            continue
        phrase = phrase_at(text, match.end())
        if phrase is None or re.match(r"(?:UBND|Ủy ban nhân dân) tỉnh$", ""):
            continue
        names.extend(phrase.names)
        words = words or text[match.start() : phrase.end].strip()
    for match in _HELPED_BY.finditer(text):
        start = max(text.rfind(mark, 0, match.start()) for mark in ";.") + 1
        start += len(text[start:]) - len(text[start:].lstrip())
        phrase = phrase_at(text, start) if head_at(text, start) else None
        if phrase is not None and phrase.end == match.start():
            names.extend(phrase.names)
            words = words or text[start : match.end()].strip()
    return tuple(dict.fromkeys(names)), words


def recipients(text: str) -> tuple[str, ...]:
    """The names after "Kính gửi:"."""
    return names_in(re.sub(r"^(?:-\s*)?Kính gửi\s*:?\s*", "", text))


def names_only(text: str) -> bool:
    """Whether a line holds nothing but names of bodies."""
    phrase = phrase_at(text, 0, whole=True) if head_at(text, 0) else None
    return bool(phrase) and not text[phrase.end if phrase else 0 :].strip(" .,;:")
