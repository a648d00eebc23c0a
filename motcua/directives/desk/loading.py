"""What views of this door load first: what the person may see, or a page that is not found."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.http import Http404
from django.utils.translation import gettext as _

from motcua.base.actors import Actor
from motcua.base.clock import day_of
from motcua.base.text import whole_number
from motcua.directives import queries
from motcua.directives.models import Directive, Proposal, Task
from motcua.directives.queries.places import authority_of, offices_of
from motcua.directives.terms import DUTIES, Duty
from motcua.organisations import queries as organisations
from motcua.people import queries as people
from motcua.people.http import PersonRequest
from motcua.people.models import Person
from motcua.people.terms import Role

OFFICIALS = tuple(sorted(DUTIES[Duty.SEE]))
READERS = tuple(sorted(DUTIES[Duty.READ_IN]))
GIVERS = tuple(sorted(DUTIES[Duty.GIVE]))
"""The roles that open the doors; what they may do there is decided by the rules."""


def the_task(request: PersonRequest, code: str) -> Task:
    """The task the person may see; one they may not see does not exist for them."""
    task = queries.task_for(code, by=request.actor, at=request.now)
    if task is None:
        raise Http404(_("Không thấy nhiệm vụ này trong phần việc của cơ quan bạn."))
    return task


def the_directive(request: PersonRequest, pk: int) -> Directive:
    """The document the person may see."""
    directive = queries.directive_for(pk, by=request.actor, at=request.now)
    if directive is None:
        raise Http404(_("Không thấy văn bản này ở cơ quan của bạn."))
    return directive


def the_proposal(request: PersonRequest, pk: int) -> Proposal:
    """One proposal of such a document."""
    proposal = queries.proposal_for(pk, by=request.actor, at=request.now)
    if proposal is None:
        raise Http404(_("Không thấy nhiệm vụ đề xuất này."))
    return proposal


def followers(giver: int, at: datetime) -> list[tuple[int, str]]:
    """Who may keep an eye on tasks of a giver: the people of its office; of its whole house where it has none."""
    day = day_of(at)
    places = offices_of(giver, day)
    houses = [one for place in places or [giver] for one in organisations.subtree_ids(place, day)]
    return _names(people.officials(day=day, agencies=[giver, *houses])[:300])


def doers(task: Task, at: datetime) -> list[tuple[int, str]]:
    """Who may work on a task: the people of the lead's house."""
    day = day_of(at)
    house = authority_of(task.lead_id, day)
    offices = organisations.subtree_ids(house, day)
    roles = (Role.SPECIALIST, Role.UNIT_HEAD, Role.LEADER)
    held = people.posts_on(day).filter(agency__in=offices, role__in=roles).values("person")
    return _names(people.officials(day=day, agencies=offices).filter(pk__in=held)[:300])


def _names(found: Iterable[Person]) -> list[tuple[int, str]]:
    return [(one.pk, one.full_name) for one in found]


def me_among(by: Actor, choices: list[tuple[int, str]]) -> int | None:
    """The person themself, where they are one of those to choose from."""
    return by.id if any(pk == by.id for pk, _name in choices) else None


def number(text: str | None) -> int | None:
    """A number in an address; None for anything else."""
    return whole_number(text or "")


def sent(request: PersonRequest) -> tuple[Any, Any]:
    """What was sent, words and files; nothing where the page was only opened, so that an empty form counts as sent."""
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)
