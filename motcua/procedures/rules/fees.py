"""Fees as the catalogue writes them: a column, notes with other amounts, and periods of reduced amounts."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from motcua.procedures.terms import Currency, FeeKind

CURRENCY_PATTERN: Final = r"Việt Nam Đồng|VNĐ|VND|USD|EUR|%"
"""Currencies as the fee column prints them, longest first."""

_CURRENCIES: Final = {
    "việt nam đồng": "VND",
    "vnđ": "VND",
    "vnd": "VND",
    "đồng": "VND",
    "đ": "VND",
    "usd": "USD",
    "%": "%",
}
_AMOUNT: Final = re.compile(
    r"(?<![\d/.,])(\d{1,3}(?:[.,]\d{3})+|\d{1,12})\s*(?:\([^()\d]{1,60}\)\s*)?(triệu\s+)?"
    r"(việt nam đồng|vnđ|vnd|đồng|đ|usd|%)(?!\w)",
    re.IGNORECASE,
)
_PER: Final = re.compile(r"\s*/\s*([^\s;.,()]+(?:\s+(?!\()[^\s;.,()]+){0,5})")
_PER_ENDS: Final = re.compile(r"\s+(?:kể từ|từ|áp dụng|đối với|theo|đến|trong|khi|nếu|và|kèm)\b.*", re.IGNORECASE)
_DAY: Final = r"(?:ngày\s+)?(\d{1,2})\s*(?:/|-|\s+tháng\s+)\s*(\d{1,2})\s*(?:/|-|\s+năm\s+)\s*(\d{4})"
_FROM: Final = re.compile(r"(?:từ|kể từ)\s+(?:kể\s+từ\s+)?" + _DAY, re.IGNORECASE)
_UNTIL: Final = re.compile(r"(?:đến|tới)\s+(?:hết\s+)?" + _DAY, re.IGNORECASE)
_ELSEWHERE: Final = re.compile(
    r"hội đồng nhân dân|hđnd|theo quy định (?:của|tại)|mức (?:thu )?(?:lệ )?phí (?:cụ thể|theo)|"
    r"thực hiện theo|chế độ thu|mức thu (?:lệ )?phí do",
    re.IGNORECASE,
)
_FREE: Final = re.compile(r"^\W*(?:miễn|không\s+(?:thu|có|quy định|phải nộp)|không\W*$)", re.IGNORECASE)
_MOST: Final = Decimal(10) ** 12
_WHOLE: Final = frozenset(
    {"", "hồ sơ", "lần", "lần đăng ký", "lần cấp", "trường hợp", "giao dịch", "thủ tục", "giấy phép", "chứng chỉ"}
    | {"giấy chứng nhận", "quyết định", "giấy", "cchn", "01 hồ sơ", "1 hồ sơ", "lần thẩm định", "việc"}
)
"""What a dossier has one of: an amount for it is the amount of the dossier."""


def is_whole(unit: str) -> bool:
    """Whether an amount for this unit is that of the whole dossier; what is reckoned by pages or copies is not."""
    return unit.strip().casefold() in _WHOLE


_ZERO_AMOUNT: Final = Decimal(0)


@dataclass(frozen=True, slots=True)
class FeeLine:
    """One fee: what kind, how much of which currency, per what, when, and the words it was read from."""

    kind: FeeKind
    text: str
    at: int
    amount: Decimal | None = None
    currency: str = ""
    unit: str = ""
    note: str = ""
    since: date | None = None
    until: date | None = None

    @property
    def amount_vnd(self) -> int | None:
        """Whole đồng, if the fee is in đồng."""
        if self.kind is FeeKind.FREE:
            return 0
        whole = self.amount is not None and self.currency == Currency.VND and self.amount == int(self.amount)
        return int(self.amount) if whole and self.amount is not None else None


def number(text: str) -> Decimal:
    """`500,000` of the column and `500.000` of the notes are both five hundred thousand; `0.5` stays a half."""
    if re.fullmatch(r"\d{1,3}(?:[.,]\d{3})+", text):
        return Decimal(re.sub(r"[.,]", "", text))
    return Decimal(text.replace(",", "."))


def column_fee(token: str, note: str, at: int) -> list[FeeLine]:
    """The fee of a column cell with its bracketed note, and the other amounts that the note states."""
    note = note.strip()
    inner = note[1:-1].strip() if note.startswith("(") and note.endswith(")") else note.strip("( \t")
    found = stated_fees(inner, at + len(token) + 1)
    since, until = period(inner) if not any(one.since or one.until for one in found) else (None, None)
    own = _own(token, inner, at, found, since, until)
    same = [
        one for one in found if own.amount is not None and one.amount == own.amount and one.currency == own.currency
    ]
    if same and not (same[0].since or same[0].until):
        own = FeeLine(own.kind, own.text, at, own.amount, own.currency, own.unit or same[0].unit, inner, since, until)
        found = [one for one in found if one not in same]
    return [own, *found]


def _own(token: str, inner: str, at: int, found: list[FeeLine], since: date | None, until: date | None) -> FeeLine:
    match = re.fullmatch(r"([\d.,]+)\s*(" + CURRENCY_PATTERN + ")", token.strip(), re.IGNORECASE)
    if match is not None and match[2].upper() != "EUR" and number(match[1]) < _MOST:
        unit = inner.removeprefix("/").strip() if re.fullmatch(r"/[^\n]{1,60}", inner) else ""
        return FeeLine(
            FeeKind.AMOUNT, token, at, number(match[1]), _CURRENCIES[match[2].lower()], unit, inner, since, until
        )
    if token == "Không có thông tin":
        return FeeLine(FeeKind.UNKNOWN, token, at, note=inner)
    if token == "Miễn phí" and not found and (not inner or _FREE.search(inner) or not _ELSEWHERE.search(inner)):
        return FeeLine(FeeKind.FREE, token, at, _ZERO_AMOUNT, Currency.VND, "", inner, since, until)
    kind = FeeKind.FREE if token == "Miễn phí" and _FREE.search(inner) else FeeKind.BY_RULE
    return FeeLine(
        kind, token, at, _ZERO_AMOUNT if kind is FeeKind.FREE else None, note=inner, since=since, until=until
    )


def stated_fees(text: str, at: int) -> list[FeeLine]:
    """Every amount of money that a note states, with its unit ("/trang") and, where given, its period."""
    matches = list(_AMOUNT.finditer(text))
    found = []
    for index, match in enumerate(matches):
        end = matches[index + 1].start() if index + 1 < len(matches) else len(text)
        window = text[match.start() : end]
        per = _PER.match(text, match.end())
        since, until = period(window)
        if match[3] == "%" and re.search(
            r"(?:trở lên|dưới|từ|suy giảm|tỷ lệ)\s*$", text[: match.start()], re.IGNORECASE
        ):
            continue
        amount = number(match[1]) * (1_000_000 if match[2] else 1)
        if amount >= _MOST:
            continue
        found.append(
            FeeLine(
                FeeKind.AMOUNT if amount else FeeKind.FREE,
                match[0],
                at + match.start(),
                amount,
                _CURRENCIES[match[3].lower()],
                _PER_ENDS.sub("", per[1]).strip() if per else "",
                _sentence(text, match.start(), end),
                since,
                until,
            )
        )
    return found


def _sentence(text: str, start: int, end: int) -> str:
    begin = max(text.rfind(";", 0, start), text.rfind("\n", 0, start), text.rfind(". ", 0, start)) + 1
    return text[begin:end].strip(" ;.,-+")


def period(text: str) -> tuple[date | None, date | None]:
    """The first "từ ngày … đến hết ngày …" of a text; an impossible date is no date."""
    since, until = _FROM.search(text), None
    until = _UNTIL.search(text, since.end() if since else 0)
    first, last = _date(since), _date(until)
    return (None, None) if first and last and last < first else (first, last)


def _date(match: re.Match[str] | None) -> date | None:
    if match is None:
        return None
    try:
        return date(int(match[3]), int(match[2]), int(match[1]))
    except ValueError:
        return None
