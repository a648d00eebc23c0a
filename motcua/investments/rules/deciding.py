"""Which project, plan and figure can be true. Each function gives all reasons against, as sentences."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Final

from django.utils.translation import gettext as _

from motcua.investments.rules.years import month_words, months_of
from motcua.investments.terms import Basis, Capital, Decided, Field, Group, Source, Standing
from motcua.ui.words import money

CODE: Final = re.compile(r"[0-9A-Za-z][0-9A-Za-z.\-]{2,29}")
MOST_VND: Final = 10**16
"""Ten million billion: above it a figure is a slip of the finger, and the sums still fit the database."""


@dataclass(frozen=True, slots=True)
class ProjectWish:
    """A project as it is to be entered; agencies by their numbers."""

    code: str
    name: str
    investor: int
    locality: int | None
    group: Group
    field: Field
    total_vnd: int
    decision: str
    decided_on: date
    first_year: int
    last_year: int


@dataclass(frozen=True, slots=True)
class PlanWish:
    """One line of a decision about capital."""

    year: int
    source: Source
    capital: Capital
    basis: Basis
    kind: Decided
    change_vnd: int
    decided_on: date
    decision: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class PlanNow:
    """What stands before the new line: the entries of the same plan, the other denominator, payments, the whole.

    `room` is what the total of the province leaves for its projects; None where no total was entered, or for the total.
    `allotted` is what projects were given of a total that is being changed.
    """

    entries: Sequence[tuple[date, int]] = ()
    other_basis: int = 0
    disbursed: int = 0
    room: int | None = None
    allotted: int = 0


@dataclass(frozen=True, slots=True)
class FigureWish:
    """Lũy kế giải ngân of one capital of one project to the end of a month."""

    year: int
    month: date
    source: Source
    capital: Capital
    disbursed_vnd: int
    as_of_on: date
    advance_vnd: int = 0
    volume_vnd: int | None = None
    standing: Standing = Standing.CONFIRMED
    reason: str = ""


@dataclass(frozen=True, slots=True)
class FigureNow:
    """What stands before the figure: both plans to the end of its month, the month before, the figure it replaces."""

    plan: Mapping[Basis, int] = field(default_factory=dict)
    month_before: int = 0
    in_force: int | None = None
    in_force_confirmed: bool = False


def project_objections(wish: ProjectWish, today: date) -> list[str]:
    """Reasons against a project, beside those about its agencies."""
    found = []
    if not CODE.fullmatch(wish.code):
        found.append(_("Mã dự án gồm 3 đến 30 chữ, số, dấu chấm hoặc gạch, ví dụ 7891234."))
    if len(wish.name) < 5 or len(wish.name) > 300:
        found.append(_("Ghi tên dự án như trong quyết định đầu tư, dài nhất 300 chữ."))
    if not 0 < wish.total_vnd <= MOST_VND:
        told = _("Ghi tổng mức đầu tư bằng đồng, lớn hơn 0 và không quá %(most)s.")
        found.append(told % {"most": money(MOST_VND)})
    if not wish.decision:
        found.append(_("Ghi số quyết định đầu tư."))
    if wish.decided_on > today:
        found.append(_("Ngày quyết định đầu tư không thể sau hôm nay, %(day)s.") % {"day": f"{today:%d/%m/%Y}"})
    if not 2000 <= wish.first_year <= wish.last_year <= 2100:
        found.append(_("Năm hoàn thành không thể trước năm khởi công."))
    return found


def plan_objections(wish: PlanWish, now: PlanNow, today: date) -> list[str]:
    """Reasons against a line of a plan (Luật Đầu tư công 58/2024/QH15: every assignment has its decision)."""
    found = []
    if wish.change_vnd == 0 or abs(wish.change_vnd) > MOST_VND:
        told = _("Ghi số vốn bằng đồng, khác 0 và không quá %(most)s; giảm thì ghi số âm.")
        found.append(told % {"most": money(MOST_VND)})
    if wish.kind is Decided.ASSIGNED and wish.change_vnd < 0:
        found.append(_("Vốn giao là số dương; giảm vốn thì chọn “Điều chỉnh”."))
    if not wish.decision:
        found.append(_("Ghi số quyết định giao hoặc điều chỉnh vốn."))
    if wish.decided_on > today:
        found.append(_("Ngày quyết định không thể sau hôm nay, %(day)s.") % {"day": f"{today:%d/%m/%Y}"})
    if not wish.year - 1 <= wish.decided_on.year <= wish.year + 1:
        told = _("Quyết định ngày %(day)s không thể giao vốn cho năm %(year)d.")
        found.append(told % {"day": f"{wish.decided_on:%d/%m/%Y}", "year": wish.year})
    sums = _running(now.entries, wish)
    if min(sums) < 0:
        found.append(_("Giảm nhiều hơn số vốn đang có: có lúc kế hoạch chỉ còn %(sum)s.") % {"sum": money(min(sums))})
    return found + _against_the_rest(wish, now, after=sums[-1])


def _running(entries: Sequence[tuple[date, int]], wish: PlanWish) -> list[int]:
    """The plan after each decision in order of its date; the new line last on its day."""
    lines = sorted([*((day, 0, change) for day, change in entries), (wish.decided_on, 1, wish.change_vnd)])
    sums, total = [], 0
    for _day, _new, change in lines:
        total += change
        sums.append(total)
    return sums


def _against_the_rest(wish: PlanWish, now: PlanNow, after: int) -> list[str]:
    """What was paid, what the province has, what its projects were given."""
    found = []
    if wish.change_vnd < 0 <= after and max(after, now.other_basis) < now.disbursed:
        told = _("Sau điều chỉnh còn %(after)s, ít hơn số đã giải ngân %(paid)s.")
        found.append(told % {"after": money(max(after, now.other_basis)), "paid": money(now.disbursed)})
    if now.room is not None and wish.change_vnd > now.room:
        told = _("Vượt tổng vốn giao tỉnh của nguồn này: chỉ còn %(room)s chưa phân bổ.")
        found.append(told % {"room": money(max(now.room, 0))})
    if wish.change_vnd < 0 <= after < now.allotted:
        told = _("Tổng vốn còn %(after)s, ít hơn số đã phân bổ cho các dự án %(allotted)s.")
        found.append(told % {"after": money(after), "allotted": money(now.allotted)})
    return found


def figure_objections(wish: FigureWish, now: FigureNow, today: date) -> list[str]:
    """Reasons against a month's figure."""
    found = _in_time(wish, today)
    if not 0 <= wish.disbursed_vnd <= MOST_VND:
        found.append(_("Lũy kế giải ngân là số đồng, không âm và không quá %(most)s.") % {"most": money(MOST_VND)})
    if not 0 <= wish.advance_vnd <= max(wish.disbursed_vnd, 0):
        found.append(_("Tạm ứng nằm trong lũy kế giải ngân, không thể lớn hơn."))
    if wish.volume_vnd is not None and not 0 <= wish.volume_vnd <= MOST_VND:
        told = _("Giá trị khối lượng hoàn thành là số đồng, không âm và không quá %(most)s.")
        found.append(told % {"most": money(MOST_VND)})
    limit = max(now.plan.values(), default=0)
    words = {"source": wish.source.label, "capital": wish.capital.label.lower(), "limit": money(limit)}
    if limit <= 0 < wish.disbursed_vnd:
        found.append(_("Đến hết tháng này dự án chưa được giao vốn: %(source)s, %(capital)s.") % words)
    elif wish.disbursed_vnd > limit:
        told = _("Lũy kế %(paid)s vượt vốn được giao %(limit)s (%(source)s, %(capital)s).")
        found.append(told % {**words, "paid": money(wish.disbursed_vnd)})
    return found + _against_figures(wish, now)


