"""Lists of dossiers: bounded, by keys, the same cost with ten thousand and ten million rows."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta
from typing import Any, Final, NamedTuple

from django.core import signing
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from motcua.base.actors import Actor
from motcua.base.clock import VIET_NAM, day_of
from motcua.base.text import squeeze, unaccented
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.offices import authority_of, offices_of
from motcua.dossiers.terms import OPEN, Status, Turn
from motcua.people.terms import Role

PAGE: Final = 50
CAP: Final = 500


class Count(NamedTuple):
    """A number counted up to 500."""

    number: int

    def __str__(self) -> str:
        return _("hơn %(most)d") % {"most": CAP} if self.number > CAP else str(self.number)


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
    rows = seen_by(by, at).select_related("application", "procedure", "procedure_version", "case", "assignee")
    return rows.filter(Q(reference=reference) | Q(code=reference)).first()


def worklist(by: Actor, at: datetime) -> QuerySet[Dossier]:
    """What waits for this person: at their office, at their turn, not given to somebody else; most urgent first."""
    mine = Q(assignee__isnull=True) | Q(assignee__in=[one for one in (by.id, by.acting_for) if one])
    return _held(by, at).filter(mine, turn__in=_turns(by)).order_by("due_at", "pk")


def _held(by: Actor, at: datetime) -> QuerySet[Dossier]:
    if by.agency is None:
        return Dossier.objects.none()
    places = {by.agency, authority_of(by.agency, day_of(at))}
    return Dossier.objects.filter(holding__in=places, status__in=[*OPEN, Status.DONE])


def _turns(by: Actor) -> list[str]:
    return [role for role in by.roles if role in Turn.values and role != Role.CITIZEN]


def waiting_for_applicant(by: Actor, at: datetime) -> QuerySet[Dossier]:
    """Dossiers of this office whose applicant must bring something; the clock stands still."""
    return _held(by, at).filter(turn=Turn.APPLICANT).order_by("held_since", "pk")


def elsewhere(by: Actor, at: datetime) -> QuerySet[Dossier]:
    """Open dossiers the office has to do with that lie at another office now."""
    if by.agency is None:
        return Dossier.objects.none()
    places = {by.agency, authority_of(by.agency, day_of(at))}
    mine = Dossier.objects.filter(Q(receiving=by.agency) | Q(unit=by.agency), status__in=OPEN).exclude(
        holding__in=places
    )
    return mine.order_by("due_at", "pk")


def given_back(by: Actor, at: datetime) -> QuerySet[Dossier]:
    """Drafts that the leader gave back with an opinion."""
    return worklist(by, at).filter(status=Status.PROCESSING, result__isnull=False).exclude(result__opinion="")


def for_signing(by: Actor, at: datetime) -> QuerySet[Dossier]:
    """What waits for the leader's signature: results and requests for more papers."""
    waiting = Q(status=Status.SIGNING) | Q(status=Status.PROCESSING, supplement_drafted=True)
    return _held(by, at).filter(waiting, turn=Turn.LEADER).select_related("result").order_by("due_at", "pk")


def counted(rows: QuerySet[Any]) -> Count:
    """The count up to the cap; never a full count of a large table."""
    return Count(len(rows.order_by().values_list("pk", flat=True)[: CAP + 1]))


def counted_together(lists: Mapping[str, QuerySet[Any]]) -> dict[str, Count]:
    """`counted` for several lists in one statement: the tiles of a page cost no more than one of them."""
    parts, values = [], list[Any]()
    for rows in lists.values():
        try:
            statement, own = rows.order_by().values("pk")[: CAP + 1].query.sql_with_params()
        except EmptyResultSet:
            statement, own = "SELECT 1 WHERE false", ()
        parts.append(f"(SELECT count(*) FROM ({statement}) AS capped)")  # noqa: S608  Django's own statement
        values += own
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(parts)}", values)
        return {name: Count(number) for name, number in zip(lists, cursor.fetchone(), strict=True)}


