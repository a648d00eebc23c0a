"""Who may do what at the desk, and which agencies can be chosen there."""

from datetime import date

from django.core.exceptions import PermissionDenied

from motcua.investments import queries, rules
from motcua.investments.models import Project
from motcua.investments.terms import Act
from motcua.organisations import queries as agencies
from motcua.organisations.terms import Level
from motcua.people.http import PersonRequest


def may(request: PersonRequest, act: Act, project: Project | None = None) -> list[str]:
    """Every reason against this act of this person."""
    return rules.objections(act, queries.situation(request.actor, request.now, project))


def guard(request: PersonRequest, act: Act, project: Project | None = None) -> None:
    """Close the page to whoever may not do this today."""
    if found := may(request, act, project):
        raise PermissionDenied(" ".join(found))


def agency_choices(today: date) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Who can be an investor (departments and communes), and the communes."""
    nodes = [node.version for node in agencies.tree_on(today)]
    wanted = (Level.PROVINCE, Level.DEPARTMENT, Level.COMMUNE)
    investors = [(str(one.agency), one.name) for one in nodes if one.level in wanted]
    return investors, [(str(one.agency), one.place or one.name) for one in nodes if one.level is Level.COMMUNE]
