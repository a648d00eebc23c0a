"""From a file or a text to header facts and tasks."""

from __future__ import annotations

import re
from pathlib import Path

from motcua.directives.reader.agencies import phrase_at
from motcua.directives.reader.deadlines import impossible_dates
from motcua.directives.reader.files import text_of
from motcua.directives.reader.header import Parts, read_header
from motcua.directives.reader.leads import names_only, recipients
from motcua.directives.reader.model import Reading, Remark, Task, Unreadable
from motcua.directives.reader.names import head_at
from motcua.directives.reader.outline import Unit, marker, units
from motcua.directives.reader.tasks import read_tasks
from motcua.directives.reader.text import Block, Paragraph, blocks, normalise

_MOTTO = re.compile(r"Độc\s+lập\s*[-–]\s*Tự\s+do\s*[-–]\s*Hạnh\s+phúc")
_ANNEX = re.compile(
    r"(?:PHỤ LỤC|DANH MỤC|BIỂU|KẾ HOẠCH|QUY CHẾ|QUY ĐỊNH|PHƯƠNG ÁN|CHƯƠNG TRÌNH|ĐỀ ÁN|PHÂN CÔNG|BẢNG|NHIỆM VỤ)(?!\w)"
)
SHORTEST = 40


def read_file(path: Path) -> Reading:
    """Reads a txt, md, docx or pdf file. Raises `Unreadable` with a sentence when there is no text in it."""
    return read_text(text_of(path))


def read_text(text: str) -> Reading:
    """Header facts, tasks and remarks of a document's text."""
    text = normalise(text)
    if sum(letter.isalpha() for letter in text) < SHORTEST:
        raise Unreadable("Văn bản không có chữ để đọc: có thể là bản quét chưa nhận dạng chữ.")
    remarks: list[Remark] = []
    text = _first_document(text, remarks)
    parts = read_header(text)
    found = blocks(text)
    tasks = _tasks(found, parts)
    remarks.extend(_doubtful(text))
    if not tasks:
        remarks.append(Remark("Không tìm thấy nhiệm vụ nào giao cho một cơ quan cụ thể."))
    return Reading(parts.header, tuple(tasks), tuple(remarks))


def _first_document(text: str, remarks: list[Remark]) -> str:
    """Only the first of several documents in one file, and a remark where the second begins."""
    mottos = list(_MOTTO.finditer(text))
    if len(mottos) < 2:
        return text
    first, second = mottos[0], mottos[1]
    between = text[first.end() : second.start()]
    if not re.search(r"N[ơo]i nhận\s*:|/\.", between) or len(between) < 400:
        return text
    head = text.rfind("/.", 0, second.start())
    signed = max(head, text.rfind("Nơi nhận", 0, second.start()))
    block = text.rfind("\n\n", signed, second.start())
    cut = block if block > signed else text.rfind("\n", 0, second.start())
    line = text.count("\n", 0, second.start()) + 1
    remarks.append(
        Remark(
            f"Tệp có từ hai văn bản trở lên: văn bản thứ hai bắt đầu khoảng dòng {line}. Chỉ đọc văn bản thứ nhất; hãy tách tệp.",
            line,
        )
    )
    return text[:cut] if cut > first.end() else text


def _doubtful(text: str) -> list[Remark]:
    """Dates that no calendar holds, each with its line."""
    return [
        Remark(f"Dòng {number}: ngày “{date}” không có trong lịch, không dùng làm thời hạn.", number)
        for number, line in enumerate(text.split("\n"), 1)
        for date in impossible_dates(line)
    ]


def _tasks(found: list[Block], parts: Parts) -> list[Task]:
    body: list[Block] = []
    annex: list[Block] = []
    for block in found:
        if parts.title_end < block.line <= parts.body_end:
            body.append(block)
        elif block.line > parts.body_end:
            annex.append(block)
    issuer = parts.header.issuer or ""
    addressees, body = _greeting(_behind_recitals(body))
    tasks = read_tasks(_units(body), issuer=issuer, addressees=addressees)
    start = next(
        (at for at, block in enumerate(annex) if isinstance(block, Paragraph) and _ANNEX.match(block.text)), None
    )
    if start is not None:
        tasks += read_tasks(_units(annex[start:]), issuer=issuer, annex=True)
    else:
        tasks += read_tasks([unit for unit in _units(annex) if unit.table is not None], issuer=issuer, annex=True)
    return tasks


LONGEST_ADDRESSEE = 140
_RESOLVES = re.compile(r"QUYẾT (?:NGHỊ|ĐỊNH)\s*:?")


def _behind_recitals(body: list[Block]) -> list[Block]:
    """What stands behind "QUYẾT NGHỊ:"; before it a resolution only tells what it rests on."""
    resolved = (at for at, one in enumerate(body[:40]) if isinstance(one, Paragraph) and _RESOLVES.fullmatch(one.text))
    return body[next(resolved, -1) + 1 :]


def _greeting(body: list[Block]) -> tuple[tuple[str, ...], list[Block]]:
    """The addressees after "Kính gửi:" or "… điện:", and the blocks behind them."""
    for at, block in enumerate(body[:12]):
        if not isinstance(block, Paragraph) or len(block.text) > 500:
            continue
        if not re.match(r"(?:-\s*)?Kính gửi|.{0,90}(?:ĐIỆN|điện|gửi)\s*:$", block.text):
            continue
        names = recipients(block.text) if "gửi" in block.text else ()
        after = at + 1
        while after < len(body):
            line = body[after]
            if (
                not isinstance(line, Paragraph)
                or len(line.text) > 260
                or (marker(line.text) is None and (not names_only(line.text) or len(line.text) > LONGEST_ADDRESSEE))
            ):
                break
            bare = re.sub(r"^[-+•–]\s*", "", line.text)
            if bare == line.text and marker(line.text) is not None:
                break
            names += recipients(bare)
            after += 1
        return tuple(dict.fromkeys(names)), body[after:]
    return (), body


def _units(body: list[Block]) -> list[Unit]:
    return units(
        body,
        heads=frozenset(block.text for block in body if isinstance(block, Paragraph) and _names_itself(block.text)),
    )


def _names_itself(text: str) -> bool:
    """Whether an unnumbered paragraph is only the name of a body, and so heads what follows."""
    if len(text) > 120 or text[-1] in ".;," or not head_at(text, 0):
        return False
    phrase = phrase_at(text, 0)
    return phrase is not None and not text[phrase.end :].strip(" :")
