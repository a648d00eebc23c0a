"""Files of a page that comes back: kept at the first press and sealed into the page, so that nobody chooses them twice."""

from collections.abc import Iterable
from typing import Final

from django.core import signing

from motcua.base.errors import Refused
from motcua.base.models import StoredFile
from motcua.dossiers.actions.uploads import keep_all, sender_of
from motcua.people.http import PersonRequest

_SALT: Final = "motcua.dossiers.kept"


class Kept:
    """What a page has kept so far, per number of paper; `about` is what the numbers belong to."""

    def __init__(self, request: PersonRequest, about: str, papers: Iterable[int]) -> None:
        self._seal = (request.actor.id, about)
        self.problems: list[str] = []
        self._ids = {no: self._unsealed(request.POST.get(f"kept_{no}", "")) for no in papers}
        for no, ids in self._ids.items():
            try:
                new = request.FILES.getlist(f"files_{no}")
                ids += keep_all(new, sender=sender_of(request.actor), at=request.now)
            except Refused as refused:
                self.problems += refused.objections
        every = [one for ids in self._ids.values() for one in ids]
        self._rows = StoredFile.objects.in_bulk(every) if every else {}

    def files(self, no: int) -> list[StoredFile]:
        """The files of a paper, those of earlier presses first."""
        return [self._rows[one] for one in self._ids.get(no, ()) if one in self._rows]

    def sealed(self, no: int) -> str:
        """As the page carries them to the next press; empty where nothing was kept."""
        ids = self._ids.get(no)
        return signing.dumps([*self._seal, ids], salt=_SALT) if ids else ""

    def _unsealed(self, text: str) -> list[int]:
        try:
            owner, about, ids = signing.loads(text, salt=_SALT) if text else (None, "", [])
        except signing.BadSignature:
            return []
        return list(ids) if (owner, about) == self._seal else []
