"""What happens to directives and tasks. Each event carries the facts that figures are counted from, and no personal value."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from motcua.base.events import Event


@dataclass(frozen=True, kw_only=True)
class DirectiveReadIn(Event):
    """A document was read; its tasks are only proposed."""

    directive: int
    holder: int
    number: str
    issued_on: date | None = None
    proposals: int


@dataclass(frozen=True, kw_only=True)
class DirectiveHeaderCorrected(Event):
    """A person put number, date or issuer of a document right; names were looked up anew."""

    directive: int
    number: str
    issued_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class DirectiveFinished(Event):
    """Somebody has decided about every proposed task of the document."""

    directive: int
    tasks: int


@dataclass(frozen=True, kw_only=True)
class ProposalEdited(Event):
    """A person changed a proposed task before saying yes."""

    directive: int
    proposal: int
    fields: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class ProposalAccepted(Event):
    """A person said yes: the proposed task became one task for each lead."""

    directive: int
    proposal: int
    tasks: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class ProposalRejected(Event):
    """A person said that this is no task."""

    directive: int
    proposal: int


@dataclass(frozen=True, kw_only=True)
class ProposalSplit(Event):
    """One proposed task was two or more."""

    directive: int
    proposal: int
    into: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class ProposalsMerged(Event):
    """Several proposed tasks were one."""

    directive: int
    proposals: tuple[int, ...]
    into: int


@dataclass(frozen=True, kw_only=True)
class ProposalTakenBack(Event):
    """What was done last to a proposed task (`step`) holds no more; it waits as before."""

    directive: int
    proposal: int
    step: str


@dataclass(frozen=True, kw_only=True)
class TaskEvent(Event):
    """The common facts: who must do it, by when, where it stands after the event."""

    task: int
    root: int
    giver: int
    lead: int
    given_by: str
    field: str
    status: str
    given_on: date
    due_on: date | None = None
    reported_on: date | None = None
    directive: int | None = None
    follower: int | None = None
    assignee: int | None = None
    top: bool = True


@dataclass(frozen=True, kw_only=True)
class TaskGiven(TaskEvent):
    """Given to its lead, with the partners; `about` points to what an app above asked it for."""

    code: str
    partners: tuple[int, ...] = ()
    parent: int | None = None
    series: int | None = None
    about: str = ""


@dataclass(frozen=True, kw_only=True)
class TaskAccepted(TaskEvent):
    """The lead took it."""


@dataclass(frozen=True, kw_only=True)
class TaskRefused(TaskEvent):
    """The lead says that it is not theirs, and why."""


@dataclass(frozen=True, kw_only=True)
class TaskReassigned(TaskEvent):
    """The giver gave it to another lead, or to the same once more."""

    from_lead: int
    partners: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class TaskAppointed(TaskEvent):
    """The lead named the person who works on it."""


@dataclass(frozen=True, kw_only=True)
class TaskUpdated(TaskEvent):
    """A word on how it goes."""

    progress: int


@dataclass(frozen=True, kw_only=True)
class TaskReported(TaskEvent):
    """The lead says that it is done and shows it; the day of this report decides whether it was in time."""

    report: int
    files: int


@dataclass(frozen=True, kw_only=True)
class TaskConfirmed(TaskEvent):
    """The giver agrees: finished."""


@dataclass(frozen=True, kw_only=True)
class TaskSentBack(TaskEvent):
    """The giver does not agree and says what is missing; the report counts as not made."""

    times: int


@dataclass(frozen=True, kw_only=True)
class ExtensionAsked(TaskEvent):
    """The lead asks for a later day, before the day has passed."""

    extension: int
    wanted_on: date


@dataclass(frozen=True, kw_only=True)
class ExtensionGranted(TaskEvent):
    """The giver agrees to a later day."""

    extension: int
    old_due_on: date | None = None
    times: int


@dataclass(frozen=True, kw_only=True)
class ExtensionDenied(TaskEvent):
    """The day stays as it is."""

    extension: int


@dataclass(frozen=True, kw_only=True)
class TaskSuspended(TaskEvent):
    """Put off: no day counts until it goes on."""


@dataclass(frozen=True, kw_only=True)
class TaskResumed(TaskEvent):
    """It goes on, by the day named."""


@dataclass(frozen=True, kw_only=True)
class TaskCancelled(TaskEvent):
    """The giver took it back."""


@dataclass(frozen=True, kw_only=True)
class TaskCorrected(TaskEvent):
    """What was written down wrongly was put right; the old words are kept with the note."""

    fields: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class TaskUrged(TaskEvent):
    """A reminder, a rung of the ladder, or a letter."""

    rung: str
    days: int
    urging: int


@dataclass(frozen=True, kw_only=True)
class UrgingAcknowledged(TaskEvent):
    """The lead has seen it."""

    urging: int


@dataclass(frozen=True, kw_only=True)
class TaskPublished(TaskEvent):
    """The giver lets everybody see what was promised, or no longer."""

    public: bool


@dataclass(frozen=True, kw_only=True)
class SeriesBegun(Event):
    """A recurring task: one task for each period from here on."""

    series: int
    giver: int
    lead: int
    recurrence: str
    since: date
    until: date | None = None


@dataclass(frozen=True, kw_only=True)
class SeriesEnded(Event):
    """No further period."""

    series: int
    until: date


@dataclass(frozen=True, kw_only=True)
class FigureRecorded(Event):
    """A declared figure had this value on that day; tasks that name its code show it."""

    code: str
    agency: int | None = None
    value: Decimal
    as_of: date


@dataclass(frozen=True, kw_only=True)
class LadderSet(Event):
    """When whom to remind, from a day on."""

    since: date
    decision: str
