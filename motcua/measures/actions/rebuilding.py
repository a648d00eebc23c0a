"""The whole journal folded anew, by two processes of the database: a rebuild, or the first fold of a great backlog.

What one entry changes depends on no other entry, so stretches of the journal may be folded in any order and side by side. Each is
one transaction that also notes the stretch. Sums that follow from the facts are made once, when all stretches are done.
"""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from datetime import datetime
from typing import Any, Final, NamedTuple

from django.db import connection, transaction

from motcua.measures.actions import folding
from motcua.measures.models import (
    AgencyDay,
    AgencyDue,
    AgencyMonth,
    Fact,
    Folding,
    Intake,
    ProcedureMonth,
    Stretch,
    TimeTaken,
)
from motcua.measures.queries import deltas
from motcua.measures.rules.columns import COLUMNS

STRETCH: Final = 200_000
"""Entries of one stretch: what it holds in memory is bounded by it."""
SMALLEST: Final = 20_000
"""Of a short journal the stretches are shorter, so that neither process waits long for the other at the end."""
WORKERS: Final = 2
GREAT: Final = 100_000
"""From so many entries on that wait, if they are more than those folded, all is folded anew: that is quicker."""

_LOCK: Final = "hashtext('measures-rebuild')"


class Piece(NamedTuple):
    """Entries by their numbers: from the first up to, not with, the second."""

    first: int
    behind: int


def fold_all(*, at: datetime, batch: int = folding.BATCH) -> int:
    """Fold until nothing is left but what is being written; returns how many entries were read."""
    total = 0
    if _great_backlog():
        with _alone():
            if _great_backlog():  # still, after another that was at it has done
                total = _rebuild(at, STRETCH, None)
    while done := folding.fold(at=at, batch=batch):
        total += done
    return total


def rebuild(*, at: datetime, batch: int = STRETCH, told: Callable[[int], None] | None = None) -> int:
    """Fold the whole journal anew beside the live facts and put the new ones in their place; returns the entries folded.

    Broken off, it goes on where it was: what is done is noted with each stretch. Until the last step, one transaction, every
    figure is answered from the facts before. Two that are begun at once work one after the other.
    """
    with _alone():
        return _rebuild(at, batch, told)


def _rebuild(at: datetime, batch: int, told: Callable[[int], None] | None) -> int:
    live = folding.live_generation(at)
    following = _following(live, at)
    total = 0
    for done in _stretches(following, at, batch):
        total += done
        if told is not None:
            told(total)
    _sum_up(following)
    while done := folding.fold_next(following, at=at, batch=batch):
        total += done
        if told is not None:
            told(total)
    _replace(live, following)
    _sweep()
    return total


def _great_backlog() -> bool:
    """Whether so much waits that folding it all anew is quicker; no more is counted than tells it."""
    folded = Folding.objects.filter(live=True).first() or Folding(entries=0)
    enough = max(GREAT, folded.entries + 1)
    with connection.cursor() as cursor:
        cursor.execute(
            f"""SELECT count(*) FROM (SELECT 1 FROM journal_entry
                 WHERE (xact, id) > (%s::text::xid8, %s) AND {folding.BOUND} LIMIT %s) waiting""",
            [str(folded.xact), folded.entry, enough],
        )
        return int(cursor.fetchone()[0]) == enough


@contextmanager
def _alone() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT pg_advisory_lock({_LOCK})")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT pg_advisory_unlock({_LOCK})")


@transaction.atomic
def _following(live: int, at: datetime) -> int:
    """The generation under way beside the live one, begun now if there is none: up to what is surely committed now."""
    waiting = Folding.objects.exclude(generation=live).values_list("generation", flat=True).first()
    if waiting is not None:
        return waiting
    following = live % 30_000 + 1
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT e.xact::text, e.id FROM journal_entry e WHERE {folding.BOUND} ORDER BY e.xact DESC, e.id DESC LIMIT 1"
        )
        xact, entry = cursor.fetchone() or (0, 0)
    Folding.objects.create(
        generation=following, stretching=True, xact=int(xact), entry=entry, begun_at=at, folded_at=at
    )
    return following


