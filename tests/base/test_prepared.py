"""A question whose SQL is written once gives what Django's own query gives."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from time import sleep

import pytest
from django.db import connection
from django.db.models import F, Q
from django.test.utils import CaptureQueriesContext

from motcua.base import prepared
from motcua.base.prepared import Prepared
from motcua.organisations.models import Agency, AgencyVersion
from tests import make

VERSIONS = Prepared(
    lambda: (
        AgencyVersion.objects.select_related("agency")
        .annotate(twice=F("agency") * 2)
        .filter(Q(code=prepared.text("code")) | Q(prepared.among("agency", prepared.numbers("agencies"))))
        .order_by("pk")
    )
)
NAMES = Prepared(lambda: AgencyVersion.objects.filter(agency=prepared.number("agency")).values_list("pk", "during"))


@pytest.fixture
def some(db: None) -> list[AgencyVersion]:
    make.province()
    return list(AgencyVersion.objects.select_related("agency").order_by("pk")[:4])


def test_the_rows_are_those_of_the_query(some):
    wanted = [one.agency_id for one in some]
    found = VERSIONS.all(code="no such code", agencies=wanted)
    same = list(AgencyVersion.objects.filter(agency__in=wanted).order_by("pk"))
    assert found == same
    for one, other in zip(found, same, strict=True):
        assert one.twice == 2 * one.agency_id
        assert {**other.__dict__, "_state": 0}.items() <= {**one.__dict__, "_state": 0}.items()
    with CaptureQueriesContext(connection) as ran:
        assert isinstance(found[0].agency, Agency)
    assert not ran.captured_queries


def test_each_asking_brings_its_own_values(some):
    for one in some:
        rows = AgencyVersion.objects.filter(agency=one.agency_id).values_list("pk", "during")
        assert sorted(NAMES.all(agency=one.agency_id)) == sorted(rows)
    assert NAMES.first(agency=0) is None
    assert VERSIONS.all(code="no such code", agencies=[]) == []


def test_it_is_one_statement_that_a_log_shows(some):
    NAMES.all(agency=1)
    with CaptureQueriesContext(connection) as ran:
        NAMES.all(agency=some[0].agency_id)
    (statement,) = ran.captured_queries
    assert "organisations_agencyversion" in statement["sql"]


def test_postgresql_keeps_the_plan(some):
    for _n in range(2):
        NAMES.all(agency=some[0].agency_id)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE %s", ["%agencyversion%"])
        assert cursor.fetchone()[0] >= 1


def test_two_rows_where_one_is_promised_are_an_error(some):
    with pytest.raises(ValueError, match="values to unpack"):
        VERSIONS.one(code="no such code", agencies=[one.agency_id for one in some])


def test_nothing_is_among_no_values_whatever_the_kind_of_the_column(some):
    for column in ("agency", "code"):
        assert not AgencyVersion.objects.filter(prepared.among(column, []))
        assert AgencyVersion.objects.exclude(prepared.among(column, [])).count() == AgencyVersion.objects.count()
    codes = [one.code for one in some]
    assert {one.code for one in AgencyVersion.objects.filter(prepared.among("code", codes))} == set(codes)


@pytest.mark.parametrize("kind", ["rows", "counts"])
def test_eight_threads_that_ask_first_at_the_same_moment_write_the_statement_once(db: None, kind: str) -> None:
    shared = AgencyVersion.objects.select_related("agency").filter(agency=prepared.number("agency"))
    written, gate = list[int](), Barrier(8)

    def slowly() -> object:
        written.append(1)
        sleep(0.05)  # long enough for all the others to come
        return shared if kind == "rows" else {"all": shared}

    question = Prepared(slowly) if kind == "rows" else prepared.Counts(slowly, cap=5)

    def ask(_no: int) -> object:
        gate.wait(5)
        try:
            return question.all(agency=0)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(ask, range(8)))
    assert answers == [[] if kind == "rows" else {"all": 0}] * 8
    assert len(written) == 1
