"""Dated practice: the thresholds of the red list, and who keeps the plans for the province."""

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.base import journal
from motcua.base.actors import Actor
from motcua.base.clock import day_of
from motcua.base.errors import Refused
from motcua.base.text import squeeze
from motcua.investments import rules
from motcua.investments.actions.planning import PROVINCE_STREAM, lock_plans
from motcua.investments.actions.projects import demand
from motcua.investments.events import RedLineDeclared, StewardNamed
from motcua.investments.models import RedLine, Steward
from motcua.investments.terms import Act, Basis
from motcua.organisations import queries as agencies


@transaction.atomic
def declare_red_line(
    since: date,
    *,
    basis: Basis,
    share_of_mean: Decimal | None,
    floor: Decimal | None,
    decision: str,
    by: Actor,
    at: datetime,
) -> RedLine:
    """From a day on, until the next declaration; what lists of earlier months show does not change."""
    lock_plans(0)
    demand(Act.DECLARE, by=by, at=at)
    decision = squeeze(decision)[:200]
    if found := rules.red_line_objections(share_of_mean=share_of_mean, floor=floor, decision=decision):
        raise Refused(found)
    during = _room(RedLine, since)
    made = RedLine.objects.create(
        during=during, basis=basis.value, share_of_mean=share_of_mean, floor=floor, decision=decision
    )
    event = RedLineDeclared(since=since, basis=basis.value, share_of_mean=share_of_mean, floor=floor, decision=decision)
    journal.record(event, stream=PROVINCE_STREAM, by=by, at=at)
    return made


@transaction.atomic
def name_steward(agency: int, *, since: date, decision: str, by: Actor, at: datetime) -> Steward:
    """From a day on this agency keeps projects, plans and thresholds for the province (as a rule Sở Tài chính)."""
    lock_plans(0)
    demand(Act.DECLARE, by=by, at=at)
    decision = squeeze(decision)[:200]
    found = [] if decision else [_("Ghi văn bản giao nhiệm vụ.")]
    if agencies.version_on(agency, max(since, day_of(at))) is None:
        found.append(_("Cơ quan này không hoạt động vào ngày ấy."))
    if found:
        raise Refused(found)
    made = Steward.objects.create(agency_id=agency, during=_room(Steward, since), decision=decision)
    event = StewardNamed(agency=agency, since=since, decision=decision)
    journal.record(event, stream=PROVINCE_STREAM, by=by, at=at)
    return made


def _room(model: type[RedLine] | type[Steward], since: date) -> tuple[date, date | None]:
    """The period from the day to the next version; what holds on that day ends before it."""
    rows = model._default_manager
    if rows.filter(during__startswith=since).exists():
        raise Refused(_("Đã có quy định bắt đầu từ ngày %(day)s.") % {"day": f"{since:%d/%m/%Y}"})
    later = rows.filter(during__startswith__gt=since).order_by("during").first()
    for before in rows.filter(during__contains=since):
        before.during = (before.during.lower, since)
        before.save(update_fields=["during"])
    return since, later.during.lower if later else None
