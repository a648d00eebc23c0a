"""The leaders' page on one sheet of A4."""

from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from motcua.alerts import queries as alerts
from motcua.base.clock import day_of, local
from motcua.base.language import in_vietnamese
from motcua.base.text import nfc
from motcua.base.typesetting import pdf_of
from motcua.dashboards import asking, boards, comparing
from motcua.dashboards.ahead import ahead_of
from motcua.dashboards.tasks import tasks_of
from motcua.measures.queries.figures import Figures, figures
from motcua.measures.rules.periods import Period
from motcua.measures.terms import Part
from motcua.organisations import queries as organisations
from motcua.organisations.rules import Version
from motcua.organisations.terms import Reading
from motcua.ui import words

FOLDER: Final = Path(__file__).parent / "typst"
TILES: Final = ("received", "handled", "handled_in_time_share", "overdue", "online_share", "satisfied_share")
MOST_UNITS, MOST_ALERTS, MONTHS = 8, 6, 13


@dataclass(frozen=True)
class Brief:
    """What the page prints: words and figures ready for the eye."""

    house: str
    title: str
    counted: str
    day: tuple[int, int, int]
    printed: str
    other: str
    tiles: list[dict[str, str]]
    months: list[dict[str, Any]] = field(default_factory=list)
    ahead: str = ""
    worst: list[dict[str, str]] = field(default_factory=list)
    late: list[dict[str, str]] = field(default_factory=list)
    alerts: list[dict[str, str]] = field(default_factory=list)
    more_alerts: int = 0
    tasks: list[dict[str, str]] = field(default_factory=list)


@in_vietnamese()
def brief_of(
    unit: Version, period: Period, other: Period, part: Part, *, now: Figures, then: Figures | None, at: datetime
) -> Brief:
    """One page about a unit; in Vietnamese, whoever prints it."""
    until = asking.span_of(period, at).until
    lines = [one for league in boards.leagues(now, at, period) for one in league.all]
    enough = [one for one in lines if one.share is not None and one.handled >= boards.ENOUGH]
    # Of a single unit nothing is the lowest.
    worst = (
        []
        if len(enough) < 2
        else sorted(enough, key=lambda one: (one.range.low if one.range else 0, one.name))[:MOST_UNITS]
    )
    late = sorted((one for one in lines if one.overdue), key=lambda one: (-one.overdue, one.name))[:MOST_UNITS]
    open_alerts = _alerts(unit.agency, at)
    return Brief(
        house=nfc(unit.name),
        title=f"Phục vụ người dân, doanh nghiệp {asking.label(period)}",
        counted=f"{local(at):%H:%M %d/%m/%Y}" if day_of(at) <= period.last else f"hết ngày {period.last:%d/%m/%Y}",
        day=(until.year, until.month, until.day),
        printed=f"{local(at):%H:%M %d/%m/%Y}",
        other=asking.label_beside(other, period, at) if then else "",
        tiles=[
            {
                "value": one.value,
                "name": one.name,
                "behind": " ".join(each for each in (one.behind, one.validity) if each),
                "moved": one.moved,
            }
            for one in boards.tiles(now, then, period, boards.ROOM_TILES if part is Part.HOLDING else TILES)
        ],
        months=[
            {
                "label": one.label,
                "received": one.received,
                "told": words.whole(one.received),
                "share": "–" if one.share is None else f"{words.decimal_words(one.share, 1)}%",
            }
            for one in boards.months(unit.agency, period, at, part)[-MONTHS:]
        ],
        ahead=_ahead(unit.agency, part, at),
        worst=[_worst(one) for one in worst],
        late=[{"name": one.name, "late": words.whole(one.overdue), "open": words.whole(one.open)} for one in late],
        alerts=open_alerts[:MOST_ALERTS],
        more_alerts=max(0, len(open_alerts) - MOST_ALERTS),
        tasks=_tasks(unit.agency, period, at),
    )


def made(
    unit: Version, period: Period, other: Period, part: Part, *, at: datetime, reading: Reading = Reading.THEN
) -> bytes:
    """The page about a unit as PDF: its figures, those of the other period, the days ahead."""
    codes = dict.fromkeys((*boards.tiles_of(part), *TILES, *boards.LEAGUE))
    now = figures(asking.asked(unit.agency, period, at, part, reading), codes)
    untold = comparing.untold(other)
    then = None if untold else figures(asking.asked_beside(unit.agency, other, period, at, part, reading), codes)
    return render(brief_of(unit, period, other, part, now=now, then=then, at=at))


def file_name(unit: Version, period: Period) -> str:
    """What the file of the page is called."""
    return f"ban-tin-so-lieu-{unit.code or unit.agency}-{period.text}.pdf"


def _worst(one: boards.Line) -> dict[str, str]:
    assert one.share is not None
    low = f"{words.decimal_words(one.range.low, 1)}–{words.decimal_words(one.range.high, 1)}%" if one.range else ""
    return {
        "name": one.name,
        "share": f"{words.decimal_words(one.share, 1)}%",
        "range": low,
        "late": words.whole(one.late),
        "handled": words.whole(one.handled),
    }


def _ahead(unit: int, part: Part, at: datetime) -> str:
    found = ahead_of(unit, part, at=at)
    if not found.due:
        return "Không có hồ sơ nào đến hạn trong 5 ngày tới."
    sentence = f"{words.whole(found.due)} hồ sơ đến hạn trong 5 ngày tới."
    if found.expected is None:
        return sentence
    one = found.expected
    return (
        f"{sentence} Giữ nhịp {found.pace_days} ngày qua, khoảng {words.whole(one.number)} sẽ trễ "
        f"(từ {words.whole(one.low)} đến {words.whole(one.high)}, 19 trong 20 khả năng)."
    )


def _alerts(unit: int, at: datetime) -> list[dict[str, str]]:
    day = day_of(at)
    found = list(alerts.open_about(unit, day)[:200])
    names = organisations.names_on({one.agency_id for one in found}, day, short=True)
    return [
        {
            "name": nfc(names.get(one.agency_id, "")),
            "title": alerts.title_of(one),
            "since": f"{local(one.raised_at):%d/%m}",
            "answer": one.task.code if one.task else "đã xem" if one.seen_at else "chưa ai xem",
        }
        for one in found
    ]


def _tasks(unit: int, period: Period, at: datetime) -> list[dict[str, str]]:
    until = asking.span_of(period, at).until
    found = tasks_of(unit, period, until=until, today=day_of(at))
    if found is None or not found.any:
        return []
    sums = found.sums
    return [
        {"value": words.whole(sums.given), "name": "đã giao trong kỳ"},
        {"value": words.whole(sums.done_in_time), "name": "xong đúng hạn"},
        {"value": words.whole(sums.done_late), "name": "xong quá hạn"},
        {"value": words.whole(sums.open), "name": "đang làm"},
        {"value": words.whole(found.late), "name": "đang quá hạn, mọi kỳ"},
    ]


def render(found: Brief) -> bytes:
    """The page as PDF/A-2a, tagged for screen readers."""
    return pdf_of(FOLDER / "board.typ", asdict(found))
