"""The province among all provinces, for those who work on it: where we stand, what is aimed at, new results taken in."""

from typing import Any, Final

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_safe

from motcua.base import downloads
from motcua.base.errors import Refused
from motcua.indices import actions, papers, queries
from motcua.indices.actions.results import importing_objections
from motcua.indices.desk.loading import OFFICIALS, sent, the_round
from motcua.indices.queries import official, published
from motcua.indices.rules.meaning import place_words
from motcua.indices.terms import Stage
from motcua.people.http import PersonRequest, desk_view
from motcua.people.terms import Role

MOST_BYTES: Final = 8_000_000
READERS: Final = (*OFFICIALS, Role.ADMINISTRATOR)


class ResultsForm(forms.Form):
    """The published table of one index and year."""

    file = forms.FileField(
        label=_lazy("Bảng công bố (.xlsx hoặc .csv)"),
        help_text=_lazy("Một dòng mỗi tỉnh: Đơn vị, Điểm, có thể có Hạng và các thành phần. Bỏ dòng tổng hợp."),
    )
    index = forms.CharField(label=_lazy("Chỉ số"), max_length=40, help_text=_lazy("Ví dụ: PCI, PAPI, PAR INDEX"))
    year = forms.IntegerField(label=_lazy("Năm"), min_value=1990, max_value=2100)
    source = forms.CharField(label=_lazy("Ai công bố, ở đâu"), max_length=300)

    def clean_file(self) -> Any:
        """Only the two kinds that can be read, and not larger than such a table ever is."""
        file = self.cleaned_data["file"]
        if not str(file.name).lower().endswith((".xlsx", ".csv")):
            raise forms.ValidationError(_("Chọn tệp .xlsx hoặc .csv."))
        if file.size > MOST_BYTES:
            raise forms.ValidationError(_("Tệp lớn hơn 8 MB; bảng kết quả không lớn như vậy. Kiểm tra lại tệp."))
        return file


@desk_view(*READERS)
def results(request: PersonRequest) -> HttpResponse:
    """Every index with our latest place and this year's aim; a published table is taken in whole or not at all."""
    form, faults = ResultsForm(*sent(request)), []
    may = not importing_objections(request.actor, request.now)
    if request.method == "POST" and form.is_valid():
        try:
            many = _take_in(request, form.cleaned_data)
        except Refused as refused:
            faults = refused.objections
        else:
            words = {"many": many, "index": form.cleaned_data["index"], "year": form.cleaned_data["year"]}
            messages.success(request, _("Đã nhập %(index)s %(year)d: %(many)d đơn vị.") % words)
            return redirect("indices:results")
    lines = _lines()
    made_up = any(one["made_up"] for one in lines)
    context = {"form": form, "faults": faults, "may_import": may, "lines": lines, "made_up": made_up}
    return render(request, "indices/desk/results.html", context, status=422 if request.method == "POST" else 200)


def _take_in(request: PersonRequest, values: dict[str, Any]) -> int:
    file = values["file"]
    return actions.import_results(
        file.read(),
        index=values["index"].strip(),
        year=values["year"],
        source=values["source"],
        name=str(file.name),
        by=request.actor,
        at=request.now,
    )


def _lines() -> list[dict[str, Any]]:
    found = []
    for index, years in official.official_indices().items():
        series = official.official_series(index)
        ours = [step for step in series.ours if step.rank is not None]
        targets = published.targets_about(index)
        found.append(
            {
                "index": index,
                "slug": official.index_slug(index),
                "years": years,
                "last": ours[-1] if ours else None,
                "where": place_words(ours[-1].rank or 0, ours[-1].among) if ours else "",
                "counted": series.counted,
                "made_up": bool(series.made_up),
                "target": targets[0] if targets else None,
                "aim": papers.target_words(targets[0]) if targets else "",
            }
        )
    return found


@require_safe
@desk_view(*OFFICIALS)
def report(request: PersonRequest, pk: int) -> HttpResponse:
    """The paper for the analysis conference: as published, before that as it stands for whoever runs the round."""
    round_ = the_round(request, pk)
    if round_.stage != Stage.PUBLISHED.value and not queries.sight(round_, request.actor, request.now).whole:
        raise Http404
    found = published.outcome(round_)
    pdf = papers.round_report(found, public=False, at=request.now)
    return downloads.shown(pdf, f"bao-cao-{found.definition.code}-{round_.year}.pdf")
