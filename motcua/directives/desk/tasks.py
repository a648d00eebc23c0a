"""Lists of tasks: what is mine, what my house gave, by urgency or newest first, with filters that stand in the address."""

from typing import Any, Final, NamedTuple

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.base import downloads
from motcua.base.clock import day_of, local
from motcua.base.counts import Count
from motcua.directives import actions, queries
from motcua.directives.desk import unchanged
from motcua.directives.desk.loading import OFFICIALS, number
from motcua.directives.queries import Filter, Row
from motcua.directives.terms import Duty, Field, GivenBy, Status
from motcua.organisations import queries as organisations
from motcua.people.http import PersonRequest, desk_view

LISTS: Final = {
    "can-lam": (queries.worklist, "worklist", gettext_lazy("Cần làm")),
    "toi-lam": (queries.assigned_to, "assigned", gettext_lazy("Giao cho tôi")),
    "theo-doi": (queries.followed_by, "followed", gettext_lazy("Tôi theo dõi")),
    "phoi-hop": (queries.helping, "helping", gettext_lazy("Phối hợp")),
    "cho-xac-nhan": (queries.to_confirm, "to_confirm", gettext_lazy("Chờ xác nhận")),
    "xin-gia-han": (queries.to_answer, "to_answer", gettext_lazy("Xin gia hạn")),
    "tu-choi": (queries.refused, "refused", gettext_lazy("Bị từ chối")),
    "da-giao": (queries.given_open, "", gettext_lazy("Đã giao, chưa xong")),
    "tat-ca": (queries.seen_by, "", gettext_lazy("Tất cả")),
}
"""Address → list, its figure among the counts, its name. The last ones are never counted whole."""
TILES: Final = ("can-lam", "toi-lam", "theo-doi", "phoi-hop", "cho-xac-nhan", "xin-gia-han", "tu-choi")


class Tile(NamedTuple):
    """A figure that opens its list."""

    key: str
    label: Any
    figure: Count
    sub: str
    on: bool


class Group(NamedTuple):
    """Lines of one urgency."""

    title: str
    rows: list[Row]


@desk_view(*OFFICIALS)
def tasks(request: PersonRequest) -> HttpResponse:
    """My tasks by urgency; tiles and filters stand in the address, the sheet is what they show."""
    if request.GET.get("excel"):
        return _sheet(request)
    urged = _urged(request)
    found = unchanged.kept(
        request, "tasks", lambda: _tasks(request, urged), request.GET.urlencode(), *(one.pk for one in urged)
    )
    may_give = queries.may(Duty.GIVE, by=request.actor, at=request.now)
    return render(request, "directives/desk/tasks.html", {**found, "may_give": may_give, "now": request.now})


def _sheet(request: PersonRequest) -> HttpResponse:
    """The whole list as it is narrowed, for Excel."""
    by, at = request.actor, request.now
    query, _count, _label = LISTS[_chosen(request.GET.get("o", ""), queries.desk_counts(by, at))]
    rows = queries.narrowed(query(by, at), filter_of(request.GET), day=day_of(at))
    return sheet_of(actions.export_tasks(rows.select_related("series").order_by("due_on", "pk"), at=at), at)


def _tasks(request: PersonRequest, urged: list[Any]) -> dict[str, Any]:
    """The tiles and the list, and the name of the list."""
    by, at, day = request.actor, request.now, day_of(request.now)
    counts = queries.desk_counts(by, at)
    chosen = _chosen(request.GET.get("o", ""), counts)
    query, _count, label = LISTS[chosen]
    narrow = filter_of(request.GET)
    rows = queries.narrowed(query(by, at), narrow, day=day)
    newest = chosen == "tat-ca"
    page = (
        queries.page_newest(rows, day=day, before=request.GET.get("sau", ""))
        if newest
        else queries.page_by_due(rows, day=day, after=request.GET.get("sau", ""))
    )
    context = {
        "tiles": _tiles(counts, chosen),
        "chosen": chosen,
        "label": label,
        "lists": [(key, name) for key, (_query, _key, name) in LISTS.items()],
        "groups": [Group(str(label), page.rows)] if newest and page.rows else by_urgency(page.rows),
        "older": page.older,
        "query": _kept(request.GET),
        "filter": narrow,
        "narrowed": narrow != Filter(),
        "fields": Field.choices,
        "statuses": Status.choices,
        "givers": GivenBy.choices,
        "lead_name": organisations.name_on(narrow.lead, day, short=True) if narrow.lead else "",
        "document": queries.directive_for(narrow.directive, by=by, at=at) if narrow.directive else None,
        "urged": urged,
    }
    return {"label": label, "body": render_to_string("directives/desk/_tasks.html", context, request)}


