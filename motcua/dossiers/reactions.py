"""What dossiers do when an app below tells of something."""

from typing import Final

from procrastinate.contrib.django import app

from motcua.base.models import Entry
from motcua.base.reactions import reacts_to
from motcua.workdays.events import ClockSet, DayRemoved, DaySet, OfficeHoursSet

CARRY: Final = "motcua.dossiers.jobs.carry_calendar"


@reacts_to(DaySet, DayRemoved)
def carry_day(event: DaySet | DayRemoved, entry: Entry) -> None:
    """A day off or a make-up day: what is due on that day or later is counted anew."""
    _carry(event.day.isoformat(), event.agency, event.document)


@reacts_to(OfficeHoursSet)
def carry_hours(event: OfficeHoursSet, entry: Entry) -> None:
    """Other office hours from a day on: what is due from that day on is counted anew."""
    _carry(event.since.isoformat(), event.agency, event.document)


@reacts_to(ClockSet)
def carry_clock(event: ClockSet, entry: Entry) -> None:
    """Another length of the working day, for dossiers received from a day on."""
    _carry(event.since.isoformat(), None, event.document)


def _carry(since: str, agency: int | None, document: str) -> None:
    """Thousands of dossiers may be touched: a job counts them in small batches, so that no other answer waits."""
    app.configure_task(CARRY).defer(since=since, agency=agency, document=document)
