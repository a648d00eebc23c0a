"""Signing the journal each minute with a key that the database never sees."""

import fcntl
import hashlib
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings
from django.db import connection, transaction

from motcua.base.models import Checkpoint, CheckpointHead

GENESIS_ROOT = b"\0" * 32
LOCK: Final = "SELECT pg_advisory_xact_lock(hashtext('journal-checkpoint'))"
"""One note, or one change of the key, at a time."""
MOST_HEADS: Final = 50_000
"""So many heads a note: after an import of millions the memory stays bounded, and the next note signs the next ones."""


def signing_key() -> Ed25519PrivateKey:
    """The province's journal key; made at the first use, readable by its owner only, kept outside the database."""
    path = key_path()
    if not path.exists():
        _make_key(path)
    key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(key, Ed25519PrivateKey):
        raise TypeError(f"{path} holds no Ed25519 key")
    return key


def key_path() -> Path:
    """Where the key in use lies."""
    return Path(settings.KEYS_ROOT) / "journal.pem"


def _make_key(path: Path) -> None:
    """One process at a time, and the file appears whole: who comes second takes the key of the first, never half of it."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with path.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if path.exists():
            return
        write_key(path, Ed25519PrivateKey.generate())


def write_key(path: Path, key: Ed25519PrivateKey) -> None:
    """The file appears whole, readable by its owner only; what lay there before is gone."""
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    draft = path.with_suffix(".draft")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        out.write(pem)
        out.flush()
        os.fsync(out.fileno())
    draft.replace(path)


def public_bytes(key: Ed25519PublicKey) -> bytes:
    """The raw 32 bytes of a public key."""
    return key.public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)


def key_id(key: Ed25519PublicKey) -> str:
    """A short name of a key, so that a change of keys is visible in the notes."""
    return hashlib.sha256(public_bytes(key)).hexdigest()[:16]


def root_of(prev_root: bytes, heads: list[tuple[str, int, bytes]]) -> bytes:
    """One sum over the note before and the heads, in the order of their names."""
    digest = hashlib.sha256(prev_root)
    for stream, seq, own in sorted(heads):
        digest.update(f"{stream}\n{seq}\n{own.hex()}\n".encode())
    return digest.digest()


def note_text(number: int, at: datetime, heads: int, root: bytes, prev_root: bytes) -> bytes:
    """The bytes that are signed."""
    moment = at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    return f"motcua journal\n{number}\n{moment}\n{heads}\n{root.hex()}\n{prev_root.hex()}\n".encode()


def signature_holds(note: Checkpoint, key: Ed25519PublicKey) -> bool:
    """Whether the note bears this key's signature."""
    text = note_text(note.number, note.at, note.heads, bytes(note.root), bytes(note.prev_root))
    try:
        key.verify(bytes(note.signature), text)
    except InvalidSignature:
        return False
    return True


def take_checkpoint(*, at: datetime, most: int = MOST_HEADS) -> Checkpoint | None:
    """Sign all heads that moved since the last note, in as many notes as that takes; the last one, None if none did."""
    last, note = None, _take_note(at, most)
    while note is not None:
        last, note = note, _take_note(at, most) if note.heads == most else None
    return last


@transaction.atomic
def _take_note(at: datetime, most: int) -> Checkpoint | None:
    """One note over the heads that moved.

    Heads that a writer holds at this moment are left to the next minute, so that signing never makes a clerk wait.
    """
    with connection.cursor() as cursor:
        cursor.execute(LOCK)
        cursor.execute(
            """UPDATE journal_head SET sealed_seq = seq WHERE stream IN (
                 SELECT stream FROM journal_head WHERE seq <> sealed_seq LIMIT %s FOR UPDATE SKIP LOCKED
               ) RETURNING stream, seq, hash""",
            [most],
        )
        heads = [(stream, seq, bytes(own)) for stream, seq, own in cursor.fetchall()]
    if not heads:
        return None
    last = Checkpoint.objects.order_by("-number").first()
    prev_root = bytes(last.root) if last else GENESIS_ROOT
    number = last.number + 1 if last else 1
    root = root_of(prev_root, heads)
    key = signing_key()
    note = Checkpoint.objects.create(
        number=number,
        at=at,
        heads=len(heads),
        root=root,
        prev_root=prev_root,
        key_id=key_id(key.public_key()),
        signature=key.sign(note_text(number, at, len(heads), root, prev_root)),
    )
    CheckpointHead.objects.bulk_create(
        [CheckpointHead(checkpoint=note, stream=stream, seq=seq, hash=own) for stream, seq, own in sorted(heads)],
        batch_size=5000,
    )
    transaction.on_commit(lambda: _witness(number, root))
    return note


def witness_path() -> Path:
    """The list of roots beside the key: a database set back to an older state shows against it."""
    return Path(settings.KEYS_ROOT) / "checkpoints.log"


def _witness(number: int, root: bytes) -> None:
    with witness_path().open("a", encoding="ascii") as out:
        out.write(f"{number} {root.hex()}\n")
