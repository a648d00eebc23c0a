"""Projects, plans and months' figures from one workbook: every row is checked, then all are written or none."""

from motcua.investments.actions.workbook.importing import import_workbook
from motcua.investments.actions.workbook.model import Change, Report, RowError
from motcua.investments.actions.workbook.template import template

__all__ = ["Change", "Report", "RowError", "import_workbook", "template"]
