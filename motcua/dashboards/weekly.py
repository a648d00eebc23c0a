"""The letter of Mondays: the figures of the last seven days, what stands, and the brief of one page attached."""

from datetime import date, datetime, timedelta
from typing import Final, NamedTuple

from django.conf import settings
from django.urls import reverse

from motcua.alerts import actions as alerts
from motcua.alerts import queries as alert_queries
from motcua.base import files
from motcua.base.clock import day_of
from motcua.base.language import in_vietnamese
from motcua.base.models import StoredFile
from motcua.dashboards import asking, paper
from motcua.dashboards.ahead import ahead_of
from motcua.directives.queries import ReportSpec, totals
from motcua.measures.queries.figures import Asked, Figure, figures
from motcua.measures.queries.live import Span
from motcua.measures.terms import Part
from motcua.organisations import queries as organisations
from motcua.organisations.terms import Reading
from motcua.ui.words import whole

FIGURES: Final = ("received", "handled", "handled_in_time_share", "open", "overdue")
MOST_ALERTS: Final = 5


@in_vietnamese()
def write_letters(*, at: datetime) -> int:
    """On a Monday: one letter to each leader who has an address and did not say no; how many were written.

    A second run of the same week writes none.
    """
    today = day_of(at)
    if today.weekday() != 0:
        return 0
    letters: dict[int, Letter] = {}
    written = 0
    for person, authority in alert_queries.letter_readers(today):
        if authority not in letters:
            letters[authority] = _letter(authority, at)
        written += alerts.send_letter(person, week=today, **letters[authority]._asdict(), at=at)
    return written


class Letter(NamedTuple):
    """What all who lead one authority are sent."""

    subject: str
    body: str
    url: str
    file: StoredFile


def _brief_path(authority: int) -> str:
    return f"{reverse('leaders:brief')}?don-vi={authority}"


def _brief(authority: int, at: datetime) -> StoredFile:
    """The page of the month as it is this morning, kept once for all its readers: figures of offices, nobody is named."""
    unit, period = organisations.version_on(authority, day_of(at)), asking.period_of("", at)
    assert unit is not None, "whoever leads an authority today leads one that stands"
    page = paper.made(unit, period, asking.before(period), Part.DECIDING, at=at)
    return files.keep(page, name=paper.file_name(unit, period), media_type="application/pdf", at=at)


def _letter(authority: int, at: datetime) -> Letter:
    """The seven days before this Monday, what stands this morning, and the page to print."""
    today = day_of(at)
    last, first = today - timedelta(days=1), today - timedelta(days=7)
    week = _figures(authority, Span(last, first), today)
    before = _figures(authority, Span(first - timedelta(days=1), first - timedelta(days=7)), today)
    name = organisations.name_on(authority, today, short=True)
    lines = []
    for code in FIGURES:
        one, other = week[code], before[code]
        counts, moved = asking.behind(one), asking.moved(one.value, other.value)
        more = ", ".join(part for part in (counts, f"{moved} so với tuần trước" if moved else "") if part)
        lines.append(f"- {one.measure.name}: {asking.told(one)}{f' ({more})' if more else ''}")
    share = week["handled_in_time_share"]
    said = f"{asking.told(share)} đúng hạn" if share.value is not None else "chưa hồ sơ nào có kết quả"
    subject = f"{name}: tuần {first:%d/%m}–{last:%d/%m}, {said}"
    parts = [
        f"{name}, tuần từ {first:%d/%m} đến {last:%d/%m/%Y}",
        "\n".join(lines),
        _ahead(authority, at),
        _tasks(authority, today),
        _alerts(authority, today),
        f"Bản tin một trang: đính kèm; bản mới nhất ở {settings.SITE_URL}{_brief_path(authority)}\n"
        f"Số liệu: {settings.SITE_URL}{reverse('dashboards_desk:home')}?don-vi={authority}",
        f"Không muốn nhận thư này: {settings.SITE_URL}{reverse('alerts:thresholds')}",
    ]
    body = "\n\n".join(one for one in parts if one)
    return Letter(subject, body, _brief_path(authority), _brief(authority, at))


def _figures(authority: int, span: Span, today: date) -> dict[str, Figure]:
    return figures(Asked(authority, span, today, reading=Reading.NOW), FIGURES).whole


def _ahead(authority: int, at: datetime) -> str:
    found = ahead_of(authority, Part.DECIDING, at=at)
    due = f"Đến hạn trong 5 ngày tới: {whole(found.due)} hồ sơ"
    if not found.due or found.expected is None:
        return f"{due}." if found.due else ""
    one = found.expected
    return f"{due}; khoảng {whole(one.number)} sẽ trễ (từ {whole(one.low)} đến {whole(one.high)})."


def _tasks(authority: int, today: date) -> str:
    root = organisations.root_of(authority)
    if root is None:
        return ""
    leads = None if authority == root else frozenset(organisations.subtree_ids(authority, today))
    sums = totals(ReportSpec(root=root, as_of=today, today=today, leads=leads))
    return f"Nhiệm vụ đang làm: {whole(sums.open)}, trong đó quá hạn {whole(sums.open_late)}." if sums.open else ""


def _alerts(authority: int, today: date) -> str:
    found = alert_queries.open_about(authority, today)
    count = found.count()
    if not count:
        return "Cảnh báo: không có."
    shown = list(found[:MOST_ALERTS])
    names = organisations.names_on({one.agency_id for one in shown}, today, short=True)
    lines = [f"- {names.get(one.agency_id, '')}: {alert_queries.title_of(one)}" for one in shown]
    rest = f"\n- và {count - len(shown)} cảnh báo khác" if count > len(shown) else ""
    return "\n".join([f"Cảnh báo đang có: {count}", *lines]) + rest
