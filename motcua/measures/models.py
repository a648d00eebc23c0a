"""What is stored of figures: facts folded from the journal, their roll-ups, imported counts, index sets of the province.

Everything here but the imported counts and the province's own sets can be thrown away and folded anew from the journal.
"""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q

from motcua.measures.terms import Part


class Folding(models.Model):
    """How far one generation of facts has come in the journal; the live one answers, another may be under way beside it."""

    generation = models.SmallIntegerField(primary_key=True)
    live = models.BooleanField(default=False)
    stretching = models.BooleanField(default=False)
    """Being folded in stretches up to this cursor: which are done stands in `Stretch`."""
    xact = models.BigIntegerField(default=0)
    entry = models.BigIntegerField(default=0)
    entries = models.BigIntegerField(default=0)
    latest_at = models.DateTimeField(null=True)
    """The latest moment among the entries folded: asked for a later one, nothing of the day has to be left out."""
    begun_at = models.DateTimeField()
    folded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["live"], condition=Q(live=True), name="measures_one_live_generation")
        ]


class Stretch(models.Model):
    """Entries that a generation under way has folded, by their numbers: from the first up to, not with, the one behind."""

    generation = models.SmallIntegerField()
    first = models.BigIntegerField()
    behind = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["generation", "first"], name="measures_stretch_once")]


class Cell(models.Model):
    """One combination of the dimensions that facts are kept by, besides the day. `field` follows from the procedure's version."""

    deciding = models.BigIntegerField()
    receiving = models.BigIntegerField()
    holding = models.BigIntegerField()
    procedure = models.CharField(max_length=8)
    version = models.IntegerField()
    case = models.CharField(max_length=20, blank=True)
    channel = models.CharField(max_length=10)
    field = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["deciding", "receiving", "holding", "procedure", "version", "case", "channel"],
                name="measures_cell_once",
            )
        ]
        indexes = [models.Index(F("procedure"), F("deciding"), name="measures_cell_procedure")]


class Counts(models.Model):
    """The counted columns, one meaning each (`rules.columns`). Those of a stock hold the change of that day, not its height."""

    submitted = models.IntegerField(default=0)
    received = models.IntegerField(default=0)
    online = models.IntegerField(default=0)
    post = models.IntegerField(default=0)
    digitised = models.IntegerField(default=0)
    with_fee = models.IntegerField(default=0)
    supplemented_before = models.IntegerField(default=0)
    supplemented = models.IntegerField(default=0)
    extended = models.IntegerField(default=0)
    apologised_late = models.IntegerField(default=0)
    early = models.IntegerField(default=0)
    on_time = models.IntegerField(default=0)
    late = models.IntegerField(default=0)
    unfavourable = models.IntegerField(default=0)
    electronic = models.IntegerField(default=0)
    refused = models.IntegerField(default=0)
    withdrawn = models.IntegerField(default=0)
    stopped = models.IntegerField(default=0)
    closed = models.IntegerField(default=0)
    ended = models.IntegerField(default=0)
    ended_late = models.IntegerField(default=0)
    returned = models.IntegerField(default=0)
    rated = models.IntegerField(default=0)
    rated_low = models.IntegerField(default=0)
    stars = models.IntegerField(default=0)
    paid = models.IntegerField(default=0)
    paid_vnd = models.BigIntegerField(default=0)
    took_minutes = models.BigIntegerField(default=0)
    held_minutes = models.BigIntegerField(default=0)
    given_minutes = models.BigIntegerField(default=0)
    passed_on = models.IntegerField(default=0)
    passed_on_late = models.IntegerField(default=0)
    waiting = models.IntegerField(default=0)
    open = models.IntegerField(default=0)
    paused = models.IntegerField(default=0)
    overdue = models.IntegerField(default=0)
    ready = models.IntegerField(default=0)

    class Meta:
        abstract = True


class Fact(Counts):
    """What changed in one cell on one day, as one fold found it: rows of the same cell and day are added up by whoever asks."""

    generation = models.SmallIntegerField()
    # The fold joins the cell in the statement that writes the fact; asking for it again, row by row, cost as much as writing.
    cell = models.ForeignKey(Cell, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    day = models.DateField()

    class Meta:
        indexes = [models.Index(F("generation"), F("cell"), F("day"), name="measures_fact_of_cell")]


class AgencyDay(Counts):
    """The facts of one agency in one part (deciding, receiving, holding) on one day."""

    generation = models.SmallIntegerField()
    part = models.CharField(max_length=10, choices=Part.choices)
    agency = models.BigIntegerField()
    day = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["generation", "part", "agency", "day"], name="measures_agency_day_once")
        ]


