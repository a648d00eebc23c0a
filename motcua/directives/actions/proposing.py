"""A person decides about proposed tasks: yes, yes with changes, two of one, one of two, no."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.base import journal
from motcua.base.actors import Actor
from motcua.base.clock import day_of
from motcua.base.errors import Conflict, Refused
from motcua.base.text import squeeze, unaccented
from motcua.directives.actions.giving import give_for, leads_of
from motcua.directives.actions.making import need_words
from motcua.directives.actions.reading import flags_of, lock, undecided_of
from motcua.directives.actions.writing import TaskIn
from motcua.directives.events import (
    DirectiveFinished,
    ProposalAccepted,
    ProposalEdited,
    ProposalRejected,
    ProposalsMerged,
    ProposalSplit,
)
from motcua.directives.models import Directive, Proposal, Task
from motcua.directives.terms import UNDECIDED, Field, GivenBy, Kind, ProposalState, Reading, Recurrence, Step, Urgency
from motcua.organisations import queries as organisations
from motcua.people.models import Person


@dataclass(frozen=True, kw_only=True)
class ProposalIn:
    """What a person writes into a proposal; None leaves a field as it is."""

    title: str | None = None
    lead: tuple[int, ...] | None = None
    partners: tuple[int, ...] | None = None
    due_on: date | None = None
    no_due: bool = False
    """Take the day away."""
    recurrence: Recurrence | None = None
    target: str | None = None
    start: int | None = None
    end: int | None = None


@transaction.atomic
def edit_proposal(proposal: Proposal, change: ProposalIn, *, by: Actor, at: datetime) -> None:
    """Change a proposed task; it still waits for a yes."""
    row = _lock(proposal, by=by, at=at)
    before = _remembered(proposal)
    fields = _apply(proposal, change, row, at)
    if not fields:
        raise Refused(_("Không có gì thay đổi."))
    proposal.past = [*proposal.past, {"step": Step.EDITED, "state": proposal.state, "values": before}]
    proposal.state = ProposalState.EDITED
    proposal.flags = flags_of(proposal, row)
    proposal.save()
    event = ProposalEdited(directive=row.pk, proposal=proposal.pk, fields=tuple(fields))
    journal.record(event, stream=row.stream, by=by, at=at)


@transaction.atomic
def add_proposal(directive: Directive, change: ProposalIn, *, by: Actor, at: datetime) -> Proposal:
    """A task that the reader did not see, marked in the text by a person."""
    row = lock(directive, by=by, at=at)
    if change.start is None or change.end is None:
        raise Refused(_("Chọn đoạn văn bản của nhiệm vụ."))
    words = row.text[change.start : change.end]
    before = Proposal.objects.filter(directive=row, start__lte=change.start).order_by("-no", "-pk").first()
    proposal = Proposal(
        directive=row,
        no=before.no if before else 0,
        title=squeeze(words)[:2000],
        start=0,
        end=0,
        state=ProposalState.EDITED,
        past=[{"step": Step.ADDED, "state": ProposalState.EDITED}],
    )
    _apply(proposal, change, row, at)
    if not proposal.title:
        raise Refused(_("Ghi nội dung nhiệm vụ."))
    proposal.flags = flags_of(proposal, row)
    proposal.save()
    recount(row, by=by, at=at)
    event = ProposalEdited(directive=row.pk, proposal=proposal.pk, fields=("added",))
    journal.record(event, stream=row.stream, by=by, at=at)
    return proposal


def _apply(proposal: Proposal, change: ProposalIn, row: Directive, at: datetime) -> list[str]:
    """Put the values in; the names of what changed."""
    day = row.issued_on or day_of(at)
    values: dict[str, Any] = {}
    if change.title is not None:
        values["title"] = squeeze(need_words(change.title, _("nội dung nhiệm vụ")))
    if change.lead is not None:
        values["lead"] = _parties(change.lead, proposal.lead, day)
    if change.partners is not None:
        values["partners"] = _parties(change.partners, proposal.partners, day)
    if change.no_due or change.due_on is not None:
        values["due_on"] = None if change.no_due else change.due_on
        values["due_words"] = "" if change.no_due else proposal.due_words
    if change.recurrence is not None:
        values["recurrence"] = change.recurrence
    if change.target is not None:
        values["target"] = squeeze(change.target)[:500]
    if change.start is not None and change.end is not None:
        if not 0 <= change.start < change.end <= len(row.text):
            raise Refused(_("Đoạn văn bản đã chọn không nằm trong văn bản."))
        values["start"], values["end"] = change.start, change.end
    changed = [name for name, value in values.items() if getattr(proposal, name) != value]
    for name in changed:
        setattr(proposal, name, values[name])
    return changed


def _parties(agencies: Sequence[int], before: Sequence[Mapping[str, Any]], day: date) -> list[dict[str, Any]]:
    """The agencies a person chose; what was printed stays beside each that was resolved from it."""
    printed = {one: str(party["printed"]) for party in before for one in party["agencies"] if not party["group"]}
    unsolved = [str(party["printed"]) for party in before if not party["agencies"]]
    found = []
    for one in dict.fromkeys(agencies):
        name = printed.get(one) or (unsolved.pop(0) if unsolved else organisations.name_on(one, day))
        if not name:
            raise Refused(_("Không có cơ quan này trong danh sách."))
        found.append({"printed": name, "agencies": [one], "group": "", "sentence": "", "suggested": []})
    return found


@transaction.atomic
def reject_proposal(proposal: Proposal, *, reason: str, by: Actor, at: datetime) -> None:
    """This is no task, and why."""
    row = _lock(proposal, by=by, at=at)
    reason = need_words(reason, _("lý do bỏ"))
    _decide(proposal, ProposalState.REJECTED, by=by, at=at, reason=reason)
    journal.record(ProposalRejected(directive=row.pk, proposal=proposal.pk), stream=row.stream, by=by, at=at)
    recount(row, by=by, at=at)


@transaction.atomic
def split_proposal(proposal: Proposal, parts: Sequence[ProposalIn], *, by: Actor, at: datetime) -> list[Proposal]:
    """One proposed task was two or more; what a part does not say it takes from the whole."""
    row = _lock(proposal, by=by, at=at)
    if len(parts) < 2:
        raise Refused(_("Tách thành ít nhất hai nhiệm vụ."))
    if len(parts) > 20:
        raise Refused(_("Tách thành nhiều nhất 20 nhiệm vụ."))
    if any(not (one.title or "").strip() for one in parts):
        raise Refused(_("Ghi nội dung của từng nhiệm vụ sau khi tách."))
    made = []
    for number, part in enumerate(parts, start=1):
        one = _copy(proposal, no=proposal.no + number, anchor=f"{proposal.anchor}.{number}"[:40])
        one.origin, one.past = proposal, [{"step": Step.SPLIT, "state": ProposalState.EDITED}]
        _apply(one, part, row, at)
        one.flags = flags_of(one, row)
        one.save(force_insert=True)
        made.append(one)
    _decide(proposal, ProposalState.SPLIT, by=by, at=at)
    event = ProposalSplit(directive=row.pk, proposal=proposal.pk, into=tuple(one.pk for one in made))
    journal.record(event, stream=row.stream, by=by, at=at)
    recount(row, by=by, at=at)
    return made


@transaction.atomic
def merge_proposals(proposals: Sequence[Proposal], *, title: str = "", by: Actor, at: datetime) -> Proposal:
    """Several proposed tasks of one document were one: the first lead, all partners, the latest day."""
    if len(proposals) < 2 or len({one.directive_id for one in proposals}) != 1:
        raise Refused(_("Chọn ít nhất hai nhiệm vụ của cùng một văn bản để gộp."))
    row = lock(proposals[0].directive, by=by, at=at)
    chosen = sorted((_fresh(one) for one in proposals), key=lambda one: (one.start, one.no, one.pk))
    if len({one.pk for one in chosen}) != len(chosen):
        raise Refused(_("Một nhiệm vụ được chọn hai lần."))
    first = chosen[0]
    one = _copy(first, no=first.no, anchor=first.anchor)
    one.title = squeeze(title) or "; ".join(each.title.rstrip(" .;") for each in chosen)[:2000]
    one.end = max(each.end for each in chosen)
    one.due_on = max((each.due_on for each in chosen if each.due_on), default=None)
    one.lead = first.lead
    one.partners = _together(
        [*first.partners, *(p for each in chosen[1:] for p in (*each.lead, *each.partners))], one.lead
    )
    one.past = [{"step": Step.MERGED, "state": ProposalState.EDITED}]
    one.flags = flags_of(one, row)
    one.save(force_insert=True)
    for each in chosen:
        each.merged_into = one
        _decide(each, ProposalState.MERGED, by=by, at=at)
    event = ProposalsMerged(directive=row.pk, proposals=tuple(each.pk for each in chosen), into=one.pk)
    journal.record(event, stream=row.stream, by=by, at=at)
    recount(row, by=by, at=at)
    return one


def _together(parties: Sequence[dict[str, Any]], lead: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    known = {unaccented(party["printed"]) for party in lead}
    found = {unaccented(party["printed"]): party for party in reversed(parties)}
    return [party for name, party in reversed(found.items()) if name not in known]


def _copy(proposal: Proposal, *, no: int, anchor: str) -> Proposal:
    return Proposal(
        directive_id=proposal.directive_id,
        no=no,
        anchor=anchor,
        state=ProposalState.EDITED,
        **{
            name: getattr(proposal, name)
            for name in (
                *("title", "start", "end", "lead_words", "partner_words", "lead", "partners"),
                *("due_words", "due_on", "recurrence", "target", "why"),
            )
        },
    )


@transaction.atomic
def accept_proposal(
    proposal: Proposal,
    *,
    follower: int | None = None,
    field: Field = Field.OTHER,
    urgency: Urgency = Urgency.NORMAL,
    given_by: GivenBy | None = None,
    giver_person: int | None = None,
    product: str = "",
    figure_code: str = "",
    figure_target: Decimal | None = None,
    due_day: int | None = None,
    until: date | None = None,
    public: bool = False,
    by: Actor,
    at: datetime,
) -> list[Task]:
    """A person's yes: one task for each lead (a group becomes its members), each linked to the document and the proposal."""
    row = _lock(proposal, by=by, at=at)
    wishes = wishes_of(
        proposal,
        row,
        day=day_of(at),
        follower=follower,
        field=field,
        urgency=urgency,
        given_by=given_by or GivenBy(row.given_by),
        giver_person=giver_person,
        product=product,
        figure_code=figure_code,
        figure_target=figure_target,
        due_day=due_day,
        until=until,
        public=public,
    )
    tasks = [give_for(row.holder_id, one, by=by, at=at) for one in wishes]
    became(proposal, row, [one.pk for one in tasks], by=by, at=at)
    return tasks


