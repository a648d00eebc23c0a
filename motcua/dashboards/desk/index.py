"""A unit by QĐ 766: groups and components, the units below by groups, the dossiers and procedures behind each count."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from motcua.base.errors import Refused
from motcua.dashboards import index766, unchanged
from motcua.dashboards.desk.frame import READERS, address, frame, view_of
from motcua.dashboards.desk.told import told
from motcua.measures.queries import rows766
from motcua.measures.queries.set766 import Answer, set_for
from motcua.measures.rules.results766 import ScoredComponent
from motcua.people.http import PersonRequest, desk_view


@desk_view(*READERS)
@require_safe
def set766(request: PersonRequest) -> HttpResponse:
    """The unit by QĐ 766: what is reached, what is lost, what is not measured and why."""
    view = view_of(request)

    def make() -> dict[str, Any]:
        try:
            answer = set_for(view.unit.code, view.period, at=request.now)
        except Refused as refused:
            return {"answer": None, "why": " ".join(refused.objections)}
        groups = index766.groups(answer.scored, lambda code: address("dashboards_desk:set766_rows", view, code))
        context = {"answer": answer, "groups": groups, **index766.sums(groups)}
        return {"answer": answer, "body": render_to_string("dashboards/desk/_set766.html", context, request)}

    found = unchanged.kept(request, "set766", make, view)
    return render(request, "dashboards/desk/set766.html", {**frame(request, view), **found})


@desk_view(*READERS)
@require_safe
def rows(request: PersonRequest, code: str) -> HttpResponse:
    """What one component counts or, with `thieu`, what stands in its denominator alone."""
    view = view_of(request)
    answer, one = index766.component_of(view.unit.code, view.period, code, at=request.now)
    lost = request.GET.get("thieu") == "1" and one.component.counted != "average_time"
    here = address("dashboards_desk:set766_rows", view, code)
    context = {
        **frame(request, view),
        "one": one,
        "answer": answer,
        "lost": lost,
        "here": here,
        "can_lack": one.component.counted != "average_time",
        "lacking": index766.lacking(one),
        "adds_to": index766.lacking(one) if lost else one.count.numerator if one.count else 0,
        "procedures": None,
        "set_url": address("dashboards_desk:set766", view),
    }
    if one.component.counted in index766.OF_PROCEDURES:
        context |= index766.procedures(answer, one, lost=lost, page=request.GET.get("trang"), at=request.now)
    else:
        context |= _dossiers(request, answer, one, lost=lost, here=here)
    return render(request, "dashboards/desk/rows766.html", context)


def _dossiers(request: PersonRequest, answer: Answer, one: ScoredComponent, *, lost: bool, here: str) -> dict[str, Any]:
    text = request.GET.get("sau", "")
    after = int(text) if text.isdecimal() and len(text) < 19 else 0
    page = rows766.dossiers_behind(one.component.counted, answer, at=request.now, lost=lost, after=after)
    more = f"{here}{'&thieu=1' if lost else ''}&sau={page.after}" if page.after else ""
    return {"rows": told(request, page.rows), "more": more}
