"""The annex as a sheet on a page: depth of each row, what stands under it, sums where the index only adds up."""

from collections.abc import Collection, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Final, NamedTuple

from motcua.indices.rules.definition import Criterion, Gathering, IndexSet
from motcua.indices.terms import Party, Stage, Together

JUDGED: Final = ("checked", "appraised", "decided")
_OPEN_TO_OWNERS: Final[Mapping[Stage, frozenset[str]]] = {
    Stage.OBJECTING: frozenset({"checked", "appraised"}),
    Stage.DECIDING: frozenset({"checked", "appraised"}),
    Stage.PUBLISHED: frozenset(JUDGED),
}


class Place(NamedTuple):
    """One row of the annex."""

    criterion: Criterion
    depth: int
    above: tuple[str, ...]
    """Codes of the areas it stands in, the index itself left out."""


def places(definition: IndexSet) -> Iterator[Place]:
    """Rows in the order of the annex; a criterion that counts in several parents stands once, under the first."""
    for each in definition.criteria:
        if each.code == definition.root or not each.is_scored:
            continue
        above: list[str] = []
        links = each.links
        while links and links[0].parent in definition.by_code and links[0].parent not in above:
            above.append(links[0].parent)
            links = definition.by_code[links[0].parent].links
        inner = tuple(code for code in reversed(above) if code != definition.root)
        yield Place(each, len(inner), inner)


def adds_up(definition: IndexSet) -> bool:
    """Whether the score is nothing but the sum of the points: then sums may be shown before every answer is there."""
    return all(
        len(each.links) <= 1
        and not each.is_compared
        and all(link.weight == 1 for link in each.links)
        and (not isinstance(each.rule, Gathering) or (each.rule.together is Together.SUM and each.rule.factor == 1))
        for each in definition.criteria
        if each.is_scored
    )


def sums(definition: IndexSet, points: Mapping[str, Decimal | None]) -> dict[str, Decimal | None]:
    """Points of every area from the points of its leaves; nothing where no leaf has any."""
    found: dict[str, Decimal | None] = dict(points)
    for node in definition.upwards:
        if node.is_leaf:
            continue
        there = [value for child, _w in definition.children[node.code] if (value := found.get(child.code)) is not None]
        found[node.code] = sum(there, Decimal(0)) if there else None
    return found


def judgements_shown(stage: Stage, parties: Collection[Party]) -> frozenset[str]:
    """Which judgements a person may read: whoever judges sees them at once, owners when they are sent to them."""
    if Party.ORGANISER in parties or Party.APPRAISER in parties:
        return frozenset(JUDGED)
    return _OPEN_TO_OWNERS.get(stage, frozenset())


def most_of(definition: IndexSet, code: str) -> Fraction | None:
    """The most points of a row."""
    return definition.by_code[code].most
