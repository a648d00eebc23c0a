"""A file is what its bytes say; what is refused is told in one useful sentence."""

import io
import struct
import zipfile
import zlib

import pypdf
import pytest

from motcua.base.errors import Refused
from motcua.base.filetypes import MOST_PAGES, CheckedFile, FileKind, check_file, short_name, sniff


def pdf(pages: int = 1, password: str = "") -> bytes:
    writer = pypdf.PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(100, 100)
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def png(width: int = 2, height: int = 2) -> bytes:
    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0\0\0" * 2))
        + chunk(b"IEND", b"")
    )


def jpeg(width: int = 640, height: int = 480) -> bytes:
    frame = struct.pack(">BHH", 8, height, width) + b"\x01\x01\x11\x00"
    return (
        b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"
        b"\xff\xc0" + struct.pack(">H", len(frame) + 2) + frame + b"\xff\xda\x00\x02\xff\xd9"
    )


def office(main: str, *more: str, size: int = 10) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in ("[Content_Types].xml", main, *more):
            packed.writestr(name, b"\0" * size)
    return out.getvalue()


@pytest.mark.parametrize(("content", "name", "found"), [
    (pdf(3), "đơn.pdf", CheckedFile(FileKind.PDF, len(pdf(3)), 3)),
    (b"\xef\xbb\xbf" + pdf(), "quét.PDF", FileKind.PDF),
    (pdf(), "không có đuôi", FileKind.PDF),
    (png(), "ảnh.png", FileKind.PNG),
    (jpeg(), "ảnh.JPG", FileKind.JPEG),
    (jpeg(), "ảnh.jfif", FileKind.JPEG),
])  # fmt: skip
def test_taken(content: bytes, name: str, found: CheckedFile | FileKind) -> None:
    checked = check_file(io.BytesIO(content), name=name)
    assert found in (checked, checked.kind)
    assert checked.size == len(content)
    assert checked.media_type == checked.kind.value


@pytest.mark.parametrize(("content", "name", "says"), [
    (b"", "đơn.pdf", "rỗng"),
    (jpeg(), "đơn.pdf", "mang tên PDF nhưng bên trong là ảnh JPEG"),
    (pdf(), "ảnh.png", "mang tên ảnh PNG nhưng bên trong là PDF"),
    (b"MZ\x90\x00 %PDF-1.7", "đơn.pdf", "chương trình"),
    (b"<html>%PDF-1.4</html>", "đơn.pdf", "trang web"),
    (b"<svg onload=alert(1)>", "ảnh.svg", "trang web"),
    (b"PK\x03\x04xxxx", "hồ sơ.zip", "tệp nén"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1", "đơn.doc", "Office đời cũ"),
    (b"\0\0\0\x18ftypheic\0\0\0\0", "IMG_0001.HEIC", "HEIC"),
    (b"RIFF\x24\0\0\0WEBPVP8 ", "ảnh.webp", "WebP"),
    (b"xin chao", "đơn.pdf", "không phải PDF hay ảnh"),
    (pdf()[:200], "cụt.pdf", "hỏng"),
    (b"%PDF-1.7\n" + b"\xff" * 400, "rác.pdf", "hỏng"),
    (pdf(2, password="bí mật"), "khóa.pdf", "mật khẩu"),
    (pdf(MOST_PAGES + 1), "dày.pdf", f"{MOST_PAGES + 1} trang"),
    (png(60_000, 60_000), "bom.png", "quá lớn (60000 × 60000 điểm)"),
    (jpeg(65_000, 65_000), "bom.jpg", "quá lớn"),
    (png()[:20], "cụt.png", "hỏng"),
    (b"\xff\xd8\xff\xe0\x00\x10JFIF", "cụt.jpg", "hỏng"),
    (office("word/document.xml"), "đơn.docx", "Lưu thành PDF"),
])  # fmt: skip
def test_refused_with_a_sentence(content: bytes, name: str, says: str) -> None:
    with pytest.raises(Refused) as refused:
        check_file(content, name=name)
    assert len(refused.value.objections) == 1
    assert says in refused.value.objections[0]


def test_too_big() -> None:
    with pytest.raises(Refused, match="lớn hơn 1 MB"):
        check_file(io.BytesIO(pdf() + b"\0" * 2**20), name="to.pdf", most_bytes=2**20)


def test_word_and_excel_where_the_caller_allows_them() -> None:
    assert check_file(office("word/document.xml"), name="đơn.docx", editable=True).kind.editable
    assert check_file(office("xl/workbook.xml"), name="ds.xlsx", editable=True).kind is FileKind.XLSX
    for content, name, says in (
        (office("xl/workbook.xml"), "đơn.docx", "bên trong không phải"),
        (office("word/document.xml", "word/vbaProject.bin"), "đơn.docx", "macro"),
        (office("word/document.xml", size=150 * 2**20), "bom.docx", "quá lớn"),
        (b"PK\x03\x04 cut", "đơn.docx", "hỏng"),
    ):
        with pytest.raises(Refused, match=says):
            check_file(content, name=name, editable=True)


def test_the_file_can_be_read_again_after_the_check() -> None:
    file = io.BytesIO(pdf())
    check_file(file, name="đơn.pdf")
    assert file.read(5) == b"%PDF-"


def test_a_name_cannot_break_the_sentence() -> None:
    assert short_name("C:\\Users\\a\\don.pdf") == "don.pdf"
    assert short_name("../../x\u202efdp.exe\n") == "xfdp.exe"
    assert len(short_name("n" * 1000 + ".pdf")) <= 60
    assert short_name("") == "này"
    with pytest.raises(Refused, match="mang tên PDF"):
        sniff(jpeg(), "x" * 1000 + ".pdf")
