"""Where it was decided that late is told to the minute, the figures and their recount follow."""

from datetime import date
from decimal import Decimal

import pytest

from motcua.base.actors import SYSTEM
from motcua.dossiers import actions as dossiers
from motcua.measures import actions
from motcua.measures.queries import recount
from motcua.measures.queries.figures import Asked, figures
from motcua.workdays import actions as workdays
from motcua.workdays.terms import Comparison
from tests import make


@pytest.mark.django_db
def test_a_result_of_the_due_day_counts_as_was_decided_for_the_day_of_receipt() -> None:
    world, after = make.province(), make.at("2026-12-31 08:00")
    before_it = make.signing(world)
    workdays.set_clock(
        date(2026, 11, 17),
        hours_per_day=Decimal(8),
        comparison=Comparison.BY_MOMENT,
        document="QĐ 12/QĐ-UBND",
        by=SYSTEM,
        at=make.SETUP,
    )
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
