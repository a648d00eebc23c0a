"""The only writers of the catalogue."""

from motcua.procedures.actions.editing import add_case, change_form, change_papers, change_responsible, change_words
from motcua.procedures.actions.fixture import load_fixture
from motcua.procedures.actions.importing import ImportReport, import_files
from motcua.procedures.actions.pricing import change_limits_and_fees
from motcua.procedures.actions.publishing import (
    change_setting,
    draft_next,
    issue_route,
    publish,
    withdraw,
)

__all__ = [
    "ImportReport",
    "add_case",
    "change_form",
    "change_limits_and_fees",
    "change_papers",
    "change_responsible",
    "change_setting",
    "change_words",
    "draft_next",
    "import_files",
    "issue_route",
    "load_fixture",
    "publish",
    "withdraw",
]
