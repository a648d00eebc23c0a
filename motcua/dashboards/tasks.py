"""Tasks given from above beside the dossiers: how many, done in time, late; the same figures as on the board of tasks."""

from collections import Counter, defaultdict
from datetime import date
from typing import NamedTuple
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from motcua.base.text import sort_key
from motcua.directives.queries import ReportSpec, Sums, totals
from motcua.directives.queries.counting import summed
from motcua.dossiers.queries.offices import authority_of
from motcua.measures.rules.periods import Period
from motcua.organisations import queries as organisations
from motcua.ui import words


class Tasks(NamedTuple):
    """What was given to a unit and those under it in a period, as it stands on a day."""

    sums: Sums
    late: int
    """Late and not done on that day, whenever they were given."""
    share: str
    """Done in time, of those that were due: in words."""

    @property
    def any(self) -> bool:
        """Whether there is anything to show."""
        return bool(self.sums.given or self.late)

    @property
    def due(self) -> bool:
        """Whether any of what was given in the period has come due, so that there is a share in time."""
        return self.sums.on_time_share is not None


def tasks_of(unit: int, period: Period, *, until: date, today: date) -> Tasks | None:
    """The sums for a unit with everything under it; of a province, of all tasks in it. None where no province stands above."""
    root = organisations.root_of(unit)
    if root is None:
        return None
    leads = None if unit == root else frozenset(organisations.subtree_ids(unit, until))
    whole = ReportSpec(root=root, as_of=until, today=today, leads=leads)
    given = ReportSpec(
        root=root, as_of=until, today=today, leads=leads, given_from=period.first, given_until=period.last
    )
    sums = totals(given)
    share = sums.on_time_share
    return Tasks(sums, totals(whole).open_late, "–" if share is None else f"{words.decimal_words(share, 1)}%")


class Line(NamedTuple):
    """The tasks that one authority and its rooms lead."""

    name: str
    sums: Sums
    late: int

    @property
    def share(self) -> str:
        """Done in time, of those that were due: in words."""
        share = self.sums.on_time_share
        return "–" if share is None else f"{words.decimal_words(share, 1)}%"


def lines_of(root: int, period: Period, *, until: date, today: date) -> list[Line]:
    """Every authority of a province that leads any task, the one with the most given first; they add up to `tasks_of`."""
    given = ReportSpec(root=root, as_of=until, today=today, given_from=period.first, given_until=period.last)
    sums: dict[int | None, Sums] = defaultdict(Sums)
    late: Counter[int | None] = Counter()
    for lead, each in summed(given, "lead").items():
        sums[_authority(lead, until)] += each
    for lead, each in summed(ReportSpec(root=root, as_of=until, today=today), "lead").items():
        late[_authority(lead, until)] += each.open_late
    names = organisations.names_on({one for one in {*sums, *late} if one is not None}, until)
    found = [
        Line(names.get(one, "") if one is not None else _("(chưa rõ cơ quan)"), sums[one], late[one])
        for one in {*sums, *late}
    ]
    shown = [one for one in found if one.sums.given or one.late]
    return sorted(shown, key=lambda one: (-one.sums.given, -one.late, sort_key(one.name)))


def _authority(lead: int | None, day: date) -> int | None:
    return None if lead is None else authority_of(lead, day)


def board_address(unit: int, period: Period | None, until: date, column: str = "") -> str:
    """The board of the tasks that a unit leads, of those given in a period or of all; with a column, the list behind that figure."""
    asked = {"ngay": f"{until:%d/%m/%Y}"}
    if unit != organisations.root_of(unit):
        asked["don-vi"] = str(unit)
    if period is not None:
        asked |= {"tu": f"{period.first:%d/%m/%Y}", "den": f"{period.last:%d/%m/%Y}"}
    if column:
        return f"{reverse('directives_desk:board_list')}?{urlencode({**asked, 'cot': column})}"
    return f"{reverse('directives_desk:board')}?{urlencode(asked)}"
