"""The same figures counted the slow way, in Python, from the list of what happened: for tests to compare with."""

from collections import defaultdict
from datetime import datetime

from motcua.base.clock import day_of
from motcua.dossiers.events import DossierEvent
from motcua.measures.queries.live import Span
from motcua.measures.rules.columns import COLUMNS
from motcua.measures.terms import Part

OPEN = {"received", "processing", "signing", "need_more"}
Entry = tuple[datetime, str, DossierEvent]


def sums_of(entries: list[Entry], span: Span, part: Part) -> dict[int, dict[str, int]]:
    """Flows of the days of the span, stocks at its end: from the last state of each dossier by then."""
    sums: dict[int, dict[str, int]] = defaultdict(lambda: dict.fromkeys(COLUMNS, 0))
    known = [one for one in entries if counts(one[0], span)]
    for at, _stream, event in known:
        if span.since is None or day_of(at) >= span.since:
            _flows(sums, at, event, part)
    last = {stream: event for _at, stream, event in known}
    for event in last.values():
        agency = sums[getattr(event, part)]
        agency["waiting"] += event.status in ("submitted", "need_more_pre")
        agency["open"] += event.status in OPEN
        agency["paused"] += event.status == "need_more"
        agency["ready"] += event.status == "done"
        agency["overdue"] += event.status in OPEN and event.due_at is not None and span.until > day_of(event.due_at)
    return sums


def counts(at: datetime, span: Span) -> bool:
    """Whether what happened then is known by the end of the span."""
    return day_of(at) <= span.until and (span.moment is None or at <= span.moment)


def _flows(sums: dict[int, dict[str, int]], at: datetime, event: DossierEvent, part: Part) -> None:  # noqa: C901
    agency, name = sums[getattr(event, part)], type(event).__name__
    own = event.values()
    match name:
        case "DossierSubmitted":
            agency["submitted"] += 1
        case "DossierReceived":
            agency["received"] += 1
            agency["online"] += event.channel == "online"
            agency["post"] += event.channel == "post"
            agency["digitised"] += 0 < event.papers <= event.digitised
            agency["with_fee"] += event.fee_vnd > 0
            agency["on_time"] += own["at_once"]
            agency["returned"] += own["at_once"]
        case "SupplementAsked":
            agency["supplemented_before" if own["before_receipt"] else "supplemented"] += 1
        case "DossierExtended":
            agency["apologised_late" if own["late"] else "extended"] += 1
        case "ResultSigned":
            agency[own["outcome"]] += 1
            agency["unfavourable"] += not own["favourable"]
            agency["electronic"] += own["signed_electronically"]
            agency["took_minutes"] += own["took_minutes"]
        case "DossierRefused":
            agency["refused"] += 1
        case "DossierWithdrawn" | "DossierStopped" | "DossierClosed":
            column = {"DossierWithdrawn": "withdrawn", "DossierStopped": "stopped", "DossierClosed": "closed"}[name]
            agency[column] += 1
            agency["ended"] += event.received_at is not None
            agency["ended_late"] += event.was_due_at is not None and day_of(at) > day_of(event.was_due_at)
        case "ResultReturned":
            agency["returned"] += 1
        case "DossierRated":
            agency["rated"] += 1
            agency["rated_low"] += own["score"] < 3
            agency["stars"] += own["score"]
        case "FeePaid":
            agency["paid"] += 1
            agency["paid_vnd"] += own["amount_vnd"]
    if event.held_minutes is not None:
        before = sums[event.was_holding if part is Part.HOLDING else getattr(event, part)]
        given = event.given_minutes or 0
        before["held_minutes"] += event.held_minutes
        before["given_minutes"] += given
        before["passed_on"] += 1
        before["passed_on_late"] += event.held_minutes > given
