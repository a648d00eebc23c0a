"""What happens in the workbench. Points travel as decimals, reasons stay in the rows; no personal value among them."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from motcua.base.events import Event


@dataclass(frozen=True, kw_only=True)
class SetImported(Event):
    """A definition came in; it judges nobody before it is signed off."""

    set: int
    code: str
    version: str
    sha256: str
    example: bool


@dataclass(frozen=True, kw_only=True)
class SetSignedOff(Event):
    """A definition is the one in force for its years."""

    set: int
    code: str
    version: str
    sha256: str


@dataclass(frozen=True, kw_only=True)
class RoundEvent(Event):
    """Facts every event of a round carries."""

    round: int
    set: int
    year: int
    organiser: int
    stage: str


@dataclass(frozen=True, kw_only=True)
class RoundPrepared(RoundEvent):
    """A round was set up: its units and its dates."""

    units: int


@dataclass(frozen=True, kw_only=True)
class RoundMoved(RoundEvent):
    """The round went to another stage."""

    before: str


@dataclass(frozen=True, kw_only=True)
class CriteriaAssigned(RoundEvent):
    """Criteria went to an agency in one act, to answer or to appraise; each of them tells so in its own stream too."""

    agency: int
    criteria: int
    appraising: bool


@dataclass(frozen=True, kw_only=True)
class DeadlineExtended(RoundEvent):
    """The last day of a stage was moved."""

    field: str
    until: date


@dataclass(frozen=True, kw_only=True)
class RoundPublished(RoundEvent):
    """The results are closed: their hash is kept here."""

    units: int
    sha256: str


@dataclass(frozen=True, kw_only=True)
class AnswerEvent(Event):
    """Facts every event of one answer carries."""

    round: int
    answer: int
    unit: int
    criterion: str
    owner: int


@dataclass(frozen=True, kw_only=True)
class AppraiserAssigned(AnswerEvent):
    """Another agency appraises it."""

    appraiser: int
    before: int


@dataclass(frozen=True, kw_only=True)
class OwnerAssigned(AnswerEvent):
    """Another agency answers for this criterion."""

    before: int


@dataclass(frozen=True, kw_only=True)
class SelfScored(AnswerEvent):
    """The owner said how it stands."""

    points: Decimal | None = None


@dataclass(frozen=True, kw_only=True)
class FigureProposed(AnswerEvent):
    """A live figure was laid beside the answer."""

    measure: str
    as_of: date
    points: Decimal | None = None


@dataclass(frozen=True, kw_only=True)
class EvidenceAdded(AnswerEvent):
    """A paper, a task, a dossier or a figure that proves it."""

    evidence: int
    kind: str


@dataclass(frozen=True, kw_only=True)
class EvidenceRemoved(AnswerEvent):
    """Taken away by whoever had added it; the row is kept."""

    evidence: int


@dataclass(frozen=True, kw_only=True)
class PointsJudged(AnswerEvent):
    """Checked, appraised or decided: from how many points to how many."""

    stage: str
    before: Decimal | None = None
    points: Decimal | None = None


@dataclass(frozen=True, kw_only=True)
class ObjectionRaised(AnswerEvent):
    """The owner does not agree."""

    objection: int


@dataclass(frozen=True, kw_only=True)
class ObjectionAnswered(AnswerEvent):
    """The appraiser answered, and agreed or not."""

    objection: int
    agreed: bool


@dataclass(frozen=True, kw_only=True)
class AnswerDiscussed(AnswerEvent):
    """A comment was written."""

    remark: int


@dataclass(frozen=True, kw_only=True)
class ResultsImported(Event):
    """Official results of one index and year came in."""

    index: str
    year: int
    units: int
    sha256: str


@dataclass(frozen=True, kw_only=True)
class TargetSet(Event):
    """A score or a band of ranks was promised for a year, or promised anew."""

    target: int
    index: str
    year: int
    agency: int
    least_score: Decimal | None = None
    best_rank: int | None = None
    worst_rank: int | None = None


@dataclass(frozen=True, kw_only=True)
class QuarterChecked(Event):
    """Where the agency stood after a quarter."""

    target: int
    quarter: int
    score: Decimal | None = None
    rank: int | None = None


@dataclass(frozen=True, kw_only=True)
class EffortsSaid(Event):
    """Those who do it said how many days of work some criteria would cost."""

    round: int
    unit: int
    criteria: int


@dataclass(frozen=True, kw_only=True)
class PointTaskProposed(AnswerEvent):
    """A lost point became a task of its owner."""

    task: str
    points: Decimal
    most: Decimal
