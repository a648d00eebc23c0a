"""Proving the journal: every entry bound to the one before, every signed note still true."""

from dataclasses import asdict, dataclass
from typing import Any

from django.db import connection, transaction

from motcua.base.checkpoints import GENESIS_ROOT, root_of, witness_path
from motcua.base.journal import GENESIS, entry_hash
from motcua.base.keyring import ring
from motcua.base.models import Checkpoint, CheckpointHead


@dataclass(frozen=True)
class FirstBad:
    """The first place where the journal does not hold."""

    stream: str
    seq: int
    why: str


@dataclass(frozen=True)
class Verdict:
    """The answer of `motcua journal verify`."""

    ok: bool
    entries: int
    first_bad: FirstBad | None

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def verify_journal() -> Verdict:
    """Walk all entries in one snapshot of the database, then the heads, then the signed notes and their witness."""
    own_transaction = not connection.in_atomic_block
    with transaction.atomic():
        if own_transaction:  # inside another transaction the caller's view of the data is the one that is proved
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        return _verify()


def _verify() -> Verdict:
    entries, bad = _walk_entries()
    bad = bad or _compare_heads() or _check_notes()
    return Verdict(ok=bad is None, entries=entries, first_bad=bad)


def _walk_entries() -> tuple[int, FirstBad | None]:
    stream, seq, prev, entries = "", 0, GENESIS, 0
    with connection.connection.cursor(name="journal_verify") as cursor:
        cursor.itersize = 5000
        cursor.execute(
            "SELECT stream, seq, name, at, by, acting_for, facts::text, prev, hash FROM journal_entry ORDER BY stream, seq"
        )
        for row in cursor:
            entries += 1
            if row[0] != stream:
                stream, seq, prev = row[0], 0, GENESIS
            if row[1] != seq + 1:
                return entries, FirstBad(stream, seq + 1, "thiếu một mục trong chuỗi")
            if bytes(row[7]) != prev:
                return entries, FirstBad(stream, row[1], "mục này không nối với mục trước")
            own = entry_hash(prev, *row[:7])
            if own != bytes(row[8]):
                return entries, FirstBad(stream, row[1], "nội dung đã bị sửa")
            seq, prev = row[1], own
    return entries, None


def _compare_heads() -> FirstBad | None:
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT coalesce(h.stream, e.stream), coalesce(e.seq, h.seq), h.seq, e.seq
               FROM journal_head h FULL JOIN (
                 SELECT DISTINCT ON (stream) stream, seq, hash FROM journal_entry ORDER BY stream, seq DESC
               ) e ON e.stream = h.stream
               WHERE e.seq IS DISTINCT FROM h.seq OR e.hash IS DISTINCT FROM h.hash ORDER BY 1 LIMIT 1"""
        )
        row = cursor.fetchone()
    if row is None:
        return None
    stream, at_seq, head_seq, last_seq = row
    if (last_seq or 0) < (head_seq or 0):
        return FirstBad(stream, (last_seq or 0) + 1, "đuôi chuỗi đã bị cắt")
    return FirstBad(stream, at_seq, "đầu chuỗi không khớp mục cuối")


def _check_notes() -> FirstBad | None:
    keys = ring()
    prev_root, number = GENESIS_ROOT, 0
    for note in Checkpoint.objects.order_by("number").iterator(chunk_size=500):
        label = f"checkpoint:{note.number}"
        if note.number != number + 1 or bytes(note.prev_root) != prev_root:
            return FirstBad(f"checkpoint:{number + 1}", number + 1, "thiếu một điểm niêm phong")
        number = note.number
        if note.key_id not in keys or not keys[note.key_id].signed(note):
            return FirstBad(label, number, "chữ ký niêm phong không đúng")
        heads = [
            (one.stream, one.seq, bytes(one.hash))
            for one in CheckpointHead.objects.filter(checkpoint=note).order_by("pk")
        ]
        if len(heads) != note.heads or root_of(prev_root, heads) != bytes(note.root):
            return FirstBad(label, number, "điểm niêm phong đã bị sửa")
        prev_root = bytes(note.root)
    return _check_sealed_heads() or _check_witness()


def _check_sealed_heads() -> FirstBad | None:
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT c.stream, c.seq, e.id IS NULL FROM journal_checkpoint_head c
               LEFT JOIN journal_entry e ON e.stream = c.stream AND e.seq = c.seq
               WHERE e.hash IS DISTINCT FROM c.hash ORDER BY c.stream, c.seq LIMIT 1"""
        )
        row = cursor.fetchone()
    if row is None:
        return None
    return FirstBad(row[0], row[1], "mục đã niêm phong nay không còn" if row[2] else "mục đã niêm phong nay khác đi")


def _check_witness() -> FirstBad | None:
    """The roots written beside the key: finds a database whose last notes were removed together with their entries."""
    path = witness_path()
    if not path.exists():
        return None
    roots = {number: bytes(root).hex() for number, root in Checkpoint.objects.values_list("number", "root").iterator()}
    for line in path.read_text(encoding="ascii").splitlines():
        number, _, root = line.partition(" ")
        if number.isdigit() and roots.get(int(number)) != root:
            return FirstBad(f"checkpoint:{number}", int(number), "điểm niêm phong đã công bố nay không còn")
    return None
