import pytest

from tests import make


@pytest.fixture
def world(db: None) -> make.Province:
    """A small province, made anew for each test."""
    return make.province()
