"""What happens to dossiers by the clock: load, then one action each; one failure never stops the others."""

import logging
from datetime import datetime

from django.utils import timezone
from procrastinate.contrib.django import app

from motcua.base.errors import Refused
from motcua.dossiers import actions, queries

log = logging.getLogger(__name__)


@app.periodic(cron="15 0 * * *")
@app.task(queueing_lock="dossiers-close-unanswered", pass_context=False)
def close_unanswered(timestamp: int) -> None:
    """Each night: close the dossiers whose last day for the papers asked for has passed."""
    close_unanswered_at(timezone.now())


def close_unanswered_at(at: datetime) -> int:
    """Close them all, as of that moment; returns how many."""
    closed = 0
    for dossier in queries.unanswered(at):
        try:
            actions.close_unanswered(dossier, at=at)
        except Refused as refused:
            log.info("dossier %s stays open: %s", dossier.reference, refused)
        else:
            closed += 1
    return closed
