"""The figures of the loaded year stand before the first page asks for them."""

from datetime import datetime
from types import SimpleNamespace
from typing import Any

import pytest

from motcua.base.clock import VIET_NAM
from motcua.demo import load as loading
from motcua.measures.queries.recount import entries_checked
from tests import make


@pytest.mark.django_db(transaction=True)
def test_what_is_loaded_is_folded_once_it_is_committed(monkeypatch: pytest.MonkeyPatch) -> None:
    def one_dossier(*_how: Any) -> tuple[int, SimpleNamespace]:
        make.received(make.province())
        assert entries_checked()[0] == 0
        return 1, SimpleNamespace(lay_figures=lambda: None)

    monkeypatch.setattr(loading, "_load", one_dossier)
    # Tests beside this one, in databases of their own on the same server, hold transactions open for long.
    monkeypatch.setattr("motcua.measures.actions.folding.BOUND", "true")
    for part in (loading.alerts, loading.publications):  # they need the whole cast
        monkeypatch.setattr(part, "load", lambda now: 0)
    told: list[str] = []
    loaded = loading.load(now=datetime(2026, 11, 19, 9, 30, tzinfo=VIET_NAM), say=told.append)
    folded, written = entries_checked()
    assert loaded.dossiers == 1 and told
    assert folded == written > 1
