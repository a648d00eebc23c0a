"""What the entries of a sketch say: the event classes themselves are asked once per kind of dossier, and what differs from one
dossier to the next is left open. So an entry costs a few joined texts, and its words are those of an act."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from motcua.base import journal
from motcua.dossiers import events
from motcua.dossiers.terms import Payment, Status, Turn


@dataclass(frozen=True)
class Sketch:
    """One kind of dossier at one office: whence its codes, who works on it, by when it is due, how often it comes."""

    root: int
    receiving: int
    deciding: int
    unit: int
    agency_code: str
    clerk: int
    leader: int
    procedure_id: int
    version_id: int
    procedure: str
    version: int
    case_id: int | None
    case_code: str
    days: int
    """Days from receipt to the due day; 0 for what is answered at once."""
    fee_vnd: int
    weight: float = 1.0


OPEN: Final = re.compile(r'"«:(\w+)»"|«(\w+)»')
"""A gap in a text: with its quotes where a number or a truth value belongs, within them where a text does."""

_RECEIVED: Final = "«received»+00:00"
_DUE: Final = "«due»+00:00"
_SIGNED: Final = "«signed»+00:00"
GAPS: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {
        "submitted": {},
        "refused": {"held_minutes": "«:waited»", "slip": "«slip»"},
        "received": {"received_at": _RECEIVED, "due_at": _DUE, "code": "«code»", "held_minutes": "«:waited»"},
        "at_once": {
            **dict.fromkeys(("received_at", "due_at", "finished_at"), _RECEIVED),
            "code": "«code»",
            "held_minutes": "«:waited»",
        },
        "handed": {"received_at": _RECEIVED, "due_at": _DUE, "was_due_at": _DUE},
        "signed": {
            "received_at": _RECEIVED,
            "due_at": _DUE,
            "was_due_at": _DUE,
            "finished_at": _SIGNED,
            "outcome": "«outcome»",
            "signed_electronically": "«:electronic»",
            "took_minutes": "«:worked»",
            "held_minutes": "«:worked»",
        },
        "returned": {"received_at": _RECEIVED, "due_at": _DUE, "was_due_at": _DUE, "finished_at": _SIGNED},
    }
)
"""What differs from one dossier to the next, by kind of entry; channel, number and scanned papers differ in all of them."""
_ALWAYS: Final = MappingProxyType({"dossier": "«:id»", "channel": "«channel»", "digitised": "«:scanned»"})


class Said(NamedTuple):
    """A text with gaps: what stands before, between and behind them, and the names of what fills them."""

    parts: list[str]
    gaps: list[str]


def said_by(kind: Sketch) -> dict[str, Said]:
    """The facts of each entry of that kind, as the journal writes them down."""
    return {name: _said(event, {**_ALWAYS, **GAPS[name]}) for name, event in _events(kind).items()}


def _said(event: events.DossierEvent, gaps: Mapping[str, str]) -> Said:
    values: dict[str, Any] = {**event.values(), **gaps}
    pieces = OPEN.split(journal.jsonb_text(values))
    return Said(pieces[::3], [one or other for one, other in zip(pieces[1::3], pieces[2::3], strict=True)])


def _events(kind: Sketch) -> dict[str, events.DossierEvent]:
    owed = Payment.DUE if kind.fee_vnd else Payment.NONE
    common: dict[str, Any] = {
        "dossier": 0,
        "procedure": kind.procedure,
        "version": kind.version,
        "case": kind.case_code,
        "channel": "",
        "root": kind.root,
        "receiving": kind.receiving,
        "deciding": kind.deciding,
        "holding": kind.receiving,
        "turn": str(Turn.CLERK),
        "step": 1,
        "papers": 2,
        "fee_vnd": kind.fee_vnd,
        "payment": str(owed),
    }
    first: dict[str, Any] = {"was_status": str(Status.SUBMITTED), "was_holding": kind.receiving, "given_minutes": 240}
    then: dict[str, Any] = {"was_status": str(Status.RECEIVED), "was_holding": kind.receiving, "from_step": 1}
    nobody: dict[str, Any] = {**common, "turn": str(Turn.NOBODY)}
    processing: dict[str, Any] = {
        **common,
        "status": str(Status.PROCESSING),
        "turn": "specialist",
        "holding": kind.unit,
        "step": 2,
    }
    return {
        "submitted": events.DossierSubmitted(**common, status=str(Status.SUBMITTED)),
        "refused": events.DossierRefused(
            **{**nobody, "payment": str(Payment.NONE)}, **first, status=str(Status.REFUSED), slip=""
        ),
        "received": events.DossierReceived(**common, **first, status=str(Status.RECEIVED), code=""),
        "at_once": events.DossierReceived(**nobody, **first, status=str(Status.RETURNED), code="", at_once=True),
        "handed": events.DossierHandedOver(**processing, **then, held_minutes=60, given_minutes=240),
        "signed": events.ResultSigned(
            **common,
            **then,
            status=str(Status.DONE),
            given_minutes=kind.days * 480,
            favourable=True,
            outcome="",
            signed_electronically=False,
        ),
        "returned": events.ResultReturned(
            **nobody,
            status=str(Status.RETURNED),
            was_status=str(Status.DONE),
            was_holding=kind.receiving,
            held_minutes=480,
            given_minutes=0,
            way="counter",
        ),
    }
