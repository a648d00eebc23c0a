"""Officials from the command line: a trial, all rows or none, and each wrong cell by name."""

import argparse
import json
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from motcua.base.errors import Refused
from motcua.people import console
from motcua.people.actions.excel import COLUMNS
from motcua.people.models import Person, Post
from tests.people import world

pytestmark = pytest.mark.django_db
CODE = "000.00.01.H48"


def run(*words: str) -> int:
    parser = argparse.ArgumentParser()
    console.register(parser.add_subparsers())
    args = parser.parse_args(["people", *words])
    return int(args.run(args))


@pytest.fixture
def sheet(tmp_path: Path) -> Any:
    """A filled-in sheet, made from the template that the command writes."""
    world.agency("Ủy ban nhân dân tỉnh", code=CODE)

    def write(**cells: str) -> Path:
        path = tmp_path / "can-bo.xlsx"
        assert run("template", str(path)) == 0
        book = load_workbook(BytesIO(path.read_bytes()))
        page = book.active
        values = {
            "full_name": "Lê Minh Hoạ",
            "username": "hoa.lm",
            "email": "hoa@vidu.vn",
            "role": "Cán bộ một cửa",
            "agency": CODE,
            "since": "01/01/2026",
            **cells,
        }
        for number, name in enumerate(COLUMNS, start=1):
            page.cell(2, number).value = values.get(name)
        book.save(path)
        return path

    return write


def test_a_trial_writes_nothing_and_the_second_run_changes_nothing(sheet: Any, capsys: Any) -> None:
    path = str(sheet())
    capsys.readouterr()
    assert run("import", path, "--dry-run", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["rows"], told["new_people"], told["written"]) == (1, 1, False) and not Person.objects.exists()
    assert run("import", path) == 0
    assert "1 dòng, đã ghi: 1 người mới, 1 vị trí mới" in capsys.readouterr().out
    assert Post.objects.get().person.username == "hoa.lm"
    assert run("import", path, "--json") == 0
    assert json.loads(capsys.readouterr().out)["unchanged"] == 1 and Post.objects.count() == 1


def test_a_wrong_cell_is_named_and_nothing_is_written(sheet: Any, capsys: Any) -> None:
    assert run("import", str(sheet(agency="H48.999", born_on="05/09/0090"))) == 1
    told = capsys.readouterr()
    assert "chưa ghi" in told.out and not Person.objects.exists()
    assert "dòng 2, cột" in told.err and "H48.999" in told.err and "Xem lại năm sinh" in told.err


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 not a book", b"<html></html>"])
def test_a_file_that_is_no_sheet_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "la.xlsx"
    path.write_bytes(content)
    with pytest.raises(Refused, match="không phải bảng Excel"):
        run("import", str(path))
    with pytest.raises(Refused, match="Không đọc được tệp"):
        run("import", str(tmp_path / "khong-co.xlsx"))
