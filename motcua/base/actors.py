"""Who acts: the plain value that every action asks for, so that no lower app needs to know a Person."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Actor:
    """The person behind an act, in the post held at that moment; `acting_for` names the absent colleague (ủy quyền)."""

    id: int | None
    name: str
    acting_for: int | None = None
    acting_for_name: str = ""
    agency: int | None = None
    roles: frozenset[str] = field(default_factory=frozenset)

    def __str__(self) -> str:
        return f"{self.name} (thay {self.acting_for_name})" if self.acting_for_name else self.name


SYSTEM = Actor(id=None, name="Hệ thống")
"""The program itself: timers, imports, the dispatcher."""

ANONYMOUS = Actor(id=None, name="Người dân")
"""Somebody who has not signed in, on a public page."""
