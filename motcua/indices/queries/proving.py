"""Whether published results are still what was hashed, signed and written into the journal."""

from typing import NamedTuple

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.utils.translation import gettext as _

from motcua.base.checkpoints import public_bytes, signing_key
from motcua.base.models import Entry
from motcua.indices.events import RoundPublished
from motcua.indices.models import Round
from motcua.indices.rules.freezing import SIGNATURE, body_of, hash_of
from motcua.indices.terms import Stage


class Proven(NamedTuple):
    """What a check of published results found."""

    genuine: bool
    words: str


def proven(round_: Round) -> Proven | None:
    """The check of one round; nothing before it is published."""
    if round_.stage != Stage.PUBLISHED.value or round_.results is None:
        return None
    if hash_of(round_.results) != round_.results_sha256:
        return Proven(False, _("Kết quả không còn đúng như lúc công bố: mã băm không khớp."))
    published = Entry.objects.filter(stream=round_.stream, name=RoundPublished.journal_name).last()
    if published is None or published.facts.get("sha256") != round_.results_sha256:
        return Proven(False, _("Mã băm này không phải mã đã ghi trong sổ nhật ký."))
    signature = round_.results.get(SIGNATURE)
    if signature is None:
        return Proven(True, _("Mã băm khớp với kết quả và sổ nhật ký."))
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(signature["key"]))
        key.verify(bytes.fromhex(signature["value"]), body_of(round_.results))
    except (InvalidSignature, ValueError, KeyError, TypeError):
        return Proven(False, _("Chữ ký không khớp với kết quả."))
    if public_bytes(signing_key().public_key()).hex() != signature["key"]:
        return Proven(True, _("Chữ ký khớp, bằng một khóa trước đây của tỉnh."))
    return Proven(True, _("Chữ ký và mã băm khớp với kết quả và sổ nhật ký."))