def late(rows: QuerySet[Dossier], at: datetime) -> QuerySet[Dossier]:
    """Those whose due day has passed before they were decided; a result that waits to be fetched is not late."""
    return rows.filter(due_at__lt=start_of_day(at), finished_at__isnull=True)


def due_today(rows: QuerySet[Dossier], at: datetime) -> QuerySet[Dossier]:
    """Those to be decided on this day."""
    begin = start_of_day(at)
    return rows.filter(due_at__gte=begin, due_at__lt=begin + timedelta(days=1), finished_at__isnull=True)


def start_of_day(at: datetime) -> datetime:
    """Midnight in Viet Nam before the moment."""
    return datetime.combine(day_of(at), time.min, tzinfo=VIET_NAM)


def page_by_due(rows: QuerySet[Dossier], *, after: str = "", size: int = PAGE) -> Slice:
    """One page ordered by due moment and key; those without a due moment last, as PostgreSQL sorts them."""
    rows = with_names(rows)
    if key := _read_key(after):
        due, pk = key
        beyond = (
            Q(due_at__isnull=True, pk__gt=pk)
            if due is None
            else Q(due_at__gt=due) | Q(due_at=due, pk__gt=pk) | Q(due_at__isnull=True)
        )
        rows = rows.filter(beyond)
    found = list(rows.order_by("due_at", "pk")[: size + 1])
    older = _key(found[size - 1].due_at, found[size - 1].pk) if len(found) > size else ""
    return Slice(found[:size], older, "")


def page_newest(rows: QuerySet[Dossier], *, before: str = "", size: int = PAGE) -> Slice:
    """One page, newest first."""
    rows = with_names(rows)
    if key := _read_key(before):
        rows = rows.filter(pk__lt=key[1])
    found = list(rows.order_by("-pk")[: size + 1])
    older = _key(None, found[size - 1].pk) if len(found) > size else ""
    return Slice(found[:size], older, "")


def with_names(rows: QuerySet[Dossier]) -> QuerySet[Dossier]:
    """Rows with what a list shows of them, in the same statement."""
    return rows.select_related("procedure", "procedure_version", "application", "assignee").defer(
        "procedure_version__source",
        "procedure_version__steps_text",
        "procedure_version__form_schema",
        "procedure_version__conditions",
        "procedure_version__search_text",
        "application__answers",
    )


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
    wanted = squeeze(text)
    if not wanted:
        return []
    rows = with_names(seen_by(by, at))
    if "/" in wanted:  # a scanned slip: the last part of the address is the signed link or the reference
        wanted = wanted.rstrip("/").rsplit("/", 1)[-1].split(".", 1)[0]
    upper = wanted.upper()
    exact = list(rows.filter(Q(code=upper) | Q(reference=upper) | Q(outside_code=wanted)).order_by("-pk")[:limit])
    if exact:
        return exact
    if _CODE.match(wanted):
        return list(rows.filter(code__startswith=upper).order_by("-pk")[:limit])
    digits = re.sub(r"\D", "", wanted)
    if _DIGITS.match(wanted) and len(digits) >= 8:
        same = Q(phone=digits) | Q(application__identity_number=digits) | Q(application__tax_code=wanted)
        return list(rows.filter(same).order_by("-pk")[:limit])
    for word in unaccented(wanted).split()[:6]:
        rows = rows.filter(applicant_search__contains=word)
    return list(rows.order_by("-pk")[:limit])


def mine(person: int) -> QuerySet[Dossier]:
    """A citizen's own dossiers, newest first."""
    return with_names(Dossier.objects.of_applicant(person)).order_by("-pk")


def book(agency: int, begin: datetime, end: datetime) -> QuerySet[Dossier]:
    """Sổ theo dõi hồ sơ (M07): what one office received in a period, in the order of receipt."""
    return with_names(Dossier.objects.filter(receiving=agency, received_at__gte=begin, received_at__lt=end)).order_by(
        "received_at", "pk"
    )


def of_team(agency: int) -> QuerySet[Dossier]:
    """Everything open at one office, whoever has it."""
    return with_names(Dossier.objects.filter(holding=agency, status__in=[*OPEN, Status.DONE])).order_by("due_at", "pk")


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
