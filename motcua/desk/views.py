"""The officials' entrance: what waits for me, found by anything one may hold in hand, signed one after the other."""

from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from motcua.base import downloads
from motcua.base.clock import VIET_NAM, day_of
from motcua.base.errors import Refused
from motcua.base.reads import note_read
from motcua.base.text import sort_key
from motcua.desk import excel
from motcua.desk.rows import by_urgency, roles_in_words, rows_of
from motcua.desk.searching import meant
from motcua.desk.tasks import task_tiles
from motcua.documents import slips
from motcua.dossiers import actions, queries
from motcua.dossiers.models import Dossier
from motcua.dossiers.terms import Channel, Status
from motcua.notifications import queries as notifications
from motcua.notifications.actions import mark_read
from motcua.organisations import queries as organisations
from motcua.people import queries as people
from motcua.people.http import PersonRequest, desk_view
from motcua.people.terms import Role
from motcua.procedures import queries as procedures

WORKERS = (Role.CLERK, Role.SPECIALIST, Role.UNIT_HEAD, Role.LEADER, Role.RECORDS)
TILES = {
    "can-lam": (queries.worklist, "worklist", gettext_lazy("Cần làm")),
    "cho-dan": (queries.waiting_for_applicant, "waiting", gettext_lazy("Chờ người dân")),
    "noi-khac": (queries.elsewhere, "elsewhere", gettext_lazy("Chờ nơi khác")),
    "tra-lai": (queries.given_back, "given_back", gettext_lazy("Bị trả lại")),
}
NARROWING = frozenset({"cach", "trang-thai", "thu-tuc", "sau"})
"""What in an address makes a list another than its first page."""


@desk_view()
def inbox(request: PersonRequest) -> HttpResponse:
    """My work by urgency; the tiles filter."""
    by, at = request.actor, request.now
    chosen = request.GET.get("o", "can-lam")
    chosen = chosen if chosen in TILES else "can-lam"
    query, box, _label = TILES[chosen]
    if NARROWING.isdisjoint(request.GET):
        page = queries.first_page(box, by=by, at=at)
    else:
        page = queries.page_by_due(filtered(query(by, at), request), after=request.GET.get("sau", ""))
    counts = queries.tile_counts(by, at)
    tiles = [(key, label, counts[name], key == chosen) for key, (_query, name, label) in TILES.items()]
    groups = by_urgency(rows_of(page.rows, at, by, back=reverse("desk:inbox")), at)
    context = {
        "tiles": tiles,
        "groups": groups,
        "page": page,
        "late": counts["late"],
        "today": counts["today"],
        "now": at,
        "chosen": chosen,
        "roles": roles_in_words(by),
        "may_receive": Role.CLERK in by.roles,
        "may_see_team": not by.roles.isdisjoint({Role.CLERK, Role.UNIT_HEAD, Role.LEADER}),
        "wanted_code": request.GET.get("thu-tuc", ""),
        "channels": Channel.choices,
        "task_tiles": task_tiles(by, at),
        "news": notifications.news(request.user.pk, at=at),
        "place_counts": {"desk:inbox": counts["worklist"].number},
    }
    return render(request, "desk/inbox.html", context)


def filtered(rows: Any, request: PersonRequest) -> Any:
    """The filters that stand in the address."""
    if (channel := request.GET.get("cach")) in Channel.values:
        rows = rows.filter(channel=channel)
    if (status := request.GET.get("trang-thai")) in Status.values:
        rows = rows.filter(status=status)
    if code := request.GET.get("thu-tuc", "").strip():
        rows = rows.filter(procedure__code=code[:20])
    return rows


@desk_view()
def search(request: PersonRequest) -> HttpResponse:
    """One box: a scanned slip, a code, a phone, an identity number, a name, an old name of a commune, a procedure."""
    typed = request.GET.get("q", "")[:600]
    text = meant(typed, by=request.actor, at=request.now)[:300]
    if "|" in typed and text != typed:  # a card: its name and place do not stay in the address
        return redirect(reverse("desk:search", query={"q": text}))
    found = queries.search(text, by=request.actor, at=request.now) if text.strip() else []
    if len(found) == 1 and text.strip().upper() in (found[0].code, found[0].reference, found[0].outside_code.upper()):
        return redirect(found[0])
    words = bool(text.strip()) and not queries.is_code(text)  # a code of a dossier names no place and no procedure
    places = organisations.find(text, day_of(request.now), limit=5) if words else []
    known = procedures.search(text, day=day_of(request.now), limit=5) if words else []
    context = {
        "q": text,
        "rows": rows_of(found, request.now, request.actor),
        "places": places,
        "procedures": known,
        "full": len(found) >= queries.PAGE,
        "asked": None if found else queries.asked_anywhere(text, by=request.actor),
    }
    return render(request, "desk/search.html", context)


