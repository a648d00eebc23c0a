"""What belongs to a dossier: papers, requests, promises, slips, the result, money, words."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import ExtractYear

from motcua.base.clock import VIET_NAM
from motcua.base.models import StoredFile
from motcua.documents.models import Document
from motcua.dossiers.models.dossier import Dossier
from motcua.dossiers.terms import PaymentWay, Slip
from motcua.organisations.models import Agency
from motcua.people.models import Person


class Paper(models.Model):
    """Thành phần hồ sơ: one paper that the procedure asks for, with what was handed in on paper."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="paper_set")
    need = models.BigIntegerField(null=True)
    no = models.SmallIntegerField()
    name = models.TextField()
    required = models.BooleanField(default=True)
    originals = models.SmallIntegerField(default=0)
    certified = models.SmallIntegerField(default=0, db_default=0)
    """Copies certified as true (bản sao chứng thực), counted apart from plain ones as M01 asks."""
    copies = models.SmallIntegerField(default=0)
    handed_in = models.BooleanField(default=True)
    note = models.CharField(max_length=500, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dossier", "no"], name="dossiers_paper_one_per_number"),
            models.CheckConstraint(
                condition=Q(originals__gte=0, certified__gte=0, copies__gte=0),
                name="dossiers_paper_counts_not_negative",
            ),
        ]


class Scan(models.Model):
    """An electronic copy of a paper; a later one of the same paper is another row, never a replacement."""

    paper = models.ForeignKey(Paper, models.PROTECT, related_name="scans")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    supplement = models.ForeignKey("dossiers.Supplement", models.PROTECT, null=True, related_name="+")


class Supplement(models.Model):
    """Yêu cầu bổ sung: asked once, in full, in writing, with the reason (M02). In processing its period is the pause."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="supplement_set")
    before_receipt = models.BooleanField()
    number = models.CharField(max_length=40, blank=True, default="")
    reason = models.TextField()
    items = models.JSONField()
    """[{paper: number, name, what}]: what to add or to mend, one line each; a new paper has the next number of the list."""
    drafted_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    drafted_at = models.DateTimeField()
    signed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    signed_at = models.DateTimeField(null=True)
    answer_by = models.DateField(null=True)
    answered_at = models.DateTimeField(null=True)
    answered_note = models.TextField(blank=True, default="")
    dropped_at = models.DateTimeField(null=True)
    dropped_reason = models.TextField(blank=True, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="dossiers_supplement_has_a_reason"),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True) | Q(signed_at__isnull=False, answered_at__gte=F("signed_at")),
                name="dossiers_supplement_answered_after_asked",
            ),
            models.UniqueConstraint(
                fields=["dossier", "before_receipt"],
                condition=Q(signed_at__isnull=False),
                name="dossiers_supplement_asked_once",
            ),
            models.UniqueConstraint(
                fields=["dossier"],
                condition=Q(signed_at__isnull=True, dropped_at__isnull=True),
                name="dossiers_supplement_one_draft",
            ),
        ]


class Extension(models.Model):
    """Xin lỗi và hẹn lại: one apology, one new date, never a second (M04)."""

    dossier = models.OneToOneField(Dossier, models.PROTECT, related_name="extension")
    number = models.CharField(max_length=40)
    old_due_at = models.DateTimeField()
    new_due_at = models.DateTimeField()
    reason = models.TextField()
    caused_by = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    signed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    late = models.BooleanField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="dossiers_extension_has_a_reason"),
            models.CheckConstraint(condition=Q(new_due_at__gt=F("at")), name="dossiers_extension_to_a_day_to_come"),
        ]


class IssuedSlip(models.Model):
    """A slip as it was issued: its number and its words are frozen; the PDF is made when it is first opened."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="slips")
    kind = models.CharField(max_length=10, choices=Slip.choices)
    number = models.CharField(max_length=40)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    words = models.JSONField()
    at = models.DateTimeField()
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "agency", "kind", "number", ExtractYear("at", tzinfo=VIET_NAM), name="dossiers_slip_number_once"
            ),
        ]
        indexes = [models.Index(F("dossier"), F("id"), name="dossiers_slips_of_dossier")]


class Result(models.Model):
    """The decision: first a draft of the specialist, then the signed document. A written refusal is a result too."""

    dossier = models.OneToOneField(Dossier, models.PROTECT, related_name="result")
    favourable = models.BooleanField()
    title = models.TextField()
    body = models.TextField()
    drafted_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    drafted_at = models.DateTimeField()
    opinion = models.TextField(blank=True, default="")
    """What the leader wrote when giving it back."""
    signed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    signed_at = models.DateTimeField(null=True)
    document = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")
    handed_to = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        indexes = [
            # Drafts given back, looked for among all that lies before somebody: what was never given back is not even read.
            models.Index(F("dossier"), name="dossiers_given_back", condition=~Q(opinion="")),
        ]


class FeeReceipt(models.Model):
    """Biên lai: what was taken for which dossier, numbered without gaps per agency and year."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="receipts")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    number = models.CharField(max_length=40)
    amount_vnd = models.BigIntegerField()
    way = models.CharField(max_length=10, choices=PaymentWay.choices)
    payer = models.CharField(max_length=300)
    at = models.DateTimeField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "agency", "number", ExtractYear("at", tzinfo=VIET_NAM), name="dossiers_receipt_number_once"
            ),
            models.CheckConstraint(condition=Q(amount_vnd__gt=0), name="dossiers_receipt_of_something"),
        ]


class Rating(models.Model):
    """What the applicant thought of it: one to five, a word if they like; once per dossier."""

    dossier = models.OneToOneField(Dossier, models.PROTECT, related_name="rating")
    score = models.SmallIntegerField()
    comment = models.TextField(blank=True, default="")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(score__gte=1, score__lte=5), name="dossiers_rating_one_to_five")
        ]


class Note(models.Model):
    """A word between officials on a dossier: reasons of a step back, opinions; never shown to the public."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="notes")
    entry = models.IntegerField()
    """The number of the journal entry of this dossier that the words belong to."""
    text = models.TextField()
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    public = models.BooleanField(default=False)
    """A reason that the applicant has a right to read."""
