"""The only writers of the workbench: definitions, rounds, answers, judgements, official results."""

from motcua.indices.actions.answering import (
    add_evidence,
    comment,
    object_to,
    propose_figure,
    remove_evidence,
    self_score,
    take_figure,
)
from motcua.indices.actions.assigning import assign, assign_appraiser
from motcua.indices.actions.defining import import_set, import_shipped, keeping_objections, read_set, sign_off
from motcua.indices.actions.judging import appraise, check, confirm_many, decide, reply
from motcua.indices.actions.next_point import check_quarter, propose_task, say_efforts, set_target
from motcua.indices.actions.proposing import propose_from_measures
from motcua.indices.actions.reminding import remind
from motcua.indices.actions.results import import_results
from motcua.indices.actions.running import extend, move, prepare, publish
from motcua.indices.actions.sheets import SheetReport, export_sheet, import_sheet

__all__ = [
    "SheetReport",
    "add_evidence",
    "appraise",
    "assign",
    "assign_appraiser",
    "check",
    "check_quarter",
    "comment",
    "confirm_many",
    "decide",
    "export_sheet",
    "extend",
    "import_results",
    "import_set",
    "import_sheet",
    "import_shipped",
    "keeping_objections",
    "move",
    "object_to",
    "prepare",
    "propose_figure",
    "propose_from_measures",
    "propose_task",
    "publish",
    "read_set",
    "remind",
    "remove_evidence",
    "reply",
    "say_efforts",
    "self_score",
    "set_target",
    "sign_off",
    "take_figure",
]
