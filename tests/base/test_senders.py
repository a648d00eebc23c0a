"""Tries are counted per sender: whoever has a network of addresses is still one sender."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from motcua.base.http import ReadableMiddleware, sender_of


@pytest.mark.parametrize(
    ("address", "sender"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("2001:db8:1:2::1", "2001:db8:1:2::"),
        ("2001:0db8:1:2:ffff:ffff:ffff:fffe", "2001:db8:1:2::"),
        ("2001:db8:1:3::1", "2001:db8:1:3::"),
        ("::ffff:203.0.113.9", "203.0.113.9"),
        ("", ""),
        ("unix:", "unix:"),
    ],
)
def test_a_long_address_counts_as_its_network(address: str, sender: str) -> None:
    assert sender_of(address) == sender


def test_all_doors_see_the_sender() -> None:
    request = RequestFactory().get("/", REMOTE_ADDR="2001:db8:1:2::77")
    ReadableMiddleware(lambda _request: HttpResponse())(request)
    assert request.META["REMOTE_ADDR"] == "2001:db8:1:2::"
