"""In time or late: decided by days alone, on any day one asks about."""

from datetime import date

from django.utils.translation import gettext as _

from motcua.directives.terms import OPEN, Standing, Status


def last_word(status: str, reported_on: date | None, as_of: date) -> date:
    """The day that is held against the deadline.

    What is reported counts by the day of the report: the giver's time for looking at it is not the lead's delay. A report
    that was sent back counts as not made.
    """
    if status in (Status.REPORTED, Status.DONE) and reported_on is not None:
        return reported_on
    return as_of


def is_late(status: str, due_on: date | None, reported_on: date | None, as_of: date) -> bool:
    """Late from the day after the deadline on; what has no deadline, is put off or taken back is never late."""
    if due_on is None or status in (Status.SUSPENDED, Status.CANCELLED):
        return False
    return last_word(status, reported_on, as_of) > due_on


def standing(status: str, due_on: date | None, reported_on: date | None, as_of: date) -> Standing:
    """Which of the columns of a report a task belongs to on that day."""
    if status == Status.CANCELLED:
        return Standing.CANCELLED
    late = is_late(status, due_on, reported_on, as_of)
    if status == Status.DONE:
        return Standing.DONE_LATE if late else Standing.DONE_IN_TIME
    return Standing.OPEN_LATE if late else Standing.OPEN_IN_TIME


def days_left(due_on: date | None, as_of: date) -> int | None:
    """Days until the deadline; 0 on the day, negative after it."""
    return None if due_on is None else (due_on - as_of).days


def days_late(status: str, due_on: date | None, reported_on: date | None, as_of: date) -> int:
    """How many days late; 0 when in time."""
    if due_on is None or not is_late(status, due_on, reported_on, as_of):
        return 0
    return (last_word(status, reported_on, as_of) - due_on).days


def state_words(status: str, due_on: date | None, reported_on: date | None, as_of: date) -> str:
    """The state in the words of the tracking systems: "Đang thực hiện, quá hạn 3 ngày"."""
    label = str(Status(status).label)
    if status in (Status.CANCELLED, Status.SUSPENDED):
        return label
    late = days_late(status, due_on, reported_on, as_of)
    if late:
        return _("%(state)s, quá hạn %(days)d ngày") % {"state": label, "days": late}
    if due_on is None:
        return _("%(state)s, không hạn") % {"state": label}
    if status == Status.DONE:
        return _("%(state)s đúng hạn") % {"state": label}
    left = days_left(due_on, as_of)
    if status in OPEN and status != Status.REPORTED and left == 0:
        return _("%(state)s, đến hạn hôm nay") % {"state": label}
    return _("%(state)s, trong hạn") % {"state": label}
