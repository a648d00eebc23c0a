"""Files from a page: checked by what they are, stored and synced before any row speaks of them."""

from collections.abc import Iterable
from datetime import datetime

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from motcua.base import files
from motcua.base.errors import Refused
from motcua.base.filetypes import check_file

MOST_FILES = 20
"""Files of one request; more are sent with the next."""


def keep_all(uploaded: Iterable[UploadedFile], *, at: datetime) -> tuple[int, ...]:
    """Store the files of one field and give their ids; the first that is not what it claims refuses them all."""
    found = [one for one in uploaded if one]
    if len(found) > MOST_FILES:
        raise Refused(_("Mỗi lần gửi tối đa %(most)s tệp.") % {"most": MOST_FILES})
    kinds = [check_file(one, name=one.name or "") for one in found]
    return tuple(
        files.keep(one, name=one.name or "", media_type=kind.media_type, at=at, pages=kind.pages).pk
        for one, kind in zip(found, kinds, strict=True)
    )
