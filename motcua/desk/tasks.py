"""Tasks given from above, as tiles among what waits for me; only where there are any."""

from datetime import datetime
from typing import NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _

from motcua.base.actors import Actor
from motcua.base.counts import Count
from motcua.directives import queries
from motcua.directives.terms import Duty


class TaskTile(NamedTuple):
    """A figure that opens its list."""

    figure: Count
    label: str
    sub: str
    url: str


def task_tiles(by: Actor, at: datetime) -> list[TaskTile]:
    """What my house must do, what is mine, and what waits for my word as a giver; one statement, none for a clerk."""
    if not queries.may(Duty.SEE, by=by, at=at):
        return []
    counts = queries.desk_counts(by, at)
    late = _("%(late)s quá hạn, %(soon)s trong 7 ngày") % {"late": counts["late"], "soon": counts["due_soon"]}
    known = [
        ("worklist", _("Cơ quan cần làm"), late, "can-lam"),
        ("assigned", _("Giao cho tôi"), _("tôi thực hiện"), "toi-lam"),
        ("to_confirm", _("Chờ xác nhận"), _("đã báo cáo xong"), "cho-xac-nhan"),
        ("to_answer", _("Xin gia hạn"), _("chờ trả lời"), "xin-gia-han"),
        ("refused", _("Bị từ chối"), _("chờ giao lại"), "tu-choi"),
    ]
    address = reverse("directives_desk:tasks")
    return [
        TaskTile(counts[name], label, sub, f"{address}?o={key}")
        for name, label, sub, key in known
        if counts[name].number
    ]