@desk_view()
def dossiers(request: PersonRequest) -> HttpResponse:
    """All dossiers of my authority, newest first, with filters and Excel."""
    rows = filtered(queries.seen_by(request.actor, request.now), request)
    if request.GET.get("excel"):
        return excel.dossiers_file(queries.with_names(rows).order_by("-pk"), request.now)
    page, count = queries.page_newest(rows, before=request.GET.get("truoc", "")), queries.counted(rows)
    context = {
        "page": page,
        "rows": rows_of(page.rows, request.now, request.actor),
        "statuses": Status.choices[1:],
        "channels": Channel.choices,
        "count": count,
        "sheet_holds": excel.MOST if count.number > queries.CAP else 0,
        "wanted_status": request.GET.get("trang-thai", ""),
    }
    return render(request, "desk/dossiers.html", context)


@desk_view(Role.LEADER)
def signing(request: PersonRequest) -> HttpResponse:
    """The leader's queue: read, sign or give back, next; several at once."""
    waiting = queries.for_signing(request.actor, request.now)
    page = queries.page_by_due(waiting, after=request.GET.get("sau", ""))
    context = {"page": page, "rows": rows_of(page.rows, request.now, request.actor), "count": queries.counted(waiting)}
    return render(request, "desk/signing.html", context)


def _note(request: PersonRequest, shown: list[Dossier], purpose: str) -> None:
    ids = [one.pk for one in shown]
    note_read(by=request.actor, at=request.now, purpose=purpose, subject="dossiers.dossier", ids=ids)


@desk_view(Role.LEADER)
def sign_one(request: PersonRequest, reference: str) -> HttpResponse:
    """One draft to read; after signing or giving back the next one opens."""
    waiting = queries.for_signing(request.actor, request.now).filter(status=Status.SIGNING)
    dossier = queries.with_names(waiting).filter(reference=reference).first()
    if dossier is None:
        messages.info(request, _("Hồ sơ này không còn chờ ký."))
        return redirect("desk:signing")
    following = (
        waiting.exclude(pk=dossier.pk).filter(due_at__gte=dossier.due_at).first()
        or waiting.exclude(pk=dossier.pk).first()
    )
    next_url = reverse("desk:sign_one", args=[following.reference]) if following else reverse("desk:signing")
    _note(request, [dossier], "đọc dự thảo để ký")
    context = {
        "dossier": dossier,
        "result": dossier.result,
        "row": rows_of([dossier], request.now, request.actor)[0],
        "lines": dossier.result.body.splitlines(),
        "following": following,
        "next_url": next_url,
    }
    return render(request, "desk/sign_one.html", context)


@desk_view(Role.LEADER)
@require_POST
def sign_many(request: PersonRequest) -> HttpResponse:
    """Sign the chosen results one after the other, each in its own transaction; what could not be signed is named."""
    chosen = request.POST.getlist("chon")[:100]
    waiting = queries.for_signing(request.actor, request.now).filter(reference__in=chosen, status=Status.SIGNING)
    signed, refused = 0, []
    for dossier in waiting:
        try:
            actions.sign(dossier, by=request.actor, at=request.now)
            signed += 1
        except Refused as why:
            refused.append(f"{dossier.label}: {' '.join(why.objections)}")
    if signed:
        messages.success(request, ngettext("Đã ký %(n)d hồ sơ.", "Đã ký %(n)d hồ sơ.", signed) % {"n": signed})
    for sentence in refused:
        messages.error(request, sentence)
    if not chosen:
        messages.warning(request, _("Chưa chọn hồ sơ nào."))
    return redirect("desk:signing")