def _urged(request: PersonRequest) -> list[Any]:
    desk = queries.desk_of(request.actor, request.now)
    return list(queries.unseen_urgings(desk.own)[:5]) if desk is not None and desk.may(Duty.SEE) else []


def _chosen(wanted: str, counts: dict[str, Count]) -> str:
    """The list asked for; else what this person has most to do with."""
    if wanted in LISTS:
        return wanted
    for key in ("toi-lam", "can-lam", "cho-xac-nhan", "xin-gia-han", "tu-choi", "theo-doi"):
        if counts[LISTS[key][1]].number:
            return key
    return "can-lam"


def _tiles(counts: dict[str, Count], chosen: str) -> list[Tile]:
    """Mine always; what a giver has only where there is something."""
    found = []
    for key in TILES:
        _query, name, label = LISTS[key]
        if key in ("can-lam", "theo-doi") or counts[name].number or key == chosen:
            found.append(Tile(key, label, counts[name], _sub(key, counts), key == chosen))
    return found


def _sub(key: str, counts: dict[str, Count]) -> str:
    known = {
        "can-lam": _("%(late)s quá hạn, %(soon)s trong 7 ngày") % {"late": counts["late"], "soon": counts["due_soon"]},
        "toi-lam": _("tôi thực hiện"),
        "theo-doi": _("tôi đôn đốc"),
        "phoi-hop": _("cơ quan khác chủ trì"),
        "cho-xac-nhan": _("đã báo cáo xong"),
        "xin-gia-han": _("chờ trả lời"),
        "tu-choi": _("chờ giao lại"),
    }
    return known[key]


def filter_of(asked: QueryDict) -> Filter:
    """The filters that stand in the address; what is none narrows nothing."""
    said = {"field": (Field, "linh-vuc"), "given_by": (GivenBy, "cap"), "status": (Status, "tinh-trang")}
    chosen: dict[str, Any] = {
        name: kind(value)  # type: ignore[operator]
        for name, (kind, key) in said.items()
        if (value := asked.get(key, "")) in kind.values  # type: ignore[attr-defined]
    }
    return Filter(
        text=asked.get("q", "")[:200],
        lead=number(asked.get("chu-tri")),
        directive=number(asked.get("van-ban")),
        late_only=asked.get("qua-han") == "1",
        **chosen,
    )


def _kept(asked: QueryDict) -> str:
    """The address of this list without its page."""
    kept = asked.copy()
    for name in ("sau", "excel"):
        kept.pop(name, None)
    return kept.urlencode()


def by_urgency(rows: list[Row]) -> list[Group]:
    """Late, today, this week, later, without a day, waiting for others: the order of a morning."""
    late = [one for one in rows if one.late and one.task.status != Status.REPORTED]
    waits = [
        one for one in rows if one.task.status in (Status.REPORTED, Status.SUSPENDED, Status.DONE, Status.CANCELLED)
    ]
    rest = [one for one in rows if one not in late and one not in waits]
    today = [one for one in rest if one.left == 0]
    soon = [one for one in rest if one.left is not None and 0 < one.left <= 7]
    later = [one for one in rest if one.left is not None and one.left > 7]
    undated = [one for one in rest if one.left is None]
    named = [
        (_("Quá hạn"), late),
        (_("Đến hạn hôm nay"), today),
        (_("Trong 7 ngày tới"), soon),
        (_("Còn nhiều ngày"), later),
        (_("Không ghi hạn"), undated),
        (_("Chờ bên kia"), waits),
    ]
    return [Group(title, members) for title, members in named if members]


def sheet_of(content: bytes, at: Any, name: str = "nhiem-vu") -> HttpResponse:
    """A sheet to be kept."""
    file = f"{name}-{local(at):%Y%m%d-%H%M}.xlsx"
    return downloads.saved(content, file)
