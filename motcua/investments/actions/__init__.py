"""The only writers of public investment."""

from motcua.investments.actions.declaring import declare_red_line, name_steward
from motcua.investments.actions.planning import decide_plan
from motcua.investments.actions.projects import add_project, amend_project
from motcua.investments.actions.recording import Written, correct, record
from motcua.investments.actions.workbook import Report, import_workbook, template

__all__ = [
    "Report",
    "Written",
    "add_project",
    "amend_project",
    "correct",
    "decide_plan",
    "declare_red_line",
    "import_workbook",
    "name_steward",
    "record",
    "template",
]
