"""The four figures of the front page: from the database, at most a minute old."""

from datetime import datetime
from typing import Any, Final

from django.core.cache import cache
from django.utils.translation import gettext as _

from motcua.base.clock import day_of
from motcua.dossiers.queries.figures import DAYS, Served, served
from motcua.organisations import queries as organisations
from motcua.organisations.terms import Kind
from motcua.procedures import queries as procedures
from motcua.ui import words

FRESH_FOR: Final = 60
_KEY: Final = "portal.figures"


def figures(at: datetime) -> dict[str, Any]:
    """The figures and the moment they were true; counted anew when a minute has passed."""
    found = cache.get(_KEY)
    if found is None:
        found = {
            "served": served(at),
            "procedures": procedures.published(day_of(at)).count(),
            "places": len(service_centres(at)),
            "at": at,
        }
        cache.set(_KEY, found, FRESH_FOR)
    return {**found, "lines": lines(found["served"]), "days": DAYS}


def service_centres(at: datetime) -> list[Any]:
    """The one-stops of the province on that day, in the order of the tree."""
    return [
        node.version
        for node in organisations.tree_on(day_of(at))
        if node.version.kind in (Kind.SERVICE_CENTRE, Kind.RECEPTION_POINT)
    ]


def lines(now: Served) -> list[tuple[str, str, str]]:
    """Name, figure and what stands behind it; a figure without dossiers says so instead of 0 or 100."""
    counts = {
        name: words.whole(getattr(now, name)) for name in ("signed", "on_time", "judged", "open", "late", "rated")
    }
    nothing = _("chưa có")
    share = nothing if now.share_on_time is None else f"{words.decimal_words(now.share_on_time, 1)}%"
    took = nothing if now.median_hours is None else _duration(now.median_hours)
    score = (
        nothing if now.mean_score is None else _("%(score)s trên 5") % {"score": words.decimal_words(now.mean_score, 1)}
    )
    return [
        (_("Trả đúng hẹn"), share, _("%(on_time)s trong %(judged)s hồ sơ có kết quả hoặc đã quá hẹn") % counts),
        (_("Thời gian thường gặp"), took, _("một nửa trong %(signed)s hồ sơ xong sớm hơn, tính cả ngày nghỉ") % counts),
        (_("Đang trễ hẹn"), _("%(late)s hồ sơ") % counts, _("trong %(open)s hồ sơ đang giải quyết") % counts),
        (_("Người dân đánh giá"), score, _("%(rated)s lượt, không bắt buộc") % counts),
    ]


def _duration(hours: float) -> str:
    if hours < 24:
        return _("%(hours)s giờ") % {"hours": words.decimal_words(max(hours, 0.1), 1)}
    return _("%(days)s ngày") % {"days": words.decimal_words(hours / 24, 1)}
