"""Criteria that compare units: whoever appraises agrees to the figure, the rule counts the points once all are there."""

from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from motcua.base.errors import Refused
from motcua.indices import actions, queries
from motcua.indices.models import Answer, Round
from motcua.indices.queries.frozen import frozen_points
from motcua.indices.terms import Move
from motcua.people.models import Person
from tests import make
from tests.indices.test_rounds import World, refused
from tests.remembered import remembered

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(db: None) -> World:
    made = remembered(World)()
    made.go(Move.OPEN)
    for who, count in ((made.ba_to, "3"), (made.tinh_khe, "6")):
        made.score("KH", who, value="kịp thời")
        made.score("DH", who, numerator="9", denominator="10")
        made.score("SK", who, value=count)
    return made


def test_the_sheet_and_the_ranking_of_compared_criteria_say_the_same(world: World):
    seen = Client()
    seen.force_login(Person.objects.get(pk=world.chief.id))
    unit = world.answer("SK").unit
    sheet = queries.sheet(unit, world.round, world.chief, make.MONDAY, day=make.MONDAY.date())
    now = queries.results(world.round)
    assert sheet.totals == {"self": Decimal("8.4")} and now.totals[now.units.index(unit.name)] == Decimal("8.4")
    assert {one.criterion.code: one.points["self"] for one in sheet.leaves}["SK"] == 1
    assert "8,40" in seen.get(reverse("indices:sheet", args=[world.round.pk, unit.pk])).content.decode()


def test_a_figure_is_agreed_to_without_points_and_the_rule_counts(world: World):
    world.go(Move.END_SELF_SCORING, Move.END_CHECKING)
    desk = Client()
    desk.force_login(Person.objects.get(pk=world.judge.id))
    answer = world.answer("SK")
    sheet = reverse("indices:sheet", args=[world.round.pk, answer.unit_id])
    box = f'value="{answer.pk}:{answer.version}"'
    assert box in desk.get(sheet).content.decode(), "it can be ticked like any other"
    ticked = [f"{one.pk}:{one.version}" for one in Answer.objects.filter(unit=answer.unit)]
    desk.post(reverse("indices:confirm", args=[world.round.pk, answer.unit_id]), {"chon": ticked})
    answer.refresh_from_db()
    assert answer.appraised_at is not None and answer.appraised_points is None
    other = world.answer("SK", world.tinh_khe.authority)
    assert "0–2" in refused(actions.appraise, other, points="11", reason="Nhầm số", by=world.judge, at=make.MONDAY)
    desk.post(reverse("indices:act", args=[other.pk, "appraise"]), {"appraise-points": "", "appraise-reason": ""})
    page = desk.get(reverse("indices:answer", args=[other.pk])).content.decode()
    assert "đồng ý số liệu; điểm tính khi so các đơn vị" in page
    for one in Answer.objects.filter(round=world.round, appraised_at=None).select_related("unit"):
        actions.appraise(one, points=str(queries.points_now(one)), by=world.judge, at=make.MONDAY)
    world.go(Move.SEND_RESULTS, Move.END_OBJECTIONS)
    actions.publish(world.round, by=world.chief, at=make.MONDAY)
    kept = Round.objects.get(pk=world.round.pk).results
    assert kept is not None
    assert [(row["score"], row["parts"]["SK"], row["rank"]) for row in kept["rows"]] == [
        ("8.4", "1", 2),
        ("9.4", "2", 1),
    ]
    assert frozen_points(answer.unit_id)["SK"] == 1, "the next year stands beside it"


def test_nobody_agrees_to_what_was_not_said(world: World):
    Answer.objects.filter(criterion="SK").update(self_at=None, value="", self_points=None)
    world.go(Move.END_SELF_SCORING, Move.END_CHECKING)
    with pytest.raises(Refused):
        actions.appraise(world.answer("SK"), points="", by=world.judge, at=make.MONDAY)
