"""The demonstration has published periods that anybody can check, one of them corrected."""

import pytest

from motcua.demo import counts766, publications
from motcua.measures.models import Publication
from motcua.measures.queries.publications import prove_all
from motcua.measures.queries.set766 import set_for
from motcua.measures.rules.periods import Period
from tests import make

pytestmark = pytest.mark.django_db


def test_months_and_a_quarter_are_published_and_one_month_is_corrected() -> None:
    make.received(make.province(), when=make.at("2026-10-05 09:00"))
    assert publications.load(now=make.at("2026-11-19 09:30")) == 5
    told = list(Publication.objects.order_by("period", "revision").values_list("period", "revision"))
    assert told == [("2026-08", 1), ("2026-09", 1), ("2026-09", 2), ("2026-10", 1), ("2026-Q3", 1)]
    assert all(one.finding.holds for one in prove_all())
    assert all(one.at <= make.at("2026-11-19 09:30") for one in Publication.objects.all())


def test_the_board_of_a_month_is_whole_but_for_what_the_portal_has_not_told_yet() -> None:
    home = make.province()
    for _each in range(3):
        make.received(home, when=make.at("2026-10-05 09:00"))
        make.received(home, when=make.at("2026-11-05 09:00"))
    now = make.at("2026-11-19 09:30")
    publications.load(now=now)
    most = {text: set_for("H48", Period.parse(text), at=now).scored.measurable_max for text in ("2026-10", "2026-11")}
    assert most == {"2026-10": 100, "2026-11": 90}
    commune = set_for("H48.115", Period.parse("2026-10"), at=now).scored
    told = [one for group in commune.groups for one in group.components if one.count and one.count.source]
    assert {one.component.code for one in told} <= set(counts766.SORTS)
    assert all(counts766.SOURCE in one.why for one in told) and len(told) > 5
