"""What a person may choose beside the definition before a run: filling gaps, taming outliers, another scale, other weights.

Nothing of it is done unless it is asked for, and everything that was done is told cell by cell in the report of the run. The
outcome is points of the component criteria under a definition that takes them as they are, so that scoring, uncertainty and
analysis go on from there alike.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from statistics import median
from typing import Final

import numpy as np
from numpy.typing import NDArray

from motcua.base.errors import Refused
from motcua.indices.rules.choices import FILLS, OUTLIERS, SCALES, WEIGHTINGS, Choices
from motcua.indices.rules.definition import Criterion, IndexSet, Link
from motcua.indices.rules.kinds import Given, Options, Points, Scaled, Value
from motcua.indices.rules.numbers import as_read, decimal_text
from motcua.indices.rules.scoring import Figures, Scores, score
from motcua.indices.rules.statistics import normalising, outliers, weighting
from motcua.indices.rules.uncertainty import Knot, Plan
from motcua.indices.terms import Empty, Goalposts, Together, _

Column = NDArray[np.float64]
_FINE: Final = 12
_WEIGHT_DIGITS: Final = 6
_FEWEST: Final = 3
_TOLD: Final = 40
_WEIGHTLESS: Final = (Together.MEDIAN, Together.LOWEST)


@dataclass(frozen=True)
class Prepared:
    """What a run goes on from: the definition and the figures, the posts of relative rules, what was done in words."""

    definition: IndexSet
    figures: Figures
    posts: Mapping[str, tuple[Points, Points]]
    done: tuple[str, ...] = ()


@dataclass
class _Work:
    choices: Choices
    groups: Sequence[str]
    told: list[str] = field(default_factory=list)
    touched: set[str] = field(default_factory=set)

    def tell(self, choice: str, title: str, cells: Sequence[str]) -> None:
        """One line for what was done, and each cell of it."""
        self.touched.add(choice)
        self.told.append(title)
        self.told += [f"  {one}" for one in cells[:_TOLD]]
        if len(cells) > _TOLD:
            self.told.append(_("  và %d chỗ nữa") % (len(cells) - _TOLD))


def prepare(definition: IndexSet, figures: Figures, choices: Choices, groups: Sequence[str] = ()) -> Prepared:
    """Carry out the choices in their order: gaps, outliers, points by the rules, gaps of points, scale, weights."""
    if not choices.any:
        return Prepared(definition, figures, score(definition, figures).posts)
    work = _Work(choices, groups)
    columns: dict[str, Sequence[Value]] = dict(figures.columns)
    for leaf in definition.leaves:
        if _is_raw(leaf) and leaf.code in columns:
            columns[leaf.code] = _raw_column(leaf, columns[leaf.code], figures.units, work)
    nominal = score(definition, Figures(figures.units, columns))
    points = {leaf.code: list(nominal.parts[leaf.code]) for leaf in definition.leaves}
    if choices.fill != FILLS[0]:
        for leaf in definition.leaves:
            if leaf.absent is Empty.NONE and not _is_raw(leaf):
                points[leaf.code] = _filled(leaf.code, points[leaf.code], figures.units, work)
        if "fill" not in work.touched:
            work.told.append(_("Điền số liệu thiếu: %s; không ô nào thiếu.") % _FILL_WORDS[choices.fill]())
    if choices.outliers != OUTLIERS[0] and "outliers" not in work.touched:
        work.told.append(_("Giá trị ngoại lai: không cột nào lệch quá mức, không ô nào phải sửa."))
    if choices.scale != SCALES[0]:
        points = {leaf.code: _scaled(leaf, points[leaf.code], choices.scale) for leaf in definition.leaves}
        work.told.append(_("Thang điểm: %s.") % _SCALE_WORDS[choices.scale]())
    plain = _by_points(definition)
    kept = Figures(figures.units, points)
    if choices.weighting != WEIGHTINGS[0]:
        plain = _weighed(plain, kept, work)
    return Prepared(plain, kept, nominal.posts, tuple(work.told))


def _is_raw(leaf: Criterion) -> bool:
    """Whether it is scored from one column of numbers; pairs and option lists are filled by their points."""
    return len(leaf.columns) == 1 and not isinstance(leaf.rule, Options)


def _by_points(definition: IndexSet) -> IndexSet:
    """The same set, its component criteria given by their points."""
    criteria = tuple(
        replace(one, rule=Given()) if one.is_leaf and one.is_scored else one for one in definition.criteria
    )
    return replace(definition, criteria=criteria)


# Gaps and outliers


def _raw_column(leaf: Criterion, values: Sequence[Value], units: Sequence[str], work: _Work) -> list[Value]:
    found: list[Points] = [each if isinstance(each, Fraction) else None for each in values]
    if leaf.absent is Empty.NONE:
        found = _filled(leaf.code, found, units, work)
    if work.choices.outliers == "treat":
        found = _treated(leaf, found, units, work)
    return list(found)


def _filled(code: str, values: Sequence[Points], units: Sequence[str], work: _Work) -> list[Points]:
    how = work.choices.fill
    if how == FILLS[0] or all(each is not None for each in values):
        return list(values)
    groups = work.groups if how.startswith("group-") else [""] * len(units)
    if len(groups) != len(units):
        raise Refused(_("Điền theo nhóm cần biết nhóm của từng đơn vị: ghi tên cột nhóm bằng --groups."))
    middle: Callable[[list[Fraction]], Fraction] = median if how.endswith("median") else _mean
    there: dict[str, list[Fraction]] = {}
    for group, value in zip(groups, values, strict=True):
        if value is not None:
            there.setdefault(group, []).append(value)
    found: list[Points] = []
    cells = []
    for unit, group, value in zip(units, groups, values, strict=True):
        instead = middle(there[group]) if value is None and group in there else value
        found.append(instead)
        if value is None:
            shown = _("không có gì để điền") if instead is None else decimal_text(instead)
            cells.append(f"{unit}, {code}: {shown}")
    work.tell("fill", _("Điền số liệu thiếu ở %(code)s: %(how)s.") % {"code": code, "how": _FILL_WORDS[how]()}, cells)
    return found


def _mean(values: list[Fraction]) -> Fraction:
    return sum(values, Fraction(0)) / len(values)


def _treated(leaf: Criterion, values: Sequence[Points], units: Sequence[str], work: _Work) -> list[Points]:
    """Values far out take the next one's place; where the scale is that of the year, else the logarithm."""
    column = _floats(values)
    if np.isfinite(column).sum() < _FEWEST or outliers.passes(column):
        return list(values)
    scale_free = isinstance(leaf.rule, Scaled) and leaf.rule.goalposts is Goalposts.THIS_YEAR
    first = outliers.winsorise(column, work.choices.most_moved)
    one = outliers.treat(column, work.choices.most_moved) if scale_free else first
    if one.how == "log":
        work.tell("outliers", _("Giá trị ngoại lai ở %s: lấy lô-ga-rít cả cột (thay dần chưa đủ).") % leaf.code, [])
        return [None if each is None else _fine(one.values[row]) for row, each in enumerate(values)]
    exact = {float(each): each for each in values if each is not None}
    found = [None if each is None else exact[float(first.values[row])] for row, each in enumerate(values)]
    cells = [
        f"{unit}, {leaf.code}: {decimal_text(before)} → {decimal_text(after)}"
        for unit, before, after in zip(units, values, found, strict=True)
        if before is not None and after is not None and before != after
    ]
    words = _("Giá trị ngoại lai ở %(code)s: thay dần bằng giá trị kế bên, tối đa %(most)d điểm.")
    work.tell("outliers", words % {"code": leaf.code, "most": work.choices.most_moved}, cells)
    return found


