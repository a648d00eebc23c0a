"""The commands of the index workbench, as a person or a program calls them; no database, no Django."""

import json
import os
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest

from motcua.config.console import main
from motcua.indices.rules.annex import from_annex
from motcua.indices.rules.shipped import shipped
from tests.indices import reference as ref

ROOT = Path(__file__).resolve().parents[2]


def ask(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    try:
        code = main(["indices", *words])
    except SystemExit as stop:
        code = int(str(stop.code))
    out, err = capsys.readouterr()
    return code, out, err


@pytest.fixture
def pci(tmp_path: Path) -> Path:
    (tmp_path / "pci.csv").write_bytes(ref.pci_table(2013))
    (tmp_path / "published.csv").write_bytes(ref.pci_published(2013))
    return tmp_path


def test_score_as_json(capsys: pytest.CaptureFixture[str], pci: Path):
    code, out, err = ask(capsys, "score", "--set", "pci-2013", "--data", str(pci / "pci.csv"), "--json")
    found = json.loads(out)
    assert code == 0
    assert [list(row) for row in found] == [["unit", "score", "rank", "parts"]] * 63
    assert [row["unit"] for row in found] == [row["province"] for row in ref.pci(2013)]
    for row, published in zip(found, ref.pci(2013), strict=True):
        assert isinstance(row["score"], str) and abs(Decimal(row["score"]) - Decimal(published["pci"])) < Decimal(
            "1e-5"
        )
        assert row["rank"] == int(published["rank"])
        assert row["parts"] == {key: published[key] for key in ref.PCI_2013}
    assert "pci-2013" in err and "Không làm tròn ở bước nào" in err


def test_score_as_a_table_with_its_record(capsys: pytest.CaptureFixture[str], pci: Path):
    record = pci / "record.json"
    code, out, _err = ask(capsys, "score", "--set", "pci-2013", "--data", str(pci / "pci.csv"), "--record", str(record))
    assert code == 0
    assert out.splitlines()[1].split()[:3] == ["1", "Đà", "Nẵng"]
    kept = json.loads(record.read_text("utf-8"))
    assert kept["set"] == "pci-2013" and len(kept["set_sha256"]) == len(kept["inputs"]["pci.csv"]) == 64
    assert kept["defaults"] and kept["example"] is False


def test_uncertainty_can_be_repeated(capsys: pytest.CaptureFixture[str], pci: Path):
    words = ["uncertainty", "--set", "pci-2013", "--data", str(pci / "pci.csv"), "--runs", "100", "--weights", "0.25"]
    first = ask(capsys, *words, "--seed", "7", "--json")
    again = ask(capsys, *words, "--seed", "7", "--json")
    other = ask(capsys, *words, "--seed", "8", "--json")
    assert first == again
    assert first[1] != other[1]
    rows = json.loads(first[1])
    assert len(rows) == 63 and rows[0]["rank"] == 33 and rows[0]["rank_p05"] <= 33 <= rows[0]["rank_p95"]
    assert "U(0.75; 1.25)" in first[2] and "7" in first[2]
    assert ask(capsys, *words, "--seed", "7", "--vary", "all")[0] == 0


def test_analyse_tells_what_each_part_weighs_and_does(capsys: pytest.CaptureFixture[str], pci: Path):
    words = ["analyse", "--set", "pci-2013", "--data", str(pci / "pci.csv"), "--runs", "64", "--seed", "7"]
    code, out, err = ask(capsys, *words, "--json")
    assert code == 0 and ask(capsys, *words, "--json")[1] == out and "64 mẫu" in err
    found = json.loads(out)
    parts = {one["code"]: one for one in found["parts"]}
    weights = {child.code: float(weight) / 100 for child, weight in shipped("pci-2013").children["pci"]}
    assert {key: round(one["weight"], 12) for key, one in parts.items()} == weights
    total = np.array([float(row["pci"]) for row in ref.pci(2013)])
    for key, one in parts.items():
        own = np.array([float(row[key]) for row in ref.pci(2013)])
        assert one["with_index"] == pytest.approx(np.corrcoef(own, total)[0, 1], abs=1e-6)
        without = total - own * weights[key] * 10
        ranks = [(1 + (x[:, None] < x[None, :]).sum(axis=1)) for x in (total, without)]
        assert one["shift_without"] == pytest.approx(np.abs(ranks[0] - ranks[1]).mean(), abs=1e-9)
    (group,) = found["groups"]
    x = np.array([[float(row[key]) for key in weights] for row in ref.pci(2013)])
    spread = np.cov(x, rowvar=False)
    assert group["alpha"] == pytest.approx(len(weights) / 9 * (1 - np.trace(spread) / spread.sum()), abs=1e-9)
    assert set(group["components"]) == set(weights) and 0 < group["explained"] < 1
    assert len(found["choices"]) == 4 and max(one["total"] for one in found["choices"]) > 0.1
    first = next(one for one in found["units"] if one["unit"] == "Đà Nẵng")
    at = [row["province"] for row in ref.pci(2013)].index("Đà Nẵng")
    ranks = {key: int(1 + (x[:, n] > x[at, n]).sum()) for n, key in enumerate(weights)}
    assert [one["rank"] for one in first["strengths"]] == sorted(ranks.values())[:5]
    assert {one["code"]: one["rank"] for one in first["weaknesses"] + first["strengths"]} == ranks
    assert "Đà Nẵng" in ask(capsys, *words)[1]
    lines = (pci / "pci.csv").read_text("utf-8").splitlines()
    (pci / "pci.csv").write_text("\n".join(lines[:3]), encoding="utf-8")
    assert "ít nhất 3 đơn vị" in ask(capsys, *words)[2]


def test_verify_is_silent_when_all_agrees_and_1_when_not(capsys: pytest.CaptureFixture[str], pci: Path):
    words = ["verify", "--set", "pci-2013", "--data", str(pci / "pci.csv"), "--published", str(pci / "published.csv")]
    code, out, _err = ask(capsys, *words)
    assert (code, json.loads(out)) == (0, [])
    lines = (pci / "published.csv").read_text("utf-8").replace("57.67203", "57.70203").splitlines()
    (pci / "published.csv").write_text("\n".join([*lines[:-1], "Hà Tây,50,64"]), encoding="utf-8")
    code, out, err = ask(capsys, *words)
    found = json.loads(out)
    assert code == 1 and "61/63" in err
    assert [row["unit"] for row in found] == ["Hà Nội", ref.pci(2013)[-1]["province"], "Hà Tây"]
    assert found[0] == {"unit": "Hà Nội", "published": "57.70203", "recomputed": "57.67203", "difference": "-0.03"}
    assert found[1]["published"] is None and found[2]["recomputed"] is None
    assert ask(capsys, *words, "--tolerance", "0.05")[0] == 1
    code, out, _err = ask(capsys, *words, "--tolerance", "0.05")
    assert "Hà Nội" not in [row["unit"] for row in json.loads(out)]


def test_a_wrong_published_rank_is_a_difference_too(capsys: pytest.CaptureFixture[str], pci: Path):
    text = (pci / "published.csv").read_text("utf-8").replace("57.67203,33", "57.67203,32")
    (pci / "published.csv").write_text(text, encoding="utf-8")
    words = ["verify", "--set", "pci-2013", "--data", str(pci / "pci.csv"), "--published", str(pci / "published.csv")]
    code, out, _err = ask(capsys, *words)
    assert code == 1
    assert [(row["published_rank"], row["recomputed_rank"]) for row in json.loads(out)] == [(32, 33)]


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (["score", "--set", "pci-2020", "--data", "{}/pci.csv"], "Không có bộ chỉ số"),
        (["score", "--set", "pci-2013", "--data", "{}/none.csv"], "Không mở được tệp"),
        (["score", "--set", "{}/none.yaml", "--data", "{}/pci.csv"], "Không mở được tệp"),
        (["score", "--set", "pci-2006", "--data", "{}/pci.csv"], "thiếu cột “bias_soe”"),
        (["score", "--set", "pci-2013"], "Dòng lệnh chưa đúng"),
        (["uncertainty", "--set", "pci-2013", "--data", "{}/pci.csv", "--runs", "0"], "số lần tính"),
        (["uncertainty", "--set", "pci-2013", "--data", "{}/pci.csv", "--weights", "1.5"], "phần dao động"),
        (["verify", "--set", "pci-2013", "--data", "{}/pci.csv", "--published", "{}/pci.csv"], "thiếu cột “score”"),
        (
            [
                "verify",
                "--set",
                "pci-2013",
                "--data",
                "{}/pci.csv",
                "--published",
                "{}/published.csv",
                "--tolerance",
                "ít",
            ],
            "--tolerance",
        ),
    ],
)
def test_bad_input_is_said_and_nothing_is_printed(
    capsys: pytest.CaptureFixture[str], pci: Path, words: list[str], reason: str
):
    code, out, err = ask(capsys, *(word.replace("{}", str(pci)) for word in words))
    assert code == 2
    assert out == "" and reason in err


