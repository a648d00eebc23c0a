"""`make states`: the table of moves of a task drawn into the README, so that what is read there is what the program does."""

from pathlib import Path

import django
from django.conf import settings
from django.utils.translation import override

from motcua.directives.rules import PATHS
from motcua.directives.terms import SIGHT as SEEN
from motcua.directives.terms import Part, Side, Status
from motcua.people.terms import Role

README = Path(__file__).with_name("README.md")
MOVES, SIGHT = ("<!-- moves: drawn by `make states` -->", "<!-- sight: drawn by `make states` -->")
END = "<!-- end of drawing -->"


def moves() -> str:
    """One line per move, in the words of the pages."""
    lines = ["| Việc | Từ | Thành | Bên nào | Ai làm |", "|---|---|---|---|---|"]
    with override("vi"):
        for move, path in PATHS.items():
            sources = ", ".join(str(one.label) for one in Status if one in path.sources)
            target = str(path.target.label) if path.target else "(giữ nguyên)"
            sides = ", ".join(str(one.label) for one in Side if one in path.sides)
            roles = ", ".join(str(one.label) for one in Role if one in path.roles)
            every = "mọi tình trạng" if path.sources == frozenset(Status) else sources
            lines.append(f"| {move.label} (`{move.value}`) | {every} | {target} | {sides} | {roles} |")
    return "\n".join(lines)


def sight() -> str:
    """One line per side: what it sees of a task."""
    lines = ["| Bên | " + " | ".join(str(one.label) for one in Part) + " |", "|---" * (len(Part) + 1) + "|"]
    with override("vi"):
        for side, seen in SEEN.items():
            lines.append(f"| {side.label} | " + " | ".join("có" if one in seen else "" for one in Part) + " |")
    return "\n".join(lines)


def drawn(text: str) -> str:
    """The README with the tables of now."""
    for mark, table in ((MOVES, moves()), (SIGHT, sight())):
        before, begin, rest = text.partition(mark)
        if begin:
            _old, _end, after = rest.partition(END)
            text = f"{before}{mark}\n{table}\n{END}{after}"
    return text


def main() -> None:
    """Write the README anew."""
    README.write_text(drawn(README.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    if not settings.configured:
        django.setup()
    main()
