"""Cleans the text of a document and puts its paragraphs together again.

Scans and copied web pages cut lines in the middle of phrases and paragraphs at the foot of a page. Here lines become
paragraphs, footnotes and page numbers are left out, and tables (Markdown pipes or one cell per line) become rows.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace

from motcua.directives.reader.names import head_at
from motcua.directives.reader.words import rx

LONGEST_CELL = 40
TERMINAL = ".;:!?…"
_FOOTNOTE = re.compile(r"^(?:<sup>\s*\d+\s*</sup>|\[\d{1,2}\]|[¹²³⁴⁵⁶⁷⁸⁹⁰]+)\s*\S")
_RULE = re.compile(r"^[\s\-_=*~.+|:]*$")
_PAGE = re.compile(r"^(?:-\s*)?(?:[Tt]rang\s*)?\d{1,3}(?:\s*/\s*\d{1,3})?(?:\s*-)?$")
_OPENS_NAMES = re.compile(
    r"\s(?:các|Các) (?:[Ss]ở|[Bb]ộ|xã|phường|huyện|tỉnh|thành phố)(?:, (?:phường|xã|đặc khu|thành phố))*:$"
)
_GROUP_SUBJECT = re.compile(r"(?:Các|Tất cả các|Toàn thể) [^\W\d_]")
_CONNECTING = frozenset(
    [
        "theo",
        "của",
        "và",
        "các",
        "về",
        "với",
        "cho",
        "tại",
        "trong",
        "là",
        "do",
        "để",
        "từ",
        "đến",
        "số",
        "ngày",
        "tháng",
        "hoặc",
        "có",
        "không",
        "được",
        "những",
        "một",
        "thuộc",
        "giữa",
        "bằng",
        "cùng",
        "như",
        "vào",
        "ra",
        "trên",
        "dưới",
        "mà",
        "khi",
        "nếu",
    ]
)
MARKER = rx(
    r"^(?:(?:PHẦN|Phần|MỤC|Mục|CHƯƠNG|Chương)\s+(?:thứ\s+\w+|THỨ\s+\w+|[IVX]+|\d+)\b|Điều\s+\d+\s*[.:]"
    r"|[IVX]{1,6}\s*[.)/\-–](?=\s|[{A}]|$)|[A-HĐ]\s*[.)]\s|\d{1,2}(?:\.\d{1,2}){0,3}\s*[.)/](?=\s|[{A}]|$)"
    r"|\d{1,2}(?:\.\d{1,2}){0,3}-\s|\d{1,2}(?:\.\d{1,2}){1,3}\s+(?=[{A}])|\(\d{1,2}\)|\([ivx]+\)|[a-zđ]\.?\d{0,2}\s*[.)](?=\s|[{A}]|$)"
    r"|[-–—•·▪●➢✓](?=\s|[{A}])|\+)"
)


@dataclass(frozen=True)
class Paragraph:
    """One paragraph or list item; `line` is where it begins in the source."""

    text: str
    line: int


@dataclass(frozen=True)
class Table:
    """Rows of cells; `line` is where the table begins, `lines` where each row does."""

    rows: tuple[tuple[str, ...], ...]
    line: int
    lines: tuple[int, ...]


Block = Paragraph | Table


def normalise(text: str) -> str:
    """One form of letters, spaces and line ends; the number of lines stays the same."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n"))
    text = re.sub(r"[\u00a0\u2000-\u200a\u202f\u3000\t]", " ", text)
    return re.sub(r"[\u200b-\u200f\ufeff\u00ad\u2060]", "", text)


def strip_marks(line: str) -> str:
    """The line without Markdown and HTML marks (the sign of a list item stays)."""
    line = re.sub(r"<sup>\s*\d+\s*</sup>", "", line)
    line = re.sub(r"<br\s*/?>", " ", line)
    line = re.sub(r"</?[A-Za-z][^<>]{0,80}>", "", line)
    line = line.replace("\\", "")
    line = re.sub(r"^\s*#{1,6}\s+", "", line)
    line = re.sub(r"^(\s*)\*\s+(?=[^*\s])", r"\1- ", line)
    return re.sub(r"\*+|__+", "", line)


def squeeze(text: str) -> str:
    """Single spaces, none at the ends, none before a comma."""
    return re.sub(r"\s+([,;])", r"\1", re.sub(r"\s+", " ", text)).strip()


@dataclass(frozen=True)
class _Line:
    text: str
    number: int
    after_gap: bool


