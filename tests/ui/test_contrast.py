"""Text and signs can be read on every ground they may stand on: WCAG 2.x ratios, computed from the tokens."""

import re
from pathlib import Path

import pytest

from motcua import ui

SHEET = (Path(ui.__file__).parent / "static/ui/motcua.css").read_text(encoding="utf-8")
TOKEN = re.compile(r"--([\w-]+):\s*(#[0-9a-fA-F]{3,6})")

TEXT = [
    *((ink, ground) for ink in ("ink", "ink-2", "ink-3") for ground in ("surface", "paper", "paper-2", "cham-mist")),
    *((ink, "cham-tint") for ink in ("ink", "ink-2", "ink-3")),
    *(("cham", ground) for ground in ("surface", "paper", "paper-2", "cham-mist", "cham-tint")),
    *(("cham-strong", ground) for ground in ("surface", "paper")),
    *((state, ground) for state in ("la", "nghe", "son", "nuoc", "khoi") for ground in ("surface", f"{state}-tint")),
    *(("ink", f"{state}-tint") for state in ("la", "nghe", "son", "nuoc", "khoi")),
    *(("cham", f"{state}-tint") for state in ("nuoc", "nghe", "la", "son")),
    ("son", "cham-tint"),
    ("on-cham", "cham"), ("on-cham", "cham-strong"), ("on-son", "son"), ("surface", "ink"),
    ("bar-text", "cham-deep"),
    ("ink", "heat-0"), ("ink", "heat-1"), ("ink", "heat-2"), ("ink", "heat-3"), ("heat-ink", "heat-4"),
]  # fmt: skip
SIGNS = [
    ("edge", "surface"), ("edge", "paper"), ("cham", "surface"), ("cham", "line"), ("son", "line"),
    ("bar-edge", "cham-deep"),
    ("la-mid", "surface"), ("nghe-mid", "surface"), ("son-mid", "surface"), ("nuoc-mid", "surface"),
    ("khoi-mid", "surface"),
    ("focus-line", "surface"), ("focus-line", "paper"), ("focus-glow", "cham-deep"),
]  # fmt: skip


def _tokens(dark: bool) -> dict[str, str]:
    start = SHEET.index("prefers-color-scheme: dark")
    end = SHEET.index("@media (pointer: coarse)", start)
    light = dict(TOKEN.findall(SHEET[:start]))
    return light | dict(TOKEN.findall(SHEET[start:end])) if dark else light


def _light(colour: str) -> float:
    digits = colour.lstrip("#")
    digits = "".join(digit * 2 for digit in digits) if len(digits) == 3 else digits
    parts = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _ratio(one: str, other: str) -> float:
    low, high = sorted((_light(one), _light(other)))
    return (high + 0.05) / (low + 0.05)


def test_the_ratio_is_the_known_one() -> None:
    assert _ratio("#000", "#ffffff") == pytest.approx(21)
    assert _ratio("#1f3c8a", "#ffffff") == pytest.approx(10.1, abs=0.1)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), TEXT)
def test_text_can_be_read(ink: str, ground: str, dark: bool) -> None:
    tokens = _tokens(dark)
    assert _ratio(tokens[ink], tokens[ground]) >= 4.5, f"{ink} {tokens[ink]} on {ground} {tokens[ground]}"


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize(("sign", "ground"), SIGNS)
def test_signs_can_be_seen(sign: str, ground: str, dark: bool) -> None:
    tokens = _tokens(dark)
    assert _ratio(tokens[sign], tokens[ground]) >= 3, f"{sign} {tokens[sign]} on {ground} {tokens[ground]}"


def test_every_colour_used_is_a_token() -> None:
    rules = SHEET[SHEET.index("@layer base {") : SHEET.index("@media print")]
    loose = {colour for colour in re.findall(r"#[0-9a-fA-F]{3,6}\b", rules) if colour.lower() != "#fff"}
    assert not loose, "white on the bar of the desk is the only colour written outside the tokens"


def test_every_token_used_is_defined() -> None:
    defined = set(re.findall(r"--([\w-]+)\s*:", SHEET))
    assert set(re.findall(r"var\(--([\w-]+)", SHEET)) <= defined
