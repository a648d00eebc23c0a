"""The sheet of the reception: whose account a dossier is put into, and what a second scan leaves of the first."""

from typing import Any

import pytest
from django.http import QueryDict

from motcua.dossiers.desk.sheet import Sheet, application_of, read_sheet
from motcua.people.models import Person
from tests import make

pytestmark = pytest.mark.django_db
CARD = "051185000222||Trần Thị Bình|05091985|Nữ|Thôn 2, xã Ba Tơ|01012022"


@pytest.fixture
def world() -> make.Province:
    return make.province()


@pytest.fixture
def citizen(world: make.Province) -> Person:
    return make.person_of(world.citizen)


def sheet(world: make.Province, **typed: str) -> Sheet:
    data = QueryDict(mutable=True)
    data.update({"procedure": make.BUSINESS, "delivery": "counter", **typed})
    return read_sheet(data, by=world.ba_to.clerk, at=make.MONDAY, checked=True)


def account(found: Sheet) -> Any:
    assert found.form.is_valid(), found.form.errors
    return application_of(found).applicant.person


def test_a_dossier_follows_into_the_account_of_who_stands_at_the_counter(world: make.Province, citizen: Person) -> None:
    found = sheet(world, scan=citizen.identity_number)

    assert account(found) == citizen.pk
    assert found.form.cleaned_data["phone"] == citizen.phone


def test_an_account_that_nobody_has_checked_gets_no_dossier_and_gives_no_telephone(
    world: make.Province, citizen: Person
) -> None:
    Person.objects.filter(pk=citizen.pk).update(identity_checked_at=None)
    found = sheet(world, scan=citizen.identity_number)

    assert account(found) is None
    assert found.form.cleaned_data["phone"] == ""


def test_a_dossier_under_another_number_does_not_follow_into_the_account_scanned_before(
    world: make.Province, citizen: Person
) -> None:
    assert account(sheet(world, person=str(citizen.pk), name="Khác", identity_number="051085000999")) is None


def test_a_second_scan_leaves_nothing_of_the_first(world: make.Province, citizen: Person) -> None:
    first = {"person": str(citizen.pk), "name": citizen.full_name, "phone": citizen.phone, "email": "cu@vidu.vn"}
    found = sheet(world, **first, identity_number=citizen.identity_number, scan=CARD)

    assert account(found) is None
    kept = found.form.cleaned_data
    assert (kept["name"], kept["identity_number"]) == ("Trần Thị Bình", "051185000222")
    assert (kept["phone"], kept["email"]) == ("", "")
