"""An account opened online belongs to whoever received its code, until an official has held the paper in hand."""

from typing import Any

import pytest
from django.contrib.auth.hashers import make_password
from django.core.cache import cache
from django.test import Client

from motcua.base.errors import Refused
from motcua.notifications.models import Message
from motcua.people import actions, queries, rules
from motcua.people.models import Person
from motcua.people.rules import Registration
from tests.people import world
from tests.people.test_signin import FORM, ask, open_account, sign_in

pytestmark = pytest.mark.django_db

OWNER = {"full_name": "Trần Thị Chủ", "identity_number": world.CARD}
PHONE, MAIL = "0905123456", "chu@example.vn"


@pytest.fixture(autouse=True)
def fresh_counts() -> None:
    cache.clear()


def squatted(settings: Any, **facts: str) -> Person:
    """What a stranger can do: the owner's number, name and telephone, but a code that came to the stranger's own mail."""
    settings.MOTCUA_DEMO = False  # without a gateway codes go by mail
    wish = Registration(**{**OWNER, "phone": PHONE, "email": "ke-khac@example.vn", **facts})
    made = actions.register_citizen(wish, password=make_password("mat-khau-cua-ke-khac"), at=world.NOW)
    settings.MOTCUA_DEMO = True
    return made


def at_the_counter(**facts: str) -> Person:
    return actions.find_or_register(**{**OWNER, "phone": PHONE, **facts}, by=world.clerk(1), at=world.NOW)


def test_nothing_is_written_before_the_code_has_been_typed(client: Client) -> None:
    answer = client.post("/tai-khoan/mo-tai-khoan/", FORM)

    assert answer.headers["Location"].startswith("/tai-khoan/ma-mot-lan/")
    assert not Person.objects.exists()
    assert client.get("/tai-khoan/").status_code == 302
    assert sign_in(client, FORM["phone"], FORM["password1"]).status_code == 200
    assert client.post(answer.headers["Location"], {"code": "000000 "}).status_code == 400
    assert not Person.objects.exists()


def test_the_code_goes_to_the_telephone_that_names_the_account(client: Client) -> None:
    open_account(client)

    assert Message.objects.get().address == "0905123456"
    person = Person.objects.get()
    assert person.username == "0905123456" and person.check_password(world.PASSWORD) and person.birth_on is not None


def test_without_telephone_messages_the_mail_is_needed_and_proved(client: Client, settings: Any) -> None:
    settings.MOTCUA_DEMO = False

    refused = client.post("/tai-khoan/mo-tai-khoan/", {**FORM, "email": ""}).content.decode()
    assert "hoặc mở tài khoản ở quầy một cửa" in refused and not Message.objects.exists()
    assert client.post("/tai-khoan/mo-tai-khoan/", FORM).status_code == 302
    assert Message.objects.get().address == "mau@example.vn"


def test_a_code_of_another_asking_opens_no_account(client: Client) -> None:
    """The page of one registration with the code of another: the number and address must be those that got the code."""
    url, code = ask(Client())
    client.post("/tai-khoan/mo-tai-khoan/", FORM)

    assert client.post(url, {"code": code}).status_code == 400
    assert not Person.objects.exists()


def test_the_owners_telephone_typed_by_a_stranger_does_not_keep_the_strangers_password(settings: Any) -> None:
    stolen = squatted(settings)

    owner = at_the_counter()

    assert owner.pk == stolen.pk
    assert not owner.has_usable_password() and owner.email == ""


def test_the_owners_dossier_never_goes_to_an_account_that_a_stranger_gave_the_owners_name_and_telephone(
    settings: Any,
) -> None:
    stolen = squatted(settings, identity_number="051190000122")

    assert at_the_counter(identity_number="").pk != stolen.pk


def test_no_code_and_no_link_goes_to_an_address_that_only_stands_in_the_account(client: Client, settings: Any) -> None:
    settings.MOTCUA_DEMO = True
    wish = Registration(**{**OWNER, "phone": "0911222333", "email": MAIL})
    stranger = actions.register_citizen(wish, password=make_password("mat-khau-cua-ke-khac"), at=world.NOW)

    client.post("/tai-khoan/quen-mat-khau/", {"email": MAIL})
    _url, code = ask(client, **OWNER, address=MAIL)
    assert not code and not Message.objects.exists()
    assert ask(client, **OWNER, address="0911222333")[1], "where the first code went, the next one goes too"

    actions.find_or_register(**OWNER, phone="0911222333", email=MAIL, by=world.clerk(1), at=world.NOW)
    stranger.refresh_from_db()
    assert stranger.has_usable_password(), "the paper came with the telephone that had received the code"
    client.post("/tai-khoan/quen-mat-khau/", {"email": MAIL})
    assert Message.objects.filter(address=MAIL).count() == 1


def test_a_changed_telephone_opens_the_account_only_after_the_counter(client: Client) -> None:
    open_account(client)
    client.post("/tai-khoan/lien-he/", {"phone": "0911222333", "email": "", "address": ""})
    person = Person.objects.get()
    assert person.phone == "0911222333"

    assert [queries.opens(person, one) for one in ("0905123456", "0911222333")] == [True, False]
    assert "Mã một lần vẫn gửi tới 0905123456" in client.get("/tai-khoan/lien-he/").content.decode()


def test_a_family_may_share_one_telephone(client: Client) -> None:
    for number in ("051190000114", "051190000122"):
        url, code = ask(client, identity_number=number, address=PHONE)
        assert client.post(url, {"code": code}).status_code == 302
        client.logout()

    assert sorted(Person.objects.values_list("username", flat=True)) == [PHONE, f"{PHONE}#2"]
    assert all(queries.opens(one, PHONE) for one in Person.objects.all())


def test_an_address_is_read_back_from_the_name_of_an_account() -> None:
    for name, address in (
        (PHONE, PHONE),
        (f"{PHONE}#3", PHONE),
        ("a#1@x.vn", "a#1@x.vn"),
        ("cd-12ab", ""),
        ("mau.nv", ""),
    ):
        assert rules.proved_address(name) == address


def test_a_telephone_that_opened_an_account_opens_no_second_one_with_a_password(settings: Any) -> None:
    settings.MOTCUA_DEMO = True
    actions.register_citizen(Registration("Một", "051190000114", PHONE), password="x", at=world.NOW)
    with pytest.raises(Refused, match="đã mở một tài khoản"):
        actions.register_citizen(Registration("Hai", "051190000122", PHONE), password="x", at=world.NOW)
