"""Files from this door, and files out of it: looked at by what they are; whatever they hold runs nothing."""

from datetime import datetime
from typing import Final

from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, HttpResponse

from motcua.base import files
from motcua.base.clock import local
from motcua.base.filetypes import check_file
from motcua.base.models import StoredFile

SHEET: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def keep_proof(uploaded: UploadedFile, *, at: datetime) -> StoredFile:
    """The file that proves an answer, stored before any row speaks of it."""
    name = uploaded.name or ""
    kind = check_file(uploaded, name=name, editable=True)
    return files.keep(uploaded, name=name, media_type=kind.media_type, at=at, pages=kind.pages)


def file_response(file: StoredFile) -> FileResponse:
    """A stored file as it is."""
    response = FileResponse(files.open_stored(file), content_type=file.media_type, filename=file.name)
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'; frame-ancestors 'none'"
    return response


def sheet_response(content: bytes, name: str, at: datetime) -> HttpResponse:
    """A sheet to keep."""
    response = HttpResponse(content, content_type=SHEET)
    response["Content-Disposition"] = f'attachment; filename="{name}-{local(at):%Y%m%d-%H%M}.xlsx"'
    return response
