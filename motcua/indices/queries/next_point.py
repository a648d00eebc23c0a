"""From score to action: what is lost and who can win it back, what a change would bring, and whether a task helped."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from itertools import groupby
from typing import Final

from motcua.base.clock import day_of
from motcua.base.refs import Ref
from motcua.directives.models import Task
from motcua.directives.terms import OPEN as OPEN_TASK
from motcua.indices.models import Answer, Effort, JudgedUnit, LiveFigure, PointTask
from motcua.indices.queries.rounds import points_now
from motcua.indices.queries.standing import Standing
from motcua.indices.rules.gaps import (
    Lost,
    chance_of_rank,
    cheapest_to,
    goal_for,
    rank_range,
    sure_goal,
    tops_of,
    total_if,
)
from motcua.indices.rules.plainly import usual_days
from motcua.indices.terms import Stage
from motcua.organisations import queries as organisations

SURE: Final = 0.8
"""The certainty asked of the safe way."""


def about(answer: Answer) -> Ref:
    """How a task points to the lost point it is for."""
    return Ref("indices.answer", str(answer.pk))


@dataclass(frozen=True)
class Outcome:
    """A task for a lost point, and the next measure of that point."""

    task: Task
    before: Decimal
    before_on: date
    most: Decimal
    after: Decimal | None
    after_on: date | None

    @property
    def open(self) -> bool:
        """Still under way."""
        return self.task.status in OPEN_TASK

    @property
    def gained(self) -> Decimal | None:
        """What the point gained since; nothing before the next measure."""
        return None if self.after is None else self.after - self.before


@dataclass(frozen=True)
class LostRow:
    """A lost point of a unit: who answers for it, what it costs, what is being done."""

    lost: Lost
    answer: Answer
    owner: str
    days: Fraction
    days_said: bool
    """Whether somebody entered the days, or they are the usual ones."""
    outcomes: tuple[Outcome, ...]

    @property
    def open_task(self) -> Outcome | None:
        """The task under way, if there is one."""
        return next((one for one in self.outcomes if one.open), None)

    @property
    def gap(self) -> Fraction:
        """The criterion's own points that are not there."""
        return self.lost.most - self.lost.points


@dataclass(frozen=True)
class OwnerSum:
    """All lost points of one owner."""

    owner: str
    gain: Fraction
    rows: tuple[LostRow, ...]


def answers_by_criterion(unit: JudgedUnit) -> dict[str, Answer]:
    """The answers of a unit."""
    return {one.criterion: one for one in Answer.objects.filter(unit=unit).select_related("unit").order_by("place")}


def owner_names(answers: Iterable[Answer], at: datetime) -> dict[int, str]:
    """Short names of those who answer for criteria."""
    return organisations.names_on({one.owner_id for one in answers if one.owner_id}, day_of(at), short=True)


def lost_rows(where: Standing, at: datetime) -> list[LostRow]:
    """The lost points of a unit, the largest gain first; five statements whatever the size of the annex."""
    answers = answers_by_criterion(where.unit)
    names = owner_names(answers.values(), at)
    efforts = {one.criterion: Fraction(one.days) for one in Effort.objects.filter(unit=where.unit).order_by("pk")}
    outcomes = outcomes_of(list(answers.values()), as_said=where.as_said)
    by_code = where.scores.definition.by_code
    return [
        LostRow(
            lost=one,
            answer=answers[one.code],
            owner=names.get(answers[one.code].owner_id or 0, one.owner),
            days=efforts.get(one.code, usual_days(by_code[one.code], one.most - one.points, one.most)),
            days_said=one.code in efforts,
            outcomes=tuple(outcomes.get(answers[one.code].pk, ())),
        )
        for one in where.lost
        if one.code in answers
    ]


def by_owner(rows: Sequence[LostRow]) -> list[OwnerSum]:
    """Lost points gathered by whoever answers for them, the most first."""
    ordered = sorted(rows, key=lambda row: row.owner)
    sums = [
        OwnerSum(owner, sum((row.lost.gain for row in found), Fraction(0)), tuple(found))
        for owner, each in groupby(ordered, key=lambda row: row.owner)
        if (found := list(each))
    ]
    return sorted(sums, key=lambda one: (-one.gain, one.owner))


# Ways to a rank


@dataclass(frozen=True)
class Road:
    """A set of criteria brought to their most points: what it costs, where it leads, how sure that is."""

    rows: tuple[LostRow, ...]
    days: Fraction
    score: Fraction
    rank: int | None
    chance: float | None
    span: tuple[int, int] | None


def road_to(where: Standing, rows: Sequence[LostRow], rank: int) -> Road | None:
    """The cheapest way to a rank, the others standing still."""
    if where.total is None or not where.peers.scores:
        return None
    return _road(where, rows, goal_for(rank, where.peers.scores, where.total), rank)


