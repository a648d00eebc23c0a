"""Whatever the text: reading ends, tells only what stands in it, and says the same each time."""

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from motcua.directives.reader import read_text
from motcua.directives.reader.agencies import names_in, phrase_at
from motcua.directives.reader.deadlines import deadline_in
from motcua.directives.reader.model import Unreadable
from motcua.directives.reader.text import normalise

PIECES = [
    "1. ", "a) ", "- ", "+ ", "II. ", "Điều 2. ", "|", "|\n|", "\n", "\n\n", ": ", "; ", ", ", ". ", "./.", "(", ")", "**", "Nơi nhận:\n", "Kính gửi: ",
    "Giao ", "Yêu cầu ", "Đề nghị ", "Sở Y tế", "Các sở: Nội vụ, Tài chính", "UBND các xã, phường", "Thủ trưởng các sở, ban, ngành", "các cơ quan liên quan",
    " chủ trì, phối hợp với ", " rà soát ", " thực hiện", " và ", "trước ngày 31/02/2026", "trước ngày 30/6/2026", "trong quý I năm 2026", "hằng tháng",
    "Cơ quan chủ trì: ", "Thời gian: ", "THÔNG BÁO\n", "Số: 12/TB-UBND\n", "Quảng Ngãi, ngày 5 tháng 3 năm 2026\n", "Độc lập - Tự do - Hạnh phúc\n",
    "CHỦ TỊCH\n", "Nguyễn Văn A\n", "ĐÁNH GIÁ CHUNG", "Trên đây là ", "được giao ", "có trách nhiệm", "1.1. ", "(1) ", "Phụ lục", "PHỤ LỤC\n",
]  # fmt: skip
documents = st.lists(st.sampled_from(PIECES), min_size=4, max_size=60).map("".join)
QUICK = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def _letters(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())


def _check(text: str) -> None:
    try:
        reading = read_text(text)
    except Unreadable:
        return
    assert read_text(text) == reading
    assert reading.as_json() == read_text(normalise(text)).as_json()
    whole = _letters(normalise(text))
    for task in reading.tasks:
        assert task.lead
        assert not set(task.lead) & set(task.coordinate)
        assert task.recurrence in {"none", "monthly", "quarterly", "half-yearly", "yearly"}
        assert task.deadline is None or re.fullmatch(r"\d{4}-\d\d-\d\d", task.deadline)
        assert 1 <= task.line <= text.count("\n") + 2
        assert _letters(task.anchor) in whole


@pytest.mark.slow
@QUICK
@given(documents)
def test_reading_pieces_of_directives_in_any_order_never_fails(text: str) -> None:
    _check(text)


@pytest.mark.slow
@QUICK
@given(st.text(max_size=400))
def test_reading_any_text_never_fails(text: str) -> None:
    _check(text)


@pytest.mark.slow
@QUICK
@given(documents)
def test_lists_of_names_and_deadlines_stand_in_their_text(text: str) -> None:
    flat = re.sub(r"\s+", " ", text)
    phrase = phrase_at(flat, 0)
    assert phrase is None or 0 < phrase.end <= len(flat)
    assert all(name.strip() for name in names_in(flat))
    found = deadline_in(flat)
    assert found.text == "" or found.text in re.sub(r"\s+", " ", flat)


@QUICK
@given(
    st.lists(
        st.sampled_from(["Sở Y tế", "Sở Nội vụ", "Công an tỉnh", "UBND các xã, phường", "các cơ quan liên quan"]),
        min_size=1,
        max_size=5,
        unique=True,
    )
)
def test_a_list_of_known_names_gives_the_same_names_back(names: list[str]) -> None:
    assert names_in("; ".join(names)) == tuple(names)
