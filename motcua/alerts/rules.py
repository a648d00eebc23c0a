"""Thresholds: which figure of a unit calls for a look, when it is crossed, and who may answer. No database, no clock."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Final, NamedTuple

from django.utils.translation import gettext as _

from motcua.alerts.terms import ACTS, Act, Sort
from motcua.measures.rules.columns import FLOWS
from motcua.measures.rules.declared import MEASURES, Measure
from motcua.measures.terms import Unit
from motcua.people.terms import Role

ANSWER_DAYS: Final = 10
"""Working days that a task proposed because of an alert is given, unless another day is chosen."""


@dataclass(frozen=True)
class Threshold:
    """Ngưỡng cảnh báo: a declared figure of each unit, and the value from which on somebody must look."""

    code: str
    measure: str
    sort: Sort
    limit: Decimal
    days: int
    """Of what happened: counted over so many days. Of growth: against so many days before. Of a state: nought."""
    fewest: int
    """Units with fewer cases are not looked at: one dossier more or less would raise or end the alert."""
    watched: bool = True
    source: str = ""
    since: date | None = None

    @property
    def figure(self) -> Measure:
        """The declared figure."""
        return MEASURES[self.measure]

    @property
    def unit(self) -> str:
        """In what the limit is told."""
        return "%" if self.sort is Sort.GROWTH or self.figure.unit is Unit.PER_CENT else str(self.figure.unit.label)


def _standing(*found: Threshold) -> Mapping[str, Threshold]:
    return MappingProxyType({one.code: one for one in found})


DEFAULTS: Final = _standing(
    Threshold("tre-han", "overdue_share", Sort.ABOVE, Decimal(10), 0, 20),
    Threshold("dung-han", "handled_in_time_share", Sort.BELOW, Decimal(90), 30, 30),
    Threshold("ton-dong", "open", Sort.GROWTH, Decimal(30), 14, 30),
    Threshold("bo-sung", "supplement_share", Sort.ABOVE, Decimal(20), 30, 30),
    Threshold("hai-long", "satisfied_share", Sort.BELOW, Decimal(85), 30, 20),
)
"""What is watched until the province decides otherwise; each may be set anew or switched off from any day on."""


class Reading(NamedTuple):
    """One figure of one unit: its value, both sides of a share, and the count as it was before (of growth only)."""

    value: Decimal | None
    numerator: int
    denominator: int | None
    before: int | None = None


def crossed(threshold: Threshold, now: Reading) -> Decimal | None:
    """The value that is on the bad side of the threshold; None when it is not, or when there are too few cases to say."""
    cases = now.denominator if now.denominator is not None else now.numerator
    if now.value is None or cases < threshold.fewest:
        return None
    match threshold.sort:
        case Sort.ABOVE:
            return now.value if now.value > threshold.limit else None
        case Sort.BELOW:
            return now.value if now.value < threshold.limit else None
        case Sort.GROWTH:
            if now.before is None:
                return None
            # From next to nothing everything is a manifold: the fewest cases that are looked at are the least base.
            base = max(now.before, threshold.fewest)
            grown = Decimal(100 * (now.numerator - base)) / base
            return grown if grown > threshold.limit else None


def objections(threshold: Threshold, *, decision: str, since: date, today: date) -> list[str]:
    """Every reason against setting it so; none when it may be set."""
    found = []
    standing = DEFAULTS.get(threshold.code)
    if standing is None:
        return [_("Không có ngưỡng này.")]
    most = Decimal(100) if standing.sort is not Sort.GROWTH and standing.unit == "%" else Decimal(10_000)
    if not 0 <= threshold.limit <= most:
        found.append(_("Ngưỡng nằm từ 0 đến %(most)s.") % {"most": f"{most:,}".replace(",", ".")})
    if not 1 <= threshold.fewest <= 100_000:
        found.append(_("Số hồ sơ tối thiểu nằm từ 1 đến 100.000."))
    if counts_days(standing) and not 1 <= threshold.days <= 366:
        found.append(_("Số ngày nằm từ 1 đến 366."))
    if not decision:
        found.append(_("Ghi căn cứ: quyết định, công văn hoặc ý kiến chỉ đạo."))
    if since < today:
        found.append(_("Ngưỡng chỉ đặt từ hôm nay trở đi."))
    return found


def set_objections() -> list[str]:
    """Said to whoever may not set thresholds."""
    return [_("Ngưỡng cảnh báo do cán bộ kiểm soát thủ tục hành chính của tỉnh đặt.")]


def counts_days(threshold: Threshold) -> bool:
    """Whether days belong to it: a state has none."""
    return threshold.sort is Sort.GROWTH or any(column in FLOWS for column in threshold.figure.columns)


class Standing(NamedTuple):
    """Where a person stands to an alert."""

    roles: Collection[str]
    answers_for: bool
    """The unit is among those the person answers for."""
    above: bool
    """The person's own authority is not the unit itself, so it may ask something of it."""
    ended: bool = False
    seen: bool = False
    has_task: bool = False


def act_objections(act: Act, now: Standing) -> list[str]:
    """Every reason against this act; none when it may be done."""
    found = []
    if ACTS[act].isdisjoint(now.roles):
        roles = ", ".join(str(role.label).lower() for role in Role if role in ACTS[act])
        found.append(_("Việc này dành cho %(roles)s.") % {"roles": roles})
    if not now.answers_for:
        found.append(_("Đơn vị này không thuộc phạm vi của cơ quan mình."))
    match act:
        case Act.ACKNOWLEDGE:
            if now.seen:
                found.append(_("Cảnh báo này đã có người xem."))
        case Act.PROPOSE:
            if not now.above:
                found.append(_("Việc về cảnh báo này do cơ quan cấp trên giao."))
            if now.ended:
                found.append(_("Cảnh báo này đã hết."))
            if now.has_task:
                found.append(_("Đã giao việc về cảnh báo này."))
        case Act.SET:
            pass
    return found
