"""All rounds of a year: for each index and unit how complete, how many points, and the year before. One statement a table."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from functools import partial
from typing import Any, NamedTuple

from django.db.models import Case, Count, F, Q, Sum, When

from motcua.base.actors import Actor
from motcua.base.clock import day_of
from motcua.indices.models import Answer, JudgedUnit, Round
from motcua.indices.queries.frozen import Score, frozen_by_agency, frozen_scores
from motcua.indices.queries.keeping import is_kept, kept, stamps
from motcua.indices.queries.rounds import definition_of_round, last_day_field
from motcua.indices.queries.seeing import Sight, sight
from motcua.indices.queries.standing import results_now
from motcua.indices.rules.numbers import decimal_text
from motcua.indices.rules.sheets import adds_up
from motcua.indices.terms import Stage


class Cell(NamedTuple):
    """One unit in one round."""

    round: int
    unit: int
    criteria: int
    scored: int
    points: Decimal | None
    before: Decimal | None
    rank: Decimal | None

    @property
    def share(self) -> int:
        """How much is answered, of 100."""
        return 100 * self.scored // self.criteria if self.criteria else 0


@dataclass(frozen=True)
class Standing:
    """One round as a line: how far it has come."""

    round: Round
    criteria: int
    scored: int
    judged: int
    units: int
    last_day: date | None
    days_left: int | None
    example: bool
    runs: bool

    @property
    def share(self) -> int:
        """How much is answered, of 100."""
        return 100 * self.scored // self.criteria if self.criteria else 0


@dataclass(frozen=True)
class Table:
    """Units of one kind against the rounds that judge them."""

    kind: str
    rounds: tuple[Standing, ...]
    rows: tuple[tuple[str, tuple[Cell | None, ...]], ...]


_APPRAISED = Case(
    When(appraised_at__isnull=False, then=F("appraised_points")),
    When(checked_at__isnull=False, then=F("checked_points")),
    default=F("self_points"),
)
_LATEST = Case(When(decided_at__isnull=False, then=F("decided_points")), default=_APPRAISED)


def standings(rounds: Sequence[Round], actor: Actor, at: datetime) -> list[Standing]:
    """The rounds as lines, of each what the person may see."""
    seen = {one.pk: sight(one, actor, at) for one in rounds}
    return _standings(rounds, seen, _counted(rounds, seen), day_of(at))


def _standings(
    rounds: Sequence[Round], seen: Mapping[int, Sight], rows: Sequence[Mapping[str, Any]], today: date
) -> list[Standing]:
    by_round: dict[int, list[Mapping[str, Any]]] = {one.pk: [] for one in rounds}
    for row in rows:
        by_round[row["round"]].append(row)
    found = []
    for one in rounds:
        mine = by_round[one.pk]
        field = last_day_field(Stage(one.stage))
        last = getattr(one, field) if field else None
        found.append(
            Standing(
                round=one,
                criteria=sum(row["criteria"] for row in mine),
                scored=sum(row["scored"] for row in mine),
                judged=sum(row["judged"] for row in mine),
                units=len(mine),
                last_day=last,
                days_left=None if last is None else (last - today).days,
                example=one.set_version.example,
                runs=seen[one.pk].whole,
            )
        )
    return found


def tables(rounds: Sequence[Round], actor: Actor, at: datetime) -> list[Table]:
    """Units against rounds, one table for each kind of unit; only what the person may see."""
    seen = {one.pk: sight(one, actor, at) for one in rounds}
    rows = _counted(rounds, seen)
    counted = {(row["round"], row["unit"]): row for row in rows}
    lines = {one.round.pk: one for one in _standings(rounds, seen, rows, day_of(at))}
    before = _before(rounds)
    units = JudgedUnit.objects.filter(round__in=[one.pk for one in rounds]).order_by("sort_key", "pk")
    by_kind: dict[str, dict[int, tuple[str, dict[int, Cell]]]] = {}
    scores = {one.pk: _scores(one, as_said=one.pk in _hidden(rounds, seen)) for one in rounds if _by_engine(one)}
    kinds = {one.pk: one.kind for one in rounds}
    for unit in units:
        row = counted.get((unit.round_id, unit.pk))
        if row is None:
            continue
        points, rank = row["points"], None
        if unit.round_id in scores:
            points, rank = scores[unit.round_id].get(unit.name, Score(None, None))
        cell = Cell(
            unit.round_id,
            unit.pk,
            row["criteria"],
            row["scored"],
            points,
            before.get((unit.round_id, unit.agency_id)),
            rank,
        )
        _name, cells = by_kind.setdefault(kinds[unit.round_id], {}).setdefault(unit.agency_id, (unit.name, {}))
        cells[unit.round_id] = cell
    found = []
    for kind in dict.fromkeys(one.kind for one in rounds):
        here = [lines[one.pk] for one in rounds if one.kind == kind]
        lines_of_kind = tuple(
            (name, tuple(cells.get(one.round.pk) for one in here)) for name, cells in by_kind.get(kind, {}).values()
        )
        found.append(Table(kind, tuple(here), lines_of_kind))
    return found


def _counted(rounds: Sequence[Round], seen: Mapping[int, Sight]) -> list[dict[str, Any]]:
    """Answers, answered, judged and points of each unit of each round, as far as the person sees.

    Kept for each round as long as it stays as it is; the others by one statement.
    """
    states = stamps(rounds)
    hidden = _hidden(rounds, seen)
    undecided = [one.pk for one in rounds if not seen[one.pk].whole and one.stage == Stage.DECIDING]

    def key(one: Round) -> Hashable:
        sight = seen[one.pk]
        return "counted", states[one.pk], None if sight.whole else sight.own, one.pk in hidden, one.pk in undecided

    fresh = {one.pk: list[dict[str, Any]]() for one in rounds if not is_kept(key(one))}
    if fresh:
        which = _visible([one for one in rounds if one.pk in fresh], seen)
        for row in _count(which, [pk for pk in hidden if pk in fresh], [pk for pk in undecided if pk in fresh]):
            fresh[row["round"]].append(row)
    found = []
    for one in rounds:
        rows = fresh.get(one.pk)
        alone = partial(_of_one, one, seen, hidden, undecided)
        found += kept(key(one), alone if rows is None else partial(list, rows))
    return found


def _of_one(round_: Round, seen: Mapping[int, Sight], hidden: list[int], undecided: list[int]) -> list[dict[str, Any]]:
    own = {round_.pk}
    return _count(_visible([round_], seen), [pk for pk in hidden if pk in own], [pk for pk in undecided if pk in own])


def _visible(rounds: Sequence[Round], seen: Mapping[int, Sight]) -> Q:
    which = Q(pk__in=[])
    for one in rounds:
        here = Q(round=one.pk)
        own = seen[one.pk].own
        if not seen[one.pk].whole:
            here &= Q(owner__in=own) | Q(appraiser__in=own) | Q(unit__agency__in=own)
        which |= here
    return which


def _count(which: Q, hidden: list[int], undecided: list[int]) -> list[dict[str, Any]]:
    cases = [When(round__in=hidden, then=F("self_points"))] if hidden else []
    cases += [When(round__in=undecided, then=_APPRAISED)] if undecided else []
    points = Case(*cases, default=_LATEST) if cases else _LATEST
    rows = (
        Answer.objects.filter(which)
        .values("round", "unit")
        .annotate(criteria=Count("pk"), scored=Count("self_at"), judged=Count("appraised_at"), points=Sum(points))
        .order_by()
    )
    return [dict(row) for row in rows]


def _hidden(rounds: Sequence[Round], seen: Mapping[int, Sight]) -> list[int]:
    """Rounds of which the person may not read the judgements yet."""
    judging = (Stage.CHECKING, Stage.APPRAISING)
    return [one.pk for one in rounds if not seen[one.pk].whole and Stage(one.stage) in judging]


def _by_engine(round_: Round) -> bool:
    """Whether the points of a unit are not the plain sum of its answers."""
    return round_.stage == Stage.PUBLISHED.value or not adds_up(definition_of_round(round_))


def _scores(round_: Round, *, as_said: bool) -> Mapping[str, Score]:
    """Score and rank of each unit by name: the frozen results of a published round, else the engine's as it stands."""
    if round_.stage == Stage.PUBLISHED.value:
        return frozen_scores(round_.pk)
    found = results_now(round_, as_said=as_said)
    return {
        unit: Score(_decimal(total), _decimal(rank))
        for unit, total, rank in zip(found.units, found.totals, found.ranks, strict=True)
    }


def _decimal(value: Fraction | None) -> Decimal | None:
    return None if value is None else Decimal(decimal_text(value))


def _before(rounds: Sequence[Round]) -> dict[tuple[int, int], Decimal | None]:
    """(round, agency) → the score in the latest published round of the same index before."""
    wanted = {one.set_version.index for one in rounds}
    if not wanted:
        return {}
    published = list(
        Round.objects.filter(
            stage=Stage.PUBLISHED.value, set_version__index__in=wanted, year__lt=max(one.year for one in rounds)
        )
        .order_by("-year")
        .values_list("pk", "year", "kind", "set_version__index")
    )
    found: dict[tuple[int, int], Decimal | None] = {}
    for one in rounds:
        same = (one.kind, one.set_version.index)
        then = next((pk for pk, year, *what in published if year < one.year and tuple(what) == same), None)
        if then is not None:
            found |= {(one.pk, agency): score for agency, score in frozen_by_agency(then).items()}
    return found
