"""Published rounds as they are shown to everybody: who stands where, where points were lost, what is done about it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from statistics import median
from typing import Any, NamedTuple

from motcua.directives.models import Task
from motcua.indices.models import Answer, JudgedUnit, PointTask, Round, Target
from motcua.indices.queries.rounds import definition_of_round, results
from motcua.indices.rules.definition import Criterion, IndexSet
from motcua.indices.rules.gaps import gain_by, most_of
from motcua.indices.rules.sheets import adds_up
from motcua.indices.terms import Stage
from motcua.organisations import queries as organisations


class Area(NamedTuple):
    """One area of the annex with the points of a unit and of the others."""

    code: str
    name: str
    most: Fraction
    points: Fraction | None
    least: Fraction | None
    middle: Fraction | None
    best: Fraction | None

    @property
    def lost(self) -> Fraction:
        """Its own points that are not there."""
        return self.most - (self.points or Fraction(0))

    def share(self, points: Fraction | None) -> float | None:
        """Points as a share of what was possible."""
        return None if points is None or not self.most else float(100 * points / self.most)


class Gap(NamedTuple):
    """One criterion below its most points, and the public tasks that are to win it back."""

    code: str
    name: str
    number: str
    most: Fraction
    points: Fraction
    owner: str
    tasks: tuple[Task, ...]
    lost: Fraction
    """What the score of the index lacks by it: on one scale for all criteria, so that losses add up."""


class Row(NamedTuple):
    """One unit in the table."""

    unit: str
    pk: int | None
    score: Fraction | None
    rank: float | None
    parts: Mapping[str, Fraction | None]
    before: tuple[int, Fraction, float | None] | None
    """The latest published round before: year, score, rank."""


@dataclass(frozen=True)
class Outcome:
    """A round with its table: frozen when published, as it stands otherwise."""

    round: Round
    definition: IndexSet
    rows: tuple[Row, ...]
    comparable: bool
    """The year before was judged by the same definition."""

    @property
    def scores(self) -> list[Fraction]:
        """Every score."""
        return [row.score for row in self.rows if row.score is not None]

    def row(self, pk: int) -> Row | None:
        """The row of one unit."""
        return next((one for one in self.rows if one.pk == pk), None)

    def areas(self, row: Row | None = None) -> list[Area]:
        """The areas below the index; without a unit the middle of all stands for it."""
        found = []
        for child, _weight in self.definition.children[self.definition.root]:
            most = most_of(child)
            values = [each for one in self.rows if (each := one.parts.get(child.code)) is not None]
            if most is None or not values:
                continue
            middle = Fraction(median(values))
            points = middle if row is None else row.parts.get(child.code)
            found.append(Area(child.code, child.name, most, points, min(values), middle, max(values)))
        return found


def published_rounds() -> list[Round]:
    """Published rounds, the newest first. One statement."""
    found = Round.objects.filter(stage=Stage.PUBLISHED.value).select_related("set_version")
    found = found.defer("results", "set_version__body")
    return list(found.order_by("-year", "set_version__index", "kind", "pk"))


def outcome(round_: Round) -> Outcome:
    """The table of a round, beside the latest published one of the same index before it."""
    definition = definition_of_round(round_)
    units = dict(JudgedUnit.objects.filter(round=round_).values_list("name", "pk"))
    agencies = _agencies(round_)
    before = (
        Round.objects.filter(
            set_version__index=round_.set_version.index,
            kind=round_.kind,
            organiser=round_.organiser_id,
            stage=Stage.PUBLISHED.value,
            year__lt=round_.year,
        )
        .order_by("-year", "-pk")
        .first()
    )
    earlier: dict[int | None, tuple[int, Fraction, float | None]] = {}
    if before is not None:
        then = _agencies(before)  # a unit may have another name now
        for one in (before.results or {}).get("rows", ()):
            if one["score"] is not None and one["unit"] in then:
                earlier[then[one["unit"]]] = (before.year, Fraction(one["score"]), one["rank"])
    rows = [
        Row(unit, units.get(unit), score, rank, parts, earlier.get(agencies.get(unit)))
        for unit, score, rank, parts in _rows(round_, definition)
    ]
    rows.sort(key=lambda one: (one.rank is None, one.rank or 0, one.unit))
    same = before is None or before.set_version_id == round_.set_version_id
    return Outcome(round_, definition, tuple(rows), same)


def _agencies(round_: Round) -> dict[str, int]:
    """The agency behind each unit of a round."""
    return dict(JudgedUnit.objects.filter(round=round_).values_list("name", "agency"))


def _rows(
    round_: Round, definition: IndexSet
) -> list[tuple[str, Fraction | None, float | None, dict[str, Fraction | None]]]:
    if round_.results is not None:
        return [
            (
                one["unit"],
                _fraction(one["score"]),
                one["rank"],
                {code: _fraction(text) for code, text in one["parts"].items()},
            )
            for one in round_.results["rows"]
        ]
    scores = results(round_)
    return [
        (
            unit,
            scores.totals[place],
            None if (rank := scores.ranks[place]) is None else float(rank),
            {code: column[place] for code, column in scores.parts.items() if code != definition.root},
        )
        for place, unit in enumerate(scores.units)
    ]


def _fraction(text: Any) -> Fraction | None:
    return None if text is None else Fraction(text)


def gaps_of(found: Outcome, row: Row, *, public: bool = True) -> list[Gap]:
    """Every criterion of a unit below its most points, the largest loss first, with its owner and its tasks."""
    answers = Answer.objects.filter(round=found.round, unit=row.pk).values_list("criterion", "pk", "owner")
    of = {criterion: (pk, owner) for criterion, pk, owner in answers}
    names = organisations.full_names_on({owner for _pk, owner in of.values() if owner}, _day(found.round))
    tasks = _tasks([pk for pk, _owner in of.values()], public=public)
    lost = []
    for loss in _below(found.definition, row):
        leaf = loss.leaf
        pk, owner = of.get(leaf.code, (0, None))
        doing = tuple(tasks.get(pk, ()))
        lost.append(
            Gap(leaf.code, leaf.name, leaf.number, loss.most, loss.points, names.get(owner or 0, ""), doing, loss.gain)
        )
    return sorted(lost, key=lambda one: (-one.lost, one.code))


class _Loss(NamedTuple):
    leaf: Criterion
    points: Fraction
    most: Fraction
    gain: Fraction


def _below(definition: IndexSet, row: Row) -> list[_Loss]:
    """Every criterion below its most points, with what the score would gain by all of them."""
    adding = adds_up(definition)
    found = []
    for leaf in definition.leaves:
        points, most = row.parts.get(leaf.code), most_of(leaf)
        if points is not None and most is not None and points < most:
            gain = most - points if adding else gain_by(definition, row.parts, row.score, leaf.code, most)
            found.append(_Loss(leaf, points, most, gain or Fraction(0)))
    return found


def _tasks(answers: Sequence[int], *, public: bool) -> dict[int, list[Task]]:
    links = PointTask.objects.filter(answer__in=answers).select_related("task").order_by("pk")
    if public:
        links = links.filter(task__public=True)
    found: dict[int, list[Task]] = {}
    for link in links:
        found.setdefault(link.answer_id, []).append(link.task)
    return found


def worst_criteria(found: Outcome, many: int = 8) -> list[Gap]:
    """Where all units together lost most of the index: the mean loss of each criterion. No statement."""
    lost: dict[str, Fraction] = {}
    for row in found.rows:
        for loss in _below(found.definition, row):
            lost[loss.leaf.code] = lost.get(loss.leaf.code, Fraction(0)) + loss.gain
    sums = []
    for leaf in found.definition.leaves:
        most = most_of(leaf)
        values = [each for one in found.rows if (each := one.parts.get(leaf.code)) is not None]
        if most is None or not values or leaf.code not in lost:
            continue
        mean = sum(values, Fraction(0)) / len(values)
        sums.append(Gap(leaf.code, leaf.name, leaf.number, most, mean, leaf.owner, (), lost[leaf.code] / len(values)))
    return sorted(sums, key=lambda one: (-one.lost, one.code))[:many]


def lost_by_owner(found: Outcome) -> list[tuple[str, Fraction, int]]:
    """Points of the index lost by whoever had to win them: name, points, criteria; the largest loss first. Two statements."""
    owners: dict[tuple[int | None, str], int | None] = {
        (unit, criterion): owner
        for unit, criterion, owner in Answer.objects.filter(round=found.round).values_list("unit", "criterion", "owner")
    }
    sums: dict[int, tuple[Fraction, int]] = {}
    for row in found.rows:
        for loss in _below(found.definition, row):
            owner = owners.get((row.pk, loss.leaf.code)) or 0
            lost, count = sums.get(owner, (Fraction(0), 0))
            sums[owner] = (lost + loss.gain, count + 1)
    names = organisations.full_names_on({owner for owner in sums if owner}, _day(found.round))
    listed = [(names.get(owner, ""), lost, count) for owner, (lost, count) in sums.items()]
    return sorted(listed, key=lambda one: (-one[1], one[0]))


def _day(round_: Round) -> Any:
    return (round_.published_at or round_.prepared_at).date()


def tasks_of(found: Outcome, *, public: bool = True) -> list[tuple[Task, str, str]]:
    """Tasks that lost points of this round became: task, criterion, unit. One statement."""
    links = PointTask.objects.filter(answer__round=found.round).select_related("task", "answer__unit").order_by("pk")
    if public:
        links = links.filter(task__public=True)
    by_code = found.definition.by_code
    return [
        (one.task, by_code[one.answer.criterion].name, one.answer.unit.name)
        for one in links
        if one.answer.criterion in by_code
    ]


def years_of(round_: Round, unit: str) -> list[tuple[Round, Fraction | None, float | None, int]]:
    """Published rounds of the same index for one unit, the oldest first, whatever it was called then."""
    agency = JudgedUnit.objects.filter(round=round_, name=unit).values_list("agency", flat=True).first()
    called = dict(
        JudgedUnit.objects.filter(agency=agency, round__stage=Stage.PUBLISHED.value).values_list("round", "name")
    )
    same = Round.objects.filter(
        set_version__index=round_.set_version.index,
        kind=round_.kind,
        organiser=round_.organiser_id,
        stage=Stage.PUBLISHED.value,
    )
    found = []
    for one in same.order_by("year", "pk"):
        rows = (one.results or {}).get("rows", [])
        mine = next((row for row in rows if row["unit"] == called.get(one.pk)), None)
        if mine is not None:
            found.append((one, _fraction(mine["score"]), mine["rank"], len(rows)))
    return found


def organiser_name(round_: Round) -> str:
    """Who runs the round, under the name it bore."""
    return organisations.full_names_on([round_.organiser_id], _day(round_)).get(round_.organiser_id, "")


def tasks_about(index: str, *, public: bool = True) -> list[tuple[Task, str, str]]:
    """Tasks that lost points of this index became, in whatever year. One statement."""
    links = PointTask.objects.filter(answer__round__set_version__index=index)
    if public:
        links = links.filter(task__public=True)
    found = []
    for one in links.select_related("task", "answer__unit", "answer__round__set_version").order_by("-pk")[:30]:
        by_code = definition_of_round(one.answer.round).by_code
        if one.answer.criterion in by_code:
            found.append((one.task, by_code[one.answer.criterion].name, one.answer.unit.name))
    return found


def targets_about(index: str) -> list[Target]:
    """What is aimed at for this index, the newest year first. One statement."""
    return list(Target.objects.filter(index=index).order_by("-year", "pk")[:3])
