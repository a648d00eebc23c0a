"""What a door owes to everybody: no forged form, no foreign script, no endless guessing, no file that lies, no lost word."""

import html
import os
import re
import subprocess
import sys
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import reverse

from motcua.base.models import Entry, StoredFile
from motcua.dossiers.models import Application, Dossier, Scan
from tests import make
from tests.permissions.routes import ADDRESSES, MOVES
from tests.permissions.sentences import OPEN, SEND, Outcome
from tests.permissions.test_matrix import ASKED, DECIDED, ask, text_of
from tests.permissions.world import APPLICANT_PHONE, SUBJECTS, World, a_pdf

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]
CLERK = "the clerk of the commune"
PAGES = [name for name in ASKED if not name.startswith("api:")]


def who(name: str, method: str, *outcomes: Outcome) -> str | None:
    """The first one for whom the sentences open that way."""
    cells = DECIDED[name].cells()
    return next((subject for subject in SUBJECTS if cells[subject, method][0] in outcomes), None)


def address(world: World, name: str) -> str:
    route, _space, verb = name.partition(" ")
    if verb:
        state = next(state for move, (state, _fill) in MOVES.items() if move.value == verb)
        return reverse(route, args=[world.dossiers[state].reference, verb])
    return reverse(route, kwargs=ADDRESSES[route](world) if route in ADDRESSES else {})


# Forged forms


@pytest.mark.parametrize("name", PAGES)
def test_a_form_without_the_houses_seal_is_refused(name: str, world: World) -> None:
    subject = who(name, SEND, Outcome.TAKEN, Outcome.DONE, Outcome.NOTHING)
    if subject is None:
        return
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.cookies[settings.SESSION_COOKIE_NAME] = world.sessions.get(subject, "")
    answer = client.post(address(world, name), {"go": "1"})
    assert answer.status_code == 403
    assert "Trang này đã mở quá lâu nên chưa gửi được" in answer.content.decode()


# Headers and the words between them

FOREIGN = re.compile(
    r"""\sstyle\s*=\s*["']|<style\b|\son[a-z]+\s*=\s*["']|javascript:|<script\b(?![^>]*\bsrc=)(?![^>]*type="application/)""",
    re.IGNORECASE,
)


@pytest.mark.parametrize("name", ASKED)
def test_every_page_bears_the_headers_and_no_inline_style_or_script(name: str, world: World) -> None:
    subject = who(name, OPEN, Outcome.OPENS) or "the visitor"
    answer = ask(world, name, subject, OPEN)
    check_headers(answer)
    if subject in world.sessions and answer.status_code == 200:
        assert "no-store" in answer["Cache-Control"] or "private" in answer["Cache-Control"]
    if answer["Content-Type"].startswith("text/html"):
        found = FOREIGN.search(answer.content.decode())
        assert not found, found and found.group()


def check_headers(answer: Any) -> None:
    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy
    assert "unsafe-" not in policy and "*" not in policy and "http" not in policy
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Referrer-Policy"] in ("same-origin", "no-referrer")
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in answer["Permissions-Policy"]


@pytest.mark.parametrize(
    ("url", "status"),
    [("/khong-co/", 404), ("/thu-tuc/?q=%00", 400), ("/ban-lam-viec/nhan-su/", 403)],
)
def test_pages_of_what_went_wrong_bear_the_headers_too(url: str, status: int, world: World) -> None:
    answer = world.client(CLERK).get(url)
    assert answer.status_code == status
    check_headers(answer)
    assert not FOREIGN.search(answer.content.decode())


def test_production_demands_https_for_two_years_and_secure_cookies() -> None:
    names = (
        "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SESSION_COOKIE_HTTPONLY", "CSRF_COOKIE_HTTPONLY",
        "SECURE_SSL_REDIRECT", "SECURE_HSTS_INCLUDE_SUBDOMAINS", "OFFICIALS_NEED_SECOND_FACTOR",
    )  # fmt: skip
    told = in_production(f"print(all(getattr(settings, one) is True for one in {names}), settings.SECURE_HSTS_SECONDS)")
    assert told.stdout.split() == ["True", str(2 * 365 * 24 * 3600)]
    told = in_production("print(bool(settings.DEMO_PASSWORD), settings.DEBUG, settings.WHITENOISE_USE_FINDERS)")
    assert told.stdout.split() == ["False"] * 3


@pytest.mark.parametrize("secret", ["", "demo-only-never-in-production-0000000000000000000000"])
def test_production_does_not_start_without_a_secret_of_its_own(secret: str) -> None:
    told = in_production("print(settings.SECRET_KEY)", SECRET_KEY=secret)
    assert told.returncode != 0 and "SECRET_KEY" in told.stderr


