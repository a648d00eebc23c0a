"""What changes alerts: a look at the thresholds, what people answer, thresholds set anew, letters of Mondays."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from django.db import connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from motcua.alerts import queries, rules
from motcua.alerts.events import AlertAcknowledged, AlertAnswered, AlertEnded, AlertRaised, ThresholdSet
from motcua.alerts.models import Alert, Letter, LetterStop, ThresholdRow
from motcua.alerts.rules import DEFAULTS, Reading, Threshold
from motcua.alerts.terms import Act, Sort
from motcua.base import journal
from motcua.base.actors import SYSTEM, Actor
from motcua.base.clock import day_of
from motcua.base.errors import Refused
from motcua.base.language import in_vietnamese
from motcua.base.models import StoredFile
from motcua.base.refs import Ref
from motcua.base.text import squeeze
from motcua.directives import actions as directives
from motcua.directives.models import Task
from motcua.directives.terms import Field
from motcua.dossiers.queries.offices import authority_of
from motcua.notifications import actions as notifications
from motcua.notifications.terms import Channel
from motcua.organisations import queries as organisations
from motcua.people.models import Person
from motcua.workdays import queries as workdays
from motcua.workdays import rules as clock

PAGE_URL = "/ban-lam-viec/so-lieu/canh-bao/"


class Looked(NamedTuple):
    """What one look at the thresholds did."""

    raised: int
    ended: int


@in_vietnamese()
def look(*, at: datetime) -> Looked:
    """Hold every watched figure against its threshold: raise what is crossed and not raised yet, end what is over."""
    raised, ended = 0, 0
    for root in queries.roots_on(day_of(at)):
        found = _look_at(root, at=at)
        raised, ended = raised + found.raised, ended + found.ended
    return Looked(raised, ended)


@transaction.atomic
def _look_at(root: int, *, at: datetime) -> Looked:
    standing = {
        (one.threshold, one.agency_id): one
        for one in Alert.objects.select_for_update().filter(root=root, ended_at__isnull=True).order_by("pk")
    }
    thresholds = {code: one for code, one in queries.thresholds_on(root, day_of(at)).items() if one.watched}
    found = queries.readings(root, thresholds.values(), at=at)
    bad = {
        (code, agency): (reading, value)
        for code, parts in found.items()
        for agency, reading in parts.items()
        if (value := rules.crossed(thresholds[code], reading)) is not None
    }
    over = [alert for key, alert in standing.items() if key not in bad]
    for alert in over:
        alert.ended_at = at
        alert.save(update_fields=["ended_at"])
        event = AlertEnded(alert=alert.pk, agency=alert.agency_id)
        journal.record(event, stream=alert.stream, by=SYSTEM, at=at)
    new = [
        _raise(root, thresholds[code], agency, reading, value, at=at)
        for (code, agency), (reading, value) in sorted(bad.items())
        if (code, agency) not in standing
    ]
    _tell(root, new, at=at)
    return Looked(len(new), len(over))


def _raise(root: int, threshold: Threshold, agency: int, reading: Reading, value: Decimal, *, at: datetime) -> Alert:
    made = Alert.objects.create(
        root_id=root,
        agency_id=agency,
        threshold=threshold.code,
        measure=threshold.measure,
        sort=threshold.sort,
        limit=threshold.limit,
        days=threshold.days,
        value=value.quantize(Decimal("0.0001")),
        numerator=reading.numerator,
        denominator=reading.denominator,
        before=reading.before,
        raised_at=at,
    )
    event = AlertRaised(alert=made.pk, threshold=threshold.code, agency=agency, value=made.value, limit=threshold.limit)
    journal.record(event, stream=made.stream, by=SYSTEM, at=at)
    return made


def _tell(root: int, new: list[Alert], *, at: datetime) -> None:
    """One line to each person, however many alerts the morning brought."""
    if not new:
        return
    messages = []
    for person, mine in queries.watchers(root, {one.agency_id for one in new}, day_of(at)).values():
        about = [one for one in new if one.agency_id in mine]
        names = organisations.names_on({one.agency_id for one in about}, day_of(at), short=True)
        subject = (
            f"Cảnh báo: {names[about[0].agency_id]}, {queries.title_of(about[0]).lower()}"
            if len(about) == 1
            else f"{len(about)} cảnh báo mới ở {len(names)} đơn vị"
        )
        messages.append(
            notifications.written(
                Channel.IN_APP, to=person, subject=subject, url=PAGE_URL, template="alerts.raised", at=at
            )
        )
    notifications.queue_all(messages)


def _locked(alert: Alert, act: Act, *, by: Actor, at: datetime) -> None:
    """Hold the row and ask the rules; all objections at once."""
    alert.refresh_from_db(from_queryset=Alert.objects.select_for_update(of=("self",)))
    if found := rules.act_objections(act, queries.standing_of(alert, by=by, at=at)):
        raise Refused(found)


@transaction.atomic
def acknowledge(alert: Alert, *, words: str = "", by: Actor, at: datetime) -> None:
    """Somebody who answers for the unit has seen it; their words stay beside it."""
    _locked(alert, Act.ACKNOWLEDGE, by=by, at=at)
    _see(alert, words, by=by, at=at)


def _see(alert: Alert, words: str, *, by: Actor, at: datetime) -> None:
    alert.seen_at, alert.seen_by_id, alert.words = at, by.id, squeeze(words)[:500]
    alert.save(update_fields=["seen_at", "seen_by", "words"])
    event = AlertAcknowledged(alert=alert.pk, agency=alert.agency_id)
    journal.record(event, stream=alert.stream, by=by, at=at)


@transaction.atomic
def propose_task(alert: Alert, *, due_on: date | None = None, by: Actor, at: datetime) -> Task:
    """Ask the unit to bring the figure back; it accepts or refuses the task like any other. Whoever asks has seen it."""
    _locked(alert, Act.PROPOSE, by=by, at=at)
    of_dossiers = not rules.about_tasks(alert.measure) and alert.sort != Sort.GROWTH
    # The figure of a task is that of its lead agency; a room has none of its own.
    followed = of_dossiers and authority_of(alert.agency_id, day_of(at)) == alert.agency_id
    task = directives.propose(
        about=Ref("alerts.alert", str(alert.pk)),
        owner=alert.agency_id,
        due=due_on or _answer_day(alert.agency_id, day_of(at)),
        title=_title_for(alert, day_of(at)),
        content=_content_for(alert),
        field=Field.REFORM,
        figure_code=alert.measure if followed else "",
        figure_target=alert.limit if followed else None,
        by=by,
        at=at,
    )
    alert.task = task
    alert.save(update_fields=["task"])
    if alert.seen_at is None:
        _see(alert, "", by=by, at=at)
    event = AlertAnswered(alert=alert.pk, agency=alert.agency_id, task=task.pk)
    journal.record(event, stream=alert.stream, by=by, at=at)
    return task


@in_vietnamese()
def _title_for(alert: Alert, day: date) -> str:
    name = organisations.name_on(alert.agency_id, day, short=True)
    measure = str(rules.figure_of(alert.measure).name).lower()
    limit = queries.number(alert.limit)
    match Sort(alert.sort):
        case Sort.ABOVE:
            return f"Đưa {measure} của {name} về không quá {limit}%"
        case Sort.BELOW:
            return f"Nâng {measure} của {name} lên ít nhất {limit}%"
        case Sort.GROWTH:
            return f"Giảm {measure} của {name} về mức trước khi tăng ({alert.before} hồ sơ)"


@in_vietnamese()
def _content_for(alert: Alert) -> str:
    """What the owner needs to know: what was seen, when, and how it is counted."""
    title, counts = queries.title_of(alert), queries.sentence_of(alert)
    sentence = rules.figure_of(alert.measure).sentence
    return f"{title} ({counts}), báo ngày {day_of(alert.raised_at):%d/%m/%Y}. Cách đếm: {sentence}"


def _answer_day(agency: int, day: date) -> date:
    return clock.add_working_days(day, rules.ANSWER_DAYS, workdays.calendar_of(agency, day))


@transaction.atomic
def set_threshold(
    root: int,
    code: str,
    *,
    watched: bool,
    limit: Decimal,
    days: int,
    fewest: int,
    since: date,
    decision: str,
    by: Actor,
    at: datetime,
) -> ThresholdRow:
    """The province's own threshold from a day on; what was in force until then stays readable, a later one gives way."""
    decision = squeeze(decision)[:200]
    found = [] if queries.may_set(by, at) else rules.set_objections()
    standing = DEFAULTS.get(code)
    wish = replace(standing or _UNKNOWN, limit=limit, days=days, fewest=fewest)
    found += rules.objections(wish, decision=decision, since=since, today=day_of(at))
    if found:
        raise Refused(found)
    _one_at_a_time(root)
    ThresholdRow.objects.filter(root=root, code=code, during__startswith__gte=since).delete()
    for row in ThresholdRow.objects.filter(root=root, code=code, during__contains=since):
        row.during = DateRange(row.during.lower, since)
        row.save(update_fields=["during"])
    made = ThresholdRow.objects.create(
        root_id=root,
        code=code,
        watched=watched,
        limit=limit,
        days=days,
        fewest=fewest,
        decision=decision,
        during=DateRange(since, None),
    )
    event = ThresholdSet(threshold=code, watched=watched, limit=limit, since=since, decision=decision)
    journal.record(event, stream=f"alerts.threshold:{root}", by=by, at=at)
    return made


def _one_at_a_time(root: int) -> None:
    """One writer of a province's thresholds until the end of the transaction: where none was set yet, no row can be locked."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('alerts.threshold'), %s)", [root])


_UNKNOWN = Threshold("", "", Sort.ABOVE, Decimal(0), 0, 1)


@transaction.atomic
def want_letter(person: Person, wanted: bool, *, at: datetime) -> None:
    """The person says whether the letter of Mondays comes to them."""
    if wanted:
        LetterStop.objects.filter(person=person).delete()
    else:
        LetterStop.objects.get_or_create(person=person, defaults={"since": at})


@transaction.atomic
def send_letter(
    person: Person, *, week: date, subject: str, body: str, url: str, file: StoredFile | None = None, at: datetime
) -> bool:
    """The letter of one week with its page attached; False when it was written before."""
    _row, new = Letter.objects.get_or_create(person=person, week=week, defaults={"sent_at": at})
    if new:
        notifications.queue(
            Channel.MAIL, to=person, subject=subject, body=body, url=url, template="alerts.letter", file=file, at=at
        )
    return new