def safe_road_to(where: Standing, rows: Sequence[LostRow], rank: int) -> Road | None:
    """The cheapest way that reaches the rank in four of five cases, the others moving as they moved before."""
    if where.peers.spread is None:
        return None
    goal = sure_goal(where.peers.plain, rank, sure=SURE, spread=where.peers.spread)
    return None if goal is None else _road(where, rows, goal, rank)


def _road(where: Standing, rows: Sequence[LostRow], goal: Fraction, rank: int) -> Road | None:
    codes = cheapest_to(where.scores, where.unit.name, goal, {row.lost.code: row.days for row in rows})
    if codes is None or where.total is None:
        return None
    chosen = tuple(row for row in rows if row.lost.code in codes)
    reached = total_if(where.scores, where.unit.name, tops_of(where.scores, codes)) if codes else where.total
    if reached is None:
        return None
    days = sum((row.days for row in chosen), Fraction(0))
    return Road(chosen, days, reached, where.rank_of(reached), chance(where, reached, rank), span(where, reached))


def chance(where: Standing, score: Fraction, rank: int) -> float | None:
    """How likely a score is enough for a rank; nothing where too little is known of the others."""
    if where.peers.spread is None or not where.peers.scores:
        return None
    return chance_of_rank(float(score), where.peers.plain, rank, spread=where.peers.spread, runs=4_000)


def span(where: Standing, score: Fraction | None) -> tuple[int, int] | None:
    """Between which ranks a score lies in nine of ten cases."""
    if where.peers.spread is None or not where.peers.scores or score is None:
        return None
    return rank_range(float(score), where.peers.plain, spread=where.peers.spread)


# Tasks and the next measure


def outcomes_of(answers: Sequence[Answer], *, as_said: bool = False) -> dict[int, list[Outcome]]:
    """For each answer the tasks that were proposed for its lost points, newest first, with the next measure of the point.

    The next measure is the newest of: a judgement or self-scoring of the same criterion after the task was proposed, a live
    figure of a later day, the same criterion of the same agency in a later round.
    """
    found = list(
        PointTask.objects.filter(answer__in=[one.pk for one in answers])
        .select_related("task", "answer__unit", "answer__round__set_version")
        .order_by("-pk")
    )
    if not found:
        return {}
    figures: dict[int, list[LiveFigure]] = {}
    shown = LiveFigure.objects.filter(answer__in={one.answer_id for one in found}, points__isnull=False)
    for each in shown.order_by("as_of", "pk"):
        figures.setdefault(each.answer_id, []).append(each)
    later = _later_answers(found)
    outcomes: dict[int, list[Outcome]] = {}
    for one in found:
        after = _next_measure(one, figures.get(one.answer_id, ()), later, as_said)
        outcomes.setdefault(one.answer_id, []).append(
            Outcome(one.task, one.points_before, day_of(one.proposed_at), one.most, *(after or (None, None)))
        )
    return outcomes


def _later_answers(tasks: Sequence[PointTask]) -> list[Answer]:
    first = min(one.answer.round.year for one in tasks)
    return list(
        Answer.objects.filter(
            criterion__in={one.answer.criterion for one in tasks},
            unit__agency__in={one.answer.unit.agency_id for one in tasks},
            round__set_version__index__in={one.answer.round.set_version.index for one in tasks},
            round__year__gt=first,
        )
        .exclude(round__stage=Stage.PREPARING.value)
        .select_related("unit", "round__set_version")
        .order_by("round__year", "pk")
    )


def _next_measure(
    one: PointTask, figures: Iterable[LiveFigure], later: Iterable[Answer], as_said: bool
) -> tuple[Decimal, date] | None:
    proposed_on = day_of(one.proposed_at)
    measures = [(each.as_of, each.points) for each in figures if each.as_of > proposed_on]
    for answer in (one.answer, *later):
        same = answer.pk == one.answer_id or (
            answer.criterion == one.answer.criterion
            and answer.unit.agency_id == one.answer.unit.agency_id
            and answer.round.year > one.answer.round.year
            and answer.round.set_version.index == one.answer.round.set_version.index
        )
        said_at = answer.self_at if as_said else judged_at(answer)
        if same and said_at is not None and said_at > one.proposed_at:
            measures.append((day_of(said_at), answer.self_points if as_said else points_now(answer)))
    known = [(points, day) for day, points in sorted(measures, key=lambda each: each[0]) if points is not None]
    return known[-1] if known else None


def judged_at(answer: Answer) -> datetime | None:
    """When the points that hold now were said."""
    return answer.decided_at or answer.appraised_at or answer.checked_at or answer.self_at


def tasks_by_criterion(outcomes: Mapping[int, Sequence[Outcome]], answers: Mapping[str, Answer]) -> dict[str, Outcome]:
    """The newest task of each criterion."""
    return {code: outcomes[one.pk][0] for code, one in answers.items() if one.pk in outcomes}