def wishes_of(proposal: Proposal, row: Directive, *, day: date, **more: Any) -> list[TaskIn]:
    """What a yes would give: one wish for each lead as it stands on that day; `Refused` where a yes cannot be said yet."""
    leads = leads_of(proposal.lead, day)
    _check_acceptable(proposal, row, leads)
    partners = leads_of(proposal.partners, day)
    kind = _kind_of(proposal)
    common = TaskIn(
        title=proposal.title,
        lead=None,
        kind=kind,
        due_on=proposal.due_on if kind is Kind.DATED else None,
        recurrence=Recurrence(proposal.recurrence),
        given_on=row.issued_on,
        content=squeeze(row.text[proposal.start : proposal.end]),
        target=proposal.target,
        partner_words="; ".join(str(one["printed"]) for one in proposal.partners if not one["agencies"]),
        directive=row,
        proposal=proposal,
        anchor=proposal.anchor,
        **more,
    )
    return [
        replace(common, lead=lead, partners=tuple(one for one in partners if one != lead and one not in leads))
        for lead in leads
    ]


def became(proposal: Proposal, row: Directive, tasks: Sequence[int], *, by: Actor, at: datetime) -> None:
    """The proposal is decided; with the last one the document is read."""
    _decide(proposal, ProposalState.ACCEPTED, by=by, at=at)
    event = ProposalAccepted(directive=row.pk, proposal=proposal.pk, tasks=tuple(tasks))
    journal.record(event, stream=row.stream, by=by, at=at)
    recount(row, by=by, at=at)


