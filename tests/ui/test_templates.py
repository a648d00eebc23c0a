"""Every template of the house keeps the content policy: nothing inline; and speaks through the components."""

import re
from pathlib import Path

import pytest

import motcua

HOUSE = Path(motcua.__file__).parent
TEMPLATES = sorted(HOUSE.glob("**/templates/**/*.html"))

FORBIDDEN = {
    "a style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "a style block": re.compile(r"<style\b", re.IGNORECASE),
    "an inline script": re.compile(r"<script(?![^>]*\ssrc=)(?![^>]*\stype=\"application/json\")[^>]*>", re.IGNORECASE),
    "an inline handler": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "a javascript: link": re.compile(r"javascript:", re.IGNORECASE),
    "hx-on or evaluated values": re.compile(r"\shx-on[:-]|hx-vals=['\"]js:|hx-vars", re.IGNORECASE),
}


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.relative_to(HOUSE)))
def test_nothing_is_inline(template: Path) -> None:
    text = re.sub(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}", "", template.read_text(encoding="utf-8"), flags=re.DOTALL)
    found = [what for what, pattern in FORBIDDEN.items() if pattern.search(text)]
    assert not found, f"{template.relative_to(HOUSE)} has {', '.join(found)}"


def test_there_are_templates_to_look_at() -> None:
    assert len(TEMPLATES) >= 40


def test_scripts_write_no_styles() -> None:
    script = (HOUSE / "ui/static/ui/desk.js").read_text(encoding="utf-8")
    assert not re.search(r"\.style\b|setAttribute\(\"style\"|\beval\(|new Function", script)
