"""What a bench is asked to measure, and how."""

from dataclasses import dataclass
from pathlib import Path

from bench.scenes import Scene


@dataclass(frozen=True)
class Plan:
    """What is measured, and how."""

    sizes: list[int]
    clients: list[int]
    scenes: list[Scene]
    seconds: float = 10
    pile: int = 1000
    keep: bool = False
    reuse: bool = False
    lock: Path | None = None
    folding: bool = True
    """Whether the fold itself is measured too."""
