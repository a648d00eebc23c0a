"""Files, sent before the dossier that speaks of them: checked by their bytes, named by a seal only their sender can use."""

from typing import Final

from django.core import signing
from django.utils.translation import gettext as _
from ninja import File, Router, Status
from ninja.files import UploadedFile

from motcua.api.door import ApiRequest
from motcua.api.problems import INVALID, TOO_MANY, ApiProblem
from motcua.api.schemas import FileOut
from motcua.base import files
from motcua.base.actors import Actor
from motcua.base.filetypes import check_file
from motcua.base.uploads import MOST_OF_PERSON, closed_until, too_much
from motcua.dossiers.actions.uploads import sender_of

router = Router(tags=["Tệp"])
_SALT: Final = "motcua.api.file"


@router.post("/files", response={201: FileOut}, summary="Gửi một tệp", operation_id="send_file")
def send_file(request: ApiRequest, file: File[UploadedFile]) -> Status:
    """PDF, JPEG hoặc PNG, nhiều nhất 20 MB; kiểm bằng nội dung, không bằng tên. `file` trả về để ghi vào hồ sơ."""
    name = (file.name or "tep")[:255]
    checked = check_file(file, name=name)
    if (until := closed_until(sender_of(request.auth), file.size or 0, at=request.now)) is not None:
        wait = max(1, int((until - request.now).total_seconds()))
        raise ApiProblem(TOO_MANY, too_much(until, MOST_OF_PERSON), wait=wait)
    kept = files.keep(file, name=name, media_type=checked.media_type, at=request.now, pages=checked.pages)
    sealed = signing.dumps([kept.pk, request.auth.id], salt=_SALT)
    return Status(
        201,
        FileOut(
            file=sealed,
            name=kept.name,
            media_type=kept.media_type,
            size=kept.size,
            pages=kept.pages,
            sha256=kept.sha256,
        ),
    )


def numbers_of(sealed: list[str], by: Actor) -> tuple[int, ...]:
    """The stored files behind the seals; a seal of somebody else opens nothing."""
    found = []
    for one in sealed:
        try:
            number, owner = signing.loads(one, salt=_SALT)
        except (signing.BadSignature, ValueError):
            number, owner = 0, None
        if owner is None or owner != by.id:
            raise ApiProblem(INVALID, _("Một tệp không dùng được nữa, hoặc do khóa khác gửi. Gửi lại tệp ở /files."))
        found.append(int(number))
    return tuple(found)