def _stretches(generation: int, at: datetime, size: int) -> Iterator[int]:
    """Fold what is not folded yet of a generation under way, two stretches at a time; the entries of each."""
    folding_now = Folding.objects.get(generation=generation)
    if not folding_now.stretching:
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(min(id), 1), coalesce(max(id), 0) + 1 FROM journal_entry")
        whole = Piece(*cursor.fetchone())
    done = Stretch.objects.filter(generation=generation).values_list("first", "behind")
    even = max(SMALLEST, (whole.behind - whole.first) // (2 * WORKERS) + 1)
    todo = left_of(whole, [Piece(*one) for one in done], min(size, even))
    if connection.in_atomic_block:  # nobody else sees what is not committed yet
        yield from (_fold_stretch(generation, one, at) for one in todo)
        return
    with ThreadPoolExecutor(WORKERS) as pool:
        try:
            for each in as_completed([pool.submit(_in_a_thread, generation, one, at) for one in todo]):
                yield each.result()
        finally:
            pool.shutdown(cancel_futures=True)


def left_of(whole: Piece, done: Sequence[Piece], size: int) -> list[Piece]:
    """What is not done of the whole, in pieces of at most that size."""
    gaps, begin = [], whole.first
    for one in sorted(done):
        gaps.append(Piece(begin, one.first))
        begin = max(begin, one.behind)
    gaps.append(Piece(begin, whole.behind))
    return [Piece(first, min(first + size, gap.behind)) for gap in gaps for first in range(gap.first, gap.behind, size)]


def _in_a_thread(generation: int, piece: Piece, at: datetime) -> int:
    try:
        return _fold_stretch(generation, piece, at)
    finally:
        connection.close()  # the thread's own


@transaction.atomic
def _fold_stretch(generation: int, piece: Piece, at: datetime) -> int:
    """One stretch up to where the generation was begun: its facts, then, one process after the other, the sums beside them."""
    where = "e.id >= %s AND e.id < %s AND (e.xact, e.id) <= (%s::text::xid8, %s)"
    end = Folding.objects.get(generation=generation)
    values: list[Any] = [piece.first, piece.behind, str(end.xact), end.entry]
    with connection.cursor() as cursor:
        # As many processes as cores are at it already: helpers of this one would only hand rows about.
        cursor.execute("SET LOCAL max_parallel_workers_per_gather = 0")
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off")
        folding.read_changes(cursor, where, values)
        cursor.execute(f"SELECT count(*), max(e.at) FROM journal_entry e WHERE {where}", values)
        entries, latest_at = cursor.fetchone()
        cursor.execute("SET LOCAL enable_seqscan = on; SET LOCAL enable_bitmapscan = on")
        for statement in folding.CELLS_AND_FACTS:
            cursor.execute(statement, [generation] if "%s" in statement else None)
        cursor.execute("SELECT 1 FROM measures_folding WHERE generation = %s FOR UPDATE", [generation])
        for statement in folding.OF_ENTRIES:
            cursor.execute(statement, [generation])
        cursor.execute(
            """UPDATE measures_folding SET entries = entries + %s, latest_at = greatest(latest_at, %s), folded_at = %s
                WHERE generation = %s""",
            [entries, latest_at, at, generation],
        )
        Stretch.objects.create(generation=generation, first=piece.first, behind=piece.behind)
        cursor.execute(f"DROP TABLE {folding.READ}")
    return int(entries)


_FACTS: Final = f"""(
    SELECT fact.day, cell.deciding, cell.receiving, cell.holding, cell.procedure, cell.channel, {", ".join(f"fact.{one}" for one in COLUMNS)}
      FROM measures_fact fact JOIN measures_cell cell ON cell.id = fact.cell_id WHERE fact.generation = %s) facts"""
_PROCEDURE: Final = "deciding AS agency, procedure, channel, date_trunc('month', day)::date AS month"
_SUMMED: Final = (
    f"""CREATE TEMP TABLE measures_offices ON COMMIT DROP AS
        SELECT day, deciding, receiving, holding, {folding.SUMS} FROM {_FACTS} GROUP BY 1, 2, 3, 4""",
    f"""CREATE TEMP TABLE measures_procedures ON COMMIT DROP AS
        SELECT {_PROCEDURE}, {folding.SUMS} FROM {_FACTS} GROUP BY 1, 2, 3, 4""",
)
"""Tables of the transaction, because PostgreSQL reads side by side for them and not for rows that it inserts."""
_NAMES: Final = ", ".join(COLUMNS)
_FROM_FACTS: Final = (
    folding.roll_up(AgencyDay, "part, agency, day", deltas.of_agencies("measures_offices")),
    folding.roll_up(
        AgencyMonth,
        "part, agency, month",
        f"SELECT part, agency, date_trunc('month', day)::date AS month, {_NAMES} "
        f"FROM ({deltas.of_agencies('measures_offices')}) each",
    ),
    folding.roll_up(ProcedureMonth, "agency, procedure, channel, month", "SELECT * FROM measures_procedures"),
)


@transaction.atomic
def _sum_up(generation: int) -> None:
    """All stretches are done: the sums that follow from the facts, once. From here on the generation has a cursor like any."""
    if not Folding.objects.select_for_update(of=("self",)).get(generation=generation).stretching:
        return
    with connection.cursor() as cursor:
        cursor.execute(folding.MEMORY)
        for statement in (*_SUMMED, *_FROM_FACTS):
            cursor.execute(statement, [generation])
        cursor.execute("DROP TABLE measures_offices, measures_procedures")
    Stretch.objects.filter(generation=generation).delete()
    Folding.objects.filter(generation=generation).update(stretching=False)


@transaction.atomic
def _replace(live: int, following: int) -> None:
    """The new generation answers from here on. The old one is forgotten in the same transaction: broken off behind it, the next
    rebuild must not take what was replaced for its own work and bring it back. A fold busy with the old one is waited for."""
    Folding.objects.filter(generation=live).delete()
    Folding.objects.filter(generation=following).update(live=True)


_GENERATIONS: Final = (Fact, AgencyDay, AgencyMonth, ProcedureMonth, AgencyDue, Intake, TimeTaken)


@transaction.atomic
def _sweep() -> None:
    """Throw away what belongs to no generation: what another has replaced, also when that was broken off before it was cleared."""
    known = Folding.objects.values_list("generation", flat=True)
    for model in _GENERATIONS:
        model.objects.exclude(generation__in=list(known)).delete()
