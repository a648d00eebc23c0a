"""The page of the bench tells of trips in the browser what was measured."""

from bench.browser import PAGE, PLACE, Spread, filled


def test_the_page_holds_what_was_measured():
    page = PAGE.read_text(encoding="utf-8")
    assert PLACE.search(page) and filled(page) == page


def test_a_spread_names_values_that_were_there():
    assert Spread.of([float(n) for n in range(100)]) == (50, 90, 95, 99)
    assert Spread.of([3.0]) == (3, 3, 3, 3)
