"""The register: every agency as it stood on any day, and who follows whom. Plain values, asked without a database."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from motcua.organisations.terms import Change, Kind, Level

ORDER = {kind: number for number, kind in enumerate(Kind)}


@dataclass(frozen=True, slots=True)
class Version:
    """How one agency stood from `since` until the day before `until` (None: until further notice)."""

    id: int
    agency: int
    change: int
    name: str
    short_name: str
    kind: Kind
    level: Level
    parent: int | None
    code: str
    code_is_ours: bool
    place: str
    place_code: str
    address: str
    phone: str
    since: date
    until: date | None
    sort_key: bytes
    search: str

    @property
    def agency_id(self) -> int:
        """The same as `agency`: versions read like rows to those who are used to rows."""
        return self.agency

    def holds_on(self, day: date) -> bool:
        """Whether the agency stood like this on that day."""
        return self.since <= day and (self.until is None or day < self.until)


@dataclass(frozen=True, slots=True)
class Follow:
    """By an event on that day the successor took over from the predecessor; None: nobody did."""

    event: int
    kind: Change
    on: date
    predecessor: int
    successor: int | None


@dataclass(frozen=True, slots=True)
class Node:
    """One line of the tree: the version in force, how deep it stands, how many stand directly under it."""

    version: Version
    depth: int
    children: int


_MOST_KEPT = 5000


def _keep(answers: dict[Any, Any], question: Any, answer: Any) -> None:
    """Remember an answer; days long past are asked for too, so there is an end to it."""
    if len(answers) >= _MOST_KEPT:
        answers.clear()
    answers[question] = answer


@dataclass
class Register:
    """All versions and successions. Made from the rows, or grown step by step by `changes.apply`."""

    versions: dict[int, Version] = field(default_factory=dict)
    follows: list[Follow] = field(default_factory=list)
    roots: dict[int, int] = field(default_factory=dict)
    _of_agency: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    _of_parent: dict[int | None, set[int]] = field(default_factory=lambda: defaultdict(set))
    _of_code: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    _after: dict[int, list[Follow]] = field(default_factory=lambda: defaultdict(list))
    _before: dict[int, list[Follow]] = field(default_factory=lambda: defaultdict(list))
    _children: dict[tuple[int | None, date], list[Version]] = field(default_factory=dict)
    _trees: dict[tuple[int | None, date], list[Node]] = field(default_factory=dict)
    """Answers already given; every page asks again who stands under whom today."""

    @classmethod
    def of(cls, versions: Iterable[Version], follows: Iterable[Follow], roots: dict[int, int]) -> "Register":
        """The register of these rows."""
        register = cls(roots=dict(roots))
        for version in versions:
            register.put(version)
        for follow in follows:
            register.add(follow)
        return register

    def put(self, version: Version) -> None:
        """Enter a version, or put it in the place of the one with the same number."""
        if before := self.versions.get(version.id):
            self._of_agency[before.agency].remove(before.id)
            self._of_parent[before.parent].discard(before.id)
            self._of_code[before.code].discard(before.id)
        self.versions[version.id] = version
        numbers = self._of_agency[version.agency]
        numbers.append(version.id)
        numbers.sort(key=lambda number: self.versions[number].since)
        self._of_parent[version.parent].add(version.id)
        self._of_code[version.code].add(version.id)
        self._children.clear()
        self._trees.clear()

    def add(self, follow: Follow) -> None:
        """Enter who follows whom."""
        self.follows.append(follow)
        self._after[follow.predecessor].append(follow)
        if follow.successor is not None:
            self._before[follow.successor].append(follow)

    # One agency

    def __contains__(self, agency: int) -> bool:
        return agency in self._of_agency

    def agencies(self) -> Iterator[int]:
        """Every agency that ever was."""
        return iter(tuple(self._of_agency))

    def history(self, agency: int) -> list[Version]:
        """All versions of an agency, oldest first."""
        return [self.versions[number] for number in self._of_agency.get(agency, ())]

    def on(self, agency: int, day: date) -> Version | None:
        """The version in force on that day, if the agency stood then."""
        return next((one for one in reversed(self.history(agency)) if one.holds_on(day)), None)

    def nearest(self, agency: int, day: date) -> Version | None:
        """The version in force on that day; else the last before it, else the first: a name is never blank."""
        history = self.history(agency)
        before = [one for one in history if one.since <= day]
        return before[-1] if before else (history[0] if history else None)

    def follows_of(self, agency: int) -> list[Follow]:
        """The events by which others took over from this agency, in order of time."""
        return sorted(self._after.get(agency, ()), key=lambda one: (one.on, one.event))

    def full_name(self, agency: int, day: date, *, short: bool = False) -> str:
        """The name with the office a unit belongs to: Phòng Kinh tế, UBND xã Ba Tơ."""
        version = self.nearest(agency, day)
        if version is None:
            return ""
        name = version.short_name if short else version.name
        if version.level is Level.UNIT and version.parent is not None and (above := self.nearest(version.parent, day)):
            return f"{name}, {above.short_name}"
        return name

    def bearers(self, code: str) -> list[Version]:
        """Every version that ever bore the code, oldest first."""
        found = (self.versions[number] for number in self._of_code.get(code, ())) if code else ()
        return sorted(found, key=lambda one: one.since)

    def by_code(self, code: str, day: date | None) -> Version | None:
        """The version that bore the code on that day; without a day the latest that bore it."""
        found = [one for one in self.bearers(code) if day is None or one.holds_on(day)]
        return found[-1] if found else None

    # The tree

    def children(self, agency: int | None, day: date) -> list[Version]:
        """Who stands directly under the agency on that day (None: the roots), in the order of a Vietnamese list."""
        if (agency, day) not in self._children:
            found = (self.versions[number] for number in self._of_parent.get(agency, ()))
            standing = (one for one in found if one.holds_on(day))
            in_order = sorted(standing, key=lambda one: (ORDER[one.kind], one.sort_key, one.agency))
            _keep(self._children, (agency, day), in_order)
            return list(in_order)
        return list(self._children[agency, day])

    def dependants(self, agency: int, day: date) -> list[Version]:
        """Versions that name the agency as their parent on that day or later."""
        found = (self.versions[number] for number in self._of_parent.get(agency, ()))
        return sorted((one for one in found if one.until is None or one.until > day), key=lambda one: one.agency)

    def tree(self, day: date, root: int | None = None) -> list[Node]:
        """The tree on that day from the top, flat, each line with its depth; under one agency only if it is named."""
        if (known := self._trees.get((root, day))) is not None:
            return list(known)
        tops = self.children(None, day) if root is None else [one for one in (self.on(root, day),) if one]
        lines: list[Node] = []
        waiting = [(top, 0) for top in reversed(tops)]
        while waiting:
            version, depth = waiting.pop()
            below = self.children(version.agency, day)
            lines.append(Node(version, depth, len(below)))
            waiting += [(one, depth + 1) for one in reversed(below)]
        _keep(self._trees, (root, day), lines)
        return list(lines)

    def subtree(self, agency: int, day: date) -> list[int]:
        """The agency and all under it on that day."""
        return [node.version.agency for node in self.tree(day, agency)]

    def ancestors(self, agency: int, day: date) -> list[Version]:
        """Who stands above the agency on that day, the nearest first."""
        found: list[Version] = []
        version = self.on(agency, day)
        while version is not None and version.parent is not None:
            version = self.on(version.parent, day)
            if version is None or version in found:
                break
            found.append(version)
        return found

    # As then, as now

    def as_now(self, agency: int, day: date | None = None) -> tuple[int, ...]:
        """The agency itself while it stands; else those standing on that day that took over, by any number of steps.

        A unit that ended with its office and left no successor of its own is read under what the office became.
        Without a day: by all that is recorded, changes to come included.
        """
        reached: dict[int, None] = {}
        seen: set[int] = set()
        waiting = [agency]
        while waiting:
            one = waiting.pop(0)
            if one in seen:
                continue
            seen.add(one)
            if self._stands(one, day):
                reached[one] = None
            else:
                waiting += self._heirs(one, day)
        return tuple(reached)

    def successors(self, agency: int, day: date | None = None) -> tuple[int, ...]:
        """Those standing on that day that took over from an agency that ended; empty while it stands itself."""
        return tuple(one for one in self.as_now(agency, day) if one != agency)

    def predecessors(self, agency: int, day: date | None = None) -> tuple[int, ...]:
        """All agencies, by any number of steps, from which this one took over until that day; the nearest first."""
        found: dict[int, None] = {}
        waiting = [agency]
        while waiting:
            one = waiting.pop(0)
            for follow in sorted(self._before.get(one, ()), key=lambda each: (-each.on.toordinal(), each.predecessor)):
                if (
                    (day is None or follow.on <= day)
                    and follow.predecessor not in found
                    and follow.predecessor != agency
                ):
                    found[follow.predecessor] = None
                    waiting.append(follow.predecessor)
        return tuple(found)

    def _stands(self, agency: int, day: date | None) -> bool:
        if day is not None:
            return self.on(agency, day) is not None
        history = self.history(agency)
        return bool(history) and history[-1].until is None

    def _heirs(self, agency: int, day: date | None) -> list[int]:
        """Direct successors by that day, in the order the events name them."""
        heirs = [
            one.successor
            for one in self.follows_of(agency)
            if one.successor is not None and (day is None or one.on <= day)
        ]
        if heirs:
            return heirs
        history = self.history(agency)
        last = history[-1] if history else None
        ended = last is not None and last.until is not None and (day is None or last.until <= day)
        if last is not None and ended and last.level is Level.UNIT and last.parent is not None:
            return [last.parent]
        return []
