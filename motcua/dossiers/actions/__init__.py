"""Everything that changes a dossier, by the verb an official would use."""

from motcua.dossiers.actions.drafts import sweep_drafts, warn_owners
from motcua.dossiers.actions.ending import (
    answer_at_once,
    close_unanswered,
    extend,
    rate,
    return_result,
    stop,
    take_payment,
    withdraw,
)
from motcua.dossiers.actions.inputs import Applicant, ApplicationIn, PaperIn
from motcua.dossiers.actions.making import with_key
from motcua.dossiers.actions.papers import attach
from motcua.dossiers.actions.processing import advance, assign, give_back, send_back, sign, submit_result
from motcua.dossiers.actions.receiving import ask_before_receipt, correct_reception, hand_over, receive, refuse
from motcua.dossiers.actions.recounting import recount_dues
from motcua.dossiers.actions.slips import control_sheet_pdf, pdf_of
from motcua.dossiers.actions.submitting import discard_draft, save_draft, submit
from motcua.dossiers.actions.succeeding import choose_heir, take_over
from motcua.dossiers.actions.supplementing import answer_supplement, draft_supplement, drop_supplement, sign_supplement

__all__ = [
    "Applicant",
    "ApplicationIn",
    "PaperIn",
    "advance",
    "answer_at_once",
    "answer_supplement",
    "ask_before_receipt",
    "assign",
    "attach",
    "choose_heir",
    "close_unanswered",
    "control_sheet_pdf",
    "correct_reception",
    "discard_draft",
    "draft_supplement",
    "drop_supplement",
    "extend",
    "give_back",
    "hand_over",
    "pdf_of",
    "rate",
    "receive",
    "recount_dues",
    "refuse",
    "return_result",
    "save_draft",
    "send_back",
    "sign",
    "sign_supplement",
    "stop",
    "submit",
    "submit_result",
    "sweep_drafts",
    "take_over",
    "take_payment",
    "warn_owners",
    "with_key",
    "withdraw",
]
