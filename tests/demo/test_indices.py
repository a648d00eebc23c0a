"""The demonstration's yearly rounds: published years, open ones in several stages, chained like real ones."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random

import pytest
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from motcua.base.actors import SYSTEM
from motcua.base.clock import VIET_NAM
from motcua.base.verify import verify_journal
from motcua.demo import indices
from motcua.demo.province import MAIN, SECOND, Casting
from motcua.indices import queries
from motcua.indices.models import Answer, Evidence, LiveFigure, PointsObjection, Remark, Round
from motcua.indices.terms import Stage, UnitKind
from motcua.organisations import actions as agencies
from motcua.workdays import actions as workdays

NOW = datetime(2026, 11, 19, 9, 30, tzinfo=VIET_NAM)


@pytest.fixture(scope="module")
def bench(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[indices.Workbench]:
    """One load for all questions of this module, taken back at the end."""
    with django_db_blocker.unblock():
        block = transaction.atomic()
        block.__enter__()
        begin = NOW - timedelta(days=400)
        agencies.load_fixture(by=SYSTEM, at=begin)
        workdays.seed_holidays(by=SYSTEM, at=begin)
        cast = Casting(Random(1), today=NOW.date(), at=begin).everybody([MAIN, SECOND])
        made = indices.load(cast, now=NOW)
        made.lay_figures()
        yield made
        transaction.set_rollback(True)
        block.__exit__(None, None, None)


def test_two_years_are_published_and_this_one_is_under_way(bench: indices.Workbench) -> None:
    found = sorted((one.year, one.kind, one.stage, one.set_version.code) for one in Round.objects.all())
    open_, closed = Stage.SELF_SCORING.value, Stage.PUBLISHED.value
    assert found == [
        (2024, "department", closed, "cchc-so"),
        (2024, "province", closed, "qd766-province"),
        (2025, "commune", closed, "cchc-xa"),
        (2025, "department", Stage.OBJECTING.value, "ddci-departments"),
        (2025, "department", closed, "cchc-so"),
        (2025, "province", closed, "qd766-province"),
        (2026, "commune", open_, "cchc-xa"),
        (2026, "department", open_, "cchc-so"),
        (2026, "province", open_, "par-thu"),
        (2026, "province", open_, "qd766-province"),
    ]
    for one in Round.objects.filter(stage=closed):
        assert one.results is not None and one.results_sha256
        assert all(row["score"] is not None for row in one.results["rows"])
        scores = queries.results(one)
        assert all(50 < total < 100 for total in scores.totals if total is not None)


def test_today_s_desks_are_filled_by_the_actions(bench: indices.Workbench) -> None:
    assert bench.open_departments is not None
    mine = Answer.objects.filter(round=bench.open_departments, unit__agency=bench.finance.authority)
    said = mine.filter(self_at__isnull=False).count()
    assert 11 <= said < mine.count() == 21
    assert Evidence.objects.filter(answer__in=mine).count() >= 2
    assert Remark.objects.filter(answer__in=mine).count() == 2
    [objection] = PointsObjection.objects.all()
    assert objection.replied_at is None and objection.answer.round.kind == UnitKind.DEPARTMENT
    assert LiveFigure.objects.filter(answer__round=bench.open_766).exists()
    example = Round.objects.get(set_version__code="par-thu").set_version
    assert example.example


def test_every_entry_is_chained(bench: indices.Workbench) -> None:
    assert verify_journal().ok
