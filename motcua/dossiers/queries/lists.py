"""Lists of dossiers: bounded, by keys, the same cost with ten thousand and ten million rows."""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Any, Final, NamedTuple

from django.core import signing
from django.db.models import F, Q, QuerySet

from motcua.base import prepared
from motcua.base.actors import Actor
from motcua.base.clock import day_of
from motcua.base.counts import CAP, Count
from motcua.base.prepared import Prepared, among
from motcua.base.text import squeeze, unaccented
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.offices import authority_of, offices_of
from motcua.dossiers.terms import OPEN, Status, Turn
from motcua.people.terms import Role
from motcua.workdays.rules import late_before

PAGE: Final = 50


class Slice(NamedTuple):
    """One page of a list, with the keys of the pages beside it."""

    rows: list[Dossier]
    older: str
    newer: str


def seen_by(by: Actor, at: datetime) -> QuerySet[Dossier]:
    """The dossiers an official may see by the post they act in."""
    return Dossier.objects.of_offices(offices_of(by, day_of(at)))


def dossier_for(reference: str, *, by: Actor, at: datetime) -> Dossier | None:
    """One dossier by reference or code, if the person may see it; not found and not allowed are the same answer."""
    offices = list(offices_of(by, day_of(at)))
    return _ONE.first(offices=offices, reference=reference) if offices else None


def _one() -> QuerySet[Dossier]:
    named, seen = Q(reference=prepared.text("reference")) | Q(code=prepared.text("reference")), _seen()
    rows = Dossier.objects.select_related("application", "procedure", "procedure_version", "case", "assignee")
    return rows.filter(named, seen).defer(*(f"procedure_version__{one}" for one in _LONG_WORDS))


def _seen() -> Q:
    return Q(among("receiving", _OFFICES)) | Q(among("deciding", _OFFICES)) | Q(among("holding", _OFFICES))


_LONG_WORDS: Final = ("source", "steps_text", "form_schema", "conditions", "search_text")
"""Columns of a version that no page of a dossier shows, but for the answers, which ask for the form themselves."""
_OFFICES: Final = prepared.numbers("offices")
_ONE: Final = Prepared(_one)


def worklist(by: Actor, at: datetime) -> QuerySet[Dossier]:
    """What waits for this person: at their office, at their turn, not given to somebody else; most urgent first."""
    return _worklist(_hand(by, at)) if by.agency else Dossier.objects.none()


class _Hand(NamedTuple):
    """Who asks for a list: the places of their office, themself and whom they act for, the turns of their roles."""

    agency: Any
    places: Any
    people: Any
    turns: Any


def _hand(by: Actor, at: datetime) -> _Hand:
    places = {by.agency, authority_of(by.agency, day_of(at))} if by.agency else set()
    turns = [str(role) for role in by.roles if role in Turn.values and role != Role.CITIZEN]
    return _Hand(by.agency, sorted(places), [one for one in (by.id, by.acting_for) if one], sorted(turns))


_ANY_HAND: Final = _Hand(
    prepared.number("agency"), prepared.numbers("places"), prepared.numbers("people"), prepared.texts("turns")
)


def _worklist(hand: _Hand) -> QuerySet[Dossier]:
    mine = Q(assignee__isnull=True) | Q(among("assignee", hand.people))
    return _lying(hand).filter(mine, among("turn", hand.turns)).order_by("due_at", "pk")


def _lying(hand: _Hand) -> QuerySet[Dossier]:
    return Dossier.objects.filter(among("holding", hand.places), status__in=sorted([*OPEN, Status.DONE]))


def _held(by: Actor, at: datetime) -> QuerySet[Dossier]:
    return _lying(_hand(by, at)) if by.agency else Dossier.objects.none()


def waiting_for_applicant(by: Actor, at: datetime) -> QuerySet[Dossier]:
    """Dossiers of this office whose applicant must bring something; the clock stands still."""
    return _waiting(_hand(by, at)) if by.agency else Dossier.objects.none()


def _waiting(hand: _Hand) -> QuerySet[Dossier]:
    return _lying(hand).filter(turn=Turn.APPLICANT).order_by("held_since", "pk")


