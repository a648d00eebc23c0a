"""The morning: what the timer does, one action for each task; one failure never stops the others."""

import logging
from datetime import datetime
from typing import NamedTuple

from motcua.base.clock import day_of
from motcua.base.errors import Refused
from motcua.directives.actions.rounds import open_next_period
from motcua.directives.actions.urging import remind, send_weekly_list
from motcua.directives.queries.urging import leads_with_open_tasks, series_to_open, to_remind

log = logging.getLogger(__name__)


class Done(NamedTuple):
    """What one run of the morning did."""

    opened: int
    reminded: int
    weekly: int


def morning(*, at: datetime) -> Done:
    """Open the periods of recurring tasks, send what the ladder says, on Mondays the weekly lists.

    A second run of the same day does nothing.
    """
    opened = 0
    for series in series_to_open(day_of(at)):
        try:
            opened += open_next_period(series, at=at) is not None
        except Refused as refused:
            log.warning("series %s got no task: %s", series.pk, refused)
    reminded = sum(remind(chunk, at=at) for chunk in to_remind(day_of(at)))
    weekly = 0
    if day_of(at).weekday() == 0:
        weekly = sum(send_weekly_list(lead, at=at) for lead in leads_with_open_tasks())
    return Done(opened, reminded, weekly)
