"""Alerts for those who answer for units: what stands, what is over, one click to a task; the thresholds behind them."""

from datetime import date
from typing import Any, Final, NamedTuple

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from motcua.alerts import actions, queries
from motcua.alerts.desk.forms import ThresholdForm
from motcua.alerts.models import Alert
from motcua.alerts.rules import DEFAULTS, Threshold, about_tasks
from motcua.alerts.terms import Sort
from motcua.base.clock import day_of
from motcua.base.errors import Refused
from motcua.people.http import PersonRequest, desk_view
from motcua.people.terms import Role

OVERSEERS: Final = (Role.LEADER, Role.CONTROLLER)


@desk_view(*OVERSEERS)
@require_safe
def home(request: PersonRequest) -> HttpResponse:
    """The alerts that stand with what the figures are now, or those that are over."""
    by, at = request.actor, request.now
    ended = request.GET.get("o") == "da-het"
    found = (queries.ended_for if ended else queries.open_for)(by, at)
    text = request.GET.get("truoc", "")
    if text.isdecimal() and len(text) < 18:
        found = found.filter(pk__lt=int(text))
    rows = list(found[: queries.PAGE + 1])
    shown = rows[: queries.PAGE]
    root = queries.root_for(by, at)
    fresh = {}
    if shown and root is not None and not ended:
        wanted = {one.threshold for one in shown}
        known = queries.thresholds_on(root, day_of(at))
        fresh = queries.readings(root, [one for one in known.values() if one.code in wanted], at=at)
    context = {
        "rows": queries.rows_of(shown, by=by, at=at, fresh=fresh),
        "ended": ended,
        "more": shown[-1].pk if len(rows) > queries.PAGE else None,
        "count": queries.open_for(by, at)[:501].count(),
    }
    return render(request, "alerts/desk/home.html", context)


def _alert(request: PersonRequest, pk: int) -> Alert:
    return get_object_or_404(queries.seen_by(request.actor, request.now), pk=pk)


@desk_view(*OVERSEERS)
@require_POST
def acknowledge(request: PersonRequest, pk: int) -> HttpResponse:
    """Seen, with a word if there is one."""
    words = request.POST.get("words", "")
    actions.acknowledge(_alert(request, pk), words=words, by=request.actor, at=request.now)
    messages.success(request, _("Đã ghi là đã xem."))
    return redirect("alerts:home")


@desk_view(*OVERSEERS)
@require_POST
def propose(request: PersonRequest, pk: int) -> HttpResponse:
    """One click: the unit is asked to bring the figure back."""
    task = actions.propose_task(_alert(request, pk), by=request.actor, at=request.now)
    told = {"code": task.code, "due": f"{task.due_on:%d/%m/%Y}"}
    messages.success(request, _("Đã giao nhiệm vụ %(code)s, hạn %(due)s. Đơn vị nhận hoặc từ chối.") % told)
    return redirect("alerts:home")


class Line(NamedTuple):
    """One threshold as it is, and as it will be."""

    now: Threshold
    coming: Threshold | None

    @property
    def of_tasks(self) -> bool:
        """Whether it counts tasks, not dossiers."""
        return about_tasks(self.now.measure)

    @property
    def words(self) -> str:
        """From when on somebody must look."""
        return words_of(self.now)


def words_of(one: Threshold) -> str:
    """A threshold in a sentence."""
    told = {"limit": queries.number(one.limit), "days": one.days, "fewest": f"{one.fewest} {one.counted}"}
    match one.sort:
        case Sort.ABOVE if one.days:
            return _("cao hơn %(limit)s%% trong %(days)s ngày, khi có từ %(fewest)s") % told
        case Sort.ABOVE:
            return _("cao hơn %(limit)s%%, khi có từ %(fewest)s") % told
        case Sort.BELOW:
            return _("thấp hơn %(limit)s%% trong %(days)s ngày, khi có từ %(fewest)s") % told
        case Sort.GROWTH:
            return _("tăng hơn %(limit)s%% so với %(days)s ngày trước, khi có từ %(fewest)s") % told


def _root(request: PersonRequest) -> int:
    root = queries.root_for(request.actor, request.now)
    if root is None:
        raise PermissionDenied
    return root


@desk_view(*OVERSEERS)
@require_safe
def thresholds(request: PersonRequest) -> HttpResponse:
    """Every threshold, what it is based on, and what will be."""
    root, day = _root(request), day_of(request.now)
    later = queries.coming(root, day)
    lines = [Line(one, later.get(code)) for code, one in queries.thresholds_on(root, day).items()]
    context = {
        "lines": [(one, words_of(one.coming) if one.coming else "") for one in lines],
        "may_set": queries.may_set(request.actor, request.now),
        "wants_letter": queries.wants_letter(request.user.pk),
    }
    return render(request, "alerts/desk/thresholds.html", context)


@desk_view(Role.CONTROLLER)
def threshold(request: PersonRequest, code: str) -> HttpResponse:
    """Set one threshold anew from a day on."""
    root, at = _root(request), request.now
    if code not in DEFAULTS:
        raise Http404
    if not queries.may_set(request.actor, at):
        raise PermissionDenied(_("Ngưỡng cảnh báo do cán bộ kiểm soát thủ tục hành chính của tỉnh đặt."))
    now = queries.thresholds_on(root, day_of(at))[code]
    form = ThresholdForm(request.POST or None, about=now, initial=_initial(now, day_of(at)))
    problems: list[str] = []
    if form.is_valid():
        try:
            wish = {"days": now.days, **form.cleaned_data}
            actions.set_threshold(root, code, **wish, by=request.actor, at=at)
        except Refused as refused:
            problems = refused.objections
        else:
            messages.success(request, _("Đã đặt ngưỡng từ ngày %(day)s.") % {"day": f"{wish['since']:%d/%m/%Y}"})
            return redirect("alerts:thresholds")
    context = {"form": form, "problems": problems, "now": now, "now_words": words_of(now), "past": _past(root, code)}
    return render(request, "alerts/desk/threshold.html", context)


def _initial(now: Threshold, today: date) -> dict[str, Any]:
    limit = f"{now.limit.normalize():f}".replace(".", ",")  # to be typed again: without thousands
    return {"limit": limit, "days": now.days, "fewest": now.fewest, "watched": now.watched, "since": today}


def _past(root: int, code: str) -> list[tuple[date, str, str]]:
    """From when on, which value, on what basis; the latest first."""
    found = []
    for row in queries.history(root, code)[:20]:
        found.append((row.during.lower, queries.number(row.limit) if row.watched else "", row.decision))
    return found


@desk_view(*OVERSEERS)
@require_POST
def letters(request: PersonRequest) -> HttpResponse:
    """Whether the letter of Mondays comes to me."""
    wanted = request.POST.get("wanted") == "1"
    actions.want_letter(request.user, wanted, at=request.now)
    messages.success(request, _("Sẽ gửi thư mỗi sáng thứ Hai.") if wanted else _("Sẽ không gửi thư thứ Hai nữa."))
    return redirect("alerts:thresholds")
