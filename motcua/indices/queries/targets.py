"""Targets and series: what was promised for a year and where one stood after each quarter; the years beside each other."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from motcua.base.text import unaccented
from motcua.indices.models import JudgedUnit, OfficialResult, QuarterCheck, Round, SetVersion, Target
from motcua.indices.queries.rounds import definition_of
from motcua.indices.rules.definition import IndexSet
from motcua.indices.rules.shipped import codes, index_of, shipped
from motcua.indices.terms import Stage
from motcua.organisations import queries as organisations
from motcua.organisations.terms import Change


@dataclass(frozen=True)
class YearPoint:
    """One year of one unit: its score, its rank among how many, where that is from."""

    year: int
    score: Fraction
    rank: int | None
    among: int
    source: str
    round: int | None
    definition: str
    """Which definition it was measured by; empty where none is known."""
    breaks: tuple[str, ...] = ()
    """Why it cannot be compared with the year before."""


def targets_of(agencies: Sequence[int] | None = None) -> list[Target]:
    """Targets with their quarters, the newest year first; of some agencies only when asked. Two statements."""
    checks = Prefetch("checks", QuarterCheck.objects.order_by("quarter"))
    found = Target.objects.prefetch_related(checks)
    if agencies is not None:
        found = found.filter(agency__in=agencies)
    return list(found.order_by("-year", "index", "pk"))


def index_names() -> list[str]:
    """The indices that are known, by their names."""
    kept = SetVersion.objects.values_list("index", flat=True)
    return sorted({*kept, *map(index_of, codes())})


def target_objections(
    *, least_score: Decimal | None, best_rank: int | None, worst_rank: int | None, basis: str
) -> list[str]:
    """Why this is no target; empty when it is one."""
    found = []
    if least_score is None and worst_rank is None:
        found.append(_("Ghi điểm cần đạt hoặc hạng cần đạt."))
    if best_rank is not None and worst_rank is None:
        found.append(_("Ghi cả hạng thấp nhất chấp nhận được."))
    if worst_rank is not None and not 1 <= (best_rank or 1) <= worst_rank <= 1000:
        found.append(_("Nhóm hạng phải từ hạng tốt hơn đến hạng kém hơn, bắt đầu từ 1."))
    if least_score is not None and least_score < 0:
        found.append(_("Điểm cần đạt không được âm."))
    if not basis.strip():
        found.append(_("Ghi văn bản giao mục tiêu."))
    return found


def target_for(index: str, year: int, agency: int) -> Target | None:
    """The target of one agency for one index and year."""
    return Target.objects.filter(index=index, year=year, agency=agency).first()


def series(index: str, unit: JudgedUnit) -> list[YearPoint]:
    """The years of a unit in an index: published results, and published rounds where nobody publishes; breaks marked."""
    points = _official(index, unit) or _rounds(index, unit)
    mergers = [event for event in organisations.events_of(unit.agency_id) if event.kind in (Change.MERGE, Change.SPLIT)]
    return marked(points, [(event.on, event.kind) for event in mergers])


def _official(index: str, unit: JudgedUnit) -> list[YearPoint]:
    rows = list(OfficialResult.objects.filter(index=index).order_by("year", "pk"))
    own = unaccented(unit.name)
    among: dict[int, int] = {}
    for row in rows:
        among[row.year] = among.get(row.year, 0) + (row.score is not None)
    known = definitions_of(index)
    return [
        YearPoint(
            row.year,
            Fraction(row.score),
            None if row.rank is None else int(row.rank),
            among[row.year],
            row.source,
            None,
            _definition_in(known, row.year),
        )
        for row in rows
        if row.score is not None and row.unit_key and (own == row.unit_key or own.endswith(f" {row.unit_key}"))
    ]


def definitions_of(index: str) -> list[tuple[str, int, int | None]]:
    """Definitions of an index that are known: name, first year, last year; signed ones before those of the product."""
    kept = SetVersion.objects.filter(index=index, signed_at__isnull=False).order_by("during", "pk")
    found: list[IndexSet] = [definition_of(one) for one in kept]
    found += [shipped(code) for code in codes() if index_of(code) == index]
    return [(f"{one.code}/{one.version}", one.year_from, one.year_to) for one in found]


def _definition_in(known: Iterable[tuple[str, int, int | None]], year: int) -> str:
    return next((name for name, first, last in known if first <= year and (last is None or year <= last)), "")


def _rounds(index: str, unit: JudgedUnit) -> list[YearPoint]:
    units = (
        JudgedUnit.objects.filter(
            agency=unit.agency_id, round__set_version__index=index, round__stage=Stage.PUBLISHED.value
        )
        .select_related("round__set_version")
        .order_by("round__year", "pk")
    )
    return [point for one in units if (point := _published(one.round, one.name)) is not None]


def _published(round_: Round, name: str) -> YearPoint | None:
    rows = (round_.results or {}).get("rows", [])
    row = next((each for each in rows if each["unit"] == name), None)
    if row is None or row["score"] is None:
        return None
    version = round_.set_version
    return YearPoint(
        round_.year,
        Fraction(row["score"]),
        None if row["rank"] is None else int(float(row["rank"])),
        len(rows),
        round_.title,
        round_.pk,
        f"{version.code}/{version.version}",
    )


def marked(points: Sequence[YearPoint], mergers: Sequence[tuple[date, Change]]) -> list[YearPoint]:
    """The years with every reason why one cannot be compared with the one before."""
    found = list(points[:1])
    for before, now in pairwise(points):
        why = []
        if before.definition != now.definition:
            why.append(_("đổi bộ tiêu chí từ năm %d") % now.year)
        for on, kind in mergers:
            if before.year < on.year <= now.year:
                words = _("sáp nhập ngày %s") if kind == Change.MERGE else _("chia, tách ngày %s")
                why.append(words % f"{on:%d/%m/%Y}")
        if before.among and now.among and before.among != now.among:
            why.append(_("số đơn vị được xếp hạng từ %(a)d thành %(b)d") % {"a": before.among, "b": now.among})
        found.append(
            YearPoint(now.year, now.score, now.rank, now.among, now.source, now.round, now.definition, tuple(why))
        )
    return found


def segments(points: Sequence[YearPoint]) -> list[list[YearPoint]]:
    """The years that may be compared with each other, piece by piece."""
    found: list[list[YearPoint]] = []
    for point in points:
        if not found or point.breaks:
            found.append([])
        found[-1].append(point)
    return found


@dataclass(frozen=True)
class Progress:
    """How a target stands by its newest quarter."""

    target: Target
    newest: QuarterCheck | None
    reached: bool | None
    """Nothing while no quarter was entered."""


def progress(target: Target, checks: Sequence[QuarterCheck]) -> Progress:
    """Whether the newest quarter is where the year should end."""
    newest = checks[-1] if checks else None
    if newest is None:
        return Progress(target, None, None)
    good = []
    if target.least_score is not None and newest.score is not None:
        good.append(newest.score >= target.least_score)
    if target.worst_rank is not None and newest.rank is not None:
        good.append(newest.rank <= target.worst_rank)
    return Progress(target, newest, all(good) if good else None)
