"""A composite indicator from raw figures: denominate, fill, treat, normalise, gather; every stage kept, every choice said."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

from motcua.base.errors import Refused
from motcua.indices.rules.statistics import aggregating, missing, normalising, outliers
from motcua.indices.rules.statistics.sensitivity import competition_ranks
from motcua.indices.rules.statistics.weighting import effective
from motcua.indices.terms import _

Table = NDArray[np.float64]
Gatherer = Callable[[Table, "Table | None"], Table]

GATHERERS: Final[Mapping[str, Gatherer]] = {
    "arithmetic": aggregating.arithmetic,
    "geometric": aggregating.geometric,
    "harmonic": aggregating.harmonic,
    "median": aggregating.middle,
    "lowest": aggregating.lowest,
    "copeland": aggregating.copeland,
}
_POSITIVE_ONLY: Final = ("geometric", "harmonic")


@dataclass(frozen=True)
class Element:
    """One indicator or one aggregate of a framework."""

    code: str
    parent: str = ""
    weight: float = 1.0
    direction: int = 1
    denominator: str = ""
    level: int = 1


@dataclass(frozen=True)
class Framework:
    """Indicators in the order of the table, aggregates above them, level by level."""

    elements: tuple[Element, ...]
    levels: tuple[tuple[str, ...], ...] = field(init=False)

    def __post_init__(self) -> None:
        """Refuse a framework whose parents do not exist or stand below."""
        by_code = {each.code: each for each in self.elements}
        faults = [
            _("%(code)s: mục trên “%(parent)s” không có hoặc không ở cấp cao hơn.")
            % {"code": one.code, "parent": one.parent}
            for one in self.elements
            if one.parent and (one.parent not in by_code or by_code[one.parent].level <= one.level)
        ]
        if len(by_code) != len(self.elements):
            faults.append(_("Có mã dùng hai lần trong khung chỉ số."))
        if faults:
            raise Refused(faults)
        top = max(each.level for each in self.elements)
        levels = tuple(tuple(one.code for one in self.elements if one.level == at) for at in range(1, top + 1))
        object.__setattr__(self, "levels", levels)

    @property
    def indicators(self) -> tuple[Element, ...]:
        """The columns of the table."""
        return tuple(each for each in self.elements if each.level == 1)

    def children(self, code: str) -> tuple[Element, ...]:
        """What an aggregate gathers."""
        return tuple(each for each in self.elements if each.parent == code)

    def effective_weights(self) -> dict[str, float]:
        """What each element weighs in the index."""
        return effective(
            {one.code: one.weight for one in self.elements}, {o.code: o.parent for o in self.elements if o.parent}
        )


@dataclass(frozen=True)
class Choices:
    """Every choice of a run; the defaults are COINr's, and each is printed in the report."""

    fill: str = ""
    treat: bool = False
    most_winsorised: int = 5
    normalise: str = "minmax"
    gather: tuple[str, ...] = ("arithmetic",)
    enough: float = 0.0

    def in_words(self) -> list[str]:
        """As lines of the report."""
        return [
            _("Điền số liệu thiếu: %s.") % (self.fill or _("không")),
            _("Giá trị ngoại lai: %s.")
            % (_("thay dần tối đa %d điểm") % self.most_winsorised if self.treat else _("để nguyên")),
            _("Chuẩn hóa: %s.") % self.normalise,
            _("Gộp theo từng cấp: %s.") % ", ".join(self.gather),
            _("Cần có ít nhất %g phần số liệu.") % self.enough,
        ]


@dataclass(frozen=True)
class Stages:
    """Each stage as a table, the aggregates by code, what was filled and what was treated."""

    denominated: Table
    filled: Table
    was_missing: NDArray[np.bool_]
    treated: Table
    treatments: tuple[outliers.Treated, ...]
    normalised: Table
    scores: Mapping[str, Table]

    def ranks(self, code: str, digits: int | None = None) -> Table:
        """Ranks of one element, on its value as it is or rounded."""
        values = self.scores[code]
        return competition_ranks(values if digits is None else np.round(values, digits))


