"""A changed calendar is carried to the dossiers still open: the law counts working days, and which those are has changed."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.base.actors import SYSTEM
from motcua.base.clock import day_of, local
from motcua.base.language import in_vietnamese
from motcua.dossiers.actions.making import finish
from motcua.dossiers.actions.telling import tell_applicant
from motcua.dossiers.events import DueMoved
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.clocks import due_of
from motcua.dossiers.terms import UNDER_CLOCK


@transaction.atomic
@in_vietnamese()
def recount_dues(numbers: Iterable[int], *, document: str, at: datetime) -> int:
    """Count the due moments of these dossiers on the calendar of now; returns how many moved. Safe to run twice.

    A day off that was decided later moves the date later; what M01 promised in writing is never brought forward, and a
    clock that stands still is counted when it goes on. `document` is the decision behind the change of the calendar.
    """
    open_ones = Dossier.objects.filter(pk__in=list(numbers), status__in=UNDER_CLOCK)
    rows = open_ones.select_for_update(of=("self",)).select_related("application").order_by("pk")
    return sum(_recount(one, document=document, at=at) for one in rows)


def _recount(dossier: Dossier, *, document: str, at: datetime) -> bool:
    old, new = dossier.due_at, due_of(dossier, dossier.application).due
    assert old is not None and new is not None, "the clock of these dossiers runs"
    if new == old:
        return False
    reason = document or _("lịch làm việc đổi")
    words = {"document": reason, "old": f"{local(old):%H:%M %d/%m/%Y}", "new": f"{local(new):%H:%M %d/%m/%Y}"}
    note = _("Hẹn trả đổi từ %(old)s thành %(new)s, theo %(document)s.") % words
    finish(dossier, DueMoved, by=SYSTEM, at=at, changes={"due_at": new}, note=note, public=True, document=document)
    if day_of(new) != day_of(old):
        tell_applicant(dossier, "moved", at=at, reason=reason)
    return True
