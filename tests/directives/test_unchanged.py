"""Boards and lists are drawn again as soon as anything happened, for each person by itself, and only then."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from motcua.base import dispatch
from motcua.directives.desk import board, tasks, unchanged
from motcua.people.models import Person
from tests.directives import make_tasks as make

pytestmark = pytest.mark.django_db
PAGES = ("/ban-lam-viec/nhiem-vu/", "/ban-lam-viec/nhiem-vu/bang/", "/ban-lam-viec/nhiem-vu/bang/danh-sach/?cot=giao")


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was really drawn, one after the other."""
    unchanged.forget()
    found: list[str] = []
    for module, name in ((tasks, "_tasks"), (board, "_board"), (board, "_list")):
        monkeypatch.setattr(module, name, counting(getattr(module, name), name, found))
    return found


def counting(draw: Callable[..., object], name: str, found: list[str]) -> Callable[..., object]:
    def counted(*asked: object) -> object:
        found.append(name)
        return draw(*asked)

    return counted


def answered() -> None:
    """A worker has answered all entries so far."""
    with connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO journal_cursor (name, xact, entry) SELECT %s, xact::text::bigint, id FROM journal_entry ORDER BY xact DESC, id DESC LIMIT 1
               ON CONFLICT (name) DO UPDATE SET xact = excluded.xact, entry = excluded.entry""",
            [dispatch.READER],
        )


def test_a_page_is_drawn_anew_after_every_entry_and_only_then(drawn: list[str], monkeypatch) -> None:
    world, clock = make.world(), make.DAY + timedelta(days=3)
    monkeypatch.setattr(timezone, "now", lambda: clock)
    make.given(world)
    answered()
    chairman, head = Client(), Client()
    chairman.force_login(Person.objects.get(pk=world.chairman.id))
    head.force_login(Person.objects.get(pk=world.finance.leader.id))

    first = [chairman.get(page).content for page in PAGES]
    assert drawn == ["_tasks", "_board", "_list"]
    assert all(b"R" in one for one in first)
    [chairman.get(page) for page in PAGES]
    assert len(drawn) == 3
    [head.get(page) for page in PAGES]
    assert len(drawn) == 6
    make.given(world, title="Việc vừa giao thêm", when=clock)
    again = [chairman.get(page).content.decode() for page in PAGES]
    assert len(drawn) == 9
    assert "Việc vừa giao thêm" in again[2]
    answered()
    [chairman.get(page) for page in PAGES]
    assert len(drawn) == 12  # the worker's step is no news, and costs one drawing
    chairman.get(PAGES[1] + "?theo=linh-vuc")
    assert len(drawn) == 13


def test_without_a_worker_nothing_is_kept(drawn: list[str]) -> None:
    world = make.world()
    chairman = Client()
    chairman.force_login(Person.objects.get(pk=world.chairman.id))
    chairman.get(PAGES[1])
    chairman.get(PAGES[1])
    assert drawn == ["_board", "_board"]
