"""Calendars: a year of days off and make-up days, office hours, the length of a working day; each with its document."""

from calendar import Calendar
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from django.contrib import messages
from django.db import transaction
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from motcua.base.clock import day_of, local
from motcua.base.errors import Refused
from motcua.base.text import whole_number
from motcua.desk.admin import changes, scope
from motcua.desk.admin.forms import ClockForm, DayForm, HoursForm, TrialForm, hours_words
from motcua.organisations import queries as organisations
from motcua.organisations.terms import Level
from motcua.people.http import PersonRequest, desk_view
from motcua.people.terms import Permission
from motcua.ui.words import WEEKDAYS_SHORT
from motcua.workdays import actions, queries, rules
from motcua.workdays.models import ClockSetting, DayRule
from motcua.workdays.rules.calendars import Week
from motcua.workdays.rules.composing import read_week
from motcua.workdays.terms import DayKind, DayStatus

keepers = desk_view(Permission.MANAGE_CALENDAR)
FIRST_YEAR, LAST_YEAR = 1990, 2150
REFUSED = 422


class Place(NamedTuple):
    """Whose calendar is open: the province's (no agency) or one agency's, and why this person may not change it."""

    agency: int | None
    name: str
    objections: list[str]

    @property
    def query(self) -> str:
        """The part of an address that names it."""
        return f"co-quan={self.agency}" if self.agency else ""

    def url(self, name: str, *args: Any, **more: Any) -> str:
        """The address of a page about this calendar."""
        query = "&".join([self.query, *(f"{key}={value}" for key, value in more.items())]).strip("&")
        return reverse(f"desk:{name}", args=args) + (f"?{query}" if query else "")


class Special(NamedTuple):
    """One day that differs, as the list shows it."""

    day: date
    kind: DayKind
    name: str
    document: str
    status: DayStatus
    hours: str
    decided_for: str
    url: str
    is_expected: bool


class Cell(NamedTuple):
    """One day of the year's picture."""

    number: int
    look: str
    title: str


def _place(request: PersonRequest) -> Place:
    text, today = request.GET.get("co-quan", ""), day_of(request.now)
    if not text:
        return Place(None, _("Chung của tỉnh"), scope.inside_objections(None, request.actor, today))
    agency = whole_number(text) or 0
    name = organisations.full_names_on([agency], today, short=True)[agency]
    if not name:
        raise Http404(_("Không có cơ quan này."))
    return Place(agency, name, scope.inside_objections(agency, request.actor, today))


def _check(place: Place) -> None:
    if place.objections:
        raise Refused(place.objections)


@require_safe
@keepers
def calendar(request: PersonRequest) -> HttpResponse:
    """A year: which days do not count, which make up for them, by which document, for whom."""
    today, place = day_of(request.now), _place(request)
    text = request.GET.get("nam", "")
    year = whole_number(text) or today.year
    year = year if FIRST_YEAR <= year <= LAST_YEAR else today.year
    known = queries.calendar_of(place.agency, today)
    context = {
        "place": place,
        "year": year,
        "years": [one for one in range(year - 2, year + 3) if FIRST_YEAR <= one <= LAST_YEAR],
        "months": _months(year, known, today),
        "heads": WEEKDAYS_SHORT,
        "rows": _special_days(year, known, place, today),
        "choices": _offices(place, today),
        "week": _week_lines(known.week_on(today)),
        "setting": known.setting_on(today),
        "since": next((one.during.lower for one in queries.hours_of(place.agency) if _holds(one.during, today)), None),
        "told": changes.calendar_changes(place.agency),
        **_trial(request, place),
    }
    return render(request, "desk/admin/calendar.html", context)


def _holds(during: Any, day: date) -> bool:
    return (during.lower is None or during.lower <= day) and (during.upper is None or day < during.upper)


def _offices(place: Place, today: date) -> list[tuple[int, str]]:
    """Offices that may have a calendar of their own; a unit is reached from its own page."""
    nodes = (node.version for node in organisations.tree_on(today))
    return [(one.agency, one.short_name) for one in nodes if one.level is not Level.UNIT or one.agency == place.agency]


