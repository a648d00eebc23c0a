"""The demonstration has published periods that anybody can check, one of them corrected."""

import pytest

from motcua.demo import publications
from motcua.measures.models import Publication
from motcua.measures.queries.publications import prove_all
from tests import make

pytestmark = pytest.mark.django_db


def test_months_and_a_quarter_are_published_and_one_month_is_corrected() -> None:
    make.received(make.province(), when=make.at("2026-10-05 09:00"))
    assert publications.load(now=make.at("2026-11-19 09:30")) == 5
    told = list(Publication.objects.order_by("period", "revision").values_list("period", "revision"))
    assert told == [("2026-08", 1), ("2026-09", 1), ("2026-09", 2), ("2026-10", 1), ("2026-Q3", 1)]
    assert all(one.finding.holds for one in prove_all())
    assert all(one.at <= make.at("2026-11-19 09:30") for one in Publication.objects.all())
