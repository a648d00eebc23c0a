"""The five steps of every move: lock, check, change, log, announce. The only writer of a dossier's row."""

import hashlib
import json
import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from django.utils.translation import gettext as _

from motcua.base import journal, prepared
from motcua.base.actors import Actor
from motcua.base.clock import local
from motcua.base.errors import Conflict, Refused
from motcua.base.models import Entry
from motcua.base.prepared import Prepared
from motcua.dossiers import rules
from motcua.dossiers.events import DossierEvent
from motcua.dossiers.models import Dossier, Note, Submission
from motcua.dossiers.queries.clocks import pauses_of
from motcua.dossiers.queries.passing import in_utc, passed, unmoved
from motcua.dossiers.queries.situations import (
    forget_papers,
    place,
    situation,
    step_role,
    words_of_case,
    words_of_version,
)
from motcua.dossiers.terms import Move, Status, Turn
from motcua.people.models import Person

_LETTERS: Final = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


def new_reference() -> str:
    """An unguessable name for a dossier or a draft: 80 bits, letters that are not mistaken for each other."""
    return "".join(secrets.choice(_LETTERS) for _n in range(16))


def begin(move: Move, dossier: Dossier, *, by: Actor, at: datetime, seen: int | None = None) -> Status:
    """Lock the row, see whether somebody was quicker, ask the rules; the status the move leads to, or `Refused`."""
    locked = _LOCKED.one(pk=dossier.pk)
    # The caller's object is the row as it is under the lock, application included.
    dossier.__dict__.update(locked.__dict__)
    forget_papers(dossier)
    if seen is not None and seen != dossier.version:
        raise Conflict(who_was_quicker(dossier))
    return rules.check(move, situation(dossier, by=by, at=at, move=move))


_LOCKED: Final = Prepared(
    lambda: (
        Dossier.objects.select_for_update(of=("self",)).select_related("application").filter(pk=prepared.number("pk"))
    )
)


def who_was_quicker(dossier: Dossier) -> str:
    """The sentence for the second of two officials: who moved it, and when."""
    last = Entry.objects.filter(stream=dossier.stream).order_by("-seq").first()
    if last is None:
        return _("Hồ sơ vừa có thay đổi. Tải lại trang để xem.")
    name = Person.objects.filter(pk=last.by or 0).values_list("full_name", flat=True).first() or _("Hệ thống")
    known = {"name": name, "time": f"{local(last.at):%H:%M}"}
    return (
        _("%(name)s vừa chuyển hồ sơ này lúc %(time)s. Xem lại hồ sơ rồi làm tiếp nếu vẫn cần; điều đã gõ không mất.")
        % known
    )


def finish(
    dossier: Dossier,
    event: type[DossierEvent],
    *,
    by: Actor,
    at: datetime,
    changes: Mapping[str, Any],
    note: str = "",
    public: bool = False,
    **more: Any,
) -> int:
    """Write the changed columns and one journal entry, and the words that go with it; returns the entry's number."""
    before = passed(dossier, changes, at=at, pauses=pauses_of)
    for field, value in changes.items():
        setattr(dossier, field, value)
    dossier.version += 1
    prepared.update(dossier, [*changes, "version"])
    return tell(dossier, event, by=by, at=at, note=note, public=public, before=before, **more)


def tell(
    dossier: Dossier,
    event: type[DossierEvent],
    *,
    by: Actor,
    at: datetime,
    note: str = "",
    public: bool = False,
    before: Mapping[str, Any] | None = None,
    **more: Any,
) -> int:
    """One entry in the dossier's stream, with the facts that figures are counted from; without `before` nothing moved."""
    left = unmoved(dossier) if before is None else before
    entry = journal.record(event(**facts(dossier), **left, **more), stream=dossier.stream, by=by, at=at)
    if note:
        prepared.insert([Note(dossier=dossier, entry=entry, text=note, by_id=by.id, at=at, public=public)])
    return entry


