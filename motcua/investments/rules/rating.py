"""Rates, ranks and the red list. Whole đồng in, exact decimals out: no float ever touches a rate."""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Final, TypeVar

from django.utils.translation import gettext as _

from motcua.investments.terms import BASIS_SHORT, Basis, Capital
from motcua.ui.words import decimal_words

Key = TypeVar("Key", bound=Hashable)
HUNDREDTH: Final = Decimal("0.01")


def rate(part: int, whole: int) -> Decimal | None:
    """Tỷ lệ giải ngân in percent: part / whole × 100, rounded half up to two places; None where nothing was planned."""
    if whole <= 0:
        return None
    hundredths = (20_000 * part + whole) // (2 * whole)
    return Decimal(hundredths).scaleb(-2)


@dataclass(frozen=True, slots=True)
class Position:
    """Where one project, agency, locality, source or the whole province stands at the end of a month.

    The capital of the year and the capital carried over have their own plans and their own payments.
    """

    projects: int = 0
    reported: int = 0
    estimated: int = 0
    prime_minister: int = 0
    council: int = 0
    disbursed: int = 0
    carried_prime_minister: int = 0
    carried_council: int = 0
    carried_disbursed: int = 0
    unpaid_volume: int = 0

    def plan(self, basis: Basis, capital: Capital = Capital.YEAR) -> int:
        """The denominator of that name."""
        if capital is Capital.CARRIED:
            return self.carried_prime_minister if basis is Basis.PRIME_MINISTER else self.carried_council
        return self.prime_minister if basis is Basis.PRIME_MINISTER else self.council

    def paid(self, capital: Capital = Capital.YEAR) -> int:
        """The numerator: lũy kế giải ngân of that capital."""
        return self.carried_disbursed if capital is Capital.CARRIED else self.disbursed

    def rate(self, basis: Basis, capital: Capital = Capital.YEAR) -> Decimal | None:
        """The rate on the denominator of that name."""
        return rate(self.paid(capital), self.plan(basis, capital))

    @property
    def rate_prime_minister(self) -> Decimal | None:
        """On the plan of the Prime Minister."""
        return self.rate(Basis.PRIME_MINISTER)

    @property
    def rate_council(self) -> Decimal | None:
        """On the plan of the province's council."""
        return self.rate(Basis.COUNCIL)

    @property
    def rate_carried(self) -> Decimal | None:
        """What was carried over: on the council's decision, which names it project by project."""
        return self.rate(Basis.COUNCIL, Capital.CARRIED)

    @property
    def left(self) -> int:
        """What is still to be paid of the council's plan of the year."""
        return max(self.council - self.disbursed, 0)

    @property
    def silent(self) -> int:
        """Projects without a figure of this month: their latest one before it is counted."""
        return self.projects - self.reported

    @property
    def mostly_told(self) -> bool:
        """Whether at least half of its projects have told this month."""
        return 2 * self.reported >= self.projects

    def __add__(self, other: "Position") -> "Position":
        return Position(
            **{one.name: getattr(self, one.name) + getattr(other, one.name) for one in fields(Position)},
        )


NOTHING: Final = Position()


def denominator(assigned: Mapping[str, int], allotted: Mapping[str, int]) -> int:
    """The province's own denominator: per source the total that was assigned to it, else what its projects were given.

    Capital that was assigned but not yet allotted to a project counts, or the rate would rise by doing nothing.
    """
    return sum(assigned.get(source, allotted.get(source, 0)) for source in {*assigned, *allotted})


def ranked(rates: Iterable[tuple[Key, Decimal | None]]) -> dict[Key, int | None]:
    """Rank by rate, the highest first; equal rates share a rank and the next is skipped; without a rate, no rank."""
    known = list(rates)
    order = sorted((value for _key, value in known if value is not None), reverse=True)
    place: dict[Decimal, int] = {}
    for number, value in enumerate(order, start=1):
        place.setdefault(value, number)
    return {key: None if value is None else place[value] for key, value in known}


@dataclass(frozen=True, slots=True)
class Line:
    """The thresholds of the red list as a decision draws them."""

    basis: Basis
    share_of_mean: Decimal | None
    floor: Decimal | None
    since: date
    decision: str


def bar_of(line: Line, mean: Decimal | None) -> Decimal | None:
    """The rate below which one is red: the higher of the floor and the share of the province's rate, to two places."""
    bars = [] if line.floor is None else [line.floor]
    if line.share_of_mean is not None and mean is not None:
        bars.append((line.share_of_mean * mean / 100).quantize(HUNDREDTH, ROUND_HALF_UP))
    return max(bars, default=None)


def below(position: Position, line: Line, mean: Decimal | None) -> bool:
    """Whether the position is red; where nothing was planned nobody is asked."""
    bar, own = bar_of(line, mean), position.rate(line.basis)
    return bar is not None and own is not None and own < bar


def red_reasons(position: Position, line: Line, mean: Decimal | None) -> list[str]:
    """Why it is on the red list, as sentences; empty when it is not."""
    own = position.rate(line.basis)
    if own is None or not below(position, line, mean):
        return []
    words = {"own": f"{decimal_words(own)}%", "basis": basis_words(line.basis)}
    found = []
    if line.floor is not None and own < line.floor:
        told = _("%(own)s %(basis)s, dưới mức sàn %(floor)s")
        found.append(told % {**words, "floor": f"{decimal_words(line.floor)}%"})
    share = bar_of(Line(line.basis, line.share_of_mean, None, line.since, line.decision), mean)
    if share is not None and own < share:
        told = _("%(own)s %(basis)s, dưới %(share)s của mức chung toàn tỉnh %(mean)s, tức dưới %(bar)s")
        found.append(
            told
            % {
                **words,
                "share": f"{decimal_words(line.share_of_mean or 0)}%",
                "mean": f"{decimal_words(mean or 0)}%",
                "bar": f"{decimal_words(share)}%",
            }
        )
    return found


def words_of(value: Decimal | None) -> str:
    """A rate in a sentence, without its sign: 62,41."""
    return "–" if value is None else decimal_words(value)


def basis_words(basis: Basis) -> str:
    """The denominator within a sentence: kế hoạch Thủ tướng giao."""
    words = str(BASIS_SHORT[basis])
    return words[:1].lower() + words[1:]
