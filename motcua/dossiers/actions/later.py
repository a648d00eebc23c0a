"""Work too long for the moment in which it is asked for: a job does it, in batches, soon after."""

from typing import Any, Final

from procrastinate.contrib.django import app

CARRY_CALENDAR: Final = "motcua.dossiers.jobs.carry_calendar"
TAKE_OVER: Final = "motcua.dossiers.jobs.take_over"


def later(task: str, **given: Any) -> None:
    """Ask for a job by its name, in the caller's transaction."""
    app.configure_task(task).defer(**given)
