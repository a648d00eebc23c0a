"""What was decided at the reading desk is taken back, one step at a time, until the document is finished."""

from datetime import datetime
from typing import Any, Final

from django.db import transaction

from motcua.base import journal
from motcua.base.actors import Actor
from motcua.base.clock import day_of
from motcua.base.errors import Refused
from motcua.directives.actions.making import finish
from motcua.directives.actions.proposing import recount
from motcua.directives.actions.reading import flags_of, lock
from motcua.directives.actions.telling import tell_lead
from motcua.directives.events import ProposalTakenBack, SeriesEnded, TaskCancelled
from motcua.directives.models import Directive, Proposal, Series, Task
from motcua.directives.queries.undoing import last_step, objections_to_take_back
from motcua.directives.terms import ProposalState, Status, Step

WHY: Final = "Văn phòng lấy lại quyết định ở bàn đọc văn bản"


@transaction.atomic
def take_back(proposal: Proposal, *, by: Actor, at: datetime) -> Proposal | None:
    """Undo the last step of this proposal; the proposal that waits again, None where the step had made it.

    A yes is taken back only while no agency has taken its task up: the task is cancelled and stays in the book.
    """
    row = lock(proposal.directive, by=by, at=at)
    proposal.__dict__.update(Proposal.objects.get(pk=proposal.pk).__dict__)
    if found := objections_to_take_back(proposal, row, at=at):
        raise Refused(found)
    step = last_step(proposal)
    after = _undo(step, proposal, row, by=by, at=at)
    event = ProposalTakenBack(directive=row.pk, proposal=proposal.pk, step=str(step))
    journal.record(event, stream=row.stream, by=by, at=at)
    recount(row, by=by, at=at)
    return after


def _undo(step: Step | None, proposal: Proposal, row: Directive, *, by: Actor, at: datetime) -> Proposal | None:
    match step:
        case Step.SPLIT if proposal.origin is not None:
            whole = proposal.origin
            Proposal.objects.filter(origin=whole).delete()
            return _restore(whole, row)
        case Step.MERGED:
            parts = list(Proposal.objects.filter(merged_into=proposal).order_by("start", "no", "pk"))
            for one in parts:
                _restore(one, row)
            Proposal.objects.filter(pk=proposal.pk).delete()
            return parts[0]
        case Step.ADDED:
            Proposal.objects.filter(pk=proposal.pk).delete()
            return None
        case Step.ACCEPTED:
            _cancel_tasks(proposal, by=by, at=at)
    return _restore(proposal, row)


def _restore(proposal: Proposal, row: Directive) -> Proposal:
    """As it was before the last step."""
    before: dict[str, Any] = proposal.past[-1] if proposal.past else {"state": ProposalState.PROPOSED}
    for name, value in (before.get("values") or {}).items():
        setattr(proposal, name, value)
    proposal.past = proposal.past[:-1]
    proposal.state, proposal.reason, proposal.merged_into = before["state"], "", None
    proposal.decided_at = proposal.decided_by = None
    proposal.save()
    proposal.refresh_from_db()
    proposal.flags = flags_of(proposal, row)
    proposal.save(update_fields=["flags"])
    return proposal


def _cancel_tasks(proposal: Proposal, *, by: Actor, at: datetime) -> None:
    """The tasks that a yes gave are taken back from agencies that have not taken them up."""
    for task in Task.objects.select_for_update(of=("self",)).filter(proposal=proposal, status=Status.ASSIGNED):
        changes = {"status": Status.CANCELLED, "closed_on": day_of(at), "asking": False}
        finish(task, TaskCancelled, by=by, at=at, changes=changes, note=WHY, talk=True)
        subject = f"Nhiệm vụ {task.code} đã thu hồi"
        tell_lead(task, subject, body=WHY, template="directives.cancelled", at=at)
    for one in Series.objects.select_for_update(of=("self",)).filter(proposal=proposal, until__isnull=True):
        one.until = max(day_of(at), one.since)
        one.save(update_fields=["until"])
        journal.record(SeriesEnded(series=one.pk, until=one.until), stream=one.stream, by=by, at=at)
