"""What was said and judged about many answers, written at once: for demonstrations and for taking over past years.

The rows and the entries are those `self_score` and `appraise` would have written; nobody is asked who may act.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction

from django.db import connection, transaction

from motcua.base import journal
from motcua.base.actors import Actor
from motcua.base.journal import Line
from motcua.indices.actions.making import STORED_DIGITS, facts_of, stored
from motcua.indices.events import PointsJudged, SelfScored
from motcua.indices.models import Answer, AnswerChange, Round
from motcua.indices.queries import definition_of_round
from motcua.indices.rules.kinds import Value
from motcua.indices.rules.numbers import exact_text
from motcua.indices.rules.rounds import points_of

_STORED = Decimal(1).scaleb(-STORED_DIGITS)


@dataclass(frozen=True)
class Said:
    """What the owner said of one answer."""

    value: Value
    below: Value
    by: Actor
    at: datetime
    note: str = ""


@dataclass(frozen=True)
class Judged:
    """What the appraiser said; without points the owner's stand."""

    by: Actor
    at: datetime
    points: Fraction | None = None
    reason: str = ""


@dataclass(frozen=True)
class Told:
    """One answer with what was said and judged of it."""

    answer: Answer
    said: Said | None = None
    judged: Judged | None = None


@transaction.atomic
def write_told(round_: Round, told: Sequence[Told]) -> None:
    """Write answers nobody has touched yet, and their first journal entries."""
    definition = definition_of_round(round_)
    lines: list[Line] = []
    changes: list[AnswerChange] = []
    for one in told:
        answer = one.answer
        if one.said is not None:
            criterion = definition.by_code[answer.criterion]
            answer.value, answer.below = _text(one.said.value), _text(one.said.below)
            answer.self_points = stored(points_of(criterion, one.said.value, one.said.below))
            answer.self_note, answer.self_at = one.said.note, one.said.at
            _touched(answer, one.said.by, one.said.at)
            changes.append(_change(answer, 1, answer.self_points, answer.self_note, said=True))
            scored = SelfScored(**facts_of(answer), points=answer.self_points)
            lines.append(Line(answer.stream, scored, one.said.by, one.said.at))
        if one.judged is not None:
            said = answer.self_points
            before = None if said is None else said.quantize(_STORED)  # as the table gives it back
            answer.appraised_points = said if one.judged.points is None else stored(one.judged.points)
            answer.appraised_note, answer.appraised_at = one.judged.reason, one.judged.at
            _touched(answer, one.judged.by, one.judged.at)
            entry = 1 if one.said is None else 2
            changes.append(_change(answer, entry, answer.appraised_points, answer.appraised_note, said=False))
            judged = PointsJudged(**facts_of(answer), stage="appraised", before=before, points=answer.appraised_points)
            lines.append(Line(answer.stream, judged, one.judged.by, one.judged.at))
    _update([one.answer for one in told])
    journal.record_new_streams(lines)
    AnswerChange.objects.bulk_create(changes, batch_size=1000)


_COLUMNS = {
    "value": "text",
    "below": "text",
    "self_points": "numeric",
    "self_note": "text",
    "self_at": "timestamptz",
    "appraised_points": "numeric",
    "appraised_note": "text",
    "appraised_at": "timestamptz",
    "version": "integer",
    "changed_at": "timestamptz",
    "changed_by_id": "bigint",
    "changed_by_name": "text",
}


def _update(answers: Sequence[Answer]) -> None:
    """All rows by one statement; a statement with a CASE for every row costs seconds."""
    rows = [{"id": one.pk, **{column: getattr(one, column) for column in _COLUMNS}} for one in answers]
    kinds = ", ".join(f"{column} {kind}" for column, kind in _COLUMNS.items())
    sets = ", ".join(f"{column} = r.{column}" for column in _COLUMNS)
    statement = (
        f"UPDATE indices_answer AS a SET {sets}"  # noqa: S608  the names are ours, the values travel as one parameter
        f" FROM jsonb_to_recordset(%s::jsonb) AS r(id bigint, {kinds}) WHERE a.id = r.id"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [json.dumps(rows, default=str, ensure_ascii=False)])


def _change(answer: Answer, entry: int, points: Decimal | None, note: str, *, said: bool) -> AnswerChange:
    value, below = (answer.value, answer.below) if said else ("", "")
    return AnswerChange(answer=answer, entry=entry, points=points, note=note, value=value, below=below)


def _touched(answer: Answer, by: Actor, at: datetime) -> None:
    answer.version += 1
    answer.changed_at, answer.changed_by_id, answer.changed_by_name = at, by.id, str(by)


def _text(value: Value) -> str:
    return "" if value is None else value if isinstance(value, str) else exact_text(value)