def test_an_example_set_says_so_in_every_output(capsys: pytest.CaptureFixture[str], tmp_path: Path):
    (tmp_path / "par.csv").write_text(
        "unit,PAR1,PAR2,PAR3,PAR4,PAR5,PAR6,PAR7,PAR8\nA,9,9,9,9,9,9,9,9\n", encoding="utf-8"
    )
    words = ["--set", "par-2022", "--data", str(tmp_path / "par.csv")]
    for output in (
        ask(capsys, "score", *words)[1],
        ask(capsys, "score", *words, "--json")[2],
        ask(capsys, "uncertainty", *words, "--runs", "10")[1],
        ask(capsys, "check", "par-2022")[1],
    ):
        assert "BỘ VÍ DỤ, không dùng để công bố." in output


def test_check_and_convert(capsys: pytest.CaptureFixture[str], tmp_path: Path):
    annex, text = tmp_path / "phuluc.xlsx", tmp_path / "bo.yaml"
    assert ask(capsys, "convert", "qd766-province", str(annex))[0] == 0
    assert from_annex(annex.read_bytes()) == shipped("qd766-province")
    assert ask(capsys, "convert", str(annex), str(text))[0] == 0
    code, out, _err = ask(capsys, "check", str(text))
    assert code == 0 and "21 tiêu chí thành phần" in out
    text.write_text(text.read_text("utf-8").replace("max: 18", "max: 19", 1), encoding="utf-8")
    code, out, err = ask(capsys, "check", str(text))
    assert (code, out) == (2, "") and "các mục con cộng lại" in err
    assert ask(capsys, "convert", "pci-2013", str(tmp_path / "x.pdf"))[0] == 2


def test_score_needs_neither_django_nor_numpy():
    program = "import sys; from motcua.config import console; console.main(sys.argv[1:]); print('django.db' in sys.modules, 'numpy' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", program, "indices", "check", "pci-2013"],
        cwd=ROOT,
        env={key: value for key, value in os.environ.items() if key != "MOTCUA_MODE"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.splitlines()[-1] == "False False"
