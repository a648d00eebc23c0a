"""Signing in at an identity provider (VNeID and its like): the whole round trip against a server that speaks the protocol."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from django.test import Client
from django.urls import reverse

from motcua.people.models import Person
from tests.fakes.oidc import Provider, identity_provider
from tests.people import world

pytestmark = pytest.mark.django_db
NUMBER = "051190000114"


@pytest.fixture
def provider(settings: Any) -> Iterator[Provider]:
    with identity_provider(name="Nguyễn Thị Mẫu", identity_number=NUMBER, phone_number="0905 123 456") as found:
        settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [found.app]}}
        yield found


def round_trip(client: Client) -> Any:
    """From our button to the provider's page and back, as a browser goes."""
    leaving = client.post(reverse("openid_connect_login", args=["vneid"]), {"next": "/"})
    assert leaving.status_code == 302, leaving.content.decode()[:500]
    back = requests.get(leaving["Location"], allow_redirects=False, timeout=5).headers["Location"]
    parts = urlsplit(back)
    assert parts.path == reverse("openid_connect_callback", args=["vneid"]), "back to our own door"
    return client.get(parts.path, {name: values[0] for name, values in parse_qs(parts.query).items()})


def signed_in(client: Client) -> Person | None:
    return Person.objects.filter(pk=client.session.get("_auth_user_id", 0)).first()


def test_the_sign_in_page_offers_the_provider(provider: Provider, client: Client) -> None:
    assert "VNeID" in client.get(reverse("account_login")).content.decode()


def test_a_citizen_comes_in_and_is_the_same_person_the_next_time(provider: Provider, client: Client) -> None:
    answer = round_trip(client)
    assert answer.status_code == 302, answer.content.decode()[:800]
    person = signed_in(client)
    assert person is not None and person.full_name == "Nguyễn Thị Mẫu" and person.identity_number == NUMBER
    assert person.identity_checked_at is not None, "the provider has held the card"
    assert {"/token", "/jwks"} & set(provider.asked) and not provider.codes, "a code is used once"
    other = Client()
    round_trip(other)
    assert signed_in(other) == person and Person.objects.filter(identity_number=NUMBER).count() == 1


def test_somebody_known_at_the_counter_is_the_same_person(provider: Provider, client: Client) -> None:
    known = world.person("Nguyễn Thị Mẫu", username="mau")
    Person.objects.filter(pk=known.pk).update(identity_number=NUMBER, identity_kind="citizen_card")
    round_trip(client)
    assert signed_in(client) == known


def test_who_is_not_named_by_number_is_sent_to_the_one_time_code(provider: Provider, client: Client) -> None:
    del provider.claims["identity_number"]
    answer = round_trip(client)
    assert signed_in(client) is None and "Dùng mã một lần" in answer.content.decode()
    assert not Person.objects.exists()


@pytest.mark.parametrize("wrong", [{"aud": "phan-mem-khac"}, {"iss": "https://la.vidu.vn"}, {"exp": 1}])
def test_a_token_made_for_others_or_out_of_date_signs_nobody_in(
    provider: Provider, client: Client, wrong: dict[str, Any]
) -> None:
    provider.token = wrong
    answer = round_trip(client)
    assert signed_in(client) is None and not Person.objects.exists()
    assert "Nơi xác thực không trả lời đúng" in answer.content.decode()


def test_who_says_no_at_the_provider_comes_back_without_harm(provider: Provider, client: Client) -> None:
    provider.denies = True
    answer = round_trip(client)
    assert signed_in(client) is None and answer.status_code in (200, 302) and not Person.objects.exists()


def test_an_answer_nobody_asked_for_is_refused(provider: Provider, client: Client) -> None:
    answer = client.get(reverse("openid_connect_callback", args=["vneid"]), {"code": "ma-1", "state": "la"})
    assert signed_in(client) is None and answer.status_code != 500


def test_a_provider_that_is_away_is_said(provider: Provider, client: Client, settings: Any) -> None:
    app = {**provider.app, "settings": {"server_url": "http://127.0.0.1:9/.well-known/openid-configuration"}}
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}}
    answer = client.post(reverse("openid_connect_login", args=["vneid"]))
    assert answer.status_code == 503 and "đăng nhập bằng cách khác" in answer.content.decode()
