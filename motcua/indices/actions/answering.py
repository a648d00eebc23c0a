"""What the owners do: say how they stand, prove it, take over a live figure, object, discuss."""

from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from motcua.base.actors import Actor
from motcua.base.errors import Conflict, Refused
from motcua.base.models import StoredFile
from motcua.base.text import nfc, squeeze
from motcua.indices.actions.making import begin, finish, remember, stored, tell
from motcua.indices.events import (
    AnswerDiscussed,
    EvidenceAdded,
    EvidenceRemoved,
    FigureProposed,
    ObjectionRaised,
    SelfScored,
)
from motcua.indices.models import Answer, Evidence, LiveFigure, PointsObjection, Remark
from motcua.indices.queries import definition_of_round, place_of_proof
from motcua.indices.rules.kinds import Value
from motcua.indices.rules.numbers import exact_text
from motcua.indices.rules.rounds import points_of, read_value
from motcua.indices.terms import Move, Proof

LONGEST = 4000


@transaction.atomic
def self_score(
    answer: Answer,
    *,
    value: str = "",
    numerator: str = "",
    denominator: str = "",
    note: str = "",
    by: Actor,
    at: datetime,
    seen: int | None = None,
) -> None:
    """The owner says how it stands; the points follow from the rule, exactly."""
    round_ = begin(Move.SELF_SCORE, answer, by=by, at=at, seen=seen)
    criterion = definition_of_round(round_).by_code[answer.criterion]
    above, below = read_value(criterion, value, numerator, denominator)
    _write(answer, above, below, note=note, by=by, at=at)


def _write(answer: Answer, above: Value, below: Value, *, note: str, by: Actor, at: datetime) -> None:
    criterion = definition_of_round(answer.round).by_code[answer.criterion]
    points = stored(points_of(criterion, above, below))
    changes: dict[str, Any] = {
        "value": _text(above),
        "below": _text(below),
        "self_points": points,
        "self_note": nfc(note).strip()[:LONGEST],
        "self_at": at,
    }
    entry = finish(answer, SelfScored, by=by, at=at, changes=changes, points=points)
    said = changes["self_note"]
    remember(answer, entry, points=points, note=said, value=changes["value"], below=changes["below"])


def _text(value: Value) -> str:
    return "" if value is None else value if isinstance(value, str) else exact_text(value)


@transaction.atomic
def propose_figure(
    answer: Answer,
    *,
    measure: str,
    value: str = "",
    numerator: str = "",
    denominator: str = "",
    as_of: date,
    rows: str = "",
    by: Actor,
    at: datetime,
) -> LiveFigure:
    """Lay a live figure beside the answer, with the place of its rows; asking twice on one day keeps the later one."""
    round_ = begin(Move.PROPOSE, answer, by=by, at=at)
    criterion = definition_of_round(round_).by_code[answer.criterion]
    above, below = read_value(criterion, value, numerator, denominator)
    points = stored(points_of(criterion, above, below))
    found, _made = LiveFigure.objects.update_or_create(
        answer=answer,
        measure=squeeze(measure)[:80],
        as_of=as_of,
        defaults={
            "value": _text(above),
            "below": _text(below),
            "points": points,
            "rows": squeeze(rows)[:300],
            "made_at": at,
        },
    )
    tell(answer, FigureProposed, by=by, at=at, measure=found.measure, as_of=as_of, points=points)
    return found


@transaction.atomic
def take_figure(figure: LiveFigure, *, by: Actor, at: datetime, seen: int | None = None) -> None:
    """The owner makes a proposed figure the answer; the figure becomes its evidence."""
    answer = figure.answer
    round_ = begin(Move.SELF_SCORE, answer, by=by, at=at, seen=seen)
    criterion = definition_of_round(round_).by_code[answer.criterion]
    above, below = read_value(criterion, figure.value, figure.value, figure.below)
    _write(answer, above, below, note=answer.self_note, by=by, at=at)
    target = figure.rows or f"measures:{figure.measure}"
    if not Evidence.objects.filter(answer=answer, kind=Proof.FIGURE.value, target=target, as_of=figure.as_of).exists():
        _add(answer, kind=Proof.FIGURE, target=target, note=figure.measure, file=None, as_of=figure.as_of, by=by, at=at)


@transaction.atomic
def add_evidence(
    answer: Answer,
    *,
    kind: Proof,
    file: StoredFile | None = None,
    target: str = "",
    note: str = "",
    as_of: date | None = None,
    by: Actor,
    at: datetime,
) -> Evidence:
    """Prove an answer by a file, or by a task, dossier, document or figure that is there and that the person may open.

    Two people may add at the same moment.
    """
    begin(Move.ADD_EVIDENCE, answer, by=by, at=at)
    if (kind is Proof.FILE) != (file is not None) or (kind is not Proof.FILE and not target.strip()):
        raise Refused(_("Chọn một tệp, hoặc ghi nhiệm vụ, hồ sơ, văn bản, số liệu làm tài liệu kiểm chứng."))
    if kind is not Proof.FILE:
        target = place_of_proof(kind, target, as_of, answer, by=by, at=at)
    return _add(answer, kind=kind, target=target, note=note, file=file, as_of=as_of, by=by, at=at)


def _add(
    answer: Answer,
    *,
    kind: Proof,
    target: str,
    note: str,
    file: StoredFile | None,
    as_of: date | None,
    by: Actor,
    at: datetime,
) -> Evidence:
    added = Evidence.objects.create(
        answer=answer,
        kind=kind.value,
        file=file,
        target=squeeze(target)[:300],
        note=squeeze(note)[:500],
        as_of=as_of,
        added_by_id=by.id,
        added_by_name=str(by),
        added_at=at,
    )
    tell(answer, EvidenceAdded, by=by, at=at, evidence=added.pk, kind=kind.value)
    return added


@transaction.atomic
def remove_evidence(evidence: Evidence, *, by: Actor, at: datetime) -> None:
    """Take a proof away; its row and its file are kept."""
    answer = evidence.answer
    begin(Move.REMOVE_EVIDENCE, answer, by=by, at=at)
    gone = Evidence.objects.filter(pk=evidence.pk, removed_at=None).update(removed_at=at)
    if not gone:
        raise Conflict(_("Tài liệu này đã được bỏ trước đó."))
    tell(answer, EvidenceRemoved, by=by, at=at, evidence=evidence.pk)


@transaction.atomic
def object_to(answer: Answer, *, text: str, by: Actor, at: datetime) -> PointsObjection:
    """The owner says why the appraised points are not right."""
    begin(Move.OBJECT, answer, by=by, at=at)
    try:
        with transaction.atomic():
            made = PointsObjection.objects.create(answer=answer, text=_need(text), by_id=by.id, by_name=str(by), at=at)
    except IntegrityError:
        raise Conflict(_("Tiêu chí này đã có ý kiến.")) from None
    tell(answer, ObjectionRaised, by=by, at=at, objection=made.pk)
    return made


@transaction.atomic
def comment(answer: Answer, *, text: str, by: Actor, at: datetime) -> Remark:
    """Write a comment beside a criterion."""
    begin(Move.COMMENT, answer, by=by, at=at)
    made = Remark.objects.create(answer=answer, text=_need(text), by_id=by.id, by_name=str(by), at=at)
    tell(answer, AnswerDiscussed, by=by, at=at, remark=made.pk)
    return made


def _need(text: str) -> str:
    text = nfc(text).strip()
    if len(text) < 5:
        raise Refused(_("Hãy ghi nội dung (ít nhất 5 chữ cái)."))
    return text[:LONGEST]
