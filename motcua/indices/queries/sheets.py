"""The answer sheet of one unit: every row of the annex with what was said, judged and got the year before. Few statements, whatever its length."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Final, NamedTuple

from motcua.base.actors import Actor
from motcua.base.prepared import Prepared, number, text
from motcua.indices.models import Answer, Evidence, JudgedUnit, LiveFigure, PointsObjection, Remark, Round
from motcua.indices.queries.frozen import frozen_points
from motcua.indices.queries.rounds import Before, definition_of_round
from motcua.indices.queries.seeing import Sight, sight
from motcua.indices.queries.standing import hides_judgements, results_now
from motcua.indices.rules.definition import Criterion, IndexSet
from motcua.indices.rules.numbers import decimal_text
from motcua.indices.rules.sheets import Place, adds_up, judgements_shown, places, sums
from motcua.indices.terms import Party, Stage
from motcua.organisations import queries as organisations

COLUMNS: Final = ("self", "checked", "appraised", "decided")


@dataclass
class Line:
    """One row: an area with the sums of what stands under it, or a criterion with its answer."""

    criterion: Criterion
    depth: int
    above: tuple[str, ...]
    points: dict[str, Decimal | None] = field(default_factory=dict)
    before: Decimal | None = None
    answer: Answer | None = None
    owner: str = ""
    proofs: int = 0
    remarks: int = 0
    objected: bool = False
    replied: bool = False
    proposed: LiveFigure | None = None

    @property
    def latest(self) -> Decimal | None:
        """The judgement that counts now, among those the reader may see."""
        there = [self.points.get(column) for column in reversed(COLUMNS)]
        return next((points for points in there if points is not None), None)

    @property
    def lost(self) -> Fraction | None:
        """What is missing to the most points."""
        if self.criterion.most is None or self.latest is None:
            return None
        return self.criterion.most - Fraction(self.latest)

    @property
    def unanswered(self) -> bool:
        """Whether nobody has said anything yet."""
        return self.answer is not None and self.answer.self_at is None

    @property
    def changed(self) -> bool:
        """Whether a judge came to other points than the owner."""
        said = self.points.get("self")
        if self.criterion.is_compared and said is None:
            return False  # the points come of the rule, nobody gave others
        return any(self.points.get(one) not in (None, said) for one in COLUMNS[1:])


@dataclass(frozen=True)
class Sheet:
    """The rows of one unit in the order of the annex, and what they come to."""

    round: Round
    unit: JudgedUnit
    lines: tuple[Line, ...]
    adds_up: bool
    reckoned: str
    """Where points are not merely added: the column in which areas stand as the definition gathers them; else empty."""
    totals: Mapping[str, Decimal | None]
    most: Fraction | None
    before_year: int | None
    before_total: Decimal | None
    same_definition: bool
    columns: tuple[str, ...]
    """Of the judgements, those that may be read and of which there is at least one."""

    @property
    def leaves(self) -> list[Line]:
        """Rows that have an answer."""
        return [one for one in self.lines if one.answer is not None]


class Filter(NamedTuple):
    """What the reader wants to see of a sheet."""

    owner: int | None = None
    state: str = ""

    def takes(self, line: Line) -> bool:
        """Whether an answer belongs to what was asked for."""
        if line.answer is None or (self.owner is not None and line.answer.owner_id != self.owner):
            return False
        match self.state:
            case "chua-cham":
                return line.unanswered
            case "thay-doi":
                return line.changed
            case "co-y-kien":
                return line.objected
            case "chua-tham-dinh":
                return line.answer.appraised_at is None
            case "chua-kiem-chung":
                return not line.proofs
            case "so-lieu":
                return line.proposed is not None
            case _:
                return True


def narrowed(lines: Collection[Line], narrow: Filter) -> list[Line]:
    """The rows asked for, each under its areas."""
    taken = [one for one in lines if narrow.takes(one)]
    codes = {code for one in taken for code in one.above} | {one.criterion.code for one in taken}
    return [one for one in lines if one.criterion.code in codes]


def sheet(unit: JudgedUnit, round_: Round, actor: Actor, at: datetime, *, day: date) -> Sheet:
    """The sheet of one unit as this person may read it."""
    definition = definition_of_round(round_)
    seen = sight(round_, actor, at)
    before = before_of(round_, unit.agency_id)
    lines = _lines(unit, round_, seen, before, day)
    columns = ("self", *(one for one in COLUMNS[1:] if any(line.points.get(one) is not None for line in lines)))
    adding, reckoned = adds_up(definition), ""
    totals: dict[str, Decimal | None] = {}
    if adding:
        totals = _add_up(definition, lines, columns)
    elif seen.whole or unit.agency_id in seen.own:
        reckoned = "self" if hides_judgements(round_, seen) else columns[-1]
        totals = {reckoned: _reckon(lines, unit, round_, reckoned, as_said=reckoned == "self")}
    earlier = next(iter(before.values()), None)
    return Sheet(
        round=round_,
        unit=unit,
        lines=tuple(lines),
        adds_up=adding,
        reckoned=reckoned,
        totals=totals,
        most=definition.top.most,
        before_year=earlier.year if earlier else None,
        before_total=totals.get("before"),
        same_definition=earlier.same_definition if earlier else True,
        columns=columns,
    )


def _lines(unit: JudgedUnit, round_: Round, seen: Sight, before: Mapping[str, Before], day: date) -> list[Line]:
    """The rows in the order of the annex, each answer with the judgements this person may read."""
    found = _answers.all(unit=unit.pk)
    answers = {one.criterion: one for one in found if seen.whole or reads(seen, one, unit)}
    facts = _facts(unit.pk)
    owners = organisations.names_on({one.owner_id for one in answers.values() if one.owner_id}, day, short=True)
    stage = Stage(round_.stage)
    shown_to_judges = judgements_shown(stage, {Party.ORGANISER})
    shown_to_owners = judgements_shown(stage, {Party.OWNER})
    lines = []
    for place in places(definition_of_round(round_)):
        answer = answers.get(place.criterion.code)
        if place.criterion.is_leaf and answer is None:
            continue
        line = Line(place.criterion, place.depth, place.above)
        if answer is not None:
            judges = seen.whole or answer.appraiser_id in seen.own
            _fill(line, answer, shown_to_judges if judges else shown_to_owners, facts)
            line.owner = owners.get(answer.owner_id or 0, "")
            line.before = before[place.criterion.code].points if place.criterion.code in before else None
        lines.append(line)
    return _without_empty(lines)


def _add_up(definition: IndexSet, lines: Sequence[Line], columns: Sequence[str]) -> dict[str, Decimal | None]:
    """Areas get the sums of their criteria in every column, and in that of the year before; the sums of the whole."""
    totals: dict[str, Decimal | None] = {}
    for column in (*columns, "before"):
        leaves = {
            line.criterion.code: line.before if column == "before" else line.points.get(column)
            for line in lines
            if line.answer is not None
        }
        whole = sums(definition, leaves)
        totals[column] = whole.get(definition.root)
        for line in lines:
            if line.answer is None and column == "before":
                line.before = whole.get(line.criterion.code)
            elif line.answer is None:
                line.points[column] = whole.get(line.criterion.code)
    return totals


def _reckon(lines: Iterable[Line], unit: JudgedUnit, round_: Round, column: str, *, as_said: bool) -> Decimal | None:
    """What areas, and criteria that compare units, come to by the definition; the score of the index itself."""
    scores = results_now(round_, as_said=as_said)
    row = scores.units.index(unit.name)

    def of(code: str) -> Decimal | None:
        found = scores.parts[code][row] if code in scores.parts else None
        return None if found is None else Decimal(decimal_text(found))

    for line in lines:
        if line.answer is None or (line.criterion.is_compared and line.points.get(column) is None):
            line.points[column] = of(line.criterion.code)
    return of(scores.definition.root)


def _without_empty(lines: list[Line]) -> list[Line]:
    """Areas under which the reader sees no answer are left out."""
    codes = {code for one in lines if one.answer is not None for code in one.above}
    return [one for one in lines if one.answer is not None or one.criterion.code in codes]


class _Facts(NamedTuple):
    proofs: Mapping[int, int]
    remarks: Mapping[int, int]
    objections: Mapping[int, bool]
    figures: Mapping[int, LiveFigure]


def reads(seen: Sight, answer: Answer, unit: JudgedUnit) -> bool:
    """Whether one of the person's agencies answers, judges or is judged by it."""
    return not seen.own.isdisjoint((answer.owner_id, answer.appraiser_id, unit.agency_id))


