"""What each verb of a history does to a dossier in memory.

Who may act is not asked here: whoever calls vouches for the acts, and a test plays the same acts through the actions. What
must hold of any row (statuses, limits, one supplement) the database checks when the rows are written.
"""

from collections.abc import Callable, Mapping
from typing import Final

from motcua.dossiers import rules
from motcua.dossiers.actions.bulk import endings, route, supplements
from motcua.dossiers.actions.bulk.history import Act
from motcua.dossiers.actions.bulk.life import Life
from motcua.dossiers.terms import Move, Slip


def carry_out(life: Life, one: Act) -> None:
    """One act, refused when the table of moves knows no such way from here."""
    move = MOVES.get(one.verb)
    if move is not None and life.dossier.state not in rules.PATHS[move].sources:
        raise ValueError(f"{life.dossier}: {one.verb} is impossible while {life.dossier.status}")
    ACTS[one.verb](life, one.by, one.at, **one.words)


MOVES: Final[Mapping[str, Move]] = {
    "ask_before_receipt": Move.ASK_BEFORE,
    **{move.value: move for move in Move if move not in (Move.SUBMIT, Move.CORRECT, Move.ASK_BEFORE)},
}
"""The verbs that are moves of the table; `take_payment` is none."""

_PARTS = {name: part for part in (route, supplements, endings) for name in vars(part)}
ACTS: Final[Mapping[str, Callable[..., None]]] = {
    name: getattr(_PARTS[name], name) for name in (*MOVES, "take_payment")
}
"""What each verb does; a reception put right (`correct_reception`) is not loaded: histories begin as they ended up."""

SLIP_OF: Final[Mapping[str, Slip]] = {
    "receive": Slip.M01,
    "ask_before_receipt": Slip.M02,
    "sign_supplement": Slip.M02,
    "refuse": Slip.M03,
    "extend": Slip.M04,
    "withdraw": Slip.M05,
    "stop": Slip.M05,
    "close_unanswered": Slip.M05,
    "take_payment": Slip.RECEIPT,
}
"""Which verbs give out a slip with a number of its own."""
