"""What breaks off in the middle: the database, a sign-in. Nothing is half-written, nothing typed is lost."""

import html
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import OperationalError, connection, transaction
from django.urls import reverse

from motcua.base.models import Entry
from motcua.dossiers.models import Dossier
from tests import make
from tests.permissions.test_safety import CLERK, check_headers, sheet
from tests.permissions.world import World

pytestmark = pytest.mark.slow


def test_a_lost_database_is_said_and_nothing_is_half_written(world: World) -> None:
    """At whatever statement the connection breaks: the page of 503, no row."""
    url, typed = reverse("dossiers_desk:reception"), sheet(world)
    done = None
    for number in lost_at():
        before = Dossier.objects.count(), Entry.objects.count()
        with transaction.atomic():
            with connection.execute_wrapper(breaks_at(number)):
                answer = world.client(CLERK).post(url, typed)
            if answer.status_code == 302:
                done = number
            else:
                assert answer.status_code == 503, number
                assert "Trang đang tạm nghỉ" in answer.content.decode() and answer["Retry-After"]
                check_headers(answer)
                assert (Dossier.objects.count(), Entry.objects.count()) == before, number
            transaction.set_rollback(True)
        if done:
            break
    assert done and done > 15, "the reception runs more statements than that"


def lost_at() -> Iterator[int]:
    yield from range(1, 20)
    yield from range(20, 200, 5)


def breaks_at(number: int) -> Callable[..., Any]:
    """Every statement from this one on finds no server."""
    seen = 0

    def run(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        nonlocal seen
        if sql.startswith(("ROLLBACK", "SAVEPOINT", "RELEASE")):
            return execute(sql, params, many, context)
        seen += 1
        if seen >= number:
            raise OperationalError("server closed the connection unexpectedly")
        return execute(sql, params, many, context)

    return run


def test_a_session_of_an_expired_sign_in_ends(world: World) -> None:
    world.client(CLERK)
    session = world.browser.session
    session["seen_at"] = int((world.when - timedelta(hours=5)).timestamp())
    session.save()
    answer = world.client(CLERK).get(reverse("desk:inbox"))
    assert answer.status_code == 302 and "/dang-nhap/" in answer.url


def test_a_half_filled_sheet_comes_back_after_the_sign_in(world: World) -> None:
    typed = sheet(world, address="Thôn Giữ Lại", birth_on="31/02/1985")
    client, before = world.client(CLERK), Dossier.objects.count()
    session = world.browser.session
    session["seen_at"] = int((world.when - timedelta(hours=5)).timestamp())
    session.save()
    away = client.post(reverse("dossiers_desk:reception"), typed)
    assert away.status_code == 302 and reverse("people:kept") in away.url
    who_is_it = {"login": world.people[CLERK].username, "password": make.PASSWORD, "next": reverse("people:kept")}
    back = client.post(reverse("account_login"), who_is_it)
    assert back.status_code == 302, back.content.decode()[:300]
    page = html.unescape(client.get(reverse("people:kept")).content.decode())
    assert "Thôn Giữ Lại" in page and "31/02/1985" in page and reverse("dossiers_desk:reception") in page
    assert Dossier.objects.count() == before
