"""How one criterion gets its points: the rule types found in published annexes, each exact over fractions."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar, TypeAlias

from motcua.indices.terms import Empty, Goalposts, Kind

Value: TypeAlias = Fraction | str | None
Points: TypeAlias = Fraction | None


@dataclass(frozen=True, slots=True)
class Frame:
    """What a rule must know of its criterion: the most and the least it may give, and which way is good."""

    most: Fraction
    least: Fraction
    direction: int


@dataclass(frozen=True, slots=True)
class Given:
    """The points themselves: published, judged by hand, or self-scored."""

    kind: ClassVar[Kind] = Kind.GIVEN

    def points(self, values: Sequence[Value], frame: Frame) -> list[Points]:
        """Each value as it stands."""
        return [_number(value) for value in values]


@dataclass(frozen=True, slots=True)
class Option:
    """One answer of an option list and its points."""

    name: str
    points: Fraction


@dataclass(frozen=True, slots=True)
class Options:
    """Kịp thời 1 / không kịp thời 0,5 / không ban hành 0."""

    options: tuple[Option, ...]
    kind: ClassVar[Kind] = Kind.OPTIONS

    def points(self, values: Sequence[Value], frame: Frame) -> list[Points]:
        """The points of the option that was named."""
        by_name = {option_key(option.name): option.points for option in self.options}
        return [None if value is None else by_name[option_key(str(value))] for value in values]


@dataclass(frozen=True, slots=True)
class Tier:
    """From this bound on (the bound itself included or not) so many points."""

    bound: Fraction
    inclusive: bool
    points: Fraction

    def holds(self, value: Fraction) -> bool:
        """Whether the value reaches this tier."""
        return value >= self.bound if self.inclusive else value > self.bound


@dataclass(frozen=True, slots=True)
class Tiers:
    """Trên 90 %: 2; từ 70 % đến 90 %: 1; còn lại 0. Which side includes the bound is always said."""

    tiers: tuple[Tier, ...]
    otherwise: Fraction = Fraction(0)
    kind: ClassVar[Kind] = Kind.TIERS

    def points(self, values: Sequence[Value], frame: Frame) -> list[Points]:
        """The points of the first tier reached, highest first."""
        return [None if value is None else self.of(_sure(value)) for value in values]

    def of(self, value: Fraction) -> Fraction:
        """The points of one value."""
        return next((tier.points for tier in self.tiers if tier.holds(value)), self.otherwise)


@dataclass(frozen=True, slots=True)
class Ratio:
    """a/b × điểm tối đa, đủ điểm từ một ngưỡng, có thể có sàn: `min(max, max · ratio / full_at)`."""

    full_at: Fraction = Fraction(1)
    floor: Fraction | None = None
    empty: Empty = Empty.NONE
    percent: bool = False
    kind: ClassVar[Kind] = Kind.RATIO

    def points(self, values: Sequence[Value], frame: Frame) -> list[Points]:
        """From shares in percent (a pair of columns goes through `of_pairs`)."""
        return [None if value is None else self.of(_sure(value) / 100, frame) for value in values]

    def of_pairs(self, above: Sequence[Value], below: Sequence[Value], frame: Frame) -> list[Points]:
        """From numerators and denominators; a denominator of zero gives what the rule says, never silently 0."""
        found: list[Points] = []
        for n, d in zip(above, below, strict=True):
            if n is None or d is None:
                found.append(None)
            elif d == 0:
                found.append({Empty.NONE: None, Empty.ZERO: Fraction(0), Empty.FULL: frame.most}[self.empty])
            else:
                found.append(self.of(_sure(n) / _sure(d), frame))
        return found

    def of(self, ratio: Fraction, frame: Frame) -> Fraction:
        """The points of one ratio."""
        if frame.direction < 0:
            ratio = 1 - ratio
        if self.floor is not None and ratio < self.floor:
            return Fraction(0)
        return max(frame.least, min(frame.most, frame.most * ratio / self.full_at))


@dataclass(frozen=True, slots=True)
class Relative:
    """Own value over the best unit's, times the most points; reversed: the smallest is best."""

    kind: ClassVar[Kind] = Kind.RELATIVE

    def points(self, values: Sequence[Value], frame: Frame) -> list[Points]:
        """Each value beside the best of all units given."""
        numbers = [_number(value) for value in values]
        there = [each for each in numbers if each is not None]
        best = (max(there) if frame.direction > 0 else min(there)) if there else Fraction(0)
        return [None if each is None else _share_of_best(each, best, frame) for each in numbers]


