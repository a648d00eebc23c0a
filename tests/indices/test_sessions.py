"""Thirty departments, a hundred criteria each, ten sessions at once: every edit is found, or was refused with the other's name."""

from collections import Counter
from collections.abc import Callable, Iterator
from random import Random

import pytest

from bench.scenes.indices import CRITERIA, UNITS, definition, departments
from motcua.base.actors import Actor
from motcua.base.errors import Conflict
from motcua.base.models import Entry
from motcua.base.verify import verify_journal
from motcua.indices import actions
from motcua.indices.models import Answer, Round
from motcua.indices.queries import definition_of_round, results
from motcua.indices.queries.standing import results_now
from motcua.indices.rules.kinds import Options, Ratio
from motcua.indices.terms import Move, UnitKind
from motcua.people.terms import Role
from tests import make
from tests.together import together

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
SESSIONS, EDITS, SHARED = 10, 24, 6


@pytest.fixture
def opened(transactional_db: None) -> Iterator[tuple[Round, list[Actor], Actor]]:
    province = make.province()
    chief = make.official("Trần Chủ Tịch", "chutich", province.root, Role.LEADER)
    kept = actions.import_set(definition(1), name="bo.yaml", by=chief, at=make.MONDAY)
    actions.sign_off(kept, by=chief, at=make.MONDAY)
    units = departments(province.root, at=make.MONDAY, since=make.START)
    round_ = actions.prepare(
        kept, year=2026, kind=UnitKind.DEPARTMENT, organiser=province.root, units=units, by=chief, at=make.MONDAY
    )
    actions.move(Move.OPEN, round_, by=chief, at=make.MONDAY)
    first = units[0]
    people = [make.official(f"Người Thứ {n}", f"phien{n}", first, Role.SPECIALIST) for n in range(SESSIONS)]
    yield round_, people, chief


def test_ten_sessions_on_thirty_departments_by_a_hundred_criteria(opened: tuple[Round, list[Actor], Actor]):
    round_, people, _chief = opened
    assert Answer.objects.filter(round=round_).count() == UNITS * CRITERIA == 3000
    known = definition_of_round(round_)
    own = list(Answer.objects.filter(round=round_, owner=people[0].agency).order_by("place"))
    versions = {one.pk: one.version for one in own}
    shared = own[:SHARED]

    def words(answer: Answer, session: int) -> dict[str, str]:
        rule = known.by_code[answer.criterion].rule
        if isinstance(rule, Options):
            return {"value": rule.options[0].name}
        return {"numerator": str(session), "denominator": "10"} if isinstance(rule, Ratio) else {"value": "1"}

    def session(number: int) -> Callable[[], list[object]]:
        mixed = [*shared, *own[SHARED + number :: SESSIONS][: EDITS - SHARED]]
        Random(number).shuffle(mixed)

        def edit() -> list[object]:
            outcomes: list[object] = []
            for one in mixed:
                answer, seen = Answer.objects.get(pk=one.pk), versions[one.pk]
                try:
                    actions.self_score(
                        answer,
                        by=people[number],
                        at=make.MONDAY,
                        seen=seen,
                        note=f"phiên {number}",
                        **words(one, number),
                    )
                    outcomes.append(one.pk)
                except Conflict as conflict:
                    outcomes.append((one.pk, str(conflict)))
            return outcomes

        return edit

    told = together(*(session(number) for number in range(SESSIONS)))
    won = {(number, one) for number, outcomes in enumerate(told) for one in outcomes if isinstance(one, int)}
    lost = [one for outcomes in told for one in outcomes if isinstance(one, tuple)]
    assert Counter(one for _number, one in won) == Counter({one: 1 for _number, one in won}), "one winner each"
    assert len(lost) == SHARED * (SESSIONS - 1)
    winner = {one: number for number, one in won}
    for key, sentence in lost:
        assert f"Người Thứ {winner[key]}" in sentence
    for number, key in won:
        kept = Answer.objects.get(pk=key)
        assert (kept.self_note, kept.version) == (f"phiên {number}", versions[key] + 1)
        assert Entry.objects.filter(stream=kept.stream).count() == 1
    assert results_now(round_).parts == results(round_).parts, "what is kept is what is there"
    assert verify_journal().ok
