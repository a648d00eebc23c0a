"""What is stored of alerts: the province's own thresholds by their days, alerts with what became of them, letters."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q

from motcua.alerts.terms import Sort
from motcua.directives.models import Task
from motcua.organisations.models import Agency
from motcua.people.models import Person


class ThresholdRow(models.Model):
    """Ngưỡng cảnh báo do tỉnh đặt: what a threshold is in a province during some days; before, the one of the program."""

    root = models.ForeignKey(Agency, models.PROTECT, related_name="+", db_index=False)
    code = models.CharField(max_length=40)
    watched = models.BooleanField(default=True)
    limit = models.DecimalField(max_digits=9, decimal_places=2)
    days = models.PositiveSmallIntegerField(default=0)
    fewest = models.PositiveIntegerField()
    decision = models.CharField(max_length=200)
    during = DateRangeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(decision=""), name="alerts_threshold_has_a_source"),
            models.CheckConstraint(condition=Q(limit__gte=0, fewest__gte=1), name="alerts_threshold_can_be_crossed"),
            ExclusionConstraint(
                name="alerts_threshold_one_in_force",
                expressions=[
                    ("root", RangeOperators.EQUAL),
                    ("code", RangeOperators.EQUAL),
                    ("during", RangeOperators.OVERLAPS),
                ],
                violation_error_message="Đã có ngưỡng khác trong thời gian đó.",
            ),
        ]


class Alert(models.Model):
    """Cảnh báo: a figure of a unit crossed its threshold. It is raised once and stands until the figure is back."""

    root = models.ForeignKey(Agency, models.PROTECT, related_name="+", db_index=False)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", db_index=False)
    threshold = models.CharField(max_length=40)
    measure = models.CharField(max_length=60)
    sort = models.CharField(max_length=10, choices=Sort.choices)
    limit = models.DecimalField(max_digits=9, decimal_places=2)
    days = models.PositiveSmallIntegerField(default=0)
    value = models.DecimalField(max_digits=14, decimal_places=4)
    numerator = models.BigIntegerField()
    denominator = models.BigIntegerField(null=True)
    before = models.BigIntegerField(null=True)
    raised_at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)
    seen_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    words = models.CharField(max_length=500, blank=True, default="")
    """What the person who saw it wrote."""
    task = models.ForeignKey(Task, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "threshold"], condition=Q(ended_at__isnull=True), name="alerts_raised_once"
            ),
            models.CheckConstraint(
                condition=Q(seen_at__isnull=True) | Q(seen_at__gte=F("raised_at")), name="alerts_seen_after_raised"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("raised_at")), name="alerts_ended_after_raised"
            ),
        ]
        indexes = [models.Index(F("root"), F("id").desc(), name="alerts_newest")]

    @property
    def stream(self) -> str:
        """Where its history stands in the journal."""
        return f"alerts.alert:{self.pk}"


class LetterStop(models.Model):
    """Không nhận thư thứ Hai: a person who does not want the letter of Mondays."""

    person = models.OneToOneField(Person, models.PROTECT, related_name="+")
    since = models.DateTimeField()


class Letter(models.Model):
    """Thư thứ Hai: the letter of one week to one person; a second run of the timer writes no second one."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    week = models.DateField()
    sent_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "week"], name="alerts_one_letter_a_week")]
