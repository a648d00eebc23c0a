"""Ranks. Equal scores share a rank; whether the rounded or the unrounded score decides is said by the definition."""

from collections.abc import Sequence
from fractions import Fraction

from motcua.indices.rules.definition import Ranking
from motcua.indices.rules.kinds import Points
from motcua.indices.rules.numbers import half_up
from motcua.indices.terms import Tie


def ranks(scores: Sequence[Points], how: Ranking) -> list[Fraction | None]:
    """The rank of each score in its place; no score, no rank."""
    compared = [None if each is None or how.digits is None else half_up(each, how.digits) for each in scores]
    values = list(scores) if how.digits is None else compared
    there = sorted((each for each in values if each is not None), reverse=how.high_first)
    first: dict[Fraction, int] = {}
    count: dict[Fraction, int] = {}
    for place, each in enumerate(there, start=1):
        first.setdefault(each, place)
        count[each] = count.get(each, 0) + 1
    match how.ties:
        case Tie.COMPETITION:
            by_value = {each: Fraction(place) for each, place in first.items()}
        case Tie.DENSE:
            by_value = {each: Fraction(place) for place, each in enumerate(first, start=1)}
        case Tie.AVERAGE:
            by_value = {each: place + Fraction(count[each] - 1, 2) for each, place in first.items()}
    return [None if each is None else by_value[each] for each in values]
