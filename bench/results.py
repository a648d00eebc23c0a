"""Everything that was measured."""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench.folding import Folded
from bench.indices import Figure as IndexFigure
from bench.plan import Plan
from bench.raw import RawFigure
from bench.sketches import Written
from bench.wrk import Figure


@dataclass
class AtSize:
    """The figures with so many dossiers."""

    commit: str = ""
    measured_at: str = ""
    seconds: float = 0.0
    """How long each scene was measured."""
    dossiers: int = 0
    """As counted when it began: what was handed in before is among them."""
    load_average: float = 0.0
    figures: dict[int, dict[str, Figure]] = field(default_factory=dict)
    """By number of clients and scene."""
    statements: dict[str, int] = field(default_factory=dict)
    raw: dict[str, RawFigure] = field(default_factory=dict)
    worker_seconds: float | None = None
    loaded: Written | None = None
    """What was sketched to come from the size before to this one."""
    folded: Folded | None = None


def earlier(path: Path) -> dict[int, AtSize]:
    """The sizes that an earlier run wrote down, to be judged together with those of this one."""
    found = {}
    for size, here in json.loads(path.read_text(encoding="utf-8"))["sizes"].items():
        figures = {
            int(clients): {name: Figure(**one) for name, one in named.items()}
            for clients, named in here.pop("figures").items()
        }
        raw = {name: RawFigure(**one) for name, one in here.pop("raw").items()}
        loaded, folded = here.pop("loaded", None), here.pop("folded", None)
        found[int(size)] = AtSize(
            **here,
            figures=figures,
            raw=raw,
            loaded=Written(**loaded) if loaded else None,
            folded=Folded(**folded) if folded else None,
        )
    return found


@dataclass
class Results:
    """All sizes, on one server."""

    plan: Plan
    server: dict[str, str]
    machine: dict[str, Any]
    loaded_per_second: float = 0.0
    sizes: dict[int, AtSize] = field(default_factory=dict)
    indices: list[IndexFigure] = field(default_factory=list)

    def at(self, size: int) -> AtSize:
        """The figures with so many dossiers."""
        return self.sizes.setdefault(size, AtSize())
