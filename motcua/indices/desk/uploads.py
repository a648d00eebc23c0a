"""Files brought to this door: looked at by what they are, not by what they are called."""

from datetime import datetime

from django.core.files.uploadedfile import UploadedFile

from motcua.base import files
from motcua.base.filetypes import check_file
from motcua.base.models import StoredFile


def keep_proof(uploaded: UploadedFile, *, at: datetime) -> StoredFile:
    """The file that proves an answer, stored before any row speaks of it."""
    name = uploaded.name or ""
    kind = check_file(uploaded, name=name, editable=True)
    return files.keep(uploaded, name=name, media_type=kind.media_type, at=at, pages=kind.pages)
