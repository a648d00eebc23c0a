"""The one-page brief for the chairman."""

from datetime import datetime
from pathlib import Path
from typing import Any, Final

from django.conf import settings

from motcua.base.clock import local
from motcua.base.language import in_vietnamese
from motcua.base.text import nfc
from motcua.base.typesetting import pdf_of
from motcua.directives.queries import Brief, Line, ReportRow

FOLDER: Final = Path(__file__).parent.parent / "typst"
LONGEST: Final = 110
"""Letters of a task's words on the page: it must stay one page."""


@in_vietnamese()
def render(found: Brief, *, house: str, whole: bool, at: datetime) -> bytes:
    """The page as PDF/A-2a, tagged for screen readers."""
    return pdf_of(FOLDER / "brief.typ", values_of(found, house=house, whole=whole, at=at))


def values_of(found: Brief, *, house: str, whole: bool, at: datetime) -> dict[str, Any]:
    """What the page prints."""
    sums, spec = found.sums, found.spec
    share = f"{sums.on_time_share}%".replace(".", ",") if sums.on_time_share is not None else "–"
    return {
        "house": nfc(house),
        "province": settings.MOTCUA_PROVINCE,
        "whole": whole,
        "day": f"{spec.as_of:%d/%m/%Y}",
        "date": [spec.as_of.year, spec.as_of.month, spec.as_of.day],
        "printed": f"{local(at):%H:%M %d/%m/%Y}",
        "since": f"{spec.given_from:%d/%m/%Y}" if spec.given_from else "",
        "sums": {
            name: _thousands(getattr(sums, name))
            for name in ("given", "done", "done_in_time", "done_late", "open", "open_in_time", "open_late", "cancelled")
        },
        "share": share,
        "behind": [_line(one) for one in found.behind[:8]],
        "latest": [_row(one) for one in found.latest[:7]],
        "coming": [_row(one) for one in found.coming[:5]],
        "waiting": [_row(one) for one in found.waiting[:4]],
    }


def _thousands(number: int) -> str:
    return f"{number:,}".replace(",", ".")


def _line(one: Line) -> dict[str, Any]:
    return {
        "name": nfc(one.name),
        "late": _thousands(one.sums.open_late),
        "open": _thousands(one.sums.open),
        "given": _thousands(one.sums.given),
    }


def _row(one: ReportRow) -> dict[str, Any]:
    title = nfc(one.task.title)
    return {
        "code": one.task.code,
        "title": title if len(title) <= LONGEST else f"{title[: LONGEST - 1].rsplit(' ', 1)[0]}…",
        "lead": nfc(one.lead_name),
        "due": f"{one.due_on:%d/%m/%Y}" if one.due_on else "",
        "reported": f"{one.reported_on:%d/%m/%Y}" if one.reported_on else "",
        "late": one.late,
        "document": one.task.directive.number if one.task.directive else "",
    }