@dataclass(frozen=True, slots=True)
class Counted:
    """Mỗi trường hợp được một số điểm, cộng đến điểm tối đa."""

    each: Fraction = Fraction(1)
    kind: ClassVar[Kind] = Kind.COUNTED

    def points(self, values: Sequence[Value], frame: Frame) -> list[Points]:
        """So many points for each case, never more than the most."""
        return [None if v is None else min(frame.most, self.each * _sure(v)) for v in values]


@dataclass(frozen=True, slots=True)
class Deduction:
    """Từ điểm tối đa trừ dần cho mỗi trường hợp, không quá mức trừ tối đa."""

    each: Fraction
    most: Fraction | None = None
    kind: ClassVar[Kind] = Kind.DEDUCTION

    def points(self, values: Sequence[Value], frame: Frame) -> list[Points]:
        """The most points less the deduction, never below the least."""
        found: list[Points] = []
        for value in values:
            if value is None:
                found.append(None)
                continue
            lost = self.each * _sure(value)
            found.append(max(frame.least, frame.most - (lost if self.most is None else min(lost, self.most))))
        return found


@dataclass(frozen=True, slots=True)
class Scaled:
    """1 + 9·(x − lo)/(hi − lo), or 11 − that for a reversed indicator; the posts are fixed, of the year, or cumulative."""

    goalposts: Goalposts = Goalposts.THIS_YEAR
    low: Fraction | None = None
    high: Fraction | None = None
    to_low: Fraction = Fraction(1)
    to_high: Fraction = Fraction(10)
    clamp: bool = False
    kind: ClassVar[Kind] = Kind.SCALED

    def points(self, values: Sequence[Value], frame: Frame) -> list[Points]:
        """Each value between the posts; when all units are equal there is no scale and so no points."""
        numbers = [_number(value) for value in values]
        low, high = self.posts([each for each in numbers if each is not None])
        if low is None or high is None or low == high:
            return [None for _each in numbers]
        span = (self.to_high - self.to_low) / (high - low)
        found: list[Points] = []
        for each in numbers:
            if each is None:
                found.append(None)
                continue
            place = min(max(each, low), high) if self.clamp else each
            scaled = self.to_low + span * (place - low)
            found.append(scaled if frame.direction > 0 else self.to_low + self.to_high - scaled)
        return found

    def posts(self, there: Sequence[Fraction]) -> tuple[Fraction | None, Fraction | None]:
        """The two ends that were used; a run keeps them."""
        if self.goalposts is Goalposts.FIXED:
            return self.low, self.high
        lows, highs = list(there), list(there)
        if self.goalposts is Goalposts.CUMULATIVE:
            lows += [self.low] if self.low is not None else []
            highs += [self.high] if self.high is not None else []
        return (min(lows), max(highs)) if lows and highs else (None, None)


@dataclass(frozen=True, slots=True)
class Survey:
    """The mean answer on its scale, or the share of satisfied answers, as a part of the most points."""

    low: Fraction = Fraction(0)
    high: Fraction = Fraction(100)
    kind: ClassVar[Kind] = Kind.SURVEY

    def points(self, values: Sequence[Value], frame: Frame) -> list[Points]:
        """(x − low)/(high − low) of the way from the least to the most points."""
        span = (frame.most - frame.least) / (self.high - self.low)
        return [None if v is None else frame.least + span * self._placed(_sure(v), frame) for v in values]

    def _placed(self, value: Fraction, frame: Frame) -> Fraction:
        return value - self.low if frame.direction > 0 else self.high - value


@dataclass(frozen=True, slots=True)
class Info:
    """Shown, not scored."""

    kind: ClassVar[Kind] = Kind.INFO

    def points(self, values: Sequence[Value], frame: Frame) -> list[Points]:
        """No points."""
        return [None for _value in values]


Rule: TypeAlias = Given | Options | Tiers | Ratio | Relative | Counted | Deduction | Scaled | Survey | Info


def option_key(name: str) -> str:
    """Options are compared without regard to capitals and spaces."""
    return " ".join(name.split()).casefold()


def _number(value: Value) -> Points:
    return None if value is None else _sure(value)


def _sure(value: Value) -> Fraction:
    if not isinstance(value, Fraction):
        raise TypeError(value)
    return value


def _share_of_best(value: Fraction, best: Fraction, frame: Frame) -> Points:
    if frame.direction > 0:
        return frame.most * value / best if best > 0 else None
    return frame.most * best / value if value > 0 else (frame.most if value == best else None)
