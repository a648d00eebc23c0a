"""What the controller types into a concept; values only."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.procedures.rules.editing import QuestionRow
from motcua.procedures.rules.forms import Kind
from motcua.procedures.terms import DecidingLevel

_KINDS = [
    (Kind.TEXT.value, _("một dòng chữ")),
    (Kind.LONG.value, _("nhiều dòng chữ")),
    (Kind.NUMBER.value, _("số")),
    (Kind.DATE.value, _("ngày")),
    (Kind.YES_NO.value, _("có hoặc không")),
    (Kind.CHOICE.value, _("chọn một mục")),
    (Kind.CHOICES.value, _("chọn nhiều mục")),
    (Kind.IDENTITY.value, _("số giấy tờ tùy thân")),
    (Kind.PHONE.value, _("số điện thoại")),
    (Kind.EMAIL.value, _("thư điện tử")),
]


def _text(label: Any, *, rows: int = 0, most: int = 2000, required: bool = False, **more: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput()
    return forms.CharField(label=label, required=required, max_length=most, widget=widget, **more)


class WordsForm(forms.Form):
    """The texts of a concept and who decides."""

    name = _text(_("Tên thủ tục"), rows=2, required=True, error_messages={"required": _("Ghi tên thủ tục.")})
    plain_name = _text(_("Tên gọi ngắn"), most=300, help_text=_("Người dân đọc và tìm bằng tên này."))
    summary = _text(_("Tóm tắt một câu"), most=500)
    field = _text(_("Lĩnh vực"), most=500)
    deciding_level = forms.ChoiceField(label=_("Cấp giải quyết"), choices=DecidingLevel.choices)
    responsible = forms.TypedMultipleChoiceField(
        label=_("Sở, ngành giải quyết"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Chỉ dùng khi cấp giải quyết là sở, ngành. Không chọn thì sở, ngành nào cũng được."),
    )
    answered_at_once = forms.BooleanField(label=_("Trả kết quả ngay, không in giấy hẹn"), required=False)
    applicants = _text(_("Đối tượng"), rows=2)
    executing_authority = _text(_("Cơ quan thực hiện"))
    competent_authority = _text(_("Cơ quan có thẩm quyền"))
    reception_address = _text(_("Nơi tiếp nhận"), rows=2)
    steps_text = _text(_("Trình tự thực hiện"), rows=8, most=50_000)
    conditions = _text(_("Yêu cầu, điều kiện"), rows=4, most=50_000)
    result_name = _text(_("Kết quả"), most=1000)

    def __init__(self, *args: Any, agencies: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["responsible"].choices = agencies  # type: ignore[attr-defined]


class CaseForm(forms.Form):
    """The name of a case; one that stands alone needs none."""

    name = _text(_("Tên trường hợp"), most=500, help_text=_("Để trống nếu thủ tục chỉ có một trường hợp."))


class PaperForm(forms.Form):
    """One paper."""

    name = _text(_("Tên giấy tờ"), rows=2)
    originals = forms.IntegerField(label=_("Bản chính"), min_value=0, max_value=99, initial=0)
    copies = forms.IntegerField(label=_("Bản sao"), min_value=0, max_value=99, initial=0)
    required = forms.BooleanField(label=_("Bắt buộc"), required=False)
    form = _text(_("Mẫu đơn, tờ khai"), most=300)
    condition = _text(_("Chỉ cần khi"), most=1000)


class GroupForm(forms.Form):
    """The head of one page of the application."""

    title = _text(_("Tên nhóm câu hỏi"), most=200)
    hint = _text(_("Chỉ dẫn dưới tên nhóm"), most=500)


class QuestionForm(forms.Form):
    """One question."""

    name = forms.CharField(required=False, max_length=80, widget=forms.HiddenInput)
    label = _text(_("Câu hỏi"), most=300, help_text=_("Xóa chữ để bỏ câu hỏi."))
    kind = forms.ChoiceField(label=_("Trả lời bằng"), choices=_KINDS)
    required = forms.BooleanField(label=_("Bắt buộc trả lời"), required=False)
    hint = _text(_("Chỉ dẫn"), most=500)
    example = _text(_("Ví dụ"), most=200)
    choices = _text(_("Các mục để chọn"), rows=3, most=5000, help_text=_("Mỗi dòng một mục."))

    def row(self) -> QuestionRow:
        """The checked line."""
        values = self.cleaned_data
        choices = tuple(" ".join(one.split()) for one in values["choices"].splitlines() if one.strip())
        kind = Kind(values["kind"])
        listed = choices if kind in (Kind.CHOICE, Kind.CHOICES) else ()
        return QuestionRow(
            values["label"], kind, values["name"], values["required"], values["hint"], values["example"], listed
        )
