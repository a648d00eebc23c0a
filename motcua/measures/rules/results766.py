"""A set of QĐ 766 for one agency and period: what is measured, what is not, and the sums over what is."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from motcua.measures.rules.scoring import Component, Group, IndexSet, half_up, ratio_in_per_cent


class Count(NamedTuple):
    """Numerator and denominator as counted, or only a share where somebody published no more; whence, if not from here."""

    numerator: int | None
    denominator: int | None
    ratio: Fraction | None = None
    source: str = ""


@dataclass(frozen=True)
class ScoredComponent:
    """One component: its points or None, and why."""

    component: Component
    count: Count | None
    score: Decimal | None
    why: str

    @property
    def ratio(self) -> Decimal | None:
        """The share in per cent with two decimals, for showing."""
        if self.count is None or self.component.maximum == 0:
            return None
        if self.count.numerator is not None and self.count.denominator is not None:
            return ratio_in_per_cent(self.count.numerator, self.count.denominator)
        return None if self.count.ratio is None else half_up(self.count.ratio * 100)


@dataclass(frozen=True)
class ScoredGroup:
    """One group: the sum of what is measured of it."""

    group: Group
    components: tuple[ScoredComponent, ...]

    @property
    def score(self) -> Decimal | None:
        """None while nothing of the group is measured."""
        known = [one.score for one in self.components if one.score is not None]
        return sum(known, Decimal(0)) if known else None


@dataclass(frozen=True)
class ScoredSet:
    """The whole: a total out of what could be measured, never out of what could not."""

    index: IndexSet
    groups: tuple[ScoredGroup, ...]

    @property
    def total(self) -> Decimal:
        """The sum of the groups."""
        return sum((one.score for one in self.groups if one.score is not None), Decimal(0))

    @property
    def measurable_max(self) -> Decimal:
        """The maxima of the components that have a score."""
        return sum(
            (each.component.maximum for one in self.groups for each in one.components if each.score is not None),
            Decimal(0),
        )


def score_set(index: IndexSet, counts: Mapping[str, Count]) -> ScoredSet:
    """Score every component that was counted; the others are not measured, which is neither 0 nor full marks."""
    return ScoredSet(
        index,
        tuple(
            ScoredGroup(group, tuple(_scored(each, counts.get(each.code)) for each in group.components))
            for group in index.groups
        ),
    )


def _scored(component: Component, count: Count | None) -> ScoredComponent:
    sentence = str(component.sentence)
    if count is None:
        unmeasured = _("Chưa đo")
        why = sentence if sentence.startswith(unmeasured) else f"{unmeasured}: {sentence}"
        return ScoredComponent(component, None, None, why)
    why = sentence if not count.source else _("Số đếm nhập từ %(source)s.") % {"source": count.source}
    if component.maximum == 0:
        return ScoredComponent(component, count, None, _average(sentence, count))
    if count.numerator is None or count.denominator is None:
        score = None if count.ratio is None else component.score_of(count.ratio)
        return ScoredComponent(component, count, score, why)
    score = component.score(count.numerator, count.denominator)
    if not count.denominator:
        why = f"{_nothing_counted(score)} {why}"
    return ScoredComponent(component, count, score, why)


def _nothing_counted(score: Decimal | None) -> str:
    if score is None:
        return _("Không có gì để đếm trong kỳ (mẫu số bằng 0): không chấm điểm.")
    # 0 for 0.00, 1,5 for 1.50: as the page writes points everywhere.
    pair = {"score": _written(f"{score.normalize():f}")}
    return _("Không có gì để đếm trong kỳ (mẫu số bằng 0): theo quy định được %(score)s điểm.") % pair


def _average(sentence: str, count: Count) -> str:
    if not count.numerator or not count.denominator:
        return f"{_('Không có hồ sơ có kết quả trong kỳ.')} {sentence}"
    hours = _written(f"{Decimal(count.numerator) / Decimal(60 * count.denominator):.1f}")
    return f"{_('Trung bình %(hours)s giờ làm việc một hồ sơ.') % {'hours': hours}} {sentence}"


def _written(number: str) -> str:
    """With the mark that the reader's language puts before the tenths."""
    return number if get_language() == "en" else number.replace(".", ",")


def as_plain(agency: str, period: str, scored: ScoredSet) -> dict[str, object]:
    """The set as plain values: decimals as text, nothing where nothing is measured."""
    return {
        "agency": agency,
        "period": period,
        "measurable_max": _plain(scored.measurable_max),
        "total": _plain(scored.total),
        "groups": [
            {
                "code": group.group.code,
                "score": _plain(group.score),
                "max": _plain(group.group.maximum),
                "components": [_component(one) for one in group.components],
            }
            for group in scored.groups
        ],
    }


def _component(one: ScoredComponent) -> dict[str, object]:
    return {
        "code": one.component.code,
        "numerator": one.count.numerator if one.count else None,
        "denominator": one.count.denominator if one.count else None,
        "ratio": _plain(one.ratio),
        "score": _plain(one.score),
        "max": _plain(one.component.maximum),
        "why": one.why,
    }


def _plain(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:.2f}"
