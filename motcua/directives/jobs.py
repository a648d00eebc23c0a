"""What happens to tasks by the clock: load, then one action each; one failure never stops the others."""

import logging
from datetime import datetime
from typing import NamedTuple

from django.utils import timezone
from procrastinate.contrib.django import app

from motcua.base.clock import day_of
from motcua.base.errors import Refused
from motcua.directives import actions
from motcua.directives.queries.urging import leads_with_open_tasks, series_to_open, to_remind

log = logging.getLogger(__name__)


class Done(NamedTuple):
    """What one run of the morning did."""

    opened: int
    reminded: int
    weekly: int


@app.periodic(cron="30 0 * * *")  # 07:30 in Viet Nam
@app.task(queueing_lock="directives-morning", pass_context=False)
def morning(timestamp: int) -> None:
    """Each morning: open the periods of recurring tasks, send what the ladder says, on Mondays the weekly lists."""
    morning_at(timezone.now())


def morning_at(at: datetime) -> Done:
    """The morning as of that moment; a second run of the same day does nothing."""
    opened = 0
    for series in series_to_open(day_of(at)):
        try:
            opened += actions.open_next_period(series, at=at) is not None
        except Refused as refused:
            log.warning("series %s got no task: %s", series.pk, refused)
    reminded = sum(actions.remind(chunk, at=at) for chunk in to_remind(day_of(at)))
    weekly = 0
    if day_of(at).weekday() == 0:
        weekly = sum(actions.send_weekly_list(lead, at=at) for lead in leads_with_open_tasks())
    return Done(opened, reminded, weekly)
