"""What the catalogue stores: procedures, their dated versions and all that a version says, and the internal routes."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from motcua.procedures.terms import (
    AfterSupplement,
    Channel,
    Currency,
    DecidingLevel,
    FeeKind,
    OnlineFiling,
    RuleSet,
    SettingName,
    StepRole,
    VersionState,
)


class Procedure(models.Model):
    """Thủ tục hành chính: known for ever by its national code, such as 1.001193; its versions say what it asks."""

    code = models.CharField(max_length=8, unique=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(code__regex=r"^\d\.\d{6}$"), name="procedure_code_is_national"),
        ]

    def __str__(self) -> str:
        return self.code


class ProcedureVersion(models.Model):
    """One text of the procedure, in force during a period; once published it is never changed, only closed."""

    procedure = models.ForeignKey(Procedure, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=VersionState, default=VersionState.CONCEPT)
    in_force_during = DateRangeField(null=True)
    name = models.TextField()
    plain_name = models.TextField(blank=True)
    summary = models.TextField(blank=True)
    field = models.CharField(max_length=500, blank=True)
    matter = models.CharField(max_length=40, blank=True)
    levels = ArrayField(models.CharField(max_length=10), default=list)
    deciding_level = models.CharField(max_length=12, choices=DecidingLevel, default=DecidingLevel.COMMUNE)
    applicants = models.TextField(blank=True)
    kind = models.TextField(blank=True)
    decision = models.TextField(blank=True)
    decision_on = models.DateField(null=True)
    conditions = models.TextField(blank=True)
    steps_text = models.TextField(blank=True)
    competent_authority = models.TextField(blank=True)
    executing_authority = models.TextField(blank=True)
    authorised_authority = models.TextField(blank=True)
    coordinating_authority = models.TextField(blank=True)
    reception_address = models.TextField(blank=True)
    result_name = models.TextField(blank=True)
    result_code = models.CharField(max_length=60, blank=True)
    results = models.JSONField(default=list)
    form_schema = models.JSONField(default=dict)
    rule_set = models.CharField(max_length=10, choices=RuleSet, default=RuleSet.STANDARD)
    answered_at_once = models.BooleanField(default=False)
    non_territorial = models.BooleanField(default=True)
    source = models.JSONField(null=True)
    source_hash = models.CharField(max_length=64, blank=True)
    content_hash = models.CharField(max_length=64, blank=True)
    unread = models.JSONField(default=list)
    certainty = models.TextField(blank=True)
    sort_key = models.BinaryField()
    search_text = models.TextField()
    published_by = models.CharField(max_length=200, blank=True)
    published_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["procedure", "number"], name="procedure_version_number_once"),
            models.CheckConstraint(
                condition=Q(state=VersionState.CONCEPT) | Q(in_force_during__isnull=False),
                name="procedure_version_published_has_period",
            ),
            models.CheckConstraint(
                condition=Q(in_force_during__isnull=True)
                | (Q(in_force_during__startswith__isnull=False) & Q(in_force_during__isempty=False)),
                name="procedure_version_period_has_start",
            ),
            ExclusionConstraint(
                name="procedure_version_one_in_force",
                expressions=[("procedure", RangeOperators.EQUAL), ("in_force_during", RangeOperators.OVERLAPS)],
                condition=Q(state=VersionState.PUBLISHED),
            ),
        ]
        indexes = [
            GinIndex(SearchVector("search_text", config="simple"), name="procedure_version_words"),
            models.Index(F("sort_key"), F("id"), name="procedure_version_in_order"),
            models.Index(F("content_hash"), name="procedure_version_same_text"),
        ]

    def __str__(self) -> str:
        return f"{self.name} (bản {self.number})"


class ResponsibleAgency(models.Model):
    """An agency of this province that receives or decides dossiers of the procedure, during a period."""

    version = models.ForeignKey(ProcedureVersion, models.CASCADE, related_name="responsible")
    agency = models.ForeignKey("organisations.Agency", models.PROTECT, related_name="+")
    decides = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "agency", "decides"], name="procedure_agency_once"),
        ]


class Case(models.Model):
    """Trường hợp: a variant of the procedure with its own papers, and where stated its own limits and fees."""

    version = models.ForeignKey(ProcedureVersion, models.CASCADE, related_name="cases")
    no = models.PositiveIntegerField()
    code = models.CharField(max_length=20)
    name = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "no"], name="procedure_case_no_once"),
            models.UniqueConstraint(fields=["version", "code"], name="procedure_case_code_once"),
        ]

    def __str__(self) -> str:
        return self.name or self.code


class Paper(models.Model):
    """Thành phần hồ sơ: one paper of one case. No original and no copy means it is shown, or taken from a database."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="papers")
    no = models.PositiveIntegerField()
    name = models.TextField()
    originals = models.PositiveSmallIntegerField(default=0)
    copies = models.PositiveSmallIntegerField(default=0)
    required = models.BooleanField(default=True)
    form = models.TextField(blank=True)
    condition = models.TextField(blank=True)
    text = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "no"], name="procedure_paper_no_once")]

    def __str__(self) -> str:
        return self.name


