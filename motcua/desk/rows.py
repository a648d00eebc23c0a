"""Rows of the officials' lists: a dossier with its due chip, its step and the next act, without a statement per row."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.base.actors import Actor
from motcua.base.clock import day_of
from motcua.dossiers.models import Dossier
from motcua.dossiers.terms import Channel, Move, Status, Turn
from motcua.organisations import queries as organisations
from motcua.people.terms import Role
from motcua.ui.words import short
from motcua.workdays import queries as workdays
from motcua.workdays import rules as clock

NEXT: dict[tuple[str, str], tuple[str, str]] = {
    # status and turn: what is done next, and the page it is done on
    (Status.SUBMITTED, Turn.CLERK): (gettext_lazy("Kiểm tra"), ""),
    (Status.RECEIVED, Turn.CLERK): (gettext_lazy("Chuyển xử lý"), Move.HAND_OVER),
    (Status.PROCESSING, Turn.UNIT_HEAD): (gettext_lazy("Phân công"), Move.ASSIGN),
    (Status.PROCESSING, Turn.SPECIALIST): (gettext_lazy("Xem và quyết"), ""),
    (Status.PROCESSING, Turn.LEADER): (gettext_lazy("Xem phiếu"), ""),
    (Status.PROCESSING, Turn.RECORDS): (gettext_lazy("Chuyển bước"), Move.ADVANCE),
    (Status.SIGNING, Turn.LEADER): (gettext_lazy("Xem và ký"), ""),
    (Status.DONE, Turn.RECORDS): (gettext_lazy("Vào sổ"), Move.ADVANCE),
    (Status.DONE, Turn.CLERK): (gettext_lazy("Trả"), Move.RETURN_RESULT),
}


@dataclass(frozen=True)
class Row:
    """One line of a list."""

    dossier: Dossier
    url: str
    procedure: str
    remaining: clock.Remaining | None
    when: str
    """When it is due; before it is received, when it was handed in."""
    label: str
    applicant: str
    step: str
    office: str
    """Where it lies, and with whom."""
    act: str
    act_url: str


@dataclass(frozen=True)
class Group:
    """Lines of one urgency."""

    title: str
    rows: list[Row]


def rows_of(dossiers: Iterable[Dossier], at: datetime, by: Actor | None = None) -> list[Row]:
    """The lines of a page; calendars and names come from memory."""
    found = list(dossiers)
    day = day_of(at)
    names = organisations.names_on({one.holding_id for one in found}, day, short=True)
    address = _Addresses()
    return [_row(one, names, address, at, by) for one in found]


class _Addresses:
    """Addresses of dossiers and their moves: a list has a hundred of them, so Django is asked once for each kind."""

    PLACE = "REFERENCE"

    def __init__(self) -> None:
        self.known: dict[str, str] = {}

    def of(self, reference: str, verb: str = "") -> str:
        """The dossier's page, or the page of a move."""
        if verb not in self.known:
            name, args = ("dossiers_desk:move", [self.PLACE, verb]) if verb else ("dossiers_desk:detail", [self.PLACE])
            self.known[verb] = reverse(name, args=args)
        return self.known[verb].replace(self.PLACE, reference)


def _row(one: Dossier, names: dict[int, str], address: _Addresses, at: datetime, by: Actor | None) -> Row:
    left = None
    if one.received_at is not None:
        calendar = workdays.calendar_of(one.deciding_id, day_of(one.received_at))
        left = clock.remaining(at, one.due_at, calendar, finished=one.finished_at)
    label, verb = next_act(one)
    url = address.of(one.reference)
    mine = by is not None and one.turn in by.roles
    name = one.procedure_version.plain_name or one.procedure_version.name
    moment = one.due_at if left else one.submitted_at
    place = names.get(one.holding_id, "")
    return Row(
        dossier=one,
        url=url,
        procedure=_shortened(name, 140),
        remaining=left,
        when=short(moment) if moment else "",
        label=f"{one.label} · {Channel(one.channel).label}",
        applicant=_shortened(one.applicant_name, 80),
        step=_shortened(step_of(one), 80),
        office=f"{place} · {one.assignee.full_name}" if one.assignee else place,
        act=str(label) if mine else _("Mở"),
        act_url=address.of(one.reference, verb) if verb and mine else url,
    )


def _shortened(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def next_act(one: Dossier) -> tuple[str, str]:
    """What is done next and the page it is done on; a head assigns only what then goes to a specialist."""
    label, verb = NEXT.get((one.status, one.turn), (_("Mở"), ""))
    route: list[dict[str, Any]] = one.application.route
    if verb == Move.ASSIGN and (one.step >= len(route) or route[one.step]["role"] != Role.SPECIALIST):
        label, verb = NEXT[Status.PROCESSING, Turn.SPECIALIST]
    return str(label), verb


def step_of(one: Dossier) -> str:
    """The name of the step it is at, else the words of its status."""
    route: list[dict[str, Any]] = one.application.route
    if one.status in (Status.PROCESSING, Status.SIGNING, Status.RECEIVED) and 0 < one.step <= len(route):
        return str(route[one.step - 1]["name"])
    return str(one.state.label)


def by_urgency(rows: list[Row], at: datetime) -> list[Group]:
    """Late, today, soon, later, without a date: the order of a morning."""
    day = day_of(at)
    late: list[Row] = []
    today: list[Row] = []
    soon: list[Row] = []
    later: list[Row] = []
    undated: list[Row] = []
    for row in rows:
        due = row.dossier.due_at
        if row.dossier.status == Status.DONE or due is None:
            undated.append(row)
        elif day_of(due) < day:
            late.append(row)
        elif day_of(due) == day:
            today.append(row)
        elif (day_of(due) - day).days <= 3:
            soon.append(row)
        else:
            later.append(row)
    named = [
        (_("Trễ hẹn"), late),
        (_("Đến hạn hôm nay"), today),
        (_("Trong 3 ngày tới"), soon),
        (_("Còn nhiều ngày"), later),
        (_("Mới nộp, chờ trả, đồng hồ dừng"), undated),
    ]
    return [Group(title, members) for title, members in named if members]


def roles_in_words(by: Actor) -> str:
    """The roles of the post one acts in."""
    return ", ".join(str(Role(one).label).lower() for one in sorted(by.roles) if one != Role.CITIZEN)
