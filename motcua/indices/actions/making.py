"""The five steps of every act: lock, check, change, log. The only writer of rounds and answers."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

from django.utils.translation import gettext as _

from motcua.base import journal
from motcua.base.actors import Actor
from motcua.base.clock import local
from motcua.base.errors import Conflict
from motcua.indices.events import AnswerEvent, RoundEvent
from motcua.indices.models import Answer, AnswerChange, Round
from motcua.indices.queries import situation
from motcua.indices.rules import rounds
from motcua.indices.rules.numbers import decimal_text, half_up
from motcua.indices.terms import Move, Stage

STORED_DIGITS: Final = 10


def begin_round(move: Move, round_: Round, *, by: Actor, at: datetime, seen: int | None = None) -> Stage:
    """Lock the round, see whether somebody was quicker, ask the rules."""
    locked = Round.objects.select_for_update(of=("self",)).select_related("set_version").get(pk=round_.pk)
    round_.__dict__.update(locked.__dict__)
    if seen is not None and seen != round_.version:
        raise Conflict(_("Đợt đánh giá vừa được người khác cập nhật. Tải lại trang để xem."))
    return rounds.check(move, situation(move, round_, by=by, at=at))


def begin(move: Move, answer: Answer, *, by: Actor, at: datetime, seen: int | None = None) -> Round:
    """Keep the round from moving on, lock the answer, see whether somebody was quicker, ask the rules; the round."""
    round_ = (
        Round.objects.select_for_update(of=("self",), no_key=True).select_related("set_version").get(pk=answer.round_id)
    )
    locked = Answer.objects.select_for_update(of=("self",)).select_related("unit").get(pk=answer.pk)
    answer.__dict__.update(locked.__dict__)
    if seen is not None and seen != answer.version:
        raise Conflict(who_was_quicker(answer))
    rounds.check(move, situation(move, round_, by=by, at=at, answer=answer))
    return round_


def who_was_quicker(answer: Answer) -> str:
    """The sentence for the second of two editors: who changed it, and when."""
    if answer.changed_at is None:
        return _("Tiêu chí này vừa có thay đổi. Tải lại trang để xem.")
    known = {"name": answer.changed_by_name, "time": f"{local(answer.changed_at):%H:%M}", "code": answer.criterion}
    return _("%(name)s vừa sửa tiêu chí %(code)s lúc %(time)s. Xem lại rồi gửi nếu vẫn cần.") % known


def finish(
    answer: Answer, event: type[AnswerEvent], *, by: Actor, at: datetime, changes: Mapping[str, Any], **more: Any
) -> int:
    """Write the changed columns and one journal entry; the number of the entry."""
    for field, value in changes.items():
        setattr(answer, field, value)
    answer.version += 1
    answer.changed_at, answer.changed_by_id, answer.changed_by_name = at, by.id, str(by)
    answer.save(update_fields=[*changes, "version", "changed_at", "changed_by_id", "changed_by_name"])
    return tell(answer, event, by=by, at=at, **more)


def remember(
    answer: Answer, entry: int, *, points: Decimal | None, note: str, value: str = "", below: str = ""
) -> None:
    """Keep what was written and why, beside its journal entry: the answer itself holds the latest words only."""
    AnswerChange.objects.create(answer=answer, entry=entry, points=points, note=note, value=value, below=below)


def tell(answer: Answer, event: type[AnswerEvent], *, by: Actor, at: datetime, **more: Any) -> int:
    """One entry in the answer's stream."""
    return journal.record(event(**facts_of(answer), **more), stream=answer.stream, by=by, at=at)


def facts_of(answer: Answer) -> dict[str, Any]:
    """What every event of an answer carries."""
    return {
        "round": answer.round_id,
        "answer": answer.pk,
        "unit": answer.unit.agency_id,
        "criterion": answer.criterion,
        "owner": answer.owner_id or 0,
    }


def tell_round(round_: Round, event: type[RoundEvent], *, by: Actor, at: datetime, **more: Any) -> int:
    """One entry in the round's stream."""
    facts: dict[str, Any] = {
        "round": round_.pk,
        "set": round_.set_version_id,
        "year": round_.year,
        "organiser": round_.organiser_id,
        "stage": str(round_.stage),
    }
    return journal.record(event(**facts, **more), stream=round_.stream, by=by, at=at)


def stored(points: Fraction | None) -> Decimal | None:
    """Points as the table keeps them: ten decimals, rounded half up."""
    return None if points is None else Decimal(decimal_text(half_up(points, STORED_DIGITS)))
