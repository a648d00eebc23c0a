"""What somebody means who types into the one box, or holds a card or a slip before the scanner."""

import re
from datetime import datetime
from typing import Final

from motcua.base.actors import Actor
from motcua.base.clock import day_of
from motcua.base.text import squeeze
from motcua.dossiers.queries.offices import code_of
from motcua.people.rules import card_from_qr, is_phone, normal_phone

_TAIL: Final = re.compile(r"\d{6}[-. ]\d{4}")
"""Day and number of a code: what people read aloud, and what one's own office is left out of."""

_FROM_ABROAD: Final = re.compile(r"\+?84\d{9}")


def meant(text: str, *, by: Actor, at: datetime) -> str:
    """The words to search for: of a card its number, a telephone with the country's code as it is kept, a short code in full."""
    plain = squeeze(text)
    if (card := card_from_qr(plain)) is not None:
        return card.identity_number
    if (abroad := plain.replace(" ", "")) and _FROM_ABROAD.fullmatch(abroad) and is_phone(f"+{abroad.lstrip('+')}"):
        return normal_phone(f"+{abroad.lstrip('+')}")
    if by.agency is not None and _TAIL.fullmatch(plain) and (own := code_of(by.agency, day_of(at))):
        return f"{own}-{plain[:6]}-{plain[-4:]}"
    return text
