"""The published scores of QĐ 766 are reproduced to the last hundredth, ranks and ties included, without a database."""

import csv
import json
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.base.errors import Refused
from motcua.config.console import main
from motcua.measures.rules.counts766 import read_counts
from motcua.measures.rules.national import national_set, national_sets
from motcua.measures.rules.scoring import IndexSet, half_up, ranks, read_set

DATA = Path(__file__).resolve().parents[1] / "data" / "qd766"
PHU_THO = sorted(DATA.glob("phutho_*.csv"))
GROUPS = ("CKMB", "TDGQ", "CLGQ", "MDSH", "MDHL", "TTTT")


def the_set() -> IndexSet:
    found = national_set("province")
    assert found is not None
    return found


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("path", PHU_THO, ids=lambda path: path.stem)
def test_every_published_score_is_reproduced(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["measures", "score766", str(path), "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    published = rows_of(path)
    assert [one["row"] for one in answer] == list(range(1, len(published) + 1))
    for one, row in zip(answer, published, strict=True):
        assert one["unit_code"] == row["unit_code"]
        assert one["metric"] == row.get("metric", one["metric"])
        assert (one["score"] is None) == (row["score"] == "")
        assert one["score"] is None or Decimal(one["score"]) == Decimal(row["score"]), row
        assert one["score"] is None or len(one["score"].split(".")[1]) == 2


def test_provinces_total_is_the_sum_and_ranks_keep_the_published_order(capsys: pytest.CaptureFixture[str]) -> None:
    path = DATA / "provinces_17_of_34.csv"
    assert main(["measures", "score766", str(path), "--json"]) == 0
    answer, published = json.loads(capsys.readouterr().out), rows_of(path)
    assert [one["score"] for one in answer] == [f"{Decimal(row['total']):.2f}" for row in published]
    given = {"rank": [one["rank"] for one in answer]}
    given |= {f"rank_{code}": [one["ranks"][code] for one in answer] for code in GROUPS}
    for name, ours in given.items():
        theirs = [int(row[name]) for row in published]
        # 17 of 34 are known: a rank counts the better ones among them, so the order and the ties are compared.
        assert ours == [1 + sum(1 for other in theirs if other < one) for one in theirs], name
    assert len(given["rank"]) == 17 and given["rank"][2:4] == [3, 3], "65.47 and 65.47 share a rank"


def test_only_a_table_of_totals_carries_ranks_beside_the_four_words(capsys: pytest.CaptureFixture[str]) -> None:
    for path in DATA.glob("*.csv"):
        assert main(["measures", "score766", str(path), "--json"]) == 0
        more = {"rank", "ranks"} if path.stem.startswith("provinces") else set()
        for one in json.loads(capsys.readouterr().out):
            assert set(one) == {"row", "unit_code", "metric", "score"} | more


def test_a_row_without_counts_uses_its_share_and_without_both_has_no_score() -> None:
    lines = [
        "unit_code,metric,numerator,denominator,ratio",
        "A,ELECTRONIC_CERTIFIED_COPY,,,62.5",
        "B,ELECTRONIC_CERTIFIED_COPY,,,",
        "C,PUBLISH_ON_TIME,0,0,100",
        "D,PETITION_PROCESSING_ON_TIME,0,0,",
        "E,DOSSIER_RECEIVING_SATISFACTION,0,0,",
        "F,REUSED_DIGITIZED_DATA,5,,40",
    ]
    scores = [one.score for one in read_counts(lines, the_set())]
    assert scores == [Decimal("1.25"), None, None, Decimal("6.00"), Decimal("0.00"), Decimal("1.00")]


def test_components_are_rounded_before_they_are_summed() -> None:
    """10/30 · 6 = 2.00, 2 · (1/30) / 0.8 = 0.08333…, twice: 2.00 + 0.08 + 0.08, not 2.17."""
    lines = [
        "unit_code,paid_dossiers,obliged_dossiers,tthc_with_online_payment,fee_tthc_distinct,fee_tthc_on_dvcqg,fee_tthc",
        "X,10,30,1,30,1,30",
    ]
    assert read_counts(lines, the_set())[0].score == Decimal("2.16")


def test_a_half_is_rounded_up_exactly() -> None:
    assert half_up(Fraction(1005, 1000)) == Decimal("1.01")
    assert half_up(Fraction(10049999999999999, 10**16)) == Decimal("1.00")


@given(st.lists(st.decimals(0, 20, places=2), min_size=1, max_size=30))
def test_ranks_are_competition_ranks(scores: list[Decimal]) -> None:
    found = ranks(scores)
    assert found == [1 + sum(1 for other in scores if other > one) for one in scores]


@given(st.integers(0, 10**7), st.integers(1, 10**7), st.sampled_from(the_set().groups))
def test_no_component_leaves_its_bounds(numerator: int, denominator: int, group: object) -> None:
    for component in group.components:  # type: ignore[attr-defined]
        score = component.score(numerator, denominator)
        assert score is not None
        assert 0 <= score <= component.maximum


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        (["a,b", "1,2"], "Không nhận ra biểu mẫu"),
        ([], "Không nhận ra biểu mẫu"),
        (["unit_code,received,on_time", "A,10,x"], "Dòng 1: cột on_time"),
        (["unit_code,received,on_time", "A,10,5", "B,-3,1"], "Dòng 2: cột received"),
        (["unit_code,metric,numerator,denominator", "A,NO_SUCH,1,2"], "Dòng 1: không có chỉ số"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_sentence(lines: list[str], sentence: str) -> None:
    with pytest.raises(Refused) as refused:
        read_counts(lines, the_set())
    assert sentence in refused.value.objections[0]


def test_a_missing_file_is_a_sentence_and_exit_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["measures", "score766", str(tmp_path / "khong-co.csv")]) == 2
    assert "Không mở được tệp" in capsys.readouterr().err


def test_the_national_sets_make_one_hundred() -> None:
    assert {one.level for one in national_sets()} == {"province", "department", "commune"}
    for one in national_sets():
        assert sum(group.maximum for group in one.groups) == 100
        assert all(component.sentence for group in one.groups for component in group.components)


def test_a_set_whose_sums_are_wrong_is_refused() -> None:
    head = {"code": "X", "name": "X", "level": "commune", "since": "2026-01-01", "decision": "QĐ 1"}
    group = {"code": "G", "name": "G", "max": "3", "components": [{"code": "A", "name": "A", "max": "2"}]}
    with pytest.raises(Refused):
        read_set(head, [group])
