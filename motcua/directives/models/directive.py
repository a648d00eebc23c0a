"""A document that was read in, and the tasks that were read out of it: proposed, until a person decides."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from motcua.base.models import StoredFile
from motcua.base.refs import Ref
from motcua.directives.terms import GivenBy, ProposalState, Reading, Recurrence
from motcua.organisations.models import Agency
from motcua.people.models import Person


class Directive(models.Model):
    """Văn bản chỉ đạo: read in by `holder`, whose office follows what it asks; issued by whoever signed it.

    `text` is what the reader saw; proposals point into it by offsets. `remarks` is what a person should look at: a second
    document in the file, dates that no calendar holds, [{message, line}].
    """

    root = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    holder = models.ForeignKey(Agency, models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=20, default="khac")
    number = models.CharField(max_length=60, blank=True, default="")
    issued_on = models.DateField(null=True)
    issuer_name = models.CharField(max_length=300, blank=True, default="")
    issuer = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+")
    signer = models.CharField(max_length=200, blank=True, default="")
    title = models.TextField(blank=True, default="")
    given_by = models.CharField(max_length=20, choices=GivenBy.choices)
    text = models.TextField()
    remarks = models.JSONField(default=list)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=10, choices=Reading.choices, default=Reading.READING)
    undecided = models.IntegerField(default=0)
    """Proposals that nobody has decided about yet."""
    read_in_at = models.DateTimeField()
    read_in_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    finished_at = models.DateTimeField(null=True)
    search = models.TextField(default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["holder", "number", "issued_on"],
                condition=~Q(number="") & Q(issued_on__isnull=False),
                name="directives_document_read_in_once",
            ),
            models.CheckConstraint(condition=Q(state__in=Reading.values), name="directives_reading_known"),
            models.CheckConstraint(condition=~Q(text=""), name="directives_document_has_words"),
            models.CheckConstraint(
                condition=Q(state=Reading.READ, finished_at__isnull=False, undecided=0)
                | Q(state=Reading.READING, finished_at__isnull=True),
                name="directives_finished_when_all_decided",
            ),
        ]
        indexes = [models.Index(F("holder"), F("id").desc(), name="directives_by_holder")]

    def __str__(self) -> str:
        return self.label

    def get_absolute_url(self) -> str:
        return reverse("directives_desk:directive", args=[self.pk])

    @property
    def stream(self) -> str:
        """Its stream in the journal."""
        return f"directives.directive:{self.pk}"

    @property
    def ref(self) -> Ref:
        """The soft reference by which other apps speak of it."""
        return Ref("directives.directive", str(self.pk))

    @property
    def label(self) -> str:
        """What people call it: number and day."""
        day = f" ngày {self.issued_on:%d/%m/%Y}" if self.issued_on else ""
        return f"{self.number or 'Văn bản chưa rõ số'}{day}"


class Proposal(models.Model):
    """Nhiệm vụ đề xuất: what the reader, or a person at the desk, thinks the document asks of somebody.

    `lead_words` and `partner_words` are the names as printed. `lead` and `partners` say what they mean on the day of the
    document: [{printed, agencies, group, sentence, suggested}]. `start`–`end` is the stretch of the text, `why` the stretches
    that decided: {lead|coordinate|deadline: {words, start, end}}. `flags` are sentences for the person.
    """

    directive = models.ForeignKey(Directive, models.PROTECT, related_name="proposals")
    no = models.IntegerField()
    anchor = models.CharField(max_length=40, blank=True, default="")
    title = models.TextField()
    start = models.IntegerField()
    end = models.IntegerField()
    lead_words = models.JSONField(default=list)
    partner_words = models.JSONField(default=list)
    lead = models.JSONField(default=list)
    partners = models.JSONField(default=list)
    due_words = models.CharField(max_length=300, blank=True, default="")
    due_on = models.DateField(null=True)
    recurrence = models.CharField(max_length=12, choices=Recurrence.choices, default=Recurrence.NONE)
    target = models.CharField(max_length=500, blank=True, default="")
    why = models.JSONField(default=dict)
    flags = models.JSONField(default=list)
    state = models.CharField(max_length=10, choices=ProposalState.choices, default=ProposalState.PROPOSED)
    origin = models.ForeignKey("self", models.PROTECT, null=True, related_name="parts")
    """The proposal it was split from."""
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="merged_from")
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    reason = models.TextField(blank=True, default="")
    past = models.JSONField(default=list)
    """The steps of a person so far, oldest first, each with what stood before it: [{step, state, values}]."""

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ProposalState.values), name="directives_proposal_state_known"),
            models.CheckConstraint(
                condition=Q(start__gte=0, end__gte=F("start")), name="directives_proposal_stretch_in_order"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[ProposalState.PROPOSED, ProposalState.EDITED], decided_at__isnull=True)
                | ~Q(state__in=[ProposalState.PROPOSED, ProposalState.EDITED]) & Q(decided_at__isnull=False),
                name="directives_proposal_decided_has_a_moment",
            ),
            models.CheckConstraint(
                condition=~Q(state=ProposalState.REJECTED) | ~Q(reason=""), name="directives_rejection_has_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(state=ProposalState.MERGED, merged_into__isnull=False)
                | ~Q(state=ProposalState.MERGED) & Q(merged_into__isnull=True),
                name="directives_merged_names_into_what",
            ),
            models.CheckConstraint(condition=~Q(title=""), name="directives_proposal_has_words"),
        ]
        indexes = [models.Index(F("directive"), F("no"), F("id"), name="directives_proposals_in_order")]