def _special_days(year: int, known: rules.OfficeCalendar, place: Place, today: date) -> list[Special]:
    chain: list[int | None] = [None]
    if place.agency:
        chain += [one.agency for one in reversed(organisations.ancestors(place.agency, today))] + [place.agency]
    stored = DayRule.objects.filter(Q(agency=None) | Q(agency__in=chain[1:]), day__year=year)
    owners: dict[date, int | None] = {}
    for day, agency in sorted(stored.values_list("day", "agency_id"), key=lambda one: chain.index(one[1])):
        owners[day] = agency
    names = organisations.names_on([one for one in owners.values() if one], today, short=True)
    kinds = [(DayKind.HOLIDAY, known.days_off), (DayKind.EXTRA, known.days_worked)]
    return sorted(
        Special(
            day=day,
            kind=kind,
            name=one.name,
            document=one.document,
            status=one.status,
            hours="" if one.hours is None else hours_words(one.hours),
            decided_for=names.get(owners.get(day) or 0) or _("cả tỉnh"),
            url=place.url("calendar_day", day.isoformat()),
            is_expected=one.status is not DayStatus.DECIDED,
        )
        for kind, days in kinds
        for day, one in days.items()
        if day.year == year
    )


def _months(year: int, known: rules.OfficeCalendar, today: date) -> list[tuple[int, list[list[Cell | None]]]]:
    def cell(day: date, month: int) -> Cell | None:
        if day.month != month:
            return None
        off, extra = known.days_off.get(day), known.days_worked.get(day)
        special = extra or off
        look = "x" if extra else "h" if off else "" if known.week_on(day)[day.weekday()] else "o"
        unsure = " e" if special and special.status is not DayStatus.DECIDED else ""
        return Cell(day.day, look + unsure + (" t" if day == today else ""), special.name if special else "")

    weeks = Calendar().monthdatescalendar
    return [(month, [[cell(day, month) for day in week] for week in weeks(year, month)]) for month in range(1, 13)]


def _week_lines(week: Week) -> list[tuple[str, str]]:
    """The week in as few lines as it takes: Thứ Hai – Thứ Sáu, Thứ Bảy, Chủ nhật."""
    lines: list[tuple[str, str]] = []
    start = 0
    for number in range(1, 8):
        if number == 7 or week[number] != week[start]:
            first, last = str(changes.WEEKDAYS[start]), str(changes.WEEKDAYS[number - 1])
            label = first if start == number - 1 else f"{first} – {last}"
            lines.append((label, hours_words(week[start]).replace("-", "–") or _("nghỉ")))
            start = number
    return lines


def _trial(request: PersonRequest, place: Place) -> dict[str, Any]:
    """What this calendar makes of a receipt: the same answer and lines that a dossier would get."""
    asked = "nhan" in request.GET
    first = {"nhan": f"{local(request.now):%d/%m/%Y %H:%M}", "han": "5", "don_vi": "wd"}
    form = TrialForm(request.GET if asked else first)
    if not form.is_valid():
        return {"trial": form, "due": None}
    facts = form.cleaned_data
    limit = rules.Limit.parse(f"{facts['han']}{facts['don_vi']}")
    try:
        due = queries.due_for(place.agency, facts["nhan"], limit)
    except Refused as why:
        why.onto(form)
        return {"trial": form, "due": None}
    return {"trial": form, "due": due, "limit": limit.in_words()}


@keepers
def day(request: PersonRequest, day: str = "") -> HttpResponse:
    """Decide one day, or a run of days, for the province or one office; what was typed stays when it is refused."""
    place, on = _place(request), _iso(day) if day else None
    own = DayRule.objects.filter(day=on, agency=place.agency).first() if on else None
    form = DayForm(request.POST or None, fixed_day=on is not None, initial=_day_initial(place, on, own, request.now))
    if request.method == "POST" and form.is_valid():
        try:
            _check(place)
            first = _set_days(form.cleaned_data, on, place, request)
        except Refused as refused:
            refused.onto(form)
        else:
            messages.success(
                request, _("Đã ghi lịch. Hồ sơ đang giải quyết được tính lại, không sớm hơn ngày đã hẹn trên giấy.")
            )
            return redirect(place.url("calendar", nam=first.year))
    context = {"form": form, "place": place, "on": on, "own": own}
    return render(request, "desk/admin/day.html", context, status=REFUSED if form.errors else 200)


