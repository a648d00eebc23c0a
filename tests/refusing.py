"""How all tests of refusals ask: the words that people are shown, and a journal that knows nothing of the act."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from motcua.base.errors import Refused
from motcua.base.models import Entry


@contextmanager
def refused(*sentences: str) -> Iterator[None]:
    """The act is refused in exactly these words, and the journal knows nothing of it."""
    with _untold(), pytest.raises(Refused) as found:
        yield
    assert found.value.objections == list(sentences)


@contextmanager
def refused_with(sentence: str) -> Iterator[None]:
    """The act is refused in words that fit this pattern, and the journal knows nothing of it."""
    with _untold(), pytest.raises(Refused, match=sentence):
        yield


@contextmanager
def _untold() -> Iterator[None]:
    entries = Entry.objects.count()
    yield
    assert Entry.objects.count() == entries
