"""Handing figures down: a task that names a declared measure is told its value and the day it is of."""

from datetime import date, datetime

from motcua.base.actors import SYSTEM
from motcua.directives import actions as directives
from motcua.directives.models import Task
from motcua.directives.terms import OPEN
from motcua.measures.queries.figures import Asked, figures
from motcua.measures.queries.live import Span
from motcua.measures.rules.declared import MEASURES


def hand_figures_down(day: date, *, at: datetime) -> int:
    """The value at the end of that day for the lead agency of every open task, counted from the first day of the year.

    A figure that has no value yet, such as a share of nothing, is not handed down, nor one whose definition does not hold that day.
    """
    holding = [code for code, one in MEASURES.items() if one.holds_on(day)]
    named = Task.objects.filter(status__in=OPEN, figure_code__in=holding).order_by("figure_code", "lead")
    handed = 0
    for code, lead in named.values_list("figure_code", "lead").distinct():
        asked = Asked(lead, Span(day, day.replace(month=1, day=1)), today=day)
        value = figures(asked, [code]).whole[code].value
        if value is not None:
            directives.record_figure(code, value=value, as_of=day, agency=lead, by=SYSTEM, at=at)
            handed += 1
    return handed
