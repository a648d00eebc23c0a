"""A yearly round from its preparation to its publication."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from motcua.base.actors import Actor
from motcua.base.checkpoints import public_bytes, signing_key
from motcua.base.clock import day_of
from motcua.base.errors import Refused
from motcua.base.text import sort_key, squeeze
from motcua.indices.actions.making import begin_round, tell_round
from motcua.indices.events import DeadlineExtended, RoundMoved, RoundPrepared, RoundPublished
from motcua.indices.models import Answer, JudgedUnit, Round, RoundExtension, SetVersion
from motcua.indices.queries import agencies_of, definition_of, last_day_field, results
from motcua.indices.queries.sets import owners_by_annex
from motcua.indices.rules.freezing import SIGNATURE, body_of, hash_of
from motcua.indices.rules.numbers import decimal_text
from motcua.indices.rules.rounds import LEADING, PATHS
from motcua.indices.rules.scoring import Scores
from motcua.indices.rules.verifying import rank_json
from motcua.indices.terms import Move, Stage, UnitKind
from motcua.organisations import queries as organisations

LEAST_REASON = 5
DEADLINES = ("self_until", "check_until", "appraise_until", "object_until", "decide_until")


@transaction.atomic
def prepare(
    version: SetVersion,
    *,
    year: int,
    kind: UnitKind,
    organiser: int,
    units: Collection[int],
    by: Actor,
    at: datetime,
    appraisers: Mapping[str, int] | None = None,
    deadlines: Mapping[str, date] | None = None,
    title: str = "",
) -> Round:
    """Set up a round: each unit answers its own criteria, those of the province whom the annex names, until somebody
    assigns them otherwise."""
    _check_preparation(version, year, kind, organiser, units, deadlines or {}, by, at)
    names = _names_of(units, day_of(at))
    words = squeeze(title)[:300] or f"{definition_of(version).name} {year}"
    round_ = _opened(version, year, kind, organiser, words, deadlines or {}, at)
    rows = JudgedUnit.objects.bulk_create(
        [JudgedUnit(round=round_, agency_id=unit, name=names[unit], sort_key=sort_key(names[unit])) for unit in units]
    )
    _lay_out(round_, rows, appraisers or {}, at)
    tell_round(round_, RoundPrepared, by=by, at=at, units=len(rows))
    return round_


def _names_of(units: Collection[int], day: date) -> Mapping[int, str]:
    """The full name of each agency on the day; one that does not exist any more is refused."""
    if unknown := [str(unit) for unit in units if organisations.version_on(unit, day) is None]:
        raise Refused(_("Không còn cơ quan mang số %s.") % ", ".join(unknown))
    return organisations.full_names_on(units, day)


def _opened(
    version: SetVersion,
    year: int,
    kind: UnitKind,
    organiser: int,
    title: str,
    deadlines: Mapping[str, date],
    at: datetime,
) -> Round:
    try:
        with transaction.atomic():
            return Round.objects.create(
                set_version=version,
                year=year,
                kind=kind.value,
                organiser_id=organiser,
                title=title,
                prepared_at=at,
                **deadlines,
            )
    except IntegrityError:
        raise Refused(_("Đã có đợt đánh giá này trong năm %d.") % year) from None


def _lay_out(round_: Round, units: Sequence[JudgedUnit], appraisers: Mapping[str, int], at: datetime) -> None:
    """An answer for each criterion of each unit, with whom the annex names or, where it names nobody, the unit itself."""
    definition, organiser = definition_of(round_.set_version), round_.organiser_id
    of_province = round_.kind == UnitKind.PROVINCE.value
    owners = owners_by_annex(definition, organisations.root_of(organiser), at) if of_province else {}
    Answer.objects.bulk_create(
        [
            Answer(
                round=round_,
                unit=unit,
                criterion=leaf.code,
                place=place,
                owner_id=owners.get(leaf.code, unit.agency_id),
                appraiser_id=appraisers.get(leaf.code, organiser),
            )
            for unit in units
            for place, leaf in enumerate(definition.leaves)
        ],
        batch_size=2000,
    )


def _check_preparation(
    version: SetVersion,
    year: int,
    kind: UnitKind,
    organiser: int,
    units: Collection[int],
    deadlines: Mapping[str, date],
    by: Actor,
    at: datetime,
) -> None:
    definition = definition_of(version)
    found = []
    own = agencies_of(by, day_of(at))
    if by.id is not None and (organiser not in {*own, by.agency} or not LEADING & {str(role) for role in by.roles}):
        found.append(_("Chỉ lãnh đạo cơ quan chủ trì được lập đợt đánh giá."))
    if version.signed_at is None and not version.example:
        found.append(_("Định nghĩa này chưa được ký."))
    if not definition.year_from <= year <= (definition.year_to or year):
        found.append(_("Định nghĩa này không áp dụng cho năm %d.") % year)
    if kind not in definition.units:
        found.append(_("Định nghĩa này không đánh giá loại đơn vị: %s.") % kind.label)
    if not units or len(set(units)) != len(units):
        found.append(_("Chọn ít nhất một đơn vị, mỗi đơn vị một lần."))
    if unknown := set(deadlines) - set(DEADLINES):
        found.append(_("Không có hạn nào tên %s.") % ", ".join(sorted(unknown)))
    days = [deadlines[name] for name in DEADLINES if name in deadlines]
    if days != sorted(days):
        found.append(_("Hạn của bước sau phải không sớm hơn hạn của bước trước."))
    if found:
        raise Refused(found)


@transaction.atomic
def move(act: Move, round_: Round, *, by: Actor, at: datetime, seen: int | None = None) -> None:
    """Take a round to its next stage; publishing has its own act."""
    if act is Move.PUBLISH or PATHS[act].target is None:
        raise ValueError(act)
    target = begin_round(act, round_, by=by, at=at, seen=seen)
    _to(round_, target, by=by, at=at)


def _to(round_: Round, target: Stage, *, by: Actor, at: datetime, **changes: Any) -> None:
    before = str(round_.stage)
    round_.stage = target.value
    round_.version += 1
    for field, value in changes.items():
        setattr(round_, field, value)
    round_.save(update_fields=["stage", "version", *changes])
    tell_round(round_, RoundMoved, by=by, at=at, before=before)


@transaction.atomic
def extend(round_: Round, *, until: date, reason: str, by: Actor, at: datetime, seen: int | None = None) -> None:
    """Move the last day of the stage the round is in, and say why."""
    begin_round(Move.EXTEND, round_, by=by, at=at, seen=seen)
    field = last_day_field(Stage(round_.stage))
    if not field:
        raise Refused(_("Bước này không có hạn."))
    if until < day_of(at):
        raise Refused(_("Hạn mới phải từ hôm nay trở đi."))
    reason = squeeze(reason)
    if len(reason) < LEAST_REASON:
        raise Refused(_("Hãy ghi lý do gia hạn."))
    RoundExtension.objects.create(
        round=round_,
        stage=round_.stage,
        before=getattr(round_, field),
        until=until,
        reason=reason[:1000],
        by_id=by.id,
        by_name=str(by),
        at=at,
    )
    setattr(round_, field, until)
    round_.version += 1
    round_.save(update_fields=[field, "version"])
    tell_round(round_, DeadlineExtended, by=by, at=at, field=field, until=until)


@transaction.atomic
def publish(round_: Round, *, by: Actor, at: datetime, seen: int | None = None) -> None:
    """Close the round for good: the results are frozen, hashed and signed, under the name of who published them."""
    target = begin_round(Move.PUBLISH, round_, by=by, at=at, seen=seen)
    found = frozen(results(round_))
    sha, key = hash_of(found), signing_key()
    signature = {"key": public_bytes(key.public_key()).hex(), "value": key.sign(body_of(found)).hex()}
    _to(
        round_,
        target,
        by=by,
        at=at,
        results={**found, SIGNATURE: signature},
        results_sha256=sha,
        published_at=at,
        published_by_id=by.id,
        published_by_name=str(by),
    )
    tell_round(round_, RoundPublished, by=by, at=at, units=len(found["rows"]), sha256=sha)


def frozen(scores: Scores) -> dict[str, Any]:
    """Results as they are kept and hashed: exact texts, no floats but average ranks."""
    definition = scores.definition
    rows = [
        {
            "unit": unit,
            "score": None if total is None else decimal_text(total),
            "rank": rank_json(rank),
            "parts": {
                code: None if (points := column[row]) is None else decimal_text(points)
                for code, column in scores.parts.items()
                if code != definition.root
            },
        }
        for row, (unit, total, rank) in enumerate(zip(scores.units, scores.totals, scores.ranks, strict=True))
    ]
    return {"set": definition.code, "version": definition.version, "rows": rows}