def facts(dossier: Dossier) -> dict[str, Any]:
    """The plain values every event of a dossier carries; no personal value among them."""
    code, number, _at_once = words_of_version(dossier.procedure_version_id)
    return {
        "dossier": dossier.pk,
        "procedure": code,
        "version": number,
        "case": words_of_case(dossier.case_id),
        "channel": str(dossier.channel),
        "root": dossier.root_id,
        "receiving": dossier.receiving_id,
        "deciding": dossier.deciding_id,
        "holding": dossier.holding_id,
        "status": str(dossier.status),
        "turn": str(dossier.turn),
        "step": dossier.step,
        "due_at": dossier.due_at,
        "papers": dossier.papers,
        "digitised": dossier.digitised,
        "fee_vnd": dossier.fee_vnd,
        "payment": str(dossier.payment),
        "payment_way": str(dossier.payment_way),
        "received_at": in_utc(dossier.received_at),
        "finished_at": in_utc(dossier.finished_at),
        "supplements": dossier.supplements,
    }


def to_step(dossier: Dossier, step: int, *, at: datetime) -> dict[str, Any]:
    """The columns that change when the dossier comes to a step of its route: who holds it, whose turn it is."""
    role = step_role(dossier, step) or Turn.CLERK
    return {"step": step, "turn": role, "holding_id": place(dossier, role), "assignee_id": None, "held_since": at}


ENDED: Final[Mapping[str, Any]] = {"turn": Turn.NOBODY, "assignee_id": None}
"""The columns of a dossier on which nobody has to act any more."""


def person_id(by: Actor) -> int:
    """The number of the person who acts, for acts that the program itself can never do."""
    if by.id is None:
        raise Refused(_("Việc này phải do một người làm, không phải hệ thống."))
    return by.id


def need_words(text: str, what: str) -> str:
    """The text without outer spaces, or `Refused` when nothing was written."""
    cleaned = text.strip()
    if not cleaned:
        raise Refused(_("Ghi %(what)s.") % {"what": what})
    if len(cleaned) > 5000:
        raise Refused(_("Phần %(what)s dài quá 5.000 chữ. Viết gọn lại.") % {"what": what})
    return cleaned


def claim(
    owner: str, key: str, payload: Mapping[str, Any], *, move: str, at: datetime, dossier: int | None = None
) -> tuple[Submission, bool]:
    """Claim the key of a try, first thing in the transaction; the second value tells whether it was new.

    The same key with the same content finds what the first try made; with another content it is refused. A parallel try
    waits here for the first to commit, so that a double click makes one dossier.
    """
    digest = hashlib.sha256(json.dumps(payload, sort_keys=True, ensure_ascii=False, default=str).encode()).hexdigest()
    with prepared.cursor() as cursor:
        cursor.execute(
            """INSERT INTO dossiers_submission (owner, key, payload_sha, move, at, dossier_id)
               VALUES (%s, %s, %s, %s, %s, %s) ON CONFLICT ON CONSTRAINT dossiers_submission_once DO NOTHING RETURNING id""",
            [owner, key, digest, move, at, dossier],
        )
        row = cursor.fetchone()
    if row is not None:
        return Submission(pk=row[0], owner=owner, key=key, payload_sha=digest, move=move, at=at), True
    first = Submission.objects.select_related("dossier").get(owner=owner, key=key)
    if first.payload_sha != digest or first.move != move:
        raise Refused(_("Khóa gửi này đã dùng cho một nội dung khác. Mở lại trang rồi gửi."))
    return first, False


def with_key(dossier: Dossier, key: str, payload: Mapping[str, Any], *, move: Move, by: Actor, at: datetime) -> bool:
    """Claim a key for a move through the interface for programs; False when this move was made under it before.

    Claim and move belong into one transaction, which is the caller's: no key without its move, no move without its key.
    """
    owner, content = f"{by.id or 0}", {"dossier": dossier.pk, **payload}
    _claimed, new = claim(owner, key, content, move=str(move), at=at, dossier=dossier.pk)
    return new
