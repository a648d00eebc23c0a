"""The language of the page and the language of the office: a reader may choose the one, the other is Vietnamese."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers

__all__ = ["LanguageMiddleware", "chosen_language", "in_language", "in_vietnamese"]


def chosen_language(request: HttpRequest) -> str:
    """What the reader chose here, else Vietnamese. What a browser prefers is no choice: many phones come in English."""
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    return chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


class LanguageMiddleware:
    """The page in the language that was chosen by the switch; the answer says which one, to readers and to caches."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = chosen_language(request)
        with translation.override(language):
            request.LANGUAGE_CODE = language  # type: ignore[attr-defined]
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        patch_vary_headers(response, ("Cookie",))
        return response


@contextmanager
def in_vietnamese() -> Iterator[None]:
    """What an office writes down (slips, letters, rows that stay) is Vietnamese, whoever reads the page in whatever language.

    A block, and as `@in_vietnamese()` a whole function.
    """
    with translation.override(settings.LANGUAGE_CODE):
        yield


@contextmanager
def in_language(language: str) -> Iterator[None]:
    """A letter to one reader, in that reader's language whoever has it sent; Vietnamese if the language is not offered here."""
    with translation.override(language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE):
        yield
