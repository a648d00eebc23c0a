"""Vietnamese text: one spelling of each letter, search without accents, the order of a Vietnamese list."""

import re
import unicodedata
from typing import Final

ALPHABET: Final = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
TONES: Final = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}
_SPACES: Final = re.compile(r"\s+")
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


def nfc(text: str) -> str:
    """The composed form, without control and direction marks: what is stored and compared."""
    return unicodedata.normalize("NFC", _CONTROL.sub("", text))


def squeeze(text: str) -> str:
    """`nfc` on one line, with single spaces: names, codes, titles."""
    return _SPACES.sub(" ", nfc(text)).strip()


def whole_number(text: str) -> int | None:
    """A row's number as a browser sends it back: Western digits only, no longer than the database counts."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


def unaccented(text: str) -> str:
    """Lower case without marks, đ as d: what a search compares."""
    decomposed = unicodedata.normalize("NFD", nfc(text).lower().replace("đ", "d"))
    return _SPACES.sub(" ", "".join(one for one in decomposed if not unicodedata.combining(one))).strip()


def sort_key(text: str) -> bytes:
    """Bytes whose order is that of a Vietnamese list: letters first, then tones, then capitals (no ICU needed)."""
    letters, tones, capitals = bytearray(), bytearray(), bytearray()
    for character in unicodedata.normalize("NFC", text):
        tone, base = 0, ""
        for part in unicodedata.normalize("NFD", character.lower()):
            if part in TONES:
                tone = TONES[part]
            else:
                base += part
        base = unicodedata.normalize("NFC", base)
        if base and base in ALPHABET:
            weight = (20 + ALPHABET.index(base), tone + 1, 2 if character.isupper() else 1)
        elif base.isdigit() and base.isascii():
            weight = (8 + int(base), 1, 1)
        else:
            weight = (2 if base.isspace() else 3, 1, 1)
        letters.append(weight[0])
        tones.append(weight[1])
        capitals.append(weight[2])
    return bytes(letters) + b"\0" + bytes(tones) + b"\0" + bytes(capitals)
