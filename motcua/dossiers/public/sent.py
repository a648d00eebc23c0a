"""Files that citizens send: each judged for itself, so that one bad scan does not cost the others their way up."""

from collections.abc import Sequence
from datetime import datetime

from django.core.files.uploadedfile import UploadedFile

from motcua.base.errors import Refused
from motcua.base.uploads import MOST_OF_PERSON
from motcua.dossiers.actions.uploads import MOST_FILES, keep_all


def keep_each(
    uploaded: Sequence[UploadedFile], *, sender: str, at: datetime, most: int = MOST_OF_PERSON
) -> tuple[list[int], list[str]]:
    """The ids of the files that are what they claim, and a sentence about each of the others."""
    lots = [uploaded] if len(uploaded) > MOST_FILES else [[one] for one in uploaded]
    kept: list[int] = []
    told: dict[str, None] = {}
    for lot in lots:
        try:
            kept += keep_all(lot, sender=sender, at=at, most=most)
        except Refused as refused:
            told |= dict.fromkeys(refused.objections)
    return kept, list(told)
