"""Thành phần hồ sơ: the flattened lists of papers, one per case, cut into papers with their numbers of copies."""

import re
from dataclasses import dataclass
from typing import Final

from motcua.procedures.rules.channels import NOTHING, Unread

HEAD: Final = re.compile(r"\s*Tên giấy tờ\s*Mẫu đơn, tờ khai\s*Số lượng")
_COUNT: Final = re.compile(r"(\d{1,9}) bản chính(?:,\s?(\d{1,9}) bản sao)?|(\d{1,9}) bản sao")
_FILE: Final = re.compile(r"\.(?:docx?|pdf|xlsx?|rtf|odt|rar|zip|jpe?g|png|pptx?)\s*$", re.IGNORECASE)
_LOWER: Final = "a-z" + "".join(one for one in map(chr, range(0xC0, 0x1EFA)) if one.islower())
_UPPER: Final = "A-Z" + "".join(one for one in map(chr, range(0xC0, 0x1EFA)) if one.isupper())
_STRONG_GLUE: Final = re.compile(rf"(?<=[^\d\s.][.;:)”\"])(?=[{_UPPER}{_LOWER}\d])|(?<=[.)])(?=\.?[{_UPPER}])")
_WEAK_GLUE: Final = re.compile(rf"(?<=[{_LOWER}\d)])(?=[{_UPPER}])|(?<=[{_UPPER}]{{2}})(?=[{_LOWER}])")
_CONDITION: Final = re.compile(
    r"\((?:nếu có|nếu có yêu cầu|nếu[^()]{1,120}|trường hợp[^()]{1,200}|đối với[^()]{1,200}|áp dụng[^()]{1,200})\)"
    r"|(?:trong|đối với)\s+trường hợp[^.;]{3,300}|^\W*(?:trong\s+)?trường hợp[^.:;]{3,300}?(?:[:,]|\s(?=thì\s|phải\s))",
    re.IGNORECASE,
)
_MOST_OF_ANY_PAPER: Final = 999


@dataclass(frozen=True, slots=True)
class PaperLine:
    """One paper of a case: `text` is what the page printed for it, without its numbers."""

    name: str
    originals: int
    copies: int
    required: bool
    form: str
    condition: str
    text: str


@dataclass(frozen=True, slots=True)
class CaseList:
    """One case (trường hợp) and its papers; the case without a name is the only or ordinary one."""

    name: str
    papers: tuple[PaperLine, ...]


@dataclass(frozen=True, slots=True)
class PaperTable:
    """The papers of a procedure, case by case, and the texts that could not be read as a table."""

    cases: tuple[CaseList, ...]
    unread: tuple[Unread, ...]
    pieces: tuple[str, ...]


def paper_table(text: str, place: str = "thanh_phan_ho_so") -> PaperTable:
    """Read the flattened field; `pieces`, joined, are the text again, so nothing can get lost unseen."""
    heads = list(HEAD.finditer(text))
    if not heads:
        return _without_table(text, place)
    cases: list[CaseList] = []
    unread: list[Unread] = []
    pieces: list[str] = [text[: heads[0].start()]]
    name = pieces[0]
    for index, head in enumerate(heads):
        end = heads[index + 1].start() if index + 1 < len(heads) else len(text)
        papers, rest_at = _papers(text, head.end(), end)
        last = index + 1 == len(heads)
        pieces += [head[0], text[head.end() : rest_at], text[rest_at:end]]
        rest = text[rest_at:end]
        if rest.strip() and (last or not papers):
            unread.append(Unread("paper", "", _shortened(rest), f"{place}:{rest_at}"))
            papers.append(_uncounted(rest))
        cases.append(CaseList(_case_name(name), tuple(papers)))
        name = rest
    return PaperTable(tuple(cases), tuple(unread), tuple(pieces))


def _without_table(text: str, place: str) -> PaperTable:
    if text.strip() in ("", "--", NOTHING):
        return PaperTable((CaseList("", ()),), (), (text,))
    told = Unread("paper", "", _shortened(text), f"{place}:0")
    return PaperTable((CaseList("", (_uncounted(text),)),), (told,), (text,))


def _papers(text: str, start: int, end: int) -> tuple[list[PaperLine], int]:
    papers: list[PaperLine] = []
    item_at = start
    for match in _COUNT.finditer(text, start, end):
        digits = match[1] or match[3]
        own = _own_digits(text, match.start(), digits, item_at)
        if own == 0 or not _is_count(text, match.end(), end, match.start() == item_at):
            continue
        name_end = match.start() + len(digits) - own
        number = min(int(digits[len(digits) - own :]), _MOST_OF_ANY_PAPER)
        originals, copies = (number, min(int(match[2] or 0), _MOST_OF_ANY_PAPER)) if match[1] else (0, number)
        papers.append(_paper(text[item_at:name_end], originals, copies))
        item_at = match.end()
    return papers, item_at


def _own_digits(text: str, start: int, digits: str, item_at: int) -> int:
    """How many of the digits before "bản chính" are the number: "Mẫu số 181 bản chính" is Mẫu số 18, one original."""
    before = text[item_at:start][-2:]
    if not before or before[-1] == "(" or (before[-1].isspace() and (len(digits) == 1 or digits.startswith("0"))):
        return 0
    if len(digits) == 1:
        return 1
    ends_a_word = before[-1].islower() or before[-1] in ");:,”\"'" or (before[-1] == "." and not before[0].isdigit())
    return len(digits) if ends_a_word and len(digits) == 2 and not digits.startswith("0") else 1


def _is_count(text: str, after: int, end: int, at_start: bool) -> bool:
    follows = text[after : min(after + 2, end)]
    if not follows:
        return True
    if follows[0].isspace():
        return not at_start and (len(follows) == 1 or not follows[1].islower())
    return follows[0] not in ";.,)/"


def _paper(text: str, originals: int, copies: int) -> PaperLine:
    stripped = text.strip()
    name, form = _name_and_form(stripped)
    condition = _CONDITION.search(name)
    return PaperLine(
        name or stripped,
        originals,
        copies,
        originals + copies > 0 and condition is None,
        form,
        condition[0].strip("() ,:") if condition else "",
        stripped,
    )


def _uncounted(text: str) -> PaperLine:
    return PaperLine(text.strip(), 0, 0, False, "", "", text.strip())


def _name_and_form(text: str) -> tuple[str, str]:
    """The file of the form is glued to the name: cut where a sentence ends without a space, else where letters jump."""
    if not _FILE.search(text):
        return text, ""
    cuts = [one.start() for one in _STRONG_GLUE.finditer(text) if not _FILE.fullmatch(text[one.start() - 1 :])]
    cuts = [cut for cut in cuts if cut >= len(text) // 5] or [one.start() for one in _WEAK_GLUE.finditer(text)]
    cuts = [cut for cut in cuts if 0 < cut < len(text) - 4]
    return (text[: cuts[-1]].strip(), text[cuts[-1] :].strip()) if cuts else (text, "")


def _case_name(text: str) -> str:
    name = " ".join(text.split()).strip()
    return "" if name.strip("-–: ") == "" else name.rstrip(":").strip()


def _shortened(text: str, most: int = 300) -> str:
    text = text.strip()
    return text if len(text) <= most else text[: most - 1] + "…"
