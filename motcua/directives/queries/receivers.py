"""Who receives what is said about a task: heads of agencies, followers, givers."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date

from motcua.directives.models import Task
from motcua.directives.queries.places import offices_of
from motcua.people import queries as people
from motcua.people.models import Person, Post
from motcua.people.terms import Role


def person_of(pk: int | None) -> list[Person]:
    """That one official, if the account is open."""
    return list(Person.objects.filter(pk=pk, is_active=True)) if pk is not None else []


def heads_by_agency(agencies: Collection[int], day: date) -> dict[int, list[Person]]:
    """The heads of each agency on that day: leaders; in a unit, where there is none, its head. One statement."""
    rows: Iterable[Post] = (
        people.posts_on(day)
        .filter(agency__in=agencies, role__in=[Role.LEADER, Role.UNIT_HEAD])
        .select_related("person")
        .order_by("pk")
    )
    leaders: dict[int, list[Person]] = defaultdict(list)
    heads: dict[int, list[Person]] = defaultdict(list)
    for post in rows:
        (leaders if post.role == Role.LEADER else heads)[post.agency_id].append(post.person)
    return {one: leaders.get(one) or heads.get(one, []) for one in agencies}


def heads_of(agency: int, day: date) -> list[Person]:
    """The heads of one agency."""
    return heads_by_agency([agency], day)[agency]


def office_heads(giver: int, day: date) -> list[Person]:
    """Who leads the office of the giver (Văn phòng UBND tỉnh); the giver's own heads where it has no office."""
    offices = offices_of(giver, day)
    found = [one for heads in heads_by_agency(offices, day).values() for one in heads] if offices else []
    return found or heads_of(giver, day)


def giver_people(task: Task, day: date) -> list[Person]:
    """Who follows the task, else who gave it, else the giver's office."""
    return person_of(task.follower_id) or person_of(task.giver_person_id) or office_heads(task.giver_id, day)
