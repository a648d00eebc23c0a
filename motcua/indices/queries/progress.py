"""How far a round has come, by owner and by area, what was told and moved, and what of all rounds waits for one person."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import Count, Max, Q

from motcua.base.actors import Actor
from motcua.base.clock import day_of
from motcua.indices.models import Answer, Reminder, Round, RoundExtension
from motcua.indices.queries.rounds import agencies_of, definition_of_round, last_day_field
from motcua.indices.queries.seeing import Sight, answers_seen
from motcua.indices.terms import Move, Stage
from motcua.organisations import queries as organisations


class Share(NamedTuple):
    """How far one owner, or one area, has come."""

    key: str
    name: str
    criteria: int
    scored: int
    proved: int
    judged: int

    @property
    def share(self) -> int:
        """How much is answered, of 100."""
        return 100 * self.scored // self.criteria if self.criteria else 0

    @property
    def missing(self) -> int:
        """Criteria without an answer."""
        return self.criteria - self.scored


def by_owner(round_: Round, seen: Sight, *, day: date) -> list[Share]:
    """Owners with how far they have come, those with most left first."""
    rows = _shares(round_, seen, "owner")
    names = organisations.full_names_on({key for key, *_rest in rows if key}, day)
    found = [Share(str(key or ""), names.get(key or 0, ""), *rest) for key, *rest in rows]
    return sorted(found, key=lambda one: (-one.missing, one.share, one.name))


def by_area(round_: Round, seen: Sight) -> list[Share]:
    """The areas of the annex with how far they have come."""
    definition = definition_of_round(round_)
    above = {}
    for leaf in definition.leaves:
        node = leaf
        while node.links and node.links[0].parent != definition.root and node.links[0].parent in definition.by_code:
            node = definition.by_code[node.links[0].parent]
        above[leaf.code] = node.code
    found: dict[str, list[int]] = {}
    for key, *rest in _shares(round_, seen, "criterion"):
        code = above.get(key, key)
        found[code] = [a + b for a, b in zip(found.get(code, [0, 0, 0, 0]), rest, strict=True)]
    return [
        Share(each.code, f"{each.number} {each.name}".strip(), *found[each.code])
        for each in definition.criteria
        if each.code in found
    ]


def _shares(round_: Round, seen: Sight, by: str) -> list[tuple[Any, int, int, int, int]]:
    rows = (
        answers_seen(round_, seen)
        .values(by)
        .annotate(
            criteria=Count("pk", distinct=True),
            scored=Count("pk", filter=Q(self_at__isnull=False), distinct=True),
            proved=Count("pk", filter=Q(evidence__isnull=False, evidence__removed_at=None), distinct=True),
            judged=Count("pk", filter=Q(appraised_at__isnull=False), distinct=True),
        )
        .order_by(by)
    )
    return [(row[by], row["criteria"], row["scored"], row["proved"], row["judged"]) for row in rows]


class Told(NamedTuple):
    """A reminder that went out."""

    due_on: date
    days_left: int
    owners: int
    at: datetime


def reminders_of(round_: Round) -> list[Told]:
    """Reminders by day, the latest first."""
    rows = (
        Reminder.objects.filter(round=round_)
        .values("due_on", "days_left")
        .annotate(owners=Count("pk"), at=Max("told_at"))
        .order_by("-at")
    )
    return [Told(row["due_on"], row["days_left"], row["owners"], row["at"]) for row in rows]


def extensions_of(round_: Round) -> list[RoundExtension]:
    """Extensions, the latest first."""
    return list(RoundExtension.objects.filter(round=round_).order_by("-pk"))


class Mine(NamedTuple):
    """What waits for the person's agencies in one round."""

    round: Round
    move: Move
    answers: int
    done: int
    last_day: date | None
    days_left: int | None
    example: Answer | None

    @property
    def left(self) -> int:
        """What is still to be done."""
        return self.answers - self.done


def mine(rounds: Collection[Round], actor: Actor, at: datetime) -> list[Mine]:
    """In each open round: criteria to answer, to appraise, objections to reply to; what is due first stands first."""
    own, today = agencies_of(actor, day_of(at)), day_of(at)
    found = []
    for one in rounds:
        stage = Stage(one.stage)
        field = last_day_field(stage)
        last = getattr(one, field) if field else None
        here = Answer.objects.filter(round=one)
        runs = one.organiser_id in own or actor.agency == one.organiser_id
        for move, asked, done in _duties(stage, own, runs=runs):
            answers = here.filter(asked).select_related("unit")
            count, ready = answers.count(), answers.filter(done).count()
            if count:
                first = answers.exclude(done).order_by("unit__sort_key", "place").first()
                left = None if last is None else (last - today).days
                found.append(Mine(one, move, count, ready, last, left, first))
    return sorted(found, key=lambda one: (one.left == 0, one.last_day or date.max, one.round.pk))


def _duties(stage: Stage, own: list[int], *, runs: bool) -> list[tuple[Move, Q, Q]]:
    judged = Q() if runs else Q(appraiser__in=own)
    match stage:
        case Stage.SELF_SCORING:
            return [(Move.SELF_SCORE, Q(owner__in=own), Q(self_at__isnull=False))]
        case Stage.CHECKING if runs:
            return [(Move.CHECK, Q(), Q(checked_at__isnull=False))]
        case Stage.APPRAISING:
            return [(Move.APPRAISE, judged, Q(appraised_at__isnull=False))]
        case Stage.OBJECTING:
            replies = (Move.REPLY, judged & Q(objection__isnull=False), Q(objection__replied_at__isnull=False))
            return [(Move.OBJECT, Q(owner__in=own), Q(objection__isnull=False)), replies]
        case Stage.DECIDING if runs:
            replies = (Move.REPLY, Q(objection__isnull=False), Q(objection__replied_at__isnull=False))
            return [replies, (Move.DECIDE, Q(objection__isnull=False), Q(decided_at__isnull=False))]
        case _:
            return []
