"""Where an application goes: the office by its new name, an old one, or a whole address."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from motcua.base.text import squeeze, unaccented
from motcua.organisations import queries as organisations

MOST_NAMED = 5


def place_name(office: str) -> str:
    """ "UBND xã Ba Tơ" as people say it: "Xã Ba Tơ"."""
    bare = office.removeprefix("UBND ").removeprefix("Ủy ban nhân dân ")
    return bare[:1].upper() + bare[1:]


def find_place(text: str, places: Sequence[tuple[int, str]], day: date) -> tuple[int | None, str]:
    """The office meant by the text, or the sentence that helps to say it better."""
    wanted = unaccented(squeeze(text))
    same = [number for number, name in places if unaccented(place_name(name)) == wanted]
    if len(same) == 1:
        return same[0], ""
    known = dict(places)
    found = organisations.find(text, day, limit=MOST_NAMED)
    heirs = list(dict.fromkeys(heir for one in found for heir in one.now if heir in known))
    if len(heirs) == 1:
        return heirs[0], ""
    if heirs:
        names = ", ".join(place_name(known[one]) for one in heirs[:MOST_NAMED])
        return None, _("Tên này nay có thể là: %(names)s. Ghi rõ một nơi.") % {"names": names}
    asked = {"text": squeeze(text)[:60]}
    return None, _("Không thấy “%(text)s” trong tỉnh. Ghi tên xã, phường mới hoặc cũ, ví dụ: xã Ba Tơ.") % asked
