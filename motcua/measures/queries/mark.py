"""A mark of all that figures are counted from: as long as it is the same, so are they."""

from typing import Final, NamedTuple

from django.db import connection

from motcua.measures.queries.live import HEAD

MOST_WAITING: Final = 2_000
"""With more entries than these waiting for the fold, as after a load, the mark would cost more than it saves."""

_ASKED: Final = f"""WITH {HEAD}, waiting AS (
  SELECT id FROM journal_entry WHERE (xact, id) > ((SELECT xact FROM head), (SELECT entry FROM head)) LIMIT {MOST_WAITING + 1})
SELECT head.generation, head.entry, (SELECT count(*) FROM waiting), (SELECT coalesce(max(id), 0) FROM waiting) FROM head"""


class Mark(NamedTuple):
    """How far the fold has come, and how many entries, up to which, were committed since."""

    generation: int
    folded: int
    waiting: int
    last: int


def mark() -> Mark | None:
    """The mark of this moment; None while too much waits.

    The fold never passes a transaction still open, so whatever commits later stands behind it and adds to those waiting:
    no entry can appear without the mark changing.
    """
    with connection.cursor() as cursor:
        cursor.execute(_ASKED)
        found = Mark(*cursor.fetchone())
    return found if found.waiting <= MOST_WAITING else None
