"""What administrators type: days and hours of calendars, decisions about agencies."""

import re
from collections.abc import Sequence
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.base.errors import Refused
from motcua.base.text import nfc, squeeze
from motcua.organisations.rules import New, full_territorial_name, office_of
from motcua.organisations.terms import TERRITORIAL, Kind
from motcua.ui.fields import DayField, MomentField
from motcua.workdays.rules.calendars import Minutes, Week, windows
from motcua.workdays.terms import Comparison, DayKind, DayStatus

_lazy = gettext_lazy
_WINDOW: Final = re.compile(r"^(\d{1,2})(?:[:hg.](\d{2})?)?\s*(?:-|–|đến)\s*(\d{1,2})(?:[:hg.](\d{2})?)?$")
WEEKDAYS: Final = (
    _lazy("Thứ Hai"),
    _lazy("Thứ Ba"),
    _lazy("Thứ Tư"),
    _lazy("Thứ Năm"),
    _lazy("Thứ Sáu"),
    _lazy("Thứ Bảy"),
    _lazy("Chủ nhật"),
)
NO_LONGER_OPENED: Final = frozenset({Kind.PROVINCE, Kind.CITY, Kind.TOWN, Kind.DISTRICT, Kind.TOWNSHIP})
NEW: Final = 0
"""Into a new agency, not into one that stands."""
CHOOSE: Final = ("", _lazy("– chọn –"))


class WordsField(forms.CharField):
    """Text in one spelling: composed letters, single spaces."""

    def to_python(self, value: Any) -> str:
        return squeeze(nfc(super().to_python(value) or ""))


class HoursField(forms.CharField):
    """Windows of one day as people write them: "07:00-11:30, 13:30-17:00"; nothing means closed."""

    def clean(self, value: Any) -> tuple[Minutes, ...]:
        text = str(super().clean(value) or "")
        pairs = []
        for part in (one.strip() for one in re.split(r"[,;]", text)):
            if not part:
                continue
            found = _WINDOW.match(part)
            if found is None:
                raise ValidationError(
                    _("Không đọc được “%(part)s”. Ghi như 07:00-11:30, 13:30-17:00") % {"part": part[:30]}
                )
            start, start_minute, end, end_minute = found.groups()
            pairs.append((f"{int(start):02}:{start_minute or '00'}", f"{int(end):02}:{end_minute or '00'}"))
        try:
            return windows(*pairs)
        except Refused as why:
            raise ValidationError(why.objections) from None


def hours_words(opened: Sequence[Minutes]) -> str:
    """Windows as they are typed."""
    return ", ".join(f"{a // 60:02}:{a % 60:02}-{b // 60:02}:{b % 60:02}" for a, b in opened)


