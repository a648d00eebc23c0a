"""A page of figures is drawn again as soon as anything happened, and for each person by itself."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from motcua.dashboards import unchanged
from motcua.dashboards.desk import views
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How often the home was really drawn."""
    unchanged.forget()
    times: list[int] = []
    draw = views._home

    def counted(*asked: object) -> str:
        times.append(1)
        return draw(*asked)

    monkeypatch.setattr(views, "_home", counted)
    return times


def test_the_home_is_drawn_anew_after_every_entry_and_only_then(drawn: list[int], monkeypatch) -> None:
    world = make.province()
    clock = timezone.now().replace(second=1)
    monkeypatch.setattr(timezone, "now", lambda: clock)
    make.submitted(world, when=clock - timedelta(minutes=5))
    leader, head = Client(), Client()
    leader.force_login(make.person_of(world.ba_to.leader))
    head.force_login(make.person_of(world.ba_to.unit_head))
    url = reverse("dashboards_desk:home")

    first, again = leader.get(url).content, leader.get(url).content
    assert len(drawn) == 1 and b"kpi" in first and b"kpi" in again
    head.get(url)
    assert len(drawn) == 2
    make.received(world, when=clock - timedelta(minutes=4))
    moved = leader.get(url).content
    assert len(drawn) == 3 and moved != first
    leader.get(url, {"ky": "2026"})
    assert len(drawn) == 4
