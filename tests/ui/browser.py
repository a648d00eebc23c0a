"""A real browser before pages that were rendered beforehand: no server, no network."""

import mimetypes
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import django_htmx
import pytest
from playwright.sync_api import sync_playwright

from motcua import ui
from motcua.ui import fonts
from tests import chromium

STATIC = {"ui": Path(ui.__file__).parent / "static", "django_htmx": Path(django_htmx.__file__).parent / "static"}
SITE = "http://ui.test"


@contextmanager
def page_of(pages: Mapping[str, str], **context: Any) -> Iterator[Any]:
    """A page of a browser that finds these pages and our static files; everything else answers with an empty part."""
    if why := chromium.why_skipped():
        pytest.skip(why)
    fonts.ensure()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.CHROMIUM, args=chromium.QUIET)
        page = browser.new_context(**context).new_page()
        page.route("**/*", lambda route: _answer(route, pages))
        yield page
        browser.close()


def _answer(route: Any, pages: Mapping[str, str]) -> None:
    path = urlsplit(route.request.url).path
    if path in pages:
        route.fulfill(body=pages[path], content_type="text/html; charset=utf-8")
    elif path.startswith("/static/"):
        name = path.removeprefix("/static/")
        file = STATIC[name.split("/")[0]] / name
        route.fulfill(path=str(file), content_type=mimetypes.guess_type(file.name)[0] or "font/woff2")
    else:
        route.fulfill(body="<section class='panel'>phần</section>", content_type="text/html; charset=utf-8")
