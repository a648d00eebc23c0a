"""Finding a dossier, answering a request for papers, withdrawing, rating."""

import re
import unicodedata
from collections.abc import Sequence
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.dossiers.public.forms.questions import files_field

_DASHES: Final = re.compile("[\u2010-\u2015\u2212]")
"""What telephones make of a hyphen."""


class AnswerForm(forms.Form):
    """For each thing asked: files, or words where no file is needed."""

    use_required_attribute = False

    def __init__(self, items: Sequence[dict[str, Any]], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        for place, one in enumerate(items):
            self.fields[f"files_{place}"] = files_field(_("Tệp của “%(name)s”") % {"name": one["name"]}, required=True)
            self.fields[f"words_{place}"] = forms.CharField(
                label=_("Hoặc trả lời bằng chữ"),
                required=False,
                max_length=1000,
                widget=forms.Textarea(attrs={"rows": 2}),
            )


class TrackForm(forms.Form):
    """Code and last four digits: enough for one dossier, too little for guessing."""

    use_required_attribute = False
    code = forms.CharField(
        label=gettext_lazy("Mã hồ sơ"),
        max_length=300,
        help_text=gettext_lazy("In dưới mã QR trên giấy hẹn"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        error_messages={
            "required": gettext_lazy("Ghi mã hồ sơ, in dưới mã QR trên giấy hẹn."),
            "max_length": gettext_lazy("Mã hồ sơ ngắn hơn nhiều. Xem lại dòng dưới mã QR trên giấy hẹn."),
        },
    )
    digits = forms.CharField(
        label=gettext_lazy("4 số cuối điện thoại đã khai"),
        max_length=30,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={
            "required": gettext_lazy("Ghi 4 số cuối của số điện thoại đã khai."),
            "max_length": gettext_lazy("Chỉ ghi 4 số cuối của số điện thoại."),
        },
    )

    def clean_code(self) -> str:
        return plain_code(self.cleaned_data["code"])

    def clean_digits(self) -> str:
        return four_digits(self.cleaned_data["digits"])


def plain_code(text: str) -> str:
    """The code as it is printed, however a telephone wrote its letters and dashes."""
    return _DASHES.sub("-", unicodedata.normalize("NFKC", text))


def four_digits(text: str) -> str:
    """The last four digits, also when somebody wrote the whole number."""
    digits = "".join(one for one in text if one.isascii() and one.isdigit())
    if len(digits) < 4:
        raise forms.ValidationError(_("Ghi đủ 4 số cuối của số điện thoại đã khai."))
    return digits[-4:]


class WithdrawForm(forms.Form):
    """Why, and for those who came by the link alone the last digits of the phone."""

    use_required_attribute = False
    reason = forms.CharField(
        label=gettext_lazy("Lý do rút"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": gettext_lazy("Ghi lý do rút, một câu là đủ."),
            "max_length": gettext_lazy("Lý do dài quá 2.000 chữ. Viết gọn lại."),
        },
    )
    digits = forms.CharField(
        label=gettext_lazy("4 số cuối điện thoại đã khai"),
        max_length=30,
        help_text=gettext_lazy("Để chắc rằng chính người nộp rút hồ sơ."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "in--day"}),
        error_messages={"required": gettext_lazy("Ghi 4 số cuối của số điện thoại đã khai.")},
    )

    def __init__(self, *args: Any, known: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if known:
            del self.fields["digits"]

    def clean_digits(self) -> str:
        return four_digits(self.cleaned_data["digits"])


class RateForm(forms.Form):
    """Five steps with words, a remark if one likes."""

    use_required_attribute = False
    score = forms.TypedChoiceField(
        label=gettext_lazy("Mức hài lòng"),
        coerce=int,
        widget=forms.RadioSelect,
        choices=[
            (5, gettext_lazy("5 · Rất hài lòng")),
            (4, gettext_lazy("4 · Hài lòng")),
            (3, gettext_lazy("3 · Tạm được")),
            (2, gettext_lazy("2 · Chưa hài lòng")),
            (1, gettext_lazy("1 · Rất không hài lòng")),
        ],
        error_messages={
            "required": gettext_lazy("Chọn một mức từ 1 đến 5."),
            "invalid_choice": gettext_lazy("Chọn một mức từ 1 đến 5."),
        },
    )
    comment = forms.CharField(
        label=gettext_lazy("Điều cần cơ quan biết"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Cơ quan giải quyết sẽ đọc."),
        error_messages={"max_length": gettext_lazy("Góp ý dài quá 2.000 chữ. Viết gọn lại.")},
    )
