"""What makes handing in safe: keys of tries, counters of codes, drafts."""

from django.db import models
from django.db.models import F

from motcua.dossiers.models.dossier import Dossier
from motcua.dossiers.terms import Delivery
from motcua.organisations.models import Agency
from motcua.people.models import Person


class Submission(models.Model):
    """The key under which a form or a program handed in: a second try with the same key finds the first dossier."""

    owner = models.CharField(max_length=40)
    key = models.CharField(max_length=80)
    payload_sha = models.CharField(max_length=64)
    dossier = models.ForeignKey(Dossier, models.PROTECT, null=True, related_name="+")
    move = models.CharField(max_length=30, default="submit")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "key"], name="dossiers_submission_once")]


class CodeCounter(models.Model):
    """The running number of official codes, per agency and day: gapless, as the lock lives until the commit."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    day = models.DateField()
    last = models.IntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "day"], name="dossiers_counter_one_per_day")]


class Draft(models.Model):
    """Bản nháp: what a citizen or a clerk typed and has not handed in; saved as typed, right or wrong."""

    reference = models.CharField(max_length=20, unique=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    procedure_code = models.CharField(max_length=20)
    case_code = models.CharField(max_length=40, blank=True, default="")
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+")
    answers = models.JSONField(default=dict)
    files = models.JSONField(default=dict)
    """{paper number: [stored file ids]}: attached already, checked when handed in."""
    delivery = models.CharField(max_length=10, choices=Delivery.choices, default=Delivery.ONLINE)
    changed_at = models.DateTimeField()
    dossier = models.ForeignKey(Dossier, models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(F("person"), F("changed_at").desc(), name="dossiers_drafts_of_person")]
