"""How many pages a PDF has: runs in the reading program (`base.apart`), never where pages are served."""

import io
import re
from typing import Final

import pypdf
from pypdf.errors import PyPdfError

LOCKED: Final = "locked"
BROKEN: Final = "broken"
_BREAKS: Final = (
    PyPdfError,
    ValueError,
    KeyError,
    TypeError,
    AttributeError,
    IndexError,
    OSError,
    RecursionError,
    AssertionError,
)


def pages(content: bytes) -> int | str:
    """The number of pages; `LOCKED` when a password closes it, `BROKEN` when it cannot be opened."""
    if re.search(rb"/Encrypt\s+\d+\s+\d+\s+R", content):
        return LOCKED
    try:
        reader = pypdf.PdfReader(io.BytesIO(content), strict=False)
        return LOCKED if reader.is_encrypted else int(reader.get_num_pages())
    except _BREAKS:
        return BROKEN
