"""Changes of calendars, each an event: apps above carry it to the due moments that hang on it."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from motcua.base import journal
from motcua.base.actors import Actor
from motcua.base.errors import Refused
from motcua.base.events import Event
from motcua.base.text import nfc, squeeze
from motcua.workdays import queries
from motcua.workdays.events import ClockSet, DayRemoved, DaySet, HolidaysSeeded, OfficeHoursSet
from motcua.workdays.models import ClockSetting, DayRule, OfficeHours, Revision
from motcua.workdays.rules import composing
from motcua.workdays.rules.calendars import Minutes, Week, holiday_rows
from motcua.workdays.terms import Comparison, DayKind, DayStatus


@transaction.atomic
def seed_holidays(*, by: Actor, at: datetime) -> int:
    """Write the country's holidays of our own file for every year that has no day yet; say how many days."""
    return _lock(by=by, at=at) or _seed(by=by, at=at)


@transaction.atomic
def set_day(
    day: date,
    *,
    kind: DayKind,
    name: str,
    document: str,
    by: Actor,
    at: datetime,
    agency: int | None = None,
    status: DayStatus = DayStatus.DECIDED,
    hours: Sequence[Minutes] | None = None,
) -> DayRule:
    """Decide that nobody works on a day, or that everybody does (làm bù); for the province or one agency."""
    _lock(by=by, at=at)
    name, document = squeeze(nfc(name)), squeeze(nfc(document))
    if found := composing.day_objections(day, kind, name, document, queries.calendar_of(agency, day)):
        raise Refused(found)
    own_hours = None if hours is None else composing.write_windows(hours)
    values = {"kind": kind, "status": status, "name": name, "document": document, "hours": own_hours}
    own: dict[str, Any] = {"day": day, "agency_id": agency}
    rule, _created = DayRule.objects.update_or_create(**own, defaults=values)
    event = DaySet(day=day, kind=kind, status=status, name=name, document=document, agency=agency)
    _announce(event, agency, by=by, at=at)
    return rule


def _of(agency: int | None) -> Q:
    """Rows of the one agency, or of the province as a whole."""
    return Q(agency__isnull=True) if agency is None else Q(agency=agency)


@transaction.atomic
def remove_day(day: date, *, by: Actor, at: datetime, agency: int | None = None) -> None:
    """Make the day an ordinary day of the week again, for the province or for the one agency that differed."""
    _lock(by=by, at=at)
    rule = DayRule.objects.filter(_of(agency), day=day).first()
    if rule is None:
        raise Refused(_("Ngày %(day)s không có trong lịch, không có gì để bỏ.") % {"day": f"{day:%d/%m/%Y}"})
    event = DayRemoved(day=day, kind=rule.kind, name=rule.name, document=rule.document, agency=agency)
    rule.delete()
    _announce(event, agency, by=by, at=at)


@transaction.atomic
def set_office_hours(
    agency: int | None, *, since: date, week: Week, document: str, by: Actor, at: datetime
) -> OfficeHours:
    """Weekly hours from a day on, until the next version that is already decided."""
    _lock(by=by, at=at)
    document = squeeze(nfc(document))
    if found := composing.hours_objections(week, document):
        raise Refused(found)
    mine = OfficeHours.objects.filter(_of(agency))
    mine.filter(during__startswith=since).delete()
    until = mine.filter(during__startswith__gt=since).order_by("during").values_list("during", flat=True).first()
    for before in mine.filter(during__contains=since):
        before.during = (before.during.lower, since)
        before.save(update_fields=["during"])
    stored = [composing.write_windows(day) for day in week]
    made = OfficeHours.objects.create(
        agency_id=agency, during=(since, until.lower if until else None), week=stored, document=document
    )
    lines = tuple("; ".join("-".join(pair) for pair in day) for day in stored)
    _announce(OfficeHoursSet(since=since, week=lines, document=document, agency=agency), agency, by=by, at=at)
    return made


@transaction.atomic
def set_clock(
    since: date, *, hours_per_day: Decimal, comparison: Comparison, document: str, by: Actor, at: datetime
) -> ClockSetting:
    """How many hours make a working day and how late is compared, from a day on, for receipts from that day on."""
    _lock(by=by, at=at)
    document = squeeze(nfc(document))
    if found := composing.clock_objections(hours_per_day, document):
        raise Refused(found)
    ClockSetting.objects.filter(during__startswith=since).delete()
    later = ClockSetting.objects.filter(during__startswith__gt=since).order_by("during").first()
    for before in ClockSetting.objects.filter(during__contains=since):
        before.during = (before.during.lower, since)
        before.save(update_fields=["during"])
    made = ClockSetting.objects.create(
        during=(since, later.during.lower if later else None),
        hours_per_day=hours_per_day,
        comparison=comparison,
        document=document,
    )
    event = ClockSet(since=since, hours_per_day=hours_per_day, comparison=comparison, document=document)
    _announce(event, None, by=by, at=at)
    return made


def _lock(*, by: Actor, at: datetime) -> int:
    """One writer at a time. The first also writes the holidays in force by default until now; says how many days."""
    _row, first = Revision.objects.get_or_create(pk=Revision.ONLY, defaults={"stamp": uuid4()})
    Revision.objects.select_for_update(of=("self",)).get(pk=Revision.ONLY)
    queries.forget()
    return _seed(by=by, at=at) if first else 0


def _seed(*, by: Actor, at: datetime) -> int:
    known = {day.year for day in DayRule.objects.filter(agency=None).values_list("day", flat=True)}
    rows = [row for row in holiday_rows() if int(row["day"][:4]) not in known]
    DayRule.objects.bulk_create(
        DayRule(
            day=date.fromisoformat(row["day"]),
            kind=row["kind"],
            status=row["status"],
            name=row["name"],
            document=row["document"],
        )
        for row in rows
    )
    if rows:
        years = [int(row["day"][:4]) for row in rows]
        event = HolidaysSeeded(days=len(rows), first_year=min(years), last_year=max(years))
        _announce(event, None, by=by, at=at)
    return len(rows)


def _announce(event: Event, agency: int | None, *, by: Actor, at: datetime) -> None:
    """Write the journal and mark every remembered calendar as out of date."""
    journal.record(event, stream=f"workdays.calendar:{agency or 0}", by=by, at=at)
    Revision.objects.filter(pk=Revision.ONLY).update(stamp=uuid4())
    queries.forget()
