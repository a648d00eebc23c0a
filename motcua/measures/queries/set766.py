"""QĐ 766 for an agency and a period, from the figures of its dossiers, the catalogue, and counts that were imported."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from fractions import Fraction
from typing import Any, Final, NamedTuple

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
from motcua.measures.terms import Element
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
    until = min(period.last, day_of(at))
    if not _stood(agency.agency, period.first, until):
        raise Refused(
            _("%(name)s không có trong kỳ %(period)s: chưa lập hoặc đã thôi hoạt động.")
            % {"name": agency.name, "period": period.text}
        )
    index = index_set(agency.level, period.last)
    if index is None:
        raise Refused(_("Chưa có bộ chỉ số QĐ 766 cho %(name)s trong kỳ này.") % {"name": agency.name})
    counts = counted(agency, period, until=until, at=at)
    given = imported([agency.agency], period).get(agency.agency, {})
    return Answer(agency, period, until, _scored(index, counts, given))


def _stood(agency: int, first: date, last: date) -> bool:
    """Whether the agency was there on any of these days."""
    history = organisations.register().history(agency)
    return any(one.since <= last and (one.until is None or first < one.until) for one in history)


def _scored(index: IndexSet, counts: dict[str, Count], given: dict[str, Count]) -> ScoredSet:
    """Each component by the count of its name or its own code; what was imported goes before what we count ourselves."""
    known = {**counts, **given}
    wanted = {
        each.code: known[key]
        for group in index.groups
        for each in group.components
        for key in (each.counted, each.code)
        if key in known
    }
    return score_set(index, wanted)


def sets_below(top: Version, period: Period, *, at: datetime) -> dict[int, ScoredSet]:
    """The scored set of every unit directly under one for which a set is in force: a few statements, however many units."""
    register, until = organisations.register(), min(period.last, day_of(at))
    levels = {one: found.level for one in _children(top, until, at) if (found := register.nearest(one, until))}
    by_level = {level: index_set(level, period.last) for level in set(levels.values())}
    counts, given = counted_below(top, period, at=at), imported(levels, period)
    return {
        one: _scored(index, counts[one], given.get(one, {}))
        for one, level in sorted(levels.items())
        if (index := by_level[level]) is not None
    }


def _children(top: Version, until: date, at: datetime) -> set[int]:
    below = tree.members(top.agency, until, reading=Reading.THEN, today=day_of(at))
    return {path[0] for path in below.values() if path}


def counted_below(top: Version, period: Period, *, at: datetime) -> dict[int, dict[str, Count]]:
    """Every count of ours of each unit directly under one; what is its own stands under itself, so that all add up."""
    until = min(period.last, day_of(at))
    register, moment = organisations.register(), at if day_of(at) == until else None
    below = tree.members(top.agency, until, reading=Reading.THEN, today=day_of(at))
    child_of = {agency: path[0] if path else top.agency for agency, path in below.items()}
    levels = {one: str(found.level) for one in set(child_of.values()) if (found := register.nearest(one, until))}
    sums: dict[int, dict[str, int]] = {one: dict.fromkeys(_INTAKE, 0) for one in levels}
    for agency, values in live.intake_sums(period.first, period.last_month, until, moment).items():
        if agency in child_of:
            for column, value in values.items():
                sums[child_of[agency]][column] += value
    served: dict[int, set[str]] = {one: set() for one in levels}
    span = Span(until, period.first, moment)
    for agency, procedure in live.procedures_received_by_each(span, child_of, channel="online"):
        served[child_of[agency]].add(procedure)
    catalogues = _catalogues(levels, child_of, until)
    return {one: _counts(sums[one], catalogues[one], served[one]) for one in levels}


def index_set(level: str, day: date) -> IndexSet | None:
    """The set in force for that level on that day: the province's own, else the national one."""
    own = OwnSet.objects.filter(level=level, during__contains=day).first()
    if own is not None:
        return read_set(own.definition, own.definition["groups"])
    return national_set(level, day)


def imported(agencies: Collection[int], period: Period) -> dict[int, dict[str, Count]]:
    """The last imported count of each component, of each of these agencies."""
    found: dict[int, dict[str, Count]] = defaultdict(dict)
    for one in ImportedCount.objects.filter(agency__in=agencies, period=period.text).order_by("pk"):
        ratio = None if one.ratio is None else Fraction(one.ratio)
        found[one.agency][one.component] = Count(one.numerator, one.denominator, ratio, one.source)
    return dict(found)


def counted(agency: Version, period: Period, *, until: date, at: datetime) -> dict[str, Count]:
    """Every count of ours, by the name that the sets use for it."""
    moment = at if day_of(at) == until else None
    below = tree.members(agency.agency, until, reading=Reading.THEN, today=day_of(at))
    sums = dict.fromkeys(_INTAKE, 0)
    for one, values in live.intake_sums(period.first, period.last_month, until, moment).items():
        if one in below:
            for column, value in values.items():
                sums[column] += value
    served = live.procedures_received(Span(until, period.first, moment), below, channel="online")
    return _counts(sums, _catalogue(agency, below, until), served)


def _counts(sums: Mapping[str, int], catalogue: "_Catalogue", served: Iterable[str]) -> dict[str, Count]:
    received, on_time = sums["received"], sums["received"] - sums["not_on_time"]
    return {
        "on_time": Count(on_time, received),
        "average_time": Count(sums["took_minutes"], sums["handled"]),
        "online_dossier": Count(sums["online"], received),
        "satisfaction": Count(on_time - sums["disliked"], received),
        "electronic_result": Count(sums["electronic"], received),
        "digitised": Count(sums["digitised"], received),
        "content_full": Count(len(catalogue.complete), len(catalogue.codes)),
        "online_provided": Count(len(catalogue.online), len(catalogue.codes)),
        "online_with_dossier": Count(len(catalogue.online.intersection(served)), len(catalogue.online)),
    }


