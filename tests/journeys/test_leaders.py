"""The leader's morning: what needs them, a figure opened, an alert given as a task, thresholds, the wall; axe finds nothing."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page

from motcua.alerts import actions as alerts
from motcua.alerts.models import Alert
from motcua.base.clock import day_of
from motcua.directives.models import Task
from motcua.people.terms import Role
from tests import make
from tests.journeys.conftest import NARROW, WIDE
from tests.journeys.driving import no_sideways, press, sign_in

WALL = {"width": 1920, "height": 1080}


@pytest.mark.slow
def test_a_leaders_morning(world: make.Province, new_page: Any, accessible: Callable[[Page], None]) -> None:
    now = timezone.now()
    make.official("Trần Chủ Tịch", "chutich", world.root, Role.LEADER)
    late = make.signing(world, when=now - timedelta(days=60))
    make.signing(world, when=now - timedelta(minutes=9))
    alerts.set_threshold(
        world.root,
        "tre-han",
        watched=True,
        limit=Decimal(5),
        days=0,
        fewest=1,
        since=day_of(now),
        decision="CV 12/VP",
        by=world.controller,
        at=now,
    )
    alerts.look(at=now)

    page = new_page()

    def look(name: str = "", *args: Any, query: str = "", sizes: Any = (NARROW, WIDE)) -> None:
        """Open the page, or look at the one that stands there, in these widths."""
        if name:
            answer = page.goto(reverse(name, args=args) + query)
            assert answer is not None and answer.status == 200, (name, answer and answer.status)
        for size in sizes:
            page.set_viewport_size(size)
            no_sideways(page)
            accessible(page)

    sign_in(page, "chutich")
    look("dashboards_desk:home")
    assert (
        page.get_by_text("1 cảnh báo chưa ai xem", exact=True).is_visible()
        and page.get_by_text("1 hồ sơ đang trễ hẹn", exact=True).is_visible()
    )
    for name in ("leaders:compare", "leaders:seasons", "leaders:mine"):
        look(name)
    year = f"?ky={day_of(now).year}"
    look("dashboards_desk:home", query=f"{year}&bang=ty-le")
    look("dashboards_desk:set766", query=year)
    for lost in ("", "&thieu=1"):
        look("dashboards_desk:set766_rows", "ON_TIME", query=f"{year}{lost}")
        look("dashboards_desk:set766_rows", "PUBLIC_CONTENT_FULL", query=f"{year}{lost}")
    page.goto(reverse("dashboards_desk:home"))
    press(page, "Xem và quyết")
    look()
    press(page, "Giao việc")
    task = Task.objects.get()
    assert task.lead_id == world.ba_to.authority and Alert.objects.get().task_id == task.pk
    assert page.get_by_role("link", name=task.code).is_visible()
    look()
    press(page, task.code)
    assert "về không quá 5%" in page.locator("main").inner_text()

    page = new_page()
    sign_in(page, "lanhdao.bt")
    look("dashboards_desk:home")
    assert page.get_by_text("2 hồ sơ chờ tôi ký", exact=True).is_visible()
    page.goto(reverse("dashboards_desk:home"))
    page.get_by_role("link", name="1 hồ sơ đang trễ hẹn").click()
    assert page.get_by_role("link", name=late.code or "").is_visible()
    look("leaders:mine")

    page = new_page()
    sign_in(page, "kiemsoat")
    look("alerts:thresholds")
    look("alerts:threshold", "dung-han")
    page.fill("input[name=limit]", "abc")
    page.fill("input[name=decision]", "")
    press(page, "Đặt ngưỡng")
    assert page.title().startswith("Lỗi:")
    look()

    page = new_page()
    look("dashboards:set766", query=year)
    look("dashboards:set766_rows", "ON_TIME", query=year)
    look("dashboards:set766_rows", "PUBLIC_CONTENT_FULL", query=year)
    look("dashboards:tasks", query=year)
    look("wall:screen", sizes=(NARROW, WIDE, WALL))
    assert page.evaluate("document.documentElement.scrollHeight") <= WALL["height"]
    assert "Nguyễn Văn Mẫu" not in page.content() and (late.code or "") not in page.content()
    page.get_by_role("link", name="Dừng cập nhật").click()
    look()
