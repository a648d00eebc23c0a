"""A real browser before a live server. Sync Playwright runs an event loop in the thread that also asks the database."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.db import connections
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright

from motcua.documents.signing import software
from motcua.procedures.queries import forget_offers
from tests import chromium, make

NARROW, WIDE = {"width": 360, "height": 740}, {"width": 1280, "height": 900}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test of this folder is a journey; without a browser it is skipped here and fails in CI."""
    why_skipped = chromium.why_skipped()
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.journey)
            item.add_marker(pytest.mark.django_db(transaction=True))
            item.add_marker(pytest.mark.xdist_group("browser"))
            if why_skipped:
                item.add_marker(pytest.mark.skip(reason=why_skipped))


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A browser for the journeys of one file. Its event loop gives this thread other database connections than before:
    the ones before are closed first, for the database they know is made anew after each journey; and no test of another
    kind may run while the loop does.
    """
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    connections.close_all()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.CHROMIUM, args=chromium.QUIET)
        yield browser
        browser.close()
    connections.close_all()


@pytest.fixture
def site(live_server) -> str:
    """The address of a running Một Cửa; by name, because a passkey needs one."""
    return live_server.url.replace("127.0.0.1", "localhost")


@pytest.fixture
def world(db: None, settings: Any, tmp_path: Path) -> make.Province:
    """The small province, whose leader at Ba Tơ signs with a trial certificate."""
    settings.KEYS_ROOT = tmp_path / "keys"
    forget_offers()
    made = make.province()
    leader = made.ba_to.leader
    software.create_authority(at=timezone.now())
    software.enrol(leader.id or 0, leader.name, "Ủy ban nhân dân xã Ba Tơ", at=timezone.now())
    return made


@pytest.fixture
def new_page(browser: Browser, site: str) -> Iterator:
    """Open a page as a person of their own: `new_page()`, `new_page(narrow=True)`, `new_page(scripts=False)`."""
    contexts: list[BrowserContext] = []

    def open_page(*, narrow: bool = False, scripts: bool = True) -> Page:
        context = browser.new_context(
            base_url=site,
            viewport=NARROW if narrow else WIDE,
            java_script_enabled=scripts,
            locale="vi-VN",
            timezone_id="Asia/Ho_Chi_Minh",
        )
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = context.new_page()
        page.problems = []  # type: ignore[attr-defined]
        page.on("pageerror", lambda error: page.problems.append(str(error)))
        page.on("console", lambda told: page.problems.append(told.text) if is_problem(told) else None)
        return page

    yield open_page
    for context in contexts:
        context.close()


def is_problem(told: ConsoleMessage) -> bool:
    """An error in the browser's console; 422 is only how a page says that something was filled in wrong."""
    return told.type == "error" and "status of 422" not in told.text


@pytest.fixture
def page(new_page) -> Page:
    return new_page()


@pytest.fixture
def accessible():
    """`accessible(page)`: axe finds nothing on it."""

    def check(page: Page) -> None:
        found = Axe().run(page).response["violations"]
        told = [f"{each['id']}: {each['help']} ({node['html'][:120]})" for each in found for node in each["nodes"]]
        assert not told, "\n".join(told)

    return check
