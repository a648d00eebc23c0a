"""Decisions about tasks, over plain values: who may do what, how a task stands on a day, what comes round, whom to remind."""

from motcua.directives.rules.giving import Wish, extension_objections, giving_objections
from motcua.directives.rules.ladder import (
    DEFAULT_LADDER,
    Step,
    ladder_objections,
    monday_of,
    names_of_step,
    step_due,
    subject_of,
)
from motcua.directives.rules.moves import PATHS, Path, Situation, check, objections, relevant
from motcua.directives.rules.recurrence import MOST_PERIODS, Period, period_of, periods_between
from motcua.directives.rules.standing import days_late, days_left, is_late, last_word, standing, state_words

__all__ = [
    "DEFAULT_LADDER",
    "MOST_PERIODS",
    "PATHS",
    "Path",
    "Period",
    "Situation",
    "Step",
    "Wish",
    "check",
    "days_late",
    "days_left",
    "extension_objections",
    "giving_objections",
    "is_late",
    "ladder_objections",
    "last_word",
    "monday_of",
    "names_of_step",
    "objections",
    "period_of",
    "periods_between",
    "relevant",
    "standing",
    "state_words",
    "step_due",
    "subject_of",
]
