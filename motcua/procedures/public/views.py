"""The catalogue and the page of one procedure; nobody needs an account to read them."""

import re
from datetime import date
from typing import Any, Final

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from motcua.base.clock import day_of
from motcua.people.http import PersonRequest
from motcua.procedures import queries
from motcua.procedures.public.forms import SearchForm
from motcua.procedures.terms import DecidingLevel, Level, Matter

SHOWN: Final = 50
_ICONS: Final = ("baby", "heart-handshake", "house", "map-pin", "store", "hand-coins", "stamp", "flower-2")
_CODE: Final = re.compile(r"\d\.\d{6}")


@login_not_required
@require_safe
def catalogue(request: PersonRequest) -> HttpResponse:
    """Search first; without a search the matters of life and the whole list from its beginning."""
    form = SearchForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    day, text = day_of(request.now), asked.get("q", "")
    filters = {
        "field": asked.get("linh_vuc", ""),
        "matter": asked.get("viec", ""),
        "deciding": asked.get("co_quan", ""),
    }
    found = queries.search(text, asked.get("cap") or None, SHOWN + 1, day=day, **filters)
    if len(found) == 1 and _CODE.fullmatch(text.strip()) and found[0].code == text.strip():
        return redirect("procedures:detail", code=found[0].code)
    context = {"asked": asked, "found": found[:SHOWN], "more": len(found) > SHOWN, **_choices(day)}
    context["searched"] = bool(text or asked.get("cap") or any(filters.values()))
    context["matter"] = Matter(filters["matter"]) if filters["matter"] else None
    return render(request, "procedures/public/list.html", context)


def _choices(day: date) -> dict[str, Any]:
    """What the list may be narrowed by; districts are no more since 1/7/2025."""
    return {
        "matters": list(zip(Matter, _ICONS, strict=True)),
        "levels": [one for one in Level if one != Level.DISTRICT],
        "deciding": DecidingLevel,
        "fields": queries.fields_in_force(day),
    }


@login_not_required
@require_safe
def procedure(request: PersonRequest, code: str) -> HttpResponse:
    """Everything a citizen needs to know, with the due date of a dossier handed in now."""
    if not _CODE.fullmatch(code):
        raise Http404(code)
    guide = queries.guide(code, case=request.GET.get("truong-hop", ""), at=request.now)
    matter = Matter(guide.version.matter) if guide.version.matter in Matter.values else None
    return render(request, "procedures/public/detail.html", {"guide": guide, "matter": matter, "at": request.now})
