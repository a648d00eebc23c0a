"""Coming in: password, forgotten password, codes, second step."""

import re
from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.conf import settings
from django.core.cache import cache
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import translation

from motcua.notifications import jobs
from motcua.notifications.models import Message
from motcua.people import actions
from motcua.people.models import OneTimeCode, Person
from motcua.people.terms import Role
from tests.fakes.smtp import mail_server
from tests.people import world

pytestmark = pytest.mark.django_db
LOGIN = "/tai-khoan/dang-nhap/"


@pytest.fixture(autouse=True)
def fresh_counts() -> None:
    cache.clear()


def sign_in(client: Client, name: str = "thu", password: str = world.PASSWORD, **more: str) -> Any:
    return client.post(LOGIN, {"login": name, "password": password, **more})


@pytest.mark.parametrize(
    "page",
    [
        "dang-nhap",
        "mo-tai-khoan",
        "quen-mat-khau",
        "quen-mat-khau/da-gui",
        "quen-mat-khau/xong",
        "ma-mot-lan",
        "vai-tro",
        "da-khoa",
    ],
)
def test_a_stranger_sees_the_ways_in(client: Client, page: str) -> None:
    answer = client.get(f"/tai-khoan/{page}/")

    assert answer.status_code == 200
    assert "Sign" not in answer.content.decode()


def test_a_stranger_is_sent_to_the_sign_in_page(client: Client) -> None:
    assert client.get("/tai-khoan/").headers["Location"] == f"{LOGIN}?next=/tai-khoan/"


@pytest.mark.parametrize("name", ["thu", "THU", "thu@example.vn"])
def test_name_or_mail_and_password_open_the_door(client: Client, name: str) -> None:
    world.person(email="thu@example.vn")

    assert sign_in(client, name).status_code == 302
    assert "Phạm Thị Thử" in client.get("/tai-khoan/").content.decode()


def test_a_citizen_signs_in_with_a_telephone_written_anyhow(client: Client) -> None:
    open_account(client)
    client.logout()

    assert sign_in(client, "+84 905 123 456").status_code == 302


def test_a_wrong_password_is_said_in_vietnamese_and_keeps_the_name(client: Client) -> None:
    world.person()

    page = sign_in(client, password="sai-mat-khau").content.decode()

    assert "Tên đăng nhập hoặc mật khẩu không đúng" in page
    assert 'value="thu"' in page


def test_the_sixth_wrong_password_must_wait(client: Client) -> None:
    world.person()
    for _ in range(5):
        sign_in(client, password="sai-mat-khau")

    assert "Chờ 15 phút" in sign_in(client).content.decode()


def test_a_closed_account_stays_outside_and_its_open_session_ends(client: Client) -> None:
    who = world.person()
    sign_in(client)
    actions.close_account(who, by=world.SYSTEM, at=world.NOW)

    assert client.get("/tai-khoan/").status_code == 302
    assert sign_in(client).headers["Location"].endswith("/da-khoa/")


def test_sign_in_pages_of_the_demonstration_show_only_who_can_come_in_and_only_there(
    client: Client, settings: Any
) -> None:
    where = world.agency()
    silent = actions.register_official(
        world.Registration("Không Mật Khẩu"), username="im", by=world.SYSTEM, at=world.NOW
    )
    world.post(silent, where)
    world.post(world.person("Lê Văn Một"), where)
    world.person("Đinh Thị Mẫu", username="nguoidan")

    page = client.get(LOGIN).content.decode()
    assert [name in page for name in ("Lê Văn Một", "Đinh Thị Mẫu", "Không Mật Khẩu")] == [True, True, False]
    settings.MOTCUA_DEMO = False
    page = client.get(LOGIN).content.decode()
    assert "Bản trình diễn" not in page
    assert "Lê Văn Một" not in page


FORM = {
    "full_name": "Nguyễn Văn Mẫu",
    "identity_number": world.CARD,
    "born_on": "05/09/1990",
    "phone": "0905 123 456",
    "email": "mau@example.vn",
    "password1": world.PASSWORD,
    "password2": world.PASSWORD,
}


def open_account(client: Client, **changes: str) -> Any:
    """Fill in the page, then the code that the demonstration shows instead of sending it."""
    answer = client.post("/tai-khoan/mo-tai-khoan/", {**FORM, **changes})
    if answer.status_code != 302:
        return answer
    url = answer.headers["Location"]
    (code,) = re.findall(r"Mã là (\d{6})", client.get(url).content.decode())
    return client.post(url, {"code": code})