class Term(models.Model):
    """Thời hạn: the limit by channel, and where stated by case, in our notation, such as `5wd` or `20cd+10cd`."""

    version = models.ForeignKey(ProcedureVersion, models.CASCADE, related_name="terms")
    case = models.ForeignKey(Case, models.CASCADE, null=True, related_name="terms")
    no = models.PositiveIntegerField()
    channel = models.CharField(max_length=10, choices=Channel)
    limit = models.CharField(max_length=200, blank=True)
    stages = models.JSONField(default=list)
    condition = models.TextField(blank=True)
    text = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "no"], name="procedure_term_no_once")]


class Fee(models.Model):
    """Phí, lệ phí: by channel, and where stated by case and period. Only whole đồng can be asked for at the counter."""

    version = models.ForeignKey(ProcedureVersion, models.CASCADE, related_name="fees")
    case = models.ForeignKey(Case, models.CASCADE, null=True, related_name="fees")
    no = models.PositiveIntegerField()
    channel = models.CharField(max_length=10, choices=Channel)
    kind = models.CharField(max_length=10, choices=FeeKind)
    amount = models.DecimalField(max_digits=16, decimal_places=2, null=True)
    amount_vnd = models.BigIntegerField(null=True)
    currency = models.CharField(max_length=3, choices=Currency, blank=True)
    unit = models.CharField(max_length=300, blank=True)
    note = models.TextField(blank=True)
    valid_during = DateRangeField(null=True)
    text = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "no"], name="procedure_fee_no_once"),
            models.CheckConstraint(
                condition=Q(amount_vnd__isnull=True) | Q(amount_vnd__gte=0), name="procedure_fee_not_negative"
            ),
        ]


class LegalBasis(models.Model):
    """Căn cứ pháp lý: number and title of a legal text, as published."""

    version = models.ForeignKey(ProcedureVersion, models.CASCADE, related_name="bases")
    no = models.PositiveIntegerField()
    number = models.CharField(max_length=200, blank=True)
    title = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "no"], name="procedure_basis_no_once")]


class Setting(models.Model):
    """A dated setting of a procedure and its decision: where citizens file online, how the clock goes on."""

    procedure = models.ForeignKey(Procedure, models.CASCADE, related_name="settings")
    name = models.CharField(max_length=20, choices=SettingName)
    value = models.CharField(max_length=20)
    link = models.URLField(max_length=500, blank=True)
    decision = models.TextField(blank=True)
    in_force_during = DateRangeField()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="procedure_setting_one_in_force",
                expressions=[
                    ("procedure", RangeOperators.EQUAL),
                    ("name", RangeOperators.EQUAL),
                    ("in_force_during", RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(
                condition=Q(name=SettingName.ONLINE_FILING, value__in=OnlineFiling.values)
                | Q(name=SettingName.AFTER_SUPPLEMENT, value__in=AfterSupplement.values),
                name="procedure_setting_value_known",
            ),
        ]


class Route(models.Model):
    """Quy trình nội bộ: the steps of one version, for one case or all, for one agency or all, during a period."""

    version = models.ForeignKey(ProcedureVersion, models.PROTECT, related_name="routes")
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="+")
    agency = models.ForeignKey("organisations.Agency", models.PROTECT, null=True, related_name="+")
    limit = models.CharField(max_length=200)
    decision = models.TextField(blank=True)
    in_force_during = DateRangeField()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="procedure_route_one_in_force",
                expressions=[
                    ("version", RangeOperators.EQUAL),
                    (Coalesce("case", 0), RangeOperators.EQUAL),
                    (Coalesce("agency", 0), RangeOperators.EQUAL),
                    ("limit", RangeOperators.EQUAL),
                    ("in_force_during", RangeOperators.OVERLAPS),
                ],
            ),
        ]


class RouteStep(models.Model):
    """One step of a route, in working hours; a step of no hours, such as handing over, is allowed."""

    route = models.ForeignKey(Route, models.CASCADE, related_name="steps")
    no = models.PositiveIntegerField()
    name = models.CharField(max_length=300)
    role = models.CharField(max_length=12, choices=StepRole)
    unit = models.CharField(max_length=300, blank=True)
    hours = models.DecimalField(max_digits=8, decimal_places=2)
    text = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["route", "no"], name="procedure_step_no_once"),
            models.CheckConstraint(condition=Q(hours__gte=0), name="procedure_step_hours_not_negative"),
        ]
