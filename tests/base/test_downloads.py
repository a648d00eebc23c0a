"""Files as answers: their names, whatever stands in them, and what a browser may do with them."""

from pathlib import Path
from typing import Any

import pytest

from motcua.base import downloads, files
from motcua.base.filetypes import FileKind
from tests import make


def test_a_name_with_quotes_slashes_and_marks_stays_one_name() -> None:
    answer = downloads.saved(b"x", 'Đơn "mới"/01.xlsx')
    assert answer["Content-Type"] == FileKind.XLSX
    assert answer["Content-Disposition"] == "attachment; filename*=utf-8''%C4%90%C6%A1n%20%22m%E1%BB%9Bi%22-01.xlsx"
    assert downloads.shown(b"%PDF", "M01.pdf")["Content-Disposition"] == 'inline; filename="M01.pdf"'


@pytest.mark.django_db
def test_what_somebody_brought_is_shown_and_runs_nothing(settings: Any, tmp_path: Path) -> None:
    settings.FILES_ROOT = tmp_path
    answer = downloads.stored(files.keep(b"%PDF-1.4", name="đơn.pdf", media_type=FileKind.PDF, at=make.MONDAY))
    assert answer["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert b"".join(answer.streaming_content) == b"%PDF-1.4"
