"""Folding by the clock: every few seconds what has been committed since; figures are exact in between all the same."""

from datetime import timedelta

from django.utils import timezone
from procrastinate.contrib.django import app

from motcua.base.clock import day_of
from motcua.measures import actions


@app.periodic(cron="* * * * * */5")  # the sixth field is the second
@app.task(queueing_lock="measures-fold", pass_context=False)
def fold_news(timestamp: int) -> None:
    """Fold what is new, so that the part counted from the journal stays short."""
    actions.fold_all(at=timezone.now())


@app.periodic(cron="20 17 * * *")  # 00:20 in Viet Nam
@app.task(queueing_lock="measures-hand-down", pass_context=False)
def hand_down(timestamp: int) -> None:
    """Each night: tell the tasks that name a figure its value at the end of the day before."""
    now = timezone.now()
    actions.hand_figures_down(day_of(now) - timedelta(days=1), at=now)
