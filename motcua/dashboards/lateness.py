"""What is late now and who was told sorry: counts of units, letters without their readers."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date, datetime, time, timedelta
from typing import Final, NamedTuple

from django.utils.translation import gettext as _

from motcua.base.clock import VIET_NAM
from motcua.base.masking import mask_name
from motcua.base.text import sort_key
from motcua.dashboards.boards import ENOUGH, called
from motcua.dossiers.models import Extension
from motcua.measures.queries import live
from motcua.measures.queries.late import DueUnit, LateNow, LateUnit
from motcua.measures.rules.fairness import FEWEST, Interval
from motcua.measures.rules.periods import Period
from motcua.organisations import queries as organisations
from motcua.organisations.rules import Version

BANDS: Final = ((1, 2), (3, 5), (6, 10), (11, 30), (31, None))
"""Days past the due day, from and to."""
PAGE: Final = 50


class Line(NamedTuple):
    """One unit that has something late."""

    name: str
    open: int
    overdue: int
    share: object
    range: Interval | None
    longest: int
    bands: list[int]
    few: bool
    """Too few dossiers for its share to be compared."""


def band_words() -> list[str]:
    """1–2 ngày, 3–5 ngày, … trên 30 ngày."""
    last = BANDS[-1][0] - 1
    words = [_("%(low)s–%(high)s ngày") % {"low": low, "high": high} for low, high in BANDS[:-1]]
    return [*words, _("trên %(n)s ngày") % {"n": last}]


def in_bands(days: dict[int, int]) -> list[int]:
    """So many dossiers in each band; together as many as are late."""
    return [sum(n for late, n in days.items() if late >= low and (high is None or late <= high)) for low, high in BANDS]


def lines(found: LateNow, day: date) -> list[Line]:
    """The units with something late, the most first; nobody is ranked."""
    register = organisations.register()
    told = [(one, register.nearest(one.agency, day)) for one in found.units if one.overdue.numerator]
    made = [_line(one, called(version)) for one, version in told if version is not None]
    return sorted(made, key=lambda one: (-one.overdue, sort_key(one.name)))


def _line(one: LateUnit, name: str) -> Line:
    opened, overdue = one.open.numerator, one.overdue.numerator
    share = round(100 * overdue / opened, 1) if opened else None
    return Line(name, opened, overdue, share, one.range, one.longest, in_bands(one.days), opened < ENOUGH)


class DueLine(NamedTuple):
    """One unit: what falls due on each of the days, and together."""

    name: str
    days: list[int]
    due: int


def due_lines(found: Sequence[DueUnit], top: Version, day: date, days: Sequence[date]) -> list[DueLine]:
    """The units with anything due, the most first; what stands directly under the top is a line of its own."""
    register, own = organisations.register(), _("%(name)s (trực tiếp)") % {"name": called(top)}
    made = []
    for one in found:
        version = register.nearest(one.agency, day)
        name = own if one.agency == top.agency else called(version) if version is not None else ""
        made.append(DueLine(name, [one.days.get(each, 0) for each in days], one.due))
    return sorted(made, key=lambda one: (-one.due, sort_key(one.name)))


class Letter(NamedTuple):
    """A letter of apology as everybody may read of it: of whom only as much as does not tell who it is."""

    key: int
    number: str
    on: datetime
    office: str
    procedure: str
    reader: str
    old_due_at: datetime
    new_due_at: datetime
    late: bool


class Letters(NamedTuple):
    """A page of letters, and the key after which the next ones stand."""

    letters: list[Letter]
    after: int | None


def letters(period: Period, *, day: date, after: int = 0, limit: int = PAGE) -> Letters:
    """The letters of a period, newest first. Where an authority has few cases of a procedure, neither is named."""
    begin = datetime.combine(period.first, time(), VIET_NAM)
    end = datetime.combine(period.last + timedelta(days=1), time(), VIET_NAM)
    found = Extension.objects.filter(at__gte=begin, at__lt=end).order_by("-pk")
    if after:
        found = found.filter(pk__lt=after)
    rows = list(found.select_related("dossier__procedure", "dossier__procedure_version")[: limit + 1])
    page = rows[:limit]
    common = _common({(one.dossier.deciding_id, one.dossier.procedure.code) for one in page}, period, day)
    names = organisations.names_on({one.dossier.deciding_id for one in page}, day)
    made = [_letter(one, names, common) for one in page]
    return Letters(made, page[-1].pk if len(rows) > limit else None)


def _letter(one: Extension, names: dict[int, str], common: Collection[tuple[int, str]]) -> Letter:
    dossier, version = one.dossier, one.dossier.procedure_version
    named = (dossier.deciding_id, dossier.procedure.code) in common
    return Letter(
        one.pk,
        one.number,
        one.at,
        names.get(dossier.deciding_id, ""),
        (version.plain_name or version.name) if named else "",
        mask_name(dossier.applicant_name) if named else "",
        one.old_due_at,
        one.new_due_at,
        one.late,
    )


def _common(pairs: Collection[tuple[int, str]], period: Period, day: date) -> set[tuple[int, str]]:
    """The authorities and procedures with enough dossiers in that month, quarter or year for one not to stand out."""
    if not pairs:
        return set()
    only: dict[str, list[object]] = defaultdict(list)
    for agency, procedure in pairs:
        only["deciding"].append(agency)
        only["procedure"].append(procedure)
    span = live.Span(min(period.last, day), period.first.replace(month=1, day=1))
    sums = live.fine_sums(span, ("deciding", "procedure"), only=only, columns=("received",))
    return {(key[0], key[1]) for key, values in sums.items() if values["received"] >= FEWEST}