_answers: Prepared[Answer] = Prepared(lambda: Answer.objects.filter(unit=number("unit")).order_by("place"))
_proofs: Prepared[tuple[int]] = Prepared(
    lambda: Evidence.objects.filter(answer__unit=number("unit"), removed_at=None).order_by().values_list("answer")
)
_remarks: Prepared[tuple[int]] = Prepared(
    lambda: Remark.objects.filter(answer__unit=number("unit")).order_by().values_list("answer")
)
_objections: Prepared[tuple[int, datetime | None]] = Prepared(
    lambda: PointsObjection.objects.filter(answer__unit=number("unit")).order_by().values_list("answer", "replied_at")
)
_figures: Prepared[LiveFigure] = Prepared(
    lambda: LiveFigure.objects.filter(answer__unit=number("unit")).order_by("as_of", "pk")
)


def _facts(unit: int) -> _Facts:
    return _Facts(
        Counter(answer for (answer,) in _proofs.all(unit=unit)),
        Counter(answer for (answer,) in _remarks.all(unit=unit)),
        {answer: at is not None for answer, at in _objections.all(unit=unit)},
        {one.answer_id: one for one in _figures.all(unit=unit)},
    )


def _fill(line: Line, answer: Answer, shown: frozenset[str], facts: _Facts) -> None:
    line.answer = answer
    line.points = {"self": answer.self_points if answer.self_at else None}
    for column in COLUMNS[1:]:
        line.points[column] = getattr(answer, f"{column}_points") if column in shown else None
    line.proofs, line.remarks = facts.proofs.get(answer.pk, 0), facts.remarks.get(answer.pk, 0)
    line.objected = answer.pk in facts.objections
    line.replied = facts.objections.get(answer.pk, False)
    figure = facts.figures.get(answer.pk)
    if figure is not None and (figure.value, figure.below) != (answer.value, answer.below):
        line.proposed = figure


_earlier: Prepared[tuple[int, int, int]] = Prepared(
    lambda: (
        JudgedUnit.objects.filter(
            agency=number("agency"),
            round__stage=Stage.PUBLISHED.value,
            round__year__lt=number("year"),
            round__set_version__index=text("index"),
        )
        .order_by("-round__year", "-pk")
        .values_list("pk", "round__year", "round__set_version")[:1]
    )
)


def before_of(round_: Round, agency: int) -> dict[str, Before]:
    """What an agency got for each criterion in the latest published round of the same index before; two statements."""
    earlier = _earlier.first(agency=agency, year=round_.year, index=round_.set_version.index)
    if earlier is None:
        return {}
    unit, year, version = earlier
    same = version == round_.set_version_id
    return {code: Before(year, points, same) for code, points in frozen_points(unit).items()}


def place_of(criterion: str, round_: Round) -> Place:
    """The row of a criterion in its annex."""
    return next(one for one in places(definition_of_round(round_)) if one.criterion.code == criterion)
