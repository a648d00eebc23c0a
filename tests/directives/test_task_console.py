"""The commands: the morning by hand, the report of a day."""

import argparse
import json

import pytest

from motcua.directives import console
from tests.directives import make_tasks as make

pytestmark = pytest.mark.django_db


def run(*words: str) -> int:
    parser = argparse.ArgumentParser()
    console.register(parser.add_subparsers())
    args = parser.parse_args(["directives", *words])
    return int(args.run(args))


def test_the_report_is_printed_and_adds_up(capsys: pytest.CaptureFixture[str]) -> None:
    world = make.world()
    make.given(world)
    make.given(world, lead=world.interior)
    assert run("report", "--json") == 0
    rows = json.loads(capsys.readouterr().out)
    assert {one["name"] for one in rows} == {"Sở Tài chính", "Sở Nội vụ", "Tổng"}
    assert rows[-1]["given"] == sum(one["given"] for one in rows[:-1]) == 2
    assert run("report", "--by", "field") == 0
    assert "Tổng" in capsys.readouterr().out


def test_what_cannot_be_reported_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    make.world()
    assert run("report", "--root", "H99") == 1
    assert run("report", "--as-of", "2999-01-01") == 1
    assert "chưa tới" in capsys.readouterr().err


def test_the_morning_by_hand(capsys: pytest.CaptureFixture[str]) -> None:
    make.world()
    assert run("morning", "--json") == 0
    assert json.loads(capsys.readouterr().out) == {"opened": 0, "reminded": 0, "weekly": 0}
