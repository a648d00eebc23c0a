"""A slow second opinion: walks minute by minute over a written-out calendar, and shares no code with the rules."""

from datetime import date, datetime, time, timedelta

from motcua.base.clock import VIET_NAM

HOLIDAYS = {date(2026, 9, 1), date(2026, 9, 2)}
MAKE_UP = {date(2026, 8, 22)}
MINUTE = timedelta(minutes=1)

Stop = tuple[datetime, datetime | None]


def is_open(moment: datetime) -> bool:
    day, clock = moment.date(), moment.time()
    if day in HOLIDAYS or (day.weekday() > 4 and day not in MAKE_UP):
        return False
    return time(7) <= clock < time(11, 30) or time(13, 30) <= clock < time(17)


def stands(moment: datetime, stops: list[Stop]) -> bool:
    return any(start <= moment and (end is None or moment < end) for start, end in stops)


def working_due(received: datetime, minutes: int, stops: list[Stop]) -> datetime | None:
    """The earliest moment at which so many open minutes have gone by."""
    moment, left = received.replace(second=0, microsecond=0), minutes
    while left:
        if any(end is None and start <= moment for start, end in stops):
            return None
        left -= is_open(moment) and not stands(moment, stops)
        moment += MINUTE
    if any(end is None for _start, end in stops):  # too late to move it, but what stands has no due moment
        return None
    return moment.replace(tzinfo=VIET_NAM)


def calendar_due(received: datetime, days: int, stops: list[Stop]) -> datetime | None:
    """So many times 24 hours while the clock runs, then on to the next open minute."""
    moment, left = received.replace(second=0, microsecond=0), days * 1440
    while left:
        if any(end is None and start <= moment for start, end in stops):
            return None
        left -= not stands(moment, stops)
        moment += MINUTE
    while not is_open(moment):
        moment += MINUTE
    if any(end is None for _start, end in stops):
        return None
    return moment.replace(tzinfo=VIET_NAM)
