"""All rounds of a year: for each index and unit how complete, how many points, and the year before. One statement a table."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any, NamedTuple

from django.db.models import Case, Count, F, Max, Q, Sum, When

from motcua.base.actors import Actor
from motcua.base.clock import day_of
from motcua.indices.models import Answer, JudgedUnit, Reminder, Round, RoundExtension
from motcua.indices.queries.rounds import agencies_of, definition_of_round, last_day_field, results
from motcua.indices.queries.seeing import Sight, answers_seen, sight
from motcua.indices.rules.numbers import decimal_text
from motcua.indices.rules.sheets import adds_up
from motcua.indices.terms import Move, Stage
from motcua.organisations import queries as organisations


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
            points, rank = scores[unit.round_id].get(unit.name, (None, None))
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
    """Answers, answered, judged and points of each unit of each round, as far as the person sees: one statement."""
    which = Q(pk__in=[])
    for one in rounds:
        here = Q(round=one.pk)
        own = seen[one.pk].own
        if not seen[one.pk].whole:
            here &= Q(owner__in=own) | Q(appraiser__in=own) | Q(unit__agency__in=own)
        which |= here
    hidden = _hidden(rounds, seen)
    undecided = [one.pk for one in rounds if not seen[one.pk].whole and one.stage == Stage.DECIDING]
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
    return round_.results is not None or not adds_up(definition_of_round(round_))


def _scores(round_: Round, *, as_said: bool) -> dict[str, tuple[Decimal | None, Decimal | None]]:
    """Score and rank of each unit by name: the frozen results of a published round, else the engine's as it stands."""
    if round_.results is not None:
        return {row["unit"]: (_number(row["score"]), _number(row["rank"])) for row in round_.results["rows"]}
    found = results(round_, as_said=as_said)
    return {
        unit: (_decimal(total), _decimal(rank))
        for unit, total, rank in zip(found.units, found.totals, found.ranks, strict=True)
    }


def _number(value: Any) -> Decimal | None:
    return None if value is None else Decimal(str(value))


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
        .select_related("set_version")
        .order_by("-year")
    )
    earlier: dict[int, Round] = {}
    for one in rounds:
        fitting = (
            each
            for each in published
            if each.year < one.year and each.kind == one.kind and each.set_version.index == one.set_version.index
        )
        if (there := next(fitting, None)) is not None:
            earlier[one.pk] = there
    names = {
        (unit.round_id, unit.name): unit.agency_id
        for unit in JudgedUnit.objects.filter(round__in={one.pk for one in earlier.values()})
    }
    found = {}
    for now, then in earlier.items():
        for row in (then.results or {}).get("rows", ()):
            agency = names.get((then.pk, row["unit"]))
            if agency is not None:
                found[now, agency] = _number(row["score"])
    return found


class Share(NamedTuple):
    """How far one owner, or one area, has come."""

    key: str
    name: str
    criteria: int
    scored: int
    proved: int
    judged: int

    @property
    def share(self) -> int:
        """How much is answered, of 100."""
        return 100 * self.scored // self.criteria if self.criteria else 0

    @property
    def missing(self) -> int:
        """Criteria without an answer."""
        return self.criteria - self.scored


def by_owner(round_: Round, seen: Sight, *, day: date) -> list[Share]:
    """Owners with how far they have come, those with most left first."""
    rows = _shares(round_, seen, "owner")
    names = organisations.full_names_on({key for key, *_rest in rows if key}, day)
    found = [Share(str(key or ""), names.get(key or 0, ""), *rest) for key, *rest in rows]
    return sorted(found, key=lambda one: (-one.missing, one.share, one.name))


def by_area(round_: Round, seen: Sight) -> list[Share]:
    """The areas of the annex with how far they have come."""
    definition = definition_of_round(round_)
    above = {}
    for leaf in definition.leaves:
        node = leaf
        while node.links and node.links[0].parent != definition.root and node.links[0].parent in definition.by_code:
            node = definition.by_code[node.links[0].parent]
        above[leaf.code] = node.code
    found: dict[str, list[int]] = {}
    for key, *rest in _shares(round_, seen, "criterion"):
        code = above.get(key, key)
        found[code] = [a + b for a, b in zip(found.get(code, [0, 0, 0, 0]), rest, strict=True)]
    return [
        Share(each.code, f"{each.number} {each.name}".strip(), *found[each.code])
        for each in definition.criteria
        if each.code in found
    ]