def _iso(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Http404(_("Không có ngày này.")) from None


def _day_initial(place: Place, on: date | None, own: DayRule | None, now: datetime) -> dict[str, Any]:
    if on is None:
        return {"kind": DayKind.HOLIDAY.value, "status": DayStatus.DECIDED.value}
    known = queries.calendar_of(place.agency, day_of(now))
    off, extra = known.days_off.get(on), known.days_worked.get(on)
    found = extra or off
    if found is None:
        return {"kind": DayKind.HOLIDAY.value, "status": DayStatus.DECIDED.value}
    kind = own.kind if own else DayKind.EXTRA.value if extra else DayKind.HOLIDAY.value
    hours = "" if found.hours is None else hours_words(found.hours)
    return {"kind": kind, "name": found.name, "document": found.document, "status": found.status.value, "hours": hours}


@transaction.atomic
def _set_days(facts: dict[str, Any], on: date | None, place: Place, request: PersonRequest) -> date:
    """All days of the run, or none."""
    first: date = on or facts["day"]
    last: date = facts.get("last") or first
    for number in range((last - first).days + 1):
        actions.set_day(
            first + timedelta(days=number),
            kind=DayKind(facts["kind"]),
            name=facts["name"],
            document=facts["document"],
            status=DayStatus(facts["status"]),
            hours=facts["hours"] or None,
            agency=place.agency,
            by=request.actor,
            at=request.now,
        )
    return first


@keepers
def remove_day(request: PersonRequest, day: str) -> HttpResponse:
    """Make a day ordinary again; first a page that says what it becomes."""
    place, on = _place(request), _iso(day)
    own = DayRule.objects.filter(day=on, agency=place.agency).first()
    stored = queries.calendar_of(place.agency, day_of(request.now))
    if own is None and (place.agency or on not in {**stored.days_off, **stored.days_worked}):
        raise Http404(_("Ngày này không có trong lịch của nơi này."))
    if request.method == "POST":
        _check(place)
        actions.remove_day(on, agency=place.agency, by=request.actor, at=request.now)
        messages.success(request, _("Đã bỏ ngày %(day)s khỏi lịch.") % {"day": f"{on:%d/%m/%Y}"})
        return redirect(place.url("calendar", nam=on.year))
    found = stored.days_worked.get(on) or stored.days_off.get(on)
    works = bool(stored.week_on(on)[on.weekday()])
    return render(request, "desk/admin/remove_day.html", {"place": place, "on": on, "found": found, "works": works})


@keepers
def hours(request: PersonRequest) -> HttpResponse:
    """Weekly hours from a day on; the versions before stay."""
    place, today = _place(request), day_of(request.now)
    form = HoursForm(request.POST or None, week=queries.calendar_of(place.agency, today).week_on(today))
    if request.method == "POST" and form.is_valid():
        try:
            _check(place)
            decided = {"since": form.cleaned_data["since"], "document": form.cleaned_data["document"]}
            actions.set_office_hours(place.agency, week=form.week, by=request.actor, at=request.now, **decided)
        except Refused as refused:
            refused.onto(form)
        else:
            messages.success(
                request, _("Đã ghi giờ làm việc từ ngày %(day)s.") % {"day": f"{decided['since']:%d/%m/%Y}"}
            )
            return redirect(place.url("calendar"))
    versions = [(one, _week_lines(read_week(one.week))) for one in queries.hours_of(place.agency)[:50]]
    context = {"form": form, "place": place, "versions": versions}
    return render(request, "desk/admin/hours.html", context, status=REFUSED if form.errors else 200)


@keepers
def clock(request: PersonRequest) -> HttpResponse:
    """How many hours make a working day and how late is compared, for receipts from a day on; for the whole province."""
    today = day_of(request.now)
    place = Place(None, _("Chung của tỉnh"), scope.inside_objections(None, request.actor, today))
    setting = queries.calendar_of(None, today).setting_on(today)
    first = {"hours_per_day": setting.hours_per_day, "comparison": setting.comparison.value}
    form = ClockForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            _check(place)
            changes.set_clock(form.cleaned_data, by=request.actor, at=request.now)
        except Refused as refused:
            refused.onto(form)
        else:
            messages.success(request, _("Đã ghi cách tính giờ."))
            return redirect("desk:calendar")
    settings = ClockSetting.objects.order_by("-during", "-pk")[:50]
    context = {"form": form, "place": place, "settings": settings}
    return render(request, "desk/admin/clock.html", context, status=REFUSED if form.errors else 200)
