"""Who answers for a criterion and who appraises it: many at once, each told in its own stream, the agency told once."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.base.actors import Actor
from motcua.base.clock import day_of
from motcua.base.errors import Refused
from motcua.indices.actions.making import begin_round, finish, tell_round
from motcua.indices.events import AppraiserAssigned, CriteriaAssigned, OwnerAssigned
from motcua.indices.models import Answer, Round
from motcua.indices.terms import Move
from motcua.organisations import queries as organisations


@transaction.atomic
def assign(answers: Iterable[Answer], *, owner: int, by: Actor, at: datetime) -> int:
    """Say which agency answers for these criteria (one round, one transaction); how many changed hands."""
    changed = 0
    round_, locked = _begin(Move.ASSIGN, answers, owner, by=by, at=at)
    for answer in locked:
        if answer.owner_id != owner:
            before = answer.owner_id or 0
            finish(answer, OwnerAssigned, by=by, at=at, changes={"owner_id": owner}, before=before)
            changed += 1
    return _tell(round_, owner, changed, appraising=False, by=by, at=at)


@transaction.atomic
def assign_appraiser(answers: Iterable[Answer], *, appraiser: int, by: Actor, at: datetime) -> int:
    """Say which agency appraises these criteria; no agency appraises what it answers for, but who runs the round may."""
    changed = 0
    round_, locked = _begin(Move.ASSIGN_JUDGE, answers, appraiser, by=by, at=at)
    own = [one.criterion for one in locked if one.owner_id == appraiser != round_.organiser_id]
    if own:
        raise Refused(
            _("Đơn vị phụ trách không tự thẩm định tiêu chí của mình: %s.") % ", ".join(dict.fromkeys(own[:12]))
        )
    for answer in locked:
        if answer.appraiser_id != appraiser:
            facts = {"appraiser": appraiser, "before": answer.appraiser_id or 0}
            finish(answer, AppraiserAssigned, by=by, at=at, changes={"appraiser_id": appraiser}, **facts)
            changed += 1
    return _tell(round_, appraiser, changed, appraising=True, by=by, at=at)


def _begin(
    move: Move, answers: Iterable[Answer], agency: int, *, by: Actor, at: datetime
) -> tuple[Round, list[Answer]]:
    """Lock the round and the answers, all in one order; see that the agency is there."""
    wanted = list(answers)
    if not wanted:
        raise Refused(_("Chọn ít nhất một tiêu chí."))
    if organisations.version_on(agency, day_of(at)) is None:
        raise Refused(_("Cơ quan được giao không còn hoạt động."))
    round_ = Round(pk=wanted[0].round_id)
    begin_round(move, round_, by=by, at=at)
    keys = [one.pk for one in wanted]
    locked = Answer.objects.select_for_update(of=("self",)).select_related("unit").filter(pk__in=keys, round=round_.pk)
    return round_, list(locked.order_by("pk"))


def _tell(round_: Round, agency: int, criteria: int, *, appraising: bool, by: Actor, at: datetime) -> int:
    if criteria:
        tell_round(round_, CriteriaAssigned, by=by, at=at, agency=agency, criteria=criteria, appraising=appraising)
    return criteria
