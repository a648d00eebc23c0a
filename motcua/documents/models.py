"""What is stored of papers that leave the office: the document, who signed it, and the counters of their numbers."""

from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q

from motcua.base.models import StoredFile
from motcua.documents.terms import Kind
from motcua.organisations.models import Agency
from motcua.people.models import Person


class DocumentQuerySet(models.QuerySet["Document"]):
    """Documents by what they are about."""

    def about(self, ref: str) -> Self:
        """The documents made for one matter, such as a dossier."""
        return self.filter(about=str(ref))


class Document(models.Model):
    """Văn bản đi: one issued paper, kept as a file under its hash.

    `about` is a soft reference (`base.refs.Ref`) to the matter; `verify_token` is the unguessable part of the link behind
    the QR code. `sha256` is the hash of the copy in force (after signing: the signed one). A withdrawn document stays,
    with `valid` false.
    """

    kind = models.CharField(max_length=24, choices=Kind.choices)
    number = models.CharField(max_length=80)
    title = models.CharField(max_length=500)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    about = models.CharField(max_length=120, db_index=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64, db_index=True)
    issued_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    issued_at = models.DateTimeField()
    signed_at = models.DateTimeField(null=True)
    valid = models.BooleanField(default=True)
    withdrawn_why = models.CharField(max_length=500, blank=True)
    verify_token = models.CharField(max_length=43, unique=True)
    sign_page = models.SmallIntegerField(null=True)
    sign_box = models.JSONField(null=True)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="documents_document_kind_known"),
            models.CheckConstraint(
                condition=Q(verify_token__regex=r"^[\w-]{22,43}$"),  # noqa: S106 (a pattern)
                name="documents_document_token_long",
            ),
            models.CheckConstraint(
                condition=Q(sign_page__isnull=True, sign_box__isnull=True)
                | Q(sign_page__isnull=False, sign_box__isnull=False),
                name="documents_document_place_whole",
            ),
            models.CheckConstraint(
                condition=Q(valid=True) | ~Q(withdrawn_why=""), name="documents_document_withdrawn_says_why"
            ),
        ]


class Signature(models.Model):
    """One signature on a document: who, with which certificate, when."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="signatures")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    certificate = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["document", "person"], name="documents_signature_once_per_person")
        ]


class Counter(models.Model):
    """The last number given by an agency to one kind of paper in one year; its row lock keeps the numbers without gaps."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=24)
    year = models.SmallIntegerField()
    last = models.IntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "kind", "year"], name="documents_counter_one_per_year"),
            models.CheckConstraint(condition=Q(last__gte=0), name="documents_counter_not_negative"),
        ]


class LocalForm(models.Model):
    """An office's own number, title or numbering for a form, from one day to another, by a decision.

    Provinces deviate: some still print “Mẫu 05” on the control slip. Where no row is in force the circular's form applies.
    """

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=24, choices=Kind.choices)
    form = models.CharField(max_length=40, blank=True)
    title = models.CharField(max_length=200)
    numbering = models.CharField(max_length=80)
    decision = models.CharField(max_length=200)
    in_force_during = DateRangeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(numbering__contains="{n}"), name="documents_local_form_numbers"),
            models.CheckConstraint(condition=Q(in_force_during__isempty=False), name="documents_local_form_days"),
            ExclusionConstraint(
                name="documents_local_form_no_overlap",
                expressions=[
                    ("agency", RangeOperators.EQUAL),
                    ("kind", RangeOperators.EQUAL),
                    ("in_force_during", RangeOperators.OVERLAPS),
                ],
            ),
        ]
