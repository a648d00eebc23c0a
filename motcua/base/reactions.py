"""Who answers which event: a registry filled by the decorators in each app's reactions.py."""

from collections import defaultdict
from collections.abc import Callable
from typing import Any

from motcua.base.events import Event

Reaction = Callable[[Any, Any], None]
_answers: dict[str, list[Reaction]] = defaultdict(list)


def reacts_to(*kinds: type[Event]) -> Callable[[Reaction], Reaction]:
    """Register a function `f(event, entry)` that runs after the commit, and may run twice."""

    def register(function: Reaction) -> Reaction:
        for kind in kinds:
            _answers[kind.journal_name].append(function)
        return function

    return register


def answers_to(name: str) -> list[Reaction]:
    """The reactions to events of that journal name, in the order they were registered."""
    return list(_answers.get(name, ()))


def answered_names() -> list[str]:
    """The journal names that have a reaction at all: nearly all entries have none."""
    return sorted(name for name, reactions in _answers.items() if reactions)
