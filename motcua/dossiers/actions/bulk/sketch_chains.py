"""The journal of sketched dossiers: each one's entries one upon the other, and the head of its stream, written by COPY.

The texts and their sums are made here and not by the database: it would need twice as long for them.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from hashlib import sha256
from typing import Any, Final, NamedTuple

from django.db import connection

from motcua.base import journal
from motcua.dossiers.actions.bulk.sketch_words import Sketch, said_by

_ZONE: Final = "INTERVAL '07:00'"
_MOMENTS: Final = ("submitted", "received", "due", "signed", "handed", "returned")
_LINES: Final = 2000
"""So many lines are handed to the database at once."""

# What the texts of one dossier need; what has not happened is empty.
_LIVES: Final = f"""
SELECT id, kind, channel, coalesce(code, ''),
       CASE WHEN received_at IS NULL THEN '' WHEN refused THEN 'refused' WHEN days = 0 THEN 'at_once' ELSE 'received' END,
       {", ".join(f"coalesce(({one}_at AT TIME ZONE INTERVAL '0')::text, '')" for one in _MOMENTS)},
       coalesce((extract(epoch FROM received_at - submitted_at) / 60)::int, 0),
       coalesce((extract(epoch FROM signed_at - received_at) / 180)::int, 0),
       CASE sign((signed_at AT TIME ZONE {_ZONE})::date - (due_at AT TIME ZONE {_ZONE})::date)
            WHEN -1 THEN 'early' WHEN 0 THEN 'on_time' ELSE 'late' END
  FROM sketch_life ORDER BY id
"""


class _Words(NamedTuple):
    """What is said of one kind of dossier: the facts of each entry with what differs left open, and who acts."""

    facts: dict[str, str]
    clerk: str
    leader: str


@lru_cache(maxsize=20_000)
def _words(kind: Sketch) -> _Words:
    facts = {}
    for name, (parts, gaps) in said_by(kind).items():
        first, *others = (part.replace("%", "%%") for part in parts)
        facts[name] = first + "".join(f"%({gap})s{part}" for gap, part in zip(gaps, others, strict=True))
    return _Words(facts, str(kind.clerk), str(kind.leader))


def prepare(kinds: Iterable[Sketch]) -> None:
    """Ask the events now what they say of these kinds: processes begun afterwards know it already."""
    for one in kinds:
        _words(one)


class _Stream:
    """The entries of one dossier: each is bound to the one before it, as `journal.entry_hash` binds them."""

    def __init__(self, key: int) -> None:
        self.name, self.seq, self.prev, self.lines = f"dossiers.dossier:{key}", 0, journal.GENESIS, list[str]()

    def tell(self, event: str, moment: str, by: str, facts: str) -> None:
        """One more entry, as a line for COPY."""
        self.seq += 1
        told = f"{self.name}\n{self.seq}\ndossiers.{event}\n{moment}.000000Z\n{by}\n\n{facts}"
        own = sha256(self.prev + told.encode()).digest()
        kept = facts.replace("\\", "\\\\")
        self.lines.append(
            f"{self.name}\t{self.seq}\tdossiers.{event}\t{moment}Z\t{by}\t{kept}\t\\\\x{self.prev.hex()}\t\\\\x{own.hex()}\n"
        )
        self.prev = own


def write_chains(kinds: Sequence[Sketch], *, sealed: bool) -> int:
    """Tell the journal of every dossier in the table `sketch_life`; returns the entries written."""
    words = [_words(one) for one in kinds]
    heads, entries = list[str](), 0
    with connection.cursor() as cursor:
        cursor.execute(_LIVES)
        lives = cursor.fetchall()
        with cursor.copy("COPY journal_entry (stream, seq, name, at, by, facts, prev, hash) FROM STDIN") as copy:
            for streams in _by(_LINES, _told(lives, words)):
                copy.write("".join(line for one in streams for line in one.lines))
                for one in streams:
                    entries += one.seq
                    heads.append(f"{one.name}\t{one.seq}\t\\\\x{one.prev.hex()}\t{one.seq if sealed else 0}\n")
        with cursor.copy("COPY journal_head (stream, seq, hash, sealed_seq) FROM STDIN") as copy:
            copy.write("".join(heads))
    return entries


def _told(lives: Iterable[Sequence[Any]], words: Sequence[_Words]) -> Iterator[_Stream]:
    for key, kind, channel, code, second, *moments, waited, worked, outcome in lives:
        submitted, received, due, signed, handed, returned = [one.replace(" ", "T") for one in moments]
        scanned = key % 3
        open_ = {
            "id": key,
            "slip": key,
            "channel": channel,
            "code": code,
            "received": received,
            "due": due,
            "signed": signed,
            "waited": waited,
            "worked": worked,
            "outcome": outcome,
            "scanned": scanned,
            "electronic": "true" if scanned else "false",
        }
        facts, clerk, leader = words[kind]
        stream = _Stream(key)
        stream.tell("DossierSubmitted", submitted, clerk, facts["submitted"] % open_)
        if second:
            event = "DossierRefused" if second == "refused" else "DossierReceived"
            stream.tell(event, received, clerk, facts[second] % open_)
        if signed:
            stream.tell("ResultSigned", signed, leader, facts["signed"] % open_)
        elif handed:
            stream.tell("DossierHandedOver", handed, clerk, facts["handed"] % open_)
        if returned:
            stream.tell("ResultReturned", returned, clerk, facts["returned"] % open_)
        yield stream


def _by(size: int, streams: Iterable[_Stream]) -> Iterator[list[_Stream]]:
    some = list[_Stream]()
    for one in streams:
        some.append(one)
        if len(some) == size:
            yield some
            some = []
    yield some
