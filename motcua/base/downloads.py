"""Files as answers to a request: shown or saved under their names; whatever they hold runs nothing."""

from django.http import FileResponse, HttpResponse
from django.utils.http import content_disposition_header

from motcua.base import files
from motcua.base.filetypes import FileKind
from motcua.base.models import StoredFile

_CLOSED_IN = "sandbox; default-src 'none'; frame-ancestors 'none'"


def stored(file: StoredFile) -> FileResponse:
    """A file that somebody brought, as it is: the browser shows it, but runs nothing of it."""
    response = FileResponse(files.open_stored(file), content_type=file.media_type, filename=file.name)
    response.headers["Content-Security-Policy"] = _CLOSED_IN
    return response


def shown(pdf: bytes, name: str) -> HttpResponse:
    """A paper of ours, opened in the browser."""
    return _answer(pdf, name, FileKind.PDF, saved=False)


def saved(content: bytes | str, name: str, *, kind: str = FileKind.XLSX) -> HttpResponse:
    """A file to keep: a table of Excel where nothing else is said."""
    return _answer(content, name, kind, saved=True)


def _answer(content: bytes | str, name: str, kind: str, *, saved: bool) -> HttpResponse:
    where = content_disposition_header(as_attachment=saved, filename=name.replace("/", "-")) or ""
    return HttpResponse(content, content_type=str(kind), headers={"Content-Disposition": where})
