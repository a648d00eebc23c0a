"""The board of the task force (Tổ công tác): sums that open into their lists, the meeting, the one-page brief."""

from collections.abc import Hashable
from datetime import date, datetime
from typing import Any, Final, NamedTuple
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.base import downloads
from motcua.base.actors import Actor
from motcua.base.clock import day_of
from motcua.base.errors import Refused
from motcua.base.text import whole_number
from motcua.directives import actions, queries
from motcua.directives.actions.excel import MOST_OUT
from motcua.directives.desk import brief, unchanged
from motcua.directives.desk.forms.parts import day_in
from motcua.directives.desk.loading import OFFICIALS, number
from motcua.directives.desk.page import chip
from motcua.directives.desk.tasks import sheet_of
from motcua.directives.models import Task
from motcua.directives.queries import Line, ReportRow, ReportSpec, Sums
from motcua.directives.terms import Field, GivenBy, GroupBy, Standing
from motcua.organisations import queries as organisations
from motcua.people.http import PersonRequest, desk_view
from motcua.ui import navigation
from motcua.ui.words import decimal_words

GROUPS: Final = {
    "co-quan": GroupBy.LEAD,
    "linh-vuc": GroupBy.FIELD,
    "cap-giao": GroupBy.GIVEN_BY,
    "van-ban": GroupBy.DOCUMENT,
    "theo-doi": GroupBy.FOLLOWER,
    "thuc-hien": GroupBy.ASSIGNEE,
}
COLUMNS: Final = {
    "dung-han": Standing.DONE_IN_TIME,
    "xong-tre": Standing.DONE_LATE,
    "trong-han": Standing.OPEN_IN_TIME,
    "qua-han": Standing.OPEN_LATE,
    "thu-hoi": Standing.CANCELLED,
}
GIVEN: Final = "giao"
_HEADS: Final = {
    GIVEN: gettext_lazy("Tổng số giao"),
    "dung-han": gettext_lazy("Hoàn thành đúng hạn"),
    "xong-tre": gettext_lazy("Hoàn thành quá hạn"),
    "trong-han": gettext_lazy("Chưa hoàn thành, trong hạn"),
    "qua-han": gettext_lazy("Chưa hoàn thành, quá hạn"),
    "thu-hoi": gettext_lazy("Đã thu hồi"),
}
MOST_MEETING: Final = 300
_TYPED: Final = (("day", "ngay"), ("since", "tu"), ("until", "den"), ("unit", "don-vi"))
_WORDS: Final = ("ngay", "tu", "den", "linh-vuc", "cap", "ai-giao", "don-vi")


class Cell(NamedTuple):
    """A figure and the list behind it; a nought opens nothing."""

    value: int
    url: str
    late: bool = False


class BoardLine(NamedTuple):
    """One line of the board."""

    name: str
    cells: list[Cell]
    share: str
    width: float


class Asked(NamedTuple):
    """What stands in the address of the board."""

    spec: ReportSpec
    group: str
    words: dict[str, str]
    """The address again, for links."""


def asked_of(request: PersonRequest) -> Asked:
    """The report that the address asks for; a day to come is told and today is shown."""
    by, at = request.actor, request.now
    get = request.GET
    today = day_of(at)
    narrow: dict[str, Any] = {}
    if first := day_in(get.get("tu")):
        narrow["given_from"] = first
    if last := day_in(get.get("den")):
        narrow["given_until"] = last
    if (field := get.get("linh-vuc", "")) in Field.values:
        narrow["field"] = Field(field)
    if (given_by := get.get("cap", "")) in GivenBy.values:
        narrow["given_by"] = GivenBy(given_by)
    if get.get("ai-giao") == "minh":
        desk = queries.desk_of(by, at)
        narrow["givers"] = desk.gives if desk is not None else frozenset()
    as_of = day_in(get.get("ngay"))
    if as_of is not None and as_of > today:
        messages.warning(request, _("Ngày %(day)s chưa tới; bảng này tính đến hôm nay.") % {"day": f"{as_of:%d/%m/%Y}"})
        as_of = None
    if (unit := whole_number(get.get("don-vi", ""))) is not None:  # a unit with everything under it, as figures name it
        narrow["leads"] = frozenset(organisations.subtree_ids(unit, as_of or today))
    group = get.get("theo", "co-quan")
    words = {name: value for name in _WORDS if (value := get.get(name, ""))}
    spec = queries.spec_for(by, at, as_of=as_of, **narrow)
    return Asked(spec, group if group in GROUPS else "co-quan", words)


@desk_view(*OFFICIALS)
def board(request: PersonRequest) -> HttpResponse:
    """Given – done (in time, late) – not done (in time, late), as of any day; each figure opens its list."""
    asked = asked_of(request)
    desk = queries.desk_of(request.actor, request.now)
    around = {
        "spec": asked.spec,
        "own": desk is not None and not desk.task_force,
        "unit_name": _unit_name(asked),
        "meeting_url": reverse("directives_desk:meeting") + _query(asked.words),
        "brief_url": reverse("directives_desk:brief") + _query(asked.words),
        "excel_url": reverse("directives_desk:board_list") + _query({**asked.words, "cot": GIVEN, "excel": "1"}),
    }
    body = unchanged.kept(request, "board", lambda: _board(request, asked, around), *_key(asked))
    return render(request, "directives/desk/board.html", {**around, "body": body})


