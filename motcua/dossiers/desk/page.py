"""What the dossier's page shows, gathered in a bounded number of statements."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.utils.translation import gettext as _

from motcua.base import prepared
from motcua.base.actors import Actor
from motcua.base.clock import day_of, local
from motcua.base.prepared import Prepared
from motcua.dossiers import queries
from motcua.dossiers.models import Dossier, IssuedSlip, Paper, Result, Scan, Supplement
from motcua.dossiers.queries.showing import TAG_OF, answer_lines, clock_of
from motcua.dossiers.queries.situations import Option
from motcua.dossiers.terms import OPEN, Move, Slip, Turn
from motcua.notifications import queries as notifications
from motcua.organisations import queries as organisations
from motcua.people.rules import allows
from motcua.people.terms import Permission, Role
from motcua.ui import moves
from motcua.ui.words import decimal_words
from motcua.workdays.rules import Remaining

MAIN_MOVES = (
    Move.RECEIVE,
    Move.ANSWER_AT_ONCE,
    Move.ANSWER_SUPPLEMENT,
    Move.HAND_OVER,
    Move.SIGN,
    Move.SIGN_SUPPLEMENT,
    Move.ASSIGN,
    Move.SUBMIT_RESULT,
    Move.ADVANCE,
    Move.RETURN_RESULT,
)
"""The act that leads on, in this order; one of them is the filled button of the page."""
HARD_MOVES = (Move.REFUSE, Move.STOP, Move.WITHDRAW)


@dataclass(frozen=True)
class RouteLine:
    """One step of the route with hours used and given."""

    name: str
    who: str
    hours: str
    state: str
    share: int
    over: str


@dataclass(frozen=True)
class PaperLine:
    """One paper: what lies in the folder, what lies in the file, whether they agree."""

    no: int
    name: str
    note: str
    on_paper: str
    electronic: int
    kind: str
    icon: str
    words: str
    scans: list[Any]


def dossier_page(dossier: Dossier, by: Actor, at: datetime, *, part: str) -> dict[str, Any]:
    """The context of the page."""
    lines = queries.history(dossier)
    shown = clock_of(dossier, at)
    buttons = _buttons(queries.relevant_options(dossier, by=by, at=at), dossier)
    slips = _SLIPS.all(dossier=dossier.pk)
    return {
        "dossier": dossier,
        "application": dossier.application,
        "tag": TAG_OF[dossier.status],
        "buttons": buttons,
        "my_turn": any(one.main and not one.objections for one in buttons),
        "step_name": _step_name(dossier),
        "history": lines,
        "route": []
        if dossier.received_at and dossier.received_at == dossier.returned_at
        else route_lines(dossier, lines, at),
        "papers": paper_lines(dossier),
        "part": part,
        "slips": slips,
        "to_print": next((one for one in slips if one.kind != Slip.RECEIPT), None),
        "open": dossier.state in OPEN,
        "asked": Supplement.objects.filter(dossier=dossier).order_by("-pk").first()
        if dossier.supplements or dossier.supplement_drafted
        else None,
        "result": _RESULT.first(dossier=dossier.pk),
        "answers": answer_lines(dossier, masked=not may_unmask(by)) if part == "to-khai" else None,
        "may_unmask": may_unmask(by),
        "sent": notifications.sent_about(dossier.ref) if part == "tin" else None,
        "receiving_name": organisations.name_on(dossier.receiving_id, day_of(at), short=True),
        "chip_words": chip_words(dossier, shown["remaining"]),
        "deciding_name": organisations.name_on(dossier.deciding_id, day_of(at), short=True),
        "holding_name": organisations.name_on(dossier.holding_id, day_of(at), short=True),
        **shown,
    }


def may_unmask(by: Actor) -> bool:
    """Whether the post acted in lets its holder see numbers of papers whole: the table of roles says who."""
    return allows(Permission.SEE_UNMASKED, by.roles)


def chip_words(dossier: Dossier, remaining: Remaining | None) -> str:
    """What the chip beside the name says: how much time is left, and the moment promised."""
    if remaining is None:
        return ""
    due = dossier.due_at
    return f"{remaining.words} · {_('hẹn')} {local(due):%H:%M, %d/%m}" if due else remaining.words


def _step_name(dossier: Dossier) -> str:
    route = dossier.application.route
    walking = dossier.turn != Turn.NOBODY and 0 < dossier.step <= len(route)
    return str(route[dossier.step - 1]["name"]) if walking else str(dossier.state.label)


def _buttons(options: list[Option], dossier: Dossier) -> list[moves.Button]:
    """Main first, hard last; the first open leading act is the filled one.

    A head assigns first what a specialist works on next; at the step of reviewing it is the draft that goes on.
    """
    route = dossier.application.route
    to_specialist = dossier.step < len(route) and route[dossier.step]["role"] == Role.SPECIALIST
    leading = MAIN_MOVES if to_specialist else (*(one for one in MAIN_MOVES if one is not Move.ASSIGN), Move.ASSIGN)
    order = {move: place for place, move in enumerate(leading)}
    made = moves.buttons_of(options, leading=leading, hard=HARD_MOVES)
    return sorted(made, key=lambda one: (not one.main, one.hard, bool(one.objections), order.get(one.move, 99)))


def route_lines(dossier: Dossier, lines: list[queries.Line], at: datetime) -> list[RouteLine]:
    """Each step of the route in force at reception, with the working hours it took."""
    used: dict[int, float] = {}
    last_by: dict[int, str] = {}
    for stay in queries.stays(lines):
        used[stay.step] = used.get(stay.step, 0) + float(queries.hours_in(stay, dossier, at))
        last_by[stay.step] = stay.taken_by or stay.given_by
    ended = dossier.turn == "nobody"
    found = []
    for number, one in enumerate(dossier.application.route, start=1):
        given, took = float(one["hours"]), used.get(number, 0.0)
        state = "done" if number < dossier.step or ended else "at" if number == dossier.step else ""
        if ended and number > dossier.step:
            state = ""
        over = (
            _("quá %(hours)s giờ") % {"hours": decimal_words(took - given, 1)}
            if state and given and took > given
            else ""
        )
        spent = f"{decimal_words(took, 1)} / " if state else ""
        hours = _("%(hours)s giờ") % {"hours": f"{spent}{decimal_words(given)}"}
        share = min(100, round(100 * took / given)) if given else 0
        who = last_by.get(number, "") if state == "done" else str(Role(one["role"]).label)
        found.append(RouteLine(str(one["name"]), who, hours, state, share if state == "at" else 0, over))
    return found


def paper_lines(dossier: Dossier) -> list[PaperLine]:
    """The paper set and the electronic set side by side (05-TB/BCĐ: they must match).

    What was only shown and given back with the answer at once is not scanned (TT 03/2025/TT-VPCP, Điều 5).
    """
    scans: dict[int, list[Scan]] = {}
    for one in _SCANS.all(dossier=dossier.pk):
        scans.setdefault(one.paper_id, []).append(one)
    at_once = dossier.received_at is not None and dossier.received_at == dossier.returned_at
    lines = _PAPERS.all(dossier=dossier.pk)
    return [_paper_line(one, scans.get(one.pk, []), shown_only=at_once) for one in lines]


_THIS: Final = prepared.number("dossier")
_PAPERS: Final = Prepared(lambda: Paper.objects.filter(dossier=_THIS).order_by("no", "pk")[:200])
_SCANS: Final = Prepared(lambda: Scan.objects.filter(paper__dossier=_THIS).select_related("file").order_by("pk"))
_SLIPS: Final = Prepared(lambda: IssuedSlip.objects.filter(dossier=_THIS).order_by("-pk")[:50])
_RESULT: Final = Prepared(lambda: Result.objects.filter(dossier=_THIS).select_related("document"))


def _paper_line(paper: Paper, scans: list[Scan], *, shown_only: bool = False) -> PaperLine:
    counts = [(paper.originals, _("chính")), (paper.certified, _("sao chứng thực")), (paper.copies, _("sao"))]
    on_paper = ", ".join(f"{number} {word}" for number, word in counts if number) or "0"
    note = _("quét %(day)s") % {"day": f"{local(scans[-1].added_at):%d/%m}"} if scans else ""
    if scans and paper.handed_in:
        kind, icon, words = "la", "circle-check", _("Khớp")
    elif scans:
        kind, icon, words = "la", "link", _("Bản điện tử")
    elif paper.handed_in and paper.originals + paper.certified + paper.copies and not shown_only:
        kind, icon, words = "nghe", "triangle-alert", _("Thiếu bản điện tử")
    elif paper.handed_in:
        kind, icon, words = "", "eye", _("Đã xem bản gốc")
    elif paper.required:
        kind, icon, words = "son", "circle-x", _("Chưa nộp")
    else:
        kind, icon, words = "", "circle", _("Không nộp")
    return PaperLine(
        paper.no,
        paper.name,
        " · ".join(x for x in (note, paper.note) if x),
        on_paper,
        len(scans),
        kind,
        icon,
        words,
        scans,
    )
