"""The table of a yearly round on the page of roles: the same that buttons, guards and tests ask."""

from django.utils.translation import gettext as _

from motcua.indices.rules.rounds import PATHS
from motcua.indices.terms import Party
from motcua.people.terms import Role, RoleTable


def tables() -> tuple[RoleTable, ...]:
    """Who does what in a round: the party to an answer, and the role in it."""
    return (
        RoleTable(
            title=_("Bộ chỉ số: từng bước của một đợt đánh giá"),
            told=_("Cần đủ hai điều: ở đúng bên của đợt đánh giá, và giữ đúng vai trò ở đó."),
            heads=(_("Việc"), _("Bên nào"), _("Người được làm")),
            rows=tuple(
                (
                    str(move.label),
                    (
                        tuple(str(one.label) for one in Party if one in path.parties),
                        tuple(str(one.label) for one in Role if one.value in path.roles),
                    ),
                )
                for move, path in PATHS.items()
            ),
        ),
    )
