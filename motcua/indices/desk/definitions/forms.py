"""A definition from a file, and what an annex may not say itself."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.base.text import squeeze
from motcua.indices.terms import UnitKind

MOST_BYTES: Final = 8_000_000


class FileForm(forms.Form):
    """The annex as Excel or the definition as YAML."""

    file = forms.FileField(label=_("Phụ lục (.xlsx) hoặc tệp YAML"))
    code = forms.CharField(label=_("Mã bộ"), max_length=60, required=False, help_text=_("Ví dụ: par-2024"))
    version = forms.CharField(label=_("Bản"), max_length=20, required=False, initial="1")
    index = forms.CharField(label=_("Chỉ số"), max_length=40, required=False, help_text=_("Ví dụ: PAR INDEX"))
    name = forms.CharField(label=_("Tên"), max_length=300, required=False)
    first = forms.IntegerField(label=_("Áp dụng từ năm"), min_value=1990, max_value=2100, required=False)
    last = forms.IntegerField(label=_("Đến năm"), min_value=1990, max_value=2100, required=False)
    units = forms.MultipleChoiceField(
        label=_("Đánh giá loại đơn vị nào"),
        required=False,
        choices=lambda: [(each.value, each.label) for each in UnitKind],  # told anew to each reader
        widget=forms.CheckboxSelectMultiple,
    )

    def clean_file(self) -> Any:
        """Only the two kinds that can be read, and not larger than an annex ever is."""
        file = self.cleaned_data["file"]
        if not str(file.name).lower().endswith((".xlsx", ".yaml", ".yml")):
            raise forms.ValidationError(_("Chọn tệp .xlsx (phụ lục Excel) hoặc .yaml."))
        if file.size > MOST_BYTES:
            raise forms.ValidationError(_("Tệp lớn hơn 8 MB; phụ lục không lớn như vậy. Kiểm tra lại tệp."))
        return file

    def head(self) -> dict[str, str]:
        """What was said beside the file, by the keys of the annex; nothing where no code was given."""
        said = self.cleaned_data
        if not squeeze(said.get("code") or ""):
            return {}
        found = {
            "code": said["code"],
            "version": said["version"] or "1",
            "index": said["index"],
            "name": said["name"],
            "years.from": str(said["first"] or ""),
            "years.to": str(said["last"] or ""),
            "units": "; ".join(said["units"]),
        }
        return {key: squeeze(text) for key, text in found.items() if squeeze(text)}
