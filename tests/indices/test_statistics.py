"""Ways of the engine that the oracle's example does not use, on figures one can work out by hand."""

from math import log

import numpy as np
import pytest

from motcua.indices.rules.statistics import missing, normalising, outliers, weighting


def test_a_year_between_the_ends_of_all_years_so_far() -> None:
    found = normalising.cumulative_minmax(np.array([2.0, 4.0, np.nan]), np.array([0.0, 10.0, 5.0]))
    np.testing.assert_allclose(found, [2.8, 4.6, np.nan])


def test_what_is_missing_is_taken_from_the_year_before() -> None:
    values, filled = missing.carry_forward(np.array([np.nan, 2.0]), np.array([5.0, 7.0]))
    np.testing.assert_array_equal(values, [5.0, 2.0])
    np.testing.assert_array_equal(filled, [True, False])


@pytest.mark.parametrize(("power", "wanted"), [(0, [0, log(2), log(4)]), (1, [0, 1, 3]), (2, [0, 1.5, 7.5])])
def test_box_cox_by_its_power(power: float, wanted: list[float]) -> None:
    found = outliers.box_cox(np.array([5.0, 6.0, 8.0]), power)
    np.testing.assert_allclose(found, wanted)
    if power == 0:
        np.testing.assert_allclose(outliers.log_ct_original(np.array([5.0, 6.0, 8.0])), wanted)


def test_two_columns_that_move_together_weigh_the_same() -> None:
    np.testing.assert_allclose(weighting.from_components(np.array([[1.0, 10.0], [2.0, 20.0], [4.0, 40.0]])), [0.5, 0.5])
