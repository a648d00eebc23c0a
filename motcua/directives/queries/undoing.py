"""What was done last to a proposal, and why it may not be taken back."""

from datetime import datetime

from django.utils.translation import gettext as _

from motcua.base.clock import day_of
from motcua.directives.models import Directive, Proposal, Task
from motcua.directives.terms import UNDECIDED, ProposalState, Reading, Status, Step
from motcua.organisations import queries as organisations

_DECIDED = {ProposalState.ACCEPTED: Step.ACCEPTED, ProposalState.REJECTED: Step.REJECTED}


def last_step(proposal: Proposal) -> Step | None:
    """The last thing a person did to it; None while it is as the reader saw it."""
    if decided := _DECIDED.get(ProposalState(proposal.state)):
        return decided
    return Step(proposal.past[-1]["step"]) if proposal.past and proposal.state in UNDECIDED else None


def objections_to_take_back(proposal: Proposal, directive: Directive, *, at: datetime) -> list[str]:
    """Every reason against taking the last step back; empty when it may be."""
    step = last_step(proposal)
    if step is None:
        return [_("Không có việc nào để lấy lại.")]
    if directive.state == Reading.READ and proposal.decided_at != directive.finished_at:
        return [_("Văn bản đã xem hết. Nhiệm vụ đã giao thì thu hồi ở trang của nhiệm vụ.")]
    match step:
        case Step.ACCEPTED:
            return _taken_up(proposal, at)
        case Step.SPLIT:
            parts = Proposal.objects.filter(origin=proposal.origin_id)
            if any(one.state not in UNDECIDED for one in parts):
                return [_("Một nhiệm vụ tách ra đã được quyết định. Lấy lại quyết định đó trước.")]
            return _given_once([one.pk for one in parts])
        case Step.MERGED | Step.ADDED:
            return _given_once([proposal.pk])
    return []


def _taken_up(proposal: Proposal, at: datetime) -> list[str]:
    taken = Task.objects.filter(proposal=proposal).exclude(status__in=[Status.ASSIGNED, Status.CANCELLED])
    names = organisations.names_on([one.lead_id for one in taken], day_of(at), short=True)
    told = _("%(lead)s đã nhận nhiệm vụ %(code)s. Thu hồi ở trang của nhiệm vụ.")
    return [told % {"lead": names[one.lead_id], "code": one.code} for one in taken[:5]]


def _given_once(proposals: list[int]) -> list[str]:
    """A proposal whose task stands in the book, be it cancelled, stays."""
    if Task.objects.filter(proposal__in=proposals).exists():
        return [_("Nhiệm vụ này đã từng được giao rồi thu hồi, nên không gộp hoặc tách lại được.")]
    return []
