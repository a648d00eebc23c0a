"""The journal of sketched dossiers: each one's entries one upon the other, and the head of its stream, written by binary COPY.

The texts and their sums are made here and not by the database: it would need twice as long for them. Binary, because then it
neither looks for the ends of columns nor reads moments, numbers and sums from text.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from hashlib import sha256
from struct import Struct
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from django.db import connection

from motcua.base import journal
from motcua.dossiers.actions.bulk.sketch_words import Sketch, said_by

_ZONE: Final = "INTERVAL '07:00'"
_SAID: Final = ("submitted", "received", "due", "signed", "handed", "returned")
_AT: Final = ("submitted", "received", "signed", "handed", "returned")
_STREAMS: Final = 500
"""So many streams are handed to the database at once."""

# What the texts of one dossier need; what has not happened is empty.
_LIVES: Final = f"""
SELECT id, kind, channel, coalesce(code, ''),
       CASE WHEN received_at IS NULL THEN '' WHEN refused THEN 'refused' WHEN days = 0 THEN 'at_once' ELSE 'received' END,
       {", ".join(f"coalesce(replace(({one}_at AT TIME ZONE INTERVAL '0')::text, ' ', 'T'), '')" for one in _SAID)},
       {", ".join(f"date_part('epoch', {one}_at)" for one in _AT)},
       coalesce((extract(epoch FROM received_at - submitted_at) / 60)::int, 0),
       coalesce((extract(epoch FROM signed_at - received_at) / 180)::int, 0),
       CASE sign((signed_at AT TIME ZONE {_ZONE})::date - (due_at AT TIME ZONE {_ZONE})::date)
            WHEN -1 THEN 'early' WHEN 0 THEN 'on_time' ELSE 'late' END
  FROM sketch_life ORDER BY id
"""

# COPY in the binary form of PostgreSQL: each row says how many columns it has, each column how many bytes.
_BEGIN: Final = b"PGCOPY\n\xff\r\n\0" + bytes(8)
_END: Final = b"\xff\xff"
_SEQ, _AT_BY, _JSONB = Struct("!ii"), Struct("!iqiq"), Struct("!iB")
_EPOCH: Final = 946_684_800
"""Moments are kept in microseconds from the year 2000 on."""


def _text(value: str) -> bytes:
    raw = value.encode()
    return len(raw).to_bytes(4) + raw


def _sum(value: bytes) -> bytes:
    return len(value).to_bytes(4) + value


class _Place(NamedTuple):
    """One kind of entry as the first, second … of its stream: as the sum is taken over it, and as columns."""

    line: str
    columns: bytes


_MOST: Final = 4
_NUMBERS: Final = tuple(_SEQ.pack(4, number) for number in range(_MOST + 1))
_EVENTS: Final = MappingProxyType(
    {
        "submitted": "dossiers.DossierSubmitted",
        "refused": "dossiers.DossierRefused",
        "received": "dossiers.DossierReceived",
        "at_once": "dossiers.DossierReceived",
        "handed": "dossiers.DossierHandedOver",
        "signed": "dossiers.ResultSigned",
        "returned": "dossiers.ResultReturned",
    }
)
_PLACES: Final = MappingProxyType(
    {
        kind: [_Place(f"\n{number}\n{name}\n", _NUMBERS[number] + _text(name)) for number in range(_MOST + 1)]
        for kind, name in _EVENTS.items()
    }
)


class _Words(NamedTuple):
    """What is said of one kind of dossier: the facts of each entry with what differs left open, and who acts."""

    facts: dict[str, str]
    clerk: int
    leader: int


@lru_cache(maxsize=20_000)
def _words(kind: Sketch) -> _Words:
    facts = {}
    for name, (parts, gaps) in said_by(kind).items():
        first, *others = (part.replace("%", "%%") for part in parts)
        facts[name] = first + "".join(f"%({gap})s{part}" for gap, part in zip(gaps, others, strict=True))
    return _Words(facts, kind.clerk, kind.leader)


def prepare(kinds: Iterable[Sketch]) -> None:
    """Ask the events now what they say of these kinds: processes begun afterwards know it already."""
    for one in kinds:
        _words(one)


class _Book:
    """Rows for COPY: the entries of many dossiers, each bound to the one before it as `journal.entry_hash` binds them."""

    def __init__(self, *, sealed: bool) -> None:
        self.rows, self.heads, self.entries, self._sealed = [_BEGIN], [_BEGIN], 0, sealed

    def tell(self, key: int, acts: Iterable[tuple[str, str, float, int, str]]) -> None:
        """A whole dossier: of each entry its kind, the moment as it is said and in seconds, who acts, and the facts."""
        stream = f"dossiers.dossier:{key}"
        column, prev, number = b"\0\x08" + _text(stream), journal.GENESIS, 0
        before = _sum(prev)
        for kind, said, at, by, facts in acts:
            number += 1
            place, kept = _PLACES[kind][number], facts.encode()
            prev = sha256(b"%b%b%b" % (prev, f"{stream}{place.line}{said}.000000Z\n{by}\n\n".encode(), kept)).digest()
            own = _sum(prev)
            self.rows += (
                *(column, place.columns, _AT_BY.pack(8, (int(at) - _EPOCH) * 1_000_000, 8, by)),
                *(_JSONB.pack(len(kept) + 1, 1), kept, before, own),
            )
            before = own
        seq = _NUMBERS[number]
        self.heads += (b"\0\x04", column[2:], seq, before, seq if self._sealed else _NUMBERS[0])
        self.entries += number

    def handed_over(self) -> bytes:
        """The rows of entries told since the last time."""
        rows, self.rows = b"".join(self.rows), []
        return rows


def write_chains(kinds: Sequence[Sketch], *, sealed: bool) -> int:
    """Tell the journal of every dossier in the table `sketch_life`; returns the entries written."""
    words, book = [_words(one) for one in kinds], _Book(sealed=sealed)
    with connection.cursor() as cursor:
        cursor.execute(_LIVES)
        lives = cursor.fetchall()
        with cursor.copy(
            "COPY journal_entry (stream, seq, name, at, by, facts, prev, hash) FROM STDIN (FORMAT binary)"
        ) as copy:
            for first in range(0, len(lives), _STREAMS):
                for life in lives[first : first + _STREAMS]:
                    book.tell(life[0], _acts(life, words))
                copy.write(book.handed_over())
            copy.write(_END)
        with cursor.copy("COPY journal_head (stream, seq, hash, sealed_seq) FROM STDIN (FORMAT binary)") as copy:
            copy.write(b"".join([*book.heads, _END]))
    return book.entries


def _acts(life: Sequence[Any], words: Sequence[_Words]) -> list[tuple[str, str, float, int, str]]:
    key, kind, channel, code, second, *moments, waited, worked, outcome = life
    submitted, received, due, signed, handed, returned, *seconds = moments
    scanned, (facts, clerk, leader) = key % 3, words[kind]
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
    acts = [("submitted", submitted, seconds[0], clerk, facts["submitted"] % open_)]
    if second:
        acts.append((second, received, seconds[1], clerk, facts[second] % open_))
    if signed:
        acts.append(("signed", signed, seconds[2], leader, facts["signed"] % open_))
    elif handed:
        acts.append(("handed", handed, seconds[3], clerk, facts["handed"] % open_))
    if returned:
        acts.append(("returned", returned, seconds[4], clerk, facts["returned"] % open_))
    return acts
