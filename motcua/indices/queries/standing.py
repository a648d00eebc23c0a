"""Where a unit of a round stands: its points as they are now, whom it is ranked among, and by how much those move."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, partial
from itertools import pairwise
from typing import Final

from django.db.models import Count, Max, QuerySet

from motcua.base.text import unaccented
from motcua.indices.models import JudgedUnit, OfficialResult, Round
from motcua.indices.queries.frozen import frozen_scores
from motcua.indices.queries.keeping import Stamp, is_kept, kept, stamp
from motcua.indices.queries.rounds import definition_of_round, results, units_of
from motcua.indices.queries.seeing import Sight
from motcua.indices.rules.definition import Criterion, Gathering, IndexSet
from motcua.indices.rules.gaps import Lost, lost_points, spread_of
from motcua.indices.rules.kinds import Points
from motcua.indices.rules.official import is_made_up
from motcua.indices.rules.ranking import ranks
from motcua.indices.rules.scoring import Figures, Scores, each_alone, score, side_by_side
from motcua.indices.terms import Missing, Stage, Together

_YEARS_BACK: Final = 5
_JUDGING: Final = (Stage.CHECKING, Stage.APPRAISING, Stage.DECIDING)


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
    made_up: bool = False
    """Of the published results at least one year that counts here is made up."""

    @cached_property
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
    state: Stamp | None = None

    @property
    def lost(self) -> list[Lost]:
        """Every criterion below its most points, the largest gain first; counted once for each state of the answers."""
        if self.state is None:
            return lost_points(self.scores, self.unit.name)
        key = ("lost", self.as_said, self.state, self.unit.pk)
        return kept(key, lambda: lost_points(self.scores, self.unit.name))

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
    state = stamp(round_)
    scores, missing = _filled(round_, state, as_said=as_said)
    others = sum(1 for name, count in missing.items() if count and name != unit.name)
    return Standing(
        round_, unit, scores, missing.get(unit.name, 0), others, _peers(round_, unit, scores), as_said, state
    )


# The scores of a round, kept as long as nothing of it changes


def _filled(round_: Round, state: Stamp, *, as_said: bool) -> tuple[Scores, Mapping[str, int]]:
    """The scores of all units, and how many criteria of each were counted with their least points for want of an answer."""
    return kept(("filled", as_said, state), lambda: filled(_results(round_, state, as_said=as_said)))


def results_now(round_: Round, *, as_said: bool = False) -> Scores:
    """The scores as they stand, nothing put in the place of what nobody has said."""
    return _results(round_, stamp(round_), as_said=as_said)


def _results(round_: Round, state: Stamp, *, as_said: bool) -> Scores:
    return kept(("results", as_said, state), lambda: _together(round_, state, as_said=as_said))


def _together(round_: Round, state: Stamp, *, as_said: bool) -> Scores:
    """Where each unit is counted alone, only those are counted of which an answer changed."""
    definition = definition_of_round(round_)
    if not each_alone(definition):
        return results(round_, as_said=as_said)
    units, own = units_of(round_), {one[0]: one for one in state.units}

    def key(unit: int) -> Hashable:
        return "unit", as_said, state.definition, own.get(unit)

    fresh = [(pk, name) for pk, name in units if not is_kept(key(pk))]
    counted = results(round_, as_said=as_said, only=[pk for pk, _name in fresh]) if fresh else None
    made = {} if counted is None else {pk: _row(counted, row) for row, (pk, _name) in enumerate(fresh)}

    def parts(unit: int) -> Mapping[str, Points]:
        return made[unit] if unit in made else _row(results(round_, as_said=as_said, only=[unit]), 0)

    return side_by_side(
        definition, [name for _pk, name in units], [kept(key(pk), partial(parts, pk)) for pk, _name in units]
    )


def _row(scores: Scores, row: int) -> dict[str, Points]:
    return {code: column[row] for code, column in scores.parts.items()}


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


# The others


def _peers(round_: Round, unit: JudgedUnit, scores: Scores) -> Peers:
    if len(scores.units) > 1:
        beside = [
            (name, total)
            for name, total in zip(scores.units, scores.totals, strict=True)
            if total is not None and name != unit.name
        ]
        spread, used = _spread_before(round_)
        return Peers(tuple(t for _n, t in beside), tuple(n for n, _t in beside), round_.year, False, spread, used)
    index, year, own = round_.set_version.index, round_.year, unaccented(unit.name)
    state = _published_rows(index, year).order_by().aggregate(last=Max("pk"), rows=Count("pk"))
    key = ("provinces", index, year, own, state["last"], state["rows"])  # what is imported anew has new numbers
    return kept(key, lambda: _provinces(index, year, own))


def _provinces(index: str, year: int, own: str) -> Peers:
    """All other provinces as last published, and by how much they move from year to year."""
    years = official_years(index, year)
    if not years:
        return Peers((), (), year, True, None)
    last = max(years)
    others = {name: value for key, (name, value) in years[last].items() if not _is_own(key, own)}
    moving = {y: {key: v for key, (_name, v) in rows.items() if not _is_own(key, own)} for y, rows in years.items()}
    spread, used = _spread(moving)
    sources = (
        OfficialResult.objects.filter(index=index, year__in={last, *used}).order_by().values_list("source", flat=True)
    )
    made_up = any(map(is_made_up, sources.distinct()))
    return Peers(tuple(others.values()), tuple(others), last, True, spread, used, made_up)


def _is_own(key: str, own: str) -> bool:
    return bool(key) and (own == key or own.endswith(f" {key}"))


def official_years(index: str, until: int) -> dict[int, dict[str, tuple[str, Fraction]]]:
    """Published scores of an index in the last years: year → key of the unit → its name and score."""
    found: dict[int, dict[str, tuple[str, Fraction]]] = {}
    for row in _published_rows(index, until).order_by("year", "pk"):
        if row.score is not None:
            found.setdefault(row.year, {})[row.unit_key] = (row.unit, Fraction(row.score))
    return found


def _published_rows(index: str, until: int) -> QuerySet[OfficialResult]:
    return OfficialResult.objects.filter(
        index=index, year__lte=until, year__gt=until - _YEARS_BACK, score__isnull=False
    )


def _spread_before(round_: Round) -> tuple[float | None, tuple[int, ...]]:
    """By how much units moved in the rounds before; those are published and stay as they are."""
    before = _rounds_before(round_)

    def spread() -> tuple[float | None, tuple[int, ...]]:
        return _spread({year: _totals(pk) for pk, year in before})

    return kept(("spread", before), spread)


def _totals(round_: int) -> dict[str, Fraction]:
    return {name: Fraction(one.total) for name, one in frozen_scores(round_).items() if one.total is not None}


def _rounds_before(round_: Round) -> tuple[tuple[int, int], ...]:
    """The published rounds before, of the same index for the same kind of unit: number and year."""
    before = Round.objects.filter(
        set_version__index=round_.set_version.index,
        kind=round_.kind,
        organiser=round_.organiser_id,
        stage=Stage.PUBLISHED.value,
        year__lt=round_.year,
        year__gt=round_.year - _YEARS_BACK,
    )
    return tuple(before.order_by("year", "pk").values_list("pk", "year"))


def _spread(years: Mapping[int, Mapping[str, Fraction]]) -> tuple[float | None, tuple[int, ...]]:
    pairs = [(a, b) for a, b in pairwise(sorted(years)) if b == a + 1]
    changes = [
        [float(years[b][unit] - years[a][unit]) for unit in sorted(set(years[a]) & set(years[b]))] for a, b in pairs
    ]
    return spread_of(changes), tuple(sorted({year for pair in pairs for year in pair}))
