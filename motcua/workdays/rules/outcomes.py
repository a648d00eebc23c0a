"""Early, on time, late: the one comparison that pages, reports and figures share (QĐ 766/QĐ-TTg)."""

from datetime import date, datetime, time, timedelta

from motcua.base.clock import VIET_NAM, day_of, local
from motcua.workdays.rules.calendars import OfficeCalendar
from motcua.workdays.terms import Comparison, Outcome


def outcome(finished: datetime, due: datetime, comparison: Comparison = Comparison.BY_DATE) -> Outcome:
    """Compare the day of finishing with the due day then in force, both in Viet Nam.

    By date, all of the due day is on time. `comparison` is a dated setting of the calendar: see `outcome_of`.
    """
    done, promised = local(finished), local(due)
    if promised < late_before(done) or (comparison is Comparison.BY_MOMENT and done > promised):
        return Outcome.LATE
    return Outcome.EARLY if done.date() < promised.date() else Outcome.ON_TIME


def late_before(now: datetime) -> datetime:
    """What is still open now and was due before this moment is late: midnight, for all of the due day is on time.

    So for lists and figures of what is open, also where ends are compared to the minute: an end is decided once and
    for all, and what is open today is counted by days.
    """
    return datetime.combine(day_of(now), time(), VIET_NAM)


def outcome_of(finished: datetime, due: datetime, calendar: OfficeCalendar, *, received: datetime) -> Outcome:
    """`outcome` by the setting in force on the day of receipt: how every end is judged, signed, withdrawn, stopped or closed."""
    return outcome(finished, due, calendar.setting_on(day_of(received)).comparison)


def latest_apology(due: datetime) -> date:
    """The last day on which the apology slip (M04) is still in time: the day before the due date."""
    return local(due).date() - timedelta(days=1)
