"""What pages show: a document with its proposals, a task with all that is known of it, what everybody may see."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import pairwise
from typing import Any, Final, NamedTuple

from django.db.models import Count as CountOf
from django.db.models import Q, QuerySet

from motcua.base.actors import Actor
from motcua.base.clock import day_of
from motcua.base.text import squeeze, unaccented
from motcua.directives import rules
from motcua.directives.models import (
    Coordination,
    Directive,
    Extension,
    Figure,
    Proposal,
    Report,
    Series,
    Task,
    TaskQuerySet,
    TaskText,
    Urging,
    late_on,
)
from motcua.directives.queries.history import Happening, story
from motcua.directives.queries.lists import PAGE, Row, rows_of, searched
from motcua.directives.queries.places import desk_of
from motcua.directives.queries.seeing import Option, directives_seen, options, parts_seen
from motcua.directives.terms import OPEN, UNDECIDED, Answer, Duty, Part, Status
from motcua.organisations import queries as organisations

# A document


@dataclass(frozen=True)
class Party:
    """One printed name and what it means on the day of the document."""

    printed: str
    agencies: tuple[int, ...]
    names: tuple[str, ...]
    group: str
    sentence: str
    suggested: tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class ProposalView:
    """A proposed task as the reading desk shows it."""

    proposal: Proposal
    lead: tuple[Party, ...]
    partners: tuple[Party, ...]
    line: int
    undecided: bool
    tasks: tuple[Task, ...]
    """What it became."""


def proposals_of(directive: Directive) -> list[ProposalView]:
    """All proposals in the order of the text, those already decided too."""
    rows = list(Proposal.objects.filter(directive=directive).order_by("no", "pk"))
    day = directive.issued_on or day_of(directive.read_in_at)
    wanted = {
        pk
        for one in rows
        for party in (*one.lead, *one.partners)
        for pk in (*(() if party["group"] else party["agencies"]), *party["suggested"])
    }
    names = organisations.names_on(wanted, day, short=True)
    made: dict[int, list[Task]] = {}
    for task in Task.objects.filter(directive=directive, proposal__isnull=False).order_by("pk"):
        made.setdefault(task.proposal_id or 0, []).append(task)
    return [
        ProposalView(
            proposal=one,
            lead=tuple(_party(party, names) for party in one.lead),
            partners=tuple(_party(party, names) for party in one.partners),
            line=directive.text.count("\n", 0, one.start) + 1,
            undecided=one.state in UNDECIDED,
            tasks=_standing_tasks(one, made.get(one.pk, [])),
        )
        for one in rows
    ]


def _standing_tasks(proposal: Proposal, made: list[Task]) -> tuple[Task, ...]:
    """The tasks a yes has made; what was taken back to decide anew is not shown beside a proposal that waits, or beside new ones."""
    if proposal.state in UNDECIDED:
        return ()
    return tuple(one for one in made if one.status != Status.CANCELLED) or tuple(made)


def proposal_for(pk: int, *, by: Actor, at: datetime) -> Proposal | None:
    """One proposal of a document the person may see."""
    rows = Proposal.objects.filter(pk=pk, directive__in=directives_seen(by, at))
    return rows.select_related("directive").first()


def _party(party: dict[str, Any], names: dict[int, str]) -> Party:
    return Party(
        printed=party["printed"],
        agencies=tuple(party["agencies"]),
        names=() if party["group"] else tuple(names[one] for one in party["agencies"]),
        group=party["group"],
        sentence=party["sentence"],
        suggested=tuple((one, names[one]) for one in party["suggested"]),
    )


class Piece(NamedTuple):
    """A stretch of the text: of which proposals, and whether it is what decided in the chosen one."""

    text: str
    proposals: tuple[int, ...]
    why: str
    """lead, coordinate or deadline, in the chosen proposal; else empty."""


def pieces(directive: Directive, rows: list[Proposal], chosen: Proposal | None = None) -> list[Piece]:
    """The whole text cut at the edges of proposals and of the words that decided, in order; together it is the text."""
    living = [one for one in rows if one.state in UNDECIDED or (chosen is not None and one.pk == chosen.pk)]
    marks = [
        (int(found["start"]), int(found["end"]), name)
        for name, found in (chosen.why.items() if chosen else ())
        if found.get("start") is not None
    ]
    edges = {0, len(directive.text)}
    edges |= {edge for one in living for edge in (one.start, one.end)}
    edges |= {edge for start, end, _name in marks for edge in (start, end)}
    ordered = sorted(edge for edge in edges if 0 <= edge <= len(directive.text))
    return [
        Piece(
            directive.text[start:end],
            tuple(one.pk for one in living if one.start <= start and end <= one.end),
            next((name for first, last, name in marks if first <= start and end <= last), ""),
        )
        for start, end in pairwise(ordered)
    ]


@dataclass(frozen=True)
class DirectiveRow:
    """One line of the list of documents."""

    directive: Directive
    tasks: int
    open: int
    late: int


def directives_page(
    by: Actor, at: datetime, *, text: str = "", unread_only: bool = False, before: int | None = None, size: int = PAGE
) -> tuple[list[DirectiveRow], int | None]:
    """Documents, newest first, with how their tasks stand; and the key of the next page."""
    rows = directives_seen(by, at).defer("text")
    for word in rules_words(text):
        rows = rows.filter(search__contains=word)
    if unread_only:
        rows = rows.filter(undecided__gt=0)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    found = list(rows.order_by("-pk")[: size + 1])
    shown = found[:size]
    day = day_of(at)
    tasks = Task.objects.filter(directive__in=[one.pk for one in shown]).exclude(status=Status.CANCELLED)
    sums = (CountOf("pk"), CountOf("pk", filter=Q(status__in=OPEN)), CountOf("pk", filter=late_on(day)))
    rows_of_each = tasks.order_by().values_list("directive").annotate(every=sums[0], open_=sums[1], late=sums[2])
    counts = {directive: (every, open_, late) for directive, every, open_, late in rows_of_each}
    lines = [DirectiveRow(one, *counts.get(one.pk, (0, 0, 0))) for one in shown]
    return lines, shown[-1].pk if len(found) > size else None


def rules_words(text: str) -> list[str]:
    """The words typed, as searches compare them."""
    return unaccented(squeeze(text)).split()[:8]


# A task


@dataclass(frozen=True)
class FigureShown:
    """The declared figure a task names: its latest value and what it is held against."""

    code: str
    value: Decimal | None
    as_of: date | None
    target: Decimal | None

    @property
    def reached(self) -> bool | None:
        """Whether the value has come to the target; None while one of them is missing."""
        return None if self.value is None or self.target is None else self.value >= self.target


@dataclass(frozen=True)
class TaskView:
    """All that the page of a task shows; parts the person may not see are empty."""

    task: Task
    wording: TaskText
    state: str
    late: int
    left: int | None
    lead_name: str
    giver_name: str
    partners: tuple[tuple[int, str], ...]
    seen: frozenset[Part]
    options: list[Option]
    reports: list[Report]
    """With `evidence` (and its files) fetched; the latest first."""
    extensions: list[Extension]
    urgings: list[Urging]
    parts: list[Row]
    history: list[Happening]
    figure: FigureShown | None


def task_view(task: Task, *, by: Actor, at: datetime) -> TaskView:
    """The page of a task, for somebody who may open it (`task_for`)."""
    day, seen = day_of(at), parts_seen(task, by=by, at=at)
    work, talk = Part.WORK in seen, Part.TALK in seen
    helping = list(Coordination.objects.filter(task=task).order_by("pk").values_list("agency", flat=True))
    names = organisations.names_on([task.lead_id, task.giver_id, *helping], day)
    reports = Report.objects.filter(task=task).select_related("made_by", "confirmed_by", "sent_back_by")
    asked = Extension.objects.filter(task=task).select_related("asked_by", "answered_by")
    urged = Urging.objects.filter(task=task).select_related("sent_by", "acknowledged_by")
    wording = TaskText.objects.get(pk=task.pk)
    return TaskView(
        task=task,
        wording=wording,
        state=rules.state_words(task.status, task.due_on, task.reported_on, day),
        late=rules.days_late(task.status, task.due_on, task.reported_on, day),
        left=rules.days_left(task.due_on, day),
        lead_name=names[task.lead_id],
        giver_name=names[task.giver_id],
        partners=tuple((one, names[one]) for one in helping),
        seen=seen,
        options=options(task, by=by, at=at),
        reports=list(reports.prefetch_related("evidence__file").order_by("-pk")[:20]) if work else [],
        extensions=list(asked.order_by("-pk")[:20]) if talk else [],
        urgings=list(urged.order_by("-pk")[:50]) if talk else [],
        parts=rows_of(list(Task.objects.filter(parent=task).order_by("due_on", "pk")[:200]), day) if work else [],
        history=story(task, talk=talk) if work else [],
        figure=figure_of(task, wording, day) if task.figure_code else None,
    )


def figure_of(task: Task, wording: TaskText, day: date) -> FigureShown:
    """The latest value by that day: the lead's own where one was handed down, else that of the whole province."""
    rows = Figure.objects.filter(Q(agency=task.lead_id) | Q(agency__isnull=True), code=task.figure_code, as_of__lte=day)
    own = rows.filter(agency=task.lead_id).order_by("-as_of", "-pk").first()
    found = own or rows.filter(agency__isnull=True).order_by("-as_of", "-pk").first()
    return FigureShown(
        code=task.figure_code,
        value=found.value if found else None,
        as_of=found.as_of if found else None,
        target=wording.figure_target,
    )