def _check_acceptable(proposal: Proposal, row: Directive, leads: Sequence[int]) -> None:
    found = []
    if row.issued_on is None or not row.number:
        found.append(_("Văn bản chưa có số hoặc ngày ban hành. Ghi số, ngày trước."))
    unsolved = [party for party in proposal.lead if not party["agencies"]]
    if not proposal.lead:
        found.append(_("Nhiệm vụ %(no)s chưa có cơ quan chủ trì.") % {"no": proposal.anchor or proposal.no})
    for party in unsolved:
        found.append(party["sentence"] or _("Chưa rõ “%(name)s” là cơ quan nào.") % {"name": party["printed"]})
    if proposal.lead and not unsolved and not leads:
        found.append(_("Cơ quan chủ trì đã kết thúc, không có cơ quan kế thừa. Chọn cơ quan khác."))
    if proposal.due_on is not None and row.issued_on is not None and proposal.due_on < row.issued_on:
        found.append(_("Hạn %(day)s trước ngày văn bản.") % {"day": f"{proposal.due_on:%d/%m/%Y}"})
    if found:
        raise Refused(found)


def _kind_of(proposal: Proposal) -> Kind:
    if proposal.recurrence != Recurrence.NONE:
        return Kind.RECURRING
    if proposal.due_on is not None:
        return Kind.DATED
    return Kind.CONSTANT if "thuong xuyen" in unaccented(proposal.due_words) else Kind.OPEN_ENDED


