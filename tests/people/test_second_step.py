"""The second step as people meet it: asked for what they have, told what went wrong in Vietnamese."""

import json
from typing import Any

import pytest
from allauth.core import context
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django import forms
from django.core.cache import cache
from django.test import Client, RequestFactory
from django.utils import translation

from motcua.people.public.forms import SecondStepForm
from tests.people import world

pytestmark = pytest.mark.django_db
PLACES = "/tai-khoan/"


@pytest.fixture(autouse=True)
def fresh_counts() -> None:
    cache.clear()


def come_in(client: Client) -> None:
    client.post(PLACES + "dang-nhap/", {"login": "thu", "password": world.PASSWORD})


def test_whoever_has_no_app_is_asked_for_a_spare_code(client: Client) -> None:
    who = world.person()
    assert (form := SecondStepForm(user=who)).fields["code"].label == "Mã dự phòng" and not form.has_key
    TOTP.activate(who, generate_totp_secret())
    assert SecondStepForm(user=who).fields["code"].label == "Mã trong ứng dụng"
    come_in(client)
    page = client.get(PLACES + "hai-buoc/authenticate/").content.decode()
    assert "Mở ứng dụng xác thực" in page and "Dùng khóa đăng nhập" not in page


def test_a_spare_code_opens_once(client: Client) -> None:
    who = world.person()
    TOTP.activate(who, generate_totp_secret())
    spare = RecoveryCodes.activate(who).get_unused_codes()[0]
    for status in (302, 200):
        come_in(client)
        assert client.post(PLACES + "hai-buoc/authenticate/", {"code": spare}).status_code == status
        client.logout()
    Authenticator.objects.filter(type=Authenticator.Type.TOTP).delete()
    with context.request_context(RequestFactory().post("/")):
        assert "Mã này không đúng hoặc đã dùng" in str(SecondStepForm(user=who, data={"code": spare}).errors)


def test_being_asked_again_offers_the_other_ways_in_vietnamese(client: Client) -> None:
    who = world.person()
    come_in(client)
    TOTP.activate(who, generate_totp_secret())
    page = client.get(PLACES + "xac-nhan-lai/").content.decode()
    assert "Dùng mã trong ứng dụng hoặc mã dự phòng" in page


def test_two_passwords_that_differ_are_told_in_the_language_of_the_page(client: Client) -> None:
    typed = {"password1": "mot hai ba bon", "password2": "mot hai ba nam"}
    assert "Hai lần gõ mật khẩu chưa giống nhau." in client.post(PLACES + "mo-tai-khoan/", typed).content.decode()
    assert "Địa chỉ thư gõ chưa đúng" in client.post(PLACES + "quen-mat-khau/", {"email": "x"}).content.decode()


def test_a_passkey_that_opens_nothing_is_told_as_such(client: Client) -> None:
    answer = client.post(
        PLACES + "hai-buoc/webauthn/login/", {"credential": json.dumps({"id": "khong-co"})}, follow=True
    )
    assert "Khóa này không mở được tài khoản" in answer.content.decode()


def test_too_many_tries_end_on_a_page_of_ours(client: Client, settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "signup": "1/h/ip"}
    for _ in range(2):
        answer = client.post(PLACES + "mo-tai-khoan/", {})
    assert answer.status_code == 429 and "Chờ ít phút rồi thử lại" in answer.content.decode()


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        (forms.CharField(), "", "Ô này chưa điền."),
        (forms.CharField(min_length=3), "ab", "Ghi ít nhất 3 chữ cái; đang có 2."),
        (forms.IntegerField(), "x", "Ô này chỉ ghi số nguyên."),
        (forms.IntegerField(max_value=5), "6", "Nhiều nhất là 5."),
        (forms.ChoiceField(choices=[("a", "A")]), "b", "Chọn lại: b không có trong danh sách."),
        (forms.FileField(), None, "Ô này chưa điền."),
    ],
)
def test_what_the_library_says_is_said_as_an_official_says_it(field: forms.Field, value: Any, told: str) -> None:
    with translation.override("vi"), pytest.raises(forms.ValidationError) as failed:
        field.clean(value)
    assert failed.value.messages == [told]