def in_production(words: str, **more: str) -> "subprocess.CompletedProcess[str]":
    environment = {
        "PATH": os.environ["PATH"],
        "DATABASE_URL": "postgresql://motcua:x@db.vidu.vn/motcua",
        "SECRET_KEY": "k" * 60,
        "DJANGO_SETTINGS_MODULE": "motcua.config.settings",
        **more,
    }
    program = f"from django.conf import settings; settings.DEBUG; {words}"
    command = [sys.executable, "-c", program]
    return subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=False)


def test_over_https_the_browser_is_told_to_stay_there(world: World, settings: Any) -> None:
    settings.SECURE_HSTS_SECONDS, settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = 63072000, True
    answer = Client().get("/thu-tuc/", secure=True)
    assert answer["Strict-Transport-Security"].startswith("max-age=63072000; includeSubDomains")


# Guessing


def test_a_dossier_is_guessed_at_five_times_and_wrong_is_like_unknown(world: World) -> None:
    dossier, url = world.dossiers["received"], reverse("dossiers:track")
    known, unknown = dossier.code, dossier.code[:-1] + "9"
    answers = []
    for code in (known, unknown):
        tries = [world.client("the visitor").post(url, {"code": code, "digits": "0000"}) for _try in range(6)]
        assert [one.status_code for one in tries] == [422] * 5 + [429]
        answers.append(without_seal(tries[0].content.decode()).replace(code, "…"))
        assert "Đã thử quá nhiều lần" in tries[5].content.decode()
    assert answers[0] == answers[1]
    right = world.client("the visitor").post(url, {"code": known, "digits": APPLICANT_PHONE[-4:]})
    assert right.status_code == 429, "after five wrong tries the right digits open nothing either"


def test_one_address_tries_thirty_codes_and_behind_a_proxy_each_caller_has_its_own(world: World, settings: Any) -> None:
    def tried(number: int, **headers: str) -> int:
        code = f"H48.115-261116-{number:04d}"
        return world.client("the visitor").post(
            reverse("dossiers:track"), {"code": code, "digits": "0000"}, headers=headers
        ).status_code  # fmt: skip

    assert [tried(number) for number in range(31)] == [422] * 30 + [429]
    assert tried(99, **{"X-Forwarded-For": "203.0.113.9"}) == 429, "nobody chooses an address for themself"
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    assert tried(99, **{"X-Forwarded-For": "1.2.3.4, 203.0.113.9"}) == 422


def test_codes_go_to_one_address_five_times_an_hour(world: World) -> None:
    url, client = reverse("people:ask_code"), world.client("the visitor")
    asked = {"full_name": "Lê Văn Thử", "identity_number": "051085000999", "address": "thu@vidu.vn"}
    assert [client.post(url, asked).status_code for _try in range(6)] == [302] * 5 + [400]
    assert "Đã thử quá" in client.post(url, asked).content.decode()


def test_a_password_is_guessed_at_five_times(world: World) -> None:
    url, client = reverse("account_login"), world.client("the visitor")
    for _try in range(6):
        answer = client.post(url, {"login": "lanhdao.bt", "password": "sai-mat-khau"})
    assert "Đã gõ sai nhiều lần" in answer.content.decode()
    answer = client.post(url, {"login": "lanhdao.bt", "password": make.PASSWORD})
    assert answer.status_code == 200, "the right password must wait as well"


# Files


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("to-khai.pdf", b"<html><script>alert(1)</script></html>", "trang web"),
        ("to-khai.pdf", b"MZ" + b"\0" * 200, "một chương trình"),
        ("anh.png", a_pdf(), "mang tên"),
        ("to-khai.pdf", b"", "rỗng"),
        ("to-khai.pdf", b"%PDF-1.7 " + b"x" * 50 * 2**20, "lớn hơn 20 MB"),
        ("to-khai.svg", b"<svg onload='alert(1)'/>", "Tệp"),
        ("virus.pdf.exe", b"MZ" + b"\0" * 200, "một chương trình"),
    ],
    ids=["page", "program", "lying name", "empty", "50 MB", "svg", "two suffixes"],
)
def test_a_file_that_lies_or_is_too_big_is_told_and_leaves_nothing(
    name: str, content: bytes, says: str, world: World
) -> None:
    dossier = world.dossiers["processing"]
    before, on_disk = (StoredFile.objects.count(), Scan.objects.count(), Entry.objects.count()), files_on_disk()
    page = reverse("dossiers_desk:detail", args=[dossier.reference])
    answer = world.client(CLERK).post(
        reverse("dossiers_desk:attach", args=[dossier.reference, 1]),
        {"files": [SimpleUploadedFile("tot.pdf", a_pdf()), SimpleUploadedFile(name, content)]},
        headers={"Referer": f"http://testserver{page}"},
        follow=True,
    )
    assert says in html.unescape(answer.content.decode())
    assert (StoredFile.objects.count(), Scan.objects.count(), Entry.objects.count()) == before
    assert files_on_disk() == on_disk


