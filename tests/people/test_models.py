"""What the database refuses, whoever asks."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError
from django.db.backends.postgresql.psycopg_any import DateRange

from motcua.people.models import Business, Delegation, Invitation, OneTimeCode, Person, Post
from tests.people import world

pytestmark = pytest.mark.django_db
DAY = world.TODAY
YEAR = DateRange(DAY, DAY + timedelta(days=365))


def row(**values: Any) -> Person:
    return Person.objects.create(
        **{"username": uuid.uuid4().hex, "full_name": "Mẫu", "created_at": world.NOW, **values}
    )


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("identity_number_has_a_kind", {"identity_number": world.CARD}),
        ("identity_number_has_a_kind", {"identity_kind": "passport"}),
        ("person_has_a_name", {"full_name": ""}),
        ("person_username_key", {"username": "thu"}),
        ("one_person_per_identity_number", {"identity_number": world.CARD, "identity_kind": "citizen_card"}),
    ],
)
def test_persons(name: str, values: dict[str, Any]) -> None:
    row(username="thu")
    if name.startswith("one"):
        row(identity_number=world.CARD, identity_kind="citizen_card")

    with pytest.raises(IntegrityError, match=f"people_{name}"):
        row(**values)


def test_many_persons_may_have_no_number() -> None:
    row()
    row()

    assert Person.objects.count() == 2


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("post_held_once_at_a_time", {}),
        ("post_has_a_first_day", {"during": DateRange(None, DAY)}),
        ("post_has_a_first_day", {"during": DateRange(DAY, DAY)}),
        ("post_role_is_an_officials_role", {"role": "citizen"}),
    ],
)
def test_posts(name: str, values: dict[str, Any]) -> None:
    facts = {"person": row(), "agency_id": world.agency(), "role": "clerk", "during": YEAR}
    Post.objects.create(**facts)

    with pytest.raises(IntegrityError, match=f"people_{name}"):
        Post.objects.create(**{**facts, **values})


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("delegation_given_once_at_a_time", {}),
        ("nobody_delegates_to_themself", {"receiver": "giver"}),
        ("delegation_has_first_and_last_day", {"during": DateRange(DAY, None)}),
    ],
)
def test_delegations(name: str, values: dict[str, Any]) -> None:
    facts = {"giver": row(), "receiver": row(), "agency_id": world.agency(), "role": "leader", "during": YEAR}
    facts |= {"decision": "12", "created_at": world.NOW}
    Delegation.objects.create(**facts)
    if values.get("receiver") == "giver":
        values = {"receiver": facts["giver"]}

    with pytest.raises(IntegrityError, match=f"people_{name}"):
        Delegation.objects.create(**{**facts, **values})


def test_a_revoked_delegation_stands_in_nobodys_way() -> None:
    facts = {"giver": row(), "receiver": row(), "agency_id": world.agency(), "role": "leader", "during": YEAR}
    facts |= {"decision": "12", "created_at": world.NOW}
    Delegation.objects.create(**facts, revoked_at=world.NOW)

    assert Delegation.objects.create(**facts).pk


def test_a_business_has_a_tax_code_of_the_right_shape() -> None:
    with pytest.raises(IntegrityError, match="people_business_tax_code_has_its_shape"):
        Business.objects.create(tax_code="12345", name="Công ty", created_at=world.NOW)


def test_an_invitation_expires_after_it_is_made() -> None:
    with pytest.raises(IntegrityError, match="people_invitation_expires_after_it_is_made"):
        Invitation.objects.create(person=row(), token_hash="x", created_at=world.NOW, expires_at=world.NOW)


@pytest.mark.parametrize(
    ("name", "values"),
    [("code_at_most_five_tries", {"tries": 6}), ("code_expires_after_it_is_made", {"expires_at": world.NOW})],
)
def test_codes(name: str, values: dict[str, Any]) -> None:
    facts = {
        "id": uuid.uuid4(),
        "code_hash": "x",
        "created_at": world.NOW,
        "expires_at": world.NOW + timedelta(minutes=10),
    }

    with pytest.raises(IntegrityError, match=f"people_{name}"):
        OneTimeCode.objects.create(**{**facts, **values})
