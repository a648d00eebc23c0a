"""What was promised, by whom, by when, done or not, where the giver allows it. No person is named."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from motcua.base.clock import day_of
from motcua.base.text import whole_number
from motcua.directives import queries
from motcua.people.http import PersonRequest, login_not_required


@login_not_required
def promises(request: PersonRequest) -> HttpResponse:
    """Published tasks, newest first; words without accents, one agency."""
    text = request.GET.get("q", "")[:200]
    lead = whole_number(request.GET.get("co-quan", ""))
    before = whole_number(request.GET.get("truoc", ""))
    rows, older = queries.public_tasks(at=request.now, text=text, lead=lead, before=before)
    context = {
        "rows": rows,
        "older": older,
        "q": text,
        "lead": lead,
        "leads": queries.public_leads(day_of(request.now)),
    }
    return render(request, "directives/public/promises.html", context)


@login_not_required
def promise(request: PersonRequest, code: str) -> HttpResponse:
    """One promise."""
    row = queries.public_task(code, at=request.now)
    if row is None:
        raise Http404(_("Không có nhiệm vụ công khai mang mã này."))
    return render(request, "directives/public/promise.html", {"row": row})
