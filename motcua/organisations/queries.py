"""Questions about agencies on any day. All are answered from one register kept in memory, so that a page pays for at
most one small statement: the look whether anything has changed (and none within a second of the last look)."""

import threading
from collections.abc import Iterable
from datetime import date
from time import monotonic
from typing import Any, Final, NamedTuple
from uuid import UUID

from django.db import connection
from django.db.models import Q

from motcua.organisations import rules
from motcua.organisations.models import Agency, AgencyVersion, ChangeEvent, Revision, Succession
from motcua.organisations.rules import Follow, Found, Node, Register, Version
from motcua.organisations.terms import Change, Kind, Level, Reading

_VERSION_COLUMNS = (
    *("id", "agency_id", "change_id", "name", "short_name", "kind", "level", "parent_id", "code", "code_is_ours"),
    *("place", "place_code", "address", "phone", "during", "sort_key", "search"),
)
_FOLLOW_COLUMNS = ("event_id", "event__kind", "event__on", "predecessor_id", "successor_id")


class Event(NamedTuple):
    """One line of an agency's own history."""

    on: date
    kind: Change
    decision: str
    note: str
    predecessors: tuple[int, ...]
    successors: tuple[int, ...]


# The register

FRESH_FOR: Final = 1.0
"""Seconds for which other processes may still see agencies as they were before a change."""


class _Look(NamedTuple):
    stamp: UUID | None
    at: float
    block: object


_kept: dict[UUID | None, Register] = {}
_last_look = threading.local()
_loading = threading.Lock()


def register() -> Register:
    """The register as it is now. Ask it many things at the price of one look; never change it."""
    stamp = _stamp()
    if (found := _kept.get(stamp)) is not None:
        return found
    with _loading:
        if (found := _kept.get(stamp)) is None:
            found = load_register()
            if len(_kept) > 1:
                _kept.clear()
            _kept[stamp] = found
    return found


def load_register() -> Register:
    """The register read anew from the rows: for those who change it under the lock of its revision."""
    return Register.of(
        (_version(row) for row in AgencyVersion.objects.order_by("id").values_list(*_VERSION_COLUMNS)),
        (
            Follow(event, Change(kind), on, predecessor, successor)
            for event, kind, on, predecessor, successor in Succession.objects.order_by("id").values_list(
                *_FOLLOW_COLUMNS
            )
        ),
        dict(Agency.objects.order_by("id").values_list("id", "root_id")),
    )


def forget() -> None:
    """Look again at the next question: this thread has just changed something."""
    _last_look.__dict__.clear()


def _stamp() -> UUID | None:
    """The mark of the register's last change; looked up at most once in `FRESH_FOR` seconds per thread.

    A look made inside a transaction is good for that transaction only, for it may have seen what is then rolled back.
    """
    block = connection.atomic_blocks[0] if connection.atomic_blocks else None
    look: _Look | None = getattr(_last_look, "look", None)
    if look is None or look.block not in (None, block) or monotonic() - look.at >= FRESH_FOR:
        stamp = Revision.objects.values_list("stamp", flat=True).filter(pk=Revision.ONLY).first()
        look = _last_look.look = _Look(stamp, monotonic(), block)
    return look.stamp


def _version(row: tuple[Any, ...]) -> Version:
    values: dict[str, Any] = dict(zip(_VERSION_COLUMNS, row, strict=True))
    during = values.pop("during")
    return Version(
        agency=values.pop("agency_id"),
        change=values.pop("change_id"),
        parent=values.pop("parent_id"),
        kind=Kind(values.pop("kind")),
        level=Level(values.pop("level")),
        sort_key=bytes(values.pop("sort_key")),
        since=during.lower,
        until=during.upper,
        **values,
    )


# One agency


def version_on(agency_id: int, day: date) -> Version | None:
    """How the agency stood on that day; None if it did not stand then."""
    return register().on(agency_id, day)


def history(agency_id: int) -> list[Version]:
    """All versions of the agency, oldest first."""
    return register().history(agency_id)


def name_on(agency_id: int, day: date, *, short: bool = False) -> str:
    """The name borne on that day; for a day outside its life the nearest one, so that a name is never blank."""
    version = register().nearest(agency_id, day)
    return "" if version is None else version.short_name if short else version.name


def names_on(ids: Iterable[int], day: date, *, short: bool = False) -> dict[int, str]:
    """`name_on` for many at once."""
    found = register()
    nearest = {one: found.nearest(one, day) for one in dict.fromkeys(ids)}
    return {
        one: "" if version is None else version.short_name if short else version.name
        for one, version in nearest.items()
    }


