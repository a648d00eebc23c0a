"""What is told in bulk: a task and its acts in the order of time."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from motcua.base.actors import Actor
from motcua.base.clock import day_of
from motcua.base.journal import Line
from motcua.directives.actions.bulk.life import Life, Numbers
from motcua.directives.actions.writing import TaskIn, task_columns, text_columns
from motcua.directives.models import Task, TaskText


@dataclass(frozen=True)
class Act:
    """One verb of `actions` after the giving: accept, refuse, reassign, update_progress, report, confirm, send_back,
    ask_extension, grant_extension, deny_extension, suspend, resume, cancel; `values` are its words."""

    verb: str
    by: Actor
    at: datetime
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class History:
    """One task from its giving on; acts in the order of time."""

    giver: int
    wish: TaskIn
    by: Actor
    at: datetime
    acts: tuple[Act, ...] = ()


def lived(one: History, key: int, numbers: Numbers, book: list[Line]) -> Life:
    """The life of one history, in memory."""
    task = Task(**task_columns(key, one.giver, one.wish, day_of(one.at)))
    text = TaskText(task_id=key, **text_columns(one.wish))
    life = Life(task=task, text=text, partners=tuple(one.wish.partners), numbers=numbers, book=book)
    life.given(by=one.by, at=one.at)
    for act in one.acts:
        getattr(life, act.verb)(act.by, act.at, **act.values)
    return life