# Scale and weights


def _scaled(leaf: Criterion, values: Sequence[Points], scale: str) -> list[Points]:
    """Points as a share of the most points, on another scale; a column in which all are equal has none."""
    _low, high = leaf.ends
    most = float(high if high is not None else 1)
    column = _floats(values)
    found = _WAYS[scale](column) * most
    return [None if not np.isfinite(each) else _fine(each) for each in found]


def _weighed(definition: IndexSet, figures: Figures, work: _Work) -> IndexSet:
    """The definition with weights from the figures, from below upwards, each group as heavy together as before."""
    for knot in Plan.of(definition).knots:
        children = definition.children[knot.code]
        if len(children) < 2 or knot.rule.together in _WEIGHTLESS:
            continue
        weights = _new_weights(knot, [child.code for child, _w in children], score(definition, figures), work)
        definition = _with_weights(definition, knot.code, weights)
        shown = ", ".join(f"{code} {as_read(weight)}" for code, weight in weights.items())
        work.told.append(_("Trọng số trong %(code)s: %(weights)s.") % {"code": knot.code, "weights": shown})
    return definition


def _new_weights(knot: Knot, codes: Sequence[str], scores: Scores, work: _Work) -> dict[str, Fraction]:
    way = work.choices.weighting
    if way == "equal":
        shares = weighting.equal(len(codes))
    else:  # found on shares of the most points, as all parts stand on one scale there
        x = np.stack([_floats(scores.parts[code]) for code in codes], axis=1) / knot.most
        shares = _from_figures(way, knot.code, codes, x, work)
    heavy = shares / knot.most  # a weight multiplies points: a part of twice the most points would weigh twice as much
    whole = (knot.weights * knot.most).sum() / (heavy * knot.most).sum()
    return {code: Fraction(f"{each:.{_WEIGHT_DIGITS}f}") for code, each in zip(codes, heavy * whole, strict=True)}