def _unit_name(asked: Asked) -> str:
    """The unit that the board is narrowed to; nothing when it is not."""
    unit = whole_number(asked.words.get("don-vi", ""))
    return organisations.names_on([unit], asked.spec.as_of, short=True).get(unit, "") if unit is not None else ""


def _key(asked: Asked) -> tuple[Hashable, ...]:
    return asked.spec, asked.group, tuple(asked.words.items())


def _board(request: PersonRequest, asked: Asked, around: dict[str, Any]) -> str:
    lines = queries.report(asked.spec, GROUPS[asked.group])
    sums = queries.added(lines)
    others = around["own"] and asked.group == "co-quan"
    context = {
        **around,
        "asked": asked,
        "typed": {name: asked.words.get(key, "") for name, key in _TYPED},
        "lines": [_line(one, asked) for one in lines if one.sums.given],
        "total": _line(Line("", _("Cộng"), sums), asked, whole=True),
        "sums": sums,
        "tiles": _tiles(sums, asked),
        "groups": [(key, group.label, _address(asked, theo=key)) for key, group in GROUPS.items()],
        "group_label": GROUPS[asked.group].label,
        "fields": Field.choices,
        "givers": GivenBy.choices,
        "others": _others(request.actor, request.now) if others else [],
    }
    return render_to_string("directives/desk/_board.html", context, request)


def _tiles(sums: Sums, asked: Asked) -> list[dict[str, Any]]:
    share = f"{decimal_words(sums.on_time_share)}%" if sums.on_time_share is not None else ""
    known = [
        (
            GIVEN,
            sums.given,
            _("Đã giao"),
            _("%(n)d đã thu hồi không tính") % {"n": sums.cancelled} if sums.cancelled else "",
        ),
        (
            "dung-han",
            sums.done_in_time,
            _("Xong đúng hạn"),
            _("%(share)s của việc đã đến hạn") % {"share": share} if share else "",
        ),
        ("xong-tre", sums.done_late, _("Xong quá hạn"), ""),
        (
            "trong-han",
            sums.open_in_time,
            _("Đang làm, trong hạn"),
            _("%(n)d không ghi hạn") % {"n": sums.undated} if sums.undated else "",
        ),
        ("qua-han", sums.open_late, _("Đang làm, quá hạn"), _("cần đôn đốc") if sums.open_late else _("không có")),
    ]
    return [
        {"value": value, "label": label, "sub": sub, "url": _list_url(asked, key) if value else "", "key": key}
        for key, value, label, sub in known
    ]


def _line(line: Line, asked: Asked, *, whole: bool = False) -> BoardLine:
    """The figures of a line with their lists; a line without a key opens nothing but the whole."""
    sums = line.sums
    values = {
        GIVEN: sums.given,
        "dung-han": sums.done_in_time,
        "xong-tre": sums.done_late,
        "trong-han": sums.open_in_time,
        "qua-han": sums.open_late,
    }
    opens = whole or bool(line.key)
    cells = [
        Cell(
            value,
            _list_url(asked, key, "" if whole else line.key) if value and opens else "",
            key == "qua-han" and value > 0,
        )
        for key, value in values.items()
    ]
    share = sums.on_time_share
    words = f"{decimal_words(share)}%" if share is not None else "–"
    return BoardLine(line.name, cells, words, float(share or 0))


def _list_url(asked: Asked, column: str, key: str = "") -> str:
    words = {**asked.words, "cot": column}
    if key:
        words |= {"theo": asked.group, "khoa": key}
    return navigation.address("directives_desk:board_list") + _query(words)  # some hundreds on a page


def _address(asked: Asked, **more: str) -> str:
    return _query({**asked.words, **more}) or "?"


def _query(words: dict[str, str]) -> str:
    return f"?{urlencode(words)}" if words else ""


def _others(by: Actor, at: datetime) -> list[dict[str, Any]]:
    """How other agencies stand, in sums only."""
    return [
        {
            "name": one.name,
            "sums": one.sums,
            "share": f"{decimal_words(one.sums.on_time_share)}%" if one.sums.on_time_share is not None else "–",
        }
        for one in queries.figures_of_others(by, at)
    ]


