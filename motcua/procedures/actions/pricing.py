"""Limits and fees of a concept: written anew line by line, all of them or none; what a line was read from stays with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, Final

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import F
from django.utils.translation import gettext as _

from motcua.base.actors import Actor
from motcua.base.errors import Refused
from motcua.base.text import squeeze
from motcua.procedures.actions.editing import lock_concept, tell_changed
from motcua.procedures.models import Fee, ProcedureVersion, Term
from motcua.procedures.terms import FeeKind
from motcua.workdays.rules.limits import Limit

MOST_LINES: Final = 60
_ASIDE: Final = 10_000
"""Numbers nobody uses, so that lines can change places under the constraint of one number each."""


@dataclass(frozen=True, slots=True)
class TermRow:
    """One limit as the controller writes it; `row` is the line it was before, None for a new one."""

    channel: str
    limit: str = ""
    case: int | None = None
    condition: str = ""
    row: int | None = None


@dataclass(frozen=True, slots=True)
class FeeRow:
    """One fee as the controller writes it, in whole đồng; no amount means that another text sets it."""

    channel: str
    amount_vnd: int | None = None
    case: int | None = None
    unit: str = ""
    note: str = ""
    since: date | None = None
    until: date | None = None
    row: int | None = None


@transaction.atomic
def change_limits_and_fees(
    version: ProcedureVersion, terms: Sequence[TermRow], fees: Sequence[FeeRow], *, by: Actor, at: datetime
) -> None:
    """Write all limits and fees of a concept in this order; a line left out is taken away."""
    lock_concept(version)
    cases = set(version.cases.values_list("pk", flat=True))
    named = {one.case for one in terms} | {one.case for one in fees}
    found = [_("Trường hợp này không thuộc bản đang sửa.")] if named - cases - {None} else []
    found += [_fault_of(one) for one in fees if _fault_of(one)]
    if len(terms) > MOST_LINES or len(fees) > MOST_LINES:
        found.append(_("Nhiều nhất %(most)s dòng thời hạn và %(most)s dòng mức thu.") % {"most": MOST_LINES})
    limits = [
        "+".join(str(stage) for stage in Limit.parse(one.limit).stages) if one.limit.strip() else "" for one in terms
    ]
    if found:
        raise Refused(list(dict.fromkeys(found)))
    _keep(Term, version, terms, [_term(one, limit) for one, limit in zip(terms, limits, strict=True)])
    _keep(Fee, version, fees, [_fee(one) for one in fees])
    tell_changed(version, "terms", by=by, at=at)


def _fault_of(fee: FeeRow) -> str:
    if fee.amount_vnd is not None and not 0 <= fee.amount_vnd < 10**12:
        return _("Mức thu phải từ 0 đến dưới một nghìn tỷ đồng.")
    if fee.since and fee.until and fee.until < fee.since:
        return _("Mức thu hết hiệu lực trước khi bắt đầu: xem lại hai ngày.")
    return ""


def _term(row: TermRow, limit: str) -> dict[str, Any]:
    return {"channel": row.channel, "limit": limit, "case_id": row.case, "condition": squeeze(row.condition)}


def _fee(row: FeeRow) -> dict[str, Any]:
    after = row.until + timedelta(days=1) if row.until else None
    return {
        "channel": row.channel,
        "amount_vnd": row.amount_vnd,
        "case_id": row.case,
        "unit": squeeze(row.unit),
        "note": squeeze(row.note),
        "valid_during": DateRange(row.since, after) if row.since or after else None,
    }


def _keep(
    model: type[Term] | type[Fee], version: ProcedureVersion, rows: Sequence[Any], values: Sequence[dict[str, Any]]
) -> None:
    """The old lines changed in place, those left out taken away, the new ones made."""
    manager: Any = model.objects.filter(version=version)
    old = {one.pk: one for one in manager.select_for_update()}
    if any(one.row is not None and one.row not in old for one in rows):
        raise Refused(_("Một dòng vừa được người khác bỏ. Mở lại trang rồi sửa tiếp."))
    manager.exclude(pk__in=[one.row for one in rows if one.row is not None]).delete()
    manager.update(no=F("no") + _ASIDE)
    for no, (row, value) in enumerate(zip(rows, values, strict=True), start=1):
        line = old[row.row] if row.row is not None else model(version=version)
        _fit(line, value)
        for name, content in value.items():
            setattr(line, name, content)
        line.no = no
        line.save()


def _fit(line: Term | Fee, value: dict[str, Any]) -> None:
    """What goes with a new limit or amount; an amount published in another currency stays while nobody changes it."""
    if isinstance(line, Term):
        if line.limit != value["limit"]:
            line.stages = []
    elif line.pk is None or line.amount_vnd != value["amount_vnd"]:
        amount = value["amount_vnd"]
        line.amount = None if amount is None else Decimal(amount)
        line.kind = FeeKind.BY_RULE if amount is None else (FeeKind.AMOUNT if amount else FeeKind.FREE)
        line.currency = "" if amount is None else "VND"
