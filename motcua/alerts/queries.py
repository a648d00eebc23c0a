"""Questions about alerts: what the thresholds are on a day, what the figures say, which alerts a person should see."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Final
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from motcua.alerts import rules
from motcua.alerts.models import Alert, Letter, LetterStop, ThresholdRow
from motcua.alerts.rules import DEFAULTS, Reading, Standing, Threshold
from motcua.alerts.terms import ACTS, Act, Sort
from motcua.base.actors import Actor
from motcua.base.clock import day_of
from motcua.directives.queries import Desk, ReportSpec, desk_of
from motcua.directives.queries.counting import summed
from motcua.directives.queries.places import offices_of as task_offices_of
from motcua.dossiers.queries.offices import authority_of, offices_of
from motcua.measures.queries.figures import Asked, Figure, figures_of_each
from motcua.measures.queries.live import Span
from motcua.measures.terms import Part
from motcua.organisations import queries as organisations
from motcua.organisations.terms import Level
from motcua.organisations.terms import Reading as TreeReading
from motcua.people import queries as people
from motcua.people.models import Person
from motcua.people.terms import Role
from motcua.ui.words import decimal_words

PAGE: Final = 50


def roots_on(day: date) -> list[int]:
    """The provinces that are looked after."""
    return [node.version.agency for node in organisations.tree_on(day) if node.version.level is Level.PROVINCE]


def thresholds_on(root: int, day: date) -> dict[str, Threshold]:
    """Every threshold as it is in force on that day, in the order of the program's own."""
    own = {row.code: row for row in ThresholdRow.objects.filter(root=root, during__contains=day)}
    return {code: _decided(standing, own.get(code)) for code, standing in DEFAULTS.items()}


def _decided(standing: Threshold, row: ThresholdRow | None) -> Threshold:
    if row is None:
        return standing
    return replace(
        standing,
        limit=row.limit.normalize(),
        days=row.days,
        fewest=row.fewest,
        watched=row.watched,
        source=row.decision,
        since=row.during.lower,
    )


def coming(root: int, day: date) -> dict[str, Threshold]:
    """What was decided for a later day, by its code; the nearest one."""
    rows = ThresholdRow.objects.filter(root=root, during__startswith__gt=day).order_by("-during")
    return {row.code: _decided(DEFAULTS[row.code], row) for row in rows if row.code in DEFAULTS}


def history(root: int, code: str) -> QuerySet[ThresholdRow]:
    """Every value it was given, the latest first."""
    return ThresholdRow.objects.filter(root=root, code=code).order_by("-during", "-pk")


def readings(root: int, thresholds: Iterable[Threshold], *, at: datetime) -> dict[str, dict[int, Reading]]:
    """What each threshold's figure is for every unit under the province, however deep, at this moment, under today's tree.

    Authorities are counted by the dossiers they decide, rooms and branches inside them by those that lie with them.
    """
    day = day_of(at)
    spans: dict[date | None, list[Threshold]] = defaultdict(list)
    found: dict[str, dict[int, Reading]] = {}
    for one in thresholds:
        if rules.about_tasks(one.measure):
            found[one.code] = _tasks(root, day)
            continue
        flows = one.sort is not Sort.GROWTH and rules.counts_days(one)
        spans[day - timedelta(days=one.days - 1) if flows else None].append(one)
    for since, together in spans.items():
        # A state is asked for a single day: reading flows from the beginning of time would be for nothing.
        values = _of_each(root, Span(day, since or day, at), together, day)
        for one in together:
            before = _before(root, one, day) if one.sort is Sort.GROWTH else {}
            found[one.code] = {
                agency: Reading(each.value, each.numerator, each.denominator, before.get(agency, 0 if before else None))
                for agency, each in values[one.code].items()
            }
    return found


def _of_each(root: int, span: Span, thresholds: Collection[Threshold], day: date) -> dict[str, dict[int, Figure]]:
    """By threshold the figure of each unit it is for."""
    found: dict[str, dict[int, Figure]] = {one.code: {} for one in thresholds}
    register = organisations.register()
    for part in (Part.DECIDING, Part.HOLDING):
        asked = Asked(root, span, day, part, TreeReading.NOW)
        wanted = [one for one in thresholds if part is Part.DECIDING or one.of_units]
        measures = dict.fromkeys(one.measure for one in wanted)
        for agency, each in (figures_of_each(asked, measures) if wanted else {}).items():
            version = register.on(agency, day)
            if version is None or (version.level is Level.UNIT) is (part is Part.DECIDING):
                continue
            for one in wanted:
                found[one.code][agency] = each[one.measure]
    return found


