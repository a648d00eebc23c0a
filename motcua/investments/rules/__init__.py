"""Decisions about public investment: rates, ranks, the red list; who may do what; which plan and figure can be true."""

from motcua.investments.rules.deciding import (
    FigureNow,
    FigureWish,
    PlanNow,
    PlanWish,
    ProjectWish,
    figure_objections,
    plan_objections,
    project_objections,
    red_line_objections,
)
from motcua.investments.rules.permitting import WRITERS, Situation, objections
from motcua.investments.rules.rating import (
    NOTHING,
    Line,
    Position,
    bar_of,
    basis_words,
    below,
    denominator,
    ranked,
    rate,
    red_reasons,
    words_of,
)
from motcua.investments.rules.years import Period, end_of, month_words, months_of, period

__all__ = [
    "NOTHING",
    "WRITERS",
    "FigureNow",
    "FigureWish",
    "Line",
    "Period",
    "PlanNow",
    "PlanWish",
    "Position",
    "ProjectWish",
    "Situation",
    "bar_of",
    "basis_words",
    "below",
    "denominator",
    "end_of",
    "figure_objections",
    "month_words",
    "months_of",
    "objections",
    "period",
    "plan_objections",
    "project_objections",
    "ranked",
    "rate",
    "red_line_objections",
    "red_reasons",
    "words_of",
]
