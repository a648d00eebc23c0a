"""Fields of structured plans ("Cơ quan chủ trì: …", "Thời gian: …") and tables of plans."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from motcua.directives.reader.agencies import names_in, phrase_at
from motcua.directives.reader.deadlines import deadline_in
from motcua.directives.reader.leads import lead_of, partners_in
from motcua.directives.reader.names import head_at
from motcua.directives.reader.text import Table, squeeze
from motcua.directives.reader.words import rx

_WHO = r"(?:[Cc]ơ quan|[Đđ]ơn vị|[Cc]ơ quan,? đơn vị|[Bb]ộ phận)"
_LEAD_LABEL = (
    rf"(?:{_WHO}\s+(?:chủ trì|thực hiện|đầu mối|chịu trách nhiệm|tham mưu|được giao|triển khai|tổ chức)(?: [{{a}}, ]+)?"
    r"|[Cc]hủ trì(?: thực hiện| tham mưu)?|[Pp]hân công(?: thực hiện| nhiệm vụ)?|[Tt]rách nhiệm thực hiện"
    r"|[Đđ]ầu mối(?: thực hiện| chủ trì)?|[Tt]hực hiện)"
)
_LABELS = (
    ("partner", rf"(?:(?:{_WHO}\s+)?(?:[Pp]hối hợp)(?: thực hiện| tham mưu| chính)*)"),
    ("lead", _LEAD_LABEL),
    ("time", r"(?:[Tt]hời gian|[Tt]hời hạn|[Tt]iến độ|[Hh]ạn(?= hoàn| thực)|[Tt]hời điểm)(?: [{a}, ]+)?"),
    (
        "product",
        r"(?:[Ss]ản phẩm|[Kk]ết quả|[Ss]ản phẩm, kết quả|[Kk]inh phí|[Nn]guồn kinh phí|[Nn]guồn lực)(?: [{a}, ]+)?",
    ),
)
_FIELD = rx(
    r"(?:^|(?<=[.;(,])\s*|(?<=\n)|(?<=- )|(?<=\+ ))(?:[-+]\s*)?(?:"
    + "|".join(f"(?P<{name}>{pattern})" for name, pattern in _LABELS)
    + r")\s*:\s*"
)
_BRACKET = re.compile(r"\(([^()]*chủ trì[^()]*)\)\s*[.;]?$")
_PART = re.compile(r"\(\s*(?:cơ quan |đơn vị )?(?:chủ trì|phối hợp)(?: thực hiện)?\s*\)", re.IGNORECASE)
_LEVEL = re.compile(r"(?:ở )?(?:cấp|tuyến) (?:tỉnh|thành phố|huyện|xã|cơ sở|trung ương)")
_BEHIND = re.compile(r"\(([^()]+)\)\s*$")
_ROLE = re.compile(
    r"(?:(?:là )?(?:cơ quan |đơn vị )?(?:chủ trì|đầu mối|thực hiện|chịu trách nhiệm|tham mưu)\W*$|(?:cùng )?phối hợp(?!\w))",
    re.IGNORECASE,
)
# Behind those who do it: who only guides or watches is no lead ("UBND các xã; Sở X hướng dẫn").
_GUIDES = re.compile(r";\s*[^;:()]{4,120}\s(?:hướng dẫn|đôn đốc|theo dõi|giám sát|hỗ trợ)(?: thực hiện)?$")
_LEAD_COLUMN = (
    r"chủ trì|(?:cơ quan|đơn vị|bộ phận|người).{0,12}(?:thực hiện|chịu trách nhiệm|tham mưu|đầu mối)|đầu mối|phân công"
    r"|được giao|trách nhiệm|^(?:cơ quan|đơn vị)$"
)
_SUBTITLE = re.compile(
    r"(?:(?:[Cc]ơ quan|[Đđ]ơn vị) )?(?:[Cc]hủ trì|[Pp]hối hợp|[Tt]hực hiện|[Tt]ham mưu)(?: thực hiện| chính)?",
    re.IGNORECASE,
)
_SHARED_TITLE = re.compile(r"phân công|cơ quan|đơn vị|thực hiện|trách nhiệm", re.IGNORECASE)
_COLUMNS = (
    ("partner", r"phối hợp"),
    ("lead", _LEAD_COLUMN),
    ("time", r"thời gian|thời hạn|tiến độ|hạn hoàn thành|thời điểm|^hạn|hoàn thành"),
    ("product", r"sản phẩm|kết quả|ghi chú|kinh phí|đầu ra"),
    ("task", r"nhiệm vụ|nội dung|công việc|hoạt động|giải pháp|đề án|tên văn bản|việc|chỉ tiêu|tên"),
)


@dataclass(frozen=True)
class Part:
    """What one body does of the work ("Sở Y tế: khám sàng lọc; Công an tỉnh: giữ trật tự")."""

    lead: tuple[str, ...]
    work: str
    words: str


@dataclass(frozen=True)
class Fields:
    """What the fields of one group say; `words` are the labels with their values, for `why`."""

    lead: tuple[str, ...] = ()
    partner: tuple[str, ...] = ()
    time: str = ""
    words: dict[str, str] = field(default_factory=dict)
    parts: tuple[Part, ...] = ()
    """Parts of the work given to different bodies; none where all of them do the same."""

    def united(self, other: Fields) -> Fields:
        return Fields(
            self.lead or other.lead,
            self.partner or other.partner,
            self.time or other.time,
            {**other.words, **self.words},
            self.parts or (other.parts if not self.lead else ()),
        )

    @property
    def complete(self) -> bool:
        return bool(self.lead or self.partner or self.time)


def fields_at_start(text: str) -> Fields | None:
    """The fields of a paragraph that begins with one, or nothing."""
    match = _FIELD.match(text)
    if not match:
        return None
    if match["lead"] and match["lead"].lower() == "thực hiện" and not names_in(text[match.end() :]):
        return None
    return _read(text)


def fields_inside(text: str) -> tuple[Fields, int] | None:
    """Fields that close a paragraph of content, and where they begin."""
    for match in _FIELD.finditer(text):
        if (
            match.start() > 10
            and (match["lead"] or match["partner"])
            and match[match.lastgroup or "lead"].lower() != "thực hiện"
        ):
            return _read(text[match.start() :]), match.start()
    return None


def bracketed(text: str) -> tuple[Fields, int] | None:
    """Who does it and by when, in brackets behind the content ("… (Sở X chủ trì; Sở Y phối hợp; xong trong Quý IV/2026)")."""
    match = _BRACKET.search(text)
    if not match or match.start() < 10 or not head_at(match[1], 0):
        return None
    lead: tuple[str, ...] = ()
    partner: tuple[str, ...] = ()
    time = ""
    for part in re.split(r";\s*|,\s*(?=hoàn thành|xong|trước|trong|thời gian)", match[1]):
        if re.search(r"chủ trì(?!\w)", part) and not lead:
            lead, more = who(part)
            partner += more
        elif re.search(r"phối hợp$", part) or part.startswith("phối hợp"):
            partner += names_in(re.sub(r"^phối hợp(?: với)?\s*|\s*(?:cùng )?phối hợp$", "", part))
        elif deadline_in(part).text:
            time = part
    words = {"lead": match[1], "partner": match[1], "time": time}
    kept = {name: value for name, value in words.items() if value}
    return (Fields(lead, tuple(dict.fromkeys(partner)), time, kept), match.start()) if lead else None


def bare_label(text: str) -> str:
    """The kind of a label that stands alone ("Cơ quan thực hiện:"), its values following as list items."""
    if text.endswith(":"):
        match = _FIELD.fullmatch(text)
        return (match.lastgroup or "") if match else ""
    match = re.fullmatch(rf"{_WHO} (chủ trì|thực hiện|phối hợp)(?: thực hiện| tham mưu)*", text.strip())
    return ("partner" if match[1] == "phối hợp" else "lead") if match else ""


def _read(text: str) -> Fields:
    found = list(_FIELD.finditer(text))
    lead: tuple[str, ...] = ()
    partner: tuple[str, ...] = ()
    time = ""
    words: dict[str, str] = {}
    parts: tuple[Part, ...] = ()
    for at, match in enumerate(found):
        value = text[match.end() : found[at + 1].start() if at + 1 < len(found) else len(text)].strip(" .;\n")
        value = value if value.count("(") == value.count(")") else value.strip("()")
        kind = match.lastgroup or ""
        words.setdefault(kind, re.sub(r"\s+", " ", f"{match[0].strip(' .;(-+')} {value}"))
        if kind == "lead":
            lead, more = who(value)
            partner += more
            parts = parts_of(value)
        elif kind == "partner":
            partner += names_in(value)
        elif kind == "time" and not time:
            time = value
    return Fields(lead, tuple(dict.fromkeys(partner)), time, words, parts)


def who(value: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Lead and partners of one field or cell ("Sở Y tế chủ trì, phối hợp với Sở Tài chính")."""
    flat = _GUIDES.sub("", re.sub(r"\s*\n\s*", "; ", value).strip(" .;"))
    pieces = [one.strip() for one in flat.split(";")]
    helping = [one for one in pieces if _helping(one)]
    if helping and len(helping) < len(pieces):
        lead, more = who("; ".join(one for one in pieces if one not in helping))
        return lead, tuple(dict.fromkeys((*more, *(name for one in helping for name in _helping(one)))))
    if re.search(r"\(\s*(?:cơ quan |đơn vị )?chủ trì\s*\)", flat, re.IGNORECASE):
        return _parts_in_brackets(flat)
    split = re.search(r"[,;(.]?\s*(?:[Đđ]ơn vị |[Cc]ơ quan )?[Pp]hối hợp\s*(?:với|:|cùng)?\s*", flat)
    if split and split.start() > 0:
        first = re.sub(
            r"^(?:(?:Đơn vị |Cơ quan )?[Cc]hủ trì\s*:?)|(?:\s+chủ trì[\s,;]*$)", "", flat[: split.start()].strip(" ,;")
        )
        return names_in(first), names_in(flat[split.end() :])
    flat = re.sub(r"^(?:(?:Đơn vị |Cơ quan )?[Cc]hủ trì\s*:\s*)", "", flat)
    found = lead_of(flat) if re.search(r" chủ trì(?=\s*(?:[,;]|$))", flat) else None
    if found:
        return found.names, partners_in(flat)[0]
    return names_in(flat), ()