class DayForm(forms.Form):
    """One day, or several days in a row, that differ from the week."""

    day = DayField(label=_lazy("Ngày"))
    last = DayField(label=_lazy("Đến hết ngày"), required=False, help_text=_lazy("Để trống nếu chỉ một ngày."))
    kind = forms.ChoiceField(
        label=_lazy("Ngày này"),
        widget=forms.RadioSelect,
        choices=[
            (DayKind.HOLIDAY.value, _lazy("Nghỉ\nKhông tính vào thời hạn")),
            (DayKind.EXTRA.value, _lazy("Làm bù\nTính vào thời hạn như ngày thường")),
        ],
        error_messages={"required": _lazy("Chọn nghỉ hay làm bù.")},
    )
    name = WordsField(
        label=_lazy("Tên"),
        max_length=120,
        help_text=_lazy("Tên này hiện trong cách tính hạn trên giấy hẹn: Nghỉ lễ Quốc khánh"),
        error_messages={"required": _lazy("Ghi tên ngày nghỉ hoặc ngày làm bù.")},
    )
    document = WordsField(
        label=_lazy("Theo văn bản"),
        max_length=200,
        help_text=_lazy("Số, ký hiệu, cơ quan ban hành: Thông báo 15277/TB-BNV"),
        error_messages={"required": _lazy("Ghi số, ký hiệu văn bản quyết định ngày này.")},
    )
    status = forms.ChoiceField(
        label=_lazy("Đã có quyết định chưa"),
        error_messages={"required": _lazy("Chọn đã quyết định hay dự kiến.")},
    )
    hours = HoursField(
        label=_lazy("Giờ làm riêng của ngày này"),
        required=False,
        max_length=120,
        help_text=_lazy("Chỉ ghi khi khác giờ thường: 07:00-11:30"),
    )

    def __init__(self, *args: Any, fixed_day: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["status"].choices = [(one.value, one.label.capitalize()) for one in DayStatus]  # type: ignore[attr-defined]
        if fixed_day:
            del self.fields["day"], self.fields["last"]

    def clean(self) -> dict[str, Any]:
        facts = dict(super().clean() or {})
        day, last = facts.get("day"), facts.get("last")
        if day and last and not 0 <= (last - day).days <= MOST_DAYS - 1:
            self.add_error("last", _("Ngày cuối phải sau ngày đầu, không quá %(most)d ngày.") % {"most": MOST_DAYS})
        return facts


MOST_DAYS: Final = 31


class HoursForm(forms.Form):
    """Weekly office hours from a day on."""

    since = DayField(label=_lazy("Áp dụng từ ngày"))
    document = WordsField(
        label=_lazy("Theo văn bản"),
        max_length=200,
        error_messages={"required": _lazy("Ghi số, ký hiệu văn bản quyết định giờ làm việc.")},
    )

    def __init__(self, *args: Any, week: Week, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number, label in enumerate(WEEKDAYS):
            shown = hours_words(week[number])
            self.fields[f"d{number}"] = HoursField(label=label, required=False, max_length=120, initial=shown)

    @property
    def days(self) -> list[forms.BoundField]:
        """The seven days, to be drawn together."""
        return [self[f"d{number}"] for number in range(7)]

    @property
    def week(self) -> Week:
        """The week as typed."""
        return tuple(self.cleaned_data[f"d{number}"] for number in range(7))


class ClockForm(forms.Form):
    """How many hours make a working day."""

    since = DayField(label=_lazy("Hồ sơ nhận từ ngày"))
    hours_per_day = forms.DecimalField(
        label=_lazy("Một ngày làm việc tính bằng"),
        max_digits=4,
        decimal_places=2,
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "data-affix": _lazy("giờ")}),
        error_messages={
            "required": _lazy("Ghi số giờ. Ví dụ: 8"),
            "invalid": _lazy("Số giờ không đọc được. Ví dụ: 8 hoặc 7,5"),
        },
    )
    comparison = forms.ChoiceField(label=_lazy("So sánh lúc xong với hạn"))
    document = WordsField(
        label=_lazy("Theo văn bản"),
        max_length=200,
        error_messages={"required": _lazy("Ghi số, ký hiệu văn bản quyết định cách tính giờ.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["comparison"].choices = [(one.value, one.label.capitalize()) for one in Comparison]  # type: ignore[attr-defined]


class TrialForm(forms.Form):
    """A receipt and a limit, to see what a calendar makes of them."""

    nhan = MomentField(
        label=_lazy("Nhận lúc"),
        input_formats=["%d/%m/%Y %H:%M", "%H:%M %d/%m/%Y", "%Y-%m-%dT%H:%M", "%d/%m/%Y"],
        widget=forms.DateTimeInput(format="%d/%m/%Y %H:%M"),
        error_messages={"required": _lazy("Ghi như 26/11/2026 09:00"), "invalid": _lazy("Ghi như 26/11/2026 09:00")},
    )
    han = forms.IntegerField(
        label=_lazy("Thời hạn"),
        min_value=1,
        max_value=200,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={
            name: _lazy("Ghi một số từ 1 đến 200") for name in ("required", "invalid", "min_value", "max_value")
        },
    )
    don_vi = forms.ChoiceField(
        label=_lazy("Đơn vị"),
        choices=[
            ("wd", _lazy("ngày làm việc")),
            ("wh", _lazy("giờ làm việc")),
            ("cd", _lazy("ngày")),
            ("mo", _lazy("tháng")),
        ],
    )


class DecisionForm(forms.Form):
    """From which day, by which document."""

    on = DayField(label=_lazy("Từ ngày"))
    decision = WordsField(
        label=_lazy("Văn bản quyết định"),
        max_length=200,
        help_text=_lazy("Số, ký hiệu, ngày, cơ quan ban hành"),
        error_messages={"required": _lazy("Ghi số và ngày của văn bản quyết định.")},
    )
    note = WordsField(label=_lazy("Ghi chú"), required=False, max_length=1000)

    def __init__(self, *args: Any, choices: Sequence[tuple[int, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, AgencyField):
                field.choices = [field.nobody, *choices]

    def chosen(self, *names: str) -> tuple[int, ...]:
        """The agencies chosen in these fields."""
        return tuple(self.cleaned_data[name] for name in names if self.cleaned_data.get(name))


class AgencyField(forms.TypedChoiceField):
    """One agency of a bounded list."""

    def __init__(self, *, nobody: Any = CHOOSE[1], nobody_value: int | str = "", **kwargs: Any) -> None:
        self.nobody = nobody_value, nobody
        wrong = {"required": _lazy("Chọn cơ quan."), "invalid_choice": _lazy("Chọn cơ quan trong danh sách.")}
        super().__init__(coerce=int, empty_value=None, error_messages=wrong, **kwargs)


class RenameForm(DecisionForm):
    """Another name, code or address from a day on."""

    name = WordsField(label=_lazy("Tên đầy đủ"), max_length=200, error_messages={"required": _lazy("Ghi tên đầy đủ.")})
    short_name = WordsField(label=_lazy("Tên gọn"), max_length=120, error_messages={"required": _lazy("Ghi tên gọn.")})
    code = WordsField(label=_lazy("Mã định danh"), required=False, max_length=60)
    code_is_ours = forms.BooleanField(label=_lazy("Mã do tỉnh tự đặt, chưa được công bố"), required=False)
    place = WordsField(label=_lazy("Địa bàn"), required=False, max_length=120)
    address = WordsField(label=_lazy("Địa chỉ"), required=False, max_length=300)
    phone = WordsField(label=_lazy("Điện thoại"), required=False, max_length=30)
    VALUES = ("name", "short_name", "code", "code_is_ours", "place", "address", "phone")

    def values(self) -> dict[str, Any]:
        """What an agency bears, as typed."""
        return {name: self.cleaned_data[name] for name in self.VALUES}


class CorrectForm(RenameForm):
    """What was written wrongly, mended, with the reason."""

    on = None  # type: ignore[assignment]
    decision = None  # type: ignore[assignment]
    note = None  # type: ignore[assignment]
    reason = WordsField(
        label=_lazy("Lý do đính chính"), max_length=1000, error_messages={"required": _lazy("Ghi lý do đính chính.")}
    )


class TransferForm(DecisionForm):
    """Under which agency it stands from a day on."""

    to = AgencyField(label=_lazy("Trực thuộc"))
    code = WordsField(
        label=_lazy("Mã định danh mới"), required=False, max_length=60, help_text=_lazy("Để trống nếu giữ mã cũ.")
    )


class MergeForm(DecisionForm):
    """With whom, and into whom."""

    with_1 = AgencyField(label=_lazy("Sáp nhập cùng"))
    with_2 = AgencyField(label=_lazy("và"), required=False, nobody=_lazy("– không có thêm –"))
    with_3 = AgencyField(label=_lazy("và"), required=False, nobody=_lazy("– không có thêm –"))
    with_4 = AgencyField(label=_lazy("và"), required=False, nobody=_lazy("– không có thêm –"))
    with_5 = AgencyField(label=_lazy("và"), required=False, nobody=_lazy("– không có thêm –"))
    into = AgencyField(
        label=_lazy("Thành"),
        initial=NEW,
        nobody=_lazy("– một cơ quan mới, ghi ở dưới –"),
        nobody_value=NEW,
        help_text=_lazy("Chọn cơ quan ở lại và tiếp nhận, hoặc lập cơ quan mới."),
    )
    WITH = ("with_1", "with_2", "with_3", "with_4", "with_5")


class SplitForm(DecisionForm):
    """Whether the agency stays, and which standing one takes a part."""

    stays = forms.BooleanField(
        label=_lazy("Cơ quan này ở lại, chỉ tách một phần (tách)"),
        required=False,
        help_text=_lazy("Không chọn: cơ quan kết thúc và được chia thành các cơ quan mới (chia)."),
    )


class AbolishForm(DecisionForm):
    """Who takes over."""

    heir_1 = AgencyField(
        label=_lazy("Cơ quan tiếp nhận hồ sơ, việc đang dở"), required=False, nobody=_lazy("– không có –")
    )
    heir_2 = AgencyField(label=_lazy("và"), required=False, nobody=_lazy("– không có thêm –"))
    heir_3 = AgencyField(label=_lazy("và"), required=False, nobody=_lazy("– không có thêm –"))
    HEIRS = ("heir_1", "heir_2", "heir_3")


class NewAgencyForm(forms.Form):
    """An agency to be opened. Who governs a place is named after it."""

    kind = forms.ChoiceField(
        label=_lazy("Loại"),
        choices=[CHOOSE, *((one.value, one.label) for one in Kind if one not in NO_LONGER_OPENED)],
        error_messages={"required": _lazy("Chọn loại cơ quan.")},
    )
    place = WordsField(
        label=_lazy("Tên địa bàn"),
        required=False,
        max_length=100,
        help_text=_lazy("Chỉ với xã, phường, đặc khu: Ba Tơ. Tên UBND được lập theo tên này."),
    )
    name = WordsField(
        label=_lazy("Tên đầy đủ"),
        required=False,
        max_length=200,
        help_text=_lazy("Với phòng, sở, trung tâm. Để trống nếu đã ghi tên địa bàn."),
    )
    short_name = WordsField(label=_lazy("Tên gọn"), required=False, max_length=120)
    code = WordsField(label=_lazy("Mã định danh"), required=False, max_length=60, help_text=_lazy("Ví dụ: H48.115"))
    code_is_ours = forms.BooleanField(label=_lazy("Mã do tỉnh tự đặt, chưa được công bố"), required=False)
    address = WordsField(label=_lazy("Địa chỉ"), required=False, max_length=300)
    phone = WordsField(label=_lazy("Điện thoại"), required=False, max_length=30)

    def clean(self) -> dict[str, Any]:
        facts = dict(super().clean() or {})
        if not facts.get("kind"):
            return facts
        kind = Kind(facts["kind"])
        if kind in TERRITORIAL and facts.get("place"):
            bare = facts["place"].removeprefix(full_territorial_name(kind, "")).strip() or facts["place"]
            name, short = office_of(kind, bare)
            facts.update(
                name=facts["name"] or name,
                short_name=facts["short_name"] or short,
                place=full_territorial_name(kind, bare),
            )
        elif kind in TERRITORIAL:
            self.add_error("place", _("Ghi tên địa bàn mà cơ quan quản lý."))
        else:
            facts["place"] = ""
            if not facts.get("name"):
                self.add_error("name", _("Ghi tên đầy đủ."))
            facts["short_name"] = facts.get("short_name") or facts.get("name", "")[:120]
        return facts

    def new(self, parent: int | None) -> New:
        """The agency as asked for."""
        facts = dict(self.cleaned_data)
        return New(kind=Kind(facts.pop("kind")), parent=parent, **facts)

    @property
    def is_begun(self) -> bool:
        """Whether somebody wrote a name or a place here."""
        return any(str(self.data.get(self.add_prefix(name), "")).strip() for name in ("place", "name"))
