"""Folding by the clock: every few seconds what has been committed since; figures are exact in between all the same."""

from django.utils import timezone
from procrastinate.contrib.django import app

from motcua.measures import actions


@app.periodic(cron="*/5 * * * * *")
@app.task(queueing_lock="measures-fold", pass_context=False)
def fold_news(timestamp: int) -> None:
    """Fold what is new, so that the part counted from the journal stays short."""
    actions.fold_all(at=timezone.now())
