"""Everything that changes a document, a proposal or a task, by the verb an official would use."""

from motcua.directives.actions.closing import (
    acknowledge,
    cancel,
    confirm,
    correct,
    deny_extension,
    grant_extension,
    publish,
    reassign,
    resume,
    send_back,
    suspend,
    urge,
)
from motcua.directives.actions.excel import SheetReport, export_tasks, import_tasks, template
from motcua.directives.actions.figures import record_figure
from motcua.directives.actions.giving import divide, give, propose
from motcua.directives.actions.morning import Done, morning
from motcua.directives.actions.proposing import (
    ProposalIn,
    accept_proposal,
    add_proposal,
    edit_proposal,
    merge_proposals,
    reject_proposal,
    split_proposal,
)
from motcua.directives.actions.reading import correct_header, read_in
from motcua.directives.actions.rounds import end_series, open_next_period
from motcua.directives.actions.undoing import take_back
from motcua.directives.actions.urging import remind, send_weekly_list, set_ladder
from motcua.directives.actions.working import accept, appoint, ask_extension, refuse, report, update_progress
from motcua.directives.actions.writing import TaskIn

__all__ = [
    "Done",
    "ProposalIn",
    "SheetReport",
    "TaskIn",
    "accept",
    "accept_proposal",
    "acknowledge",
    "add_proposal",
    "appoint",
    "ask_extension",
    "cancel",
    "confirm",
    "correct",
    "correct_header",
    "deny_extension",
    "divide",
    "edit_proposal",
    "end_series",
    "export_tasks",
    "give",
    "grant_extension",
    "import_tasks",
    "merge_proposals",
    "morning",
    "open_next_period",
    "propose",
    "publish",
    "read_in",
    "reassign",
    "record_figure",
    "refuse",
    "reject_proposal",
    "remind",
    "report",
    "resume",
    "send_back",
    "send_weekly_list",
    "set_ladder",
    "split_proposal",
    "suspend",
    "take_back",
    "template",
    "update_progress",
    "urge",
]
