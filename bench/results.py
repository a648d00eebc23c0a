"""Everything that was measured."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from bench.wrk import Figure

if TYPE_CHECKING:
    from bench.measuring import Plan
    from bench.raw import RawFigure


@dataclass
class AtSize:
    """The figures with so many dossiers."""

    dossiers: int = 0
    """As counted when it began: what was handed in before is among them."""
    load_average: float = 0.0
    figures: dict[int, dict[str, Figure]] = field(default_factory=dict)
    """By number of clients and scene."""
    statements: dict[str, int] = field(default_factory=dict)
    raw: "dict[str, RawFigure]" = field(default_factory=dict)
    worker_seconds: float | None = None


@dataclass
class Results:
    """All sizes, on one server."""

    plan: "Plan"
    server: dict[str, str]
    machine: dict[str, Any]
    loaded_per_second: float = 0.0
    sizes: dict[int, AtSize] = field(default_factory=dict)

    def at(self, size: int) -> AtSize:
        """The figures with so many dossiers."""
        return self.sizes.setdefault(size, AtSize())
