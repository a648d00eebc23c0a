"""Deciding about an agency: type, read what will happen, confirm. What was typed stays until the decision is made."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from motcua.base.clock import day_of
from motcua.base.errors import Refused
from motcua.desk.admin import scope
from motcua.desk.admin.agencies import day_typed, keepers, version_or_404
from motcua.desk.admin.calendar import REFUSED
from motcua.desk.admin.decisions import DEEDS, Deed, Typed, consequences
from motcua.desk.admin.forms import CorrectForm, NewAgencyForm, RenameForm
from motcua.organisations import actions, queries, rules
from motcua.organisations.models import Agency
from motcua.organisations.rules import Step, Version
from motcua.people.http import PersonRequest

NEVER_SENT_AGAIN = ("csrfmiddlewaretoken", "da-xem", "sua")


@keepers
def deed(request: PersonRequest, pk: int, slug: str) -> HttpResponse:
    """One decision: the form, then what it will do, then the decision itself."""
    if slug not in DEEDS:
        raise Http404(_("Không có việc này."))
    chosen, today = DEEDS[slug], day_of(request.now)
    version = version_or_404(pk, today)
    closed = chosen.objections(version, request.actor, today)
    typed = _typed(chosen, version, request)
    context = {"deed": chosen, "version": version, "typed": typed, "closed": closed}
    if request.method != "POST" or "sua" in request.POST:
        return render(request, "desk/admin/deed.html", context)
    step = _step(chosen, version, typed, closed, request)
    if step is None:
        return render(request, "desk/admin/deed.html", context, status=REFUSED)
    if chosen.final and "da-xem" not in request.POST:
        kept = [
            (name, one) for name in request.POST if name not in NEVER_SENT_AGAIN for one in request.POST.getlist(name)
        ]
        return render(
            request, "desk/admin/confirm.html", {**context, "kept": kept, "lines": consequences(step, version)}
        )
    return _carry_out(step, typed, context, request)


def _carry_out(step: Step, typed: Typed, context: dict[str, Any], request: PersonRequest) -> HttpResponse:
    try:
        outcome = actions.carry_out(step, by=request.actor, at=request.now)
    except Refused as refused:
        _add(typed, refused.objections)
        return render(request, "desk/admin/deed.html", context, status=REFUSED)
    messages.success(request, _("Đã ghi quyết định %(decision)s.") % {"decision": step.decision})
    heirs = [one.successor for one in outcome.follows if one.successor is not None]
    target = (outcome.opened or heirs or [context["version"].agency])[0]
    return redirect("desk:agency", target)


def _typed(deed: Deed, version: Version, request: PersonRequest) -> Typed:
    today = day_of(request.now)
    sent = request.POST or None
    if "sua" in request.POST:  # show again what was typed, without judging it
        sent = None
    bound = {"choices": deed.choices(version, today)}
    again = {name: request.POST[name] for name in request.POST} if "sua" in request.POST else {}
    first = {name: getattr(version, name) for name in RenameForm.VALUES} if deed.form is RenameForm else {}
    main = deed.form(sent, initial={**first, **again}, **bound)
    new = []
    for number in range(1, deed.new_forms + 1):
        mark = f"moi{number}"
        kept = {name.removeprefix(f"{mark}-"): value for name, value in again.items() if name.startswith(f"{mark}-")}
        kind = "" if deed.inside else version.kind.value
        new.append(
            NewAgencyForm(
                sent, prefix=mark, initial={"kind": kind, **kept}, empty_permitted=True, use_required_attribute=False
            )
        )
    return Typed(main, new)


def _step(deed: Deed, version: Version, typed: Typed, closed: list[str], request: PersonRequest) -> Step | None:
    """The decision if it can be made; else every reason stands in the form."""
    whole = typed.main.is_valid()
    for one in _needed(deed, typed):
        one.empty_permitted = False
        whole = one.is_valid() and whole
    if not whole:
        return None
    step = deed.step(typed, version)
    today = day_of(request.now)
    found = [*closed, *rules.objections(step, queries.register(), today=today), *_out_of_reach(step, request, today)]
    _add(typed, list(dict.fromkeys(found)))
    return None if found else step


def _needed(deed: Deed, typed: Typed) -> list[NewAgencyForm]:
    if not deed.new_forms or not deed.new_needed(typed):
        return []
    return typed.begun if deed.new_forms > 1 else list(typed.new)


def _out_of_reach(step: Step, request: PersonRequest, today: date) -> list[str]:
    """Nobody decides about agencies outside their own reach, neither as those that end nor as those that follow."""
    changed = [one for one in step.agencies if isinstance(one, int)]
    taking = [one for one in (*step.into, step.parent) if isinstance(one, int) and one not in changed]
    found = [why for one in changed for why in scope.change_objections(one, request.actor, today)]
    return found + [why for one in taking for why in scope.inside_objections(one, request.actor, today)]


def _add(typed: Typed, objections: list[str]) -> None:
    for sentence in objections:
        typed.main.add_error(None, sentence)


@keepers
def correct(request: PersonRequest, pk: int) -> HttpResponse:
    """Mend what was written wrongly in the version of one day."""
    today = day_of(request.now)
    day = day_typed(request.GET.get("ngay", "")) or today
    version = queries.version_on(pk, day) or version_or_404(pk, day)
    first = {name: getattr(version, name) for name in CorrectForm.VALUES}
    form = CorrectForm(request.POST or None, initial=first)
    closed = scope.change_objections(pk, request.actor, today)
    if request.method == "POST" and form.is_valid():
        try:
            if closed:
                raise Refused(closed)
            wishes = {"day": version.since, "reason": form.cleaned_data["reason"], **form.values()}
            actions.correct(Agency.objects.get(pk=pk), by=request.actor, at=request.now, **wishes)
        except Refused as refused:
            refused.onto(form)
        else:
            messages.success(request, _("Đã đính chính; nhật ký giữ thông tin cũ và lý do."))
            return redirect("desk:agency", pk)
    context = {"form": form, "version": version, "closed": closed}
    return render(request, "desk/admin/correct.html", context, status=REFUSED if form.errors else 200)