def _before(root: int, threshold: Threshold, day: date) -> dict[int, int]:
    then = day - timedelta(days=threshold.days)
    values = _of_each(root, Span(then, then), [threshold], day)[threshold.code]
    return {agency: one.numerator for agency, one in values.items()}


def _tasks(root: int, day: date) -> dict[int, Reading]:
    """Open tasks of each agency that leads any, and the part that is late; one statement."""
    sums = summed(ReportSpec(root=root, as_of=day, today=day), "lead")
    return {
        agency: Reading(Decimal(100 * one.open_late) / one.open, one.open_late, one.open)
        for agency, one in sums.items()
        if agency is not None and agency != root and one.open
    }


@dataclass(frozen=True)
class Row:
    """One alert as a person reads it."""

    alert: Alert
    name: str
    title: str
    sentence: str
    now: str
    """What the figure is at this moment; empty when it was not asked for."""
    rows_url: str
    """The dossiers or tasks that it counted when it was raised."""
    acknowledge: list[str]
    propose: list[str]
    """Reasons against each act; empty lists where it may be done."""


def seen_by(by: Actor, at: datetime) -> QuerySet[Alert]:
    """The alerts about the offices a person answers for: their own authority and, for those who lead, all under it."""
    if by.agency is None:
        return Alert.objects.none()
    day = day_of(at)
    offices = offices_of(by, day)
    # The task force of a province sits in its office, beside the units it looks after.
    desk = desk_of(by, at)
    if desk is not None and desk.task_force:
        offices |= frozenset(organisations.subtree_ids(desk.root, day))
    return Alert.objects.filter(agency__in=_answered_for(offices, by.agency, day)).select_related("seen_by", "task")


def _answered_for(offices: Iterable[int], own: int, day: date) -> list[int]:
    """Authorities at any level; of rooms and branches only those of one's own authority: each looks after its own."""
    register, authority = organisations.register(), authority_of(own, day)
    found = []
    for one in offices:
        version = register.on(one, day)
        if version is None or version.level is not Level.UNIT or authority_of(one, day) == authority:
            found.append(one)
    return found


def open_about(unit: int, day: date) -> QuerySet[Alert]:
    """Those that still stand about a unit and all under it, the newest first: authorities by name, rooms only inside the unit's own."""
    about = _answered_for(organisations.subtree_ids(unit, day), unit, day)
    return Alert.objects.filter(agency__in=about, ended_at__isnull=True).select_related("task").order_by("-pk")


def open_for(by: Actor, at: datetime) -> QuerySet[Alert]:
    """Those that still stand, the newest first."""
    return seen_by(by, at).filter(ended_at__isnull=True).order_by("-pk")


def ended_for(by: Actor, at: datetime) -> QuerySet[Alert]:
    """Those that are over, the newest first."""
    return seen_by(by, at).filter(ended_at__isnull=False).order_by("-pk")


def rows_of(
    alerts: Collection[Alert], *, by: Actor, at: datetime, fresh: Mapping[str, Mapping[int, Reading]] | None = None
) -> list[Row]:
    """Alerts the person may see as lines of a page; `fresh` holds what the figures are now."""
    names = organisations.names_on({one.agency_id for one in alerts}, day_of(at), short=True)
    desk, found = desk_of(by, at), []
    for one in alerts:
        now = (fresh or {}).get(one.threshold, {}).get(one.agency_id)
        standing = _standing(one, desk, by, answers_for=True)
        found.append(
            Row(
                one,
                names.get(one.agency_id, ""),
                title_of(one),
                sentence_of(one),
                "" if now is None or now.value is None else told(one, now),
                rows_address(one),
                rules.act_objections(Act.ACKNOWLEDGE, standing),
                rules.act_objections(Act.PROPOSE, standing),
            )
        )
    return found


def standing_of(alert: Alert, *, by: Actor, at: datetime) -> Standing:
    """What the rules need to know about a person and an alert."""
    answers_for = seen_by(by, at).filter(pk=alert.pk).exists()
    return _standing(alert, desk_of(by, at), by, answers_for=answers_for)


def _standing(alert: Alert, desk: Desk | None, by: Actor, *, answers_for: bool) -> Standing:
    return Standing(
        roles=by.roles,
        answers_for=answers_for,
        above=desk is not None and (alert.agency_id not in (desk.authority, desk.agency)),
        ended=alert.ended_at is not None,
        seen=alert.seen_at is not None,
        has_task=alert.task_id is not None,
    )


