"""Pages go packed over the line; what is packed already, or read by programs, goes as it is."""

import gzip

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from motcua.base.http import PackedMiddleware

PAGE = "<p>Hồ sơ của tôi tới đâu rồi?</p>" * 100


def _answer(content_type: str, *, accepts: str = "gzip, br") -> HttpResponse:
    request = RequestFactory().get("/", headers={"accept-encoding": accepts})
    answer = PackedMiddleware(lambda _: HttpResponse(PAGE, content_type=content_type))(request)
    assert isinstance(answer, HttpResponse)
    return answer


def test_a_page_is_a_fifth_of_its_weight_on_the_line() -> None:
    answer = _answer("text/html; charset=utf-8")
    assert answer.headers["Content-Encoding"] == "gzip" and "Accept-Encoding" in answer.headers["Vary"]
    assert gzip.decompress(answer.content).decode() == PAGE
    assert len(answer.content) < len(PAGE.encode()) / 5


@pytest.mark.parametrize("content_type", ["application/pdf", "application/json", "text/csv"])
def test_files_and_answers_to_programs_go_as_they_are(content_type: str) -> None:
    assert _answer(content_type).content.decode() == PAGE


def test_who_cannot_unpack_gets_the_page_whole() -> None:
    assert _answer("text/html", accepts="identity").content.decode() == PAGE
