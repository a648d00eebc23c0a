"""The words of pages and their translations: what `make messages` does, and what the tests of the catalogues read.

Vietnamese is the language of the source. Each app keeps its own English in `locale/en/LC_MESSAGES/django.po`; a sentence
that several apps use is translated alike in each.
"""

import ast
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import polib
from django.conf import settings
from django.utils.translation.template import templatize

MOTCUA: Final = Path(__file__).resolve().parents[1]
SINGULAR: Final = frozenset({"_", "_t", "_lazy", "gettext", "gettext_lazy", "gettext_noop"})
PLURAL: Final = frozenset({"ngettext", "ngettext_lazy"})
IN_CONTEXT: Final = frozenset({"pgettext", "pgettext_lazy"})
_TEXT: Final = r"""u?(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')"""
_CALL: Final = re.compile(rf"\b(_|gettext|ngettext|pgettext)\(\s*({_TEXT})(?:\s*,\s*({_TEXT}))?", re.DOTALL)


Key = tuple[str, str]
"""The context that tells two meanings of one Vietnamese word apart ("" mostly), and the words."""


@dataclass
class Used:
    """One sentence of an app: its plural if it has one, and where it stands."""

    context: str
    text: str
    plural: str = ""
    places: list[str] = field(default_factory=list)


def apps() -> list[str]:
    """The parts that show words to people, in order."""
    return sorted(one.parent.name for one in MOTCUA.glob("*/__init__.py"))


def catalogue_of(app: str) -> Path:
    """Where the English of an app is kept."""
    return MOTCUA / app / "locale" / "en" / "LC_MESSAGES" / "django.po"


def used_in(app: str) -> dict[Key, Used]:
    """Every sentence of an app that is marked for translation."""
    found: dict[Key, Used] = {}
    for file in sorted((MOTCUA / app).rglob("*")):
        if file.suffix == ".py" and "migrations" not in file.parts:
            sentences = _of_python(file.read_text(encoding="utf-8"))
        elif file.suffix in (".html", ".txt") and "templates" in file.parts:
            sentences = _of_template(file.read_text(encoding="utf-8"))
        else:
            continue
        for context, text, plural in sentences:
            one = found.setdefault((context, text), Used(context, text))
            one.plural = one.plural or plural
            place = f"motcua/{file.relative_to(MOTCUA)}"
            if place not in one.places:
                one.places.append(place)
    return found


def _of_python(source: str) -> Iterator[tuple[str, str, str]]:
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        texts = [one.value for one in node.args[:2] if isinstance(one, ast.Constant) and isinstance(one.value, str)]
        if name in SINGULAR and texts:
            yield "", texts[0], ""
        elif name in PLURAL and len(texts) == 2:
            yield "", texts[0], texts[1]
        elif name in IN_CONTEXT and len(texts) == 2:
            yield texts[0], texts[1], ""


def _of_template(source: str) -> Iterator[tuple[str, str, str]]:
    """Django's own reading of a template; what it leaves is calls, the rest is blanked."""
    for name, *found in _CALL.findall(templatize(source)):
        first, second = (ast.literal_eval(one) if one else "" for one in found)
        if name == "pgettext":
            yield first, second, ""
        elif first:
            yield "", first, second if name == "ngettext" else ""


def bring_up_to_date(app: str) -> tuple[int, int]:
    """Put new sentences into the catalogue of an app, empty, and drop those no longer used: how many wait, how many went."""
    file, used = catalogue_of(app), used_in(app)
    own = _entries(file)
    known: dict[Key, polib.POEntry] = {}
    for each in [*MOTCUA.glob("*/locale/en/LC_MESSAGES/django.po"), file]:
        known |= {key: one for key, one in _entries(each).items() if one.translated()}
    if not used:
        return 0, 0
    catalogue = polib.POFile(wrapwidth=110)
    catalogue.header = f"English of motcua.{app}; `make messages` brings new sentences in, people translate them."
    catalogue.metadata = {
        "Project-Id-Version": "motcua",
        "Language": "en",
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": "nplurals=2; plural=(n != 1);",
    }
    for key in sorted(used, key=lambda one: (one[1], one[0])):
        catalogue.append(_entry(used[key], known.get(key)))
    file.parent.mkdir(parents=True, exist_ok=True)
    catalogue.save(str(file))
    return sum(not one.translated() for one in catalogue), len(set(own) - set(used))


def _entries(file: Path) -> dict[Key, polib.POEntry]:
    return {key_of(one): one for one in polib.pofile(str(file))} if file.exists() else {}


def key_of(entry: polib.POEntry) -> Key:
    """By what an entry of a catalogue is found."""
    return entry.msgctxt or "", entry.msgid


def _entry(one: Used, before: polib.POEntry | None) -> polib.POEntry:
    entry = polib.POEntry(
        msgctxt=one.context or None, msgid=one.text, occurrences=[(place, "") for place in one.places]
    )
    if "%(" in one.text:
        entry.flags.append("python-format")
    if one.plural:
        entry.msgid_plural = one.plural
        entry.msgstr_plural = dict(before.msgstr_plural) if before and before.msgstr_plural else {0: "", 1: ""}
    elif before is not None:
        entry.msgstr = before.msgstr
    if before is not None:
        entry.tcomment = before.tcomment
    return entry


def main() -> None:
    """Bring all catalogues up to date and name what waits for a translation."""
    settings.configure()
    for app in sys.argv[1:] or apps():
        waiting, gone = bring_up_to_date(app)
        if waiting or gone:
            print(f"{app}: {waiting} to translate, {gone} no longer used")


if __name__ == "__main__":
    main()
