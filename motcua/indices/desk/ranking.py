"""The ranking of a round: as it was published, or as it stands for whoever runs it."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, NamedTuple

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from motcua.indices import queries
from motcua.indices.actions.running import frozen
from motcua.indices.desk.loading import OFFICIALS, the_round
from motcua.indices.models import JudgedUnit, Round
from motcua.indices.queries.keeping import kept, stamp
from motcua.indices.queries.standing import results_now
from motcua.indices.rules.definition import Criterion
from motcua.indices.terms import Stage
from motcua.people.http import PersonRequest, desk_view


class Row(NamedTuple):
    """One unit in its place."""

    unit: JudgedUnit | None
    name: str
    rank: Any
    score: Fraction | None
    share: float
    before_rank: Any
    before_score: Fraction | None
    moved: int | None
    parts: tuple[tuple[Fraction | None, int], ...]
    opens: bool


@dataclass(frozen=True)
class Ranking:
    """All units, best first, with the areas beside."""

    rows: tuple[Row, ...]
    areas: tuple[Criterion, ...]
    before_year: int | None
    same_definition: bool


def ranking_of(round_: Round, seen: queries.Sight | None = None) -> Ranking:
    """The frozen results of a published round, else the scores as they stand, beside those of the year before."""
    definition = queries.definition_of_round(round_)
    found = _frozen_now(round_)
    areas = tuple(child for child, _weight in definition.children[definition.root])
    earlier = _earlier(round_)
    before = {row["unit"]: row for row in (earlier.results or {}).get("rows", ())} if earlier else {}
    names = {one.agency_id: one.name for one in JudgedUnit.objects.filter(round=earlier)} if earlier else {}
    units = {one.name: one for one in JudgedUnit.objects.filter(round=round_)}
    most = definition.top.most or max((Fraction(row["score"]) for row in found["rows"] if row["score"]), default=1)
    rows = []
    for row in found["rows"]:
        unit = units.get(row["unit"])
        then = before.get(names.get(unit.agency_id, ""), {}) if unit else {}
        score = _number(row["score"])
        rows.append(
            Row(
                unit=unit,
                name=row["unit"],
                rank=row["rank"],
                score=score,
                share=float(score / most * 100) if score is not None and most else 0,
                before_rank=then.get("rank"),
                before_score=_number(then.get("score")),
                moved=_moved(row["rank"], then.get("rank")),
                parts=tuple(_part(each, row) for each in areas),
                opens=seen is not None and unit is not None and (seen.whole or unit.agency_id in seen.own),
            )
        )
    rows.sort(key=lambda one: (one.rank is None, one.rank or 0))
    same = earlier is not None and earlier.set_version_id == round_.set_version_id
    return Ranking(tuple(rows), areas, earlier.year if earlier else None, same)


def _frozen_now(round_: Round) -> Mapping[str, Any]:
    """The results as they were published, or as they would be now; written out once for each state of the round."""
    return kept(("written", stamp(round_)), lambda: round_.results or frozen(results_now(round_)))


def _number(text: Any) -> Fraction | None:
    return None if text is None else Fraction(text)


def _moved(now: Any, then: Any) -> int | None:
    return None if now is None or then is None else int(then) - int(now)


def _part(area: Criterion, row: Mapping[str, Any]) -> tuple[Fraction | None, int]:
    """Points of an area, and how dark its cell is: the more is lost the darker."""
    points = _number(row["parts"].get(area.code))
    if points is None or not area.most:
        return points, 0
    lost = 1 - points / area.most
    return points, 3 if lost >= Fraction(3, 10) else 2 if lost >= Fraction(2, 10) else 1 if lost >= Fraction(
        1, 10
    ) else 0


def _earlier(round_: Round) -> Round | None:
    return (
        Round.objects.filter(
            stage=Stage.PUBLISHED.value,
            kind=round_.kind,
            organiser=round_.organiser_id,
            year__lt=round_.year,
            set_version__index=round_.set_version.index,
        )
        .order_by("-year", "-pk")
        .first()
    )


@require_safe
@desk_view(*OFFICIALS)
def ranking(request: PersonRequest, pk: int) -> HttpResponse:
    """Units in their places: for everybody once published, before that for whoever runs the round."""
    found = the_round(request, pk)
    seen = queries.sight(found, request.actor, request.now)
    if found.stage != Stage.PUBLISHED.value and not seen.whole:
        raise Http404
    context = {"round": found, "ranking": ranking_of(found, seen)}
    return render(request, "indices/desk/ranking.html", context)
