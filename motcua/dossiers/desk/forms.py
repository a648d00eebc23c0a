"""Text from the desk's pages into values; nothing here knows the database."""

from datetime import date
from typing import Any

from django import forms
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from motcua.base.errors import Refused
from motcua.base.text import squeeze
from motcua.dossiers.terms import Delivery, PaymentWay
from motcua.people.rules import birth_objections, identity_objections, normal_phone, tax_code_of
from motcua.procedures.queries import Offer
from motcua.ui.fields import DayField, MomentField, MoneyField
from motcua.ui.words import whole

MOST_FEE = 1_000_000_000
"""No fee of one dossier comes near it: a slip of the hand does."""


class ApplicantForm(forms.Form):
    """Who applies and who applies for them, at reception as when it is put right."""

    today: date | None = None
    identity_number = forms.CharField(label=_("Số giấy tờ"), required=False, max_length=20)
    birth_on = DayField(label=_("Ngày sinh"), required=False)
    phone = forms.CharField(label=_("Điện thoại"), required=False, max_length=20)
    email = forms.EmailField(
        label=_("Thư điện tử"),
        required=False,
        error_messages={"invalid": _("Địa chỉ thư phải có dạng ten@nha-mang.vn.")},
    )
    address = forms.CharField(label=_("Địa chỉ"), required=False, max_length=500)
    business_name = forms.CharField(label=_("Tên tổ chức, hộ kinh doanh"), required=False, max_length=300)
    tax_code = forms.CharField(label=_("Mã số thuế"), required=False, max_length=20)
    proxy_name = forms.CharField(label=_("Người nộp thay"), required=False, max_length=300)
    proxy_identity = forms.CharField(label=_("Số giấy tờ người nộp thay"), required=False, max_length=20)
    proxy_phone = forms.CharField(label=_("Điện thoại người nộp thay"), required=False, max_length=20)
    proxy_email = forms.EmailField(
        label=_("Thư điện tử người nộp thay"),
        required=False,
        error_messages={"invalid": _("Địa chỉ thư phải có dạng ten@nha-mang.vn.")},
    )
    proxy_address = forms.CharField(label=_("Địa chỉ người nộp thay"), required=False, max_length=500)
    proxy_paper = forms.CharField(label=_("Giấy ủy quyền"), required=False, max_length=300)

    def clean_birth_on(self) -> date | None:
        born_on: date | None = self.cleaned_data["birth_on"]
        if born_on and self.today and (found := birth_objections(born_on, today=self.today)):
            raise forms.ValidationError(found)
        return born_on

    def clean_identity_number(self) -> str:
        return self._number("identity_number")

    def clean_proxy_identity(self) -> str:
        return self._number("proxy_identity")

    def _number(self, name: str) -> str:
        number = squeeze(self.cleaned_data[name]).replace(" ", "")
        if number and (found := identity_objections(number)):
            raise forms.ValidationError(found)
        return number

    def clean_phone(self) -> str:
        return self._phone("phone")

    def clean_proxy_phone(self) -> str:
        return self._phone("proxy_phone")

    def _phone(self, name: str) -> str:
        text = self.cleaned_data[name]
        if not text.strip():
            return ""
        try:
            return normal_phone(text)
        except Refused as refused:
            raise forms.ValidationError(refused.objections) from refused

    def clean_tax_code(self) -> str:
        text = self.cleaned_data["tax_code"]
        if not text.strip():
            return ""
        try:
            return tax_code_of(text)
        except Refused as refused:
            raise forms.ValidationError(refused.objections) from refused

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("proxy_name") and not cleaned.get("proxy_paper"):
            self.add_error("proxy_paper", _("Ghi số hoặc loại giấy ủy quyền."))
        return cleaned


