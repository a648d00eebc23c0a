"""Public investment for everybody: the province at a glance, by agency, by locality, and the projects behind each figure."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from motcua.base.clock import day_of
from motcua.investments import queries
from motcua.investments.queries import Asked, Filter
from motcua.investments.rules import months_of, words_of


def _asked(request: HttpRequest) -> Asked:
    return queries.asked(request.GET.dict(), day_of(request.now))  # type: ignore[attr-defined]


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """How much of the two plans is paid out: the province, its agencies, its communes."""
    asked = _asked(request)
    if asked.at is None:
        return render(request, "investments/public/home.html", {"asked": asked, "at": None})
    whole, only_month = queries.province(asked.at), {"ky": asked.key}
    context: dict[str, Any] = {
        "asked": asked,
        "at": asked.at,
        "periods": queries.choices(asked)["periods"],
        "whole": whole,
        "position": whole.position,
        "trend": _trend(asked),
        "investors": queries.parts("investor", asked.at, Filter(), asked.today, only_month),
        "localities": queries.parts("locality", asked.at, Filter(), asked.today, only_month),
    }
    for name in ("investors", "localities"):
        context[f"{name}_bars"] = queries.bars(context[name])
        context[f"{name}_finding"] = queries.finding(context[name])
    return render(request, "investments/public/home.html", context)


def _trend(asked: Asked) -> dict[str, Any]:
    """The share of the council's plan paid out by the end of each month."""
    assert asked.at is not None
    months = [month for month in months_of(asked.at.year) if month <= asked.at.month]
    points = [
        (f"{month:%m/%Y}", one.rate_council)
        for month, one in queries.trend(asked.at.year, months)
        if one.reported and one.rate_council is not None
    ]
    if not points:
        return {"points": [], "finding": ""}
    told = _("Vốn đã giao cho dự án giải ngân từ %(first)s%% lên %(last)s%%, tính đến hết %(month)s")
    words = {"first": words_of(points[0][1]), "last": words_of(points[-1][1]), "month": asked.at.words}
    return {"points": points, "finding": told % words}


@login_not_required
@require_safe
def totals(request: HttpRequest) -> HttpResponse:
    """The rows behind the figures of the whole province: sources and decisions, projects with capital carried over."""
    asked = _asked(request)
    if asked.at is None:
        return home(request)
    whole = queries.province(asked.at)
    context = {"asked": asked, "at": asked.at, "whole": whole, "position": whole.position}
    context |= {
        "periods": queries.choices(asked)["periods"],
        "totals": queries.totals_behind(whole, asked.at, asked.today),
    }
    return render(request, "investments/public/totals.html", context)


@login_not_required
@require_safe
def projects(request: HttpRequest) -> HttpResponse:
    """The projects behind a figure."""
    asked = _asked(request)
    context = {**queries.choices(asked), "at": asked.at, "page": None}
    if asked.at is not None:
        context["page"] = queries.page_of(asked.at, asked.only, asked.today, after=request.GET.get("sau", ""))
        context["position"] = queries.figures_of(asked.at, asked.only).position
    return render(request, "investments/public/projects.html", context)
