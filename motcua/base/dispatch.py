"""Reactions: the journal is read in batches up to what is surely committed, and each entry answered once or again."""

import logging
import traceback
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction

from motcua.base.events import read_back
from motcua.base.models import Cursor, Entry, FailedReaction
from motcua.base.reactions import Reaction, answered_names, answers_to

log = logging.getLogger(__name__)
READER = "reactions"


SKIPPED = 20_000
"""So many entries are looked at in one statement for those that anybody answers."""

_NEWS = """
WITH news AS MATERIALIZED (
    SELECT xact, id, name FROM journal_entry
     WHERE (xact, id) > (%(xact)s::text::xid8, %(entry)s) AND xact < pg_snapshot_xmin(pg_current_snapshot())
     ORDER BY xact, id LIMIT %(skipped)s
), answered AS MATERIALIZED (
    SELECT xact, id FROM news WHERE name = ANY(%(names)s::text[]) ORDER BY xact, id LIMIT %(batch)s
), span AS (
    SELECT xact, id FROM answered WHERE (SELECT count(*) FROM answered) = %(batch)s
    UNION ALL SELECT xact, id FROM news WHERE (SELECT count(*) FROM answered) < %(batch)s
), last AS (
    SELECT xact, id FROM span ORDER BY xact DESC, id DESC LIMIT 1
)
SELECT last.xact::text, last.id, (SELECT count(*) FROM news WHERE (news.xact, news.id) <= (last.xact, last.id)),
       (SELECT count(*) FROM answered) FROM last
"""


def dispatch(*, at: datetime, batch: int = 500) -> int:
    """Answer the next entries and move the cursor in one transaction; returns how many entries were read.

    Never reads past `pg_snapshot_xmin`: a transaction still open may yet commit an entry that belongs before. Entries that
    nobody answers, nearly all of them, are passed over by the database and never fetched.
    A reaction that fails is undone to its savepoint, noted and tried again later; the others go on.
    """
    names = answered_names()
    with transaction.atomic():
        Cursor.objects.get_or_create(name=READER)
        cursor = Cursor.objects.select_for_update(of=("self",)).get(name=READER)
        begin: dict[str, Any] = {"xact": str(cursor.xact), "entry": cursor.entry, "names": names}
        with connection.cursor() as asked:
            asked.execute(_NEWS, {**begin, "batch": batch, "skipped": SKIPPED})
            row = asked.fetchone()
        if row is None:
            return 0
        cursor.xact, cursor.entry, read, answered = int(row[0]), int(row[1]), int(row[2]), int(row[3])
        if answered:
            news = Entry.objects.raw(
                """SELECT * FROM journal_entry
                     WHERE (xact, id) > (%(xact)s::text::xid8, %(entry)s)
                       AND (xact, id) <= (%(last_xact)s::text::xid8, %(last_entry)s)
                       AND name = ANY(%(names)s::text[]) ORDER BY xact, id""",
                {**begin, "last_xact": str(cursor.xact), "last_entry": cursor.entry},
            )
            for entry in news:
                _answer(entry, answers_to(entry.name), at=at)
        cursor.save(update_fields=["xact", "entry"])
    return read


def retry_failed(*, at: datetime, batch: int = 100) -> int:
    """Try again the reactions whose time has come; each in its own transaction."""
    due = FailedReaction.objects.filter(next_at__lte=at).order_by("next_at", "pk")[:batch]
    for failed in list(due):
        with transaction.atomic():
            chosen = [one for one in answers_to(failed.entry.name) if _label(one) == failed.reaction]
            failed.delete()
            _answer(failed.entry, chosen, at=at, tries=failed.tries)
    return len(due)


def _answer(entry: Entry, reactions: Iterable[Reaction], *, at: datetime, tries: int = 0) -> None:
    for reaction in reactions:
        try:
            with transaction.atomic():
                reaction(read_back(entry.name, entry.facts), entry)
        except Exception:
            log.exception("reaction %s failed on entry %s", _label(reaction), entry.pk)
            wait = timedelta(minutes=min(60, 2**tries))
            FailedReaction.objects.update_or_create(
                entry=entry,
                reaction=_label(reaction),
                defaults={"why": traceback.format_exc()[-2000:], "tries": tries + 1, "next_at": at + wait},
            )


def _label(reaction: Reaction) -> str:
    return f"{reaction.__module__}.{reaction.__qualname__}"


def backlog() -> int:
    """Entries not yet answered, counted up to 10,000."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT count(*) FROM (SELECT 1 FROM journal_entry e, journal_cursor c WHERE c.name = %s
               AND (e.xact, e.id) > (c.xact::text::xid8, c.entry) LIMIT 10000) x""",
            [READER],
        )
        return int(cursor.fetchone()[0])
