"""The figures of docs/bench.md: written from what was measured, so that the page cannot say anything else."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

HERE: Final = Path(__file__).parent
PAGE: Final = HERE.parent / "docs" / "bench.md"
PLACE: Final = re.compile(
    r"(<!-- figures of (?P<name>[\w.-]+\.json) -->\n)(?P<told>.*?)(<!-- end of figures -->)", re.S
)


def filled(page: str) -> str:
    """The page with the tables of each file that it names."""
    return PLACE.sub(lambda found: f"{found[1]}{_tables(HERE / found['name'])}{found[4]}", page)


def write() -> None:
    """Put the latest figures into docs/bench.md."""
    PAGE.write_text(filled(PAGE.read_text(encoding="utf-8")), encoding="utf-8")


def _tables(path: Path) -> str:
    measured = json.loads(path.read_text(encoding="utf-8"))
    return "\n".join([*_circumstances(measured), "", *_scenes(measured), "", *_targets(measured), ""])


def _circumstances(measured: dict[str, Any]) -> Iterator[str]:
    machine, server = measured["machine"], measured["server"]
    yield f"{machine['processor']}, {machine['cores']} cores, {machine['memory_gib']:g} GiB; PostgreSQL {server['server_version']}."
    yield ""
    yield "| Dossiers | Commit | Measured | Seconds a scene | Load average before |"
    yield "|--:|---|---|--:|--:|"
    for size, here in measured["sizes"].items():
        when = here["measured_at"][:16].replace("T", " ")
        yield f"| {int(size):,} | `{here['commit']}` | {when} | {here['seconds']:g} | {here['load_average']:g} |"


def _scenes(measured: dict[str, Any]) -> Iterator[str]:
    yield "| Scene | Dossiers | Clients | req/s | p50 ms | p95 ms | Cores busy | Statements | Raw limit /s | Plain SQL ms |"
    yield "|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|"
    for size, here in measured["sizes"].items():
        plain = (here["folded"] or {}).get("counted_ms", {})
        for clients, figures in here["figures"].items():
            for name, one in figures.items():
                raw = here["raw"].get(name) or {}
                cells = (
                    *(name, f"{int(size):,}", clients, one["per_second"], one["p50_ms"], one["p95_ms"]),
                    *(f"{one['cores_busy']:.0%}", here["statements"][name]),
                    *(raw.get("per_second") or "", plain.get(name, "")),
                )
                yield _row(cells)


def _targets(measured: dict[str, Any]) -> Iterator[str]:
    yield "| Target | Must | Figure | Met | |"
    yield "|---|--:|--:|---|---|"
    for one in measured["targets"]:
        said = "; ".join(part for part in (one["why"], one["near"]) if part)
        yield _row((one["what"], one["target"], one["figure"], "yes" if one["met"] else "**no**", said))
    met = sum(one["met"] for one in measured["targets"])
    yield ""
    yield f"{met} of {len(measured['targets'])} targets met."


def _row(cells: tuple[Any, ...]) -> str:
    return "| " + " | ".join(str(one) for one in cells) + " |"


if __name__ == "__main__":
    write()
