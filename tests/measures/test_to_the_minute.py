"""Where it was decided that late is told to the minute, the figures and their recount follow."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from motcua.base.actors import SYSTEM
from motcua.dossiers import actions as dossiers
from motcua.measures import actions
from motcua.measures.queries import live, recount
from motcua.measures.queries.figures import Asked, figures
from motcua.measures.terms import Part
from motcua.workdays import actions as workdays
from motcua.workdays.terms import Comparison
from tests import make


def to_the_minute(since: date) -> None:
    told = {"comparison": Comparison.BY_MOMENT, "document": "QĐ 12/QĐ-UBND"}
    workdays.set_clock(since, hours_per_day=Decimal(8), **told, by=SYSTEM, at=make.SETUP)


@pytest.mark.django_db
def test_a_result_of_the_due_day_counts_as_was_decided_for_the_day_of_receipt() -> None:
    world, after = make.province(), make.at("2026-12-31 08:00")
    before_it = make.signing(world)
    to_the_minute(date(2026, 11, 17))
    late, in_time = (make.signing(world, when=make.at("2026-11-17 09:00")) for _n in range(2))
    for dossier, moment in ((before_it, "11:00"), (late, "09:01"), (in_time, "09:00")):
        assert dossier.due_at is not None
        dossiers.sign(dossier, by=world.ba_to.leader, at=make.at(f"{dossier.due_at:%Y-%m-%d} {moment}"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("motcua.measures.actions.folding.BOUND", "true")
        actions.fold_all(at=after)
        found = figures(Asked.now(world.root, at=after))
        assert recount.check() == []
    assert found.whole["handled_late"].numerator == 1
    assert found.whole["handled"].numerator == 3


def columns(world: make.Province, at: datetime) -> dict[str, int]:
    every = live.agency_sums(live.Span.now(at), Part.DECIDING, columns=("ended", "ended_late")).values()
    november = live.intake_sums(date(2026, 11, 1), date(2026, 11, 1), date(2026, 11, 30), at).values()
    wanted = ("ended", "ended_late"), ("not_on_time", "disliked")
    return {
        name: sum(one[name] for one in sums)
        for names, sums in zip(wanted, (list(every), list(november)), strict=True)
        for name in names
    }


@pytest.mark.django_db
def test_what_ends_without_a_result_and_the_counts_of_766_follow_too() -> None:
    world, after = make.province(), make.at("2026-11-30 17:00")
    by_days = make.processing(world)
    to_the_minute(date(2026, 11, 17))
    when = make.at("2026-11-17 09:00")
    by_minutes, in_time = (make.processing(world, when=when) for _n in range(2))
    for dossier, moment in ((by_days, "11:00"), (by_minutes, "09:01"), (in_time, "09:00")):
        end = make.at(f"{dossier.due_at:%Y-%m-%d} {moment}")
        dossiers.withdraw(dossier, reason="không cần nữa", by=world.citizen, at=end)
    signed = make.signing(world, when=when)
    end = make.at(f"{signed.due_at:%Y-%m-%d} 09:01")
    dossiers.sign(signed, by=world.ba_to.leader, at=end)
    dossiers.rate(signed, score=1, comment="", by=world.citizen, at=end)
    expected = {"ended": 3, "ended_late": 1, "not_on_time": 2, "disliked": 0}
    assert columns(world, after) == expected, "a late one that is disliked is lost once, not twice"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("motcua.measures.actions.folding.BOUND", "true")
        actions.fold_all(at=after)
    assert recount.check() == []
    assert columns(world, after) == expected
