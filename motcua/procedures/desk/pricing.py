"""The controller writes limits and fees of a concept: a line each, spare lines below, a line taken away by its tick."""

from typing import Any, cast

from django import forms
from django.contrib import messages
from django.forms import formset_factory
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from motcua.base.errors import Refused
from motcua.base.text import nfc
from motcua.people.http import PersonRequest, desk_view
from motcua.people.terms import Permission
from motcua.procedures import actions
from motcua.procedures.actions.pricing import MOST_LINES, FeeRow, TermRow
from motcua.procedures.models import Case, ProcedureVersion
from motcua.procedures.rules.limits import from_words, in_words
from motcua.procedures.terms import Channel, VersionState
from motcua.ui.fields import DayField, MoneyField
from motcua.workdays.rules.limits import Limit

SPARE = 2
_CHANNELS = [("", gettext_lazy("Chọn cách nộp")), *Channel.choices]


class LineForm(forms.Form):
    """What a limit and a fee share: the channel, the case, and the tick that takes the line away."""

    row = forms.IntegerField(required=False, widget=forms.HiddenInput)
    channel = forms.ChoiceField(label=gettext_lazy("Cách nộp"), choices=_CHANNELS, required=False)
    case = forms.TypedChoiceField(label=gettext_lazy("Trường hợp"), coerce=int, empty_value=None, required=False)
    away = forms.BooleanField(label=gettext_lazy("Bỏ dòng này"), required=False)

    def __init__(self, *args: Any, cases: list[tuple[Any, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast(forms.TypedChoiceField, self.fields["case"])
        field.choices = [("", _("Mọi trường hợp")), *cases]
        if not cases:
            del self.fields["case"]

    def clean_channel(self) -> str:
        """A line that says anything names its channel."""
        channel = str(self.cleaned_data["channel"])
        if not channel and self.has_changed():
            raise forms.ValidationError(_("Chọn cách nộp của dòng này."))
        return channel


class TermForm(LineForm):
    """One limit."""

    limit = forms.CharField(label=gettext_lazy("Thời hạn"), required=False, max_length=100)
    condition = forms.CharField(label=gettext_lazy("Chỉ áp dụng khi"), required=False, max_length=1000)
    field_order = ["row", "channel", "case", "limit", "condition", "away"]

    def clean_limit(self) -> str:
        """A limit that cannot be read is told beside its field."""
        text = from_words(nfc(self.cleaned_data["limit"]))
        try:
            if text.strip():
                Limit.parse(text)
        except Refused as refused:
            raise forms.ValidationError(refused.objections) from refused
        return text

    @property
    def now(self) -> str:
        """The limit in words, as it stands."""
        return str(self.initial.get("stands", ""))


class FeeForm(LineForm):
    """One fee."""

    amount_vnd = MoneyField(label=gettext_lazy("Mức thu"), required=False)
    unit = forms.CharField(label=gettext_lazy("Đơn vị tính"), required=False, max_length=300)
    note = forms.CharField(label=gettext_lazy("Ghi chú mức thu"), required=False, max_length=2000)
    since = DayField(label=gettext_lazy("Thu từ ngày"), required=False)
    until = DayField(label=gettext_lazy("Đến hết ngày"), required=False)
    field_order = ["row", "channel", "case", "amount_vnd", "unit", "note", "since", "until", "away"]


_TERMS = formset_factory(TermForm, extra=SPARE, max_num=MOST_LINES, absolute_max=MOST_LINES + SPARE)
_FEES = formset_factory(FeeForm, extra=SPARE, max_num=MOST_LINES, absolute_max=MOST_LINES + SPARE)


@desk_view(Permission.MANAGE_PROCEDURES)
@require_http_methods(["GET", "POST"])
def edit(request: PersonRequest, code: str, number: int) -> HttpResponse:
    """Limits and fees of a concept."""
    concepts = ProcedureVersion.objects.select_related("procedure").filter(state=VersionState.CONCEPT)
    version = get_object_or_404(concepts, procedure__code=code, number=number)
    terms, fees = _forms(version, request.POST or None)
    top = forms.Form(request.POST or None)
    if request.method == "POST" and terms.is_valid() and fees.is_valid() and top.is_valid():
        try:
            limits = [TermRow(**one) for one in _said(terms)]
            actions.change_limits_and_fees(
                version, limits, [FeeRow(**one) for one in _said(fees)], by=request.actor, at=request.now
            )
        except Refused as refused:
            refused.onto(top)
        else:
            messages.success(request, _("Đã lưu bản thảo."))
            return redirect("procedures_desk:detail", code=code)
    context = {"form": top, "version": version, "terms": terms, "fees": fees}
    bad = bool(top.errors) or any(terms.errors) or any(fees.errors)
    return render(request, "procedures/desk/edit.html", context, status=422 if bad else 200)


def _forms(version: ProcedureVersion, typed: Any) -> tuple[Any, Any]:
    cases = list(Case.objects.filter(version=version).order_by("no", "pk"))
    named = [(one.pk, one.name or one.code) for one in cases] if len(cases) > 1 else []
    terms = [
        {
            "row": one.pk,
            "channel": one.channel,
            "case": one.case_id,
            "limit": _spoken(one.limit),
            "stands": in_words(one.limit),
            "condition": one.condition,
        }
        for one in version.terms.order_by("no", "pk")
    ]
    fees = [_fee_line(one) for one in version.fees.order_by("no", "pk")]
    more = {"form_kwargs": {"cases": named}}
    return _TERMS(typed, prefix="han", initial=terms, **more), _FEES(typed, prefix="phi", initial=fees, **more)


def _spoken(limit: str) -> str:
    """The limit as one writes it, where the words lead back to it; else in our notation."""
    words = in_words(limit)
    return words if words and from_words(words) == limit else limit


def _fee_line(fee: Any) -> dict[str, Any]:
    during = fee.valid_during
    last = during and during.upper
    return {
        "row": fee.pk,
        "channel": fee.channel,
        "case": fee.case_id,
        "amount_vnd": fee.amount_vnd,
        "unit": fee.unit,
        "note": fee.note,
        "since": during.lower if during else None,
        "until": last and last.fromordinal(last.toordinal() - 1),
    }


def _said(rows: Any) -> list[dict[str, Any]]:
    """The lines that say something and are not taken away; a line of the only case belongs to every case."""
    kept = [one.cleaned_data for one in rows if one.cleaned_data.get("channel") and not one.cleaned_data["away"]]
    return [{name: value for name, value in one.items() if name != "away"} for one in kept]
