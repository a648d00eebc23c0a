"""When there is much to do: the same months of earlier years beside each other, weekdays by months."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Final, NamedTuple

from django.utils.translation import gettext as _

from motcua.measures.queries.boards import Month
from motcua.measures.queries.figures import Figure
from motcua.ui import words

YEARS: Final = 4
"""Years shown beside each other, the running one with them."""
INK: Final = ("h0", "h1", "h2", "h3", "h4")


class Cell(NamedTuple):
    """One figure and its ink: more to do, more ink."""

    text: str
    shade: str
    url: str = ""


class Heat(NamedTuple):
    """A table of ink with what is to be seen in it."""

    finding: str
    heads: list[str]
    rows: list[tuple[str, list[Cell]]]


def ink(value: Decimal, low: Decimal, high: Decimal) -> str:
    """Five steps between the least and the most that is shown."""
    if high <= low:
        return INK[0]
    return INK[min(4, int(5 * (value - low) / (high - low)))]


def by_years(months: Sequence[Month], code: str, address: str) -> Heat:
    """Months down, years across; `address` with the text of a month leads to it."""
    values: dict[tuple[int, int], Figure] = {(one.month.year, one.month.month): one.figures[code] for one in months}
    years = sorted({year for year, _month in values})[-YEARS:]
    shown = {key: one.value for key, one in values.items() if one.value is not None and key[0] in years}
    last = max(values, default=(0, 0))
    whole = {key: value for key, value in shown.items() if key != last}  # the running month is not over
    low, high = min(shown.values(), default=Decimal(0)), max(shown.values(), default=Decimal(0))
    rows = []
    for month in range(1, 13):
        cells = []
        for year in years:
            value = shown.get((year, month))
            text = "–" if value is None else _told(values[year, month])
            cells.append(
                Cell(
                    text, "" if value is None else ink(value, low, high), f"{address}{year}-{month:02}" if value else ""
                )
            )
        rows.append((_("tháng %(month)s") % {"month": month}, cells))
    return Heat(_of_months(whole), [str(year) for year in years], rows)


def _told(figure: Figure) -> str:
    assert figure.value is not None
    if figure.denominator is not None:
        return f"{words.decimal_words(figure.value, 1)}"
    return words.whole(figure.value)


def _of_months(whole: Mapping[tuple[int, int], Decimal]) -> str:
    """Which months of the year are the fullest and the emptiest, on average over the whole months of the years shown."""
    by_month = defaultdict(list)
    for (_year, month), value in whole.items():
        by_month[month].append(value)
    means = {month: sum(each, Decimal(0)) / len(each) for month, each in by_month.items() if len(each) >= 2}
    if len(means) < 2:
        return _("Chưa đủ hai năm để nói tháng nào cao, tháng nào thấp.")
    most, least = max(means, key=lambda one: means[one]), min(means, key=lambda one: means[one])
    told = {"most": most, "high": _mean(means[most]), "least": least, "low": _mean(means[least])}
    return _("Cao nhất thường là tháng %(most)s (trung bình %(high)s), thấp nhất tháng %(least)s (%(low)s).") % told


def _mean(value: Decimal) -> str:
    return words.whole(round(value)) if value >= 10 else words.decimal_words(value, 1)


class Weekday(NamedTuple):
    """One weekday in one month of the year: Mondays in September."""

    weekday: int
    month: int

    @classmethod
    def parse(cls, text: str) -> "Weekday | None":
        """`0-9` of an address; nothing when it is none."""
        weekday, _dash, month = text.partition("-")
        if not (weekday.isdecimal() and month.isdecimal() and len(text) <= 4):
            return None
        found = cls(int(weekday), int(month))
        return found if found.weekday <= 6 and 1 <= found.month <= 12 else None

    @property
    def words(self) -> str:
        """Thứ Hai, tháng 9."""
        return _("%(weekday)s, tháng %(month)s") % {"weekday": words.WEEKDAYS[self.weekday], "month": self.month}

    def days_of(self, days: Mapping[date, int]) -> list[tuple[date, int]]:
        """The days behind its mean, the latest first."""
        mine = [(day, n) for day, n in days.items() if n and (day.weekday(), day.month) == (self.weekday, self.month)]
        return sorted(mine, reverse=True)


def by_weekdays(days: Mapping[date, int], address: str = "") -> Heat:
    """The mean of a weekday in each month of the year, over days on which there was anything.

    `address` with the weekday and the month leads to the days themselves.
    """
    together: dict[tuple[int, int], list[int]] = defaultdict(list)
    for day, count in days.items():
        if count:
            together[day.weekday(), day.month].append(count)
    means = {key: Decimal(sum(each)) / len(each) for key, each in together.items()}
    low, high = min(means.values(), default=Decimal(0)), max(means.values(), default=Decimal(0))
    shown = [one for one in range(7) if any((one, month) in means for month in range(1, 13))]
    rows = [
        (
            str(words.WEEKDAYS[weekday]),
            [
                Cell(
                    _mean(means[weekday, month]),
                    ink(means[weekday, month], low, high),
                    f"{address}{weekday}-{month}#cac-ngay" if address else "",
                )
                if (weekday, month) in means
                else Cell("–", "")
                for month in range(1, 13)
            ],
        )
        for weekday in shown
    ]
    return Heat(_of_weekdays(days), [str(month) for month in range(1, 13)], rows)


def _of_weekdays(days: Mapping[date, int]) -> str:
    counts: dict[int, list[int]] = defaultdict(list)
    for day, count in days.items():
        if count:
            counts[day.weekday()].append(count)
    means = {one: Decimal(sum(each)) / len(each) for one, each in counts.items() if len(each) >= 8}
    if len(means) < 2:
        return _("Chưa đủ hai tháng để so các ngày trong tuần.")
    most, least = max(means, key=lambda one: means[one]), min(means, key=lambda one: means[one])
    told = {
        "most": words.WEEKDAYS[most],
        "high": _mean(means[most]),
        "least": words.WEEKDAYS[least],
        "low": _mean(means[least]),
    }
    return _("Đông nhất %(most)s (trung bình %(high)s hồ sơ một ngày), vắng nhất %(least)s (%(low)s).") % told
