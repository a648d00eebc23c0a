"""What an uploaded file is, by its bytes and not by its name; every refusal says what to do instead."""

import io
import struct
import zipfile
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePosixPath
from typing import Final, Protocol

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.base import apart
from motcua.base.errors import Refused
from motcua.base.pdf_pages import BROKEN, LOCKED
from motcua.base.text import squeeze

MOST_BYTES: Final = 20 * 1024 * 1024
MOST_PAGES: Final = 500
MOST_PIXELS: Final = 100_000_000
"""A sheet of A3 at 600 dpi has 70 million; more is a mistake or a trap for the memory of whoever opens it."""
MOST_UNPACKED: Final = 200 * 1024 * 1024
HEAD: Final = 1024
MOST_SEGMENTS: Final = 10_000
"""Segments before the picture of a JPEG; a camera writes some dozens, a file made to waste time millions."""
_COUNT_PAGES: Final = "motcua.base.pdf_pages:pages"


class FileKind(StrEnum):
    """The kinds of files a dossier takes; the value is the media type."""

    PDF = "application/pdf"
    JPEG = "image/jpeg"
    PNG = "image/png"
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

    @property
    def called(self) -> str:
        """What people call it."""
        return str(_CALLED[self])

    @property
    def editable(self) -> bool:
        """Anybody could change it afterwards: fit as a draft, not as proof."""
        return self in (FileKind.DOCX, FileKind.XLSX)


_CALLED: Final = {
    FileKind.PDF: "PDF",
    FileKind.JPEG: gettext_lazy("ảnh JPEG"),
    FileKind.PNG: gettext_lazy("ảnh PNG"),
    FileKind.DOCX: gettext_lazy("văn bản Word (.docx)"),
    FileKind.XLSX: gettext_lazy("bảng tính Excel (.xlsx)"),
}
_BY_SUFFIX: Final = {
    ".pdf": FileKind.PDF,
    ".jpg": FileKind.JPEG,
    ".jpeg": FileKind.JPEG,
    ".jfif": FileKind.JPEG,
    ".jpe": FileKind.JPEG,
    ".png": FileKind.PNG,
    ".docx": FileKind.DOCX,
    ".xlsx": FileKind.XLSX,
}
_KNOWN_OTHERS: Final = (
    (b"MZ", gettext_lazy("một chương trình")),
    (b"\x7fELF", gettext_lazy("một chương trình")),
    (b"#!", gettext_lazy("một chương trình")),
    (b"Rar!", gettext_lazy("tệp nén")),
    (b"7z\xbc\xaf", gettext_lazy("tệp nén")),
    (b"\x1f\x8b", gettext_lazy("tệp nén")),
    (b"\xd0\xcf\x11\xe0", gettext_lazy("văn bản Office đời cũ (.doc, .xls)")),
    (b"GIF8", gettext_lazy("ảnh GIF")),
    (b"BM", gettext_lazy("ảnh BMP")),
    (b"II*\0", gettext_lazy("ảnh TIFF")),
    (b"MM\0*", gettext_lazy("ảnh TIFF")),
    (b"<", gettext_lazy("trang web hoặc tệp chữ")),
)
TAKEN: Final = gettext_lazy("PDF, ảnh JPEG hoặc ảnh PNG")


class Readable(Protocol):
    """An open file, such as one that was uploaded."""

    def read(self, size: int = -1, /) -> bytes: ...
    def seek(self, offset: int, whence: int = 0, /) -> object: ...


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """What a file turned out to be."""

    kind: FileKind
    size: int
    pages: int | None = None

    @property
    def media_type(self) -> str:
        """The type under which it is kept and served, whatever the browser claimed."""
        return self.kind.value


