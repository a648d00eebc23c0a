"""Who hears of what: a line in the app and a letter for the heads of an agency, with the page where they go on.

Each piece of news is told once, whoever asks twice: it is known by its own name.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Final, NamedTuple

from django.db import transaction

from motcua.base.clock import day_of
from motcua.base.refs import Ref
from motcua.indices.models import Answer, Round
from motcua.notifications import actions as notifications
from motcua.notifications.models import Message
from motcua.people import queries as people
from motcua.people.models import Person
from motcua.people.terms import Role

HEADS: Final = (Role.LEADER, Role.UNIT_HEAD)
_ROUND: Final = "/ban-lam-viec/chi-so/dot/%d/"
_ANSWER: Final = "/ban-lam-viec/chi-so/tieu-chi/%d/"
LONGEST: Final = 500


class News(NamedTuple):
    """What one agency hears."""

    agency: int
    subject: str
    body: str


@transaction.atomic
def tell_of_round(round_: Round, news: Iterable[News], *, name: str, at: datetime) -> int:
    """Tell the heads of each agency of something about a round; how many agencies had anybody to tell."""
    return _tell(Ref("indices.round", str(round_.pk)), _ROUND % round_.pk, news, name=name, at=at)


@transaction.atomic
def tell_of_answer(answer: Answer, news: Iterable[News], *, name: str, at: datetime) -> int:
    """Tell the heads of an agency of something about one criterion."""
    return _tell(Ref("indices.answer", str(answer.pk)), _ANSWER % answer.pk, news, name=name, at=at)


def _tell(about: Ref, url: str, news: Iterable[News], *, name: str, at: datetime) -> int:
    if Message.objects.filter(about=str(about), template=name).exists():
        return 0
    reached = 0
    for one in news:
        listeners = _listeners(one.agency, at)
        for person in listeners:
            body = one.body[:LONGEST]
            notifications.tell(person, subject=one.subject, body=body, about=about, url=url, at=at, template=name)
        reached += bool(listeners)
    return reached


def _listeners(agency: int, at: datetime) -> list[Person]:
    """The heads of an agency, or its specialists where it has no heads yet."""
    day = day_of(at)
    heads = list(people.holders(agency=agency, roles=HEADS, day=day))
    return heads or list(people.holders(agency=agency, roles=(Role.SPECIALIST,), day=day))
