"""Where a dossier may be handed in: the one-stops by the name of their commune, which people know, old names too."""

from collections import Counter
from datetime import datetime
from typing import Final, NamedTuple

from motcua.base.clock import day_of
from motcua.base.text import unaccented
from motcua.organisations import queries as organisations
from motcua.portal.figures import service_centres

MOST_TOLD: Final = 5
"""Names of the past looked at when no one-stop of today bears the words."""


class OneStop(NamedTuple):
    """One line: first what tells it from the others, then what or where it is."""

    name: str
    detail: str
    phone: str


def one_stops(asked: str, at: datetime) -> tuple[list[OneStop], list[str]]:
    """The one-stops in the order of the tree, narrowed to the words asked, and what became of a name of the past."""
    centres = service_centres(at)
    above = organisations.names_on({one.parent for one in centres if one.parent}, day_of(at), short=True)
    bearers = Counter(one.name for one in centres)
    lines = []
    for one in centres:
        office = above.get(one.parent or 0, "")
        shared = bearers[one.name] > 1  # ninety-six are called alike: the commune tells them apart
        row = OneStop(office if shared else one.name, one.address or (one.name if shared else office), one.phone)
        lines.append((one, unaccented(f"{one.name} {office} {one.address}"), row))
    words = unaccented(asked).split()
    if found := [row for _one, text, row in lines if all(word in text for word in words)]:
        return found, []
    old = organisations.find(asked, day_of(at), limit=MOST_TOLD)
    heirs = {number for one in old for number in one.now}
    rows = [row for one, _text, row in lines if heirs & {one.parent, one.agency}]
    return rows, [one.sentence for one in old if one.sentence] if rows else []
