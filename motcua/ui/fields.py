"""Form fields that read what people really type: days day-first, money with dots, telephone numbers with spaces."""

import re
from datetime import date, datetime
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from motcua.ui import words

FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2100
"""Days outside these years are slips of the finger, such as 0026 or 20226."""


class DayField(forms.DateField):
    """A day, typed as 05/11/2026; the sentence of a mistake shows how."""

    default_error_messages = {
        "required": _("Ghi ngày, tháng, năm. Ví dụ: 05/11/2026"),
        "invalid": _("Ngày này không đọc được. Ghi như 05/11/2026"),
        "year": _("Năm %(year)s không đúng. Ghi đủ bốn chữ số của năm, ví dụ 05/11/2026"),
    }

    def to_python(self, value: Any) -> date | None:
        day: date | None = super().to_python(value)
        if day is not None and not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise ValidationError(self.error_messages["year"], code="year", params={"year": f"{day.year:04d}"})
        return day

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("input_formats", ["%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d/%m/%y", "%Y-%m-%d"])
        kwargs.setdefault("widget", forms.DateInput(format="%d/%m/%Y"))
        super().__init__(**kwargs)


class MomentField(forms.DateTimeField):
    """A day with its time; years that nobody means are refused as in `DayField`."""

    default_error_messages = {"year": DayField.default_error_messages["year"]}

    def to_python(self, value: Any) -> datetime | None:
        moment: datetime | None = super().to_python(value)
        if moment is not None and not FIRST_YEAR <= moment.year <= LAST_YEAR:
            raise ValidationError(self.error_messages["year"], code="year", params={"year": f"{moment.year:04d}"})
        return moment


class MoneyField(forms.IntegerField):
    """Whole đồng, typed with or without dots: "30.000.000", "30 000 000 đồng"."""

    default_error_messages = {
        "required": _("Ghi số tiền bằng đồng. Ví dụ: 30.000.000"),
        "invalid": _("Số tiền chỉ gồm chữ số. Ví dụ: 30.000.000"),
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("min_value", 0)
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "numeric", "data-affix": _("đồng")}))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> int | None:
        if isinstance(value, str):
            value = re.sub(r"(đồng|đ|vnđ|vnd|₫)\.?$", "", value.strip().lower())
            value = re.sub(r"(?<=\d)[.,\s\u00a0](?=\d{3}(\D|$))", "", value).strip()
        number: int | None = super().to_python(value)
        return number

    def prepare_value(self, value: Any) -> Any:
        return words.whole(value) if isinstance(value, int) else value


class PhoneField(forms.CharField):
    """A Vietnamese telephone number as ten digits; spaces, dots and +84 are understood."""

    default_error_messages = {
        "required": _("Ghi số điện thoại. Ví dụ: 0900 000 117"),
        "invalid": _("Số điện thoại có 10 chữ số, bắt đầu bằng 0. Ví dụ: 0900 000 117"),
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}))
        super().__init__(**kwargs)

    def clean(self, value: Any) -> str:
        number = re.sub(r"[\s.\-()]", "", str(super().clean(value)))
        number = re.sub(r"^(\+84|0084)", "0", number)
        if number and not re.fullmatch(r"0\d{9}", number):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return number
