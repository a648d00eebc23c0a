"""The reader against labelled documents: ours with a floor, the real ones where they stand beside the checkout."""

import json
import time
import warnings
from pathlib import Path

import pytest

from motcua.directives.reader import read_file
from tests.directives.scoring import Score, score, told_of

OWN = Path(__file__).resolve().parents[1] / "data" / "directives"
REAL = Path(__file__).resolve().parents[3] / "shared" / "data" / "directives" / "labelled"
PUBLIC = REAL.parent / "unlabelled"
OUR_LABELS = sorted((OWN / "real").glob("*.json"))
OWN_DOCUMENTS = sorted(path for path in OWN.iterdir() if path.suffix in (".txt", ".md"))
SLOWEST = 0.5


def _scored(path: Path) -> Score:
    gold = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    return score(gold, read_file(path).as_json(), path.read_text(encoding="utf-8"))


def _total(paths: list[Path]) -> Score:
    total = Score()
    for path in paths:
        one = _scored(path)
        print(f"{path.stem}: {one}", *one.differences, sep="\n  ")
        total.add(one)
    print(f"TỔNG {len(paths)} văn bản: {total}")
    return total


def test_our_documents_are_at_least_twelve_and_all_labelled() -> None:
    assert len(OWN_DOCUMENTS) >= 12
    assert all(path.with_suffix(".json").is_file() for path in OWN_DOCUMENTS)


@pytest.mark.slow
def test_our_documents_are_read_above_the_floor() -> None:
    total = _total(OWN_DOCUMENTS)
    assert total.task_f1 >= 0.97, total.differences
    assert total.lead >= 0.95, total.differences
    assert total.partner_f1 >= 0.95, total.differences
    assert total.deadline >= 0.98, total.differences
    assert total.recurrence >= 0.98, total.differences
    assert total.header >= 0.97, total.differences


@pytest.mark.slow
@pytest.mark.parametrize("path", OWN_DOCUMENTS, ids=lambda path: path.stem)
def test_a_document_is_read_within_half_a_second(path: Path) -> None:
    begin = time.perf_counter()
    read_file(path)
    assert time.perf_counter() - begin < SLOWEST


@pytest.mark.slow
def test_the_real_labelled_documents_are_read_above_the_targets() -> None:
    if not REAL.is_dir():
        message = "BỎ QUA: các văn bản thật đã gán nhãn không ở bên cạnh mã nguồn; chỉ chấm các văn bản tự viết."
        warnings.warn(message, stacklevel=1)
        pytest.skip(message)
    total = _total(sorted(REAL.glob("*.txt")))
    assert total.task_f1 >= 0.85
    assert total.lead >= 0.80
    assert total.partner_f1 >= 0.80
    assert total.deadline >= 0.95
    assert total.header >= 0.90


def _scored_public(labels: list[Path]) -> Score:
    total = Score()
    for path in labels:
        text = (PUBLIC / f"{path.stem}.txt").read_text(encoding="utf-8")
        begin = time.perf_counter()
        read = read_file(PUBLIC / f"{path.stem}.txt").as_json()
        took = time.perf_counter() - begin
        one = score(told_of(json.loads(path.read_text(encoding="utf-8")), text), read, text)
        print(f"{path.stem}: {one}; {took:.2f} giây")
        total.add(one)
    return total


@pytest.mark.slow
def test_the_eight_public_documents_that_we_labelled_are_read() -> None:
    """Labelled before they were read; every second one, from the first in name order, was then tuned on, the others never.

    The texts are not ours and stand beside the checkout only; the labels tell places in them, not words.
    """
    if not PUBLIC.is_dir():
        message = "BỎ QUA: các văn bản công khai không ở bên cạnh mã nguồn; nhãn của chúng tôi không được chấm."
        warnings.warn(message, stacklevel=1)
        pytest.skip(message)
    assert len(OUR_LABELS) == 8
    tuned, untouched = _scored_public(OUR_LABELS[0::2]), _scored_public(OUR_LABELS[1::2])
    print(f"ĐÃ CHỈNH THEO: {tuned}", f"CHƯA ĐỤNG ĐẾN: {untouched}", sep="\n")
    for total in (tuned, untouched):
        assert total.task_f1 >= 0.85
        assert total.lead >= 0.80
        assert total.partner_f1 >= 0.80
        assert total.deadline >= 0.95
        assert total.header >= 0.90


def test_the_scorer_counts_a_missed_task_and_a_wrong_lead() -> None:
    text = "1. Sở Y tế kiểm tra chất lượng nước. 2. Sở Xây dựng rà soát các công trình cấp nước."
    one = {
        "id": "1",
        "anchor": "Sở Y tế kiểm tra chất lượng nước.",
        "lead": ["Sở Y tế"],
        "coordinate": [],
        "deadline": None,
    }
    two = {
        "id": "2",
        "anchor": "Sở Xây dựng rà soát các công trình",
        "lead": ["Sở Xây dựng"],
        "coordinate": [],
        "deadline": None,
    }
    gold = {"document": {}, "tasks": [{**one, "recurrence": "none"}, {**two, "recurrence": "none"}]}
    read = {"document": {}, "tasks": [{**one, "lead": ["Sở Nội vụ"], "recurrence": "none"}]}
    found = score(gold, read, text)
    assert (found.gold, found.found, found.matched, found.leads) == (2, 1, 1, 0)
    assert found.task_f1 == pytest.approx(2 / 3)
