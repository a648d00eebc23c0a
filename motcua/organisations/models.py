"""What is stored of agencies: who they are, how they were called when, and which decision changed them."""

from datetime import date

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q

from motcua.organisations.terms import Change, Kind, Level


class Agency(models.Model):
    """Cơ quan: one identity for as long as its files are kept, whatever it is called at the time.

    `root` is the province (or other highest organisation) that keeps the agency's files today; a root names itself.
    When provinces merge, the one that takes over becomes the root of all agencies of the other, ended ones too.
    """

    root = models.ForeignKey("self", models.PROTECT, related_name="+")
    created_at = models.DateTimeField()


class ChangeEvent(models.Model):
    """One decision about agencies: what it did, from which day, by which document."""

    kind = models.CharField(max_length=12, choices=Change.choices)
    on = models.DateField()
    decision = models.CharField(max_length=200)
    note = models.TextField(blank=True)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=Change.values), name="organisations_change_kind_known"),
            models.CheckConstraint(condition=~Q(decision=""), name="organisations_change_has_a_decision"),
        ]
        indexes = [models.Index(F("on"), name="organisations_change_on")]


class Succession(models.Model):
    """Who follows whom by an event; without a successor the predecessor ended and nobody took over."""

    event = models.ForeignKey(ChangeEvent, models.PROTECT, related_name="successions")
    predecessor = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    successor = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["event", "predecessor", "successor"], nulls_distinct=False, name="organisations_succession_once"
            ),
            models.CheckConstraint(
                condition=~Q(predecessor=F("successor")), name="organisations_succession_not_to_itself"
            ),
        ]


class AgencyVersionSet(models.QuerySet["AgencyVersion"]):
    """Versions by day."""

    def on(self, day: date) -> "AgencyVersionSet":
        """The versions in force on that day."""
        return self.filter(during__contains=day)


class AgencyVersion(models.Model):
    """How an agency stood during a period [since, until): name, kind, place in the tree, code, address.

    `place` and `place_code` name the territory (xã Ba Tơ, 21484 of the national list of statistics) where there is one;
    `code_is_ours` marks a code that no published list gives. The database refuses two versions of one agency, and one
    code for two agencies, on the same day.
    """

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="versions")
    change = models.ForeignKey(ChangeEvent, models.PROTECT, related_name="versions")
    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=120)
    kind = models.CharField(max_length=16, choices=Kind.choices)
    level = models.CharField(max_length=12, choices=Level.choices)
    parent = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+")
    code = models.CharField(max_length=30, blank=True)
    code_is_ours = models.BooleanField(default=False)
    place = models.CharField(max_length=120, blank=True)
    place_code = models.CharField(max_length=10, blank=True)
    address = models.CharField(max_length=300, blank=True)
    phone = models.CharField(max_length=30, blank=True)
    during = DateRangeField()
    sort_key = models.BinaryField()
    search = models.TextField()

    objects = AgencyVersionSet.as_manager()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="organisations_version_no_overlap",
                expressions=[("agency", RangeOperators.EQUAL), ("during", RangeOperators.OVERLAPS)],
                violation_error_message="Cơ quan đã có thông tin khác trong thời gian này.",
            ),
            ExclusionConstraint(
                name="organisations_version_code_one_at_a_time",
                expressions=[("code", RangeOperators.EQUAL), ("during", RangeOperators.OVERLAPS)],
                condition=~Q(code=""),
                violation_error_message="Mã này đang thuộc cơ quan khác.",
            ),
            models.CheckConstraint(
                condition=Q(during__isempty=False, during__startswith__isnull=False), name="organisations_version_dated"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="organisations_version_named"),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="organisations_version_kind_known"),
            models.CheckConstraint(condition=~Q(parent=F("agency")), name="organisations_version_not_its_own_parent"),
            models.CheckConstraint(
                condition=Q(level=Level.PROVINCE, parent__isnull=True)
                | Q(level__in=[Level.DEPARTMENT, Level.DISTRICT, Level.COMMUNE, Level.UNIT], parent__isnull=False),
                name="organisations_version_only_a_province_is_a_root",
            ),
        ]
        indexes = [models.Index(F("parent"), name="organisations_version_parent")]


class Revision(models.Model):
    """One row: a mark that changes with every change of agencies. Its row lock puts those who change them in a line."""

    ONLY = 1

    stamp = models.UUIDField()
