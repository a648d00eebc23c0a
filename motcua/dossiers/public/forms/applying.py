"""Case and office, papers, contact and delivery, the declaration."""

from collections.abc import Sequence
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.base.errors import Refused
from motcua.base.text import squeeze
from motcua.dossiers.public.forms.questions import MOST_CHOICES, files_field, kept_text
from motcua.dossiers.terms import Delivery
from motcua.people.rules import identity_objections, tax_code_of
from motcua.ui.fields import PhoneField


class PapersForm(forms.Form):
    """One control per paper; files are judged when they are kept, not here."""

    use_required_attribute = False

    def __init__(self, papers: Sequence[Any], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        for one in papers:
            self.fields[f"files_{one.no}"] = files_field(one.name, required=one.required)


class ContactForm(forms.Form):
    """Who applies, where news go, how the result comes."""

    use_required_attribute = False
    owner_name = forms.CharField(
        label=gettext_lazy("Họ và tên người được nộp thay"),
        max_length=300,
        required=False,
    )
    owner_identity = forms.CharField(
        label=gettext_lazy("Số giấy tờ của người được nộp thay"), max_length=20, required=False
    )
    proxy_paper = forms.CharField(
        label=gettext_lazy("Giấy ủy quyền"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("Số và ngày, hoặc loại giấy. Ví dụ: giấy ủy quyền chứng thực số 112 ngày 03/11/2026"),
    )
    business_name = forms.CharField(
        label=gettext_lazy("Tên hộ kinh doanh, doanh nghiệp, tổ chức"), max_length=300, required=False
    )
    tax_code = forms.CharField(
        label=gettext_lazy("Mã số thuế"), max_length=20, required=False, help_text=gettext_lazy("Chưa có thì để trống.")
    )
    subject = forms.CharField(
        label=gettext_lazy("Nội dung đề nghị giải quyết"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Viết như trong đơn: đề nghị việc gì, của ai, ở đâu."),
    )
    phone = PhoneField(
        label=gettext_lazy("Điện thoại"),
        help_text=gettext_lazy("Để gọi khi cần. Tra cứu hồ sơ bằng mã và 4 số cuối của số này."),
    )
    email = forms.EmailField(
        label=gettext_lazy("Thư điện tử"),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=gettext_lazy("Mỗi bước có tin gửi về đây."),
        error_messages={"invalid": gettext_lazy("Thư điện tử viết như ten@vidu.vn, xem lại chữ @ và phần sau nó.")},
    )
    delivery = forms.ChoiceField(
        label=gettext_lazy("Cách nhận kết quả"),
        widget=forms.RadioSelect,
        choices=[
            (Delivery.ONLINE, gettext_lazy("Bản điện tử\nTải về ở trang tra cứu, có chữ ký số, dùng như bản giấy")),
            (Delivery.COUNTER, gettext_lazy("Đến quầy lấy\nTại nơi tiếp nhận hồ sơ")),
            (Delivery.POST, gettext_lazy("Bưu điện gửi về nhà\nTrả cước khi nhận")),
        ],
        error_messages={"required": gettext_lazy("Chọn cách nhận kết quả.")},
    )
    delivery_address = forms.CharField(
        label=gettext_lazy("Địa chỉ nhận"),
        max_length=500,
        required=False,
        help_text=gettext_lazy("Chỉ ghi khi chọn bưu điện. Số nhà, đường hoặc thôn, tổ; xã, phường; tỉnh."),
    )

    def __init__(self, *args: Any, on_behalf: str, with_subject: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.on_behalf = on_behalf
        gone = {"other": BUSINESS, "business": OTHER}.get(on_behalf, (*OTHER, *BUSINESS))
        for name in (*gone, *(() if with_subject else ("subject",))):
            del self.fields[name]
        for name in ("owner_name", "proxy_paper", "business_name", "subject"):
            if name in self.fields:
                self.fields[name].required = True
                self.fields[name].error_messages["required"] = str(_MISSING[name])

    def clean_owner_identity(self) -> str:
        number = squeeze(self.cleaned_data["owner_identity"]).replace(" ", "")
        if number and (found := identity_objections(number)):
            raise forms.ValidationError(found)
        return number

    def clean_tax_code(self) -> str:
        text = squeeze(self.cleaned_data["tax_code"])
        if not text:
            return ""
        try:
            return tax_code_of(text)
        except Refused as refused:
            raise forms.ValidationError(refused.objections) from refused

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("delivery") == Delivery.POST and not squeeze(cleaned.get("delivery_address", "")):
            self.add_error("delivery_address", _("Ghi địa chỉ để bưu điện gửi kết quả."))
        return cleaned


OTHER: Final = ("owner_name", "owner_identity", "proxy_paper")
BUSINESS: Final = ("business_name", "tax_code")
_MISSING: Final = {
    "owner_name": gettext_lazy("Ghi họ và tên người được nộp thay."),
    "proxy_paper": gettext_lazy("Ghi số hoặc loại giấy ủy quyền."),
    "business_name": gettext_lazy("Ghi tên hộ kinh doanh, doanh nghiệp hoặc tổ chức."),
    "subject": gettext_lazy("Ghi nội dung đề nghị giải quyết."),
}


def typed_contact(data: Any) -> dict[str, str]:
    """What was typed on the page of contact and delivery, as it is."""
    return {name: kept_text(data[name]) for name in ContactForm.base_fields if name in data}


class ApplyForm(forms.Form):
    """Which case, at which office, for whom."""

    use_required_attribute = False
    case = forms.ChoiceField(
        label=gettext_lazy("Trường hợp nào?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Chọn trường hợp."),
            "invalid_choice": gettext_lazy("Chọn một trường hợp trong danh sách."),
        },
    )
    place = forms.CharField(
        label=gettext_lazy("Xã, phường, đặc khu giải quyết"),
        max_length=300,
        help_text=gettext_lazy("Tên mới từ 01/07/2025. Gõ tên cũ hoặc cả địa chỉ cũng được."),
        error_messages={
            "required": gettext_lazy("Ghi tên xã, phường hoặc đặc khu."),
            "max_length": gettext_lazy("Ghi tên xã, phường hoặc đặc khu, nhiều nhất 300 chữ."),
        },
        widget=forms.TextInput(attrs={"list": "noi-giai-quyet", "autocomplete": "off"}),
    )
    on_behalf = forms.ChoiceField(
        label=gettext_lazy("Nộp cho ai?"),
        widget=forms.RadioSelect,
        initial="self",
        choices=[
            ("self", gettext_lazy("Cho chính tôi, hoặc con tôi")),
            ("other", gettext_lazy("Thay người khác\nCần giấy ủy quyền")),
            ("business", gettext_lazy("Cho hộ kinh doanh, doanh nghiệp, tổ chức\nTôi là người đại diện")),
        ],
        error_messages={"required": gettext_lazy("Chọn nộp cho ai.")},
    )

    def __init__(
        self,
        *args: Any,
        cases: Sequence[tuple[str, str]],
        places: Sequence[tuple[int, str]],
        by_name: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        if cases:
            self.fields["case"].choices = cases
            if len(cases) > MOST_CHOICES:
                self.fields["case"].widget = forms.Select(choices=cases)
        else:
            del self.fields["case"]
        if len(places) == 1:
            del self.fields["place"]
        elif not by_name:
            listed = [(str(number), name) for number, name in places]
            few = len(listed) <= MOST_CHOICES
            widget = (
                forms.RadioSelect(choices=listed) if few else forms.Select(choices=[("", _("Chọn cơ quan")), *listed])
            )
            self.fields["place"] = forms.ChoiceField(
                label=_("Cơ quan giải quyết"),
                choices=[("", ""), *listed],
                widget=widget,
                error_messages={
                    "required": _("Chọn cơ quan giải quyết."),
                    "invalid_choice": _("Chọn một cơ quan trong danh sách."),
                },
            )
        self.order_fields(["case", "place", "on_behalf"])


class DeclareForm(forms.Form):
    """The declaration before handing in, and the seal of what was shown."""

    use_required_attribute = False
    truthful = forms.BooleanField(
        label=gettext_lazy("Tôi xin chịu trách nhiệm về những điều đã khai"),
        error_messages={"required": gettext_lazy("Đánh dấu vào ô chịu trách nhiệm về điều đã khai, rồi nộp.")},
    )
    key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=300)
