"""Decisions about agencies as plain values: what is asked for, before anything is looked up or written."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from motcua.organisations.terms import LEVEL_OF, Change, Kind, Level

Ref = int | str
"""An agency by its number, or by the key under which the same plan opens it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class New:
    """An agency to be opened; `key` names it for later steps of one plan."""

    name: str
    short_name: str
    kind: Kind
    parent: Ref | None = None
    code: str = ""
    code_is_ours: bool = False
    place: str = ""
    place_code: str = ""
    address: str = ""
    phone: str = ""
    key: str = ""

    @property
    def level(self) -> Level:
        """The level its kind belongs to."""
        return LEVEL_OF[self.kind]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One decision about agencies, before it is carried out."""

    change: Change
    on: date
    decision: str
    note: str = ""
    agencies: tuple[Ref, ...] = ()
    into: tuple[Ref | New, ...] = ()
    parent: Ref | None = None
    values: Mapping[str, str | bool] = field(default_factory=dict)


def opening(new: New, *, on: date, decision: str, note: str = "") -> Step:
    """A new agency."""
    return Step(change=Change.OPEN, on=on, decision=decision, note=note, into=(new,))


def renaming(agency: Ref, *, on: date, decision: str, note: str = "", **values: str | bool) -> Step:
    """Another name, short name, code, address or telephone from that day; the agency stays the same."""
    return Step(change=Change.RENAME, on=on, decision=decision, note=note, agencies=(agency,), values=values)


def merging(agencies: tuple[Ref, ...], *, into: Ref | New, on: date, decision: str, note: str = "") -> Step:
    """Several agencies become a new one, or go up in one that stays."""
    return Step(change=Change.MERGE, on=on, decision=decision, note=note, agencies=agencies, into=(into,))


def splitting(agency: Ref, *, into: tuple[Ref | New, ...], on: date, decision: str, note: str = "") -> Step:
    """One agency is divided among several; if it is itself among them it stays and only gives a part away (tách)."""
    return Step(change=Change.SPLIT, on=on, decision=decision, note=note, agencies=(agency,), into=into)


def abolishing(agency: Ref, *, successors: tuple[Ref, ...] = (), on: date, decision: str, note: str = "") -> Step:
    """An agency ends; others may take over its files and unfinished work."""
    return Step(change=Change.ABOLISH, on=on, decision=decision, note=note, agencies=(agency,), into=successors)


def transferring(agency: Ref, *, to: Ref, on: date, decision: str, note: str = "", **values: str | bool) -> Step:
    """An agency comes under another, with all that stands under it; a new code may come with it."""
    return Step(
        change=Change.TRANSFER, on=on, decision=decision, note=note, agencies=(agency,), parent=to, values=values
    )
