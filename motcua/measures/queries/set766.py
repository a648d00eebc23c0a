"""QĐ 766 for an agency and a period, from the figures of its dossiers, the catalogue, and counts that were imported."""

from datetime import date, datetime
from fractions import Fraction
from typing import Final, NamedTuple

from django.utils.translation import gettext as _

from motcua.base import prepared
from motcua.base.clock import day_of
from motcua.base.errors import Refused
from motcua.measures.models import ImportedCount, OwnSet
from motcua.measures.queries import live, tree
from motcua.measures.queries.live import Span
from motcua.measures.rules.national import national_set
from motcua.measures.rules.periods import Period
from motcua.measures.rules.results766 import Count, ScoredSet, score_set
from motcua.measures.rules.scoring import IndexSet, read_set
from motcua.organisations import queries as organisations
from motcua.organisations.rules import Version
from motcua.organisations.terms import Reading


class Answer(NamedTuple):
    """The scored set of one agency in one period, and the day up to which it is counted."""

    agency: Version
    period: Period
    until: date
    scored: ScoredSet


def set_for(code: str, period: Period, *, at: datetime) -> Answer:
    """Score the agency that bears the code; a period still running is counted up to this moment."""
    agency = organisations.by_code(code, min(period.last, day_of(at))) or organisations.by_code(code)
    if agency is None:
        raise Refused(_("Không có cơ quan nào mang mã “%(code)s”.") % {"code": code[:40]})
    if period.first > day_of(at):
        raise Refused(_("Kỳ %(period)s chưa bắt đầu.") % {"period": period.text})
    index = index_set(agency.level, period.last)
    if index is None:
        raise Refused(_("Chưa có bộ chỉ số QĐ 766 cho %(name)s trong kỳ này.") % {"name": agency.name})
    until = min(period.last, day_of(at))
    counts = {**counted(agency, period, until=until, at=at), **imported(agency.agency, period)}
    wanted = {
        each.code: counts[key]
        for group in index.groups
        for each in group.components
        for key in (each.counted, each.code)
        if key in counts
    }
    return Answer(agency, period, until, score_set(index, wanted))


def index_set(level: str, day: date) -> IndexSet | None:
    """The set in force for that level on that day: the province's own, else the national one."""
    own = OwnSet.objects.filter(level=level, during__contains=day).first()
    if own is not None:
        return read_set(own.definition, own.definition["groups"])
    return national_set(level, day)


def imported(agency: int, period: Period) -> dict[str, Count]:
    """The last imported count of each component; what was imported goes before what we count ourselves."""
    found = ImportedCount.objects.filter(agency=agency, period=period.text).order_by("pk")
    return {
        one.component: Count(
            one.numerator, one.denominator, None if one.ratio is None else Fraction(one.ratio), one.source
        )
        for one in found
    }


def counted(agency: Version, period: Period, *, until: date, at: datetime) -> dict[str, Count]:
    """Every count of ours, by the name that the sets use for it."""
    moment = at if day_of(at) == until else None
    below = tree.members(agency.agency, until, reading=Reading.THEN, today=day_of(at))
    sums = dict.fromkeys(_INTAKE, 0)
    for one, values in live.intake_sums(period.first, period.last_month, until, moment).items():
        if one in below:
            for column, value in values.items():
                sums[column] += value
    received, on_time = sums["received"], sums["received"] - sums["not_on_time"]
    catalogue = _catalogue(agency, below, until)
    served = _served_online(below, Span(until, period.first, moment))
    return {
        "on_time": Count(on_time, received),
        "average_time": Count(sums["took_minutes"], sums["handled"]),
        "online_dossier": Count(sums["online"], received),
        "satisfaction": Count(on_time - sums["disliked"], received),
        "electronic_result": Count(sums["electronic"], received),
        "digitised": Count(sums["digitised"], received),
        "content_full": Count(len(catalogue.complete), len(catalogue.codes)),
        "online_provided": Count(len(catalogue.online), len(catalogue.codes)),
        "online_with_dossier": Count(len(catalogue.online & served), len(catalogue.online)),
    }


_INTAKE: Final = (
    *("received", "online", "digitised", "electronic", "handled", "took_minutes", "not_on_time", "disliked"),
)


class _Catalogue(NamedTuple):
    """Procedures in force in the competence of an agency: all, those published in full, those that take online filing."""

    codes: frozenset[str]
    complete: frozenset[str]
    online: frozenset[str]


_IN_FORCE: Final = """
SELECT p.code,
       v.steps_text <> '' AND v.applicants <> '' AND v.result_name <> '' AND v.name <> ''
       AND (v.competent_authority <> '' OR v.executing_authority <> '')
       AND EXISTS (SELECT 1 FROM procedures_term t WHERE t.version_id = v.id)
       AND EXISTS (SELECT 1 FROM procedures_legalbasis b WHERE b.version_id = v.id)
       AND EXISTS (SELECT 1 FROM procedures_paper n JOIN procedures_case c ON c.id = n.case_id WHERE c.version_id = v.id),
       coalesce((SELECT s.value FROM procedures_setting s WHERE s.procedure_id = p.id AND s.name = 'online_filing'
                    AND s.in_force_during @> %(day)s::date), 'national') <> 'none'
  FROM procedures_procedureversion v JOIN procedures_procedure p ON p.id = v.procedure_id
 WHERE v.state = 'published' AND v.in_force_during @> %(day)s::date
   AND (%(level)s = 'province' OR v.deciding_level = %(level)s)
   AND (NOT EXISTS (SELECT 1 FROM procedures_responsibleagency r WHERE r.version_id = v.id AND r.decides)
        OR EXISTS (SELECT 1 FROM procedures_responsibleagency r
                    WHERE r.version_id = v.id AND r.decides AND r.agency_id = ANY(%(agencies)s)))
"""


def _catalogue(agency: Version, below: dict[int, tuple[int, ...]], day: date) -> _Catalogue:
    with prepared.cursor() as cursor:
        cursor.execute(_IN_FORCE, {"day": day, "level": str(agency.level), "agencies": list(below)})
        rows = cursor.fetchall()
    return _Catalogue(
        frozenset(row[0] for row in rows),
        frozenset(row[0] for row in rows if row[1]),
        frozenset(row[0] for row in rows if row[2]),
    )


def _served_online(below: dict[int, tuple[int, ...]], span: Span) -> frozenset[str]:
    """The procedures of which these agencies received a dossier online in the period."""
    return frozenset(live.procedures_received(span, below, channel="online"))
