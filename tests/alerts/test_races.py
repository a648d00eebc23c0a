"""Two controllers set one threshold at the same moment."""

from decimal import Decimal

import pytest

from motcua.alerts import actions
from motcua.alerts.models import ThresholdRow
from tests import make
from tests.together import together

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def test_of_two_thresholds_set_at_once_the_later_one_stands() -> None:
    made = make.province()

    def set_to(limit: int) -> ThresholdRow:
        return actions.set_threshold(
            made.root,
            "tre-han",
            watched=True,
            limit=Decimal(limit),
            days=0,
            fewest=5,
            since=make.MONDAY.date(),
            decision=f"CV {limit}/VP",
            by=made.controller,
            at=make.MONDAY,
        )

    answers = together(lambda: set_to(10), lambda: set_to(20), lambda: set_to(30))
    assert ThresholdRow.objects.get().pk in {one.pk for one in answers}