def elsewhere(by: Actor, at: datetime) -> QuerySet[Dossier]:
    """Open dossiers the office has to do with that lie at another office now."""
    return _elsewhere(_hand(by, at)) if by.agency else Dossier.objects.none()


def _elsewhere(hand: _Hand) -> QuerySet[Dossier]:
    mine = Dossier.objects.filter(Q(receiving=hand.agency) | Q(unit=hand.agency), status__in=sorted(OPEN))
    return mine.exclude(among("holding", hand.places)).order_by("due_at", "pk")


def given_back(by: Actor, at: datetime) -> QuerySet[Dossier]:
    """Drafts that the leader gave back with an opinion."""
    return _given_back(_hand(by, at)) if by.agency else Dossier.objects.none()


def _given_back(hand: _Hand) -> QuerySet[Dossier]:
    return _worklist(hand).filter(status=Status.PROCESSING, result__isnull=False).exclude(result__opinion="")


def for_signing(by: Actor, at: datetime) -> QuerySet[Dossier]:
    """What waits for the leader's signature: results and requests for more papers."""
    waiting = Q(status=Status.SIGNING) | Q(status=Status.PROCESSING, supplement_drafted=True)
    return _held(by, at).filter(waiting, turn=Turn.LEADER).select_related("result").order_by("due_at", "pk")


def counted_with_late(rows: QuerySet[Dossier], at: datetime) -> tuple[Count, Count]:
    """`counted`, and how many of them are late, in one statement: the late ones stand first."""
    today = late_before(at)
    first = rows.order_by(F("due_at").asc(nulls_last=True)).values_list("status", "due_at")[: CAP + 1]
    late_ones = [due for status, due in first if due is not None and due < today and status != Status.DONE]
    return Count(len(first)), Count(len(late_ones))


def tile_counts(by: Actor, at: datetime) -> dict[str, Count]:
    """`counted` for the tiles of the inbox, and how much of the work is late or due today, in one statement."""
    if by.agency is None:
        return dict.fromkeys(TILES, Count(0))
    today = late_before(at)
    values = {"today": today, "tomorrow": today + timedelta(days=1)}
    found = _TILE_COUNTS.all(**_hand(by, at)._asdict(), **values)
    return {name: Count(number) for name, number in found.items()}


TILES: Final = ("worklist", "waiting", "elsewhere", "given_back", "late", "today")


def _tiles() -> dict[str, QuerySet[Dossier]]:
    hand, today = _ANY_HAND, prepared.moment("today")
    work = _worklist(hand)
    lists = (
        work,
        _waiting(hand),
        _elsewhere(hand),
        _given_back(hand),
        _late(work, today),
        _due_between(work, today, prepared.moment("tomorrow")),
    )
    return dict(zip(TILES, lists, strict=True))


_TILE_COUNTS: Final = prepared.Counts(_tiles, cap=CAP)


def late(rows: QuerySet[Dossier], at: datetime) -> QuerySet[Dossier]:
    """Those whose due day has passed before they were decided; a result that waits to be fetched is not late."""
    return _late(rows, late_before(at))


def _late(rows: QuerySet[Dossier], today: Any) -> QuerySet[Dossier]:
    return rows.filter(due_at__lt=today, finished_at__isnull=True)


def _due_between(rows: QuerySet[Dossier], begin: Any, end: Any) -> QuerySet[Dossier]:
    """Those to be decided between two moments."""
    return rows.filter(due_at__gte=begin, due_at__lt=end, finished_at__isnull=True)


def page_by_due(rows: QuerySet[Dossier], *, after: str = "", size: int = PAGE) -> Slice:
    """One page ordered by due moment and key; those without a due moment last, as PostgreSQL sorts them."""
    if key := _read_key(after):
        due, pk = key
        beyond = (
            Q(due_at__isnull=True, pk__gt=pk)
            if due is None
            else Q(due_at__gt=due) | Q(due_at=due, pk__gt=pk) | Q(due_at__isnull=True)
        )
        rows = rows.filter(beyond)
    found = _rows(rows.order_by("due_at", "pk")[: size + 1])
    older = _key(found[size - 1].due_at, found[size - 1].pk) if len(found) > size else ""
    return Slice(found[:size], older, "")


