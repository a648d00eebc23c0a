"""Agencies as people write them into a field, and as the desk shows them: old name, today's name, members of a group."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext as _

from motcua.directives.queries.resolving import resolve
from motcua.organisations import queries as organisations
from motcua.organisations.terms import Level

_BETWEEN: Final = re.compile(r"[;\n]+")
MOST: Final = 200


@dataclass(frozen=True)
class Party:
    """One printed name and what it means: `now` when the agency bears another name today, `members` of a group."""

    printed: str
    name: str
    now: str
    members: tuple[str, ...]
    sentence: str

    @property
    def known(self) -> bool:
        """Whether it means an agency of the register."""
        return bool(self.name or self.members)


def parties_of(found: Iterable[dict[str, Any]], day: date, today: date) -> list[Party]:
    """The resolved names of a proposal, as the desk shows them."""
    return [_party(one, day, today) for one in found]


def _party(one: dict[str, Any], day: date, today: date) -> Party:
    agencies: Sequence[int] = one["agencies"]
    printed, sentence = str(one["printed"]), str(one["sentence"])
    if one["group"] or len(agencies) > 1:
        return Party(printed, "", "", tuple(organisations.names_on(agencies, day, short=True).values()), sentence)
    if not agencies:
        return Party(printed, "", "", (), sentence)
    name = organisations.name_on(agencies[0], day)
    heirs = organisations.as_now(agencies, today)[agencies[0]]
    now = ", ".join(organisations.names_on(heirs, today).values())
    return Party(printed, name, "" if now == name else now or _("không còn cơ quan kế thừa"), (), sentence)


def as_text(found: Iterable[dict[str, Any]], day: date, *, suggest: bool = False) -> str:
    """The names of a proposal for the field in which a person changes them; heirs in place of an agency that has ended."""
    names: list[str] = []
    for one in found:
        if suggest and not one["agencies"] and one["suggested"]:
            names += organisations.names_on(one["suggested"], day).values()
            continue
        single = len(one["agencies"]) == 1 and not one["group"]
        names.append(organisations.name_on(one["agencies"][0], day) if single else str(one["printed"]))
    return "; ".join(names)


def names_of(agencies: Collection[int], day: date) -> str:
    """The same for agencies by their keys."""
    return "; ".join(organisations.names_on(agencies, day).values())


def agencies_in(text: str, *, root: int, days: Sequence[date]) -> tuple[tuple[int, ...], list[str]]:
    """The agencies that typed names mean, and a sentence for each that means none.

    Old names, short names, names without accents and groups are understood; a name is looked up on each of the days in turn.
    """
    found: list[int] = []
    unknown: list[str] = []
    for name in [one.strip(" .,") for one in _BETWEEN.split(text) if one.strip(" .,")][:MOST]:
        tries = [resolve(name, day=day, root=root) for day in days]
        good = next((one for one in tries if one.agencies), None)
        if good is not None:
            found += good.agencies
        else:
            unknown.append(tries[0].sentence or _("Không thấy “%(name)s” trong danh sách cơ quan.") % {"name": name})
    return tuple(dict.fromkeys(found)), unknown


def names_to_choose(root: int, day: date) -> list[str]:
    """What the browser offers while one types: the authorities of the province that stand today."""
    nodes = organisations.tree_on(day, root)
    return [node.version.name for node in nodes if node.version.level is not Level.UNIT and node.version.agency != root]


def units_of(agency: int, day: date) -> list[tuple[int, str]]:
    """Who may be given a part: the units and offices under an agency."""
    return [(one.agency, one.name) for one in organisations.children_on(agency, day)]
