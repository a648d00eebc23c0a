"""Where an application goes: the office by its new name, an old one, or a whole address."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from django.utils.translation import gettext as _

from motcua.base.text import nfc, squeeze, unaccented
from motcua.organisations import queries as organisations

MOST_NAMED = 5
_KIND: Final = re.compile(r"^(xã|phường|đặc khu|sở) ", re.IGNORECASE)
_GAPS: Final = re.compile(r"[\s,;]+")


def place_name(office: str) -> str:
    """ "UBND xã Ba Tơ" as people say it: "Xã Ba Tơ"."""
    bare = office.removeprefix("UBND ").removeprefix("Ủy ban nhân dân ")
    return bare[:1].upper() + bare[1:]


def only_place(text: str, known: Mapping[int, str], *, within: bool = False) -> int | None:
    """The one place of this very name: marks tell Ba Tơ from Ba Tô; without marks only where no two names look alike.

    `within` a longer text, an address, the name is looked for as whole words, and the longer name is meant: Sơn Tây Hạ.
    """
    for read in (_with_marks, unaccented):
        wanted = f" {_GAPS.sub(' ', read(squeeze(text))).strip()} "
        for shape in (str, _bare):
            names = {one: f" {read(shape(name))} " for one, name in known.items()}
            same = [one for one, name in names.items() if name == wanted or (within and name in wanted)]
            same = [
                one
                for one in same
                if not any(names[one] in names[other] for other in same if names[other] != names[one])
            ]
            if len(same) == 1:
                return same[0]
    return None


def _with_marks(text: str) -> str:
    return nfc(text).lower()


def _bare(name: str) -> str:
    """ "Xã Ba Tơ" without what kind of place it is."""
    return _KIND.sub("", name)


def find_place(text: str, places: Sequence[tuple[int, str]], day: date) -> tuple[int | None, str]:
    """The office meant by the text, or the sentence that helps to say it better."""
    known = {number: place_name(name) for number, name in places}
    if (same := only_place(text, known)) is not None:
        return same, ""
    found = organisations.find(text, day, limit=MOST_NAMED)
    heirs = list(dict.fromkeys(heir for one in found for heir in one.now if heir in known))
    if len(heirs) == 1:
        return heirs[0], ""
    if (meant := only_place(text, {one: known[one] for one in heirs}, within=True)) is not None:
        return meant, ""
    if heirs:
        names = ", ".join(known[one] for one in heirs[:MOST_NAMED])
        return None, _("Tên này nay có thể là: %(names)s. Ghi tên một nơi, đủ dấu.") % {"names": names}
    asked = {"text": squeeze(text)[:60]}
    return None, _("Không thấy “%(text)s” trong tỉnh. Ghi tên xã, phường mới hoặc cũ, ví dụ: xã Ba Tơ.") % asked
