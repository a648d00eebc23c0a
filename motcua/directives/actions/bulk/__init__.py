"""Whole histories of tasks written at once: rows by COPY, journal chains, rows of days. For demonstrations and benches.

The rows and the entries are those the actions would have written, but nobody is sent a message and nobody is asked who may
act. A test makes the same tasks by the actions and compares.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db import models, transaction

from motcua.base import journal
from motcua.base.actors import Actor
from motcua.base.journal import Line
from motcua.base.rows import take_numbers, write_rows
from motcua.directives.actions.bulk.copies import write_copies
from motcua.directives.actions.bulk.life import Numbers
from motcua.directives.actions.bulk.told import Act, History, lived
from motcua.directives.actions.proposing import became
from motcua.directives.actions.tallying import CLOSED, count_closed
from motcua.directives.models import (
    Coordination,
    Directive,
    Extension,
    Note,
    Proposal,
    Report,
    Task,
    TaskSpan,
    TaskText,
)

__all__ = ["Act", "History", "write", "write_accepted", "write_copies"]


@transaction.atomic
def write(histories: Sequence[History]) -> list[int]:
    """Write them all; the numbers of the tasks, in the order given. One transaction: all or nothing."""
    if not histories:
        return []
    verbs = [act.verb for one in histories for act in one.acts]
    numbers = Numbers(
        iter(take_numbers(Report, verbs.count("report"))), iter(take_numbers(Extension, verbs.count("ask_extension")))
    )
    book: list[Line] = []
    keys = take_numbers(Task, len(histories))
    lives = [lived(one, key, numbers, book) for one, key in zip(histories, keys, strict=True)]
    write_rows(Task, [one.task for one in lives])
    beside: dict[type[models.Model], list[models.Model]] = {}
    for life in lives:
        for row in life.rows():
            beside.setdefault(type(row), []).append(row)
    for model in (TaskText, Coordination, TaskSpan, Note, Report, Extension):
        write_rows(model, beside.get(model, []))
    count_closed(one.task for one in lives if one.task.status in CLOSED)
    journal.record_new_streams(book)
    return keys


@transaction.atomic
def write_accepted(
    directive: Directive, accepted: Sequence[tuple[Proposal, Sequence[History]]], *, by: Actor, at: datetime
) -> list[int]:
    """Proposals of one document that became these tasks, all by one person at one moment; the numbers of the tasks."""
    keys = write([history for _proposal, histories in accepted for history in histories])
    rest = iter(keys)
    for proposal, histories in accepted:
        became(proposal, directive, [next(rest) for _one in histories], by=by, at=at)
    return keys
