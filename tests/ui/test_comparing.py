"""Charts that set one unit beside all others: every figure is drawn where it belongs, and stands in the table too."""

import itertools
import re
from typing import Any

import pytest
from django.template import Context, Template

from motcua.ui import comparing


def draw(text: str, **values: Any) -> str:
    return Template("{% load ui %}" + text).render(Context(values))


def test_paths_put_the_first_place_on_top_and_are_cut_where_the_rules_changed() -> None:
    lines = [("Quảng Ngãi", [10, 5, None, 1], True), ("Kon Tum", [60, 61, 62, 63], False)]
    drawn = comparing.rank_paths("Hạng", [2013, 2014, 2015, 2016], lines, [63] * 4, {2014})
    ours = drawn["lines"][-1]
    assert ours["ours"] and [spot["y"] for spot in ours["spots"]] == sorted(
        (spot["y"] for spot in ours["spots"]), reverse=True
    )
    assert ours["spots"][-1]["y"] == 16 and ours["pieces"] == []
    assert len(drawn["lines"][0]["pieces"]) == 1 and len(drawn["cuts"]) == 1
    assert [row["cells"] for row in drawn["rows"]][2] == ["–", "62"]


def test_words_at_the_ends_of_lines_do_not_touch() -> None:
    lines = [(f"Tỉnh {number}", [number], number == 3) for number in range(1, 7)]
    ends = sorted(one["end"]["y"] for one in comparing.rank_paths("x", [2020], lines, [63])["lines"])
    assert all(b - a >= 16.9 for a, b in itertools.pairwise(ends)) and ends[-1] <= 230


def test_a_distribution_has_one_dot_for_each_unit_and_marks_ours_once() -> None:
    drawn = comparing.distribution("Phân bố", [50, 60, 60, 61.5, 70], 60, "Quảng Ngãi")
    assert len(drawn["dots"]) == 5 and sum(dot["ours"] for dot in drawn["dots"]) == 1
    assert drawn["numbers"]["middle"] == "60" and drawn["mine"]["text"] == "Quảng Ngãi 60"
    assert len({(dot["x"], dot["y"]) for dot in drawn["dots"]}) == 5


def test_a_waterfall_hangs_each_step_where_the_one_before_ended() -> None:
    steps = [("Chỉ đạo", -3), ("Thể chế", -2.5), ("Thưởng", 1)]
    drawn = comparing.waterfall("Mất điểm", ("Tối đa", 100), steps, ("Đạt", 95.5))
    first, second, third = drawn["rows"][1:4]
    assert first["x"] == pytest.approx(second["x"] + second["width"], abs=0.2)
    assert second["x"] == pytest.approx(third["x"], abs=0.2)
    assert [row["text"] for row in drawn["rows"]] == ["100", "−3", "−2,5", "+1", "95,5"]
    assert not drawn["from_zero"]


def test_every_part_of_a_dot_plot_is_on_one_scale() -> None:
    drawn = comparing.dot_plot("Thành phần", [("Đất đai", 7, 4, 6, 9), ("Minh bạch", None, None, None, None)])
    land, open_ = drawn["rows"]
    assert land["least"] < land["middle"] < land["ours"] < land["most"] and open_["ours"] is None
    assert open_["cells"] == ["–"] * 4


PAGE = """{% rank_paths "Hạng qua các năm" years lines among %}{% distribution_chart "Phân bố" values 60 "Quảng Ngãi" %}
{% waterfall_chart "Mất điểm ở đâu" start steps end %}{% dot_plot "Thành phần" rows %}"""


def test_drawings_have_a_name_and_a_table() -> None:
    html = draw(
        PAGE,
        years=[2015, 2016],
        lines=[("Quảng Ngãi", [15, 26], True), ("Kon Tum", [50, 52], False)],
        among=[63, 63],
        values=[55, 60, 65],
        start=("Tối đa", 100),
        steps=[("<b>Thể chế</b>", -5)],
        end=("Đạt", 95),
        rows=[("Đất đai", 7, 4, 6, 9)],
    )
    assert html.count('role="img"') == 4 == html.count("<table") and "<b>Thể chế" not in html
    assert "style=" not in html and len(re.findall("<title>[^<]+</title>", html)) == 4
