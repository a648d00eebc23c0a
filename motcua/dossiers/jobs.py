"""What happens to dossiers by the clock: load, then one action each; one failure never stops the others."""

import logging
from datetime import date, datetime

from django.utils import timezone
from procrastinate.contrib.django import app

from motcua.base.clock import day_of
from motcua.base.errors import Refused
from motcua.dossiers import actions, queries
from motcua.dossiers.queries import orphans, recounting

log = logging.getLogger(__name__)


@app.periodic(cron="15 17 * * *")  # 00:15 in Viet Nam
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


@app.task(retry=5, pass_context=False)
def carry_calendar(since: str, agency: int | None, document: str) -> None:
    """After a change of a calendar: count anew what is due since that day, in that agency and those under it."""
    carry_calendar_at(date.fromisoformat(since), agency=agency, document=document, at=timezone.now())


@app.periodic(cron="45 17 * * *")  # 00:45 in Viet Nam
@app.task(queueing_lock="dossiers-carry-calendar", pass_context=False)
def carry_calendar_nightly(timestamp: int) -> None:
    """Each night: whatever a change of a calendar has not reached, because a machine stopped in the middle, is reached."""
    carry_calendar_at(date.min, agency=None, document="", at=timezone.now())


def carry_calendar_at(since: date, *, agency: int | None, document: str, at: datetime) -> int:
    """Batch after batch, each a short transaction; returns how many due moments moved."""
    moved = 0
    for numbers in recounting.batches(since, agency=agency, at=at):
        moved += actions.recount_dues(numbers, document=document, at=at)
    return moved


@app.task(retry=5, pass_context=False)
def take_over() -> None:
    """After offices ended, or an heir was chosen: those that took over get their open dossiers."""
    take_over_at(timezone.now())


@app.periodic(cron="5 17 * * *")  # 00:05 in Viet Nam: the day has begun
@app.task(queueing_lock="dossiers-take-over", pass_context=False)
def take_over_nightly(timestamp: int) -> None:
    """Each night: a decision about agencies that comes into force today is carried to their dossiers."""
    take_over_at(timezone.now())


def take_over_at(at: datetime) -> int:
    """Batch after batch; returns how many dossiers were taken over."""
    return sum(actions.take_over(one, at=at) for one in orphans.batches(day_of(at)))


@app.periodic(cron="20 1 * * *")  # 08:20 in Viet Nam: it writes to people
@app.task(queueing_lock="dossiers-sweep-drafts", pass_context=False)
def sweep_drafts(timestamp: int) -> None:
    """Each morning: tell the owners of drafts that end soon, and remove those whose time is over."""
    now = timezone.now()
    actions.warn_owners(at=now)
    actions.sweep_drafts(at=now)
