"""What others counted, taken in: counts of QĐ 766 that another system published, sets that the province decided."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _

from motcua.base import journal
from motcua.base.actors import Actor
from motcua.base.clock import day_of
from motcua.base.errors import Refused
from motcua.base.text import squeeze
from motcua.measures.events import CountsImported, SetDecided
from motcua.measures.models import ImportedCount, OwnSet
from motcua.measures.queries.set766 import index_set
from motcua.measures.rules.counts766 import Counted, Scored, read_counts
from motcua.measures.rules.periods import Period
from motcua.measures.rules.scoring import read_set
from motcua.organisations import queries as organisations
from motcua.organisations.terms import Level


@transaction.atomic
def import_counts(lines: Iterable[str], *, period: Period, source: str, by: Actor, at: datetime) -> int:
    """Take in a table of the portal for a period; all rows or none. What was imported before stays, the last word counts."""
    source = squeeze(source)[:200]
    if not source:
        raise Refused(_("Ghi nguồn của số đếm, ví dụ: Cổng Dịch vụ công quốc gia, lấy ngày 5/10/2026."))
    index = index_set(Level.PROVINCE, period.last)
    if index is None:
        raise Refused(_("Chưa có bộ chỉ số QĐ 766 trong kỳ này."))
    read = read_counts(lines, index)
    if any(one.rank is not None for one in read):
        raise Refused(_("Bảng này chỉ có điểm, không có số đếm."))
    agencies, problems = _agencies_of(read, min(period.last, day_of(at)))
    if problems:
        raise Refused(problems)
    rows = [
        _row(agencies[one.unit_code], period, part, source, by, at)
        for one in read
        for part in one.parts
        if part.score is not None or part.denominator is not None
    ]
    ImportedCount.objects.bulk_create(rows)
    event = CountsImported(period=period.text, source=source, counts=len(rows))
    journal.record(event, stream=f"measures.counts:{period.text}", by=by, at=at)
    return len(rows)


def _agencies_of(read: Iterable[Scored], day: date) -> tuple[dict[str, int], list[str]]:
    """The agencies of the codes; matched by code, never by name."""
    found: dict[str, int] = {}
    problems: list[str] = []
    for one in read:
        version = organisations.by_code(one.unit_code, day) or organisations.by_code(one.unit_code)
        if version is None:
            words = {"row": one.row, "code": one.unit_code[:40]}
            problems.append(_("Dòng %(row)s: không có cơ quan mang mã “%(code)s”.") % words)
        else:
            found[one.unit_code] = version.agency
    return found, problems


def _row(agency: int, period: Period, part: Counted, source: str, by: Actor, at: datetime) -> ImportedCount:
    whole = part.numerator is not None and part.denominator is not None
    return ImportedCount(
        agency=agency,
        period=period.text,
        component=part.component.code,
        numerator=int(part.numerator) if whole and part.numerator is not None else None,
        denominator=int(part.denominator) if whole and part.denominator is not None else None,
        ratio=None if part.ratio is None else Decimal(part.ratio.numerator) / Decimal(part.ratio.denominator),
        source=source,
        at=at,
        by=by.id,
    )


@transaction.atomic
def decide_set(definition: Mapping[str, Any], *, by: Actor, at: datetime) -> OwnSet:
    """Keep an index set that the province decided for one level; it takes the place of the set in force from its first day.

    One that was decided before for a later day takes over on that day.
    """
    found = read_set(definition, definition["groups"])
    if found.level not in (Level.DEPARTMENT, Level.COMMUNE, Level.PROVINCE):
        raise Refused(_("Bộ chỉ số phải dành cho cấp tỉnh, sở, ngành hoặc cấp xã."))
    _one_at_a_time(found.level)
    before = OwnSet.objects.filter(level=found.level, during__contains=found.since).first()
    if before is not None:
        if before.during.lower == found.since:
            raise Refused(_("Cấp này đã có bộ chỉ số từ ngày %(day)s.") % {"day": f"{found.since:%d/%m/%Y}"})
        before.during = DateRange(before.during.lower, found.since)
        before.save(update_fields=["during"])
    later = OwnSet.objects.filter(level=found.level, during__startswith__gt=found.since).order_by("during").first()
    ends = [one for one in (found.until, later.during.lower if later else None) if one is not None]
    kept = OwnSet.objects.create(
        code=found.code,
        level=found.level,
        decision=found.decision,
        definition=dict(definition),
        during=DateRange(found.since, min(ends, default=None)),
        recorded_at=at,
    )
    event = SetDecided(code=found.code, level=found.level, decision=found.decision, since=found.since)
    journal.record(event, stream=f"measures.set:{found.level}", by=by, at=at)
    return kept


def _one_at_a_time(level: str) -> None:
    """One decision on the sets of a level until the end of the transaction: where there is none yet, no row can be locked."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('measures.set'), hashtext(%s))", [str(level)])
