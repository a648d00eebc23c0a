"""Gathering columns into one, with weights; the weights of missing values drop out."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from motcua.base.errors import Refused
from motcua.indices.terms import _

Table = NDArray[np.float64]


class Weighed(NamedTuple):
    """Values with gaps as 0, weights with gaps as 0, so that sums need no special case."""

    values: Table
    weights: Table


def _weighed(x: Table, weights: Table | None) -> Weighed:
    there = np.isfinite(x)
    w = np.ones(x.shape[-1]) if weights is None else np.asarray(weights, dtype=float)
    return Weighed(np.where(there, x, 0.0), np.where(there, w, 0.0))


def _over(above: Table, below: Table) -> Table:
    return np.asarray(np.divide(above, below, out=np.full(above.shape, np.nan), where=below != 0))


def arithmetic(x: Table, weights: Table | None = None) -> Table:
    """Σwx/Σw along the last axis."""
    one = _weighed(x, weights)
    return _over((one.values * one.weights).sum(axis=-1), one.weights.sum(axis=-1))


def geometric(x: Table, weights: Table | None = None) -> Table:
    """exp(Σw·ln x/Σw); values must be above 0 (`refuse_non_positive` names those that are not)."""
    there = np.isfinite(x)
    one = _weighed(np.log(np.where(there, x, 1.0)), weights)
    w = np.where(there, one.weights, 0.0)
    return np.asarray(np.exp(_over((one.values * w).sum(axis=-1), w.sum(axis=-1))))


def harmonic(x: Table, weights: Table | None = None) -> Table:
    """Σw/Σ(w/x)."""
    return power_mean(x, -1.0, weights)


def power_mean(x: Table, power: float, weights: Table | None = None) -> Table:
    """(Σw·xᵖ/Σw)^(1/p); the weights of missing values drop out here too."""
    if power == 0:
        return geometric(x, weights)
    there = np.isfinite(x)
    one = _weighed(np.where(there, x, 1.0) ** power, weights)
    w = np.where(there, one.weights, 0.0)
    return np.asarray(_over((one.values * w).sum(axis=-1), w.sum(axis=-1)) ** (1 / power))


def middle(x: Table, weights: Table | None = None) -> Table:
    """The median of the values there are (weights have no say)."""
    there = np.asarray(np.isfinite(x).any(axis=-1))
    return np.where(there, np.nanmedian(np.where(there[..., None], x, 0.0), axis=-1), np.nan)


def lowest(x: Table, weights: Table | None = None) -> Table:
    """The weakest part decides."""
    there = np.asarray(np.isfinite(x).any(axis=-1))
    return np.where(there, np.nanmin(np.where(there[..., None], x, 0.0), axis=-1), np.nan)


def outranking(x: Table, weights: Table | None = None) -> Table:
    """For each pair, the share of weight in which the row is better, half of it where equal; the diagonal is 0."""
    w = np.ones(x.shape[1]) if weights is None else np.asarray(weights, dtype=float)
    w = w / w.sum()
    better = x[:, None, :] > x[None, :, :]
    equal = x[:, None, :] == x[None, :, :]
    found = np.asarray((better * w).sum(axis=-1) + (equal * w).sum(axis=-1) / 2)
    np.fill_diagonal(found, 0.0)
    return found


def copeland(x: Table, weights: Table | None = None) -> Table:
    """Won duels less lost ones."""
    duels = np.sign(outranking(x, weights) - 0.5)
    np.fill_diagonal(duels, 0.0)
    return np.asarray(duels.sum(axis=1))


def enough(x: Table, threshold: float) -> NDArray[np.bool_]:
    """Whether enough of the parts are there for a result."""
    return np.asarray(np.isfinite(x).mean(axis=-1) >= threshold)


def refuse_non_positive(x: Table, units: list[str], codes: list[str]) -> None:
    """Name every unit and indicator that a geometric or harmonic mean cannot take, before anything is computed."""
    rows, columns = np.nonzero(np.isfinite(x) & (x <= 0))
    if len(rows):
        places = [f"{units[row]}, {codes[column]}" for row, column in zip(rows, columns, strict=True)]
        shown = "; ".join(places[:20])
        more = _(" và %d chỗ nữa") % (len(places) - 20) if len(places) > 20 else ""
        raise Refused(
            _("Trung bình nhân và trung bình điều hòa cần giá trị lớn hơn 0: %(places)s%(more)s.")
            % {
                "places": shown,
                "more": more,
            }
        )
