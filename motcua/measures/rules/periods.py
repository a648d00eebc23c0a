"""Periods of reports: a month 2026-10, a quarter 2026-Q3, a year 2026."""

import re
from datetime import date, timedelta
from typing import Final, NamedTuple

from motcua.base.errors import Refused

_WRITTEN: Final = re.compile(r"([0-9]{4})(?:-(?:(0[1-9]|1[0-2])|Q([1-4])))?")
EARLIEST: Final = 2000
LATEST: Final = 2999
"""The years that may be asked for."""


class Period(NamedTuple):
    """From its first to its last day, both within it."""

    text: str
    first: date
    last: date

    @classmethod
    def parse(cls, text: str) -> "Period":
        """Read the written form; anything else is refused with a sentence."""
        match = _WRITTEN.fullmatch(text.strip())
        if match is None:
            raise Refused(f"Không đọc được kỳ “{text[:20]}”. Viết 2026-10 (tháng), 2026-Q3 (quý) hoặc 2026 (năm).")
        if not EARLIEST <= int(match[1]) <= LATEST:
            raise Refused(f"Kỳ “{text[:20]}” không có số liệu.")
        return cls.of(match[0])

    @classmethod
    def of(cls, text: str) -> "Period":
        """The period of a text that we wrote ourselves: also of the years before those that may be asked for."""
        match = _WRITTEN.fullmatch(text)
        assert match is not None, text
        year, month, quarter = int(match[1]), match[2], match[3]
        first_month = int(month) if month else 3 * int(quarter) - 2 if quarter else 1
        months = 1 if month else 3 if quarter else 12
        begin = date(year, first_month, 1)
        after = year + (first_month + months - 1) // 12, (first_month + months - 1) % 12 + 1
        return cls(match[0], begin, date(*after, 1) - timedelta(days=1))

    def by_months(self) -> "list[Period]":
        """Its months, one after another."""
        return [Period.parse(f"{self.first.year}-{month:02}") for month in range(self.first.month, self.last.month + 1)]

    @property
    def last_month(self) -> date:
        """The first day of its last month."""
        return self.last.replace(day=1)

    @property
    def months(self) -> int:
        """How many months it has."""
        return self.last.month - self.first.month + 1
