"""The red list: agencies and projects below the declared thresholds at the end of a month."""

from datetime import date
from decimal import Decimal
from typing import Final, NamedTuple

from motcua.investments.models import Project
from motcua.investments.queries.lists import Row, rows_of
from motcua.investments.queries.positions import Province, by, province
from motcua.investments.queries.seeing import red_line_on
from motcua.investments.queries.wishes import Filter
from motcua.investments.rules import Line, Period, Position, bar_of, below, red_reasons
from motcua.organisations import queries as agencies

MOST: Final = 100


class RedAgency(NamedTuple):
    """An investor below the line."""

    agency: int
    name: str
    position: Position
    own: Decimal | None
    under: Decimal | None
    reasons: list[str]


class RedProject(NamedTuple):
    """A project below the line."""

    row: Row
    own: Decimal | None
    under: Decimal | None
    reasons: list[str]


class RedList(NamedTuple):
    """Who stands below, against which line; without a line nobody does."""

    line: Line | None
    mean: Decimal | None
    bar: Decimal | None
    agencies: list[RedAgency]
    projects: list[RedProject]
    more_projects: int
    whole: Province


def red_list(at: Period, today: date, asked: Filter = Filter()) -> RedList:  # noqa: B008  a frozen value
    """By the thresholds in force on the last day of the period, or today while it lasts; the most capital left first."""
    whole = province(at)
    line = red_line_on(min(at.day, today))
    if line is None:
        return RedList(None, None, None, [], [], 0, whole)
    mean = whole.rate(line.basis)
    low = {key: one for key, one in by("investor", at, asked).items() if below(one, line, mean)}
    few = {key: one for key, one in by("project", at, asked).items() if below(one, line, mean)}
    shown = sorted(few, key=lambda one: (-few[one].left, one))[:MOST]
    projects = Project.objects.in_bulk(shown)
    rows = rows_of([projects[one] for one in shown], at, asked, today)
    bar = bar_of(line, mean)
    return RedList(
        line,
        mean,
        bar,
        _agencies(low, line, mean, today),
        [RedProject(one, *_under(one.position, line, bar), red_reasons(one.position, line, mean)) for one in rows],
        len(few) - len(shown),
        whole,
    )


def _agencies(low: dict[int, Position], line: Line, mean: Decimal | None, today: date) -> list[RedAgency]:
    names, bar = agencies.names_on(low, today), bar_of(line, mean)
    order = sorted(low, key=lambda one: (low[one].rate(line.basis) or 0, one))
    return [
        RedAgency(one, names[one], low[one], *_under(low[one], line, bar), red_reasons(low[one], line, mean))
        for one in order
    ]


def _under(position: Position, line: Line, bar: Decimal | None) -> tuple[Decimal | None, Decimal | None]:
    """The own rate, and how many points it is under the line."""
    own = position.rate(line.basis)
    return own, None if own is None or bar is None else bar - own


def reasons_of(project: Project, at: Period, today: date) -> list[str]:
    """Why this project stands on the red list; empty when it does not."""
    line = red_line_on(min(at.day, today))
    position = by("project", at, Filter(projects=(project.pk,))).get(project.pk)
    return red_reasons(position, line, province(at).rate(line.basis)) if line and position else []
