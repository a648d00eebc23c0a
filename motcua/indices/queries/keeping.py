"""What was counted of a round is kept in the process as long as nothing of the round changes; never an old figure.

Every act on an answer raises its version, so number, sum of versions and last change of a unit's answers tell its state. While
the mark of the journal stands still nothing has happened at all, and not even that is asked.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from threading import Lock
from typing import Any, Final, NamedTuple, TypeVar, cast

from django.db.models import BigIntegerField, Count, Max, Sum
from django.db.models.functions import Cast

from motcua.base.prepared import Prepared, among, numbers
from motcua.indices.models import Answer, Round
from motcua.measures.queries.mark import mark

Made = TypeVar("Made")
MOST: Final = 4096
"""Units and rounds with their points: some twenty megabytes."""


class Stamp(NamedTuple):
    """The state of one round: its definition, its own version, and how the answers of each unit stand."""

    round: int
    definition: str
    version: int
    units: tuple[tuple[Any, ...], ...] = ()
    """Unit, answers, sum of their versions, last change; in the order of their numbers."""


_kept: OrderedDict[Hashable, Any] = OrderedDict()
_lock = Lock()
_states: Prepared[tuple[Any, ...]] = Prepared(
    lambda: (
        Answer.objects.filter(among("round_id", numbers("rounds")))
        .order_by("round_id", "unit_id")
        .values_list("round_id", "unit_id")
        .annotate(n=Count("pk"), versions=Cast(Sum("version"), BigIntegerField()), last=Max("changed_at"))
    )
)


def stamps(rounds: Sequence[Round]) -> dict[int, Stamp]:
    """The state of each of these rounds; one statement while nothing has happened, else one more."""
    wanted = tuple(sorted(one.pk for one in rounds))
    if not wanted:
        return {}
    now = mark()
    found = _read(wanted) if now is None else kept(("states", now, wanted), lambda: _read(wanted))
    return {one.pk: Stamp(one.pk, one.set_version.sha256, one.version, tuple(found.get(one.pk, ()))) for one in rounds}


def _read(rounds: Sequence[int]) -> dict[int, list[tuple[Any, ...]]]:
    found: dict[int, list[tuple[Any, ...]]] = {}
    for round_, *state in _states.all(rounds=list(rounds)):
        found.setdefault(round_, []).append(tuple(state))
    return found


def stamp(round_: Round) -> Stamp:
    """The state of one round."""
    return stamps([round_])[round_.pk]


def kept(key: Hashable, make: Callable[[], Made]) -> Made:
    """What was made under this key, or made now."""
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            return cast(Made, _kept[key])
    made = make()
    with _lock:
        _kept[key] = made
        while len(_kept) > MOST:
            _kept.popitem(last=False)
    return made


def is_kept(key: Hashable) -> bool:
    """Whether there is something under this key."""
    with _lock:
        return key in _kept


def forget() -> None:
    """Count anew: the database behind what is kept is another one."""
    with _lock:
        _kept.clear()
