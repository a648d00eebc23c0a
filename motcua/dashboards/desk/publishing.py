"""Publishing a period: what is to be signed is looked at first, then published by a second press."""

from datetime import date, timedelta
from typing import Any, NamedTuple

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from motcua.base.clock import day_of
from motcua.base.errors import Refused
from motcua.dashboards import asking, published
from motcua.dashboards.desk.forms import PublishForm
from motcua.dossiers.queries.offices import offices_of
from motcua.measures import actions
from motcua.measures.models import Publication
from motcua.measures.queries import publications
from motcua.measures.rules import publishing as rules
from motcua.measures.rules.periods import Period
from motcua.organisations.rules import Version
from motcua.people.http import PersonRequest, desk_view
from motcua.people.terms import Role


class Offered(NamedTuple):
    """A period that has ended, and its publication in force."""

    period: Period
    words: str
    publication: Publication | None


def _province(request: PersonRequest) -> Version:
    """The province, for those who control all of it."""
    day = day_of(request.now)
    top = asking.province(day)
    if top is None or top.agency not in offices_of(request.actor, day):
        raise PermissionDenied(_("Công bố số liệu của tỉnh là việc của cán bộ kiểm soát ở cấp tỉnh."))
    return top


def _ended(today: date) -> list[Period]:
    """The last six months, four quarters and two years that have ended."""
    last = today.replace(day=1) - timedelta(days=1)
    found = asking.months_until(Period.parse(f"{last:%Y-%m}"), 6)[::-1]
    quarters = [Period.parse(f"{year}-Q{n}") for year in (today.year, today.year - 1) for n in (4, 3, 2, 1)]
    years = [Period.parse(str(today.year - back)) for back in (1, 2)]
    return [*found, *[one for one in quarters if one.last < today][:4], *years]


@desk_view(Role.CONTROLLER)
@require_safe
def published_periods(request: PersonRequest) -> HttpResponse:
    """The periods that may be published, and what became of each."""
    _province(request)
    known = {one.period: one for one in publications.latest()}
    offered = [Offered(one, asking.label(one), known.pop(one.text, None)) for one in _ended(day_of(request.now))]
    older = [
        Offered(period, asking.label(period), one) for one in known.values() for period in [Period.parse(one.period)]
    ]
    return render(request, "dashboards/desk/published.html", {"offered": [*offered, *older]})


@desk_view(Role.CONTROLLER)
@require_http_methods(["GET", "HEAD", "POST"])
def publish(request: PersonRequest, text: str) -> HttpResponse:
    """Look at what would be signed; then sign and publish exactly that."""
    top = _province(request)
    try:
        period = Period.parse(text)
    except Refused as refused:
        raise Http404(" ".join(refused.objections)) from refused
    before = next(iter(publications.published(period.text)), None)
    form = PublishForm(request.POST or None, correction=before is not None)
    if request.method == "POST" and form.is_valid():
        kept = actions.publish(period, top=top, by=request.actor, at=request.now, **form.words())
        told = _("Đã công bố số liệu %(period)s, ký bằng khóa niêm của tỉnh.") % {"period": asking.label(period)}
        messages.success(request, told)
        return redirect("dashboards:published_period", kept.period)
    status = 422 if request.method == "POST" else 200
    context = {"form": form, **_preview(request, top, period, before)}
    return render(request, "dashboards/desk/publish.html", context, status=status)


def _preview(request: PersonRequest, top: Version, period: Period, before: Publication | None) -> dict[str, Any]:
    content = publications.content_of(top, period, at=request.now)
    known = rules.content_in(before.content) if before else None
    moved = published.named(rules.changes(known, content)) if known else []
    return {
        "period": period,
        "words": asking.label(period),
        "before": before,
        "heading_before": published.title_of(before) if before else "",
        "lines": published.lines(content["province"]),
        "units": len(content["units"]),
        "set766": content["set766"],
        "total": published.points(content["set766"]["total"]) if content["set766"] else "",
        "most": published.points(content["set766"]["measurable_max"]) if content["set766"] else "",
        "changed": moved,
        "seen": rules.figures_hash(content),
        "objections": rules.objections(
            ended=period.last < day_of(request.now),
            revision=before.revision + 1 if before else rules.FIRST,
            title="–",
            reason="–",
            moved=before is None or bool(moved),
        ),
    }
