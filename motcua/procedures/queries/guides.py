"""What a citizen wants to know before starting: time, fee, where, papers, and when the result would be there."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from motcua.base.clock import day_of
from motcua.base.errors import Refused
from motcua.procedures.models import Case, Fee, LegalBasis, Paper, ProcedureVersion
from motcua.procedures.queries.catalogue import Detail, detail
from motcua.procedures.queries.offers import Offer, offer
from motcua.procedures.rules.limits import in_words
from motcua.procedures.terms import Channel, FeeKind, OnlineFiling
from motcua.workdays import queries as workdays
from motcua.workdays.rules import DayCell, Due, Limit, day_cells

_MOST_DAYS_DRAWN: Final = 70
_UNITS: Final = {
    "lần": pgettext_lazy("fee", "lần"),
    "hồ sơ": pgettext_lazy("fee", "hồ sơ"),
    "trang": pgettext_lazy("fee", "trang"),
    "bản": pgettext_lazy("fee", "bản"),
    "trường hợp": pgettext_lazy("fee", "trường hợp"),
    "giao dịch": pgettext_lazy("fee", "giao dịch"),
    "chứng chỉ": pgettext_lazy("fee", "chứng chỉ"),
    "giấy phép": pgettext_lazy("fee", "giấy phép"),
    "lần đăng ký": pgettext_lazy("fee", "lần đăng ký"),
}
"""What fees are mostly taken for; another unit stays as the catalogue writes it."""
_FIRST_ASKED: Final = [Channel.ONLINE.value, Channel.COUNTER.value, Channel.POST.value]


@dataclass(frozen=True, slots=True)
class ChannelLine:
    """One way of handing in: how long it takes and what it costs."""

    channel: str
    label: str
    limit: str
    fee_vnd: int | None
    fee_words: str
    note: str


@dataclass(frozen=True, slots=True)
class Guide:
    """One procedure page."""

    version: ProcedureVersion
    code: str
    cases: tuple[Case, ...]
    case: Case | None
    asked: tuple[Paper, ...]
    shown: tuple[Paper, ...]
    lines: tuple[ChannelLine, ...]
    first: ChannelLine | None
    online: ChannelLine | None
    filing: str
    link: str
    offer: Offer | None
    due: Due | None
    cells: tuple[DayCell, ...]
    bases: tuple[LegalBasis, ...]

    @property
    def limit_words(self) -> str:
        """The limit that the due date on this page was counted with."""
        return in_words(self.offer.limit) if self.offer else ""

    @property
    def route_hours(self) -> Decimal:
        """All hours of the route."""
        return sum((one.hours for one in self.offer.route), Decimal(0)) if self.offer else Decimal(0)

    @property
    def files_here(self) -> bool:
        """Whether citizens file in this very program."""
        return self.filing == OnlineFiling.OWN


def guide(code: str, *, case: str, at: datetime) -> Guide:
    """The page of a procedure in force today, for one of its cases; 404 if the code is not in force."""
    day = day_of(at)
    found = detail(code, day)
    chosen = next((one for one in found.cases if one.code == case), found.cases[0] if found.cases else None)
    lines = _lines(found, chosen, at)
    online = next((one for one in lines if one.channel == Channel.ONLINE), None)
    offered = _offer(code, chosen, [one.channel for one in lines], at)
    due = _due(offered, at)
    papers = found.papers.get(chosen.pk, ()) if chosen else ()
    cells = _cells(due, at) if due and due.due else ()
    return Guide(
        version=found.version,
        code=code,
        cases=found.cases,
        case=chosen,
        asked=tuple(one for one in papers if one.originals or one.copies),
        shown=tuple(one for one in papers if not (one.originals or one.copies)),
        lines=lines,
        first=next((one for one in lines if one.channel == Channel.COUNTER), lines[0] if lines else None),
        online=online,
        filing=offered.online_filing if offered else OnlineFiling.NATIONAL,
        link=offered.online_link if offered else "",
        offer=offered,
        due=due,
        cells=cells,
        bases=found.bases,
    )


def _due(offered: Offer | None, at: datetime) -> Due | None:
    """When a dossier handed in now would be due; nothing for what is answered at once."""
    if offered is None or not offered.limit or offered.answered_at_once:
        return None
    return workdays.due_for(None, at, Limit.parse(offered.limit), rule_set=offered.rule_set)


def _cells(due: Due, at: datetime) -> tuple[DayCell, ...]:
    """Whole weeks; none where the calendar would be longer than a page wants."""
    if due.due is None or (due.due - due.received).days > _MOST_DAYS_DRAWN:
        return ()
    return tuple(day_cells(due, workdays.calendar_of(None, day_of(at)), now=at, whole_weeks=True))


def _offer(code: str, case: Case | None, channels: list[str], at: datetime) -> Offer | None:
    """The offer of the first channel that can be promised: online, else the counter, else the post."""
    for channel in sorted(channels, key=_FIRST_ASKED.index):
        try:
            return offer(code, case=case.code if case else None, channel=channel, day=day_of(at))
        except Refused:
            continue
    return None


def _lines(found: Detail, case: Case | None, at: datetime) -> tuple[ChannelLine, ...]:
    lines = []
    for channel in (Channel.COUNTER, Channel.ONLINE, Channel.POST):
        terms = [
            one for one in found.terms if one.channel == channel and one.case_id in (None, case.pk if case else None)
        ]
        if terms:
            limit = next((one.limit for one in terms if one.limit), "")
            amount, words, note = _fee_words(found, case, channel, at)
            lines.append(ChannelLine(channel.value, str(channel.label), in_words(limit), amount, words, note))
    return tuple(lines)


def _fee_words(found: Detail, case: Case | None, channel: str, at: datetime) -> tuple[int | None, str, str]:
    day = day_of(at)
    fees = [one for one in found.fees if one.channel == channel and one.case_id in (None, case.pk if case else None)]
    valid = [one for one in fees if one.valid_during is None or day in one.valid_during]
    valid.sort(key=lambda one: (one.amount_vnd is None, one.valid_during is None, one.no))
    if not valid:
        return None, _("chưa công bố"), ""
    first = valid[0]
    return first.amount_vnd, _unit(first), first.note


def _unit(fee: Fee) -> str:
    match fee.kind:
        case FeeKind.FREE:
            return _("không thu")
        case FeeKind.BY_RULE:
            return _("theo quy định của tỉnh")
        case FeeKind.UNKNOWN:
            return _("chưa công bố")
    if fee.amount_vnd is None:
        return f"{fee.amount:f} {fee.currency}" if fee.amount is not None else ""
    return _("một %(unit)s") % {"unit": _UNITS.get(fee.unit, fee.unit)} if fee.unit else ""
