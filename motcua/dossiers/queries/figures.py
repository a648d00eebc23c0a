"""How the one-stop serves, in four figures; one statement over the last days of the journal and the open dossiers."""

from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple

from django.db import connection

from motcua.dossiers.terms import UNDER_CLOCK, Status
from motcua.workdays.rules import late_before

DAYS: Final = 30

_FIGURES: Final = """
WITH recent AS (
    SELECT name, at, facts FROM journal_entry
     WHERE at >= %(since)s AND name IN ('dossiers.ResultSigned', 'dossiers.DossierRated')
), signed AS (
    SELECT recent.at - dossier.received_at AS took, recent.facts->>'outcome' AS outcome
      FROM recent JOIN dossiers_dossier dossier ON dossier.id = (recent.facts->>'dossier')::bigint
     WHERE recent.name = 'dossiers.ResultSigned'
), running AS (
    SELECT count(*) FILTER (WHERE status <> 'need_more') AS open, count(*) FILTER (WHERE due_at < %(late_before)s) AS late
      FROM dossiers_dossier WHERE status = ANY(%(running)s)
), rated AS (
    SELECT count(*) AS number, avg((facts->>'score')::int) AS mean FROM recent WHERE name = 'dossiers.DossierRated'
)
SELECT (SELECT count(*) FROM signed), (SELECT count(*) FROM signed WHERE outcome IN ('early', 'on_time')),
       (SELECT extract(epoch FROM percentile_cont(0.5) WITHIN GROUP (ORDER BY took)) FROM signed),
       running.open, running.late, rated.number, rated.mean
  FROM running, rated
"""


class Served(NamedTuple):
    """The last thirty days and this moment."""

    signed: int
    on_time: int
    median_hours: float | None
    open: int
    late: int
    rated: int
    mean_score: float | None

    @property
    def judged(self) -> int:
        """Results of the period and the promises already broken: who waits in vain is not left out of the share."""
        return self.signed + self.late

    @property
    def share_on_time(self) -> float | None:
        """Per cent of the judged that kept their promise; None where nothing was due."""
        return 100 * self.on_time / self.judged if self.judged else None


def served(at: datetime) -> Served:
    """How it goes, as of the moment. Early, on time and late were decided when the result was signed."""
    known: dict[str, Any] = {
        "since": at - timedelta(days=DAYS),
        "late_before": late_before(at),
        "running": [str(one) for one in (*UNDER_CLOCK, Status.NEED_MORE)],
    }
    with connection.cursor() as cursor:
        cursor.execute(_FIGURES, known)
        signed, on_time, median, running, late, rated, mean = cursor.fetchone()
    return Served(
        signed,
        on_time,
        None if median is None else float(median) / 3600,
        running,
        late,
        rated,
        None if mean is None else float(mean),
    )
