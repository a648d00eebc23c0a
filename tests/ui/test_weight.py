"""A first visit costs at most 100 KB on the line, letters included, at either door."""

import gzip
from pathlib import Path

import django_htmx
import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory
from fontTools.ttLib import TTFont

from motcua import ui
from motcua.ui import fonts, samples

STATIC = Path(ui.__file__).parent / "static/ui"
HTMX = Path(django_htmx.__file__).parent / "static/django_htmx/htmx-2.min.js"
BUDGET = 100 * 1024


@pytest.fixture(scope="module", autouse=True)
def cut() -> None:
    fonts.ensure()


def _packed(*paths: Path) -> int:
    return sum(len(gzip.compress(path.read_bytes(), 9)) for path in paths)


def _letters() -> int:
    return sum((fonts.TARGET / name).stat().st_size for name in fonts.files())


def test_a_public_page_is_light() -> None:
    page = len(gzip.compress(render_to_string("404.html", request=RequestFactory().get("/")).encode(), 9))
    assert page + _packed(STATIC / "motcua.css", STATIC / "desk.js", STATIC / "mark.svg") + _letters() < 60 * 1024


def test_a_desk_page_is_light_even_with_every_component_on_it() -> None:
    request = RequestFactory().get("/ui/")
    page = len(gzip.compress(render_to_string("ui/gallery.html", samples.everything(), request).encode(), 9))
    assert page + _packed(STATIC / "motcua.css", STATIC / "desk.js", STATIC / "mark.svg", HTMX) + _letters() < BUDGET


@pytest.mark.parametrize("weight", [400, 600])
def test_the_letters_are_all_of_vietnamese(weight: int) -> None:
    known = TTFont(fonts.TARGET / f"be-vietnam-pro-{weight}.woff2").getBestCmap()
    sentence = f"Ễ Ặ Ữ ỵ đ Đ ơ Ơ ư Ư ĩ Ĩ ũ Ũ {samples.LONG_NAME} 0123456789 – “” … · • −"
    assert {letter for letter in sentence if ord(letter) not in known} == set()


@pytest.mark.parametrize("weight", [400, 600])
def test_figures_under_figures_are_of_one_width(weight: int) -> None:
    font = TTFont(fonts.TARGET / f"motcua-so-{weight}.woff2")
    widths = {font["hmtx"][font.getBestCmap()[ord(figure)]][0] for figure in "0123456789"}
    assert widths == {fonts.FIGURE_ADVANCE}
    assert font["name"].getDebugName(1) == "Motcua So"


def test_the_licence_stands_beside_the_letters() -> None:
    assert "SIL OPEN FONT LICENSE" in (fonts.TARGET / "OFL.txt").read_text(encoding="utf-8").upper()
