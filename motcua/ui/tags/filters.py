"""Filters: how money, hours, days and persons are written."""

from datetime import date, datetime
from typing import Any

from django import template

from motcua.ui import words

register = template.Library()


@register.filter
def money(amount: Any) -> str:
    """50000 → "50.000 đồng"."""
    return "" if amount in (None, "") else words.money(amount)


@register.filter
def hours(amount: Any) -> str:
    """6.4 → "6,4 giờ"."""
    return "" if amount in (None, "") else words.hours(amount)


@register.filter
def number(amount: Any) -> str:
    """1284.5 → "1.284,5"."""
    return "" if amount in (None, "") else words.decimal_words(amount)


@register.filter
def vn_moment(value: datetime | None) -> str:
    """A moment: "09:42, thứ Năm 26/11/2026"."""
    return "" if not value else words.moment(value)


@register.filter
def vn_day(value: date | datetime | None) -> str:
    """A day: "thứ Năm 26/11/2026"."""
    return "" if not value else words.day(value)


@register.filter
def vn_short(value: date | datetime | None) -> str:
    """Short: "09:42, 26/11"."""
    return "" if not value else words.short(value)


@register.filter
def initials(name: Any) -> str:
    """Two letters for the round of a person: "Phạm Thị Thử" → "PT"."""
    parts = str(name).split()
    return (parts[0][:1] + parts[-1][:1] if len(parts) > 1 else str(name)[:2]).upper()


@register.filter
def called(name: Any) -> str:
    """What a person is called in a narrow place: "Nguyễn Thị Thuỳ Dương" → "Thuỳ Dương"."""
    return " ".join(str(name).split()[-2:])


@register.filter
def brief(name: str) -> str:
    """An office as colleagues call it, for the bar: "Một cửa xã Ba Tơ" instead of its whole official name."""
    return (
        str(name)
        .split(",", 1)[0]
        .replace("Trung tâm Phục vụ hành chính công", "Một cửa")
        .replace("Ủy ban nhân dân", "UBND")
    )
