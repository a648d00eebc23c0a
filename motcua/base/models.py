"""What the ground stores: the journal and its checkpoints, files by content, reads of personal data, attempts."""

from typing import Any

from django.contrib.postgres.indexes import BrinIndex, GinIndex
from django.db import models
from django.db.models import F, Func, Q


class CodeField(models.CharField):
    """A code, compared byte by byte whatever the locale of the database: it sorts several times as quickly, and its one index
    serves equality, order and beginnings."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"db_collation": "C", **kwargs})

    def db_type(self, connection: object) -> str:
        """Written out: beside every unique `varchar` Django makes a second index for beginnings, of no use under C."""
        return f"character varying({self.max_length})"


class Xid8Field(models.BigIntegerField):
    """PostgreSQL's 64-bit transaction number, so that readers of "what is new" never overtake one that is still open."""

    def db_type(self, connection: object) -> str:
        return "xid8"

    def from_db_value(self, value: object, *_: object) -> int | None:
        return None if value is None else int(str(value))


class Entry(models.Model):
    """One event in the journal: written once by `journal_append`, never changed (a trigger refuses it).

    `hash` is SHA-256 over the hash of the entry before in the same stream and this entry's own text, so a changed, removed
    or swapped entry is found; `facts` holds plain values only, and of dossiers no personal value.
    """

    stream = CodeField(max_length=120)
    seq = models.IntegerField()
    name = models.CharField(max_length=80)
    at = models.DateTimeField()
    by = models.BigIntegerField(null=True)
    acting_for = models.BigIntegerField(null=True)
    facts = models.JSONField()
    prev = models.BinaryField()
    hash = models.BinaryField()
    xact = Xid8Field(db_default=Func(function="pg_current_xact_id"))

    class Meta:
        db_table = "journal_entry"
        constraints = [models.UniqueConstraint(fields=["stream", "seq"], name="journal_entry_one_per_number")]
        indexes = [
            models.Index(F("xact"), F("id"), name="journal_entry_news"),
            BrinIndex(fields=["at"], name="journal_entry_at"),
            # What one person did in some days, however long the journal is.
            models.Index(F("by"), F("at"), name="journal_entry_by", condition=Q(by__isnull=False)),
        ]


class Head(models.Model):
    """The last entry of each stream; its row lock puts writers of one stream in a line."""

    stream = CodeField(max_length=120, primary_key=True)
    seq = models.IntegerField(db_default=0)
    hash = models.BinaryField()
    sealed_seq = models.IntegerField(db_default=0)

    class Meta:
        db_table = "journal_head"
        indexes = [
            models.Index(F("stream"), name="journal_head_unsealed", condition=~Q(seq=F("sealed_seq"))),
        ]


class Checkpoint(models.Model):
    """A signed note over the heads that moved since the note before; the key is kept outside the database."""

    number = models.BigIntegerField(unique=True)
    at = models.DateTimeField()
    heads = models.IntegerField()
    root = models.BinaryField()
    prev_root = models.BinaryField()
    key_id = models.CharField(max_length=16)
    signature = models.BinaryField()

    class Meta:
        db_table = "journal_checkpoint"


class CheckpointHead(models.Model):
    """A head as a checkpoint saw it."""

    checkpoint = models.ForeignKey(Checkpoint, models.PROTECT, related_name="+")
    stream = CodeField(max_length=120)
    seq = models.IntegerField()
    hash = models.BinaryField()

    class Meta:
        db_table = "journal_checkpoint_head"


class Cursor(models.Model):
    """How far a reader of the journal has come; moved in the transaction of what it did."""

    name = models.CharField(max_length=40, primary_key=True)
    xact = models.BigIntegerField(db_default=0)
    entry = models.BigIntegerField(db_default=0)

    class Meta:
        db_table = "journal_cursor"


class FailedReaction(models.Model):
    """A reaction that raised: kept with its reason and tried again, so that one failure never stops the others."""

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="+")
    reaction = models.CharField(max_length=200)
    why = models.TextField()
    tries = models.IntegerField(default=1)
    next_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "reaction"], name="base_failed_reaction_once")]


class StoredFile(models.Model):
    """A file by its content: the bytes lie under their SHA-256, are synced before the row is written, and are never changed."""

    sha256 = models.CharField(max_length=64, db_index=True)
    size = models.BigIntegerField()
    media_type = models.CharField(max_length=100)
    name = models.CharField(max_length=255)
    pages = models.IntegerField(null=True)
    kept_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(size__gt=0), name="base_stored_file_not_empty")]


class PersonalRead(models.Model):
    """Who read whose data: one row per page or answer that showed unmasked personal data."""

    at = models.DateTimeField()
    by = models.BigIntegerField(null=True)
    by_name = models.CharField(max_length=200)
    acting_for = models.BigIntegerField(null=True)
    agency = models.BigIntegerField(null=True)
    purpose = models.CharField(max_length=200)
    subject = models.CharField(max_length=60)
    ids = models.JSONField()

    class Meta:
        indexes = [
            models.Index(F("subject"), F("at"), name="base_personal_read_subject"),
            GinIndex(fields=["ids"], name="base_personal_read_ids", opclasses=["jsonb_path_ops"]),
        ]


class Attempt(models.Model):
    """Tries at a guessable door (track page, one-time code), counted per key in windows of time."""

    key = models.CharField(max_length=120)
    window = models.DateTimeField()
    count = models.IntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "window"], name="base_attempt_one_per_window")]
