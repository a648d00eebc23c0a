"""A mark of all that boards and lists rest on: as long as it is the same, so are they."""

from typing import Final, NamedTuple

from django.db import connection

from motcua.base.dispatch import READER

MOST_WAITING: Final = 500
"""With more entries than these not yet answered, the mark would cost more than it saves."""

_ASKED: Final = """WITH head AS (SELECT xact::text::xid8 AS xact, entry FROM journal_cursor WHERE name = %(reader)s), waiting AS (
  SELECT id FROM journal_entry WHERE (xact, id) > ((SELECT xact FROM head), (SELECT entry FROM head)) LIMIT %(most)s)
SELECT head.entry, (SELECT count(*) FROM waiting), (SELECT coalesce(max(id), 0) FROM waiting) FROM head"""


class Mark(NamedTuple):
    """How far the entries are answered, and how many, up to which, were committed since."""

    answered: int
    waiting: int
    last: int


def mark() -> Mark | None:
    """The mark of this moment; None while too much waits, or where no worker has ever answered anything.

    What answers entries never passes a transaction still open, so whatever commits later stands behind it and adds to those
    waiting: no entry can appear without the mark changing.
    """
    with connection.cursor() as cursor:
        cursor.execute(_ASKED, {"reader": READER, "most": MOST_WAITING + 1})
        row = cursor.fetchone()
    found = Mark(*row) if row else None
    return found if found and found.waiting <= MOST_WAITING else None
