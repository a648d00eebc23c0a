"""Rows of the officials' lists: a dossier with its due chip, its step and the next act, without a statement per row."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, partial
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.base.actors import Actor
from motcua.base.clock import day_of
from motcua.dossiers.models import Dossier
from motcua.dossiers.terms import WITHOUT_RESULT, Channel, Move, Status, Turn
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


def rows_of(dossiers: Iterable[Dossier], at: datetime, by: Actor | None = None, *, back: str = "") -> list[Row]:
    """The lines of a page; calendars and names come from memory. `back`: where one comes out after the act of a line."""
    found = list(dossiers)
    page = _Page(organisations.names_on({one.holding_id for one in found}, day_of(at), short=True), at, by, back)
    return [page.row(one) for one in found]


class _Page:
    """What the fifty lines of one page have in common, looked for once: addresses, calendars, words in the reader's language."""

    PLACE = "REFERENCE"

    def __init__(self, names: dict[int, str], at: datetime, by: Actor | None, back: str) -> None:
        self.names, self.at, self.roles = names, at, by.roles if by else frozenset()
        self.back = f"?ve={back}" if back else ""
        self.open = _("Mở")
        self.calendar = cache(workdays.calendar_of)
        self.midnight, self.late = clock.late_before(at), dict[tuple[int, date, date], clock.Remaining]()
        self.channel = cache(lambda channel: str(Channel(channel).label))
        self.state = cache(lambda status: str(Status(status).label))
        self.act = cache(lambda status, turn, given: next_act(status, turn, to_specialist=given))
        self.address = cache(self._address)

    def _address(self, verb: str) -> str:
        name, args = ("dossiers_desk:move", [self.PLACE, verb]) if verb else ("dossiers_desk:detail", [self.PLACE])
        return reverse(name, args=args)

    def url(self, reference: str, verb: str = "") -> str:
        """The dossier's page, or the page of a move."""
        return self.address(verb).replace(self.PLACE, reference)

    def _remaining(self, one: Dossier, received: datetime) -> clock.Remaining:
        """What the chip says; of those late since the same day of the same office it is told once."""
        calendar = self.calendar(one.deciding_id, day_of(received))
        left = partial(clock.remaining, self.at, one.due_at, calendar, finished=one.finished_at, received=received)
        if one.due_at is None or one.due_at >= self.midnight or one.finished_at:
            return left()
        alike = (one.deciding_id, day_of(received), day_of(one.due_at))
        return self.late.get(alike) or self.late.setdefault(alike, left())

    def row(self, one: Dossier) -> Row:
        """The line of one dossier."""
        left = None
        if one.received_at is not None and one.state not in WITHOUT_RESULT:
            left = self._remaining(one, one.received_at)
        route: list[dict[str, Any]] = one.application.route
        label, verb = self.act(one.status, one.turn, next_is_specialist(route, one.step))
        url = self.url(one.reference)
        mine = one.turn in self.roles
        name = one.procedure_version.plain_name or one.procedure_version.name
        moment = one.due_at if left else one.submitted_at
        place = self.names.get(one.holding_id, "")
        return Row(
            dossier=one,
            url=url,
            procedure=_shortened(name, 140),
            remaining=left,
            when=short(moment) if moment else "",
            label=f"{one.label} · {self.channel(one.channel)}",
            applicant=_shortened(one.applicant_name, 80),
            step=_shortened(step_name(route, one.status, one.step) or self.state(one.status), 80),
            office=f"{place} · {one.assignee.full_name}" if one.assignee else place,
            act=label if mine else self.open,
            act_url=self.url(one.reference, verb) + self.back if verb and mine else url,
        )


def _shortened(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def next_act(status: str, turn: str, *, to_specialist: bool) -> tuple[str, str]:
    """What is done next and the page it is done on; a head assigns only what then goes to a specialist."""
    label, verb = NEXT.get((status, turn), (_("Mở"), ""))
    if verb == Move.ASSIGN and not to_specialist:
        label, verb = NEXT[Status.PROCESSING, Turn.SPECIALIST]
    return str(label), verb


def next_is_specialist(route: list[dict[str, Any]], step: int) -> bool:
    """Whether the step after this one is a specialist's."""
    return step < len(route) and bool(route[step]["role"] == Role.SPECIALIST)


def step_name(route: list[dict[str, Any]], status: str, step: int) -> str:
    """The name of the step it is at; `""` where its status says more."""
    if status in (Status.PROCESSING, Status.SIGNING, Status.RECEIVED) and 0 < step <= len(route):
        return str(route[step - 1]["name"])
    return ""


def by_urgency(rows: list[Row], at: datetime) -> list[Group]:
    """Late, today, soon, later, handed in and not looked at, to be returned, standing still: the order of a morning."""
    day = day_of(at)
    late: list[Row] = []
    today: list[Row] = []
    soon: list[Row] = []
    later: list[Row] = []
    new: list[Row] = []
    ready: list[Row] = []
    undated: list[Row] = []
    for row in rows:
        due = row.dossier.due_at
        if row.dossier.status == Status.SUBMITTED:
            new.append(row)
        elif row.dossier.status == Status.DONE:
            ready.append(row)
        elif due is None:
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
        (_("Mới nộp, chờ kiểm tra"), new),
        (_("Có kết quả, chờ trả"), ready),
        (_("Đồng hồ dừng"), undated),
    ]
    return [Group(title, members) for title, members in named if members]


def roles_in_words(by: Actor) -> str:
    """The roles of the post one acts in."""
    return ", ".join(str(Role(one).label).lower() for one in sorted(by.roles) if one != Role.CITIZEN)
