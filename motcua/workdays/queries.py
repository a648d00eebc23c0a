"""Questions about working time. Calendars are kept in memory: a page pays one small statement, or none within a second
of the last look."""

import json
import threading
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from time import monotonic
from typing import Any, Final, NamedTuple

from django.db import connection
from django.db.models import QuerySet

from motcua.base.clock import day_of
from motcua.organisations import queries as organisations
from motcua.workdays import rules
from motcua.workdays.models import OfficeHours
from motcua.workdays.rules import composing
from motcua.workdays.rules.composing import NOTHING, Stored, StoredDay, StoredHours
from motcua.workdays.terms import AfterPause, Comparison, DayKind, DayStatus

FRESH_FOR: Final = 1.0
"""Seconds for which other processes may still see the calendar as it was before a change."""

_READ_IF_CHANGED: Final = """
SELECT revision.stamp::text, CASE WHEN revision.stamp::text <> %s THEN json_build_object(
    'days', (SELECT coalesce(json_agg(json_build_array(agency_id, day, kind, status, name, document, hours)), '[]')
             FROM workdays_dayrule),
    'hours', (SELECT coalesce(json_agg(json_build_array(agency_id, lower(during), upper(during), week, document)), '[]')
              FROM workdays_officehours),
    'settings', (SELECT coalesce(json_agg(json_build_array(lower(during), hours_per_day::text, comparison)), '[]')
                 FROM workdays_clocksetting)
)::text END
FROM workdays_revision revision
"""


class _Look(NamedTuple):
    stored: Stored
    at: float
    block: object


_last_look = threading.local()
_composed: dict[tuple[str, tuple[int, ...]], rules.OfficeCalendar] = {}


def calendar_of(agency_id: int | None, day: date) -> rules.OfficeCalendar:
    """The calendar of an office as it stands in the tree on that day; the province's own without an office.

    Offices inherit the nearest decision above them. All dated versions are inside; a later edit makes a new calendar
    and leaves the ones already handed out, and every due moment decided with them, as they were.
    """
    stored = _stored()
    chain: tuple[int, ...] = ()
    if agency_id is not None and stored.agencies:
        above = (version.agency for version in organisations.ancestors(agency_id, day))
        chain = tuple(one for one in (agency_id, *above) if one in stored.agencies)
    key = stored.stamp, chain
    found = _composed.get(key)
    if found is None:
        if any(stamp != stored.stamp for stamp, _chain in list(_composed)):
            _composed.clear()
        found = _composed[key] = composing.compose(stored, chain)
    return found


def due_for(
    agency_id: int | None,
    received: datetime,
    limit: rules.Limit,
    *,
    pauses: Iterable[rules.Pause] = (),
    extensions: Sequence[rules.Extension] = (),
    rule_set: str = "",
    after_pause: AfterPause | None = None,
) -> rules.Due:
    """`rules.due` on the calendar of the office, with the rule set by its name."""
    return rules.due(
        received,
        limit,
        calendar_of(agency_id, day_of(received)),
        pauses=pauses,
        extensions=extensions,
        rules=rules.rule_set(rule_set),
        after_pause=after_pause,
    )


def hours_of(agency_id: int | None) -> QuerySet[OfficeHours]:
    """Versions of weekly hours decided for the province, or for one agency, the latest first."""
    return OfficeHours.objects.filter(agency=agency_id).order_by("-during", "-pk")


def forget() -> None:
    """Look again at the next question: this thread has just changed something."""
    _last_look.__dict__.clear()


def _stored() -> Stored:
    """All that is stored, read anew only when its stamp has changed.

    A look made inside an atomic block is good until that block ends, for it may have seen what is then rolled back.
    """
    blocks = connection.atomic_blocks
    look: _Look | None = getattr(_last_look, "look", None)
    if look is not None and (look.block is None or look.block in blocks) and monotonic() - look.at < FRESH_FOR:
        return look.stored
    known = look.stored if look is not None else NOTHING
    with connection.cursor() as cursor:
        cursor.execute(_READ_IF_CHANGED, [known.stamp])
        row = cursor.fetchone()
    stored = NOTHING if row is None else known if row[1] is None else _read(row[0], json.loads(row[1]))
    _last_look.look = _Look(stored, monotonic(), blocks[-1] if blocks else None)
    return stored


def _read(stamp: str, rows: dict[str, Any]) -> Stored:
    return Stored(
        stamp,
        tuple(
            StoredDay(
                agency,
                date.fromisoformat(day),
                DayKind(kind),
                rules.SpecialDay(
                    name, document, DayStatus(status), None if hours is None else composing.read_windows(hours)
                ),
            )
            for agency, day, kind, status, name, document, hours in rows["days"]
        ),
        tuple(
            StoredHours(agency, _day(since) or date.min, _day(until), composing.read_week(week), document)
            for agency, since, until, week, document in rows["hours"]
        ),
        tuple(
            rules.ClockSetting(_day(since) or date.min, Decimal(hours), Comparison(comparison))
            for since, hours, comparison in rows["settings"]
        ),
    )


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
