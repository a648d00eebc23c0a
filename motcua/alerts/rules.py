"""Thresholds: which figure of a unit calls for a look, when it is crossed, and who may answer. No database, no clock."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from motcua.alerts.terms import ACTS, Act, Sort
from motcua.measures.rules.columns import FLOWS
from motcua.measures.rules.declared import MEASURES, Measure
from motcua.measures.terms import Unit
from motcua.people.terms import Role
from motcua.ui import words

ANSWER_DAYS: Final = 10
"""Working days that a task proposed because of an alert is given, unless another day is chosen."""


class TaskFigure(NamedTuple):
    """A figure of the tasks an agency leads; those of dossiers are declared in `measures`."""

    code: str
    name: Any
    sentence: Any
    unit: Unit = Unit.PER_CENT


TASKS_LATE: Final = TaskFigure(
    "tasks_late_share",
    _lazy("Tỷ lệ nhiệm vụ đang quá hạn"),
    _lazy("Trong số nhiệm vụ cơ quan chủ trì chưa xong, phần đã quá hạn."),
)


def figure_of(code: str) -> Measure | TaskFigure:
    """The declared figure of that code, of dossiers or of tasks."""
    return TASKS_LATE if code == TASKS_LATE.code else MEASURES[code]


def about_tasks(measure: str) -> bool:
    """Whether the figure counts tasks, not dossiers."""
    return measure == TASKS_LATE.code


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
    of_units: bool = False
    """Also of rooms and branches inside an authority, by the dossiers that lie with them."""
    watched: bool = True
    source: str = ""
    since: date | None = None

    @property
    def figure(self) -> Measure | TaskFigure:
        """The declared figure."""
        return figure_of(self.measure)

    @property
    def counted(self) -> str:
        """What its cases are."""
        return _("nhiệm vụ") if about_tasks(self.measure) else _("hồ sơ")

    @property
    def unit(self) -> str:
        """In what the limit is told."""
        return "%" if self.sort is Sort.GROWTH or self.figure.unit is Unit.PER_CENT else str(self.figure.unit.label)


def _standing(*found: Threshold) -> Mapping[str, Threshold]:
    return MappingProxyType({one.code: one for one in found})


DEFAULTS: Final = _standing(
    Threshold("tre-han", "overdue_share", Sort.ABOVE, Decimal(10), 0, 20, of_units=True),
    Threshold("dung-han", "handled_in_time_share", Sort.BELOW, Decimal(90), 30, 30),
    Threshold("ton-dong", "open", Sort.GROWTH, Decimal(30), 14, 30, of_units=True),
    Threshold("bo-sung", "supplement_share", Sort.ABOVE, Decimal(20), 30, 30),
    Threshold("hai-long", "satisfied_share", Sort.BELOW, Decimal(85), 30, 20),
    Threshold("buoc-cham", "steps_late_share", Sort.ABOVE, Decimal(25), 30, 30, of_units=True),
    Threshold("nhiem-vu-tre", TASKS_LATE.code, Sort.ABOVE, Decimal(20), 0, 5),
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
        found.append(_("Ngưỡng nằm từ 0 đến %(most)s.") % {"most": words.whole(most)})
    if not 1 <= threshold.fewest <= 100_000:
        found.append(_("Số tối thiểu nằm từ 1 đến 100.000."))
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
    if about_tasks(threshold.measure):
        return False
    return threshold.sort is Sort.GROWTH or any(column in FLOWS for column in MEASURES[threshold.measure].columns)


class Standing(NamedTuple):
    """Where a person stands to an alert."""

    roles: Collection[str]
    answers_for: bool
    """The unit is among those the person answers for."""
    above: bool
    """The person stands above the unit: in an authority above it or, of a room, over it in its own; so may ask of it."""
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
