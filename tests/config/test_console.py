"""One console for all commands: told plainly, refused plainly."""

import argparse
import os
import re
import subprocess
import sys
from importlib import import_module
from importlib.util import find_spec

import pytest

from motcua.base import postgres
from motcua.base.errors import Refused
from motcua.config import console

ENGLISH = re.compile(r"\b(usage|options|error|argument|arguments|required|invalid|choose|show|help message)\b")
ROOT = postgres.homes.CHECKOUT


def motcua(*words: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    """The command as a person types it, without what a test run has set."""
    clean = {key: value for key, value in os.environ.items() if key not in ("MOTCUA_MODE", "DJANGO_SETTINGS_MODULE")}
    return subprocess.run(
        [sys.executable, "-P", "-m", "motcua.config.console", *words],
        cwd=ROOT,
        env={**clean, "PYTHONPATH": str(ROOT), **environment},
        capture_output=True,
        text=True,
    )


def test_help_names_every_command():
    done = motcua("--help")
    assert done.returncode == 0
    assert all(word in done.stdout for word in (*console.COMMANDS, console.MANAGE))


@pytest.mark.parametrize("word", console.COMMANDS)
def test_every_command_has_its_module(word):
    assert find_spec(console.COMMANDS[word].module)


def leaves(commands, name=()):
    """Every command that does something, with its words."""
    for word, parser in commands.choices.items():
        below = [one for one in parser._actions if isinstance(one, argparse._SubParsersAction)]
        if not below:
            yield (*name, word), parser
        for one in below:
            yield from leaves(one, (*name, word))


def test_every_command_explains_itself_in_vietnamese_and_prints_its_results_as_json():
    console._speak_vietnamese()
    commands = argparse.ArgumentParser(prog="motcua").add_subparsers()
    for command in console.COMMANDS.values():
        import_module(command.module).register(commands)
    console.describe(commands)
    found = dict(leaves(commands))
    assert len(found) > 35
    for words, parser in found.items():
        told = parser.format_help()
        assert told.startswith(f"cách gọi: motcua {' '.join(words)}") and parser.description, words
        assert not ENGLISH.search(told), words
    assert {" ".join(words) for words, parser in found.items() if "--json" not in parser.format_help()} == {
        "serve",
        *(
            "people template",
            "investments template",
            "indices convert",
            "measures docs",
        ),  # each writes a file or a page
    }


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("workdays", "còn thiếu: VIỆC"),
        ("journal", "còn thiếu: VIỆC"),
        ("workdays due --limit", "--limit: cần một giá trị đi theo"),
        ("workdays due --later 3", "không có mục này: --later 3"),
        ("workdays later", "không có 'later', chọn một trong: "),
        ("serve --port dat", "--port: không đọc được 'dat'"),
        ("khong-co", "LỆNH: không có 'khong-co', chọn một trong: "),
    ],
)
def test_what_is_wrong_with_a_command_is_said_in_vietnamese(words, told, capsys):
    with pytest.raises(SystemExit):
        console.main(words.split())
    said = capsys.readouterr().err
    assert told in said
    assert not ENGLISH.search(said)


@pytest.mark.parametrize("words", [[], ["no-such-command"]])
def test_a_wrong_command_ends_with_2(words, capsys):
    with pytest.raises(SystemExit) as end:
        console.main(words)
    assert end.value.code == 2
    assert "cách gọi: motcua" in capsys.readouterr().err


def test_objections_go_to_stderr_as_they_are(monkeypatch, capsys):
    def refuse(words):
        raise Refused(["Thiếu một giấy.", "Sai một ngày."])

    monkeypatch.setattr(console, "_run", refuse)
    assert console.main(["workdays"]) == 1
    assert capsys.readouterr().err == "Thiếu một giấy.\nSai một ngày.\n"


@pytest.mark.slow
@pytest.mark.parametrize("secret", ["", "demo-only-never-in-production-0000000000000000000000"])
def test_production_does_not_start_with_the_secrets_of_the_demonstration(secret):
    done = motcua("check", MOTCUA_MODE="production", SECRET_KEY=secret)
    assert done.returncode == 2
    assert "SECRET_KEY" in done.stderr
    assert "Traceback" not in done.stderr
