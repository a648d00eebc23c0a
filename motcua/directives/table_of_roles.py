"""The tables of directives on the page of roles: the same that pages, guards and lists ask."""

from django.utils.translation import gettext as _

from motcua.directives.rules import PATHS
from motcua.directives.terms import DUTIES, SIGHT, Duty, Part, Side
from motcua.people.terms import Role, RoleTable


def tables() -> tuple[RoleTable, ...]:
    """Duties in an agency, the moves of a task, and what each side sees."""
    return (_duties(), _moves(), _sight())


def _duties() -> RoleTable:
    return RoleTable(
        title=_("Nhiệm vụ, chỉ đạo: việc của cơ quan"),
        told=_("Mỗi người làm các việc này trong cơ quan của mình."),
        heads=(_("Việc"), _("Người được làm")),
        rows=tuple((str(one.label), (_roles(DUTIES[one]),)) for one in Duty),
    )


def _moves() -> RoleTable:
    return RoleTable(
        title=_("Nhiệm vụ, chỉ đạo: từng bước của một nhiệm vụ"),
        told=_("Cần đủ hai điều: ở đúng bên của nhiệm vụ, và giữ đúng vai trò ở đó."),
        heads=(_("Việc"), _("Bên nào"), _("Người được làm")),
        rows=tuple((str(move.label), (_sides(path.sides), _roles(path.roles))) for move, path in PATHS.items()),
    )


def _sight() -> RoleTable:
    return RoleTable(
        title=_("Nhiệm vụ, chỉ đạo: mỗi bên xem được gì"),
        told=_("Việc của mình thì xem đủ; việc của cơ quan khác thì chỉ xem số liệu tổng hợp, trừ khi cùng làm."),
        heads=(_("Bên"), *(str(one.label) for one in Part)),
        rows=tuple((str(side.label), tuple((_("có"),) if one in SIGHT[side] else () for one in Part)) for side in Side),
    )


def _roles(chosen: frozenset[Role]) -> tuple[str, ...]:
    return tuple(str(one.label) for one in Role if one in chosen)


def _sides(chosen: frozenset[Side]) -> tuple[str, ...]:
    return tuple(str(one.label) for one in Side if one in chosen)
