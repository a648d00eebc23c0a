"""What the reading desk shows: the document at the left, its proposed tasks at the right, one of them open."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.utils.translation import gettext as _

from motcua.base.actors import Actor
from motcua.base.clock import day_of
from motcua.base.text import unaccented
from motcua.directives import queries
from motcua.directives.desk.forms.parts import AGENCIES
from motcua.directives.desk.forms.reading import AcceptForm
from motcua.directives.desk.loading import followers, me_among
from motcua.directives.desk.paper import Numbered, Paragraph, numbered, paragraphs
from motcua.directives.desk.parties import Party, names_to_choose, parties_of
from motcua.directives.models import Directive, Proposal, Task
from motcua.directives.terms import UNDECIDED, Duty, Field, ProposalState, Urgency

_TAGS: Final = {
    ProposalState.PROPOSED: ("", "circle"),
    ProposalState.EDITED: ("cham", "pencil"),
    ProposalState.ACCEPTED: ("la", "circle-check"),
    ProposalState.REJECTED: ("", "circle-x"),
}
_FIELDS: Final = (
    ("tai chinh", Field.FINANCE),
    ("cong thuong", Field.BUSINESS),
    ("nong nghiep", Field.FARMING),
    ("moi truong", Field.LAND),
    ("xay dung", Field.BUILDING),
    ("noi vu", Field.REFORM),
    ("khoa hoc", Field.DIGITAL),
    ("tu phap", Field.JUSTICE),
    ("thanh tra", Field.JUSTICE),
    ("y te", Field.HEALTH),
    ("giao duc", Field.EDUCATION),
    ("van hoa", Field.CULTURE),
    ("cong an", Field.SECURITY),
    ("quan su", Field.SECURITY),
)


@dataclass(frozen=True)
class Card:
    """One proposal at the right."""

    no: int
    row: Proposal
    on: bool
    open: bool
    kind: str
    icon: str
    words: str
    lead: list[Party]
    partners: list[Party]
    why: list[tuple[str, str]]
    tasks: tuple[Task, ...]
    back: str
    """What taking the last step back is called; empty when nothing was done yet."""
    kept: list[str]
    """Why it cannot be taken back."""


def reader_page(
    directive: Directive,
    *,
    by: Actor,
    at: datetime,
    chosen: int | None = None,
    accept: AcceptForm | None = None,
) -> dict[str, Any]:
    """The context of the desk; without a choice the first proposal that waits is open."""
    views = {one.proposal.pk: one for one in queries.proposals_of(directive)}
    shown = numbered(one.proposal for one in views.values())
    active = _active(shown, chosen)
    today = day_of(at)
    cards = [_card(one, active, views[one.row.pk].tasks, directive, at) for one in shown]
    desk = queries.desk_of(by, at)
    reads = desk is not None and directive.holder_id in desk.gives
    objections = queries.duty_objections(Duty.READ_IN, by=by, at=at) if reads else [_("Văn bản do cơ quan khác nhập.")]
    text = paragraphs(directive, shown, active)
    waiting = [one for one in shown if one.row.state in UNDECIDED]
    decided = len(shown) - len(waiting)
    place = next((n for n, one in enumerate(shown) if active is not None and one.row.pk == active.pk), 0)
    return {
        "directive": directive,
        "paragraphs": text,
        "remarks": _remarks(directive, text),
        "cards": cards,
        "active": active,
        "objections": objections,
        "active_open": active is not None and active.state in UNDECIDED,
        "closed": _why_not_yet(directive, active) if active is not None else [],
        "decided": decided,
        "total": len(shown),
        "share": round(100 * decided / len(shown)) if shown else 100,
        "waiting": len(waiting),
        "previous": shown[place - 1].row if place else None,
        "following": shown[place + 1].row if place + 1 < len(shown) else None,
        "accept_form": accept or accept_form(directive, active, by=by, at=at),
        "agency_names": names_to_choose(directive.root_id, today),
        "agency_list": AGENCIES,
        "form": None,
        "problems": [],
    }


def _active(shown: Sequence[Numbered], chosen: int | None) -> Proposal | None:
    wanted = next((one.row for one in shown if one.row.pk == chosen), None)
    return wanted or next((one.row for one in shown if one.row.state in UNDECIDED), None)


def _why_not_yet(directive: Directive, row: Proposal) -> list[str]:
    """What must be known before a yes; the action looks at it again."""
    found = []
    if directive.issued_on is None or not directive.number:
        found.append(_("Văn bản chưa có số hoặc ngày ban hành; bấm “Sửa thông tin” ở đầu trang."))
    if not row.lead:
        found.append(_("Chưa có cơ quan chủ trì; bấm “Sửa” để ghi."))
    known = _("Chưa rõ “%(name)s” là cơ quan nào; bấm “Sửa” để chọn.")
    found += [known % {"name": party["printed"]} for party in row.lead if not party["agencies"]]
    return found


def next_to_decide(directive: Directive, after: Proposal) -> Proposal | None:
    """Where the eye goes after a decision: the next that waits below, else the first that waits at all."""
    rows = Proposal.objects.filter(directive=directive, state__in=UNDECIDED).order_by("start", "no", "pk")
    key = (after.start, after.no, after.pk)
    found = list(rows)
    return next((one for one in found if (one.start, one.no, one.pk) > key), found[0] if found else None)


def accept_form(
    directive: Directive, active: Proposal | None, *, by: Actor, at: datetime, data: Any = None
) -> AcceptForm:
    """The form of a yes, filled in as well as one can know."""
    choices = followers(directive.holder_id, at)
    initial = {
        "follower": me_among(by, choices),
        "field": guessed_field(active.lead) if active else Field.OTHER,
        "urgency": Urgency.NORMAL,
    }
    return AcceptForm(data, people=choices, initial=initial)


def guessed_field(lead: Sequence[dict[str, Any]]) -> Field:
    """The field that the name of the first lead suggests; a person may say otherwise."""
    name = unaccented(str(lead[0]["printed"])) if lead else ""
    return next((field for word, field in _FIELDS if word in name), Field.OTHER)


def _card(one: Numbered, active: Proposal | None, tasks: tuple[Task, ...], directive: Directive, at: datetime) -> Card:
    row, on = one.row, active is not None and one.row.pk == active.pk
    day, today = directive.issued_on or day_of(directive.read_in_at), day_of(at)
    step = queries.last_step(row) if on else None
    waits = row.state in UNDECIDED
    kind, icon = _TAGS[ProposalState(row.state)]
    words = str(ProposalState(row.state).label)
    if waits and row.flags:
        kind, icon, words = "nghe", "circle-question-mark", _("Cần xem")
    return Card(
        no=one.no,
        row=row,
        on=on,
        open=waits,
        kind=kind,
        icon=icon,
        words=words,
        lead=parties_of(row.lead, day, today) if on else [],
        partners=parties_of(row.partners, day, today) if on else [],
        why=_why(row) if on else [],
        tasks=tasks,
        back=str(step.label) if step else "",
        kept=queries.objections_to_take_back(row, directive, at=at) if step else [],
    )


def _why(row: Proposal) -> list[tuple[str, str]]:
    said = {"lead": _("Chủ trì"), "coordinate": _("Phối hợp"), "deadline": _("Hạn")}
    return [(label, str(row.why[name]["words"])) for name, label in said.items() if name in row.why]


def _remarks(directive: Directive, text: Sequence[Paragraph]) -> list[dict[str, Any]]:
    """What a person should look at, with the paragraph in which it stands."""
    found = []
    for one in directive.remarks:
        line = one.get("line") or 0
        place = next((n for n, each in enumerate(text, start=1) if each.lines[0] <= line <= each.lines[1]), 0)
        found.append({"message": str(one["message"]), "line": line, "place": place})
    return found
