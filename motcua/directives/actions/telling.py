"""Who is told when a task moves: lines in the app, letters for what is late, all by way of the outbox.

Lines are Vietnamese whatever the sender reads: nobody knows yet who will open them.
"""

from collections.abc import Iterable
from datetime import datetime

from motcua.base.clock import day_of
from motcua.directives.models import Task
from motcua.directives.queries.receivers import giver_people, heads_of, person_of
from motcua.notifications import actions as notifications
from motcua.notifications.models import Message
from motcua.notifications.terms import Channel
from motcua.people.models import Person


def page_of(task: Task) -> str:
    """The address of the task's page; a plain text, for the pages may stand elsewhere."""
    return f"/ban-lam-viec/nhiem-vu/{task.code}/"


def lines_to(
    people: Iterable[Person], *, subject: str, body: str, task: Task, template: str, at: datetime, mail: bool = False
) -> list[Message]:
    """One line in the app for each, nobody twice; what is late goes by mail besides, where there is an address."""
    found: list[Message] = []
    for person in {one.pk: one for one in people}.values():
        channels = [Channel.IN_APP, *([Channel.MAIL] if mail and person.email else [])]
        found += [
            notifications.written(
                one,
                to=person,
                subject=subject,
                body=body,
                about=task.ref,
                url=page_of(task),
                template=template,
                at=at,
            )
            for one in channels
        ]
    return found


def _tell(people: Iterable[Person], *, subject: str, body: str, task: Task, template: str, at: datetime) -> None:
    notifications.queue_all(lines_to(people, subject=subject, body=body, task=task, template=template, at=at))


def tell_given(task: Task, *, at: datetime) -> None:
    """The heads of the lead learn of a new task."""
    until = f", hạn {task.due_on:%d/%m/%Y}" if task.due_on else ""
    _tell(
        heads_of(task.lead_id, day_of(at)),
        subject=f"Nhiệm vụ mới {task.code}{until}",
        body=task.title,
        task=task,
        template="directives.given",
        at=at,
    )


def tell_lead(task: Task, subject: str, *, body: str, template: str, at: datetime) -> None:
    """Whoever works on it, and the heads of the lead."""
    day = day_of(at)
    _tell(
        [*person_of(task.assignee_id), *heads_of(task.lead_id, day)],
        subject=subject,
        body=body,
        task=task,
        template=template,
        at=at,
    )


def tell_giver(task: Task, subject: str, *, body: str, template: str, at: datetime) -> None:
    """Whoever follows it in the giver's office; without a follower the people who gave it."""
    _tell(giver_people(task, day_of(at)), subject=subject, body=body, task=task, template=template, at=at)


def tell_person(task: Task, person: int, subject: str, *, template: str, at: datetime) -> None:
    """One official."""
    _tell(person_of(person), subject=subject, body=task.title, task=task, template=template, at=at)
