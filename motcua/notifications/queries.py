"""Questions about messages: what was sent about a thing, what waits for a person, what failed."""

from datetime import datetime, timedelta
from typing import Final, NamedTuple

from django.db.models import Count, QuerySet

from motcua.base import prepared
from motcua.base.masking import mask_phone
from motcua.base.prepared import Prepared
from motcua.base.refs import Ref
from motcua.notifications.models import Message
from motcua.notifications.terms import Channel, State
from motcua.people.models import Person

NEWS_FOR: Final = timedelta(days=30)
MOST_NEWS: Final = 100


class Sent(NamedTuple):
    """One message as the page of a dossier shows it; addresses are masked."""

    id: object
    channel: Channel
    receiver: str
    subject: str
    body: str
    state: State
    created_at: object
    sent_at: object
    error: str
    maybe_twice: bool


def sent_about(ref: Ref, *, most: int = 50) -> list[Sent]:
    """What was told to whom about this thing, newest first."""
    found = Message.objects.filter(about=str(ref)).select_related("person").order_by("-created_at", "-id")[:most]
    return [
        Sent(
            one.pk,
            Channel(one.channel),
            receiver_of(one),
            one.subject,
            "" if one.secret else one.body,
            State(one.state),
            one.created_at,
            one.sent_at,
            one.error,
            one.maybe_twice,
        )
        for one in found
    ]


def receiver_of(message: Message) -> str:
    """Who it went to, recognisable to themself only: `n•••@example.vn`, `0905 ••• 456`, or the name in the app."""
    if message.channel == Channel.IN_APP:
        return message.person.full_name if message.person else ""
    if "@" in message.address:
        name, _at, host = message.address.partition("@")
        return f"{name[:1]}•••@{host}"
    return mask_phone(message.address)


def inbox(person: Person) -> QuerySet[Message]:
    """The lines in the app for this person, newest first."""
    return Message.objects.filter(person=person, channel=Channel.IN_APP).order_by("-created_at", "-id")


def news(person: int, *, at: datetime) -> list[Message]:
    """The lines of the last month that this person has not seen, newest first, a hundred at most."""
    return list(_NEWS.all(person=person, since=at - NEWS_FOR))


_NEWS: Final = Prepared(
    lambda: Message.objects.filter(
        person=prepared.number("person"),
        channel=Channel.IN_APP.value,
        created_at__gte=prepared.moment("since"),
        read_at__isnull=True,
    ).order_by("-created_at", "-id")[:MOST_NEWS]
)


def parked() -> QuerySet[Message]:
    """What could not be sent and waits for a person, oldest first."""
    return Message.objects.filter(state=State.PARKED).select_related("person").order_by("created_at", "id")


def waiting_counts() -> dict[str, int]:
    """How many messages are not sent yet, by state."""
    open_states = [State.WAITING, State.LEASED, State.UNKNOWN, State.PARKED]
    rows = Message.objects.filter(state__in=open_states).values_list("state").annotate(n=Count("id")).order_by("state")
    return dict(rows)
