"""A place in words: nothing said that the figures do not say."""

from fractions import Fraction

import pytest

from motcua.indices.rules.meaning import change_words, place_words, quarter_of, weakest_words


@pytest.mark.parametrize(("rank", "quarter"), [(1, 1), (16, 1), (17, 2), (32, 2), (33, 3), (48, 3), (49, 4), (63, 4)])
def test_quarters_of_63(rank: int, quarter: int) -> None:
    assert quarter_of(rank, 63) == quarter


def test_a_place_and_its_move_in_words() -> None:
    assert place_words(7, 63) == "hạng 7 trong 63, thuộc một phần tư cao nhất"
    assert place_words(33, 63).endswith("ở nửa dưới")
    assert change_words(7, 15, 2012) == "lên 8 hạng so với năm 2012"
    assert change_words(15, 7, 2013) == "xuống 8 hạng so với năm 2013"
    assert change_words(7, 7, 2013) == "giữ nguyên hạng so với năm 2013"


def test_the_weakest_and_the_strongest_part_beside_the_middle() -> None:
    names = {"land": "Đất đai", "time": "Thời gian", "legal": "Pháp lý"}
    ours = {"land": Fraction(7), "time": Fraction(4), "legal": Fraction(5)}
    middle = {"land": Fraction(6), "time": Fraction(5), "legal": Fraction(5)}
    assert weakest_words(ours, middle, names) == "hơn nhiều nhất ở “Đất đai” (+1), kém nhiều nhất ở “Thời gian” (−1)"
    assert weakest_words({"land": Fraction(7)}, middle, names) == ""
    assert "kém" not in weakest_words({"land": Fraction(7), "legal": Fraction(5)}, middle, names)
