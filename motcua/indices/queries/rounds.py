"""Questions about rounds: who may do what, how complete they are, what the scores are now. They never write."""

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from functools import cache, lru_cache
from typing import Any, Final, NamedTuple

from django.db.models import BooleanField, Case, Count, ExpressionWrapper, F, Q, QuerySet, When

from motcua.base.actors import SYSTEM, Actor
from motcua.base.clock import day_of
from motcua.base.prepared import Prepared, among, number, numbers
from motcua.indices.models import Answer, Evidence, JudgedUnit, OfficialResult, PointsObjection, Round, SetVersion
from motcua.indices.rules.definition import Criterion, IndexSet
from motcua.indices.rules.kinds import Options, Points, Value
from motcua.indices.rules.numbers import weight
from motcua.indices.rules.rounds import Situation
from motcua.indices.rules.scoring import Figures, Scores, score
from motcua.indices.rules.shipped import from_yaml
from motcua.indices.rules.validating import publication_objections
from motcua.indices.terms import Move, Party, Stage
from motcua.organisations import queries as organisations

_LAST_DAYS: Final[Mapping[Stage, str]] = {
    Stage.SELF_SCORING: "self_until",
    Stage.CHECKING: "check_until",
    Stage.APPRAISING: "appraise_until",
    Stage.OBJECTING: "object_until",
    Stage.DECIDING: "decide_until",
}


class Completeness(NamedTuple):
    """How far one agency has come with what it must answer."""

    owner: int | None
    criteria: int
    scored: int
    proved: int
    judged: int

    @property
    def missing(self) -> int:
        """Criteria without an answer."""
        return self.criteria - self.scored


class Before(NamedTuple):
    """What the same criterion of the same agency got the year before."""

    year: int
    points: Decimal | None
    same_definition: bool


def last_day_field(stage: Stage) -> str:
    """The column that holds the last day of a stage; empty where a stage has none."""
    return _LAST_DAYS.get(stage, "")


@lru_cache(maxsize=64)
def _definition(sha256: str, body: str) -> IndexSet:
    return from_yaml(body.encode("utf-8"))


def definition_of(version: SetVersion) -> IndexSet:
    """The definition as it was imported."""
    return _definition(version.sha256, version.body)


def definition_of_round(round_: Round) -> IndexSet:
    """The definition a round judges by."""
    return definition_of(round_.set_version)


def in_force(code: str, year: int) -> SetVersion | None:
    """The signed definition of an index for a year."""
    day = date(year, 1, 1)
    return SetVersion.objects.filter(code=code, signed_at__isnull=False, during__contains=day).first()


def rounds_for(actor: Actor, at: datetime) -> QuerySet[Round]:
    """Rounds a person has to do with: their agency runs them, is judged, owns or appraises something; published ones."""
    return _concerning(agencies_of(actor, day_of(at)))


def _concerning(own: Any) -> QuerySet[Round]:
    concerned = Answer.objects.filter(Q(among("owner_id", own)) | Q(among("appraiser_id", own))).values("round")
    judged = JudgedUnit.objects.filter(among("agency_id", own)).values("round")
    visible = Q(among("organiser_id", own)) | Q(stage=Stage.PUBLISHED.value)
    begun = (Q(pk__in=concerned) | Q(pk__in=judged)) & ~Q(stage=Stage.PREPARING.value)
    return Round.objects.filter(visible | begun).select_related("set_version").order_by("-year", "pk")


_one_of_them: Prepared[Round] = Prepared(
    lambda: _concerning(numbers("own")).filter(pk=number("pk")).defer("results").select_related("organiser")
)
"""Results of a published round are large; whoever shows them asks for them."""


def round_for(pk: int, actor: Actor, at: datetime) -> Round | None:
    """A round the person has to do with, with its definition and who runs it."""
    return _one_of_them.first(pk=pk, own=agencies_of(actor, day_of(at)))


