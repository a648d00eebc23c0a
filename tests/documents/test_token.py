"""Keys on a token: who has one, how it is opened and closed again, what is told when it does not answer."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from pkcs11.exceptions import PinIncorrect
from pyhanko.sign.general import SigningError

from motcua.base.errors import Refused
from motcua.documents.signing import token
from motcua.documents.signing.token import TokenKeys


@pytest.fixture
def module(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """A token of the outside world that notes how it is opened and that it is closed."""
    seen: list[Any] = []

    @contextmanager
    def opened(library: str, *, token_criteria: Any, user_pin: str) -> Iterator[str]:
        seen.append((library, token_criteria.label, user_pin))
        try:
            yield "phiên"
        finally:
            seen.append("closed")

    monkeypatch.setattr(token, "open_pkcs11_session", opened)
    values = {"LIB": "/usr/lib/the.so", "TOKEN": "UBND xã Ba Tơ", "PIN": "246810", "PERSONS": "7, 12,31"}
    for name, value in values.items():
        monkeypatch.setenv(f"SIGNING_PKCS11_{name}", value)
    return seen


def test_only_those_named_have_a_key_however_the_list_is_spaced(module: list[Any]) -> None:
    assert [TokenKeys().has_key(one) for one in (7, 12, 31, 1, 2, 0)] == [True, True, True, False, False, False]


def test_without_a_list_nobody_signs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SIGNING_PKCS11_PERSONS", raising=False)
    assert not TokenKeys().has_key(7)


def test_the_session_is_opened_for_one_signature_with_the_key_of_that_person(module: list[Any]) -> None:
    with TokenKeys().lend(12) as signer:
        assert (signer.pkcs11_session, signer.cert_label, signer.key_label) == ("phiên", "motcua-12", "motcua-12")
        assert module == [("/usr/lib/the.so", "UBND xã Ba Tơ", "246810")]
    assert module[-1] == "closed"


def test_whoever_has_no_key_is_refused_before_the_token_is_touched(module: list[Any]) -> None:
    with pytest.raises(Refused, match="Chưa có khóa ký số của người ký"), TokenKeys().lend(8):
        pass
    assert module == []


@pytest.mark.parametrize("failure", [PinIncorrect(), SigningError("no key")])
def test_a_token_that_does_not_answer_is_told_and_the_work_still_waits(module: list[Any], failure: Exception) -> None:
    with pytest.raises(Refused, match="Thiết bị ký số không trả lời nên chưa ký được"), TokenKeys().lend(7):
        raise failure
    assert module[-1] == "closed"


def test_a_mistake_of_ours_is_not_blamed_on_the_token(module: list[Any]) -> None:
    with pytest.raises(ZeroDivisionError), TokenKeys().lend(7):
        raise ZeroDivisionError
    assert module[-1] == "closed"