def open_request(task: Task) -> Extension | None:
    """The request for a later day that waits for an answer."""
    return Extension.objects.filter(task=task, answer=Answer.OPEN).select_related("asked_by").first()


def series_seen(by: Actor, at: datetime) -> QuerySet[Series]:
    """Recurring tasks this official's house gives or leads, the running ones first."""
    desk = desk_of(by, at)
    if desk is None or not desk.may(Duty.SEE):
        return Series.objects.none()
    rows = Series.objects.filter(root=desk.root)
    if not desk.task_force:
        rows = rows.filter(Q(giver__in=desk.gives) | Q(lead__in=desk.own))
    return rows.select_related("lead", "directive").order_by("-pk")


def stuck_series(root: int, day: date) -> list[Series]:
    """Recurring tasks whose lead ended without one successor: a person must say who goes on."""
    running = Series.objects.filter(Q(until__isnull=True) | Q(until__gte=day), root=root).order_by("pk")[:1000]
    now = organisations.as_now([one.lead_id for one in running], day)
    return [one for one in running if len(now[one.lead_id]) != 1]


# Everybody


class PublicRow(NamedTuple):
    """What everybody may see of a task: what was promised, by whom, by when, done or not. No person is named."""

    code: str
    title: str
    lead_name: str
    giver_name: str
    given_on: date
    due_on: date | None
    reported_on: date | None
    state: str
    late: int
    done: bool
    document: str


