"""Random lives of dossiers, written straight into the journal: quick to make, true to the paths a dossier can take."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any

from motcua.base import journal
from motcua.base.actors import SYSTEM
from motcua.base.clock import VIET_NAM, day_of
from motcua.dossiers import events

BEGIN = datetime(2026, 1, 28, 8, 0, tzinfo=VIET_NAM)
PLACES = {101: (11, 12), 102: (21, 22), 103: (31,)}
"""Deciding authorities, each with the offices that may hold its dossiers."""


@dataclass
class Life:
    """One dossier on its way: its facts as they stand, and what may happen next."""

    number: int
    facts: dict[str, Any]
    at: datetime
    steps: list[tuple[datetime, events.DossierEvent]] = field(default_factory=list)

    def happen(self, kind: type[events.DossierEvent], changes: dict[str, Any], **own: Any) -> None:
        before = {}
        if self.steps:
            before = {f"was_{one}": self.facts[one] for one in ("status", "holding", "due_at")}
        self.facts |= changes
        self.steps.append((self.at, kind(**self.facts, **before, **own)))

    @property
    def stream(self) -> str:
        return f"dossiers.dossier:{self.number}"


def lives(random: Random, count: int, *, first: int = 1) -> list[Life]:
    """So many lives that overlap over about three months."""
    return [_life(random, first + one) for one in range(count)]


def _life(random: Random, number: int) -> Life:
    deciding = random.choice(sorted(PLACES))
    receiving = random.choice([1, 2])
    at = BEGIN + timedelta(minutes=random.randrange(60 * 24 * 60))
    facts: dict[str, Any] = {
        "dossier": number,
        "procedure": random.choice(["1.000001", "1.000002"]),
        "version": 1,
        "case": random.choice(["", "A"]),
        "channel": random.choice(["counter", "online", "post"]),
        "root": 1,
        "receiving": receiving,
        "deciding": deciding,
        "holding": receiving,
        "status": "submitted",
        "turn": "clerk",
        "step": 1,
        "due_at": None,
        "papers": random.randrange(3),
        "digitised": random.randrange(3),
        "fee_vnd": random.choice([0, 50_000]),
    }
    life = Life(number, facts, at)
    life.happen(events.DossierSubmitted, {})
    for _step in range(random.randrange(9)):
        life.at += timedelta(minutes=random.choice([0, 5, 300, 1440, 3000, 9000]))
        possible = list(_possible(random, life))
        if not possible:
            break
        random.choice(possible)()
    return life


def _possible(random: Random, life: Life) -> Iterator[Any]:  # noqa: C901
    """Every act that the status allows, as a function without arguments."""
    f, at = life.facts, life.at
    spent = {"held_minutes": random.randrange(900), "given_minutes": random.choice([0, 480])}
    due = at + timedelta(hours=random.choice([0, 9, 30, 120, 400]))

    def act(kind: type[events.DossierEvent], changes: dict[str, Any], **own: Any) -> Any:
        return lambda: life.happen(kind, changes, **own)

    match f["status"]:
        case "submitted":
            got = {"received_at": at, "status": "received", "due_at": due}
            yield act(events.DossierReceived, got, code="x", **spent)
            yield act(events.DossierReceived, got, code="x")
            at_once = {**got, "status": "returned", "due_at": at, "finished_at": at, "turn": "nobody"}
            yield act(events.DossierReceived, at_once, code="x", at_once=True, **spent)
            yield act(events.DossierRefused, {"status": "refused"}, slip="1")
            yield act(
                events.DossierWithdrawn, {"status": "withdrawn", "finished_at": at}, slip="1", outcome=_outcome(life)
            )
            if not f.get("supplements"):
                more = {"status": "need_more_pre", "supplements": 1}
                yield act(events.SupplementAsked, more, supplement=1, slip="1", before_receipt=True)
        case "need_more_pre":
            back = {"status": "submitted"}
            yield act(events.SupplementAnswered, back, supplement=1, before_receipt=True, answer_channel="online")
            yield act(
                events.DossierClosed,
                {"status": "closed_no_response", "finished_at": at},
                slip="1",
                outcome=_outcome(life),
            )
        case "received":
            there = {"status": "processing", "holding": random.choice(PLACES[f["deciding"]])}
            yield act(events.DossierHandedOver, there, from_step=1, **spent)
            yield from _endings(life, spent)
        case "processing":
            yield act(events.DossierAssigned, {}, assignee=5)
            yield act(events.StepTaken, {"holding": random.choice(PLACES[f["deciding"]])}, from_step=2, **spent)
            signing = {"status": "signing", "holding": f["deciding"]}
            yield act(events.ResultSubmitted, signing, from_step=3, favourable=True, **spent)
            asked = f.get("supplements", 0)
            if asked < 2:
                still = f["due_at"] if day_of(at) > day_of(f["due_at"]) else None
                paused = {"status": "need_more", "due_at": still, "supplements": asked + 1}
                yield act(events.SupplementAsked, paused, supplement=2, slip="2", before_receipt=False)
            if not f.get("_extended"):
                late = day_of(at) >= day_of(f["due_at"])
                later = max(at, f["due_at"]) + timedelta(days=3)
                yield lambda: _extend(life, later, late)
            yield from _endings(life, spent)
        case "need_more":
            on = {"status": "processing", "due_at": due}
            yield act(events.SupplementAnswered, on, supplement=2, before_receipt=False, answer_channel="counter")
            yield act(
                events.DossierClosed,
                {"status": "closed_no_response", "finished_at": at},
                slip="1",
                outcome=_outcome(life),
            )
        case "signing":
            outcome = _outcome(life)
            done = {"status": "done", "holding": f["receiving"], "finished_at": at}
            words = {"favourable": random.random() < 0.8, "signed_electronically": random.random() < 0.5}
            took = random.randrange(5000)
            for _twice in range(3):
                yield act(events.ResultSigned, done, from_step=4, outcome=outcome, took_minutes=took, **words, **spent)
            yield act(events.ResultGivenBack, {"status": "processing"}, from_step=4)
            yield from _endings(life, spent)
        case "done":
            yield act(events.ResultReturned, {"status": "returned", "turn": "nobody"}, way="counter", **spent)
            yield act(events.FeePaid, {"payment": "paid"}, amount_vnd=50_000, receipt="1")
        case "returned":
            if "_rated" not in life.__dict__:
                yield lambda: _rate(random, life)


def _outcome(life: Life, at: datetime | None = None) -> str:
    """Early, on time or late, if it ended then; before a due day is set it is on time."""
    if life.facts.get("due_at") is None:
        return "on_time"
    ended, promised = day_of(at or life.at), day_of(life.facts["due_at"])
    return "early" if ended < promised else "late" if ended > promised else "on_time"


def _rate(random: Random, life: Life) -> None:
    life.__dict__["_rated"] = True
    ended = _outcome(life, life.facts["finished_at"])
    life.happen(events.DossierRated, {}, score=random.randrange(1, 6), outcome=ended)


def _extend(life: Life, due: datetime, late: bool) -> None:
    old = life.facts["due_at"]
    life.happen(events.DossierExtended, {"due_at": due}, slip="4", old_due_at=old, late=late)


def _endings(life: Life, spent: dict[str, int]) -> Iterator[Any]:
    ended = {"finished_at": life.at, "turn": "nobody"}
    yield lambda: life.happen(
        events.DossierWithdrawn, {"status": "withdrawn", **ended}, slip="5", outcome=_outcome(life), **spent
    )
    yield lambda: life.happen(
        events.DossierStopped, {"status": "stopped", **ended}, slip="5", outcome=_outcome(life), **spent
    )


def in_time(made: list[Life]) -> list[tuple[datetime, str, events.DossierEvent]]:
    """Everything that happens to them in the order of time."""
    return in_order([(at, life.stream, event) for life in made for at, event in life.steps])


def in_order(
    entries: list[tuple[datetime, str, events.DossierEvent]],
) -> list[tuple[datetime, str, events.DossierEvent]]:
    """By time; those of one life stay as they followed one another."""
    return sorted(entries, key=lambda one: (one[0], one[1]))


def write(entries: list[tuple[datetime, str, events.DossierEvent]]) -> None:
    """One statement for each entry, as the actions write them."""
    for at, stream, event in entries:
        journal.record(event, stream=stream, by=SYSTEM, at=at)