def agencies_of(actor: Actor, day: date) -> list[int]:
    """The agency of the post and every agency above it short of the province: a division acts for its department."""
    if actor.agency is None:
        return []
    above = [version.agency for version in organisations.ancestors(actor.agency, day) if version.parent is not None]
    return [actor.agency, *above]


def answers_of(round_: Round, owners: Iterable[int] | None = None) -> QuerySet[Answer]:
    """The answers of a round, of some owners only when asked; in the order of the annex."""
    found = Answer.objects.filter(round=round_).select_related("unit")
    if owners is not None:
        found = found.filter(owner__in=list(owners))
    return found.order_by("unit__sort_key", "unit_id", "place")


def parties(answer: Answer | None, round_: Round, actor: Actor, at: datetime) -> frozenset[Party]:
    """What a person is for one answer, or for the round itself."""
    if actor == SYSTEM:
        return frozenset({Party.SYSTEM})
    own = set(agencies_of(actor, day_of(at)))
    found = set()
    if round_.organiser_id in own or actor.agency == round_.organiser_id:
        found.add(Party.ORGANISER)
    if answer is not None and answer.owner_id in own:
        found.add(Party.OWNER)
    if answer is not None and answer.appraiser_id in own:
        found.add(Party.APPRAISER)
    return frozenset(found)


def situation(move: Move, round_: Round, *, by: Actor, at: datetime, answer: Answer | None = None) -> Situation:
    """The facts the rules ask for; the costly counts only for the moves that need them."""
    stage = Stage(round_.stage)
    who = parties(answer, round_, by, at)
    last_day = last_day_field(stage)
    objection = _objection(answer)
    counted = Answer.objects.filter(round=round_)
    return Situation(
        stage=stage,
        parties=who,
        roles=frozenset(str(role) for role in by.roles),
        today=day_of(at),
        due_on=getattr(round_, last_day) if last_day else None,
        example=" ".join(publication_objections(definition_of_round(round_))) if move is Move.PUBLISH else "",
        units=JudgedUnit.objects.filter(round=round_).count() if move is Move.OPEN else 1,
        unowned=counted.filter(owner=None).count() if move is Move.OPEN else 0,
        unappraised=counted.filter(appraised_at=None).count() if move is Move.SEND_RESULTS else 0,
        open_objections=_unanswered(round_) if move is Move.PUBLISH else 0,
        agreed_undecided=_undecided(round_) if move is Move.PUBLISH else 0,
        objected=objection is not None,
        replied=objection is not None and objection.replied_at is not None,
        judged_alone=Party.OWNER in who and Party.ORGANISER not in who,
    )


def _objection(answer: Answer | None) -> PointsObjection | None:
    return None if answer is None else PointsObjection.objects.filter(answer=answer).first()


def _unanswered(round_: Round) -> int:
    return PointsObjection.objects.filter(answer__round=round_, replied_at=None).count()


def _undecided(round_: Round) -> int:
    return PointsObjection.objects.filter(answer__round=round_, agreed=True, answer__decided_at=None).count()


def completeness(round_: Round) -> list[Completeness]:
    """For each owner: criteria, answered, with evidence, judged. One statement, whatever the size of the round."""
    rows = (
        Answer.objects.filter(round=round_)
        .values("owner")
        .annotate(
            criteria=Count("pk", distinct=True),
            scored=Count("pk", filter=Q(self_at__isnull=False), distinct=True),
            proved=Count("pk", filter=Q(evidence__isnull=False, evidence__removed_at=None), distinct=True),
            judged=Count("pk", filter=Q(appraised_at__isnull=False), distinct=True),
        )
        .order_by("owner")
    )
    return [Completeness(row["owner"], row["criteria"], row["scored"], row["proved"], row["judged"]) for row in rows]


def evidence_of(answer: Answer) -> QuerySet[Evidence]:
    """What proves an answer now."""
    return Evidence.objects.filter(answer=answer, removed_at=None).order_by("pk")


