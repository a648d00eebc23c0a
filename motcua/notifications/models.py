"""The outbox: the only table from which anything leaves the house."""

import uuid
from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q

from motcua.base.models import StoredFile
from motcua.notifications.terms import Channel, State
from motcua.people.models import Person


class MessageQuerySet(models.QuerySet["Message"]):
    """Narrowing by what is to be done."""

    def due(self, at: datetime) -> Self:
        """Waiting and due, or leased by a worker that has been silent past its lease."""
        return self.filter(
            Q(state__in=[State.WAITING, State.UNKNOWN], next_attempt_at__lte=at)
            | Q(state=State.LEASED, lease_until__lt=at)
        )


class Message(models.Model):
    """One message to one receiver. Its id is the id the provider sees, so that a repeat can be recognised."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    channel = models.CharField(max_length=10, choices=Channel.choices)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", null=True, blank=True)
    address = models.CharField(max_length=254, blank=True, default="")
    """E-mail address or telephone; empty in the app, where the person is the address."""
    subject = models.CharField(max_length=300)
    body = models.TextField(blank=True, default="")
    url = models.CharField(max_length=300, blank=True, default="")
    """Where the line in the app leads to."""
    about = models.CharField(max_length=120, blank=True, default="")
    """The thing it speaks of, as the text of a `base.refs.Ref`."""
    template = models.CharField(max_length=100, blank=True, default="")
    secret = models.BooleanField(default=False)
    """The body holds a code or a link that opens something: shown to nobody, wiped once sent."""
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", null=True, blank=True, db_index=False)
    """Attached to a letter: by reference, the same bytes for all who get them; never a paper with personal data."""
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    attempt = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField()
    lease_until = models.DateTimeField(null=True, blank=True)
    fencing = models.BigIntegerField(default=0)
    """Grows with each lease: the word of a worker that was thought dead counts no more."""
    maybe_twice = models.BooleanField(default=False)
    """Sent again although the first time may have arrived."""
    error = models.CharField(max_length=500, blank=True, default="")
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(channel=Channel.IN_APP, person__isnull=False) | ~Q(channel=Channel.IN_APP) & ~Q(address=""),
                name="notifications_message_has_a_receiver",
            ),
            models.CheckConstraint(
                condition=Q(state=State.SENT, sent_at__isnull=False) | ~Q(state=State.SENT) & Q(sent_at__isnull=True),
                name="notifications_message_sent_has_its_moment",
            ),
            models.CheckConstraint(
                condition=Q(state=State.LEASED, lease_until__isnull=False) | ~Q(state=State.LEASED),
                name="notifications_message_leased_until",
            ),
            models.CheckConstraint(condition=Q(state__in=State.values), name="notifications_message_state_known"),
            models.CheckConstraint(condition=Q(channel__in=Channel.values), name="notifications_message_channel_known"),
        ]
        indexes = [
            models.Index(
                F("next_attempt_at"),
                name="notifications_message_due",
                condition=Q(state__in=[State.WAITING, State.LEASED, State.UNKNOWN]),
            ),
            models.Index(F("about"), F("created_at"), name="notifications_message_about", condition=~Q(about="")),
            models.Index(
                F("person"),
                F("created_at").desc(),
                name="notifications_message_inbox",
                condition=Q(channel=Channel.IN_APP),
            ),
            models.Index(F("created_at"), name="notifications_message_parked", condition=Q(state=State.PARKED)),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.id}"
