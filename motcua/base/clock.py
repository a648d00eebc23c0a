"""The clock enters the program here and nowhere else in the rules; days are days in Viet Nam."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

VIET_NAM = ZoneInfo("Asia/Ho_Chi_Minh")


def local(moment: datetime) -> datetime:
    """The moment on a clock in Viet Nam; a moment without a zone is taken to be there already."""
    return moment.replace(tzinfo=VIET_NAM) if moment.tzinfo is None else moment.astimezone(VIET_NAM)


def day_of(moment: datetime) -> date:
    """The day in Viet Nam on which the moment falls."""
    return local(moment).date()
