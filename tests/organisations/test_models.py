"""What the database refuses, each by its named constraint."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from psycopg.types.range import DateRange

from motcua.organisations.models import Agency, AgencyVersion, ChangeEvent, Succession
from motcua.organisations.terms import Change
from tests.organisations import made

pytestmark = pytest.mark.django_db


def version(agency: Agency, **values: object) -> AgencyVersion:
    """A row beside the actions, as a mistaken program would write it."""
    change = ChangeEvent.objects.create(
        kind=Change.OPEN, on=made.START, decision="Quyết định số 9", recorded_at=made.AT
    )
    facts = {
        "name": "Ủy ban nhân dân tỉnh Khác",
        "short_name": "UBND tỉnh Khác",
        "kind": "province",
        "level": "province",
        "during": DateRange(made.START, None),
        "sort_key": b"",
        "search": "",
    }
    return AgencyVersion.objects.create(agency=agency, change=change, **(facts | values))


def another() -> Agency:
    """An identity without any version."""
    agency = Agency(pk=900_001, created_at=made.AT)
    agency.root_id = agency.pk
    agency.save(force_insert=True)
    return agency


@pytest.mark.parametrize(
    ("constraint", "values"),
    [
        ("organisations_version_dated", {"during": DateRange(empty=True)}),
        ("organisations_version_dated", {"during": DateRange(None, date(2025, 1, 1))}),
        ("organisations_version_named", {"name": ""}),
        ("organisations_version_kind_known", {"kind": "kingdom"}),
        ("organisations_version_not_its_own_parent", {"parent_id": 900_001, "level": "unit"}),
        ("organisations_version_only_a_province_is_a_root", {"parent_id": None, "level": "commune"}),
    ],
)
def test_a_version_that_cannot_be_true_is_refused(constraint: str, values: dict[str, object]) -> None:
    agency = another()

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        version(agency, **values)


def test_two_versions_of_one_agency_on_one_day_are_refused() -> None:
    province = made.province()

    with pytest.raises(IntegrityError, match="organisations_version_no_overlap"), transaction.atomic():
        version(province, during=DateRange(date(2024, 1, 1), date(2024, 1, 2)))


def test_a_version_may_begin_on_the_day_the_one_before_ends() -> None:
    agency = another()
    version(agency, during=DateRange(date(2020, 1, 1), date(2021, 1, 1)))
    version(agency, during=DateRange(date(2021, 1, 1), None))

    assert AgencyVersion.objects.filter(agency=agency).on(date(2020, 12, 31)).count() == 1
    assert AgencyVersion.objects.filter(agency=agency).on(date(2021, 1, 1)).count() == 1


def test_one_code_for_two_agencies_on_one_day_is_refused() -> None:
    made.province(code="H48")

    with pytest.raises(IntegrityError, match="organisations_version_code_one_at_a_time"), transaction.atomic():
        version(another(), code="H48")


def test_many_agencies_may_be_without_a_code() -> None:
    made.province("Một")
    made.province("Hai")

    assert AgencyVersion.objects.filter(code="").count() == 2


def test_a_change_is_of_a_known_kind_and_has_a_decision() -> None:
    facts = {"kind": Change.OPEN, "on": made.START, "decision": "Quyết định số 9", "recorded_at": made.AT}
    with pytest.raises(IntegrityError, match="organisations_change_kind_known"), transaction.atomic():
        ChangeEvent.objects.create(**(facts | {"kind": "vanish"}))
    with pytest.raises(IntegrityError, match="organisations_change_has_a_decision"), transaction.atomic():
        ChangeEvent.objects.create(**(facts | {"decision": ""}))


def test_nobody_follows_himself_and_each_succession_is_written_once() -> None:
    province = made.province()
    event = ChangeEvent.objects.create(kind=Change.ABOLISH, on=made.CHANGE, decision="x", recorded_at=made.AT)
    with pytest.raises(IntegrityError, match="organisations_succession_not_to_itself"), transaction.atomic():
        Succession.objects.create(event=event, predecessor=province, successor=province)
    Succession.objects.create(event=event, predecessor=province)
    with pytest.raises(IntegrityError, match="organisations_succession_once"), transaction.atomic():
        Succession.objects.create(event=event, predecessor=province)


def test_an_agency_with_versions_cannot_be_deleted() -> None:
    province = made.province()

    statement = "SET CONSTRAINTS ALL IMMEDIATE; DELETE FROM organisations_agency WHERE id = %s"
    with connection.cursor() as cursor, pytest.raises(IntegrityError, match="organisations_agencyversion"):
        cursor.execute(statement % int(province.pk))
