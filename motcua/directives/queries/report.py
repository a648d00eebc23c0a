"""Giao – hoàn thành (đúng hạn, quá hạn) – chưa (trong hạn, quá hạn), as of any day, equal to its lists by construction.

Both the figures and the lists behind them are read from the rows of days (`TaskSpan`) that hold on the day asked for, with one
and the same condition for each column. Parts of a task are not counted beside it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final

from django.core import signing
from django.db.models import Q
from django.utils.translation import gettext as _

from motcua.base.actors import Actor
from motcua.base.clock import day_of
from motcua.base.errors import Refused
from motcua.directives import rules
from motcua.directives.models import Directive, Task, TaskSpan
from motcua.directives.queries.counting import ReportSpec, Sums, condition, spans_of, summed
from motcua.directives.queries.places import desk_of
from motcua.directives.terms import Duty, Field, GivenBy, GroupBy, Standing, Status
from motcua.organisations import queries as organisations
from motcua.people.models import Person

PAGE: Final = 50


@dataclass(frozen=True)
class Line:
    """One group of the report."""

    key: str
    """What to narrow the list by: an agency's or person's number, a code; empty for "not named"."""
    name: str
    sums: Sums


@dataclass(frozen=True)
class ReportRow:
    """One task of a list behind a figure, as it stood on the day."""

    task: Task
    lead: int
    lead_name: str
    giver_name: str
    given_on: date
    due_on: date | None
    reported_on: date | None
    standing: Standing
    state: str
    late: int


def spec_for(by: Actor, at: datetime, *, as_of: date | None = None, **narrow: Any) -> ReportSpec:
    """The report this official may ask for: the task force of all the province, others of what they gave and lead.

    Sums of all agencies, without their lists, are open to every official: `figures_of_others`.
    """
    desk = desk_of(by, at)
    if desk is None or not desk.may(Duty.SEE):
        raise Refused(_("Chỉ cán bộ của cơ quan được xem báo cáo nhiệm vụ."))
    today = day_of(at)
    day = as_of or today
    if day > today:
        raise Refused(_("Ngày báo cáo chưa tới."))
    spec = ReportSpec(root=desk.root, as_of=day, today=today, **narrow)
    if desk.task_force:
        return spec
    if spec.givers is not None:
        return replace(spec, givers=spec.givers & desk.gives)
    return replace(spec, leads=(spec.leads or desk.own) & desk.own)


def figures_of_others(by: Actor, at: datetime) -> list[Line]:
    """How all agencies of the province stand today, in sums only."""
    desk = desk_of(by, at)
    if desk is None or not desk.may(Duty.SEE):
        return []
    today = day_of(at)
    return report(ReportSpec(root=desk.root, as_of=today, today=today), GroupBy.LEAD)


_COLUMN: Final[Mapping[GroupBy, str]] = {
    GroupBy.LEAD: "lead",
    GroupBy.FIELD: "field",
    GroupBy.GIVEN_BY: "given_by",
    GroupBy.DOCUMENT: "directive",
    GroupBy.FOLLOWER: "follower",
    GroupBy.ASSIGNEE: "assignee",
}


def totals(spec: ReportSpec) -> Sums:
    """The bottom line."""
    return summed(spec).get(None, Sums())


def added(lines: Iterable[Line]) -> Sums:
    """The bottom line of lines at hand: what `totals` would count a second time."""
    return sum((one.sums for one in lines), Sums())


def report(spec: ReportSpec, group_by: GroupBy, *, most: int = 500) -> list[Line]:
    """One line for each group, the one with most late tasks first; the lines add up to `totals`."""
    sums = summed(spec, _COLUMN[group_by])
    names = _names(group_by, sums, spec.as_of)
    lines = [Line("" if key is None else str(key), names[key], found) for key, found in sums.items()]
    lines.sort(key=lambda one: (-one.sums.open_late, -one.sums.open, -one.sums.given, one.name, one.key))
    if len(lines) > most:
        lines = [*lines[: most - 1], Line("", _("Còn lại"), added(lines[most - 1 :]))]
    return lines


def _names(group_by: GroupBy, keys: Mapping[Any, Sums], day: date) -> dict[Any, str]:
    known = [one for one in keys if one not in (None, "")]
    nobody = {key: _("(chưa ghi)") for key in keys}
    match group_by:
        case GroupBy.LEAD:
            return nobody | organisations.full_names_on(known, day, short=True)
        case GroupBy.FIELD:
            return nobody | {one: str(Field(one).label) for one in known}
        case GroupBy.GIVEN_BY:
            return nobody | {one: str(GivenBy(one).label) for one in known}
        case GroupBy.DOCUMENT:
            rows = Directive.objects.filter(pk__in=known).only("pk", "number", "issued_on")
            return nobody | {one.pk: one.label for one in rows}
        case GroupBy.FOLLOWER | GroupBy.ASSIGNEE:
            return nobody | dict(Person.objects.filter(pk__in=known).values_list("pk", "full_name"))


def narrowed_to(spec: ReportSpec, group_by: GroupBy, key: str) -> ReportSpec:
    """The report of one line, for the list behind it; a key that is none is no line."""
    match group_by:
        case GroupBy.LEAD:
            chosen = frozenset({_number(key)})
            return replace(spec, leads=chosen if spec.leads is None else spec.leads & chosen)
        case GroupBy.FIELD:
            return replace(spec, field=Field(key)) if key in Field.values else _nothing()
        case GroupBy.GIVEN_BY:
            return replace(spec, given_by=GivenBy(key)) if key in GivenBy.values else _nothing()
        case GroupBy.DOCUMENT:
            return replace(spec, directive=_number(key))
        case GroupBy.FOLLOWER:
            return replace(spec, follower=_number(key))
        case GroupBy.ASSIGNEE:
            return replace(spec, assignee=_number(key))


def _number(key: str) -> int:
    return int(key) if key.isascii() and key.isdigit() and len(key) < 15 else _nothing()


def _nothing() -> Any:
    raise Refused(_("Không có dòng này trong báo cáo."))


def report_list(
    spec: ReportSpec, standing: Standing | None = None, *, after: str = "", size: int = PAGE
) -> tuple[list[ReportRow], str]:
    """One page of the tasks behind a figure, and the key of the next: open ones by deadline, others newest first."""
    rows = spans_of(spec)
    rows = rows.filter(condition(standing, spec.as_of)) if standing else rows.exclude(status=Status.CANCELLED)
    rows = rows.filter(given_on__lte=spec.as_of)  # no row of days begins before its task was given; where to look from
    by_due = standing in (Standing.OPEN_LATE, Standing.OPEN_IN_TIME)
    if key := _read_key(after):
        rows = rows.filter(_beyond_due(*key) if by_due else _before_given(*key))
    ordered = rows.select_related("task", "task__directive").defer("task__search", "task__directive__text")
    ordered = ordered.order_by("due_on", "task_id") if by_due else ordered.order_by("-given_on", "-task_id")
    found = list(ordered[: size + 1])
    older = ""
    if len(found) > size:
        last = found[size - 1]
        day = last.due_on if by_due else last.given_on
        older = signing.dumps([day.isoformat() if day else None, last.task_id], salt="motcua.report", compress=True)
    return rows_on(found[:size], spec.as_of), older


def _beyond_due(due: date | None, task: int) -> Q:
    if due is None:
        return Q(due_on__isnull=True, task__gt=task)
    return Q(due_on__gt=due) | Q(due_on=due, task__gt=task) | Q(due_on__isnull=True)


def _before_given(given: date | None, task: int) -> Q:
    return Q(given_on__lt=given) | Q(given_on=given, task__lt=task) if given else Q()


def rows_on(spans: list[TaskSpan], as_of: date) -> list[ReportRow]:
    """Rows of days as lines of a list."""
    names = organisations.names_on({pk for one in spans for pk in (one.lead_id, one.giver_id)}, as_of, short=True)
    return [
        ReportRow(
            task=one.task,
            lead=one.lead_id,
            lead_name=names[one.lead_id],
            giver_name=names[one.giver_id],
            given_on=one.given_on,
            due_on=one.due_on,
            reported_on=one.reported_on,
            standing=rules.standing(one.status, one.due_on, one.reported_on, as_of),
            state=rules.state_words(one.status, one.due_on, one.reported_on, as_of),
            late=rules.days_late(one.status, one.due_on, one.reported_on, as_of),
        )
        for one in spans
    ]


def _read_key(text: str) -> tuple[date | None, int] | None:
    if not text:
        return None
    try:
        due, pk = signing.loads(text, salt="motcua.report")
    except signing.BadSignature:
        return None
    return (date.fromisoformat(due) if due else None, int(pk))


# For the meeting


@dataclass(frozen=True)
class Brief:
    """One page for the chairman: the sums, who is behind, what is latest, what comes next."""

    spec: ReportSpec
    sums: Sums
    behind: list[Line]
    """Leads with late tasks, the most first; ten at most."""
    latest: list[ReportRow]
    """The tasks late the longest; ten at most."""
    coming: list[ReportRow]
    """Due within a week of the day; ten at most."""
    waiting: list[ReportRow]
    """Reported and not yet confirmed; ten at most."""


def brief(spec: ReportSpec) -> Brief:
    """What the chairman needs to see before the meeting."""
    spans = spans_of(spec).select_related("task", "task__directive").defer("task__search", "task__directive__text")
    late = spans.filter(condition(Standing.OPEN_LATE, spec.as_of)).order_by("due_on", "task_id")[:10]
    week = date.fromordinal(spec.as_of.toordinal() + 7)
    soon = spans.filter(condition(Standing.OPEN_IN_TIME, spec.as_of), due_on__lte=week).exclude(status=Status.REPORTED)
    waiting = spans.filter(status=Status.REPORTED).order_by("reported_on", "task_id")[:10]
    lines = report(spec, GroupBy.LEAD)
    return Brief(
        spec=spec,
        sums=sum((one.sums for one in lines), Sums()),
        behind=[one for one in lines if one.sums.open_late][:10],
        latest=rows_on(list(late), spec.as_of),
        coming=rows_on(list(soon.order_by("due_on", "task_id")[:10]), spec.as_of),
        waiting=rows_on(list(waiting), spec.as_of),
    )
