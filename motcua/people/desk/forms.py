"""What administrators and officials type about people."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.people.terms import OFFICIALS, Gender
from motcua.ui.fields import DayField, PhoneField

DAY_FORMATS = ["%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d"]
DAY_ERRORS = {
    "required": _("Ghi ngày theo thứ tự ngày/tháng/năm."),
    "invalid": _("Ghi ngày theo thứ tự ngày/tháng/năm: 05/09/2026"),
}
ROLES = [(role.value, role.label) for role in OFFICIALS]


class OfficialsFilterForm(forms.Form):
    """Search and filter of the list."""

    q = forms.CharField(label=_("Tên, số giấy tờ, điện thoại"), required=False, max_length=200)
    role = forms.ChoiceField(label=_("Vai trò"), required=False, choices=[("", _("Mọi vai trò")), *ROLES])


class NewOfficialForm(forms.Form):
    """A person who is to work here."""

    full_name = forms.CharField(
        label=_("Họ và tên"), max_length=1200, error_messages={"required": _("Ghi họ và tên như trên giấy tờ.")}
    )
    username = forms.CharField(
        label=_("Tên đăng nhập"),
        max_length=150,
        help_text=_("Viết liền, không dấu: mau.nv"),
        error_messages={"required": _("Đặt tên đăng nhập.")},
    )
    email = forms.EmailField(
        label=_("Thư điện tử"),
        required=False,
        help_text=_("Lời mời đặt mật khẩu gửi tới đây."),
        error_messages={"invalid": _("Địa chỉ thư chưa đúng. Ví dụ đúng: ten@example.vn")},
    )
    phone = forms.CharField(label=_("Điện thoại"), required=False, max_length=40)
    identity_number = forms.CharField(label=_("Số căn cước"), required=False, max_length=40)


class _AgencyForm(forms.Form):
    agency = forms.TypedChoiceField(
        label=_("Cơ quan"),
        coerce=int,
        error_messages={"required": _("Chọn cơ quan."), "invalid_choice": _("Chọn cơ quan.")},
    )

    def __init__(self, *args: Any, agencies: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].choices = [("", _("– chọn –")), *agencies]  # type: ignore[attr-defined]


class AppointForm(_AgencyForm):
    """A post for a person."""

    role = forms.ChoiceField(label=_("Vai trò"), choices=ROLES, error_messages={"required": _("Chọn vai trò.")})
    title = forms.CharField(label=_("Chức danh"), required=False, max_length=200)
    unit = forms.CharField(label=_("Phòng, bộ phận"), required=False, max_length=200)
    since = DayField(label=_("Từ ngày"), input_formats=DAY_FORMATS, error_messages=DAY_ERRORS)
    until = DayField(label=_("Đến hết ngày"), required=False, input_formats=DAY_FORMATS, error_messages=DAY_ERRORS)
    decision = forms.CharField(label=_("Quyết định"), required=False, max_length=200)


class EndPostForm(forms.Form):
    """The last day of a post."""

    last_day = DayField(label=_("Ngày cuối"), input_formats=DAY_FORMATS, error_messages=DAY_ERRORS)


class DelegateForm(forms.Form):
    """Who acts for me, in which of my roles, from when to when, by which paper."""

    held = forms.ChoiceField(label=_("Vai trò của tôi"), error_messages={"required": _("Chọn vai trò.")})
    find = forms.CharField(
        label=_("Tìm đồng nghiệp"),
        required=False,
        max_length=100,
        help_text=_("Gõ một phần tên, không cần dấu, rồi bấm Tìm tên này."),
    )
    receiver = forms.TypedChoiceField(
        label=_("Người làm thay"),
        coerce=int,
        error_messages={"required": _("Chọn người làm thay."), "invalid_choice": _("Chọn người trong danh sách.")},
    )
    starts_on = DayField(label=_("Từ ngày"), input_formats=DAY_FORMATS, error_messages=DAY_ERRORS)
    ends_on = DayField(label=_("Đến hết ngày"), input_formats=DAY_FORMATS, error_messages=DAY_ERRORS)
    decision = forms.CharField(
        label=_("Văn bản ủy quyền"),
        max_length=200,
        help_text=_("Số và ngày của văn bản."),
        error_messages={"required": _("Ghi số và ngày của văn bản ủy quyền.")},
    )

    def __init__(
        self, *args: Any, held: list[tuple[str, str]], receivers: list[tuple[int, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["held"].choices = held  # type: ignore[attr-defined]
        self.fields["receiver"].choices = [("", _("– chọn –")), *receivers]  # type: ignore[attr-defined]


class ImportForm(forms.Form):
    """A sheet of officials."""

    sheet = forms.FileField(
        label=_("Bảng Excel"),
        help_text=_("Tệp .xlsx theo bảng mẫu, tối đa 5.000 dòng."),
        error_messages={"required": _("Chọn tệp Excel."), "empty": _("Tệp này rỗng. Chọn lại tệp.")},
    )
    trial = forms.BooleanField(label=_("Chỉ kiểm tra, chưa ghi"), required=False)
    send_invitations = forms.BooleanField(label=_("Gửi lời mời cho người mới có địa chỉ thư"), required=False)


class CitizenForm(forms.Form):
    """The card in the official's hand, and where its owner is reached."""

    card = forms.CharField(
        label=_("Mã QR trên thẻ căn cước"),
        required=False,
        max_length=1000,
        help_text=_("Đặt con trỏ vào đây rồi quét; các ô dưới tự điền."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    full_name = forms.CharField(
        label=_("Họ và tên"), max_length=1200, error_messages={"required": _("Ghi họ và tên như trên giấy tờ.")}
    )
    identity_number = forms.CharField(
        label=_("Số giấy tờ"), max_length=40, error_messages={"required": _("Ghi số trên giấy tờ đang cầm.")}
    )
    born_on = DayField(label=_("Ngày sinh"), required=False, input_formats=DAY_FORMATS, error_messages=DAY_ERRORS)
    gender = forms.ChoiceField(
        label=_("Giới tính"), required=False, choices=[("", _("– không ghi –")), *Gender.choices]
    )
    address = forms.CharField(label=_("Địa chỉ"), required=False, max_length=500)
    phone = PhoneField(
        label=_("Điện thoại"), help_text=_("Hỏi người dân. Mã một lần để đăng nhập được gửi tới số này.")
    )
    email = forms.EmailField(
        label=_("Thư điện tử"),
        required=False,
        error_messages={"invalid": _("Địa chỉ thư chưa đúng. Ví dụ đúng: ten@example.vn")},
    )
