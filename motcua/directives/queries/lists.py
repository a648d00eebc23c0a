"""Lists of tasks: bounded, by keys, the same cost with a thousand and with a million rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final, NamedTuple

from django.core import signing
from django.db.models import Exists, OuterRef, Q

from motcua.base import prepared
from motcua.base.actors import Actor
from motcua.base.clock import day_of
from motcua.base.counts import CAP, Count
from motcua.base.prepared import among
from motcua.base.text import squeeze, unaccented
from motcua.directives import rules
from motcua.directives.models import Coordination, Task, TaskQuerySet
from motcua.directives.queries.places import desk_of
from motcua.directives.queries.seeing import seen_by
from motcua.directives.terms import OPEN, Duty, Field, GivenBy, Status
from motcua.organisations import queries as organisations

PAGE: Final = 50


@dataclass(frozen=True)
class Row:
    """One line of a list."""

    task: Task
    lead_name: str
    giver_name: str
    state: str
    late: int
    """Days late; 0 when in time."""
    left: int | None
    """Days until the deadline; None without one."""


class Slice(NamedTuple):
    """One page of a list, and the key of the next."""

    rows: list[Row]
    older: str


@dataclass(frozen=True, kw_only=True)
class Filter:
    """What a list is narrowed by; empty fields narrow nothing."""

    text: str = ""
    lead: int | None = None
    giver: int | None = None
    field: Field | None = None
    given_by: GivenBy | None = None
    directive: int | None = None
    follower: int | None = None
    assignee: int | None = None
    status: Status | None = None
    open_only: bool = False
    late_only: bool = False
    due_until: date | None = None


def narrowed(rows: TaskQuerySet, by: Filter, *, day: date) -> TaskQuerySet:
    """The rows that fit the filter."""
    exact = {
        name: value
        for name in ("lead", "giver", "field", "given_by", "directive", "follower", "assignee", "status")
        if (value := getattr(by, name)) is not None
    }
    rows = rows.filter(**exact)
    if by.open_only:
        rows = rows.open()
    if by.late_only:
        rows = rows.late_on(day)
    if by.due_until is not None:
        rows = rows.filter(due_on__lte=by.due_until)
    return searched(rows, by.text)


def searched(rows: TaskQuerySet, text: str) -> TaskQuerySet:
    """Tasks whose code, words or document's number hold all words typed, accents or not."""
    for word in unaccented(squeeze(text)).split()[:8]:
        rows = rows.filter(search__contains=word)
    return rows


# Whose work


class _Hands(NamedTuple):
    """Who asks for a list: the agencies of their house, those in whose name they give, themself and whom they act for."""

    own: Any
    gives: Any
    persons: Any


_NOBODY: Final = _Hands([], [], [])
_ANY_HANDS: Final = _Hands(prepared.numbers("own"), prepared.numbers("gives"), prepared.numbers("persons"))


def _hands(by: Actor, at: datetime) -> _Hands:
    desk = desk_of(by, at)
    if desk is None or not desk.may(Duty.SEE):
        return _NOBODY
    return _Hands(sorted(desk.own), sorted(desk.gives), sorted(desk.persons))


def worklist(by: Actor, at: datetime) -> TaskQuerySet:
    """What waits for this official's house as lead: to take, to do, to do again."""
    return _worklist(_hands(by, at))


def _worklist(hands: _Hands) -> TaskQuerySet:
    mine = Task.objects.filter(among("lead", hands.own))
    return mine.filter(status__in=[Status.ASSIGNED, Status.DOING, Status.RETURNED])


def assigned_to(by: Actor, at: datetime) -> TaskQuerySet:
    """What this person works on."""
    return _assigned(_hands(by, at))


def _assigned(hands: _Hands) -> TaskQuerySet:
    return Task.objects.filter(among("assignee", hands.persons)).open()


def followed_by(by: Actor, at: datetime) -> TaskQuerySet:
    """What this person keeps an eye on for the giver."""
    return _followed(_hands(by, at))


def _followed(hands: _Hands) -> TaskQuerySet:
    return Task.objects.filter(among("follower", hands.persons)).open()


def helping(by: Actor, at: datetime) -> TaskQuerySet:
    """Open tasks in which this official's house helps another."""
    return _helping(_hands(by, at))


def _helping(hands: _Hands) -> TaskQuerySet:
    helps = Coordination.objects.filter(among("agency", hands.own), task=OuterRef("pk"))
    return Task.objects.filter(Exists(helps)).open()


def _given(hands: _Hands) -> TaskQuerySet:
    return Task.objects.filter(among("giver", hands.gives))


def given_open(by: Actor, at: datetime) -> TaskQuerySet:
    """Everything the house has given and that is not finished."""
    return _given(_hands(by, at)).open()


def to_confirm(by: Actor, at: datetime) -> TaskQuerySet:
    """Reports that wait for the giver's word."""
    return _to_confirm(_hands(by, at))


def _to_confirm(hands: _Hands) -> TaskQuerySet:
    return _given(hands).filter(status=Status.REPORTED)


def to_answer(by: Actor, at: datetime) -> TaskQuerySet:
    """Requests for a later day that wait for the giver."""
    return _to_answer(_hands(by, at))


def _to_answer(hands: _Hands) -> TaskQuerySet:
    return _given(hands).filter(asking=True)


