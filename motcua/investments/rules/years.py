"""The plan year: thirteen months, for what is paid out in January still counts for the year before (Luật Đầu tư công)."""

from datetime import date, timedelta
from typing import NamedTuple

from django.utils.translation import gettext as _


class Period(NamedTuple):
    """From 1 January of a plan year to the end of a month; the month is written as its first day."""

    year: int
    month: date

    @property
    def day(self) -> date:
        """The last day counted."""
        return end_of(self.month)

    @property
    def words(self) -> str:
        """ "hết tháng 10/2026", and for January after it "hết tháng 01/2027 (năm kế hoạch 2026)"."""
        return month_words(self.year, self.month)


def months_of(year: int) -> list[date]:
    """The thirteen months in which capital of the year may be paid out, as their first days."""
    return [*(date(year, number, 1) for number in range(1, 13)), date(year + 1, 1, 1)]


def end_of(month: date) -> date:
    """The last day of the month."""
    return (month.replace(day=1) + timedelta(days=32)).replace(day=1) - timedelta(days=1)


def period(year: int, month: date) -> Period | None:
    """The period, if the month belongs to the plan year."""
    first = month.replace(day=1)
    return Period(year, first) if 2000 <= year <= 2100 and first in months_of(year) else None


def month_words(year: int, month: date) -> str:
    """The month, with the plan year where it is another one."""
    if month.year == year:
        return _("tháng %(month)s") % {"month": f"{month:%m/%Y}"}
    return _("tháng %(month)s (năm kế hoạch %(year)d)") % {"month": f"{month:%m/%Y}", "year": year}
