"""Choices beside the definition: gaps filled, outliers tamed, other scales and weights, each told and each repeatable."""

import csv
import io
import json
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from motcua.base.errors import Refused
from motcua.indices.rules.choices import SCALES, Choices
from motcua.indices.rules.choosing import prepare
from motcua.indices.rules.scoring import Figures, Scores, score
from motcua.indices.rules.shipped import from_yaml, shipped
from motcua.indices.rules.statistics import missing, normalising, outliers
from motcua.indices.rules.statistics.relations import principal_components
from motcua.indices.rules.tables import read_figures
from tests.indices import reference as ref
from tests.indices.test_console import ask

PCI = shipped("pci-2013")
RAW = from_yaml(b"""
code: thu
version: 1
index: DDCI
name: Bo thu
years: {from: 2025}
units: [department]
certainty: V
root: T
criteria:
- {code: T, name: Tong, gather: sum, max: 30, certainty: V}
- {code: A, name: Mot, parent: T, max: 10, unit: diem, rule: {kind: scaled, goalposts: this_year}}
- {code: B, name: Hai, parent: T, max: 10, unit: muc, rule: {kind: options, options: {tot: 10, kha: 6, kem: 0}}}
- {code: C, name: Ba, parent: T, max: 10, unit: viec, rule: ratio}
""")


def pci(**gaps: tuple[int, ...]) -> Figures:
    """PCI 2013 with some cells left empty."""
    figures = read_figures(ref.pci_table(2013), PCI).figures
    columns = {
        code: [None if row in gaps.get(code, ()) else each for row, each in enumerate(column)]
        for code, column in figures.columns.items()
    }
    return Figures(figures.units, columns)


def scored(figures: Figures, **choices: str) -> Scores:
    found = prepare(PCI, figures, Choices(**choices))
    return score(found.definition, found.figures)


def test_without_a_choice_the_definition_alone_decides():
    figures = pci()
    found = prepare(PCI, figures, Choices())
    assert (found.definition, found.figures, found.done) == (PCI, figures, ())


@pytest.mark.parametrize(("how", "reference"), [("mean", missing.mean), ("median", missing.median)])
def test_gaps_are_filled_as_the_statistics_do_and_each_cell_is_told(how: str, reference: object):
    figures = pci(land=(3, 10), legal=(10,))
    assert score(PCI, figures).totals[10] is None
    found = prepare(PCI, figures, Choices(fill=how))
    x = np.array([np.nan if each is None else float(each) for each in figures.columns["land"]])
    filled = reference(x).values
    assert [float(each) for each in found.figures.columns["land"]] == pytest.approx(filled, abs=1e-12)
    assert score(found.definition, found.figures).totals[10] is not None
    told = "\n".join(found.done)
    assert f"{figures.units[3]}, land: " in told and f"{figures.units[10]}, legal: " in told
    assert len(found.done) == 5  # two columns, three cells


def test_gaps_are_filled_by_group_and_groups_must_be_known():
    figures = pci(land=(0,))
    groups = ["bắc" if row < 3 else "nam" for row in range(len(figures.units))]
    found = prepare(PCI, figures, Choices(fill="group-mean"), groups)
    beside = [each for each in figures.columns["land"][1:3] if isinstance(each, Fraction)]
    assert found.figures.columns["land"][0] == sum(beside) / 2
    with pytest.raises(Refused, match="--groups"):
        prepare(PCI, figures, Choices(fill="group-mean"))


def test_pairs_and_options_are_filled_by_their_points():
    columns = {"A": [Fraction(1), Fraction(3), None], "B": ["tot", None, "kem"],
               "C.n": [Fraction(1), None, Fraction(2)], "C.d": [Fraction(2), None, Fraction(2)]}  # fmt: skip
    found = prepare(RAW, Figures(("x", "y", "z"), columns), Choices(fill="mean"))
    assert found.figures.columns["A"][2] == Fraction("5.5")  # 2 lies half way between 1 and 3: 1 + 9/2
    assert (found.figures.columns["B"][1], found.figures.columns["C"][1]) == (5, Fraction("7.5"))


def test_an_outlier_takes_the_next_place_and_the_others_keep_their_exact_values():
    values = [Fraction(n, 10) for n in range(10, 40)] + [Fraction(500)]
    columns = {"A": values, "B": ["tot"] * 31, "C.n": [Fraction(1)] * 31, "C.d": [Fraction(2)] * 31}
    units = tuple(f"u{n}" for n in range(31))
    found = prepare(RAW, Figures(units, columns), Choices(outliers="treat"))
    assert outliers.winsorise(np.array([float(v) for v in values])).points == 1
    assert found.posts["A"] == (1, Fraction("3.9")) and found.figures.columns["A"][30] == 10
    assert any("u30, A: 500 → 3.9" in line for line in found.done)
    calm = prepare(
        RAW, Figures(units[:30], {code: each[:30] for code, each in columns.items()}), Choices(outliers="treat")
    )
    assert "không ô nào phải sửa" in calm.done[0]