class AgencyMonth(Counts):
    """The facts of one agency in one part in one month, named by its first day: years add up from few rows."""

    generation = models.SmallIntegerField()
    part = models.CharField(max_length=10, choices=Part.choices)
    agency = models.BigIntegerField()
    month = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["generation", "part", "agency", "month"], name="measures_agency_month_once")
        ]


class ProcedureMonth(Counts):
    """The facts of one procedure at one deciding authority by channel in one month."""

    generation = models.SmallIntegerField()
    agency = models.BigIntegerField()
    procedure = models.CharField(max_length=8)
    channel = models.CharField(max_length=10)
    month = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["generation", "agency", "procedure", "channel", "month"], name="measures_procedure_month_once"
            )
        ]


class AgencyDue(models.Model):
    """Open dossiers of one agency by their due day, as the fold has them now."""

    generation = models.SmallIntegerField()
    part = models.CharField(max_length=10, choices=Part.choices)
    agency = models.BigIntegerField()
    due_on = models.DateField()
    open = models.IntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["generation", "part", "agency", "due_on"], name="measures_agency_due_once")
        ]


class Intake(models.Model):
    """What became of the dossiers one authority received in one month, by the day it became so (QĐ 766 judges by receipt)."""

    generation = models.SmallIntegerField()
    agency = models.BigIntegerField()
    month = models.DateField()
    day = models.DateField()
    received = models.IntegerField(default=0)
    online = models.IntegerField(default=0)
    digitised = models.IntegerField(default=0)
    electronic = models.IntegerField(default=0)
    handled = models.IntegerField(default=0)
    took_minutes = models.BigIntegerField(default=0)
    not_on_time = models.IntegerField(default=0)
    disliked = models.IntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["generation", "agency", "month", "day"], name="measures_intake_once")
        ]


class TimeTaken(models.Model):
    """How many results of a procedure took how many working hours, the applicant's own time left out: medians to the hour."""

    generation = models.SmallIntegerField()
    agency = models.BigIntegerField()
    procedure = models.CharField(max_length=8)
    month = models.DateField()
    hours = models.IntegerField()
    results = models.IntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["generation", "agency", "procedure", "month", "hours"], name="measures_time_taken_once"
            )
        ]


class ImportedCount(models.Model):
    """A count of QĐ 766 that another system published for an agency and a period; a later import is another row."""

    agency = models.BigIntegerField()
    period = models.CharField(max_length=7)
    component = models.CharField(max_length=60)
    numerator = models.BigIntegerField(null=True)
    denominator = models.BigIntegerField(null=True)
    ratio = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    source = models.CharField(max_length=200)
    at = models.DateTimeField()
    by = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(numerator__isnull=False, denominator__isnull=False) | Q(ratio__isnull=False),
                name="measures_imported_says_something",
            ),
            models.CheckConstraint(condition=~Q(source=""), name="measures_imported_has_a_source"),
        ]
        indexes = [models.Index(F("agency"), F("period"), F("component"), F("id"), name="measures_imported_latest")]


class OwnSet(models.Model):
    """Bộ chỉ số của tỉnh: an index set the province decided for its departments or communes, in force during a period."""

    code = models.CharField(max_length=40)
    level = models.CharField(max_length=12)
    decision = models.CharField(max_length=200)
    definition = models.JSONField()
    during = DateRangeField()
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(decision=""), name="measures_own_set_has_a_decision"),
            ExclusionConstraint(
                name="measures_own_set_one_in_force",
                expressions=[("level", RangeOperators.EQUAL), ("during", RangeOperators.OVERLAPS)],
                violation_error_message="Cấp này đã có bộ chỉ số khác trong thời gian đó.",
            ),
        ]


class Publication(models.Model):
    """Số liệu đã công bố: the figures of a period, word for word as they were published; a correction is a further revision.

    `content` is the signed text itself, `signature` Ed25519 over its bytes. A trigger refuses every change.
    """

    period = models.CharField(max_length=7)
    revision = models.SmallIntegerField()
    title = models.CharField(max_length=200, blank=True)
    reason = models.TextField(blank=True)
    content = models.TextField()
    sha256 = models.CharField(max_length=64)
    signature = models.BinaryField()
    public_key = models.CharField(max_length=64)
    by = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["period", "revision"], name="measures_publication_once"),
            models.CheckConstraint(
                condition=Q(revision=1, reason="", title="") | Q(revision__gt=1) & ~Q(reason="") & ~Q(title=""),
                name="measures_publication_correction_says_why",
            ),
            models.CheckConstraint(
                condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="measures_publication_has_a_hash"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.period} ({self.revision})"
