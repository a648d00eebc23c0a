"""What the timers ask: which tasks have come to a rung, whom a week begins badly for; and what was sent."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from motcua.directives.models import Ladder, Series, Task, Urging
from motcua.directives.rules import DEFAULT_LADDER, Step
from motcua.directives.terms import OPEN, Receiver, Status

CHUNK: Final = 200
_URGED: Final = (Status.ASSIGNED, Status.REFUSED, Status.DOING, Status.RETURNED)


def ladder_on(root: int, day: date) -> tuple[Step, ...]:
    """The ladder in force in a province on that day; the usual one where none was decided."""
    row = Ladder.objects.filter(root=root, during__contains=day).first()
    if row is None:
        return DEFAULT_LADDER
    return tuple(Step(int(one["days"]), tuple(Receiver(each) for each in one["to"])) for one in row.steps)


def to_remind(day: date) -> Iterator[list[int]]:
    """Open tasks that may have come to a rung not yet sent, in chunks by key; the action looks at each again."""
    for root in Task.objects.filter(status__in=OPEN).order_by().values_list("root", flat=True).distinct():
        ladder = ladder_on(root, day)
        reached = Q()
        for step, following in zip(ladder, [*ladder[1:], None], strict=True):
            latest = day - timedelta(days=step.days)
            sent = Urging.objects.filter(task=OuterRef("pk"), due_on=OuterRef("due_on"), days=step.days)
            window = Q(~Exists(sent), due_on__lte=latest)
            if following is not None:
                window &= Q(due_on__gt=day - timedelta(days=following.days))
            reached |= window
        rows = Task.objects.filter(reached, root=root, status__in=_URGED)
        last = 0
        while found := list(rows.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:CHUNK]):
            yield found
            last = found[-1]


def weekly_figures(agency: int, day: date) -> tuple[int, int]:
    """How many tasks of a lead are late, and how many fall due within the week."""
    own = Task.objects.filter(lead=agency, status__in=_URGED)
    sunday = day + timedelta(days=6 - day.weekday())
    return own.filter(due_on__lt=day).count(), own.filter(due_on__gte=day, due_on__lte=sunday).count()


def leads_with_open_tasks() -> list[int]:
    """Agencies that lead a task with a deadline now."""
    rows = Task.objects.filter(status__in=_URGED, due_on__isnull=False).order_by("lead")
    return list(rows.values_list("lead", flat=True).distinct())


def series_to_open(day: date) -> QuerySet[Series]:
    """Recurring tasks whose period of that day has no task yet."""
    running = Series.objects.filter(Q(until__isnull=True) | Q(until__gte=day))
    return running.filter(Q(opened_until__isnull=True) | Q(opened_until__lt=day)).order_by("pk")


def urgings_of(task: Task) -> list[Urging]:
    """All lines of urging for a task, the latest first."""
    rows = Urging.objects.filter(task=task).select_related("sent_by", "acknowledged_by")
    return list(rows.order_by("-pk")[:100])


def unseen_urgings(agencies: frozenset[int] | set[int] | list[int]) -> QuerySet[Urging]:
    """Lines of urging that nobody of these leads has acknowledged, for open tasks; the latest first."""
    rows = Urging.objects.filter(lead__in=agencies, acknowledged_at__isnull=True, task__status__in=OPEN)
    return rows.filter(task__lead=F("lead")).select_related("task").order_by("-pk")
