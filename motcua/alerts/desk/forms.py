"""What is typed about thresholds."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.alerts.rules import Threshold, counts_days
from motcua.ui.fields import DayField


class NumberField(forms.DecimalField):
    """A number with a comma or a point."""

    def to_python(self, value: Any) -> Any:
        """`12,5` and `12.5` are the same."""
        return super().to_python(value.strip().rstrip("%").replace(",", ".") if isinstance(value, str) else value)


class ThresholdForm(forms.Form):
    """One threshold from a day on."""

    limit = NumberField(
        label=_("Ngưỡng"),
        max_digits=7,
        decimal_places=2,
        localize=False,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        error_messages={"required": _("Ghi ngưỡng, ví dụ 10"), "invalid": _("Ngưỡng là một số, ví dụ 10 hoặc 12,5")},
    )
    days = forms.IntegerField(
        label=_("Tính bao nhiêu ngày"), error_messages={"required": _("Ghi số ngày."), "invalid": _("Ghi số ngày.")}
    )
    fewest = forms.IntegerField(
        label=_("Chỉ xét đơn vị có ít nhất"),
        help_text=_("Đơn vị ít hơn không bị báo: thêm bớt một việc đã đổi tỷ lệ."),
        error_messages={"required": _("Ghi số tối thiểu."), "invalid": _("Ghi số tối thiểu.")},
    )
    watched = forms.BooleanField(label=_("Theo dõi ngưỡng này"), required=False)
    since = DayField(label=_("Từ ngày"))
    decision = forms.CharField(
        label=_("Căn cứ"),
        max_length=200,
        help_text=_("Số quyết định, công văn hoặc ý kiến chỉ đạo."),
        error_messages={"required": _("Ghi căn cứ: quyết định, công văn hoặc ý kiến chỉ đạo.")},
    )

    def __init__(self, *args: Any, about: Threshold, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["limit"].widget.attrs["data-affix"] = about.unit
        self.fields["fewest"].widget.attrs["data-affix"] = about.counted
        self.fields["days"].widget.attrs["data-affix"] = _("ngày")
        if not counts_days(about):
            del self.fields["days"]
