"""Moves as buttons: the first open act that leads on is the filled one and has the key T, whatever is moved."""

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol


class Option(Protocol):
    """A move with all the reasons against it, as the queries of an app give it."""

    @property
    def move(self) -> Any: ...

    @property
    def objections(self) -> Sequence[str]: ...

    @property
    def open(self) -> bool: ...


@dataclass(frozen=True)
class Button:
    """A move as a button: open with its page, or closed with all reasons."""

    move: Any
    label: str
    objections: Sequence[str]
    main: bool
    hard: bool
    key: str


def buttons_of(options: Iterable[Option], *, leading: Sequence[Any], hard: Container[Any]) -> list[Button]:
    """A button for each move, in the order of the options; which stands first is for the page to say."""
    known = list(options)
    main = next((move for move in leading for one in known if one.move is move and one.open), None)
    return [
        Button(
            move=one.move,
            label=str(one.move.label),
            objections=one.objections,
            main=one.move is main,
            hard=one.move in hard,
            key="T" if one.move is main else "",
        )
        for one in known
    ]
