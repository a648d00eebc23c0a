"""What is stored of public investment: projects, plan decisions, months' figures in versions, dated thresholds."""

from datetime import date

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from motcua.investments.terms import Basis, Capital, Decided, Field, Group, Source, Standing


class Project(models.Model):
    """Dự án đầu tư công: one project with its investor (chủ đầu tư), place, group, field and total investment."""

    code = models.CharField(max_length=30, unique=True)
    name = models.CharField(max_length=300)
    investor = models.ForeignKey("organisations.Agency", models.PROTECT, related_name="+")
    locality = models.ForeignKey("organisations.Agency", models.PROTECT, null=True, related_name="+")
    group = models.CharField(max_length=10, choices=Group.choices)
    field = models.CharField(max_length=12, choices=Field.choices)
    total_vnd = models.BigIntegerField()
    decision = models.CharField(max_length=200)
    decided_on = models.DateField()
    first_year = models.PositiveSmallIntegerField()
    last_year = models.PositiveSmallIntegerField()
    sort_key = models.BinaryField()
    search = models.TextField()
    added_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(code="") & ~Q(name=""), name="investments_project_named"),
            models.CheckConstraint(condition=~Q(decision=""), name="investments_project_decided"),
            models.CheckConstraint(condition=Q(total_vnd__gt=0), name="investments_project_total_positive"),
            models.CheckConstraint(condition=Q(group__in=Group.values), name="investments_project_group_known"),
            models.CheckConstraint(condition=Q(field__in=Field.values), name="investments_project_field_known"),
            models.CheckConstraint(
                condition=Q(first_year__lte=F("last_year"), first_year__gte=2000, last_year__lte=2100),
                name="investments_project_years_in_order",
            ),
        ]
        indexes = [
            models.Index(F("investor"), name="investments_project_investor"),
            models.Index(F("locality"), name="investments_project_locality"),
            models.Index(F("sort_key"), F("id"), name="investments_project_by_name"),
            GinIndex(OpClass(F("search"), name="gin_trgm_ops"), name="investments_project_search"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("investments_desk:project", args=[self.code])

    @property
    def stream(self) -> str:
        """Its stream in the journal."""
        return f"investments.project:{self.pk}"


class PlanEntry(models.Model):
    """One line of a decision about capital: so much more or less, of one source, for one year.

    Without a project it is the total assigned to the province. What is planned on a day is the sum of the lines decided
    until then, so that every adjustment keeps its date and its document.
    """

    project = models.ForeignKey(Project, models.PROTECT, null=True, related_name="plan_entries")
    year = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=12, choices=Source.choices)
    capital = models.CharField(max_length=8, choices=Capital.choices)
    basis = models.CharField(max_length=16, choices=Basis.choices)
    kind = models.CharField(max_length=10, choices=Decided.choices)
    change_vnd = models.BigIntegerField()
    decided_on = models.DateField()
    decision = models.CharField(max_length=200)
    note = models.CharField(max_length=500, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.BigIntegerField(null=True)
    recorded_by_name = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(change_vnd=0), name="investments_plan_changes_something"),
            models.CheckConstraint(condition=~Q(decision=""), name="investments_plan_has_a_decision"),
            models.CheckConstraint(condition=Q(source__in=Source.values), name="investments_plan_source_known"),
            models.CheckConstraint(condition=Q(capital__in=Capital.values), name="investments_plan_capital_known"),
            models.CheckConstraint(condition=Q(basis__in=Basis.values), name="investments_plan_basis_known"),
            models.CheckConstraint(
                condition=Q(kind=Decided.ASSIGNED, change_vnd__gt=0)
                | Q(kind__in=[Decided.ADJUSTED, Decided.CORRECTED]),
                name="investments_plan_assigned_is_positive",
            ),
            models.CheckConstraint(condition=Q(year__gte=2000, year__lte=2100), name="investments_plan_year_possible"),
        ]
        indexes = [
            models.Index(F("year"), F("project"), F("decided_on"), name="investments_plan_of_year"),
            models.Index(F("project"), name="investments_plan_of_project"),
        ]