def full_names_on(ids: Iterable[int], day: date, *, short: bool = False) -> dict[int, str]:
    """Names with the office a unit belongs to: "Phòng Kinh tế, UBND xã Ba Tơ"."""
    found = register()
    return {one: found.full_name(one, day, short=short) for one in dict.fromkeys(ids)}


def by_code(code: str, day: date | None = None) -> Version | None:
    """The version that bore the code on that day; without a day the latest that ever bore it."""
    return register().by_code(code, day)


def events_of(agency_id: int) -> list[Event]:
    """What decisions did to the agency, the latest first."""
    mine = Q(versions__agency=agency_id) | Q(successions__predecessor=agency_id) | Q(successions__successor=agency_id)
    events = {event.pk: event for event in ChangeEvent.objects.filter(mine).distinct().order_by("-on", "-pk")}
    follows = (
        Succession.objects.filter(event__in=events).order_by("pk").values_list("event", "predecessor", "successor")
    )
    before: dict[int, dict[int, None]] = {pk: {} for pk in events}
    after: dict[int, dict[int, None]] = {pk: {} for pk in events}
    for event, predecessor, successor in follows:
        before[event][predecessor] = None
        if successor is not None:
            after[event][successor] = None
    return [
        Event(one.on, Change(one.kind), one.decision, one.note, tuple(before[pk]), tuple(after[pk]))
        for pk, one in events.items()
    ]


# The tree


def tree_on(day: date, root: int | None = None) -> list[Node]:
    """The tree on that day, flat, top first, each line with its depth and the number directly under it."""
    return register().tree(day, root)


def children_on(agency_id: int | None, day: date) -> list[Version]:
    """Who stands directly under the agency on that day; None: the provinces."""
    return register().children(agency_id, day)


def subtree_ids(agency_id: int, day: date) -> list[int]:
    """The agency and all under it on that day; empty if it did not stand then."""
    return register().subtree(agency_id, day)


def ancestors(agency_id: int, day: date) -> list[Version]:
    """Who stands above the agency on that day, the nearest first."""
    return register().ancestors(agency_id, day)


def communes_on(day: date, root: int | None = None) -> list[Version]:
    """All xã, phường, đặc khu (and thị trấn before) on that day, in the order of the tree."""
    return [node.version for node in tree_on(day, root) if node.version.level is Level.COMMUNE]


def root_of(agency_id: int) -> int | None:
    """The province that keeps the agency's files today."""
    return register().roots.get(agency_id)


# As then, as now


def as_now(ids: Iterable[int], today: date) -> dict[int, tuple[int, ...]]:
    """For each agency those that stand in its place today; itself while it stands, empty if nobody followed."""
    found = register()
    return {one: found.as_now(one, today) for one in dict.fromkeys(ids)}


def read_as(ids: Iterable[int], *, reading: Reading, today: date) -> dict[int, tuple[int, ...]]:
    """The switch "as then / as now": under which agencies each one is shown."""
    match reading:
        case Reading.THEN:
            return {one: (one,) for one in ids}
        case Reading.NOW:
            return as_now(ids, today)


def successors(agency_id: int, day: date | None = None) -> tuple[int, ...]:
    """Those standing on that day that took over, by any number of steps; empty while the agency stands itself."""
    return register().successors(agency_id, day)


def predecessors(agency_id: int, day: date | None = None) -> tuple[int, ...]:
    """All agencies, by any number of steps, from which this one took over until that day; the nearest first."""
    return register().predecessors(agency_id, day)


def heir_of(agency_id: int, day: date) -> int | None:
    """The one office that takes the place of an ended one on that day; None where nobody does or somebody must choose."""
    return rules.heir(agency_id, register(), day)


def heir_choices(agency_id: int, day: date) -> tuple[int, ...]:
    """The offices and units among which somebody chooses who takes the place of an ended one."""
    return rules.places(agency_id, register(), day)


def ended_by(day: date | None = None) -> dict[int, date]:
    """Agencies that stand no more on that day (without one: that are known to end), each with the day of its end."""
    return {one: until for one, until in rules.ended(register()).items() if day is None or until <= day}


def ending_decision(agency_id: int) -> str:
    """The decision by which the agency ended, a unit's with its office; `""` where none is known."""
    last = register().history(agency_id)[-1]
    whole = [agency_id, last.parent] if last.level is Level.UNIT and last.parent is not None else [agency_id]
    found = Succession.objects.filter(predecessor__in=whole).order_by("-event__on", "-pk")
    return found.values_list("event__decision", flat=True).first() or ""


def find(text: str, day: date | None = None, *, limit: int = 20) -> list[Found]:
    """Agencies by name, with or without marks, old names too: each with its heirs and a sentence "nay là …".

    `day` is the day for which "nay" is answered (pages pass today); without it changes to come count as well.
    """
    return rules.find(register(), text, day, limit=limit)
