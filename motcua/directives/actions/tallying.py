"""The tally of closed tasks: one more for each that closes. It can be counted anew from the rows of days at any time."""

from collections import Counter
from collections.abc import Iterable
from typing import Any, Final

from django.db import connection, transaction

from motcua.directives import rules
from motcua.directives.models import ClosedTally, Task, TaskSpan
from motcua.directives.terms import Standing, Status

CLOSED: Final = (Status.DONE, Status.CANCELLED)
_COLUMN: Final = {Standing.DONE_IN_TIME: "in_time", Standing.DONE_LATE: "late", Standing.CANCELLED: "cancelled"}


def count_closed(tasks: Iterable[Task | TaskSpan]) -> None:
    """Add tasks that have just closed; the caller leaves out parts of other tasks."""
    found: dict[tuple[Any, ...], Counter[str]] = {}
    for one in tasks:
        standing = rules.standing(one.status, one.due_on, one.reported_on, one.given_on)
        key = (one.root_id, one.giver_id, one.lead_id, str(one.given_by), str(one.field), one.given_on.replace(day=1))
        found.setdefault(key, Counter())[_COLUMN[standing]] += 1
    if not found:
        return
    rows = [
        (*key, counts["in_time"], counts["late"], counts["cancelled"]) for key, counts in sorted(found.items(), key=str)
    ]
    with connection.cursor() as cursor:
        cursor.executemany(
            """INSERT INTO directives_closedtally
                 (root_id, giver_id, lead_id, given_by, field, month, in_time, late, cancelled)
               VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)
               ON CONFLICT ON CONSTRAINT directives_tally_once DO UPDATE SET
                 in_time = directives_closedtally.in_time + excluded.in_time,
                 late = directives_closedtally.late + excluded.late,
                 cancelled = directives_closedtally.cancelled + excluded.cancelled""",
            rows,
        )


@transaction.atomic
def recount_closed() -> None:
    """Count all closed tasks anew from their rows of days."""
    ClosedTally.objects.all().delete()
    rows = TaskSpan.objects.filter(during__endswith__isnull=True, top=True, status__in=CLOSED).order_by("pk")
    count_closed(rows.iterator(chunk_size=5000))
