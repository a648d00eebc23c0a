"""The gallery: public, whole, and without a barrier at every width, in light and dark."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.template.loader import render_to_string
from django.test import Client

from motcua.ui import samples
from tests.ui.browser import SITE, page_of


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
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390, 320])
def test_the_gallery_has_no_barrier_and_no_sideways_scroll(gallery: str, width: int, scheme: str) -> None:
    mistakes: list[str] = []
    with page_of({"/ui/": gallery}, viewport={"width": width, "height": 900}, color_scheme=scheme) as page:
        page.on("pageerror", lambda error: mistakes.append(str(error)))
        page.goto(f"{SITE}/ui/")
        page.evaluate("document.fonts.ready")
        violations = [one["id"] for one in Axe().run(page).response["violations"]]
        wide = page.evaluate("document.documentElement.scrollWidth")
    assert violations == []
    assert wide == width
    assert mistakes == []