def blocks(text: str) -> list[Block]:
    """Paragraphs and tables of a normalised text, in order."""
    raw = text.split("\n")
    found: list[Block] = []
    pending: list[_Line] = []
    wrapped = _is_wrapped(raw)
    at, gap = 0, True
    while at < len(raw):
        line = raw[at].strip()
        if line.startswith("|"):
            table, after = _table(raw, at)
            found.extend(_paragraphs(pending, wrapped))
            pending, gap = [], True
            if table is not None:
                found.append(table)
            at = after
            continue
        shown = strip_marks(line).strip()
        if _FOOTNOTE.match(line):
            at = _after_footnote(raw, at)
            gap = True
            continue
        if not shown or _RULE.match(shown) or _PAGE.match(shown):
            gap = True
        else:
            pending.append(_Line(shown, at + 1, gap))
            gap = False
        at += 1
    found.extend(_paragraphs(pending, wrapped))
    return _mend(found)


def _after_footnote(raw: list[str], at: int) -> int:
    at += 1
    while at < len(raw) and raw[at].strip() and not MARKER.match(strip_marks(raw[at]).strip()):
        at += 1
    return at


def _is_wrapped(raw: list[str]) -> bool:
    """Whether lines were cut at a fixed width."""
    lengths = sorted(len(line.strip()) for line in raw if len(line.strip()) > 30)
    return bool(lengths) and lengths[int(len(lengths) * 0.95)] <= 135


def _paragraphs(lines: list[_Line], wrapped: bool) -> list[Block]:
    lengths = sorted(len(line.text) for line in lines if len(line.text) > 30)
    width = lengths[int(len(lengths) * 0.9)] if lengths else 80
    found: list[Block] = []
    current: _Line | None = None
    last = ""
    for line in lines:
        if current is not None and not line.after_gap and _continues(current.text, last, line.text, wrapped, width):
            current = replace(current, text=f"{current.text} {line.text}")
        else:
            if current is not None:
                found.append(Paragraph(squeeze(current.text), current.number))
            current = line
        last = line.text
    if current is not None:
        found.append(Paragraph(squeeze(current.text), current.number))
    return found


def _continues(paragraph: str, last: str, line: str, wrapped: bool, width: int) -> bool:
    """Whether `line`, directly below `last`, goes on with the same paragraph."""
    closed = last[-1] in TERMINAL or last.endswith("./.")
    if MARKER.match(line):
        if closed or MARKER.fullmatch(last):
            return bool(MARKER.fullmatch(last))
        rest = MARKER.sub("", line).strip()
        starts_small = bool(rest) and (rest[0].islower() or rest[0].isdigit())
        long = len(last) >= 0.75 * width and wrapped
        return long and starts_small and line[0] in "-–—+0123456789" and not re.match(r"^[-–+]\s*\d+%", line)
    if MARKER.fullmatch(last) or (wrapped and len(last) >= 0.75 * width and _OPENS_NAMES.search(last)):
        return True
    if not wrapped:
        return not closed and line[0].islower()
    if paragraph == last and not closed and (_heading_above(last, line, width) or _subject_below(last, line, width)):
        return False
    if closed and not (last[-1] in ";,:" and line[0].islower()):
        return len(last) >= 0.8 * width and not paragraph.endswith("./.") and not last.endswith(":")
    return True


def _subject_below(last: str, line: str, width: int) -> bool:
    """Whether a numbered line ends although the capital "Các …" below would have fitted: no sentence goes on with that."""
    room = len(last) + len(line.split()[0]) + 1 < width
    return (
        bool(MARKER.match(last)) and room and bool(_GROUP_SUBJECT.match(line)) and last.split()[-1] not in _CONNECTING
    )


def _heading_above(last: str, line: str, width: int) -> bool:
    """Whether a numbered line was left long before the margin although more would have fitted: a heading of its own.

    A name of a body at its beginning is no heading: the line may have been cut inside the name.
    """
    mark = MARKER.match(last)
    words = last.split()
    if re.match(r"Điều \d+[.:] (?:Trách nhiệm|Nhiệm vụ|Tổ chức)", last):
        return line[0].isupper() and len(last) < 0.7 * width and words[-1] not in _CONNECTING
    return (
        mark is not None
        and line[0].isupper()
        and not head_at(last[mark.end() :].strip(), 0)
        and len(words) > 3
        and words[-1] not in _CONNECTING
        and last[-1] != ","
        and len(last) + len(line.split()[0]) < 0.6 * width < len(line)
    )


