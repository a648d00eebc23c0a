"""Words below the days of the calendar: beside each other on the narrowest phone they do not touch."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

import pytest
from django.template import Context, Template
from django.template.loader import render_to_string

from tests.ui.browser import page_of

pytestmark = pytest.mark.slow
MONDAY = date(2026, 11, 16)


@dataclass
class Cell:
    """A day as the rules give it."""

    date: date
    weekday_word: str
    kind: str
    note: str = ""
    off_word: str = ""
    is_today: bool = False
    is_due: bool = False
    segments: tuple[tuple[str, int, int], ...] = (("used", 0, 100),)


def test_neighbouring_words_do_not_touch_at_360_pixels() -> None:
    notes = ["nhận", "hôm nay", "làm bù", "hẹn trả", "làm bù"]
    cells = [
        Cell(
            MONDAY + timedelta(n), word, "work" if n < 5 else "off", notes[n] if n < 5 else "", "nghỉ" if n > 4 else ""
        )
        for n, word in enumerate(("T2", "T3", "T4", "T5", "T6", "T7", "CN"))
    ]
    drawn = Template("{% load ui %}<div class='calbox'>{% day_calendar cells %}</div>").render(
        Context({"cells": cells})
    )
    page = render_to_string("ui/page.html", {"content": ""}).replace(
        "</main>", f"<div class='wrap'>{drawn}</div></main>", 1
    )
    with page_of({"/": page}, viewport={"width": 360, "height": 700}) as shown:
        shown.goto("http://ui.test/")
        boxes = shown.evaluate(
            """() => [...document.querySelectorAll('.cal .day small')].map(one => {
                const range = document.createRange(); range.selectNodeContents(one);
                const box = range.getBoundingClientRect(); return [one.textContent, box.left, box.right]; })"""
        )
        assert shown.evaluate("document.documentElement.scrollWidth") <= 360
    words = [one for one in boxes if one[0].strip()]
    assert [one[0].strip() for one in words][:2] == ["nhận", "hôm nay"]
    for (text, _left, right), (following, left, _right) in pairwise(words):
        assert right + 2 <= left, f"“{text}” touches “{following}”"
