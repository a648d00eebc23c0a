"""Pages of figures as a browser shows them, on a phone and on a desk: axe finds nothing, nothing lies sideways."""

from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests import make
from tests.dashboards.test_late import extended
from tests.dashboards.test_pages import signed_in
from tests.dashboards.test_published import OCTOBER, publish
from tests.ui.browser import SITE, page_of

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def test_axe_finds_nothing_on_what_is_late_published_and_described(client: Client) -> None:
    cache.clear()
    world = make.province()
    make.processing(world, when=timezone.now() - timedelta(days=60))
    extended(world, make.processing(world, when=make.MONDAY))
    make.processing(world, when=timezone.now() - timedelta(minutes=5))
    make.received(world, when=make.at("2026-10-05 09:00"))
    publish(client, world)
    make.received(world, when=make.at("2026-10-30 09:00"))
    publish(client, world, title="Bổ sung hồ sơ nhập muộn", reason="Một hồ sơ nhập vào sau ngày chốt.")
    make.received(world, when=make.at("2026-10-29 09:00"))
    signed_in(client, world.controller)
    desk = {
        "/ban-cong-bo": reverse("dashboards_desk:published"),
        "/dinh-chinh": reverse("dashboards_desk:publish", args=[OCTOBER]),
        "/ho-so": reverse("dashboards_desk:rows", args=["open"]),
        "/cac-ngay": reverse("dashboards_desk:ahead"),
    }
    public = {
        "/dang-tre": reverse("dashboards:late"),
        "/den-han": reverse("dashboards:ahead"),
        "/thoi-gian": reverse("dashboards:procedure_rows", args=[make.BUSINESS]),
        "/xin-loi": f"{reverse('dashboards:apologies')}?ky=2026-11",
        "/dong": reverse("dashboards:rows", args=["handled_in_time_share"]),
        "/da-cong-bo": reverse("dashboards:published"),
        "/ky": reverse("dashboards:published_period", args=[OCTOBER]),
        "/du-lieu": reverse("dashboards:open_data"),
        "/man-hinh-bang": f"{reverse('wall:screen')}?bang=1&dung=1",
        "/thieu": f"{reverse('dashboards:set766_rows', args=['PUBLIC_CONTENT_FULL'])}?thieu=1",
        "/api": reverse("api:docs"),
    }
    pages = {name: client.get(url).content.decode() for name, url in desk.items()}
    pages |= {name: Client().get(url).content.decode() for name, url in public.items()}
    assert all("<h1" in body for body in pages.values())
    found = []
    for width in (360, 1280):
        with page_of(pages, viewport={"width": width, "height": 900}) as page:
            for name in pages:
                page.goto(f"{SITE}{name}")
                found += [(name, width, one["id"]) for one in Axe().run(page).response["violations"]]
                wide = page.evaluate("document.documentElement.scrollWidth")
                found += [(name, width, f"{wide} px")] if wide > width else []
    assert not found
