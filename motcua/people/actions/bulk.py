"""Many persons at once, for the demonstration and for taking over an older system; same rows and journal as one by one."""

import secrets
from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from django.contrib.auth.hashers import make_password
from django.db import transaction

from motcua.base import journal
from motcua.base.actors import Actor
from motcua.base.journal import Line
from motcua.people.actions.persons import facts_of, put_facts, stream_of
from motcua.people.events import IdentityChecked, PersonRegistered
from motcua.people.models import Person
from motcua.people.rules import Registration


class Newcomer(NamedTuple):
    """A person who came to the counter at that moment, with the official who took the facts down."""

    wish: Registration
    by: Actor
    at: datetime


@transaction.atomic
def register_at_counter(people: Iterable[Newcomer], *, batch: int = 1000) -> list[Person]:
    """What `find_or_register` does for persons who are all new; their identity numbers must not be known yet."""
    rows, comers = [], list(people)
    for one in comers:
        person = Person(username=f"cd-{secrets.token_hex(8)}", password=make_password(None), created_at=one.at)
        put_facts(person, facts_of(one.wish))
        person.identity_checked_at = one.at if one.wish.identity_number else None
        rows.append(person)
    Person.objects.bulk_create(rows, batch_size=batch)
    lines = []
    for person, one in zip(rows, comers, strict=True):
        lines.append(Line(stream_of(person), PersonRegistered(person=person.pk, way="counter"), one.by, one.at))
        if one.wish.identity_number:
            lines.append(Line(stream_of(person), IdentityChecked(person=person.pk), one.by, one.at))
    journal.record_new_streams(lines)
    return rows
