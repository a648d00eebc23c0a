"""What happens to a dossier. Each event carries the facts that figures are counted from, and no personal value."""

from dataclasses import dataclass
from datetime import datetime

from motcua.base.events import Event


@dataclass(frozen=True, kw_only=True)
class DossierEvent(Event):
    """The common facts: what was asked of whom, where it stands after the event, by when it is due, and what it left.

    `was_status`, `was_holding`, `was_due_at` tell the state before, `held_minutes` the working time of the office that gives
    it away against the `given_minutes` of its step, `took_minutes` at the end the working time since receipt without the
    applicant's own. An entry is complete: figures are counted from it alone.
    """

    dossier: int
    procedure: str
    version: int
    case: str
    channel: str
    root: int
    receiving: int
    deciding: int
    holding: int
    status: str
    turn: str
    step: int
    due_at: datetime | None = None
    papers: int = 0
    digitised: int = 0
    fee_vnd: int = 0
    payment: str = "none"
    payment_way: str = ""
    received_at: datetime | None = None
    finished_at: datetime | None = None
    supplements: int = 0
    was_status: str = ""
    was_holding: int | None = None
    was_due_at: datetime | None = None
    held_minutes: int | None = None
    given_minutes: int | None = None
    took_minutes: int | None = None


@dataclass(frozen=True, kw_only=True)
class DossierSubmitted(DossierEvent):
    """The applicant, or a clerk for them, handed in an application; nothing is promised yet."""


@dataclass(frozen=True, kw_only=True)
class DossierReceived(DossierEvent):
    """The one-stop accepted it as complete, gave the official code, and the clock began (M01)."""

    code: str
    at_once: bool = False


@dataclass(frozen=True, kw_only=True)
class ReceptionCorrected(DossierEvent):
    """A wrong reception was put right before hand-over; the old version is kept."""

    kept: int


@dataclass(frozen=True, kw_only=True)
class DossierRefused(DossierEvent):
    """Not accepted, with a written reason (M03)."""

    slip: str


@dataclass(frozen=True, kw_only=True)
class SupplementDrafted(DossierEvent):
    """A specialist asks the leader to sign a request for more papers."""

    supplement: int


@dataclass(frozen=True, kw_only=True)
class SupplementDropped(DossierEvent):
    """The leader did not sign the request; the clock never stopped."""

    supplement: int


@dataclass(frozen=True, kw_only=True)
class SupplementAsked(DossierEvent):
    """More is needed (M02): before receipt by the one-stop, later signed by the leader, and then the clock stops."""

    supplement: int
    slip: str
    before_receipt: bool
    answer_by: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class SupplementAnswered(DossierEvent):
    """The applicant brought what was missing; a stopped clock goes on or restarts."""

    supplement: int
    before_receipt: bool
    answer_channel: str


@dataclass(frozen=True, kw_only=True)
class DossierHandedOver(DossierEvent):
    """The one-stop gave it to the unit that works on it; a line of the control slip M06."""

    from_step: int


@dataclass(frozen=True, kw_only=True)
class DossierAssigned(DossierEvent):
    """A head gave it to one person."""

    assignee: int


@dataclass(frozen=True, kw_only=True)
class StepTaken(DossierEvent):
    """It went one step further along the route."""

    from_step: int


@dataclass(frozen=True, kw_only=True)
class StepSentBack(DossierEvent):
    """It went back to an earlier step, with a reason."""

    from_step: int


@dataclass(frozen=True, kw_only=True)
class ResultSubmitted(DossierEvent):
    """A drafted result lies before the leader."""

    from_step: int
    favourable: bool


@dataclass(frozen=True, kw_only=True)
class ResultGivenBack(DossierEvent):
    """The leader did not sign and said why."""

    from_step: int


@dataclass(frozen=True, kw_only=True)
class ResultSigned(DossierEvent):
    """Decided, signed and numbered: the end of the clock (QĐ 766/QĐ-TTg)."""

    from_step: int
    favourable: bool
    outcome: str
    signed_electronically: bool


@dataclass(frozen=True, kw_only=True)
class DossierExtended(DossierEvent):
    """An apology and one new date (M04)."""

    slip: str
    old_due_at: datetime
    late: bool


@dataclass(frozen=True, kw_only=True)
class DueMoved(DossierEvent):
    """The calendar changed, and with it the due moment: by law only working days count."""

    document: str


@dataclass(frozen=True, kw_only=True)
class DossierTakenOver(DossierEvent):
    """An office of the dossier ended; the one that took over goes on with it."""

    was_receiving: int
    was_deciding: int
    was_unit: int


@dataclass(frozen=True, kw_only=True)
class HeirChosen(Event):
    """An administrator said who goes on with the open dossiers of an ended office."""

    office: int
    heir: int


@dataclass(frozen=True, kw_only=True)
class DossierWithdrawn(DossierEvent):
    """The applicant took it back before the decision (M05)."""

    slip: str
    outcome: str


@dataclass(frozen=True, kw_only=True)
class DossierStopped(DossierEvent):
    """The agency ended it on a legal ground (M05)."""

    slip: str
    outcome: str


@dataclass(frozen=True, kw_only=True)
class DossierClosed(DossierEvent):
    """Nobody answered the request for more papers in time (M05)."""

    slip: str
    outcome: str


@dataclass(frozen=True, kw_only=True)
class ResultReturned(DossierEvent):
    """The applicant has the result."""

    way: str


@dataclass(frozen=True, kw_only=True)
class DossierRated(DossierEvent):
    """The applicant said how it went; never forced, never a condition. `outcome` is how it had ended, empty if refused."""

    score: int
    outcome: str


@dataclass(frozen=True, kw_only=True)
class FeePaid(DossierEvent):
    """The fee was taken and a numbered receipt given."""

    amount_vnd: int
    receipt: str


@dataclass(frozen=True, kw_only=True)
class PaperAttached(DossierEvent):
    """An electronic copy was added to one of the papers."""

    paper: int
    file: int
