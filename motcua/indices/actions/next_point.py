"""From a lost point to a task of its owner; what it would cost to win it back; targets for a year and their quarters."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.base import journal
from motcua.base.actors import Actor
from motcua.base.clock import day_of
from motcua.base.errors import Refused
from motcua.base.text import squeeze
from motcua.directives import actions as directives
from motcua.directives.terms import OPEN
from motcua.indices.actions.making import tell
from motcua.indices.events import EffortsSaid, PointTaskProposed, QuarterChecked, TargetSet
from motcua.indices.models import Answer, Effort, JudgedUnit, PointTask, QuarterCheck, Round, Target
from motcua.indices.queries.next_point import about
from motcua.indices.queries.rounds import agencies_of
from motcua.indices.queries.targets import target_objections
from motcua.indices.rules.rounds import LEADING, WORKING
from motcua.organisations import queries as organisations

MOST_DAYS: Final = Decimal(10_000)


@transaction.atomic
def propose_task(
    answer: Answer,
    *,
    title: str,
    points_before: Decimal,
    most: Decimal,
    due: date | None,
    content: str = "",
    by: Actor,
    at: datetime,
) -> PointTask:
    """Ask the owner of a criterion to win a lost point back: a task it accepts or refuses like any other.

    The points of that day are kept, so that the next measure shows whether the task helped. While one such task is under
    way, it is the answer.
    """
    locked = Answer.objects.select_for_update(of=("self",)).select_related("unit", "round").get(pk=answer.pk)
    _check_giver(locked, by, at)
    if locked.owner_id is None:
        raise Refused(_("Tiêu chí %s chưa có đơn vị phụ trách. Giao đơn vị phụ trách trước.") % locked.criterion)
    if points_before >= most:
        raise Refused(_("Tiêu chí %s đã đạt điểm tối đa.") % locked.criterion)
    under_way = PointTask.objects.filter(answer=locked, task__status__in=sorted(OPEN)).select_related("task").first()
    if under_way is not None:
        return under_way
    task = directives.propose(
        about=about(locked),
        owner=locked.owner_id,
        due=due,
        title=title,
        content=content,
        giver=locked.round.organiser_id,
        by=by,
        at=at,
    )
    kept = PointTask.objects.create(
        answer=locked,
        task=task,
        points_before=points_before,
        most=most,
        proposed_by_name=str(by),
        proposed_at=at,
    )
    tell(locked, PointTaskProposed, by=by, at=at, task=task.code, points=points_before, most=most)
    return kept


def _check_giver(answer: Answer, by: Actor, at: datetime) -> None:
    if found := proposing_objections(answer.round, by, at):
        raise Refused(found)


def proposing_objections(round_: Round, by: Actor, at: datetime) -> list[str]:
    """Why this person may not ask owners for tasks; empty when they may: people of whoever runs the round."""
    if by.id is None:
        return []
    own = {*agencies_of(by, day_of(at)), by.agency}
    if round_.organiser_id not in own:
        return [_("Việc này của cơ quan chủ trì đợt đánh giá.")]
    if not WORKING & {str(role) for role in by.roles}:
        return [_("Vai trò của bạn không làm việc này.")]
    return []


@transaction.atomic
def say_efforts(unit: JudgedUnit, days: Mapping[str, Decimal | None], *, by: Actor, at: datetime) -> None:
    """How many days of work some criteria of a unit would cost; None goes back to the usual ones."""
    known = set(Answer.objects.filter(unit=unit).values_list("criterion", flat=True))
    found = [_("Không có tiêu chí %s.") % code[:60] for code in sorted(set(days) - known)]
    for code, value in sorted(days.items()):
        if value is not None and not 0 <= value <= MOST_DAYS:
            found.append(_("Tiêu chí %s: ngày công phải từ 0 đến 10.000.") % code)
    if found:
        raise Refused(found)
    Effort.objects.filter(unit=unit, criterion__in=[code for code, value in days.items() if value is None]).delete()
    rows = [
        Effort(unit=unit, criterion=code, days=value, by_name=str(by), at=at)
        for code, value in days.items()
        if value is not None
    ]
    Effort.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["unit", "criterion"], update_fields=["days", "by_name", "at"]
    )
    event = EffortsSaid(round=unit.round_id, unit=unit.agency_id, criteria=len(days))
    journal.record(event, stream=f"indices.round:{unit.round_id}", by=by, at=at)


@transaction.atomic
def set_target(
    *,
    index: str,
    year: int,
    agency: int,
    least_score: Decimal | None = None,
    best_rank: int | None = None,
    worst_rank: int | None = None,
    basis: str,
    by: Actor,
    at: datetime,
) -> Target:
    """Promise a score or a band of ranks for a year; the same index and year again changes the promise, which is journaled."""
    found = target_objections(least_score=least_score, best_rank=best_rank, worst_rank=worst_rank, basis=basis)
    if by.id is not None and not LEADING & {str(role) for role in by.roles}:
        found.append(_("Chỉ lãnh đạo cơ quan được đặt mục tiêu."))
    if by.id is not None and not _stands_for(agency, by, at):
        found.append(_("Chỉ đặt mục tiêu cho cơ quan của mình hoặc cơ quan cấp dưới."))
    if found:
        raise Refused(found)
    target, _made = Target.objects.update_or_create(
        index=index,
        year=year,
        agency_id=agency,
        defaults={
            "least_score": least_score,
            "best_rank": best_rank or (1 if worst_rank else None),
            "worst_rank": worst_rank,
            "basis": squeeze(basis)[:300],
            "set_by_id": by.id,
            "set_by_name": str(by),
            "set_at": at,
        },
    )
    event = TargetSet(
        target=target.pk,
        index=index,
        year=year,
        agency=agency,
        least_score=least_score,
        best_rank=target.best_rank,
        worst_rank=worst_rank,
    )
    journal.record(event, stream=target.stream, by=by, at=at)
    return target


def seen_targets_of(by: Actor, at: datetime) -> list[int]:
    """The agencies whose targets concern a person: their own house first, those above it, and those below."""
    if by.agency is None:
        return []
    own = agencies_of(by, day_of(at)) or [by.agency]
    above = [one.agency for one in organisations.ancestors(own[-1], day_of(at))]
    below = organisations.subtree_ids(own[-1], day_of(at))
    return list(dict.fromkeys([own[-1], *own, *above, *below]))


def _stands_for(agency: int, by: Actor, at: datetime) -> bool:
    own = agencies_of(by, day_of(at)) or ([by.agency] if by.agency else [])
    if by.agency is not None and by.agency not in own:
        own = [by.agency, *own]
    above = {one.agency for one in organisations.ancestors(agency, day_of(at))}
    return agency in own or bool(above & set(own))


@transaction.atomic
def check_quarter(
    target: Target,
    *,
    quarter: int,
    note: str,
    score: Decimal | None = None,
    rank: int | None = None,
    by: Actor,
    at: datetime,
) -> QuarterCheck:
    """Write down where the agency stands after a quarter and what is done about it; the same quarter again mends it."""
    found = []
    if not 1 <= quarter <= 4:
        found.append(_("Quý phải từ 1 đến 4."))
    if not squeeze(note):
        found.append(_("Ghi đã làm gì, sẽ làm gì."))
    if score is None and rank is None:
        found.append(_("Ghi điểm hoặc hạng ước đến cuối quý."))
    if 1 <= quarter <= 4 and (target.year, 3 * quarter - 2) > (day_of(at).year, day_of(at).month):
        found.append(_("Quý này chưa bắt đầu."))
    if by.id is not None and not (WORKING & {str(role) for role in by.roles} and _stands_for(target.agency_id, by, at)):
        found.append(_("Chỉ cán bộ của cơ quan có mục tiêu, hoặc cơ quan cấp trên, được cập nhật."))
    if found:
        raise Refused(found)
    check, _made = QuarterCheck.objects.update_or_create(
        target=target,
        quarter=quarter,
        defaults={
            "score": score,
            "rank": rank,
            "note": note.strip(),
            "by_id": by.id,
            "by_name": str(by),
            "at": at,
        },
    )
    journal.record(
        QuarterChecked(target=target.pk, quarter=quarter, score=score, rank=rank), stream=target.stream, by=by, at=at
    )
    return check
