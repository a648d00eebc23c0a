"""The arithmetic of an index set such as QĐ 766/QĐ-TTg: points, rounding, sums, ties. Exact: fractions, never floats."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Any, Final

from django.conf import settings
from django.utils.functional import lazy
from django.utils.translation import get_language

from motcua.base.errors import Refused
from motcua.measures.terms import Empty

TIE: Final = Decimal("0.001")
"""Scores nearer than this share a rank; the basis is the two-decimal sum."""


def _of_the_reader(vietnamese: str, english: str) -> str:
    """Vietnamese also where Django has not been started: `motcua measures score766` needs no settings."""
    return english if settings.configured and get_language() == "en" else vietnamese


_read = lazy(_of_the_reader, str)


@dataclass(frozen=True)
class Component:
    """Chỉ số thành phần: a share that earns points, full from the threshold on. Its words are read in the reader's language."""

    code: str
    name: Any
    maximum: Decimal
    threshold: Decimal = Decimal(1)
    empty: Empty = Empty.NO_SCORE
    counted: str = ""
    """The name of the count behind it; empty while there is no source (chưa đo)."""
    sentence: Any = ""
    """How it is counted, or why it is not, in a sentence for everybody."""
    note: Any = ""

    def score(self, numerator: Fraction | int, denominator: Fraction | int) -> Decimal | None:
        """The points of a share; a denominator of 0 gives what the decision says of this component, which may be nothing."""
        if denominator:
            return self.score_of(Fraction(numerator) / Fraction(denominator))
        match self.empty:
            case Empty.NO_SCORE:
                return None
            case Empty.ZERO:
                return Decimal("0.00")
            case Empty.FULL:
                return half_up(Fraction(self.maximum))

    def score_of(self, ratio: Fraction) -> Decimal:
        """min(max, max · ratio / threshold), rounded half-up to two decimals from the unrounded ratio."""
        return points(ratio, self.maximum, self.threshold)


@dataclass(frozen=True)
class Group:
    """Nhóm chỉ số: the sum of its rounded components."""

    code: str
    name: Any
    maximum: Decimal
    components: tuple[Component, ...]
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class IndexSet:
    """Bộ chỉ số: the groups in force for agencies of one level during [since, until)."""

    code: str
    name: Any
    level: str
    since: date
    until: date | None
    decision: str
    groups: tuple[Group, ...]

    def component(self, code: str) -> Component | None:
        """The component of that code."""
        return next((each for group in self.groups for each in group.components if each.code == code), None)

    def group(self, code: str) -> Group | None:
        """The group of that code, also under the other name the portal gives it."""
        return next((one for one in self.groups if code in (one.code, *one.aliases)), None)

    def holds_on(self, day: date) -> bool:
        """Whether it is in force on that day."""
        return self.since <= day and (self.until is None or day < self.until)


@lru_cache(maxsize=8192)
def points(ratio: Fraction, maximum: Decimal, threshold: Decimal) -> Decimal:
    """The points of a ratio under a maximum that is reached at the threshold; the same few are asked for again and again."""
    full = Fraction(maximum)
    return half_up(min(full, full * ratio / Fraction(threshold)))


def half_up(value: Fraction) -> Decimal:
    """Two decimals, a half rounded up; exact, for the value is a fraction."""
    hundredths = (value * 200 + 1) // 2
    return Decimal(int(hundredths)).scaleb(-2)


def ratio_in_per_cent(numerator: int, denominator: int) -> Decimal | None:
    """The share in per cent with two decimals, for showing only; None without a denominator."""
    return half_up(Fraction(numerator * 100, denominator)) if denominator else None


def ranks(scores: Sequence[Decimal | None]) -> list[int | None]:
    """Competition ranks (1, 2, 2, 4), the highest first; what has no score has no rank."""
    known = sorted((one for one in scores if one is not None), reverse=True)
    return [None if one is None else 1 + sum(1 for other in known if other - one >= TIE) for one in scores]


def read_set(written: Mapping[str, Any], groups: Sequence[Mapping[str, Any]]) -> IndexSet:
    """An index set from its written form, its sums checked: the maxima of components make the group's."""
    found = IndexSet(
        code=str(written["code"]),
        name=_words(written, "name"),
        level=str(written["level"]),
        since=date.fromisoformat(written["since"]),
        until=date.fromisoformat(written["until"]) if written.get("until") else None,
        decision=str(written["decision"]),
        groups=tuple(_group(one) for one in groups),
    )
    if problems := list(objections(found)):
        raise Refused(problems)
    return found


def objections(found: IndexSet) -> Iterable[str]:
    """Why a set cannot be used, as sentences."""
    if not found.decision:
        yield "Bộ chỉ số phải ghi văn bản ban hành."
    codes = [each.code for group in found.groups for each in group.components]
    if repeated := sorted({one for one in codes if codes.count(one) > 1}):
        yield f"Mã chỉ số lặp lại: {', '.join(repeated)}."
    for group in found.groups:
        total = sum((each.maximum for each in group.components), Decimal(0))
        if total != group.maximum:
            yield f"Nhóm {group.code}: điểm tối đa của các chỉ số cộng lại là {total}, không phải {group.maximum}."
        for each in group.components:
            if each.maximum < 0 or not 0 < each.threshold <= 1:
                yield f"Chỉ số {each.code}: điểm tối đa không âm, ngưỡng lớn hơn 0 và không quá 1."


def _words(written: Mapping[str, Any], name: str) -> Any:
    """The words under that name and, where a set has them, the English ones beside."""
    vietnamese, english = (str(written.get(key) or "") for key in (name, f"{name}_en"))
    return _read(vietnamese, english) if english else vietnamese


def _group(written: Mapping[str, Any]) -> Group:
    return Group(
        code=str(written["code"]),
        name=_words(written, "name"),
        maximum=Decimal(str(written["max"])),
        components=tuple(_component(one) for one in written["components"]),
        aliases=tuple(written.get("aliases", ())),
    )


def _component(written: Mapping[str, Any]) -> Component:
    return Component(
        code=str(written["code"]),
        name=_words(written, "name"),
        maximum=Decimal(str(written["max"])),
        threshold=Decimal(str(written.get("threshold", 1))),
        empty=Empty(written.get("empty", "null")),
        counted=str(written.get("counted", "")),
        sentence=_words(written, "sentence"),
        note=_words(written, "note"),
    )
