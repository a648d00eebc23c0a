"""What lies behind the scores of an index: what each part weighs, how parts hang together, which choice moves ranks most."""

import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from motcua.base.errors import Refused
from motcua.indices.rules.definition import IndexSet
from motcua.indices.rules.kinds import Points
from motcua.indices.rules.numbers import marked
from motcua.indices.rules.scoring import Figures, Scores, score
from motcua.indices.rules.statistics.relations import correlation, cronbach, principal_components
from motcua.indices.rules.statistics.sensitivity import Sobol, competition_ranks, rank_shift
from motcua.indices.rules.uncertainty import Knot, Plan, leaf_points, sobol_of_choices
from motcua.indices.terms import _

Table = NDArray[np.float64]
_FEWEST: Final = 3
_SHOWN: Final = 5


@dataclass(frozen=True)
class Part:
    """One part below the index: its weight in the whole, how it moves with what it stands in, what leaving it out does."""

    code: str
    parent: str
    weight: float
    with_parent: float | None
    with_index: float | None
    shift_without: float | None


@dataclass(frozen=True)
class Group:
    """One mean or sum: whether its parts measure one thing, and what the first principal component would weigh them."""

    code: str
    alpha: float | None
    explained: float | None
    components: Mapping[str, float]


@dataclass(frozen=True)
class Side:
    """Where one unit stands best and worst among all, by rank."""

    unit: str
    strengths: tuple[tuple[str, int], ...]
    weaknesses: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Analysis:
    """All of it."""

    parts: tuple[Part, ...]
    groups: tuple[Group, ...]
    choices: Sobol
    units: tuple[Side, ...]

    def as_json(self) -> dict[str, Any]:
        """As the command gives it."""
        choices = zip(self.choices.names, self.choices.first, self.choices.total, strict=True)
        return {
            "parts": [vars(one) for one in self.parts],
            "groups": [{**vars(one), "components": dict(one.components)} for one in self.groups],
            "choices": [{"choice": name, "first": float(a), "total": float(b)} for name, a, b in choices],
            "units": [
                {
                    "unit": one.unit,
                    "strengths": [{"code": code, "rank": rank} for code, rank in one.strengths],
                    "weaknesses": [{"code": code, "rank": rank} for code, rank in one.weaknesses],
                }
                for one in self.units
            ],
        }


def analyse(definition: IndexSet, figures: Figures, *, runs: int, spread: float, seed: int) -> Analysis:
    """Everything about one set and its figures; units without a score have no say in it."""
    nominal = score(definition, figures)
    held = [row for row, total in enumerate(nominal.totals) if total is not None]
    if len(held) < _FEWEST:
        raise Refused(_("Cần ít nhất %d đơn vị có điểm để phân tích.") % _FEWEST)
    plan = Plan.of(definition)
    columns = {code: _column(nominal.parts[code], held) for code in (*plan.leaves, *(one.code for one in plan.knots))}
    codes = [*plan.leaves, *(one.code for one in plan.knots)]
    return Analysis(
        _parts(definition, plan, codes, columns, leaf_points(plan, nominal.parts)[held]),
        tuple(_group(knot, codes, columns) for knot in plan.knots),
        sobol_of_choices(definition, figures, samples=runs, spread_of=spread, seed=seed),
        _sides(nominal, plan, held),
    )


def _column(points: Sequence[Points], held: Sequence[int]) -> Table:
    return np.array([np.nan if points[row] is None else float(points[row] or 0) for row in held])


def _parts(
    definition: IndexSet, plan: Plan, codes: Sequence[str], columns: Mapping[str, Table], points: Table
) -> tuple[Part, ...]:
    links = [(knot, place, codes[child]) for knot in plan.knots for place, child in enumerate(knot.children)]
    shifts = _shifts(plan, points, [(knot.code, place) for knot, place, _code in links])
    weights = _weights(definition.root, plan, codes)
    return tuple(
        Part(
            code,
            knot.code,
            weights[knot.code, code],
            _known(correlation(columns[code], columns[knot.code])[0]),
            _known(correlation(columns[code], columns[definition.root])[0]),
            _known(shift),
        )
        for (knot, _place, code), shift in zip(links, shifts, strict=True)
    )


def _weights(root: str, plan: Plan, codes: Sequence[str]) -> dict[tuple[str, str], float]:
    """For each place where a part counts, its share of the whole: its share among its siblings, multiplied up to the top."""
    of: dict[str, float] = {root: 1.0}
    found: dict[tuple[str, str], float] = {}
    for knot in reversed(plan.knots):
        heavy = knot.weights * knot.most
        for child, share in zip(knot.children, heavy / heavy.sum(), strict=True):
            found[knot.code, codes[child]] = of.get(knot.code, 0.0) * float(share)
            of[codes[child]] = of.get(codes[child], 0.0) + found[knot.code, codes[child]]
    return found


