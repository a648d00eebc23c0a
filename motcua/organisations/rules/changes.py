"""Carrying out a decision about agencies: the pure outcome, the same whether one step is made or a thousand."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from motcua.organisations.rules.naming import search_text, sorting_key
from motcua.organisations.rules.register import Follow, Register, Version
from motcua.organisations.rules.steps import New, Step
from motcua.organisations.terms import Change, Level


@dataclass(frozen=True, slots=True)
class Numbers:
    """Where the numbers of new rows come from: the database gives them before anything is written."""

    agency: Callable[[], int]
    version: Callable[[], int]
    event: Callable[[], int]


@dataclass(slots=True)
class Outcome:
    """All that one step changes: rows to add, versions to change, roots to set."""

    event: int
    step: Step
    opened: list[int] = field(default_factory=list)
    ended: list[int] = field(default_factory=list)
    added: list[Version] = field(default_factory=list)
    changed: list[Version] = field(default_factory=list)
    follows: list[Follow] = field(default_factory=list)
    roots: dict[int, int] = field(default_factory=dict)


def apply(step: Step, register: Register, numbers: Numbers) -> Outcome:
    """Carry out a step that has no objections: the register is changed, the outcome says how."""
    outcome = Outcome(event=numbers.event(), step=step)
    successors = [
        _open(one, step, register, numbers, outcome) if isinstance(one, New) else int(one) for one in step.into
    ]
    for agency in (int(one) for one in step.agencies):
        match step.change:
            case Change.RENAME | Change.TRANSFER:
                _renew(agency, step, register, numbers, outcome)
            case Change.MERGE | Change.SPLIT | Change.ABOLISH:
                _hand_over(agency, successors, step, register, outcome)
            case Change.OPEN:
                raise AssertionError("nothing exists before it is opened")
    return outcome


def _open(new: New, step: Step, register: Register, numbers: Numbers, outcome: Outcome) -> int:
    agency = numbers.agency()
    parent = None if new.parent is None else int(new.parent)
    version = Version(
        id=numbers.version(),
        agency=agency,
        change=outcome.event,
        name=new.name,
        short_name=new.short_name,
        kind=new.kind,
        level=new.level,
        parent=parent,
        code=new.code,
        code_is_ours=new.code_is_ours,
        place=new.place,
        place_code=new.place_code,
        address=new.address,
        phone=new.phone,
        since=step.on,
        until=None,
        sort_key=sorting_key(new.kind, new.name, new.place),
        search=search_text(new.kind, new.name, new.short_name, new.place, new.code),
    )
    register.put(version)
    outcome.added.append(version)
    outcome.opened.append(agency)
    _set_root(agency, agency if parent is None else register.roots[parent], register, outcome)
    return agency


def renewed(version: Version, values: Mapping[str, str | bool]) -> Version:
    """The version with other values; what is derived from them follows."""
    fresh = replace(version, **values)  # type: ignore[arg-type]
    return replace(
        fresh,
        sort_key=sorting_key(fresh.kind, fresh.name, fresh.place),
        search=search_text(fresh.kind, fresh.name, fresh.short_name, fresh.place, fresh.code),
    )


def _renew(agency: int, step: Step, register: Register, numbers: Numbers, outcome: Outcome) -> None:
    last = register.history(agency)[-1]
    fresh = renewed(last, step.values)
    if step.change is Change.TRANSFER and step.parent is not None:
        fresh = replace(fresh, parent=int(step.parent))
    if last.since == step.on:
        fresh = replace(fresh, change=outcome.event)
        outcome.changed.append(fresh)
    else:
        _end(last, step.on, register, outcome)
        fresh = replace(fresh, id=numbers.version(), change=outcome.event, since=step.on)
        outcome.added.append(fresh)
    register.put(fresh)
    if step.change is Change.TRANSFER and fresh.parent is not None:
        root = register.roots[fresh.parent]
        for one in register.subtree(agency, step.on):
            _set_root(one, root, register, outcome)


def _hand_over(agency: int, successors: list[int], step: Step, register: Register, outcome: Outcome) -> None:
    heirs = [one for one in successors if one != agency]
    followers: list[int | None] = [*heirs] or [None]
    for successor in followers:
        follow = Follow(outcome.event, step.change, step.on, agency, successor)
        register.add(follow)
        outcome.follows.append(follow)
    if agency in successors:
        return
    ending = units_within(agency, step.on, register)
    for one in [agency, *ending]:
        _end(register.history(one)[-1], step.on, register, outcome)
        outcome.ended.append(one)
    if heirs:
        root = register.roots[heirs[0]]
        led = [one for one, its in register.roots.items() if its == agency]
        for one in [agency, *ending, *led]:
            _set_root(one, root, register, outcome)


def _end(version: Version, on: date, register: Register, outcome: Outcome) -> None:
    ended = replace(version, until=on)
    register.put(ended)
    outcome.changed.append(ended)


def _set_root(agency: int, root: int, register: Register, outcome: Outcome) -> None:
    if register.roots.get(agency) != root:
        register.roots[agency] = root
        outcome.roots[agency] = root


def units_within(agency: int, on: date, register: Register) -> list[int]:
    """The units inside an agency (phòng, bộ phận, trung tâm): they end with it, without a decision of their own."""
    found: list[int] = []
    for one in register.dependants(agency, on - timedelta(days=1)):
        if one.level is Level.UNIT and one.until is None:
            found += [one.agency, *units_within(one.agency, on, register)]
    return found
