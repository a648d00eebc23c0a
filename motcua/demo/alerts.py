"""Thresholds of the demonstration, set for its small offices, and the alerts of this morning."""

from datetime import datetime
from decimal import Decimal
from typing import Final

from motcua.alerts import actions
from motcua.alerts.models import Alert
from motcua.base.actors import Actor
from motcua.base.clock import day_of
from motcua.organisations import queries as agencies
from motcua.people import queries as people
from motcua.people.terms import Role

DECISION: Final = "Công văn mẫu của bản trình diễn"
SMALL: Final = {
    "tre-han": (Decimal(10), 0, 5),
    "dung-han": (Decimal(80), 90, 10),
    "ton-dong": (Decimal(30), 14, 10),
}
"""Limit, days, fewest cases: the offices of the demonstration have few dossiers each."""


def load(*, now: datetime) -> int:
    """What the controller of the province set, the first look, and one task the chairman asked for; how many alerts stand."""
    root = agencies.by_code("H48", day_of(now))
    assert root is not None, "the fixture of agencies is loaded"
    controller, chairman = (_holder(root.agency, role, now) for role in (Role.CONTROLLER, Role.LEADER))
    for code, (limit, days, fewest) in SMALL.items():
        actions.set_threshold(
            root.agency,
            code,
            watched=True,
            limit=limit,
            days=days,
            fewest=fewest,
            since=day_of(now),
            decision=DECISION,
            by=controller,
            at=now,
        )
    found = actions.look(at=now)
    worst = Alert.objects.filter(ended_at__isnull=True).order_by("-value", "pk").first()
    if worst is not None:
        actions.propose_task(worst, by=chairman, at=now)
    return found.raised


def _holder(agency: int, role: Role, now: datetime) -> Actor:
    person = people.holders(agency=agency, roles=[role], day=day_of(now)).first()
    assert person is not None, f"nobody is {role}"
    return person.actor(agency=agency, roles=frozenset({role.value}))
