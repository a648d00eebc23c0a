"""The due moment of a dossier, with its reasons."""

from datetime import date, datetime

from django.utils.translation import gettext as _

from motcua.base.clock import day_of
from motcua.dossiers import rules
from motcua.dossiers.models import Application, Dossier, Extension, Supplement
from motcua.workdays import queries as workdays
from motcua.workdays import rules as clock
from motcua.workdays.terms import AfterPause, Outcome


def pauses_of(dossier: Dossier) -> list[clock.Pause]:
    """The periods in which the clock stood still: from the signing of an M02 to the answer; open ones have no end."""
    if not dossier.supplements:
        return []
    asked = Supplement.objects.filter(dossier=dossier, before_receipt=False, signed_at__isnull=False).order_by(
        "signed_at", "pk"
    )
    return [
        clock.Pause(one.signed_at, one.answered_at, reason=_("chờ người nộp bổ sung hồ sơ"), document=one.number)
        for one in asked
        if one.signed_at
    ]


def extensions_of(dossier: Dossier) -> list[clock.Extension]:
    """The one new date, if there is one."""
    if not dossier.extended:
        return []
    one = Extension.objects.get(dossier=dossier)
    return [clock.Extension(one.new_due_at, at=one.at, reason=one.reason)]


def due_of(
    dossier: Dossier,
    application: Application,
    *,
    received_at: datetime | None = None,
    pauses: list[clock.Pause] | None = None,
) -> clock.Due:
    """The due moment in force and each line of its count, by the calendar of the authority that decides.

    It is computed on the calendar as it stands now; the date of M01 stays where a changed calendar would bring it forward.
    """
    begin = received_at or dossier.received_at
    assert begin is not None, "a dossier not yet received has no due moment"
    return clock.due(
        begin,
        clock.Limit.parse(application.limit),
        workdays.calendar_of(dossier.deciding_id, day_of(begin)),
        pauses=pauses_of(dossier) if pauses is None else pauses,
        extensions=extensions_of(dossier),
        rules=clock.rule_set(application.clock_rules),
        after_pause=AfterPause(application.after_supplement),
        promised=dossier.first_due_at,
    )


def due_while_asked(dossier: Dossier, asked: datetime) -> datetime | None:
    """The due moment while the papers asked for are awaited: none, for the clock stands still. Where the day had passed before
    anybody asked, it stays in force: asking late does not make what is late punctual (QĐ 766/QĐ-TTg)."""
    return dossier.due_at if outcome_at(dossier, asked) is Outcome.LATE else None


def outcome_at(dossier: Dossier, end: datetime) -> Outcome:
    """Early, on time or late at that end, as was decided for the day of receipt (a dated setting of the calendar).

    Where no due moment is in force, before receipt or while papers are awaited that were asked for in time, nothing is late.
    """
    if dossier.due_at is None or dossier.received_at is None:
        return Outcome.ON_TIME
    calendar = workdays.calendar_of(dossier.deciding_id, day_of(dossier.received_at))
    return clock.outcome_of(end, dossier.due_at, calendar, received=dossier.received_at)


def outcome_so_far(dossier: Dossier) -> str:
    """How it ended, for what comes after the end, such as a rating; empty where nothing was decided."""
    return str(outcome_at(dossier, dossier.finished_at)) if dossier.received_at and dossier.finished_at else ""


def last_day_to_answer(dossier: Dossier, asked_on: date) -> date:
    """The last day for the papers that an M02 asks for, in working days of the deciding authority."""
    days, calendar = rules.days_to_answer(asked_on), workdays.calendar_of(dossier.deciding_id, asked_on)
    return clock.add_working_days(asked_on, days, calendar)
