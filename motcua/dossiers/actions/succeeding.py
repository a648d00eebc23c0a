"""An agency ended: the one that took over goes on with its open dossiers, under the code and the date the applicant has."""

from collections.abc import Iterable, Mapping
from copy import copy
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.base import journal
from motcua.base.actors import SYSTEM, Actor
from motcua.base.clock import day_of
from motcua.base.errors import Refused
from motcua.base.language import in_vietnamese
from motcua.dossiers.actions.later import TAKE_OVER, later
from motcua.dossiers.actions.making import finish
from motcua.dossiers.actions.telling import tell_applicant
from motcua.dossiers.events import DossierTakenOver, HeirChosen
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries import orphans
from motcua.dossiers.queries.clocks import due_of
from motcua.dossiers.queries.offices import authority_of
from motcua.dossiers.terms import UNDER_CLOCK
from motcua.organisations import queries as organisations
from motcua.people import queries as people
from motcua.people.rules import allows
from motcua.people.terms import Permission


@transaction.atomic
@in_vietnamese()
def take_over(numbers: Iterable[int], *, at: datetime) -> int:
    """Give these dossiers to those that took the place of their ended offices; returns how many. Safe to run twice.

    A dossier of which one office is not clear yet waits whole, until an administrator has chosen.
    """
    chosen = orphans.chosen_heirs(day_of(at))
    rows = orphans.orphans(day_of(at)).filter(pk__in=list(numbers))
    locked = rows.select_for_update(of=("self",)).select_related("application").order_by("pk")
    return sum(_take_over(one, chosen, at=at) for one in locked)


def _take_over(dossier: Dossier, chosen: Mapping[int, int], *, at: datetime) -> bool:
    day = day_of(at)
    heirs = orphans.heirs_of(dossier, day, chosen)
    if not heirs:
        return False
    after = copy(dossier)
    for field, value in heirs.items():
        setattr(after, field, value)
    changes: dict[str, Any] = {**heirs, "root_id": organisations.root_of(after.deciding_id) or dossier.root_id}
    if dossier.assignee_id is not None and not _goes_on(dossier.assignee_id, after, day):
        changes["assignee_id"] = None
    if dossier.state in UNDER_CLOCK:
        changes["due_at"] = due_of(after, after.application).due
    was = {"was_receiving": dossier.receiving_id, "was_deciding": dossier.deciding_id, "was_unit": dossier.unit_id}
    office = organisations.name_on(after.deciding_id, day)
    note = _("Cơ quan, đơn vị giữ hồ sơ đã kết thúc hoạt động; %(office)s giải quyết tiếp.") % {"office": office}
    finish(dossier, DossierTakenOver, by=SYSTEM, at=at, changes=changes, note=note, public=True, **was)
    if dossier.deciding_id != was["was_deciding"]:
        tell_applicant(dossier, "taken_over", at=at, reason=office)
    return True


def _goes_on(person: int, dossier: Dossier, day: date) -> bool:
    """Whether the one it was given to has followed to the office that holds it now, or to the authority around it."""
    places = {place.agency for place in people.places_of(person, day=day) if place.acting_for is None}
    return bool(places & {dossier.holding_id, dossier.unit_id, authority_of(dossier.holding_id, day)})


@transaction.atomic
def choose_heir(office: int, *, to: int, by: Actor, at: datetime) -> None:
    """An administrator says who goes on with the open dossiers of an ended office; a job carries it out in batches."""
    if not allows(Permission.MANAGE_ORGANISATIONS, by.roles) or by.agency is None:
        raise Refused(_("Chỉ quản trị được chọn cơ quan kế thừa."))
    day = day_of(at)
    if office not in organisations.ended_by(day) or to not in organisations.heir_choices(office, day):
        raise Refused(_("Chọn một cơ quan, đơn vị kế thừa trong danh sách."))
    if to not in organisations.subtree_ids(by.agency, day):
        raise Refused(_("Cơ quan này ngoài phạm vi quản trị của bạn."))
    journal.record(HeirChosen(office=office, heir=to), stream=f"organisations.agency:{office}", by=by, at=at)
    later(TAKE_OVER)
