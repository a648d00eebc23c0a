"""What the controller fills in; the forms read text into values and know nothing of the database."""

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from motcua.base.text import squeeze
from motcua.procedures.rules.routes import StepPlan
from motcua.procedures.terms import OnlineFiling, StepRole, VersionState
from motcua.ui.fields import DayField


class ListForm(forms.Form):
    """Words and state of the list."""

    q = forms.CharField(label=_("Tìm thủ tục"), required=False, max_length=200)
    tinh_trang = forms.ChoiceField(
        label=_("Tình trạng"), required=False, choices=[("", _("Mọi tình trạng")), *VersionState.choices]
    )


class DecisionForm(forms.Form):
    """The decision behind a change of the catalogue, and the day from which it applies."""

    decision = forms.CharField(
        label=_("Số quyết định"),
        max_length=100,
        help_text=_("Ví dụ 1628/QĐ-UBND."),
        error_messages={"required": _("Ghi số quyết định, ví dụ 1628/QĐ-UBND.")},
    )
    since = DayField(
        label=_("Áp dụng từ ngày"),
        error_messages={"required": _("Chọn ngày áp dụng."), "invalid": _("Ghi ngày, tháng, năm, ví dụ 01/12/2026.")},
    )


class FilingForm(DecisionForm):
    """Where citizens file online, from a day on."""

    value = forms.ChoiceField(label=_("Nơi nộp trực tuyến"), choices=OnlineFiling.choices)
    link = forms.URLField(label=_("Địa chỉ trên Cổng quốc gia"), required=False, max_length=500, assume_scheme="https")
    field_order = ["value", "link", "decision", "since"]


class RouteForm(forms.Form):
    """An internal route as lines: hours | role | name of the step | unit. A form for the keyboard."""

    steps = forms.CharField(
        label=_("Các bước"),
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_(
            "Mỗi dòng một bước: số giờ | người làm | tên bước | đơn vị. Người làm là một trong: Bộ phận Một cửa, "
            "Chuyên viên, Lãnh đạo phòng, Lãnh đạo cơ quan, Văn thư."
        ),
        error_messages={"required": _("Ghi ít nhất một bước.")},
    )
    since = DayField(label=_("Áp dụng từ ngày"))
    decision = forms.CharField(label=_("Số quyết định"), required=False, max_length=100)

    def clean_steps(self) -> list[StepPlan]:
        """The lines as steps; a line that cannot be read is named with its number."""
        plans, wrong = [], []
        roles = {squeeze(str(label)).lower(): value for value, label in StepRole.choices} | _ALSO_CALLED
        for no, line in enumerate(filter(str.strip, self.cleaned_data["steps"].splitlines()), start=1):
            parts = [squeeze(one) for one in line.split("|")]
            try:
                hours = Decimal(parts[0].replace(",", "."))
                role = roles.get(parts[1].lower(), parts[1])
                plans.append(StepPlan(no, parts[2][:300], role, hours, parts[3][:300] if len(parts) > 3 else ""))
            except (InvalidOperation, IndexError):
                wrong.append(
                    _t("Dòng %(no)s chưa đủ: viết như 4 | Chuyên viên | Thẩm định | Phòng Kinh tế.") % {"no": no}
                )
        if wrong:
            raise forms.ValidationError(wrong)
        return plans


_ALSO_CALLED = {
    "một cửa": StepRole.CLERK.value,
    "cán bộ một cửa": StepRole.CLERK.value,
    "công chức một cửa": StepRole.CLERK.value,
    "chuyên viên thụ lý": StepRole.SPECIALIST.value,
    "trưởng phòng": StepRole.UNIT_HEAD.value,
    "lãnh đạo": StepRole.LEADER.value,
}
"""The words that officials use for the same posts elsewhere."""


def as_lines(steps: Sequence[StepPlan]) -> str:
    """Steps as the lines of the form."""
    return "\n".join(
        f"{one.hours.normalize():f} | {StepRole(one.role).label} | {one.name} | {one.unit}" for one in steps
    )
