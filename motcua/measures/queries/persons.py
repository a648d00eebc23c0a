"""Work of one official against the norm: the steps they ended, the hours a dossier lay there, what the route gives for it."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from statistics import median
from typing import Any, Final, NamedTuple

from django.db import connection
from django.utils.translation import gettext_lazy as _

from motcua.base.clock import day_of
from motcua.people.queries import colleagues

ENDED_BY: Final[Mapping[str, object]] = {
    "DossierReceived": _("Tiếp nhận"),
    "DossierRefused": _("Không tiếp nhận"),
    "SupplementAsked": _("Yêu cầu bổ sung"),
    "DossierHandedOver": _("Chuyển xử lý"),
    "StepTaken": _("Chuyển bước tiếp"),
    "StepSentBack": _("Trả lại bước trước"),
    "ResultSubmitted": _("Trình ký"),
    "ResultGivenBack": _("Trả lại, có ý kiến"),
    "ResultSigned": _("Ký kết quả"),
    "ResultReturned": _("Trả kết quả"),
}
"""What ends the stay of a dossier at a step, in the order of its way."""
FEWEST_PEOPLE: Final = 3
"""The median of a unit is told only when so many people are behind it: of two, each would know the other's."""
FEWEST_STEPS: Final = 5


class Step(NamedTuple):
    """One step that a person ended: which dossier, when, how long it had lain there, what the route gives."""

    at: datetime
    kind: str
    reference: str
    code: str
    held_minutes: int
    given_minutes: int

    @property
    def over(self) -> bool:
        """Longer than the route gives; a step without a budget is never over."""
        return 0 < self.given_minutes < self.held_minutes


class Kind(NamedTuple):
    """All steps of one kind in the days asked for."""

    kind: str
    steps: int
    median_minutes: int
    given_minutes: int | None
    """What the routes give for such a step in the middle; None where they give nothing."""
    over: int
    unit_minutes: int | None
    """The median of the whole unit; None where too few people are behind it."""


class Work(NamedTuple):
    """What one person did in the days asked for."""

    kinds: list[Kind]
    steps: list[Step]
    """The latest first."""


ASKED: Final = """
SELECT e.by, e.at, substr(e.name, 10), f.was_holding, f.held_minutes, coalesce(f.given_minutes, 0), f.dossier
  FROM journal_entry e
 CROSS JOIN LATERAL jsonb_to_record(e.facts)
       AS f(dossier bigint, was_holding bigint, held_minutes int, given_minutes int)
 WHERE e.by = ANY(%(people)s) AND e.at >= %(begin)s AND e.at < %(end)s AND e.name = ANY(%(names)s)
   AND f.held_minutes IS NOT NULL AND (e.by = %(person)s OR f.was_holding = ANY(%(offices)s))
 ORDER BY e.id"""


def work_of(person: int, offices: Collection[int], *, begin: datetime, end: datetime) -> Work:
    """The steps of a person, beside the median of those who held a post in these offices; exact, from the journal itself.

    It costs what these people did in these days, however long the journal is (index `journal_entry_by`).
    """
    among = colleagues(offices, day_of(begin), day_of(end - timedelta(seconds=1))) | {person}
    names = [f"dossiers.{one}" for one in ENDED_BY]
    values: dict[str, Any] = {
        "begin": begin,
        "end": end,
        "names": names,
        "person": person,
        "people": sorted(among),
        "offices": list(offices),
    }
    mine: list[tuple[datetime, str, int, int, int]] = []
    of_unit: dict[str, list[int]] = defaultdict(list)
    people: dict[str, set[int]] = defaultdict(set)
    with connection.cursor() as cursor:
        cursor.execute(ASKED, values)
        for by, at, kind, holding, held, given, dossier in cursor.fetchall():
            if by == person:
                mine.append((at, kind, dossier, held, given))
            if holding in offices:
                of_unit[kind].append(held)
                people[kind].add(by)
        codes = _codes(cursor, {one[2] for one in mine})
    steps = [
        Step(at, kind, *codes[dossier], held, given) for at, kind, dossier, held, given in mine if dossier in codes
    ]
    enough = {
        kind: each for kind, each in of_unit.items() if len(people[kind]) >= FEWEST_PEOPLE and len(each) >= FEWEST_STEPS
    }
    kinds = [_kind(kind, [one for one in steps if one.kind == kind], enough.get(kind)) for kind in ENDED_BY]
    return Work([one for one in kinds if one.steps], steps[::-1])


def _codes(cursor: Any, dossiers: Collection[int]) -> dict[int, tuple[str, str]]:
    cursor.execute(
        "SELECT id, reference, coalesce(code, reference) FROM dossiers_dossier WHERE id = ANY(%s)", [list(dossiers)]
    )
    return {row[0]: (row[1], row[2]) for row in cursor.fetchall()}


def _kind(kind: str, steps: list[Step], unit: list[int] | None) -> Kind:
    given = [one.given_minutes for one in steps if one.given_minutes]
    return Kind(
        kind,
        len(steps),
        round(median(one.held_minutes for one in steps)) if steps else 0,
        round(median(given)) if given else None,
        sum(one.over for one in steps),
        round(median(unit)) if unit else None,
    )