def test_a_citizen_opens_an_account(client: Client) -> None:
    assert open_account(client).status_code == 302

    person = Person.objects.get(identity_number=world.CARD)
    assert (person.username, person.phone, person.identity_checked_at) == ("0905123456", "0905123456", None)
    assert client.get("/tai-khoan/").status_code == 200


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("identity_number", "0511900001", "Số giấy tờ có 12 số"),
        ("born_on", "05/09/1991", "của người sinh năm 1990"),
        ("born_on", "hôm qua", "thứ tự ngày, tháng, năm"),
        ("phone", "123", "không gọi được"),
        ("full_name", "Â" * 1000, "dài quá 200 chữ"),
        ("full_name", "", "Ghi họ và tên"),
        ("password2", "khac-han-mat-khau", ""),
    ],
)
def test_registering_says_what_to_mend_and_keeps_what_was_typed(
    client: Client, field: str, value: str, sentence: str
) -> None:
    page = client.post("/tai-khoan/mo-tai-khoan/", {**FORM, field: value}).content.decode()

    assert sentence in page
    assert "mau@example.vn" in page
    assert not Person.objects.exists()


def test_one_paper_opens_one_account(client: Client) -> None:
    open_account(client)
    client.logout()

    page = client.post("/tai-khoan/mo-tai-khoan/", {**FORM, "phone": "0905123457", "email": "khac@example.vn"})

    assert "đã có trong sổ" in page.content.decode()
    assert Person.objects.count() == 1


def test_a_forgotten_password_is_replaced_by_a_link_in_a_letter(client: Client) -> None:
    world.person(email="thu@example.vn")
    client.post("/tai-khoan/quen-mat-khau/", {"email": "thu@example.vn"})
    with (
        mail_server() as post,
        override_settings(
            EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend", EMAIL_HOST="127.0.0.1", EMAIL_PORT=post.port
        ),
    ):
        jobs.deliver()
    (link,) = re.findall(r"http://testserver(/\S+)", post.letters[0].get_content())

    form = client.get(link, follow=True)
    action = re.search(r'<form method="post" action="([^"]+)"', form.content.decode())
    assert action
    client.post(action[1], {"password1": "mat-khau-moi-2026", "password2": "mat-khau-moi-2026"})

    assert sign_in(client, password="mat-khau-moi-2026").status_code == 302
    assert Message.objects.get().body == ""
    assert "đã dùng hoặc đã hết hạn" in Client().get(link, follow=True).content.decode()


@pytest.mark.parametrize(("chosen", "preferred", "subject", "words"), [
    ("", "vi", "Đặt lại mật khẩu Một Cửa", "Đường dẫn dùng được một lần"),
    ("", "en", "A new password for Một Cửa", "The link works once"),
    ("en", "vi", "A new password for Một Cửa", "The link works once"),
    ("vi", "en", "Đặt lại mật khẩu Một Cửa", "Đường dẫn dùng được một lần"),
])  # fmt: skip
def test_a_letter_of_sign_in_is_in_the_language_of_its_reader(
    client: Client, chosen: str, preferred: str, subject: str, words: str
) -> None:
    who = world.person(email="thu@example.vn")
    actions.set_preferences(who, language=preferred, single_keys_off=False, by=who.actor())
    if chosen:
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = chosen

    client.post("/tai-khoan/quen-mat-khau/", {"email": "thu@example.vn"})

    letter = Message.objects.get()
    assert letter.subject == subject
    assert words in letter.body


def test_an_invitation_is_in_the_language_of_the_invited_whoever_invites() -> None:
    for name, language in (("thu", "vi"), ("mau", "en")):
        who = world.person(username=name, email=f"{name}@example.vn")
        actions.set_preferences(who, language=language, single_keys_off=False, by=who.actor())
        with translation.override("en" if language == "vi" else "vi"):
            actions.invite(who, by=world.SYSTEM, at=world.NOW)

    first, second = (Message.objects.get(address=f"{name}@example.vn") for name in ("thu", "mau"))
    assert (first.subject, "Kính gửi ông/bà Phạm Thị Thử," in first.body) == (
        "Mở tài khoản làm việc trên Một Cửa",
        True,
    )
    assert (second.subject, "Dear Phạm Thị Thử," in second.body) == ("Your account for work on Một Cửa", True)


def test_a_one_time_code_is_in_the_language_of_the_page(client: Client) -> None:
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    ask(client)

    letter = Message.objects.get()
    assert letter.subject == "One-time code to apply"
    assert "It works for 10 minutes" in letter.body


def test_an_unknown_address_gets_the_same_answer_and_no_letter(client: Client) -> None:
    answer = client.post("/tai-khoan/quen-mat-khau/", {"email": "khong-co@example.vn"})

    assert answer.headers["Location"] == "/tai-khoan/quen-mat-khau/da-gui/"
    assert not Message.objects.exists()


def test_the_second_step_asks_for_the_code_of_the_app(client: Client) -> None:
    who = world.person()
    secret = generate_totp_secret()
    TOTP.activate(who, secret)

    assert sign_in(client).headers["Location"] == "/tai-khoan/hai-buoc/authenticate/"
    assert client.get("/tai-khoan/").status_code == 302
    assert "Mã không đúng" in client.post("/tai-khoan/hai-buoc/authenticate/", {"code": "000000"}).content.decode()
    code = format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))
    client.post("/tai-khoan/hai-buoc/authenticate/", {"code": code})

    assert client.get("/tai-khoan/").status_code == 200


