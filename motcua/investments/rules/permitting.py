"""Who may do what: the steward keeps plans and thresholds, the investor enters its own figures."""

from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from motcua.investments.terms import Act
from motcua.people.terms import Role

KEEPERS: Final = frozenset({Role.LEADER.value, Role.CONTROLLER.value})
OVERSEERS: Final = frozenset({Role.ADMINISTRATOR.value, Role.CONTROLLER.value})
WRITERS: Final = frozenset({Role.LEADER.value, Role.UNIT_HEAD.value, Role.SPECIALIST.value})


@dataclass(frozen=True, slots=True)
class Situation:
    """All that the rules need to know about the person: roles today, and for which agencies."""

    roles: frozenset[str]
    of_province: bool
    of_steward: bool
    of_investor: bool = False
    is_program: bool = False


def objections(act: Act, now: Situation) -> list[str]:
    """Every reason against this act; empty when it may be done."""
    if now.is_program:
        return []
    keeps = (now.of_province and bool(now.roles & OVERSEERS)) or (now.of_steward and bool(now.roles & KEEPERS))
    if keeps or (act is Act.RECORD and now.of_investor and now.roles & WRITERS):
        return []
    if act is Act.RECORD:
        return [
            _(
                "Số giải ngân do chủ đầu tư của dự án nhập (lãnh đạo, trưởng phòng, chuyên viên), hoặc do cơ quan tổng hợp của tỉnh."
            )
        ]
    return [
        _("%(act)s: do lãnh đạo cơ quan tổng hợp của tỉnh, hoặc cán bộ kiểm soát, quản trị cấp tỉnh làm.")
        % {"act": act.label}
    ]