def first_page(box: str, *, by: Actor, at: datetime) -> Slice:
    """`page_by_due` of a box as everybody opens it, narrowed by nothing: its SQL is written once."""
    if by.agency is None:
        return Slice([], "", "")
    found = _of_keys([one for (one,) in _first_of(box).all(**_hand(by, at)._asdict())])
    older = _key(found[PAGE - 1].due_at, found[PAGE - 1].pk) if len(found) > PAGE else ""
    return Slice(found[:PAGE], older, "")


_BOXES: Final = {"worklist": _worklist, "waiting": _waiting, "elsewhere": _elsewhere, "given_back": _given_back}


@cache
def _first_of(box: str) -> "Prepared[tuple[int]]":
    rows = _BOXES[box](_ANY_HAND).order_by("due_at", "pk").values_list("pk")
    return Prepared(lambda: rows[: PAGE + 1])


def page_newest(rows: QuerySet[Dossier], *, before: str = "", size: int = PAGE) -> Slice:
    """One page, newest first."""
    if key := _read_key(before):
        rows = rows.filter(pk__lt=key[1])
    found = _rows(rows.order_by("-pk")[: size + 1])
    older = _key(None, found[size - 1].pk) if len(found) > size else ""
    return Slice(found[:size], older, "")


def _rows(rows: QuerySet[Dossier]) -> list[Dossier]:
    """The rows of a page, as far as a list shows them: the keys by the list's own query, the rest always the same way."""
    if rows.query.select_related:  # the list shows more than others do
        return list(with_names(rows))
    return _of_keys(list(rows.values_list("pk", flat=True)))


def _of_keys(keys: list[int]) -> list[Dossier]:
    found = {one.pk: one for one in _SHOWN.all(keys=keys)} if keys else {}
    return [found[one] for one in keys if one in found]


def _shown() -> QuerySet[Dossier]:
    columns = [one.name for one in Dossier._meta.concrete_fields if one.name != "applicant_search"]
    related = ("procedure__code", "procedure_version__name", "procedure_version__plain_name", "application__route")
    rows = Dossier.objects.select_related("procedure", "procedure_version", "application", "assignee")
    return rows.filter(among("id", prepared.numbers("keys"))).only(*columns, *related, "assignee__full_name")


_SHOWN: Final = Prepared(_shown)


def with_names(rows: QuerySet[Dossier]) -> QuerySet[Dossier]:
    """Rows with what a list shows of them, in the same statement."""
    named = rows.select_related("procedure", "procedure_version", "application", "assignee")
    return named.defer(*(f"procedure_version__{one}" for one in _LONG_WORDS), "application__answers")


def _key(due: datetime | None, pk: int) -> str:
    return signing.dumps([due.isoformat() if due else None, pk], salt="motcua.page", compress=True)


def _read_key(text: str) -> tuple[datetime | None, int] | None:
    if not text:
        return None
    try:
        due, pk = signing.loads(text, salt="motcua.page")
    except signing.BadSignature:
        return None
    return (datetime.fromisoformat(due) if due else None, int(pk))


_CODE: Final = re.compile(r"^[0-9A-Z][0-9A-Z.]*-\d{2,}|^[A-Z]\d{2}\.|^\d{3}\.\d{2}", re.IGNORECASE)
_DIGITS: Final = re.compile(r"^\+?[\d .]{8,16}$")


def search(text: str, *, by: Actor, at: datetime, limit: int = PAGE) -> list[Dossier]:
    """One box for all: code, outside code, the address on a slip, phone, identity number, name with or without accents.

    An exact code comes first, then its prefix, then words; never more than `limit`.
    """
    wanted, offices = scanned(squeeze(text)), list(offices_of(by, day_of(at)))
    if not wanted or not offices:
        return []
    keys = _keys(wanted, offices)
    return _of_keys([one for (one,) in keys[:limit]])


def scanned(wanted: str) -> str:
    """What the reader of a slip's QR code types, as the reference in it: the last part of the address is the signed link."""
    return wanted.rstrip("/").rsplit("/", 1)[-1].split(".", 1)[0] if "/" in wanted else wanted


def is_code(text: str) -> bool:
    """Whether somebody typed the code of a dossier, or its beginning."""
    return bool(_CODE.match(scanned(squeeze(text))))


