"""What is stored of the workbench: definitions, yearly rounds with every answer and its judgements, official results."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q

from motcua.base.models import StoredFile
from motcua.directives.models import Task
from motcua.indices.terms import Proof, Stage, UnitKind
from motcua.organisations.models import Agency


class SetVersion(models.Model):
    """Định nghĩa bộ chỉ số: one version, word for word as it was imported; signed off, it is in force for its years."""

    code = models.CharField(max_length=60)
    version = models.CharField(max_length=20)
    index = models.CharField(max_length=40)
    name = models.CharField(max_length=300)
    body = models.TextField()
    sha256 = models.CharField(max_length=64, unique=True)
    during = DateRangeField()
    example = models.BooleanField()
    imported_by_id = models.BigIntegerField(null=True)
    imported_at = models.DateTimeField()
    signed_by_id = models.BigIntegerField(null=True)
    signed_by_name = models.CharField(max_length=200, blank=True)
    signed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="indices_set_version_once"),
            ExclusionConstraint(
                name="indices_set_one_in_force",
                expressions=[("code", RangeOperators.EQUAL), ("during", RangeOperators.OVERLAPS)],
                condition=Q(signed_at__isnull=False),
            ),
        ]

    @property
    def stream(self) -> str:
        """Its stream in the journal."""
        return f"indices.set:{self.pk}"


class Round(models.Model):
    """Đợt đánh giá: one definition, one year, the units that are judged, and how far it has come."""

    set_version = models.ForeignKey(SetVersion, models.PROTECT, related_name="+")
    year = models.SmallIntegerField()
    kind = models.CharField(max_length=12, choices=[(each.value, each.value) for each in UnitKind])
    organiser = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    title = models.CharField(max_length=300)
    stage = models.CharField(
        max_length=14, choices=[(each.value, each.value) for each in Stage], default=Stage.PREPARING.value
    )
    self_until = models.DateField(null=True)
    check_until = models.DateField(null=True)
    appraise_until = models.DateField(null=True)
    object_until = models.DateField(null=True)
    decide_until = models.DateField(null=True)
    version = models.IntegerField(default=1)
    prepared_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)
    published_by_id = models.BigIntegerField(null=True)
    published_by_name = models.CharField(max_length=200, blank=True)
    results = models.JSONField(null=True)
    results_sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["set_version", "year", "kind", "organiser"], name="indices_round_once"),
            models.CheckConstraint(
                condition=Q(stage=Stage.PUBLISHED.value, published_at__isnull=False, results__isnull=False)
                | (~Q(stage=Stage.PUBLISHED.value) & Q(published_at__isnull=True, results__isnull=True)),
                name="indices_round_published_with_results",
            ),
        ]

    @property
    def stream(self) -> str:
        """Its stream in the journal."""
        return f"indices.round:{self.pk}"


class JudgedUnit(models.Model):
    """Đơn vị được đánh giá: an agency in one round, under the name it bears."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="units")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    name = models.CharField(max_length=300)
    sort_key = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "agency"], name="indices_unit_once")]


