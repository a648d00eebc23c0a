"""What dossiers do when an app below tells of something."""

from motcua.base.clock import day_of
from motcua.base.models import Entry
from motcua.base.reactions import reacts_to
from motcua.dossiers.actions.later import CARRY_CALENDAR, TAKE_OVER, later
from motcua.dossiers.queries.orphans import orphans
from motcua.organisations.events import AgencyEnded, AgencyOpened
from motcua.workdays.events import ClockSet, DayRemoved, DaySet, OfficeHoursSet


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
    later(CARRY_CALENDAR, since=since, agency=agency, document=document)


@reacts_to(AgencyEnded, AgencyOpened)
def follow_agencies(event: AgencyEnded | AgencyOpened, entry: Entry) -> None:
    """An office ended, or one was opened that may be the one its dossiers wait for. Ends to come are the night's work."""
    if event.on <= day_of(entry.at) and orphans(day_of(entry.at)).exists():
        later(TAKE_OVER)