def _from_figures(way: str, node: str, codes: Sequence[str], x: NDArray[np.float64], work: _Work) -> Column:
    x = x[np.isfinite(x).all(axis=1)]
    still = [code for place, code in enumerate(codes) if len(x) < _FEWEST or np.ptp(x[:, place]) == 0]
    if still:
        raise Refused(
            _("%(node)s: không tìm được trọng số từ số liệu, vì không có gì khác nhau giữa các đơn vị ở %(codes)s.")
            % {"node": node, "codes": ", ".join(still)}
        )
    if way == "pca":
        shares = weighting.from_components(x)
        below = [code for code, share in zip(codes, shares, strict=True) if share <= 0]
        if below:
            raise Refused(
                _("%(node)s: thành phần chính cho trọng số không dương ở %(codes)s; hãy chọn cách khác.")
                % {"node": node, "codes": ", ".join(below)}
            )
        return shares
    found = weighting.balanced(x)
    reached = ", ".join(f"{code} {each:.3f}" for code, each in zip(codes, found.reached, strict=True))
    work.told.append(
        _("Tối ưu trong %(code)s: phần tương quan với mục đạt %(reached)s; độ lệch bình phương %(gap).2g.")
        % {"code": node, "reached": reached, "gap": found.objective}
    )
    return found.weights


def _with_weights(definition: IndexSet, node: str, weights: Mapping[str, Fraction]) -> IndexSet:
    def linked(one: Criterion) -> Criterion:
        if one.code not in weights:
            return one
        links = tuple(Link(each.parent, weights[one.code]) if each.parent == node else each for each in one.links)
        return replace(one, links=links)

    return replace(definition, criteria=tuple(linked(one) for one in definition.criteria))


def _floats(values: Sequence[Points]) -> Column:
    return np.array([np.nan if each is None else float(each) for each in values])


def _fine(value: float) -> Fraction:
    """A float as the decimal that is printed of it, the same on every machine."""
    return Fraction(f"{value:.{_FINE}g}")


def _of_ranks(column: Column) -> Column:
    return normalising.rank_upwards(column) / max(int(np.isfinite(column).sum()), 1)


_WAYS: Final[Mapping[str, Callable[[Column], Column]]] = {
    "minmax": lambda column: normalising.minmax(column, 0.0, 1.0),
    "zscore": lambda column: normalising.zscore(column, 0.5, 0.1),
    "rank": _of_ranks,
    "percentile": normalising.percentile_rank,
    "leader": normalising.distance_to_leader,
    "share-of-best": normalising.share_of_best,
}
_FILL_WORDS: Final[Mapping[str, Callable[[], str]]] = {
    "mean": lambda: _("trung bình của các đơn vị có số liệu"),
    "median": lambda: _("trung vị của các đơn vị có số liệu"),
    "group-mean": lambda: _("trung bình của các đơn vị cùng nhóm"),
    "group-median": lambda: _("trung vị của các đơn vị cùng nhóm"),
}
_SCALE_WORDS: Final[Mapping[str, Callable[[], str]]] = {
    "minmax": lambda: _("nhỏ nhất – lớn nhất, từ 0 đến điểm tối đa"),
    "zscore": lambda: _("độ lệch chuẩn: trung bình bằng 50 % điểm tối đa, mỗi độ lệch 10 %"),
    "rank": lambda: _("thứ hạng, chia cho số đơn vị, nhân điểm tối đa"),
    "percentile": lambda: _("thứ hạng phần trăm, nhân điểm tối đa"),
    "leader": lambda: _("khoảng cách đến đơn vị dẫn đầu, nhân điểm tối đa"),
    "share-of-best": lambda: _("phần của giá trị tốt nhất, nhân điểm tối đa"),
}