def files_on_disk() -> int:
    return sum(1 for one in Path(settings.FILES_ROOT).rglob("*") if one.is_file())


def test_a_request_too_big_as_a_whole_is_told_before_it_is_read(world: World) -> None:
    answer = world.client(CLERK).post("/thu-tuc/", {"a": "b"}, CONTENT_LENGTH=str(settings.REQUEST_MAX_BYTES + 1))
    assert answer.status_code == 413
    assert "Các tệp gửi một lần lớn hơn 120 MB" in answer.content.decode()
    check_headers(answer)


# Words

SCRIPT, SQL = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>", "'; DROP TABLE dossiers_dossier; --"
PAYLOADS = {
    "script": SCRIPT,
    "SQL": SQL,
    "1,000 letters": "Ắ" * 1000,
    "decomposed": unicodedata.normalize("NFD", "Nguyễn Thị Ế"),
    "unseen marks": "A\u202eB\u200b\x07\ufeff💥",
    "nothing": "   ",
    "wrong year": "05/11/0085",
    "far year": "2985-11-05T10:00",
    "odd digits": "²³٣",
    "large number": "9" * 40,
    "negative": "-1",
    "NUL": "a\x00b",
    "template": "{{ 7|add:7 }}{% now %} %s %(x)s {0}",
}
FIELD = re.compile(r'<(?:input|textarea|select)\b[^>]*?\bname="([^"]+)"')
ASKED_FOR = ("q", "sau", "truoc", "tu", "den", "o", "phan", "ban", "han", "xem", "nhap", "truong-hop", "ma", "ve", "cach",
             "trang-thai", "thu-tuc", "tinh_trang", "role", "next", "ngay", "trang", "nam", "thang", "loai", "co-quan", "case")  # fmt: skip


@pytest.mark.parametrize("name", PAGES)
def test_anything_may_be_typed_into_any_field(name: str, world: World) -> None:
    """No field breaks the page, nothing comes back as script, and a refusal is never half written."""
    url = address(world, name)
    reader, writer = who(name, OPEN, Outcome.OPENS), who(name, SEND, Outcome.TAKEN, Outcome.DONE)
    fields = FIELD.findall(text_of(undone(lambda: world.client(reader).get(url)))) if reader else []
    wrong = []
    for called, text in PAYLOADS.items():
        answers = []
        if reader and "\x00" not in text:
            answers.append(undone(lambda: world.client(reader).get(url, dict.fromkeys(ASKED_FOR, text))))  # noqa: B023
        if writer:
            names = {*fields} - {"csrfmiddlewaretoken", "version"}
            for_all = dict.fromkeys(names, text)
            answers.append(undone(lambda: world.client(writer).post(url, for_all)))  # noqa: B023
        for answer in answers:
            if answer.status_code >= 500:
                wrong.append(f"{called}: {answer.wsgi_request.method} fails with {answer.status_code}")
            elif not answer.streaming and (SCRIPT[:20] in answer.content.decode("utf-8", "replace")):
                wrong.append(f"{called}: {answer.wsgi_request.method} gives the script back")
    assert not wrong, "\n".join(wrong)


def undone(request: Callable[[], Any]) -> Any:
    """The answer; what the request wrote is undone."""
    with transaction.atomic():
        answer = request()
        transaction.set_rollback(True)
    return answer


@pytest.mark.parametrize("odd", ["²", "a%00b", "x" * 3000, "%F0%9F%92%A5", "..%2f..%2fetc", "' OR 1=1 --", "%ff"])
def test_odd_addresses_are_not_found_and_never_fail(odd: str, world: World) -> None:
    wrong = []
    for name in PAGES:
        route = name.partition(" ")[0]
        if route not in ADDRESSES or not {"reference", "token", "code", "day", "slug"} & set(ADDRESSES[route](world)):
            continue
        values = {key: "ODD" if isinstance(value, str) else value for key, value in ADDRESSES[route](world).items()}
        try:
            url = reverse(route, kwargs=values).replace("ODD", odd)
        except Exception:  # noqa: BLE001  the address takes no such words: nothing to ask
            continue
        reader = who(name, OPEN, Outcome.OPENS) or CLERK
        answer = undone(lambda: world.client(reader).get(url))  # noqa: B023
        if answer.status_code not in (200, 302, 400, 403, 404, 405, 414):
            wrong.append(f"{name}: {answer.status_code}")
    assert not wrong, "\n".join(wrong)