@pytest.mark.parametrize("scale", SCALES[1:])
def test_every_scale_is_that_of_the_statistics_times_the_most_points(scale: str):
    figures = pci()
    found = prepare(PCI, figures, Choices(scale=scale))
    x = np.array([float(each) for each in figures.columns["labor"]])
    wanted = {
        "minmax": normalising.minmax(x, 0, 10), "zscore": normalising.zscore(x, 5, 1),
        "rank": normalising.rank_upwards(x) / 63 * 10, "percentile": normalising.percentile_rank(x) * 10,
        "leader": normalising.distance_to_leader(x) * 10, "share-of-best": normalising.share_of_best(x) * 10,
    }[scale]  # fmt: skip
    assert [float(each) for each in found.figures.columns["labor"]] == pytest.approx(wanted, abs=1e-9)
    assert found.done[0].startswith("Thang điểm: ")


def test_weights_from_the_figures_keep_the_scale_of_the_publisher():
    figures = pci()
    x = np.array([[float(each) for each in figures.columns[code]] for code in ref.PCI_2013]).T
    equal = scored(figures, weighting="equal")
    assert [float(each or 0) for each in equal.totals] == pytest.approx(x.sum(axis=1), abs=1e-3)
    first = principal_components(x).weights
    if (first > 0).all() or (first < 0).all():
        pca = scored(figures, weighting="pca")
        assert [float(each or 0) for each in pca.totals] == pytest.approx(x @ (first / first.sum()) * 10, abs=1e-3)
    else:  # a sub-index that runs against the others: a person has to judge
        with pytest.raises(Refused, match="không dương"):
            scored(figures, weighting="pca")
    found = prepare(PCI, figures, Choices(weighting="optimised"))
    totals = np.array([float(each or 0) for each in score(found.definition, found.figures).totals])
    reached = np.array([np.corrcoef(column, totals)[0, 1] for column in x.T])
    before = np.array(
        [np.corrcoef(column, [float(t or 0) for t in score(PCI, figures).totals])[0, 1] for column in x.T]
    )
    assert (
        np.ptp(reached / reached.sum()) < np.ptp(before / before.sum()) / 3
    )  # labour hangs together with nothing else: not all can be alike
    assert any("độ lệch bình phương" in line for line in found.done)
    same = {code: [Fraction(5)] * 63 if code == "land" else each for code, each in figures.columns.items()}
    with pytest.raises(Refused, match="land"):
        prepare(PCI, Figures(figures.units, same), Choices(weighting="pca"))


def with_gaps(path: Path) -> Path:
    """The table of PCI 2013 with one empty cell and a column of regions."""
    rows = list(csv.reader(io.StringIO(ref.pci_table(2013).decode())))
    rows[4][rows[0].index("land")] = ""
    kept = io.StringIO()
    csv.writer(kept).writerows(
        [[*rows[0], "vùng"], *([*row, "bắc" if n < 30 else "nam"] for n, row in enumerate(rows[1:]))]
    )
    path.write_text(kept.getvalue(), encoding="utf-8")
    return path


def test_the_commands_take_the_choices_and_a_run_is_repeated_from_its_record(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
):
    data, kept = str(with_gaps(tmp_path / "pci.csv")), tmp_path / "record.json"
    plain = ask(capsys, "score", "--set", "pci-2013", "--data", data)
    for words in ("Không tự điền số liệu thiếu.", "Không xử lý giá trị ngoại lai.", "Thang điểm như định nghĩa.",
                  "Trọng số như định nghĩa."):  # fmt: skip
        assert words in plain[1]
    chosen = ["--fill", "group-median", "--groups", "Vùng", "--outliers", "treat", "--weighting", "optimised"]
    for verb in (["score"], ["uncertainty", "--runs", "50"], ["analyse", "--runs", "16"]):
        words = [*verb, "--set", "pci-2013", "--data", data, *chosen]
        first = ask(capsys, *words, "--json", "--record", str(kept))
        assert first[0] == 0 and "trung vị của các đơn vị cùng nhóm" in first[2] and "Trọng số trong pci: " in first[2]
        record = json.loads(kept.read_text("utf-8"))
        assert "Không tự điền số liệu thiếu." not in record["defaults"] and record["done"]
        again = [*verb[:1], "--set", record["set"], "--data", data, "--json", "--groups", record["groups"]]
        for name, value in record["options"].items():
            again += [f"--{name.replace('_', '-')}", str(value)]
        again += verb[1:] + (["--seed", str(record["seed"])] if record["seed"] is not None else [])
        assert ask(capsys, *again)[1] == first[1]
    assert "không có cột nhóm" in ask(capsys, "score", "--set", "pci-2013", "--data", data, "--groups", "miền")[2]
    assert ask(capsys, "score", "--set", "pci-2013", "--data", data, "--fill", "guess")[0] == 2
    assert ask(capsys, "verify", "--set", "pci-2013", "--data", data, "--published", data, "--fill", "mean")[0] == 2