def _in_time(wish: FigureWish, today: date) -> list[str]:
    if wish.month not in months_of(wish.year):
        told = _("Năm kế hoạch %(year)d có các tháng từ 01/%(year)d đến 01/%(next)d.")
        return [told % {"year": wish.year, "next": wish.year + 1}]
    if wish.month > today:
        return [_("%(month)s chưa đến.") % {"month": month_words(wish.year, wish.month).capitalize()}]
    if not wish.month <= wish.as_of_on <= today:
        told = _("Ngày chốt số liệu nằm từ %(first)s đến hôm nay, %(today)s.")
        return [told % {"first": f"{wish.month:%d/%m/%Y}", "today": f"{today:%d/%m/%Y}"}]
    return []


def _against_figures(wish: FigureWish, now: FigureNow) -> list[str]:
    if wish.reason:
        reasonless = []
    elif now.in_force is not None:
        told = _("Tháng này đã có số %(before)s. Muốn sửa, ghi lý do; số cũ vẫn được giữ.")
        reasonless = [told % {"before": money(now.in_force)}]
    elif 0 <= wish.disbursed_vnd < now.month_before:
        told = _("Lũy kế ít hơn tháng trước (%(before)s). Ghi lý do, ví dụ thu hồi tạm ứng.")
        reasonless = [told % {"before": money(now.month_before)}]
    else:
        reasonless = []
    if now.in_force_confirmed and wish.standing is Standing.ESTIMATED:
        reasonless.append(_("Số đã được Kho bạc xác nhận thì không đổi lại thành số ước."))
    return reasonless


def red_line_objections(*, share_of_mean: Decimal | None, floor: Decimal | None, decision: str) -> list[str]:
    """Reasons against thresholds of the red list."""
    found = []
    if share_of_mean is None and floor is None:
        found.append(_("Ghi ít nhất một ngưỡng: phần trăm của mức chung, hoặc mức sàn."))
    if any(one is not None and not 0 < one <= 100 for one in (share_of_mean, floor)):
        found.append(_("Ngưỡng là số phần trăm lớn hơn 0, nhiều nhất 100."))
    if not decision:
        found.append(_("Ghi văn bản quy định ngưỡng."))
    return found
