"""What the reader returns: header facts, tasks, and remarks on what could not be read."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any


class Unreadable(Exception):
    """The file cannot be read at all; the message is a Vietnamese sentence for the user."""


@dataclass(frozen=True)
class Reference:
    """A document that the text cites by number, with its date where the text gives one."""

    number: str
    date: str | None = None


@dataclass(frozen=True)
class Header:
    """The facts above the text and below it: who wrote what, where and when."""

    kind: str = "khac"
    number: str | None = None
    date: str | None = None
    place: str | None = None
    issuer: str | None = None
    signer: str | None = None
    subject: str | None = None
    references: tuple[Reference, ...] = ()


@dataclass(frozen=True)
class Why:
    """The words of the text that decided lead, partners and date; empty when nothing did."""

    lead: str = ""
    coordinate: str = ""
    deadline: str = ""


@dataclass(frozen=True)
class Task:
    """A proposed task. `line` is the line of the source on which its paragraph begins, `text` its whole wording."""

    id: str
    anchor: str
    action: str
    lead: tuple[str, ...]
    coordinate: tuple[str, ...] = ()
    deadline: str | None = None
    deadline_text: str | None = None
    recurrence: str = "none"
    target: str | None = None
    why: Why = Why()
    line: int = 1
    text: str = ""


@dataclass(frozen=True)
class Remark:
    """Something a person should look at, said in a sentence with its place."""

    message: str
    line: int | None = None


@dataclass(frozen=True)
class Reading:
    """Everything read from one document."""

    document: Header
    tasks: tuple[Task, ...] = ()
    warnings: tuple[Remark, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The JSON form: the form of the labelled documents, with `why`, `line`, `text` and `warnings` added."""
        plain: dict[str, Any] = _plain(asdict(self))
        return plain


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value
