"""Numbers of official point rules: exact fractions in, plain decimals out. No floating point anywhere on this path."""

import re
from fractions import Fraction
from typing import Final

from motcua.indices.terms import _, english

LONGEST: Final = 60
_PLAIN: Final = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,2})?", re.ASCII)
_COMMA: Final = re.compile(r"[+-]?\d{1,3}(\.\d{3})*,\d+|[+-]?\d+,\d+", re.ASCII)
_QUOTIENT: Final = re.compile(r"(\d{1,45})/(\d{1,45})", re.ASCII)
_SHOWN_DIGITS: Final = 30


class NotANumber(ValueError):
    """The text is no number; the message says why, in a sentence for the person who typed it."""


def number(text: str) -> Fraction:
    """The exact value of a decimal written with a point, as statistics files write it."""
    text = text.strip()
    if len(text) > LONGEST:
        raise NotANumber(_("số dài quá %d ký tự") % LONGEST)
    if _PLAIN.fullmatch(text):
        return Fraction(text)
    if _COMMA.fullmatch(text):
        raise NotANumber(
            _("“%s” dùng dấu phẩy thập phân; hãy viết dấu chấm: %s") % (text, text.replace(".", "").replace(",", "."))
        )
    if text.endswith("%"):
        raise NotANumber(_("“%s” có dấu phần trăm; hãy chỉ ghi số") % text)
    raise NotANumber(_("“%s” là chữ, cần một số") % text[:40])


def weight(text: str) -> Fraction:
    """A number, or a quotient such as 1/7: weights and bounds of definitions are often thirds and sevenths."""
    text = text.strip()
    if len(text) <= 2 * LONGEST and (found := _QUOTIENT.fullmatch(text)) and int(found[2]):
        return Fraction(int(found[1]), int(found[2]))
    return number(text)


def points(text: str) -> Fraction:
    """A number as officials write it in an annex: 0,5 and 0.5 are the same."""
    text = text.strip()
    return weight(text.replace(",", ".")) if _COMMA.fullmatch(text) and "." not in text else weight(text)


def half_up(value: Fraction, digits: int) -> Fraction:
    """Rounded half away from zero, as a person rounds: 0.125 → 0.13."""
    scale = 10**digits
    whole = (abs(value) * scale * 2 + 1) // 2
    return Fraction(whole if value >= 0 else -whole, scale)


def decimal_text(value: Fraction) -> str:
    """The plain decimal, exact where it ends; else 30 significant digits, rounded half up."""
    denominator, digits = value.denominator, 0
    for prime in (2, 5):
        count = 0
        while denominator % prime == 0:
            denominator //= prime
            count += 1
        digits = max(digits, count)
    if denominator != 1 or digits > LONGEST:
        whole = len(str(int(abs(value)))) if abs(value) >= 1 else 0
        digits = max(_SHOWN_DIGITS - whole, 6)
        value = half_up(value, digits)
    scaled = abs(value.numerator) * 10**digits // value.denominator
    body = str(scaled).rjust(digits + 1, "0")
    text = f"{body[:-digits]}.{body[-digits:]}".rstrip("0").rstrip(".") if digits else body
    return f"-{text}" if value < 0 else text


def exact_text(value: Fraction) -> str:
    """A text that `weight` reads back to the same value: a decimal where it ends, else a quotient."""
    text = decimal_text(value)
    return text if Fraction(text) == value else f"{value.numerator}/{value.denominator}"


def as_read(value: Fraction) -> str:
    """As people read it: a comma for the decimals, in English a point."""
    return marked(exact_text(value))


def marked(text: str) -> str:
    """A plain decimal with the mark of the reader's language."""
    return text if english() else text.replace(".", ",")
