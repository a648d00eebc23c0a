"""Which rounds, units and answers a person may look at, and what they may do with one answer."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final, NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet

from motcua.base.actors import Actor
from motcua.base.clock import day_of
from motcua.base.prepared import Prepared, among, number, numbers
from motcua.indices.models import Answer, JudgedUnit, Round
from motcua.indices.queries.rounds import agencies_of, parties, rounds_for, situation
from motcua.indices.rules.rounds import PATHS, objections
from motcua.indices.rules.sheets import judgements_shown
from motcua.indices.terms import Move, Party, Stage

ROUND_MOVES: Final = (
    Move.OPEN,
    Move.END_SELF_SCORING,
    Move.END_CHECKING,
    Move.SEND_RESULTS,
    Move.END_OBJECTIONS,
    Move.PUBLISH,
    Move.REOPEN,
    Move.EXTEND,
)
"""Steps of a round in the order of their buttons; what leads on stands first."""
ANSWER_MOVES: Final = (
    Move.SELF_SCORE,
    Move.CHECK,
    Move.APPRAISE,
    Move.OBJECT,
    Move.REPLY,
    Move.DECIDE,
    Move.ADD_EVIDENCE,
    Move.REMOVE_EVIDENCE,
    Move.COMMENT,
)


class Sight(NamedTuple):
    """What a person sees of a round: everything (whoever runs it), or what their agencies answer, judge or are judged by."""

    own: frozenset[int]
    whole: bool


def sight(round_: Round, actor: Actor, at: datetime) -> Sight:
    """How far a person sees into a round."""
    own = frozenset(agencies_of(actor, day_of(at)))
    return Sight(own, round_.organiser_id in own or actor.agency == round_.organiser_id)


def answers_seen(round_: Round, seen: Sight) -> QuerySet[Answer]:
    """The answers of a round the person may read."""
    found = Answer.objects.filter(round=round_)
    if not seen.whole:
        found = found.filter(Q(owner__in=seen.own) | Q(appraiser__in=seen.own) | Q(unit__agency__in=seen.own))
    return found


def units_seen(round_: Round, seen: Sight) -> QuerySet[JudgedUnit]:
    """The units of a round of which the person may read at least one answer."""
    found = JudgedUnit.objects.filter(round=round_)
    if not seen.whole:
        found = found.filter(Exists(answers_seen(round_, seen).filter(unit=OuterRef("pk"))))
    return found.order_by("sort_key", "pk")


def units_read(round_: Round, seen: Sight) -> list[JudgedUnit]:
    """The same units, read at once: asked on every page of a sheet."""
    if seen.whole:
        return _all_units.all(round=round_.pk)
    return _own_units.all(round=round_.pk, own=list(seen.own))


def _of_round() -> QuerySet[JudgedUnit]:
    return JudgedUnit.objects.filter(round=number("round")).order_by("sort_key", "pk")


def _with_own_answers() -> QuerySet[JudgedUnit]:
    own = numbers("own")
    answers = Answer.objects.filter(unit=OuterRef("pk"))
    mine = answers.filter(Q(among("owner_id", own)) | Q(among("appraiser_id", own)))
    return _of_round().filter(Q(among("agency_id", own)) & Q(Exists(answers)) | Q(Exists(mine)))


_all_units: Prepared[JudgedUnit] = Prepared(_of_round)
_own_units: Prepared[JudgedUnit] = Prepared(_with_own_answers)


def answer_for(pk: int, actor: Actor, at: datetime) -> Answer | None:
    """An answer the person may read, with its round and definition."""
    found = Answer.objects.filter(pk=pk).select_related("unit", "round__set_version").first()
    if found is None or not rounds_for(actor, at).filter(pk=found.round_id).exists():
        return None
    seen = sight(found.round, actor, at)
    mine = seen.whole or bool(seen.own & {found.owner_id, found.appraiser_id, found.unit.agency_id})
    return found if mine else None


def shown_judgements(round_: Round, answer: Answer | None, actor: Actor, at: datetime) -> frozenset[str]:
    """Which judgements of an answer the person may read now."""
    return judgements_shown(Stage(round_.stage), parties(answer, round_, actor, at))


def options_of(answer: Answer, round_: Round, actor: Actor, at: datetime) -> Mapping[Move, list[str]]:
    """What the person could do with the answer at this stage, each with every reason against it now."""
    now = situation(Move.COMMENT, round_, by=actor, at=at, answer=answer)
    found = {}
    for move in ANSWER_MOVES:
        path = PATHS[move]
        if now.stage not in path.sources or not path.parties & set(now.parties):
            continue
        if move is Move.REPLY and not now.objected:
            continue
        found[move] = objections(move, now)
    return found


def steps_of(round_: Round, actor: Actor, at: datetime) -> Mapping[Move, list[str]]:
    """The steps that leave the stage the round is in, for whoever runs it, each with every reason against it now."""
    if Party.ORGANISER not in parties(None, round_, actor, at):
        return {}
    stage = Stage(round_.stage)
    return {
        move: objections(move, situation(move, round_, by=actor, at=at))
        for move in ROUND_MOVES
        if stage in PATHS[move].sources
    }
