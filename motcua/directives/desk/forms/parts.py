"""What all forms of this door share."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.ui.fields import DayField

Choices = Sequence[tuple[Any, str]]
AGENCIES = "co-quan"
"""The list of names that the browser offers beside a field for an agency."""


class ManyFiles(forms.ClearableFileInput):
    """One field, several files."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """The files of one field, as a list; none is a list too."""

    widget = ManyFiles(attrs={"multiple": True})

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Each file looked at as one alone would be."""
        return [super(FilesField, self).clean(one, initial) for one in data or () if one]


def area(rows: int) -> forms.Textarea:
    """Room for several lines."""
    return forms.Textarea(attrs={"rows": rows})


def agency() -> forms.TextInput:
    """The name of an agency, offered by the browser while one types."""
    return forms.TextInput(attrs={"list": AGENCIES, "autocomplete": "off"})


def follower_field() -> forms.TypedChoiceField:
    """Who keeps an eye on it in the giver's office."""
    return forms.TypedChoiceField(
        label=_("Người theo dõi"),
        required=False,
        coerce=int,
        empty_value=None,
        help_text=_("Nhận tin khi có báo cáo, xin gia hạn."),
    )


def day_in(text: str | None) -> date | None:
    """A day in an address, or none."""
    try:
        return DayField(required=False).clean(text or "") or None
    except forms.ValidationError:
        return None
