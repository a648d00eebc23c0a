"""What is written at once is what the actions would have written: rows, changes, journal."""

from datetime import timedelta
from fractions import Fraction
from typing import Any

import pytest

from motcua.base.models import Entry
from motcua.base.verify import verify_journal
from motcua.indices import actions
from motcua.indices.actions.bulk import Judged, Said, Told, write_told
from motcua.indices.models import Answer, AnswerChange
from motcua.indices.terms import Move
from tests import make
from tests.indices.test_rounds import World

pytestmark = pytest.mark.django_db
LATER = make.MONDAY + timedelta(hours=1)
KEPT = (
    *("value", "below", "self_points", "self_note", "self_at", "appraised_points", "appraised_note", "appraised_at"),
    *("version", "changed_at", "changed_by_id", "changed_by_name"),
)


def facts(answer: Answer) -> tuple[Any, ...]:
    answer.refresh_from_db()
    entries = Entry.objects.filter(stream=answer.stream).order_by("seq")
    told = [
        (
            one.name,
            one.at,
            one.by,
            {key: each for key, each in one.facts.items() if key not in ("answer", "unit", "owner")},
        )
        for one in entries
    ]
    changes = AnswerChange.objects.filter(answer=answer).order_by("entry")
    rows = list(changes.values_list("entry", "value", "below", "points", "note"))
    return tuple(getattr(answer, name) for name in KEPT), told, rows


def test_bulk_writes_what_the_actions_write() -> None:
    world = World()
    world.go(Move.OPEN)
    one, other = world.answer("DH"), world.answer("DH", world.tinh_khe.authority)
    owner, judge = world.ba_to.specialist, world.judge
    actions.self_score(one, numerator="90", denominator="100", note="Đủ", by=owner, at=make.MONDAY)
    world.go(Move.END_SELF_SCORING, Move.END_CHECKING)
    actions.appraise(one, points="5", reason="Thiếu kỳ cuối", by=judge, at=LATER)
    said = Said(Fraction(90), Fraction(100), owner, make.MONDAY, "Đủ")
    write_told(world.round, [Told(other, said, Judged(judge, LATER, Fraction(5), "Thiếu kỳ cuối"))])
    assert facts(one) == facts(other)
    assert verify_journal().ok
