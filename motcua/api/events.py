"""What the machines' entrance announces."""

from dataclasses import dataclass
from datetime import date

from motcua.base.events import Event


@dataclass(frozen=True, kw_only=True)
class TokenIssued(Event):
    """A key was made for a program that acts for a person."""

    token: int
    person: int
    agency: int | None
    expires_on: date


@dataclass(frozen=True, kw_only=True)
class TokenRevoked(Event):
    """A key opens nothing any more."""

    token: int
    person: int