def _shifts(plan: Plan, points: Table, left_out: Sequence[tuple[str, int]]) -> Table:
    """The mean absolute change of rank when one part after the other is left out."""
    weights = {knot.code: np.tile(knot.weights, (len(left_out), 1)) for knot in plan.knots}
    for run, (code, place) in enumerate(left_out):
        weights[code][run, place] = 0.0
    with np.errstate(invalid="ignore", divide="ignore"), warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # leaving out the only part leaves nothing: no rank, no shift
        totals = np.broadcast_to(plan.totals(points, weights), (len(left_out), len(points)))
        return rank_shift(plan.ranks(totals), plan.ranks(plan.totals(points)))


def _group(knot: Knot, codes: Sequence[str], columns: Mapping[str, Table]) -> Group:
    names = [codes[child] for child in knot.children]
    x = np.stack([columns[name] for name in names], axis=1)
    whole = x[np.isfinite(x).all(axis=1)]
    moving = [at for at in range(x.shape[1]) if len(whole) >= _FEWEST and np.ptp(whole[:, at]) > 0]
    if len(moving) < 2:
        return Group(knot.code, None, None, {})
    found = principal_components(whole[:, moving])
    first = {names[at]: float(w) for at, w in zip(moving, found.weights, strict=True)}
    return Group(knot.code, _known(cronbach(x)), float(found.explained[0]), first)


def _sides(nominal: Scores, plan: Plan, held: Sequence[int]) -> tuple[Side, ...]:
    ranks = {code: competition_ranks(_column(nominal.parts[code], held)) for code in plan.leaves}
    found = []
    for row, at in enumerate(held):
        own = [
            (code, int(column[row]))
            for code, column in ranks.items()
            if np.isfinite(column[row]) and column[row] < np.nanmax(column)
        ]
        best = sorted(own, key=lambda pair: pair[1])[:_SHOWN]
        behind = [
            (code, int(column[row]))
            for code, column in ranks.items()
            if np.isfinite(column[row]) and column[row] > 1 and (code, int(column[row])) not in best
        ]
        worst = sorted(behind, key=lambda pair: -pair[1])[:_SHOWN]
        found.append(Side(nominal.units[at], tuple(best), tuple(worst)))
    return tuple(found)


def _known(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None


def choices_in_words(runs: int, spread: float) -> dict[str, str]:
    """What was done, for the record."""
    return {
        _("Tương quan"): _("Pearson, các cặp đủ số liệu, trên điểm của từng phần"),
        _("Alpha Cronbach"): _("trên điểm của các phần trong một mục, không chuẩn hóa"),
        _("Trọng số thực"): _("phần của mỗi mục trong tổng: trọng số × điểm tối đa, nhân dần từ dưới lên"),
        _("Bỏ từng phần"): _("trung bình số bậc thay đổi của các đơn vị khi phần ấy có trọng số 0"),
        _("Sobol"): _("%(runs)d mẫu; mỗi trọng số × U(%(low)g; %(high)g), cách chuẩn hóa, cách gộp")
        % {"runs": runs, "low": 1 - spread, "high": 1 + spread},
    }


def in_words(found: Analysis) -> list[str]:
    """The analysis as tables for a person."""
    lines = [
        f"{_('Phần'):<28}  {_('Thuộc'):<16}  {_('Trọng số'):>9}  {_('Với mục'):>8}  {_('Với tổng'):>8}  {_('Bỏ đi'):>7}"
    ]
    lines += [
        f"{one.code:<28}  {one.parent:<16}  {_said(one.weight):>9}  {_said(one.with_parent):>8}"
        f"  {_said(one.with_index):>8}  {_said(one.shift_without, 2):>7}"
        for one in found.parts
    ]
    lines += ["", f"{_('Mục'):<28}  {_('Alpha'):>8}  {_('Thành phần chính 1'):>18}"]
    lines += [f"{one.code:<28}  {_said(one.alpha):>8}  {_said(one.explained):>18}" for one in found.groups]
    lines += ["", f"{_('Lựa chọn'):<28}  {'Si':>8}  {'STi':>8}"]
    choices = zip(found.choices.names, found.choices.first, found.choices.total, strict=True)
    lines += [f"{name:<28}  {_said(float(a)):>8}  {_said(float(b)):>8}" for name, a, b in choices]
    lines += ["", _("Mạnh, yếu của từng đơn vị (hạng trong từng phần)")]
    for side in found.units:
        best = ", ".join(f"{code} {rank}" for code, rank in side.strengths) or "–"
        worst = ", ".join(f"{code} {rank}" for code, rank in side.weaknesses) or "–"
        lines.append(f"{side.unit:<28}  + {best}  |  − {worst}")
    return lines


def _said(value: float | None, digits: int = 3) -> str:
    return "–" if value is None else marked(f"{value:.{digits}f}")
