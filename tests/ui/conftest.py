"""A province, and a browser that reads English."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.utils import translation

from tests import make


@pytest.fixture
def english(client: Client) -> Client:
    client.cookies["ngon_ngu"] = "en"
    return client


@pytest.fixture
def world(db: None) -> make.Province:
    return make.province()


@pytest.fixture
def speaking_english() -> Iterator[None]:
    with translation.override("en"):
        yield
