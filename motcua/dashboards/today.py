"""What needs me today: the few things a leader must decide or start, each with the place where it is done."""

from datetime import datetime
from typing import NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from motcua.alerts import queries as alerts
from motcua.base.actors import Actor
from motcua.dashboards.forecast import Expected
from motcua.directives import queries as directives
from motcua.directives.terms import Duty
from motcua.dossiers import queries as dossiers
from motcua.measures.queries.figures import Figures
from motcua.people.terms import Role
from motcua.ui import words


class Need(NamedTuple):
    """One thing: its weight (`son` now, `nghe` soon), what it is, why, and the one way on."""

    tone: str
    icon: str
    title: str
    sentence: str
    url: str
    act: str


def needs(by: Actor, at: datetime, *, now: Figures, late_url: str, expected: Expected | None) -> list[Need]:
    """In the order in which they press; nothing that asks for nothing."""
    return [*_signing(by, at), *_alerts(by, at), *_late(now, late_url), *_tasks(by, at), *_soon(expected)]


def _signing(by: Actor, at: datetime) -> list[Need]:
    if Role.LEADER not in by.roles:
        return []
    waiting, late = dossiers.counted_with_late(dossiers.for_signing(by, at), at)
    if not waiting.number:
        return []
    title = _("%(n)s hồ sơ chờ tôi ký") % {"n": waiting}
    sentence = _("%(late)s đã trễ hẹn") % {"late": late} if late.number else _("chưa hồ sơ nào trễ hẹn")
    return [Need("son" if late.number else "nghe", "pen-line", title, sentence, reverse("desk:signing"), _("Ký"))]


def _alerts(by: Actor, at: datetime) -> list[Need]:
    found = list(alerts.open_for(by, at).filter(seen_at__isnull=True)[:51])
    if not found:
        return []
    count = words.whole(len(found)) if len(found) < 51 else _("hơn 50")
    first = alerts.rows_of(found[:1], by=by, at=at)[0]
    title = _("%(n)s cảnh báo chưa ai xem") % {"n": count}
    return [
        Need("nghe", "triangle-alert", title, f"{first.name}: {first.title}", reverse("alerts:home"), _("Xem và quyết"))
    ]


def _late(now: Figures, url: str) -> list[Need]:
    late = now.whole["overdue"].numerator
    if not late:
        return []
    places = sum(1 for each in now.parts.values() if each["overdue"].numerator)
    told = {"n": words.whole(late), "of": words.whole(now.whole["open"].numerator), "places": places}
    title = _("%(n)s hồ sơ đang trễ hẹn") % told
    sentence = _("ở %(places)s đơn vị, trong %(of)s hồ sơ đang giải quyết") if places else _("trong %(of)s hồ sơ")
    return [Need("son", "clock-alert", title, sentence % told, url, _("Xem hồ sơ"))]


def _tasks(by: Actor, at: datetime) -> list[Need]:
    if not directives.may(Duty.SEE, by=by, at=at):
        return []
    counts, address = directives.desk_counts(by, at), reverse("directives_desk:tasks")
    known = [
        ("late", "son", "clock-alert", _("%(n)s nhiệm vụ cơ quan làm đã quá hạn"), "can-lam", _("Xem nhiệm vụ")),
        ("to_answer", "nghe", "hourglass", _("%(n)s nhiệm vụ xin gia hạn"), "xin-gia-han", _("Xem và quyết")),
        ("refused", "nghe", "undo-2", _("%(n)s nhiệm vụ bị từ chối, chờ giao lại"), "tu-choi", _("Giao lại")),
        ("to_confirm", "nghe", "circle-check", _("%(n)s nhiệm vụ báo đã xong, chờ xác nhận"), "cho-xac-nhan", _("Xem")),
    ]
    return [
        Need(tone, icon, title % {"n": counts[name]}, "", f"{address}?o={key}", act)
        for name, tone, icon, title, key, act in known
        if counts[name].number
    ]


def _soon(expected: Expected | None) -> list[Need]:
    if expected is None or not expected.number:
        return []
    told = {"n": words.whole(expected.number), "low": words.whole(expected.low), "high": words.whole(expected.high)}
    title = ngettext(
        "Khoảng %(n)s hồ sơ sẽ trễ trong 5 ngày tới", "Khoảng %(n)s hồ sơ sẽ trễ trong 5 ngày tới", expected.number
    )
    sentence = _("giữ nhịp hiện nay; 19 trong 20 khả năng là từ %(low)s đến %(high)s") % told
    return [Need("nghe", "hourglass", title % told, sentence, "#toi", _("Xem từng ngày"))]
