"""Counting tries at a door that could be guessed open."""

from datetime import UTC, datetime, timedelta
from typing import Final

from django.db import connection
from django.utils.translation import gettext as _

from motcua.base.errors import Refused
from motcua.base.models import Attempt

KEPT: Final = timedelta(days=1)
"""Longer than any window that is counted in."""


def count_attempt(key: str, *, limit: int, minutes: int, at: datetime, weight: int = 1) -> bool:
    """Count one try under the key; False when more than `limit` tries fell into the running window of `minutes`.

    Counted in its own statement, so that parallel tries in all web processes share one count.
    """
    width = timedelta(minutes=minutes)
    window = datetime.fromtimestamp(at.timestamp() // width.total_seconds() * width.total_seconds(), tz=UTC)
    with connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO base_attempt (key, "window", count) VALUES (%s, %s, %s)
               ON CONFLICT ON CONSTRAINT base_attempt_one_per_window DO UPDATE SET count = base_attempt.count + excluded.count
               RETURNING count""",
            [key[:120], window, weight],
        )
        return int(cursor.fetchone()[0]) <= limit


def demand_attempt(key: str, *, limit: int, minutes: int, at: datetime) -> None:
    """As `count_attempt`, but refuse with a sentence."""
    if not count_attempt(key, limit=limit, minutes=minutes, at=at):
        told = _("Đã thử quá %(limit)d lần. Chờ %(minutes)d phút rồi thử lại.")
        raise Refused(told % {"limit": limit, "minutes": minutes})


def sweep_attempts(*, at: datetime) -> int:
    """Forget the counts of windows long closed, with the telephones, papers and addresses they were counted under."""
    return Attempt.objects.filter(window__lt=at - KEPT).delete()[0]
