"""Dates, periods and recurrence in the wording of directives.

A month, a quarter, a year ends on its last day; "trước ngày" is not moved back a day. What cannot become a date
(a relative term, a missing year, a recurring day) keeps its wording and no date. A day that does not exist is reported.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass

_DAY = r"(?P<d>\d{1,2})\s*(?:[/.\-]|\s+tháng\s+)\s*(?P<m>\d{1,2})\s*(?:[/.\-]|,?\s+năm\s+)\s*(?P<y>\d{4})"
_DAY_NO_YEAR = r"(?P<d2>\d{1,2})\s*(?:/|\s+tháng\s+)\s*(?P<m2>\d{1,2})(?![/\d])"
_MONTH = r"tháng\s+(?P<mm>\d{1,2})\s*(?:[/.\-]|,?\s+năm\s+)\s*(?P<my>\d{4})"
_QUARTER = r"[Qq]uý\s+(?:(?:IV|I{1,3}|[1-4])\s*(?:,|và|-|–|đến|\+)\s*(?:[Qq]uý\s+)?)*(?P<q>IV|I{1,3}|[1-4])\s*(?:[/.\-,]|\s+năm|,\s*năm)?\s*(?P<qy>\d{4})"
_HALF = r"(?:0?6|sáu)\s+tháng\s+(?P<h>đầu|cuối)\s+năm\s+(?P<hy>\d{4})"
_YEAR_END = r"(?:cuối\s+|hết\s+)?năm\s+(?P<yy>\d{4})"
_HOUR = r"(?:\d{1,2}\s*(?:giờ|h|g)\s*\d{0,2}(?:\s*phút)?,?\s*)?"
_ABSOLUTE = rf"(?:{_DAY}|{_MONTH}|{_QUARTER}|{_HALF}|{_YEAR_END})"
_CUE = (
    r"(?:(?:hoàn thành|hoàn tất|xong|gửi|trình|báo cáo|nộp|kết thúc|thực hiện|ban hành|phấn đấu)\s+)?"
    r"(?:chậm nhất(?:\s+(?:là|đến|trước|vào|trong|hết))*|trước khi hết|trước|xong trong|xong trước|trong|vào|muộn nhất(?:\s+là)?"
    r"|không quá|thời hạn(?:\s+(?:hoàn thành|là|đến|báo cáo|gửi|trình|thực hiện))*\s*:?|hạn(?:\s+(?:chót|cuối|hoàn thành|báo cáo|là))*\s*:?"
    r"|từ nay (?:cho )?đến|(?:và )?(?:kéo dài )?đến|(?<!đã )(?<!chưa )(?<!được )(?:hoàn thành|hoàn tất|xong)\s*:?(?=\s*(?:vào )?(?:ngày|tháng|quý|\d)))"
    r"(?:\s+(?:hết|cuối|ngày|kỳ chi trả|thời điểm|hết ngày|thời hạn))*\s*"
)
_DATED = re.compile(rf"(?P<cue>{_CUE})(?:{_HOUR})(?:(?:hết|cuối)\s+)?(?:ngày\s+)?{_ABSOLUTE}", re.IGNORECASE)
_STRIVE = re.compile(r"phấn đấu(?:\s+(?:đến|trong|đến hết))?\s+(?:cuối\s+|hết\s+)?năm\s+(?P<yy>\d{4})", re.IGNORECASE)
_VAGUE = re.compile(
    r"(?:(?:chậm nhất|muộn nhất|trong)\s+)?(?:trong\s+)?(?:thời hạn|thời gian|vòng)?\s*(?:tối đa\s+|không quá\s+|chậm nhất\s+)?"
    r"(?P<n>\d{1,3})\s+(?P<u>ngày làm việc|ngày|giờ|tháng|tuần)(?:\s+làm việc)?"
    r"(?P<k>\s*(?:,\s*)?(?:kể từ|sau khi|từ ngày|sau ngày)[^,.;]*)?",
    re.IGNORECASE,
)
_RECURRING_DAY = re.compile(
    r"(?:trước\s+|chậm nhất\s+(?:là\s+)?|vào\s+)?(?:ngày\s+)?\d{1,2}(?:\s*(?:/|tháng)\s*\d{1,2})?(?:\s*của)?\s*\)?\s*"
    r"(?P<p>hằng|hàng|mỗi)\s+(?P<u>tuần|tháng|quý|năm)|"
    r"(?:hằng|hàng|mỗi)\s+(?P<u2>tuần|tháng|quý|năm)\s*[,(]?\s*(?:trước|chậm nhất|vào)\s+(?:là\s+)?(?:ngày\s+)?\d{1,2}"
    r"(?:\s*(?:/|tháng)\s*\d{1,2}(?!\s*[/\d]))?\)?",
    re.IGNORECASE,
)
_PERIOD = re.compile(
    r"(?P<half>(?:định kỳ |trong báo cáo |báo cáo )?(?:định kỳ )?(?:(?:hằng|hàng|mỗi) )?(?:0?6|sáu) tháng"
    r"(?:,| và| hoặc|/)?\s*(?:0?1 )?(?:hằng |hàng |một )?năm|định kỳ (?:0?6|sáu) tháng(?: (?:một|0?1) lần)?|(?:0?6|sáu) tháng(?: (?:một|0?1) |/)lần)"
    r"|(?P<month>(?:định kỳ )?(?:hằng|hàng|mỗi|từng) tháng|(?:0?1|một) tháng(?:/| )(?:0?1|một) lần|(?:0?1|một) lần/tháng)"
    r"|(?P<quarter>(?:định kỳ )?(?:theo )?(?:hằng|hàng|mỗi|từng) quý|theo quý|định kỳ quý|(?:0?3|ba) tháng(?: (?:một|0?1) |/)lần|(?:0?1|một) lần/quý)"
    r"|(?P<year>(?:định kỳ )?(?:hằng|hàng|mỗi) năm|định kỳ năm|(?:0?1|một) lần/năm)"
    r"|(?P<week>(?:định kỳ )?(?:hằng|hàng|mỗi) (?:tuần|ngày))",
    re.IGNORECASE,
)
_RECURRENCE = {"half": "half-yearly", "month": "monthly", "quarter": "quarterly", "year": "yearly", "week": "none"}
_UNIT_RECURRENCE = {"tuần": "none", "tháng": "monthly", "quý": "quarterly", "năm": "yearly"}
_PLAIN_DATE = re.compile(
    r"(?<!\d)(\d{1,2})/(\d{1,2})/(\d{4})(?!\d)|ngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})"
)
_NO_YEAR = re.compile(
    r"(?:chậm nhất|trước|xong trước|hoàn thành trước|trong|vào|đến hết|từ nay đến)\s+(?:(?:là|vào|hết|đến)\s+)*"
    rf"(?:ngày\s+{_DAY_NO_YEAR}|{_DAY_NO_YEAR.replace('d2', 'd3').replace('m2', 'm3')}|cuối năm(?!\s+\d)|đầu năm(?! \d)"
    r"|tháng\s+\d{1,2}(?!\s*[/.\d]|,?\s+năm)|quý\s+(?:IV|I{1,3}|[1-4])(?!\s*[/\d]|,?\s+năm))",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Deadline:
    """A due date or the wording of one; `start` is where it stands in the text that was searched."""

    date: str | None
    text: str
    recurrence: str = "none"
    start: int = 0


def iso(day: int, month: int, year: int) -> str | None:
    """The ISO form, or nothing for a day that does not exist."""
    try:
        return dt.date(year, month, day).isoformat() if 1900 <= year <= 2200 else None
    except ValueError:
        return None


def last_day(month: int, year: int) -> str | None:
    """The last day of a month, or nothing for a month that does not exist."""
    if not (1 <= month <= 12 and 1900 <= year <= 2200):
        return None
    return iso(calendar.monthrange(year, month)[1], month, year)


def impossible_dates(text: str) -> list[str]:
    """Dates written in the text that no calendar holds ("31/02/2026")."""
    found = []
    for match in _PLAIN_DATE.finditer(text):
        day, month, year = (int(part) for part in match.groups() if part)
        if iso(day, month, year) is None:
            found.append(match[0])
    return found


def _value(match: re.Match[str]) -> str | None:
    part = match.groupdict()
    if part.get("d"):
        return iso(int(part["d"]), int(part["m"]), int(part["y"]))
    if part.get("mm"):
        return last_day(int(part["mm"]), int(part["my"]))
    if part.get("q"):
        quarter = {"I": 1, "II": 2, "III": 3, "IV": 4}.get(part["q"].upper()) or int(part["q"])
        return last_day(quarter * 3, int(part["qy"]))
    if part.get("h"):
        return last_day(6 if part["h"].lower() == "đầu" else 12, int(part["hy"]))
    return last_day(12, int(part["yy"])) if part.get("yy") else None


def _is_due(match: re.Match[str], text: str) -> bool:
    """Whether the phrase sets a date and does not name a period, a start or a past state."""
    before = text[: match.start()].rstrip().lower()
    cue = match["cue"].lower().strip()
    if re.search(
        r"(?:giai đoạn|định hướng|tầm nhìn|tính|hiện nay|nhiệm kỳ|kể|(?<!còn )hiệu lực|từ năm \d{4}|\(hoạt động)$",
        before,
    ):
        return False
    plain = cue.endswith("đến") and not re.search(r"chậm nhất|từ nay|phấn đấu|hoàn thành", cue)
    if plain and match["yy"] and not re.search(r"hết|cuối", match[0].lower()):
        return bool(re.search(r"(?:phấn đấu|hoàn thành)$", before))
    if cue.endswith(("trước", "vào")) and match["yy"] and re.search(r"(?:giai đoạn|những năm)$", before):
        return False
    if cue == "trong" and match["h"]:
        return bool(re.search(r"hoàn thành$", before)) or not text.rstrip().endswith(":")
    if cue == "vào" and match["d"] and re.search(r"(?:họp|tổ chức|diễn ra|ban hành|ký)$", before):
        return "hoàn thành" in before[-40:]
    return True


def absolute(text: str) -> list[Deadline]:
    """Every due date of a text that a calendar can hold, in order."""
    found: list[Deadline] = []
    for match in list(_DATED.finditer(text)) + list(_STRIVE.finditer(text)):
        if match.re is _DATED and not _is_due(match, text):
            continue
        date = _value(match)
        if date and not any(abs(one.start - match.start()) < 12 for one in found):
            found.append(Deadline(date, _worded(match[0]), "none", match.start()))
    return sorted(found, key=lambda one: one.start)


def _worded(text: str) -> str:
    """The wording without the verb before it."""
    text = re.sub(r"\s+", " ", text).strip(" ,.;:")
    return re.sub(
        r"^(?:hoàn thành|hoàn tất|gửi|trình|báo cáo|nộp|thực hiện|ban hành|kết thúc) (?=trước|trong|chậm|vào|đến|xong|từ nay)",
        "",
        text,
    )


def recurrence_of(text: str) -> Deadline | None:
    """A repeated duty: the period word belongs to the verb, not to a noun ("kế hoạch hàng năm")."""
    day = _RECURRING_DAY.search(text)
    if day:
        unit = (day["u"] or day["u2"] or "").lower()
        return Deadline(None, re.sub(r"\s+", " ", day[0]).strip(" ,"), _UNIT_RECURRENCE.get(unit, "none"), day.start())
    for match in _PERIOD.finditer(text):
        if _modifies_verb(match, text):
            kind = next(name for name, value in match.groupdict().items() if value)
            return Deadline(None, match[0].strip(" ,"), _RECURRENCE[kind], match.start())
    return None


def _modifies_verb(match: re.Match[str], text: str) -> bool:
    words = match[0].lower()
    if re.search(r"(?:quá|tối đa)\s*$", text[: match.start()], re.IGNORECASE):
        return False  # a limit ("không quá 01 lần/năm") asks for nothing
    if "định kỳ" in words or "lần" in words or words.startswith(("theo", "trong báo cáo")):
        return True
    before = text[: match.start()].rstrip()
    if not before or before[-1] in ".;:,(":
        following = text[match.end() :].lstrip(" ,")
        return bool(following) and (before[-1:] != "," or _verb_follows(following))
    if match["half"] and re.search(r"(?:báo cáo|định kỳ)[^.;]*$", before, re.IGNORECASE):
        return True
    if re.search(
        r"(?:định kỳ|thường xuyên|tổ chức|đánh giá|thực hiện|báo cáo|kiểm tra|công khai|công bố|cập nhật|rà soát|tổng hợp|thống kê|giao ban)$",
        before,
        re.IGNORECASE,
    ):
        return True
    return _verb_follows(text[match.end() :].lstrip())


def _verb_follows(text: str) -> bool:
    return bool(
        re.match(
            r"(?:đánh giá|tổng hợp|báo cáo|kiểm tra|rà soát|tổ chức|xây dựng|công bố|thực hiện|tham mưu|sơ kết|tổng kết|chủ trì"
            r"|giao ban|lập|trình|cập nhật|thống kê|theo dõi|tiến hành|họp|gửi|phối hợp|xếp hạng|đôn đốc|ban hành|bố trí)(?!\w)",
            text,
        )
    )


def vague(text: str) -> Deadline | None:
    """A due time without a date: relative, or without its year."""
    match = _NO_YEAR.search(text)
    if match:
        return Deadline(None, re.sub(r"\s+", " ", match[0]).strip(), "none", match.start())
    for match in _VAGUE.finditer(text):
        if match["k"] or re.match(
            r"(?:chậm nhất|muộn nhất|trong (?:thời|vòng)|thời hạn|không quá)", match[0].strip(), re.IGNORECASE
        ):
            return Deadline(None, re.sub(r"\s+", " ", match[0]).strip(), "none", match.start())
    return None


def deadline_in(text: str) -> Deadline:
    """The deadline of a task's wording: a date before all, then a repeated duty, then a term without a date."""
    repeated = recurrence_of(text)
    dated = absolute(text)
    if dated:
        best = next((one for one in dated if "chậm nhất" in one.text.lower() and one.date == dated[0].date), dated[0])
        return Deadline(best.date, best.text, repeated.recurrence if repeated else "none", best.start)
    return repeated or vague(text) or Deadline(None, "")


