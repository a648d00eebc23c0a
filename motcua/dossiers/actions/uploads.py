"""Files from a page: checked by what they are, stored and synced before any row speaks of them."""

from collections.abc import Iterable
from datetime import datetime

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from motcua.base import files
from motcua.base.actors import Actor
from motcua.base.errors import Refused
from motcua.base.filetypes import check_file
from motcua.base.uploads import MOST_OF_PERSON, demand_room

MOST_FILES = 20
"""Files of one request; more are sent with the next."""


def sender_of(by: Actor) -> str:
    """Under which name the uploads of somebody signed in are counted, whichever door they come through."""
    return f"person:{by.id}"


def keep_all(
    uploaded: Iterable[UploadedFile], *, sender: str, at: datetime, most: int = MOST_OF_PERSON
) -> tuple[int, ...]:
    """Store the files of one field and give their ids; the first that is not what it claims refuses them all.

    `sender` is who is counted: a person (`sender_of`), or the slip through whose link they come.
    """
    found = [one for one in uploaded if one]
    if len(found) > MOST_FILES:
        raise Refused(_("Mỗi lần gửi tối đa %(most)s tệp.") % {"most": MOST_FILES})
    if found:
        demand_room(sender, sum(one.size or 0 for one in found), at=at, most=most)
    kinds = [check_file(one, name=one.name or "") for one in found]
    return tuple(
        files.keep(one, name=one.name or "", media_type=kind.media_type, at=at, pages=kind.pages).pk
        for one, kind in zip(found, kinds, strict=True)
    )
