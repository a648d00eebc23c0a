import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from motcua.config.console import main

ROOT = Path(__file__).resolve().parents[2]


def ask(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    try:
        code = main(["workdays", "due", *words])
    except SystemExit as stop:
        code = int(str(stop.code))
    out, err = capsys.readouterr()
    return code, out, err


def test_the_due_command_answers_in_json(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _err = ask(capsys, "--received", "2026-02-13T16:30", "--limit", "5wd", "--json")
    answer = json.loads(out)
    assert code == 0
    assert list(answer) == ["due", "steps"]
    assert answer["due"] == "2026-02-27T16:30:00+07:00"
    assert [list(step) for step in answer["steps"]] == [["from", "to", "counted_hours", "why"]] * 5
    assert sum(step["counted_hours"] for step in answer["steps"]) == 40


def test_an_open_pause_is_due_null(capsys: pytest.CaptureFixture[str]) -> None:
    words = ["--received", "2026-03-02T08:00", "--limit", "5wd", "--pause", "2026-03-03T08:00/", "--json"]
    _code, out, _err = ask(capsys, *words)
    assert json.loads(out)["due"] is None
    assert json.loads(out)["steps"][-1]["to"] is None


def test_several_pauses_stages_rules_and_the_mode(capsys: pytest.CaptureFixture[str]) -> None:
    base = ["--received", "2026-03-02T16:30", "--limit", "1wd 4wh", "--json"]
    stops = ["--pause", "2026-03-03T08:00/2026-03-03T09:00", "--pause", "2026-03-03T13:30/2026-03-03T14:30"]

    def due_of(*more: str) -> str:
        return str(json.loads(ask(capsys, *base, *stops, *more)[1])["due"])[:16]

    assert due_of() == "2026-03-04T14:30"
    assert due_of("--after-pause", "restart") == "2026-03-05T08:30"
    assert due_of("--rules", "nd297") == "2026-03-05T08:30"
    assert due_of("--rules", "nd297", "--after-pause", "continue") == "2026-03-04T15:00"


def test_without_json_it_speaks_vietnamese(capsys: pytest.CaptureFixture[str]) -> None:
    _code, out, _err = ask(capsys, "--received", "2026-02-13T16:30", "--limit", "5wd")
    assert out.startswith("Hẹn trả: 16:30, thứ Sáu 27/02/2026\nThời hạn 5 ngày làm việc.")
    assert "16/02         20/02                0  Nghỉ Tết Nguyên đán" in out


@pytest.mark.parametrize("words", [
    ["--limit", "5wd"],
    ["--received", "hôm qua", "--limit", "5wd"],
    ["--received", "2026-02-30T08:00", "--limit", "5wd"],
    ["--received", "2026-02-13", "--limit", "5wd"],
    ["--received", "9999-12-31T23:59-10:00", "--limit", "5wd"],
    ["--received", "2026-02-13T16:30", "--limit", "năm ngày"],
    ["--received", "2026-02-13T16:30", "--limit", "-1wd"],
    ["--received", "2026-02-13T16:30", "--limit", "5wd", "--rules", "nd1"],
    ["--received", "2026-02-13T16:30", "--limit", "5wd", "--pause", "2026-02-14T08:00"],
    ["--received", "2026-02-13T16:30", "--limit", "5wd", "--pause", "2026-02-25T08:00/2026-02-24T08:00"],
    ["--received", "2026-02-13T16:30", "--limit", "5wd", "--after-pause", "stop"],
])  # fmt: skip
def test_bad_input_is_one_sentence_and_exit_code_2(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = ask(capsys, *words)
    assert (code, out, err.count("\n")) == (2, "", 1)


def test_a_year_without_holidays_is_called_an_estimate(capsys: pytest.CaptureFixture[str]) -> None:
    code, _out, err = ask(capsys, "--received", "2040-02-13T16:30", "--limit", "5wd", "--json")
    assert (code, "chưa có lịch nghỉ lễ năm 2040" in err) == (0, True)


@pytest.mark.slow
def test_no_database_and_no_django_are_started() -> None:
    program = (
        "import sys; from motcua.config.console import main; "
        "main(['workdays', 'due', '--received', '2026-02-13T16:30', '--limit', '5wd', '--json']); "
        "print(any(name == 'django' or name.startswith('django.') for name in sys.modules))"
    )
    environment = {**os.environ, "DATABASE_URL": "postgres://nobody@127.0.0.1:1/none"}
    words = [sys.executable, "-c", program]
    done = subprocess.run(words, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "False"
