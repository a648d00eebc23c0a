"""What both doors show of a dossier: its status as a tag, its time, its answers in words."""

import re
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any, Final

from django.utils.translation import gettext as _

from motcua.base.clock import day_of
from motcua.base.masking import mask_identity
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.clocks import due_of
from motcua.dossiers.terms import UNDER_CLOCK, WITHOUT_RESULT, Status
from motcua.procedures.rules import forms as questions
from motcua.ui.words import decimal_words
from motcua.workdays import queries as workdays
from motcua.workdays import rules as clock

NO_ANSWER: Final = "–"
_NUMBER: Final = re.compile(r"-?\d{1,15}(?:\.\d{1,6})?")
TAG_OF: Final[dict[str, tuple[str, str]]] = {
    Status.SUBMITTED: ("nuoc", "inbox"),
    Status.NEED_MORE_PRE: ("", "circle-pause"),
    Status.REFUSED: ("son", "circle-x"),
    Status.RECEIVED: ("nuoc", "user-check"),
    Status.PROCESSING: ("nuoc", "search"),
    Status.NEED_MORE: ("", "circle-pause"),
    Status.SIGNING: ("cham", "pen-line"),
    Status.DONE: ("la", "circle-check"),
    Status.RETURNED: ("la", "circle-check"),
    Status.WITHDRAWN: ("", "undo-2"),
    Status.STOPPED: ("son", "circle-x"),
    Status.CLOSED_NO_RESPONSE: ("", "circle-x"),
}
"""Kind of the tag and its icon; a draft has none."""


_NO_WORDS = {"used_words": "", "wait_words": "", "left_words": ""}


def clock_of(dossier: Dossier, at: datetime, *, whole_weeks: bool = False) -> dict[str, Any]:
    """The strip of time: chip, days, lines of the count; empty before receipt."""
    at_once = dossier.received_at is not None and dossier.received_at == dossier.returned_at
    if dossier.received_at is None or at_once:  # nothing was promised yet, or nothing had to be
        return {"due": None, "remaining": None, "cells": [], "sentence": "", **_NO_WORDS}
    calendar = workdays.calendar_of(dossier.deciding_id, day_of(dossier.received_at))
    due = due_of(dossier, dossier.application) if dossier.application.limit else None
    if dossier.state in (Status.DONE, Status.RETURNED) and due is not None and due.due != dossier.due_at:
        due = None  # the calendar was changed after it ended: the count of today is not what was promised and judged
    left = None
    if dossier.state not in WITHOUT_RESULT:
        left = clock.remaining(at, dossier.due_at, calendar, finished=dossier.finished_at, received=dossier.received_at)
    cells = clock.day_cells(due, calendar, now=dossier.finished_at or at, whole_weeks=whole_weeks) if due else []
    if dossier.finished_at is not None:  # the count ended then: that day is not "today"
        end = _("dừng") if dossier.state in WITHOUT_RESULT else _("xong")
        cells = [replace(one, note=one.note if one.is_due else end) if one.is_today else one for one in cells]
    return {
        "due": due,
        "remaining": left,
        "cells": cells,
        "sentence": clock.sentence(due) if due else "",
        **_clock_words(dossier, due, calendar, at),
    }


def _clock_words(
    dossier: Dossier, due: clock.Due | None, calendar: clock.OfficeCalendar, at: datetime
) -> dict[str, str]:
    if due is None or dossier.received_at is None:
        return dict(_NO_WORDS)
    until = min(at, dossier.finished_at or at, due.due or at)  # past the due moment nothing is used: it is late
    paused = sum(
        clock.minutes_between(one.start, min(one.end or until, until), calendar)
        for one in due.pauses
        if one.start < until
    )
    used = clock.minutes_between(dossier.received_at, until, calendar) - paused
    words = {**_NO_WORDS, "used_words": _("đã dùng %(hours)s") % {"hours": _hours(used)}}
    if paused:
        words["wait_words"] = _("dừng %(hours)s, chờ bổ sung") % {"hours": _hours(paused)}
    if dossier.status in UNDER_CLOCK and dossier.due_at and dossier.due_at > at:
        words["left_words"] = _("còn %(hours)s") % {
            "hours": _hours(clock.minutes_between(at, dossier.due_at, calendar))
        }
    return words


def _hours(minutes: int) -> str:
    hours, rest = divmod(max(0, minutes), 60)
    return _("%(h)d giờ %(m)d phút") % {"h": hours, "m": rest} if rest else _("%(h)d giờ") % {"h": hours}


def answer_lines(dossier: Dossier, *, masked: bool = False) -> list[tuple[str, list[tuple[str, str]]]]:
    """The application form as question groups and answers in words; identity numbers as lists show them where `masked`."""
    schema = dossier.procedure_version.form_schema
    if not schema:
        return []
    return [
        (group.title, [(spec.label, _answer(spec, dossier.application.answers, masked)) for spec in group.fields])
        for group in questions.groups(schema)
    ]


def _answer(spec: questions.FieldSpec, answers: Any, masked: bool) -> str:
    words = answer_in_words(spec, answers)
    hidden = masked and spec.kind is questions.Kind.IDENTITY and words != NO_ANSWER
    return mask_identity(words) if hidden else words


def answer_in_words(spec: questions.FieldSpec, answers: Any) -> str:
    """One answer as people read it: the label of a choice, yes and no, a day as a day."""
    value = questions.answer(answers, spec.key)
    labels = dict(spec.choices)
    match value:
        case None | "":
            return NO_ANSWER
        case bool():
            return _("có") if value else _("không")
        case list():
            return ", ".join(labels.get(str(one), str(one)) for one in value)
    if spec.kind is questions.Kind.DATE and (day := questions.read_day(str(value))):
        return f"{day:%d/%m/%Y}"
    if spec.kind is questions.Kind.NUMBER and _NUMBER.fullmatch(str(value)):
        return str(value) if _is_year(spec) else f"{decimal_words(Decimal(str(value)))} {spec.affix}".strip()
    return labels.get(str(value), str(value))


def _is_year(spec: questions.FieldSpec) -> bool:
    """A number of four digits by its bounds: written 1990, not 1.990."""
    low, high = spec.minimum, spec.maximum
    return low is not None and high is not None and low >= 1000 and high <= 9999
