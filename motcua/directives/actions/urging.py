"""What is sent because a day came: one line for each rung and deadline, however often the timer runs."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _

from motcua.base import journal
from motcua.base.actors import SYSTEM, Actor
from motcua.base.clock import day_of
from motcua.base.errors import Refused
from motcua.base.text import squeeze
from motcua.directives import rules
from motcua.directives.actions.making import facts
from motcua.directives.actions.telling import lines_to
from motcua.directives.events import LadderSet, TaskUrged
from motcua.directives.models import Ladder, Task, Urging, WeeklyList
from motcua.directives.queries.receivers import heads_by_agency, heads_of, office_heads
from motcua.directives.queries.urging import ladder_on, weekly_figures
from motcua.directives.rules import Step
from motcua.directives.terms import Receiver, Rung, Status
from motcua.notifications import actions as notifications
from motcua.notifications.models import Message
from motcua.notifications.terms import Channel
from motcua.organisations import queries as organisations
from motcua.people.models import Person
from motcua.people.terms import Permission, Role

URGED: Final = (Status.ASSIGNED, Status.REFUSED, Status.DOING, Status.RETURNED)
"""A task that waits for the giver's word is not urged; nor one that is put off."""


@transaction.atomic
def remind(tasks: Sequence[int], *, at: datetime) -> int:
    """Send the rung that has come for each of these tasks, if it was not sent for this deadline; how many were."""
    day = day_of(at)
    rows = list(
        Task.objects.select_for_update(of=("self",), skip_locked=True)
        .filter(pk__in=tasks, status__in=URGED, due_on__isnull=False)
        .order_by("pk")
    )
    known = set(
        Urging.objects.filter(task__in=[one.pk for one in rows]).values_list("task", "due_on", "days").order_by("pk")
    )
    ladders = {root: ladder_on(root, day) for root in {one.root_id for one in rows}}
    reached: list[tuple[Task, Step]] = []
    for task in rows:
        assert task.due_on is not None, "filtered"
        step = rules.step_due(ladders[task.root_id], task.due_on, day)
        if step is None or (task.pk, task.due_on, step.days) in known:
            continue
        if step.days < 0 and task.given_on == day:
            continue  # told today already, when it was given
        reached.append((task, step))
    _send(reached, day, at)
    return len(reached)


def _send(reached: Sequence[tuple[Task, Step]], day: date, at: datetime) -> None:
    people = _Receivers([task for task, _step in reached], day)
    messages: list[Message] = []
    for task, step in reached:
        assert task.due_on is not None, "filtered"
        to = people.of(task, step)
        subject = rules.subject_of(task.code, (day - task.due_on).days)
        messages += lines_to(
            to,
            subject=subject,
            body=task.title,
            task=task,
            template="directives.reminder",
            at=at,
            mail=step.rung is Rung.LATE,
        )
        row = Urging.objects.create(
            task=task,
            rung=step.rung,
            days=step.days,
            due_on=task.due_on,
            sent_on=day,
            sent_at=at,
            lead_id=task.lead_id,
            receivers=len(to),
        )
        event = TaskUrged(**facts(task), rung=str(step.rung), days=step.days, urging=row.pk)
        journal.record(event, stream=task.stream, by=SYSTEM, at=at)
    notifications.queue_all(messages)


class _Receivers:
    """The people behind the words of a ladder, for many tasks at the price of a few statements."""

    def __init__(self, tasks: Sequence[Task], day: date) -> None:
        self.day = day
        self.heads = heads_by_agency({one.lead_id for one in tasks}, day)
        wanted = {pk for one in tasks for pk in (one.assignee_id, one.follower_id, one.giver_person_id) if pk}
        self.persons = Person.objects.filter(is_active=True).in_bulk(wanted)
        self.offices: dict[int, list[Person]] = {}

    def of(self, task: Task, step: Step) -> list[Person]:
        found: dict[int, Person] = {}
        for word in step.to:
            found |= {one.pk: one for one in self._behind(task, word)}
        return list(found.values())

    def _behind(self, task: Task, word: Receiver) -> list[Person]:
        match word:
            case Receiver.DOER:
                return self._one(task.assignee_id) or self.heads[task.lead_id]
            case Receiver.LEAD_HEADS:
                return self.heads[task.lead_id]
            case Receiver.FOLLOWER:
                return self._one(task.follower_id)
            case Receiver.OFFICE_HEADS:
                return self._office(task.giver_id)
            case Receiver.GIVER:
                return self._one(task.giver_person_id) or heads_of(task.giver_id, self.day)

    def _one(self, pk: int | None) -> list[Person]:
        return [self.persons[pk]] if pk in self.persons else []

    def _office(self, giver: int) -> list[Person]:
        if giver not in self.offices:
            self.offices[giver] = office_heads(giver, self.day)
        return self.offices[giver]


@transaction.atomic
def send_weekly_list(agency: int, *, at: datetime) -> bool:
    """Tell the heads of an agency on which tasks the week begins; once a week. False when it was sent, or nothing waits."""
    day = day_of(at)
    week = rules.monday_of(day)
    if WeeklyList.objects.filter(agency=agency, week=week).exists():
        return False
    late, due = weekly_figures(agency, day)
    if not late and not due:
        return False
    name = organisations.name_on(agency, day, short=True)
    subject = f"Tuần này {name} có {late} nhiệm vụ quá hạn, {due} nhiệm vụ đến hạn"
    messages = [
        notifications.written(
            channel,
            to=person,
            subject=subject,
            body="",
            url="/ban-lam-viec/nhiem-vu/",
            template="directives.weekly",
            at=at,
        )
        for person in heads_of(agency, day)
        for channel in [Channel.IN_APP, *([Channel.MAIL] if person.email else [])]
    ]
    WeeklyList.objects.create(agency_id=agency, week=week, late=late, due=due, sent_at=at)
    notifications.queue_all(messages)
    return True


@transaction.atomic
def set_ladder(root: int, steps: Sequence[Step], *, since: date, decision: str, by: Actor, at: datetime) -> Ladder:
    """The province's own ladder from a day on; what was in force until then stays readable."""
    found = rules.ladder_objections(steps)
    if by is not SYSTEM and Role.CONTROLLER not in by.roles and Role.ADMINISTRATOR not in by.roles:
        found.append(_("Cần quyền: %(permission)s.") % {"permission": Permission.MANAGE_CALENDAR.label})
    decision = squeeze(decision)[:200]
    if not decision:
        found.append(_("Ghi quyết định ban hành thang đôn đốc."))
    if since < day_of(at):
        found.append(_("Thang đôn đốc chỉ đặt từ hôm nay trở đi."))
    if Ladder.objects.filter(root=root, during__startswith__gte=since).exists():
        found.append(_("Đã có thang đôn đốc bắt đầu từ ngày này hoặc sau đó."))
    if found:
        raise Refused(found)
    for row in Ladder.objects.filter(root=root, during__endswith__isnull=True):
        row.during = DateRange(row.during.lower, since)
        row.save(update_fields=["during"])
    made = Ladder.objects.create(
        root_id=root,
        during=DateRange(since, None),
        steps=[{"days": one.days, "to": [str(each) for each in one.to]} for one in sorted(steps, key=lambda s: s.days)],
        decision=decision,
    )
    journal.record(LadderSet(since=since, decision=decision), stream=f"directives.ladder:{root}", by=by, at=at)
    return made
