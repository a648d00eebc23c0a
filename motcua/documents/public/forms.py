"""The one form of the check."""

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from motcua.documents.signing.check import MOST_BYTES


class CheckForm(forms.Form):
    """A PDF to be checked."""

    file = forms.FileField(
        label=_("Văn bản cần kiểm tra"),
        help_text=_("Tệp PDF đã ký số, tối đa 20 MB. Tệp chỉ được đọc để kiểm tra, không được lưu lại."),
        error_messages={
            "required": _("Chọn tệp PDF cần kiểm tra."),
            "empty": _("Tệp này rỗng. Chọn lại tệp PDF đã nhận."),
            "missing": _("Chọn tệp PDF cần kiểm tra."),
            "invalid": _("Chọn tệp PDF cần kiểm tra."),
        },
        widget=forms.FileInput(attrs={"accept": "application/pdf,.pdf"}),
    )

    def clean_file(self) -> UploadedFile:
        """Refuse by size and by the first bytes, whatever the name says."""
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > MOST_BYTES:
            raise forms.ValidationError(_("Tệp lớn hơn 20 MB. Chọn đúng tệp văn bản đã nhận."))
        head = file.read(1024)
        file.seek(0)
        if b"%PDF-" not in head:
            raise forms.ValidationError(_("Tệp này không phải PDF. Chọn lại tệp văn bản đã nhận, có đuôi .pdf."))
        return file