def deadline_of_field(text: str) -> Deadline:
    """An explicit time field is always copied; its last date counts ("2024 - 2030" ends with 2030)."""
    text = re.sub(r"\s+", " ", text).strip(" .;:")
    if not text:
        return Deadline(None, "")
    repeated = _RECURRING_DAY.search(text) or _PERIOD.search(text)
    recurrence = "none"
    if repeated and not re.search(r"(?:kế hoạch|chương trình)[^;]*$", text[: repeated.start()], re.IGNORECASE):
        found = recurrence_of(text)
        kind = next((name for name, value in repeated.groupdict().items() if value and name in _RECURRENCE), "")
        recurrence = found.recurrence if found else _RECURRENCE.get(kind, "none")
    if re.search(r"(?:năm|những năm) (?:tiếp theo|sau)|thường xuyên|sau khi|theo kế hoạch", text, re.IGNORECASE):
        return Deadline(None, text, recurrence)
    if recurrence != "none" or (re.match(r"(?:[Tt]ừ|[Kk]ể từ|[Bb]ắt đầu)(?! nay)[^-–]*$", text) and "đến" not in text):
        return Deadline(None, text, recurrence)
    dates = [_value(match) for match in re.finditer(_ABSOLUTE, text, re.IGNORECASE)]
    dates = [date for date in dates if date]
    if not dates:
        years = re.findall(r"(?<![\d/])(20\d{2})(?![\d/])", text)
        dates = [last_day(12, int(years[-1]))] if years else []
    return Deadline(max((date for date in dates if date), default=None), text, recurrence)
