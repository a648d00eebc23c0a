"""Sessions that end: when, and what becomes of what was being typed."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from tests.people import world
from tests.people.test_signin import LOGIN, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh_counts() -> None:
    cache.clear()


def move_session(client: Client, **seconds: int) -> None:
    session = client.session
    for key, amount in seconds.items():
        session[key] = session[key] - amount
    session.save()


@pytest.mark.parametrize(
    ("aged", "desk", "inside"),
    [
        ({"seen_at": 29 * 60}, True, True),
        ({"seen_at": 31 * 60}, True, False),
        ({"seen_at": 31 * 60}, False, True),
        ({"seen_at": 121 * 60}, False, False),
        ({"begun_at": 12 * 3600 + 60}, False, False),
    ],
)
def test_a_session_ends_when_idle_or_old(client: Client, aged: dict[str, int], desk: bool, inside: bool) -> None:
    world.person()
    sign_in(client)
    client.get("/tai-khoan/")
    session = client.session
    session["desk"] = desk
    session.save()
    move_session(client, **aged)

    assert (client.get("/tai-khoan/").status_code == 200) is inside


def expired_post(client: Client) -> Any:
    client.get("/tai-khoan/")
    move_session(client, begun_at=13 * 3600)
    typed = {"phone": "0905 999 888", "address": "Tổ 3", "password": "bí mật", "act": "look"}
    return client.post("/tai-khoan/lien-he/", typed)


def test_what_was_typed_when_the_session_ended_is_given_back_without_scripts(client: Client) -> None:
    world.person()
    sign_in(client)

    answer = expired_post(client)
    assert answer.headers["Location"] == f"{LOGIN}?next=/tai-khoan/chu-da-go/"
    page = sign_in(client, next="/tai-khoan/chu-da-go/")
    page = client.get(page.headers["Location"]).content.decode()

    assert 'name="phone" value="0905 999 888"' in page
    assert 'action="/tai-khoan/lien-he/"' in page
    assert "bí mật" not in page
    shown = re.findall(r"<li>([^<]*)</li>", page.partition("<h1>")[2])
    assert shown == ["0905 999 888", "Tổ 3"], "what a person typed, without the names that the program gives it"
    assert 'name="act" value="look"' in page, "and the button that was pressed"


def test_a_form_left_open_over_a_weekend_is_given_back_too(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    world.person()
    sign_in(client)
    client.get("/tai-khoan/")
    monday = timezone.now() + timedelta(hours=62)
    assert int(client.cookies[settings.SESSION_COOKIE_NAME]["max-age"]) > 62 * 3600, "the browser still has it"
    monkeypatch.setattr("django.utils.timezone.now", lambda: monday)

    answer = client.post("/tai-khoan/lien-he/", {"phone": "0905 999 888"})
    assert answer.headers["Location"] == f"{LOGIN}?next=/tai-khoan/chu-da-go/"
    page = client.get(sign_in(client, next="/tai-khoan/chu-da-go/").headers["Location"])
    assert "0905 999 888" in page.content.decode()


def test_what_one_person_typed_is_never_shown_to_another(client: Client) -> None:
    world.person()
    world.person("Người Khác", username="khac")
    sign_in(client)
    expired_post(client)

    sign_in(client, "khac")

    assert client.get("/tai-khoan/chu-da-go/").status_code == 302


def test_whoever_was_signed_out_elsewhere_comes_back_to_the_page_of_the_form(client: Client) -> None:
    page = "/tai-khoan/lien-he/"

    answers = [
        client.post(page, {}, headers={"referer": came}).headers["Location"]
        for came in (f"http://testserver{page}?x=1", f"https://la.example{page}", "")
    ]

    assert answers == [f"{LOGIN}?next=/tai-khoan/lien-he/%3Fx%3D1", f"{LOGIN}?next=/", f"{LOGIN}?next=/"]
