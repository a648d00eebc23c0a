"""The key that seals the journal can be changed: old notes stay proved, and a key that was given up signs nothing new."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import connection

from motcua.base import checkpoints, keyring
from motcua.base.checkpoints import key_id, key_path, note_text, signing_key, write_key
from motcua.base.models import Checkpoint
from motcua.base.verify import verify_journal
from motcua.config import checks
from tests.base.test_journal import AT, keys, write

__all__ = ["keys"]
pytestmark = pytest.mark.django_db


def seal(minute: int) -> Checkpoint:
    write()
    note = checkpoints.take_checkpoint(at=AT + timedelta(minutes=minute))
    assert note is not None
    return note


def sign_again(note: Checkpoint, key: Ed25519PrivateKey) -> None:
    """What somebody with a stolen key and the rights of the database's owner could write."""
    text = note_text(note.number, note.at, note.heads, bytes(note.root), bytes(note.prev_root))
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE journal_checkpoint DISABLE TRIGGER USER")
        Checkpoint.objects.filter(pk=note.pk).update(key_id=key_id(key.public_key()), signature=key.sign(text))
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE journal_checkpoint ENABLE TRIGGER USER")


def test_notes_of_three_keys_are_each_proved_by_their_own(keys: Path) -> None:
    notes = [seal(1), seal(2)]
    keyring.change_key(at=AT)
    notes.append(seal(3))
    keyring.change_key(at=AT)
    notes.append(seal(4))

    assert verify_journal().ok
    assert len({one.key_id for one in notes}) == 3
    assert [(one.first, one.last) for one in keyring.ring().values()] == [(1, 2), (3, 3), (4, None)]
    assert list(keyring.ring()) == [notes[0].key_id, notes[2].key_id, notes[3].key_id]
    assert (keys / "journal.pem").stat().st_mode & 0o777 == 0o600


def test_a_key_that_was_given_up_signs_nothing_new(keys: Path) -> None:
    stolen = signing_key()
    seal(1)
    keyring.change_key(at=AT)
    sign_again(seal(2), stolen)

    bad = verify_journal().first_bad

    assert bad is not None and (bad.stream, bad.why) == ("checkpoint:2", "chữ ký niêm phong không đúng")


def test_a_new_key_cannot_have_signed_before_its_time(keys: Path) -> None:
    old = seal(1)
    keyring.change_key(at=AT)
    sign_again(old, signing_key())

    bad = verify_journal().first_bad

    assert bad is not None and bad.stream == "checkpoint:1"


@pytest.mark.parametrize("changed", ["last", "next", "handover"])
def test_a_line_of_keys_that_somebody_rewrote_proves_nothing(keys: Path, changed: str) -> None:
    seal(1)
    keyring.change_key(at=AT)
    seal(2)
    path = keys / keyring.BEFORE
    (row,) = json.loads(path.read_text())
    other = checkpoints.public_bytes(Ed25519PrivateKey.generate().public_key()).hex()
    row[changed] = {"last": 2, "next": other, "handover": "00" * 64}[changed]
    path.write_text(json.dumps([row]))

    bad = verify_journal().first_bad

    assert bad is not None and bad.stream == "checkpoint:1"


def test_a_change_that_broke_off_leaves_the_old_key_in_use(keys: Path) -> None:
    seal(1)
    old = signing_key()
    keyring.change_key(at=AT)
    write_key(key_path(), old)  # the line was written, the new key was not
    note = seal(2)

    assert verify_journal().ok
    assert note.key_id == key_id(old.public_key())
    keyring.change_key(at=AT)
    seal(3)
    assert verify_journal().ok
    assert [(one.first, one.last) for one in keyring.ring().values()] == [(1, 2), (3, None)]


def test_the_check_before_operation_names_a_lost_key(keys: Path) -> None:
    note = seal(1)
    assert checks._sealed().holds is not None
    (keys / "journal.pem").unlink()

    line = checks._sealed()

    assert line.holds is None and note.key_id in line.why