def check_file(
    file: Readable | bytes, *, name: str, most_bytes: int = MOST_BYTES, editable: bool = False
) -> CheckedFile:
    """The kind, size and pages of a file, or `Refused` with one sentence; the file is left at its beginning.

    Word and Excel files are taken only where the caller says so (`editable`): drafts and lists, never proof.
    """
    called = short_name(name)
    content = file if isinstance(file, bytes) else _read(file, most_bytes)
    if not content:
        raise Refused(_("Tệp %(file)s rỗng. Chọn lại tệp.") % {"file": called})
    if len(content) > most_bytes:
        told = _("Tệp %(file)s lớn hơn %(most)d MB. Quét lại ở độ phân giải thấp hơn.")
        raise Refused(told % {"file": called, "most": most_bytes // 2**20})
    kind = sniff(content[:HEAD], name)
    if kind.editable and not editable:
        told = _("Tệp %(file)s là %(kind)s, còn sửa được. Lưu thành PDF rồi nộp tệp PDF.")
        raise Refused(told % {"file": called, "kind": kind.called})
    match kind:
        case FileKind.PDF:
            return CheckedFile(kind, len(content), _pages(content, called))
        case FileKind.JPEG | FileKind.PNG:
            _check_pixels(_size_of_png(content) if kind is FileKind.PNG else _size_of_jpeg(content), called)
            return CheckedFile(kind, len(content), 1)
        case _:
            _check_office(content, kind, called)
            return CheckedFile(kind, len(content))


def sniff(head: bytes, name: str) -> FileKind:
    """The kind of a file by its first bytes; `Refused` if it is none we take, or if its name says another kind."""
    called = short_name(name)
    if not head:
        raise Refused(_("Tệp %(file)s rỗng. Chọn lại tệp.") % {"file": called})
    claimed = _BY_SUFFIX.get(PurePosixPath(squeeze(name).lower()).suffix)
    found = _kind_of(head, claimed)
    if found is None:
        raise Refused(_not_taken(head, called))
    if claimed is not None and claimed is not found:
        told = _("Tệp %(file)s mang tên %(named)s nhưng bên trong là %(found)s. Đổi lại tên hoặc chọn đúng tệp.")
        raise Refused(told % {"file": called, "named": claimed.called, "found": found.called})
    return found


def short_name(name: str) -> str:
    """The name as a sentence may carry it: one line, without a path, not longer than 60 letters."""
    last = squeeze(name.replace("\\", "/")).rsplit("/", 1)[-1] or _("này")
    return last if len(last) <= 60 else f"{last[:28]}…{last[-28:]}"


def _kind_of(head: bytes, claimed: FileKind | None) -> FileKind | None:
    if head.startswith(b"\xff\xd8\xff"):
        return FileKind.JPEG
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return FileKind.PNG
    if head.startswith(b"PK\x03\x04") and claimed in (FileKind.DOCX, FileKind.XLSX):
        return claimed
    # A few scanners write a line before the mark; a web page that only quotes it later does not count as a PDF.
    if b"%PDF-" in head[:HEAD] and not head.lstrip().startswith((b"<", b"MZ", b"PK")):
        return FileKind.PDF
    return None


def _not_taken(head: bytes, called: str) -> str:
    if head[4:12] in (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftypmsf1"):
        return _(
            "Tệp %(file)s là ảnh HEIC của điện thoại, máy của cơ quan không mở được. Lưu thành JPEG rồi chọn lại."
        ) % {"file": called}
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return _("Tệp %(file)s là ảnh WebP. Lưu thành JPEG hoặc PNG rồi chọn lại.") % {"file": called}
    if head.startswith(b"PK"):
        return _("Tệp %(file)s là tệp nén. Giải nén rồi nộp từng tệp %(taken)s.") % {"file": called, "taken": TAKEN}
    inside = next((words for mark, words in _KNOWN_OTHERS if head.lstrip().startswith(mark)), "")
    if inside:
        told = _("Tệp %(file)s là %(inside)s. Chọn lại tệp quét của giấy tờ (%(taken)s).")
    else:
        told = _("Tệp %(file)s không phải PDF hay ảnh. Chọn lại tệp quét của giấy tờ (%(taken)s).")
    return told % {"file": called, "inside": inside, "taken": TAKEN}


def _read(file: Readable, most: int) -> bytes:
    file.seek(0)
    content = file.read(most + 1)
    file.seek(0)
    return content


def _pages(content: bytes, called: str) -> int:
    pages = apart.ask(_COUNT_PAGES, content)
    if pages == LOCKED:
        raise Refused(_("Tệp %(file)s có mật khẩu nên không đọc được. Bỏ mật khẩu rồi chọn lại.") % {"file": called})
    if pages == BROKEN:
        raise Refused(_("Tệp %(file)s bị hỏng, không mở được. Quét lại hoặc chọn tệp khác.") % {"file": called})
    if not isinstance(pages, int):
        told = _("Tệp %(file)s làm máy đọc quá lâu hoặc tốn quá nhiều bộ nhớ nên không nhận. Quét lại giấy tờ.")
        raise Refused(told % {"file": called})
    if pages < 1:
        raise Refused(_("Tệp %(file)s không có trang nào. Quét lại hoặc chọn tệp khác.") % {"file": called})
    if pages > MOST_PAGES:
        told = _("Tệp %(file)s có %(pages)d trang, nhiều hơn %(most)d. Tách thành nhiều tệp theo từng giấy tờ.")
        raise Refused(told % {"file": called, "pages": pages, "most": MOST_PAGES})
    return pages


def _check_pixels(size: tuple[int, int] | None, called: str) -> None:
    if size is None or min(size) < 1:
        raise Refused(_("Tệp %(file)s bị hỏng, không xem được ảnh. Chụp hoặc quét lại.") % {"file": called})
    width, height = size
    if width * height > MOST_PIXELS:
        told = _("Ảnh %(file)s quá lớn (%(width)d × %(height)d điểm). Quét lại ở 300 dpi.")
        raise Refused(told % {"file": called, "width": width, "height": height})


def _size_of_png(content: bytes) -> tuple[int, int] | None:
    if len(content) < 33 or content[12:16] != b"IHDR":
        return None
    width, height = struct.unpack(">II", content[16:24])
    return width, height


def _size_of_jpeg(content: bytes) -> tuple[int, int] | None:
    """Width and height from the frame header, walking from segment to segment."""
    at = 2
    for _segment in range(MOST_SEGMENTS):
        if at + 9 >= len(content):
            return None
        if content[at] != 0xFF:
            return None
        marker = content[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        if marker in (0x01, *range(0xD0, 0xD8)):
            at += 2
            continue
        length = struct.unpack(">H", content[at + 2 : at + 4])[0]
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", content[at + 5 : at + 9])
            return width, height
        if length < 2 or marker in (0xD9, 0xDA):
            return None
        at += 2 + length
    return None


def _check_office(content: bytes, kind: FileKind, called: str) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            names = {one.filename for one in packed.infolist()}
            unpacked = sum(one.file_size for one in packed.infolist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise Refused(_("Tệp %(file)s bị hỏng, không mở được. Lưu lại rồi chọn lại.") % {"file": called}) from error
    main = "word/document.xml" if kind is FileKind.DOCX else "xl/workbook.xml"
    if "[Content_Types].xml" not in names or main not in names:
        told = _("Tệp %(file)s mang tên %(named)s nhưng bên trong không phải. Chọn đúng tệp.")
        raise Refused(told % {"file": called, "named": kind.called})
    if any(one.lower().endswith("vbaproject.bin") for one in names):
        raise Refused(
            _("Tệp %(file)s có chứa chương trình (macro). Lưu lại không kèm macro rồi chọn lại.") % {"file": called}
        )
    if unpacked > MOST_UNPACKED:
        raise Refused(_("Tệp %(file)s giải nén ra quá lớn. Chia thành nhiều tệp nhỏ.") % {"file": called})
