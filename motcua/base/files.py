"""Files by their content: written and synced before the row, never changed, found again by SHA-256."""

import hashlib
import os
import tempfile
import time
from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import BinaryIO, Final, Protocol

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Exists, ForeignObjectRel, OuterRef, ProtectedError
from django.utils.translation import gettext as _

from motcua.base.errors import Refused
from motcua.base.models import StoredFile
from motcua.base.text import squeeze


class Chunks(Protocol):
    """What an uploaded file offers."""

    def chunks(self) -> Iterator[bytes]: ...


def keep(content: bytes | Chunks, *, name: str, media_type: str, at: datetime, pages: int | None = None) -> StoredFile:
    """Put the bytes under their hash, flush them to the disk, then write the row (reliability: D5).

    Called before the transaction of the action that refers to the file; a file nobody came to refer to is swept later.
    """
    folder = Path(settings.FILES_ROOT)
    folder.mkdir(parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    staged = tempfile.NamedTemporaryFile(dir=folder, prefix="staging-", delete=False)  # noqa: SIM115 (renamed below)
    try:
        with staged as out:
            for chunk in [content] if isinstance(content, bytes) else content.chunks():
                size += len(chunk)
                if size > settings.UPLOAD_MAX_BYTES:
                    told = _("Tệp %(file)s lớn hơn %(most)d MB. Quét lại ở độ phân giải thấp hơn.")
                    raise Refused(told % {"file": name, "most": settings.UPLOAD_MAX_BYTES // 2**20})
                digest.update(chunk)
                out.write(chunk)
            if not size:
                raise Refused(_("Tệp %(file)s rỗng. Chọn lại tệp.") % {"file": name})
            out.flush()
            os.fsync(out.fileno())
        target = path_of(digest.hexdigest())
        target.parent.mkdir(parents=True, exist_ok=True)
        os.replace(staged.name, target)
        _sync_folder(target.parent)
    except BaseException:
        Path(staged.name).unlink(missing_ok=True)
        raise
    return StoredFile.objects.create(
        sha256=digest.hexdigest(),
        size=size,
        media_type=media_type,
        name=squeeze(name)[-255:],
        pages=pages,
        kept_at=at,
    )


def drop(numbers: Iterable[int]) -> int:
    """Remove the rows to which nothing refers any more; the bytes follow after the commit, unless another row has them.

    A row that something still names is left alone. Returns how many rows went.
    """
    gone = 0
    for file in StoredFile.objects.filter(pk__in=list(numbers)).order_by("pk"):
        try:
            with transaction.atomic():
                file.delete()
        except (ProtectedError, IntegrityError):
            continue
        gone += 1
        transaction.on_commit(partial(_forget_bytes, file.sha256))
    return gone


Holder = Callable[[Collection[int]], Collection[int]]
_holders: list[Holder] = []
KEPT_WAITING: Final = timedelta(days=7)
"""How long an upload waits for the act that names it, such as a form filled over a weekend."""


def held_by(look: Holder) -> Holder:
    """Register who names files otherwise than by a foreign key: given numbers of files, it returns those it still needs."""
    _holders.append(look)
    return look


def sweep(*, at: datetime, most: int = 5000) -> int:
    """Remove uploads that nothing came to refer to within a week, so many a night; returns how many went."""
    rows = StoredFile.objects.filter(kept_at__lt=at - KEPT_WAITING)
    for relation in StoredFile._meta.get_fields(include_hidden=True):
        if isinstance(relation, ForeignObjectRel):
            named = relation.related_model._default_manager.filter(**{relation.field.name: OuterRef("pk")})
            rows = rows.exclude(Exists(named))
    numbers = set(rows.order_by("pk").values_list("pk", flat=True)[:most])
    for look in _holders:
        numbers -= set(look(numbers))
    return drop(sorted(numbers))


def _forget_bytes(sha256: str) -> None:
    """Put the bytes aside, and look whether they are old and without any row: only then do they go for good."""
    path = path_of(sha256)
    aside = path.with_name(f"{sha256}.gone")
    try:
        path.rename(aside)
    except FileNotFoundError:
        return
    fresh = time.time() - aside.stat().st_mtime < _FRESH
    if not fresh and not StoredFile.objects.filter(sha256=sha256).exists():
        aside.unlink(missing_ok=True)
    elif path.exists():
        aside.unlink(missing_ok=True)  # somebody has just put the same bytes there anew
    else:
        aside.rename(path)


_FRESH = 3600.0
"""Seconds within which bytes may belong to a row that is only about to be written."""


def by_id(number: int) -> StoredFile:
    """The row of a stored file."""
    return StoredFile.objects.get(pk=number)


def path_of(sha256: str) -> Path:
    """Where the bytes of that hash lie."""
    return Path(settings.FILES_ROOT) / sha256[:2] / sha256


def open_stored(file: StoredFile) -> BinaryIO:
    """The bytes of a stored file."""
    return path_of(file.sha256).open("rb")


def read_stored(file: StoredFile) -> bytes:
    """All bytes of a stored file."""
    return path_of(file.sha256).read_bytes()


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
