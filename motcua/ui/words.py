"""How figures, money and moments are written, everywhere the same."""

from datetime import date, datetime
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

WEEKDAYS = (
    gettext_lazy("thứ Hai"),
    gettext_lazy("thứ Ba"),
    gettext_lazy("thứ Tư"),
    gettext_lazy("thứ Năm"),
    gettext_lazy("thứ Sáu"),
    gettext_lazy("thứ Bảy"),
    gettext_lazy("Chủ nhật"),
)
WEEKDAYS_SHORT = ("T2", "T3", "T4", "T5", "T6", "T7", "CN")


def _there(moment: datetime) -> datetime:
    """The moment on the clock of the province."""
    return timezone.localtime(moment) if timezone.is_aware(moment) else moment


def whole(number: int | Decimal) -> str:
    """Thousands with dots: 48.902."""
    return f"{int(number):,}".replace(",", ".")


def decimal_words(number: int | float | Decimal, places: int = 2) -> str:
    """A number with a comma and no idle zeros: 6,4 · 80 · 1.284,5."""
    text = f"{round(Decimal(str(number)), places):,f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return text.replace(",", " ").replace(".", ",").replace(" ", ".")


def money(amount: int | Decimal) -> str:
    """Whole đồng: "50.000 đồng"."""
    return _("%(amount)s đồng") % {"amount": whole(amount)}


def hours(amount: int | float | Decimal) -> str:
    """Working hours: "6,4 giờ"."""
    return _("%(amount)s giờ") % {"amount": decimal_words(amount)}


def day(value: date | datetime) -> str:
    """A day with its name: "thứ Năm 26/11/2026"."""
    there = _there(value) if isinstance(value, datetime) else value
    return f"{WEEKDAYS[there.weekday()]} {there:%d/%m/%Y}"


def moment(value: datetime) -> str:
    """A moment with its day: "09:42, thứ Năm 26/11/2026"."""
    there = _there(value)
    return f"{there:%H:%M}, {day(there)}"


def short(value: date | datetime) -> str:
    """Where the year is known: "09:42, 26/11", or "26/11" for a day."""
    if isinstance(value, datetime):
        there = _there(value)
        return f"{there:%H:%M}, {there:%d/%m}"
    return f"{value:%d/%m}"
