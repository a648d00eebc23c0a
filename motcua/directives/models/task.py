"""The task itself. The row that every click touches is narrow; the rest stands beside it, by key."""

from collections.abc import Collection
from datetime import date
from typing import Self

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse

from motcua.base.refs import Ref
from motcua.directives.models.directive import Directive, Proposal
from motcua.directives.terms import OPEN, Field, GivenBy, Kind, Recurrence, Status, Urgency
from motcua.organisations.models import Agency
from motcua.people.models import Person

_OPEN = sorted(OPEN)


class Series(models.Model):
    """Nhiệm vụ định kỳ: the rule by which one task is given for each period."""

    root = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    giver = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    lead = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    follower = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    giver_person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    directive = models.ForeignKey(Directive, models.PROTECT, null=True, related_name="series")
    proposal = models.ForeignKey(Proposal, models.PROTECT, null=True, related_name="series")
    title = models.TextField()
    wording = models.JSONField(default=dict)
    """What each of its tasks is given with besides: content, product, target, partners, urgency, figure."""
    recurrence = models.CharField(max_length=12, choices=Recurrence.choices)
    due_day = models.SmallIntegerField(null=True)
    since = models.DateField()
    until = models.DateField(null=True)
    given_by = models.CharField(max_length=20, choices=GivenBy.choices)
    field = models.CharField(max_length=12, choices=Field.choices)
    opened_until = models.DateField(null=True)
    """The last day of the latest period that has its task."""

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(recurrence__in=[one for one in Recurrence.values if one != Recurrence.NONE]),
                name="directives_series_comes_round",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="directives_series_ends_after_it_began"
            ),
        ]
        indexes = [models.Index(F("opened_until"), name="directives_series_to_open")]

    @property
    def stream(self) -> str:
        """Its stream in the journal."""
        return f"directives.series:{self.pk}"


def late_on(day: date) -> Q:
    """Open and late on that day: the rule of `rules.is_late` in the words of the database."""
    waiting = [Status.ASSIGNED, Status.REFUSED, Status.DOING, Status.RETURNED]
    return Q(status=Status.REPORTED, reported_on__gt=F("due_on")) | Q(status__in=waiting, due_on__lt=day)


class TaskQuerySet(models.QuerySet["Task"]):
    """Who may see which tasks; who may do what with them is a rule."""

    def of_agencies(self, agencies: Collection[int], *, person: int | None = None, partners: bool = True) -> Self:
        """Tasks these agencies gave, lead or help with, or that the person follows or works on."""
        mine = Q(lead__in=agencies) | Q(giver__in=agencies)
        if partners:
            helps = Coordination.objects.filter(task=OuterRef("pk"), agency__in=agencies)
            mine |= Q(Exists(helps))
        if person is not None:
            mine |= Q(follower=person) | Q(assignee=person)
        return self.filter(mine)

    def open(self) -> Self:
        """Given and not finished."""
        return self.filter(status__in=_OPEN)

    def late_on(self, day: date) -> Self:
        """Open ones late on that day, by the rule of `rules.is_late`; said to be open first, for the sake of the index."""
        return self.open().filter(late_on(day))