def points_now(answer: Answer) -> Decimal | None:
    """The latest judgement: decided, appraised, checked, or what the owner said."""
    stages = (
        (answer.decided_at, answer.decided_points),
        (answer.appraised_at, answer.appraised_points),
        (answer.checked_at, answer.checked_points),
    )
    return next((points for at, points in stages if at is not None), answer.self_points)


def year_before(answer: Answer) -> Before | None:
    """What the same agency got for the same criterion in the latest published round before; a new definition breaks the series."""
    found = (
        Answer.objects.filter(
            criterion=answer.criterion,
            unit__agency=answer.unit.agency_id,
            round__stage=Stage.PUBLISHED.value,
            round__year__lt=answer.round.year,
            round__set_version__index=answer.round.set_version.index,
        )
        .select_related("round")
        .order_by("-round__year", "-pk")
        .first()
    )
    if found is None:
        return None
    return Before(found.round.year, points_now(found), found.round.set_version_id == answer.round.set_version_id)


def results(round_: Round, *, as_said: bool = False, only: Collection[int] | None = None) -> Scores:
    """The scores as they stand: judged points where somebody judged, the rule over the owners' figures elsewhere.

    `as_said` leaves every judgement out: what owners may see while others still judge. `only` counts some units, where
    each is counted alone.
    """
    definition = definition_of_round(round_)
    units = units_of(round_)
    if only is not None:
        units = [one for one in units if one[0] in only]
    places = {pk: row for row, (pk, _name) in enumerate(units)}
    columns: dict[str, list[Value]] = {
        column: [None] * len(units) for leaf in definition.leaves for column in leaf.columns
    }
    judged: dict[str, list[Points]] = {leaf.code: [None] * len(units) for leaf in definition.leaves}
    read = cache(weight)  # a round has thousands of answers and few different figures
    exact: Callable[[Decimal], Fraction] = cache(Fraction)
    for unit, code, value, below, said, points in _scored.all(units=[pk for pk, _name in units]):
        row, leaf = places[unit], definition.by_code[code]
        if points is not None and not as_said:
            judged[code][row] = exact(points)
        elif said:
            if isinstance(leaf.rule, Options):
                columns[code][row] = value
                continue
            for column, each in zip(leaf.columns, (value, below), strict=False):
                columns[column][row] = read(each) if each else None
    return score(definition, Figures(tuple(name for _pk, name in units), columns), judged)


def units_of(round_: Round) -> list[tuple[int, str]]:
    """The units of a round in their order: number and name."""
    return _units.all(round=round_.pk)


LATEST_JUDGEMENT: Final = Case(
    When(decided_at__isnull=False, then=F("decided_points")),
    When(appraised_at__isnull=False, then=F("appraised_points")),
    When(checked_at__isnull=False, then=F("checked_points")),
)
_units: Prepared[tuple[Any, ...]] = Prepared(
    lambda: JudgedUnit.objects.filter(round=number("round")).order_by("sort_key", "pk").values_list("pk", "name")
)
_scored: Prepared[tuple[Any, ...]] = Prepared(
    lambda: (
        Answer.objects.filter(among("unit_id", numbers("units")))
        .annotate(said=ExpressionWrapper(Q(self_at__isnull=False), BooleanField()), judged=LATEST_JUDGEMENT)
        .order_by()
        .values_list("unit_id", "criterion", "value", "below", "said", "judged")
    )
)
"""What the score of an answer is counted from: a round has thousands of answers with long notes."""


def value_of(criterion: Criterion, answer: Answer) -> tuple[Value, Value]:
    """What the owner entered, as the rule takes it."""
    if isinstance(criterion.rule, Options):
        return answer.value, None
    return weight(answer.value), weight(answer.below) if answer.below else None


def official_results(index: str, year: int) -> QuerySet[OfficialResult]:
    """What was published of one index and year, best first."""
    return OfficialResult.objects.filter(index=index, year=year).order_by("rank", "unit", "pk")
