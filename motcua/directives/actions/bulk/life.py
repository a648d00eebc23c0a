"""A task's life in memory: the row, all that stands beside it, its rows of days, its lines of the journal."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import models
from django.db.backends.postgresql.psycopg_any import DateRange

from motcua.base.actors import Actor
from motcua.base.clock import day_of
from motcua.base.journal import Line
from motcua.directives.actions.making import SPAN_COLUMNS, facts, span_columns
from motcua.directives.events import (
    ExtensionAsked,
    ExtensionDenied,
    ExtensionGranted,
    TaskAccepted,
    TaskCancelled,
    TaskConfirmed,
    TaskEvent,
    TaskGiven,
    TaskReassigned,
    TaskRefused,
    TaskReported,
    TaskResumed,
    TaskSentBack,
    TaskSuspended,
    TaskUpdated,
)
from motcua.directives.models import Coordination, Extension, Note, Report, Task, TaskSpan, TaskText
from motcua.directives.terms import Answer, Status


@dataclass
class Numbers:
    """Keys of rows that events name, taken before the writing begins."""

    reports: Iterator[int]
    extensions: Iterator[int]


@dataclass
class Life:
    """One task while its history is written; each verb changes what the action of the same name changes."""

    task: Task
    text: TaskText
    partners: tuple[int, ...]
    numbers: Numbers
    book: list[Line]
    entries: int = 0
    spans: list[TaskSpan] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    reports: list[Report] = field(default_factory=list)
    extensions: list[Extension] = field(default_factory=list)

    def rows(self) -> Iterator[models.Model]:
        """Everything that is written besides the task itself."""
        yield self.text
        yield from (Coordination(task_id=self.task.pk, agency_id=one) for one in self.partners)
        yield from (*self.spans, *self.notes, *self.reports, *self.extensions)

    # The five steps, without lock and check

    def given(self, *, by: Actor, at: datetime) -> None:
        self._keep_days(day_of(at))
        task = self.task
        self._tell(
            TaskGiven,
            by,
            at,
            code=task.code,
            partners=self.partners,
            parent=None,
            series=task.series_id,
            about=task.about,
        )

    def _finish(
        self,
        event: type[TaskEvent],
        by: Actor,
        at: datetime,
        changes: Mapping[str, Any],
        *,
        note: str = "",
        talk: bool = False,
        **more: Any,
    ) -> None:
        before = {name: getattr(self.task, name) for name in SPAN_COLUMNS}
        for name, value in changes.items():
            setattr(self.task, name, value)
        self.task.version += 1
        if any(getattr(self.task, name) != value for name, value in before.items()):
            self._keep_days(day_of(at))
        self._tell(event, by, at, **more)
        if note:
            self.notes.append(Note(task_id=self.task.pk, entry=self.entries, text=note, by_id=by.id, at=at, talk=talk))

    def _tell(self, event: type[TaskEvent], by: Actor, at: datetime, **more: Any) -> None:
        self.entries += 1
        self.book.append(Line(self.task.stream, event(**facts(self.task), **more), by, at))

    def _keep_days(self, day: date) -> None:
        columns = span_columns(self.task)
        if self.spans and self.spans[-1].during.lower >= day:
            for name, value in columns.items():
                setattr(self.spans[-1], name, value)
            return
        if self.spans:
            self.spans[-1].during = DateRange(self.spans[-1].during.lower, day)
        self.spans.append(TaskSpan(task_id=self.task.pk, during=DateRange(day, None), **columns))

    # The verbs

    def accept(self, by: Actor, at: datetime, *, assignee: int | None = None) -> None:
        changes: dict[str, Any] = {"status": Status.DOING}
        if assignee is not None:
            changes["assignee_id"] = assignee
        self._finish(TaskAccepted, by, at, changes)

    def refuse(self, by: Actor, at: datetime, *, reason: str) -> None:
        self._finish(TaskRefused, by, at, {"status": Status.REFUSED}, note=reason, talk=True)

    def reassign(self, by: Actor, at: datetime, *, lead: int, reason: str) -> None:
        before = self.task.lead_id
        self.partners = tuple(one for one in self.partners if one != lead)
        self._drop_requests(at)
        changes = {
            "status": Status.ASSIGNED,
            "lead_id": lead,
            "assignee_id": None,
            "due_on": self.task.due_on,
            "asking": False,
            "reported_on": None,
        }
        more = {"from_lead": before, "partners": self.partners}
        self._finish(TaskReassigned, by, at, changes, note=reason, talk=True, **more)

    def update_progress(self, by: Actor, at: datetime, *, progress: int, text: str) -> None:
        self._finish(TaskUpdated, by, at, {"progress": progress}, note=text, progress=progress)

    def report(self, by: Actor, at: datetime, *, text: str, result_number: str) -> None:
        made = Report(
            pk=next(self.numbers.reports),
            task_id=self.task.pk,
            text=text,
            result_number=result_number,
            made_by_id=by.id,
            made_at=at,
        )
        self.reports.append(made)
        self.text.result_number, self.text.result_on = result_number, None
        changes = {"status": Status.REPORTED, "reported_on": day_of(at), "progress": 100}
        self._finish(TaskReported, by, at, changes, report=made.pk, files=0)

    def confirm(self, by: Actor, at: datetime, *, opinion: str = "") -> None:
        current = self.reports[-1]
        current.confirmed_by_id, current.confirmed_at, current.opinion = by.id, at, opinion
        changes = {"status": Status.DONE, "closed_on": day_of(at)}
        self._finish(TaskConfirmed, by, at, changes, note=opinion)

    def send_back(self, by: Actor, at: datetime, *, reason: str) -> None:
        current = self.reports[-1]
        current.sent_back_by_id, current.sent_back_at, current.opinion = by.id, at, reason
        times = self.task.returns + 1
        changes = {"status": Status.RETURNED, "reported_on": None, "returns": times}
        self._finish(TaskSentBack, by, at, changes, note=reason, talk=True, times=times)

    def ask_extension(self, by: Actor, at: datetime, *, wanted_on: date, reason: str) -> None:
        assert self.task.due_on is not None, "a later day is asked of a day"
        asked = Extension(
            pk=next(self.numbers.extensions),
            task_id=self.task.pk,
            old_due_on=self.task.due_on,
            wanted_on=wanted_on,
            reason=reason,
            asked_by_id=by.id,
            asked_at=at,
        )
        self.extensions.append(asked)
        more = {"extension": asked.pk, "wanted_on": wanted_on}
        self._finish(ExtensionAsked, by, at, {"asking": True}, note=reason, talk=True, **more)

    def grant_extension(self, by: Actor, at: datetime, *, opinion: str = "") -> None:
        asked, times, old = self.extensions[-1], self.task.extensions + 1, self.task.due_on
        self._answer(asked, Answer.GRANTED, by, at, opinion)
        asked.new_due_on = asked.wanted_on
        changes = {"due_on": asked.wanted_on, "asking": False, "extensions": times}
        more = {"extension": asked.pk, "old_due_on": old, "times": times}
        self._finish(ExtensionGranted, by, at, changes, note=opinion, talk=True, **more)

    def deny_extension(self, by: Actor, at: datetime, *, reason: str) -> None:
        asked = self.extensions[-1]
        self._answer(asked, Answer.DENIED, by, at, reason)
        self._finish(ExtensionDenied, by, at, {"asking": False}, note=reason, talk=True, extension=asked.pk)

    def suspend(self, by: Actor, at: datetime, *, reason: str) -> None:
        self._drop_requests(at)
        changes = {"status": Status.SUSPENDED, "held_due_on": self.task.due_on, "due_on": None, "asking": False}
        self._finish(TaskSuspended, by, at, changes, note=reason, talk=True)

    def resume(self, by: Actor, at: datetime, *, due_on: date | None = None) -> None:
        changes = {"status": Status.DOING, "due_on": due_on or self.task.held_due_on, "held_due_on": None}
        self._finish(TaskResumed, by, at, changes)

    def cancel(self, by: Actor, at: datetime, *, reason: str) -> None:
        self._drop_requests(at)
        changes = {"status": Status.CANCELLED, "closed_on": day_of(at), "asking": False}
        self._finish(TaskCancelled, by, at, changes, note=reason, talk=True)

    def _answer(self, asked: Extension, answer: Answer, by: Actor, at: datetime, opinion: str) -> None:
        asked.answer, asked.opinion = answer, opinion
        asked.answered_by_id, asked.answered_at = by.id, at

    def _drop_requests(self, at: datetime) -> None:
        for one in self.extensions:
            if one.answer == Answer.OPEN:
                one.answer, one.answered_at = Answer.DROPPED, at
