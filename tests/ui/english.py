"""What the tests of English share: the catalogues, and what a page says."""

import re
from functools import cache
from html.parser import HTMLParser

import polib

from motcua.config.messages import Key, catalogue_of, key_of

TRANSLATED = (
    "alerts", "api", "base", "config", "dashboards", "desk", "directives", "documents", "dossiers",
    "indices", "investments", "measures", "notifications", "organisations", "people", "portal", "procedures", "ui", "workdays",
)  # fmt: skip
VIETNAMESE = re.compile("[ăâđêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ]", re.IGNORECASE)
# Names and examples that an English sentence keeps as they are.
KEPT = (
    "Sở Tài chính; các xã, phường, đặc khu",
    "Một Cửa", "Tết", "Tỉnh Quảng Ngãi", "NĐ-CP", "QĐ-UBND", "TB-BNV", "Thông báo", "Nghỉ lễ Quốc khánh", "Ba Tơ", "xã",
    "phường Quang Trung", "khai sinh, xây nhà", "mở quán", "khai sinh", "Tiếng Việt",
    # the headings of an annex and of a score sheet, which are read in Vietnamese
    "STT, Lĩnh vực/Tiêu chí/Tiêu chí thành phần, Điểm tối đa", "STT, Tiêu chí, Điểm tối đa", "“Bộ chỉ số”", "“còn lại”",
    "Giá trị, Tử số, Mẫu số, Giải trình", "Lý do thay đổi điểm", "“Lần sửa”", "(Mã)", "(Đơn vị)", "(Điểm)", "(Hạng)",
)  # fmt: skip
PLACE = re.compile(r"%\(\w+\)[sd]|%[sd]|%%|<[^>]+>")


def entries(app: str) -> dict[Key, polib.POEntry]:
    return {key_of(one): one for one in polib.pofile(str(catalogue_of(app)))}


def said(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


class Shown(HTMLParser):
    """What a page says: text and labels, without the parts marked as Vietnamese."""

    SILENT = ("script", "style")
    SAYS = ("aria-label", "placeholder", "title", "alt", "data-busy")
    VOID = ("meta", "link", "input", "br", "img", "hr", "path", "rect", "circle", "use", "line")

    def __init__(self, html: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.language = ""
        self._open: list[bool] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if tag == "html":
            self.language = found.get("lang") or ""
        quiet = any(self._open) or tag in self.SILENT or (tag != "html" and found.get("lang") == "vi")
        if not quiet:
            self.texts += [value for name, value in attrs if name in self.SAYS and value]
        if tag not in self.VOID:
            self._open.append(quiet)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if not any(self._open):
            self.texts += [value for name, value in attrs if name in self.SAYS and value]

    def handle_endtag(self, tag: str) -> None:
        if tag not in self.VOID and self._open:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        if data.strip() and not any(self._open):
            self.texts.append(" ".join(data.split()))


def leaks(html: str) -> list[str]:
    """Vietnamese on an English page, besides names."""
    found = []
    for text in Shown(html).texts:
        rest = text
        for name in KEPT:
            rest = rest.replace(name, "")
        if VIETNAMESE.search(rest):
            found.append(text)
    return found


@cache
def ours() -> frozenset[str]:
    """Every Vietnamese sentence of ours that has no place to fill."""
    return frozenset(
        " ".join(text.split())
        for app in TRANSLATED
        for (_context, text), entry in entries(app).items()
        if not PLACE.search(text) and said(entry)[0] != text
    )


def untranslated(html: str) -> list[str]:
    """Sentences of ours that stand on an English page in Vietnamese, on pages that are full of names and papers."""
    return [text for text in Shown(html).texts if text in ours()]
