"""Boards: months, units with their uncertainty, times really taken; and what is too small to be published."""

from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.base.clock import day_of
from motcua.dossiers import actions as dossiers
from motcua.dossiers.actions.bulk.sketched import sketch
from motcua.measures import actions
from motcua.measures.queries import boards
from motcua.measures.queries.figures import Asked, figures
from motcua.measures.queries.live import Span, due_in_days
from motcua.measures.rules.fairness import interval, quantile
from motcua.measures.terms import Part
from motcua.organisations.terms import Reading
from motcua.procedures import queries as catalogue
from tests import make
from tests.measures.test_sketched import NOW, kinds_of

CODES = ("received", "handled_in_time_share", "open", "overdue", "average_hours")


@pytest.fixture
def world(db: None, monkeypatch: pytest.MonkeyPatch) -> make.Province:
    """Half a year of two communes, folded but for the last dossiers."""
    monkeypatch.setattr("motcua.measures.actions.folding.BOUND", "true")
    catalogue.forget_offers()
    home = make.province()
    sketch(400, kinds=kinds_of(home), first=date(2026, 6, 1), last=date(2026, 11, 20), now=NOW)
    actions.fold_all(at=NOW)
    late = make.signing(home)
    dossiers.sign(late, by=home.ba_to.leader, at=NOW)
    return home


def test_a_line_of_months_says_what_each_month_said(world: make.Province) -> None:
    line = boards.trend(world.root, CODES, first=date(2026, 7, 1), at=NOW)
    assert [one.month.month for one in line] == [7, 8, 9, 10, 11]
    for this, following in pairwise(line):
        end = following.month - timedelta(days=1)
        asked = Asked(world.root, Span(end, this.month), day_of(NOW), reading=Reading.NOW)
        assert this.figures == figures(asked, CODES).whole, this.month
    assert line[-1].figures == figures(Asked.now(world.root, at=NOW, since=date(2026, 11, 1)), CODES).whole


def test_a_league_table_shows_counts_and_how_sure_they_are(world: make.Province) -> None:
    asked = Asked.now(world.root, at=NOW, since=date(2026, 6, 1))
    whole, lines = boards.league("handled_in_time_share", asked)
    assert {one.agency for one in lines} == {world.ba_to.authority, world.tinh_khe.authority}
    assert sum(one.figure.numerator for one in lines) == whole.numerator
    assert sum(one.figure.denominator or 0 for one in lines) == whole.denominator
    assert [one.rank for one in lines] == [1, 2]
    first, second = lines
    assert first.interval is not None
    assert second.interval is not None
    assert first.interval.low >= second.interval.low
    assert all(one.rank is None for one in boards.league("received", asked)[1])


def test_the_time_procedures_take_is_that_of_their_results(world: make.Province) -> None:
    taken = boards.times_taken(world.root, first=date(2026, 6, 1), at=NOW)
    handled = figures(Asked.now(world.root, at=NOW), ["electronic_share"]).whole["electronic_share"].denominator
    at_once = figures(Asked.now(world.root, at=NOW), ["returned"])
    assert 0 < sum(one.results for one in taken) < (handled or 0)
    assert at_once.whole["returned"].numerator > 0
    assert all(one.median is not None and one.p90 is not None and one.median <= one.p90 for one in taken)


def test_open_dossiers_by_due_day_add_up_to_the_open_ones(world: make.Province) -> None:
    agencies = [world.ba_to.authority, world.tinh_khe.authority]
    days = due_in_days(Part.DECIDING, agencies, date(2026, 1, 1), date(2027, 12, 31))
    found = figures(Asked.now(world.root, at=NOW), ["open", "overdue"]).whole
    assert sum(days.values()) == found["open"].numerator
    assert sum(n for day, n in days.items() if day < day_of(NOW)) == found["overdue"].numerator


def test_a_small_unit_is_not_placed_first_by_luck() -> None:
    few, many = interval(3, 3), interval(297, 300)
    assert few is not None
    assert many is not None
    assert few.low < many.low
    assert interval(0, 0) is None


@given(st.dictionaries(st.integers(0, 100), st.integers(1, 20), min_size=1))
def test_quantiles_are_those_of_the_list(counts: dict[int, int]) -> None:
    values = sorted(value for value, times in counts.items() for _time in range(times))
    for part in (Fraction(1, 2), Fraction(9, 10), Fraction(1)):
        place = -(-len(values) * part.numerator // part.denominator) - 1
        assert quantile(counts, part) == values[place]
