"""Histories carried out through the actions themselves, act by act in the order of time."""

from collections.abc import Sequence
from typing import Any

from motcua.dossiers import actions
from motcua.dossiers.actions.bulk import Act, History
from motcua.dossiers.models import Dossier


def play(histories: Sequence[History]) -> list[Dossier]:
    """Hand in and move as officials do; gives the dossiers back in the order of the histories."""
    found: dict[int, Dossier] = {}
    steps = [(one.at, index, -1) for index, one in enumerate(histories)]
    steps += [(act.at, index, place) for index, one in enumerate(histories) for place, act in enumerate(one.acts)]
    for _at, index, place in sorted(steps):
        one = histories[index]
        if place < 0:
            found[index] = actions.submit(one.application, by=one.by, at=one.at)
        else:
            carry_out(found[index], one.acts[place])
    return [found[index] for index in range(len(histories))]


def carry_out(dossier: Dossier, act: Act) -> None:
    """One act, by the action of that name."""
    words: dict[str, Any] = dict(act.words)
    if act.verb == "close_unanswered":
        actions.close_unanswered(dossier, at=act.at)
    else:
        getattr(actions, act.verb)(dossier, by=act.by, at=act.at, **words)
