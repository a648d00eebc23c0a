"""Whoever has something left to do in the stage under way is told before its last day."""

from datetime import datetime
from typing import Final, NamedTuple

from django.db import transaction

from motcua.base.clock import day_of
from motcua.indices.actions.news import unjudged
from motcua.indices.actions.telling import News, tell_of_round
from motcua.indices.models import Answer, PointsObjection, Reminder, Round
from motcua.indices.queries import completeness, last_day_field
from motcua.indices.terms import Stage

DISTANCES: Final = (7, 3, 1, 0)


class Left(NamedTuple):
    """What one agency still has to do."""

    agency: int
    words: str


@transaction.atomic
def remind(round_: Round, *, at: datetime) -> int:
    """Tell the heads of every agency with something left, 7, 3 and 1 days before the last day and on it; how many were told.

    Owners of criteria not self-scored or not yet objected to, appraisers of criteria not appraised, whoever runs the round
    of what is not checked or not decided.
    """
    field = last_day_field(Stage(round_.stage))
    last = getattr(round_, field) if field else None
    if last is None:
        return 0
    days = (last - day_of(at)).days
    if days not in DISTANCES:
        return 0
    told = 0
    for one in left(round_):
        _kept, fresh = Reminder.objects.get_or_create(
            round=round_, owner_id=one.agency, due_on=last, days_left=days, defaults={"told_at": at}
        )
        if fresh:
            told += 1
            until = f"{last:%d/%m/%Y}"
            body = f"{round_.title}: cơ quan bạn {one.words[:1].lower()}{one.words[1:]}. Hạn cuối là {until}."
            name = f"indices/reminder/{one.agency}/{until}/{days}"
            tell_of_round(round_, [News(one.agency, f"{one.words}, hạn {until}", body)], name=name, at=at)
    return told


def left(round_: Round) -> list[Left]:
    """What is left to do in the stage under way, by agency."""
    match Stage(round_.stage):
        case Stage.SELF_SCORING:
            rows = [(one.owner, one.missing) for one in completeness(round_)]
            return [Left(owner, f"Còn {n} tiêu chí chưa tự chấm") for owner, n in rows if owner is not None and n]
        case Stage.APPRAISING:
            return [Left(agency, f"Còn {n} tiêu chí chưa thẩm định") for agency, n in unjudged(round_)]
        case Stage.OBJECTING:
            owners = [one.owner for one in completeness(round_) if one.owner is not None]
            return [Left(owner, "Sắp hết hạn nêu ý kiến về điểm thẩm định") for owner in owners]
        case Stage.CHECKING:
            n = Answer.objects.filter(round=round_, self_at__isnull=False, checked_at=None).count()
            return [Left(round_.organiser_id, f"Còn {n} tiêu chí chưa kiểm tra")] if n else []
        case Stage.DECIDING:
            n = PointsObjection.objects.filter(answer__round=round_, answer__decided_at=None).count()
            return [Left(round_.organiser_id, f"Còn {n} ý kiến hội đồng chưa quyết định")] if n else []
        case _:
            return []
