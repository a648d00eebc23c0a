"""How figures, money and moments are written, everywhere the same."""

from datetime import date, datetime
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

WEEKDAYS = (
    gettext_lazy("thứ Hai"),
    gettext_lazy("thứ Ba"),
    gettext_lazy("thứ Tư"),
    gettext_lazy("thứ Năm"),
    gettext_lazy("thứ Sáu"),
    gettext_lazy("thứ Bảy"),
    gettext_lazy("Chủ nhật"),
)
WEEKDAYS_SHORT = (
    gettext_lazy("T2"),
    gettext_lazy("T3"),
    gettext_lazy("T4"),
    gettext_lazy("T5"),
    gettext_lazy("T6"),
    gettext_lazy("T7"),
    gettext_lazy("CN"),
)


def _there(moment: datetime) -> datetime:
    """The moment on the clock of the province."""
    return timezone.localtime(moment) if timezone.is_aware(moment) else moment


def _marked(text: str) -> str:
    """Thousands with dots and a comma before the tenths, as Vietnamese writes them; English the other way round."""
    return text if get_language() == "en" else text.translate(str.maketrans(",.", ".,"))


def whole(number: int | Decimal) -> str:
    """Thousands with dots: 48.902."""
    return _marked(f"{int(number):,}")


def decimal_words(number: int | float | Decimal, places: int = 2) -> str:
    """A number with a comma and no idle zeros: 6,4 · 80 · 1.284,5."""
    text = f"{round(Decimal(str(number)), places):,f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return _marked(text)


def money(amount: int | Decimal) -> str:
    """Whole đồng: "50.000 đồng"."""
    return _("%(amount)s đồng") % {"amount": whole(amount)}


def hours(amount: int | float | Decimal) -> str:
    """Working hours: "6,4 giờ"."""
    return ngettext("%(amount)s giờ", "%(amount)s giờ", 1 if amount == 1 else 2) % {"amount": decimal_words(amount)}


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
        return f"{there.hour:02}:{there.minute:02}, {there.day:02}/{there.month:02}"
    return f"{value.day:02}/{value.month:02}"
