"""The rounds of our own: who stands where, where points were lost, what is done about it. Published ones only."""

from fractions import Fraction
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from motcua.base import downloads
from motcua.indices import papers
from motcua.indices.models import Round
from motcua.indices.public.saying import as_file, kept_paper, say, say_rank
from motcua.indices.queries import published as queries
from motcua.indices.queries.published import Area, Gap, Outcome, Row
from motcua.indices.rules.meaning import place_words
from motcua.indices.rules.sheets import adds_up
from motcua.indices.terms import Stage, UnitKind

MOST_GAPS = 12


def _round(pk: int) -> Round:
    found = Round.objects.filter(pk=pk, stage=Stage.PUBLISHED.value).select_related("set_version", "organiser").first()
    if found is None:
        raise Http404
    return found


def _frame(found: Outcome) -> dict[str, Any]:
    round_ = found.round
    return {
        "round": round_,
        "kind": UnitKind(round_.kind).label,
        "definition": found.definition,
        "organiser": queries.organiser_name(round_),
        "facts": papers.certainty_of(found.definition),
        "weighed": not adds_up(found.definition),
    }


@login_not_required
@require_safe
def round_page(request: HttpRequest, pk: int) -> HttpResponse:
    """All units of a round, where points were lost most, tasks that came of it; one unit alone opens its own page."""
    found = queries.outcome(_round(pk))
    if len(found.rows) == 1 and found.rows[0].pk is not None:
        return redirect("standing:unit", pk=pk, unit=found.rows[0].pk)
    worst = queries.worst_criteria(found)
    context = {
        **_frame(found),
        "rows": [_row_words(one, found) for one in found.rows],
        "values": [float(one) for one in found.scores],
        "best": say(max(found.scores, default=None)),
        "middle": say(papers.middle_of(found.scores)),
        "least": say(min(found.scores, default=None)),
        "worst": [(one.name, float(one.lost)) for one in worst],
        "worst_first": worst[0] if worst else None,
        "worst_lost": say(worst[0].lost) if worst else "",
        "tasks": queries.tasks_of(found),
    }
    return render(request, "indices/public/round.html", context)


def _row_words(one: Row, found: Outcome) -> dict[str, Any]:
    moved = ""
    if one.before is not None and one.score is not None and found.comparable:
        gap = one.score - one.before[1]
        moved = ("+" if gap > 0 else "−" if gap < 0 else "") + say(abs(gap))
    return {
        "row": one,
        "score": say(one.score),
        "rank": say_rank(one.rank),
        "before": say(one.before[1]) if one.before else "–",
        "moved": moved or "–",
    }


@login_not_required
@require_safe
def unit_page(request: HttpRequest, pk: int, unit: int) -> HttpResponse:
    """One unit: its points, from the most to what it got, each area beside the others, every loss and its tasks."""
    found = queries.outcome(_round(pk))
    row = found.row(unit)
    if row is None:
        raise Http404
    areas, gaps = found.areas(row), queries.gaps_of(found, row)
    context = {
        **_frame(found),
        **_row_words(row, found),
        "among": len(found.scores),
        "alone": len(found.rows) == 1,
        "where": _where(row, found),
        "most": say(found.definition.top.most or sum((one.most for one in areas), Fraction(0))),
        "fall": _fall(areas, row),
        "dots": _dots(areas) if len(found.rows) > 2 else [],
        "gaps": [_gap_words(one) for one in gaps[:MOST_GAPS]],
        "more_gaps": max(len(gaps) - MOST_GAPS, 0),
        "years": _years(found, row),
    }
    return render(request, "indices/public/unit.html", context)


def _where(row: Row, found: Outcome) -> str:
    if row.rank is None or len(found.scores) < 4:
        return ""
    told = place_words(int(row.rank), len(found.scores))
    return told[:1].upper() + told[1:]


def _fall(areas: list[Area], row: Row) -> dict[str, Any] | None:
    most = sum((one.most for one in areas), Fraction(0))
    lost = sum((one.lost for one in areas if one.points is not None), Fraction(0))
    if row.score is None or not areas or any(one.points is None for one in areas) or most - lost != row.score:
        return None  # the areas do not simply add up: a drawing that hangs one on the other would lie
    steps = [(one.name, -float(one.lost)) for one in areas if one.lost]
    return {"start": (_("Điểm tối đa"), float(most)), "steps": steps, "end": (_("Điểm đạt được"), float(row.score))}


def _dots(areas: list[Area]) -> list[tuple[str, Any, Any, Any, Any]]:
    return [
        (one.name, one.share(one.points), one.share(one.least), one.share(one.middle), one.share(one.best))
        for one in areas
        if one.points is not None
    ]


def _gap_words(one: Gap) -> dict[str, Any]:
    return {"gap": one, "points": say(one.points), "most": say(one.most), "lost": say(one.lost)}


def _years(found: Outcome, row: Row) -> list[dict[str, Any]]:
    """Every published year of this unit, with the rules it was judged by."""
    listed = queries.years_of(found.round, row.unit)
    versions = [one.set_version_id for one, *_rest in listed]
    return [
        {
            "round": one,
            "score": say(score),
            "rank": say_rank(rank),
            "among": among,
            "broken": place > 0 and versions[place] != versions[place - 1],
        }
        for place, (one, score, rank, among) in enumerate(listed)
    ]


@login_not_required
@require_safe
def table(request: HttpRequest, pk: int) -> HttpResponse:
    """Points of every unit for every criterion, to take along."""
    found = queries.outcome(_round(pk))
    codes = [each.code for each in found.definition.criteria if each.code != found.definition.root]
    rows = [[one.unit, one.score, one.rank, *(one.parts.get(code) for code in codes)] for one in found.rows]
    return as_file(["unit", "score", "rank", *codes], rows, f"{found.definition.code}-{found.round.year}")


@login_not_required
@require_safe
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """The paper for the yearly analysis conference about this round."""
    round_ = _round(pk)

    def make() -> bytes:
        return papers.round_report(queries.outcome(round_), public=True, at=request.now)  # type: ignore[attr-defined]

    return downloads.shown(kept_paper(f"round.{pk}", make), f"bao-cao-{round_.set_version.code}-{round_.year}.pdf")
