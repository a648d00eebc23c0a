"""Who stands where: for the rules of who may do what, and the dated practice of the province."""

from datetime import date, datetime

from django.db.models import QuerySet

from motcua.base.actors import SYSTEM, Actor
from motcua.base.clock import day_of
from motcua.investments.models import Project, RedLine, Steward
from motcua.investments.rules import WRITERS, Line, Situation
from motcua.investments.terms import Basis
from motcua.organisations import queries as agencies
from motcua.organisations.terms import Level


def situation(by: Actor, at: datetime, project: Project | None = None) -> Situation:
    """What the rules need to know about the person, and about the project if one is meant."""
    today = day_of(at)
    above = agencies.ancestors(by.agency, today) if by.agency else []
    own = agencies.version_on(by.agency, today) if by.agency else None
    chain = {version.agency for version in above if version.level is not Level.PROVINCE}
    chain |= {own.agency} if own else set()
    steward = steward_on(today)
    return Situation(
        roles=by.roles,
        of_province=own is not None and own.level is Level.PROVINCE,
        of_steward=steward is not None and steward in chain,
        of_investor=project is not None and project.investor_id in chain,
        is_program=by is SYSTEM,
    )


def investors_for(by: Actor, today: date) -> list[int]:
    """The agencies with projects for which this person may enter figures: their own, and those it stands under."""
    if by.agency is None or not by.roles & WRITERS:
        return []
    above = [version.agency for version in agencies.ancestors(by.agency, today) if version.level is not Level.PROVINCE]
    chain = [by.agency, *above]
    found = Project.objects.filter(investor__in=chain).order_by("investor").values_list("investor", flat=True)
    return list(found.distinct())


def steward_on(day: date) -> int | None:
    """The agency that keeps projects and plans on that day."""
    found = Steward.objects.filter(during__contains=day).values_list("agency", flat=True).first()
    return None if found is None else int(found)


def stewards() -> QuerySet[Steward]:
    """All that were named, the latest first."""
    return Steward.objects.order_by("-during", "-pk")


def red_line_on(day: date) -> Line | None:
    """The thresholds in force on that day."""
    found = RedLine.objects.filter(during__contains=day).first()
    if found is None:
        return None
    return Line(Basis(found.basis), found.share_of_mean, found.floor, found.since, found.decision)


def red_lines() -> QuerySet[RedLine]:
    """All thresholds that were declared, the latest first."""
    return RedLine.objects.order_by("-during", "-pk")
