"""Files from a page of this door: looked at by what they are, stored before any row speaks of them."""

from collections.abc import Iterable
from datetime import datetime
from pathlib import PurePath
from typing import Final

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from motcua.base import files
from motcua.base.actors import Actor
from motcua.base.errors import Refused
from motcua.base.filetypes import MOST_BYTES, FileKind, check_file
from motcua.base.models import StoredFile
from motcua.base.uploads import demand_room
from motcua.directives.actions.working import MOST_FILES

PLAIN: Final = (".txt", ".md")


def keep_proofs(uploaded: Iterable[UploadedFile], *, by: Actor, at: datetime) -> list[StoredFile]:
    """The files of a report; the first that is not what it claims refuses them all."""
    found = [one for one in uploaded if one]
    if len(found) > MOST_FILES:
        raise Refused(_("Mỗi lần gửi tối đa %(most)s tệp.") % {"most": MOST_FILES})
    kinds = [check_file(one, name=one.name or "", editable=True) for one in found]
    if found:
        demand_room(f"person:{by.id}", sum(one.size or 0 for one in found), at=at)
    return [
        files.keep(one, name=one.name or "", media_type=kind.media_type, at=at, pages=kind.pages)
        for one, kind in zip(found, kinds, strict=True)
    ]


def keep_document(uploaded: UploadedFile, *, by: Actor, at: datetime) -> StoredFile:
    """The file of a document that is to be read: Word, PDF, or plain words."""
    name = uploaded.name or ""
    demand_room(f"person:{by.id}", uploaded.size or 0, at=at)
    if PurePath(name).suffix.lower() in PLAIN:
        if (uploaded.size or 0) > MOST_BYTES:
            raise Refused(_("Tệp lớn hơn 20 MB. Tách văn bản thành nhiều tệp."))
        return files.keep(uploaded, name=name, media_type="text/plain", at=at)
    kind = check_file(uploaded, name=name, editable=True)
    if kind.kind not in (FileKind.PDF, FileKind.DOCX):
        told = _("Tệp %(name)s là %(kind)s, không đọc được chữ. Chọn tệp Word (.docx), PDF có chữ, .txt hoặc .md.")
        raise Refused(told % {"name": name[:60], "kind": kind.kind.called})
    return files.keep(uploaded, name=name, media_type=kind.media_type, at=at, pages=kind.pages)
