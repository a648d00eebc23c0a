"""A form sent without its session or its seal: what was typed comes back to whoever typed it, without scripts too."""

import re
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client, RequestFactory

from motcua.people import unsent
from motcua.people.models import Person
from tests.people import world
from tests.people.test_signin import LOGIN, sign_in

pytestmark = pytest.mark.django_db

PAGE, KEPT = "/tai-khoan/lien-he/", "/tai-khoan/chu-da-go/"
TYPED = {"phone": "0905 999 888", "address": "Tổ 3, thôn Nước Chạch"}
OURS = {"origin": "http://testserver"}


@pytest.fixture(autouse=True)
def fresh_counts() -> None:
    cache.clear()


def lose_row(client: Client) -> None:
    Session.objects.all().delete()


def sign_out_in_another_window(client: Client) -> None:
    client.post("/tai-khoan/dang-xuat/")


def change_password_elsewhere(client: Client) -> None:
    person = Person.objects.get()
    person.set_password(world.PASSWORD)
    person.save()


def lose_cookie(client: Client) -> None:
    del client.cookies["motcua_phien"]


@pytest.mark.parametrize("lose", [lose_row, sign_out_in_another_window, change_password_elsewhere, lose_cookie])
def test_what_was_typed_is_given_back_however_the_session_was_lost(client: Client, lose: Any) -> None:
    world.person()
    sign_in(client)
    client.get(PAGE)
    lose(client)

    answer = client.post(PAGE, TYPED, headers=OURS)

    assert answer.headers["Location"] == f"{LOGIN}?next={KEPT}"
    page = client.get(sign_in(client, next=KEPT).headers["Location"]).content.decode()
    assert 'name="phone" value="0905 999 888"' in page and "Tổ 3, thôn Nước Chạch" in page
    assert client.post(PAGE, TYPED).status_code == 302
    assert Person.objects.get().address == "Tổ 3, thôn Nước Chạch"


@pytest.mark.parametrize("lose", [lose_row, sign_out_in_another_window, lose_cookie])
def test_it_is_given_to_nobody_else(client: Client, lose: Any) -> None:
    world.person()
    world.person("Người Khác", username="khac")
    sign_in(client)
    lose(client)
    client.post(PAGE, TYPED, headers=OURS)

    sign_in(client, "khac")

    assert client.get(KEPT).status_code == 302


def test_the_mark_of_another_person_cannot_be_made_up(client: Client) -> None:
    person = world.person()
    client.cookies[unsent.OWNER] = f"{person.pk}:tu-che"

    client.post(PAGE, TYPED)

    assert "kept_form" not in client.session


def sealed(client: Client, page: str) -> str:
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', client.get(page).content.decode())
    assert found
    return found[1]


def test_with_all_cookies_gone_the_answer_itself_holds_the_words_until_they_can_be_sent() -> None:
    client, other_window = Client(enforce_csrf_checks=True), Client(enforce_csrf_checks=True)
    world.person()
    client.post(LOGIN, {"login": "thu", "password": world.PASSWORD, "csrfmiddlewaretoken": sealed(client, LOGIN)})
    form = {**TYPED, "csrfmiddlewaretoken": sealed(client, PAGE)}
    client.cookies.clear()

    lost = client.post(PAGE, form, headers=OURS)

    page = lost.content.decode()
    assert lost.status_code == 403 and "Đăng nhập ở cửa sổ mới" in page
    assert 'name="phone" value="0905 999 888"' in page and f'action="{PAGE}"' in page and "data-failed" in page
    seal = re.findall(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[-1]
    early = client.post(PAGE, {**TYPED, "csrfmiddlewaretoken": seal}, headers=OURS)
    assert early.status_code == 403 and "0905 999 888" in early.content.decode(), (
        "pressed before signing in: still there"
    )

    other_window.cookies = client.cookies
    seal = sealed(other_window, LOGIN)
    other_window.post(LOGIN, {"login": "thu", "password": world.PASSWORD, "csrfmiddlewaretoken": seal})
    old_seal = client.post(PAGE, form, headers=OURS)
    page = old_seal.content.decode()
    assert old_seal.status_code == 403 and "Đăng nhập ở cửa sổ mới" not in page
    seal = re.findall(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[-1]
    assert client.post(PAGE, {**TYPED, "csrfmiddlewaretoken": seal}, headers=OURS).status_code == 302
    assert Person.objects.get().address == "Tổ 3, thôn Nước Chạch"


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://la.example"},
        {"origin": "null"},
        {"referer": "https://la.example/testserver"},
        {},
        {"origin": "http://testserver", "sec-fetch-site": "cross-site"},
    ],
)
def test_a_form_from_elsewhere_is_never_given_back_to_be_sent(headers: dict[str, str]) -> None:
    client = Client(enforce_csrf_checks=True)
    world.person()
    client.force_login(Person.objects.get())

    answer = client.post(PAGE, TYPED, headers=headers)

    assert answer.status_code == 403
    assert "0905 999 888" not in answer.content.decode()


def test_a_form_with_a_secret_is_not_given_back() -> None:
    client = Client(enforce_csrf_checks=True)
    for page, form in ((LOGIN, {"login": "thu thử", "password": "bí mật"}), (PAGE, {**TYPED, "code": "123456"})):
        answer = client.post(page, form, headers=OURS)
        assert answer.status_code == 403 and not {"thu thử", "bí mật", "123456"} & {
            *re.findall(r'value="([^"]*)"', answer.content.decode())
        }


def test_codes_of_offices_and_businesses_are_words_that_were_typed() -> None:
    typed = {"tax_code": "4300123456", "outside_code": "G22.1", "new_password": "x", "csrfmiddlewaretoken": "y"}

    desk = unsent.typed_in(RequestFactory().post("/ban-lam-viec/tiep-nhan/", typed))
    door = unsent.typed_in(RequestFactory().post("/tai-khoan/hai-buoc/", {"code": "123456"}))

    assert desk is not None and desk["fields"] == [["tax_code", "4300123456"], ["outside_code", "G22.1"]]
    assert door is None
