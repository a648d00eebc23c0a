"""What tasks are counted from: how each stood on which days, and sums of what has closed for good."""

from datetime import date
from typing import Final

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.contrib.postgres.indexes import GistIndex
from django.db import models
from django.db.models import F, Q

from motcua.directives.models.directive import Directive
from motcua.directives.models.task import Task
from motcua.directives.terms import OPEN, Status
from motcua.organisations.models import Agency
from motcua.people.models import Person

_OPEN = sorted(OPEN)
_NOW = Q(during__endswith__isnull=True, top=True)
"""The rows of days that hold today, parts of other tasks left out."""
EVER = date(1900, 1, 1)


class TaskSpan(models.Model):
    """How a task stood during some days: what reports of any day are counted from.

    One row from the day of a change to the day of the next, [since, until): the figures of 30 June are read from the rows
    that hold on 30 June. Whether it was in time is not stored; it follows from the days.
    """

    task = models.ForeignKey(Task, models.PROTECT, related_name="spans", db_index=False)
    during = DateRangeField()
    root = models.ForeignKey(Agency, models.PROTECT, related_name="+", db_index=False)
    giver = models.ForeignKey(Agency, models.PROTECT, related_name="+", db_index=False)
    lead = models.ForeignKey(Agency, models.PROTECT, related_name="+", db_index=False)
    follower = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", db_index=False)
    assignee = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", db_index=False)
    directive = models.ForeignKey(Directive, models.PROTECT, null=True, related_name="+", db_index=False)
    given_by = models.CharField(max_length=20)
    field = models.CharField(max_length=12)
    status = models.CharField(max_length=10)
    given_on = models.DateField()
    due_on = models.DateField(null=True)
    reported_on = models.DateField(null=True)
    top = models.BooleanField(default=True)
    """Not a part of another task: parts are not counted twice."""

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="directives_span_one_at_a_time",
                expressions=[("task", RangeOperators.EQUAL), ("during", RangeOperators.OVERLAPS)],
            ),
            models.CheckConstraint(
                condition=Q(during__isempty=False, during__startswith__isnull=False), name="directives_span_dated"
            ),
            models.CheckConstraint(condition=Q(status__in=Status.values), name="directives_span_status_known"),
            models.CheckConstraint(
                condition=Q(during__startswith__gte=F("given_on")), name="directives_span_begins_when_given"
            ),
        ]
        indexes = [
            models.Index(
                F("root"),
                F("given_on"),
                name="directives_span_now",
                include=["status", "due_on", "reported_on", "lead", "giver", "field", "given_by"],
                condition=_NOW,
            ),
            models.Index(F("lead"), F("given_on"), F("task"), name="directives_span_lead_now", condition=_NOW),
            models.Index(
                F("root"),
                F("due_on"),
                F("task"),
                name="directives_span_root_open",
                include=["given_on", "status", "reported_on", "lead", "giver", "field", "given_by"],
                condition=_NOW & Q(status__in=_OPEN),
            ),
            models.Index(
                F("lead"),
                F("due_on"),
                F("task"),
                name="directives_span_lead_open",
                condition=_NOW & Q(status__in=_OPEN),
            ),
            models.Index(F("directive"), name="directives_span_document", condition=_NOW & Q(directive__isnull=False)),
            # Days of the past: what was open on them, and all that had been given by them, the newest first.
            GistIndex(
                F("during"),
                name="directives_span_open_then",
                include=[
                    "root",
                    "status",
                    "given_on",
                    "due_on",
                    "reported_on",
                    "lead",
                    "giver",
                    "field",
                    "given_by",
                    "top",
                ],
                condition=Q(status__in=_OPEN),
            ),
            models.Index(F("root"), F("given_on"), F("task"), name="directives_span_given"),
        ]


class _Tally(models.Model):
    """How many tasks closed and how, by agencies, giver and field: a closed task never opens again, so no count ever falls."""

    root = models.ForeignKey(Agency, models.PROTECT, related_name="+", db_index=False)
    giver = models.ForeignKey(Agency, models.PROTECT, related_name="+", db_index=False)
    lead = models.ForeignKey(Agency, models.PROTECT, related_name="+", db_index=False)
    given_by = models.CharField(max_length=20)
    field = models.CharField(max_length=12)
    in_time = models.IntegerField(default=0)
    late = models.IntegerField(default=0)
    cancelled = models.IntegerField(default=0)

    class Meta:
        abstract = True


class ClosedTally(_Tally):
    """How many tasks are closed, by the month in which they were given.

    Written when a task closes, read for reports of today, so that a board over many years costs what its open tasks cost.
    """

    month = models.DateField()
    """The first day of the month in which they were given."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["root", "lead", "giver", "given_by", "field", "month"], name="directives_tally_once"
            ),
            models.CheckConstraint(condition=Q(month__day=1), name="directives_tally_of_a_month"),
        ]


class Grain:
    """How long a time one line of the tally of closings covers; nobody reads these words on a page."""

    DAY: Final = "day"
    MONTH: Final = "month"
    YEAR: Final = "year"
    EVER: Final = "ever"


class ClosingTally(_Tally):
    """How many tasks closed in a day, a month, a year and ever: what had closed by any day is the sum of a few lines.

    Written four times when a task closes.
    """

    grain = models.CharField(max_length=5)
    since = models.DateField()
    """The first day of the time in which they closed; for ever it is 1/1/1900."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["root", "lead", "giver", "given_by", "field", "grain", "since"],
                name="directives_closing_once",
            ),
            models.CheckConstraint(
                condition=Q(grain=Grain.DAY)
                | Q(grain=Grain.MONTH, since__day=1)
                | Q(grain=Grain.YEAR, since__day=1, since__month=1)
                | Q(grain=Grain.EVER, since=EVER),
                name="directives_closing_of_its_time",
            ),
        ]
        indexes = [
            models.Index(
                F("root"),
                F("grain"),
                F("since"),
                name="directives_closing_by_time",
                include=["lead", "giver", "given_by", "field", "in_time", "late", "cancelled"],
            )
        ]
