"""The counter's page of accounts: a card, its owner's telephone, and an account that is checked from then on."""

import pytest
from django.contrib.auth.hashers import make_password
from django.test import Client
from django.urls import reverse

from motcua.base.models import Entry
from motcua.people import actions, rules
from motcua.people.models import Person
from motcua.people.terms import Role
from tests.people import world
from tests.people.test_desk import inside

pytestmark = pytest.mark.django_db
URL = "people_desk:citizen"
CARD = "051190000114|212345678|Nguyễn Văn Mẫu|05091990|Nam|Tổ 3, xã Ba Tơ|01072021"
LINES = {"full_name": "Nguyễn Văn Mẫu", "identity_number": "051190000114", "born_on": "05/09/1990", "gender": "male"}


@pytest.fixture
def clerk(client: Client) -> Client:
    inside(client, Role.CLERK, world.agency())
    return client


def test_a_scanned_card_fills_the_lines_and_does_nothing_else(clerk: Client) -> None:
    answer = clerk.post(reverse(URL), {"card": CARD, "phone": "0905 123 456"})

    page = answer.content.decode()
    assert answer.status_code == 200
    assert all(one in page for one in ("Nguyễn Văn Mẫu", "051190000114", "05/09/1990", "0905 123 456"))
    assert CARD not in page
    assert page.index('name="phone"') < page.index(" autofocus"), "next is the telephone"
    assert not Person.objects.filter(identity_number="051190000114").exists()


def test_what_is_no_card_is_said_and_what_was_typed_stays(clerk: Client) -> None:
    answer = clerk.post(reverse(URL), {"card": "https://example.vn", "full_name": "Nguyễn Văn Mẫu"})

    assert answer.status_code == 400
    assert "Không đọc được mã trên thẻ" in answer.content.decode()
    assert "Nguyễn Văn Mẫu" in answer.content.decode()


def test_an_account_is_opened_and_checked(clerk: Client) -> None:
    answer = clerk.post(reverse(URL), {**LINES, "phone": "0905 123 456"}, follow=True)

    person = Person.objects.get(identity_number="051190000114")
    assert person.identity_checked_at is not None
    assert Entry.objects.filter(name="people.IdentityChecked", facts__person=person.pk).count() == 1
    assert "Đã đối chiếu giấy tờ của Nguyễn Văn Mẫu" in answer.content.decode()


def test_what_a_stranger_opened_under_the_number_is_taken_back(clerk: Client) -> None:
    wish = rules.registration_of(
        full_name="Kẻ Khác", identity_number="051190000114", phone="0911222333", today=world.TODAY
    )
    stranger = actions.register_citizen(wish, at=world.NOW, password=make_password("mat-khau-cua-ke-khac"))

    clerk.post(reverse(URL), {**LINES, "phone": "0905 123 456"})

    stranger.refresh_from_db()
    assert stranger.full_name == "Nguyễn Văn Mẫu"
    assert not stranger.has_usable_password()
    assert stranger.phone == "0905123456"


def test_every_mistake_is_said_and_nobody_is_written(clerk: Client) -> None:
    answer = clerk.post(reverse(URL), {"full_name": "", "identity_number": "12", "phone": "5"})

    assert answer.status_code == 400
    assert "Ghi họ và tên như trên giấy tờ" in answer.content.decode()
    assert not Person.objects.filter(identity_number="12").exists()
