"""Tables to take along: Excel and CSV of what a page of figures shows."""

from collections.abc import Iterable, Sequence
from typing import Any, Final, NamedTuple

from django.http import HttpResponse

from motcua.base import downloads
from motcua.base.filetypes import FileKind
from motcua.base.tables import CSV, csv_text, workbook

KINDS: Final = {"xlsx": FileKind.XLSX.value, "csv": CSV}


class Sheet(NamedTuple):
    """A title, what it is of, the heads of its columns, its rows."""

    title: str
    about: Sequence[str]
    heads: Sequence[str]
    rows: Iterable[Sequence[Any]]


def answer(sheet: Sheet, name: str, kind: str) -> HttpResponse:
    """The table as a file of that kind; only the workbook says what it is of."""
    if kind == "xlsx":
        body: bytes | str = workbook(sheet.title, sheet.heads, sheet.rows, about=sheet.about)
    else:
        body = csv_text(sheet.heads, sheet.rows)
    return downloads.saved(body, f"{name}.{kind}", kind=KINDS[kind])
