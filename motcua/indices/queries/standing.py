"""Where a unit of a round stands: its points as they are now, whom it is ranked among, and by how much those move."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Any, Final

from django.db.models import Count, Max, Sum

from motcua.base.text import unaccented
from motcua.indices.models import Answer, JudgedUnit, OfficialResult, Round
from motcua.indices.queries.rounds import results
from motcua.indices.queries.seeing import Sight
from motcua.indices.rules.definition import Criterion, Gathering, IndexSet
from motcua.indices.rules.gaps import spread_of
from motcua.indices.rules.ranking import ranks
from motcua.indices.rules.scoring import Figures, Scores, score
from motcua.indices.terms import Missing, Stage, Together

_YEARS_BACK: Final = 5
_JUDGING: Final = (Stage.CHECKING, Stage.APPRAISING, Stage.DECIDING)
_MOST_KEPT: Final = 64


@dataclass(frozen=True)
class Peers:
    """The others a unit is ranked among: units of the same round, or all provinces as last published."""

    scores: tuple[Fraction, ...]
    names: tuple[str, ...]
    year: int
    published: bool
    """Official results of a year, not the round itself."""
    spread: float | None
    """By how much they move from one year to the next; nothing where too little is known."""
    spread_years: tuple[int, ...] = ()

    @property
    def plain(self) -> list[float]:
        """Their scores for statistics."""
        return [float(each) for each in self.scores]


@dataclass(frozen=True)
class Standing:
    """One unit in its round."""

    round: Round
    unit: JudgedUnit
    scores: Scores
    unanswered: int
    """Criteria nobody has answered, for now counted with their least points."""
    unanswered_others: int
    """How many other units have such criteria."""
    peers: Peers
    as_said: bool = False
    """By what the owners say only: judgements are not yet open to this person."""

    @property
    def row(self) -> int:
        """Its row in the scores."""
        return self.scores.units.index(self.unit.name)

    @property
    def total(self) -> Fraction | None:
        """Its score now."""
        return self.scores.totals[self.row]

    @property
    def field(self) -> int:
        """How many are ranked, the unit itself among them."""
        return len(self.peers.scores) + 1

    def rank_of(self, total: Fraction | None) -> int | None:
        """The rank this score has among the others as they stand."""
        if total is None or not self.peers.scores:
            return None
        found = ranks([total, *self.peers.scores], self.scores.definition.ranking)[0]
        return None if found is None else int(found)


def hides_judgements(round_: Round, seen: Sight) -> bool:
    """Whether judgements are still kept from this person: owners read them when they are sent to them."""
    return not seen.whole and Stage(round_.stage) in _JUDGING


def standing(round_: Round, unit: JudgedUnit, *, as_said: bool = False) -> Standing:
    """Where a unit stands; the scores of the round are counted once for each state of its answers."""
    scores, missing = scores_now(round_, as_said=as_said)
    others = sum(1 for name, count in missing.items() if count and name != unit.name)
    return Standing(round_, unit, scores, missing.get(unit.name, 0), others, _peers(round_, unit, scores), as_said)


# The scores of a round, kept as long as nothing of it changes --------------------------------------------------------

_kept: dict[tuple[Any, ...], Any] = {}


def forget() -> None:
    """Count anew: the database behind these scores is another one."""
    _kept.clear()


def scores_now(round_: Round, *, as_said: bool = False) -> tuple[Scores, Mapping[str, int]]:
    """The scores of all units, and how many criteria of each were counted with their least points for want of an answer."""
    found: tuple[Scores, dict[str, int]] = _once(
        ("scores", as_said, *_stamp(round_)), lambda: filled(results(round_, as_said=as_said))
    )
    return found


def _stamp(round_: Round) -> tuple[Any, ...]:
    seen = Answer.objects.filter(round=round_).aggregate(n=Count("pk"), versions=Sum("version"), last=Max("changed_at"))
    return (round_.pk, round_.set_version.sha256, round_.version, seen["n"], seen["versions"], seen["last"])


def _once(key: tuple[Any, ...], make: Callable[[], Any]) -> Any:
    if key not in _kept:
        found = make()
        if len(_kept) >= _MOST_KEPT:
            _kept.pop(next(iter(_kept)))
        _kept[key] = found
    return _kept[key]


def filled(scores: Scores) -> tuple[Scores, dict[str, int]]:
    """Where a criterion has no points, a unit gets its least for now, so that it can be seen where it stands and what is lost.

    Only where that changes nothing (what is missing adds nothing to the sum), or where the unit would have no score at all:
    a definition that leaves out what does not apply, and counts the rest up, is left as it is.
    """
    definition = scores.definition
    nothing = {leaf.code for leaf in definition.leaves if leaf.least == 0 and _adds_nothing(leaf, definition)}
    missing = {
        unit: sum(
            1
            for leaf in definition.leaves
            if scores.parts[leaf.code][row] is None and (scores.totals[row] is None or leaf.code in nothing)
        )
        for row, unit in enumerate(scores.units)
    }
    if not any(missing.values()):
        return scores, missing
    judged = {
        leaf.code: [
            leaf.least if points is None and (total is None or leaf.code in nothing) else points
            for total, points in zip(scores.totals, scores.parts[leaf.code], strict=True)
        ]
        for leaf in definition.leaves
    }
    return score(definition, Figures(scores.units, {}), judged), missing


def _adds_nothing(leaf: Criterion, definition: IndexSet) -> bool:
    """Whether a criterion without points only adds nothing to whatever gathers it."""
    return all(
        isinstance(node.rule, Gathering) and node.rule.together is Together.SUM and node.rule.missing is Missing.SKIP
        for node in definition.above[leaf.code]
    )


# The others -----------------------------------------------------------------------------------------------------------


def _peers(round_: Round, unit: JudgedUnit, scores: Scores) -> Peers:
    if len(scores.units) > 1:
        beside = [
            (name, total)
            for name, total in zip(scores.units, scores.totals, strict=True)
            if total is not None and name != unit.name
        ]
        spread, used = _spread(rounds_before(round_))
        return Peers(tuple(t for _n, t in beside), tuple(n for n, _t in beside), round_.year, False, spread, used)
    index = round_.set_version.index
    years = official_years(index, round_.year)
    if not years:
        return Peers((), (), round_.year, True, None)
    last = max(years)
    own = unaccented(unit.name)
    others = {name: value for key, (name, value) in years[last].items() if not _is_own(key, own)}
    moving = {y: {key: v for key, (_name, v) in rows.items() if not _is_own(key, own)} for y, rows in years.items()}
    spread, used = _spread(moving)
    return Peers(tuple(others.values()), tuple(others), last, True, spread, used)


def _is_own(key: str, own: str) -> bool:
    return bool(key) and (own == key or own.endswith(f" {key}"))


def official_years(index: str, until: int) -> dict[int, dict[str, tuple[str, Fraction]]]:
    """Published scores of an index in the last years: year → key of the unit → its name and score."""
    rows = OfficialResult.objects.filter(
        index=index, year__lte=until, year__gt=until - _YEARS_BACK, score__isnull=False
    ).order_by("year", "pk")
    found: dict[int, dict[str, tuple[str, Fraction]]] = {}
    for row in rows:
        if row.score is not None:
            found.setdefault(row.year, {})[row.unit_key] = (row.unit, Fraction(row.score))
    return found


def rounds_before(round_: Round) -> dict[int, dict[str, Fraction]]:
    """Results of the same index for the same kind of unit in the published rounds before: year → unit → score."""
    before = Round.objects.filter(
        set_version__index=round_.set_version.index,
        kind=round_.kind,
        organiser=round_.organiser_id,
        stage=Stage.PUBLISHED.value,
        year__lt=round_.year,
        year__gt=round_.year - _YEARS_BACK,
    ).order_by("year", "pk")
    return {one.year: _frozen_scores(one) for one in before}


def _frozen_scores(round_: Round) -> dict[str, Fraction]:
    rows: Iterable[dict[str, Any]] = (round_.results or {}).get("rows", ())
    return {str(row["unit"]): Fraction(row["score"]) for row in rows if row["score"] is not None}


def _spread(years: Mapping[int, Mapping[str, Fraction]]) -> tuple[float | None, tuple[int, ...]]:
    pairs = [(a, b) for a, b in pairwise(sorted(years)) if b == a + 1]
    changes = [
        [float(years[b][unit] - years[a][unit]) for unit in sorted(set(years[a]) & set(years[b]))] for a, b in pairs
    ]
    return spread_of(changes), tuple(sorted({year for pair in pairs for year in pair}))
