"""Scanned papers of the demonstration: a few sheets that say what they are."""

from collections.abc import Iterator
from typing import Final

import typst

NAMES: Final = ("to-khai.pdf", "giay-to-kem-theo.pdf", "ban-ve.pdf", "giay-chung-nhan.pdf", "giay-uy-quyen.pdf")
_SHEET: Final = """
#set page("a5", margin: 18mm)
#set text(font: ("Be Vietnam Pro", "Noto Sans", "DejaVu Sans"), size: 12pt, lang: "vi")
#align(center)[#text(weight: "bold")[BẢN QUÉT MẪU]\\ NAME]
#v(8mm)
Tờ này thay cho giấy tờ thật trong bản trình diễn. Không có dữ liệu của người nào.
"""


def scans() -> Iterator[tuple[str, bytes]]:
    """Name and content of each sheet."""
    for name in NAMES:
        yield name, bytes(typst.compile(_SHEET.replace("NAME", name).encode(), format="pdf"))
