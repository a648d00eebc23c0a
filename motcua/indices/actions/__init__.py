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
from motcua.indices.actions.defining import import_set, import_shipped, sign_off
from motcua.indices.actions.judging import appraise, check, decide, reply
from motcua.indices.actions.proposing import propose_from_measures
from motcua.indices.actions.reminding import remind
from motcua.indices.actions.results import import_results
from motcua.indices.actions.running import assign, extend, move, prepare, publish

__all__ = [
    "add_evidence",
    "appraise",
    "assign",
    "check",
    "comment",
    "decide",
    "extend",
    "import_results",
    "import_set",
    "import_shipped",
    "move",
    "object_to",
    "prepare",
    "propose_figure",
    "propose_from_measures",
    "publish",
    "remind",
    "remove_evidence",
    "reply",
    "self_score",
    "sign_off",
    "take_figure",
]
