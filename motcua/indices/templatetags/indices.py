"""Points, shares and stages on pages of the workbench."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any, Final, NamedTuple

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from motcua.indices.rules.numbers import half_up, marked
from motcua.indices.terms import Stage

register = template.Library()
_HUNDREDTH: Final = Decimal("0.01")
TAGS: Final = {
    Stage.PREPARING: ("", "pencil"),
    Stage.SELF_SCORING: ("nuoc", "pencil"),
    Stage.CHECKING: ("nuoc", "eye"),
    Stage.APPRAISING: ("nuoc", "file-check"),
    Stage.OBJECTING: ("nghe", "message-square"),
    Stage.DECIDING: ("cham", "users"),
    Stage.PUBLISHED: ("la", "lock"),
}


class Left(NamedTuple):
    """What the due chip says of a last day."""

    kind: str
    words: str


@register.filter
def points(value: Any) -> str:
    """Points with two decimals: 8,50, in English 8.50; a dash where there are none."""
    if value is None or value == "":
        return "–"
    if isinstance(value, Decimal):  # the way of most cells: a page has hundreds
        return marked(str(value.quantize(_HUNDREDTH, ROUND_HALF_UP)))
    number = half_up(Fraction(value), 2)
    return marked(f"{Decimal(number.numerator) / Decimal(number.denominator):.2f}")


@register.filter
def more_or_less(value: Any) -> str:
    """A difference that says its sign: +0,75."""
    if value is None:
        return ""
    return f"{'+' if Fraction(value) > 0 else '−' if Fraction(value) < 0 else '±'}{points(abs(Fraction(value)))}"


@register.filter
def less(value: Any, other: Any) -> Fraction | None:
    """One figure less another; nothing where one is not there."""
    return None if value is None or other is None else Fraction(value) - Fraction(other)


@register.filter
def rank(value: Any) -> str:
    """A rank as it is said: 3, or 2,5 where ranks are averaged."""
    if value is None:
        return "–"
    number = Fraction(str(value))
    return str(number) if number.denominator == 1 else points(number).rstrip("0").rstrip(",.")


@register.filter
def stage_tag(stage: str) -> tuple[str, str]:
    """Colour and icon of a stage."""
    return TAGS[Stage(stage)]


@register.filter
def stage_words(stage: str) -> str:
    """The stage as a sentence begins: Các đơn vị tự chấm."""
    words = Stage(stage).label
    return words[:1].upper() + words[1:]


@register.simple_tag
def last_day_chip(last: date | None, left: int | None) -> Left:
    """How long until the last day of a stage."""
    if last is None or left is None:
        return Left("paused", _("Không ghi hạn"))
    if left < 0:
        return Left("late", ngettext("Quá %(n)d ngày", "Quá %(n)d ngày", -left) % {"n": -left})
    if left == 0:
        return Left("near", _("Hôm nay"))
    return Left("near" if left <= 3 else "in", ngettext("Còn %(n)d ngày", "Còn %(n)d ngày", left) % {"n": left})


@register.filter
def plain_number(value: Any) -> str:
    """A number without idle zeros: 12, 0,5 (0.5 in English); what was typed stays as typed."""
    if value is None or value == "":
        return ""
    if isinstance(value, str):
        return value
    number = half_up(Fraction(value), 2)
    text = f"{Decimal(number.numerator) / Decimal(number.denominator):.2f}".rstrip("0").rstrip(".")
    return marked(text)


@register.filter
def per(value: Any, other: Any) -> Fraction | None:
    """One figure for each of another; nothing for each of none."""
    return None if not other else Fraction(value) / Fraction(other)


@register.filter
def percent(value: float) -> str:
    """A chance as whole percent; never quite none, never quite sure."""
    return _("dưới 1") if value < 0.01 else _("trên 99") if value > 0.99 else str(round(value * 100))


@register.filter
def get(values: Any, key: Any) -> Any:
    """The value of a key; nothing where it is not there."""
    return values.get(key) if values else None


@register.filter
def broken(sha: str) -> SafeString:
    """A hash that may break after each eight signs; copied it is one word."""
    return format_html_join(mark_safe("<wbr>"), "{}", ((sha[at : at + 8],) for at in range(0, len(sha), 8)))


@register.filter
def scored(value: Any, digits: int) -> str:
    """A score with as many decimals as its index is published with: 64,25, or 0,6077 on a scale of one."""
    if value is None:
        return "–"
    number = half_up(Fraction(value), digits)
    return marked(f"{Decimal(number.numerator) / Decimal(number.denominator):.{digits}f}")


@register.filter
def gained(value: Any, digits: int) -> str:
    """What is added to such a score, with its sign; nothing where nothing is."""
    if not value:
        return ""
    number = Fraction(value)
    return f"{'+' if number > 0 else '−'}{scored(abs(number), digits)}"