class ReceptionForm(ApplicantForm):
    """The sheet of the reception: four ruled rows, tab order is the order of speaking."""

    field_order = ("scan", "person", "name")
    scan = forms.CharField(
        label=_("Quét thẻ căn cước, hoặc gõ số giấy tờ, số điện thoại"), required=False, max_length=400
    )
    person = forms.IntegerField(required=False, widget=forms.HiddenInput)
    name = forms.CharField(
        label=_("Họ và tên người nộp"), max_length=300, error_messages={"required": _("Ghi họ và tên người nộp.")}
    )
    birth_on = DayField(
        label=_("Ngày sinh"),
        required=False,
        input_formats=["%d/%m/%Y", "%d-%m-%Y", "%Y-%m-%d", "%d%m%Y"],
        error_messages={
            "invalid": _("Ghi ngày sinh dạng ngày/tháng/năm, ví dụ 05/11/1985."),
            "year": _("Năm sinh %(year)s không đúng. Ghi đủ bốn chữ số của năm, ví dụ 05/11/1985."),
        },
    )
    phone = forms.CharField(label=_("Điện thoại nhận tin"), required=False, max_length=20)
    procedure = forms.CharField(
        label=_("Tên hoặc mã, không dấu cũng được"), max_length=300, error_messages={"required": _("Chọn thủ tục.")}
    )
    case = forms.CharField(label=_("Trường hợp"), required=False, max_length=40)
    deciding = forms.IntegerField(label=_("Cơ quan giải quyết"), required=False)
    subject = forms.CharField(label=_("Nội dung yêu cầu giải quyết"), required=False, max_length=1000)
    outside_code = forms.CharField(label=_("Mã trên Cổng Dịch vụ công quốc gia"), required=False, max_length=60)
    by_post = forms.BooleanField(label=_("Bưu điện chuyển đến"), required=False)
    delivery = forms.ChoiceField(
        label=_("Nhận kết quả"), required=False, choices=Delivery.choices, initial=Delivery.COUNTER
    )
    delivery_address = forms.CharField(label=_("Gửi kết quả về"), required=False, max_length=500)
    amount = MoneyField(
        label=_("Số tiền thu"),
        required=False,
        max_value=MOST_FEE,
        error_messages={
            "required": _("Ghi số tiền thu của hồ sơ này, ví dụ 25.000."),
            "invalid": _("Số tiền chỉ gồm chữ số, ví dụ 25.000."),
            "max_value": _("Số tiền này lớn quá. Xem lại các chữ số."),
        },
    )
    fee = forms.ChoiceField(
        label=_("Lệ phí"),
        required=False,
        initial="later",
        choices=[("cash", _("thu tiền mặt")), ("transfer", _("đã chuyển khoản")), ("later", _("thu khi trả kết quả"))],
    )

    def __init__(self, *args: Any, today: date | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def paid_now(self) -> None:
        """The result is handed over at once: there is no later moment to take the fee."""
        self.fields["fee"].choices = [one for one in self.fields["fee"].choices if one[0] != "later"]
        self.fields["fee"].initial = "cash"

    def priced(self, offer: Offer, *, taking: bool) -> None:
        """What is to be paid; where the fee goes by pages or copies, the counter writes what it comes to."""
        price = whole(offer.fee_vnd)
        if not offer.fee_counted:
            self.fields["fee"].label = _("Lệ phí %(price)s đồng") % {"price": price}
            return
        self.fields["fee"].label = _("Thu thế nào")
        self.fields["amount"].required = taking and offer.fee_known
        words = {"price": price, "unit": offer.fee_unit, "note": offer.fee_note}
        told = (
            _("%(price)s đồng một %(unit)s. %(note)s") if offer.fee_known else _("Chưa có mức trong danh mục. %(note)s")
        )
        self.fields["amount"].help_text = Truncator(squeeze(told % words)).chars(300)

    def clean_name(self) -> str:
        return squeeze(self.cleaned_data["name"])

    def clean_delivery(self) -> str:
        """Asked only once a procedure is chosen; until then nobody is told that it is missing."""
        return self.cleaned_data["delivery"] or Delivery.COUNTER

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("delivery") == Delivery.POST and not (cleaned.get("delivery_address") or cleaned.get("address")):
            self.add_error("delivery_address", _("Ghi địa chỉ nhận kết quả."))
        return cleaned


class ReasonForm(forms.Form):
    """A reason in words, for moves that need one."""

    reason = forms.CharField(
        label=_("Lý do"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Ghi lý do.")},
    )


class NoteForm(forms.Form):
    """A word that may go along."""

    note = forms.CharField(
        label=_("Ghi chú cho người sau"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )


class StopForm(ReasonForm):
    """Why it is stopped and by which law."""

    legal_basis = forms.CharField(
        label=_("Căn cứ pháp lý"), max_length=1000, error_messages={"required": _("Ghi căn cứ pháp lý.")}
    )


class AssignForm(NoteForm):
    """To whom; the choices are given by the view."""

    field_order = ["to", "note"]
    to = forms.TypedChoiceField(
        label=_("Giao cho"),
        coerce=int,
        choices=(),
        widget=forms.RadioSelect,
        error_messages={"required": _("Chọn người nhận việc.")},
    )

    def __init__(self, *args: Any, people: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = people


class HandOverForm(forms.Form):
    """Which unit gets it."""

    unit = forms.TypedChoiceField(
        label=_("Chuyển đến"),
        coerce=int,
        choices=(),
        widget=forms.RadioSelect,
        error_messages={"required": _("Chọn phòng nhận hồ sơ.")},
    )

    def __init__(self, *args: Any, units: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = units


class SupplementForm(ReasonForm):
    """What is missing, in full and once: one line for each paper, and the reason."""

    def __init__(self, *args: Any, papers: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.papers = papers
        for no, name in papers:
            self.fields[f"what_{no}"] = forms.CharField(label=name, required=False, max_length=1000)
        self.fields["other"] = forms.CharField(label=_("Giấy tờ khác"), required=False, max_length=1000)
        self.fields["reason"].label = _("Lý do cần bổ sung")

    @property
    def lines(self) -> list[Any]:
        """The bound fields of the papers, then of the other one."""
        return [self[f"what_{no}"] for no, _name in self.papers] + [self["other"]]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        items = [
            {"paper": no, "name": name, "what": squeeze(cleaned[f"what_{no}"])}
            for no, name in self.papers
            if cleaned.get(f"what_{no}", "").strip()
        ]
        if cleaned.get("other", "").strip():
            items.append({"paper": None, "name": squeeze(cleaned["other"]), "what": ""})
        if not items:
            raise forms.ValidationError(_("Ghi điều cần bổ sung hoặc sửa ở ít nhất một giấy tờ."))
        cleaned["items"] = items
        return cleaned


class ResultForm(forms.Form):
    """The drafted result; a refusal on the merits is one too."""

    favourable = forms.TypedChoiceField(
        label=_("Kết quả"),
        coerce=lambda text: text == "yes",
        initial="yes",
        widget=forms.RadioSelect,
        error_messages={"required": _("Chọn đủ hay không đủ điều kiện.")},
        choices=[("yes", _("Đủ điều kiện, đồng ý giải quyết")), ("no", _("Không đủ điều kiện, trả lời bằng văn bản"))],
    )
    title = forms.CharField(
        label=_("Tên văn bản kết quả"), max_length=500, error_messages={"required": _("Ghi tên văn bản.")}
    )
    body = forms.CharField(
        label=_("Nội dung"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": _("Ghi nội dung kết quả, hoặc lý do không đủ điều kiện.")},
    )


class ExtendForm(ReasonForm):
    """The one new date and the reason that goes into the apology."""

    new_due_at = MomentField(
        label=_("Hẹn mới"),
        help_text=_("Giờ và ngày làm việc, ví dụ 16:00 24/11/2026."),
        input_formats=["%H:%M %d/%m/%Y", "%d/%m/%Y %H:%M", "%Y-%m-%dT%H:%M"],
        error_messages={
            "required": _("Ghi giờ và ngày hẹn mới."),
            "invalid": _("Ghi dạng giờ:phút ngày/tháng/năm, ví dụ 16:00 24/11/2026."),
        },
    )


class ReturnForm(forms.Form):
    """Who took the result, or the waybill."""

    way = forms.ChoiceField(
        label=_("Trả bằng cách"),
        choices=Delivery.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Chọn cách trả kết quả.")},
    )
    handed_to = forms.CharField(label=_("Người nhận tại quầy"), required=False, max_length=300)
    waybill = forms.CharField(label=_("Số vận đơn, khi gửi bưu điện"), required=False, max_length=60)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        way = cleaned.get("way")
        if way == Delivery.COUNTER and not squeeze(cleaned.get("handed_to", "")):
            self.add_error("handed_to", _("Ghi tên người nhận kết quả."))
        if way == Delivery.POST and not squeeze(cleaned.get("waybill", "")):
            self.add_error("waybill", _("Ghi số vận đơn bưu điện."))
        taker = "handed_to" if way == Delivery.COUNTER else "waybill" if way == Delivery.POST else ""
        cleaned["taker"] = cleaned.get(taker) or ""
        return cleaned


class PayForm(forms.Form):
    """How the fee was paid, by whom."""

    way = forms.ChoiceField(
        label=_("Hình thức"), choices=PaymentWay.choices, widget=forms.RadioSelect, initial=PaymentWay.CASH
    )
    payer = forms.CharField(label=_("Người nộp tiền"), required=False, max_length=300)


class AtOnceForm(forms.Form):
    """The answer given on the spot."""

    handed_to = forms.CharField(
        label=_("Người nhận kết quả"), max_length=300, error_messages={"required": _("Ghi tên người nhận.")}
    )
    title = forms.CharField(label=_("Kết quả"), max_length=500, error_messages={"required": _("Ghi tên kết quả.")})