def run(
    framework: Framework,
    raw: Table,
    choices: Choices,
    *,
    denominators: Mapping[str, Table] | None = None,
    groups: Sequence[str] | None = None,
    weights: Mapping[str, float] | None = None,
) -> Stages:
    """Every stage of one composite indicator."""
    indicators = framework.indicators
    below = denominators or {}
    denominated = raw.copy()
    for place, one in enumerate(indicators):
        if one.denominator:
            denominated[:, place] = raw[:, place] / below[one.denominator]
    filled = _fill(denominated, choices.fill, groups)
    columns = filled.values.T
    treatments = tuple(
        outliers.treat(column, choices.most_winsorised) if choices.treat else outliers.Treated(column, "", 0)
        for column in columns
    )
    treated = np.stack([each.values for each in treatments], axis=1)
    directions = np.array([one.direction for one in indicators], dtype=float)
    if choices.normalise in ("minmax", "one_to_ten", "zscore"):
        normalised = normalising.WAYS[choices.normalise](treated * directions)
    else:
        ways = normalising.WAYS[choices.normalise]
        normalised = np.stack([ways(column) for column in (treated * directions).T], axis=1)
    scores = gather(framework, normalised, choices, weights)
    return Stages(denominated, filled.values, filled.was_missing, treated, treatments, normalised, scores)


def gather(
    framework: Framework, normalised: Table, choices: Choices, weights: Mapping[str, float] | None = None
) -> dict[str, Table]:
    """From the normalised indicators up to the index."""
    found = {one.code: normalised[:, place] for place, one in enumerate(framework.indicators)}
    for level, codes in enumerate(framework.levels[1:]):
        how = choices.gather[min(level, len(choices.gather) - 1)]
        for code in codes:
            children = framework.children(code)
            x = np.stack([found[child.code] for child in children], axis=1)
            if how in _POSITIVE_ONLY:
                units = [str(row + 1) for row in range(len(x))]
                aggregating.refuse_non_positive(x, units, [child.code for child in children])
            w = np.array([(weights or {}).get(child.code, child.weight) for child in children])
            value = GATHERERS[how](x, w)
            found[code] = np.where(aggregating.enough(x, choices.enough), value, np.nan) if choices.enough else value
    return found


def without_each(framework: Framework, normalised: Table, choices: Choices, level: int = 1) -> dict[str, float]:
    """For each element of a level, the mean absolute change of rank when it is left out."""
    top = framework.levels[-1][0]
    nominal = competition_ranks(gather(framework, normalised, choices)[top])
    found: dict[str, float] = {}
    for code in framework.levels[level - 1]:
        ranks = competition_ranks(gather(framework, normalised, choices, {code: 0.0})[top])
        found[code] = float(np.nanmean(np.abs(ranks - nominal)))
    return found


def strengths_and_weaknesses(
    framework: Framework, normalised: Table, unit: int, count: int = 5
) -> tuple[list[tuple[str, int]], list[tuple[str, int]]]:
    """The indicators in which a unit ranks best and worst; where nobody is better than last, nothing is said."""
    ranks = np.stack([competition_ranks(column) for column in normalised.T], axis=1)
    last = np.nanmax(ranks, axis=0)
    of_unit = [
        (one.code, int(ranks[unit, place]))
        for place, one in enumerate(framework.indicators)
        if np.isfinite(ranks[unit, place]) and ranks[unit, place] < last[place]
    ]
    ordered = sorted(of_unit, key=lambda pair: pair[1])
    return ordered[:count], ordered[::-1][:count]


def _fill(x: Table, how: str, groups: Sequence[str] | None) -> missing.Filled:
    if not how:
        return missing.Filled(x, ~np.isfinite(x))
    if how in ("group_mean", "group_median"):
        if groups is None:
            raise Refused(_("Điền theo nhóm cần biết nhóm của từng đơn vị."))
        ways = {"group_mean": missing.group_mean, "group_median": missing.group_median}
        return ways[how](x, list(groups))
    return {"mean": missing.mean, "median": missing.median}[how](x)
