"""The keys that sealed the journal: the one in use, and those before it, each for the notes that it signed.

A key that was given up still proves its own notes and can sign no later one. Each hands over to the next by a signature, so
that whoever wrote down any public key of the house can follow the line to the one in use.
"""

import json
import os
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings
from django.db import connection, transaction
from django.db.models import Max

from motcua.base.checkpoints import LOCK, key_id, key_path, public_bytes, signature_holds, signing_key, write_key
from motcua.base.models import Checkpoint

BEFORE: Final = "journal-keys-before.json"


@dataclass(frozen=True)
class GivenUp:
    """What is kept of a key that was changed: its public half, its last note, and its signature over the next key."""

    public: str
    last: int
    next: str
    handover: str
    at: str

    def hands_over(self) -> bool:
        """Whether this key itself named the next one and the note after which it signs no more."""
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(self.public))
        try:
            key.verify(bytes.fromhex(self.handover), _handover_text(self.public, self.next, self.last))
        except InvalidSignature:
            return False
        return True


@dataclass(frozen=True)
class SealKey:
    """A key with the notes that are its own; `last` is None for the one in use."""

    key: Ed25519PublicKey
    first: int
    last: int | None

    def signed(self, note: Checkpoint) -> bool:
        """Whether the note is of this key's time and bears its signature."""
        its_time = self.first <= note.number and (self.last is None or note.number <= self.last)
        return its_time and signature_holds(note, self.key)


def ring() -> dict[str, SealKey]:
    """All keys by their short names, the oldest first: as far back from the one in use as each was handed over to."""
    current = signing_key().public_key()
    line, following = [SealKey(current, 1, None)], public_bytes(current).hex()
    for one in reversed(_given_up(following)):
        if one.next != following or not one.hands_over():
            break
        line[0] = SealKey(line[0].key, one.last + 1, line[0].last)
        line.insert(0, SealKey(Ed25519PublicKey.from_public_bytes(bytes.fromhex(one.public)), 1, one.last))
        following = one.public
    return {key_id(one.key): one for one in line}


def change_key(*, at: datetime) -> SealKey:
    """Seal with a new key from the next note on; the old private key is gone from this folder.

    The line of old keys is written first: if the machine stops in between, the old key goes on as if nothing had been.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(LOCK)
        last = Checkpoint.objects.aggregate(last=Max("number"))["last"] or 0
        old, new = signing_key(), Ed25519PrivateKey.generate()
        was, comes = public_bytes(old.public_key()).hex(), public_bytes(new.public_key()).hex()
        handover = old.sign(_handover_text(was, comes, last)).hex()
        _write([*_given_up(was), GivenUp(was, last, comes, handover, at.isoformat())])
        write_key(key_path(), new)
    return SealKey(new.public_key(), last + 1, None)


def _handover_text(public: str, following: str, last: int) -> bytes:
    return f"motcua journal key\n{public}\n{last}\n{following}\n".encode()


def _given_up(current: str) -> list[GivenUp]:
    """The keys before this one; a change that broke off before the new key was written left it in the line itself."""
    if not _path().exists():
        return []
    rows: list[dict[str, Any]] = json.loads(_path().read_text(encoding="ascii"))
    return [GivenUp(**row) for row in rows if row["public"] != current]


def _write(line: list[GivenUp]) -> None:
    draft = _path().with_suffix(".draft")
    with draft.open("w", encoding="ascii") as out:
        json.dump([asdict(one) for one in line], out, indent=1)
        out.flush()
        os.fsync(out.fileno())
    draft.replace(_path())


def _path() -> Path:
    return Path(settings.KEYS_ROOT) / BEFORE
