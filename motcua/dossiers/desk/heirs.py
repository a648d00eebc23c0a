"""Whose dossiers wait since their office ended: the administrator says who goes on; numbers only, no dossier is shown."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from motcua.base.clock import day_of
from motcua.base.errors import Refused
from motcua.base.text import whole_number
from motcua.dossiers import actions
from motcua.dossiers.queries import orphans
from motcua.organisations import queries as organisations
from motcua.people.http import PersonRequest, desk_view
from motcua.people.terms import Permission


@desk_view(Permission.MANAGE_ORGANISATIONS)
def heirs(request: PersonRequest) -> HttpResponse:
    """One line for each ended office with open dossiers, and who may take them over."""
    problems: list[str] = []
    if request.method == "POST":
        office, to = (whole_number(request.POST.get(name, "")) or 0 for name in ("office", "to"))
        try:
            actions.choose_heir(office, to=to, by=request.actor, at=request.now)
        except Refused as refused:
            problems = refused.objections
        else:
            messages.success(request, _("Đang chuyển hồ sơ sang nơi kế thừa; xong trong ít phút."))
            return redirect("dossiers_desk:heirs")
    context = {"rows": _rows(request), "problems": problems}
    return render(request, "dossiers/desk/heirs.html", context, status=422 if problems else 200)


def _rows(request: PersonRequest) -> list[dict[str, Any]]:
    day, by = day_of(request.now), request.actor
    scope = set(organisations.subtree_ids(by.agency, day)) if by.agency else set()
    found = []
    for one in orphans.waiting(day):
        if places := [place for place in one.places if place in scope]:
            was = organisations.full_names_on([one.office], one.ends_on, short=True)[one.office]
            names = organisations.full_names_on(places, day, short=True)
            found.append({"one": one, "was": was, "places": names.items()})
    return found
