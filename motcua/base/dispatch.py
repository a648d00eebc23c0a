"""Reactions: the journal is read in batches up to what is surely committed, and each entry answered once or again."""

import logging
import traceback
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import connection, transaction

from motcua.base.events import read_back
from motcua.base.models import Cursor, Entry, FailedReaction
from motcua.base.reactions import Reaction, answers_to

log = logging.getLogger(__name__)
READER = "reactions"


def dispatch(*, at: datetime, batch: int = 500) -> int:
    """Answer the next entries and move the cursor in one transaction; returns how many entries were read.

    Never reads past `pg_snapshot_xmin`: a transaction still open may yet commit an entry that belongs before.
    A reaction that fails is undone to its savepoint, noted and tried again later; the others go on.
    """
    with transaction.atomic():
        Cursor.objects.get_or_create(name=READER)
        cursor = Cursor.objects.select_for_update(of=("self",)).get(name=READER)
        news = list(
            Entry.objects.raw(
                """SELECT * FROM journal_entry
                   WHERE (xact, id) > (%s::text::xid8, %s) AND xact < pg_snapshot_xmin(pg_current_snapshot())
                   ORDER BY xact, id LIMIT %s""",
                [str(cursor.xact), cursor.entry, batch],
            )
        )
        for entry in news:
            _answer(entry, answers_to(entry.name), at=at)
        if news:
            cursor.xact, cursor.entry = news[-1].xact, news[-1].pk
            cursor.save(update_fields=["xact", "entry"])
    return len(news)


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
        event = read_back(entry.name, entry.facts)
        try:
            with transaction.atomic():
                reaction(event, entry)
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
