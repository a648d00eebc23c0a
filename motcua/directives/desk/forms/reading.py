"""Text from the reading desk into values; nothing here knows the database."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.directives.desk.forms.parts import Choices, agency, area, follower_field
from motcua.directives.rules.giving import LONGEST_TITLE
from motcua.directives.terms import Field, GivenBy, Recurrence, Urgency
from motcua.ui.fields import DayField


class ReadInForm(forms.Form):
    """A document for the reading desk: a file, or its words pasted."""

    file = forms.FileField(
        label=_("Tệp văn bản"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".docx,.pdf,.txt,.md"}),
        help_text=_(
            "Word (.docx), PDF có chữ, .txt hoặc .md, đến 20 MB. Bản quét chỉ có ảnh thì chạy nhận dạng chữ trước."
        ),
    )
    text = forms.CharField(
        label=_("Hoặc dán toàn văn vào đây"), required=False, max_length=1_000_000, widget=area(10), strip=False
    )
    number = forms.CharField(label=_("Số, ký hiệu"), required=False, max_length=60)
    issued_on = DayField(label=_("Ngày ban hành"), required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        has_text = bool((cleaned.get("text") or "").strip())
        if "file" not in self.errors and not cleaned.get("file") and not has_text:
            self.add_error("file", _("Chọn tệp văn bản, hoặc dán toàn văn vào ô bên dưới."))
        if cleaned.get("file") and has_text:
            self.add_error("text", _("Đã chọn tệp thì để trống ô này, hoặc bỏ tệp và dán chữ."))
        return cleaned


class HeaderForm(forms.Form):
    """Number, day, issuer and subject of a document, put right by a person."""

    number = forms.CharField(label=_("Số, ký hiệu"), max_length=60, error_messages={"required": _("Ghi số văn bản.")})
    issued_on = DayField(label=_("Ngày ban hành"))
    issuer_name = forms.CharField(label=_("Cơ quan ban hành"), required=False, max_length=300)
    title = forms.CharField(label=_("Trích yếu"), required=False, max_length=2000, widget=area(3))
    given_by = forms.ChoiceField(label=_("Cấp giao"), choices=GivenBy.choices)


class AcceptForm(forms.Form):
    """What goes with a yes: all of it filled in beforehand, so that one key is enough."""

    follower = follower_field()
    field = forms.ChoiceField(label=_("Lĩnh vực"), choices=Field.choices)
    urgency = forms.ChoiceField(label=_("Mức độ"), choices=Urgency.choices, initial=Urgency.NORMAL)
    product = forms.CharField(
        label=_("Sản phẩm"), required=False, max_length=500, help_text=_("Ví dụ: kế hoạch, báo cáo, danh sách")
    )
    figure_code = forms.CharField(
        label=_("Mã số liệu tự cập nhật"),
        required=False,
        max_length=60,
        help_text=_("Nếu kết quả là một con số đã có mã, số mới nhất hiện ngay trong nhiệm vụ."),
    )
    public = forms.BooleanField(label=_("Công khai nhiệm vụ này cho người dân"), required=False)

    def __init__(self, *args: Any, people: Choices = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["follower"].choices = [("", _("Chưa phân công")), *people]  # type: ignore[attr-defined]


class ProposalForm(forms.Form):
    """A proposed task, changed by a person."""

    title = forms.CharField(
        label=_("Nội dung"),
        max_length=LONGEST_TITLE,
        widget=area(4),
        error_messages={"required": _("Ghi nội dung nhiệm vụ.")},
    )
    lead = forms.CharField(
        label=_("Cơ quan chủ trì"),
        required=False,
        max_length=2000,
        widget=agency(),
        help_text=_("Tên cũ, tên tắt, gõ không dấu đều được. Nhiều cơ quan thì cách nhau bằng dấu chấm phẩy."),
    )
    partners = forms.CharField(
        label=_("Cơ quan phối hợp"),
        required=False,
        max_length=5000,
        widget=area(2),
        help_text=_("Cách nhau bằng dấu chấm phẩy. Ví dụ: Sở Tài chính; các xã, phường, đặc khu"),
    )
    due_on = DayField(label=_("Hạn"), required=False)
    recurrence = forms.ChoiceField(label=_("Định kỳ"), choices=Recurrence.choices)
    target = forms.CharField(label=_("Chỉ tiêu"), required=False, max_length=500)


class PartForm(forms.Form):
    """One of the tasks that a proposal is split into."""

    title = forms.CharField(label=_("Nội dung"), required=False, max_length=LONGEST_TITLE, widget=area(3))
    lead = forms.CharField(label=_("Chủ trì"), required=False, max_length=2000, widget=agency())
    due_on = DayField(label=_("Hạn"), required=False)


class MergeForm(forms.Form):
    """Which others are one task with this."""

    others = forms.TypedMultipleChoiceField(
        label=_("Gộp với"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Chọn ít nhất một nhiệm vụ đề xuất để gộp vào.")},
    )
    title = forms.CharField(
        label=_("Nội dung sau khi gộp"),
        required=False,
        max_length=LONGEST_TITLE,
        widget=area(3),
        help_text=_("Để trống thì nối nội dung các nhiệm vụ. Chủ trì lấy của nhiệm vụ đầu, hạn lấy ngày muộn nhất."),
    )

    def __init__(self, *args: Any, others: Choices = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["others"].choices = others  # type: ignore[attr-defined]


class RejectForm(forms.Form):
    """Why a proposal is no task; the usual reasons need no typing."""

    why = forms.ChoiceField(
        label=_("Vì sao bỏ"),
        required=False,
        widget=forms.RadioSelect,
        initial="not",
        choices=[
            ("not", _("Không phải nhiệm vụ cụ thể")),
            ("done", _("Đã giao ở văn bản khác")),
            ("info", _("Chỉ nêu để biết")),
            ("other", _("Lý do khác, ghi ở dưới")),
        ],
    )
    reason = forms.CharField(label=_("Ghi thêm"), required=False, max_length=1000, widget=area(2))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        words = (cleaned.get("reason") or "").strip()
        chosen = cleaned.get("why") or "other"
        if chosen == "other" and not words:
            self.add_error("reason", _("Ghi lý do bỏ."))
        label = dict(self.fields["why"].choices).get(chosen, "")  # type: ignore[attr-defined]
        cleaned["words"] = words if chosen == "other" else f"{label}. {words}".rstrip(". ") + "."
        return cleaned


class AddForm(ProposalForm):
    """A task that the reader did not see: its place in the document by its own words."""

    quote = forms.CharField(
        label=_("Đoạn trong văn bản"),
        widget=area(3),
        max_length=5000,
        error_messages={"required": _("Chép đoạn của văn bản nói về nhiệm vụ này vào đây.")},
        help_text=_("Chép nguyên văn từ văn bản; nhiệm vụ giữ liên kết tới đoạn này."),
    )
    title = forms.CharField(
        label=_("Nội dung"),
        required=False,
        max_length=LONGEST_TITLE,
        widget=area(3),
        help_text=_("Để trống thì lấy đoạn ở trên."),
    )
    field_order = ("quote",)
