"""What judges do: check, appraise, answer an objection, decide. Whoever changes points says why."""

from collections.abc import Mapping
from datetime import datetime
from fractions import Fraction

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.base.actors import Actor
from motcua.base.errors import Refused
from motcua.base.text import nfc
from motcua.indices.actions.making import begin, finish, remember, stored, tell
from motcua.indices.events import ObjectionAnswered, PointsJudged
from motcua.indices.models import Answer, PointsObjection
from motcua.indices.queries import definition_of_round, points_now
from motcua.indices.rules.definition import Criterion
from motcua.indices.rules.numbers import NotANumber
from motcua.indices.rules.numbers import points as read_points
from motcua.indices.rules.rounds import check_points, need_reason
from motcua.indices.terms import Move


@transaction.atomic
def check(answer: Answer, *, points: str, reason: str = "", by: Actor, at: datetime, seen: int | None = None) -> None:
    """The organiser looks through what was self-scored."""
    _judge(Move.CHECK, "checked", answer, points=points, reason=reason, by=by, at=at, seen=seen)


@transaction.atomic
def appraise(
    answer: Answer, *, points: str, reason: str = "", by: Actor, at: datetime, seen: int | None = None
) -> None:
    """The appraiser confirms or changes the points, with a reason."""
    _judge(Move.APPRAISE, "appraised", answer, points=points, reason=reason, by=by, at=at, seen=seen)


@transaction.atomic
def decide(answer: Answer, *, points: str, reason: str = "", by: Actor, at: datetime, seen: int | None = None) -> None:
    """The council's word, the last one."""
    _judge(Move.DECIDE, "decided", answer, points=points, reason=reason, by=by, at=at, seen=seen)


def _judge(
    move: Move, stage: str, answer: Answer, *, points: str, reason: str, by: Actor, at: datetime, seen: int | None
) -> None:
    round_ = begin(move, answer, by=by, at=at, seen=seen)
    criterion = definition_of_round(round_).by_code[answer.criterion]
    before, after = points_now(answer), stored(_points(criterion, answer, points))
    words = need_reason(
        None if before is None else Fraction(before), None if after is None else Fraction(after), reason
    )
    changes = {f"{stage}_points": after, f"{stage}_note": words, f"{stage}_at": at}
    entry = finish(answer, PointsJudged, by=by, at=at, changes=changes, stage=stage, before=before, points=after)
    remember(answer, entry, points=after, note=words)


def _points(criterion: Criterion, answer: Answer, text: str) -> Fraction | None:
    """What was typed; nothing where units are compared and the value of the owner is agreed to: then the rule counts."""
    if criterion.is_compared and not text.strip() and answer.self_at is not None:
        return None
    try:
        value = read_points(text)
    except NotANumber as why:
        raise Refused(_("Không đọc được điểm: %s.") % why) from None
    check_points(criterion, value)
    return value


@transaction.atomic
def confirm_many(move: Move, answers: Mapping[Answer, int | None], *, by: Actor, at: datetime) -> int:
    """Confirm the points as they stand for many answers at once: all of them or none; how many were confirmed.

    Each answer comes with the version the person saw. One without points is left to be judged by hand.
    """
    if move not in (Move.CHECK, Move.APPRAISE):
        raise ValueError(move)
    stage = "checked" if move is Move.CHECK else "appraised"
    done = 0
    for answer, seen in sorted(answers.items(), key=lambda pair: pair[0].pk):
        points = points_now(answer)
        criterion = definition_of_round(answer.round).by_code[answer.criterion]
        if points is None and not (criterion.is_compared and answer.self_at is not None):
            raise Refused(_("Tiêu chí %s chưa có điểm để xác nhận; hãy mở ra để ghi điểm.") % answer.criterion)
        _judge(move, stage, answer, points="" if points is None else str(points), reason="", by=by, at=at, seen=seen)
        done += 1
    return done


@transaction.atomic
def reply(objection: PointsObjection, *, text: str, agreed: bool, by: Actor, at: datetime) -> None:
    """Answer an objection; agreed points are set by the council's decision."""
    answer = objection.answer
    begin(Move.REPLY, answer, by=by, at=at)
    words = nfc(text).strip()
    if len(words) < 5:
        raise Refused(_("Hãy ghi lý do đồng ý hoặc không đồng ý."))
    objection.reply, objection.agreed, objection.replied_by_name, objection.replied_at = (
        words[:4000],
        agreed,
        str(by),
        at,
    )
    objection.save(update_fields=["reply", "agreed", "replied_by_name", "replied_at"])
    tell(answer, ObjectionAnswered, by=by, at=at, objection=objection.pk, agreed=agreed)
