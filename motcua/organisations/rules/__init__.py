"""Decisions about agencies, without database and clock: the register of who was what when, and what may be changed."""

from motcua.organisations.rules.changes import Numbers, Outcome, apply, renewed
from motcua.organisations.rules.finding import Found, find
from motcua.organisations.rules.heirs import ended, heir, heirs, places
from motcua.organisations.rules.naming import CODE, full_territorial_name, office_of, search_text, sorting_key
from motcua.organisations.rules.objections import check, correction_objections, objections
from motcua.organisations.rules.register import Follow, Node, Register, Version
from motcua.organisations.rules.steps import (
    New,
    Step,
    abolishing,
    merging,
    opening,
    renaming,
    splitting,
    transferring,
)

__all__ = [
    "CODE",
    "Follow",
    "Found",
    "New",
    "Node",
    "Numbers",
    "Outcome",
    "Register",
    "Step",
    "Version",
    "abolishing",
    "apply",
    "check",
    "correction_objections",
    "ended",
    "find",
    "full_territorial_name",
    "heir",
    "heirs",
    "merging",
    "objections",
    "office_of",
    "opening",
    "places",
    "renaming",
    "renewed",
    "search_text",
    "sorting_key",
    "splitting",
    "transferring",
]
