"""How amounts of capital and their rates are written in tables."""

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django import template

from motcua.investments.terms import SOURCE_SHORT, Source
from motcua.ui.words import decimal_words, whole

register = template.Library()
MILLION = Decimal(10**6)


@register.filter
def millions(amount: int | None) -> str:
    """12345678900 → "12.346" (triệu đồng, rounded half up)."""
    return "–" if amount is None else whole((Decimal(amount) / MILLION).quantize(Decimal(1), ROUND_HALF_UP))


@register.filter
def billions(amount: int | None) -> str:
    """12345678900 → "12,3" (tỷ đồng)."""
    return "–" if amount is None else decimal_words(Decimal(amount) / (MILLION * 1000), 1)


@register.filter
def share(value: Decimal | None) -> str:
    """62.41 → "62,41%"; where nothing was planned a dash."""
    return "–" if value is None else f"{decimal_words(value)}%"


@register.filter
def source(value: str) -> str:
    """A source in a narrow column: "Địa phương, cân đối"."""
    return str(SOURCE_SHORT[Source(value)])


@register.filter
def month(value: Any) -> str:
    """01/10/2026 → "10/2026"."""
    return f"{value:%m/%Y}"
