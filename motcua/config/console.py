"""`motcua`: the product's commands, each in the `console` module of its app.

A module offers `register(subparsers)`; every command it adds names `run` (arguments → exit code) and, where it is so,
`needs_database` (True, or a function of the arguments). Only the module of the command that was asked for is loaded.
"""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any, NamedTuple

from motcua.base import postgres
from motcua.base.errors import Refused

Register = Callable[["argparse._SubParsersAction[argparse.ArgumentParser]"], None]


class Command(NamedTuple):
    """A word of the console: the module behind it, its help, and whether the module needs Django to be loaded."""

    module: str
    help: str
    django: bool = True


COMMANDS = {
    "workdays": Command("motcua.workdays.console", "Thời gian làm việc: tính ngày hẹn trả", django=False),
    "organisations": Command("motcua.organisations.console", "Cơ quan theo thời gian"),
    "procedures": Command("motcua.procedures.console", "Thủ tục hành chính: nhập danh mục"),
    "people": Command("motcua.people.console", "Cán bộ: nạp từ Excel, bảng mẫu"),
    "directives": Command("motcua.directives.console", "Nhiệm vụ, chỉ đạo"),
    "indices": Command("motcua.indices.console", "Bộ chỉ số: chấm điểm, xếp hạng, đối chiếu", django=False),
    "measures": Command("motcua.measures.console", "Số liệu: chấm điểm QĐ 766, đối chiếu, đếm lại", django=False),
    "investments": Command("motcua.investments.console", "Giải ngân vốn đầu tư công: nhập bảng Excel, bảng mẫu, tỷ lệ"),
    "api": Command("motcua.api.console", "Khóa truy cập cho phần mềm khác"),
    "journal": Command("motcua.base.console", "Sổ nhật ký: kiểm chứng, niêm phong"),
    "demo": Command("motcua.demo.console", "Tỉnh trình diễn: nạp, tài khoản, làm lại"),
    "serve": Command("motcua.config.serve", "Chạy máy chủ web và tiến trình việc nền", django=False),
    "check": Command("motcua.config.checks", "Kiểm tra trước khi vận hành thật"),
}
MANAGE = "manage"

WORDS = {
    "usage: ": "cách gọi: ",
    "positional arguments": "phải ghi",
    "options": "tùy chọn",
    "show this help message and exit": "in hướng dẫn này",
    "%(prog)s: error: %(message)s\n": "%(prog)s: %(message)s\n",
    "argument %(argument_name)s: %(message)s": "%(argument_name)s: %(message)s",
    "the following arguments are required: %s": "còn thiếu: %s",
    "unrecognized arguments: %s": "không có mục này: %s",
    "expected one argument": "cần một giá trị đi theo",
    "expected at most one argument": "nhiều nhất một giá trị đi theo",
    "expected at least one argument": "cần ít nhất một giá trị đi theo",
    "expected %s argument": "cần %s giá trị đi theo",
    "one of the arguments %s is required": "cần một trong các mục: %s",
    "not allowed with argument %s": "không đi cùng %s",
    "ignored explicit argument %r": "mục này không nhận giá trị %r",
    "ambiguous option: %(option)s could match %(matches)s": "%(option)s có thể là %(matches)s; viết đủ tên",
    "unexpected option string: %s": "không có mục này: %s",
    "invalid choice: %(value)r (choose from %(choices)s)": "không có %(value)r, chọn một trong: %(choices)s",
    "invalid choice: %(value)r, maybe you meant %(closest)r? (choose from %(choices)s)": (
        "không có %(value)r, có phải %(closest)r? Chọn một trong: %(choices)s"
    ),
    "invalid %(type)s value: %(value)r": "không đọc được %(value)r",
    "can't open '%(filename)s': %(error)s": "không mở được '%(filename)s': %(error)s",
}
"""What argparse says by itself, in Vietnamese: the one place for all commands."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; objections go to stderr as sentences, exit code 1 (2 when the command itself is wrong)."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.config.settings")
    try:
        if words[:1] == [MANAGE]:
            return _manage(words[1:])
        return _run(words)
    except Refused as refusal:
        print(*refusal.objections, sep="\n", file=sys.stderr)
        return 1
    except postgres.StartFailed as failure:
        print(failure, file=sys.stderr)
        return 1
    except import_module("django.core.exceptions").ImproperlyConfigured as lack:
        print(lack, file=sys.stderr)
        return 2
    except BrokenPipeError:  # `motcua … | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return 130


def _run(words: list[str]) -> int:
    _speak_vietnamese()
    parser = argparse.ArgumentParser(prog="motcua", description="Một Cửa: chính quyền số của một tỉnh.")
    subparsers = parser.add_subparsers(dest="command", required=True, metavar="LỆNH")
    chosen = COMMANDS.get(words[0]) if words else None
    if chosen is None:
        _list_commands(subparsers)
        parser.parse_args(words)
        return 2
    if chosen.django:
        _set_up_django()
    register: Register = import_module(chosen.module).register
    register(subparsers)
    describe(subparsers)
    args = parser.parse_args(words)
    if _needs_database(args):
        _connect()
    return int(args.run(args) or 0)


def _speak_vietnamese() -> None:
    """argparse translates through its own `_` and `ngettext`; a language of the machine has no say in it."""
    vars(argparse).update(
        _=lambda text: WORDS.get(text, text),
        ngettext=lambda one, many, number: WORDS.get(one, one if number == 1 else many),
    )


def _list_commands(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    for word, command in COMMANDS.items():
        subparsers.add_parser(word, help=command.help)
    subparsers.add_parser(MANAGE, help="Lệnh quản trị của Django")


def describe(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """A command whose own page says nothing more says there what its line in the list says."""
    for line in subparsers._choices_actions:
        command = subparsers.choices[line.dest]
        command.description = command.description or f"{line.help}."
        for below in command._actions:
            if isinstance(below, argparse._SubParsersAction):
                below.metavar = below.metavar or "VIỆC"
                describe(below)


def _needs_database(args: argparse.Namespace) -> bool:
    needed: Any = getattr(args, "needs_database", False)
    return bool(needed(args) if callable(needed) else needed)


def _set_up_django() -> None:
    import_module("django").setup()  # only now: commands without Django start at once


def _connect() -> None:
    """Have a server and a database with today's tables before the command runs.

    A server of the operator's own is migrated by the operator (`motcua manage migrate`), never by the way.
    """
    embedded = "DATABASE_URL" not in os.environ
    url = postgres.ensure()
    _set_up_django()
    database = import_module("motcua.config.database")
    database.use(url)
    if embedded:
        database.migrate_if_needed()


def _manage(words: list[str]) -> int:
    postgres.ensure()
    import_module("django.core.management").execute_from_command_line(["motcua manage", *words])
    return 0


if __name__ == "__main__":
    sys.exit(main())
