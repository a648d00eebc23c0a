"""Ten sessions at once on one round: every edit is found, or was refused with the other's name."""

from collections.abc import Callable, Iterator

import pytest

from motcua.base.errors import Conflict, Refused
from motcua.base.models import Entry
from motcua.base.verify import verify_journal
from motcua.indices import actions
from motcua.indices.models import Answer
from motcua.indices.terms import Move, Stage
from tests import make
from tests.indices.test_rounds import World
from tests.together import together

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture
def world(transactional_db: None) -> Iterator[World]:
    made = World()
    made.go(Move.OPEN)
    yield made


def test_ten_sessions_on_one_round(world: World):
    people = [world.ba_to.specialist, world.ba_to.leader] * 5
    seen = {
        answer.criterion: (answer.pk, answer.version) for answer in Answer.objects.filter(owner=world.ba_to.authority)
    }

    def session(place: int) -> Callable[[], list[object]]:
        def edit() -> list[object]:
            outcomes: list[object] = []
            for criterion, words in (
                ("KH", {"value": "không"}),
                ("DH", {"numerator": str(place), "denominator": "10"}),
                ("SK", {"value": str(place)}),
            ):
                number, version = seen[criterion]
                try:
                    actions.self_score(
                        Answer.objects.get(pk=number),
                        by=people[place],
                        at=make.MONDAY,
                        seen=version,
                        note=f"phiên {place}",
                        **words,
                    )
                    outcomes.append(criterion)
                except Conflict as conflict:
                    outcomes.append(conflict)
                actions.comment(
                    Answer.objects.get(pk=number), text=f"Phiên {place} đã xem", by=people[place], at=make.MONDAY
                )
            return outcomes

        return edit

    outcomes = together(*(session(place) for place in range(10)))
    won = {criterion: [p for p, out in enumerate(outcomes) if criterion in out] for criterion in seen}
    for criterion, places in won.items():
        assert len(places) == 1
        kept = Answer.objects.get(pk=seen[criterion][0])
        assert kept.self_note == f"phiên {places[0]}" and kept.version == 2
        assert kept.remarks.count() == 10
        assert Entry.objects.filter(stream=kept.stream).count() == 11
    refusals = [one for out in outcomes for one in out if isinstance(one, Conflict)]
    assert len(refusals) == 27
    assert all(("Phạm Thị Thử" in str(one)) or ("Đinh Thị Lãnh" in str(one)) for one in refusals)
    assert verify_journal().ok


def test_nobody_scores_into_a_round_that_has_moved_on(world: World):
    number = world.answer("KH").pk

    def score(value: str) -> Callable[[], object]:
        return lambda: actions.self_score(
            Answer.objects.get(pk=number), value=value, by=world.ba_to.specialist, at=make.MONDAY
        )

    def end() -> str:
        actions.move(Move.END_SELF_SCORING, world.round, by=world.chief, at=make.MONDAY)
        return "ended"

    outcomes = together(score("không"), score("kịp thời"), end, score("không kịp thời"))
    assert outcomes[2] == "ended"
    refused = [one for one in outcomes if isinstance(one, Refused)]
    assert all("đang kiểm tra" in one.objections[0] for one in refused)
    world.round.refresh_from_db()
    assert world.round.stage == Stage.CHECKING
    assert Answer.objects.get(pk=number).version == 1 + 3 - len(refused)
