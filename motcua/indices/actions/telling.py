"""Who hears of what: a line in the app for the heads of an agency, with the page where they go on."""

from datetime import datetime

from motcua.base.clock import day_of
from motcua.base.refs import Ref
from motcua.indices.models import Answer
from motcua.notifications import actions as notifications
from motcua.notifications.terms import Channel
from motcua.people import queries as people
from motcua.people.terms import Role

ROUNDS = "/ban-lam-viec/chi-so/dot/%d/"
ANSWERS = "/ban-lam-viec/chi-so/tieu-chi/%d/"
HEADS = (Role.LEADER, Role.UNIT_HEAD)


def tell_heads(answer: Answer, agency: int | None, *, subject: str, body: str, at: datetime) -> None:
    """Tell the heads of one agency of something about one answer."""
    if agency is None:
        return
    for person in people.holders(agency=agency, roles=HEADS, day=day_of(at)):
        notifications.queue(
            Channel.IN_APP,
            to=person,
            subject=subject,
            body=body,
            about=Ref("indices.answer", str(answer.pk)),
            url=ANSWERS % answer.pk,
            at=at,
        )
