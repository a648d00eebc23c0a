"""Which open dossiers a changed calendar may touch."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Final

from django.db.models import QuerySet

from motcua.base.clock import VIET_NAM, day_of
from motcua.dossiers.models import Dossier
from motcua.dossiers.terms import UNDER_CLOCK
from motcua.organisations import queries as organisations

BATCH: Final = 200


def batches(since: date, *, agency: int | None, at: datetime) -> Iterator[list[int]]:
    """The numbers of dossiers under the clock that are due on that day or later, in batches by their keys.

    A due moment before the day cannot hang on it. For an agency: those that it decides, or an office under it.
    """
    rows = _due_since(since)
    if agency is not None:
        offices = {*organisations.subtree_ids(agency, max(since, date(1900, 1, 1))), agency}
        rows = rows.filter(deciding__in=sorted(offices | set(organisations.subtree_ids(agency, day_of(at)))))
    last = 0
    while numbers := list(rows.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:BATCH]):
        yield numbers
        last = numbers[-1]


def _due_since(since: date) -> QuerySet[Dossier]:
    rows = Dossier.objects.filter(status__in=UNDER_CLOCK)
    if since <= date.min + timedelta(days=1):
        return rows
    return rows.filter(due_at__gte=datetime.combine(since, time.min, VIET_NAM))
