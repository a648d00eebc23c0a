"""Files brought to this door: looked at by what they are, not by what they are called."""

from datetime import datetime

from django.core.files.uploadedfile import UploadedFile

from motcua.base import files
from motcua.base.actors import Actor
from motcua.base.filetypes import check_file
from motcua.base.models import StoredFile
from motcua.base.uploads import demand_room


def keep_proof(uploaded: UploadedFile, *, by: Actor, at: datetime) -> StoredFile:
    """The file that proves an answer, stored before any row speaks of it."""
    name = uploaded.name or ""
    kind = check_file(uploaded, name=name, editable=True)
    demand_room(f"person:{by.id}", uploaded.size or 0, at=at)
    return files.keep(uploaded, name=name, media_type=kind.media_type, at=at, pages=kind.pages)
