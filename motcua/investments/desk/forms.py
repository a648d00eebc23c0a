"""What officials type about projects, plans and payments."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.investments.queries import MonthLine
from motcua.investments.rules import FigureWish, PlanWish
from motcua.investments.terms import Basis, Capital, Decided, Field, Group, Source, Standing
from motcua.ui.fields import DayField, MoneyField

Choices = Sequence[tuple[Any, Any]]
CHOOSE = ("", _("– chọn –"))


def _choice(label: Any, choices: Choices, told: Any, **more: Any) -> forms.ChoiceField:
    errors = {"required": told, "invalid_choice": told}
    return forms.ChoiceField(label=label, choices=[CHOOSE, *choices], error_messages=errors, **more)


class SignedMoneyField(MoneyField):
    """Whole đồng, less than nothing allowed: a reduction."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"min_value": None, **kwargs})

    def to_python(self, value: Any) -> int | None:
        if isinstance(value, str):
            value = value.strip().replace("−", "-").replace("- ", "-")
        return super().to_python(value)


class ProjectForm(forms.Form):
    """A project; when it is amended the code stays and a document is asked for."""

    code = forms.CharField(
        label=_("Mã dự án"),
        max_length=60,
        help_text=_("Mã số đơn vị có quan hệ với ngân sách của dự án, ví dụ 7891234."),
        error_messages={"required": _("Ghi mã dự án.")},
    )
    name = forms.CharField(
        label=_("Tên dự án"), max_length=1000, error_messages={"required": _("Ghi tên như trong quyết định đầu tư.")}
    )
    investor = _choice(_("Chủ đầu tư"), (), _("Chọn chủ đầu tư."))
    locality = forms.ChoiceField(
        label=_("Địa bàn"), required=False, help_text=_("Để trống khi dự án nằm trên nhiều xã, phường.")
    )
    group = _choice(_("Nhóm dự án"), Group.choices, _("Chọn nhóm dự án."))
    field = _choice(_("Lĩnh vực"), Field.choices, _("Chọn lĩnh vực."))
    total_vnd = MoneyField(label=_("Tổng mức đầu tư"))
    decision = forms.CharField(
        label=_("Quyết định đầu tư"), max_length=400, error_messages={"required": _("Ghi số quyết định đầu tư.")}
    )
    decided_on = DayField(label=_("Ngày quyết định"))
    first_year = forms.IntegerField(label=_("Năm khởi công"), min_value=2000, max_value=2100, localize=False)
    last_year = forms.IntegerField(label=_("Năm hoàn thành"), min_value=2000, max_value=2100, localize=False)

    def __init__(self, *args: Any, investors: Choices, localities: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["investor"].choices = [CHOOSE, *investors]  # type: ignore[attr-defined]
        self.fields["locality"].choices = [("", _("Nhiều xã, phường")), *localities]  # type: ignore[attr-defined]
        for name in ("first_year", "last_year"):
            told = _("Ghi năm bằng bốn chữ số.")
            self.fields[name].error_messages |= dict.fromkeys(("required", "invalid", "min_value", "max_value"), told)
            self.fields[name].widget = forms.TextInput(attrs={"inputmode": "numeric", "size": 6})


class AmendForm(ProjectForm):
    """The same for a project that is known."""

    document = forms.CharField(
        label=_("Văn bản làm căn cứ thay đổi"),
        max_length=400,
        error_messages={"required": _("Ghi số và ngày của văn bản.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("code", "decision", "decided_on"):
            del self.fields[name]


class PlanForm(forms.Form):
    """One line of a decision about capital."""

    basis = _choice(_("Kế hoạch do ai giao"), Basis.choices, _("Chọn kế hoạch: Thủ tướng giao hay địa phương giao."))
    year = forms.IntegerField(label=_("Năm kế hoạch"), min_value=2000, max_value=2100)
    source = _choice(_("Nguồn vốn"), Source.choices, _("Chọn nguồn vốn."))
    capital = forms.ChoiceField(label=_("Loại vốn"), choices=Capital.choices)
    kind = forms.ChoiceField(label=_("Giao hay điều chỉnh"), choices=Decided.choices)
    change_vnd = SignedMoneyField(label=_("Số vốn"), help_text=_("Giảm thì ghi số âm, ví dụ -2.000.000.000"))
    decision = forms.CharField(
        label=_("Số quyết định"), max_length=400, error_messages={"required": _("Ghi số quyết định.")}
    )
    decided_on = DayField(label=_("Ngày quyết định"))
    note = forms.CharField(label=_("Ghi chú"), required=False, max_length=500)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        told = _("Ghi năm bằng bốn chữ số.")
        self.fields["year"].error_messages |= dict.fromkeys(("required", "invalid", "min_value", "max_value"), told)
        self.fields["year"].widget = forms.TextInput(attrs={"inputmode": "numeric", "size": 6})

    def wish(self) -> PlanWish:
        """The line as the rules want it."""
        given = self.cleaned_data
        return PlanWish(
            year=given["year"],
            source=Source(given["source"]),
            capital=Capital(given["capital"]),
            basis=Basis(given["basis"]),
            kind=Decided(given["kind"]),
            change_vnd=given["change_vnd"],
            decided_on=given["decided_on"],
            decision=given["decision"],
            note=given["note"],
        )


class MonthForm(forms.Form):
    """Every capital of a project at the end of one month: what is left open is not told."""

    as_of_on = DayField(label=_("Ngày chốt số liệu"))
    standing = forms.ChoiceField(label=_("Mức tin cậy"), choices=Standing.choices)
    reason = forms.CharField(
        label=_("Lý do"),
        required=False,
        max_length=500,
        help_text=_("Cần khi sửa số đã nhập, hoặc khi lũy kế giảm. Số cũ vẫn được giữ."),
    )

    def __init__(self, *args: Any, lines: Sequence[MonthLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = lines
        for number, line in enumerate(lines):
            of = {"source": line.plan.source.label, "capital": line.plan.capital.label.lower()}
            for name, label in (
                ("paid", _("Lũy kế giải ngân: %(source)s, %(capital)s")),
                ("advance", _("Trong đó tạm ứng: %(source)s, %(capital)s")),
                ("volume", _("Khối lượng hoàn thành: %(source)s, %(capital)s")),
            ):
                self.fields[f"{name}_{number}"] = MoneyField(label=label % of, required=False)

    def rows(self) -> list[dict[str, Any]]:
        """The lines with their fields, for the page."""
        return [
            {"line": line, **{name: self[f"{name}_{number}"] for name in ("paid", "advance", "volume")}}
            for number, line in enumerate(self.lines)
        ]

    def clean(self) -> dict[str, Any]:
        """At least one figure."""
        given = super().clean() or self.cleaned_data
        if not self.errors and all(given.get(f"paid_{number}") is None for number in range(len(self.lines))):
            self.add_error("paid_0" if self.lines else None, _("Ghi lũy kế giải ngân của ít nhất một nguồn vốn."))
        return given

    def wishes(self, year: int, month: date) -> list[FigureWish]:
        """The figures as the rules want them."""
        given = self.cleaned_data
        return [
            FigureWish(
                year=year,
                month=month,
                source=line.plan.source,
                capital=line.plan.capital,
                disbursed_vnd=given[f"paid_{number}"],
                as_of_on=given["as_of_on"],
                advance_vnd=given[f"advance_{number}"] or 0,
                volume_vnd=given[f"volume_{number}"],
                standing=Standing(given["standing"]),
                reason=given["reason"],
            )
            for number, line in enumerate(self.lines)
            if given[f"paid_{number}"] is not None
        ]


class ImportForm(forms.Form):
    """A workbook."""

    sheet = forms.FileField(
        label=_("Bảng Excel"),
        help_text=_("Tệp .xlsx theo bảng mẫu, tối đa 5.000 dòng mỗi bảng. Cột đứng thứ tự nào cũng được."),
        error_messages={"required": _("Chọn tệp Excel."), "empty": _("Tệp này rỗng. Chọn lại tệp.")},
    )


class RedLineForm(forms.Form):
    """Thresholds of the red list."""

    since = DayField(label=_("Áp dụng từ ngày"))
    basis = forms.ChoiceField(label=_("So trên mẫu số"), choices=Basis.choices)
    share_of_mean = forms.DecimalField(
        label=_("Thấp hơn bao nhiêu phần trăm của mức chung toàn tỉnh"),
        required=False,
        max_digits=5,
        decimal_places=2,
        help_text=_("Ví dụ 80: tỉnh đạt 50% thì dưới 40% vào danh sách."),
        error_messages={"invalid": _("Ghi một số, ví dụ 80.")},
    )
    floor = forms.DecimalField(
        label=_("Mức sàn (%)"),
        required=False,
        max_digits=5,
        decimal_places=2,
        error_messages={"invalid": _("Ghi một số, ví dụ 30.")},
    )
    decision = forms.CharField(
        label=_("Văn bản quy định"), max_length=400, error_messages={"required": _("Ghi số và ngày của văn bản.")}
    )


class StewardForm(forms.Form):
    """Who keeps the plans for the province."""

    agency = _choice(_("Cơ quan tổng hợp"), (), _("Chọn cơ quan."))
    since = DayField(label=_("Từ ngày"))
    decision = forms.CharField(
        label=_("Văn bản giao nhiệm vụ"), max_length=400, error_messages={"required": _("Ghi số và ngày của văn bản.")}
    )

    def __init__(self, *args: Any, agencies: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].choices = [CHOOSE, *agencies]  # type: ignore[attr-defined]
