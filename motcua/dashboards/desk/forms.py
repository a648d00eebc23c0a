"""What is typed before a period is published."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class PublishForm(forms.Form):
    """That the figures were looked at; for a correction its name and why."""

    title = forms.CharField(
        label=_("Tên lần đính chính"),
        help_text=_("Ví dụ: Đính chính số đếm thanh toán trực tuyến."),
        max_length=200,
        error_messages={"required": _("Đặt tên cho lần đính chính.")},
    )
    reason = forms.CharField(
        label=_("Lý do đính chính"),
        help_text=_("Được công bố cùng số liệu, cho mọi người đọc."),
        max_length=2000,
        widget=forms.Textarea,
        error_messages={"required": _("Ghi lý do đính chính.")},
    )
    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)
    looked = forms.BooleanField(
        label=_("Tôi đã xem các số liệu trên đây và chịu trách nhiệm về việc công bố"),
        error_messages={"required": _("Đánh dấu là đã xem số liệu trước khi công bố.")},
    )

    def __init__(self, *args: Any, correction: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not correction:
            del self.fields["title"], self.fields["reason"]

    def words(self) -> dict[str, str]:
        """What the action asks for."""
        return {name: self.cleaned_data[name] for name in ("seen", "title", "reason") if name in self.cleaned_data}
