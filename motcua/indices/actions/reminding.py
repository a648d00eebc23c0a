"""Owners are told in time that criteria are still waiting for them."""

from datetime import datetime
from typing import Final

from django.db import transaction

from motcua.base.clock import day_of
from motcua.base.refs import Ref
from motcua.indices.actions.telling import HEADS, ROUNDS
from motcua.indices.models import Reminder, Round
from motcua.indices.queries import completeness
from motcua.indices.terms import Stage
from motcua.notifications import actions as notifications
from motcua.notifications.terms import Channel
from motcua.people import queries as people

DISTANCES: Final = (7, 3, 1, 0)


@transaction.atomic
def remind(round_: Round, *, at: datetime) -> int:
    """Tell the heads of every owner with criteria left, 7, 3 and 1 days before the last day and on it; how many were told."""
    if round_.stage != Stage.SELF_SCORING or round_.self_until is None:
        return 0
    left = (round_.self_until - day_of(at)).days
    if left not in DISTANCES:
        return 0
    told = 0
    for one in completeness(round_):
        if one.owner is None or not one.missing:
            continue
        _kept, fresh = Reminder.objects.get_or_create(
            round=round_, owner_id=one.owner, due_on=round_.self_until, days_left=left, defaults={"told_at": at}
        )
        if not fresh:
            continue
        told += 1
        until = f"{round_.self_until:%d/%m/%Y}"
        for person in people.holders(agency=one.owner, roles=HEADS, day=day_of(at)):
            notifications.queue(
                Channel.IN_APP,
                to=person,
                subject=f"Còn {one.missing} tiêu chí chưa tự chấm, hạn {until}",
                body=f"{round_.title}: đơn vị của bạn còn {one.missing} tiêu chí chưa tự chấm. Hạn cuối là {until}.",
                about=Ref("indices.round", str(round_.pk)),
                url=ROUNDS % round_.pk,
                at=at,
            )
    return told