def _period(request: PersonRequest) -> tuple[date, date]:
    """The days in the address, or this month; never more than a year."""
    today = day_of(request.now)
    first, last = _day(request.GET.get("tu")) or today.replace(day=1), _day(request.GET.get("den")) or today
    return (first, min(last, first + timedelta(days=366))) if first <= last else (last, first)


def _day(text: str | None) -> date | None:
    for shape in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return datetime.strptime(text or "", shape).replace(tzinfo=VIET_NAM).date()
        except ValueError:
            continue
    return None


class _Book(NamedTuple):
    """The book of a period; it is kept field by field (TT 03/2025/TT-VPCP), or as one."""

    first: date
    last: date
    rows: Any
    fields: list[str]
    field: str


def _book(request: PersonRequest) -> _Book:
    first, last = _period(request)
    begin, end = (datetime.combine(one, time.min, tzinfo=VIET_NAM) for one in (first, last + timedelta(days=1)))
    receiving, deciding = queries.book_of(request.actor.agency or 0, day_of(request.now))
    rows = queries.book(receiving, begin, end, deciding=deciding)
    known = rows.order_by().values_list("procedure_version__field", flat=True).distinct()
    fields = sorted(filter(None, known), key=sort_key)
    field = request.GET.get("linh-vuc", "")
    if field not in fields:
        return _Book(first, last, rows, fields, "")
    return _Book(first, last, rows.filter(procedure_version__field=field), fields, field)


@desk_view(Role.CLERK, Role.CONTROLLER, Role.LEADER, Role.UNIT_HEAD)
def book(request: PersonRequest) -> HttpResponse:
    """Sổ theo dõi hồ sơ (M07) of my one-stop for a period."""
    kept = _book(request)
    page, count = queries.page_of_book(kept.rows, after=request.GET.get("sau", "")), queries.counted(kept.rows)
    context = {
        "book": kept,
        "count": count,
        "sheet_holds": excel.MOST if count.number > queries.CAP else 0,
        "page": page,
        "rows": rows_of(page.rows, request.now, request.actor),
    }
    return render(request, "desk/book.html", context)


@desk_view(Role.CLERK, Role.CONTROLLER, Role.LEADER, Role.UNIT_HEAD)
def book_excel(request: PersonRequest) -> HttpResponse:
    """The book as a sheet."""
    return excel.dossiers_file(_book(request).rows, request.now)


@desk_view(Role.CLERK, Role.CONTROLLER, Role.LEADER, Role.UNIT_HEAD)
def book_pdf(request: PersonRequest) -> HttpResponse:
    """The book as the official form M07."""
    kept = _book(request)
    found = list(kept.rows[: excel.MOST_PRINTED + 1])
    if len(found) > excel.MOST_PRINTED:
        raise Refused(
            _("Sổ này dài hơn %(most)s hồ sơ, không in một lần được. Chọn một lĩnh vực hoặc khoảng ngày ngắn hơn.")
            % {"most": "2.000"}
        )
    _note(request, found, "in sổ theo dõi M07")
    book = excel.register_of(found, request.actor, request.now, (kept.first, kept.last), field=kept.field)
    return downloads.shown(slips.render(book), "M07.pdf")


@desk_view(Role.UNIT_HEAD, Role.LEADER, Role.CLERK)
def team(request: PersonRequest) -> HttpResponse:
    """What lies at my office, person by person."""
    office = request.actor.agency or 0
    loads = queries.loads_of(office)
    members = [
        (one, loads.get(one.pk, 0)) for one in people.officials(day=day_of(request.now), agencies=[office])[:200]
    ]
    rows = queries.of_team(office)
    page = queries.page_by_due(rows, after=request.GET.get("sau", ""))
    count, late = queries.counted_with_late(rows, request.now)
    context = {
        "members": members,
        "nobody": loads.get(None, 0),
        "page": page,
        "rows": rows_of(page.rows, request.now, request.actor),
        "count": count,
        "late": late,
        "office": organisations.name_on(office, day_of(request.now)) if office else "",
    }
    return render(request, "desk/team.html", context)


@require_safe
@desk_view()
def messages_page(request: PersonRequest) -> HttpResponse:
    """Lines sent to me in the app; what is shown here is no longer new."""
    lines = list(notifications.inbox(request.user)[:100])
    mark_read(request.user, at=request.now, ids=[one.pk for one in lines if one.read_at is None])
    return render(request, "desk/messages.html", {"lines": lines})
