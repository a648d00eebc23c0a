"""The dossier itself. The row that every click touches is narrow; the rest stands beside it, by key."""

from typing import Self

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from motcua.base.models import CodeField
from motcua.base.refs import Ref
from motcua.dossiers.terms import OPEN, Channel, Delivery, Payment, PaymentWay, Status, Turn
from motcua.organisations.models import Agency
from motcua.people.models import Person
from motcua.procedures.models import Case, Procedure, ProcedureVersion


class DossierQuerySet(models.QuerySet["Dossier"]):
    """Who may see which dossiers; who may do what with them is a rule."""

    def of_offices(self, offices: frozenset[int]) -> Self:
        """Dossiers that one of these offices received, decides or holds."""
        return self.filter(Q(receiving__in=offices) | Q(deciding__in=offices) | Q(holding__in=offices))

    def of_applicant(self, person: int) -> Self:
        """The dossiers a citizen handed in, for themself or for another."""
        return self.filter(applicant=person)


class Dossier(models.Model):
    """Hồ sơ: one application for one procedure, from submission to result.

    `receiving` is the one-stop that took it in, `deciding` the authority that decides, `unit` the part of it that works on
    it, `holding` the office that has it at this moment and `turn` the role that must act there. Times are moments; the due
    moment in force is `due_at`, the one first promised `first_due_at`. `version` counts changes: a form that was opened at
    another version is told so.
    """

    reference = CodeField(max_length=20, unique=True)
    code = CodeField(max_length=40, unique=True, null=True)  # no code before reception
    outside_code = models.CharField(max_length=60, blank=True, default="")
    root = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    procedure = models.ForeignKey(Procedure, models.PROTECT, related_name="+")
    procedure_version = models.ForeignKey(ProcedureVersion, models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="+")
    channel = models.CharField(max_length=10, choices=Channel.choices)
    status = models.CharField(max_length=20, choices=Status.choices)
    version = models.IntegerField(default=1)

    receiving = models.ForeignKey(Agency, models.PROTECT, related_name="+", db_index=False)
    deciding = models.ForeignKey(Agency, models.PROTECT, related_name="+", db_index=False)
    unit = models.ForeignKey(Agency, models.PROTECT, related_name="+", db_index=False)
    holding = models.ForeignKey(Agency, models.PROTECT, related_name="+", db_index=False)
    turn = models.CharField(max_length=12, choices=Turn.choices)
    assignee = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    step = models.SmallIntegerField(default=0)

    submitted_at = models.DateTimeField()
    received_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    first_due_at = models.DateTimeField(null=True)
    held_since = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    returned_at = models.DateTimeField(null=True)
    supplements = models.SmallIntegerField(default=0)
    supplement_drafted = models.BooleanField(default=False)
    extended = models.BooleanField(default=False)
    favourable = models.BooleanField(null=True)

    fee_vnd = models.BigIntegerField(default=0)
    payment = models.CharField(max_length=10, choices=Payment.choices, default=Payment.NONE)
    payment_way = models.CharField(max_length=10, choices=PaymentWay.choices, blank=True, default="")
    delivery = models.CharField(max_length=10, choices=Delivery.choices, default=Delivery.COUNTER)
    papers = models.SmallIntegerField(default=0)
    digitised = models.SmallIntegerField(default=0)

    applicant = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    applicant_name = models.CharField(max_length=300)
    applicant_search = models.TextField()
    phone = models.CharField(max_length=20, blank=True, default="")

    objects = DossierQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(status__in=Status.values), name="dossiers_status_known"),
            models.CheckConstraint(condition=Q(turn__in=Turn.values), name="dossiers_turn_known"),
            models.CheckConstraint(
                condition=Q(code__isnull=False, received_at__isnull=False)
                | Q(
                    status__in=[
                        Status.SUBMITTED,
                        Status.NEED_MORE_PRE,
                        Status.REFUSED,
                        Status.WITHDRAWN,
                        Status.CLOSED_NO_RESPONSE,
                    ]
                ),
                name="dossiers_received_has_code_and_moment",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=[Status.RECEIVED, Status.PROCESSING, Status.SIGNING]) | Q(due_at__isnull=False),
                name="dossiers_running_clock_has_a_due_moment",
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.NEED_MORE) | Q(due_at__isnull=True) | Q(due_at__lt=F("held_since")),
                name="dossiers_paused_has_no_due_to_come",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=[Status.DONE, Status.RETURNED]) | Q(finished_at__isnull=False),
                name="dossiers_done_has_an_end",
            ),
            models.CheckConstraint(
                condition=Q(status=Status.RETURNED, returned_at__isnull=False) | ~Q(status=Status.RETURNED),
                name="dossiers_returned_has_a_moment",
            ),
            models.CheckConstraint(condition=Q(fee_vnd__gte=0), name="dossiers_fee_not_negative"),
            models.CheckConstraint(condition=~Q(applicant_name=""), name="dossiers_has_an_applicant"),
        ]
        indexes = [
            models.Index(
                F("holding"),
                F("turn"),
                F("due_at"),
                F("id"),
                name="dossiers_worklist",
                condition=Q(status__in=sorted([*OPEN, Status.DONE])),
            ),
            models.Index(F("deciding"), F("id").desc(), name="dossiers_by_deciding"),
            models.Index(F("receiving"), F("id").desc(), name="dossiers_by_receiving"),
            models.Index(F("receiving"), F("received_at"), name="dossiers_book"),
            # What lies elsewhere: open dossiers of a unit, and of the counter that took them in.
            models.Index(F("unit"), name="dossiers_open_of_unit", condition=Q(status__in=sorted(OPEN))),
            models.Index(F("receiving"), name="dossiers_open_of_counter", condition=Q(status__in=sorted(OPEN))),
            models.Index(F("outside_code"), name="dossiers_by_outside_code", condition=~Q(outside_code="")),
            models.Index(F("phone"), name="dossiers_by_phone", condition=~Q(phone="")),
            GinIndex(OpClass(F("applicant_search"), name="gin_trgm_ops"), name="dossiers_applicant_search"),
        ]

    def __str__(self) -> str:
        return self.code or self.reference

    def get_absolute_url(self) -> str:
        return reverse("dossiers_desk:detail", args=[self.reference])

    @property
    def stream(self) -> str:
        """Its stream in the journal."""
        return f"dossiers.dossier:{self.pk}"

    @property
    def ref(self) -> Ref:
        """The soft reference by which other apps speak of it."""
        return Ref("dossiers.dossier", self.reference)

    @property
    def label(self) -> str:
        """What people call it: the official code, before reception the reference."""
        return self.code or self.reference

    @property
    def state(self) -> Status:
        """The status as a word of `terms`."""
        return Status(self.status)


