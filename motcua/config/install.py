"""What `make setup` does after the packages: the checkout on the path, the command, letters, messages."""

import compileall
import os
import stat
import sys
import sysconfig
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parents[2]

COMMAND = """\
#!/bin/sh
exec "$(dirname "$0")/python" -P -m motcua.config.console "$@"
"""


def put_on_path() -> None:
    """The environment finds the checkout from any folder, without building a package."""
    (Path(sysconfig.get_path("purelib")) / "motcua.pth").write_text(f"{ROOT}\n", encoding="utf-8")


def write_command() -> None:
    """`.venv/bin/motcua`."""
    script = Path(sys.executable).parent / "motcua"
    script.write_text(COMMAND, encoding="ascii")
    script.chmod(script.stat().st_mode | stat.S_IXUSR | stat.S_IXGRP | stat.S_IXOTH)


def cut_letters() -> None:
    """The web fonts, cut from the font package to the letters of Vietnamese."""
    if find_spec("motcua.ui.fonts"):
        import_module("motcua.ui.fonts").ensure()


def compile_messages() -> None:
    """Translations as Django reads them, without gettext's programs; whoever reads meanwhile finds a whole file."""
    for source in sorted((ROOT / "motcua").glob("*/locale/*/LC_MESSAGES/*.po")):
        target, compiled = source.with_suffix(".mo"), polib.pofile(str(source)).to_binary()
        if not target.exists() or target.read_bytes() != compiled:
            draft = target.with_suffix(f".{os.getpid()}")
            draft.write_bytes(compiled)
            draft.replace(target)


def compile_code() -> None:
    """Bytecode of our own, so that the first start is as quick as the others."""
    compileall.compile_dir(ROOT / "motcua", quiet=2)


if __name__ == "__main__":
    put_on_path()
    write_command()
    cut_letters()
    compile_messages()
    compile_code()
