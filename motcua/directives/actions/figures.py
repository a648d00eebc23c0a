"""Declared figures handed down by their code: tasks that name the code show the value and its day."""

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.base import journal
from motcua.base.actors import Actor
from motcua.base.clock import day_of
from motcua.base.errors import Refused
from motcua.base.text import squeeze
from motcua.directives.events import FigureRecorded
from motcua.directives.models import Figure


@transaction.atomic
def record_figure(
    code: str, *, value: Decimal, as_of: date, agency: int | None = None, by: Actor, at: datetime
) -> None:
    """The value of a declared figure on a day, of one agency or of the whole province; said again, the last word counts."""
    code = squeeze(code)[:60]
    found = []
    if not code:
        found.append(_("Ghi mã số liệu."))
    if as_of > day_of(at):
        found.append(_("Ngày của số liệu chưa tới."))
    if not value.is_finite() or abs(value) >= Decimal(10) ** 16:
        found.append(_("Giá trị số liệu không dùng được."))
    if found:
        raise Refused(found)
    value = value.quantize(Decimal("0.0001"))
    known = Figure.objects.select_for_update().filter(code=code, agency=agency, as_of=as_of).first()
    if known is not None and known.value == value:
        return
    if known is None:
        Figure.objects.create(code=code, agency_id=agency, value=value, as_of=as_of, recorded_at=at)
    else:
        known.value, known.recorded_at = value, at
        known.save(update_fields=["value", "recorded_at"])
    event = FigureRecorded(code=code, agency=agency, value=value, as_of=as_of)
    journal.record(event, stream=f"directives.figure:{code}", by=by, at=at)
