"""What falls due in the days ahead: the dossiers behind each day and behind all of them."""

from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from motcua.dashboards.ahead import Ahead, ahead_of, rows_ahead
from motcua.dashboards.desk.frame import READERS, address, frame, view_of
from motcua.dashboards.desk.told import told
from motcua.people.http import PersonRequest, desk_view


@desk_view(*READERS)
@require_safe
def ahead(request: PersonRequest) -> HttpResponse:
    """The dossiers of one of the days, or of all; as many as the leaders' page says."""
    view, at = view_of(request), request.now
    found = ahead_of(view.unit.agency, view.part, at=at)
    day = _day(request.GET.get("ngay", ""), found)
    text = request.GET.get("sau", "")
    after = int(text) if text.isdecimal() and len(text) < 19 else 0
    page = rows_ahead(view.unit.agency, view.part, day, at=at, after=after)
    here = address("dashboards_desk:ahead", view)
    chosen = f"{here}&ngay={day}" if day else here
    context = {
        **frame(request, view),
        "ahead": found,
        "day": day,
        "due": dict(found.days)[day] if day else found.due,
        "rows": told(request, page.rows),
        "here": here,
        "more": f"{chosen}&sau={page.after}" if page.after else "",
    }
    return render(request, "dashboards/desk/ahead.html", context)


def _day(text: str, found: Ahead) -> date | None:
    """One of the days on which anything falls due; otherwise all of them."""
    return next((day for day, _n in found.days if f"{day}" == text), None)
