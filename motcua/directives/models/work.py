"""What is done about a task: words, reports with evidence, requests for a later day, declared figures."""

from django.db import models
from django.db.models import F, Q

from motcua.base.models import StoredFile
from motcua.directives.models.task import Task
from motcua.directives.terms import Answer
from motcua.organisations.models import Agency
from motcua.people.models import Person


class Note(models.Model):
    """A word between officials on a task: reasons, progress, opinions; it belongs to one entry of the journal."""

    task = models.ForeignKey(Task, models.PROTECT, related_name="notes")
    entry = models.IntegerField()
    text = models.TextField()
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    talk = models.BooleanField(default=False)
    """Between giver and lead only: partners do not read it."""

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="directives_note_has_words")]


class Report(models.Model):
    """Báo cáo hoàn thành: what was done, with evidence; in force until it is sent back."""

    task = models.ForeignKey(Task, models.PROTECT, related_name="reports")
    text = models.TextField()
    result_number = models.CharField(max_length=60, blank=True, default="")
    result_on = models.DateField(null=True)
    made_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    sent_back_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    sent_back_at = models.DateTimeField(null=True)
    opinion = models.TextField(blank=True, default="")
    """What the giver wrote when confirming or sending back."""

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True) | Q(sent_back_at__isnull=True),
                name="directives_report_confirmed_or_sent_back",
            ),
            models.UniqueConstraint(
                fields=["task"],
                condition=Q(confirmed_at__isnull=True, sent_back_at__isnull=True),
                name="directives_report_one_in_force",
            ),
            models.CheckConstraint(
                condition=Q(sent_back_at__isnull=True) | ~Q(opinion=""), name="directives_report_sent_back_says_why"
            ),
        ]


class Evidence(models.Model):
    """Minh chứng: a file that shows what a report says."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="evidence")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "file"], name="directives_evidence_once")]


class Extension(models.Model):
    """Gia hạn: asked before the day has passed, answered by the giver."""

    task = models.ForeignKey(Task, models.PROTECT, related_name="extension_requests")
    old_due_on = models.DateField()
    wanted_on = models.DateField()
    reason = models.TextField()
    asked_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField()
    answer = models.CharField(max_length=8, choices=Answer.choices, default=Answer.OPEN)
    new_due_on = models.DateField(null=True)
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    opinion = models.TextField(blank=True, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(answer__in=Answer.values), name="directives_extension_answer_known"),
            models.CheckConstraint(condition=Q(wanted_on__gt=F("old_due_on")), name="directives_extension_is_later"),
            models.CheckConstraint(condition=~Q(reason=""), name="directives_extension_has_a_reason"),
            models.CheckConstraint(
                condition=Q(answer=Answer.OPEN, answered_at__isnull=True)
                | ~Q(answer=Answer.OPEN) & Q(answered_at__isnull=False),
                name="directives_extension_answered_has_a_moment",
            ),
            models.CheckConstraint(
                condition=Q(answer=Answer.GRANTED, new_due_on__gt=F("old_due_on"))
                | ~Q(answer=Answer.GRANTED) & Q(new_due_on__isnull=True),
                name="directives_extension_granted_has_a_day",
            ),
            models.UniqueConstraint(
                fields=["task"], condition=Q(answer=Answer.OPEN), name="directives_extension_one_open"
            ),
        ]


class Figure(models.Model):
    """A declared figure by its code: its value on a day, of one agency or of the whole province."""

    code = models.CharField(max_length=60)
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+")
    value = models.DecimalField(max_digits=20, decimal_places=4)
    as_of = models.DateField()
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["code", "agency", "as_of"], nulls_distinct=False, name="directives_figure_once_a_day"
            ),
            models.CheckConstraint(condition=~Q(code=""), name="directives_figure_has_a_code"),
        ]