@pytest.mark.parametrize(
    "page",
    [
        "hai-buoc",
        "hai-buoc/totp/activate",
        "hai-buoc/webauthn",
        "hai-buoc/webauthn/add",
        "doi-mat-khau",
        "ai-da-xem",
        "lien-he",
        "can-hai-buoc",
        "dang-xuat",
    ],
)
def test_the_pages_of_ones_own_account_open(client: Client, page: str) -> None:
    world.person()
    sign_in(client)

    answer = client.get(f"/tai-khoan/{page}/", follow=True)

    assert answer.status_code == 200
    assert not re.search(
        r"\b(Password|Security|Authenticator|Sign)\b",
        re.sub(r"<script.*?</script>", "", answer.content.decode(), flags=re.S),
    )


def test_an_official_without_a_second_step_is_asked_for_one_in_production(client: Client, settings: Any) -> None:
    settings.OFFICIALS_NEED_SECOND_FACTOR = True
    where = world.agency()
    world.post(world.person(), where, Role.ADMINISTRATOR)
    sign_in(client)

    assert client.get(reverse("people_desk:officials")).headers["Location"] == "/tai-khoan/can-hai-buoc/"
    assert client.get("/tai-khoan/can-hai-buoc/").status_code == 200


CODE = {"full_name": "Trần Thị Mẫu", "identity_number": "051190000115", "address": "mau@example.vn"}


def ask(client: Client, **changes: str) -> tuple[str, str]:
    answer = client.post("/tai-khoan/ma-mot-lan/", {**CODE, **changes})
    page = client.get(answer.headers["Location"]).content.decode()
    shown = re.search(r"Mã là (\d{6})", page)
    return answer.headers["Location"], shown[1] if shown else ""


def test_a_code_brings_in_a_citizen_without_an_account(client: Client) -> None:
    url, code = ask(client, next="/tai-khoan/ai-da-xem/")

    answer = client.post(url, {"code": f" {code[:3]} {code[3:]} "})

    assert answer.headers["Location"] == "/tai-khoan/ai-da-xem/"
    assert client.get("/tai-khoan/ai-da-xem/").status_code == 200
    assert Person.objects.get().full_name == "Trần Thị Mẫu"
    assert Message.objects.get().address == "mau@example.vn"
    assert code not in OneTimeCode.objects.get().code_hash


def test_a_code_works_once_and_five_wrong_tries_end_it(client: Client) -> None:
    url, code = ask(client)
    for _ in range(5):
        assert client.post(url, {"code": "x" + str((int(code) + 1) % 10**6).zfill(6)}).status_code == 400
    assert client.post(url, {"code": code}).status_code == 400

    url, code = ask(client)
    assert client.post(url, {"code": code}).status_code == 302
    assert Client().post(url, {"code": code}).status_code == 400


def test_a_code_ends_after_ten_minutes() -> None:
    asked = actions.ask_code(**CODE, at=world.NOW)

    with pytest.raises(actions.codes.Refused, match="hết hạn"):
        actions.enter_code(asked.id, asked.shown, at=world.NOW + timedelta(minutes=10))
    assert actions.sweep_codes(at=world.NOW + timedelta(days=2)) == 1


@pytest.mark.parametrize("case", ["other address", "official", "second factor"])
def test_a_code_goes_nowhere_when_the_papers_belong_to_another(client: Client, case: str) -> None:
    who = world.person(
        email="khac@example.vn" if case == "other address" else CODE["address"], number=CODE["identity_number"]
    )
    if case == "official":
        world.post(who, world.agency())
    if case == "second factor":
        Authenticator.objects.create(user=who, type=Authenticator.Type.TOTP, data={})

    url, code = ask(client)

    assert url
    assert not code
    assert not Message.objects.exists()


def test_codes_are_not_asked_for_without_end(client: Client) -> None:
    for _ in range(5):
        ask(client)

    assert "Đã thử quá 5 lần" in client.post("/tai-khoan/ma-mot-lan/", CODE).content.decode()


def test_an_invited_official_sets_the_first_password(client: Client) -> None:
    who = world.person(email="thu@example.vn")
    actions.invite(who, by=world.SYSTEM, at=world.NOW)
    token = re.search(r"/loi-moi/(\S+)/", Message.objects.get().body)
    assert token

    with pytest.raises(actions.accounts.Refused, match="hết hạn"):
        actions.accept_invitation(token[1], password="mat-khau-moi-2026", at=world.NOW + timedelta(days=8))
    with pytest.raises(actions.accounts.Refused, match="ngắn"):
        actions.accept_invitation(token[1], password="ngan", at=world.NOW)
    actions.accept_invitation(token[1], password="mat-khau-moi-2026", at=world.NOW)
    with pytest.raises(actions.accounts.Refused, match="đã dùng"):
        actions.accept_invitation(token[1], password="mat-khau-moi-2027", at=world.NOW)

    assert sign_in(client, password="mat-khau-moi-2026").status_code == 302
