"""`make states`: the table of moves drawn into the README, so that what is read there is what the program does."""

from pathlib import Path

import django
from django.conf import settings
from django.utils.translation import override

from motcua.dossiers.rules import PATHS, SYSTEM_ROLE
from motcua.dossiers.terms import Status
from motcua.people.terms import Role

README = Path(__file__).with_name("README.md")
BEGIN, END = "<!-- moves: drawn by `make states` -->", "<!-- end of moves -->"


def table() -> str:
    """One line per move, in the words of the pages."""
    lines = ["| Việc | Từ | Thành | Ai làm |", "|---|---|---|---|"]
    with override("vi"):
        for move, path in PATHS.items():
            sources = ", ".join(str(one.label) for one in Status if one in path.sources)
            target = str(path.target.label) if path.target else "(giữ nguyên, hoặc theo bước)"
            roles = ", ".join("hệ thống" if one == SYSTEM_ROLE else str(Role(one).label) for one in sorted(path.roles))
            lines.append(f"| {move.label} (`{move.value}`) | {sources} | {target} | {roles} |")
    return "\n".join(lines)


def drawn(text: str) -> str:
    """The README with the table of now."""
    before, _begin, rest = text.partition(BEGIN)
    _old, _end, after = rest.partition(END)
    return f"{before}{BEGIN}\n{table()}\n{END}{after}"


def main() -> None:
    """Write the README anew."""
    README.write_text(drawn(README.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    if not settings.configured:
        django.setup()
    main()