def _helping(piece: str) -> tuple[str, ...]:
    """The names of a piece that says no more of them than that they help ("Công an tỉnh phối hợp bảo đảm an ninh")."""
    phrase = phrase_at(piece, 0) if head_at(piece, 0) else None
    helps = phrase is not None and re.match(r"\s+(?:cùng )?phối hợp(?! với)(?!\w)", piece[phrase.end :])
    return phrase.names if phrase is not None and helps else ()


def parts_of(value: str) -> tuple[Part, ...]:
    """The parts of a field that gives each body named in it something else to do; none where it only lists bodies."""
    flat = re.sub(r"\s*\n\s*(?:[-+•]\s*)?", "; ", value.strip().strip("-+• "))
    found: list[Part] = []
    for piece in (one.strip(" .") for one in flat.split(";")):
        phrase = phrase_at(piece, 0) if piece and head_at(piece, 0) else None
        if phrase is None:
            return ()
        bracket = _BEHIND.search(piece[: phrase.end])
        work = piece[phrase.end :].strip(" :,.-–") or (bracket[1].strip() if bracket else "")
        if not work or _ROLE.match(work) or (bracket and head_at(work, 0) and not _LEVEL.fullmatch(work)):
            return ()
        found.append(Part(phrase.names, work, piece))
    return tuple(found) if len({part.lead for part in found}) > 1 else ()