class Answer(models.Model):
    """One criterion of one unit: what the owner says, and every judgement after it. `version` tells two editors apart."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="answers")
    unit = models.ForeignKey(JudgedUnit, models.PROTECT, related_name="answers")
    criterion = models.CharField(max_length=60)
    place = models.SmallIntegerField()
    owner = models.ForeignKey(Agency, models.PROTECT, related_name="+", null=True)
    appraiser = models.ForeignKey(Agency, models.PROTECT, related_name="+", null=True)
    value = models.CharField(max_length=500, blank=True)
    below = models.CharField(max_length=120, blank=True)
    self_points = models.DecimalField(max_digits=20, decimal_places=10, null=True)
    self_note = models.TextField(blank=True)
    self_at = models.DateTimeField(null=True)
    checked_points = models.DecimalField(max_digits=20, decimal_places=10, null=True)
    checked_note = models.TextField(blank=True)
    checked_at = models.DateTimeField(null=True)
    appraised_points = models.DecimalField(max_digits=20, decimal_places=10, null=True)
    appraised_note = models.TextField(blank=True)
    appraised_at = models.DateTimeField(null=True)
    decided_points = models.DecimalField(max_digits=20, decimal_places=10, null=True)
    decided_note = models.TextField(blank=True)
    decided_at = models.DateTimeField(null=True)
    version = models.IntegerField(default=1)
    changed_at = models.DateTimeField(null=True)
    changed_by_id = models.BigIntegerField(null=True)
    changed_by_name = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "criterion"], name="indices_answer_once")]
        indexes = [models.Index(F("round"), F("owner"), F("place"), name="indices_answer_of_owner")]

    @property
    def stream(self) -> str:
        """Its stream in the journal."""
        return f"indices.answer:{self.pk}"


class AnswerChange(models.Model):
    """Lần sửa một tiêu chí: what was written by whom and why, kept when the answer itself goes on; bound to its journal entry."""

    answer = models.ForeignKey(Answer, models.PROTECT, related_name="changes")
    entry = models.IntegerField()
    value = models.CharField(max_length=500, blank=True)
    below = models.CharField(max_length=120, blank=True)
    points = models.DecimalField(max_digits=20, decimal_places=10, null=True)
    note = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["answer", "entry"], name="indices_change_once")]


class RoundExtension(models.Model):
    """Gia hạn một bước của đợt đánh giá: from which day to which, by whom and why."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="extensions")
    stage = models.CharField(max_length=14)
    before = models.DateField(null=True)
    until = models.DateField()
    reason = models.CharField(max_length=1000)
    by_id = models.BigIntegerField(null=True)
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="indices_extension_says_why")]


class Evidence(models.Model):
    """Tài liệu kiểm chứng: a file, or a link to a task, a dossier, a document or a figure as of a day. Never deleted."""

    answer = models.ForeignKey(Answer, models.PROTECT, related_name="evidence")
    kind = models.CharField(max_length=10, choices=[(each.value, each.value) for each in Proof])
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", null=True)
    target = models.CharField(max_length=300, blank=True)
    note = models.CharField(max_length=500, blank=True)
    as_of = models.DateField(null=True)
    added_by_id = models.BigIntegerField(null=True)
    added_by_name = models.CharField(max_length=200)
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(Q(kind=Proof.FILE.value) & Q(file__isnull=False))
                | (~Q(kind=Proof.FILE.value) & Q(file__isnull=True) & ~Q(target="")),
                name="indices_evidence_points_somewhere",
            )
        ]


class LiveFigure(models.Model):
    """Điểm đề xuất từ số liệu: what the figures say of one answer on a day, with the place of its rows."""

    answer = models.ForeignKey(Answer, models.PROTECT, related_name="figures")
    measure = models.CharField(max_length=80)
    value = models.CharField(max_length=120)
    below = models.CharField(max_length=120, blank=True)
    points = models.DecimalField(max_digits=20, decimal_places=10, null=True)
    as_of = models.DateField()
    rows = models.CharField(max_length=300, blank=True)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["answer", "measure", "as_of"], name="indices_live_figure_once")]


class PointsObjection(models.Model):
    """Ý kiến về điểm thẩm định, and its answer: one for each criterion of a unit."""

    answer = models.OneToOneField(Answer, models.PROTECT, related_name="objection")
    text = models.TextField()
    by_id = models.BigIntegerField(null=True)
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()
    reply = models.TextField(blank=True)
    agreed = models.BooleanField(null=True)
    replied_by_name = models.CharField(max_length=200, blank=True)
    replied_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(replied_at__isnull=True, agreed__isnull=True, reply="")
                | (Q(replied_at__isnull=False, agreed__isnull=False) & ~Q(reply="")),
                name="indices_objection_answered_wholly",
            )
        ]


class Remark(models.Model):
    """Trao đổi về một tiêu chí."""

    answer = models.ForeignKey(Answer, models.PROTECT, related_name="remarks")
    text = models.TextField()
    by_id = models.BigIntegerField(null=True)
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()


