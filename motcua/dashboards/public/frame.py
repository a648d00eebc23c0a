"""What every public page of figures shares: the province, the period asked for, and a minute's memory."""

from collections.abc import Callable
from typing import Any, Final, TypeVar

from django.core.cache import cache
from django.http import Http404, HttpRequest

from motcua.base.clock import day_of
from motcua.dashboards import asking
from motcua.measures.rules.periods import Period
from motcua.organisations.rules import Version

FRESH_FOR: Final = 60
"""Seconds for which strangers are shown the same figures."""

Made = TypeVar("Made")


def top_of(request: HttpRequest) -> Version:
    """The province; not found where none is set up."""
    top = asking.province(day_of(request.now))
    if top is None:
        raise Http404
    return top


def frame(request: HttpRequest, period: Period) -> dict[str, Any]:
    """The period as the head of a page shows it."""
    now = request.now
    return {
        "period": period,
        "period_words": asking.label(period),
        "choices": asking.choices(period, now),
        "until": asking.span_of(period, now).until,
        "so_far": day_of(now) <= period.last,
        "now": now,
    }


def kept(key: str, make: Callable[[], Made]) -> Made:
    """The same answer for a minute."""
    found: Made | None = cache.get(key)
    if found is None:
        found = make()
        cache.set(key, found, FRESH_FOR)
    return found