def _parts_in_brackets(flat: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Lead and partners where each name bears its part ("Sở A (chủ trì); Sở B, Sở C (phối hợp)")."""
    lead: list[str] = []
    partner: list[str] = []
    at = 0
    for match in _PART.finditer(flat):
        (lead if "chủ trì" in match[0].lower() else partner).extend(names_in(flat[at : match.start()].strip(" ,;.")))
        at = match.end()
    partner.extend(names_in(flat[at:].strip(" ,;.")))
    return tuple(dict.fromkeys(lead)), tuple(dict.fromkeys(partner))


@dataclass(frozen=True)
class Row:
    """A row of a plan: its task cell and its fields."""

    text: str
    line: int
    fields: Fields


def rows_of(table: Table) -> list[Row]:
    """The rows of a table of tasks; none when the table has no task column and no column of agencies."""
    for at, cells in enumerate(table.rows[:4]):
        columns = _columns(cells)
        if "task" not in columns:
            continue
        below = _lower_head(cells, table.rows[at + 1]) if at + 1 < len(table.rows) else ()
        if below and "lead" in (lower := _columns(below)):
            return list(_rows(table, at + 2, lower))
        if "lead" in columns:
            return list(_rows(table, at + 1, columns))
    return []


def _lower_head(upper: tuple[str, ...], lower: tuple[str, ...]) -> tuple[str, ...]:
    """The titles of a head of two rows ("Phân công thực hiện" above "Chủ trì" and "Phối hợp"); none for a head of one."""
    said = [one for one in lower if one.strip()]
    new = [one for one in said if one not in upper]
    if not new or not all(_SUBTITLE.fullmatch(one.strip()) for one in new):
        return ()
    if len(lower) == len(upper):
        return tuple(two if two.strip() else one for one, two in zip(upper, lower, strict=True))
    shared = next((at for at, one in enumerate(upper) if _SHARED_TITLE.search(one)), None)
    return () if shared is None or said != new else (*upper[:shared], *said, *upper[shared + 1 :])


def _columns(cells: tuple[str, ...]) -> dict[str, int]:
    found: dict[str, int] = {}
    for at, cell in enumerate(cells):
        title = re.sub(r"\s+", " ", cell).strip().casefold()
        if len(title) > 60:
            continue
        for kind, pattern in _COLUMNS:
            if re.search(pattern, title):
                if kind == "partner" and "chủ trì" in title:
                    kind = "lead"
                if kind not in found:
                    found[kind] = at
                break
    return found


def _rows(table: Table, first: int, columns: dict[str, int]) -> list[Row]:
    result: list[Row] = []
    before = ((), ())  # type: tuple[tuple[str, ...], tuple[str, ...]]
    for cells, line in zip(table.rows[first:], table.lines[first:], strict=True):

        def cell(kind: str, cells: tuple[str, ...] = cells) -> str:
            at = columns.get(kind, 99)
            return cells[at].strip() if at < len(cells) else ""

        text = cell("task")
        filled = [part for part in cells if part.strip()]
        merged = bool(text) and squeeze(text) == squeeze(
            cell("lead")
        )  # one cell over all columns: it heads what follows
        if not text or merged or len(set(filled)) <= 1 or re.fullmatch(r"\(?\d{1,2}\)?", text):
            continue
        lead, more = who(cell("lead")) if cell("lead") else ((), ())
        partner = tuple(dict.fromkeys((*more, *names_in(cell("partner")))))
        if not cell("lead") and (re.match(r"[IVXA-H]+[.)]?$", cells[0].strip()) or len(filled) <= 2):
            continue
        if not lead and not cell("lead"):
            lead, partner = before[0], partner or before[1]
        before = (lead, partner)
        if lead:
            words = {kind: re.sub(r"\s+", " ", cell(kind)) for kind in ("lead", "partner", "time") if cell(kind)}
            parts = parts_of(cell("lead"))
            result.append(Row(re.sub(r"\s+", " ", text), line, Fields(lead, partner, cell("time"), words, parts)))
    return result