class Application(models.Model):
    """What the applicant wrote and who they are, as of the day of handing in; personal, read only on the dossier's page."""

    dossier = models.OneToOneField(Dossier, models.PROTECT, primary_key=True, related_name="application")
    answers = models.JSONField(default=dict)
    subject = models.TextField(blank=True, default="")
    """Nội dung yêu cầu giải quyết, as printed on the slip."""
    identity_number = models.CharField(max_length=20, blank=True, default="", db_index=True)
    birth_on = models.DateField(null=True)
    email = models.EmailField(blank=True, default="")
    address = models.CharField(max_length=500, blank=True, default="")
    tax_code = models.CharField(max_length=14, blank=True, default="")
    business_name = models.CharField(max_length=300, blank=True, default="")
    representative = models.CharField(max_length=300, blank=True, default="", db_default="")
    """Who stands at the counter for the organisation; the dossier itself goes under the organisation's name."""
    proxy_name = models.CharField(max_length=300, blank=True, default="")
    proxy_identity = models.CharField(max_length=20, blank=True, default="")
    proxy_phone = models.CharField(max_length=20, blank=True, default="")
    proxy_email = models.EmailField(blank=True, default="")
    proxy_address = models.CharField(max_length=500, blank=True, default="")
    proxy_paper = models.CharField(max_length=300, blank=True, default="")
    delivery_address = models.CharField(max_length=500, blank=True, default="")
    limit = models.CharField(max_length=100, default="")
    """The limit of the offer at reception, in the notation of `workdays`."""
    clock_rules = models.CharField(max_length=10, default="standard")
    after_supplement = models.CharField(max_length=10, default="continue")
    route = models.JSONField(default=list)
    """The steps of the internal route in force at reception: [{no, name, role, hours}]."""
    form_of = models.CharField(max_length=10, default="TT03/2025")


class KeptReception(models.Model):
    """The old version of a reception that was put right: who changed what, why."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="kept_receptions")
    at = models.DateTimeField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    reason = models.TextField()
    before = models.JSONField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="dossiers_correction_has_a_reason")]
