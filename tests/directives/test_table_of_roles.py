"""The page of roles shows what every app above `people` asks: duties, moves, and what each side sees of a task."""

import html
import re

import pytest
from django.test import Client

from motcua.directives.terms import DUTIES, SIGHT, Duty, Part, Side
from motcua.people.terms import Role, shown_tables

pytestmark = pytest.mark.django_db


def _words(page: str) -> str:
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", page)))


def test_everybody_reads_who_sees_what_of_a_task() -> None:
    page = _words(Client().get("/tai-khoan/vai-tro/").content.decode())
    for table in shown_tables():
        for word in (table.title, *table.heads, *(label for label, _cells in table.rows)):
            assert word in page, word
    for duty in Duty:
        assert str(duty.label) in page


def test_the_cells_are_the_tables_that_guards_ask() -> None:
    duties, _moves, sight = (one for one in shown_tables() if one.title.startswith("Nhiệm vụ, chỉ đạo"))
    for duty, (label, (roles,)) in zip(Duty, duties.rows, strict=True):
        assert label == str(duty.label)
        assert set(roles) == {str(Role(one).label) for one in DUTIES[duty]}
    for side, (label, cells) in zip(Side, sight.rows, strict=True):
        assert label == str(side.label)
        assert [bool(cell) for cell in cells] == [part in SIGHT[side] for part in Part]