def rows_address(alert: Alert) -> str:
    """Where the rows behind an alert stand, as they were when it was raised: they add up to what it says."""
    if rules.about_tasks(alert.measure):
        day = f"{day_of(alert.raised_at):%d/%m/%Y}"
        asked = {"ngay": day, "theo": "co-quan", "khoa": alert.agency_id, "cot": "qua-han"}
        return f"{reverse('directives_desk:board_list')}?{urlencode(asked)}"
    window = {"don-vi": alert.agency_id, "luc": alert.raised_at.isoformat(), "so-ngay": alert.days}
    if alert.sort == Sort.GROWTH:
        window["so-ngay"] = 0
    return f"{reverse('dashboards_desk:rows', args=[alert.measure])}?{urlencode(window)}"


def number(value: Decimal) -> str:
    """At most one decimal, as the language of the page writes it."""
    return decimal_words(value, 1)


def told(alert: Alert, now: Reading) -> str:
    """A value as the sentence tells it: 12,5% · 42 trong 335 · 180, trước 120."""
    if alert.sort == Sort.GROWTH:
        return str(now.numerator)
    return f"{number(Decimal(now.value or 0))}%"


def title_of(alert: Alert) -> str:
    """What is wrong, in a few words."""
    name = str(rules.figure_of(alert.measure).name)
    words = {
        "name": name,
        "value": number(alert.value),
        "limit": number(alert.limit),
        "n": alert.numerator,
        "before": alert.before,
    }
    match Sort(alert.sort):
        case Sort.ABOVE:
            return _("%(name)s %(value)s%%, cao hơn ngưỡng %(limit)s%%") % words
        case Sort.BELOW:
            return _("%(name)s %(value)s%%, thấp hơn ngưỡng %(limit)s%%") % words
        case Sort.GROWTH:
            return _("%(name)s tăng từ %(before)s lên %(n)s, quá ngưỡng tăng %(limit)s%%") % words


def sentence_of(alert: Alert) -> str:
    """The counts behind it, as they were when it was raised."""
    words = {"n": alert.numerator, "of": alert.denominator, "before": alert.before, "days": alert.days}
    if alert.sort == Sort.GROWTH:
        return _("trong %(days)s ngày") % words
    if rules.about_tasks(alert.measure):
        return _("%(n)s trong %(of)s nhiệm vụ chưa xong") % words
    if alert.days:
        return _("%(n)s trong %(of)s, tính %(days)s ngày") % words
    return _("%(n)s trong %(of)s hồ sơ đang giải quyết") % words


def may_set(by: Actor, at: datetime) -> bool:
    """Whether the person keeps the thresholds of the province: its controller, in the committee or its office."""
    desk = desk_of(by, at)
    return desk is not None and desk.house == desk.root and not ACTS[Act.SET].isdisjoint(by.roles)


def root_for(by: Actor, at: datetime) -> int | None:
    """The province a person works in."""
    desk = desk_of(by, at)
    return desk.root if desk is not None else None


def watchers(root: int, agencies: Collection[int], day: date) -> dict[int, tuple[Person, frozenset[int]]]:
    """Who is told of new alerts: those who lead or control the province, of authorities; each authority's, of its own rooms too."""
    offices = {root, *task_offices_of(root, day)}
    inside = {one: authority for one in agencies if (authority := authority_of(one, day)) != one}
    posts = people.posts_on(day).filter(
        agency__in=[*offices, *agencies, *inside.values()], role__in=[Role.LEADER.value, Role.CONTROLLER.value]
    )
    found: dict[int, tuple[Person, frozenset[int]]] = {}
    for post in posts.select_related("person").order_by("pk"):
        mine = {one for one in agencies if post.agency_id in (one, inside.get(one))}
        if post.agency_id in offices:
            mine |= set(agencies) - inside.keys()
        known = found.get(post.person_id)
        if mine:
            found[post.person_id] = (post.person, frozenset(mine | known[1] if known else mine))
    return found


def letter_readers(day: date) -> list[tuple[Person, int]]:
    """Who still gets the letter of this Monday, with the authority it is about: leaders with an address who did not say no."""
    stopped = LetterStop.objects.values("person")
    posts = people.posts_on(day).filter(role=Role.LEADER.value).exclude(person__in=stopped).exclude(person__email="")
    posts = posts.exclude(person__in=Letter.objects.filter(week=day).values("person"))
    found: dict[int, tuple[Person, int]] = {}
    for post in posts.select_related("person").order_by("pk"):
        version = organisations.version_on(post.agency_id, day)
        if version is not None:
            found.setdefault(post.person_id, (post.person, authority_of(post.agency_id, day)))
    return list(found.values())


def wants_letter(person: int) -> bool:
    """Whether the letter of Mondays goes to this person."""
    return not LetterStop.objects.filter(person=person).exists()