class Task(models.Model):
    """Nhiệm vụ được giao: what one lead owes to a giver, by a day.

    `giver` is the authority that gives and closes, `lead` the one agency that answers for it, `follower` the person in the
    giver's office who keeps an eye on it, `assignee` who works on it in the lead's house. `due_on` is the day in force (none
    while it is put off), `held_due_on` the one that waits meanwhile, `reported_on` the day of the report in force. `version`
    counts changes: a form that was opened at another version is told so.
    """

    code = models.CharField(max_length=20, unique=True)
    root = models.ForeignKey(Agency, models.PROTECT, related_name="+", db_index=False)
    version = models.IntegerField(default=1)
    status = models.CharField(max_length=10, choices=Status.choices)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    urgency = models.CharField(max_length=12, choices=Urgency.choices, default=Urgency.NORMAL)
    title = models.TextField()
    given_by = models.CharField(max_length=20, choices=GivenBy.choices)
    field = models.CharField(max_length=12, choices=Field.choices, default=Field.OTHER)

    giver = models.ForeignKey(Agency, models.PROTECT, related_name="+", db_index=False)
    giver_person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", db_index=False)
    lead = models.ForeignKey(Agency, models.PROTECT, related_name="+", db_index=False)
    follower = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", db_index=False)
    assignee = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", db_index=False)

    directive = models.ForeignKey(Directive, models.PROTECT, null=True, related_name="tasks", db_index=False)
    proposal = models.ForeignKey(Proposal, models.PROTECT, null=True, related_name="tasks")
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="parts", db_index=False)
    series = models.ForeignKey(Series, models.PROTECT, null=True, related_name="tasks", db_index=False)
    period = models.CharField(max_length=40, blank=True, default="")
    period_begin = models.DateField(null=True)
    about = models.CharField(max_length=120, blank=True, default="")
    """What an app above asked it for, as the text of a `base.refs.Ref`."""

    given_on = models.DateField()
    due_on = models.DateField(null=True)
    first_due_on = models.DateField(null=True)
    held_due_on = models.DateField(null=True)
    reported_on = models.DateField(null=True)
    closed_on = models.DateField(null=True)
    progress = models.SmallIntegerField(default=0)
    extensions = models.SmallIntegerField(default=0)
    returns = models.SmallIntegerField(default=0)
    asking = models.BooleanField(default=False)
    public = models.BooleanField(default=False)
    figure_code = models.CharField(max_length=60, blank=True, default="")
    search = models.TextField()

    objects = TaskQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(status__in=Status.values), name="directives_task_status_known"),
            models.CheckConstraint(condition=~Q(title=""), name="directives_task_has_words"),
            models.CheckConstraint(
                condition=~Q(status__in=[Status.REPORTED, Status.DONE]) | Q(reported_on__isnull=False),
                name="directives_task_done_was_reported",
            ),
            models.CheckConstraint(
                condition=Q(status__in=[Status.DONE, Status.CANCELLED], closed_on__isnull=False)
                | ~Q(status__in=[Status.DONE, Status.CANCELLED]) & Q(closed_on__isnull=True),
                name="directives_task_closed_has_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.SUSPENDED) | Q(due_on__isnull=True),
                name="directives_task_put_off_has_no_due",
            ),
            models.CheckConstraint(
                condition=Q(due_on__isnull=True) | Q(due_on__gte=F("given_on")), name="directives_task_due_after_given"
            ),
            models.CheckConstraint(
                condition=Q(progress__gte=0, progress__lte=100), name="directives_task_progress_share"
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")), name="directives_task_not_its_own_parent"
            ),
            models.CheckConstraint(
                condition=Q(series__isnull=True, period_begin__isnull=True)
                | Q(series__isnull=False, period_begin__isnull=False),
                name="directives_task_of_a_series_has_a_period",
            ),
            models.UniqueConstraint(
                fields=["series", "period_begin"],
                condition=Q(series__isnull=False),
                name="directives_one_task_for_each_period",
            ),
        ]
        indexes = [
            models.Index(
                F("lead"), F("due_on"), F("id"), name="directives_task_of_lead", condition=Q(status__in=_OPEN)
            ),
            models.Index(
                F("giver"), F("due_on"), F("id"), name="directives_task_of_giver", condition=Q(status__in=_OPEN)
            ),
            models.Index(
                F("root"), F("due_on"), F("id"), name="directives_task_of_root", condition=Q(status__in=_OPEN)
            ),
            models.Index(
                F("giver"),
                F("reported_on"),
                F("id"),
                name="directives_task_to_confirm",
                condition=Q(status=Status.REPORTED),
            ),
            models.Index(F("giver"), F("id"), name="directives_task_asking", condition=Q(asking=True)),
            models.Index(F("follower"), F("due_on"), F("id"), name="directives_task_of_follower"),
            models.Index(F("assignee"), F("due_on"), F("id"), name="directives_task_of_assignee"),
            # The tiles: most tasks of a person are done, few of a giver are refused.
            models.Index(F("follower"), name="directives_task_open_followed", condition=Q(status__in=_OPEN)),
            models.Index(F("assignee"), name="directives_task_open_assigned", condition=Q(status__in=_OPEN)),
            models.Index(F("giver"), name="directives_task_refused", condition=Q(status=Status.REFUSED)),
            models.Index(F("due_on"), F("id"), name="directives_task_by_due", condition=Q(status__in=_OPEN)),
            models.Index(F("lead"), F("id").desc(), name="directives_task_lead_newest"),
            models.Index(F("giver"), F("id").desc(), name="directives_task_giver_newest"),
            models.Index(F("root"), F("id").desc(), name="directives_task_root_newest"),
            models.Index(
                F("directive"), F("id"), name="directives_task_of_document", condition=Q(directive__isnull=False)
            ),
            models.Index(F("parent"), name="directives_task_parts", condition=Q(parent__isnull=False)),
            models.Index(F("about"), name="directives_task_about", condition=~Q(about="")),
            models.Index(F("figure_code"), name="directives_task_figure", condition=~Q(figure_code="")),
            models.Index(F("root"), F("id").desc(), name="directives_task_public", condition=Q(public=True)),
            GinIndex(OpClass(F("search"), name="gin_trgm_ops"), name="directives_task_search"),
        ]

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        return reverse("directives_desk:task", args=[self.code])

    @property
    def stream(self) -> str:
        """Its stream in the journal."""
        return f"directives.task:{self.pk}"

    @property
    def ref(self) -> Ref:
        """The soft reference by which other apps speak of it."""
        return Ref("directives.task", self.code)

    @property
    def state(self) -> Status:
        """The status as a word of `terms`."""
        return Status(self.status)


class TaskText(models.Model):
    """What is read only on the task's own page."""

    task = models.OneToOneField(Task, models.PROTECT, primary_key=True, related_name="wording")
    content = models.TextField(blank=True, default="")
    """The wording of the document, or more than the title says."""
    product = models.CharField(max_length=500, blank=True, default="")
    target = models.CharField(max_length=500, blank=True, default="")
    figure_target = models.DecimalField(max_digits=20, decimal_places=4, null=True)
    anchor = models.CharField(max_length=40, blank=True, default="")
    partner_words = models.CharField(max_length=1000, blank=True, default="")
    """Partners as printed that are no agencies of ours: bodies of the sector, of the Party."""
    result_number = models.CharField(max_length=60, blank=True, default="")
    result_on = models.DateField(null=True)


class Coordination(models.Model):
    """Cơ quan phối hợp of a task."""

    task = models.ForeignKey(Task, models.PROTECT, related_name="coordinations")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", db_index=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "task"], name="directives_partner_once")]
