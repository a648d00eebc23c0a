"""Forms of the round: what an owner says, what a judge says, what whoever runs it decides."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.indices.rules.definition import Criterion
from motcua.indices.rules.explaining import shown
from motcua.indices.rules.kinds import Options, Ratio
from motcua.indices.terms import Proof
from motcua.ui.fields import DayField

Choices = Sequence[tuple[Any, str]]
LONGEST = 4000


def area(rows: int = 3) -> forms.Textarea:
    """Room for several lines."""
    return forms.Textarea(attrs={"rows": rows})


def _number(label: Any, hint: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=60,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )


class SelfScoreForm(forms.Form):
    """How it stands: one field for each thing the rule of the criterion asks for."""

    def __init__(self, *args: Any, criterion: Criterion, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rule = criterion.rule
        if isinstance(rule, Options):
            marks = [
                (one.name, _("%(name)s\n%(points)s điểm") % {"name": one.name, "points": shown(one.points)})
                for one in rule.options
            ]
            self.fields["value"] = forms.ChoiceField(label=_("Mức đạt được"), choices=marks, widget=forms.RadioSelect)
        elif isinstance(rule, Ratio) and not rule.percent:
            self.fields["numerator"] = _number(_("Tử số: đạt"))
            self.fields["denominator"] = _number(_("Mẫu số: tất cả"))
        elif isinstance(rule, Ratio):
            self.fields["value"] = _number(_("Tỷ lệ đạt được, %"))
        else:
            self.fields["value"] = _number(
                _("Giá trị đạt được") if criterion.unit else _("Điểm hoặc giá trị"), criterion.unit
            )
        self.fields["note"] = forms.CharField(
            label=_("Giải trình"),
            required=False,
            max_length=LONGEST,
            widget=area(3),
            help_text=_("Vì sao đạt như vậy, còn thiếu gì. Cơ quan thẩm định đọc trước khi cho điểm."),
        )


class JudgeForm(forms.Form):
    """Points of a judge, with the reason where they differ from what stood before."""

    points = _number(_("Điểm"))
    reason = forms.CharField(
        label=_("Lý do"),
        required=False,
        max_length=2000,
        widget=area(3),
        help_text=_("Bắt buộc khi điểm khác với điểm đang có. Đơn vị phụ trách đọc được lý do này."),
    )

    def __init__(self, *args: Any, criterion: Criterion, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if criterion.is_compared:
            self.fields["points"].required = False
            self.fields["points"].help_text = _("Để trống là đồng ý số liệu: điểm do máy tính khi so các đơn vị.")


class ObjectForm(forms.Form):
    """Why the appraised points are not right."""

    text = forms.CharField(
        label=_("Vì sao điểm thẩm định chưa đúng"),
        max_length=LONGEST,
        widget=area(4),
        help_text=_("Nêu căn cứ và tài liệu. Mỗi tiêu chí một ý kiến."),
    )


class ReplyForm(forms.Form):
    """The answer to an objection."""

    agreed = forms.TypedChoiceField(
        label=_("Trả lời"),
        choices=[
            ("1", _("Đồng ý\nhội đồng quyết định điểm mới")),
            ("0", _("Giữ nguyên điểm thẩm định")),
        ],
        coerce=lambda text: text == "1",
        widget=forms.RadioSelect,
    )
    text = forms.CharField(label=_("Lý do"), max_length=LONGEST, widget=area(3))


class CommentForm(forms.Form):
    """A comment beside a criterion."""

    text = forms.CharField(label=_("Viết cho đơn vị và cơ quan thẩm định"), max_length=LONGEST, widget=area(2))


class EvidenceForm(forms.Form):
    """A file, or the place where the proof is."""

    file = forms.FileField(
        label=_("Tệp"),
        required=False,
        help_text=_("PDF, ảnh, Word hoặc Excel, tối đa 20 MB. Hoặc ghi nơi có tài liệu ở dưới."),
    )
    kind = forms.ChoiceField(
        label=_("Hoặc dẫn tới"),
        required=False,
        choices=[("", _("Không dẫn"))]
        + [
            (one.value, label)
            for one, label in (
                (Proof.TASK, _("Nhiệm vụ, ghi mã")),
                (Proof.DOSSIER, _("Hồ sơ, ghi mã")),
                (Proof.DOCUMENT, _("Văn bản, ghi số ký hiệu")),
                (Proof.FIGURE, _("Số liệu, ghi tên số liệu")),
                (Proof.LINK, _("Trang mạng, ghi đường dẫn")),
            )
        ],
    )
    target = forms.CharField(label=_("Mã, số ký hiệu hoặc đường dẫn"), required=False, max_length=300)
    as_of = DayField(label=_("Tính đến ngày"), required=False)
    note = forms.CharField(label=_("Chứng minh điều gì"), required=False, max_length=500)


class ExtendForm(forms.Form):
    """A later last day, and why."""

    until = DayField(label=_("Ngày cuối mới"))
    reason = forms.CharField(label=_("Lý do gia hạn"), max_length=1000, widget=area(3))


class AssignForm(forms.Form):
    """To whom the chosen criteria go."""

    agency = forms.TypedChoiceField(label=_("Giao cho"), coerce=int)
    everywhere = forms.BooleanField(label=_("Giao các tiêu chí này ở mọi đơn vị của đợt"), required=False)

    def __init__(self, *args: Any, agencies: Choices, appraising: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if appraising:
            self.fields["agency"].label = _("Cơ quan thẩm định")
        self.fields["agency"].choices = [("", _("Chọn đơn vị")), *agencies]


class SheetForm(forms.Form):
    """The sheet that was filled outside."""

    file = forms.FileField(label=_("Phiếu đã điền (.xlsx)"), widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"}))


class PrepareForm(forms.Form):
    """A new round: by which definition, for which year, for which units, until when."""

    version = forms.TypedChoiceField(label=_("Bộ chỉ số"), coerce=int)
    year = forms.IntegerField(label=_("Năm đánh giá"), min_value=1990, max_value=2100)
    kind = forms.ChoiceField(label=_("Đánh giá"), widget=forms.RadioSelect)
    title = forms.CharField(
        label=_("Tên đợt"), required=False, max_length=300, help_text=_("Để trống thì lấy tên bộ chỉ số và năm.")
    )
    self_until = DayField(label=_("Tự chấm đến hết ngày"))
    check_until = DayField(label=_("Kiểm tra đến hết ngày"), required=False)
    appraise_until = DayField(label=_("Thẩm định đến hết ngày"), required=False)
    object_until = DayField(label=_("Nhận ý kiến đến hết ngày"), required=False)
    decide_until = DayField(label=_("Hội đồng xem xét đến hết ngày"), required=False)

    def __init__(self, *args: Any, versions: Choices, kinds: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"].choices = versions
        self.fields["kind"].choices = kinds
