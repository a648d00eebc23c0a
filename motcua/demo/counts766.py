"""Counts of QĐ 766 that the province cannot count by itself: invented, as the national portal would publish them.

Nobody published them and their source says so. What our own dossiers tell is never imported. For the month under way the
portal has not told the payments yet, so that the board also shows what is not measured.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from random import Random
from typing import Final, NamedTuple

from motcua.base.actors import Actor
from motcua.base.clock import day_of
from motcua.measures import actions
from motcua.measures.queries.set766 import counted, counted_below
from motcua.measures.rules.periods import Period
from motcua.measures.rules.results766 import Count
from motcua.organisations import queries as agencies
from motcua.organisations.rules import Version

SEED: Final = 766
SOURCE: Final = "nguồn mẫu của bản trình diễn"
PAYMENT: Final = ("PAID_ONLINE", "TTHC_WITH_PAYMENT", "TTHC_PAYABLE")


class _Sort(NamedTuple):
    """Of how many it is a share (of the dossiers received, or of the procedures), and about which share."""

    of: str
    part: float
    low: float
    high: float


SORTS: Final[Mapping[str, _Sort]] = {
    "PUBLISH_ON_TIME": _Sort("procedures", 0.12, 0.80, 1.00),
    "PUBLIC_UPDATE_ON_TIME": _Sort("procedures", 0.12, 0.70, 1.00),
    "DOSSIER_SYNC": _Sort("dossiers", 1.0, 0.93, 1.00),
    "PAID_ONLINE": _Sort("dossiers", 0.35, 0.55, 0.90),
    "TTHC_WITH_PAYMENT": _Sort("procedures", 0.30, 0.40, 0.80),
    "TTHC_PAYABLE": _Sort("procedures", 0.30, 0.75, 1.00),
    "PETITION_PROCESSING_ON_TIME": _Sort("dossiers", 0.03, 0.70, 1.00),
    "PETITION_HANDLING_SATISFACTION": _Sort("dossiers", 0.03, 0.60, 0.95),
    "ELECTRONIC_CERTIFIED_COPY": _Sort("dossiers", 0.20, 0.20, 0.60),
    "REUSED_DIGITIZED_DATA": _Sort("dossiers", 1.0, 0.20, 0.60),
    "SYNCED_WITH_DVCQG_PERSONAL_STORAGE": _Sort("dossiers", 1.0, 0.45, 0.85),
    "CITIZEN_DATA_CONNECTED_DOSSIER": _Sort("dossiers", 1.0, 0.60, 0.95),
    "CITIZEN_DATA_CONNECTED_FORMALITY": _Sort("procedures", 1.0, 0.35, 0.70),
}


def load(period: Period, top: Version, codes: tuple[str, ...], *, by: Actor, at: datetime) -> int:
    """The counts of these components for the province and each unit that received anything; how many."""
    rows = list(_rows(period, top, codes, at))
    lines = ["unit_code,metric,numerator,denominator", *(f"{a},{b},{n},{of}" for a, b, n, of in rows)]
    return actions.import_counts(lines, period=period, source=SOURCE, by=by, at=at) if rows else 0


def _rows(period: Period, top: Version, codes: tuple[str, ...], at: datetime) -> Iterator[tuple[str, str, int, int]]:
    register, day = agencies.register(), min(period.last, day_of(at))
    sums = {code: [0, 0] for code in codes}
    for agency, counts in sorted(counted_below(top, period, at=at).items()):
        version, received = register.nearest(agency, day), counts["on_time"].denominator
        if version is None or not received:
            continue
        for code in codes:
            n, of = _pair(version.code, code, period, counts)
            sums[code][0] += n
            sums[code][1] += of
            if agency != top.agency:
                yield version.code, code, n, of
    whole = counted(top, period, until=day, at=at)
    for code, (n, of) in sums.items():
        # Dossiers are added up; a procedure that many units offer is one procedure of the province.
        yield (
            (top.code, code, n, of)
            if SORTS[code].of == "dossiers"
            else (top.code, code, *_pair(top.code, code, period, whole))
        )


def _pair(unit: str, code: str, period: Period, counts: Mapping[str, Count]) -> tuple[int, int]:
    """About as good as the unit always is, a little different each time."""
    sort = SORTS[code]
    base = counts["on_time"] if sort.of == "dossiers" else counts["content_full"]
    of = round((base.denominator or 0) * sort.part)
    always = Random(f"{SEED} {unit} {code}").uniform(sort.low, sort.high)  # noqa: S311  the same each time
    now = Random(f"{SEED} {unit} {code} {period.text}").uniform(-0.04, 0.04)  # noqa: S311  nothing secret is drawn
    return min(of, round(of * max(0.0, min(1.0, always + now)))), of