def refused(by: Actor, at: datetime) -> TaskQuerySet:
    """Tasks that a lead did not take: to be given to another."""
    return _refused(_hands(by, at))


def _refused(hands: _Hands) -> TaskQuerySet:
    return _given(hands).filter(status=Status.REFUSED)


def late(rows: TaskQuerySet, day: date) -> TaskQuerySet:
    """The late ones."""
    return rows.late_on(day)


def due_within(rows: TaskQuerySet, day: date, days: int) -> TaskQuerySet:
    """Open ones whose day is today or within so many days."""
    return _due_between(rows, day, day + timedelta(days=days))


def _due_between(rows: TaskQuerySet, first: Any, last: Any) -> TaskQuerySet:
    doing = [Status.ASSIGNED, Status.REFUSED, Status.DOING, Status.RETURNED]
    return rows.filter(status__in=doing, due_on__gte=first, due_on__lte=last)


def parts_of(task: Task) -> TaskQuerySet:
    """What the lead gave on to its units."""
    return Task.objects.filter(parent=task).order_by("due_on", "pk")


def about(ref: str) -> TaskQuerySet:
    """Tasks that an app above asked for about a thing, by the text of its reference; newest first."""
    return Task.objects.filter(about=ref).order_by("-pk")


# Pages and counts


def page_by_due(rows: TaskQuerySet, *, day: date, after: str = "", size: int = PAGE) -> Slice:
    """One page by deadline and key; those without a deadline last, as PostgreSQL sorts them."""
    if key := _read_key(after):
        due, pk = key
        beyond = (
            Q(due_on__isnull=True, pk__gt=pk)
            if due is None
            else Q(due_on__gt=due) | Q(due_on=due, pk__gt=pk) | Q(due_on__isnull=True)
        )
        rows = rows.filter(beyond)
    found = list(_with_names(rows).order_by("due_on", "pk")[: size + 1])
    older = _key(found[size - 1].due_on, found[size - 1].pk) if len(found) > size else ""
    return Slice(rows_of(found[:size], day), older)


def page_newest(rows: TaskQuerySet, *, day: date, before: str = "", size: int = PAGE) -> Slice:
    """One page, newest first."""
    if key := _read_key(before):
        rows = rows.filter(pk__lt=key[1])
    found = list(_with_names(rows).order_by("-pk")[: size + 1])
    older = _key(None, found[size - 1].pk) if len(found) > size else ""
    return Slice(rows_of(found[:size], day), older)


def _with_names(rows: TaskQuerySet) -> TaskQuerySet:
    return rows.select_related("directive", "follower", "assignee").defer(
        "search", "directive__text", "directive__search"
    )


def rows_of(tasks: Sequence[Task], day: date) -> list[Row]:
    """Tasks with what a list says of them on a day."""
    names = organisations.names_on({pk for one in tasks for pk in (one.lead_id, one.giver_id)}, day, short=True)
    return [
        Row(
            task=one,
            lead_name=names[one.lead_id],
            giver_name=names[one.giver_id],
            state=rules.state_words(one.status, one.due_on, one.reported_on, day),
            late=rules.days_late(one.status, one.due_on, one.reported_on, day),
            left=rules.days_left(one.due_on, day) if one.status in OPEN else None,
        )
        for one in tasks
    ]


def desk_counts(by: Actor, at: datetime) -> dict[str, Count]:
    """The tiles of an official's own page: name of the list → count; all in one statement, planned once."""
    hands, day = _hands(by, at), day_of(at)
    if hands is _NOBODY:
        return dict.fromkeys(DESK_COUNTS, Count(0))
    found = _DESK_COUNTS.all(**hands._asdict(), today=day, soon=day + timedelta(days=SOON_DAYS))
    return {name: Count(number) for name, number in found.items()}


SOON_DAYS: Final = 7
DESK_COUNTS: Final = (
    "worklist",
    "late",
    "due_soon",
    "assigned",
    "followed",
    "helping",
    "to_confirm",
    "to_answer",
    "refused",
)


def _desk_lists() -> dict[str, TaskQuerySet]:
    hands, today = _ANY_HANDS, prepared.day("today")
    work = _worklist(hands)
    lists = (
        work,
        work.late_on(today),
        _due_between(work, today, prepared.day("soon")),
        _assigned(hands),
        _followed(hands),
        _helping(hands),
        _to_confirm(hands),
        _to_answer(hands),
        _refused(hands),
    )
    return dict(zip(DESK_COUNTS, lists, strict=True))


_DESK_COUNTS: Final = prepared.Counts(_desk_lists, cap=CAP)


def search(text: str, *, by: Actor, at: datetime, limit: int = PAGE) -> list[Row]:
    """One box for all: code first, then words of the task and number of its document."""
    wanted = squeeze(text)
    if not wanted:
        return []
    rows = _with_names(seen_by(by, at))
    exact = list(rows.filter(code=wanted.upper())[:1])
    return rows_of(exact or list(searched(rows, wanted).order_by("-pk")[:limit]), day_of(at))


def _key(due: date | None, pk: int) -> str:
    return signing.dumps([due.isoformat() if due else None, pk], salt="motcua.tasks", compress=True)


def _read_key(text: str) -> tuple[date | None, int] | None:
    if not text:
        return None
    try:
        due, pk = signing.loads(text, salt="motcua.tasks")
    except signing.BadSignature:
        return None
    return (date.fromisoformat(due) if due else None, int(pk))
