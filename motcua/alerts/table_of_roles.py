"""The table of alerts on the page of roles: the same that pages and actions ask."""

from django.utils.translation import gettext as _

from motcua.alerts.terms import ACTS, Act
from motcua.people.terms import Role, RoleTable


def tables() -> tuple[RoleTable, ...]:
    """What may be done about alerts, and by whom."""
    return (
        RoleTable(
            title=_("Cảnh báo"),
            told=_("Mỗi người làm các việc này cho cơ quan mình phụ trách."),
            heads=(_("Việc"), _("Người được làm")),
            rows=tuple((str(act.label), (tuple(str(one.label) for one in Role if one in ACTS[act]),)) for act in Act),
        ),
    )
