"""Quy trình nội bộ: steps whose hours must sum to the limit, and the plain route used where none was issued."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from django.utils.translation import gettext as _

from motcua.procedures.rules.limits import hours_of, in_words
from motcua.procedures.terms import DecidingLevel, StepRole
from motcua.workdays.rules.limits import number_in_words

_QUARTER: Final = Decimal("0.25")


@dataclass(frozen=True, slots=True)
class StepPlan:
    """One step of a route: who does what within how many working hours."""

    no: int
    name: str
    role: str
    hours: Decimal
    unit: str = ""
    text: str = ""


def route_objections(limit: str, steps: Sequence[StepPlan]) -> list[str]:
    """Every reason against this route: no steps, wrong numbers, an unknown role, hours that do not sum to the limit."""
    found = []
    if not steps:
        found.append(_("Quy trình chưa có bước nào."))
    if [one.no for one in steps] != list(range(1, len(steps) + 1)):
        found.append(_("Các bước phải đánh số liền nhau từ 1."))
    for one in steps:
        if one.hours < 0:
            found.append(_("Bước %(no)s: số giờ không thể âm.") % {"no": one.no})
        if not one.name.strip():
            found.append(_("Bước %(no)s: ghi tên bước.") % {"no": one.no})
        if one.role not in StepRole.values:
            found.append(_("Bước %(no)s: chọn người thực hiện trong danh sách.") % {"no": one.no})
    total, due = sum((one.hours for one in steps), Decimal(0)), hours_of(limit)
    if steps and limit and total != due:
        found.append(
            _("Các bước cộng lại %(total)s giờ, thời hạn %(limit)s là %(due)s giờ: sửa cho bằng nhau.")
            % {"total": number_in_words(total), "limit": in_words(limit), "due": number_in_words(due)}
        )
    return found


def standard_route(limit: str, level: str) -> tuple[StepPlan, ...]:
    """The plain route (mẫu) by deciding level, in quarters of an hour; its hours sum to the limit."""
    due = hours_of(limit)
    department = level != DecidingLevel.COMMUNE
    shares: list[tuple[str, str, str, Decimal]] = [
        ("Tiếp nhận, chuyển hồ sơ", StepRole.CLERK, "Trung tâm Phục vụ hành chính công", Decimal("0.08")),
        ("Phân công", StepRole.UNIT_HEAD, "Phòng chuyên môn", Decimal("0.05")),
        ("Thẩm định", StepRole.SPECIALIST, "Phòng chuyên môn", Decimal("0.6")),
        ("Kiểm tra, trình ký", StepRole.UNIT_HEAD, "Phòng chuyên môn", Decimal("0.1")),
        ("Ký", StepRole.LEADER, "Lãnh đạo sở" if department else "Lãnh đạo Ủy ban nhân dân", Decimal("0.1")),
        ("Lấy số, đóng dấu, chuyển kết quả", StepRole.RECORDS, "Văn thư", Decimal("0.07")),
    ]
    hours = [(due * share / _QUARTER).quantize(Decimal(1), ROUND_HALF_UP) * _QUARTER for *_rest, share in shares]
    hours[2] = due - sum(hours[:2], Decimal(0)) - sum(hours[3:], Decimal(0))
    return tuple(
        StepPlan(no, name, role, spent, unit)
        for no, ((name, role, unit, _share), spent) in enumerate(zip(shares, hours, strict=True), start=1)
    )
