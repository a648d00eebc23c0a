"""Live figures laid beside the answers: `measures` counts, this app only asks. The owner decides whether to take them."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import NamedTuple

from django.db import transaction

from motcua.base.actors import Actor
from motcua.base.clock import day_of
from motcua.indices.actions.answering import propose_figure
from motcua.indices.models import Answer, Round
from motcua.indices.queries import definition_of_round
from motcua.indices.rules.definition import Criterion, IndexSet
from motcua.indices.rules.kinds import Ratio
from motcua.measures.queries import set766
from motcua.measures.queries.figures import Asked, Figure, figures
from motcua.measures.queries.live import Span
from motcua.measures.rules.declared import MEASURES
from motcua.measures.rules.periods import Period
from motcua.organisations import queries as organisations

QD766 = "QĐ 766"


class Found(NamedTuple):
    """One figure: both sides of a share, or a value."""

    measure: str
    value: str
    numerator: str
    denominator: str


@transaction.atomic
def propose_from_measures(round_: Round, *, as_of: date, by: Actor, at: datetime) -> int:
    """Propose the figure of the year up to a day for every criterion that has one; how many were proposed."""
    definition = definition_of_round(round_)
    first = date(round_.year, 1, 1)
    last = min(as_of, date(round_.year, 12, 31), day_of(at))
    if last < first:
        return 0
    count = 0
    answers = Answer.objects.filter(round=round_).select_related("unit").order_by("unit_id", "place", "pk")
    known: dict[int, Mapping[str, Found]] = {}
    for answer in answers:
        agency = answer.unit.agency_id
        if agency not in known:
            known[agency] = _figures_of(definition, agency, first, last, at)
        found = known[agency].get(answer.criterion)
        if found is not None:
            propose_figure(
                answer,
                measure=found.measure,
                value=found.value,
                numerator=found.numerator,
                denominator=found.denominator,
                as_of=last,
                rows=f"measures.figure:{found.measure}:{agency}:{first}:{last}",
                by=by,
                at=at,
            )
            count += 1
    return count


def _figures_of(definition: IndexSet, agency: int, first: date, last: date, at: datetime) -> dict[str, Found]:
    found = _of_qd766(definition, agency, last, at) if definition.index == QD766 else {}
    wanted = {leaf.code: leaf for leaf in definition.leaves if leaf.measure in MEASURES}
    if wanted:
        span = Span(last, first, at if last == day_of(at) else None)
        asked = Asked(agency, span, day_of(at))
        values = figures(asked, dict.fromkeys(leaf.measure for leaf in wanted.values())).whole
        for code, leaf in wanted.items():
            if (one := _taken(leaf, values[leaf.measure])) is not None:
                found[code] = one
    return found


def _taken(leaf: Criterion, figure: Figure) -> Found | None:
    code = figure.measure.code
    if isinstance(leaf.rule, Ratio) and not leaf.rule.percent:
        if figure.denominator is None or (figure.denominator == 0 and figure.numerator):
            return None
        return Found(code, "", str(figure.numerator), str(figure.denominator))
    return None if figure.value is None else Found(code, format(figure.value, "f"), "", "")


def _of_qd766(definition: IndexSet, agency: int, last: date, at: datetime) -> dict[str, Found]:
    version = organisations.version_on(agency, last)
    if version is None or not version.code:
        return {}
    answer = set766.set_for(version.code, Period.parse(str(last.year)), at=at)
    codes = {leaf.code for leaf in definition.leaves}
    return {
        one.component.code: Found(one.component.code, "", str(one.count.numerator), str(one.count.denominator))
        for group in answer.scored.groups
        for one in group.components
        if one.component.code in codes
        and one.count is not None
        and one.count.numerator is not None
        and one.count.denominator is not None
        and (one.count.denominator > 0 or one.count.numerator == 0)
    }