# Reception: what is stored, what is refused, pressed twice


def sheet(world: World, **typed: Any) -> dict[str, Any]:
    """A filled-in sheet of the reception, as the browser sends it."""
    client = world.client(CLERK)
    first = client.post(reverse("dossiers_desk:reception"), {"act": "look", "procedure": make.BUSINESS})
    page = first.content.decode()
    known = dict(re.findall(r'<input\b[^>]*?\bname="(key|papers_of)"[^>]*?\bvalue="([^"]*)"', page))
    papers = dict.fromkeys(re.findall(r'name="(in_\d+)"', page), "on")
    counts = dict.fromkeys(re.findall(r'name="((?:originals|copies)_\d+)"', page), "1")
    plain = {
        "procedure": make.BUSINESS,
        "name": "Lê Thị Thử",
        "phone": "0914555777",
        "delivery": "counter",
        "act": "receive",
    }
    return {**known, **papers, **counts, **plain, **typed}


def test_strange_words_are_stored_as_words_and_shown_as_words(world: World) -> None:
    typed = sheet(world, name=unicodedata.normalize("NFD", "Lê Thị Ế") + SCRIPT[:25], address=SQL, subject=SCRIPT)
    answer = world.client(CLERK).post(reverse("dossiers_desk:reception"), typed)
    assert answer.status_code == 302, re.findall(r"data-errors.*?</div>", answer.content.decode(), re.DOTALL)
    made = Dossier.objects.order_by("-pk").first()
    words = Application.objects.get(pk=made.pk)
    assert made.applicant_name == unicodedata.normalize("NFC", "Lê Thị Ế") + SCRIPT[:25]
    assert (words.address, words.subject) == (SQL, SCRIPT)
    page = world.client(CLERK).get(reverse("dossiers_desk:detail", args=[made.reference])).content.decode()
    assert "<script>alert(1)" not in page and "&lt;script&gt;alert(1)" in page


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"name": "Ắ" * 1000}, "300"),
        ({"birth_on": "05/11/0085"}, "năm"),
        ({"birth_on": "05/11/2985"}, "năm|sau hôm nay"),
        ({"birth_on": "31/02/1985"}, "ngày/tháng/năm"),
        ({"phone": "12"}, "không gọi được"),
        ({"identity_number": "<b>"}, "Số giấy tờ"),
    ],
)
def test_what_cannot_be_is_said_beside_the_field_and_nothing_is_lost(
    typed: dict[str, str], says: str, world: World
) -> None:
    before = Dossier.objects.count(), Entry.objects.count()
    answer = world.client(CLERK).post(reverse("dossiers_desk:reception"), sheet(world, **typed, address="Thôn Giữ Lại"))
    page = html.unescape(answer.content.decode())
    assert answer.status_code == 422 and re.search(says, page)
    assert "Thôn Giữ Lại" in page and next(iter(typed.values())) in page
    assert (Dossier.objects.count(), Entry.objects.count()) == before


@pytest.mark.parametrize("count", ["ba", "-1", "²", "1000", "9" * 40])
def test_a_count_that_cannot_be_is_told_at_the_counter_and_nothing_is_lost(count: str, world: World) -> None:
    dossier = world.dossiers["asked"]
    page = reverse("dossiers_desk:answer", args=[dossier.reference])
    first = world.client(CLERK).get(page).content.decode()
    names = re.findall(r'name="((?:originals|copies)_\d+)"', first)
    typed = {**dict.fromkeys(names, "2"), names[0]: count, "note": "Thiếu một tờ"}
    answer = world.client(CLERK).post(page, typed)
    shown = html.unescape(answer.content.decode())
    assert answer.status_code == 422 and f"“{count[:20]}” không phải số bản" in shown
    assert "Thiếu một tờ" in shown and f'name="{names[1]}" value="2"' in shown
    assert not Entry.objects.filter(stream=dossier.stream, name="dossiers.SupplementAnswered").exists()


def test_a_double_press_at_the_reception_makes_one_dossier(world: World) -> None:
    before, typed = Dossier.objects.count(), sheet(world)
    first, second = (world.client(CLERK).post(reverse("dossiers_desk:reception"), typed) for _press in range(2))
    assert first.status_code == second.status_code == 302 and first.url == second.url
    assert Dossier.objects.count() == before + 1


def without_seal(page: str) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", page)
