"""The tallies of closed tasks: one more for each that closes. They can be counted anew from the rows of days at any time."""

from collections import Counter
from collections.abc import Iterable
from typing import Any, Final

from django.db import connection, transaction

from motcua.directives import rules
from motcua.directives.models import EVER, ClosedTally, ClosingTally, Grain, Task
from motcua.directives.terms import Standing, Status

CLOSED: Final = (Status.DONE, Status.CANCELLED)
_COLUMN: Final = {Standing.DONE_IN_TIME: "in_time", Standing.DONE_LATE: "late", Standing.CANCELLED: "cancelled"}

_ADDED: Final = """DO UPDATE SET in_time = {0}.in_time + excluded.in_time, late = {0}.late + excluded.late,
                             cancelled = {0}.cancelled + excluded.cancelled"""
_CLOSED: Final = f"""
INSERT INTO directives_closedtally (root_id, giver_id, lead_id, given_by, field, month, in_time, late, cancelled)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)
ON CONFLICT ON CONSTRAINT directives_tally_once {_ADDED.format("directives_closedtally")}
"""
_CLOSING: Final = f"""
INSERT INTO directives_closingtally (root_id, giver_id, lead_id, given_by, field, grain, since, in_time, late, cancelled)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
ON CONFLICT ON CONSTRAINT directives_closing_once {_ADDED.format("directives_closingtally")}
"""


def count_closed(tasks: Iterable[Task]) -> None:
    """Add tasks that have just closed; the caller leaves out parts of other tasks."""
    given: dict[tuple[Any, ...], Counter[str]] = {}
    closing: dict[tuple[Any, ...], Counter[str]] = {}
    for one in tasks:
        assert one.closed_on is not None, "closed tasks only"
        column = _COLUMN[rules.standing(one.status, one.due_on, one.reported_on, one.given_on)]
        key = (one.root_id, one.giver_id, one.lead_id, str(one.given_by), str(one.field))
        given.setdefault((*key, one.given_on.replace(day=1)), Counter())[column] += 1
        month = one.closed_on.replace(day=1)
        times = (
            (Grain.DAY, one.closed_on),
            (Grain.MONTH, month),
            (Grain.YEAR, month.replace(month=1)),
            (Grain.EVER, EVER),
        )
        for grain, since in times:
            closing.setdefault((*key, grain, since), Counter())[column] += 1
    with connection.cursor() as cursor:
        for statement, found in ((_CLOSED, given), (_CLOSING, closing)):
            if found:
                cursor.executemany(statement, [_row(*one) for one in sorted(found.items(), key=str)])


def _row(key: tuple[Any, ...], counts: Counter[str]) -> tuple[Any, ...]:
    return (*key, counts["in_time"], counts["late"], counts["cancelled"])


# The same by the database, of many tasks at once: `{0}` says which.
_STANDING: Final = """
       count(*) FILTER (WHERE status = 'done' AND NOT coalesce(reported_on > due_on, false)),
       count(*) FILTER (WHERE status = 'done' AND reported_on > due_on), count(*) FILTER (WHERE status = 'cancelled')
  FROM directives_task WHERE closed_on IS NOT NULL AND parent_id IS NULL AND {0}
"""
_CLOSED_OF: Final = f"""
INSERT INTO directives_closedtally (root_id, giver_id, lead_id, given_by, field, month, in_time, late, cancelled)
SELECT root_id, giver_id, lead_id, given_by, field, date_trunc('month', given_on)::date, {_STANDING} GROUP BY 1, 2, 3, 4, 5, 6
ON CONFLICT ON CONSTRAINT directives_tally_once {_ADDED.format("directives_closedtally")}
"""
_SINCE: Final = {
    Grain.DAY: "closed_on",
    Grain.MONTH: "date_trunc('month', closed_on)::date",
    Grain.YEAR: "date_trunc('year', closed_on)::date",
    Grain.EVER: f"date '{EVER}'",
}
_CLOSING_OF: Final = tuple(
    f"""
INSERT INTO directives_closingtally (root_id, giver_id, lead_id, given_by, field, grain, since, in_time, late, cancelled)
SELECT root_id, giver_id, lead_id, given_by, field, '{grain}', {since}, {_STANDING} GROUP BY 1, 2, 3, 4, 5, 7
ON CONFLICT ON CONSTRAINT directives_closing_once {_ADDED.format("directives_closingtally")}
"""
    for grain, since in _SINCE.items()
)


def count_closed_of(tasks: str) -> None:
    """Add the closed ones among these tasks, `tasks` being words of the database that give their numbers."""
    _count(f"id IN ({tasks})")


@transaction.atomic
def recount_closed() -> None:
    """Count all closed tasks anew."""
    ClosedTally.objects.all().delete()
    ClosingTally.objects.all().delete()
    _count("true")


def _count(which: str) -> None:
    with connection.cursor() as cursor:
        for statement in (_CLOSED_OF, *_CLOSING_OF):
            cursor.execute(statement.format(which))
