"""Putting messages into the outbox, and writing down what became of them. Nothing is sent from here."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final, NamedTuple, TypedDict, Unpack
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.base import journal, prepared
from motcua.base.actors import SYSTEM, Actor
from motcua.base.errors import Refused
from motcua.base.models import StoredFile
from motcua.base.refs import Ref
from motcua.base.text import nfc, squeeze
from motcua.notifications import rules
from motcua.notifications.events import MessagesReplayed
from motcua.notifications.models import Message
from motcua.notifications.rules import Verdict
from motcua.notifications.terms import Channel, State
from motcua.people.models import Person
from motcua.people.rules import allows
from motcua.people.terms import Permission

SECRET_TEMPLATES: Final = (
    "people/code",
    "people/invitation",
    "account/email/password_reset",
    "account/email/login_code",
)


class Words(TypedDict, total=False):
    """What any message may have besides its subject: a text, what it is about, the page it leads to, what it was made from."""

    body: str
    about: Ref | None
    url: str
    template: str


class Details(Words, total=False):
    """What one message may have besides: the person behind an address, and, if it is a letter, a file."""

    person: Person | None
    file: StoredFile | None


def queue(channel: str, *, to: Person | str, subject: str, at: datetime, **details: Unpack[Details]) -> Message:
    """Write one message into the outbox, inside the caller's transaction; a worker sends it after the commit."""
    message = written(channel, to=to, subject=subject, at=at, **details)
    message.save(force_insert=True)
    return message


def queue_all(messages: Sequence[Message]) -> None:
    """Put messages that were `written` into the outbox, in one statement."""
    prepared.insert(messages)


def written(channel: str, *, to: Person | str, subject: str, at: datetime, **details: Unpack[Details]) -> Message:
    """A message that is not yet in the outbox.

    `to` is an address, or a person whose own address on this channel is taken. A line in the app stands at once. Only
    letters carry a file.
    """
    kind = Channel(channel)
    file, about, template = details.get("file"), details.get("about"), details.get("template", "")
    if file is not None and kind is not Channel.MAIL:
        raise ValueError("only a letter carries a file")
    in_app = kind is Channel.IN_APP
    return Message(
        channel=kind.value,
        person=to if isinstance(to, Person) else details.get("person"),
        address=_address(kind, to),
        subject=squeeze(subject)[:300],
        body=nfc(details.get("body", "")),
        url=details.get("url", ""),
        about=str(about) if about else "",
        template=template,
        file=file,
        secret=template.startswith(SECRET_TEMPLATES),
        state=State.SENT if in_app else State.WAITING,
        sent_at=at if in_app else None,
        next_attempt_at=at,
        created_at=at,
    )


def _address(kind: Channel, to: Person | str) -> str:
    if kind is Channel.IN_APP:
        if not isinstance(to, Person):
            raise TypeError("a line in the app goes to a person")
        return ""
    address = (to.email if kind is Channel.MAIL else to.phone) if isinstance(to, Person) else squeeze(to)
    if not address:
        raise Refused(_("Chưa có địa chỉ để gửi. Ghi thư điện tử hoặc số điện thoại."))
    return address


def tell(person: Person, *, subject: str, at: datetime, **words: Unpack[Words]) -> list[Message]:
    """A line in the app, and a letter as well where the person gave an address."""
    channels = [Channel.IN_APP, *([Channel.MAIL] if person.email else [])]
    return [queue(one.value, to=person, subject=subject, at=at, **words) for one in channels]


class Lease(NamedTuple):
    """A message a worker holds for a while, with the number that proves it."""

    message: Message
    fencing: int


@transaction.atomic
def lease(*, most: int, at: datetime) -> list[Lease]:
    """Take due messages, oldest first, past rows that other workers hold; each taking raises the fencing number."""
    rows = Message.objects.due(at).select_for_update(of=("self",), skip_locked=True).order_by("next_attempt_at", "id")
    rows = rows.select_related("file")
    found = list(rows[:most])
    for row in found:
        row.maybe_twice = row.maybe_twice or row.state in (State.UNKNOWN, State.LEASED)
        row.state, row.lease_until = State.LEASED.value, at + rules.LEASE
        row.attempt += 1
        row.fencing += 1
    Message.objects.bulk_update(found, ["state", "lease_until", "attempt", "fencing", "maybe_twice"])
    return [Lease(row, row.fencing) for row in found]


def renew(held: Lease, *, at: datetime) -> bool:
    """Just before the sending: hold on for another while; False when another worker has taken the message."""
    mine = Message.objects.filter(pk=held.message.pk, state=State.LEASED, fencing=held.fencing)
    return mine.update(lease_until=at + rules.LEASE) == 1


def settle(held: Lease, verdict: Verdict, *, at: datetime, error: str = "") -> bool:
    """Write down how the try ended; False when the lease had passed to another worker, whose word counts then."""
    message = held.message
    state, retry_at = rules.after(verdict, attempt=message.attempt, at=at)
    changes: dict[str, object] = {
        "state": state,
        "next_attempt_at": retry_at,
        "lease_until": None,
        "error": squeeze(error)[:500],
        "sent_at": at if state is State.SENT else None,
    }
    if state is State.SENT and message.secret:
        changes["body"] = ""
    mine = Message.objects.filter(pk=message.pk, state=State.LEASED, fencing=held.fencing)
    return mine.update(**changes) == 1


@transaction.atomic
def replay(ids: Sequence[UUID], *, by: Actor, at: datetime) -> int:
    """Put parked messages back into the line; how many there were."""
    if by is not SYSTEM and not allows(Permission.MANAGE_MESSAGES, by.roles):
        raise Refused(_("Cần quyền: %(permission)s.") % {"permission": Permission.MANAGE_MESSAGES.label})
    rows = Message.objects.select_for_update().filter(pk__in=ids, state=State.PARKED)
    parked = sorted(str(one) for one in rows.values_list("pk", flat=True))
    if parked:
        Message.objects.filter(pk__in=parked).update(state=State.WAITING, next_attempt_at=at, attempt=0, error="")
        journal.record(MessagesReplayed(messages=tuple(parked)), stream="notifications.outbox", by=by, at=at)
    return len(parked)


def mark_read(person: Person, *, at: datetime, ids: Sequence[UUID] | None = None) -> int:
    """The person has seen these lines, or all of them."""
    lines = Message.objects.filter(person=person, channel=Channel.IN_APP, read_at__isnull=True)
    if ids is not None:
        lines = lines.filter(pk__in=ids)
    return lines.update(read_at=at)


def mark_old_read(*, before: datetime, at: datetime) -> int:
    """Where a history is loaded, nobody has to open its lines: all that are older than this have been seen."""
    lines = Message.objects.filter(channel=Channel.IN_APP, read_at__isnull=True, created_at__lt=before)
    return lines.update(read_at=at)
