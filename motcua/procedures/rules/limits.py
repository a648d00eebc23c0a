"""Time limits as the catalogue writes them: spans in our notation, read from columns and from sentences."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from django.utils.translation import gettext as _

from motcua.base.errors import Refused
from motcua.workdays.rules.limits import Limit, Stage
from motcua.workdays.terms import Unit

HOURS_A_DAY: Final = 8
DAYS_A_MONTH: Final = 30

UNITS: Final = {
    "ngày làm việc": ("wd", 1),
    "giờ làm việc": ("wh", 1),
    "ngày": ("cd", 1),
    "giờ": ("wh", 1),
    "tháng": ("mo", 1),
    "tuần": ("cd", 7),
    "năm": ("mo", 12),
}
"""Units of published limits. Hours are working hours (8 = 1 day); a week is 7 days, a year 12 months."""

UNIT_PATTERN: Final = r"ngày\s+làm\s+việc|giờ\s+làm\s+việc|ngày|giờ|tháng|tuần|năm"
_DURATION: Final = re.compile(
    r"(?<![\d./,-])(\d{1,4}(?:[.,]\d{1,2})?)\s*(?:\([^()\d]{1,40}\)\s*)?(" + UNIT_PATTERN + r")(?!\w)",
    re.IGNORECASE,
)
_DATE_BEFORE: Final = re.compile(r"(?:ngày|tháng|năm|khoản|điều|điểm|mục|số|định kỳ)\s*$", re.IGNORECASE)
_CLOCK_BEFORE: Final = re.compile(r"(?:sau|trước|lúc|từ|đến|hồi)\s*$", re.IGNORECASE)
_DATE_AFTER: Final = re.compile(r"\s*\d")
_LONGER: Final = re.compile(r"kéo dài|gia hạn|tăng thêm|thêm không quá|chậm nhất trước|niêm yết", re.IGNORECASE)
_ALTERNATIVE: Final = re.compile(r"trường hợp|đối với|nếu\b|hồ sơ thuộc diện", re.IGNORECASE)
_PARENTHESES: Final = re.compile(r"\([^()]*\)")
_CLAUSE_END: Final = re.compile(r"[\n;]+|\.\s+(?=[^a-z\s])|\s+(?=[-+*]\s)")


@dataclass(frozen=True, slots=True)
class Stated:
    """A span that a sentence states, with the sentence and its place."""

    span: Stage
    clause: str
    at: int
    alternative: bool


def span_of(number: str, unit: str) -> Stage | None:
    """The span of a number and a Vietnamese unit; None if our notation cannot say it (half a calendar day, zero)."""
    known = UNITS.get(" ".join(unit.lower().split()))
    if known is None:
        return None
    span = Stage(Decimal(number.replace(",", ".")) * known[1], Unit(known[0]))
    try:
        Limit.parse(str(span))
    except Refused:
        return None
    return span


def notation(spans: Iterable[Stage]) -> str:
    """Spans as one text, stages joined by `+`."""
    return "+".join(str(one) for one in spans)


def in_words(limit: str) -> str:
    """The limit for a reader: "20 ngày, rồi 10 ngày"; nothing for nothing."""
    return _(", rồi ").join(one.in_words() for one in Limit.parse(limit).stages) if limit else ""


def from_words(text: str) -> str:
    """What an official writes, such as "5 ngày làm việc" or "20 ngày + 10 ngày", in our notation; as it is if it is no such words."""
    stages = []
    for part in _NEXT_STAGE.split(text.strip()):
        said = _SAID.fullmatch(part.strip())
        span = span_of(said[1], said[2]) if said else None
        if span is None:
            return text
        stages.append(span)
    return notation(stages)


_NEXT_STAGE: Final = re.compile(r"\s*(?:\+|;|,?\s+rồi\s)\s*", re.IGNORECASE)
_SAID: Final = re.compile(rf"(\d{{1,4}}(?:[.,]\d{{1,2}})?)\s*({UNIT_PATTERN})", re.IGNORECASE)


def hours_of(limit: str) -> Decimal:
    """All the hours that the steps of a route must sum to: a day is 8 hours, and a limit in calendar days or months is
    divided in its own days of 8 hours (Hà Nội prints "30 ngày = 240 giờ")."""
    stages = Limit.parse(limit).stages if limit else ()
    by_unit = {"wd": HOURS_A_DAY, "wh": 1, "cd": HOURS_A_DAY, "mo": DAYS_A_MONTH * HOURS_A_DAY}
    return sum((one.amount * by_unit[one.unit.value] for one in stages), Decimal(0))


def stated_spans(text: str) -> list[Stated]:
    """The limits that sentences state: the first span of each clause, without dates, clock times and extensions."""
    found: list[Stated] = []
    start = 0
    for end in [*(one.start() for one in _CLAUSE_END.finditer(text)), len(text)]:
        clause = text[start:end]
        first = _first_span(clause)
        if first is not None:
            span, offset = first
            bare = _PARENTHESES.sub("", clause)
            found.append(Stated(span, clause.strip(), start + offset, bool(_ALTERNATIVE.search(bare))))
        start = end
    return found


def _first_span(clause: str) -> tuple[Stage, int] | None:
    hidden = _PARENTHESES.sub(_blank_if_it_counts, clause)
    if _LONGER.search(hidden):
        return None
    for match in _DURATION.finditer(hidden):
        before = hidden[max(0, match.start() - 12) : match.start()]
        unit = match[2].lower()
        if _DATE_BEFORE.search(before) or (unit in ("tháng", "năm", "giờ") and _DATE_AFTER.match(hidden, match.end())):
            continue
        if unit == "giờ" and _CLOCK_BEFORE.search(before):
            continue
        span = span_of(match[1], match[2])
        if span is not None:
            return span, match.start()
    return None


def _blank_if_it_counts(bracket: re.Match[str]) -> str:
    """A bracket with figures or many words says something else; a short one, such as "15 (mười lăm) ngày", stays."""
    keeps = len(bracket[0]) < 25 and not any(one.isdigit() for one in bracket[0])
    return bracket[0] if keeps else " " * len(bracket[0])


def contained_stages(text: str, whole: Stage) -> tuple[Stated, ...]:
    """Stages named inside a sentence, such as "(bao gồm 20 ngày … và 10 ngày …)", if they sum to the whole."""
    spans: list[Stated] = []
    for match in () if _LONGER.search(text) else _DURATION.finditer(text):
        before = text[max(0, match.start() - 12) : match.start()]
        span = None if _DATE_BEFORE.search(before) else span_of(match[1], match[2])
        if span is not None:
            clause = text[match.start() : match.end() + 80].split(";")[0].strip(" ).")
            spans.append(Stated(span, clause, match.start(), False))
    if spans and spans[0].span.amount == whole.amount:
        spans = spans[1:]
    same = len(spans) > 1 and sum((one.span.amount for one in spans), Decimal(0)) == whole.amount
    return tuple(spans) if same and len({one.span.unit for one in spans}) == 1 else ()