class Reminder(models.Model):
    """Nhắc hạn: that an owner was told, once for each last day and each distance to it."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="reminders")
    owner = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    due_on = models.DateField()
    days_left = models.SmallIntegerField()
    told_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "owner", "due_on", "days_left"], name="indices_reminder_once")
        ]


class OfficialResult(models.Model):
    """Kết quả công bố: what a publisher said of one unit in one year, as published."""

    index = models.CharField(max_length=40)
    year = models.SmallIntegerField()
    unit = models.CharField(max_length=200)
    unit_key = models.CharField(max_length=200)
    score = models.DecimalField(max_digits=30, decimal_places=18, null=True)
    rank = models.DecimalField(max_digits=6, decimal_places=1, null=True)
    parts = models.JSONField(default=dict)
    source = models.CharField(max_length=300)
    sha256 = models.CharField(max_length=64)
    imported_by_id = models.BigIntegerField(null=True)
    imported_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["index", "year", "unit_key"], name="indices_official_once"),
            models.CheckConstraint(condition=~Q(source=""), name="indices_official_has_a_source"),
        ]


class Target(models.Model):
    """Mục tiêu: the score or the band of ranks an agency is to reach in one index and year (Quảng Nam, 05-TB/BCĐ, 25/8/2022)."""

    index = models.CharField(max_length=40)
    year = models.SmallIntegerField()
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    least_score = models.DecimalField(max_digits=20, decimal_places=10, null=True)
    best_rank = models.SmallIntegerField(null=True)
    worst_rank = models.SmallIntegerField(null=True)
    basis = models.CharField(max_length=300)
    set_by_id = models.BigIntegerField(null=True)
    set_by_name = models.CharField(max_length=200)
    set_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["index", "year", "agency"], name="indices_target_once"),
            models.CheckConstraint(
                condition=Q(least_score__isnull=False) | Q(worst_rank__isnull=False), name="indices_target_says_what"
            ),
            models.CheckConstraint(
                condition=Q(best_rank__isnull=True, worst_rank__isnull=True)
                | Q(best_rank__gte=1, worst_rank__gte=F("best_rank")),
                name="indices_target_band_in_order",
            ),
        ]

    @property
    def stream(self) -> str:
        """Its stream in the journal."""
        return f"indices.target:{self.pk}"


class QuarterCheck(models.Model):
    """Theo dõi mục tiêu hằng quý: where the agency stood at the end of a quarter, and what is done about it."""

    target = models.ForeignKey(Target, models.PROTECT, related_name="checks")
    quarter = models.SmallIntegerField()
    score = models.DecimalField(max_digits=20, decimal_places=10, null=True)
    rank = models.SmallIntegerField(null=True)
    note = models.TextField()
    by_id = models.BigIntegerField(null=True)
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["target", "quarter"], name="indices_quarter_once"),
            models.CheckConstraint(condition=Q(quarter__gte=1, quarter__lte=4), name="indices_quarter_of_a_year"),
        ]


class Effort(models.Model):
    """Công sức ước tính để một tiêu chí đạt điểm tối đa: days of work, as those who do it say."""

    unit = models.ForeignKey(JudgedUnit, models.PROTECT, related_name="efforts")
    criterion = models.CharField(max_length=60)
    days = models.DecimalField(max_digits=8, decimal_places=2)
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "criterion"], name="indices_effort_once"),
            models.CheckConstraint(condition=Q(days__gte=0), name="indices_effort_not_negative"),
        ]


class PointTask(models.Model):
    """Việc lấy lại điểm: a task that was proposed for a lost point, and the points as they were on that day."""

    answer = models.ForeignKey(Answer, models.PROTECT, related_name="tasks")
    task = models.OneToOneField(Task, models.PROTECT, related_name="+")
    points_before = models.DecimalField(max_digits=20, decimal_places=10)
    most = models.DecimalField(max_digits=20, decimal_places=10)
    proposed_by_name = models.CharField(max_length=200)
    proposed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(points_before__lt=F("most")), name="indices_point_task_for_a_lost_point")
        ]
