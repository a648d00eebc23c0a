"""Which tasks an official sees, and what may be done with one of them."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from motcua.base.actors import SYSTEM, Actor
from motcua.base.clock import day_of
from motcua.directives import rules
from motcua.directives.models import Directive, Report, Task, TaskQuerySet, Urging
from motcua.directives.queries.places import desk_of, sides_of
from motcua.directives.rules import Situation
from motcua.directives.terms import OPEN, SIGHT, Duty, Move, Part, Rung, Side, Status


def seen_by(by: Actor, at: datetime) -> TaskQuerySet:
    """The tasks whose content an official may see, by the table of `terms.SIGHT`."""
    desk = desk_of(by, at)
    if desk is None or not desk.may(Duty.SEE):
        return Task.objects.none()
    if desk.task_force:
        return Task.objects.filter(root=desk.root)
    partners = Part.CARD in SIGHT[Side.PARTNER]
    return Task.objects.of_agencies(desk.own | desk.gives, person=by.id, partners=partners)


def task_for(code: str, *, by: Actor, at: datetime) -> Task | None:
    """One task by its code, if the person may see it; not found and not allowed are the same answer."""
    rows = seen_by(by, at).select_related(
        "wording", "directive", "parent", "follower", "assignee", "giver_person", "series"
    )
    return rows.filter(code=code.strip().upper()).first()


def parts_seen(task: Task, *, by: Actor, at: datetime) -> frozenset[Part]:
    """What of a task the page may show to this person."""
    desk = desk_of(by, at)
    if desk is None or not desk.may(Duty.SEE):
        return frozenset()
    return frozenset().union(*(SIGHT[side] for side in sides_of(task, desk)))


def may(duty: Duty, *, by: Actor, at: datetime) -> bool:
    """Whether the actor has that duty in the post they act in."""
    desk = desk_of(by, at)
    return desk is not None and desk.may(duty)


def duty_objections(duty: Duty, *, by: Actor, at: datetime) -> list[str]:
    """Why the actor may not; empty when they may."""
    desk = desk_of(by, at)
    if by is SYSTEM or (desk is not None and desk.may(duty)):
        return []
    return [f"{duty.label}: việc này cần vai trò khác ở cơ quan đang làm."]


def situation(task: Task, *, by: Actor, at: datetime, move: Move | None = None) -> Situation:
    """The plain facts that the rules speak of; what only one move needs is asked for that move only."""
    desk = desk_of(by, at)
    today = day_of(at)
    every = move is None
    status = Status(task.status)
    open_parts = 0
    if every or move in (Move.REPORT, Move.CANCEL):
        open_parts = Task.objects.filter(parent=task.pk, status__in=OPEN).count()
    own_report = False
    if status is Status.REPORTED and (every or move in (Move.CONFIRM, Move.SEND_BACK)) and desk is not None:
        current = Report.objects.filter(task=task, confirmed_at__isnull=True, sent_back_at__isnull=True)
        own_report = current.filter(made_by__in=desk.persons).exists()
    parent_open = True
    if task.parent_id is not None and (every or move in (Move.RESUME, Move.REASSIGN)):
        parent_open = Task.objects.filter(pk=task.parent_id, status__in=OPEN).exists()
    urged = False
    if every or move is Move.URGE:
        urged = Urging.objects.filter(task=task, rung=Rung.LETTER, sent_on=today).exists()
    return Situation(
        status=status,
        today=today,
        sides=sides_of(task, desk),
        roles=desk.roles if desk else frozenset(),
        due_on=task.due_on,
        by_system=by is SYSTEM,
        asking=task.asking,
        open_parts=open_parts,
        own_report=own_report,
        parent_open=parent_open,
        urged_today=urged,
        is_part=task.parent_id is not None,
    )


@dataclass(frozen=True)
class Option:
    """One button: what it does, and every reason why it is closed now."""

    move: Move
    objections: tuple[str, ...]

    @property
    def open(self) -> bool:
        """Whether it may be pressed."""
        return not self.objections


def options(task: Task, *, by: Actor, at: datetime) -> list[Option]:
    """The moves that concern this person now, in the order of the table; closed ones say why."""
    now = situation(task, by=by, at=at)
    return [Option(move, tuple(rules.objections(move, now))) for move in Move if rules.relevant(move, now)]


def objections_to(move: Move, task: Task, *, by: Actor, at: datetime) -> list[str]:
    """Every reason against one move, for its page."""
    return rules.objections(move, situation(task, by=by, at=at, move=move))


def directives_seen(by: Actor, at: datetime) -> QuerySet[Directive]:
    """Documents read in by the house of this official; the task force sees those of the whole province."""
    desk = desk_of(by, at)
    if desk is None or not desk.may(Duty.SEE):
        return Directive.objects.none()
    if desk.task_force:
        return Directive.objects.filter(root=desk.root)
    return Directive.objects.filter(holder__in=desk.gives)


def directive_for(pk: int, *, by: Actor, at: datetime) -> Directive | None:
    """One document, if the person may see it."""
    return directives_seen(by, at).select_related("file").filter(pk=pk).first()
