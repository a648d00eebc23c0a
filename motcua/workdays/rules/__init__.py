"""Working time as pure rules: no database, no clock. Time is passed in, Vietnamese clock time comes out."""

from motcua.workdays.rules.calendars import (
    DEFAULT,
    DEFAULT_WEEK,
    ClockSetting,
    OfficeCalendar,
    OfficeHours,
    SpecialDay,
    monday_to_friday,
    windows,
)
from motcua.workdays.rules.counting import Pause, add_working_days, minutes_between, working_days_between
from motcua.workdays.rules.deadlines import (
    ND297,
    RULE_SETS,
    STANDARD,
    Due,
    Extension,
    RuleSet,
    clock_start,
    due,
    rule_set,
)
from motcua.workdays.rules.explaining import Step
from motcua.workdays.rules.limits import Limit, Stage
from motcua.workdays.rules.outcomes import late_before, latest_apology, outcome, outcome_of
from motcua.workdays.rules.showing import (
    DayCell,
    Remaining,
    Segment,
    day_cells,
    duration_in_words,
    moment_in_words,
    remaining,
    sentence,
)

__all__ = [
    "DEFAULT",
    "DEFAULT_WEEK",
    "ND297",
    "RULE_SETS",
    "STANDARD",
    "ClockSetting",
    "DayCell",
    "Due",
    "Extension",
    "Limit",
    "OfficeCalendar",
    "OfficeHours",
    "Pause",
    "Remaining",
    "RuleSet",
    "Segment",
    "SpecialDay",
    "Stage",
    "Step",
    "add_working_days",
    "clock_start",
    "day_cells",
    "due",
    "duration_in_words",
    "late_before",
    "latest_apology",
    "minutes_between",
    "moment_in_words",
    "monday_to_friday",
    "outcome",
    "outcome_of",
    "remaining",
    "rule_set",
    "sentence",
    "windows",
    "working_days_between",
]
