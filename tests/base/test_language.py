"""Vietnamese unless somebody chose otherwise here; what is written down stays Vietnamese."""

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import gettext as _

from motcua.base.language import LanguageMiddleware, in_vietnamese


def answered(cookie: str = "", header: str = "") -> HttpResponse:
    request = HttpRequest()
    if cookie:
        request.COOKIES["ngon_ngu"] = cookie
    request.META["HTTP_ACCEPT_LANGUAGE"] = header
    return LanguageMiddleware(lambda _request: HttpResponse(translation.get_language()))(request)


def test_a_browser_that_prefers_english_gets_vietnamese() -> None:
    response = answered(header="en-GB,en;q=0.9")
    assert response.content == b"vi"
    assert response.headers["Content-Language"] == "vi"
    assert "Accept-Language" not in response.headers["Vary"]


def test_the_choice_counts_and_ends_with_the_request() -> None:
    before = translation.get_language()
    response = answered(cookie="en")
    assert (response.content, response.headers["Content-Language"], response.headers["Vary"]) == (b"en", "en", "Cookie")
    assert translation.get_language() == before


def test_a_strange_choice_is_none() -> None:
    assert [answered(cookie=one).content for one in ("fr", "en-us'--", "x" * 5000)] == [b"vi"] * 3


def test_what_is_written_down_is_vietnamese() -> None:
    @in_vietnamese()
    def written(depth: int) -> str:
        return written(depth - 1) if depth else _("Hồ sơ")

    with translation.override("en"):
        assert written(2) == "Hồ sơ"
        assert translation.get_language() == "en"


def test_a_sentence_that_django_lacks_in_vietnamese_is_ours() -> None:
    with translation.override("vi"), pytest.raises(ValidationError, match="ký tự rỗng"):
        forms.CharField().clean("a\x00b")