def _keys(wanted: str, offices: list[int]) -> list[tuple[int]]:
    upper = wanted.upper()
    if exact := _EXACT.all(offices=offices, upper=upper, wanted=wanted):
        return exact
    if _CODE.match(wanted):
        return _PREFIX.all(offices=offices, upper=upper)
    digits = re.sub(r"\D", "", wanted)
    if _DIGITS.match(wanted) and len(digits) >= 8:
        return _NUMBERS.all(offices=offices, digits=digits, wanted=wanted)
    words = unaccented(wanted).split()[:MOST_WORDS]
    return _by_words(len(words)).all(offices=offices, **{f"word{no}": one for no, one in enumerate(words)})


MOST_WORDS: Final = 6


def _sought(*conditions: Any) -> QuerySet[Dossier, tuple[int]]:
    return Dossier.objects.filter(_seen(), *conditions).order_by("-pk").values_list("pk")[:PAGE]


def _exact() -> QuerySet[Dossier, tuple[int]]:
    upper = prepared.text("upper")
    return _sought(Q(code=upper) | Q(reference=upper) | Q(outside_code=prepared.text("wanted")))


def _prefix() -> QuerySet[Dossier, tuple[int]]:
    """Codes count upwards by day, so the last code is the newest; by key PostgreSQL would walk through the whole table."""
    rows = Dossier.objects.filter(_seen(), code__startswith=prepared.text("upper"))
    return rows.order_by("-code").values_list("pk")[:PAGE]


def _numbers() -> QuerySet[Dossier, tuple[int]]:
    digits, wanted = prepared.text("digits"), prepared.text("wanted")
    return _sought(Q(phone=digits) | Q(application__identity_number=digits) | Q(application__tax_code=wanted))


@cache
def _by_words(many: int) -> "Prepared[tuple[int]]":
    slots = [prepared.text(f"word{no}") for no in range(many)]
    return Prepared(lambda: _sought(*(Q(applicant_search__contains=one) for one in slots)), keep_plan=False)


# The best way to the rows depends on the words: PostgreSQL plans each of these anew.
_EXACT: Final = Prepared(_exact, keep_plan=False)
_PREFIX: Final = Prepared(_prefix, keep_plan=False)
_NUMBERS: Final = Prepared(_numbers, keep_plan=False)


def mine(person: int) -> QuerySet[Dossier]:
    """A citizen's own dossiers, newest first."""
    return Dossier.objects.of_applicant(person).order_by("-pk")


def book(receiving: int, begin: datetime, end: datetime, *, deciding: int | None = None) -> QuerySet[Dossier]:
    """Sổ theo dõi hồ sơ (M07): what one office received in a period, in the order of receipt; for one authority, if named."""
    rows = Dossier.objects.filter(receiving=receiving, received_at__gte=begin, received_at__lt=end)
    return with_names(rows.filter(deciding=deciding) if deciding else rows).order_by("received_at", "pk")


def page_of_book(rows: QuerySet[Dossier], *, after: str = "") -> Slice:
    """One page of the book, in the order of receipt."""
    if (key := _read_key(after)) and key[0]:
        rows = rows.filter(Q(received_at__gt=key[0]) | Q(received_at=key[0], pk__gt=key[1]))
    found = _rows(rows[: PAGE + 1])
    older = _key(found[PAGE - 1].received_at, found[PAGE - 1].pk) if len(found) > PAGE else ""
    return Slice(found[:PAGE], older, "")


def of_team(agency: int) -> QuerySet[Dossier]:
    """Everything open at one office, whoever has it."""
    return Dossier.objects.filter(holding=agency, status__in=[*OPEN, Status.DONE]).order_by("due_at", "pk")


def unanswered(at: datetime, limit: int = 200) -> Sequence[Dossier]:
    """Dossiers whose last day for the papers asked for has passed."""
    return list(
        Dossier.objects.filter(
            status__in=[Status.NEED_MORE, Status.NEED_MORE_PRE],
            supplement_set__answered_at__isnull=True,
            supplement_set__signed_at__isnull=False,
            supplement_set__answer_by__lt=day_of(at),
        ).order_by("pk")[:limit]
    )
