"""Messages that could not be sent: read why, mend the cause, send again."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from motcua.notifications import actions, queries
from motcua.people.http import PersonRequest, desk_view
from motcua.people.terms import Permission

PAGE = 50


@desk_view(Permission.MANAGE_MESSAGES)
def parked(request: PersonRequest) -> HttpResponse:
    """What waits for a person, oldest first; chosen ones, or all shown, go back into the line."""
    if request.method == "POST":
        return _replay(request)
    found = list(queries.parked()[: PAGE + 1])
    rows = [(one, queries.receiver_of(one)) for one in found[:PAGE]]
    context = {"rows": rows, "more": len(found) > PAGE}
    return render(request, "desk/admin/parked.html", context)


def _replay(request: PersonRequest) -> HttpResponse:
    chosen = [found for text in request.POST.getlist("chon")[:PAGE] if (found := _number(text))]
    if not chosen:
        messages.warning(request, _("Chưa chọn tin nào để gửi lại."))
        return redirect("desk:parked")
    sent = actions.replay(chosen, by=request.actor, at=request.now)
    done = ngettext("Đã đưa %(n)d tin vào hàng chờ gửi.", "Đã đưa %(n)d tin vào hàng chờ gửi.", sent) % {"n": sent}
    messages.success(request, done)
    return redirect("desk:parked")


def _number(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
