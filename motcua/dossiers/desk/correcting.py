"""The form by which a wrong reception is put right."""

from datetime import date
from typing import Any

from django import forms
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from motcua.dossiers.desk.forms import ApplicantForm, ReasonForm
from motcua.dossiers.models import Paper
from motcua.dossiers.terms import Delivery

COUNTED = (
    ("originals", _("%(name)s: số bản chính")),
    ("certified", _("%(name)s: số bản sao chứng thực")),
    ("copies", _("%(name)s: số bản sao")),
)


class CorrectForm(ApplicantForm, ReasonForm):
    """What the reception may put right before hand-over: the applicant, what they ask, the counts of papers."""

    field_order = ("applicant_name",)
    applicant_name = forms.CharField(
        label=_("Họ và tên người nộp, người đại diện"),
        max_length=300,
        error_messages={"required": _("Ghi họ và tên.")},
    )
    subject = forms.CharField(label=_("Nội dung yêu cầu giải quyết"), required=False, max_length=1000)
    delivery = forms.ChoiceField(label=_("Nhận kết quả"), choices=Delivery.choices)
    delivery_address = forms.CharField(label=_("Gửi kết quả về"), required=False, max_length=500)

    def __init__(self, *args: Any, papers: list[Paper], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.papers, self.today = papers, today
        for one in papers:
            name = {"name": Truncator(one.name).chars(80)}
            for field, label in COUNTED:
                self.fields[f"{field}_{one.no}"] = forms.IntegerField(
                    label=label % name, required=False, min_value=0, max_value=999, initial=getattr(one, field)
                )
        self.order_fields([name for name in self.fields if name != "reason"])

    @property
    def counts(self) -> list[tuple[Paper, list[Any]]]:
        """The papers, each with its bound fields of numbers."""
        return [(paper, [self[f"{name}_{paper.no}"] for name, _label in COUNTED]) for paper in self.papers]

    @property
    def apart(self) -> bool:
        """Whether somebody else, or an organisation, has to do with it: else those fields stay folded."""
        names = ("proxy_name", "proxy_paper", "business_name", "tax_code")
        return bool(self.errors) or any(self[name].value() for name in names)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        cleaned["papers"] = [one for paper in self.papers if (one := self._counts(paper, cleaned)) is not None]
        return cleaned

    @staticmethod
    def _counts(paper: Paper, cleaned: dict[str, Any]) -> dict[str, Any] | None:
        """The new counts of one paper, or nothing if they stay; an empty field stays too."""
        typed = {name: cleaned.pop(f"{name}_{paper.no}", None) for name, _label in COUNTED}
        new = {name: getattr(paper, name) if count is None else count for name, count in typed.items()}
        if all(count == getattr(paper, name) for name, count in new.items()):
            return None
        return {"no": paper.no, **new, "handed_in": any(new.values())}