@desk_view(*OFFICIALS)
def board_list(request: PersonRequest) -> HttpResponse:
    """The tasks behind one figure, as they stood on the day; it counts what the figure says."""
    asked = asked_of(request)
    column, key = request.GET.get("cot", GIVEN), request.GET.get("khoa", "")
    column = column if column in _HEADS else GIVEN
    spec = queries.narrowed_to(asked.spec, GROUPS[asked.group], key) if key else asked.spec
    standing = COLUMNS.get(column)
    if request.GET.get("excel"):
        return sheet_of(
            actions.export_tasks(_all_tasks(spec, standing), at=request.now), request.now, "bao-cao-nhiem-vu"
        )
    words = {**asked.words, "cot": column} | ({"theo": asked.group, "khoa": key} if key else {})
    found = unchanged.kept(
        request,
        "board_list",
        lambda: _list(request, Listed(asked, spec, column, key, words)),
        *_key(asked),
        column,
        key,
        request.GET.get("sau", ""),
    )
    context = {
        **found,
        "spec": spec,
        "head": _HEADS[column],
        "unit_name": _unit_name(asked),
        "back": reverse("directives_desk:board") + _query({**asked.words, "theo": asked.group}),
        "excel_url": _query({**words, "excel": "1"}),
    }
    return render(request, "directives/desk/board_list.html", context)


class Listed(NamedTuple):
    """Which list behind a figure."""

    asked: Asked
    spec: ReportSpec
    column: str
    key: str
    words: dict[str, str]


def _list(request: PersonRequest, one: Listed) -> dict[str, Any]:
    """The page of the list, and what its heading tells of it."""
    standing = COLUMNS.get(one.column)
    rows, older = queries.report_list(one.spec, standing, after=request.GET.get("sau", ""))
    lines = queries.report(one.spec, GROUPS[one.asked.group]) if one.key else []
    sums = queries.totals(one.spec)
    context = {
        "rows": [(each, chip_of(each, one.spec.as_of)) for each in rows],
        "older": _query({**one.words, "sau": older}) if older else "",
        "count": _value(sums, standing),
        "head": _HEADS[one.column],
        "name": next((each.name for each in lines if each.key == one.key), ""),
        "columns": [
            (each, label, _value(sums, COLUMNS.get(each)), _query({**one.words, "cot": each}), each == one.column)
            for each, label in _HEADS.items()
        ],
    }
    told = {name: context[name] for name in ("name", "count")}
    return {**told, "body": render_to_string("directives/desk/_board_list.html", context, request)}


def _all_tasks(spec: ReportSpec, standing: Standing | None) -> list[Task]:
    """Every task behind a figure, up to what one sheet holds."""
    found: list[Task] = []
    after = ""
    while len(found) < MOST_OUT:
        rows, after = queries.report_list(spec, standing, after=after, size=1000)
        found += [one.task for one in rows]
        if not after:
            break
    return found


def _value(sums: Sums, standing: Standing | None) -> int:
    return sums.given if standing is None else int(getattr(sums, str(standing)))


def chip_of(row: ReportRow, as_of: date) -> Any:
    """How a task stood on the day of the report."""
    left = (row.due_on - as_of).days if row.due_on else None
    status = {
        Standing.DONE_IN_TIME: "done",
        Standing.DONE_LATE: "done",
        Standing.CANCELLED: "cancelled",
    }.get(row.standing, "reported" if row.reported_on and not row.late else "doing")
    return chip(status, row.due_on, left, row.late)


@desk_view(*OFFICIALS)
def meeting(request: PersonRequest) -> HttpResponse:
    """Large letters for the meeting: the late tasks one after the other, the latest first."""
    asked = asked_of(request)
    rows, _older = queries.report_list(asked.spec, Standing.OPEN_LATE, size=MOST_MEETING)
    place = min(max(number(request.GET.get("so")) or 1, 1), max(len(rows), 1))
    row = rows[place - 1] if rows else None
    view = None
    if row is not None and (task := queries.task_for(row.task.code, by=request.actor, at=request.now)):
        view = queries.task_view(task, by=request.actor, at=request.now)
    context = {
        "row": row,
        "view": view,
        "place": place,
        "count": len(rows),
        "spec": asked.spec,
        "previous": _query({**asked.words, "so": str(place - 1)}) if place > 1 else "",
        "following": _query({**asked.words, "so": str(place + 1)}) if place < len(rows) else "",
        "back": reverse("directives_desk:board") + _query(asked.words),
        "brief_url": reverse("directives_desk:brief") + _query(asked.words),
        "last_words": next((one for one in view.history if one.note), None) if view else None,
    }
    return render(request, "directives/desk/meeting.html", context)


@desk_view(*OFFICIALS)
def brief_pdf(request: PersonRequest) -> HttpResponse:
    """One page for the chairman."""
    asked = asked_of(request)
    found = queries.brief(asked.spec)
    desk = queries.desk_of(request.actor, request.now)
    if desk is None:
        raise Refused(_("Chỉ cán bộ của cơ quan được xem báo cáo nhiệm vụ."))
    house = organisations.name_on(desk.house, asked.spec.as_of)
    pdf = brief.render(found, house=house, whole=desk.task_force, at=request.now)
    name = f"ban-tin-nhiem-vu-{asked.spec.as_of:%Y%m%d}.pdf"
    return downloads.shown(pdf, name)
