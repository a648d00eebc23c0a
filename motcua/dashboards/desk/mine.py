"""My work against the norm: shown to oneself and to one's head, to nobody else."""

from collections import Counter
from datetime import date, datetime, time, timedelta
from typing import Any, Final, NamedTuple

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from motcua.base.clock import VIET_NAM, day_of
from motcua.dashboards import asking
from motcua.dossiers.queries.offices import authority_of
from motcua.measures.queries.persons import ENDED_BY, Kind, Step, work_of
from motcua.measures.rules.periods import Period
from motcua.organisations import queries as organisations
from motcua.organisations.terms import Level
from motcua.people import queries as people
from motcua.people.http import PersonRequest, desk_view
from motcua.people.models import Person
from motcua.people.terms import Role
from motcua.ui import words

PAGE: Final = 100


class Line(NamedTuple):
    """One kind of step as a person reads it."""

    label: Any
    kind: Kind
    mine: str
    given: str
    unit: str
    share: int
    """The part of the budget that was used, for the bar; at most 100."""
    tone: str


@desk_view()
@require_safe
def mine(request: PersonRequest) -> HttpResponse:
    """The hours of each step against what the route gives and against the unit's middle; how much on which day."""
    at = request.now
    who, office = _whose(request)
    period = _month(request.GET.get("ky", ""), at)
    begin, end = _moments(period)
    work = work_of(who.pk, {office, authority_of(office, day_of(at))}, begin=begin, end=end)
    steps = sum(one.steps for one in work.kinds)
    page = Paginator(work.steps, PAGE).get_page(request.GET.get("trang"))
    context = {
        "who": who,
        "self": who.pk == request.user.pk,
        "office": organisations.name_on(office, day_of(at)),
        "period": period,
        "period_words": asking.label(period),
        "choices": [one for one in asking.choices(period, at) if len(one.text) == 7 and "Q" not in one.text],
        "team": _team(request),
        "lines": [_line(one) for one in work.kinds],
        "steps": steps,
        "over": sum(one.over for one in work.kinds),
        "days": _by_day(work.steps, period, day_of(at)),
        "page": page,
        "rows": [(one, ENDED_BY[one.kind], _hours(one.held_minutes), _hours(one.given_minutes)) for one in page],
        "here": f"?ky={period.text}" + (f"&nguoi={who.pk}" if who.pk != request.user.pk else ""),
    }
    return render(request, "dashboards/desk/mine.html", context)


def _month(text: str, at: datetime) -> Period:
    found = asking.period_of(text, at)
    return found if len(found.text) == 7 and "Q" not in found.text else Period.parse(f"{day_of(at):%Y-%m}")


def _moments(period: Period) -> tuple[datetime, datetime]:
    midnight = time(tzinfo=VIET_NAM)
    return datetime.combine(period.first, midnight), datetime.combine(period.last + timedelta(days=1), midnight)


def _whose(request: PersonRequest) -> tuple[Person, int]:
    """The person asked about and their office: oneself, or somebody whose head one is. Everybody else is not found."""
    own = request.actor.agency
    text = request.GET.get("nguoi", "")
    if own is None or (text and not (text.isdecimal() and len(text) < 12)):
        raise Http404
    if not text or int(text) == request.user.pk:
        return request.user, own
    post = _subordinates(request).filter(person=int(text)).select_related("person").order_by("pk").first()
    if post is None:
        raise Http404
    return post.person, post.agency_id


def _subordinates(request: PersonRequest) -> Any:
    """The posts of those one leads: a unit's head of the unit, a leader of the authority and its units; no one else's."""
    by, day = request.actor, day_of(request.now)
    led: set[int] = set()
    if by.agency is not None and by.acting_for is None:
        if Role.UNIT_HEAD in by.roles:
            led.add(by.agency)
        if Role.LEADER in by.roles:
            authority = authority_of(by.agency, day)
            units = organisations.children_on(authority, day)
            led |= {authority, *(one.agency for one in units if one.level is Level.UNIT)}
    return people.posts_on(day).filter(agency__in=led).exclude(person=request.user.pk)


def _team(request: PersonRequest) -> list[tuple[int, str, bool]]:
    """Whom the head may choose, in the order of names."""
    chosen = request.GET.get("nguoi", "")
    found = {one.person_id: one.person for one in _subordinates(request).select_related("person")}
    ordered = sorted(found.values(), key=lambda one: (bytes(one.sort_key), one.pk))
    return [(one.pk, one.full_name, str(one.pk) == chosen) for one in ordered]


def _line(kind: Kind) -> Line:
    given = kind.given_minutes
    share = min(100, round(100 * kind.median_minutes / given)) if given else 0
    tone = "son" if given and kind.median_minutes > given else ""
    unit = "" if kind.unit_minutes is None else _hours(kind.unit_minutes)
    return Line(
        ENDED_BY[kind.kind], kind, _hours(kind.median_minutes), _hours(given) if given else "", unit, share, tone
    )


def _hours(minutes: int) -> str:
    return words.hours(round(minutes / 60, 1))


def _by_day(steps: list[Step], period: Period, today: date) -> list[tuple[str, int]]:
    """Each day of the month on which anything was done, and working days between them, the earliest first."""
    counts = Counter(day_of(one.at) for one in steps)
    if not counts:
        return []
    last = min(period.last, today)
    days = [period.first + timedelta(days=one) for one in range((last - period.first).days + 1)]
    return [(f"{one.day}/{one.month}", counts[one]) for one in days if counts[one] or one.weekday() < 5]
