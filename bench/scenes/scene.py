"""What a scene is: a name, its requests, its targets."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from bench.load import Load
    from bench.scenes.ground import Ground


class Turn(NamedTuple):
    """Two requests made in turn on one dossier, from a version on: `@V@` in them is the version it has then."""

    version: int
    first: str
    second: str


Request = str | Turn
"""What goes over the wire, head and body; `@KEY@` in it becomes a fresh idempotency key."""


@dataclass(frozen=True)
class Scene:
    """One thing that is measured, and what is asked of it; what is not given is not judged."""

    name: str
    requests: Callable[["Ground"], list[Request]]
    writes: bool = False
    shows: int = 0
    """So many dossiers at least must be named on the page, or the figure would be one of an empty page."""
    statements: int | None = None
    p95: Mapping[int, float] = field(default_factory=dict)
    """Milliseconds by number of clients; the aim is half of them."""
    growth: float | None = None
    """How much longer it may take with the most dossiers than with the fewest."""
    rate: tuple[float, float] | None = None
    """Requests a second at the most clients: what must be, what is aimed at."""
    needs: Callable[["Load", Callable[[str], None]], None] | None = None
    """Writes what it reads beside the dossiers, unless it is there; called before the worker begins."""
    counted: str = ""
    """Plain SQL that counts what the page shows from the raw rows, measured beside it."""
    raw: bool = False
    """Whether its statements are replayed without us, for the raw limit."""

    @property
    def note(self) -> str:
        """What happens in it."""
        return " ".join((self.requests.__doc__ or "").split())


def scene(scenes: list[Scene], name: str, **wanted: Any) -> Callable[..., Callable[["Ground"], list[Request]]]:
    """Put the function below into a module's list of scenes."""

    def enter(requests: Callable[["Ground"], list[Request]]) -> Callable[["Ground"], list[Request]]:
        scenes.append(Scene(name, requests, **wanted))
        return requests

    return enter
