"""Figures, money and moments are written the same everywhere."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.template import Context, Template

from motcua.ui import words


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("{{ 50000|money }}", "50.000 đồng"),
        ("{{ 0|money }}", "0 đồng"),
        ("{{ none|money }}", ""),
        ("{{ used|hours }}", "6,4 giờ"),
        ("{{ whole|hours }}", "80 giờ"),
        ("{{ many|number }}", "1.284,5"),
        ("{{ moment|vn_moment }}", "09:42, thứ Năm 26/11/2026"),
        ("{{ day|vn_day }}", "Chủ nhật 29/11/2026"),
        ("{{ moment|vn_short }}", "09:42, 26/11"),
        ("{{ day|vn_short }}", "29/11"),
        ("{{ name|initials }}", "PT"),
        ("{{ name|called }}", "Thị Thử"),
    ],
)
def test_filters_write_as_a_good_official_does(written: str, expected: str) -> None:
    values = {
        "none": None,
        "used": Decimal("6.40"),
        "whole": 80,
        "many": 1284.5,
        "name": "Phạm Thị Thử",
        "moment": datetime(2026, 11, 26, 2, 42, tzinfo=UTC),
        "day": date(2026, 11, 29),
    }
    assert Template("{% load ui %}" + written).render(Context(values)) == expected


def test_a_moment_is_told_on_the_clock_of_viet_nam() -> None:
    assert words.moment(datetime(2026, 11, 25, 23, 30, tzinfo=UTC)) == "06:30, thứ Năm 26/11/2026"
