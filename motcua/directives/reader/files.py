"""The text of a file: plain text and Markdown, Word, PDF with text."""

from __future__ import annotations

import logging
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
import docx.table
import docx.text.paragraph
import pypdf
import pypdf.errors
from docx.opc.exceptions import PackageNotFoundError

from motcua.directives.reader.model import Unreadable

LARGEST = 30_000_000
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def text_of(path: Path) -> str:
    """The text of the file, or `Unreadable` with a sentence that says what to do."""
    if not path.is_file():
        raise Unreadable(f"Không tìm thấy tệp “{path.name}”.")
    if path.stat().st_size > LARGEST:
        raise Unreadable(f"Tệp “{path.name}” quá lớn (trên 30 MB).")
    suffix = path.suffix.lower()
    if suffix in (".txt", ".md", ".markdown", ""):
        return _plain(path)
    if suffix == ".docx":
        return _word(path)
    if suffix == ".pdf":
        return _pdf(path)
    raise Unreadable(f"Chưa đọc được loại tệp “{suffix}”. Hãy dùng tệp txt, md, docx hoặc pdf có chữ.")


def text_or_reason(_content: bytes, path: str) -> dict[str, str]:
    """`text_of` for the program that reads strangers' files (`base.apart`): {"text"}, or {"why"} there is none."""
    try:
        return {"text": text_of(Path(path))}
    except Unreadable as reason:
        return {"why": str(reason)}


def _plain(path: Path) -> str:
    content = path.read_bytes()
    for encoding in ("utf-8-sig", "utf-16") if content[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig",):
        try:
            return content.decode(encoding)
        except UnicodeError:
            continue
    raise Unreadable(f"Tệp “{path.name}” không dùng bảng mã Unicode (UTF-8). Hãy lưu lại tệp với bảng mã UTF-8.")


def _pdf(path: Path) -> str:
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = pypdf.PdfReader(path)
        if reader.is_encrypted and not reader.decrypt(""):
            raise Unreadable(f"Tệp “{path.name}” có mật khẩu, không đọc được.")
        pages = [page.extract_text() or "" for page in reader.pages]
    except Unreadable:
        raise
    except Exception as error:  # a damaged file breaks the library in many ways; the user needs one sentence
        raise Unreadable(f"Tệp “{path.name}” bị hỏng hoặc không phải là PDF.") from error
    if sum(letter.isalpha() for page in pages for letter in page) < 20 * max(1, min(len(pages), 5)):
        raise Unreadable(
            f"Tệp “{path.name}” không có lớp chữ (bản quét {len(pages)} trang). Hãy nhận dạng chữ trước khi đọc."
        )
    return "\n".join(pages)


def _word(path: Path) -> str:
    try:
        document = docx.Document(str(path))
        numbering = _Numbering(document)
        return "\n\n".join(_word_blocks(document, numbering))
    except (zipfile.BadZipFile, KeyError, ValueError, PackageNotFoundError) as error:
        raise Unreadable(f"Tệp “{path.name}” bị hỏng hoặc không phải là Word (docx).") from error


def _word_blocks(document: Any, numbering: _Numbering) -> Iterator[str]:
    for block in document.iter_inner_content():
        if isinstance(block, docx.table.Table):
            yield _word_table(block)
            continue
        text = block.text.strip()
        if text:
            yield "\n".join(
                f"{numbering.label(block)}{line}" if at == 0 else line for at, line in enumerate(text.split("\n"))
            )


def _word_table(table: Any) -> str:
    rows = []
    for row in table.rows:
        cells = [
            "<br>".join(part for part in cell.text.split("\n") if part.strip()).replace("|", "/") for cell in row.cells
        ]
        rows.append(cells)
    if len(rows) <= 3 and any("Độc lập" in cell or "Nơi nhận" in cell for cells in rows for cell in cells):
        return "\n\n".join(cell.replace("<br>", "\n") for cells in rows for cell in dict.fromkeys(cells) if cell)
    return "\n".join("| " + " | ".join(cells) + " |" for cells in rows)


class _Numbering:
    """Writes out the numbers that Word computes itself."""

    def __init__(self, document: Any) -> None:
        self.counts: dict[tuple[str, int], int] = {}
        self.forms: dict[tuple[str, int], tuple[str, str]] = {}
        try:
            root = document.part.numbering_part.element
        except (KeyError, NotImplementedError, AttributeError):
            return
        abstract = {
            item.get(_w("abstractNumId")): {
                level.get(_w("ilvl")): (_value(level, "numFmt"), _value(level, "lvlText"))
                for level in item.findall(_w("lvl"))
            }
            for item in root.findall(_w("abstractNum"))
        }
        for item in root.findall(_w("num")):
            levels = abstract.get(_value(item, "abstractNumId"), {})
            for level, form in levels.items():
                self.forms[(item.get(_w("numId")), int(level))] = form

    def label(self, paragraph: Any) -> str:
        """The number before a paragraph, with a space behind it; empty when it has none."""
        properties = paragraph._p.pPr
        numbered = properties.numPr if properties is not None else None
        if numbered is None or numbered.numId is None:
            return ""
        number, level = str(numbered.numId.val), numbered.ilvl.val if numbered.ilvl is not None else 0
        form, pattern = self.forms.get((number, level), ("", ""))
        if not form or form == "none":
            return ""
        if form == "bullet":
            return "- "
        self.counts[(number, level)] = self.counts.get((number, level), 0) + 1
        for key in [key for key in self.counts if key[0] == number and key[1] > level]:
            del self.counts[key]
        for at in range(level + 1):
            shown = _numeral(self.counts.get((number, at), 1), self.forms.get((number, at), ("decimal", ""))[0])
            pattern = pattern.replace(f"%{at + 1}", shown)
        return f"{pattern} "


def _numeral(value: int, form: str) -> str:
    if form in ("lowerLetter", "upperLetter"):
        letter = _LETTERS[(value - 1) % 26]
        return letter.upper() if form == "upperLetter" else letter
    if form in ("upperRoman", "lowerRoman"):
        text = ""
        for number, letters in ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")):
            while value >= number:
                text, value = text + letters, value - number
        return text if form == "upperRoman" else text.lower()
    return str(value)


def _w(name: str) -> str:
    return "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}" + name


def _value(element: Any, child: str) -> str:
    found = element.find(_w(child))
    return (found.get(_w("val")) or "") if found is not None else ""