def _mend(found: list[Block]) -> list[Block]:
    """Joins a paragraph that a page break has cut."""
    result: list[Block] = []
    for block in found:
        before = result[-1] if result else None
        if isinstance(block, Paragraph) and isinstance(before, Paragraph) and _cut(before.text, block.text):
            result[-1] = replace(before, text=f"{before.text} {block.text}")
        else:
            result.append(block)
    return result


def _cut(before: str, text: str) -> bool:
    if before[-1] in TERMINAL + ')”"/' or MARKER.match(text):
        return False
    words = before.split()
    if text[0].islower():
        return len(words) > 3
    if before[-1] == ",":
        return len(before) > 50 and not before.isupper()
    return len(words) > 8 and words[-1] in _CONNECTING


def _table(raw: list[str], at: int) -> tuple[Table | None, int]:
    if raw[at].strip().strip("|").strip():
        return _pipe_table(raw, at)
    return _cell_table(raw, at)


def _pipe_table(raw: list[str], at: int) -> tuple[Table | None, int]:
    rows: list[tuple[str, ...]] = []
    lines: list[int] = []
    start = at
    while at < len(raw) and raw[at].strip().startswith("|"):
        cells = raw[at].strip().strip("|").split("|")
        if not all(re.fullmatch(r"\s*:?-*:?\s*", cell) for cell in cells):
            rows.append(tuple(_cell(cell) for cell in cells))
            lines.append(at + 1)
        at += 1
    return (Table(tuple(rows), start + 1, tuple(lines)) if rows else None), at


def _cell_table(raw: list[str], at: int) -> tuple[Table | None, int]:
    """A table whose cells stand between lines that hold only "|" (a row ends where two of them meet)."""
    start = at
    rows: list[tuple[str, ...]] = []
    lines: list[int] = []
    cells: list[str] = []
    row_line = at + 1
    at += 1
    while at < len(raw):
        content: list[str] = []
        while at < len(raw) and raw[at].strip() not in ("|", "||"):
            content.append(raw[at])
            at += 1
        if at >= len(raw):
            return _closed(rows, lines, cells, row_line, start), (start + 1 if not rows and not cells else at)
        if _is_body(content) and (rows or cells):  # the last mark closed the table: what follows is the text itself
            return _closed(rows, lines, cells, row_line, start), at - len(content)
        cells.append(_cell("\n".join(content)))
        empty = _empty_cells(raw, at, len(cells), len(rows[0]) if rows else 0)
        cells += [""] * empty
        at += empty
        double = raw[at].strip() == "||"
        following = raw[at + 1].strip() if at + 1 < len(raw) else ""
        if double or following in ("|", "||"):
            rows.append(tuple(cells))
            lines.append(row_line)
            cells, row_line = [], at + 2
            at += 1 if double else 2
            continue
        if not following:
            ahead = at + 1
            while ahead < len(raw) and not raw[ahead].strip():
                ahead += 1
            if ahead >= len(raw) or raw[ahead].strip() != "|" or ahead - at > 3:
                at += 1
                break
        at += 1
    return _closed(rows, lines, cells, row_line, start), at


def _empty_cells(raw: list[str], at: int, filled: int, columns: int) -> int:
    """How many of the marks that follow each other close cells without words, by the number of columns above."""
    run = 0
    while at + run < len(raw) and raw[at + run].strip() == "|":
        run += 1
    missing = columns - filled
    if run < 3 or missing < 1:
        return 0
    return missing if run - 2 >= missing else run - 1


def _is_body(content: list[str]) -> bool:
    """Whether what seems a cell is the text of the document: an address, or more lines than a cell holds."""
    return sum(bool(line.strip()) for line in content) > LONGEST_CELL or any(
        line.strip().startswith("Kính gửi") for line in content
    )


def _closed(rows: list[tuple[str, ...]], lines: list[int], cells: list[str], row_line: int, start: int) -> Table | None:
    if cells:
        rows.append(tuple(cells))
        lines.append(row_line)
    return Table(tuple(rows), start + 1, tuple(lines)) if rows else None


def _cell(text: str) -> str:
    """The text of a cell; its paragraphs stay apart by line ends."""
    text = re.sub(r"<br\s*/?>", "\n", text)
    joined: list[str] = []
    for line in text.split("\n"):
        shown = squeeze(strip_marks(line.strip()))
        if not shown or _RULE.match(shown):
            joined.append("")
        elif joined and joined[-1] and not MARKER.match(shown) and joined[-1][-1] not in TERMINAL:
            joined[-1] = f"{joined[-1]} {shown}"
        else:
            joined.append(shown)
    return "\n".join(part for part in joined if part)
