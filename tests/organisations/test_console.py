"""The commands answer in words and as JSON, and say by their exit code whether something was found."""

import argparse
import json

import pytest

from motcua.organisations import console
from motcua.organisations.rules import Register


def run(words: str, *rest: str) -> int:
    """The command as the console would run it."""
    parser = argparse.ArgumentParser()
    console.register(parser.add_subparsers())
    args = parser.parse_args(["organisations", *words.split(), *rest])
    return int(args.run(args))


@pytest.mark.slow
def test_tree_find_and_load(loaded: Register, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("load --json") == 0
    assert json.loads(capsys.readouterr().out) == {"agencies": 0, "decisions": 0}

    assert run("tree --on 2025-06-30 --root 000.00.00.H34 --json") == 0
    assert len(json.loads(capsys.readouterr().out)) == 128
    assert run("tree --on 2025-07-01 --root H48") == 0
    assert "\n  UBND xã Ba Tơ  [H48.115]\n    Văn phòng  [H48.115.01]\n" in capsys.readouterr().out
    assert run("tree --root H99") == 1

    assert run("find", "quang trung, tp kon tum") == 0
    assert capsys.readouterr().out.endswith("Phường Quang Trung, thành phố Kon Tum, nay là phường Kon Tum.\n")
    assert run("find", "--json", "nơi không có") == 1
    assert json.loads(capsys.readouterr().out) == []