_INTAKE: Final = (
    *("received", "online", "digitised", "electronic", "handled", "took_minutes", "not_on_time", "disliked"),
)


class _Catalogue(NamedTuple):
    """Procedures in force in the competence of an agency: all, those published in full, those that take online filing."""

    codes: frozenset[str]
    complete: frozenset[str]
    online: frozenset[str]


_HAS: Final = {
    Element.STEPS: "octet_length(v.steps_text) > 0",
    Element.APPLICANTS: "v.applicants <> ''",
    Element.RESULT: "v.result_name <> ''",
    Element.NAME: "v.name <> ''",
    Element.AUTHORITY: "(v.competent_authority <> '' OR v.executing_authority <> '')",
    Element.TERM: "EXISTS (SELECT 1 FROM procedures_term t WHERE t.version_id = v.id)",
    Element.LEGAL_BASIS: "EXISTS (SELECT 1 FROM procedures_legalbasis b WHERE b.version_id = v.id)",
    Element.PAPERS: "EXISTS (SELECT 1 FROM procedures_paper n JOIN procedures_case c ON c.id = n.case_id WHERE c.version_id = v.id)",
}
"""When a procedure is published with that part; what costs least to look at first."""

_IN_FORCE: Final = f"""
SELECT p.code, v.deciding_level,
       {" AND ".join(_HAS.values())},
       coalesce((SELECT s.value FROM procedures_setting s WHERE s.procedure_id = p.id AND s.name = 'online_filing'
                    AND s.in_force_during @> %(day)s::date), 'national') <> 'none',
       (SELECT array_agg(r.agency_id) FROM procedures_responsibleagency r WHERE r.version_id = v.id AND r.decides)
  FROM procedures_procedureversion v JOIN procedures_procedure p ON p.id = v.procedure_id
 WHERE v.state = 'published' AND v.in_force_during @> %(day)s::date
"""
_LACKING: Final = f"""
SELECT p.code, array_remove(ARRAY[{", ".join(f"CASE WHEN NOT {_HAS[one]} THEN '{one.value}' END" for one in Element)}], NULL)
  FROM procedures_procedureversion v JOIN procedures_procedure p ON p.id = v.procedure_id
 WHERE v.state = 'published' AND v.in_force_during @> %(day)s::date AND p.code = ANY(%(codes)s)
"""
_OF_ONE: Final = f"""{_IN_FORCE}
   AND (%(level)s = 'province' OR v.deciding_level = %(level)s)
   AND (NOT EXISTS (SELECT 1 FROM procedures_responsibleagency r WHERE r.version_id = v.id AND r.decides)
        OR EXISTS (SELECT 1 FROM procedures_responsibleagency r
                    WHERE r.version_id = v.id AND r.decides AND r.agency_id = ANY(%(agencies)s)))
"""


def _catalogue(agency: Version, below: dict[int, tuple[int, ...]], day: date) -> _Catalogue:
    with prepared.cursor() as cursor:
        cursor.execute(_OF_ONE, {"day": day, "level": str(agency.level), "agencies": list(below)})
        return _catalogue_of(cursor.fetchall())


def catalogue_behind(counted: str, answer: Answer, *, at: datetime) -> tuple[frozenset[str], frozenset[str]] | None:
    """The procedures of the numerator and of the denominator of a count; None for a count that is not of procedures."""
    agency, until = answer.agency, answer.until
    below = tree.members(agency.agency, until, reading=Reading.THEN, today=day_of(at))
    found = _catalogue(agency, below, until)
    match counted:
        case "content_full":
            return found.complete, found.codes
        case "online_provided":
            return found.online, found.codes
        case "online_with_dossier":
            span = Span(until, answer.period.first, at if day_of(at) == until else None)
            served = live.procedures_received(span, below, channel="online")
            return found.online.intersection(served), found.online
        case _:
            return None


def content_lacking(codes: Collection[str], day: date) -> dict[str, list[Element]]:
    """Which parts these procedures were not published with on that day."""
    with prepared.cursor() as cursor:
        cursor.execute(_LACKING, {"day": day, "codes": list(codes)})
        return {code: [Element(one) for one in parts] for code, parts in cursor.fetchall()}


def _catalogue_of(rows: Sequence[tuple[Any, ...]]) -> _Catalogue:
    return _Catalogue(
        frozenset(row[0] for row in rows),
        frozenset(row[0] for row in rows if row[2]),
        frozenset(row[0] for row in rows if row[3]),
    )


def _catalogues(levels: Mapping[int, str], child_of: Mapping[int, int], day: date) -> dict[int, _Catalogue]:
    """The same for each of several units: procedures that name no agency count for each unit of their level."""
    with prepared.cursor() as cursor:
        cursor.execute(_IN_FORCE, {"day": day})
        rows = cursor.fetchall()
    common = {level: [row for row in rows if not row[4] and row[1] == level] for level in set(levels.values())}
    named: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
    for row in rows:
        for one in {child_of[agency] for agency in row[4] or () if agency in child_of}:
            if levels.get(one) == row[1]:
                named[one].append(row)
    whole = {level: _catalogue_of(found) for level, found in common.items()}
    return {
        one: _catalogue_of([*common[level], *named[one]]) if one in named else whole[level]
        for one, level in levels.items()
    }