# Under the lock of the document


def _lock(proposal: Proposal, *, by: Actor, at: datetime) -> Directive:
    """The document under a lock and the proposal as it is now, undecided; else `Refused`."""
    row = lock(proposal.directive, by=by, at=at)
    _fresh(proposal)
    return row


def _fresh(proposal: Proposal) -> Proposal:
    known = Proposal.objects.get(pk=proposal.pk)
    proposal.__dict__.update(known.__dict__)
    if proposal.state not in UNDECIDED:
        name = Person.objects.filter(pk=proposal.decided_by_id or 0).values_list("full_name", flat=True).first()
        told = {"name": name or _("Hệ thống"), "state": ProposalState(proposal.state).label}
        raise Conflict(_("%(name)s đã quyết định nhiệm vụ đề xuất này: %(state)s.") % told)
    return proposal


def _decide(proposal: Proposal, state: ProposalState, *, by: Actor, at: datetime, reason: str = "") -> None:
    proposal.past = [*proposal.past, {"step": state, "state": proposal.state}]
    proposal.state, proposal.decided_by_id, proposal.decided_at, proposal.reason = state, by.id, at, reason
    proposal.save(update_fields=["state", "decided_by", "decided_at", "reason", "merged_into", "past"])


def _remembered(proposal: Proposal) -> dict[str, Any]:
    """What an edit may change, as it stands now, in the form that a document keeps."""
    names = ("title", "start", "end", "lead", "partners", "due_words", "due_on", "recurrence", "target")
    kept = {name: getattr(proposal, name) for name in names}
    return {**kept, "due_on": proposal.due_on.isoformat() if proposal.due_on else None}


def recount(row: Directive, *, by: Actor, at: datetime) -> None:
    """How many still wait; with the last one the document is read."""
    row.undecided = undecided_of(row)
    done = row.undecided == 0
    was_done = row.state == Reading.READ
    row.state, row.finished_at = (Reading.READ, at) if done else (Reading.READING, None)
    row.save(update_fields=["undecided", "state", "finished_at"])
    if done and not was_done:
        tasks = Task.objects.filter(directive=row).count()
        journal.record(DirectiveFinished(directive=row.pk, tasks=tasks), stream=row.stream, by=by, at=at)
