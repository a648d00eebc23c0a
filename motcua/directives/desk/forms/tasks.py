"""Text from the pages of tasks into values; nothing here knows the database."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.directives.desk.forms.parts import Choices, FilesField, agency, area, follower_field
from motcua.directives.rules.giving import LONGEST_TITLE
from motcua.directives.terms import Field, GivenBy, Kind, Recurrence, Urgency
from motcua.ui.fields import DayField


class GiveForm(forms.Form):
    """A task given by hand."""

    title = forms.CharField(
        label=_("Nội dung nhiệm vụ"),
        max_length=LONGEST_TITLE,
        widget=area(3),
        error_messages={"required": _("Ghi nội dung nhiệm vụ.")},
        help_text=_("Viết rõ việc và kết quả phải có."),
    )
    lead = forms.CharField(
        label=_("Cơ quan chủ trì"),
        max_length=300,
        widget=agency(),
        error_messages={"required": _("Ghi cơ quan chủ trì.")},
        help_text=_("Một cơ quan. Gõ vài chữ của tên để chọn."),
    )
    partners = forms.CharField(
        label=_("Cơ quan phối hợp"),
        required=False,
        max_length=5000,
        widget=area(2),
        help_text=_("Cách nhau bằng dấu chấm phẩy. Ví dụ: Sở Tài chính; các xã, phường, đặc khu"),
    )
    kind = forms.ChoiceField(
        label=_("Loại"),
        widget=forms.RadioSelect,
        initial=Kind.DATED,
        choices=[
            (Kind.DATED, _("Có thời hạn\nGhi ngày đến hạn ở dưới")),
            (Kind.RECURRING, _("Định kỳ\nMỗi kỳ sinh một nhiệm vụ, chọn chu kỳ ở dưới")),
            (Kind.CONSTANT, _("Thường xuyên\nKhông có ngày đến hạn")),
            (Kind.OPEN_ENDED, _("Không thời hạn\nLàm xong thì báo cáo")),
        ],
    )
    due_on = DayField(label=_("Ngày đến hạn"), required=False)
    recurrence = forms.ChoiceField(label=_("Chu kỳ"), required=False, choices=Recurrence.choices)
    due_day = forms.IntegerField(
        label=_("Ngày báo cáo trong kỳ"),
        required=False,
        min_value=1,
        max_value=31,
        help_text=_("Ví dụ 20 là ngày 20 của tháng; theo tuần thì 1 là thứ Hai. Để trống là ngày cuối kỳ."),
    )
    until = DayField(label=_("Định kỳ đến hết ngày"), required=False)
    given_by = forms.ChoiceField(label=_("Cấp giao"), choices=GivenBy.choices, initial=GivenBy.COMMITTEE)
    field = forms.ChoiceField(label=_("Lĩnh vực"), choices=Field.choices, initial=Field.OTHER)
    urgency = forms.ChoiceField(label=_("Mức độ"), choices=Urgency.choices, initial=Urgency.NORMAL)
    follower = follower_field()
    product = forms.CharField(label=_("Sản phẩm"), required=False, max_length=500)
    target = forms.CharField(label=_("Chỉ tiêu"), required=False, max_length=500)
    figure_code = forms.CharField(label=_("Mã số liệu tự cập nhật"), required=False, max_length=60)
    public = forms.BooleanField(label=_("Công khai nhiệm vụ này cho người dân"), required=False)

    def __init__(self, *args: Any, people: Choices = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["follower"].choices = [("", _("Chưa phân công")), *people]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        kind = cleaned.get("kind")
        if kind == Kind.DATED and not cleaned.get("due_on") and "due_on" not in self.errors:
            self.add_error("due_on", _("Ghi ngày đến hạn, hoặc chọn loại khác."))
        if kind == Kind.RECURRING and cleaned.get("recurrence") in ("", Recurrence.NONE):
            self.add_error("recurrence", _("Chọn chu kỳ của nhiệm vụ định kỳ."))
        if kind != Kind.RECURRING:
            cleaned["recurrence"], cleaned["due_day"], cleaned["until"] = Recurrence.NONE, None, None
        if kind != Kind.DATED:
            cleaned["due_on"] = None
        return cleaned


class ReasonForm(forms.Form):
    """A reason, said to the other side."""

    reason = forms.CharField(
        label=_("Lý do"), max_length=5000, widget=area(4), error_messages={"required": _("Ghi lý do.")}
    )


class AppointForm(forms.Form):
    """Who works on it."""

    to = forms.TypedChoiceField(
        label=_("Người thực hiện"),
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("Chọn một người.")},
    )
    note = forms.CharField(label=_("Lời dặn"), required=False, max_length=2000, widget=area(2))

    def __init__(self, *args: Any, people: Choices = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = people  # type: ignore[attr-defined]


class TakeForm(forms.Form):
    """Take the task, and name at once who works on it."""

    assignee = forms.TypedChoiceField(
        label=_("Phân công luôn cho"),
        required=False,
        coerce=int,
        empty_value=None,
        help_text=_("Có thể phân công sau."),
    )

    def __init__(self, *args: Any, people: Choices = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["assignee"].choices = [("", _("Chưa phân công")), *people]  # type: ignore[attr-defined]


class ProgressForm(forms.Form):
    """How it goes."""

    progress = forms.IntegerField(
        label=_("Tiến độ, phần trăm"),
        min_value=0,
        max_value=100,
        error_messages={
            "required": _("Ghi tiến độ từ 0 đến 100."),
            "min_value": _("Ghi tiến độ từ 0 đến 100."),
            "max_value": _("Ghi tiến độ từ 0 đến 100."),
        },
        widget=forms.NumberInput(attrs={"class": "in--day"}),
    )
    text = forms.CharField(
        label=_("Việc đã làm"), max_length=5000, widget=area(4), error_messages={"required": _("Ghi việc đã làm.")}
    )


class ReportForm(forms.Form):
    """Done, and what shows it."""

    text = forms.CharField(
        label=_("Kết quả thực hiện"),
        max_length=5000,
        widget=area(5),
        error_messages={"required": _("Ghi kết quả thực hiện.")},
    )
    proofs = FilesField(
        label=_("Minh chứng"),
        required=False,
        help_text=_("PDF, ảnh, Word hoặc Excel, đến 20 MB mỗi tệp, tối đa 20 tệp."),
    )
    result_number = forms.CharField(
        label=_("Số văn bản kết quả"),
        required=False,
        max_length=60,
        help_text=_("Không có tệp thì phải ghi số văn bản."),
    )
    result_on = DayField(label=_("Ngày văn bản kết quả"), required=False)


class ExtensionForm(forms.Form):
    """Ask for a later day."""

    wanted_on = DayField(label=_("Xin đến hết ngày"))
    reason = forms.CharField(
        label=_("Lý do"), max_length=5000, widget=area(4), error_messages={"required": _("Ghi lý do xin gia hạn.")}
    )


class GrantForm(forms.Form):
    """Agree to a later day; another one than asked for is possible."""

    new_due_on = DayField(label=_("Hạn mới"))
    opinion = forms.CharField(label=_("Ý kiến"), required=False, max_length=5000, widget=area(3))


class OpinionForm(forms.Form):
    """A word that goes with the confirmation."""

    opinion = forms.CharField(label=_("Ý kiến, đánh giá"), required=False, max_length=5000, widget=area(3))


class ReassignForm(forms.Form):
    """To another lead."""

    lead = forms.CharField(
        label=_("Cơ quan chủ trì mới"),
        max_length=300,
        widget=agency(),
        error_messages={"required": _("Ghi cơ quan chủ trì mới.")},
    )
    due_on = DayField(label=_("Hạn mới"), required=False, help_text=_("Để trống thì giữ hạn cũ."))
    reason = forms.CharField(
        label=_("Lý do giao lại"),
        max_length=5000,
        widget=area(3),
        error_messages={"required": _("Ghi lý do giao lại.")},
    )


class ResumeForm(forms.Form):
    """Go on, by a new day."""

    due_on = DayField(label=_("Hạn mới"), required=False, help_text=_("Để trống thì theo hạn trước khi tạm hoãn."))


class DivideForm(forms.Form):
    """A part for a unit of the lead's own house."""

    title = forms.CharField(
        label=_("Việc giao"),
        max_length=LONGEST_TITLE,
        widget=area(3),
        error_messages={"required": _("Ghi việc giao.")},
    )
    lead = forms.TypedChoiceField(label=_("Giao cho"), coerce=int)
    due_on = DayField(label=_("Hạn"), required=False)

    def __init__(self, *args: Any, units: Choices = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lead"].choices = units  # type: ignore[attr-defined]


class UrgeForm(forms.Form):
    """Công văn đôn đốc."""

    text = forms.CharField(
        label=_("Nội dung đôn đốc"),
        max_length=5000,
        widget=area(4),
        error_messages={"required": _("Ghi nội dung đôn đốc.")},
    )
    letter_number = forms.CharField(label=_("Số công văn"), required=False, max_length=60)


class CorrectForm(forms.Form):
    """Put right what was written down wrongly."""

    title = forms.CharField(
        label=_("Nội dung nhiệm vụ"),
        max_length=LONGEST_TITLE,
        widget=area(3),
        error_messages={"required": _("Ghi nội dung nhiệm vụ.")},
    )
    partners = forms.CharField(label=_("Cơ quan phối hợp"), required=False, max_length=5000, widget=area(2))
    field = forms.ChoiceField(label=_("Lĩnh vực"), choices=Field.choices)
    given_by = forms.ChoiceField(label=_("Cấp giao"), choices=GivenBy.choices)
    urgency = forms.ChoiceField(label=_("Mức độ"), choices=Urgency.choices)
    follower = follower_field()
    product = forms.CharField(label=_("Sản phẩm"), required=False, max_length=500)
    target = forms.CharField(label=_("Chỉ tiêu"), required=False, max_length=500)
    reason = forms.CharField(
        label=_("Lý do sửa"), max_length=5000, widget=area(2), error_messages={"required": _("Ghi lý do sửa.")}
    )

    def __init__(self, *args: Any, people: Choices = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["follower"].choices = [("", _("Chưa phân công")), *people]  # type: ignore[attr-defined]


class SheetForm(forms.Form):
    """A sheet of tasks to take in."""

    file = forms.FileField(
        label=_("Bảng Excel theo mẫu"),
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
        error_messages={"required": _("Chọn bảng Excel (.xlsx) theo mẫu.")},
    )