MOST_PUBLIC: Final = 50


def public_tasks(
    *, at: datetime, text: str = "", lead: int | None = None, before: int | None = None, size: int = MOST_PUBLIC
) -> tuple[list[PublicRow], int | None]:
    """Published tasks, newest first, and the key of the next page."""
    rows = _public()
    if lead is not None:
        rows = rows.filter(lead=lead)
    rows = searched(rows, text)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    found = list(rows.order_by("-pk")[: size + 1])
    shown = [_public_row(one, day_of(at)) for one in rows_of(found[:size], day_of(at))]
    return shown, found[size - 1].pk if len(found) > size else None


def public_task(code: str, *, at: datetime) -> PublicRow | None:
    """One published task."""
    found = list(_public().filter(code=code.strip().upper())[:1])
    return _public_row(rows_of(found, day_of(at))[0], day_of(at)) if found else None


def public_leads(day: date) -> list[tuple[int, str]]:
    """Agencies that have published tasks, for the filter."""
    leads = _public().order_by("lead").values_list("lead", flat=True).distinct()
    return sorted(organisations.names_on(list(leads), day).items(), key=lambda one: one[1])


def _public() -> TaskQuerySet:
    rows = Task.objects.filter(public=True, parent__isnull=True).exclude(status=Status.CANCELLED)
    return rows.select_related("directive").defer("directive__text", "search")


def _public_row(row: Row, day: date) -> PublicRow:
    task = row.task
    return PublicRow(
        code=task.code,
        title=task.title,
        lead_name=organisations.name_on(task.lead_id, day),
        giver_name=organisations.name_on(task.giver_id, day),
        given_on=task.given_on,
        due_on=task.due_on,
        reported_on=task.reported_on,
        state=row.state,
        late=row.late,
        done=task.status == Status.DONE,
        document=task.directive.label if task.directive else "",
    )
