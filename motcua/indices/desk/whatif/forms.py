"""What people write on the way to the next point: efforts, a task, a target, a quarter."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.indices.queries.next_point import LostRow
from motcua.people.http import PersonRequest
from motcua.ui.fields import DayField


class EffortForm(forms.Form):
    """Days of work for each lost point; what is left as usual is not written down."""

    rows: Sequence[LostRow] = ()

    def days(self) -> dict[str, Decimal | None]:
        """What was said, by criterion; an emptied field goes back to the usual days."""
        found: dict[str, Decimal | None] = {}
        for row in self.rows:
            value: Decimal | None = self.cleaned_data.get(f"e.{row.lost.code}")
            usual = not row.days_said and (value is None or value == row.days)
            if not usual and value != (row.days if row.days_said else None):
                found[row.lost.code] = value
        return found


def effort_form(request: PersonRequest, rows: Sequence[LostRow]) -> EffortForm:
    """One field for each criterion that still has points to win."""
    form = EffortForm(
        request.POST if request.method == "POST" else None,
        initial={f"e.{row.lost.code}": Decimal(row.days.numerator) / row.days.denominator for row in rows},
    )
    form.rows = rows
    for row in rows:
        form.fields[f"e.{row.lost.code}"] = forms.DecimalField(
            label=row.lost.name, required=False, min_value=0, max_value=10_000, decimal_places=2, localize=True
        )
    return form


class TaskForm(forms.Form):
    """A lost point becomes a task."""

    title = forms.CharField(label=_("Nội dung nhiệm vụ"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
    due = DayField(label=_("Hạn"), help_text=_("Trước ngày chốt điểm để còn kịp thẩm định."))
    content = forms.CharField(
        label=_("Cách làm, số liệu cần đạt"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    today: date | None = None

    def clean_due(self) -> Any:
        """Not in the past."""
        due = self.cleaned_data["due"]
        if self.today is not None and due < self.today:
            raise forms.ValidationError(_("Hạn phải từ hôm nay trở đi."))
        return due


class TargetForm(forms.Form):
    """What is promised for a year."""

    index = forms.ChoiceField(label=_("Chỉ số"))
    year = forms.IntegerField(label=_("Năm"), min_value=2011, max_value=2100)
    least_score = forms.DecimalField(
        label=_("Điểm cần đạt, từ"), required=False, min_value=0, decimal_places=4, localize=True
    )
    best_rank = forms.IntegerField(label=_("Từ hạng"), required=False, min_value=1, max_value=1000)
    worst_rank = forms.IntegerField(label=_("đến hạng"), required=False, min_value=1, max_value=1000)
    basis = forms.CharField(
        label=_("Văn bản giao mục tiêu"), max_length=300, help_text=_("Ví dụ: Kế hoạch 45/KH-UBND ngày 15/01/2026")
    )

    def __init__(self, *args: Any, indices: Sequence[str] = (), **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["index"].choices = [(one, one) for one in indices]  # type: ignore[attr-defined]


class QuarterForm(forms.Form):
    """Where we stand after a quarter."""

    quarter = forms.TypedChoiceField(label=_("Quý"), coerce=int, choices=[(n, str(n)) for n in (1, 2, 3, 4)])
    score = forms.DecimalField(
        label=_("Điểm ước đến cuối quý"), required=False, min_value=0, decimal_places=4, localize=True
    )
    rank = forms.IntegerField(label=_("Hạng ước"), required=False, min_value=1, max_value=1000)
    note = forms.CharField(label=_("Đã làm gì, sẽ làm gì"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))
