"""Urging: what was sent to whom because a day came, and whether the lead has seen it."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q

from motcua.directives.models.task import Task
from motcua.directives.terms import Rung
from motcua.organisations.models import Agency
from motcua.people.models import Person


class Ladder(models.Model):
    """Thang đôn đốc: when whom to remind, of one province, during some days. `steps`: [{days, to: [receivers]}]."""

    root = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    during = DateRangeField()
    steps = models.JSONField()
    decision = models.CharField(max_length=200)

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="directives_ladder_one_at_a_time",
                expressions=[("root", RangeOperators.EQUAL), ("during", RangeOperators.OVERLAPS)],
                violation_error_message="Đã có thang đôn đốc khác trong thời gian này.",
            ),
            models.CheckConstraint(condition=~Q(decision=""), name="directives_ladder_has_a_decision"),
        ]


class Urging(models.Model):
    """Đôn đốc: one line for one task. For the same deadline each rung is sent once, however often the timer runs."""

    task = models.ForeignKey(Task, models.PROTECT, related_name="urgings", db_index=False)
    rung = models.CharField(max_length=8, choices=Rung.choices)
    days = models.SmallIntegerField()
    """Days after the deadline; before it when negative."""
    due_on = models.DateField(null=True)
    sent_on = models.DateField()
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    lead = models.ForeignKey(Agency, models.PROTECT, related_name="+", db_index=False)
    receivers = models.SmallIntegerField(default=0)
    letter_number = models.CharField(max_length=60, blank=True, default="")
    text = models.TextField(blank=True, default="")
    acknowledged_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    acknowledged_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["task", "due_on", "days"], condition=~Q(rung=Rung.LETTER), name="directives_urging_once_a_rung"
            ),
            models.UniqueConstraint(
                fields=["task", "sent_on"], condition=Q(rung=Rung.LETTER), name="directives_letter_once_a_day"
            ),
            models.CheckConstraint(condition=Q(rung__in=Rung.values), name="directives_urging_rung_known"),
            models.CheckConstraint(condition=~Q(rung=Rung.LETTER) | ~Q(text=""), name="directives_letter_has_words"),
        ]
        indexes = [
            models.Index(F("task"), F("id").desc(), name="directives_urgings_of_task"),
            models.Index(
                F("lead"), F("id").desc(), name="directives_urgings_unseen", condition=Q(acknowledged_at__isnull=True)
            ),
        ]


class WeeklyList(models.Model):
    """Danh sách đầu tuần: sent to the heads of an agency once a week."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", db_index=False)
    week = models.DateField()
    """The Monday."""
    late = models.IntegerField()
    due = models.IntegerField()
    sent_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "week"], name="directives_weekly_list_once"),
            models.CheckConstraint(condition=Q(week__week_day=2), name="directives_weekly_list_on_monday"),
        ]
