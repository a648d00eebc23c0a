"""What is stored of directives and tasks."""

from motcua.directives.models.counted import EVER, ClosedTally, ClosingTally, Grain, TaskSpan
from motcua.directives.models.directive import Directive, Proposal
from motcua.directives.models.task import Coordination, Series, Task, TaskQuerySet, TaskText, late_on
from motcua.directives.models.urging import Ladder, Urging, WeeklyList
from motcua.directives.models.work import Evidence, Extension, Figure, Note, Report

__all__ = [
    "EVER",
    "ClosedTally",
    "ClosingTally",
    "Coordination",
    "Directive",
    "Evidence",
    "Extension",
    "Figure",
    "Grain",
    "Ladder",
    "Note",
    "Proposal",
    "Report",
    "Series",
    "Task",
    "TaskQuerySet",
    "TaskSpan",
    "TaskText",
    "Urging",
    "WeeklyList",
    "late_on",
]