def _shares(round_: Round, seen: Sight, by: str) -> list[tuple[Any, int, int, int, int]]:
    rows = (
        answers_seen(round_, seen)
        .values(by)
        .annotate(
            criteria=Count("pk", distinct=True),
            scored=Count("pk", filter=Q(self_at__isnull=False), distinct=True),
            proved=Count("pk", filter=Q(evidence__isnull=False, evidence__removed_at=None), distinct=True),
            judged=Count("pk", filter=Q(appraised_at__isnull=False), distinct=True),
        )
        .order_by(by)
    )
    return [(row[by], row["criteria"], row["scored"], row["proved"], row["judged"]) for row in rows]


class Told(NamedTuple):
    """A reminder that went out."""

    due_on: date
    days_left: int
    owners: int
    at: datetime


def reminders_of(round_: Round) -> list[Told]:
    """Reminders by day, the latest first."""
    rows = (
        Reminder.objects.filter(round=round_)
        .values("due_on", "days_left")
        .annotate(owners=Count("pk"), at=Max("told_at"))
        .order_by("-at")
    )
    return [Told(row["due_on"], row["days_left"], row["owners"], row["at"]) for row in rows]


def extensions_of(round_: Round) -> list[RoundExtension]:
    """Extensions, the latest first."""
    return list(RoundExtension.objects.filter(round=round_).order_by("-pk"))


class Mine(NamedTuple):
    """What waits for the person's agencies in one round."""

    round: Round
    move: Move
    answers: int
    done: int
    last_day: date | None
    days_left: int | None
    example: Answer | None

    @property
    def left(self) -> int:
        """What is still to be done."""
        return self.answers - self.done


def mine(rounds: Collection[Round], actor: Actor, at: datetime) -> list[Mine]:
    """In each open round: criteria to answer, to appraise, objections to reply to; what is due first stands first."""
    own, today = agencies_of(actor, day_of(at)), day_of(at)
    found = []
    for one in rounds:
        stage = Stage(one.stage)
        field = last_day_field(stage)
        last = getattr(one, field) if field else None
        here = Answer.objects.filter(round=one)
        runs = one.organiser_id in own or actor.agency == one.organiser_id
        for move, asked, done in _duties(stage, own, runs=runs):
            answers = here.filter(asked).select_related("unit")
            count, ready = answers.count(), answers.filter(done).count()
            if count:
                first = answers.exclude(done).order_by("unit__sort_key", "place").first()
                left = None if last is None else (last - today).days
                found.append(Mine(one, move, count, ready, last, left, first))
    return sorted(found, key=lambda one: (one.left == 0, one.last_day or date.max, one.round.pk))


def _duties(stage: Stage, own: list[int], *, runs: bool) -> list[tuple[Move, Q, Q]]:
    judged = Q() if runs else Q(appraiser__in=own)
    match stage:
        case Stage.SELF_SCORING:
            return [(Move.SELF_SCORE, Q(owner__in=own), Q(self_at__isnull=False))]
        case Stage.CHECKING if runs:
            return [(Move.CHECK, Q(), Q(checked_at__isnull=False))]
        case Stage.APPRAISING:
            return [(Move.APPRAISE, judged, Q(appraised_at__isnull=False))]
        case Stage.OBJECTING:
            replies = (Move.REPLY, judged & Q(objection__isnull=False), Q(objection__replied_at__isnull=False))
            return [(Move.OBJECT, Q(owner__in=own), Q(objection__isnull=False)), replies]
        case Stage.DECIDING if runs:
            replies = (Move.REPLY, Q(objection__isnull=False), Q(objection__replied_at__isnull=False))
            return [replies, (Move.DECIDE, Q(objection__isnull=False), Q(decided_at__isnull=False))]
        case _:
            return []
