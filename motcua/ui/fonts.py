"""The letters of every page: cut once, at set-up, from the font package to what Vietnamese needs.

Be Vietnam Pro has no figures of one width, so its ten digits are cut into a small family of their own, "Motcua So",
each set in the middle of the same advance; it is used only where numbers stand under numbers.
Both are derived works under the SIL Open Font License 1.1; the notice is written beside them.
"""

import io
import sys
from pathlib import Path

import fontpkg_be_vietnam_pro
from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._g_l_y_f import GlyphComponent

SOURCE = Path(fontpkg_be_vietnam_pro.__file__).parent
TARGET = Path(__file__).parent / "static" / "ui" / "fonts"
WEIGHTS = {400: "BeVietnamPro-Regular.ttf", 600: "BeVietnamPro-SemiBold.ttf"}
FIGURE_ADVANCE = 652

LATIN = "".join(chr(code) for code in range(0x20, 0x7F))
VIETNAMESE = "ĂÂĐÊÔƠƯăâđêôơưÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝàáâãèéêìíòóôõùúýĨĩŨũ" + "".join(chr(code) for code in range(0x1EA0, 0x1EFA))
COMBINING = "\u0300\u0301\u0302\u0303\u0306\u0309\u031b\u0323"
SIGNS = "\u00a0·•×−–—…‘’“”«»°§©±≤≥→←↑↓₫½²³"
FIGURES = "0123456789"


def _options() -> subset.Options:
    """Woff2 without hinting; kerning and mark placement stay, stylistic alternates go."""
    options = subset.Options()
    options.flavor = "woff2"
    options.hinting = False
    options.desubroutinize = True
    options.layout_features = ["kern", "mark", "mkmk", "ccmp", "locl"]
    options.name_IDs = [0, 1, 2, 13, 14]
    options.notdef_outline = True
    return options


def letters(weight: int) -> bytes:
    """Be Vietnam Pro of one weight, cut to Vietnamese."""
    font = TTFont(SOURCE / "files" / WEIGHTS[weight], recalcTimestamp=False)
    return _cut(font, LATIN + VIETNAMESE + COMBINING + SIGNS)


def figures(weight: int) -> bytes:
    """The ten digits of one weight, each in the middle of the same advance."""
    font = TTFont(SOURCE / "files" / WEIGHTS[weight], recalcTimestamp=False)
    names = [font.getBestCmap()[ord(figure)] for figure in FIGURES]
    for name in names:
        _centre(font, name)
    for record in font["name"].names:
        if record.nameID in (1, 4, 16):
            record.string = "Motcua So"
    return _cut(font, FIGURES)


def _centre(font: TTFont, name: str) -> None:
    """Move a digit to the middle of the common advance."""
    _advance, bearing = font["hmtx"][name]
    glyph = font["glyf"][name]
    glyph.recalcBounds(font["glyf"])
    left = round((FIGURE_ADVANCE - (glyph.xMax - glyph.xMin)) / 2)
    shift = left - bearing
    if glyph.isComposite():
        for part in glyph.components:
            assert isinstance(part, GlyphComponent)
            part.x += shift
    else:
        glyph.coordinates.translate((shift, 0))
    glyph.recalcBounds(font["glyf"])
    font["hmtx"][name] = (FIGURE_ADVANCE, glyph.xMin)


def _cut(font: TTFont, text: str) -> bytes:
    """The font with these characters only, as woff2."""
    cutter = subset.Subsetter(_options())
    cutter.populate(text=text)
    cutter.subset(font)
    font.flavor = "woff2"
    buffer = io.BytesIO()
    font.save(buffer, reorderTables=False)
    return buffer.getvalue()


def missing() -> list[str]:
    """Names of font files that still have to be cut."""
    return [name for name in files() if not (TARGET / name).exists()]


def files() -> list[str]:
    """Every file this module makes."""
    return [f"{family}-{weight}.woff2" for family in ("be-vietnam-pro", "motcua-so") for weight in WEIGHTS]


def ensure() -> list[str]:
    """Cut what is missing and return its names; nothing happens when all is there."""
    wanted = missing()
    TARGET.mkdir(parents=True, exist_ok=True)
    for name in wanted:
        family, weight = name.removesuffix(".woff2").rsplit("-", 1)
        content = letters(int(weight)) if family == "be-vietnam-pro" else figures(int(weight))
        (TARGET / name).write_bytes(content)
    if not (TARGET / "OFL.txt").exists():
        (TARGET / "OFL.txt").write_text((SOURCE / "LICENSE").read_text(encoding="utf-8"), encoding="utf-8")
    return wanted


if __name__ == "__main__":
    made = ensure()
    sys.stdout.write(f"fonts: {', '.join(made) if made else 'all there'}\n")
