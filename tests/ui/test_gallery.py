"""The gallery: public, whole, and without a barrier at both widths, in light and dark."""

import mimetypes
import shutil
from pathlib import Path
from urllib.parse import urlsplit

import django_htmx
import pytest
from django.test import Client

from motcua import ui
from motcua.ui import fonts, samples

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser")
STATIC = {"ui": Path(ui.__file__).parent / "static", "django_htmx": Path(django_htmx.__file__).parent / "static"}
QUIET = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip


@pytest.fixture
def gallery(client: Client) -> str:
    answer = client.get("/ui/")
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.django_db
def test_the_gallery_is_public_and_shows_a_name_of_sixty_letters(gallery: str) -> None:
    assert len(samples.LONG_NAME) >= 60
    assert samples.LONG_NAME in gallery
    assert gallery.count("<h1>") == 1


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["400", "403", "404", "500"])
def test_a_page_for_what_went_wrong_has_a_title_and_a_way_on(client: Client, name: str) -> None:
    from django.template.loader import render_to_string

    page = render_to_string(f"{name}.html")
    assert "<title>" in page
    assert 'href="/"' in page
    assert "tel:1022" in page


@pytest.mark.django_db
def test_an_unknown_address_is_told_as_a_person_would(client: Client) -> None:
    answer = client.get("/ui/khong-co-trang-nay/")
    assert answer.status_code == 404
    assert "Không thấy trang này" in answer.content.decode()


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.skipif(BROWSER is None, reason="no browser on this machine")
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390, 320])
def test_the_gallery_has_no_barrier_and_no_sideways_scroll(gallery: str, width: int, scheme: str) -> None:
    sync_api = pytest.importorskip("playwright.sync_api")
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    fonts.ensure()
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=BROWSER, args=list(QUIET))
        page = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme).new_page()
        mistakes: list[str] = []
        page.on("pageerror", lambda error: mistakes.append(str(error)))
        page.route("**/*", lambda route: _answer(route, gallery))
        page.goto("http://ui.test/ui/")
        page.evaluate("document.fonts.ready")
        violations = [one["id"] for one in axe.Axe().run(page).response["violations"]]
        wide = page.evaluate("document.documentElement.scrollWidth")
        browser.close()
    assert violations == []
    assert wide == width
    assert mistakes == []


def _answer(route: object, gallery: str) -> None:
    """Serve the page that was rendered and the static files beside the code; nothing else is asked for."""
    path = urlsplit(route.request.url).path  # type: ignore[attr-defined]
    if path == "/ui/":
        route.fulfill(body=gallery, content_type="text/html; charset=utf-8")  # type: ignore[attr-defined]
    elif path.startswith("/static/"):
        name = path.removeprefix("/static/")
        file = STATIC[name.split("/")[0]] / name
        route.fulfill(path=str(file), content_type=mimetypes.guess_type(file.name)[0] or "font/woff2")  # type: ignore[attr-defined]
    else:
        route.fulfill(body="<section class='panel'></section>", content_type="text/html")  # type: ignore[attr-defined]