class Disbursement(models.Model):
    """Lũy kế giải ngân: what was paid out of one capital of one project from 1 January to the end of a month.

    The plan year has thirteen months, for payments of January of the next year still count. A correction is a new
    version; the one it replaces stays, with the moment until which it was believed.
    """

    project = models.ForeignKey(Project, models.PROTECT, related_name="disbursements")
    investor = models.ForeignKey("organisations.Agency", models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    month = models.DateField()
    source = models.CharField(max_length=12, choices=Source.choices)
    capital = models.CharField(max_length=8, choices=Capital.choices)
    disbursed_vnd = models.BigIntegerField()
    advance_vnd = models.BigIntegerField(default=0)
    volume_vnd = models.BigIntegerField(null=True)
    as_of_on = models.DateField()
    standing = models.CharField(max_length=10, choices=Standing.choices)
    version = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=500, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.BigIntegerField(null=True)
    recorded_by_name = models.CharField(max_length=200)
    replaced_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["project", "year", "month", "source", "capital"],
                condition=Q(replaced_at__isnull=True),
                name="investments_one_figure_in_force",
            ),
            models.UniqueConstraint(
                fields=["project", "year", "month", "source", "capital", "version"],
                name="investments_figure_version_once",
            ),
            models.CheckConstraint(
                condition=Q(disbursed_vnd__gte=0, advance_vnd__gte=0, advance_vnd__lte=F("disbursed_vnd")),
                name="investments_figure_amounts_possible",
            ),
            models.CheckConstraint(
                condition=Q(volume_vnd__isnull=True) | Q(volume_vnd__gte=0), name="investments_figure_volume_possible"
            ),
            models.CheckConstraint(condition=Q(month__day=1), name="investments_figure_month_is_its_first_day"),
            models.CheckConstraint(condition=Q(as_of_on__gte=F("month")), name="investments_figure_dated_in_its_month"),
            models.CheckConstraint(condition=Q(source__in=Source.values), name="investments_figure_source_known"),
            models.CheckConstraint(condition=Q(capital__in=Capital.values), name="investments_figure_capital_known"),
            models.CheckConstraint(condition=Q(standing__in=Standing.values), name="investments_figure_standing_known"),
            models.CheckConstraint(
                condition=Q(version=1) | (Q(version__gt=1) & ~Q(reason="")),
                name="investments_figure_correction_says_why",
            ),
        ]
        indexes = [
            models.Index(
                F("year"),
                F("project"),
                F("source"),
                F("capital"),
                F("month").desc(),
                name="investments_figure_of_year",
                condition=Q(replaced_at__isnull=True),
            ),
        ]


class RedLine(models.Model):
    """Ngưỡng danh sách đỏ: during [since, until), below which rate somebody needs a question.

    `share_of_mean` is a percentage of the province's own rate; `floor` is a rate in percent; one of them may be absent.
    """

    during = DateRangeField()
    basis = models.CharField(max_length=16, choices=Basis.choices)
    share_of_mean = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    floor = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    decision = models.CharField(max_length=200)

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="investments_red_lines_never_overlap", expressions=[("during", RangeOperators.OVERLAPS)]
            ),
            models.CheckConstraint(
                condition=Q(share_of_mean__isnull=False) | Q(floor__isnull=False), name="investments_red_line_drawn"
            ),
            models.CheckConstraint(
                condition=(Q(share_of_mean__isnull=True) | Q(share_of_mean__gt=0, share_of_mean__lte=100))
                & (Q(floor__isnull=True) | Q(floor__gt=0, floor__lte=100)),
                name="investments_red_line_possible",
            ),
            models.CheckConstraint(condition=~Q(decision=""), name="investments_red_line_has_a_decision"),
            models.CheckConstraint(condition=Q(basis__in=Basis.values), name="investments_red_line_basis_known"),
        ]

    @property
    def since(self) -> date:
        """The first day."""
        first: date = self.during.lower
        return first


class Steward(models.Model):
    """Cơ quan tổng hợp: during [since, until), who keeps projects, plans and thresholds for the province."""

    agency = models.ForeignKey("organisations.Agency", models.PROTECT, related_name="+")
    during = DateRangeField()
    decision = models.CharField(max_length=200)

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="investments_one_steward_at_a_time", expressions=[("during", RangeOperators.OVERLAPS)]
            ),
            models.CheckConstraint(condition=~Q(decision=""), name="investments_steward_has_a_decision"),
        ]
