"""What is stored of working time: special days, office hours and settings, each dated, each with its document."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Coalesce

from motcua.workdays.terms import Comparison, DayKind, DayStatus


class Revision(models.Model):
    """The mark of the last change to any calendar, in one row: it tells a process whether what it remembers is true."""

    ONLY = 1
    stamp = models.UUIDField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="workdays_revision_only_one")]


class DayRule(models.Model):
    """Ngày nghỉ or ngày làm bù, for the whole province (no agency) or for one agency and those under it.

    `hours` is given only where the day has hours of its own, as pairs of clock times: [["07:00", "11:30"]].
    """

    day = models.DateField()
    kind = models.CharField(max_length=8, choices=[(one.value, one.label) for one in DayKind])
    status = models.CharField(max_length=8, choices=[(one.value, one.label) for one in DayStatus])
    name = models.CharField(max_length=120)
    document = models.CharField(max_length=200)
    agency = models.ForeignKey("organisations.Agency", models.PROTECT, null=True, related_name="+")
    hours = models.JSONField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["day", "agency"], nulls_distinct=False, name="workdays_day_once_per_agency"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=[one.value for one in DayKind]), name="workdays_day_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(status__in=[one.value for one in DayStatus]), name="workdays_day_status_known"
            ),
            models.CheckConstraint(condition=~Q(name="") & ~Q(document=""), name="workdays_day_has_name_and_document"),
        ]


class OfficeHours(models.Model):
    """Weekly office hours during [since, until): seven lists of windows, Monday first; no agency means the province."""

    agency = models.ForeignKey("organisations.Agency", models.PROTECT, null=True, related_name="+")
    during = DateRangeField()
    week = models.JSONField()
    document = models.CharField(max_length=200)

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="workdays_hours_never_overlap",
                expressions=[
                    (Coalesce("agency", Value(0, models.BigIntegerField())), RangeOperators.EQUAL),
                    ("during", RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(condition=~Q(document=""), name="workdays_hours_have_a_document"),
        ]


class ClockSetting(models.Model):
    """During [since, until): how many hours make a working day, and how late is compared."""

    during = DateRangeField()
    hours_per_day = models.DecimalField(max_digits=4, decimal_places=2)
    comparison = models.CharField(max_length=12, choices=[(one.value, one.label) for one in Comparison])
    document = models.CharField(max_length=200)

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="workdays_settings_never_overlap", expressions=[("during", RangeOperators.OVERLAPS)]
            ),
            models.CheckConstraint(
                condition=Q(hours_per_day__gt=0, hours_per_day__lte=24), name="workdays_settings_hours_possible"
            ),
            models.CheckConstraint(
                condition=Q(comparison__in=[one.value for one in Comparison]), name="workdays_settings_comparison_known"
            ),
        ]
